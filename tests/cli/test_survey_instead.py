"""Words in place of a value: that nothing is changed, or what is no name and no address."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, leaders, send, take_in


@pytest.mark.parametrize(
    "said",
    [
        *("uendret", "Uendra", "Som før", "Samme som i fjor", "OK", "ok!", "Riktig", "stemmer"),
        *("Ja, alt stemmer", "Ingen endring", "gjenvalgt", "Gjenvalg", "Attvald", "unchanged"),
    ],
)
def test_that_the_leader_is_the_same_is_no_new_leader(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader=said, members=4))
    assert (done.code, told["applied"]) == (0, 1), told
    assert leaders(lag) == {"Per Hansen": ("2024-03-01", None)}
    assert len(lag.json("person", "list")) == 1


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Ja",
            "Nei",
            "do.",
            "idem",
            "xx",
            "N.N.",
            "se vedlegg",
            "står tom",
            "Under valg",
            "samme",
        ),
        *("Flyttet", "Interimsstyre", '"', '-"-', "Regnskapskontoret"),
    ],
)
def test_words_that_name_nobody_are_a_problem(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader=said))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told
    assert leaders(lag) == {"Per Hansen": ("2024-03-01", None)}
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["field"], problem["value"]) == ("leader", said)


@pytest.mark.parametrize("field", ["name", "street", "city", "email", "phone"])
@pytest.mark.parametrize("said", ["Uendret", "OK", "som i fjor"])
def test_unchanged_is_no_value_of_any_field(lag, tmp_path, field, said) -> None:
    lag.ok("org", "edit", "1", "--street=Bruveien 2", "--city=Lier", "--phone=32 22 01 00")
    form = send(lag, tmp_path / "til")[1]
    before = lag.json("org", "show", "1")
    done, told = take_in(lag, answer(form, tmp_path / "a.xlsx", **{field: said}))
    assert (done.code, told["applied"], told["rejected"]) == (0, 0, 0), told
    assert lag.json("org", "show", "1")[field] == before[field] is not None


def test_unchanged_where_nothing_stood_is_a_blank(lag, forms, tmp_path) -> None:
    said = {"street": "uendret", "deputy": "uendret", "phone": "OK"}
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert (done.code, told["applied"], told["rejected"]) == (0, 0, 0), told


def test_elected_again_where_nobody_is_known_is_asked_about(lag, forms, tmp_path) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy="gjenvalgt"))
    assert (done.code, told["rejected"]) == (3, 1)


@pytest.mark.parametrize("field", ["name", "street", "city", "activities", "premises"])
@pytest.mark.parametrize("said", ["se vedlegg", "Ja", '"', "xx"])
def test_words_that_are_no_value_are_a_problem(lag, tmp_path, field, said) -> None:
    lag.ok("org", "edit", "1", "--street=Bruveien 2", "--city=Lier")
    form = send(lag, tmp_path / "til")[1]
    done, told = take_in(lag, answer(form, tmp_path / "a.xlsx", **{field: said}))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told


NEARLY = ("slett dette", "FJERNES?", "FJERNES!", "slettes?", "SLETT??", "skal slettes", "SLET",
          "fjern adressen", "Utgår")  # fmt: skip


@pytest.mark.parametrize("said", NEARLY)
def test_a_word_that_nearly_removes_is_a_problem(lag, tmp_path, said) -> None:
    fields = ("street", "city", "premises", "leader", "leader_phone", "members", "website")
    lag.ok("org", "edit", "1", "--street=Bruveien 2", "--city=Lier", "--premises=Grendehuset",
           "--website=hagelag.example", "--members=9")  # fmt: skip
    form = send(lag, tmp_path / "til")[1]
    back = answer(form, tmp_path / "a.xlsx", **dict.fromkeys(fields, said))
    done, told = take_in(lag, back)
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, len(fields)), told
    for each in lag.json("survey", "problems", "1"):
        assert "whether to keep or to remove. To remove what stands" in each["message"]
        assert each["value"] == said
    assert (
        "Skriv SLETT for å fjerne" in lag("survey", "import", "1", back, "--dry-run", lang="nb").out
    )
    right = corrected(lag, tmp_path, "b.xlsx", street="SLETT", premises="SLETT!")
    assert take_in(lag, right)[1]["applied"] == 2
    org = lag.json("org", "show", "1")
    assert (org["street"], org["premises"], org["city"]) == (None, None, "Lier")


@pytest.mark.parametrize("said", ["FJERNES?", "slettes", "ukjent"])
def test_a_name_that_is_to_go_is_no_name(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", name=said))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["value"], "without a name" in problem["message"]) == (said, True)


@pytest.mark.parametrize("said", ["Slettebakken 2", "Fjernsletta", "Slettheia", "Stryk"])
def test_what_only_begins_like_it_is_a_value(lag, forms, tmp_path, said) -> None:
    assert take_in(lag, answer(forms[1], tmp_path / "a.xlsx", premises=said))[0].code == 0
    assert lag.json("org", "show", "1")["premises"] == said


def test_ok_to_what_was_rejected_is_not_taken_for_either(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="se vedlegg"))
    done, told = take_in(lag, corrected(lag, tmp_path, "b.xlsx", leader="OK"))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told
    assert any("what they wrote" in each["message"] for each in lag.json("survey", "problems", "1"))


def test_whoever_has_one_name_only_is_asked_about_and_may_stay(lag, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Siri", "--role", "deputy")
    form = send(lag, tmp_path / "til")[1]
    done, told = take_in(lag, answer(form, tmp_path / "a.xlsx", deputy="Siri", treasurer="Kari"))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told
    assert "one word" in lag.json("survey", "problems", "1")[0]["message"]


@pytest.mark.parametrize(
    "said",
    [
        "LAGET ER NEDLAGT",
        "Lier hagelag (lagt ned)",
        "Lier hagelag, oppløst 2025",
        "Finst ikkje meir",
    ],
)
def test_that_an_association_has_ended_is_no_new_name(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", name=said))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 1), told
    assert lag.json("org", "show", "1")["name"] == "Lier hagelag"
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["value"] == said and "frivillig org archive REF" in problem["message"]


def test_a_name_with_such_a_word_in_it_is_a_name(lag, forms, tmp_path) -> None:
    said = "Nedlagte skolers venner"
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", name=said))
    assert lag.json("org", "show", "1")["name"] == said

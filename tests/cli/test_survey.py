"""`frivillig survey`: the round as a coordinator types it."""

from __future__ import annotations

import json

import pytest

from tests.cli.hostile import BIRTH_NUMBER


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Egge barnekor", "--email", "post@egge.example", "--phone", "32 24 10 00")
    cli.ok("org", "add", "Sylling songlag", "--language", "nn")
    cli.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90111222")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    return cli


@pytest.fixture
def forms(lag, tmp_path):
    done = lag.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    return {row["org_id"]: row["file"] for row in done["files"]}


def answer(path: str, to, **said: object) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value}
    for name, value in said.items():
        rows[name][3].value = value
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return str(to)


def test_a_survey_has_the_keys_that_scripts_rely_on(lag) -> None:
    (survey,) = lag.json("survey", "list")
    assert survey["title"] == "Endringer våren 2027"
    assert survey["due"] == "2027-03-15"
    assert survey["status"] == "open"
    assert (survey["sent"], survey["answered"], survey["missing"]) == (0, 0, 0)
    assert lag.json("survey", "status", "våren")["id"] == survey["id"]


def test_an_import_has_the_keys_that_scripts_rely_on(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example", phone="tull")
    done = lag("survey", "import", "1", back, "--accept", "all", "--json")
    assert done.code == 3
    said = json.loads(done.out)
    assert (said["applied"], said["conflicts"], said["rejected"]) == (1, 0, 1)
    (file,) = said["files"]
    assert (file["file"], file["org"], file["result"]) == ("a.xlsx", "Egge barnekor", "problems")
    changes = {change["field"]: change for change in file["changes"]}
    assert changes["email"] == {
        "field": "email",
        "base": "post@egge.example",
        "current": "post@egge.example",
        "answer": "ny@egge.example",
        "outcome": "applied",
        "changed_by": None,
        "changed_at": None,
        "from": None,
    }
    assert changes["phone"]["outcome"] == "rejected"
    assert changes["name"]["outcome"] == "unchanged"
    assert file["problems"][0]["cell"]
    assert lag.json("org", "show", "1")["email"] == "ny@egge.example"
    assert lag.json("org", "show", "1")["confirmed"] == "2026-11-23"


def test_without_a_terminal_an_import_asks_for_accept(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    assert "--accept all" in lag.refused("survey", "import", "1", back)
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"


@pytest.mark.parametrize("flag", [("--dry-run",), ("--accept", "none")])
def test_looking_changes_nothing_and_shows_all(lag, forms, tmp_path, flag) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    shown = lag.ok("survey", "import", "1", back, *flag)
    assert "post@egge.example → ny@egge.example" in shown
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"
    assert lag.json("survey", "status", "1")["answered"] == 0


def test_the_same_file_twice_is_done_and_changes_nothing(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    lag.ok("survey", "import", "1", back, "--yes")
    before = lag.json("history")
    lag.ok("survey", "import", "1", back)
    lag.ok("survey", "import", "1", back, "--accept", "all")
    assert lag.json("history") == before


def test_a_whole_import_is_undone(lag, forms, tmp_path) -> None:
    answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    answer(forms[2], tmp_path / "svar" / "b.xlsx", leader="Per Aas")
    lag.ok("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert lag.json("survey", "status", "1")["answered"] == 2
    lag.ok("undo")
    assert lag.json("survey", "status", "1")["answered"] == 0
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"
    assert [c["name"] for c in lag.json("org", "show", "2")["contacts"]] == ["Aud Kittilsen"]


def test_what_is_no_answer_is_refused_by_its_name(lag, forms, tmp_path) -> None:
    lag.ok("survey", "new", "Høsten 2027")
    said = lag.refused("survey", "import", "2", forms[1], "--accept", "all", "--json")
    assert "Endringer våren 2027" in said and "Egge-barnekor-1.xlsx" in said
    (tmp_path / "rart.xlsx").write_bytes(b"PK\x03\x04 half a file")
    said = lag.refused("survey", "import", "1", tmp_path / "rart.xlsx", "--accept", "all")
    assert "rart.xlsx" in said
    assert "nothing" in lag.refused("survey", "import", "1", tmp_path / "nothing").lower()


def test_a_birth_number_is_refused_and_never_echoed(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", activities=f"ring {BIRTH_NUMBER}")
    for typed in (("--dry-run",), ("--dry-run", "--json"), ("--accept", "all")):
        done = lag("survey", "import", "1", back, *typed)
        assert done.code == 3
        assert BIRTH_NUMBER not in done.out + done.err
    assert BIRTH_NUMBER not in lag.ok("survey", "problems", "1")
    assert BIRTH_NUMBER.encode() not in lag.path.read_bytes()


def test_a_tick_beside_changes_is_told(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", city="Egge", **{"f1.tick": "Ja"})
    shown = lag.ok("survey", "import", "1", back, "--accept", "all")
    assert "Nothing has changed" in shown
    assert lag.json("org", "show", "1")["city"] == "Egge"


def test_problems_are_listed_and_dealt_with(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["org"], problem["field"], problem["file"]) == (
        "Egge barnekor",
        "phone",
        "a.xlsx",
    )
    assert lag.json("survey", "problems", "1", "--resolve", problem["id"]) == []
    assert len(lag.json("survey", "problems", "1", "--all")) == 1
    lag.refused("survey", "problems", "1", "--resolve", 99)


def test_what_is_sent_is_counted_once_and_a_query_narrows_it(lag, tmp_path) -> None:
    lag.ok("survey", "export", "1", "-o", tmp_path / "a", "--per-org", "egge")
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
    assert lag.json("survey", "status", "1")["sent"] == 2
    assert [o["name"] for o in lag.json("survey", "status", "1")["missing_orgs"]] == [
        "Egge barnekor",
        "Sylling songlag",
    ]
    lag.refused("survey", "export", "1", "-o", tmp_path / "tom", "--per-org", "finnes-ikke")
    lag.refused("survey", "export", "1", "-o", tmp_path / "en.xlsx", "--per-org")
    lag.refused("survey", "export", "1", "-o", tmp_path / "en.csv")


def test_a_closed_survey_sends_nothing(lag, tmp_path) -> None:
    assert lag.json("survey", "close", "1")["status"] == "closed"
    lag.refused("survey", "export", "1", "-o", tmp_path / "a.xlsx")
    lag.refused("survey", "close", "1")


def test_new_checks_what_it_is_given(lag, tmp_path) -> None:
    lag.refused("survey", "new", " ")
    lag.refused("survey", "new", "Gammel", "--due", "2020-01-01")
    lag.refused("survey", "new", "Rar", "--due", "31.02.2027")
    lag.refused("survey", "new", "Uten fil", "--questions", tmp_path / "no.toml")
    (tmp_path / "q.toml").write_text("default = [", "utf-8")
    assert "q.toml" in lag.refused("survey", "new", "Feil", "--questions", tmp_path / "q.toml")
    assert len(lag.json("survey", "list")) == 1


def test_norwegian_is_spoken_with_names_whole(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--phone", "91 65 43 21")
    answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    answer(
        forms[2], tmp_path / "svar" / "b.xlsx", leader="Per Gunnar Aas", bank_account="86011117947"
    )
    done = lag("survey", "import", "1", tmp_path / "svar", "--dry-run", lang="nb")
    assert done.code == 3
    for words in ("i konflikt", "sendt  32 24 10 00", "nå     91 65 43 21", "→ Per Gunnar Aas",
                  "Kontonummeret er endret", "--confirm-account"):  # fmt: skip
        assert words in done.out


def test_an_account_that_is_another_s_is_pointed_at(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--account", "8601.11.17947")
    answer(forms[2], tmp_path / "svar" / "b.xlsx", bank_account="86011117947")
    words = ("survey", "import", "1", tmp_path / "svar", "--confirm-account")
    for more in (("--dry-run",), ("--accept", "all")):
        said = lag(*words, *more).err
        assert "8601.11.17947, stands at several: 1 Egge barnekor, 2 Sylling songlag." in said


def test_a_person_who_says_yes_takes_in_what_is_clear(lag, forms, tmp_path, says) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    says("y")
    assert "→ ny@egge.example" in lag("survey", "import", "1", back).err
    assert lag.json("org", "show", "1")["email"] == "ny@egge.example"


def test_a_person_who_says_no_changes_nothing(lag, forms, tmp_path, says) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    says("n")
    assert lag("survey", "import", "1", back).code == 1
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"
    assert lag.json("survey", "status", "1")["answered"] == 0


def test_a_person_chooses_change_by_change(lag, forms, tmp_path, says) -> None:
    lag.ok("org", "edit", "1", "--phone", "91 65 43 21")
    back = answer(
        forms[1], tmp_path / "svar" / "a.xlsx",
        email="ny@egge.example", phone="90 12 34 56", city="Egge",
    )  # fmt: skip
    asked = says("c", "1", "2", "1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert [question.split("\n")[0] for question in asked[1:]] == [
        "Egge barnekor: Town",
        "Egge barnekor: E-mail of the association",
        "Egge barnekor: Phone of the association",
    ]
    org = lag.json("org", "show", "1")
    assert (org["city"], org["email"], org["phone"]) == (
        "Egge",
        "post@egge.example",
        "+4790123456",
    )
    lag.ok("survey", "import", "1", back)  # what was turned down is settled too
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"


def test_what_was_said_yes_to_is_what_is_saved_or_nothing(
    lag, forms, tmp_path, says, monkeypatch
) -> None:
    """Somebody else writes while the person reads the question."""
    import sqlite3

    from frivillig_cli.cli import ask

    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")

    def meanwhile(question: str) -> str:
        with sqlite3.connect(lag.path) as other:
            other.execute("UPDATE org SET email = 'tre@egge.example' WHERE id = 1")
        return "y"

    says()
    monkeypatch.setattr(ask, "_prompt", meanwhile)
    assert lag("survey", "import", "1", back).code == 1
    assert lag.json("org", "show", "1")["email"] == "tre@egge.example"
    assert lag.json("survey", "status", "1")["answered"] == 0


def test_a_conflict_left_for_later_is_decided_with_the_same_file(
    lag, forms, tmp_path, says
) -> None:
    lag.ok("org", "edit", "1", "--phone", "91 65 43 21")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    done = lag("survey", "import", "1", back, "--accept", "all")
    assert done.code == 3 and "--accept ask" in done.err
    says("1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert lag.json("org", "show", "1")["phone"] == "+4790123456"
    assert lag.json("survey", "problems", "1") == []
    assert lag.json("survey", "status", "1")["changed"] == 1


def test_what_is_wrong_is_said_in_the_language_of_whoever_reads_it(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--phone", "91 65 43 21")
    back = answer(
        forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56", email="tull", postcode="x",
    )  # fmt: skip
    assert lag("survey", "import", "1", back, "--accept", "all").code == 3
    english = [problem["message"] for problem in lag.json("survey", "problems", "1")]
    assert any("Changed on both sides: sent 32 24 10 00" in words for words in english)
    norwegian = lag("survey", "problems", "1", lang="nb").out
    assert "Endret på begge sider" in norwegian and "«x» er ikke et postnummer" in norwegian
    assert not any(words in norwegian for words in english)
    lag("survey", "import", "1", back, "--accept", "all", lang="nb")
    assert [p["message"] for p in lag.json("survey", "problems", "1")] == english


def test_each_command_that_says_who_somebody_is_can_be_pasted(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Aud Kittilsen", "--role", "deputy", "--new-person")
    back = answer(
        forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen", leader_phone="90555555"
    )
    lag("survey", "import", "1", back, "--accept", "all")
    problem, _phone = lag.json("survey", "problems", "1")
    assert "several people called Aud Kittilsen" in problem["message"]
    assert "--role leader --person 1  (the others have 2)" in problem["message"]
    assert (
        'frivillig contact add 1 "Aud Kittilsen" --role leader --new-person' in problem["message"]
    )


def test_who_somebody_is_can_be_said_and_the_file_taken_in_again(lag, forms, tmp_path) -> None:
    back = answer(
        forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen", leader_email="a@x.example",
        leader_phone="90 55 55 55",
    )  # fmt: skip
    assert lag("survey", "import", "1", back, "--accept", "all").code == 3
    problem, *held = lag.json("survey", "problems", "1")
    assert [each["field"] for each in held] == ["leader_phone", "leader_email"]
    assert 'frivillig contact add 1 "Aud Kittilsen" --role leader --person 1' in problem["message"]
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--person", "1")
    lag("survey", "import", "1", back, "--accept", "all")
    assert lag.json("org", "show", "1")["contacts"][0]["email"] == "a@x.example"
    assert {p["code"] for p in lag.json("survey", "problems", "1")} == {"conflict"}


def test_where_nobody_can_be_asked_it_shows_what_it_would_do(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    said = lag.refused("survey", "import", "1", back)
    assert "32 24 10 00 → 90 12 34 56" in said and "--accept all" in said
    assert lag.json("org", "show", "1")["phone"] == "+4732241000"


def test_an_answered_form_is_no_list_of_associations(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    table = tmp_path / "alle.xlsx"
    lag.ok("survey", "export", "1", "-o", table)
    for path, code in ((back, 1), (table, 1)):
        said = lag.refused("org", "import", path, "--yes", code=code)
        assert 'frivillig survey import "Endringer våren 2027"' in said
    assert len(lag.json("org", "list")) == 2


def test_a_saved_sheet_of_a_form_is_no_list_either(lag, forms, tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("f1.key;f1.field;f1.label;f1.answer\n;;Spørsmål;Svar\nk;phone;Telefon;1\n")
    assert "frivillig survey import SURVEY a.csv" in lag.refused("org", "import", path)


def test_macros_are_never_run_and_that_is_said_once(lag, forms, tmp_path) -> None:
    import zipfile

    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="90 12 34 56")
    with zipfile.ZipFile(back, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"a macro")
    done = lag("survey", "import", "1", back, "--accept", "all")
    assert done.code == 0 and done.err.count("a.xlsx holds macros; they were not run.") == 1

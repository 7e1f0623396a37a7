"""`frivillig survey`: what is never told of a protected person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.survey_round import EMAIL, PHONE, answer, copy_sheet, send, words_in
from tests.work.survey.test_survey_odd import saved

# a protected person


def _nothing_of_them(text: str) -> None:
    for secret in (PHONE, PHONE.replace(" ", ""), EMAIL, "90 11 14 44", "+4790111444", "ny@per"):
        assert secret not in text, text


@pytest.mark.parametrize("left", [False, True])
def test_nothing_of_a_protected_person_comes_out_of_an_old_form(
    lag, forms, tmp_path, left: bool
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 14 44",
                  leader_email="ny@per.example")  # fmt: skip
    lag.ok("person", "edit", "1", "--protected", "--yes")
    if left:
        lag.ok("contact", "end", "1", "Per Hansen")
        lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader")
    for flags in (("--dry-run",), ("--dry-run", "--json"), ("--accept", "all")):
        done = lag("survey", "import", "1", back, *flags)
        _nothing_of_them(done.out + done.err)
    for flags in ((), ("--csv",), ("--json",)):
        shown = lag.ok("survey", "problems", "1", *flags)
        _nothing_of_them(shown)
        assert shown.count("Per Hansen is protected: enter it yourself.") == 2
    listed = tmp_path / "x.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    _nothing_of_them(words_in(listed))
    assert {p["code"] for p in lag.json("survey", "problems", "1")} == {"protected"}
    assert lag.json("person", "show", "1")["phones"] == ["+4790111334"]


def test_a_new_number_of_theirs_is_not_taken_from_another_answer_either(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 14 44",
                  leader_email="ny@per.example", activities="Ring Per, 90111444", premises="Låven",
                  phone="90 11 14 44", email="ny@per.example")  # fmt: skip
    lag.ok("person", "edit", "1", "--protected", "--yes")
    said = lag("survey", "import", "1", back, "--accept", "all")
    _nothing_of_them(said.out + said.err)
    org = lag.ok("org", "show", "1", "--json")
    _nothing_of_them(org)
    assert "Låven" in org
    fields = {p["field"] for p in lag.json("survey", "problems", "1")}
    assert fields == {"leader_phone", "leader_email", "activities", "phone", "email"}


@pytest.mark.parametrize("known", ["phone", "email", "name"])
@pytest.mark.parametrize("office", ["leader", "deputy"])
def test_nothing_of_one_who_is_protected_elsewhere_goes_to_who_holds_the_office(
    lag, tmp_path, known: str, office: str
) -> None:
    lag.ok("contact", "add", "2", "Siri Lie", "--role", "leader", "--phone", "90 11 15 55",
           "--email", "siri@lie.example")  # fmt: skip
    lag.ok("contact", "add", "1", "Odd Vik", "--role", "deputy", "--email", "odd@vik.example")
    forms = send(lag, tmp_path)
    lag.ok("person", "edit", "2", "--protected", "--yes")
    before = lag.json("org", "show", "1")["contacts"]
    said = {"name": "Siri Lie", "phone": "90 11 14 44", "email": "ny@per.example"}
    said |= {"phone": "90 11 15 55"} if known != "email" else {"email": "siri@lie.example"}
    if known == "name":
        said["name"] = "Aksel Moe"
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", members=9, **{
        office: said["name"], f"{office}_phone": said["phone"], f"{office}_email": said["email"],
    })  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    after = lag.json("org", "show", "1")
    assert (after["contacts"], after["members"]) == (before, 9)
    told = lag.json("survey", "problems", "1")
    assert {problem["code"] for problem in told} == {"protected"}
    lag.ok("undo")
    # what was changed here since is a conflict, and no less theirs
    lag.ok("person", "edit", "Odd Vik" if office == "deputy" else "1", "--email", "x@vik.example")
    lag("survey", "import", "1", back, "--accept", "all")
    told = lag.json("survey", "problems", "1")
    assert {problem["code"] for problem in told} == {"protected"}
    assert "90 11 1" not in str(told) and "@" not in str(told)


def test_nothing_comes_out_of_what_was_kept_before_they_were_protected(
    lag, forms, tmp_path
) -> None:
    lag.ok("person", "edit", "1", "--phone", "90 11 14 44")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader_phone="90 11 15 55",
                  leader_email="tull")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    assert PHONE in lag.ok("survey", "problems", "1")
    lag.ok("person", "edit", "1", "--protected", "--yes")
    listed = tmp_path / "x.xlsx"
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed)
    shown += lag.ok("survey", "problems", "1", "--json") + lag.ok("survey", "problems", "1")
    for secret in (PHONE, "90 11 15 55", "tull", EMAIL):
        assert secret not in shown


_LATE = ("90 11 15 5", "ny@per@x", "90 11 15 55", "90 11 16 66")


def _kept(lag, form: str, tmp_path, code: str) -> None:
    """Per's phone and e-mail, kept as problems while he was not protected."""
    if code == "invalid":
        back = answer(form, tmp_path / "svar" / "a.xlsx", leader_phone=_LATE[0],
                      leader_email=_LATE[1])  # fmt: skip
    else:
        back = answer(form, tmp_path / "svar" / "a.xlsx", leader_phone=_LATE[2])
        copy_sheet(back, "leader_phone", _LATE[3])
    lag("survey", "import", "1", back, "--accept", "all")
    assert {row["code"] for row in lag.json("survey", "problems", "1")} <= {"invalid", "copied_row"}


@pytest.mark.parametrize("renamed", [False, True])
@pytest.mark.parametrize("code", ["invalid", "copied_row"])
def test_nothing_kept_of_one_who_was_protected_and_left_the_office_is_told(
    lag, forms, tmp_path, code: str, renamed: bool
) -> None:
    _kept(lag, forms[1], tmp_path, code)
    lag.ok("person", "edit", "1", "--protected", "--yes")
    if renamed:
        lag.ok("person", "edit", "1", "--name", "Per Lie")
    lag.ok("contact", "end", "1", "Per Lie" if renamed else "Per Hansen")
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader")
    again = lag("survey", "import", "1", tmp_path / "svar" / "a.xlsx", "--dry-run")
    listed = tmp_path / "x.xlsx"
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed)
    for flags in ((), ("--csv",), ("--json",)):
        shown += lag.ok("survey", "problems", "1", *flags)
    for secret in _LATE:
        assert secret not in shown and secret not in again.out + again.err
    assert "is protected: enter it yourself." in shown


def test_what_is_wrong_with_the_phone_of_who_came_after_is_told(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected", "--yes")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  leader_phone="90 11 15 5")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["value"]) == ("invalid", "90 11 15 5")


@pytest.mark.parametrize("name_is", ["held", "in conflict", "taken in"])
def test_what_waits_of_a_new_leader_is_told_when_the_old_one_is_protected_later(
    lag, forms, tmp_path, name_is
) -> None:
    if name_is == "held":
        lag.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90 99 88 77")
    elif name_is == "in conflict":
        lag.ok("contact", "add", "1", "Jon Moe", "--role", "leader", "--replace")
    phone = "90 11 15 5" if name_is == "taken in" else "90 11 15 55"
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  leader_phone=phone, leader_email="aud@k.example")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    assert phone in str(lag.json("survey", "problems", "1"))
    lag.ok("person", "edit", "Per Hansen", "--protected", "--yes")
    kept = {row["field"]: row for row in lag.json("survey", "problems", "1")}
    assert kept["leader_phone"]["value"] == phone
    assert kept["leader_phone"]["code"] != "protected"
    listed = tmp_path / "x.xlsx"
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed) + str(kept)
    assert PHONE not in shown and EMAIL not in shown and phone in shown


def test_what_waits_of_one_who_may_be_the_protected_one_by_a_new_name_is_not_told(
    lag, forms, tmp_path
) -> None:
    lag.ok("person", "edit", "1", "--phone", "90 11 14 44")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Per Lie",
                  leader_phone="90 11 15 55")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    lag.ok("person", "edit", "1", "--protected", "--yes")
    assert "90 11 15 55" not in str(lag.json("survey", "problems", "1"))


def test_what_waits_of_a_leader_who_is_protected_elsewhere_is_not_told(
    lag, forms, tmp_path
) -> None:
    lag.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90 99 88 77")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Aud Kittilsen",
                  leader_phone="90 11 15 55")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    for name in ("Per Hansen", "Aud Kittilsen"):
        lag.ok("person", "edit", name, "--protected", "--yes")
    assert "90 11 15 55" not in str(lag.json("survey", "problems", "1"))


@pytest.fixture
def renamed(lag, tmp_path):
    """The answer of one who leads after a protected person, and got another name since."""
    lag.ok("person", "edit", "1", "--protected", "--yes")
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--replace")
    back = answer(send(lag, tmp_path)[1], tmp_path / "svar.xlsx", leader_phone="90 11 15 55")
    lag.ok("person", "edit", "Aud Kittilsen", "--name", "Aud Nes")
    return back


def test_what_is_said_of_an_ordinary_person_is_told_whatever_they_are_called_now(
    lag, renamed
) -> None:
    lag("survey", "import", "1", renamed, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert problem["code"] == "other_holder" and problem["value"] == "90 11 15 55"
    assert "Aud Kittilsen; Aud Nes holds the office now" in problem["message"]


def test_who_is_protected_stays_so_under_the_name_before(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--name", "Per Lie", "--protected", "--yes")
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--replace")
    lag.ok("person", "edit", "Aud Kittilsen", "--name", "Aud Nes")
    back = answer(forms[1], tmp_path / "svar.xlsx", leader_phone="90 11 15 55")
    lag("survey", "import", "1", back, "--accept", "all")
    (problem,) = lag.json("survey", "problems", "1")
    assert (problem["code"], problem["value"]) == ("protected", None)


@pytest.mark.parametrize("secret", ["90 11 13 34", "+47 901 11 334", "PER@hagelag.example"])
def test_a_protected_persons_phone_or_e_mail_is_told_nowhere_it_was_written(
    lag, forms, tmp_path, secret: str
) -> None:
    back = answer(forms[2], tmp_path / "svar" / "a.xlsx", postcode=f"ring {secret}",
                  activities=f"Spør {secret}")  # fmt: skip
    lag("survey", "import", "1", back, "--accept", "all")
    listed, results = tmp_path / "x.xlsx", tmp_path / "r.xlsx"
    assert secret in lag.ok("survey", "problems", "1", "--json")
    lag.ok("survey", "results", "1", "-o", results)
    assert secret in words_in(results)
    lag.ok("person", "edit", "1", "--protected", "--yes")
    lag.ok("survey", "results", "1", "-o", results, "--overwrite")
    shown = lag.ok("survey", "problems", "1", "-o", listed) + words_in(listed) + words_in(results)
    shown += lag.ok("survey", "problems", "1", "--json")
    assert secret not in shown and "Per Hansen is protected" in shown
    for again in (back, answer(forms[2], tmp_path / "b.xlsx", postcode=f"ring {secret}",
                               **{"f1.tick": f"spør {secret}"})):  # fmt: skip
        for flags in (("--dry-run",), ("--dry-run", "--json"), ("--yes", "--json")):
            done = lag("survey", "import", "1", again, *flags)
            assert secret not in done.out + done.err
            assert "Per Hansen is protected" in done.out


STREET = "Øvre vei 12 B"


@pytest.mark.parametrize("secret", ["+47 901 11 334", "PER@hagelag.example", "øvre vei 12b"])
def test_nothing_that_tells_how_a_protected_person_is_reached_leaves_in_a_free_text(
    lag, tmp_path, secret: str
) -> None:
    lag.ok("person", "edit", "1", "--street", STREET)
    told = answer(send(lag, tmp_path / "1")[2], tmp_path / "a.xlsx", activities="Sang og dans",
                  premises=f"Hjemme hos Per, {secret}")  # fmt: skip
    lag.ok("survey", "import", "1", told, "--yes")
    sent = send(lag, tmp_path / "2")
    assert secret in words_in(sent[2])
    lag.ok("person", "edit", "1", "--protected", "--yes")
    again, table = send(lag, tmp_path / "3"), tmp_path / "alle.xlsx"
    lag.ok("survey", "export", "1", "-o", table)
    for form in (again[2], table):
        assert secret not in words_in(form) and "Sang og dans" in words_in(form)
    listed = tmp_path / "r.xlsx"
    for form in (again[2], sent[2]):  # the later one was sent when it was no secret
        back = answer(form, tmp_path / "b.xlsx", premises="Bygdehuset")
        copy_sheet(back, "premises", "Samfunnshuset")
        done = lag("survey", "import", "1", back, "--yes", "--rejected", listed)
        assert "Bygdehuset" in done.out and secret not in done.out + words_in(listed)
        listed.unlink()
    same = lag("survey", "import", "1", saved(Path(again[2]), 9), "--yes")
    assert same.code == 0 and secret in lag.ok("org", "show", "2")


def test_another_answer_that_holds_a_protected_persons_phone_is_not_shown(
    lag, forms, tmp_path
) -> None:
    for minute, said in enumerate((f"Ring Per, {PHONE}", "Ring Aud")):
        back = saved(Path(answer(forms[1], tmp_path / f"{minute}.xlsx", answered_by=said)), minute)
        if minute:
            assert PHONE in lag("survey", "import", "1", back, "--dry-run").out
            lag.ok("person", "edit", "1", "--protected", "--yes")
        done = lag("survey", "import", "1", back, "--yes")
    assert "answered otherwise too" in done.out and PHONE not in done.out


@pytest.mark.parametrize("street", ["Elvegata 7", "c/o Nguyet Holm, Elvegata 7"])
def test_the_home_of_a_protected_person_whom_the_form_names_is_not_taken(
    lag, forms, tmp_path, street: str
) -> None:
    """Her office is elsewhere: this form is the first that names her beside the association."""
    lag.ok("contact", "add", "2", "Nguyet Holm", "--role", "leader")
    holm = lag.json("person", "list", "Nguyet")[0]["id"]
    home = ("--street", "Elvegata 7", "--postcode", "3400", "--city", "Lier")
    lag.ok("person", "edit", str(holm), *home, "--protected", "--yes")
    named = {"leader": "Nguyet Holm"} if "c/o" not in street else {}
    back = answer(forms[1], tmp_path / "a.xlsx", street=street, postcode="3400", city="Lier",
                  activities="Kor", **named)  # fmt: skip
    done = lag("survey", "import", "1", back, "--yes")
    assert done.code == 3 and "Elvegata" not in done.out + done.err
    org = lag.json("org", "show", "1")
    assert "Elvegata" not in str(org["street"]) and org["activities"] == "Kor"

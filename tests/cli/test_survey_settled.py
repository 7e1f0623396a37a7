"""`frivillig survey problems`: what is settled when somebody does what was advised."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, take_in


def _open(lag) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in lag.json("survey", "problems", "1")]


def _came(lag, forms, tmp_path, **said: object) -> str:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", **said)
    take_in(lag, back)
    return back


def test_a_problem_is_settled_by_typing_what_is_right(lag, forms, tmp_path) -> None:
    back = _came(lag, forms, tmp_path, phone="tull", website="tull og tøys", members=31)
    assert lag.json("survey", "status", "1")["problems"] == 1
    told = lag("org", "edit", "1", "--phone", "32 22 01 00")
    assert "This settles 1 problem of survey 1: frivillig survey problems 1 --all" in told.err
    assert _open(lag) == [("website", "invalid")]
    assert "1 more has been dealt with" in lag("survey", "problems", "1").err
    lag.ok("org", "edit", "1", "--website", "www.hagelag.example")
    assert _open(lag) == []
    assert lag.json("survey", "status", "1")["problems"] == 0
    phone, website = lag.json("survey", "problems", "1", "--all")
    assert phone["status"] == "resolved" and phone["settled"]["command"] == "org edit"
    assert website["settled"]["id"] == phone["settled"]["id"] + 1
    assert f"by org edit (number {phone['settled']['id']}" in lag.ok(
        "survey", "problems", "1", "--all"
    )
    before = lag.json("history")
    assert lag("survey", "import", "1", back, "--accept", "all").code == 0
    assert lag.json("history") == before


def test_what_is_undone_settles_nothing(lag, forms, tmp_path) -> None:
    for phone in ("32 22 01 00", "32 22 01 02"):
        lag.ok("org", "edit", "1", "--phone", phone)
    _came(lag, forms, tmp_path, phone="tull")
    second = lag.json("history")[1]
    assert second["command"] == "org edit"
    lag.ok("undo", second["id"])
    assert lag.json("org", "show", "1")["phone"] == "+4732220100"
    assert _open(lag) == [("phone", "invalid")]
    lag.ok("org", "edit", "1", "--phone", "32 22 01 01")
    assert _open(lag) == []
    lag.ok("undo")
    assert _open(lag) == [("phone", "invalid")]
    assert lag.json("survey", "status", "1")["problems"] == 1
    lag.ok("redo")
    assert _open(lag) == []


@pytest.mark.parametrize(
    "typed", [["--website", "www.hagelag.example"], ["--phone", ""], ["--phone", "32 22 01 00"]]
)
def test_another_field_or_the_same_value_or_none_settles_nothing(
    lag, forms, tmp_path, typed
) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 22 01 00")
    _came(lag, forms, tmp_path, phone="tull")
    assert "settles" not in lag("org", "edit", "1", *typed).err
    assert _open(lag) == [("phone", "invalid")]


def test_a_dry_run_settles_nothing(lag, forms, tmp_path) -> None:
    _came(lag, forms, tmp_path, phone="tull")
    listed = tmp_path / "liste.csv"
    listed.write_text("Navn;Telefon\nLier hagelag;32 22 01 00\n")
    assert "settles" not in lag("org", "import", listed, "--dry-run").err
    assert _open(lag) == [("phone", "invalid")]
    assert "settles 1 problem" in lag("org", "import", listed, "--yes").err
    (phone,) = lag.json("survey", "problems", "1", "--all")
    assert phone["settled"]["command"] == "org import"


def test_a_merge_settles_nothing_by_what_was_there_before(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 22 01 00")
    _came(lag, forms, tmp_path, phone="tull")
    done = lag("org", "merge", "2", "1", "--yes")
    assert done.code == 0 and "settles" not in done.err
    assert lag.json("org", "show", "2")["phone"] == "+4732220100"
    assert _open(lag) == [("phone", "invalid")]


def test_a_merge_is_not_credited_with_what_was_settled_before_it(lag, forms, tmp_path) -> None:
    _came(lag, forms, tmp_path, phone="tull")
    lag.ok("org", "edit", "1", "--phone", "32 22 01 00")
    (before,) = lag.json("survey", "problems", "1", "--all")
    lag.ok("org", "merge", "2", "1", "--yes")
    (after,) = lag.json("survey", "problems", "1", "--all")
    assert after["settled"] == before["settled"] and after["settled"]["command"] == "org edit"


@pytest.mark.parametrize("typed", [("sync", "--from"), ("import",), ("import", "--overwrite")])
def test_the_state_s_registers_settle_nothing(lag, forms, tmp_path, typed) -> None:
    lag.ok("org", "edit", "1", "--orgnr", "974 760 673")
    _came(lag, forms, tmp_path, website="tull og tøys")
    unit = {"organisasjonsnummer": "974760673", "navn": "LIER HAGELAG",
            "hjemmeside": "www.hagelag.example",
            "organisasjonsform": {"kode": "FLI"}}  # fmt: skip
    listed = tmp_path / "enh.json"
    listed.write_text(json.dumps([unit]))
    done = lag("org", *typed, listed, "--yes")
    assert lag.json("org", "show", "1")["website"] is not None, done.err
    assert "settles" not in done.err and _open(lag) == [("website", "invalid")]


def test_a_conflict_is_settled_by_either_value(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--email", "ny@hagelag.example")
    _came(lag, forms, tmp_path, email="en@hagelag.example")
    assert _open(lag) == [("email", "conflict")]
    lag.ok("org", "edit", "1", "--email", "en@hagelag.example")
    assert _open(lag) == []


def test_what_they_asked_to_have_removed_is_settled_by_removing_it(lag, forms, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--email", "ny@hagelag.example")
    _came(lag, forms, tmp_path, email="SLETT")
    lag.ok("org", "edit", "1", "--email", "")
    assert _open(lag) == []


def test_a_leader_s_phone_that_they_asked_to_have_removed(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Per Hansen", "--role", "leader", "--person", "1")
    _came(lag, forms, tmp_path, leader_phone="SLETT")
    assert _open(lag) == [("leader_phone", "shared_person")]
    lag.ok("person", "edit", "1", "--phone", "")
    assert lag.json("person", "show", "1")["phones"] == [] and _open(lag) == []


@pytest.mark.parametrize(
    "typed", [["90 12 34 57"], ["90 12 34 57", "90 12 34 56"], ["90 12 34 56", "90 12 34 58"]]
)
def test_another_phone_taken_away_moved_or_put_behind_settles_nothing(
    lag, forms, tmp_path, typed
) -> None:
    lag.ok("person", "edit", "1", "--phone", "90 12 34 56", "--phone", "90 12 34 57")
    _came(lag, forms, tmp_path, leader_phone="tull")
    phones = [word for number in typed for word in ("--phone", number)]
    assert "settles" not in lag("person", "edit", "1", *phones).err
    assert _open(lag) == [("leader_phone", "invalid")]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("tull", ["90 12 34 58", "90 12 34 56"]),
        ("90 12 34 57", ["90 12 34 57"]),
        ("90 12 34 57", ["90 12 34 57", "90 12 34 56"]),
        ("90 12 34 58", ["90 12 34 56", "90 12 34 58"]),
        ("SLETT", ["90 12 34 57"]),
    ],
)
def test_a_new_phone_to_ring_or_the_one_they_told_settles_it(
    lag, forms, tmp_path, said, typed
) -> None:
    lag.ok("person", "edit", "1", "--phone", "90 12 34 56", "--phone", "90 12 34 57")
    _came(lag, forms, tmp_path, leader_phone=said)
    assert [field for field, _code in _open(lag)] == ["leader_phone"]
    phones = [word for number in typed for word in ("--phone", number)]
    lag.ok("person", "edit", "1", *phones)
    assert _open(lag) == []


def test_a_new_leader_is_settled_by_the_advice_and_the_phone_with_it(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90 12 34 56")
    _came(lag, forms, tmp_path, leader="Aud Kittilsen", leader_phone="90 12 34 57")
    assert _open(lag) == [("leader", "who"), ("leader_phone", "name_first")]
    lag.ok("contact", "add", "1", "--person", "2", "--role", "leader", "--replace")
    assert _open(lag) == [("leader_phone", "name_first")]
    lag.ok("person", "edit", "2", "--phone", "90 12 34 57")
    assert _open(lag) == []


def test_the_phone_goes_with_a_leader_who_has_it(lag, forms, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Aud Kittilsn", "--role", "leader", "--phone", "90 12 34 56",
           "--email", "aud@kor.example")  # fmt: skip
    _came(lag, forms, tmp_path, leader="Aud Kittilsen", leader_phone="90 12 34 56",
          leader_email="aud@kor.example")  # fmt: skip
    assert [field for field, _code in _open(lag)] == ["leader", "leader_phone", "leader_email"]
    lag.ok("contact", "add", "1", "--person", "2", "--role", "leader", "--replace")
    assert _open(lag) == []


def test_a_name_is_settled_by_the_new_name_of_the_same_person(lag, forms, tmp_path) -> None:
    _came(lag, forms, tmp_path, leader="Per Lie")
    assert _open(lag) == [("leader", "who")]
    lag.ok("person", "edit", "1", "--name", "Per Lie")
    assert _open(lag) == []


def test_the_day_of_an_office_and_an_office_that_ends_settle_no_name(lag, forms, tmp_path) -> None:
    _came(lag, forms, tmp_path, leader="Per Lie")
    lag.ok("contact", "end", "1", "Per Hansen", "--to", "2026-11-20")
    assert _open(lag) == [("leader", "who")]


def test_a_protected_leader_s_phone_is_settled_and_not_told(lag, forms, tmp_path) -> None:
    lag.ok("person", "edit", "1", "--protected")
    _came(lag, forms, tmp_path, leader_phone="90 44 55 66", leader_email="hemmelig@per.example")
    assert [field for field, _code in _open(lag)] == ["leader_phone", "leader_email"]
    lag.ok("person", "edit", "1", "--phone", "90 44 55 66", "--email", "hemmelig@per.example")
    assert _open(lag) == []
    shown = lag.ok("survey", "problems", "1", "--all", "--json")
    assert "90 44" not in shown and "hemmelig" not in shown


def test_what_one_answer_brings_settles_what_waited_in_another_survey(lag, forms, tmp_path) -> None:
    _came(lag, forms, tmp_path, leader_phone="tull", email="tull")
    lag.ok("survey", "new", "Om høsten")
    sent = lag.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")["files"][0]["file"]
    back = answer(sent, tmp_path / "svar" / "b.xlsx", leader_phone="90 77 88 99", phone="tull")
    done = lag("survey", "import", "2", back, "--accept", "all")
    assert "settles 1 problem of survey 1" in done.err
    assert _open(lag) == [("email", "invalid")]
    assert [one["field"] for one in lag.json("survey", "problems", "2")] == ["phone"]

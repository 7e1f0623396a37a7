"""Who can be called, on which number, and who knows their role: as it is typed."""

from __future__ import annotations

import pytest

from frivillig_cli.records.activation.selection import REASON_WORDS


@pytest.fixture
def town(cli, tmp_path, monkeypatch):
    """A group (1) with Kari (1, leader), Ola (2) and Siv (3, no volunteer)."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", 1, "Beredskap", "--kind", "beredskap", "--to", "2028-12-31")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Vik", "--phone", "90111222", "--phone", "90111223")
    cli.ok("volunteer", "add", "Ola Aas", "--phone", "90111224")
    cli.ok("contact", "add", 1, "Siv Lund", "--role", "leader", "--phone", "90111225")
    cli.ok("beredskap", "member", "add", 1, 1, "--role", "leader")
    cli.ok("beredskap", "member", "add", 1, 2, 3)
    return cli


def excluded(cli):
    seen = cli.json("beredskap", "activate", "Flom", "--dry-run")
    return {one["person_id"]: one["reason"] for one in seen["excluded"]}


def test_the_call_out_number_is_rung_first_whatever_its_rank(town) -> None:
    made = town.json("person", "edit", 1, "--callout-number", "90 11 12 23")
    assert made["callout_number"] == "+4790111223"
    assert made["phones"] == ["+4790111222", "+4790111223"]
    calls = town.json("beredskap", "activate", "Flom", "--dry-run")["calls"]
    assert calls[0]["phones"] == ["+4790111223", "+4790111222"]
    made = town.json("person", "edit", 1, "--callout-number", "")
    assert made["callout_number"] is None


def test_a_new_call_out_number_is_added_and_there_is_only_one(town) -> None:
    town.ok("person", "edit", 1, "--callout-number", "90111222")
    made = town.json("person", "edit", 1, "--callout-number", "90111229")
    assert made["callout_number"] == "+4790111229" and len(made["phones"]) == 3
    shown = town.ok("person", "show", 1)
    assert shown.count("call-out number") == 1


def test_the_call_out_number_stays_when_another_number_becomes_the_first(town) -> None:
    town.ok("person", "edit", 1, "--callout-number", "90111223")
    town.ok("person", "edit", 1, "--phone", "90111229", "--phone", "90111223")
    assert town.json("person", "show", 1)["callout_number"] == "+4790111223"


def test_verify_says_when_and_by_whom(town) -> None:
    town.ok("person", "edit", 1, "--callout-number", "90111223")
    done = town.json("beredskap", "verify", "Kari", "--by", "Anne", "--on", "2026-11-20")
    assert done == {
        "person_id": 1, "name": "Kari Vik", "number": "+4790111223", "callout": True,
        "verified": "2026-11-20", "verified_by": "Anne",
    }  # fmt: skip
    done = town.json("beredskap", "verify", 1, "--number", "90111222")
    assert (done["number"], done["verified_by"]) == ("+4790111222", "tester")
    assert "has no such number" in town.refused("beredskap", "verify", 1, "--number", "90111299")
    assert "in the future" in town.refused("beredskap", "verify", 1, "--on", "2027-01-01")


def test_verify_of_a_protected_person_shows_no_number(town) -> None:
    town.ok("person", "edit", 1, "--protected")
    assert town.json("beredskap", "verify", 1)["number"] is None
    done = town("beredskap", "verify", 1)
    assert "90" not in done.out


def test_told_is_kept_for_every_seat_and_for_a_whole_group(town) -> None:
    town.ok("beredskap", "told", 1, "--on", "2026-11-01")
    members = town.json("beredskap", "group", "show", 1)["members"]
    assert [one["told"] for one in members] == ["2026-11-01", None, None]
    assert len(town.json("beredskap", "told", "--group", "Omsorg")["people"]) == 3
    members = town.json("beredskap", "group", "show", 1)["members"]
    assert {one["told"] for one in members} == {"2026-11-23"}
    town.ok("volunteer", "add", "Liv Moe")
    assert "is in no group" in town.refused("beredskap", "told", "Liv")
    assert "--group" in town.refused("beredskap", "told", code=2)


@pytest.mark.parametrize(
    ("from_", "to", "away"),
    [
        ("2026-11-23", "2026-11-23", True),
        ("2026-11-01", "2026-11-22", False),
        ("2026-11-24", "2026-12-01", False),
    ],
)
def test_who_is_away_is_left_out_on_those_days_only(town, from_, to, away) -> None:
    made = town.json("beredskap", "absence", "add", "Ola", "--from", from_, "--to", to)
    assert (made["from"], made["to"], made["name"]) == (from_, to, "Ola Aas")
    assert excluded(town) == ({2: "absent"} if away else {})
    town.ok("beredskap", "absence", "remove", made["id"])
    assert excluded(town) == {} and town.json("beredskap", "absence", "list") == []


def test_an_absence_has_no_room_for_why(town) -> None:
    words = ("beredskap", "absence", "add", "Ola", "--to", "2026-12-01")
    town.refused(*words, "--reason", "syk", code=2)
    town.refused("beredskap", "absence", "add", "Ola", "syk", "--to", "2026-12-01", code=2)
    columns = set(town.json(*words))
    assert columns == {"id", "person_id", "name", "from", "to"}


def test_an_absence_is_not_backwards_and_is_picked_by_query(town) -> None:
    town.refused("beredskap", "absence", "add", 1, "--from", "2026-12-02", "--to", "2026-12-01")
    town.ok("beredskap", "absence", "add", 1, "--from", "2026-12-24", "--to", "2026-12-31")
    town.ok("beredskap", "absence", "add", 2, "--to", "2026-12-01")

    def picked(*query):
        return [one["person_id"] for one in town.json("beredskap", "absence", "list", *query)]

    assert picked() == [2, 1]
    assert picked("to:2026-12-24..") == [1]
    assert picked("group:omsorg", "kari") == [1]
    assert picked("group:vakt") == []
    assert "1 of 2" in town("beredskap", "absence", "list", "--limit", "1").err
    again = town.refused("beredskap", "absence", "add", 2, "--to", "2026-12-01")
    assert "already: number 2" in again
    town.ok("beredskap", "absence", "add", 2, "--to", "2026-12-02")
    assert len(town.json("beredskap", "absence", "list")) == 3


def test_anybody_in_a_group_may_opt_out_volunteer_or_not(town) -> None:
    for over in ("2026-11-01", "2026-11-23"):  # it is the 23rd
        said = town.refused("beredskap", "opt-out", "set", "Siv", "--until", over)
        assert "keeps nobody" in said and "opt-out clear" in said
    done = town.json("beredskap", "opt-out", "set", "Siv", "--until", "2027-01-01")
    assert done == {"person_id": 3, "name": "Siv Lund", "until": "2027-01-01"}
    town.ok("volunteer", "edit", 2, "--opted-out-until", "2027-02-01")
    assert excluded(town) == {3: "opted_out_until", 2: "opted_out_until"}
    listed = town.json("beredskap", "opt-out", "list")
    assert [one["until"] for one in listed] == ["2027-02-01", "2027-01-01"]
    town.ok("beredskap", "opt-out", "clear", "Siv")
    town.ok("beredskap", "opt-out", "clear", "Ola")
    assert excluded(town) == {} and town.json("volunteer", "show", 2)["opted_out_until"] is None


def test_who_has_another_duty_is_left_out_until_it_is_taken_away(town) -> None:
    made = town.json("beredskap", "duty", "add", "Ola", "Sivilforsvaret")
    assert excluded(town) == {2: "other_duty"}
    assert "already" in town.refused("beredskap", "duty", "add", "Ola", "Sivilforsvaret")
    assert "(Sivilforsvaret)" in town.ok("beredskap", "group", "show", 1)
    assert len(town.json("beredskap", "duty", "list", "what:sivil")) == 1
    town.ok("beredskap", "duty", "remove", made["id"])
    assert excluded(town) == {}
    town.refused("beredskap", "duty", "remove", made["id"])


def test_every_reason_for_leaving_somebody_out_can_be_reached(town) -> None:
    """What the codes promise: each of them is the answer to something that is typed.

    But for same_person, which comes of a merge after it has ended: see test_twins.
    """
    people = {}
    reasons = [reason for reason in REASON_WORDS if reason != "same_person"]
    for reason in reasons:
        number = () if reason in ("no_number", "protected") else ("--phone", "90111333")
        made = town.json("volunteer", "add", f"Heter {reason}", "--new-person", *number)
        people[reason] = made["id"]
        group = 1 if reason != "agreement_expired" else 2
        if group == 2:
            town.ok("org", "add", "Lier skytterlag")
            town.ok("agreement", "add", 2, "Gammel", "--kind", "beredskap", "--to", "2026-01-01")
            town.ok("beredskap", "group", "add", "Vakt", "--org", 2, "--agreement", 2)
        if reason == "busy_other_activation":
            town.ok("beredskap", "group", "add", "Først", "--org", 1)
            town.ok("beredskap", "member", "add", "Først", made["id"])
            town.ok("beredskap", "activate", "Ras", "--group", "Først")
            town.ok("beredskap", "call", made["id"], "yes")
        town.ok("beredskap", "member", "add", group, made["id"])
    town.ok("volunteer", "archive", people["inactive"])
    town.ok("beredskap", "opt-out", "set", people["opted_out_until"], "--until", "2027-01-01")
    town.ok("beredskap", "absence", "add", people["absent"], "--to", "2026-12-01")
    town.ok("person", "edit", people["minor"], "--minor")
    town.ok("person", "edit", people["protected"], "--protected")
    town.ok("beredskap", "duty", "add", people["other_duty"], "Sykehuset")
    started = town.json("beredskap", "activate", "Flom")["number"]
    town.ok("beredskap", "exclude", people["manual"], "--activation", started)
    seen = town.json("beredskap", "status", "--activation", started)
    found = {one["person_id"]: one["reason"] for one in seen["excluded"]}
    assert {people[reason]: reason for reason in reasons} == found


def test_one_who_is_away_is_taken_in_with_a_reason_that_is_logged(town) -> None:
    town.ok("beredskap", "absence", "add", "Ola", "--to", "2026-12-01")
    town.ok("beredskap", "activate", "Flom")
    town.refused("beredskap", "include", "Ola")
    town.ok("beredskap", "include", "Ola", "--reason", "er hjemme likevel")
    assert "Was left out: away." in town.ok("beredskap", "log")


def test_a_group_is_edited_archived_and_restored(town) -> None:
    town.ok("org", "add", "Lier Røde Kors")
    made = town.json("beredskap", "group", "edit", 1, "--name", "Vakt", "--order", 2)
    assert (made["name"], made["order"], made["agreement_id"]) == ("Vakt", 2, 1)
    assert town.json("beredskap", "group", "edit", 1, "--agreement", "")["agreement_id"] is None
    assert len(town.json("beredskap", "group", "list", "agreement:")) == 1
    town.refused("beredskap", "group", "edit", 1, "--order", 0)
    town.ok("beredskap", "group", "archive", 1)
    assert town.json("beredskap", "group", "list") == []
    assert len(town.json("beredskap", "group", "list", "status:archived")) == 1
    town.refused("beredskap", "activate", "Flom", "--dry-run")
    town.ok("beredskap", "group", "restore", 1)
    assert len(town.json("beredskap", "group", "list")) == 1


def test_premises_have_two_key_holders_and_are_edited_and_archived(town) -> None:
    town.ok("person", "edit", 1, "--callout-number", "90111223")
    town.ok("person", "edit", 2, "--protected")
    words = ("--key-holder", "Kari", "--second-key-holder", "Ola", "--capacity", 80, "--kitchen")
    made = town.json("beredskap", "resource", "add", "Sanitetshuset", "--org", 1, *words)
    assert (made["key_holder"], made["key_holder_phone"]) == ("Kari Vik", "+4790111223")
    assert (made["second_key_holder"], made["second_key_holder_phone"]) == ("Ola Aas", None)
    made = town.json("beredskap", "resource", "edit", 1, "--beds", 12, "--second-key-holder", "")
    assert (made["beds"], made["second_key_holder"], made["kitchen"]) == (12, None, True)
    assert "kode" not in town.refused("beredskap", "resource", "edit", 1, "--notes", "kode 4711")
    assert "80" in town.ok("beredskap", "resource", "show", "sanitets")
    assert len(town.json("beredskap", "resource", "list", "kitchen:ja", "second_key_holder:")) == 1
    town.ok("beredskap", "resource", "archive", 1)
    assert town.json("beredskap", "resource", "list") == []
    seen = town.json("beredskap", "activate", "Flom", "--place", "sanitetshuset", "--dry-run")
    assert seen["place"] == "sanitetshuset"  # a text: it is no house of the register any more
    town.ok("beredskap", "resource", "restore", 1)
    assert len(town.json("beredskap", "resource", "list")) == 1

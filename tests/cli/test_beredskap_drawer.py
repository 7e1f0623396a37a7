"""Ready before it happens: what `check` finds, and what agreements promise."""

from __future__ import annotations

import pytest

from tests.cli.drawer import begin, found, make_ready


@pytest.fixture
def town(cli, tmp_path, monkeypatch):
    return begin(cli, tmp_path, monkeypatch)


def test_one_who_is_ready_is_told_so(town) -> None:
    assert set(found(town)) == {
        "plan_not_revised", "no_exercise", "agreement_not_exercised", "never_told",
        "number_not_verified", "no_pack", "no_plan",
    }  # fmt: skip
    make_ready(town)
    assert found(town) == []
    assert "All is as it should be." in town.ok("beredskap", "check")
    shown = town.json("beredskap", "check")
    assert (shown["plan_revised"], shown["last_exercise"]) == ("2026-11-23", "2026-05-01")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("agreement_expires", ("agreement", "edit", 1, "--to", "2027-01-31")),
        ("agreement_expired", ("agreement", "edit", 1, "--to", "2026-11-22")),
        ("no_deputy", ("beredskap", "member", "add", 1, 2, "--role", "member")),
        ("no_leader", ("beredskap", "member", "add", 1, 1, "--role", "member")),
        ("empty_group", ("beredskap", "group", "add", "Vakt", "--org", 1)),
        ("no_number", ("person", "edit", 2, "--phone", "")),
        ("never_told", ("beredskap", "member", "add", 1, 5)),
        ("other_duty", ("beredskap", "duty", "add", 2, "Sivilforsvaret")),
        ("no_key_holder", ("beredskap", "resource", "edit", 1, "--key-holder", "")),
        ("number_not_verified", ("person", "edit", 2, "--callout-number", "90111333")),
    ],
)
def test_each_thing_that_is_wrong_is_found_with_the_way_out(town, code, words) -> None:
    town.ok("volunteer", "add", "Eva Ny", "--phone", "90111444")
    town.ok("beredskap", "verify", 5)
    make_ready(town)
    town.ok(*words)
    [one] = found(town, code)
    assert "frivillig" in one["way_out"]


def test_a_group_that_shares_one_number_is_found(town) -> None:
    make_ready(town)
    town.ok("beredskap", "group", "add", "Par", "--org", 1)
    town.ok("volunteer", "add", "Eva Vik", "--phone", "90111222", "--new-person")
    town.ok("beredskap", "member", "add", "Par", 1, "--role", "leader")
    town.ok("beredskap", "member", "add", "Par", 5, "--role", "deputy")
    assert "Par" in found(town, "one_number")[0]["what"]


@pytest.mark.parametrize(
    ("later", "codes"),
    [
        ("2027-02-22T10:00:00+00:00", []),  # 91 days after
        ("2027-11-23T10:00:00+00:00", ["pack_old"]),
        (
            "2027-11-24T10:00:00+00:00",
            ["plan_not_revised", "number_not_verified", "pack_old", "plan_old"],
        ),
        (
            "2028-05-02T10:00:00+00:00",
            ["plan_not_revised", "no_exercise", "number_not_verified", "pack_old", "plan_old"],
        ),
    ],
)
def test_what_was_right_grows_old(town, monkeypatch, later, codes) -> None:
    town.ok("config", "set", "beredskap.pack_days", "91")
    make_ready(town)
    monkeypatch.setenv("FRIVILLIG_CLOCK", later)
    assert found(town) == codes


def test_an_old_pack_says_how_much_has_changed_since(town, monkeypatch) -> None:
    make_ready(town)
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-01T10:00:00+00:00")
    town.ok("org", "edit", 1, "--city", "Lier")  # stands on no list
    town.ok("beredskap", "duty", "add", 2, "Sykehuset")
    town.ok("person", "edit", 1, "--phone", "90111777")
    assert "98 days ago; 2 changes since" in found(town, "pack_old")[0]["what"]


def test_a_number_that_was_answered_is_known_to_be_right(town) -> None:
    make_ready(town)
    town.ok("person", "edit", 2, "--callout-number", "90111333")
    assert found(town) == ["number_not_verified"]
    town.ok("beredskap", "activate", "Test", "--contact-test", "-o", "test")
    town.ok("beredskap", "call", 2, "yes")
    assert found(town) == []


def test_an_exercise_counts_and_wants_an_evaluation(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    assert set(found(town)) == {"no_exercise", "agreement_not_exercised"}
    number = town.json("beredskap", "activate", "Flom", "--exercise", "-o", "f")["number"]
    town.ok("beredskap", "call", 2, "no")
    assert "no_exercise" in found(town), "it is not over"
    town.ok("beredskap", "end", "--yes")
    assert found(town) == ["no_evaluation"]
    shown = town.json("agreement", "show", 1)
    assert (shown["exercised"], shown["exercised_in"]) == ("2026-11-23", number)
    assert len(town.json("agreement", "list", "exercised:2026")) == 1
    [one] = found(town, "no_evaluation")
    assert number in one["way_out"]
    town.ok("beredskap", "evaluate", number, "--well", "Alle kom")
    assert found(town) == []


def test_what_is_done_after_midnight_is_of_that_day_in_norway(town, monkeypatch) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    town.ok("person", "edit", 2, "--callout-number", "90111333")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T23:30:00+00:00")  # 00:30 on the 24th
    number = town.json("beredskap", "activate", "Flom", "--exercise", "-o", "f")["number"]
    town.ok("beredskap", "call", 2, "no")
    town.ok("beredskap", "end", "--yes")
    assert town.json("agreement", "list", "exercised:2026-11-23") == []
    assert len(town.json("agreement", "list", "exercised:2026-11-24")) == 1
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-11-24T10:00:00+00:00")
    told = " ".join(one["what"] for one in found(town, "number_not_verified"))
    assert "Kari Vik" in told and "Ola Aas" not in told
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2028-11-24T10:00:00+00:00")
    [one] = found(town, "no_evaluation")
    assert number in one["what"]


def test_an_exercise_in_which_nobody_was_asked_was_not_held(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    town.ok("beredskap", "activate", "Flom", "--exercise", "-o", "f")
    town.ok("beredskap", "end", "--yes")
    assert {"no_exercise", "agreement_not_exercised"} <= set(found(town))
    assert "No exercise has been held yet" in town("beredskap", "exercise", "list").err
    town.ok("beredskap", "reopen", "--reason", "nå ringer vi")
    town.ok("beredskap", "call", 2, "no")
    town.ok("beredskap", "call", 2, "undo")
    town.ok("beredskap", "end", "--yes")
    assert "no_exercise" in found(town)
    town.ok("beredskap", "reopen", "--reason", "nå ringer vi")
    town.ok("beredskap", "call", 2, "no")
    town.ok("beredskap", "end", "--yes")
    assert "no_exercise" not in found(town)
    assert "The last exercise was" in town("beredskap", "exercise", "list").err


def test_a_cancelled_exercise_is_none(town) -> None:
    make_ready(town)
    town.ok("agreement", "edit", 1, "--exercised", "")
    town.ok("beredskap", "activate", "Flom", "--exercise", "-o", "f")
    town.ok("beredskap", "cancel", "--reason", "feil", "--yes")
    assert "agreement_not_exercised" in found(town)


def test_one_who_is_archived_is_told_as_that_and_asked_about_as_nothing_else(town) -> None:
    make_ready(town)
    town.ok("volunteer", "add", "Eva Ny", "--phone", "90111444")
    town.ok("volunteer", "archive", "Eva Ny")
    assert "(archived)" in town.ok("beredskap", "member", "add", 1, "Eva Ny")
    shown = town.json("beredskap", "group", "show", 1)["members"]
    assert [one["name"] for one in shown if one["archived"]] == ["Eva Ny"]
    [one] = found(town, "archived_member")
    assert "Eva Ny" in one["what"] and "volunteer restore 5" in one["way_out"]
    assert set(found(town)) == {"archived_member"}  # neither never told, nor not verified
    town.ok("beredskap", "member", "remove", 1, "Eva Ny")
    assert found(town) == []


# agreements


def test_an_agreement_says_who_calls_whom_and_who_pays_a_search(town) -> None:
    made = town.json(
        "agreement", "edit", 1, "--municipality-contact", "32 22 01 00", "--municipality-stand-in",
        "Brannvakten", "--association-contact", "Kari, 90 11 12 22", "--association-stand-in",
        "Ola", "--confidentiality", "signert", "--event-payer", "municipality",
    )  # fmt: skip
    assert (made["association_contact"], made["confidentiality"]) == (
        "Kari, 90 11 12 22", "signert",
    )  # fmt: skip
    flood = town.json("beredskap", "activate", "Flom", "--dry-run")
    search = town.json("beredskap", "activate", "Leting", "--search", "--dry-run")
    assert (flood["payer"], search["payer"]) == ("municipality", "rescue_service")
    town.ok("agreement", "edit", 1, "--rescue-payer", "other")
    search = town.json("beredskap", "activate", "Leting", "--search", "--dry-run")
    assert (search["payer"], search["agreements"][0]["payer"]) == ("other", "other")
    town.refused("beredskap", "activate", "X", "--search", "--exercise", "--dry-run", code=2)


def test_a_search_is_told_in_the_log(town) -> None:
    town.ok("beredskap", "activate", "Leting", "--search", "-o", "l")
    assert "search led by the police" in town.ok("beredskap", "log")


def test_what_is_promised_can_be_found(town) -> None:
    town.ok("agreement", "contribution", 1, "Sanitet", "Huset", "--kind", "premises")
    made = town.json("agreement", "contribution", 1, "Sanitet", "Folk", "--kind", "people")
    assert [one["kind"] for one in made["contributions"]] == ["premises", "people"]
    assert len(town.json("agreement", "list", "promises:premises")) == 1
    assert town.json("agreement", "list", "promises:food") == []
    town.refused("agreement", "contribution", 1, "Sanitet", "Annet", "--kind", "tull", code=2)
    town.ok("agreement", "party", 1, "--name", "Lier kommune")
    assert len(town.json("agreement", "list", "party:kommune")) == 1

"""`org merge`, `person merge` and `org duplicates` as they are typed."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.cli import ask
from tests.conftest import Cli

A, B = "974760673", "971274255"


@pytest.fixture
def twins(cli: Cli) -> Cli:
    cli.ok("org", "add", "Fossen vel", "--email", "post@fossen.example", "--city", "LIER")
    cli.ok("org", "add", "FOSSEN VELFORENING", "--email", "vel@fossen.example",
           "--phone", "32220100", "--orgnr", A, "--tag", "vel")  # fmt: skip
    cli.ok("contact", "add", "2", "Kari Nordmann", "--role", "leader")
    return cli


def test_a_merge_shows_what_moves_and_asks(twins: Cli) -> None:
    said = twins.refused("org", "merge", "1", "2")
    for words in ("2 FOSSEN VELFORENING goes into 1 Fossen vel", "1  office, held",
                  "1  tag", "32 22 01 00",
                  "*post@fossen.example", "--yes"):  # fmt: skip
        assert words in said
    assert twins.json("org", "show", "2")["id"] == 2


def test_a_merge_is_one_entry_and_one_undo(twins: Cli) -> None:
    before = [twins.json("org", "show", n) for n in (1, 2)]
    done = twins.json("org", "merge", "1", "2", "--yes")
    assert done["merged_into"] == 1 and done["applied"] and done["moved"]["contact"] == 1
    org = twins.json("org", "show", "1")
    assert (org["name"], org["orgnr"], org["tags"]) == ("Fossen vel", A, ["vel"])
    assert twins.json("history")[0]["command"] == "org merge"
    twins.ok("undo")
    assert [twins.json("org", "show", n) for n in (1, 2)] == before


def test_a_number_that_is_gone_shows_where_it_went(twins: Cli) -> None:
    twins.ok("org", "merge", "1", "2", "--yes")
    shown = twins("org", "show", "2")
    assert "2 was merged into number 1, Fossen vel." in shown.err and "1  Fossen vel" in shown.out
    org = twins.json("org", "show", "2")
    assert (org["merged_into"], org["id"]) == (1, 1)
    assert "merged into number 1" in twins.refused("org", "edit", "2", "--name", "x")
    assert "frivillig org show 1" in twins.refused("contact", "add", "2", "Ola", "--role", "leader")


def test_a_dry_run_shows_and_changes_nothing(twins: Cli) -> None:
    shown = twins.ok("org", "merge", "1", "2", "--dry-run")
    assert "goes into" in shown
    assert twins.json("org", "merge", "1", "2", "--dry-run")["applied"] is False
    assert len(twins.json("org", "list")) == 2


def test_a_field_is_taken_by_name(twins: Cli) -> None:
    done = twins.json("org", "merge", "1", "2", "--take", "name", "--take", "email", "--yes")
    assert {one["field"]: one["taken"] for one in done["conflicts"]} == {
        "name": True, "email": True,
    }  # fmt: skip
    assert twins.json("org", "show", "1")["email"] == "vel@fossen.example"


def test_a_field_is_taken_by_what_the_table_calls_it(twins: Cli) -> None:
    done = twins("org", "merge", "1", "2", "--take", "Navn", "--take", "e-post", "--yes", lang="nb")
    assert done.code == 0, done.err
    assert twins.json("org", "show", "1")["email"] == "vel@fossen.example"


def test_in_a_terminal_each_difference_is_asked_for(twins: Cli, monkeypatch) -> None:
    asked = []

    def choose(question: str, choices: dict[str, str]) -> str:
        asked.append((question, choices))
        return "2" if "name" in question else "1"

    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    monkeypatch.setattr(ask, "choose", choose)
    monkeypatch.setattr(ask, "confirm", lambda question: None)
    twins.ok("org", "merge", "1", "2", "--keep", "email")
    assert [choices for _question, choices in asked] == [
        {"1": "Fossen vel (1)", "2": "FOSSEN VELFORENING (2)"}
    ]
    assert twins.json("org", "show", "1")["name"] == "FOSSEN VELFORENING"


def test_two_organisation_numbers_need_a_choice(twins: Cli) -> None:
    twins.ok("org", "edit", "1", "--orgnr", B)
    assert "--keep orgnr" in twins.refused("org", "merge", "1", "2", "--yes")
    twins.ok("org", "merge", "1", "2", "--keep", "orgnr", "--yes")
    assert twins.json("org", "show", A)["orgnr"] == B


def test_another_account_needs_its_confirmation(twins: Cli) -> None:
    twins.ok("org", "edit", "1", "--account", "86011117947")
    twins.ok("org", "edit", "2", "--account", "12345678903")
    command = ("org", "merge", "1", "2", "--take", "account", "--yes")
    assert "--confirm-account" in twins.refused(*command)
    twins.ok(*command, "--confirm-account")
    assert twins.json("org", "show", "1")["bank_account"] == "12345678903"


@pytest.mark.parametrize(
    ("words", "code"),
    [(("1", "1"), 1), (("1", "99"), 1), (("1", "2", "--take", "hest"), 2), (("1",), 2),
     (("1", "2", "--take", "name", "--keep", "name"), 2), (("1", "2", "--take", "street"), 1)],
)  # fmt: skip
def test_a_wrong_merge_changes_nothing(twins: Cli, words: tuple[str, ...], code: int) -> None:
    twins.refused("org", "merge", *words, "--yes", "--json", code=code)
    assert len(twins.json("org", "list")) == 2


def test_two_leaders_are_pointed_out(twins: Cli) -> None:
    twins.ok("contact", "add", "1", "Ola Nordmann", "--role", "leader")
    done = twins("org", "merge", "1", "2", "--yes")
    assert "Two hold one office now: leader: Kari Nordmann, Ola Nordmann." in done.out
    assert "contact list org_id:1" in done.err
    assert len(twins.json("contact", "list", "org_id:1")) == 2


def test_two_people_become_one(cli: Cli) -> None:
    cli.ok("volunteer", "add", "Kari Nordmann", "--phone", "90111111")
    cli.ok("volunteer", "add", "Kari Nordman", "--phone", "90222222", "--skill", "kokk")
    cli.ok("person", "merge", "1", "2", "--yes")
    person = cli.json("person", "show", "2")
    assert (person["merged_into"], person["phones"]) == (1, ["+4790111111", "+4790222222"])
    assert person["volunteer"]["skills"] == ["kokk"]
    cli.ok("undo")
    assert cli.json("person", "show", "2")["name"] == "Kari Nordman"


def test_a_protected_persons_data_is_not_shown_in_a_merge(cli: Cli) -> None:
    cli.ok("volunteer", "add", "Kari Nordmann", "--email", "a@kari.example")
    cli.ok("volunteer", "add", "Kari Nordman", "--email", "b@kari.example", "--street", "Gata 1")
    cli.ok("person", "edit", "2", "--protected")
    for flag in ("--dry-run", "--yes"):
        for mode in ((), ("--json",)):
            done = cli("person", "merge", "1", "2", flag, *mode)
            assert "kari.example" not in done.out + done.err and "Gata" not in done.out + done.err
            if flag == "--yes":
                cli.ok("undo")


def test_pairs_with_little_in_common_are_not_listed_and_counted(cli: Cli) -> None:
    for name in ("Hegg skolekorps", "Solhaug kor", "Lier orientering"):
        cli.ok("org", "add", name, "--email", "post@hegg.example")
    done = cli("org", "duplicates")
    assert (done.code, "Hegg" in done.out) == (0, False)
    assert "3 more pairs have an e-mail" in done.err and "--least 1" in done.err
    assert len(cli.json("org", "duplicates", "--least", "1")) == 3
    assert "more pair" not in cli("org", "duplicates", "--least", "1").err


def test_duplicates_are_listed_with_score_and_reasons(twins: Cli) -> None:
    twins.ok("org", "add", "Tranby vel")
    (pair,) = twins.json("org", "duplicates")
    assert (pair["id"], pair["other_id"]) == (2, 1)  # the one with an organisation number stays
    assert pair["reasons"] == ["the same name, written otherwise"] and pair["score"] >= 80
    done = twins("org", "duplicates")
    assert "Fossen vel" in done.out and "frivillig org merge 2 1" in done.err
    assert "samme navn" in twins("org", "duplicates", lang="nb").out
    assert json.loads(twins("org", "duplicates", "--least", "100", "--json").out) == []


def test_a_pair_that_is_told_apart_stays_away_until_that_is_undone(twins: Cli) -> None:
    told = twins.json("org", "duplicates", "--not", "2", "Fossen vel", "--yes")
    assert told == {"not_duplicate": [2, 1], "new": True}
    assert twins.json("org", "duplicates") == []
    assert "Nothing to change." in twins.ok("org", "duplicates", "--not", "1", "2")
    twins.ok("undo")
    assert len(twins.json("org", "duplicates")) == 1


def test_wrong_words_to_duplicates_are_refused(twins: Cli) -> None:
    twins.refused("org", "duplicates", "--sort", "hest")
    twins.refused("org", "duplicates", "--least", "101", code=2)
    twins.refused("org", "duplicates", "--not", "1", "1")
    twins.refused("org", "duplicates", "--not", "1", code=2)
    assert [p["score"] for p in twins.json("org", "duplicates", "--sort", "-score")]


def test_an_empty_register_has_no_duplicates(cli: Cli) -> None:
    assert cli.json("org", "duplicates") == []


def test_names_from_outside_are_only_text(cli: Cli) -> None:
    for name in ("[bold]Ærfugl & Sønner[/bold] vel", "[bold]ÆRFUGL & Sønner[/bold] vel"):
        cli.ok("org", "add", name)
    assert "[bold]Ærfugl" in cli.ok("org", "duplicates")
    assert "[bold]ÆRFUGL" in cli.ok("org", "merge", "1", "2", "--dry-run")


def test_the_history_names_a_merge_in_words(twins: Cli) -> None:
    twins.ok("org", "duplicates", "--not", "1", "2")
    twins.ok("org", "merge", "1", "2", "--yes")
    said = twins("history", lang="nb").out
    assert "sammenslåinger 1" in said and "par som er merket som to ulike 1" in said


def test_the_history_shows_what_was_merged_as_it_was(twins: Cli) -> None:
    twins.ok("org", "edit", "2", "--street", "Fossveien 2", "--account", "8601.11.17947")
    twins.ok("org", "merge", "1", "2", "--take", "email", "--yes")
    twins.ok("org", "edit", "1", "--email", "ny@fossen.example", "--street", "Ny vei 1")
    shown = twins.ok("history", "1")
    for words in ("2 FOSSEN VELFORENING went into 1.", "*Fossen vel ", " FOSSEN VELFORENING",
                  " post@fossen.example  *vel@fossen.example", "*Fossveien 2",
                  "*8601.11.17947", "*32 22 01 00"):  # fmt: skip
        assert words in shown, shown
    assert twins.ok("history", "2") == shown
    [merged] = [one for entry in twins.json("history", "1") for one in entry["merged"]]
    assert (merged["what"], merged["merged_into"]) == ("org", 1)
    assert merged["former"] == {"id": 2, "name": "FOSSEN VELFORENING"}
    assert merged["fields"]["email"] == {
        "keep": "post@fossen.example",
        "drop": "vel@fossen.example",
        "became": "vel@fossen.example",
    }
    assert merged["fields"]["street"] == {
        "keep": None, "drop": "Fossveien 2", "became": "Fossveien 2",
    }  # fmt: skip
    twins.ok("undo")
    twins.ok("undo")
    assert "went into" in twins.ok("history", "1")


def test_a_protected_person_s_contact_data_is_not_in_the_picture(cli: Cli) -> None:
    for n, name in ((1, "Kari Solli"), (2, "Mona Li")):
        cli.ok("volunteer", "add", name, "--email", f"k{n}@x.example", "--availability", f"kl {n}")
    cli.ok("person", "merge", "1", "2", "--take", "availability", "--yes")
    [merged] = cli.json("history")[0]["merged"]
    assert merged["fields"]["email"]["drop"] == "k2@x.example"
    assert merged["fields"]["availability"]["became"] == "kl 2"
    cli.ok("person", "edit", "1", "--protected")
    [merged] = next(one["merged"] for one in cli.json("history") if one["merged"])
    assert "x.example" not in json.dumps(merged) and "availability" in merged["fields"]


def test_the_history_of_a_person_shows_who_was_merged_into_them(cli: Cli) -> None:
    for n, name in ((1, "Kari Solli"), (2, "Mona Li"), (3, "Odd Vik")):
        cli.ok("volunteer", "add", name, "--email", f"k{n}@x.example", "--availability", f"kl {n}")
    cli.ok("person", "merge", "1", "2", "--yes")
    shown = cli.ok("history", "--person", "Kari Solli")
    assert "Mona Li" in shown and "went into 1" in shown and "kl 2" in shown
    assert "Odd Vik" not in shown and len(cli.json("history", "--person", "3")) == 1
    assert cli.ok("history", "--person", "2") == shown  # the number that is no longer used
    assert cli.json("history", "--person", "1")[0]["merged"][0]["former"]["id"] == 2
    cli.ok("person", "edit", "1", "--protected", "--yes")
    assert "k2@x.example" not in cli.ok("history", "--person", "1")
    cli.refused("history", "1", "--person", "1", code=2)
    cli.refused("history", "--person", "nobody")


def test_an_undo_that_is_refused_speaks_of_no_tables(cli: Cli) -> None:
    for name in ("Fossen vel", "Fossen velforening", "Fossen velhus"):
        cli.ok("org", "add", name)
    cli.ok("contact", "add", "2", "Kari Nes", "--role", "leader")
    cli.ok("org", "merge", "1", "2", "--yes")
    first = next(e["id"] for e in cli.json("history") if e["command"] == "org merge")
    cli.ok("org", "merge", "3", "1", "--yes")
    said = cli("undo", first, lang="nb").err
    assert "verv 1 er endret siden" in said and "sammenslåing 1 er endret siden" in said
    assert not [word for word in ("contact", "merged") if word in said]


def test_a_merger_that_was_undone_is_not_told_as_a_fact(cli: Cli) -> None:
    for name in ("Fossen vel", "Fossen velforening"):
        cli.ok("org", "add", name)
    cli.ok("org", "edit", "2", "--email", "post@fossen.example")
    cli.ok("org", "merge", "1", "2", "--yes")
    assert "which is undone" not in cli.ok("history", "1")
    cli.ok("undo")
    assert "went into 1, which is undone." in cli.ok("history", "1")

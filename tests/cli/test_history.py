"""The history as it is shown, and taking back and doing again from the command line."""

from __future__ import annotations

import json


def test_each_command_is_an_entry_the_newest_first(cli) -> None:
    cli.ok("org", "add", "Lier kor", "--tag", "kor")
    cli.ok("org", "edit", "Lier kor", "--city", "Lier")
    found = cli.json("history")
    assert [entry["command"] for entry in found] == ["org edit", "org add", "init"]
    assert {"id", "at", "command", "who", "changes"} <= set(found[0])
    assert found[0]["who"] == "tester"
    assert found[0]["at"].endswith("+00:00")
    assert {"table": "org", "row": 1, "op": "update"} in found[0]["changes"]


def test_it_is_read_in_the_language_of_the_reader(cli) -> None:
    cli.ok("org", "add", "Lier kor", "--tag", "kor")
    done = cli("history", lang="nb")
    assert done.out.splitlines()[0].split() == ["Nr", "Når", "Kommando", "Hvem", "Hva"]
    assert "lag 1, merkelapper 1" in done.out
    assert "associations 1, tags 1" in cli.ok("history")


def test_one_association_s_history_is_only_its_own(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    cli.ok("org", "add", "Tranby kor")
    assert [entry["command"] for entry in cli.json("history", "Tranby")] == ["org add"]
    assert cli.refused("history", "nobody")


def test_limit_and_sort_hold_for_the_history_too(cli) -> None:
    for number in range(3):
        cli.ok("org", "add", f"Lag {number}")
    done = cli("history", "--limit", "2")
    assert len(done.out.splitlines()) == 3 and "2 of 4. All: --limit 0" in done.err
    assert "1 of 4. " in cli("history", "--sort", "id", "--limit", "1").err
    assert "of" not in cli("history", "--limit", "4").err
    assert [entry["id"] for entry in cli.json("history", "--sort", "id", "--limit", "2")] == [1, 2]
    assert [entry["id"] for entry in cli.json("history", "--sort", "-id")] == [4, 3, 2, 1]
    assert "command" in cli.refused("history", "--sort", "nonsense")
    cli.ok("org", "edit", "1", "--city", "Lier")
    assert "1 of 2. " in cli("history", "1", "--limit", "1").err


def test_undo_and_redo_go_there_and_back(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    undone = cli("undo", "--json")
    assert json.loads(undone.out)["command"] == "org add" and "redo" in undone.err
    assert cli.json("org", "list") == []
    assert "(undone)" in cli.ok("history")
    cli.ok("redo", "--yes")
    assert [org["name"] for org in cli.json("org", "list")] == ["Lier kor"]


def test_a_preview_of_undo_changes_nothing(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    assert "Ville blitt angret" in cli("undo", "--dry-run", lang="nb").out
    assert len(cli.json("org", "list")) == 1


def test_what_cannot_be_undone_is_refused(cli) -> None:
    assert cli.refused("undo", "99")
    assert cli.refused("redo")
    assert cli.refused("undo", "--", "-1")
    assert cli("undo", "x").code == 2

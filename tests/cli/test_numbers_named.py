"""`id:4,999` in a query: a number that is nobody's is told of, and the rest is done."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Lier hagelag", "--email", "post@hagelag.example")
    cli.ok("org", "add", "Sylling songlag", "--email", "post@songlag.example")
    cli.ok("contact", "add", "1", "Per Hansen", "--role", "leader")
    cli.ok("volunteer", "add", "Aud Lie")
    cli.ok("survey", "new", "Endringer")
    return cli


def test_an_export_tells_of_numbers_that_are_no_association(lag, tmp_path) -> None:
    done = lag("survey", "export", "1", "id:1,999,998", "-o", tmp_path / "a.xlsx", "--json")
    assert done.code == 3 and "There are no numbers 999, 998." in done.err
    told = json.loads(done.out)
    assert told["not_found"] == [999, 998] and [one["org_id"] for one in told["files"]] == [1]
    done = lag("survey", "export", "1", "id:2", "id:2", "-o", tmp_path / "b.xlsx", "--json")
    assert done.code == 0 and json.loads(done.out)["not_found"] == [] and "number" not in done.err
    said = lag("survey", "export", "1", "id:999", "-o", tmp_path / "c", "--per-org", lang="nb")
    assert said.code == 1 and "Nummer 999 finnes ikke." in said.err


def test_an_export_tells_of_numbers_that_are_archived(lag, tmp_path) -> None:
    lag.ok("org", "archive", "2")
    done = lag("survey", "export", "1", "id:1,2", "-o", tmp_path / "a.xlsx", "--json")
    assert done.code == 3 and "Archived, and gets no form: 2." in done.err
    told = json.loads(done.out)
    assert (told["archived"], [one["org_id"] for one in told["files"]]) == ([2], [1])
    assert lag("survey", "export", "1", "-o", tmp_path / "b.xlsx").code == 0


@pytest.mark.parametrize(
    ("command", "ids", "gone"),
    [
        (("org", "list"), "1,999", "999"),
        (("org", "list"), "999", "999"),
        (("person", "list"), "1,2,999", "999"),
        (("volunteer", "list"), "1,2", "1"),
        (("contact", "list"), "1,7", "7"),
        (("agreement", "list"), "4", "4"),
        (("beredskap", "group", "list"), "4", "4"),
        (("beredskap", "resource", "list"), "4", "4"),
    ],
)
def test_a_list_tells_of_numbers_that_are_not_there(lag, command, ids, gone) -> None:
    done = lag(*command, f"id:{ids}", "--json")
    assert done.code == 0 and f"There is no number {gone}." in done.err
    json.loads(done.out)


@pytest.mark.parametrize("query", [["^id:999"], ["id:..999"], ["id:1,2"], ["id:"], ["hagelag"]])
def test_what_names_no_number_or_one_that_is_there_tells_nothing(lag, query) -> None:
    assert "There is no number" not in lag("org", "list", *query).err


def test_letters_tell_of_numbers_that_are_not_there(lag, tmp_path) -> None:
    name = next(
        one["name"] for one in lag.json("letter", "templates") if one["recipients"] == "org"
    )
    done = lag("letter", "render", name, "id:1,999", "-o", tmp_path / "brev", "--format", "txt")
    assert done.code == 3 and "There is no number 999." in done.err

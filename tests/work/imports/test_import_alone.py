"""Rows with nothing but a name in a list that has more: headings, or associations."""

import json

import pytest

from frivillig_cli.work.imports.decisions import NEW, Decisions

TITLES = ["Navn", "Telefon", "Sted"]
CLUBS = [["Alfa FK", "95440001", "Lier"], ["Beta SK", "95440002", ""], ["Smia vel", "", "Lier"]]


def lines(*alone):
    """A list with some rows of a name alone among its entries."""
    between = [row for n, name in enumerate(alone) for row in ([name, "", ""], CLUBS[n])]
    return [TITLES, *between, *CLUBS[len(alone) :]]


@pytest.mark.parametrize(
    "name", ["TANGEN OG OMEGN", "Barn og unge", "Sport og idrett", "Andre lag"]
)
@pytest.mark.parametrize("at", [1, 2, 4])
def test_what_looks_like_a_heading_is_asked_about(cli, write, name, at):
    rows = [TITLES, *CLUBS]
    rows.insert(at, [name, "", ""])
    done = cli("org", "import", write(rows), "--yes", "--json")
    found = json.loads(done.out)
    assert (done.code, found["created"]) == (3, 3)
    [refused] = found["rejected"]
    assert (refused["row"], refused["value"]) == (at + 1, name)
    assert "is it a heading? Answer with --ask, or add it with: frivillig org add" in refused["why"]
    assert found["anomalies"] == []


@pytest.mark.parametrize(("answer", "made"), [(NEW, 4), (None, 3)])
def test_who_is_asked_decides(write, take_in, orgs, answer, made):
    asked = []

    def which(record, candidates, why):
        asked.append((record.row, candidates, why))
        return answer

    result = take_in(write(lines("TANGEN OG OMEGN")), mode="ask", decisions=Decisions(which=which))
    assert asked == [(2, (), "nothing but a name: is it a heading?")]
    assert (result.created, len(orgs())) == (made, made)


def test_any_other_name_alone_is_an_association_and_named(cli, write):
    said = cli.ok("org", "import", write(lines("Lierbyen", "Lier kor")), "--yes")
    assert len(cli.json("org", "list")) == 5
    assert "! Nothing but a name stands in 2 rows: Lierbyen (row 2), Lier kor (row 4)." in said


def test_what_is_in_the_register_is_not_asked_about(cli, write):
    cli.ok("org", "add", "TANGEN OG OMEGN")
    found = cli.json("org", "import", write(lines("TANGEN OG OMEGN")), "--yes")
    assert (found["created"], found["unchanged"], found["anomalies"]) == (3, 1, [])


@pytest.mark.parametrize(
    "rows",
    [
        [["Navn"], ["BARN OG UNGE"], ["Alfa FK"], ["Beta SK"]],
        [TITLES, ["Barn og unge", "", ""], ["Andre lag", "", ""], *CLUBS[:2]],
        [TITLES, ["NKS", "", ""], *[[row[0].upper(), *row[1:]] for row in CLUBS]],
        [TITLES, ["Barn og unge", "", "Lier"], *CLUBS],
        [["Nr", *TITLES], ["", "Barn og unge", "", ""], *[["7", *row] for row in CLUBS]],
    ],
    ids=["only names", "half of them", "all in capitals", "more than a name", "not the first cell"],
)
def test_a_list_of_names_loses_none(cli, write, rows):
    found = cli.json("org", "import", write(rows), "--yes")
    assert found["created"] == len(rows) - 1


def test_of_people_too(cli, write):
    rows = [["Navn", "Telefon"], ["KJØKKEN", ""], ["Kari Vik", "95440001"], ["Ola Nes", "95440002"]]
    done = cli("volunteer", "import", write(rows), "--yes", "--json")
    assert (done.code, json.loads(done.out)["created"]) == (3, 2)
    assert "frivillig volunteer add" in json.loads(done.out)["rejected"][0]["why"]

"""Titles in two rows, one over the other; and titles of another list further down."""

import pytest

GROUPS = ["Lag", "", "Leder", "", "", "Kasserer", "", ""]
TITLES = ["Navn", "Orgnr", "Navn", "E-post", "Mobil", "Navn", "E-post", "Mobil"]
ETA = ["Eta IL", "", "Lise Vik", "lise@eta.example", "95330001",
       "Knut Nes", "knut@eta.example", "95330002"]  # fmt: skip


def held(cli):
    return {one["role"]: (one["name"], one["email"]) for one in cli.json("contact", "list")}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rows", "offices"),
    [
        ([GROUPS, TITLES, ETA], ["leader", "treasurer"]),
        ([["Medlemslag 2026"], GROUPS, TITLES, ETA], ["leader", "treasurer"]),
        ([GROUPS[:5], TITLES[:5], ETA[:5]], ["leader"]),
        ([["", "", *GROUPS[2:5]], ["Lagets navn", "Orgnr", *TITLES[2:5]], ETA[:5]], ["leader"]),
        ([[*GROUPS[2:5], *GROUPS[:2]], [*TITLES[2:5], *TITLES[:2]], [*ETA[2:5], *ETA[:2]]],
         ["leader"]),
    ],
    ids=["two groups", "a line above", "one group", "no word twice", "the leader first"],
)  # fmt: skip
def test_what_stands_over_the_titles_tells_whose_they_are(cli, write, rows, offices, ending):
    said = cli.ok("org", "import", write(rows, f"l.{ending}"), "--yes")
    org = cli.json("org", "show", "Eta IL")
    assert (org["email"], org["phone"]) == (None, None)
    wanted = {"leader": ("Lise Vik", "lise@eta.example")}
    wanted |= {"treasurer": ("Knut Nes", "knut@eta.example")}
    assert held(cli) == {office: wanted[office] for office in offices}
    assert "Leder E-post = the leader's e-mail" in said
    assert ("passed over" in said.split("added")[0]) == (rows[0] == ["Medlemslag 2026"])


def test_a_line_that_stands_over_all_changes_no_title(cli, write):
    rows = [["", "Kontakt", "", ""], ["Navn", "E-post", "Telefon", "Poststed"],
            ["Eta IL", "eta@il.example", "95220001", "Lier"]]  # fmt: skip
    said = cli.ok("org", "import", write(rows), "--yes")
    org = cli.json("org", "show", "Eta IL")
    assert (org["email"], org["phone"], org["city"]) == ("eta@il.example", "+4795220001", "Lier")
    assert "E-post = e-mail" in said


def test_the_next_of_kin_are_not_the_volunteers(cli, write):
    rows = [["Frivillig", "", "Pårørende", ""], ["Navn", "Mobil", "Navn", "Mobil"],
            ["Kari Nes", "95220001", "Ola Nes", "95220002"]]  # fmt: skip
    cli.ok("volunteer", "import", write(rows), "--yes")
    (person,) = cli.json("person", "list")
    assert (person["name"], person["phones"]) == ("Kari Nes", ["+4795220001"])


CLUBS = [["Navn", "E-post", "Poststed"], ["Alfa IL", "alfa@il.example", "Lier"]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "more",
    [
        [["Kulturlag"], ["Leder", "Navn", "E-post"], ["Kari Kor", "Gamma kor", "g@kor.example"]],
        [["Sted", "Navn", "Mobil"], ["Lier", "Gamma kor", "95220001"]],
        [["Lag", "Sted", "Leder"], ["Gamma kor", "Lier", "Kari Kor"]],
    ],
)
def test_a_second_list_below_the_first_is_not_read_as_more_of_it(cli, write, more, ending):
    said = cli.refused("org", "import", write([*CLUBS, *more], f"l.{ending}"), "--yes")
    assert "titles of its own" in said and "one by one" in said
    assert cli.json("org", "list") == []


def test_the_same_titles_once_more_are_passed_over(cli, write):
    more = [CLUBS[0], ["Beta IL", "beta@il.example", "Lier"]]
    found = cli.json("org", "import", write([*CLUBS, *more]), "--yes")
    assert (found["created"], [skip["row"] for skip in found["skipped"]]) == (2, [3])


def test_the_same_titles_in_capitals_and_without_marks_are_passed_over(cli, write):
    more = [["NAVN", "EPOST", "POSTSTED"], ["Beta IL", "beta@il.example", "Lier"]]
    found = cli.json("org", "import", write([*CLUBS, *more]), "--yes")
    assert (found["created"], [skip["row"] for skip in found["skipped"]]) == (2, [3])

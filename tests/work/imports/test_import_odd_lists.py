"""Lists that are not as they should be: beside one another, headings between, titles as values."""

import pytest


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("gap", [[], [""]])
def test_what_stands_beside_the_list_is_not_read_as_its_own(cli, write, gap, ending):
    rows = [["Navn", "Telefon", "E-post", *gap, "Navn", "Telefon"],
            ["Alfa FK", "", "a@alfa.example", *gap, "Gamma kor", "95440003"]]  # fmt: skip
    said = cli.ok("org", "import", write(rows, f"l.{ending}"), "--yes")
    assert "“Navn” stands twice" in said and "Not read: Navn (2), Telefon (2)" in said
    (org,) = cli.json("org", "list")
    assert (org["name"], org["phone"]) == ("Alfa FK", None)


CLUBS = [["Alfa FK", "Kari Alfa", "95440001"], ["Beta SK", "Ola Beta", "95440002"]]
TITLES = ["Klubb", "Leder", "Telefon"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ([TITLES, [], ["ALLIDRETT", "", ""], CLUBS[0], [], ["Ski", "", ""], CLUBS[1],
          ["Gamma SK", "", ""], [], ["Totalt 3 klubber", "", ""]], [3, 6, 10]),
        ([TITLES, CLUBS[0], ["Gamma SK", "", ""], ["Håndball", "", ""], TITLES, CLUBS[1]], [4, 5]),
    ],
    ids=["blank rows", "titles once more"],
)  # fmt: skip
def test_a_lone_cell_over_some_entries_is_a_heading(cli, write, rows, headings, ending):
    found = cli.json("org", "import", write(rows, f"l.{ending}"), "--yes")
    names = [org["name"] for org in cli.json("org", "list")]
    assert names == ["Alfa FK", "Beta SK", "Gamma SK"]
    assert [skip["row"] for skip in found["skipped"]] == headings


def test_names_alone_with_a_blank_row_after_each_are_associations(cli, write):
    rows = [TITLES, [], ["Alfa FK", "", ""], [], ["Beta SK", "", ""], [], ["Totalteateret", "", ""]]
    assert cli.json("org", "import", write(rows), "--yes")["created"] == 3


def test_words_of_titles_in_an_entry_make_it_no_titles(cli, write):
    rows = [["Lag", "Hvem svarer", "Kanal", "Reserve", "Telefon"],
            ["Alfa FK", "Leder", "E-post", "Telefon", "95440001"],
            ["Beta FK", "Kasserer", "Telefon", "E-post", "95440002"]]  # fmt: skip
    cli.ok("org", "import", write(rows), "--yes")
    assert [org["phone"] for org in cli.json("org", "list")] == ["+4795440001", "+4795440002"]


def test_the_first_row_is_the_titles_though_the_next_has_more_of_such_words(cli, write):
    rows = [
        ["Navn", "Kontakt 1", "Rolle", "Kontakt 2", "Rolle", "Kontakt 3", "Rolle"],
        ["Alfa FK", "Kari Alfa", "Leder", "Ola Alfa", "Kasserer", "Per Alfa", "Sekretær"],
        ["Beta FK", "Ida Beta", "Leder", "Ola Beta", "Kasserer", "Per Beta", "Nestleder"],
    ]
    cli.ok("org", "import", write(rows), "--yes")
    assert [org["name"] for org in cli.json("org", "list")] == ["Alfa FK", "Beta FK"]


@pytest.mark.parametrize("title", ["Idrettslag", "Idrettslag/klubb", "Klubb", "Klubb / lag"])
def test_clubs_by_any_word_are_the_names(cli, write, title):
    rows = [[title, "E-post", "Telefon"], ["Alfa FK", "post@alfa.example", "95010001"]]
    cli.ok("org", "import", write(rows), "--yes")
    assert [org["name"] for org in cli.json("org", "list")] == ["Alfa FK"]

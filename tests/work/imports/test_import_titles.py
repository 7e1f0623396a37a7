"""Where the titles stand, and on which sheet: known titles win over a longer row."""

import pytest
from openpyxl import Workbook

from frivillig_cli.core.errors import FileFormatError, UsageError

ODD = "ring etter kl 16", "snakk med Per"
TWO = ["Navn", "E-post"]
TEN = [[f"Lag {n}", f"m{n}@y.example"] for n in range(10)]
FIVE = [[f"Midtlag {n}", f"k{n}@y.example", *ODD] for n in range(5)]
LISTS = [
    ([TWO, *TEN, *FIVE], 15, 1),
    ([TWO, ["A", "x@y.example"], ["B", "y@y.example", "merknad her", "også her"]], 2, 1),
    ([TWO, ["A", "x@y.example", "90112233", "u"], ["B", "y@y.example"]], 2, 1),
    ([["Navn"], ["A"], ["B", "merknad her", "også her"]], 2, 1),
    ([["Foreninger 2027"], ["Lag"], TWO, *TEN], 10, 3),
    ([["Forening"], ["Korps", "E-post"], ["A", "x@y.example"]], 1, 2),
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_known_titles_are_the_titles_however_long_a_later_row_is(write, register, ending):
    from frivillig_cli.work.imports import job
    from frivillig_cli.work.imports.orgs import ORGS
    from frivillig_cli.work.imports.result import Options

    for n, (rows, wanted, first) in enumerate(LISTS):
        plan = job.prepare(register, write(rows, f"{n}.{ending}"), ORGS, Options())
        assert len(plan.records) == wanted, rows[0]
        assert plan.records[0].row == first + 1
        assert not plan.rejected


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    for line in (["Notat"], ["Listen er på neste ark"], ["Hilsen Per"]):
        made.active.append(line)
    made.active.title = "Notat"
    for name, lag in (("Lag", "Lier kor"), ("Gamle", "Egge kor")):
        sheet = made.create_sheet(name)
        for line in (TWO, [lag, f"{lag[:4]}@kor.example"]):
            sheet.append(line)
    path = tmp_path / "liste.xlsx"
    made.save(path)
    return path


def test_the_first_sheet_that_holds_a_list_is_read_and_named(cli, book):
    said = cli.ok("org", "import", book, "--yes")
    assert "Only the sheet “Lag” is read; there is also: Notat, Gamle." in said
    assert [org["name"] for org in cli.json("org", "list")] == ["Lier kor"]
    said = cli.ok("org", "import", book, "--yes", "--sheet", "gamle")
    assert "Only the sheet “Gamle” is read" in said
    assert [org["name"] for org in cli.json("org", "list")] == ["Egge kor", "Lier kor"]
    assert "no sheet called" in cli.refused("org", "import", book, "--yes", "--sheet", "Nye")


def test_a_list_without_sheets_has_none_to_choose(write, take_in):
    with pytest.raises(UsageError):
        take_in(write([TWO, *TEN]), sheet="Lag")


@pytest.mark.parametrize(("good", "line"), [("Åros kor", 3), ("Blåbær og Øl", 3)])
def test_a_line_in_another_encoding_is_pointed_out(write, take_in, good, line):
    data = f"Navn;E-post\n{good};a@kor.example\n".encode() + "Blåbærøya kor;b@x.example\n".encode(
        "latin-1"
    )
    with pytest.raises(FileFormatError, match=f"line (2|{line}) "):
        take_in(write(data))

"""What an import shows before and after: all that is kept, and so that it can be read at 80."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, rows_of, send, take_in
from tests.cli.test_output import on_screen

OWN = """
[[question]]
id = "more"
kind = "text"
text = "Noe annet?"

[[question]]
id = "room"
kind = "yes_no"
text = "Trenger dere lokale?"

[[question]]
id = "course"
kind = "many_of"
text = "Hvilke kurs?"
options = [{ id = "aid", text = "Førstehjelp" }, { id = "books", text = "Regnskap" }]
"""


@pytest.fixture
def own(lag, tmp_path):
    """A survey with questions of its own, answered."""
    (tmp_path / "q.toml").write_text(OWN)
    lag.ok("survey", "new", "Med eget", "--questions", tmp_path / "q.toml")
    done = lag.json("survey", "export", "2", "-o", tmp_path / "eget", "--per-org")
    said = {"more": "Vi legger ned laget 1. januar", "room": "Ja", "course#aid": "Ja"}
    return answer(done["files"][0]["file"], tmp_path / "a.xlsx", **said)


def test_answers_to_own_questions_are_shown_before_they_are_kept(lag, own) -> None:
    for flag in ("--dry-run", "--yes"):
        shown = lag("survey", "import", "2", own, flag).out
        assert "with answers to your own questions      1   3 answers" in shown
        told = {"Noe annet?": "Vi legger ned laget 1. januar", "Trenger dere lokale?": "Yes",
                "Hvilke kurs?": "Førstehjelp"}  # fmt: skip
        for label, said in told.items():
            assert any(label in line and said in line for line in shown.splitlines()), shown
    again = lag("survey", "import", "2", own, "--yes").out
    assert "legger ned" not in again and "own questions" not in again


def test_answers_to_own_questions_are_in_the_json(lag, own) -> None:
    [form] = json.loads(lag("survey", "import", "2", own, "--dry-run", "--json").out)["files"]
    assert form["answers"] == [
        {"field": "more", "answer": "Vi legger ned laget 1. januar"},
        {"field": "room", "answer": 1},
        {"field": "course", "answer": ["aid"]},
    ]


LONG = "Lier hagelag med omland og venner av gamle frukttrær"


def test_a_narrow_terminal_keeps_each_value_beside_its_field(lag, tmp_path, monkeypatch) -> None:
    lag.ok("org", "edit", "1", "--phone", "32 22 01 00")
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", name=LONG, phone="32 22 01 99",
                  listed="Ja", leader="Siri Lie", leader_phone="tull")  # fmt: skip
    piped = lag("survey", "import", "1", back, "--dry-run", lang="nb").out
    assert max(map(len, piped.splitlines())) > 80
    screen = on_screen(monkeypatch, COLUMNS="80")
    lag("survey", "import", "1", back, "--dry-run", lang="nb")
    shown = [line.rstrip() for line in screen.getvalue().splitlines()]
    at = shown.index("  Lier hagelag") + 1
    assert shown[at : at + 5] == [
        f"    {'Navn':<26}  Lier hagelag",
        f"    {'':<26}  → Lier hagelag med omland og venner av gamle",
        f"    {'':<26}  frukttrær",
        f"    {'Telefon til laget':<26}  32 22 01 00 → 32 22 01 99",
        f"    {'Leder':<26}  Per Hansen → Siri Lie   fra 23. november 2026",
    ]
    assert max(map(len, shown)) <= 80


def test_one_cause_in_many_cells_is_said_once(lag, tmp_path) -> None:
    forms = send(lag, tmp_path)
    book, other = load_workbook(forms[1]), rows_of(load_workbook(forms[2]))
    rows = rows_of(book)
    taken = ("street", "city", "premises", "activities")
    for name in taken:
        rows[name][0].value, rows[name][3].value = other[name][0].value, "Noe"
    book.save(tmp_path / "a.xlsx")
    shown = lag("survey", "import", "1", tmp_path / "a.xlsx", "--dry-run").out
    cells = ", ".join(rows[name][3].coordinate for name in taken)
    said = [line for line in shown.splitlines() if "another association's form" in line]
    assert len(said) == 1 and f"a.xlsx, 4 cells ({', '.join(sorted(cells.split(', ')))})" in said[0]


def test_what_has_no_cell_names_none(lag, tmp_path) -> None:
    book = load_workbook(send(lag, tmp_path)[1])
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if row[1].value and not str(row[1].value).startswith("f1."):
            row[3].value = None
    book.save(tmp_path / "a.xlsx")
    shown = lag("survey", "import", "1", tmp_path / "a.xlsx", "--dry-run").out
    assert "a.xlsx: Every cell is blank" in shown


def test_a_formula_says_its_cell_once_and_what_to_do(lag, tmp_path) -> None:
    form = send(lag, tmp_path)[1]
    back = answer(form, tmp_path / "a.xlsx", members="=1+1")
    cell = rows_of(load_workbook(form))["members"][3].coordinate
    shown = lag("survey", "import", "1", back, "--dry-run").out
    words = "The cell holds a formula without a result: write the value."
    assert f"a.xlsx, cell {cell}: {words}" in shown


def test_a_conflict_says_that_the_register_is_left_as_it_is(lag, tmp_path) -> None:
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", phone="32 22 01 99")
    lag.ok("org", "edit", "1", "--phone", "32 22 01 00")
    shown = lag("survey", "import", "1", back, "--dry-run").out
    assert "Conflict: the register is left as it is." in shown


def test_the_one_whose_e_mail_stands_is_who_was_sent(lag, tmp_path) -> None:
    form = send(lag, tmp_path)[1]
    take_in(lag, answer(form, tmp_path / "a.xlsx", leader="Siri Lie"))
    shown = lag("survey", "import", "1", answer(form, tmp_path / "b.xlsx", leader="Aud Berg"),
                "--dry-run").out  # fmt: skip
    assert "still those of Per Hansen" in shown and "those of Siri" not in shown

"""The lines of a sheet that was filled in by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap.paper_lines import Sheet, read_line, read_lines
from frivillig_cli.work.beredskap.taps import Tap
from tests.work.beredskap.test_take_in import listed, taken

__all__ = ["listed"]


@pytest.fixture
def sheet(world, listed):
    activation, codes = listed
    return Sheet(queries.get(world.register, activation), "anne", world.now), codes


def test_a_line_of_the_sheet_is_row_letter_time_and_when_they_come(sheet):
    known, codes = sheet
    read = read_line(f"{codes['Kari']} j 0315 0410 KN", known)
    assert (read.word, read.by) == ("yes", "KN")
    assert read.happened == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert read.eta == datetime(2026, 11, 23, 3, 10, tzinfo=UTC)


def test_the_letters_are_those_of_the_sheet_in_both_languages(sheet):
    known, codes = sheet
    for letter, word in (("IS", "no-answer"), ("na", "no-answer"), ("fn", "wrong-number"),
                         ("S", "last-resort"), ("u", "unclear"), ("th", "home")):  # fmt: skip
        assert read_line(f"{codes['Kari']} {letter} 3.15", known).word == word


@pytest.mark.parametrize(
    "line", ["", "x", "017 j 0315", "KODE", "KODE q 0315", "KODE j", "KODE j 2515", "KODE j 0200",
             "KODE f 0315", "KODE j 0415", "KODE j 03.1.5", "KODE j igår"],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_refused_with_how_to_write_it(sheet, line):
    known, codes = sheet
    with pytest.raises(InvalidValueError) as refused:
        read_line(line.replace("KODE", codes["Kari"]), known)
    assert refused.value.hint


def test_a_time_without_a_date_is_the_only_one_there_has_been(world, sheet):
    known, codes = sheet
    world.later(days=2)
    later = Sheet(known.activation, "anne", world.now)
    with pytest.raises(InvalidValueError, match="more than once"):
        read_line(f"{codes['Kari']} j 0315", later)
    dated = read_line(f"{codes['Kari']} j 2026-11-24T03:15", later)
    given_day = Sheet(known.activation, "anne", world.now, date(2026, 11, 24))
    assert read_line(f"{codes['Kari']} j 0315", given_day).happened == dated.happened


def test_the_hour_that_comes_twice_is_not_guessed():
    with pytest.raises(InvalidValueError, match="comes twice"):
        read_line("001-1 j 0230", _night())
    assert read_line("001-1 j 2026-10-25T02:30+01:00", _night()).happened.hour == 1


def _night():
    from types import SimpleNamespace

    began = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    head = SimpleNamespace(started=began.isoformat(), number="2026-R-001")
    return Sheet(head, "anne", began + timedelta(hours=5))


def test_the_same_sheet_twice_adds_nothing(world, listed, sheet):
    activation, codes = listed
    known, _codes = sheet
    text = f"{codes['Kari']} j 0312 0410 KN\n\n{codes['Ola']} is ?\n"
    lines = [one for one in read_lines(text, known) if isinstance(one, Tap)]
    assert len(taken(world, activation, lines, "paper").new) == 2
    world.later(minutes=5)
    again = list(read_lines(text, Sheet(known.activation, "anne", world.now)))
    assert taken(world, activation, again, "paper").known == 2


def test_the_sheets_for_who_came_and_went_are_taken_in_too(world, listed, sheet):
    activation, codes = listed
    known, _codes = sheet
    text = "".join(f"{codes['Kari']} {line}\n" for line in ("j 0311", "pp 0312", "di 0313",
                                                             "th 0314"))  # fmt: skip
    taken(world, activation, list(read_lines(text, known)), "paper")
    assert world.view(activation).out == []


def test_a_time_there_that_is_most_of_a_day_off_is_asked_about(sheet, world):
    known, codes = sheet
    code = codes["Kari"]
    world.later(days=1)
    known = Sheet(known.activation, "anne", world.now)
    with pytest.raises(InvalidValueError, match="most of a day after 00:05") as refused:
        read_line(f"{code} j 0005 2355", known)
    dated = str(refused.value.hint).split()[-1]
    assert read_line(f"{code} j 0005 {dated}", known).eta is not None
    assert read_line(f"{code} f 0005 2355", known).eta is not None  # the evening, for all we know

"""The text that a phone gives back: read whatever stands around it, or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.work.beredskap.taps import read_given_back

GIVEN = """Hei! Her er svarene:
> frivillig-answers 1 abc123 2026-R-001
> by Kari  Nordmann
> k7f3a2 017-4 yes 2026-11-23T03:41:12+01:00 eta=2026-11-23T04:10:00+01:00
> k7f3a3 018-2 wrong-number 2026-11-23T03:44:00+01:00 number=+4790111222
> end 2
Hilsen Kari
"""


def test_what_a_phone_gives_back_is_read_whatever_stands_around_it():
    found = read_given_back(GIVEN)
    assert (found.activation, found.number, found.bad) == ("abc123", "2026-R-001", [])
    assert [one.word for one in found.taps] == ["yes", "wrong-number"]
    assert found.taps[0].by == "Kari Nordmann"
    assert found.taps[0].eta == datetime(2026, 11, 23, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("end", ["", "> end 3\n"])
def test_half_a_text_is_known_for_what_it_is(end):
    found = read_given_back(GIVEN.replace("> end 2\n", end))
    assert len(found.taps) == 2 and len(found.bad) == (1 if end else 2)
    name, why = found.bad[-1]
    assert name == "…"  # how many are missing is not told as a line's number
    assert ("tells of 3 answers, and holds 2" if end else "cut off after the first 2") in why


@pytest.mark.parametrize(
    "line", ["k7 017-4 yes 2026-11-23T03:41:12+01:00", "k7f3a9 017-4 yes", "k7f3a9 017-4 yes i går",
             "k7f3a9 017-4 yes 2026-11-23T03:41:12", "k7f3a9 017-4 yes 2026-11-23T03:41+01:00 x=1"],
)  # fmt: skip
def test_a_line_that_cannot_be_read_keeps_no_other_back(line):
    found = read_given_back(GIVEN.replace("> end 2", f"> {line}\n> end 3"))
    assert len(found.taps) == 2 and len(found.bad) == 1


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"frivillig-answers 1 a b\n{text}"):
        try:
            read_given_back(whole)
        except RefusedError:
            assert whole == text


# what was written on paper

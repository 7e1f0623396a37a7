"""The text that a phone gives back: read whatever stands around it, or refused."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.work.beredskap.taps import GivenBack, read_given_back

GIVEN = """Hei! Her er svarene:
> frivillig-answers 1 abc123 2026-R-001
> by Kari  Nordmann
> k7f3a2 017-4 yes 2026-11-23T03:41:12+01:00 eta=2026-11-23T04:10:00+01:00
> k7f3a3 018-2 wrong-number 2026-11-23T03:44:00+01:00 number=+4790111222
> end 2
Hilsen Kari
"""


def read(text: str) -> GivenBack:
    [found] = read_given_back(text)
    return found


def test_what_a_phone_gives_back_is_read_whatever_stands_around_it():
    found = read(GIVEN)
    assert (found.activation, found.number, found.bad) == ("abc123", "2026-R-001", [])
    assert [one.word for one in found.taps] == ["yes", "wrong-number"]
    assert found.taps[0].by == "Kari Nordmann"
    assert found.taps[0].eta == datetime(2026, 11, 23, 3, 10, tzinfo=UTC)


def test_half_a_text_is_known_for_what_it_is():
    found = read(GIVEN.replace("> end 2\n", "> end 3\n"))
    assert len(found.taps) == 2
    [(name, why)] = found.bad
    assert name == "…"  # how many are missing is not told as a line's number
    assert "tells of 3 answers, and holds 2" in why


@pytest.mark.parametrize("cut", ["> end 2", " eta=", ":10:00+01:00\n> k7f3a3"])
def test_the_last_answer_of_a_text_that_is_cut_off_may_be_half_and_is_not_taken(cut):
    half = GIVEN[: GIVEN.index(cut)]
    found = read(half)
    whole = {"> end 2": ["yes"], " eta=": [], ":10:00+01:00\n> k7f3a3": []}[cut]
    assert [one.word for one in found.taps] == whole
    assert "cut off" in found.bad[-1][1] and found.bad[0][0].split()[0] in ("k7f3a2", "k7f3a3")


def wrapped(text: str, width: int) -> str:
    lines = (textwrap.wrap(one, width, break_on_hyphens=False) for one in text.splitlines())
    return "\n".join(part for line in lines for part in line)


@pytest.mark.parametrize("width", [40, 60, 72, 76])
def test_lines_that_a_mail_program_has_broken_are_put_together(width):
    text = GIVEN.replace("> ", "").replace("abc123", "0123456789abcdef0123456789abcdef")
    assert read(wrapped(text, width)).taps == read(GIVEN).taps
    quoted = "\n".join(f"> > {one}" for one in wrapped(text, width).splitlines())
    assert read(quoted).taps == read(GIVEN).taps and read(quoted).bad == []


@pytest.mark.parametrize(
    "before", ["[27.11.2026, 07:20] Kari: ", "[27.11.2026, 07:20:31] Kari N: ",
               "\u200e27.11.2026, 07:20 - Kari: ", "27/11/2026 07:20 - +47 90 11 12 22: "],
)  # fmt: skip
def test_a_chat_tells_who_wrote_before_each_line(before):
    text = "\n".join(before + one for one in GIVEN.replace("> ", "").splitlines()[1:-1])
    assert (read(text).taps, read(text).bad) == (read(GIVEN).taps, [])


@pytest.mark.parametrize("before", ["| ", "> | ", "|", ">> "])
def test_a_quote_is_marked_in_more_ways_than_one(before):
    found = read(GIVEN.replace("> ", before))
    assert (found.taps, found.bad) == (read(GIVEN).taps, [])


@pytest.mark.parametrize("mark", ["", "> ", "| "])
@pytest.mark.parametrize("joint", [" ", "  ", " > "])
def test_a_text_without_its_line_breaks_is_read(mark, joint):
    text = joint.join(GIVEN.replace("> ", mark).splitlines())
    assert (read(text).taps, read(text).bad) == (read(GIVEN).taps, [])
    other = text.replace("Kari  Nordmann", "Ola").replace("k7f3", "m7f3")
    both = read_given_back(text + joint + other)
    assert [one.taps[0].by for one in both] == ["Kari Nordmann", "Ola"]
    assert [len(one.taps) for one in both] == [2, 2] and not any(one.bad for one in both)
    half = read(text[: text.index("end 2")])
    assert len(half.taps) == 1 and "cut off" in half.bad[0][1]


@pytest.mark.parametrize("text", [
    GIVEN.replace("frivillig-answers 1", "frivillig-answers"),
    GIVEN[GIVEN.index("> by"):],
    GIVEN.replace("\n> ", ""),
])  # fmt: skip
def test_answers_that_cannot_be_read_are_not_said_to_be_none(text):
    with pytest.raises(RefusedError, match="There are answers here"):
        read_given_back(text)


@pytest.mark.parametrize("damaged", ["frivillig-answers 1 abc123", "", "frivillig 1 a b"])
def test_the_answers_of_a_phone_whose_first_line_is_damaged_are_not_dropped_in_silence(damaged):
    other = GIVEN.replace("frivillig-answers 1 abc123 2026-R-001", damaged)
    for text in (GIVEN + other, other + GIVEN):
        found = read(text)
        assert len(found.taps) == 2 and len(found.bad) == 1
        assert found.bad[0][1].startswith("2 answers stand without the first line")


def test_a_name_that_a_mail_program_has_broken_is_put_together():
    found = read(GIVEN.replace("Kari  Nordmann", "Kari\n> Nordmann Hansen"))
    assert found.bad == [] and {one.by for one in found.taps} == {"Kari Nordmann Hansen"}


def test_what_two_phones_gave_back_may_stand_in_one_text():
    other = GIVEN.replace("Kari  Nordmann", "Ola").replace("k7f3", "m7f3")
    both = read_given_back(GIVEN + other)
    assert [one.taps[0].by for one in both] == ["Kari Nordmann", "Ola"]
    assert [len(one.taps) for one in both] == [2, 2] and not any(one.bad for one in both)


@pytest.mark.parametrize("word", ["later", "undo"])
def test_an_answer_whose_rest_is_lost_is_refused(word):
    line = f"k7f3a9 017-4 {word} 2026-11-23T03:41:12+01:00"
    found = read(GIVEN.replace("> end 2", f"> {line}\n> end 3"))
    assert len(found.taps) == 2 and found.bad == [(line, "it cannot be read")]


@pytest.mark.parametrize(
    "line", ["k7 017-4 yes 2026-11-23T03:41:12+01:00", "k7f3a9 017-4 yes", "k7f3a9 017-4 yes i går",
             "k7f3a9 017-4 yes 2026-11-23T03:41:12", "k7f3a9 017-4 yes 2026-11-23T03:41+01:00 x=1"],
)  # fmt: skip
def test_a_line_that_cannot_be_read_keeps_no_other_back(line):
    found = read(GIVEN.replace("> end 2", f"> {line}\n> end 3"))
    assert len(found.taps) == 2 and len(found.bad) == 1


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"frivillig-answers 1 a b\n{text}"):
        try:
            read_given_back(whole)
        except RefusedError:
            assert whole == text


# what was written on paper

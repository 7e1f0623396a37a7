from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import (
    may_be_same,
    parse_date,
    parse_day_or_year,
    parse_duration,
    parse_period,
    parse_time,
    says_more,
    show_amount,
    show_date,
    show_date_short,
    show_month,
    show_time,
)
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import in_language

IDES = date(2027, 3, 15)
NOW = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)  # half past midnight on the 11th in Norway


@pytest.mark.parametrize(
    "text",
    [
        *("2027-03-15", "15.03.2027", "15.3.2027", "15. 3. 2027", "15/3/2027", "15-03-2027"),
        *("15. mars 2027", "15 mars 2027", "15. MARS 2027", "15 March 2027", "15. mar. 2027"),
        *("2027-03-15 00:00:00", "2027-03-15T00:00", " 15.03.2027 "),
    ],
)
def test_dates_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    assert parse_date(text) == IDES


@pytest.mark.parametrize(
    "text",
    [
        *("", "31.02.2027", "15.03.27", "03.2027", "15.03.2027 eller 16", "2027-3-15", "20270315"),
        *("0000-01-01", "15. sommer 2027", "15.03-2027", "46096", "x" * 5000, "١٥.٠٣.٢٠٢٧"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_date(text)


@given(st.dates(), st.sampled_from(["nb", "nn", "en"]))
def test_every_date_shown_can_be_read_again(day: date, language: str) -> None:
    with in_language(language):
        shown = show_date(day)
    assert day.year < 1000 or parse_date(shown) == day
    assert parse_date(show_date_short(day)) == day
    assert parse_date(day.isoformat()) == day


def test_dates_are_shown_in_the_language_spoken() -> None:
    shown = {}
    for language in ("nb", "nn", "en"):
        with in_language(language):
            shown[language] = (show_date(IDES), show_month(IDES))
    assert shown["nb"] == ("15. mars 2027", "mars 2027")
    assert shown["nn"] == ("15. mars 2027", "mars 2027")
    assert shown["en"] == ("15 March 2027", "March 2027")
    assert show_date_short(IDES) == "15.03.2027"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *(("1923", "1923"), (" 1923. ", "1923"), ("i 1923", "1923"), ("År 1923", "1923")),
        *(("17.5.1923", "1923-05-17"), ("17. mai 1923", "1923-05-17")),
    ],
)
def test_a_year_alone_is_kept_as_a_year(text: str, kept: str) -> None:
    assert parse_day_or_year(text) == kept
    assert show_date(kept) == ("1923" if len(kept) == 4 else "17 May 1923")


@pytest.mark.parametrize("text", ["", "0923", "23", "2123", "ca. 1923", "1923-24", "1923-13-01"])
def test_what_is_neither_a_day_nor_a_year_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a date"):
        parse_day_or_year(text)


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.integers(1000, 2099))
def test_a_year_agrees_with_all_its_days(day: date, year: int) -> None:
    whole, alone = day.isoformat(), str(year)
    assert may_be_same(whole, alone) == may_be_same(alone, whole) == (day.year == year)
    assert says_more(whole, alone) == (day.year == year)
    assert not says_more(alone, whole) and not says_more(whole, whole)
    assert may_be_same(whole, whole) and may_be_same(alone, alone)
    assert not may_be_same(whole, (day + timedelta(days=1)).isoformat())


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("15.03.2027", IDES, date(2027, 3, 16)),
        ("9999", date(9999, 1, 1), None),
        ("9999-12-31", date(9999, 12, 31), None),
    ],
)
def test_a_year_and_a_month_are_all_their_days(text: str, first: date, after: date | None) -> None:
    assert parse_period(text) == (first, after)


@pytest.mark.parametrize("text", ["", "0000", "2026-13", "2026-00", "26"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("03:41", datetime(2026, 6, 11, 1, 41, tzinfo=UTC)),
        ("3.41", datetime(2026, 6, 11, 1, 41, tzinfo=UTC)),
        ("2026-01-10T03:41", datetime(2026, 1, 10, 2, 41, tzinfo=UTC)),
        ("2026-01-10 03:41:05", datetime(2026, 1, 10, 2, 41, 5, tzinfo=UTC)),
        ("2026-01-10T03:41Z", datetime(2026, 1, 10, 3, 41, tzinfo=UTC)),
        ("2026-01-10T03:41:00.5+01:00", datetime(2026, 1, 10, 2, 41, tzinfo=UTC)),
        ("2026-10-25T02:30+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_times_are_norwegian_unless_they_say_otherwise(text: str, moment: datetime) -> None:
    found = parse_time(text, NOW)
    assert found == moment and found.utcoffset() == timedelta(0)


def test_an_hour_that_comes_twice_needs_its_offset() -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_time("2026-10-25T02:30", NOW)
    assert "02:30+02:00" in refused.value.hint and "02:30+01:00" in refused.value.hint
    autumn = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert parse_time("02:30+01:00", autumn) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_is_refused() -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_time("2026-03-29T02:30", NOW)
    assert "forward" in refused.value.message


@pytest.mark.parametrize(
    "text", ["", "24:00", "03:60", "3", "2026-02-30T03:00", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_time(text, NOW)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_every_moment_survives_iso(moment: datetime) -> None:
    assert parse_time(moment.isoformat(), NOW) == moment.replace(microsecond=0)


def test_times_are_shown_on_the_norwegian_clock() -> None:
    assert show_time(NOW) == "00:30"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("30m", 30), ("30", 30), ("45 min", 45), ("2h", 120), ("1h30", 90), ("1h30m", 90)),
        *(("1 t 30 min", 90), ("2 timer", 120), ("0m", 0), ("99h", 5940)),
    ],
)
def test_lengths_of_time_are_read(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "h", "m", "-30m", "100h", "1d", "1.5h", "9" * 400])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_duration(text)


def test_amounts_are_grouped_in_threes() -> None:
    with in_language("nb"):
        assert show_amount(1250) == "1 250 kroner"
        assert show_amount(1_000_000) == "1 000 000 kroner"
        assert show_amount(1) == "1 krone"
        assert show_amount(-1250) == "-1 250 kroner"
        assert show_amount(Decimal("1250.50")) == "1 250,50 kroner"


def test_in_english_amounts_are_written_the_english_way() -> None:
    assert show_amount(Decimal("1234567.50")) == "1,234,567.50 kroner"
    assert (show_amount(-1250), show_amount(999)) == ("-1,250 kroner", "999 kroner")
    with in_language("nn"):
        assert show_amount(Decimal("1250.50")) == "1 250,50 kroner"


@given(st.text(max_size=30) | st.text("0123456789.:-/T +Zhm ", max_size=25))
def test_only_our_errors_come_out(text: str) -> None:
    for parse in (parse_date, parse_period, parse_duration, lambda text: parse_time(text, NOW)):
        try:
            parse(text)
        except RefusedError as refused:
            assert refused.message and refused.hint


@pytest.mark.parametrize(
    "when",
    ["2027-03-15", "2027-03-14T23:30:00+00:00", "2027-03-15T22:59:59+00:00",
     datetime(2027, 3, 14, 23, 30, tzinfo=UTC)],
)  # fmt: skip
def test_the_day_in_norway_of_a_moment_or_of_a_stored_day(when) -> None:
    assert norwegian_day(when) == IDES


def test_a_stored_moment_is_shown_as_the_day_that_it_was_in_norway() -> None:
    assert show_date("2027-03-14T23:30:00+00:00") == "15 March 2027"

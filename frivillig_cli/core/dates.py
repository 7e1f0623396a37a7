"""Dates, times, lengths of time and amounts, as Norwegians write and read them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from frivillig_cli.core.clock import norwegian_day, oslo, oslo_zone
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _, language, ngettext

if TYPE_CHECKING:
    from decimal import Decimal

_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
# Read in three languages whatever is spoken now: bokmål and nynorsk have the same names.
_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            *("jan januar january", "feb februar february", "mar mars march", "apr april"),
            *("mai may", "jun juni june", "jul juli july", "aug august"),
            *("sep sept september", "okt oct oktober october", "nov november"),
            "des dec desember december",
        ),
        start=1,
    )
    for name in names.split()
}
# Patterns are compiled when they are first used: most commands read no date.
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_NORWEGIAN = r"([0-9]{1,2})([./-])\s?([0-9]{1,2})\2\s?([0-9]{4})"
_WORDS = r"(?i)([0-9]{1,2})\.?\s*([a-z]{3,9})\.?,?\s+([0-9]{4})"
_YEAR = r"([0-9]{4})(?:-([0-9]{2}))?"
_YEAR_ALONE = r"(?i)(?:(?:i|in|år|anno)\s+)?((?:1[0-9]|20)[0-9]{2})\.?"
_YEAR_LONG = 4  # digits
_TIME = (
    r"(?i)(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?([0-9]{1,2})[:.]([0-9]{2})"
    r"(?::([0-9]{2})(?:\.[0-9]{1,9})?)?\s?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_DURATION = (
    r"(?i)(?:([0-9]{1,3})\s?(?:h|t|hours?|timer?|timar?)\s?)?"
    r"(?:([0-9]{1,4})\s?(?:m|min|minutes?|minutter|minutt)?)?"
)
_LONGEST = timedelta(hours=99)


def parse_date(text: str) -> date:
    """A date from `2027-03-15`, `15.03.2027`, `15/3/2027`, `15. mars 2027`, `15 March 2027`.

    The day comes before the month. A clock time after an ISO date, as spreadsheets write it, is
    dropped. Raises InvalidValueError for what is no date, or has a year of two digits.
    """
    found = _read(" ".join(text.split()))
    if found is None:
        raise InvalidValueError(
            _("“{value}” is not a date.", value=echo(text)),
            _("Write it as 15.03.2027 or 2027-03-15."),
            field="date",
            value=echo(text),
        )
    return found


def _read(text: str) -> date | None:
    if iso := re.fullmatch(_ISO, text):
        year, month, day = iso[1], iso[2], iso[3]
    elif norwegian := re.fullmatch(_NORWEGIAN, text):
        day, month, year = norwegian[1], norwegian[3], norwegian[4]
    elif words := re.fullmatch(_WORDS, text):
        day, month, year = words[1], str(_MONTH_NUMBERS.get(words[2].lower(), 0)), words[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_period(text: str) -> tuple[date, date | None]:
    """The first day of a date, month (`2026-03`) or year (`2026`), and the day after its last.

    The second is None when the calendar ends there. Raises InvalidValueError.
    """
    year = re.fullmatch(_YEAR, text.strip())
    if not year or year[1] == "0000" or not 1 <= int(year[2] or 1) <= 12:
        first = parse_date(text)
        return first, None if first == date.max else first + timedelta(days=1)
    first = date(int(year[1]), int(year[2] or 1), 1)
    if year[2] and first.month < 12:
        return first, first.replace(month=first.month + 1)
    return first, None if first.year == 9999 else date(first.year + 1, 1, 1)


def parse_day_or_year(text: str) -> str:
    """A date as `parse_date` reads it, in ISO 8601; or a year alone, of which no day is known.

    Raises InvalidValueError.
    """
    year = re.fullmatch(_YEAR_ALONE, text.strip())
    if year:
        return year[1]
    try:
        return parse_date(text).isoformat()
    except InvalidValueError as error:
        hint = _("Write it as 15.03.1923 or, where only the year is known, 1923.")
        raise InvalidValueError(error.message, hint, field="date", value=error.value) from error


def may_be_same(one: str, other: str) -> bool:
    """Whether two days, as `parse_day_or_year` gives them, agree: a year has all its days."""
    return one == other or (one[:4] == other[:4] and _YEAR_LONG in (len(one), len(other)))


def says_more(one: str, other: str) -> bool:
    """Whether one is a day of the year that the other is."""
    return len(other) == _YEAR_LONG < len(one) and may_be_same(one, other)


def show_date(day: date | str) -> str:
    """`15. mars 2027`; in English `15 March 2027`. A text is as it is stored, or a year."""
    if isinstance(day, str) and len(day) == _YEAR_LONG:
        return day
    day = norwegian_day(day) if isinstance(day, str) else day
    return _("{day} {month} {year}", day=day.day, month=month_name(day.month), year=day.year)


def show_date_short(day: date) -> str:
    """`15.03.2027`, as in tables."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def show_month(day: date) -> str:
    """`mars 2026`."""
    return f"{month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """The name of month 1 to 12 in the language spoken now."""
    return _(_MONTHS[month - 1])


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def parse_time(text: str, now: datetime) -> datetime:
    """A moment, in UTC, from ISO 8601 or a clock time such as `03:41`, which is today's.

    `now` (with offset) tells which day is today in Norway. Without an offset the Norwegian clock
    is meant. Raises InvalidValueError: no time; a time that the clocks skip in spring; and one
    that comes twice in autumn, which needs its offset (`02:30+02:00` is the first).
    """
    match = re.fullmatch(_TIME, text.strip())
    if not match:
        raise _no_time(text)
    day, hour, minute, second, offset = match.groups()
    wall = f"{day or norwegian_day(now).isoformat()}T{hour:0>2}:{minute}:{second or '00'}"
    try:
        if offset:
            return datetime.fromisoformat(wall + offset.upper()).astimezone(UTC)
        return _on_norwegian_clock(datetime.fromisoformat(wall))
    except (ValueError, OverflowError) as error:
        raise _no_time(text) from error


def _on_norwegian_clock(wall: datetime) -> datetime:
    zone = oslo_zone()
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    clock = wall.strftime("%H:%M")
    if first > second:  # skipped: the offset before the change gives the later moment
        raise InvalidValueError(
            _("{clock} does not exist that night: the clocks go forward.", clock=clock),
            _("Give the time as the clock showed it, or with its offset."),
            field="time",
        )
    earlier, later = (oslo(moment).isoformat()[-6:] for moment in (first, second))
    raise InvalidValueError(
        _("{clock} comes twice that night: the clocks go back.", clock=clock),
        _(
            "Add the offset: {first} the first time, {second} the second.",
            first=clock + earlier,
            second=clock + later,
        ),
        field="time",
    )


def _no_time(text: str) -> InvalidValueError:
    return InvalidValueError(
        _("“{value}” is not a time.", value=echo(text)),
        _("Write it as 03:41, or with the date as 2027-03-15T03:41."),
        field="time",
        value=echo(text),
    )


def parse_duration(text: str) -> timedelta:
    """A length of time from `30m`, `1h`, `1h30`, `1 t 30 min`; a bare number is minutes.

    Raises InvalidValueError for anything else, and for more than 99 hours.
    """
    match = re.fullmatch(_DURATION, text.strip())
    length = None
    if match and (match[1] or match[2]):
        length = timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0))
    if length is None or length > _LONGEST:
        raise InvalidValueError(
            _("“{value}” is not a length of time.", value=echo(text)),
            _("Write it as 30m, 2h or 1h30."),
            field="duration",
            value=echo(text),
        )
    return length


def show_time(moment: datetime) -> str:
    """`03:10` on the Norwegian clock, from a moment with offset."""
    return oslo(moment).strftime("%H:%M")


def show_amount(kroner: int | Decimal) -> str:
    """`1 250 kroner`; øre are shown when there are any: `1 250,50 kroner`.

    In English `1,250.50 kroner`.
    """
    whole, ore = divmod(abs(round(kroner * 100)), 100)
    text = f"{'-' if kroner < 0 else ''}{whole:,}" + (f".{ore:02}" if ore else "")
    if language() != "en":
        text = text.replace(",", " ").replace(".", ",")
    return ngettext("{amount} krone", "{amount} kroner", 1 if kroner == 1 else 2, amount=text)

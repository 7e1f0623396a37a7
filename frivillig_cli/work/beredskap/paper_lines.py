"""What was written on the sheets, typed in: `017-4 j 0341 0410 KN`, a row a line.

The row code, the letter of the box, when it was, when they come, and who called. The letters are
those of the sheets, in bokmål and in English, and the words that `call` takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from frivillig_cli.core.clock import norwegian_day, oslo
from frivillig_cli.core.dates import parse_time
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import clean_name
from frivillig_cli.records.activation.calling import SAID
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.records.activation.times import CLOCK_SLACK, SOON, START_SLACK, clock_time
from frivillig_cli.work.beredskap.taps import Tap

UNKNOWN_TIME = ("?", "-", "–")
LETTERS = {
    "j": "yes", "y": "yes", "f": "later", "s": "last-resort", "l": "last-resort", "n": "no",
    "u": "unclear", "is": "no-answer", "na": "no-answer", "o": "busy", "b": "busy",
    "t": "voicemail", "v": "voicemail", "fn": "wrong-number", "wn": "wrong-number",
    "pp": "on-site", "os": "on-site", "di": "released", "mg": "released",
    "th": "home", "hs": "home",
    "ja": "yes", "senere": "later", "siste-utvei": "last-resort", "nei": "no",
    "usikker": "unclear", "ikke-svar": "no-answer", "opptatt": "busy",
    "telefonsvarer": "voicemail", "feil-nummer": "wrong-number",
}  # fmt: skip
_ROW = re.compile("[0-9]{3,5}-[0-9]")
_SHORT = re.compile("([0-9]{1,2})[:.]?([0-9]{2})([+-][0-9]{2}:[0-9]{2})?")
_LONG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T\S+")


@dataclass(frozen=True)
class Sheet:
    """What the lines are read against: the activation, who types, the day, if it was given, and
    when it began at the earliest (None: as it says itself).
    """

    activation: Activation
    caller: str
    now: datetime
    day: date | None = None
    began: datetime | None = None

    @property
    def first(self) -> datetime:
        """When it began at the earliest."""
        return self.began or datetime.fromisoformat(self.activation.started)


def read_lines(text: str, sheet: Sheet) -> Iterator[Tap | tuple[str, InvalidValueError]]:
    """Each line of `text` as a tap, or as (the line, what is wrong with it). Blank ones: none."""
    for line in text.splitlines():
        if line.strip():
            try:
                yield read_line(line, sheet)
            except InvalidValueError as error:
                yield echo(line.strip()), error


def read_line(line: str, sheet: Sheet) -> Tap:
    """One line as a tap. Raises InvalidValueError, saying what is wrong and how it is written."""
    code, letter, *rest = [*line.replace(",", " ").replace(";", " ").split(), "", ""]
    rest = [word for word in rest if word]
    if not _ROW.fullmatch(code):
        raise _wrong(_("“{value}” is not a row code.", value=echo(code)))
    word = LETTERS.get(letter.casefold()) or (letter.casefold() if letter in SAID else None)
    if word is None:
        raise _wrong(_("“{value}” is none of the letters on the sheet.", value=echo(letter)))
    if not rest:
        raise _wrong(_("The time is missing."), _("Write a ? where the sheet says none."))
    written = rest.pop(0)
    happened = sheet.now if written in UNKNOWN_TIME else when(written, sheet)
    eta = None
    if rest and word in ("yes", "later") and (_SHORT.fullmatch(rest[0]) or _LONG.match(rest[0])):
        eta = _coming(rest.pop(0), happened, soon=word == "yes")
    if word == "later" and eta is None:
        raise _wrong(
            _("From when can they come?"), _("Write it behind the time: 017-4 f 0341 0600")
        )
    too_many = next((one for one in rest if _SHORT.fullmatch(one) or _LONG.match(one)), None)
    if too_many:
        raise _wrong(
            _("“{value}” is one time too many.", value=echo(too_many)),
            _("A second time goes with yes (when they come) and later (from when) only:"
              " 017-4 j 0341 0410."),
        )  # fmt: skip
    by = clean_name(" ".join(rest)) if rest else sheet.caller
    time = "?" if written in UNKNOWN_TIME else happened.strftime("%Y-%m-%dT%H:%M")
    return Tap(f"paper {code} {word} {time}", code, word, happened, by, eta)


def _wrong(message: str, hint: str = "") -> InvalidValueError:
    way_out = _("Write row, letter and time: 017-4 j 0341, and when they come: 0410.")
    return InvalidValueError(message, hint or way_out, field="line")


def when(written: str, sheet: Sheet) -> datetime:
    """The moment (UTC) of a time on the sheet: the only such time since the activation began.

    Raises InvalidValueError where there is none, or more than one, or the clock shows it twice.
    """
    if _LONG.match(written):
        return parse_time(written, sheet.now)
    match = _SHORT.fullmatch(written)
    if match is None:
        raise _wrong(_("“{value}” is not a time.", value=echo(written)))
    first = sheet.first - START_SLACK
    last = sheet.now + CLOCK_SLACK
    started = datetime.fromisoformat(sheet.activation.started) - START_SLACK
    days = [sheet.day] if sheet.day else _days(norwegian_day(first), norwegian_day(last))
    clock = f"{match[1]:0>2}:{match[2]}{match[3] or ''}"
    moments = [parse_time(f"{day}T{clock}", sheet.now) for day in days]
    there = [moment for moment in moments if started <= moment <= last]
    there = there or [moment for moment in moments if first <= moment <= last]
    if len(there) == 1:
        return there[0]
    if there:
        raise _wrong(
            _("{time} has been more than once since {number} began.", time=clock,
              number=sheet.activation.number),
            _("Write the date too, as {example}, or give --date.",
              example=f"{norwegian_day(there[0])}T{clock}"),
        )  # fmt: skip
    other = [day for day in _days(norwegian_day(first), norwegian_day(last)) if day not in days]
    fits = [day for day in other if first <= parse_time(f"{day}T{clock}", sheet.now) <= last]
    raise _wrong(
        _("{time} is not between the beginning of {number} ({began}) and now.", time=clock,
          number=sheet.activation.number,
          began=clock_time(started + START_SLACK)),
        _("Read the sheet again, or write the date too, as {example}.",
          example=f"{fits[0]}T{clock}")
        if fits
        else _("Read the sheet again; if it cannot be read, write a ? for the time."),
    )  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _coming(written: str, happened: datetime, *, soon: bool) -> datetime:
    """When they come: at such a time on the day that they said it, or soon after midnight.

    Raises InvalidValueError for a time that had passed, and where they come `soon` for one that is
    most of a day off: that one is a slip too, or the two times have changed places.
    """
    if _LONG.match(written):
        return parse_time(written, happened)
    match = _SHORT.fullmatch(written)
    clock = f"{match[1]:0>2}:{match[2]}{match[3] or ''}" if match else written
    moment = parse_time(clock, happened)
    if soon and moment - happened > SOON:
        raise _wrong(
            _("{coming} is most of a day after {time}, when they answered.", coming=clock,
              time=clock_time(happened)),
            _("Read the sheet again. If it is right, write the date: {example}",
              example=oslo(moment).strftime("%Y-%m-%dT%H:%M")),
        )  # fmt: skip
    if moment >= happened - timedelta(minutes=1):
        return moment
    next_day = parse_time(clock, happened + timedelta(days=1)).astimezone(UTC)
    if next_day - happened > SOON:
        raise _wrong(
            _("{coming} had passed at {time}, when they answered.", coming=clock,
              time=clock_time(happened)),
            _("Read the sheet again. If it is the day after, write the date: {example}",
              example=oslo(next_day).strftime("%Y-%m-%dT%H:%M")),
        )  # fmt: skip
    return next_day

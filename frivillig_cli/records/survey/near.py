"""What an answer plainly means that cannot be read as it stands: `12/3-26`, `Nei takk`, `ca 25`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from frivillig_cli.core import meant
from frivillig_cli.core.dates import parse_date
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.names import fold, printable
from frivillig_cli.records.survey.model import Kind, Question
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE

_DAY = re.compile(
    r"(?:(?:man|tirs|ons|tors|fre|lør|søn|laur|sun)\w*\.?,?\s+)?(?:den\s+)?(?P<day>.+?)"
    r"(?:,?\s+kl(?:okka|okken)?\b.*)?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"([0-9]{1,2})[./-] ?([0-9]{1,2})[./-] ?([0-9]{4}|[0-9]{2})")
_POLITE = frozenset("takk gjerne det er greit ok helst please thanks thank you".split())


def near(question: Question, text: str) -> str | None:
    """The text that stands for what they mean, to be read anew; None where it is in doubt."""
    reader = _READERS.get(question.kind)
    found = reader(question, printable(text)) if reader else None
    return None if found == text else found


def _one(found: meant.Meant | None) -> str | None:
    """What is taken for one value only where nothing is left over."""
    return found.text if found and not found.more else None


def _number(_question: Question, text: str) -> str | None:
    return _one(meant.about(text))


def _date(question: Question, text: str) -> str | None:
    whole = _DAY.fullmatch(text)
    if whole is None:
        return None
    numbers = _NUMBERS.fullmatch(whole["day"])
    if numbers is None:
        return whole["day"]
    day, month, year = numbers.groups()
    if len(year) == 2:
        if question.id != DATE_OF_OFFICE:
            return None  # of the last meeting alone the century is in no doubt
        year = f"20{year}"
    return f"{day}.{month}.{year}"


def _month(_question: Question, text: str) -> str | None:
    try:
        return str(parse_date(text).month)
    except InvalidValueError:
        return None


def _yes_no(_question: Question, text: str) -> str | None:
    first, *others = re.findall(r"\w+", fold(text)) or [""]
    return first if first in ("ja", "nei", "yes", "no") and set(others) <= _POLITE else None


def _postcode(_question: Question, text: str) -> str | None:
    found = re.fullmatch(r"(?:N-?)?([0-9]{4}),?\s+[^0-9]+", text)
    return found[1] if found else None


_READERS: Mapping[Kind, Callable[[Question, str], str | None]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.YES_NO: _yes_no,
    Kind.POSTCODE: _postcode,
    Kind.EMAIL: lambda _question, text: _one(meant.one_email(text)),
    Kind.PHONE: lambda _question, text: _one(meant.one_phone(text)),
}

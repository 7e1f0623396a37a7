"""What is left out is told of without the phones and e-mails of protected people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from frivillig_cli.core.i18n import _
from frivillig_cli.work.imports.result import Rejection

_LENGTH = 8  # figures of a Norwegian number, without its country's
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def shielded(entries: Iterable[Rejection], contacts: Iterable[str]) -> list[Rejection]:
    """What is left out, for whatever reason, without the cells that hold one of `contacts`: numbers
    as E.164, and e-mail addresses in small letters."""
    told = list(entries)
    emails = frozenset(one for one in contacts if "@" in one)
    numbers = frozenset(one[-_LENGTH:] for one in contacts if "@" not in one)
    if not (emails or numbers):
        return told
    return [
        replace(
            entry,
            value="",
            why=entry.why.replace(entry.value, _("[protected]")),
        )
        if entry.value and _holds(entry.value, emails, numbers)
        else entry
        for entry in told
    ]


def _holds(text: str, emails: frozenset[str], numbers: frozenset[str]) -> bool:
    if "@" in text and any(one.casefold() in emails for one in _EMAIL.findall(text)):
        return True
    figures = re.sub(r"\D", "", text)
    ends = range(_LENGTH, len(figures) + 1)
    return any(figures[end - _LENGTH : end] in numbers for end in ends)

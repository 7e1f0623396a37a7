"""What is left out is told of without the phones and e-mails of protected people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from frivillig_cli.core.i18n import _
from frivillig_cli.store.protected import number_in
from frivillig_cli.work.imports.record import Record
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


def without_hidden(
    record: Record, contacts: Collection[str], have: Collection[str] = ()
) -> tuple[Record, list[Rejection]]:
    """A row without the phones and e-mails of `contacts`, those of protected people; and what is
    left out. What somebody has already (`have`) may stay."""
    kept, refused = dict(record.values), []
    for name in ("phone", "email"):
        value = kept.get(name)
        if value is None:
            continue
        given = value if isinstance(value, tuple) else (str(value),)
        left = tuple(one for one in given if one in have or one.casefold() not in contacts)
        if left == given:
            continue
        refused.append(_of_protected(record, name))
        del kept[name]
        kept |= {name: left} if left else {}
    return (replace(record, values=kept) if refused else record), refused


def without_number(
    record: Record, contacts: Collection[str], field: str
) -> tuple[Record, list[Rejection]]:
    """A row without a name or a web address that one of the phones stands in; and what is left
    out."""
    if number_in(record.values.get(field), contacts) is None:
        return record, []
    kept = {name: value for name, value in record.values.items() if name != field}
    return replace(record, values=kept), [_of_protected(record, field)]


def _of_protected(record: Record, field: str) -> Rejection:
    return Rejection(record.row, field, "", _("it is a protected person's"))


def _holds(text: str, emails: frozenset[str], numbers: frozenset[str]) -> bool:
    if "@" in text and any(one.casefold() in emails for one in _EMAIL.findall(text)):
        return True
    figures = re.sub(r"\D", "", text)
    ends = range(_LENGTH, len(figures) + 1)
    return any(figures[end - _LENGTH : end] in numbers for end in ends)

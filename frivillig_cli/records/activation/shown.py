"""The log and the expenses as they are shown: without what tells of those protected by now.

A line that was corrected, and has words about health or evacuees, is shown without its words. Of
two on the list who have one name, a line has the row code too.

What is stored, and sealed in the chain, stays as it was written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from frivillig_cli.core.dates import show_amount
from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.core.sensitive import evacuee_words, health_words
from frivillig_cli.records.activation import during_queries, queries, shown_queries
from frivillig_cli.records.activation.model import Expense, LogEntry
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register


def log(register: Register, activation_id: int) -> list[LogEntry]:
    """The log, by its numbers, each line as anybody may see it."""
    numbers = _numbers(register, activation_id)
    entries = queries.log(register, activation_id)
    corrected = {one.supersedes for one in entries if one.supersedes}
    alike = shown_queries.namesakes(register, activation_id)
    amounts = _amounts(register, activation_id)

    def text_of(one: LogEntry) -> str:
        """The text; an amount is no telephone number, whatever its digits are."""
        begins = amounts.match(one.text) if one.type == "expense" else None
        end = begins.end() if begins else 0
        return one.text[:end] + (numbers.without(one.text[end:], one.receiver) or "")

    return [
        _apart(
            replace(
                one,
                text=_told(text_of(one), one.seq in corrected),
                sender=numbers.without(one.sender),
                receiver=numbers.without(one.receiver),
                by=numbers.without(one.by) or "",
            ),
            alike.get(one.seq),
        )
        for one in entries
    ]


def _apart(entry: LogEntry, who: tuple[str, str] | None) -> LogEntry:
    """The line with the row code of whom it is about, where another has the same name."""
    if who is None:
        return entry
    name, code = who
    text, sender, receiver = (
        told.replace(name, f"{name} ({code})", 1) if told and code not in told else told
        for told in (entry.text, entry.sender, entry.receiver)
    )
    return replace(entry, text=text, sender=sender, receiver=receiver)


def _amounts(register: Register, activation_id: int) -> re.Pattern[str]:
    """What a line about one of the expenses begins with, in whatever language it was written."""
    found = set()
    for amount in {one.amount for one in during_queries.expenses(register, activation_id)}:
        for spoken in LANGUAGES:
            with in_language(spoken):
                found.add(show_amount(Decimal(amount) / 100) + ": ")
    return re.compile("|".join(map(re.escape, sorted(found))) or "(?!)")


def _told(text: str | None, corrected: bool) -> str | None:
    if text and corrected and (health_words(text) or evacuee_words(text)):
        return _("[left out when it was corrected]")
    return text


def expenses(register: Register, activation_id: int) -> list[Expense]:
    """The money laid out, each line as anybody may see it."""
    numbers = _numbers(register, activation_id)
    return [
        replace(
            one,
            what=numbers.without(one.what) or "",
            receipt=numbers.without(one.receipt),
            by=numbers.without(one.by) or "",
        )
        for one in during_queries.expenses(register, activation_id)
    ]


def texts(register: Register, activation_id: int, said: list[str]) -> list[str]:
    """Texts of the log as anybody may see them."""
    if not said:
        return []
    numbers = _numbers(register, activation_id)
    return [numbers.without(text) or "" for text in said]


def _numbers(register: Register, activation_id: int) -> protected.Hidden:
    return protected.Hidden(register, shown_queries.protected_numbers(register, activation_id))

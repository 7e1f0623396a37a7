"""The log as it is shown: without the numbers of those who are protected by now.

A line that was corrected, and has words about health or evacuees, is shown without its words.

What is stored, and sealed in the chain, stays as it was written.
"""

from __future__ import annotations

import re
from dataclasses import replace

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.sensitive import evacuee_words, health_words
from frivillig_cli.records.activation import queries, shown_queries
from frivillig_cli.records.activation.model import LogEntry
from frivillig_cli.store.register import Register

_BETWEEN = "[ .\\-\u00a0\u202f\u2011–]?"


def log(register: Register, activation_id: int) -> list[LogEntry]:
    """The log, by its numbers, each line as anybody may see it."""
    numbers = _Numbers(register, activation_id)
    entries = queries.log(register, activation_id)
    corrected = {one.supersedes for one in entries if one.supersedes}
    return [
        replace(
            one,
            text=_told(numbers.without(one.text, one.receiver), one.seq in corrected),
            sender=numbers.without(one.sender, None),
            receiver=numbers.without(one.receiver, None),
        )
        for one in entries
    ]


def _told(text: str | None, corrected: bool) -> str | None:
    if text and corrected and (health_words(text) or evacuee_words(text)):
        return _("[left out when it was corrected]")
    return text


def texts(register: Register, activation_id: int, said: list[str]) -> list[str]:
    """Texts of the log as anybody may see them."""
    if not said:
        return []
    numbers = _Numbers(register, activation_id)
    return [numbers.without(text, None) or "" for text in said]


def refuse_protected_numbers(register: Register, *texts: str | None) -> None:
    """Raise RefusedError where a text holds the number of a protected person in the register."""
    said = " | ".join(filter(None, texts))
    plain = re.sub(r"\D", "", said)
    for number, person_id, name in shown_queries.protected_people(register):
        if number.removeprefix("+47") in plain and _pattern(number).search(said):
            raise RefusedError(
                _("The text holds the number of {name}, who is protected.", name=name),
                _("Leave it out, and write where it is: person {id}. Their number stands in the"
                  " register only.", id=person_id),
            )  # fmt: skip


class _Numbers:
    """The numbers that are left out. One that somebody else has too stays in that one's lines."""

    def __init__(self, register: Register, activation_id: int) -> None:
        self._names = shown_queries.protected_numbers(register, activation_id)
        self._shared = shown_queries.shared_by_others(register, list(self._names))
        self._patterns = {number: _pattern(number) for number in self._names}
        self._digits = {number: number.removeprefix("+47")[-4:] for number in self._names}

    def without(self, text: str | None, about: str | None) -> str | None:
        """`text` without them; `about` is who was rung."""
        if not text or not self._names:
            return text
        plain = re.sub(r"\D", "", text)
        for number, names in self._names.items():
            if self._digits[number] not in plain:
                continue
            if number in self._shared and about is not None and about not in names:
                continue
            text = self._patterns[number].sub(_left_out, text)
        return text


def _left_out(found: re.Match[str]) -> str:
    return "" if found[0].startswith(" (") else _("[protected number]")


def _pattern(number: str) -> re.Pattern[str]:
    """The number however its digits stand, with its country code or without."""
    own = number.removeprefix("+47")
    digits = _BETWEEN.join(re.escape(one) for one in own)
    code = rf"(?:(?:\+|00)47{_BETWEEN})?" if own != number else ""
    bare = rf"(?<![0-9]){code}{digits}(?![0-9])"
    return re.compile(rf" \({bare}\)|{bare}")

"""Answers that were taken back on the phone before they came here: they are never counted.

Each is remembered as taken in. It may come alone later, in a piece of the text or an older one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from frivillig_cli.records.activation import taken
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.taps import Tap


def ordered(taps: Iterable[Tap], known: set[str]) -> tuple[list[Tap], list[Tap]]:
    """The taps in the order that they happened, without those that were taken back in time and
    what took them back; the latter apart.
    """
    found = sorted(taps, key=lambda tap: tap.happened)
    undone = [tap for tap in found if tap.word == "undo" and tap.of not in known]
    gone = {tap.of for tap in undone}
    kept = [
        tap
        for tap in found
        if (tap.word != "undo" and tap.id not in gone)
        or (tap.word == "undo" and tap.of in known and tap.id not in known)
    ]
    return kept, undone


def keep(
    register: Register, activation: Activation, undone: Iterable[Tap], known: set[str], source: str,
    *, now: datetime,
) -> int:  # fmt: skip
    """Remember what was taken back, and what took it back; how many answers that is."""
    gone = {str(tap.of) for tap in undone}
    for tap in sorted((gone | {tap.id for tap in undone}) - known):
        taken.keep(register, activation.id, tap, source, now=now)
        known.add(tap)
    return len(gone)

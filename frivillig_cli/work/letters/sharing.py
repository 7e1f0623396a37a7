"""Who shares the letter of somebody at the same address, and has none of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from frivillig_cli.records.letter.logged import LoggedLetter


def sharing(rows: Iterable[LoggedLetter], letters: Collection[int]) -> list[LoggedLetter]:
    """Those rows of a batch that share one of the letters (by number)."""
    return [row for row in rows if row.skipped == "same_address" and row.same_as in letters]

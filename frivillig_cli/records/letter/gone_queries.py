"""The SQL that tells which letters a register knows as gone out."""

from __future__ import annotations

from typing import NamedTuple

from frivillig_cli.records.letter.queries import DOUBTED, GOT
from frivillig_cli.store.register import Register

Key = tuple[int, str, str, int]

# How far a letter has come: not out, perhaps out, out by the outbox alone, entered in the log.
WAITS, DOUBT, OUT, ENTERED = range(4)


class Gone(NamedTuple):
    """One letter that was written: how far it has come (`stage`), and when it went out.

    `at` is a time in UTC or a day, as `letter.sent` is; None where it has not. `document` is its
    number within its case, None where it has none.
    """

    batch: int
    created: str
    template: str
    title: str
    letter: int
    stage: int
    at: str | None
    document: int | None

    @property
    def key(self) -> Key:
        """What makes it the same letter in a copy of the register."""
        return (self.batch, self.created, self.template, self.letter)


def written(register: Register) -> list[Gone]:
    """Every letter that was written, batch by batch. Raises RegisterError."""
    rows = register.rows(
        "SELECT b.id, b.created, b.template, b.title, l.id,"
        f" CASE WHEN l.sent IS NOT NULL THEN {ENTERED} WHEN {DOUBTED} THEN {DOUBT}"
        f"  WHEN {GOT} THEN {OUT} ELSE {WAITS} END,"
        f" CASE WHEN {GOT} THEN coalesce(l.sent, (SELECT m.at FROM letter_mail m"
        "  WHERE m.letter_id = l.id)) END, l.document"
        " FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE l.skipped IS NULL ORDER BY b.id, l.id"
    )
    return [Gone(*row) for row in rows]

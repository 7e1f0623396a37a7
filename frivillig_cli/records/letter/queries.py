"""All the SQL that reads letters."""

from __future__ import annotations

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter.model import Batch, LetterRow
from frivillig_cli.store.register import Register

_BATCH = """
SELECT b.id, b.template, b.title, b.format, b.recipients, b.folder, b.status, b.created, b.sent,
  (SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.skipped IS NULL) AS written,
  (SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.skipped IS NOT NULL) AS skipped
FROM letter_batch b
"""


def batch(register: Register, batch_id: int) -> Batch:
    """One batch. Raises NotFoundError."""
    row = register.row(f"{_BATCH} WHERE b.id = ?", (batch_id,))
    if row is None:
        raise NotFoundError(
            _("There is no batch of letters number {id}.", id=batch_id),
            _("See them all: {command}", command="frivillig letter log"),
        )
    return Batch(**dict(row))


def batches(register: Register, limit: int | None = None) -> list[Batch]:
    """All batches, the newest first."""
    sql = f"{_BATCH} ORDER BY b.id DESC LIMIT ?"
    return [Batch(**dict(row)) for row in register.rows(sql, (-1 if limit is None else limit,))]


def letters(register: Register, batch_id: int) -> list[LetterRow]:
    """The recipients of a batch, in the order in which they were written."""
    rows = register.rows(
        "SELECT recipient, language, org_id, person_id, agreement_id, address, file, sha256,"
        " skipped FROM letter WHERE batch_id = ? ORDER BY id",
        (batch_id,),
    )
    return [LetterRow(**dict(row)) for row in rows]


def has_got(register: Register, template: str, column: str) -> set[int]:
    """The ids (of `column`: org_id, person_id, agreement_id) that were sent this template."""
    if column not in ("org_id", "person_id", "agreement_id"):
        raise ValueError(column)
    rows = register.rows(
        f"SELECT DISTINCT l.{column} FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        f" WHERE b.status = 'sent' AND b.template = ? AND l.skipped IS NULL"
        f" AND l.{column} IS NOT NULL",
        (template,),
    )
    return {row[0] for row in rows}


def next_number(register: Register) -> int:
    """The number that the next batch will get."""
    row = register.value("SELECT seq FROM sqlite_sequence WHERE name = 'letter_batch'")
    return int(row or 0) + 1

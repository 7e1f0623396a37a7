"""All the SQL that reads letters."""

from __future__ import annotations

import json
from typing import Any

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter.model import Batch, LetterRow
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field
from frivillig_cli.store.register import Register

_BATCH = """
SELECT b.id, b.template, b.versions, b.title, b.format, b.recipients, b.folder, b.case_number,
  b.survey_id, b.status, b.created, b.sent,
  (SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.skipped IS NULL) AS written,
  (SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.skipped IS NOT NULL) AS skipped
FROM letter_batch b
"""
_BATCH_FIELDS = {
    "id": Field("b.id", "number"),
    "template": Field("b.template", "exact"),
    "format": Field("b.format", "exact"),
    "status": Field("b.status", "exact"),
    "created": Field("b.created", "date"),
    "sent": Field("b.sent", "date"),
}
_LETTER_FIELDS = {
    "recipient": Field("letter.recipient", "exact"),
    "language": Field("letter.language", "exact"),
    "file": Field("letter.file", "exact"),
    "why": Field("letter.skipped", "exact"),
}


def batch(register: Register, batch_id: int) -> Batch:
    """One batch. Raises NotFoundError."""
    row = register.row(f"{_BATCH} WHERE b.id = ?", (batch_id,)) if batch_id < 2**63 else None
    if row is None:
        raise NotFoundError(
            _("There is no batch of letters number {id}.", id=batch_id),
            _("See them all: {command}", command="frivillig letter log"),
        )
    return _batch(row)


def count(register: Register) -> int:
    """How many batches there are."""
    return int(register.value("SELECT count(*) FROM letter_batch"))


def batches(
    register: Register, *, sort: str | None = None, limit: int | None = None
) -> list[Batch]:
    """All batches, the newest first or by `sort`."""
    order = order_by(sort, _BATCH_FIELDS, "b.id DESC")
    rows = register.rows(f"{_BATCH} ORDER BY {order} LIMIT ?", (-1 if limit is None else limit,))
    return [_batch(row) for row in rows]


def _batch(row: Any) -> Batch:
    return Batch(**{**dict(row), "versions": json.loads(row["versions"])})


def letters(
    register: Register, batch_id: int, *, sort: str | None = None, limit: int | None = None
) -> list[LetterRow]:
    """The recipients of a batch, in the order in which they were written, or by `sort`.

    The address of somebody who has become a protected person since is None.
    """
    order = order_by(sort, _LETTER_FIELDS, "letter.id")
    rows = register.rows(
        "SELECT recipient, language, org_id, person_id, agreement_id, file, sha256, skipped,"
        " missing_field, missing_in, CASE WHEN person_id IN (SELECT id FROM person"
        " WHERE protected = 1) THEN NULL ELSE address END AS address"
        " FROM letter WHERE batch_id = ?"
        f" ORDER BY {order} LIMIT ?",
        (batch_id, -1 if limit is None else limit),
    )
    return [LetterRow(**dict(row)) for row in rows]


def has_got(register: Register, template: str, kind: str, survey_id: int | None) -> set[int]:
    """The ids of those who were sent this template before; about this survey, if it is about one.

    `kind` is org, volunteer or agreement, and says whose ids.
    """
    column = {"org": "org_id", "volunteer": "person_id", "agreement": "agreement_id"}[kind]
    rows = register.rows(
        f"SELECT DISTINCT l.{column} FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE b.status = 'sent' AND b.template = ? AND b.survey_id IS ?"
        f" AND l.skipped IS NULL AND l.{column} IS NOT NULL",
        (template, survey_id),
    )
    return {row[0] for row in rows}


def sent_files(register: Register, folder: str) -> dict[str, int]:
    """The files in `folder` that were sent, each with the number of its batch."""
    rows = register.rows(
        "SELECT DISTINCT l.file, b.id FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE b.status = 'sent' AND b.folder = ? AND l.file IS NOT NULL",
        (folder,),
    )
    return {row[0]: row[1] for row in rows}


def written_over_by(register: Register, batch_id: int) -> int | None:
    """The latest batch that has put other letters in the files of this one, or None."""
    found = register.value(
        "SELECT max(b.id) FROM letter mine JOIN letter_batch was ON was.id = mine.batch_id"
        " JOIN letter_batch b ON b.folder = was.folder AND b.id > was.id"
        " JOIN letter l ON l.batch_id = b.id AND l.file = mine.file AND l.sha256 <> mine.sha256"
        " WHERE mine.batch_id = ?",
        (batch_id,),
    )
    return None if found is None else int(found)


def got_before(register: Register, batch_id: int) -> int:
    """How many in this batch were sent the same letter in another batch."""
    return int(
        register.value(
            "SELECT count(*) FROM letter mine JOIN letter_batch was ON was.id = mine.batch_id"
            " WHERE mine.batch_id = ? AND mine.skipped IS NULL AND EXISTS ("
            "  SELECT 1 FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
            "  WHERE b.id <> was.id AND b.status = 'sent' AND b.template = was.template"
            "  AND b.survey_id IS was.survey_id AND l.skipped IS NULL"
            "  AND l.person_id IS mine.person_id AND l.agreement_id IS mine.agreement_id"
            "  AND l.org_id IS mine.org_id)",
            (batch_id,),
        )
    )


def protected_people(register: Register) -> set[int]:
    """The ids of the people whose name must not stand beside an address."""
    return {row[0] for row in register.rows("SELECT id FROM person WHERE protected = 1")}

"""All the SQL that reads letters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query
from frivillig_cli.records.letter.model import STATUSES
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, folded_sql, where
from frivillig_cli.store.register import Register

if TYPE_CHECKING:
    from frivillig_cli.records.letter.logged import Batch, LoggedLetter

_ALL = Query()
# The letter l has gone out: a run that was killed has entered it in the outbox only.
_IN_OUTBOX = "EXISTS (SELECT 1 FROM letter_mail m WHERE m.letter_id = l.id AND m.state = "
SENT_OUT = f"(l.sent IS NOT NULL OR {_IN_OUTBOX}'sent'))"
# It may have: the line was dropped in the middle.
DOUBTED = f"(l.sent IS NULL AND {_IN_OUTBOX}'sending'))"
# It has, or may have.
GOT = f"({SENT_OUT} OR {DOUBTED})"
_COUNT = "(SELECT count(*) FROM letter l WHERE l.batch_id = b.id AND l.skipped IS "
_WRITTEN, _SKIPPED = f"{_COUNT} NULL)", f"{_COUNT} NOT NULL)"
_OUT, _DOUBT = f"{_COUNT} NULL AND {SENT_OUT})", f"{_COUNT} NULL AND {DOUBTED})"
_STATUS = (
    f"CASE WHEN {_OUT} = {_WRITTEN} AND {_OUT} > 0 THEN 'sent'"
    f" WHEN {_OUT} + {_DOUBT} = 0 THEN 'draft' ELSE 'partly' END"
)
_SENT = "coalesce(b.sent, (SELECT max(l.sent) FROM letter l WHERE l.batch_id = b.id))"
_BATCH = f"""
SELECT b.id, b.template, b.versions, b.title, b.format, b.recipients, b.folder, b.case_number,
  b.survey_id, {_STATUS} AS status, b.created, {_SENT} AS sent, b.addressed, b.again,
  b.also_opted_out, b.one_per_address, {_WRITTEN} AS written, {_SKIPPED} AS skipped, {_OUT} AS out,
  {_DOUBT} AS in_doubt
FROM letter_batch b
"""
_TO = (
    "EXISTS (SELECT 1 FROM letter l WHERE l.batch_id = b.id"
    f" AND {folded_sql('l.recipient')} LIKE ? ESCAPE '\\')"
)
BATCH_FIELDS = {
    "id": Field("b.id", "number"),
    "template": Field("b.template", "exact"),
    "title": Field(folded_sql("b.title"), "text"),
    "format": Field("b.format", "exact"),
    "status": Field(_STATUS, "exact", choices=STATUSES),
    "created": Field("b.created", "moment"),
    "sent": Field(_SENT, "moment"),
    "case": Field("b.case_number", "exact"),
    "survey": Field("b.survey_id", "number"),
    "recipient": Field(_TO, "text", empty="1 = 0"),
}
_SEARCH = f"{folded_sql('b.template')} LIKE ? ESCAPE '\\' OR {_TO}"
_LETTER_FIELDS = {
    "recipient": Field("letter.recipient", "exact"),
    "language": Field("letter.language", "exact"),
    "file": Field("letter.file", "exact"),
    "why": Field("letter.skipped", "exact"),
}
_BY_NAME = {"name": "recipient", "-name": "-recipient"}
# By which id a letter says to whom it is, by the kind of recipients.
ID_OF = {
    "org": "org_id", "volunteer": "person_id", "agreement": "agreement_id", "member": "person_id",
}  # fmt: skip
# Who there is, and what the letters to each have as their recipient.
_CALLED = {
    "org_id": "SELECT id, name FROM org",
    "person_id": "SELECT id, name FROM person",
    "agreement_id": "SELECT a.id, o.name || ': ' || a.title FROM agreement a"
    " JOIN org o ON o.id = a.org_id",
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


def count(register: Register, query: Query = _ALL) -> int:
    """How many batches `query` picks."""
    condition, params = where(query, BATCH_FIELDS, _SEARCH)
    return int(register.value(f"SELECT count(*) FROM letter_batch b WHERE {condition}", params))


def batches(
    register: Register,
    query: Query = _ALL,
    *,
    sort: str | None = None,
    limit: int | None = None,
) -> list[Batch]:
    """The batches that `query` picks, the newest first or by `sort`."""
    condition, params = where(query, BATCH_FIELDS, _SEARCH)
    order = order_by(sort, BATCH_FIELDS, "b.id DESC")
    sql = f"{_BATCH} WHERE {condition} ORDER BY {order} LIMIT ?"
    return [_batch(row) for row in register.rows(sql, [*params, -1 if limit is None else limit])]


def _batch(row: Any) -> Batch:
    from frivillig_cli.records.letter.logged import Batch

    return Batch(**{**dict(row), "versions": json.loads(row["versions"])})


def letters(
    register: Register, batch_id: int, *, sort: str | None = None, limit: int | None = None
) -> list[LoggedLetter]:
    """The recipients of a batch, in the order in which they were written, or by `sort`.

    `name` is the recipient's. The addresses of somebody who has become a protected person since
    are None.
    """
    from frivillig_cli.records.letter.logged import LoggedLetter

    sort = _BY_NAME.get(sort or "", sort)
    order = order_by(sort, _LETTER_FIELDS, "letter.id")
    rows = register.rows(
        f"{LETTER} WHERE letter.batch_id = ? ORDER BY {order} LIMIT ?",
        (batch_id, -1 if limit is None else limit),
    )
    return [LoggedLetter(**dict(row)) for row in rows]


# Whether a letter tells how somebody is reached who is protected by now: to them, with their name
# in the address (an association's contact person; not where a namesake of theirs is written to), or
# to their e-mail, or to their address where the letter is to an association that they have held an
# office in.
_HIDDEN = """
(letter.person_id IN (SELECT id FROM person WHERE protected = 1) OR EXISTS (
  SELECT 1 FROM person p WHERE p.protected = 1 AND (
    instr(char(10) || letter.address || char(10), char(10) || p.name || char(10))
    AND (NOT EXISTS (SELECT 1 FROM person q WHERE q.name = p.name AND q.protected = 0
      AND (q.id = letter.person_id OR EXISTS
        (SELECT 1 FROM contact c WHERE c.person_id = q.id AND c.org_id = letter.org_id)))
      OR EXISTS (SELECT 1 FROM contact c WHERE c.person_id = p.id AND c.org_id = letter.org_id))
    OR (instr(letter.address, char(10) || p.street || char(10) || p.postcode) AND EXISTS
      (SELECT 1 FROM contact c WHERE c.person_id = p.id AND c.org_id = letter.org_id))
    OR lower(p.email) IN (lower(letter.address), lower(sent_to), lower(m.address)))))"""
_OPEN = f"CASE WHEN {_HIDDEN} THEN NULL ELSE "
# What the mail server said, of one who is hidden without the address that it may repeat.
_ANSWER = f"CASE WHEN instr(m.answer, '@') AND {_HIDDEN} THEN substr(m.answer, 1, 3)"
_ANSWER += " ELSE m.answer END"
MAIL = f"""
SELECT m.id, m.letter_id, letter.batch_id, letter.recipient, m.address, m.message_id, m.state,
  m.tries, m.at, {_ANSWER} AS answer, {_HIDDEN} AS hidden
FROM letter_mail m JOIN letter ON letter.id = m.letter_id
"""
LETTER = f"""
SELECT letter.id, letter.batch_id, recipient, language, org_id, person_id, agreement_id, file,
  sha256, title, case_number, exempt, skipped, shared_with, same_as, missing_field,
  missing_in, told_seats, opted_out, document,
  coalesce(sent, CASE WHEN m.state = 'sent' THEN m.at END) AS sent,
  coalesce(sent_how, CASE WHEN m.state = 'sent' THEN 'email' END) AS sent_how,
  registered, kept, {_ANSWER} AS answer,
  CASE WHEN sent IS NOT NULL THEN 'sent' ELSE coalesce(m.state, 'draft') END AS state,
  {_OPEN} letter.address END AS address,
  {_OPEN} CASE WHEN sent IS NULL THEN m.address ELSE sent_to END END AS sent_to,
  {_HIDDEN} AS hidden
FROM letter LEFT JOIN letter_mail m ON m.letter_id = letter.id
"""


def letter(register: Register, letter_id: int) -> LoggedLetter:
    """One letter that is there."""
    from frivillig_cli.records.letter.logged import LoggedLetter

    row = register.row(f"{LETTER} WHERE letter.id = ?", (letter_id,))
    return LoggedLetter(**dict(row))


def printed_address(register: Register, letter_id: int) -> str | None:
    """The address that stands on a letter, of one who is protected by now too: to compare it with
    others, never to show it."""
    found = register.value("SELECT address FROM letter WHERE id = ?", (letter_id,))
    return None if found is None else str(found)


def sharing(register: Register, letter_id: int) -> list[LoggedLetter]:
    """The rows of those who share a letter, and the letters that do not go out because of it."""
    from frivillig_cli.records.letter.logged import LoggedLetter

    rows = register.rows(
        f"{LETTER} WHERE letter.sent IS NULL AND (same_as = ? AND skipped = 'same_address'"
        "  OR letter.id IN (SELECT value FROM letter_mail h, json_each(h.reaches)"
        "   WHERE h.letter_id = ?))",
        (letter_id, letter_id),
    )
    return [LoggedLetter(**dict(row)) for row in rows]


def next_letter_id(register: Register) -> int:
    """The number of the next letter; numbers are never used again."""
    used = register.value("SELECT seq FROM sqlite_sequence WHERE name = 'letter'")
    return int(used or 0) + 1


def next_batch_id(register: Register) -> int:
    """The number of the next batch; numbers are never used again."""
    used = register.value("SELECT seq FROM sqlite_sequence WHERE name = 'letter_batch'")
    return int(used or 0) + 1


def shared(one: str, *, surely: bool = False) -> str:
    """SQL for whether a row has got, or may have, the letter of another at the same address.

    Whom a letter reaches was settled when it went out: it is no matter where they are now.
    `surely`: not who only may have it.
    """
    states = "'sent'" if surely else "'sent', 'sending'"
    return (
        f"({one}.same_as IS NOT NULL AND ({one}.skipped IS NOT 'not_reached'"
        f"  AND EXISTS (SELECT 1 FROM letter host WHERE host.id = {one}.same_as"
        "   AND host.sent IS NOT NULL)"
        f" OR {one}.id IN (SELECT value FROM letter_mail m, json_each(m.reaches)"
        f"   WHERE m.letter_id = {one}.same_as AND m.state IN ({states}))))"
    )


def has_got(register: Register, template: str, kind: str, survey_id: int | None) -> dict[int, str]:
    """The ids of those who were sent this template before; about this survey, if it is about one.

    Each with why it gets no other, of SKIP_REASONS: who may have got it is told apart. `kind` is
    org, volunteer, agreement or member, and says whose ids. Whom the letter of another at the same
    address reached has got it too. Who is called as somebody whom the register did not have when
    it was restored may have got it.
    """
    column = ID_OF[kind]
    rows = register.rows(
        "WITH l AS (SELECT letter.* FROM letter_batch b JOIN letter ON letter.batch_id = b.id"
        f"  WHERE b.template = ? AND b.survey_id IS ? AND {column} IS NOT NULL)"
        f" SELECT {column}, {SENT_OUT} FROM l WHERE skipped IS NULL AND {GOT}"
        f" UNION ALL SELECT l.{column}, 1 FROM l JOIN letter host ON host.id = l.same_as"
        "  WHERE host.sent IS NOT NULL AND l.skipped IS NOT 'not_reached'"
        f" UNION ALL SELECT l.{column}, m.state = 'sent' FROM letter_mail m, json_each(m.reaches) r"
        "  JOIN l ON l.id = r.value WHERE m.state IN ('sent', 'sending')",
        (template, survey_id),
    )
    found: dict[int, str] = {}
    for number, sure in rows:
        if sure or number not in found:
            found[number] = "already_sent" if sure else "in_doubt"
    return {**dict.fromkeys(_by_name(register, template, column, survey_id), "in_doubt"), **found}


def _by_name(
    register: Register, template: str, column: str, survey_id: int | None
) -> Iterable[int]:
    """The ids of those who are called as somebody that was sent this template, and has no id."""
    rows = register.rows(
        "SELECT DISTINCT l.recipient FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        f" WHERE b.template = ? AND b.survey_id IS ? AND l.skipped IS NULL AND {GOT}"
        f" AND l.{column} IS NULL",
        (template, survey_id),
    )
    names = {fold(row[0]) for row in rows}
    called = register.rows(_CALLED[column]) if names else []
    return [row[0] for row in called if fold(row[1]) in names]


def seats_told(register: Register, template: str) -> dict[int, set[str] | None]:
    """The seats (`2:leader`) that each person was told of by letters of a template, or may have
    been; None for all, of letters of which it is not known."""
    rows = register.rows(
        "SELECT l.person_id, l.told_seats FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        f" WHERE b.template = ? AND b.recipients = 'member' AND l.skipped IS NULL AND {GOT}",
        (template,),
    )
    found: dict[int, set[str] | None] = {}
    for person, seats in rows:
        known = found.setdefault(person, set())
        if seats is None or known is None:
            found[person] = None
        else:
            known.update(json.loads(seats))
    return found


def tells_all(one: str, other: str) -> str:
    """SQL for whether a letter tells somebody each role that another does."""
    return (
        f"({one}.told_seats IS NULL OR NOT EXISTS (SELECT 1 FROM json_each({other}.told_seats) g"
        f" WHERE g.value NOT IN (SELECT value FROM json_each({one}.told_seats))))"
    )


def same_recipient(one: str, other: str) -> str:
    """SQL for whether two letters are to the same: each is looked up by an id that it has."""
    ids = ("org_id", "person_id", "agreement_id")
    known = " OR ".join(f"{one}.{name} = {other}.{name}" for name in ids)
    # `+`: by the index of an id that is NULL in both, all of the others would be gone through
    return f"(({known}) AND " + " AND ".join(f"+{one}.{n} IS {other}.{n}" for n in ids) + ")"


def sent_files(register: Register, folder: str) -> dict[str, int]:
    """The files in `folder` that were sent, each with the number of its batch."""
    rows = register.rows(
        "SELECT DISTINCT l.file, b.id FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE l.sent IS NOT NULL AND b.folder = ? AND l.file IS NOT NULL",
        (folder,),
    )
    return {row[0]: row[1] for row in rows}


def files_of(register: Register, folder: str) -> dict[str, set[str]]:
    """The files that batches have put in `folder`, with the SHA-256 that each has had."""
    rows = register.rows(
        "SELECT DISTINCT l.file, l.sha256 FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE b.folder = ? AND l.file IS NOT NULL",
        (folder,),
    )
    found: dict[str, set[str]] = {}
    for name, digest in rows:
        found.setdefault(name, set()).add(digest)
    return found


def folders(register: Register) -> dict[int, str]:
    """The batches, and the folder that each was written into."""
    return {row[0]: row[1] for row in register.rows("SELECT id, folder FROM letter_batch")}


def letters_in(register: Register, folder: str) -> list[Any]:
    """The letters that batches have put in `folder`: whose, in which file, as which SHA-256.

    With the template that each is of.
    """
    return register.rows(
        "SELECT b.template, l.file, l.sha256, l.batch_id, l.org_id, l.person_id, l.agreement_id"
        " FROM letter l JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE b.folder = ? AND l.file IS NOT NULL ORDER BY b.id",
        (folder,),
    )


def same_files(register: Register, folder: str, files: dict[str, str]) -> int | None:
    """The latest batch in `folder`, where it is of these very files (name: SHA-256), or None."""
    latest = register.value("SELECT max(id) FROM letter_batch WHERE folder = ?", (folder,))
    rows = register.rows(
        "SELECT DISTINCT file, sha256 FROM letter WHERE batch_id = ? AND file IS NOT NULL",
        (latest,),
    )
    return int(latest) if latest and {row[0]: row[1] for row in rows} == files else None


def written_over_by(register: Register, batch_id: int) -> int | None:
    """The latest batch that has put other letters in the files of this one, or None."""
    found = register.value(
        # each letter of a later batch looks up its own file among those of this one
        "WITH mine AS MATERIALIZED"
        " (SELECT DISTINCT file, sha256 FROM letter WHERE batch_id = ? AND file IS NOT NULL)"
        " SELECT max(b.id) FROM letter_batch was"
        " CROSS JOIN letter_batch b ON b.folder = was.folder AND b.id > was.id"
        " CROSS JOIN letter l ON l.batch_id = b.id"
        " CROSS JOIN mine ON mine.file = l.file AND mine.sha256 <> l.sha256"
        " WHERE was.id = ?",
        (batch_id, batch_id),
    )
    return None if found is None else int(found)


def protected_people(register: Register) -> set[int]:
    """The ids of the people whose name must not stand beside an address."""
    return {row[0] for row in register.rows("SELECT id FROM person WHERE protected = 1")}


def waiting(register: Register, template: str, survey_id: int | None) -> dict[int, int]:
    """How many letters of a template wait to be sent, by batch."""
    rows = register.rows(
        "SELECT b.id, count(*) FROM letter_mail m JOIN letter l ON l.id = m.letter_id"
        " JOIN letter_batch b ON b.id = l.batch_id"
        " WHERE m.state = 'queued' AND b.template = ? AND b.survey_id IS ?"
        " GROUP BY b.id ORDER BY b.id",
        (template, survey_id),
    )
    return {row[0]: row[1] for row in rows}

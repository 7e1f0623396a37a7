"""The SQL that tells which letters a register knows as gone out."""

from __future__ import annotations

from typing import Any, NamedTuple

from frivillig_cli.records.letter.queries import DOUBTED, GOT, ID_OF
from frivillig_cli.store.register import Register

Key = tuple[str, str, str, int, int, int]

# How far a letter has come: not out, perhaps out, out by the outbox alone, entered in the log.
WAITS, DOUBT, OUT, ENTERED = range(4)


class Gone(NamedTuple):
    """One letter that was written: how far it has come (`stage`), and when it went out.

    `size` is how many its batch was for, `which` one of those that are alike it is, made in one
    second, and `place` the letter's place in it.
    `at` is a time in UTC or a day, as `letter.sent` is; None where it has not. `document` is its
    number within its case (`case_number`), None where it has none; `registered` is when it was
    entered in the log.
    """

    batch: int
    created: str
    template: str
    title: str
    size: int
    which: int
    letter: int
    place: int
    stage: int
    at: str | None
    document: int | None
    case_number: str | None
    registered: str | None

    @property
    def key(self) -> Key:
        """What makes it the same letter in a copy of the register, where it may have another
        number, and another batch the number that its own has here."""
        return (self.created, self.template, self.title, self.size, self.which, self.place)

    def corrects(self, other: Gone) -> bool:
        """Whether it is `other` in a copy of the register, and has got another number since."""
        return (
            min(self.stage, other.stage) == ENTERED
            and None not in (self.document, other.document)
            and self.document != other.document
            and self.case_number == other.case_number
            and (self.registered or "") >= (other.registered or "")
        )


def written(register: Register) -> list[Gone]:
    """Every letter that was written, batch by batch. Raises RegisterError."""
    rows = register.rows(
        "SELECT b.id, b.created, b.template, b.title, b.size, b.which, l.id, l.place,"
        f" CASE WHEN l.sent IS NOT NULL THEN {ENTERED} WHEN {DOUBTED} THEN {DOUBT}"
        f"  WHEN {GOT} THEN {OUT} ELSE {WAITS} END,"
        f" CASE WHEN {GOT} THEN coalesce(l.sent, (SELECT m.at FROM letter_mail m"
        "  WHERE m.letter_id = l.id)) END, l.document, l.case_number, l.registered"
        " FROM (SELECT *, row_number() OVER (PARTITION BY batch_id ORDER BY id) AS place"
        "  FROM letter) l"
        " JOIN (SELECT *, row_number() OVER"
        "   (PARTITION BY created, template, title, size ORDER BY id) AS which"
        "  FROM (SELECT *, (SELECT count(*) FROM letter WHERE batch_id = letter_batch.id) AS size"
        "   FROM letter_batch)) b ON b.id = l.batch_id"
        " WHERE l.skipped IS NULL ORDER BY b.id, l.id"
    )
    return [Gone(*row) for row in rows]


def went_to(register: Register, template: str, kind: str, survey_id: int | None) -> list[Any]:
    """Where letters of a template went, or may have: whose (an id of `kind`), name, where.

    That is an e-mail address, else the lines that were printed. Whom the letter of another at the
    same address reached is told where that one went.
    """
    whose = f"SELECT l.{ID_OF[kind]}, l.recipient, "
    return register.rows(
        "WITH l AS (SELECT letter.* FROM letter_batch b JOIN letter ON letter.batch_id = b.id"
        "  WHERE b.template = ? AND b.survey_id IS ?),"
        f" went AS ({whose} l.id AS host FROM l WHERE l.skipped IS NULL AND {GOT}"
        f" UNION {whose} l.same_as FROM l JOIN letter host ON host.id = l.same_as"
        "  WHERE host.sent IS NOT NULL AND l.skipped IS NOT 'not_reached'"
        f" UNION {whose} m.letter_id FROM letter_mail m, json_each(m.reaches) r"
        "  JOIN l ON l.id = r.value WHERE m.state IN ('sent', 'sending'))"
        f" SELECT went.{ID_OF[kind]}, went.recipient,"
        "  CASE WHEN h.sent IS NULL THEN m.address WHEN h.sent_how = 'email' THEN h.sent_to END,"
        "  CASE WHEN h.sent_how = 'post' THEN h.address END"
        " FROM went JOIN letter h ON h.id = went.host"
        " LEFT JOIN letter_mail m ON m.letter_id = h.id",
        (template, survey_id),
    )

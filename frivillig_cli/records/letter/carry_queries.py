"""The SQL that takes what has gone out from one copy of the register over to another."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from frivillig_cli.records.letter.queries import GOT, LETTER
from frivillig_cli.store.register import Register

Row = dict[str, Any]

# What is known of a letter when it has gone out.
_GOING = ("sent", "sent_how", "sent_to", "registered", "kept")
# Whom and what a letter or its batch is about.
_ABOUT = {"org_id": "org", "person_id": "person", "agreement_id": "agreement",
          "survey_id": "survey"}  # fmt: skip
_FORMER = {
    column: f"SELECT former_uid, former_id FROM merged WHERE {column} IS NOT NULL"
    for column in ("org_id", "person_id")
}


def batch_row(register: Register, batch_id: int) -> Row:
    """A batch as it is stored."""
    return dict(register.rows("SELECT * FROM letter_batch WHERE id = ?", (batch_id,))[0])


def letter_rows(register: Register, batch_id: int) -> list[Row]:
    """The letters of a batch as they are stored, with those who were left out."""
    rows = register.rows("SELECT * FROM letter WHERE batch_id = ? ORDER BY id", (batch_id,))
    return [dict(row) for row in rows]


def mail_rows(register: Register, batch_id: int) -> dict[int, Row]:
    """What the outbox has of a batch, by letter."""
    rows = register.rows(
        "SELECT m.* FROM letter_mail m JOIN letter l ON l.id = m.letter_id WHERE l.batch_id = ?",
        (batch_id,),
    )
    return {row["letter_id"]: dict(row) for row in rows}


def same_ones(one: Register, other: Register) -> dict[str, dict[int, int]]:
    """By column of a letter or a batch: those of `one` that are in `other`, with the number there.

    They are known by what follows them for good (`uid`), not by number or name; so are those who
    were merged into others.
    """
    found = {}
    for column, table in _ABOUT.items():
        sql = f"SELECT uid, id FROM {table}"
        there = dict(map(tuple, other.rows(sql)))
        own = [*one.rows(_FORMER.get(column, "SELECT 1 WHERE 0")), *one.rows(sql)]
        found[column] = {row[1]: there[row[0]] for row in own if row[0] in there}
    return found


def taken(register: Register, batch_id: int, letter_ids: Collection[int]) -> bool:
    """Whether a batch, or one of the letters, has its number from somebody else."""
    return bool(
        register.value("SELECT 1 FROM letter_batch WHERE id = ?", (batch_id,))
        or register.value(
            "SELECT 1 FROM letter WHERE id BETWEEN ? AND ?", (min(letter_ids), max(letter_ids))
        )
    )


def waiting(register: Register) -> tuple[tuple[int, str], ...]:
    """The batches, number and template, that have letters which have not gone out."""
    rows = register.rows(
        "SELECT id, template FROM letter_batch WHERE id IN (SELECT batch_id FROM letter l"
        f" WHERE skipped IS NULL AND NOT ({GOT})) ORDER BY id"
    )
    return tuple((row[0], row[1]) for row in rows)


def add(register: Register, table: str, row: Row) -> int:
    """Store a row of a batch, of a letter or of the outbox; returns its number."""
    return register.insert(table, **row)


def enter(register: Register, row: Row, mail: Row | None) -> None:
    """Note of a letter that is there what is known of it where it has gone out."""
    register.update("letter", row["id"], **{name: row[name] for name in _GOING})
    register.execute("DELETE FROM letter_mail WHERE letter_id = ?", (row["id"],))
    if mail is not None:
        add(register, "letter_mail", mail)


def number(register: Register, letter_id: int, document: int) -> str | None:
    """Give a letter its number within its case.

    Where another letter has it there, it gets none; returns the number then, as it is written.
    """
    case = register.value("SELECT case_number FROM letter WHERE id = ?", (letter_id,))
    sql = "SELECT 1 FROM letter WHERE case_number = ? AND document = ? AND id <> ?"
    if register.value(sql, (case, document, letter_id)):
        return f"{case}-{document}"
    register.update("letter", letter_id, document=document)
    return None


def without_number(register: Register, letter_id: int) -> None:
    """Take a letter's number within its case away."""
    register.update("letter", letter_id, document=None)


def enter_shared(register: Register, row: Row) -> None:
    """Note of one who shares a letter that has gone out whether it has reached them."""
    register.update("letter", row["id"], skipped=row["skipped"], same_as=row["same_as"])


def all_sent(register: Register, batch_id: int, sent: str) -> None:
    """Note that nothing of a batch is left to send."""
    register.update("letter_batch", batch_id, status="sent", sent=sent)


def hidden(register: Register, batch_id: int) -> set[int]:
    """The letters of a batch that tell how somebody is reached who is protected."""
    rows = register.rows(f"SELECT id FROM ({LETTER} WHERE letter.batch_id = ?) WHERE hidden",
                         (batch_id,))  # fmt: skip
    return {row[0] for row in rows}


def forget_address(register: Register, letter_id: int) -> str | None:
    """Let go of all that tells how somebody is reached; returns the hash of the copy that does."""
    kept = register.value("SELECT kept FROM letter WHERE id = ?", (letter_id,))
    register.update("letter", letter_id, address=None, sent_to=None, kept=None)
    register.execute(
        "UPDATE letter_mail SET address = '', message = NULL, answer ="
        " CASE WHEN instr(answer, '@') THEN substr(answer, 1, 3) ELSE answer END"
        " WHERE letter_id = ?",
        (letter_id,),
    )
    return None if kept is None else str(kept)


def forget_copies(register: Register, batch_id: int, digests: Collection[str]) -> int:
    """Keep no copy of letters of a batch that are in these files; returns how many."""
    return sum(
        register.execute(
            "UPDATE letter SET kept = NULL WHERE batch_id = ? AND kept = ?", (batch_id, digest)
        )
        for digest in digests
    )


def copies(register: Register, batch_id: int) -> set[str]:
    """The hashes of what is kept of a batch."""
    rows = register.rows("SELECT DISTINCT kept FROM letter WHERE batch_id = ?", (batch_id,))
    return {row[0] for row in rows if row[0] is not None}

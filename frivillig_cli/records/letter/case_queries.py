"""The numbers that letters have within their cases.

The archive gives a case its number, and the documents in it theirs. A case that is begun with a
mailing is counted from here; what number is free in another, only the archive knows.
"""

from __future__ import annotations

import re

from frivillig_cli.store.register import Register

_YEAR = re.compile(r"(\d{4}|\d\d)[/-]\d")


def last_document(register: Register, case_number: str) -> int:
    """The highest document number that is given in a case, 0 where there is none."""
    sql = "SELECT max(document) FROM letter WHERE case_number = ?"
    return int(register.value(sql, (case_number,)) or 0)


def last_documents(register: Register) -> dict[str, int]:
    """The highest document number of each case that has one."""
    sql = "SELECT case_number, max(document) FROM letter WHERE document > 0 GROUP BY case_number"
    return {row[0]: row[1] for row in register.rows(sql) if row[0]}


def begun_elsewhere(register: Register, case_number: str, year: int) -> bool:
    """Whether a case that no letter has a number in yet has other documents, as far as is known.

    Such are the case of an agreement, and one of a year before `year`.
    """
    found = _YEAR.match(case_number)
    if found and int(found[1]) + (0 if len(found[1]) == 4 else 2000) < year:
        return True
    sql = "SELECT EXISTS (SELECT 1 FROM agreement WHERE case_number = ?)"
    return bool(register.value(sql, (case_number,)))


def unnumbered(register: Register, batch_id: int) -> dict[str, list[int]]:
    """The letters of a batch that have gone out in a case without a number, by the case."""
    found: dict[str, list[int]] = {}
    for case, letter in register.rows(
        "SELECT case_number, id FROM letter WHERE batch_id = ? AND sent IS NOT NULL"
        " AND case_number <> '' AND document IS NULL ORDER BY id",
        (batch_id,),
    ):
        found.setdefault(case, []).append(letter)
    return found


def given(register: Register, batch_id: int) -> dict[str, tuple[int, int]]:
    """The first and the last number that letters of a batch have in each case."""
    rows = register.rows(
        "SELECT case_number, min(document), max(document) FROM letter"
        " WHERE batch_id = ? AND sent IS NOT NULL AND document IS NOT NULL GROUP BY case_number",
        (batch_id,),
    )
    return {case: (first, last) for case, first, last in rows}


def numbered(register: Register, batch_id: int) -> list[tuple[int, str]]:
    """The letters of a batch that have gone out with a number, in its order, with their cases."""
    rows = register.rows(
        "SELECT id, case_number FROM letter WHERE batch_id = ? AND sent IS NOT NULL"
        " AND document IS NOT NULL ORDER BY case_number, document",
        (batch_id,),
    )
    return [(letter, case) for letter, case in rows]

"""All the SQL that asks whether one is ready."""

from __future__ import annotations

import json
from typing import Any

from frivillig_cli.records.readiness.model import Held, Named, Printout, Revision, Seated
from frivillig_cli.store.held import HELD
from frivillig_cli.store.register import Register

# Whose change makes a printed list untrue.
_ON_PAPER = (
    "person", "person_phone", "response_group", "response_member", "resource", "agreement",
    "absence", "other_duty",
)  # fmt: skip
_IN_A_GROUP = """
EXISTS (SELECT 1 FROM response_member m JOIN response_group g ON g.id = m.group_id
  WHERE m.person_id = p.id AND g.status = 'active')
"""
_ARCHIVED = "EXISTS (SELECT 1 FROM volunteer v WHERE v.id = p.id AND v.status = 'archived')"
_SEATED = f"({_IN_A_GROUP} AND NOT {_ARCHIVED})"  # who is archived is called by no list
# A number is known to be right since it was verified, or since its owner last answered on it.
_FIRST_NUMBERS = f"""
SELECT p.id, p.name, f.verified, (
  SELECT norwegian_day(max(a.happened)) FROM attempt a JOIN callout c ON c.id = a.callout_id
  WHERE c.person_id = p.id AND a.number = f.number AND a.outcome = 'answered'
    AND NOT EXISTS (SELECT 1 FROM attempt v WHERE v.voids = a.id)) AS answered
FROM person p JOIN (
  SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY callout DESC, rank, id) AS place
  FROM person_phone WHERE wrong = 0) f ON f.person_id = p.id AND f.place = 1
WHERE {_SEATED} ORDER BY p.name_sort, p.id
"""


def last_revision(register: Register) -> Revision | None:
    """When the plan was last gone through, and by whom."""
    row = register.row("SELECT * FROM plan_revision ORDER BY revised DESC, id DESC LIMIT 1")
    return None if row is None else Revision(**dict(row))


def last_printout(register: Register, kind: str) -> Printout | None:
    """The last plan (`plan`) or pack (`pack`) that was made."""
    row = register.row("SELECT * FROM printout WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,))
    return None if row is None else _printout(dict(row))


def changes_since(register: Register, at: str) -> int:
    """How many commands have changed what stands on the lists after `at` (UTC)."""
    marks = ",".join("?" * len(_ON_PAPER))
    found = register.value(
        "SELECT count(*) FROM command c WHERE c.at > ? AND EXISTS (SELECT 1 FROM event e"
        " WHERE e.seq <= c.last_seq AND e.seq > ifnull("
        "   (SELECT b.last_seq FROM command b WHERE b.id < c.id ORDER BY b.id DESC LIMIT 1), 0)"
        f" AND e.table_name IN ({marks}))",
        (at, *_ON_PAPER),
    )
    return int(found)


def last_exercise(register: Register) -> Held | None:
    """The exercise that was begun last of those that have been held."""
    row = register.row(
        "SELECT id, number, title, kind, started, ended FROM activation a"
        f" WHERE {HELD} ORDER BY started DESC, id DESC LIMIT 1"
    )
    return None if row is None else Held(**dict(row))


def last_exercise_noted(register: Register) -> str | None:
    """The last day (ISO) that an agreement was exercised, as entered."""
    found = register.value("SELECT max(exercised) FROM agreement")
    return None if found is None else str(found)


def not_evaluated(register: Register, since: str) -> list[Held]:
    """Exercises and real events with no evaluation that began on the day `since` (ISO) or later."""
    rows = register.rows(
        "SELECT a.id, a.number, a.title, a.kind, a.started, a.ended FROM activation a"
        " WHERE a.kind IN ('exercise', 'real') AND a.state = 'closed'"
        " AND norwegian_day(a.started) >= ?"
        " AND NOT EXISTS (SELECT 1 FROM evaluation e WHERE e.activation_id = a.id) ORDER BY a.id",
        (since,),
    )
    return [Held(**dict(row)) for row in rows]


def last_evaluation(register: Register) -> str | None:
    """The day (ISO) of the evaluation that was written last."""
    found = register.value("SELECT max(written) FROM evaluation")
    return None if found is None else str(found)


def never_told(register: Register) -> list[Named]:
    """Those with a seat in a group that they were never told of."""
    return _named(
        register,
        f"SELECT p.id, p.name, NULL FROM person p WHERE {_SEATED} AND EXISTS"
        " (SELECT 1 FROM response_member s JOIN response_group h ON h.id = s.group_id"
        "  WHERE s.person_id = p.id AND s.told IS NULL AND h.status = 'active')"
        " ORDER BY p.name_sort, p.id",
    )


def archived(register: Register) -> list[Named]:
    """Those in a group who are archived as volunteers: no list has them."""
    return _named(
        register,
        f"SELECT p.id, p.name, NULL FROM person p WHERE {_IN_A_GROUP} AND {_ARCHIVED}"
        " ORDER BY p.name_sort, p.id",
    )


def with_other_duty(register: Register) -> list[Named]:
    """Those on a list who have another duty in a crisis."""
    return _named(
        register,
        "SELECT p.id, p.name, group_concat(d.what, ', ') FROM person p"
        f" JOIN other_duty d ON d.person_id = p.id WHERE {_SEATED}"
        " GROUP BY p.id ORDER BY p.name_sort, p.id",
    )


def on_lists(register: Register) -> list[Seated]:
    """Everybody with a seat; the protected without what tells how they are reached."""
    return [
        Seated(
            row["id"], row["name"],
            tuple(filter(None, (row["numbers"] or "").split(","))),
            row["email"], row["postcode"],
        )
        for row in register.rows(
            "SELECT p.id, p.name, CASE p.protected WHEN 1 THEN NULL ELSE p.email END AS email,"
            " CASE p.protected WHEN 1 THEN NULL ELSE p.postcode END AS postcode,"
            " CASE p.protected WHEN 1 THEN NULL ELSE (SELECT group_concat(number)"
            "  FROM (SELECT f.number FROM person_phone f WHERE f.person_id = p.id AND f.wrong = 0"
            "  ORDER BY f.callout DESC, f.rank, f.id)) END AS numbers"
            f" FROM person p WHERE {_SEATED} ORDER BY p.name_sort, p.id"
        )
    ]  # fmt: skip


def without_number(register: Register) -> list[Named]:
    """Those on a list who have no number, the protected not counted: they are reached otherwise."""
    return _named(
        register,
        f"SELECT p.id, p.name, NULL FROM person p WHERE p.protected = 0 AND {_SEATED}"
        " AND NOT EXISTS (SELECT 1 FROM person_phone f WHERE f.person_id = p.id AND f.wrong = 0)"
        " ORDER BY p.name_sort, p.id",
    )


def not_verified(register: Register, before: str) -> list[Named]:
    """Those on a list whose first number was last known to be right before a day (ISO), or never.

    `note` is that day.
    """
    found = []
    for row in register.rows(_FIRST_NUMBERS):
        known = max(row["verified"] or "", row["answered"] or "")
        if known < before:
            found.append(Named(row["id"], row["name"], known or None))
    return found


def _named(register: Register, sql: str) -> list[Named]:
    return [Named(*row) for row in register.rows(sql)]


def _printout(row: dict[str, Any]) -> Printout:
    return Printout(**{**row, "files": tuple(json.loads(row["files"]))})

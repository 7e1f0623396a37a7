"""All the SQL that reads what groups promise, money laid out, and what the log says of a row."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from frivillig_cli.records.activation.model import Activation, Expense
from frivillig_cli.records.activation.needs import GroupAnswer, Led
from frivillig_cli.store.register import Register

# A report that was not taken back, nor takes one back.
_STANDS = "voids IS NULL AND id NOT IN (SELECT voids FROM group_answer WHERE voids IS NOT NULL)"


def group_answers(
    register: Register, activation: Activation, *, counted: bool = False
) -> list[GroupAnswer]:
    """What groups have promised in this episode, the last word of each, in order.

    What was taken back is left out. `counted`: what counts for the needs, of which that none of
    them is left out there, said since the stand-down, takes back nothing.
    """
    stood_down = activation.stood_down if counted else None
    fields = ", ".join(name for name in GroupAnswer.__dataclass_fields__ if name != "on_list")
    found = register.rows(
        f"SELECT {fields} FROM group_answer WHERE id IN (SELECT max(id) FROM group_answer"
        f" WHERE activation_id = ? AND episode = ? AND {_STANDS}"
        " AND NOT (coming = 0 AND ifnull(in_stand_down, 1) AND ifnull(registered >= ?, 0))"
        " GROUP BY group_id) ORDER BY id",
        (activation.id, activation.episode, stood_down),
    )
    size = on_list(register, activation.id) if found else {}
    return [GroupAnswer(*row, on_list=size.get(row["group_id"], 0)) for row in found]


def on_list(register: Register, activation_id: int) -> dict[int, int]:
    """How many of each group are on the list: who is left out may come with their group, but not
    one under 18, and nobody twice.
    """
    found = register.rows(
        "SELECT groups, count(*) AS people FROM callout WHERE activation_id = ?"
        " AND (selection = 'eligible' OR (ifnull(reason, '') <> 'minor' AND twin_of IS NULL))"
        " GROUP BY groups",
        (activation_id,),
    )
    size: Counter[int] = Counter()
    for row in found:
        size.update({seat["id"]: row["people"] for seat in json.loads(row["groups"])})
    return size


def first_registered(register: Register, activation_id: int, since: str) -> str | None:
    """The earliest time that the clock showed when a line of the log was written, from `since` on
    (both UTC, ISO 8601).
    """
    row = register.row(
        "SELECT min(registered) FROM log_entry WHERE activation_id = ? AND registered >= ?",
        (activation_id, since),
    )
    return row[0] if row else None


def expenses(register: Register, activation_id: int) -> list[Expense]:
    """The money laid out, in the order it was written down, also what was corrected."""
    fields = ", ".join(Expense.__dataclass_fields__)
    found = register.rows(
        f"SELECT {fields} FROM expense WHERE activation_id = ? ORDER BY id", (activation_id,)
    )
    return [Expense(*row) for row in found]


def entries_beginning(register: Register, activation_id: int, start: str) -> list[str]:
    """What the log's observations say after `start`, of those that begin with it, in order.

    One that was corrected says what its last correction says.
    """
    found = register.rows(
        "WITH RECURSIVE said (first, seq, text) AS ("
        "SELECT seq, seq, text FROM log_entry WHERE activation_id = :activation"
        " AND type = 'observation' AND substr(text, 1, length(:start)) = :start"
        " UNION SELECT first, l.seq, l.text FROM said JOIN log_entry l"
        " ON l.activation_id = :activation AND l.supersedes = said.seq)"
        " SELECT text, max(seq) FROM said GROUP BY first ORDER BY first",
        {"activation": activation_id, "start": start},
    )
    return [row["text"].removeprefix(start) for row in found if row["text"]]


def entry_of(register: Register, row_id: int, registered: str) -> int | None:
    """The number of the log's line about an attempt: of this row, registered at that time."""
    found = register.value(
        "SELECT max(seq) FROM log_entry WHERE callout_id = ? AND registered = ?"
        " AND type IN ('call', 'answer')",
        (row_id, registered),
    )
    return None if found is None else int(found)


def answer_text(register: Register, row_id: int, happened: str, registered: str) -> str:
    """What the log's line about an answer of this row says; empty where there is none."""
    found = register.value(
        "SELECT text FROM log_entry WHERE callout_id = ? AND happened = ? AND registered = ?"
        " AND type = 'answer' ORDER BY seq DESC LIMIT 1",
        (row_id, happened, registered),
    )
    return str(found or "")


def entry_of_group(
    register: Register, activation_id: int, name: str, registered: str
) -> int | None:
    """The number of the log's line about what a group's leader said, registered at that time."""
    found = register.value(
        "SELECT max(seq) FROM log_entry WHERE activation_id = ? AND registered = ?"
        " AND type = 'answer' AND sender = ? AND callout_id IS NULL",
        (activation_id, registered, name),
    )
    return None if found is None else int(found)


def entry_of_expense(register: Register, activation_id: int, expense_id: int) -> int | None:
    """The number of the log's line about an expense: the one that was written down with it."""
    found = register.value(
        "SELECT seq FROM (SELECT l.seq, e.id, row_number() OVER (PARTITION BY e.id ORDER BY l.seq)"
        " AS line, (SELECT count(*) FROM expense o WHERE o.activation_id = e.activation_id"
        " AND o.registered = e.registered AND o.id <= e.id) AS turn FROM expense e"
        " JOIN log_entry l ON l.activation_id = e.activation_id AND l.registered = e.registered"
        " AND l.type = 'expense' WHERE e.activation_id = ? AND e.id = ?) WHERE line = turn",
        (activation_id, expense_id),
    )
    return None if found is None else int(found)


# Not a line that somebody came which was taken back: the correction of that is about them too.
_MEANT = (
    "NOT EXISTS (SELECT 1 FROM log_entry c WHERE c.callout_id = log_entry.callout_id"
    " AND c.supersedes = log_entry.seq AND c.type = 'correction')"
)


def last_move(register: Register, row_id: int, after: int | None, before: int | None) -> str | None:
    """What the log says of how somebody left between two of its entries; None if they did not."""
    found = register.row(
        "SELECT type, text FROM log_entry WHERE callout_id = ?"
        f" AND type IN ('action', 'stand_down') AND seq > ? AND seq < ? AND {_MEANT}"
        " ORDER BY seq DESC LIMIT 1",
        (row_id, after or 0, before or 0),
    )
    return found["text"] or "" if found and found["type"] == "stand_down" else None


def arrival(register: Register, row_id: int) -> tuple[int | None, str | None]:
    """The number of the log's last line that somebody came, and when it was registered."""
    found = register.row(
        "SELECT seq, registered FROM log_entry WHERE callout_id = ? AND type = 'action'"
        " ORDER BY seq DESC LIMIT 1",
        (row_id,),
    )
    return (found["seq"], found["registered"]) if found else (None, None)


def decisions(register: Register, activation_id: int, row_id: int, after: int) -> list[str]:
    """The log's decisions about a row after this entry; those of before rows were named too."""
    found = register.rows(
        "SELECT text FROM log_entry WHERE activation_id = ? AND type = 'decision' AND seq > ?"
        " AND ifnull(callout_id, ?) = ? AND text IS NOT NULL ORDER BY seq",
        (activation_id, after, row_id, row_id),
    )
    return [row["text"] for row in found]


def arrivals(register: Register, activation_id: int) -> dict[int, int]:
    """The numbers of the log's lines that somebody came, and which row each is about."""
    found = register.rows(
        "SELECT seq, callout_id FROM log_entry WHERE activation_id = ? AND type = 'action'"
        " AND callout_id IS NOT NULL",
        (activation_id,),
    )
    return {row[0]: row[1] for row in found}


def twin_rows(register: Register, activation_id: int) -> list[int]:
    """The second rows of people who have another row here, and are not out there."""
    found = register.rows(
        "SELECT id FROM callout WHERE activation_id = ? AND twin_of IS NOT NULL"
        " AND selection = 'eligible'"
        " AND ifnull(deployment, 'home_safe') IN ('home_safe', 'no_show')"
        " AND (deployment IS NOT NULL OR ifnull(answer, '') NOT IN ('yes', 'later'))",
        (activation_id,),
    )
    return [row[0] for row in found]


def leased_by(
    register: Register, caller: str | None, activation_id: int | None = None
) -> list[int]:
    """The rows that `caller` (None: anybody) has reserved, of one activation or of all."""
    found = register.rows(
        "SELECT id FROM callout WHERE lease_by = ifnull(?, lease_by) AND contact = 'calling'"
        " AND ifnull(activation_id = ?, 1)",
        (caller, activation_id),
    )
    return [row[0] for row in found]


def turned_up_line(register: Register, row_id: int) -> int | None:
    """The number of the log's line that a walk-in came without having been called."""
    found = register.value(
        "SELECT min(seq) FROM log_entry WHERE callout_id = ? AND type = 'observation'", (row_id,)
    )
    return None if found is None else int(found)


def last_rank(register: Register, activation_id: int) -> int:
    """The last place there is on the list, also of a walk-in who was taken off it."""
    return int(
        register.value(
            "SELECT ifnull(max(rank), 0) FROM callout WHERE activation_id = ?", (activation_id,)
        )
    )


def last_moved(register: Register, row_id: int) -> str | None:
    """When the log says that somebody last came or left (UTC, ISO 8601), or None."""
    found = register.value(
        "SELECT max(happened) FROM log_entry WHERE callout_id = ?"
        f" AND type IN ('action', 'stand_down') AND {_MEANT}",
        (row_id,),
    )
    return None if found is None else str(found)


# What an episode makes of a row, as it is before anything has happened.
UNTOUCHED: dict[str, Any] = {
    "contact": "pending", "answer": None, "need_id": None, "eta": None, "deployment": None,
    "freed": False,
}  # fmt: skip


def episodes(register: Register, activation_id: int) -> list[tuple[int, str, int, str, int]]:
    """(number, when it ended, its last line in the log, needs as JSON, whether it was called off)
    of each that is over.
    """
    found = register.rows(
        "SELECT episode, ended, last_seq, needs, called_off FROM episode WHERE activation_id = ?"
        " ORDER BY episode",
        (activation_id,),
    )
    return [tuple(row) for row in found]


def past_states(register: Register, activation_id: int, episode: int) -> dict[int, dict[str, Any]]:
    """What had come of each row that was touched in an episode, by the row's id."""
    found = register.rows(
        f"SELECT p.callout_id, {', '.join(f'p.{name}' for name in UNTOUCHED)} FROM callout_past p"
        " JOIN callout c ON c.id = p.callout_id WHERE c.activation_id = ? AND p.episode = ?",
        (activation_id, episode),
    )
    return {row["callout_id"]: {name: row[name] for name in UNTOUCHED} for row in found}


# Nobody called: they turned up, and the log says so in the same breath.
TURNED_UP = (
    "attempt.outcome = 'in_person' AND (EXISTS (SELECT 1 FROM callout own"
    " WHERE own.id = attempt.callout_id AND own.walk_in = 1) OR EXISTS (SELECT 1 FROM log_entry"
    " WHERE log_entry.callout_id = attempt.callout_id AND type = 'action'"
    " AND log_entry.registered = attempt.registered))"
)


# How each row answered last in an episode: max(id) is what picks the line, as SQLite promises.
SAID_LAST = """
  SELECT callout_id, max(id), late,
    CASE WHEN answer = 'withdrew' OR (answer = 'no' AND sum(answer = 'yes') > 0) THEN registered END
      AS backed_out
  FROM attempt WHERE activation_id = :activation AND episode = :episode
    AND answer IS NOT NULL AND voids IS NULL
    AND NOT EXISTS (SELECT 1 FROM attempt taker WHERE taker.voids = attempt.id)
    AND id NOT IN (SELECT attempt_id FROM taken_in
      WHERE overtaken = 1 AND attempt_id IS NOT NULL)
  GROUP BY callout_id
"""


def said_last(
    register: Register, activation_id: int, episode: int
) -> dict[int, tuple[bool, str | None]]:
    """Of each row that answered in an episode: whether its last answer was late, and when they
    backed out, if they did.
    """
    found = register.rows(SAID_LAST, {"activation": activation_id, "episode": episode})
    return {row["callout_id"]: (row["late"] == 1, row["backed_out"]) for row in found}


def calls_in(register: Register, activation_id: int, episode: int) -> dict[int, tuple[int, bool]]:
    """How many calls each row had in an episode, and whether they turned up with none.

    What was taken back is left out.
    """
    found = register.rows(
        f"SELECT callout_id, sum(NOT ({TURNED_UP})) AS calls"
        " FROM attempt WHERE activation_id = ? AND episode = ? AND voids IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.voids = attempt.id) GROUP BY callout_id",
        (activation_id, episode),
    )
    return {row[0]: (row["calls"], not row["calls"]) for row in found}


def leaders_said(register: Register, activation_id: int) -> dict[int, dict[int, Led]]:
    """How many each group's leader said would come, by episode and group: the last word of each.

    That none of them is left out there, said when it was being wound up, takes back nothing. A word
    that was said in an episode before was brought along by those who were still out.
    """
    found = register.rows(
        "SELECT episode, group_id, coming, need_id, (SELECT skill FROM activation_need n"
        " WHERE n.id = need_id), registered, (SELECT ifnull(max(b.coming), 0) FROM group_answer b"
        " WHERE b.activation_id = w.activation_id AND b.episode = w.episode"
        " AND b.group_id = w.group_id AND EXISTS (SELECT 1 FROM group_answer f"
        " WHERE f.activation_id = b.activation_id AND f.group_id = b.group_id"
        " AND f.episode < b.episode AND f.happened = b.happened))"
        " FROM group_answer w WHERE id IN (SELECT max(g.id)"
        f" FROM group_answer g WHERE g.activation_id = ? AND {_STANDS}"
        " AND NOT (g.coming = 0 AND CASE WHEN g.in_stand_down IS NOT NULL THEN g.in_stand_down"
        " ELSE EXISTS (SELECT 1 FROM log_entry l WHERE l.activation_id = g.activation_id"
        " AND l.type = 'stand_down' AND l.sender IS NULL AND l.registered <= g.registered"
        " AND l.registered > ifnull((SELECT max(e.ended) FROM episode e"
        " WHERE e.activation_id = g.activation_id AND e.episode < g.episode), '')) END)"
        " GROUP BY g.episode, g.group_id)",
        (activation_id,),
    )
    said: dict[int, dict[int, Led]] = {}
    size = on_list(register, activation_id) if found else {}
    for episode, group_id, coming, need_id, skill, registered, brought in found:
        led = Led(coming, need_id, skill, registered, brought, size.get(group_id, 0))
        said.setdefault(episode, {})[group_id] = led
    return said

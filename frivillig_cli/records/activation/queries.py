"""All the SQL that reads activations, their rows, attempts and logs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query
from frivillig_cli.records.activation import during_queries
from frivillig_cli.records.activation.calling import still_to_try
from frivillig_cli.records.activation.model import Activation, GroupSeat, LogEntry, Phone, Row
from frivillig_cli.records.activation.needs import Need, with_groups
from frivillig_cli.store import protected
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, where
from frivillig_cli.store.register import Register
from frivillig_cli.store.resolve import RefKind, resolve

KIND = RefKind(
    "activation",
    "frivillig beredskap list --limit 0",
    label="number || '  ' || title",
    code="number",
)

FIELDS = {
    "id": Field("activation.id", "number"),
    "number": Field("activation.number", "exact"),
    "title": Field("activation.name_search", "text"),
    "kind": Field("activation.kind", "exact"),
    "state": Field("activation.state", "exact"),
    "started": Field("activation.started", "moment"),
    "ended": Field("activation.ended", "moment"),
    "payer": Field("activation.payer", "exact"),
}
# Neither taken back, nor one that takes another back.
_STANDING = (
    "attempt.voids IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM attempt taker WHERE taker.voids = attempt.id)"
)
_NOT_OVERTAKEN = "attempt.id NOT IN (SELECT attempt_id FROM taken_in WHERE overtaken = 1)"
_COLUMNS = tuple(Activation.__dataclass_fields__)
_HEAD = ("title", "asked_by", "decided_by", "external_ref", "place", "callback", "in_charge")
_LOG = ", ".join(LogEntry.__dataclass_fields__)
_SEARCH = r"activation.name_search LIKE ? ESCAPE '\'"


def activation_id(register: Register, ref: str) -> int:
    """The id of the activation that `ref` names: its number, id, or enough of its title.

    `2026-o-3` finds 2026-Ø-003 too.
    """
    year, _dash, rest = ref.strip().upper().partition("-")
    letter, _dash, running = rest.partition("-")
    if year.isdecimal() and running.isdecimal() and len(letter) == 1:
        ref = f"{year}-{'Ø' if letter in 'OÖØ' else letter}-{running:0>3}"
    return resolve(register, ref, KIND)


def completions(register: Register, folded: str, limit: int = 50) -> list[tuple[int, str]]:
    """(id, number) of those whose number or title begins with `folded`, under way first."""
    rows = register.rows(
        "SELECT id, number, name_search FROM activation"
        " ORDER BY state IN ('active', 'standing_down') DESC, id DESC"
    )
    found = [
        (row["id"], row["number"])
        for row in rows
        if fold(row["number"]).startswith(folded) or f" {folded}" in f" {row['name_search']}"
    ]
    return found[:limit]


def get(register: Register, wanted: int) -> Activation:
    """One activation."""
    row = register.row("SELECT * FROM activation WHERE id = ?", (wanted,))
    return _activations(register, [row])[0]


def title(register: Register, wanted: int) -> str:
    """An activation's title as it was written, for what is held against it."""
    return str(register.value("SELECT title FROM activation WHERE id = ?", (wanted,)))


def by_uid(register: Register, uid: str, number: str) -> int:
    """The id of the activation that was given this id when it began. Raises NotFoundError.

    `number` is what to call it where it is not there.
    """
    found = register.value("SELECT id FROM activation WHERE uid = ?", (uid,))
    if found is None:
        raise NotFoundError(
            _("The answers are for {number}, which is not in this register.", number=echo(number)),
            _("Choose the register with --db, or see what is here: frivillig beredskap list"),
        )
    return int(found)


def under_way(register: Register) -> list[Activation]:
    """The activations that are active or standing down, oldest first."""
    rows = register.rows(
        "SELECT * FROM activation WHERE state IN ('active', 'standing_down') ORDER BY id"
    )
    return _activations(register, rows)


def count(register: Register, query: Query) -> int:
    """How many activations `query` picks."""
    condition, params = where(query, FIELDS, _SEARCH)
    return int(register.value(f"SELECT count(*) FROM activation WHERE {condition}", params))


def find(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Activation]:
    """The activations that `query` picks, the newest first or by `sort`."""
    condition, params = where(query, FIELDS, _SEARCH)
    order = order_by(sort, FIELDS, "activation.id DESC")
    sql = f"SELECT * FROM activation WHERE {condition} ORDER BY {order} LIMIT ?"
    rows = register.rows(sql, [*params, -1 if limit is None else limit])
    return _activations(register, rows)


def numbers(register: Register, year: int | None = None) -> list[str]:
    """The numbers taken in a year, or ever."""
    rows = register.rows("SELECT number FROM activation WHERE number LIKE ?", (f"{year or '%'}-%",))
    return [row[0] for row in rows]


def same_under_way(register: Register, kind: str, folded_title: str) -> str | None:
    """The number of an activation of this kind and title that is under way, or None."""
    found = register.value(
        "SELECT number FROM activation WHERE state IN ('active', 'standing_down')"
        " AND kind = ? AND name_search = ? ORDER BY id LIMIT 1",
        (kind, folded_title),
    )
    return None if found is None else str(found)


def busy(register: Register, kind: str, *, but: Iterable[int] = ()) -> set[int]:
    """The people who are called in to another activation of this kind that is under way."""
    left_out = sorted(set(but))
    marks = ",".join("?" * len(left_out))
    rows = register.rows(
        "SELECT c.person_id FROM callout c JOIN activation a ON a.id = c.activation_id"
        " WHERE a.state IN ('active', 'standing_down') AND a.kind = ?"
        f" AND a.id NOT IN ({marks}) AND (c.deployment IN ('on_way', 'on_site', 'relieved')"
        " OR (c.deployment IS NULL AND c.answer IN ('yes', 'later')))",
        [kind, *left_out],
    )
    return {row[0] for row in rows}


def needs(
    register: Register,
    activation: Activation,
    rows: Sequence[Row],
    *,
    naming: tuple[Row, str | None] | None = None,
) -> list[Need]:
    """What is needed, with how many of `rows`, and of groups that answered as one, meet it.

    One who left while people were called in meets nothing from then on, and one who goes home in
    the stand-down is counted still: neither the end nor a calling off changes what is met.
    `naming` is somebody who is about to say yes, and the skill they are told to count for: they
    may be one of those a group promised.
    """
    confirmed: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    for row in rows:
        if row.answer == "yes" and row.need_id is not None:
            (gone if row.freed else confirmed)[row.need_id] += 1
    found = register.rows(
        "SELECT id, skill, needed FROM activation_need WHERE activation_id = ? ORDER BY id",
        (activation.id,),
    )
    stated = [Need(*row, confirmed[row["id"]], gone=gone[row["id"]]) for row in found]
    told = during_queries.group_answers(register, activation, counted=True)
    return with_groups(stated, told, rows, naming)


def rows(
    register: Register, activation: Activation, now: datetime, *, which: str = "1"
) -> list[Row]:
    """Everybody on the list, eligible or not, by rank, as they stand now.

    Of one who is protected by now there are no numbers, whatever the snapshot holds, nor is theirs
    on another row unless the register has it there too: a walk-in may be that person. While it goes
    on, the numbers are those of the register as it is now: one that is mended there is rung at
    once. `which` is one of the conditions of this module.
    """
    found = register.rows(
        _ROWS.format(
            selected=_SELECTED, which=which, standing=_STANDING,
            turned_up=during_queries.TURNED_UP, said_last=during_queries.SAID_LAST,
        ),
        {
            "activation": activation.id, "episode": activation.episode, "round": activation.round,
            "open": activation.state in ("active", "standing_down"),
        },
    )  # fmt: skip
    others = protected.owners(register)
    return [still_to_try(row.as_of(activation.episode, now)) for row in _made(found, others)]


def last_answer(register: Register, callout_id: int, episode: int) -> int | None:
    """The id of the attempt that holds this row's present answer, or None."""
    found = last_answered(register, callout_id, episode)
    return None if found is None else found[0]


def last_answered(register: Register, callout_id: int, episode: int) -> tuple[int, str] | None:
    """The attempt that holds this row's present answer, and when it happened (UTC), or None.

    One that was taken in afterwards, and had been overtaken by then, is not it.
    """
    row = register.row(
        "SELECT id, happened FROM attempt WHERE callout_id = ? AND episode = ?"
        f" AND answer IS NOT NULL AND {_STANDING} AND {_NOT_OVERTAKEN} ORDER BY id DESC LIMIT 1",
        (callout_id, episode),
    )
    return None if row is None else (row["id"], row["happened"])


def attempts(register: Register, activation_id: int) -> list[dict[str, Any]]:
    """Every attempt of an activation in the order they were registered.

    `turned_up` is 1 where nobody called: they came, and had thereby said yes; `overtaken` is 1
    where a later answer stood already when it was taken in.
    """
    found = register.rows(
        f"SELECT *, {during_queries.TURNED_UP} AS turned_up, NOT ({_NOT_OVERTAKEN}) AS overtaken"
        " FROM attempt WHERE activation_id = ? ORDER BY id",
        (activation_id,),
    )
    return [dict(row) for row in found]


def standing_attempts(register: Register, callout_id: int, episode: int) -> list[dict[str, Any]]:
    """The attempts of a row in an episode that nobody has taken back, in order.

    One that had been overtaken when it was taken in changed nothing, and is left out.
    """
    found = register.rows(
        "SELECT * FROM attempt WHERE callout_id = ? AND episode = ?"
        f" AND {_STANDING} AND {_NOT_OVERTAKEN} ORDER BY id",
        (callout_id, episode),
    )
    return [dict(row) for row in found]


def last_ring(register: Register, activation_id: int, number: str) -> tuple[str, str] | None:
    """When a number was last rung in this activation, and for whom."""
    row = register.row(
        "SELECT happened, c.name FROM attempt JOIN callout c ON c.id = attempt.callout_id"
        f" WHERE attempt.activation_id = ? AND number = ? AND {_STANDING}"
        " ORDER BY attempt.id DESC LIMIT 1",
        (activation_id, number),
    )
    return None if row is None else (row["happened"], row["name"])


def log(register: Register, activation_id: int) -> list[LogEntry]:
    """The log, by its numbers."""
    found = register.rows(
        f"SELECT {_LOG} FROM log_entry WHERE activation_id = ? ORDER BY seq",
        (activation_id,),
    )
    return [LogEntry(**dict(row)) for row in found]


def last_entry(register: Register, activation_id: int) -> LogEntry | None:
    """The last line of the log."""
    row = register.row(
        f"SELECT {_LOG} FROM log_entry WHERE activation_id = ? ORDER BY seq DESC LIMIT 1",
        (activation_id,),
    )
    return None if row is None else LogEntry(**dict(row))


def all_activations(register: Register) -> list[Activation]:
    """Every activation, oldest first."""
    return _activations(register, register.rows("SELECT * FROM activation ORDER BY id"))


def _activations(register: Register, rows: Iterable[Any]) -> list[Activation]:
    """Activations as anybody may see them, whoever was protected since."""
    stored = [
        Activation(**{key: row[key] for key in _COLUMNS} | {
            "agreements": json.loads(row["agreements"]), "called_off": row["called_off"] == 1,
        })
        for row in rows
    ]  # fmt: skip
    seen = protected.of(register, stored, *_HEAD)
    return [  # nobody can ring what is left of a number
        one if one.callback == was.callback else replace(one, callback=None)
        for one, was in zip(seen, stored, strict=True)
    ]


def _made(found: list[Any], hidden: Mapping[str, set[int]]) -> Iterator[Row]:
    """The rows as they are stored; the numbers that are `hidden` are only those others'. All
    numbers are read at once, and no frozen field is set by itself: five thousand rows stand
    between the command and its answer.
    """
    phones = json.loads(f"[{','.join([one[_PHONES] for one in found])}]")
    for one, own in zip(found, phones, strict=True):
        row = Row.__new__(Row)
        values = row.__dict__
        values.update(zip(_FIELDS, one, strict=True))
        values["phones"] = tuple([
            Phone(**phone) for phone in own
            if phone["number"] not in hidden or row.person_id in hidden[phone["number"]]
        ])  # fmt: skip
        values["groups"] = groups_of(values["groups"])
        values["skills"] = skills_of(values["skills"])
        values["tried"] = tuple(values["tried"].split())
        values["protected"] = values["protected"] == 1
        values["walk_in"] = values["walk_in"] == 1
        values["came"] = values["came"] == 1
        values["freed"] = values["freed"] == 1
        values["late"] = values["late"] == 1
        yield row


@lru_cache(maxsize=1024)
def groups_of(stored: str) -> tuple[GroupSeat, ...]:
    """A row's groups as they are stored; few are different, so they are kept."""
    return tuple(GroupSeat(**one) for one in json.loads(stored))


@lru_cache(maxsize=1024)
def skills_of(stored: str) -> tuple[str, ...]:
    """A row's skills as they are stored."""
    return tuple(json.loads(stored))


# As Row has them: from the list, from the register, from the attempts.
_OTHERWISE = {
    "phones": "CASE WHEN p.protected = 1 THEN '[]' WHEN :open AND p.id IS NOT NULL THEN "
    "(SELECT json_group_array(json_object('number', number, 'wrong',"
    " json(CASE wrong WHEN 1 THEN 'true' ELSE 'false' END), 'verified', verified)) FROM"
    " (SELECT number, wrong, verified FROM person_phone WHERE person_id = p.id"
    " ORDER BY callout DESC, rank, id)) ELSE c.phones END",
    "reason": "CASE WHEN c.twin_of IS NOT NULL AND c.selection = 'excluded' THEN 'same_person'"
    " ELSE c.reason END",
    "protected": "p.protected",
    "attempts": "ifnull(t.attempts, 0)",
    "tries": "ifnull(t.tries, 0)",
    "failed": "ifnull(t.failed, 0)",
    "tried": "ifnull(t.tried, '')",
    "last_attempt": "t.last_attempt",
    "called": "ifnull(t.called, 0)",
    "came": "t.turned_up > 0 AND t.called = 0",
    "late": "ifnull(s.late, 0)",
    "backed_out": "s.backed_out",
}
_FIELDS = tuple(Row.__dataclass_fields__)
_PHONES = _FIELDS.index("phones")
_SELECTED = ", ".join(_OTHERWISE.get(name, f"c.{name}") for name in _FIELDS)
_ROWS = """
SELECT {selected}
FROM callout c LEFT JOIN person p ON p.id = c.person_id
LEFT JOIN (
  SELECT callout_id, count(*) AS attempts,
    sum(episode = :episode AND NOT turned_up) AS called,
    sum(episode = :episode AND turned_up) AS turned_up,
    sum(failed AND round = :round) AS tries, sum(failed) AS failed,
    group_concat(CASE WHEN episode = :episode AND round = :round THEN number END, ' ') AS tried,
    max(CASE WHEN episode = :episode AND round = :round THEN happened END) AS last_attempt
  FROM (
    SELECT attempt.*, {turned_up} AS turned_up, episode = :episode AND answer IS NULL
      AND outcome NOT IN ('sms_sent', 'network_down')
      AND id > ifnull(max(CASE WHEN answer IS NOT NULL THEN id END)
        OVER (PARTITION BY callout_id), 0) AS failed
    FROM attempt WHERE activation_id = :activation AND {standing}
    ORDER BY callout_id, id
  )
  GROUP BY callout_id
) t ON t.callout_id = c.id
LEFT JOIN ({said_last}) s ON s.callout_id = c.id
WHERE c.activation_id = :activation AND ({which})
  AND (c.walk_in IS NULL OR c.selection = 'eligible' OR t.callout_id IS NOT NULL)
ORDER BY c.rank, c.id
"""

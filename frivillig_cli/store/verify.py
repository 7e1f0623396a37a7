"""Is the history whole, and do the tables say what it says?

The chain is counted through again, and the log is replayed from the first event: what it ends
in must be what stands in the tables, row by row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.store.connection import FAILURES
from frivillig_cli.store.events import Event, read_events
from frivillig_cli.store.findings import Finding, Findings
from frivillig_cli.store.history import Place, taken_back
from frivillig_cli.store.register import Register
from frivillig_cli.store.seal import OUTSIDE, Signed, link
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.triggers import DERIVED

SHOWN = 20
State = dict[str, dict[int, str | None]]


@dataclass(frozen=True)
class Mismatch:
    """A row whose image in the log (None: not there) differs from the one in its table."""

    table: str
    row: int
    logged: str | None
    stands: str | None

    @property
    def place(self) -> Place:
        """The row, as (table, id)."""
        return self.table, self.row


def verify(register: Register) -> Findings:
    """Check the chain, and the tables against the log. Nothing found: an empty tuple."""
    try:
        return (*_chain(register), *_outside(register), *_replay_findings(register))
    except (*FAILURES, RegisterError, LookupError, TypeError, ValueError) as error:
        return (unreadable(error),)


def unreadable(error: Exception) -> Finding:
    """What is found where the content is of another kind than any that is written here."""
    return Finding(
        "unreadable",
        _("The history cannot be read to its end ({what}).", what=type(error).__name__),
        _("Keep the file as it is, and restore a backup: frivillig backup list"),
    )


def _chain(register: Register) -> Iterator[Finding]:
    way_out = _("Compare with a backup, and restore it if you do not know why: frivillig restore")
    previous, last_seq, number = b"", 0, 0
    events = _Stream(register)
    for command in register._connection.execute("SELECT * FROM command ORDER BY id"):
        if command["id"] != number + 1:  # numbers are never used again, so a cut leaves a gap
            yield Finding("tail", _("A part of the history has been cut out."), way_out)
        signed = Signed(*(command[name] for name in Signed._fields))
        number = command["id"]
        expected = link(previous, number, signed, events.until(command["last_seq"]))
        if expected != command["chain"] or command["last_seq"] < last_seq:
            yield Finding(
                "chain",
                _("The history has been altered or damaged at command {id}.", id=number),
                way_out,
            )
            return  # every link after a broken one is broken
        previous, last_seq = command["chain"], command["last_seq"]
    newest = register.value("SELECT ifnull(max(seq), 0) FROM event")
    used = dict(map(tuple, register.rows("SELECT name, seq FROM sqlite_sequence")))
    if used.get("event", 0) > newest or used.get("command", 0) > number:
        yield Finding("tail", _("The end of the history has been cut off."), way_out)


class _Stream:
    """The events in order, handed out command by command."""

    def __init__(self, register: Register) -> None:
        self._events = read_events(register._connection)
        self._next = next(self._events, None)

    def until(self, last_seq: int) -> Iterator[Event]:
        while self._next is not None and self._next.seq <= last_seq:
            yield self._next
            self._next = next(self._events, None)


def _outside(register: Register) -> Iterator[Finding]:
    undone = taken_back(register)
    way_out = _("See what with: frivillig history")
    for command in register.rows("SELECT id, at FROM command WHERE name = ?", (OUTSIDE,)):
        if command["id"] not in undone:
            yield Finding(
                "outside",
                _(
                    "Another program has written in the register ({at}, number {id}).",
                    at=command["at"],
                    id=command["id"],
                ),
                way_out,
            )
    count = register.value(
        "SELECT count(*) FROM event WHERE seq > (SELECT ifnull(max(last_seq), 0) FROM command)"
    )
    if count:
        yield Finding(
            "outside",
            ngettext(
                "Another program has changed {n} row since the last command.",
                "Another program has changed {n} rows since the last command.",
                count,
            ),
            way_out,
        )


def _replay_findings(register: Register) -> Iterator[Finding]:
    found = mismatches(register)
    way_out = _("Compare with a backup, and restore it if you do not know why: frivillig restore")
    for mismatch in found[:SHOWN]:
        where = {"table": mismatch.table, "row": mismatch.row}
        if mismatch.logged is None:
            sentence = _("{table} {row} is there, but not in the history.", **where)
        elif mismatch.stands is None:
            sentence = _("{table} {row} is gone, and the history does not say so.", **where)
        else:
            sentence = _("{table} {row} is not as the history says.", **where)
        yield Finding("replay", sentence, way_out)
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        yield Finding(
            "replay", ngettext("… and {n} row more.", "… and {n} rows more.", more), way_out
        )


def mismatches(register: Register) -> list[Mismatch]:
    """The rows that stand otherwise than the log ends."""
    tables = Tables(register)
    state = _replay(register)
    found = []
    for table in tables.names:
        logged = state.pop(table, {})
        for row_id, stands in register._connection.execute(
            f'SELECT id, {tables.image(table, DERIVED)} FROM "{table}"'
        ):
            known = row_id in logged
            expected = logged.pop(row_id, None)
            # An image of None is one whose content was erased: it says nothing of the row.
            if not known or (expected is not None and not _same(expected, stands)):
                found.append(Mismatch(table, row_id, expected, stands))
        found += [Mismatch(table, row_id, text or "{}", None) for row_id, text in logged.items()]
    for table, logged in state.items():
        found += [Mismatch(table, row_id, text or "{}", None) for row_id, text in logged.items()]
    return found


def _replay(register: Register) -> State:
    """The rows as the log ends, as JSON text: a dict a row would take four times the room."""
    state: State = {}
    for event in read_events(register._connection):
        _seq, table, row_id, op, _at, before, after, _salt, _commitment = event
        rows = state.setdefault(table, {})
        if op == "i":
            rows[row_id] = after
        elif op == "d":
            rows.pop(row_id, None)
        else:
            earlier = rows.pop(row_id, None)
            changed = json.loads(after) if after else {}
            new_id = changed.pop("id", row_id)
            whole = None
            if earlier is not None and (before or after):
                whole = json.dumps(json.loads(earlier) | changed, ensure_ascii=False)
            rows[new_id] = whole
    return state


def _same(logged: str, stands: str) -> bool:
    if logged == stands:
        return True
    return _plain(logged) == _plain(stands)


def _plain(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    return {k: v for k, v in found.items() if v is not None and k not in DERIVED}

"""Taking a command back, from the history: planned first, refused where later work builds on it.

An undo is a command like any other, so it stands in the history and can be taken back itself:
that is redo. Repeated, undo walks further back, past undos and what already stands undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import SQLITE_CONSTRAINT_UNIQUE
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.store.failures import ConstraintError
from frivillig_cli.store.history import Change, Entry, Place, entry, history, taken_back
from frivillig_cli.store.register import Register
from frivillig_cli.store.seal import OUTSIDE
from frivillig_cli.store.settings import FEED_KEY
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.triggers import DERIVED

FOUNDING = ("init", "migrate")  # to take these back is to remove the file
# What has left the house cannot be taken back.
FINAL = {
    "letter send": N_("It was sent by e-mail, and what is sent is sent."),
    "restore": N_("A backup was put in its place; to go back, restore what was moved aside."),
}
# How far the state's feed was read, where nothing else became different: no work of anybody's. An
# undo goes past it, and takes it back with the sync before it.
MARK = "org sync (mark)"
SHOWN = 10
# What a row without a name is called.
_KINDS = {
    "org": N_("association"),
    "person": N_("person"),
    "contact": N_("office"),
    "person_phone": N_("phone number"),
    "survey_answer": N_("survey answer"),
    "survey_recipient": N_("survey form"),
    "merged": N_("merger"),
    "confirmation": N_("confirmation"),
    "setting": N_("setting"),
    "org_tag": N_("tag"),
    "org_umbrella": N_("umbrella"),
    "org_source": N_("entry from Brønnøysundregistrene"),
    "not_duplicate": N_("pair marked as two"),
    "person_skill": N_("skill"),
    "volunteer": N_("volunteer"),
    "agreement": N_("agreement"),
    "agreement_party": N_("party"),
    "agreement_contribution": N_("contribution"),
    "resource": N_("premises or equipment"),
    "response_group": N_("group"),
    "response_member": N_("group member"),
    "absence": N_("absence"),
    "other_duty": N_("other duty"),
    "plan_revision": N_("revision of the plan"),
    "planned_exercise": N_("planned exercise"),
    "printout": N_("printout"),
    "evaluation": N_("evaluation"),
    "action_item": N_("thing to do"),
    "survey": N_("survey"),
    "survey_file": N_("questionnaire written"),
    "survey_problem": N_("survey problem"),
    "letter_batch": N_("batch of letters"),
    "letter": N_("letter"),
    "activation": N_("call-out"),
    "activation_need": N_("need"),
    "callout": N_("call list row"),
    "attempt": N_("call"),
    "episode": N_("episode"),
    "callout_past": N_("call list row of an earlier episode"),
    "group_answer": N_("group that answered as one"),
    "expense": N_("expense"),
    "log_entry": N_("log entry"),
    "imported_file": N_("imported file"),
    "taken_in": N_("list taken in"),
}


@dataclass(frozen=True)
class UndoPlan:
    """What undoing `entry` would do, and why it cannot be done (empty when it can).

    Of the reasons no more than one above SHOWN is looked for: it says that there are others.
    """

    entry: Entry
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Net:
    """What a command did to one row, its steps taken together."""

    table: str
    row: int
    made: bool
    deleted: bool
    became: dict[str, Any]


def plan_undo(register: Register, command_id: int | None = None) -> UndoPlan:
    """What undoing the last command, or `command_id`, would take back. Raises RefusedError."""
    return _plan(register, command_id if command_id is not None else _last_done(register))


def plan_redo(register: Register) -> UndoPlan:
    """What redoing the last undone command would do. Raises RefusedError."""
    return _plan(register, _last_undo(register))


def undo(register: Register, command_id: int | None = None) -> Entry:
    """Take back the last command, or `command_id`, within the caller's transaction.

    Returns the entry that was taken back. Raises RefusedError, with the first reasons in its
    rows: at most SHOWN, and … for the rest.
    """
    return _carry_out(register, plan_undo(register, command_id))


def redo(register: Register) -> Entry:
    """Take back the last undo, within the caller's transaction; returns its entry."""
    return _carry_out(register, plan_redo(register))


def _last_done(register: Register) -> int:
    undone = taken_back(register)
    for command in register.rows(
        "SELECT id, name FROM command WHERE undoes IS NULL AND name NOT IN (?, ?) ORDER BY id DESC",
        (OUTSIDE, MARK),
    ):
        if command["name"] in FOUNDING:
            break
        if command["id"] not in undone:
            return int(command["id"])
    raise RefusedError(
        _("There is nothing to undo."), _("See what was done with: frivillig history")
    )


def _last_undo(register: Register) -> int:
    undone = taken_back(register)
    kinds: dict[int, bool] = {}  # command -> whether it is an undo (a redo undoes an undo)
    last = None
    for command in register.rows(
        "SELECT id, undoes FROM command WHERE name <> ? ORDER BY id", (MARK,)
    ):
        number, target = command["id"], command["undoes"]
        kinds[number] = target is not None and not kinds.get(target, False)
        if target is None:
            last = None  # new work since: what was undone before it stays undone
        elif kinds[number] and number not in undone:
            last = number
    if last is None:
        raise RefusedError(
            _("There is nothing to redo."), _("See what was done with: frivillig history")
        )
    return int(last)


def _plan(register: Register, command_id: int) -> UndoPlan:
    found = entry(register, command_id)
    reasons: dict[str, None] = {}
    for reason in _reasons(register, found):
        reasons[reason] = None
        if len(reasons) > SHOWN:
            break
    return UndoPlan(found, tuple(reasons))


def _carry_out(register: Register, plan: UndoPlan) -> Entry:
    found = plan.entry
    if plan.reasons:
        raise _refused(
            found, [*plan.reasons[:SHOWN], *(["…"] if len(plan.reasons) > SHOWN else [])]
        )
    assert found.id is not None
    register.undoes(found.id)
    tables = Tables(register)
    for change in reversed(found.changes):
        try:
            _reverse(tables, change)
        except ConstraintError as error:
            if error.kind != SQLITE_CONSTRAINT_UNIQUE:
                raise
            raise _refused(found, list(_place_taken(tables, change))) from error
    return found


def _refused(found: Entry, reasons: list[str]) -> RefusedError:
    return RefusedError(
        _("«{command}» (number {id}) cannot be undone.", command=found.command, id=found.id),
        _("See what came after it with: frivillig history"),
        reasons,
    )


def _place_taken(tables: Tables, change: Change) -> Iterator[str]:
    """That another has what a row would have again, of which there is only one."""
    known = (tables.row(change.table, change.row) or {}) | change.before
    if change.table == "letter" and known.get("document"):
        yield _("Document {number} of case {case} is another letter's by now.",
                number=known["document"], case=known["case_number"])  # fmt: skip
        option = "" if "sent" in change.before else " --first-document N"
        yield _("Give it another number: {command}",
                command=f"frivillig letter sent {known['batch_id']}{option}")  # fmt: skip
        return
    place = Net(change.table, change.row, False, False, dict(change.before))
    yield _("Something else is in the place of {what} by now.", what=_label(tables, place))


def _reverse(tables: Tables, change: Change) -> None:
    register, table = tables.register, change.table
    columns = tables.columns(table)
    if change.op == "insert":
        register.delete(table, change.row)
    elif change.op == "delete":
        before = {name: change.before.get(name) for name in columns} | {"id": change.row}
        register.insert(table, **{name: columns[name].stored(before[name]) for name in columns})
    else:
        values = {name: columns[name].stored(value) for name, value in change.before.items()}
        register.update(table, change.after.get("id", change.row), **values)


def net(changes: tuple[Change, ...]) -> dict[Place, Net]:
    """A command's changes, row by row, by where each row ended."""
    found: dict[Place, Net] = {}
    for change in changes:
        place = (change.table, change.row)
        earlier = found.pop(place, None)
        made = change.op == "insert" or bool(earlier and earlier.made)
        # Deleted and made again under the same id: something was there before.
        made = made and not (earlier and earlier.deleted and not earlier.made)
        after = change.after
        row = int(after.get("id", change.row))
        became = {**(earlier.became if earlier and change.op == "update" else {}), **after}
        found[change.table, row] = Net(change.table, row, made, change.op == "delete", became)
    return found


def _reasons(register: Register, found: Entry) -> Iterator[str]:
    if found.undone_by is not None:
        yield _("It is undone already, by number {id}.", id=found.undone_by)
        return
    if found.command in FOUNDING:
        yield _("It made the register itself.")
        return
    if found.command in FINAL:
        yield _(FINAL[found.command])
        return
    tables = Tables(register)
    for change in found.changes:
        reason = _never(change, tables)
        if reason:
            yield reason
            return
    rows = net(found.changes)
    for row in rows.values():
        yield from _later(tables, row, rows)


def _never(change: Change, tables: Tables) -> str:
    """Why a change can never be taken back, or nothing."""
    if change.erased:
        return _("What it recorded of a person has been erased.")
    known = change.table in tables.names
    if not known or (change.before | change.after).keys() - tables.columns(change.table).keys():
        return _("It was made by another version of the program.")
    if change.table in tables.append_only:
        return _("It is in the log, and what is logged is never rewritten; correct it instead.")
    return ""


def _later(tables: Tables, row: Net, rows: dict[Place, Net]) -> Iterator[str]:
    """What has been done since that stands in the way of one row."""
    now = tables.row(row.table, row.row)
    if row.deleted:
        if now is not None:
            yield _("{what} has been made anew since.", what=_label(tables, row))
    elif now is None:
        yield _("{what} has been deleted since{by}.", what=_label(tables, row), by=_by(tables, row))
    else:
        columns = tables.columns(row.table)
        wanted = {name: row.became.get(name) for name in (columns if row.made else row.became)}
        wanted = {name: value for name, value in wanted.items() if name not in DERIVED}
        changed = any(now.get(name) != value for name, value in wanted.items() if name != "id")
        # from an earlier place the feed is only read once more
        if changed and (row.table, now.get("key")) != ("setting", FEED_KEY):
            what = _label(tables, row)
            yield _("{what} has been changed since{by}.", what=what, by=_by(tables, row))
        if row.made:
            yield from _dependants(tables, row, rows)
        if row.made and row.table == "letter":
            yield from _in_outbox(tables.register, row.row)


def _dependants(tables: Tables, row: Net, rows: dict[Place, Net]) -> Iterator[str]:
    for table, column in tables.references.get(row.table, []):
        sql = f'SELECT id FROM "{table}" WHERE "{column}" = ?'
        for (number,) in tables.register.rows(sql, (row.row,)):
            own = rows.get((table, number))
            if own is None or not (own.made or column in own.became):
                by = _by(tables, Net(table, number, False, False, {}))
                what = _label(tables, row)
                yield _("Something has come to build on {what} since{by}.", what=what, by=by)
                return


def _in_outbox(register: Register, letter: int) -> Iterator[str]:
    """That a letter is on its way, or has been, and what is to be done first."""
    sql = (
        "SELECT l.batch_id, m.state FROM letter_mail m JOIN letter l ON l.id = m.letter_id"
        " WHERE m.letter_id = ?"
    )
    for batch, state in register.rows(sql, (letter,)):
        send = f"frivillig letter send {batch}"
        if state == "queued":
            yield _("Letters of batch {id} lie in the outbox. Take them out of it first: {command}",
                    id=batch, command=f"{send} --withdraw")  # fmt: skip
        elif state == "sending":
            yield _("It is in doubt whether letters of batch {id} were sent. Settle it: {command} "
                    "(or again)",
                    id=batch, command=f"{send} --in-doubt sent")  # fmt: skip
        elif state == "refused":
            yield _("The mail server has refused letters of batch {id}, and that is kept.",
                    id=batch)  # fmt: skip
        else:
            yield _(FINAL["letter send"])


def _label(tables: Tables, row: Net) -> str:
    """The row as a person knows it: by its name or title, or whose it is; else table and id."""
    known = (tables.row(row.table, row.row) or {}) | row.became
    for owner in ("org", "person"):
        if known.get(f"{owner}_id") and "name" not in known:
            known |= {"name": (tables.row(owner, int(known[f"{owner}_id"])) or {}).get("name")}
    name = known.get("title") or known.get("name")
    if name:
        return f"«{name}»"
    kind = _KINDS.get(row.table)
    return f"{_(kind) if kind else row.table} {row.row}"


def _by(tables: Tables, row: Net) -> str:
    later = history(tables.register, table=row.table, row=row.row, limit=1)
    if not later or later[0].outside:
        return ""
    return _(", by «{command}» (number {id})", command=later[0].command, id=later[0].id)

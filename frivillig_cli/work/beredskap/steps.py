"""Stand-down, arrivals, corrections of the list, the log. Inside the caller's transaction."""

from __future__ import annotations

import shlex
from datetime import datetime

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import AmbiguousError, ChoiceError, NotFoundError, RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import fold
from frivillig_cli.records.activation import (
    actions,
    episodes,
    list_actions,
    queries,
    row_actions,
    selection,
    states,
)
from frivillig_cli.records.activation.actions import NewEntry, needed_text
from frivillig_cli.records.activation.began import check_at
from frivillig_cli.records.activation.calling import Said
from frivillig_cli.records.activation.model import LOG_WORDS, LogEntry, Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS, Attempt
from frivillig_cli.records.activation.times import check_happened
from frivillig_cli.records.person import queries as people
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import group_answers, outsiders, present, roster, twins
from frivillig_cli.work.beredskap.view import View, find_row, load


def end(
    register: Register, activation_id: int, *, by: str, force: bool, reason: str | None,
    now: datetime,
) -> View:  # fmt: skip
    """Wind up: closed when everybody is told and home (or by force), else standing down.

    Raises RefusedError where it is closed already, and where it is standing down and somebody is
    still out: nothing moves then.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    states.require_open(activation.number, activation.state)
    names = _still_out(view)
    if not names:
        to, text = "closed", _("Closed. Everybody is told and home.")
    elif force:
        why = needed_text(register, reason, _("reason"))
        to, text = "closed", _("Closed all the same: {why}. Not reported home: {names}.", why=why,
                               names=names)  # fmt: skip
    elif activation.state == "active":
        to, text = "standing_down", _("Standing down. To be told and brought home: {names}.",
                                      names=names)  # fmt: skip
    else:
        raise _not_home(
            view,
            _("Report them with: frivillig beredskap leave PERSON --home. Or close it all the same"
              " with: frivillig beredskap end --force --reason …"),
        )  # fmt: skip
    if reason and not (names and force):
        text += " " + _("Why: {why}", why=needed_text(register, reason, _("reason")))
    actions.set_state(register, activation, to, now=now)
    actions.write_log(register, activation, NewEntry("stand_down", text, by), now=now)
    return load(register, activation_id, now)


def cancel(register: Register, activation_id: int, *, by: str, reason: str, now: datetime) -> View:
    """Call it off: it was set off by mistake. While anybody is out it is standing down first.

    Nobody is called from then on; it is cancelled once they are told and home, and this is said
    again. Of a later episode what took place before stands: it is closed then. Raises RefusedError
    where it is over, and where it is standing down and somebody is out.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    why = needed_text(register, reason, _("reason"))
    states.step(activation.number, activation.state, "cancelled")
    names = _still_out(view)
    if not names and activation.episode > 1:
        text = _("Episode {n} is called off: {why}.", n=activation.episode, why=why)
        to, entry = "closed", NewEntry("decision", text, by)
    elif not names:
        to, entry = "cancelled", NewEntry("decision", _("Cancelled: {why}.", why=why), by)
    elif activation.state == "active":
        text = _("Called off: {why}. To be told and brought home: {names}.", why=why, names=names)
        to, entry = "standing_down", NewEntry("stand_down", text, by)
    else:
        raise _not_home(
            view,
            _("Report them with: frivillig beredskap leave PERSON --home. Then:"
              " frivillig beredskap cancel --reason …"),
        )  # fmt: skip
    actions.set_state(register, activation, to, now=now, called_off=True)
    actions.write_log(register, activation, entry, now=now)
    return load(register, activation_id, now)


def _still_out(view: View) -> str:
    """Those who must be told and brought home, those whom groups have not named among them."""
    return ", ".join([*(row.name for row in view.out), *group_answers.unnamed_lines(view).values()])


def _not_home(view: View, way_out: str) -> RefusedError:
    """How many are still out; who they are stands in a line for each."""
    width = max((len(row.ref) for row in view.out), default=0)
    unnamed = sum(n for _name, n in group_answers.unnamed(view).values())
    return RefusedError(
        ngettext(
            "{n} is not reported home yet.",
            "{n} are not reported home yet.",
            len(view.out) + unnamed,
        ),
        way_out,
        [
            *(f"{row.ref:>{width}}  {row.name}" for row in view.out),
            *group_answers.out_lines(view, width),
        ],
    )


def reopen(register: Register, activation_id: int, *, by: str, reason: str, now: datetime) -> View:
    """Call people in again. After a close it is a new episode of the same activation."""
    view = load(register, activation_id, now)
    activation = view.activation
    why = needed_text(register, reason, _("reason"))
    if activation.state == "active":
        states.step(activation.number, "active", "active")
    if activation.state == "closed":
        episodes.keep(register, activation, view.rows, view.needs)
    episodes.free_seats(register, view.rows)
    actions.set_state(register, activation, "active", now=now)
    entry = NewEntry("decision", _("Opened again: {why}.", why=why), by)
    actions.write_log(register, activation, entry, now=now)
    if activation.state == "closed":
        group_answers.bring(register, view, by=by, now=now)
    return present.seat(register, load(register, activation_id, now), by=by, now=now)


def arrive(
    register: Register, activation_id: int, ref: str, *, by: str, at: datetime | None,
    now: datetime, in_time: bool = False, before: bool = False,
) -> tuple[Row, View]:  # fmt: skip
    """Somebody has come. One who had not answered, or was to come later, has thereby said yes.

    `in_time`: it is taken in afterwards, and they came before the stand-down. `before`: they came
    in an episode that is over, and have said nothing in this one.
    """
    view = load(register, activation_id, now)
    if not in_time:
        states.require_open(view.activation.number, view.activation.state)
    row = find_row(view, ref)
    check_at(register, view.activation, at, now)
    view.must_be_listed(row)
    active = view.activation.state == "active"
    said = ("yes", "reserve") if active else ("yes", "reserve", "later")
    unsaid = row.answer not in said and row.deployment in (None, "on_way") and not before
    again = row.left and active
    if unsaid or again or row.deployment == "no_show":
        attempt = Attempt(Said("in_person", "yes"), by, at or now, in_time=in_time)
        row_actions.record(register, view.activation, view.rows, row, attempt, now=now)
        view = load(register, activation_id, now)
        row = find_row(view, str(row.row_code))
        if alike := [one for one in twins.coming_too(row, view) if one.alike]:
            told = NewEntry("observation", twins.log_text(row, alike), by, at)
            actions.write_log(register, view.activation, told, now=now)
    return _deploy(register, view, row, "on_site", by, at, now)


def leave(
    register: Register, activation_id: int, ref: str, to: str, *, by: str, at: datetime | None,
    now: datetime,
) -> tuple[Row, View]:  # fmt: skip
    """Somebody is released (told that they may go), home safe, or never came (`to`).

    Also when it is over or was called off: they may not have been told by then.
    """
    view = load(register, activation_id, now)
    check_at(register, view.activation, at, now)
    return _deploy(register, view, find_row(view, ref), to, by, at, now)


def _deploy(
    register: Register, view: View, row: Row, to: str, by: str, at: datetime | None, now: datetime
) -> tuple[Row, View]:
    row_actions.deploy(register, view.activation, row, to)
    text = f"{row.name}: {_(DEPLOYMENT_WORDS[to])}"
    kind = "action" if to == "on_site" else "stand_down"
    entry = NewEntry(kind, text, by, at, sender=row.name, row=row.id)
    actions.write_log(register, view.activation, entry, now=now)
    after = present.seat(register, load(register, view.activation.id, now), by=by, now=now)
    return after.by_id[row.id], after


def exclude(
    register: Register, activation_id: int, ref: str, *, by: str, reason: str | None, now: datetime
) -> tuple[Row, View]:
    """Leave somebody out by hand."""
    view = load(register, activation_id, now)
    states.require_open(view.activation.number, view.activation.state)
    row = find_row(view, ref)
    list_actions.exclude(register, row)
    text = _("{name} is left out.", name=row.name)
    rows = load(register, activation_id, now).rows
    outsiders.settle_without(register, view.activation, rows)
    pays = outsiders.told_without(view.activation, queries.get(register, activation_id))
    return row, _log_choice(register, view, f"{text} {pays}" if pays else text, reason, by, now)


def include(
    register: Register, activation_id: int, ref: str, *, by: str, reason: str | None, now: datetime
) -> tuple[Row, View]:
    """Take in somebody who was left out, or put one of the register's people on the list.

    What would keep them off is said in the log, with the reason for taking them in, which is
    required then. Refuses one under 18. One without a number is never called; with a reason they
    are taken in all the same, since they may be standing there.
    """
    view = load(register, activation_id, now)
    states.require_open(view.activation.number, view.activation.state)
    row, person_id = _anybody(register, view, ref)
    if row and row.selection == "eligible":
        raise RefusedError(
            _("{name} is on the list already.", name=row.name),
            _("See it with: frivillig beredskap status"),
        )
    if row and person_id is None:
        list_actions.restore(register, view.activation, row)
        text = _("{name} is taken in.", name=row.name)
        return row, _log_choice(register, view, text, reason, by, now)
    person, against = roster.one_person(register, person_id, now=now)
    if against == "minor" or (against == "no_number" and not reason):
        raise RefusedError(
            _("{name} cannot be taken in: {why}.", name=person.name,
              why=_(selection.REASON_WORDS[against])),
            _("Correct it in the register first: frivillig person show {id}", id=person_id)
            if against == "minor"
            else _("Add it with: frivillig person edit {id} --phone NUMBER. If they are here, say"
                   " so: frivillig beredskap include {id} --reason …", id=person_id),
        )  # fmt: skip
    before = (row.reason if row else None) or against
    if before not in (None, "manual", "no_number"):
        needed_text(register, reason, _("reason"))
    if row:
        list_actions.include(register, view.activation, row, person)
    else:
        list_actions.add_row(register, view.activation, view.rows, person)
    text = _("{name} is taken in.", name=person.name)
    if before:
        text += " " + _("Was left out: {why}.", why=_(selection.REASON_WORDS[before]))
    outsiders.settle(register, view.activation, person.groups, now=now)
    activation = queries.get(register, activation_id)
    pays = outsiders.told(view.activation, activation, person.name, person.groups)
    if pays:
        text += " " + pays
    rows = load(register, activation_id, now).rows
    there = next(one for one in rows if one.person_id == person_id and one.twin_of is None)
    after = _log_choice(register, view, text, reason, by, now, there.id)
    return after.by_id[there.id], after


def _anybody(register: Register, view: View, ref: str) -> tuple[Row | None, int | None]:
    """The row and the person that `ref` names, on the list or in the register.

    A walk-in may be no person of the register; one of the register may have no row.
    """
    listed = {row.person_id: row for row in view.rows if row.twin_of is None}
    try:
        row = find_row(view, ref)
        return listed.get(row.person_id, row) if row.person_id else row, row.person_id
    except RefusedError as not_listed:
        try:
            person_id = people.person_id(register, ref)
            return listed.get(person_id), person_id
        except AmbiguousError:
            if isinstance(not_listed, NotFoundError):
                raise
            raise not_listed from None
        except RefusedError as nobody:
            if not isinstance(not_listed, NotFoundError) or not fold(ref) or ref.strip().isdigit():
                raise not_listed from None
            name = shlex.quote(echo(" ".join(ref.split())))
            raise NotFoundError(
                _("Nobody on the list of {number} or in the register is called «{text}».",
                  number=view.activation.number, text=echo(ref)),
                _("If they are here: {walk_in}. To have them in the register first: {add}",
                  walk_in=f"frivillig beredskap arrive {name} --walk-in",
                  add=f"frivillig volunteer add {name}"),
            ) from nobody  # fmt: skip


def _log_choice(
    register: Register, view: View, text: str, reason: str | None, by: str, now: datetime,
    row: int | None = None,
) -> View:  # fmt: skip
    if reason:
        text += " " + _("Why: {why}", why=needed_text(register, reason, _("reason")))
    entry = NewEntry("decision", text, by, row=row)
    actions.write_log(register, view.activation, entry, now=now)
    return load(register, view.activation.id, now)


def write_log(
    register: Register, activation_id: int, entry: NewEntry, *, now: datetime
) -> LogEntry:
    """Add a line to the log, also when all is over. A correction names a line that is there.

    Raises RefusedError where it does not, and for a type that there is not.
    """
    activation = queries.get(register, activation_id)
    if entry.type not in LOG_WORDS:
        raise ChoiceError(
            _("There is no log type “{type}”.", type=echo(entry.type)),
            _("Choose one of: {known}.", known=", ".join(LOG_WORDS)),
        )
    if entry.supersedes is not None:
        known = [line.seq for line in queries.log(register, activation_id)]
        if entry.supersedes not in known:
            raise RefusedError(
                _("The log of {number} has no entry {seq}.", number=activation.number,
                  seq=entry.supersedes),
                _("See it with: frivillig beredskap log"),
            )  # fmt: skip
    check_happened(entry.happened, now)
    protected.refuse(register, entry.text, entry.sender, entry.receiver)
    return actions.write_log(register, activation, entry, now=now)

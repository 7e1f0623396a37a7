"""A group that answers as one: its leader says how many come, and the names are filled in later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.activation import actions, during_queries, list_actions, states
from frivillig_cli.records.activation import needs as need_rules
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.records.activation.began import check_at
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import GroupAnswer, Need
from frivillig_cli.records.activation.times import coming_time
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import present
from frivillig_cli.work.beredskap.need_lines import needs_line
from frivillig_cli.work.beredskap.view import View, load


@dataclass(frozen=True)
class Promise:
    """What a leader promised: `coming` of `asked`, for a need, from when; times in UTC."""

    coming: int
    caller: str
    asked: int | None = None
    skill: str | None = None
    eta: datetime | None = None
    at: datetime | None = None


def record(
    register: Register, activation_id: int, group_id: int, promise: Promise, *, now: datetime
) -> View:
    """Store what a group's leader promised. It counts for one need, as far as that is open.

    Each member who is named afterwards (`call PERSON yes`) takes the place of one promised. What
    the same group says later replaces it. Raises RefusedError and InvalidValueError.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    if promise.coming:
        states.require_active(activation.number, activation.state)
    elif activation.state != "closed" or group_id not in unnamed(view):
        # from the stand-down on a leader can still say that all of them are home
        states.require_open(activation.number, activation.state)
    check_at(register, activation, promise.at, now)
    names = {seat.id: seat.name for row in view.rows for seat in row.groups}
    if group_id not in names:
        raise RefusedError(
            _("That group is not on the list of {number}.", number=activation.number),
            _("These are: {known}.", known=", ".join(sorted(set(names.values()))) or "–"),
        )
    if promise.asked is not None and promise.coming > promise.asked:
        raise InvalidValueError(
            _("{n} of {total} cannot be.", n=promise.coming, total=promise.asked),
            _("Write how many come, and of how many: --coming 8 --of 14"),
            field="coming",
        )
    _must_be_so_many(view, group_id, names[group_id], promise.coming)
    before = next((one for one in view.told if one.group_id == group_id), None)
    if promise.coming or promise.skill or before is None:
        need = _need(view, promise.skill)
    else:  # none of them, whatever they were to come for
        need = before.need_id
    list_actions.promise(
        register, activation, group_id, names[group_id], need, promise.coming, promise.asked,
        eta=promise.eta, caller=promise.caller, happened=promise.at or now, now=now,
    )  # fmt: skip
    after = load(register, activation_id, now)
    text = " ".join([line(after, group_id), *replaced(view, after, group_id)])
    entry = NewEntry("answer", text, promise.caller, promise.at, sender=names[group_id])
    actions.write_log(register, activation, entry, now=now)
    return present.seat(register, after, by=promise.caller, now=now)


def replaced(before: View, after: View, group_id: int) -> list[str]:
    """What a group's leader said before, where it counts no more; empty: nothing."""
    known = next((one for one in before.told if one.group_id == group_id and one.coming), None)
    now = next((one for one in after.told if one.group_id == group_id), None)
    if known is None or now is None or now.home_since(after.activation.stood_down):
        return []
    return [_("It stands in the place of: {report}.", report=line(before, group_id))]


def _must_be_so_many(view: View, group_id: int, name: str, coming: int) -> None:
    """A slip of the finger (30 for 3) would cover the need; nobody else is rung then."""
    size = sum(any(seat.id == group_id for seat in row.groups) for row in view.rows)
    if coming <= size:
        return
    raise InvalidValueError(
        _("{n} cannot come: {group} has {size} on the list of {number}.", n=coming, group=name,
          size=size, number=view.activation.number),
        _("Write how many of those come. Put others on the list: frivillig beredskap include"
          " PERSON. Take in the rest when they are there: frivillig beredskap arrive NAME"
          " --walk-in"),
        field="coming",
    )  # fmt: skip


def take_back(
    register: Register, activation_id: int, group_id: int, *, by: str, now: datetime
) -> tuple[str, View]:
    """Take back what a group's leader said last: what they said before stands, if anything.

    Returns what was taken back, and the activation after it. Raises RefusedError.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    states.require_open(activation.number, activation.state)
    told = next((one for one in view.told if one.group_id == group_id), None)
    if told is None:
        raise RefusedError(
            _("No leader has reported anything of that group."),
            _("Write how many come: frivillig beredskap call --group GROUP --coming 8 --of 14"),
        )
    what = line(view, group_id)
    list_actions.take_back_promise(register, activation, told, caller=by, now=now)
    text = _("«{what}» was written by mistake.", what=what)
    seq = during_queries.entry_of_group(register, activation_id, told.group_name, told.registered)
    entry = NewEntry("correction", text, by, supersedes=seq)
    actions.write_log(register, activation, entry, now=now)
    return what, present.seat(register, load(register, activation_id, now), by=by, now=now)


def bring(register: Register, before: View, *, by: str, now: datetime) -> None:
    """Let those without a name who were still out belong to the episode that has begun.

    `before` is how it stood when it was closed. The leader's word is the same, of those who are
    left of it; who are out by name are among them, and are named already.
    """
    left = {one.group_id: _unnamed(before, one) for one in before.told}
    if not any(left.values()) or before.activation.kind == "contact_test":
        return
    view = load(register, before.activation.id, now)
    brought = [one for one in before.told if left[one.group_id]]
    others = need_rules.taken(need_rules.promised(brought, before.needs), view.rows)
    for one in brought:
        need = _need_of(before, one)
        skill = need.skill if need else None
        but = others.get(one.group_id, ())
        known = need_rules.named(view.rows, one.group_id, one.need_id, skill, but)
        list_actions.promise(
            register, view.activation, one.group_id, one.group_name, one.need_id,
            left[one.group_id] + known, one.asked,
            eta=datetime.fromisoformat(one.eta) if one.eta else None, caller=one.caller,
            happened=datetime.fromisoformat(one.happened), now=now,
        )  # fmt: skip
    text = _("Called in before, and not reported home: {names}.",
             names=", ".join(unnamed_lines(before).values()))  # fmt: skip
    actions.write_log(register, view.activation, NewEntry("observation", text, by), now=now)


def reported(view: View, row: Row) -> list[str]:
    """What the leaders of somebody's groups have reported, for whoever is to ring them."""
    own = {seat.id for seat in row.groups} & view.answered_groups
    return [
        _("The leader has reported {report}. It is not enough: ask them too.",
          report=line(view, group))
        for group in sorted(own)
    ]  # fmt: skip


def line(view: View, group_id: int) -> str:
    """`Omsorg: 8 of 14 come, there 03:55 · 3 named`: what a group has promised, in one line.

    Those who have said yes beyond what was promised are told apart.
    """
    told = next(one for one in view.told if one.group_id == group_id)
    if told.home_since(view.activation.stood_down):
        return f"{told.group_name}: " + _("all of them are told and home")
    text = (
        ngettext("{n} comes", "{n} come", told.coming)
        if told.asked is None
        else ngettext("{n} of {total} comes", "{n} of {total} come", told.coming, total=told.asked)
    )
    if told.eta:
        text += ", " + _("there {time}", time=coming_time(told.eta, told.happened))
    need = _need_of(view, told)
    if need and need.skill:
        text += f" · {need.skill}"
    known = named(view, group_id)
    text += " · " + _("{n} named", n=min(known, told.coming))
    if more := max(0, known - told.coming):
        text += ", " + ngettext("{n} more has said yes", "{n} more have said yes", more)
    need_skill = need.skill if need else None
    if gone := need_rules.backed_out(
        view.rows,
        group_id,
        told.need_id,
        need_skill,
        told.registered,
        view.taken.get(group_id, ()),
    ):
        text += ", " + ngettext("{n} does not come after all", "{n} do not come after all", gone)
    if gone := lost(view, told):
        text += ", " + ngettext(
            "{n} is not counted: no more of them can come",
            "{n} are not counted: no more of them can come",
            gone,
        )
    return f"{told.group_name}: {text}"


def not_kept(after: View, before: View | None = None) -> list[str]:
    """What was promised and does not count, as those who could have come have said no; with how it
    stood `before`, what counts no more.
    """
    was = {one.group_id: lost(before, one) for one in before.told} if before else {}
    return [
        _("{report}. Ask their leader how many come.", report=line(after, one.group_id))
        for one in after.told
        if lost(after, one) > was.get(one.group_id, 0)
    ]


def unnamed(view: View) -> dict[int, tuple[str, int]]:
    """The groups that have promised more than are named, by id: the name, and how many more."""
    if view.activation.kind == "contact_test":
        return {}
    left = {one.group_id: (one.group_name, _unnamed(view, one)) for one in view.told}
    return {group: (name, n) for group, (name, n) in left.items() if n > 0}


def unnamed_lines(view: View) -> dict[int, str]:
    """The same as it is said: `Omsorg (5 without a name)`."""
    return {
        group: _("{group} ({n} without a name)", group=name, n=n)
        for group, (name, n) in unnamed(view).items()
    }


def out_lines(view: View, width: int = 0) -> list[str]:
    """Those groups, each with how to say that all of them are home."""
    return [
        f"{'':>{width}}  {who}: frivillig beredskap call --group {group} --coming 0"
        for group, who in unnamed_lines(view).items()
    ]


def named(view: View, group_id: int) -> int:
    """How many have said yes by name who can be of those that a group has promised."""
    told = next(one for one in view.told if one.group_id == group_id)
    need = _need_of(view, told)
    skill, but = need.skill if need else None, view.taken.get(group_id, ())
    return need_rules.named(view.rows, group_id, told.need_id, skill, but)


def _unnamed(view: View, told: GroupAnswer) -> int:
    need = _need_of(view, told)
    skill, but = need.skill if need else None, view.taken.get(told.group_id, ())
    return need_rules.unnamed(told, view.rows, told.group_id, told.need_id, skill, but)


def lost(view: View, told: GroupAnswer) -> int:
    """How many of those promised cannot come, since too few of the group are left who could."""
    need = _need_of(view, told)
    skill, but = need.skill if need else None, view.taken.get(told.group_id, ())
    return need_rules.not_kept(told, view.rows, told.group_id, told.need_id, skill, but)


def _need_of(view: View, told: GroupAnswer) -> Need | None:
    return next((need for need in view.needs if need.id == told.need_id), None)


def _need(view: View, skill: str | None) -> int | None:
    fitting = [
        need for need in view.needs
        if skill is None or (need.skill and need_rules.fits([skill], need.skill))
    ]  # fmt: skip
    if skill and not fitting:
        raise RefusedError(
            _("No need of “{skill}” was stated.", skill=echo(skill)),
            _("The needs are: {needs}", needs=needs_line(view)),
        )
    if len(fitting) > 1:
        anyone = [need for need in fitting if need.skill is None]
        if len(anyone) != 1:
            raise RefusedError(
                _("What do they come for?"),
                _("Say it with --for SKILL. The needs are: {needs}", needs=needs_line(view)),
            )
        fitting = anyone
    return fitting[0].id if fitting else None

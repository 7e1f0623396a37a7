"""Whether those who are left to call can be enough, and what to do where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.records.activation import calling
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import useful
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.activation.times import clock_time, coming_time
from frivillig_cli.work.beredskap import group_answers
from frivillig_cli.work.beredskap.left import can_be_called
from frivillig_cli.work.beredskap.view import View


def outlook(view: View) -> str:
    """How many calls should do, or that they may not be enough, or cannot be; empty: no need."""
    left = sum(view.left.values())
    if not view.needs or view.covered:
        return ""
    if view.lacking:
        return ngettext(
            "not enough: {n} will be missing though all who are left say yes",
            "not enough: {n} will be missing though all who are left say yes",
            view.lacking,
        )
    if view.to_call > left:
        return ngettext(
            "calling the one who is left may not be enough",
            "calling all {n} who are left may not be enough",
            left,
        )
    return _("calling {n} should do", n=view.to_call)


def missing(view: View) -> str:
    """That those who are left cannot be enough, as a sentence."""
    return _("It is not enough: {n} will be missing though all who are left say yes.",
             n=view.lacking)  # fmt: skip


def ways(view: View) -> list[str]:
    """What to do where those who are left cannot be enough; nothing where they can."""
    if not view.lacking or view.activation.state != "active":
        return []
    return [
        *_of_the_list(view),
        _("More people can be put on the list with: frivillig beredskap include PERSON. Other"
          " groups: frivillig beredskap activate TITLE --continues {number} --group GROUP",
          number=view.activation.number),
        _("Say at once to those who lead the crisis that it is not enough: other organisations, the"
          " neighbouring municipality or the Civil Defence may have people."),
    ]  # fmt: skip


def _of_the_list(view: View) -> list[str]:
    """Whom of the list there may be more to get from: those not reached, in doubt, left out."""
    found = []
    if any(_given_up(row, view.now) for row in view.eligible):
        found.append(_("Another round for those not reached: frivillig beredskap next --new-round"))
    doubt = ("last_resort", "later", "unclear")
    willing = [
        _perhaps(row)
        for row in view.eligible
        if row.answer in doubt and not can_be_called(row, view.now)
    ]  # who can be called is counted among those who are left
    if willing:
        found.append(_("May come after all: {names}.", names=", ".join(willing)))
    gone = [
        row.name for row in view.eligible
        if row.deployment in ("released", "relieved", "home_safe")
        and row.answer in ("yes", "later", "reserve") and useful(row.skills, view.needs)
    ]  # fmt: skip
    if gone and not view.covered:
        found.append(
            _("Have been in and left, and can be asked again: {names}. Then: {command}",
              names=", ".join(gone),
              command=typed(f"frivillig beredskap call PERSON {calling.as_typed('yes')}"))
        )  # fmt: skip
    found += group_answers.not_kept(view)
    if away := called_in_elsewhere(view.eligible, view.elsewhere):
        found.append(away)
    if view.free_again:
        found.append(
            _("Free again after another call-out: {names}. Take them in with: {command}",
              names=", ".join(row.name for row in view.free_again),
              command=typed("frivillig beredskap include PERSON --reason …"))
        )  # fmt: skip
    if view.excluded:
        found.append(
            ngettext("{n} is left out; take them in: frivillig beredskap include PERSON",
                     "{n} are left out; take one in: frivillig beredskap include PERSON",
                     len(view.excluded))
        )  # fmt: skip
    return found


def _given_up(row: Row, now: datetime | None) -> bool:
    """Whether somebody was tried in vain so often that only another round reaches them."""
    asked_first = row.answer == "reserve" or (now is not None and calling.can_come(row, now))
    return row.contact == "given_up" or (asked_first and row.tries >= calling.MOST_TRIES)


def _perhaps(row: Row) -> str:
    """One who may come after all: by name, and from when they can or that they were unsure."""
    if row.answer == "unclear":
        return f"{row.name} ({_(calling.ANSWER_WORDS['unclear'])})"
    if row.answer == "later" and row.eta:
        return f"{row.name} ({_('from {time}', time=coming_time(row.eta, None))})"
    return row.name


def kept_off(view: View) -> list[str]:
    """Who would be left out by what the register says now, and what to do; empty: nobody."""
    names = [
        f"{row.name} ({_(REASON_WORDS[view.kept_off[row.id]])})"
        for row in view.eligible
        if row.id in view.kept_off and not row.left and row.answer not in ("no", "withdrew")
    ]
    if not names:
        return []
    return [
        _("By the register now: {names}. Leave them out with: {command}", names=", ".join(names),
          command=typed("frivillig beredskap exclude PERSON --reason …"))
    ]  # fmt: skip


def called_in_elsewhere(rows: Iterable[Row], numbers: Mapping[int, str]) -> str:
    """Who of the rows is called in to another call-out, `numbers` by row; empty: nobody."""
    names = [f"{r.name} ({numbers[r.id]})" for r in rows if r.id in numbers and not r.called_in]
    return _("Called in to another call-out: {names}.", names=", ".join(names)) if names else ""


def nobody_left(view: View, now: datetime, caller: str) -> RefusedError:
    """What is missing, that it is not enough, and each thing that can be done about it."""
    rows = view.eligible
    ways_out = []
    if view.lacking:
        ways_out.append(missing(view))
    waiting = [
        row for row in rows
        if row.last_attempt and row.tries < calling.MOST_TRIES
        and (row.contact == "not_reached" or (row.tries and can_be_called(row, now)))
        and not row.leased(now)
    ]  # fmt: skip
    if waiting:
        first = min(datetime.fromisoformat(row.last_attempt or "") for row in waiting)
        time = clock_time(first + calling.RETRY_AFTER)
        ways_out.append(_("{n} can be tried again from {time}.", n=len(waiting), time=time))
    own = [row.name for row in rows if row.leased(now) and row.lease_by == caller]
    if own:
        ways_out.append(_("You are calling {names} now.", names=", ".join(own)))
    leased = sum(row.leased(now) for row in rows) - len(own)
    if leased:
        ways_out.append(
            ngettext("{n} is being called by somebody else now.",
                     "{n} are being called by others now.", leased)
        )  # fmt: skip
    if calling.next_row(rows, view.needs, now, any_skill=True, told=view.answered_groups):
        ways_out.append(
            _("Those without the skill that is missing: frivillig beredskap next --any-skill")
        )
    if unnamed := [name for name, _n in group_answers.unnamed(view).values()]:
        ways_out.append(
            _("{groups}: fill in the names with: frivillig beredskap call PERSON yes",
              groups=", ".join(unnamed))
        )  # fmt: skip
    ways_out += ways(view) or _of_the_list(view)
    open_needs = ", ".join(
        f"{need.skill or _('anyone')} {need.open}" for need in view.needs if need.open
    )
    message = (
        _("Nobody is left to call now. Missing: {missing}.", missing=open_needs)
        if open_needs
        else _("Nobody is left to call now.")
    )
    return RefusedError(message, _("See all: frivillig beredskap status"), ways_out)

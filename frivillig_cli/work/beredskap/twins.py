"""Those on a list who are likely one person, registered twice: pointed out, never decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frivillig_cli.core import twins
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.records.activation.calling import ANSWER_WORDS, CONTACT_WORDS, as_typed
from frivillig_cli.records.activation.model import Row
from frivillig_cli.work.beredskap.view import View

_COMING = ("yes", "later", "reserve")
_MOST = 8


@dataclass(frozen=True)
class Twin:
    """Another row that may be the same person, and why (core.twins.WHY_WORDS)."""

    row: Row
    why: str

    @property
    def alike(self) -> bool:
        """Whether more speaks for it than a number, which a household may have in common."""
        return self.why != twins.SAME_NUMBER

    def line(self) -> str:
        """Who it may be, and what came of that one."""
        row = self.row
        stands = _(ANSWER_WORDS[row.answer]) if row.answer else _(CONTACT_WORDS[row.contact])
        return _("May be the same person as {name} ({code}), {why}: {stands}", name=row.name,
                 code=row.row_code, why=_(twins.WHY_WORDS[self.why]), stands=stands)  # fmt: skip


def _someone(row: Row) -> twins.Someone:
    return twins.Someone(row.id, row.name, row.usable)


def of(row: Row, others: Iterable[Row]) -> list[Twin]:
    """Those of `others` whom something has come of, and who may be the same person as `row`.

    On one number with another name: only who has answered there.
    """
    found = []
    own = _someone(row)
    for other in others:
        if other.id == row.id or other.selection != "eligible":
            continue
        if not (other.answer or other.attempts):
            continue
        why = twins.why_one(own, _someone(other))
        if why and (why != twins.SAME_NUMBER or other.answer):
            found.append(Twin(other, why))
    return found


def coming_too(row: Row, view: View) -> list[Twin]:
    """Those who have said that they come, and may be the same person as `row`, who said so now."""
    if row.answer not in _COMING:
        return []
    rows = [one for one in view.eligible if one.answer in _COMING and not one.left]
    return of(row, rows)


def both_count(row: Row, found: Iterable[Twin]) -> list[str]:
    """That both count, and what to do where they are one person. It is not decided here."""
    return [
        _("{name} may be the same person as {other} ({code}), {why}, who has answered already."
          " Both stand. If they are one: {undo}, and then {exclude}",
          name=row.name, other=one.row.name, code=one.row.row_code,
          why=_(twins.WHY_WORDS[one.why]),
          undo=f"frivillig beredskap call {row.ref} {as_typed('undo')}",
          exclude=typed(f"frivillig beredskap exclude {row.ref} --reason …"))
        for one in found
    ]  # fmt: skip


def here_twice(row: Row, found: Iterable[Twin]) -> list[str]:
    """The same of one who has come: the other row is what to take out where they are one person."""
    lines = []
    for one in found:
        other = one.row
        ways = (
            _("If they are one: {command}", command=f"frivillig beredskap leave {other.ref} --home")
            if other.deployment == "on_site"
            else _("If they are one: {undo}, and then {exclude}",
                   undo=f"frivillig beredskap call {other.ref} {as_typed('undo')}",
                   exclude=typed(f"frivillig beredskap exclude {other.ref} --reason …"))
        )  # fmt: skip
        words = {"name": row.name, "other": other.name, "code": other.row_code,
                 "why": _(twins.WHY_WORDS[one.why])}  # fmt: skip
        who = (
            _("{name} may be the same person as {other} ({code}), {why}, and both count.", **words)
            if row.answer == other.answer == "yes"
            else _("{name} may be the same person as {other} ({code}), {why}.", **words)
        )
        lines.append(f"{who} {ways}")
    return lines


def log_text(row: Row, found: Iterable[Twin]) -> str:
    """What the log says of it."""
    names = ", ".join(f"{one.row.name} ({one.row.row_code})" for one in found)
    return _("{name} ({code}) may be the same person as {others}. Both have answered.",
             name=row.name, code=row.row_code, others=names)  # fmt: skip


def on_the_list(view: View) -> list[str]:
    """The first of those on the list who may be one person, and what to do about it."""
    rows = view.by_id
    likely = [
        (rows[one.id], rows[other.id], why)
        for one, other, why in twins.pairs(_someone(row) for row in view.eligible)
        if why != twins.SAME_NUMBER
    ]
    lines = [
        _("{name} ({id}) and {other} ({other_id}) may be one person: {why}. If they are, leave one"
          " out: {command}",
          name=one.name, id=one.ref, other=other.name, other_id=other.ref,
          why=_(twins.WHY_WORDS[why]),
          command=typed(f"frivillig beredskap exclude {other.ref} --reason …"))
        for one, other, why in likely[:_MOST]
    ]  # fmt: skip
    if len(likely) > _MOST:
        lines.append(_("and {n} more", n=len(likely) - _MOST))
    return lines

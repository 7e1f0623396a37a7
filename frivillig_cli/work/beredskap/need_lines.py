"""What is needed and how much of it is met, in words."""

from __future__ import annotations

from typing import Protocol

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.activation import needs as need_rules
from frivillig_cli.records.activation import states
from frivillig_cli.work.beredskap.view import View


class Told(Protocol):
    """A need, however it is kept: how many are needed, confirmed, and met with those who left."""

    @property
    def skill(self) -> str | None:
        """Of what; None is anyone."""

    @property
    def needed(self) -> int:
        """How many."""

    @property
    def confirmed(self) -> int:
        """How many stand for it."""

    @property
    def met(self) -> int:
        """The same with those who have left."""


def needs_line(view: View) -> str:
    """`omsorg 3/6  sjåfør 1/2`; how many have said yes where no need was stated.

    A need of none is said in words: `0/0` looks like a fault. When it is over, what was met by
    those who had left before is told too.
    """
    if not view.needs:
        return ngettext("{n} has said yes", "{n} have said yes", view.counted)
    over = view.activation.state not in states.OPEN
    return "  ".join(need_line(need, over=over) for need in view.needs)


def need_line(need: Told, *, over: bool) -> str:
    """`omsorg 3/6`; of one that is `over`, also `(6/6 before they left)` where that was more."""
    skill = need.skill or _("anyone")
    if not need.needed:
        return _("{skill}: none is needed", skill=skill)
    line = f"{skill} {need.confirmed}/{need.needed}"
    if not over or need.met == need.confirmed:
        return line
    return line + " " + _("({n}/{needed} before they left)", n=need.met, needed=need.needed)


def skills_known(view: View, skill: str) -> None:
    """Raise RefusedError unless `skill` is one of the needs."""
    if not any(need_rules.fits([skill], need.skill) for need in view.needs if need.skill):
        raise RefusedError(
            _("No need of “{skill}” was stated.", skill=echo(skill)),
            _("The needs are: {needs}", needs=needs_line(view)),
        )

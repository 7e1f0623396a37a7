"""Whether those who are left to call can be enough, and what to do where they are not."""

from __future__ import annotations

from frivillig_cli.core.i18n import _, ngettext
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


def ways(view: View) -> list[str]:
    """What to do where those who are left cannot be enough; nothing where they can."""
    if not view.lacking or view.activation.state != "active":
        return []
    found = []
    if any(row.contact == "given_up" for row in view.eligible):
        found.append(_("Another round for those not reached: frivillig beredskap next --new-round"))
    willing = [row.name for row in view.eligible if row.answer in ("last_resort", "later")]
    if willing:
        found.append(_("May come after all: {names}.", names=", ".join(willing)))
    if view.excluded:
        found.append(_("{n} are left out; take one in: frivillig beredskap include PERSON",
                       n=len(view.excluded)))  # fmt: skip
    return [
        *found,
        _("More people: put them on the list with: frivillig beredskap include PERSON. Other"
          " groups: frivillig beredskap activate TITLE --continues {number} --group GROUP",
          number=view.activation.number),
        _("Say at once to those who lead the crisis that it is not enough: other organisations, the"
          " neighbouring municipality or the Civil Defence may have people."),
    ]  # fmt: skip

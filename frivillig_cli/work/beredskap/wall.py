"""The staff's wall: what it says of a call-out. Never a number, an address, or one protected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date, show_time
from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.documents.status_html import Wall, wall_html
from frivillig_cli.records.activation.model import KIND_WORDS, LEFT, Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.records.activation.states import in_words
from frivillig_cli.records.activation.times import coming_time
from frivillig_cli.work.beredskap import group_answers, script
from frivillig_cli.work.beredskap.view import View

MOST_NAMED = 30


def page(view: View, *, now: datetime, every: int, hidden: Sequence[str] = ()) -> str:
    """The page in the language of the run; loaded again each `every` seconds.

    `hidden` are the names of all who are protected: none of them is told.
    """
    activation = view.activation
    tally = view.tally
    counts = [
        (_("called"), tally["called"]),
        (_("yes"), tally["yes"]),
        (_("reserve"), tally["reserve"]),
        (_("on the way"), sum(row.deployment == "on_way" for row in view.rows)),
        (_("on site"), sum(row.deployment == "on_site" for row in view.rows)),
        (_("not called"), tally["pending"]),
    ]
    lost = sum(group_answers.lost(view, one) for one in view.told)
    nameless = sum(n for _name, n in group_answers.unnamed(view).values())
    apart = [
        (_("Came without being called").lower(), tally["came"]),
        (_("Called in before").lower(), tally["carried"]),
        (_("Reported by a group’s leader").lower(), view.by_leaders[0]),
        (_("called in, without a name"), nameless),
        (_("reported, but cannot come"), lost),
    ]
    counts += [(label, n) for label, n in apart if n]
    counts += [(_(DEPLOYMENT_WORDS[code]), tally[code]) for code in LEFT if tally[code]]
    where = [_(KIND_WORDS[activation.kind]), in_words(activation)]
    if activation.place:
        place = _unnamed(activation.place, hidden)
        where.append(_("meet at {place}", place=place))
    if activation.in_charge:
        where.append(_("in charge: {name}", name=_unnamed(activation.in_charge, hidden)))
    lists = [
        (_("On the way"), _coming(view)),
        (_("On site"), _names([row for row in view.rows if row.deployment == "on_site"])),
    ]
    clock = show_time(now)
    wall = Wall(
        title=f"{activation.number}  {_unnamed(activation.title, hidden)}",
        subtitle=" · ".join(where),
        mark=script.mark(activation.kind),
        clock=clock,
        clock_label=show_date(norwegian_day(now)),
        needs=[
            (n.skill or _("anyone"), f"{n.confirmed}/{n.needed}", n.confirmed, n.needed)
            for n in view.needs
        ]
        or [(_("yes"), str(view.counted), 0, 1)],
        counts=counts,
        lists=[(name, people) for name, people in lists if people],
        footer=_("No numbers or addresses stand here. Protected people are counted, not named."),
        old=_("This has not been updated since {time}.", time=clock),
        made=int(now.timestamp() * 1000),
        every=every,
    )  # fmt: skip
    return wall_html(wall, language())


def _unnamed(text: str, hidden: Sequence[str]) -> str:
    """A text without the names of those who are protected."""
    for name in hidden:
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        text = re.sub(pattern, ngettext("{n} protected person", "{n} protected people", 1), text,
                      flags=re.IGNORECASE)  # fmt: skip
    return text


def _coming(view: View) -> list[str]:
    rows = [row for row in view.rows if row.deployment == "on_way"]
    rows.sort(key=lambda row: (row.eta is None, row.eta or "", row.rank))
    return _names(rows)


def _names(rows: list[Row]) -> list[str]:
    """The names, with when they come; those protected, and those beyond the first, counted."""
    open_ones = [row for row in rows if not row.protected]
    named = [
        f"{row.name} {coming_time(row.eta, row.last_attempt)}"
        if row.eta and row.deployment == "on_way"
        else row.name
        for row in open_ones[:MOST_NAMED]
    ]
    hidden = len(rows) - len(open_ones)
    more = len(open_ones) - len(named)
    if more:
        named.append(_("and {n} more", n=more))
    if hidden:
        named.append(ngettext("{n} protected person", "{n} protected people", hidden))
    return named

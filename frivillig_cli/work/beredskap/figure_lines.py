"""Figures in words: what each is called, and what it is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.records.activation.times import day_and_time
from frivillig_cli.work.beredskap.figure_types import (
    TIME_CLASSES,
    Covered,
    Figures,
    Reach,
    Stood,
)
from frivillig_cli.work.beredskap.need_lines import need_line

if TYPE_CHECKING:
    from frivillig_cli.work.beredskap.report import Target


@dataclass(frozen=True)
class _Figure:
    """One figure: what it is called, how it is said, and its cells where it is to be reckoned with.

    A cell is (more of what it is called, value, unit).
    """

    label: str
    said: str
    cells: Sequence[tuple[str, str | int | float | None, str | None]]


def figure_rows(figures: Figures) -> Iterator[tuple[str, str]]:
    """(what it is called, its value) of each figure; a dash for one that cannot be told."""
    return ((one.label, one.said) for one in _all(figures))


def figure_cells(figures: Figures) -> Iterator[tuple[str | int | float | None, ...]]:
    """(what it is called, its value, its unit): what is a number is a number; None: not told."""
    for one in _all(figures):
        for more, value, unit in one.cells:
            yield (f"{one.label}: {more}" if more else one.label), value, unit


def _all(figures: Figures) -> Iterator[_Figure]:
    yield _word(_("Time of the day"), _(TIME_CLASSES[figures.time_class]))
    yield _number(_("On the roster"), figures.roster)
    yield _number(_("Could be called"), figures.eligible)
    yield _number(_("Were called"), figures.attempted)
    yield _number(_("Were reached"), figures.reached)
    yield _number(_("Said yes"), figures.yes)
    yield _number(_("In reserve"), figures.reserve)
    yield _number(_("Came"), figures.on_site)
    yield _number(_("Came without being called"), figures.came)
    said, unnamed = figures.by_leaders, figures.by_leaders_unnamed
    cells = [("", said, None), (_("without a name"), unnamed, None)]
    yield _Figure(_("Reported by a group’s leader"), by_leaders(said, unnamed), cells)
    yield _number(_("Did not come"), figures.no_show)
    yield _number(_("Answers that came after the stand-down"), figures.late)
    for one in figures.reach:
        text = _(
            "{n}: {eligible} of the list, {attempted} of those called",
            n=_sure(str(one.reached), one),
            eligible=percent(one.of_eligible),
            attempted=percent(one.of_attempted),
        )
        cells = [("", one.reached, None), (_("of the list"), one.of_eligible, "%"),
                 (_("of those called"), one.of_attempted, "%")]  # fmt: skip
        if one.at_most:
            cells = [("", text, None)]
        yield _Figure(_("Reached within {n} minutes", n=one.minutes), text, cells)
    yield _time(_("From decision to first call"), figures, "to_first_attempt")
    yield _time(_("From first call to first yes"), figures, "to_first_yes")
    if figures.needs:
        last = figures.episodes[-1].episode if figures.episodes else None
        label = _("Need, episode {n}", n=last) if last else _("Need")
        yield _word(label, _stood(figures.needs))
    for need in figures.needs:
        label = _("From first call until {skill} was covered", skill=need.skill or _("the need"))
        said = _until_covered(need)
        if figures.episodes and need.episode:
            said += " (" + _("episode {n}", n=need.episode) + ")"
        yield _long(label, said, need.seconds, exact=not need.at_least)
    if figures.in_time:
        label = _("Said yes in time, and not counted in the need: taken in after the end")
        yield _number(label, figures.in_time)
    label = _("From decision until the last one had come")
    if figures.episodes:  # of those who came then: nobody measures across an end
        label += ", " + _("episode {n}", n=figures.episodes[0].episode)
    yield _time(label, figures, "to_last_on_site")
    yield _Figure(_("Yes or in reserve, of those reached"), percent(figures.yes_rate),
                  [("", figures.yes_rate, "%")])  # fmt: skip
    yield _Figure(_("Calls for each one reached"), decimal(figures.attempts_per_reached),
                  [("", figures.attempts_per_reached, None)])  # fmt: skip
    yield _number(_("Wrong numbers"), figures.wrong_numbers)
    yield _number(_("People with one number only"), figures.one_number)
    yield _number(_("Numbers not verified for twelve months"), figures.not_verified)
    for episode in figures.episodes:
        off = _("called off") if episode.called_off else ""
        counts = _("called {called}, reached {reached}, yes {yes}, came {came}",
                   called=episode.attempted, reached=episode.reached, yes=episode.yes,
                   came=episode.on_site)  # fmt: skip
        stood = _stood(episode.needs)
        cells = [(_("called"), episode.attempted, None), (_("reached"), episode.reached, None),
                 (_("yes"), episode.yes, None), (_("came"), episode.on_site, None)]  # fmt: skip
        if episode.carried:
            counts += ", " + _("called in before {n}", n=episode.carried)
            cells.append((_("Called in before").lower(), episode.carried, None))
        if off:
            cells.insert(0, ("", off, None))
        if stood:
            cells.append((_("Need").lower(), stood, None))
        text = " · ".join(filter(None, (off, counts, stood)))
        yield _Figure(_("Episode {n}", n=episode.episode), text, cells)
    for name, codes in figures.same_person:
        yield _word(_("One person on two rows, counted as two"), f"{name} ({', '.join(codes)})")
    for back in figures.set_back:
        yield _word(
            _("The computer’s clock was set back"),
            _("before entry {seq}, from {before} to {after}. Times across it go by the order of the"
              " log, and may have been longer. If the clock was ahead before, times until then are"
              " not certain either.", seq=back.seq,
              before=day_and_time(datetime.fromisoformat(back.before)),
              after=day_and_time(datetime.fromisoformat(back.after))),
        )  # fmt: skip
    for text in figures.moved:
        yield _word(
            _("Times that are not certain"),
            _("{text} What is reckoned from them is not certain either.", text=text),
        )


def _sure(said: str, reach: Reach) -> str:
    """Who were reached in a time, as it is said: not more than so many, where that is all known."""
    return _("at most {n}", n=said) if reach.at_most else said


def _word(label: str, text: str) -> _Figure:
    return _Figure(label, text, [("", text, None)])


def _number(label: str, number: int) -> _Figure:
    return _Figure(label, str(number), [("", number, None)])


def _time(label: str, figures: Figures, name: str) -> _Figure:
    exact = name not in figures.at_least
    return _long(label, _named(figures, name), getattr(figures, name), exact=exact)


def _long(label: str, said: str, seconds: int | None, *, exact: bool) -> _Figure:
    """A length of time: in minutes where it is known, else as it is said."""
    if seconds is None or not exact:
        return _word(label, said)
    return _Figure(label, said, [("", round(seconds / 60, 1), _("min"))])


def _named(figures: Figures, name: str) -> str:
    return duration(getattr(figures, name), at_least=name in figures.at_least)


def _until_covered(need: Covered) -> str:
    if need.seconds is not None:
        return duration(need.seconds, at_least=need.at_least)
    if not need.most_of:  # it was taken away again
        return _("none was needed in the end")
    if need.most >= need.most_of:
        return _("covered ({n} of {needed}), but not by calls alone", n=need.most,
                 needed=need.most_of)  # fmt: skip
    return _("not covered: {n} of {needed}", n=need.most, needed=need.most_of)


def _stood(needs: Sequence[Covered | Stood]) -> str:
    """`omsorg 3/3  sjåfør 0/1 (1/1 before they left)`: how the needs stood at the end."""
    return "  ".join(need_line(need, over=True) for need in needs)


def by_leaders(said: int, unnamed: int) -> str:
    """`3`, or `3, of whom 1 counts without a name`: the others are named, or do not come."""
    if unnamed == said:
        return str(said)
    return ngettext(
        "{said}, of whom {n} counts without a name", "{said}, of whom {n} count without a name",
        unnamed, said=said,
    )  # fmt: skip


def measured_against(figures: Figures, target: Target | None) -> Iterator[str]:
    """Drill lines that are public elsewhere, and the municipality's own aim.

    Arizona: 90 % answer within an hour. US CDC, PHEP 3.1: the last one on duty within 60 minutes.
    US Medical Reserve Corps: volunteers within two hours. Norway has none.
    """
    hour = next(one for one in figures.reach if one.minutes == 60)
    two = next(one for one in figures.reach if one.minutes == 120)
    yield _("Arizona, USA: 90 % answer within an hour. Here: {percent} of those called.",
            percent=_sure(percent(hour.of_attempted), hour))  # fmt: skip
    yield _("CDC, USA (PHEP 3.1): the last one on duty within 60 minutes. Here: {time}.",
            time=_named(figures, "to_last_on_site"))  # fmt: skip
    yield _("Medical Reserve Corps, USA: volunteers answer within two hours. Here: {percent}.",
            percent=_sure(percent(two.of_attempted), two))  # fmt: skip
    if target is None:
        yield _("There is no Norwegian target, and the municipality has set none of its own.")
    else:
        there = next((one for one in figures.reach if one.minutes >= target.minutes), two)
        yield _("The municipality’s own target: {percent} % of the list within {n} minutes."
                " Here: {here} within {minutes}.", percent=target.percent, n=target.minutes,
                here=_sure(percent(there.of_eligible), there), minutes=there.minutes)  # fmt: skip


def percent(share: float | None) -> str:
    """`62,5 %`; a dash where it cannot be told."""
    return "–" if share is None else f"{decimal(share)} %"


def decimal(number: float | None) -> str:
    """A number with the decimal mark of the language; a dash where there is none."""
    return "–" if number is None else f"{number:g}".replace(".", "." if language() == "en" else ",")


def duration(seconds: int | None, *, at_least: bool = False) -> str:
    """`1 h 05 min`, `12 min`, `under a minute`, `at least 12 min`; a dash where it never was."""
    if seconds is None:
        return "–"
    if at_least and seconds < 60:
        return _("not known: the clock was set back")
    if at_least:
        return _("at least {time}", time=duration(seconds))
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("{h} h {m:02} min", h=hours, m=minutes)
    return _("{m} min", m=minutes) if minutes else _("under a minute")

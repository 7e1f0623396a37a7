"""What a call-out came to, in figures: pure, from the rows, the attempts and the log.

All its episodes are counted together, and each by itself where there are more. Times are durations
in seconds, never negative; of one across a clock that was set back (`at_least`) it is known only
that it was no shorter. Exercises and real events are never summed together; that is for the reader
of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frivillig_cli.core.clock import norwegian_day, oslo
from frivillig_cli.records.activation.episodes import Episode
from frivillig_cli.records.activation.model import Activation, LogEntry, Row
from frivillig_cli.records.activation.needs import Led, Need
from frivillig_cli.work.beredskap import moved_times, when_covered
from frivillig_cli.work.beredskap.elapsed import Clock, Moment, moment
from frivillig_cli.work.beredskap.figure_types import Covered, Figures, OfEpisode, Reach, Stood
from frivillig_cli.work.beredskap.in_time import said_in_time
from frivillig_cli.work.beredskap.leaders import of_all, of_leaders

MARKS = (15, 30, 60, 120)  # minutes after the decision
STALE = timedelta(days=365)


@dataclass(frozen=True)
class _Times:
    """When each attempt and each line of the log happened, on a clock that never goes back."""

    began: Moment
    attempts: Mapping[int, Moment]
    log: Sequence[Moment]

    def of(self, one: Mapping[str, Any]) -> Moment:
        """When an attempt happened."""
        return self.attempts[one["id"]]


def count(
    activation: Activation,
    rows: Sequence[Row],
    needs: Sequence[Need],
    attempts: Sequence[Mapping[str, Any]],
    log: Sequence[LogEntry],
    arrivals: Mapping[int, int],
    over: Sequence[Episode] = (),
    leaders: Mapping[int, Led] | None = None,
) -> Figures:
    """The figures of an activation, all its episodes together.

    `attempts` are all there were, by registration; of those that were taken back (`voids`) neither
    is counted. `arrivals` are the numbers of the log's lines that somebody came, and the row of
    each. `over` are the episodes before the one that `rows`, `needs` and `leaders` (how many
    each group's leader reported) belong to.
    """
    standing = _standing(attempts)
    rung = {_turn(one) for one in standing if not one["turned_up"]}
    turned_up = {_turn(one) for one in standing} - rung
    counted = [one for one in standing if _turn(one) in rung]
    calls = [one for one in counted if not one["turned_up"]]
    eligible = _listed(rows)
    clock = Clock(log)
    began = Moment(moment(activation.started), timedelta(0))
    times = _Times(began, clock.attempts(attempts), clock.entries(log))
    reached = _first((one for one in counted if one["answer"]), times)
    tried = {row for row, _episode in rung}
    listed = [row for row in rows if not row.walk_in or row.id in tried]
    yes = [one for one in standing if one["answer"] == "yes"]
    first_attempt = min((times.of(one) for one in calls), default=None)
    first_yes = min((times.of(one) for one in yes if _turn(one) in rung), default=None)
    stood = [(one.number, _listed(one.rows(rows)), one.needs, one.last_seq) for one in over]
    stood.append((activation.episode, eligible, needs, log[-1].seq if log else 0))
    sites, first, there = [], 0, set()
    for _number, then, _needs, last in stood:
        sites.append(_on_site(then, log, arrivals, times, range(first + 1, last + 1), there))
        first, there = last, {row.id for row in then if row.deployment == "on_site"}
    came = {row for site in sites for row in site}
    answers: dict[int, set[str | None]] = {}  # of all who could be called in an episode of it
    for number, then, *_ in stood:
        for row in then:
            if not row.walk_in or row.id in tried:
                own = answers.setdefault(row.id, set())
                own |= set() if row.carried or (row.id, number) in turned_up else {row.answer}
    # Whoever was called and then left out could be called.
    could = answers.keys() | tried
    said_yes = {row for row, said in answers.items() if said & {"yes", "reserve"}}
    said = [*(one.leaders for one in over), leaders or {}]
    led = [(told, then) for told, (_no, then, *_) in zip(said, stood, strict=True)]
    leads, all_led = [of_leaders(*one) for one in led], of_all(led)
    durations = {
        "to_first_attempt": _between(began, first_attempt),
        "to_first_yes": _between(first_attempt, first_yes),
        "to_last_on_site": _between(began, max(filter(None, sites[0].values()), default=None)),
    }
    return Figures(
        kind=activation.kind,
        time_class=time_class(began.at),
        roster=len(listed),
        eligible=len(could),
        excluded=len(listed) - len(could),
        attempted=len(tried),
        reached=len(reached),
        yes=sum("yes" in said for said in answers.values()),
        reserve=sum("reserve" in said and "yes" not in said for said in answers.values()),
        late=sum(bool(one["late"]) for one in counted),
        on_site=len(came),
        came=len({row for row, _episode in turned_up}),
        by_leaders=all_led[0],
        by_leaders_unnamed=all_led[1],
        no_show=len({row.id for _no, then, *_ in stood for row in then
                     if row.deployment == "no_show"}),
        attempts=len(calls),
        attempts_per_reached=round(len(calls) / len(reached), 1) if reached else None,
        yes_rate=_percent(len(said_yes), len(reached)),
        reach=tuple(_reach(m, began, reached, len(could), len(tried)) for m in MARKS),
        needs=tuple(_covered(need, stood, yes, calls, log, times) for need in needs),
        wrong_numbers=sum(one["outcome"] == "wrong_number" for one in counted),
        one_number=sum(len(row.phones) == 1 for row in eligible),
        not_verified=sum(_stale(row, began.at) for row in eligible if row.phones),
        episodes=tuple(
            replace(
                _of_episode(number, then, counted, turned_up, len(site), come),
                ended=head.ended,
                called_off=head.called_off,
                needs=tuple(Stood(n.skill, n.needed, n.confirmed, n.met) for n in met),
            )
            for (number, then, met, _last), site, (come, _unnamed), head in zip(
                stood, sites, leads, (*over, activation), strict=True
            )
        )
        if over
        else (),
        same_person=_merged_since(rows),
        set_back=tuple(clock.set_back), moved=moved_times.told(log),
        in_time=said_in_time(
            stood, counted,
            {activation.episode: activation.stood_down or activation.ended}
            | {one.number: one.ended for one in over},
        ),
        at_least=tuple(name for name, (_seconds, more) in durations.items() if more),
        **{name: seconds for name, (seconds, _more) in durations.items()},
    )  # fmt: skip


def _turn(attempt: Mapping[str, Any]) -> tuple[int, int]:
    """Whom an attempt was of, and in which episode."""
    return attempt["callout_id"], attempt["episode"]


def _listed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.selection == "eligible"]


def _merged_since(rows: Sequence[Row]) -> tuple[tuple[str, tuple[str, str]], ...]:
    """Those who were found to be one person after they had been called on two rows."""
    codes = {row.id: row.row_code for row in rows}
    return tuple(
        (row.name, (codes[row.twin_of], row.row_code)) for row in rows if row.twin_of in codes
    )


def _of_episode(
    number: int, rows: Sequence[Row], counted: Sequence[Mapping[str, Any]],
    turned_up: set[tuple[int, int]], on_site: int, by_leaders: int,
) -> OfEpisode:  # fmt: skip
    own = [one for one in counted if one["episode"] == number]
    return OfEpisode(
        episode=number,
        ended=None,
        attempted=len({one["callout_id"] for one in own}),
        reached=len({one["callout_id"] for one in own if one["answer"]}),
        yes=sum(row.answer == "yes" and row.called > 0 for row in rows),
        on_site=on_site,
        came=sum(episode == number for _row, episode in turned_up),
        by_leaders=by_leaders,
        carried=sum(row.carried for row in rows),
    )


def time_class(when: datetime) -> str:
    """A word of TIME_CLASSES for when something happened, on the Norwegian clock."""
    local = oslo(when)
    if local.hour >= 23 or local.hour < 7:
        return "night"
    if local.weekday() >= 5:
        return "weekend"
    if local.hour < 8:
        return "morning"
    return "working_hours" if local.hour < 16 else "evening"


def _standing(attempts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    found = list(attempts)
    gone = {one.get("voids") for one in found}
    return [one for one in found if one["id"] not in gone and not one.get("voids")]


def _first(attempts: Iterable[Mapping[str, Any]], times: _Times) -> dict[int, Moment]:
    """When each was reached first, by row."""
    found: dict[int, Moment] = {}
    for one in attempts:
        at = times.of(one)
        found[one["callout_id"]] = min(at, found.get(one["callout_id"], at))
    return found


def _reach(
    minutes: int, began: Moment, reached: Mapping[int, Moment], eligible: int, attempted: int
) -> Reach:
    took = [at.since(began) for at in reached.values()]
    by_then = [more for seconds, more in took if seconds <= 60 * minutes]
    n = len(by_then)
    return Reach(minutes, n, _percent(n, eligible), _percent(n, attempted), any(by_then))


def _covered(
    need: Need,
    stood: Sequence[tuple[int, Sequence[Row], Sequence[Need], int]],
    yes: Sequence[Mapping[str, Any]],
    counted: Sequence[Mapping[str, Any]],
    log: Sequence[LogEntry],
    times: _Times,
) -> Covered:
    """A need, and when the last of those who fill it said yes: of them whose yes still stands.

    Where so many were not needed until later, then when they were. Of several episodes the first
    in which it was covered, from the first call of that one.
    """
    found = Covered(need.skill, need.needed, need.confirmed, need.met, need.met, need.needed)
    for number, rows, needs, last in stood:
        then = next((one for one in needs if one.id == need.id), None)
        if then is None:
            continue
        if then.met > found.most:
            found = replace(found, most=then.met, most_of=then.needed)
        filling = {r.id: r for r in rows if r.answer == "yes" and r.need_id == need.id}
        theirs = [o for o in yes if o["callout_id"] in filling and o["episode"] == number]
        said = sorted(_first(when_covered.seated(theirs, filling, log), times).values())
        own = [times.of(one) for one in counted if one["episode"] == number]
        # where nobody was called, there is nothing to measure from
        if found.episode is None and own and then.needed and len(said) >= then.needed:
            at, until = said[then.needed - 1], [entry for entry in log if entry.seq <= last]
            since = when_covered.needed_since(until, then.skill, then.needed)
            if since is not None:
                at = max(at, times.log[since])
            seconds, more = at.since(min(own))
            found = replace(found, episode=number, seconds=seconds, at_least=more)
    return found


def _on_site(
    eligible: Sequence[Row], log: Sequence[LogEntry], arrivals: Mapping[int, int], times: _Times,
    own: range, there: set[int],
) -> dict[int, Moment | None]:  # fmt: skip
    """Those who came, and when: the first time that the episode's `own` lines tell of it, whatever
    came of them since.

    `there` are those who were on site already when it began.
    """
    came = {"on_site", "relieved", "released", "home_safe"}
    told: dict[int, Moment] = {}
    mistaken = {entry.supersedes for entry in log if entry.type == "correction" and entry.sender}
    for entry, at in zip(log, times.log, strict=True):
        row = arrivals.get(entry.seq)
        if row is not None and entry.seq in own and entry.seq not in mistaken:
            told[row] = min(at, told.get(row, at))
    return {
        row.id: told.get(row.id)
        for row in eligible
        if row.id in told
        or row.deployment == "on_site"
        or (row.deployment in came and row.id in there)
    }


def _between(start: Moment | None, end: Moment | None) -> tuple[int | None, bool]:
    """Whole seconds, and whether it may have been longer; None where either has not been."""
    return (None, False) if start is None or end is None else end.since(start)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _stale(row: Row, began: datetime) -> bool:
    days = [phone.verified for phone in row.phones if phone.verified and not phone.wrong]
    newest = max(days, default=None)
    return newest is None or norwegian_day(began) - norwegian_day(newest) > STALE

"""What a call-out came to, in figures: pure, from the rows, the attempts and the log.

Times are durations in seconds, never negative: where a clock went back, what it says is not
counted with (None). Exercises and real events are never summed together; that is for the reader
of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from frivillig_cli.core.clock import oslo
from frivillig_cli.core.i18n import N_
from frivillig_cli.records.activation.model import Activation, LogEntry, Row
from frivillig_cli.records.activation.needs import Need

MARKS = (15, 30, 60, 120)  # minutes after the decision
STALE = timedelta(days=365)
TIME_CLASSES: Mapping[str, str] = {
    "working_hours": N_("working hours (Monday to Friday, 8 to 16)"),
    "evening": N_("evening (16 to 23)"),
    "night": N_("night (23 to 7)"),
    "morning": N_("early morning (7 to 8)"),
    "weekend": N_("weekend (Saturday and Sunday, 7 to 23)"),
}


@dataclass(frozen=True)
class Reach:
    """How many were reached `minutes` after the decision, and of how many."""

    minutes: int
    reached: int
    of_eligible: float | None
    of_attempted: float | None


@dataclass(frozen=True)
class Covered:
    """A need, and how long after the first attempt it was covered; None: it was not."""

    skill: str | None
    needed: int
    confirmed: int
    seconds: int | None


@dataclass(frozen=True)
class Figures:
    """The figures of one activation; durations in whole seconds, shares in per cent."""

    kind: str
    time_class: str
    roster: int
    eligible: int
    excluded: int
    attempted: int
    reached: int
    yes: int
    reserve: int
    late: int
    on_site: int
    no_show: int
    attempts: int
    attempts_per_reached: float | None
    yes_rate: float | None
    reach: tuple[Reach, ...]
    needs: tuple[Covered, ...]
    to_first_attempt: int | None
    to_first_yes: int | None
    to_last_on_site: int | None
    wrong_numbers: int
    one_number: int
    not_verified: int

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return asdict(self)


def count(
    activation: Activation,
    rows: Sequence[Row],
    needs: Sequence[Need],
    attempts: Sequence[Mapping[str, Any]],
    log: Sequence[LogEntry],
) -> Figures:
    """The figures of an activation.

    `attempts` are all there were, by registration; of those that were taken back (`voids`) neither
    is counted.
    """
    eligible = [row for row in rows if row.selection == "eligible"]
    counted = _standing(attempts)
    began = _moment(activation.started)
    reached = _first(one for one in counted if one["answer"])
    tried = {one["callout_id"] for one in counted}
    answered = {row.id: row.answer for row in eligible}
    yes = [one for one in counted if one["answer"] == "yes"]
    first_attempt = min((_moment(one["happened"]) for one in counted), default=None)
    first_yes = min((_moment(one["happened"]) for one in yes), default=None)
    sites = _on_site(eligible, log)
    said_yes = sum(answer in ("yes", "reserve") for answer in answered.values())
    return Figures(
        kind=activation.kind,
        time_class=time_class(began),
        roster=len(rows),
        eligible=len(eligible),
        excluded=len(rows) - len(eligible),
        attempted=len(tried),
        reached=len(reached),
        yes=sum(answer == "yes" for answer in answered.values()),
        reserve=sum(answer == "reserve" for answer in answered.values()),
        late=sum(bool(one["late"]) for one in counted),
        on_site=len(sites),
        no_show=sum(row.deployment == "no_show" for row in eligible),
        attempts=len(counted),
        attempts_per_reached=round(len(counted) / len(reached), 1) if reached else None,
        yes_rate=_percent(said_yes, len(reached)),
        reach=tuple(_reach(m, began, reached, len(eligible), len(tried)) for m in MARKS),
        needs=tuple(_covered(need, eligible, yes, first_attempt) for need in needs),
        to_first_attempt=_between(began, first_attempt),
        to_first_yes=_between(first_attempt, first_yes),
        to_last_on_site=_between(began, max(filter(None, sites.values()), default=None)),
        wrong_numbers=sum(one["outcome"] == "wrong_number" for one in counted),
        one_number=sum(len(row.phones) == 1 for row in eligible),
        not_verified=sum(_stale(row, began) for row in eligible if row.phones),
    )


def time_class(moment: datetime) -> str:
    """A word of TIME_CLASSES for when something happened, on the Norwegian clock."""
    local = oslo(moment)
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


def _first(attempts: Iterable[Mapping[str, Any]]) -> dict[int, datetime]:
    """When each was reached first, by row."""
    found: dict[int, datetime] = {}
    for one in attempts:
        at = _moment(one["happened"])
        found[one["callout_id"]] = min(at, found.get(one["callout_id"], at))
    return found


def _reach(
    minutes: int, began: datetime, reached: Mapping[int, datetime], eligible: int, attempted: int
) -> Reach:
    by_then = sum(at <= began + timedelta(minutes=minutes) for at in reached.values())
    return Reach(minutes, by_then, _percent(by_then, eligible), _percent(by_then, attempted))


def _covered(
    need: Need,
    eligible: Sequence[Row],
    yes: Sequence[Mapping[str, Any]],
    first_attempt: datetime | None,
) -> Covered:
    """A need, and when the last of those who fill it said yes: of them whose yes still stands."""
    filling = {row.id for row in eligible if row.answer == "yes" and row.need_id == need.id}
    said = sorted(_first(one for one in yes if one["callout_id"] in filling).values())
    done = said[need.needed - 1] if need.needed and len(said) >= need.needed else None
    return Covered(need.skill, need.needed, need.confirmed, _between(first_attempt, done))


def _on_site(eligible: Sequence[Row], log: Sequence[LogEntry]) -> dict[int, datetime | None]:
    """Those who came, and when: the first time that the log tells of it."""
    came = {"on_site", "relieved", "released", "home_safe"}
    told: dict[str, datetime] = {}
    for entry in log:
        if entry.type == "action" and entry.sender:
            at = _moment(entry.happened)
            told[entry.sender] = min(at, told.get(entry.sender, at))
    found: dict[int, datetime | None] = {
        row.id: told.get(row.name)
        for row in eligible
        if row.deployment == "on_site" or (row.deployment in came and row.name in told)
    }
    return found


def _between(start: datetime | None, end: datetime | None) -> int | None:
    """Whole seconds; None where either is missing, or the clock went back between them."""
    if start is None or end is None or end < start:
        return None
    return int((end - start).total_seconds())


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _stale(row: Row, began: datetime) -> bool:
    days = [phone.verified for phone in row.phones if phone.verified and not phone.wrong]
    newest = max(days, default=None)
    return newest is None or oslo(began).date() - datetime.fromisoformat(newest).date() > STALE


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

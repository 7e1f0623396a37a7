"""What happens to one row: it is claimed, an attempt is stored, somebody arrives or goes home.

Each is called inside the caller's transaction with rows read in that same transaction, so that
what is decided (is the need covered?) is decided on what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.records.activation import calling, during_queries, needs, queries, states
from frivillig_cli.records.activation.actions import stamp
from frivillig_cli.records.activation.calling import Said
from frivillig_cli.records.activation.model import LEASE, LEFT, Activation, Row
from frivillig_cli.store.register import Register

DEPLOYMENT_WORDS = {
    "on_way": N_("on the way"),
    "on_site": N_("on site"),
    "relieved": N_("relieved"),
    "released": N_("released"),
    "home_safe": N_("home safe"),
    "no_show": N_("did not come"),
}


@dataclass(frozen=True)
class Attempt:
    """One attempt as it is told: what was said, on which number, by whom, when; times in UTC.

    Of one that is taken in afterwards (`listed`: somebody rang by a list, and did not know how it
    stood): `overtaken` if something later stands here already, and `in_time` if it came before the
    stand-down, whatever the state is by now.
    """

    said: Said
    caller: str
    happened: datetime
    number: str | None = None
    eta: datetime | None = None
    skill: str | None = None
    overtaken: bool = False
    in_time: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Decided:
    """What an attempt came to: the row's contact and answer after it, the need it counts for."""

    contact: str
    answer: str | None
    need_id: int | None
    late: bool
    attempt_id: int


def claim(register: Register, row: Row, caller: str, *, now: datetime) -> datetime:
    """Reserve a row for one caller for ten minutes; returns until when."""
    until = now + LEASE
    lease = {"contact": "calling", "lease_by": caller, "lease_until": stamp(until)}
    register.update("callout", row.id, **{**own_columns(row), **lease})
    return until


def release(register: Register, row_id: int, caller: str) -> None:
    """Let go of a row that `caller` reserved and did not call: a lease less, nothing else."""
    if row_id in during_queries.leased_by(register, caller):
        register.update("callout", row_id, lease_by=None, lease_until=None)


def record(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row, attempt: Attempt,
    *, now: datetime,
) -> Decided:  # fmt: skip
    """Store an attempt and what follows from it. A yes counts only if it fills something open.

    One that was said in time and is taken in when it is over is a yes where something was open, and
    leaves what was met as it stood at the end; whoever said yes to one who rang by a list has to be
    told. So does one who has said yes already, and says it again after the stand-down.

    `rows` are all rows of the activation, read in this transaction. Returns what was decided.
    """
    said = attempt.said
    active = activation.state == "active"
    counts = active or attempt.in_time
    late = bool(said.answer) and not counts
    answers = bool(said.answer) and not attempt.overtaken
    attempt_id = register.insert(
        "attempt",
        **_told(row, attempt, now),
        activation_id=activation.id,
        episode=activation.episode,
        round=activation.round,
        late=int(late),
        skill=attempt.skill if said.answer else None,
        supersedes=queries.last_answer(register, row.id, activation.episode) if answers else None,
    )
    changes: dict[str, object] = {"lease_by": None, "lease_until": None}
    left = True
    if not row.protected:
        wrong = attempt.number if said.outcome == "wrong_number" else None
        phones = [replace(one, wrong=one.wrong or one.number == wrong) for one in row.phones]
        left = any(not one.wrong for one in phones)
        if row.phones:  # as they were when rung
            changes["phones"] = json.dumps([vars(one) for one in phones])
    changes["contact"] = calling.contact_after(row, said, left)
    answer, need_id = row.answer, row.need_id
    if answers and said.answer:
        moves: Mapping[int, int] | None = None
        if active:
            moves = seats(register, activation, rows, row, attempt)
        elif row.answer == "yes":
            moves = {row.id: row.need_id} if row.need_id else {}
        elif attempt.in_time:
            moves = _seats_at_the_end(register, activation, rows, row, attempt)
        answer, need_id = answer_after(activation, row, said.answer, moves)
        changes |= {"answer": answer, "need_id": need_id}
        changes["eta"] = stamp(attempt.eta) if attempt.eta else None
        expected = "yes" if attempt.listed and not active and answer == "reserve" else answer
        changes["deployment"] = deployment_after(activation, row, expected)
        if late and row.left and said.answer == "yes":  # told to go, and nobody calls them in
            changes["deployment"] = row.deployment
        changes["freed"] = row.freed and changes["deployment"] in LEFT
    register.update("callout", row.id, **{**own_columns(row), **changes})
    return Decided(str(changes["contact"]), answer, need_id, late, attempt_id)


def record_past(
    register: Register, activation: Activation, row: Row, attempt: Attempt, episode: int,
    *, now: datetime,
) -> int:  # fmt: skip
    """Store an attempt of an episode that is over; returns its id.

    The present one goes on as it stood, but for this: one who said that they come, and has not
    answered since, is expected, and must be asked or told. One who was brought along as coming, and
    then said that they do not, is nobody that the present one counts with.
    """
    said = attempt.said
    answers = bool(said.answer) and not attempt.overtaken
    made = register.insert(
        "attempt",
        **_told(row, attempt, now),
        activation_id=activation.id,
        episode=episode,
        round=1,
        late=int(bool(said.answer) and not attempt.in_time),
        supersedes=queries.last_answer(register, row.id, episode) if answers else None,
    )
    if said.outcome == "wrong_number" and row.phones:
        phones = [replace(one, wrong=one.wrong or one.number == attempt.number)
                  for one in row.phones]  # fmt: skip
        register.update("callout", row.id, phones=json.dumps([vars(one) for one in phones]))
    if answers and activation.kind != "contact_test" and row.answer is None:
        coming = said.answer in ("yes", "later")
        if row.deployment in (None, "on_way"):
            changes = {**own_columns(row), "deployment": "on_way" if coming else None,
                       "eta": stamp(attempt.eta) if coming and attempt.eta else None}  # fmt: skip
            register.update("callout", row.id, **changes)
    if answers and said.answer not in ("yes", "later") and expected_since(register, row, episode):
        contact = "pending" if row.contact == "reached" else row.contact
        changes = {**own_columns(row), **during_queries.UNTOUCHED, "contact": contact}
        register.update("callout", row.id, **changes)
    return made


def _told(row: Row, attempt: Attempt, now: datetime) -> dict[str, object]:
    """The columns of an attempt that hold what was told of it."""
    return {
        "callout_id": row.id,
        "number": None if row.protected else attempt.number,
        "caller": attempt.caller,
        "happened": stamp(attempt.happened),
        "registered": stamp(now),
        "outcome": attempt.said.outcome,
        "answer": attempt.said.answer,
        "eta": stamp(attempt.eta) if attempt.eta else None,
    }


def expected_since(register: Register, row: Row, episode: int) -> bool:
    """Whether somebody is still out by an answer of this episode, and has said nothing since it."""
    if row.answer is None or not row.called_in or row.deployment not in (None, "on_way"):
        return False
    later = range(episode + 1, row.episode + 1)
    return all(queries.last_answered(register, row.id, one) is None for one in later)


def seats(
    register: Register,
    activation: Activation,
    rows: Sequence[Row],
    row: Row,
    attempt: Attempt,
) -> Mapping[int, int] | None:
    """The need that a yes fills, with those who step over to another; None where it fills none."""
    others = [other for other in rows if other.id != row.id]
    wanted = queries.needs(register, activation, others, naming=(row, attempt.skill))
    if attempt.said.answer != "yes":
        return None
    if not wanted:
        return {}
    skills = (*row.skills, attempt.skill) if attempt.skill else row.skills
    moves = needs.place(row.id, skills, wanted, _placed(others))
    for callout_id, need_id in (moves or {}).items():
        if callout_id != row.id:
            register.update("callout", callout_id, need_id=need_id)
    return moves


def _seats_at_the_end(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row, attempt: Attempt
) -> Mapping[int, int] | None:
    """The need that a yes fills which was said in time and comes in when it is over.

    It takes the place of one that a group promised, or none: what was met stands. None where
    nothing was open, as it would have been had it come in at once.
    """
    others = [other for other in rows if other.id != row.id]
    stated = queries.needs(register, activation, others)
    if not stated or attempt.said.answer != "yes":
        return {}
    if queries.needs(register, activation, others, naming=(row, attempt.skill)) != stated:
        return seats(register, activation, rows, row, attempt)
    skills = (*row.skills, attempt.skill) if attempt.skill else row.skills
    return None if needs.place(row.id, skills, stated, _placed(others)) is None else {}


def _placed(rows: Sequence[Row]) -> dict[int, needs.Placed]:
    """Those who count for a need, as they may step over to another."""
    return {
        row.id: needs.Placed(row.need_id, row.skills)
        for row in rows
        if row.answer == "yes" and row.need_id is not None and not row.left
    }


def answer_after(
    activation: Activation, row: Row, said: str, moves: Mapping[int, int] | None
) -> tuple[str, int | None]:
    """What an answer comes to, and the need it counts for: a yes that fills nothing is reserve."""
    if said != "yes" or activation.kind == "contact_test":
        return said, None
    if moves is None:
        return "reserve", None
    return "yes", moves.get(row.id)


def deployment_after(activation: Activation, row: Row, answer: str) -> str | None:
    """A yes is on the way, also of one who had left; one who is there stays so whatever they say.

    One who had left and can come later is expected; with any other answer they stay gone.
    """
    if row.left and answer in ("yes", "later"):
        return "on_way" if answer == "yes" else None
    if row.deployment not in (None, "on_way") or activation.kind == "contact_test":
        return row.deployment
    return "on_way" if answer == "yes" else None


def seat_the_standing(
    register: Register, activation: Activation, rows: Sequence[Row], *, now: datetime
) -> None:
    """Let those count who said yes before the need was stated that they can fill.

    One who is more than is needed where they count steps over to what is open.
    """
    standing = {row.id: row for row in rows}
    attempt = Attempt(Said("answered", "yes"), "", now)
    for row in rows:
        if row.answer != "yes" or row.left:
            continue
        own = standing[row.id].need_id
        if own is not None and not _too_many(register, activation, list(standing.values()), own):
            continue
        moves = seats(register, activation, list(standing.values()), row, attempt) or {}
        for callout_id, need_id in moves.items():
            standing[callout_id] = replace(standing[callout_id], need_id=need_id)
        if row.id in moves:
            register.update("callout", row.id, **own_columns(standing[row.id]))


def _too_many(
    register: Register, activation: Activation, rows: Sequence[Row], need_id: int
) -> bool:
    stated = queries.needs(register, activation, rows)
    return any(need.id == need_id and need.confirmed > need.needed for need in stated)


def count_in(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row, *, now: datetime
) -> bool:
    """Let one who has said yes and counts for nothing count now; False where nothing is open."""
    said = [one for episode in range(1, row.episode + 1)  # they may have said it before this one
            for one in queries.standing_attempts(register, row.id, episode)
            if one["answer"]]  # fmt: skip
    skill = said[-1]["skill"] if said else None
    attempt = Attempt(Said("in_person", "yes"), "", now, skill=skill)
    moves = seats(register, activation, rows, row, attempt) or {}
    if row.id not in moves:
        return False
    counts = {**own_columns(row), "answer": "yes", "need_id": moves[row.id]}
    register.update("callout", row.id, **counts)
    return True


def deploy(register: Register, activation: Activation, row: Row, to: str) -> None:
    """Move somebody to on_site, released, home_safe or no_show. Raises RefusedError."""
    possible = {
        "on_site": row.deployment != "on_site",
        "released": row.called_in and row.deployment != "released",
        "home_safe": row.called_in,
        "no_show": row.called_in and row.deployment in (None, "on_way"),
    }
    if not possible[to]:
        raise RefusedError(
            whereabouts(row)
            if row.deployment
            else _("{name} is not called in.", name=row.name),
            _("See who is where: frivillig beredskap status --activation {number}",
              number=activation.number),
        )  # fmt: skip
    active, over = activation.state == "active", activation.state not in states.OPEN
    freed = (to == "no_show" and not over) or (to in LEFT if active else row.freed)
    changes: dict[str, object] = {"deployment": to, "freed": freed}
    if to == "no_show" and not over:  # whom they were to be is missing again
        changes["need_id"] = None
    register.update("callout", row.id, **{**own_columns(row), **changes})


def whereabouts(row: Row) -> str:
    """Where somebody is already, as a sentence."""
    if row.deployment == "no_show":
        return _("It is recorded already that {name} did not come.", name=row.name)
    where = _(DEPLOYMENT_WORDS[str(row.deployment)])
    return _("{name} is {where} already.", name=row.name, where=where)


def own_columns(row: Row) -> dict[str, object]:
    """The columns that a row of an earlier episode leaves behind when it is first touched anew."""
    return {
        "episode": row.episode, "contact": row.contact, "answer": row.answer,
        "need_id": row.need_id, "eta": row.eta, "deployment": row.deployment, "freed": row.freed,
    }  # fmt: skip

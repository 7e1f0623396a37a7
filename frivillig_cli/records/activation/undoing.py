"""What was recorded of a row by mistake is taken back: the row becomes what it was before.

Both what was recorded and that it was taken back stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.records.activation import calling, during_queries, queries, taken_queries
from frivillig_cli.records.activation.actions import stamp
from frivillig_cli.records.activation.calling import Said
from frivillig_cli.records.activation.model import LEFT, Activation, Phone, Row
from frivillig_cli.records.activation.needs import fits
from frivillig_cli.records.activation.row_actions import (
    DEPLOYMENT_WORDS,
    Attempt,
    answer_after,
    count_in,
    deployment_after,
    own_columns,
    seats,
    whereabouts,
)
from frivillig_cli.store.register import Register


def take_back(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row, caller: str,
    *, now: datetime, before: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Take back the last that was recorded of a row, by an attempt that says so; both stay.

    The row becomes what the attempts before it made of it, or what it brought from the episode
    before: whoever was on the way is so again, though they may be more than are needed by now.
    `before` is the log's line about an
    arrival, where the answer was one. Returns what was taken back. Raises RefusedError where there
    is nothing, and for the answer of one who has come.
    """
    standing = queries.standing_attempts(register, row.id, activation.episode)
    if not standing or (standing[-1]["answer"] and row.deployment not in (None, "on_way")):
        raise RefusedError(
            _("There is nothing of {name} to take back.", name=row.name)
            if not standing
            else whereabouts(row),
            _("If they have not come: frivillig beredskap arrive {id} --undo", id=row.ref)
            if row.deployment == "on_site"
            else _("Record what is right now: frivillig beredskap call {id} yes|no|…", id=row.ref),
        )  # fmt: skip
    *earlier_ones, last = standing
    void(register, last, caller, now=now, round_=activation.round)
    changes: dict[str, object] = {"lease_by": None, "lease_until": None}
    phones = row.phones
    if last["outcome"] == "wrong_number" and not row.protected:
        phones = tuple(
            replace(phone, wrong=phone.wrong and phone.number != last["number"])
            for phone in phones
        )  # fmt: skip
        if phones:
            changes["phones"] = json.dumps([vars(phone) for phone in phones])
    brought = _brought(register, activation, row)
    changes["contact"] = _contact_of(activation, row, phones, earlier_ones)
    if brought and brought.answer:
        changes["contact"] = "reached"
    earlier = next((one for one in reversed(earlier_ones) if one["answer"]), None)
    if last["answer"]:
        until = before or during_queries.entry_of(register, row.id, last["registered"])
        kept = brought or replace(row, **during_queries.UNTOUCHED)
        changes |= {name: getattr(kept, name)
                    for name in ("answer", "need_id", "eta", "deployment", "freed")}  # fmt: skip
        if not brought and not earlier:
            changes |= _expected(register, activation, row, until)
        if earlier:
            said = Said(earlier["outcome"], earlier["answer"])
            eta = datetime.fromisoformat(earlier["eta"]) if earlier["eta"] else None
            attempt = Attempt(said, caller, now, eta=eta, skill=earlier["skill"])
            no_seat = earlier["late"] or _stood_in_reserve(register, row, earlier)
            moves = None if no_seat else seats(register, activation, rows, row, attempt)
            if moves is None and earlier["answer"] == "yes" and not no_seat:
                moves = _beyond(register, activation, rows, row, attempt)
            answer, need_id = answer_after(activation, row, earlier["answer"], moves)
            changes |= {"answer": answer, "need_id": need_id, "eta": earlier["eta"]}
            gone = left_between(register, activation, row, earlier, until)
            changes["deployment"] = gone or deployment_after(activation, row, answer)
            changes["freed"] = gone is not None and _freed(register, activation, row, gone)
    register.update("callout", row.id, **{**own_columns(row), **changes})
    if brought and last["answer"] and not earlier and brought.answer == "yes" and not brought.left:
        count_in(register, activation, rows, brought, now=now)
    return last


def _brought(register: Register, activation: Activation, row: Row) -> Row | None:
    """The row as it came into this episode, of one who was still out when the one before ended.

    One who had left stands for what they were needed for; the yes of another is yet to be seated.
    """
    past = during_queries.past_states(register, activation.id, activation.episode - 1).get(row.id)
    then = replace(row, **past, lease_by=None, lease_until=None) if past else None
    if then is None or not then.called_in:
        return None
    return replace(then, freed=then.left, need_id=then.need_id if then.left else None)


def _expected(
    register: Register, activation: Activation, row: Row, until: int | None
) -> dict[str, object]:
    """The columns of one who said in an episode before that they come, where that was taken in
    since: they may be on the way, or were told since and before this line of the log.
    """
    said = taken_queries.last_said_afterwards(register, activation.id, row.id, activation.episode)
    if activation.kind == "contact_test" or not said or said["answer"] not in ("yes", "later"):
        return {}
    gone = left_between(register, activation, row, said, until)
    return {"deployment": gone or "on_way", "eta": None if gone else said["eta"]}


def void(
    register: Register, attempt: Mapping[str, Any], caller: str, *, now: datetime, round_: int
) -> None:
    """Store, in one of the rounds, that an attempt (its columns) is taken back. Both stay."""
    register.insert(
        "attempt",
        activation_id=attempt["activation_id"], callout_id=attempt["callout_id"],
        episode=attempt["episode"], round=round_, caller=caller, happened=stamp(now),
        registered=stamp(now), outcome=attempt["outcome"], voids=attempt["id"],
    )  # fmt: skip


def void_past(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row,
    last: Mapping[str, Any], caller: str, *, now: datetime,
) -> None:  # fmt: skip
    """Take back an attempt of an episode that is over; one who was expected by it is not now, and
    one who was not expected any more by it is so again.
    """
    void(register, last, caller, now=now, round_=last["round"])
    if last["answer"] in ("yes", "later") and row.answer is None and row.deployment == "on_way":
        register.update("callout", row.id, **{**own_columns(row), "deployment": None, "eta": None})
    brought = _brought(register, activation, row)
    stands = [one for one in queries.standing_attempts(register, row.id, last["episode"])
              if one["answer"]]  # fmt: skip
    free = row.answer is None and row.deployment is None and last["answer"] not in ("yes", "later")
    if brought and free and stands and stands[-1]["answer"] in ("yes", "later"):
        register.update("callout", row.id, **own_columns(brought))
        if brought.answer == "yes" and not brought.left:
            count_in(register, activation, rows, brought, now=now)


def mend_eta(
    register: Register, activation: Activation, row: Row, last: Mapping[str, Any],
    eta: datetime | None, caller: str, *, now: datetime,
) -> int:  # fmt: skip
    """Say anew when somebody comes: the last of their attempts, with another time. Both stay.

    Returns the id of the new one.
    """
    same = ("activation_id", "callout_id", "episode", "round", "number", "happened", "outcome",
            "answer", "late", "skill")  # fmt: skip
    values = {name: last[name] for name in same}
    void(register, last, caller, now=now, round_=last["round"])
    when = stamp(eta) if eta else None
    made = register.insert(
        "attempt", **values, caller=caller, registered=stamp(now), eta=when, supersedes=last["id"]
    )
    register.update("callout", row.id, **{**own_columns(row), "eta": when})
    return made


def left_between(
    register: Register, activation: Activation, row: Row, earlier: Mapping[str, Any],
    until: int | None,
) -> str | None:  # fmt: skip
    """How they had left since an answer, by the log before this line of it.

    Released where that cannot be read.
    """
    since = during_queries.entry_of(register, row.id, earlier["registered"])
    said = during_queries.last_move(register, row.id, since, until)
    if said is None:
        return None
    for spoken in LANGUAGES:  # a line is in the language of whoever wrote it
        with in_language(spoken):
            words = {f"{row.name}: {_(DEPLOYMENT_WORDS[code])}": code for code in LEFT}
        if said in words:
            return words[said]
    return "released"


def _beyond(
    register: Register, activation: Activation, rows: Sequence[Row], row: Row, attempt: Attempt
) -> dict[int, int]:
    """What one who is on the way counts for where nothing is open: the first that they can do."""
    others = [other for other in rows if other.id != row.id]
    own = (*row.skills, attempt.skill) if attempt.skill else row.skills
    found = [one for one in queries.needs(register, activation, others) if fits(own, one.skill)]
    found.sort(key=lambda one: (one.skill is None, one.id))
    return {row.id: found[0].id} if found else {}


def _stood_in_reserve(register: Register, row: Row, earlier: Mapping[str, Any]) -> bool:
    """Whether an answer came to reserve, by the log: they were told to stay, and nobody has asked
    them to come since.
    """
    text = during_queries.answer_text(register, row.id, earlier["happened"], earlier["registered"])
    for spoken in LANGUAGES:
        with in_language(spoken):
            if text.startswith(f"{row.name}: {_(calling.ANSWER_WORDS['reserve'])}"):
                return True
    return False


def _freed(register: Register, activation: Activation, row: Row, gone: str) -> bool:
    """Whether what they were needed for was open again when they left: not in the stand-down."""
    if gone == "no_show" or activation.stood_down is None:
        return True
    left = during_queries.last_moved(register, row.id)
    return left is not None and left < activation.stood_down


def _contact_of(
    activation: Activation, row: Row, phones: Sequence[Phone], attempts: Sequence[Mapping[str, Any]]
) -> str:
    """How far it has come with a row by these attempts."""
    if any(one["answer"] for one in attempts):
        return "reached"
    rounds = [one["round"] for one in attempts if one["outcome"] not in calling.UNCOUNTED]
    tries = rounds.count(activation.round)
    left = row.protected or any(not phone.wrong for phone in phones)
    if tries and (tries >= calling.MOST_TRIES or not left):
        return "given_up"
    return "not_reached" if rounds else "pending"

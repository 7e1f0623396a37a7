"""What is changed of the list itself: who is left out, taken in or added, what a group promises.

Each is called inside the caller's transaction with rows read in that same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import during_queries, queries
from frivillig_cli.records.activation.actions import Listed, columns, stamp
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.needs import GroupAnswer
from frivillig_cli.records.activation.row_actions import own_columns
from frivillig_cli.store.register import Register


def exclude(register: Register, row: Row) -> None:
    """Take somebody off the list by hand. Refuses one who is called in."""
    if row.called_in:
        raise RefusedError(
            _("{name} is called in.", name=row.name),
            _("Record what they answer now: frivillig beredskap call {id} no", id=row.ref),
        )
    if row.selection == "excluded":
        raise RefusedError(
            _("{name} is left out already.", name=row.name),
            _("Take them in with: frivillig beredskap include {id}", id=row.ref),
        )
    register.update(
        "callout", row.id, **{**own_columns(row), "selection": "excluded", "reason": "manual",
                              "lease_by": None, "lease_until": None, "answer": None},
    )  # fmt: skip


def include(register: Register, activation: Activation, row: Row, person: Listed) -> None:
    """Take somebody in who was left out, with the numbers and skills they have now.

    What they had answered in this episode stands again.
    """
    register.update(
        "callout", row.id, **{**_answered(register, activation, row), **columns(person)}
    )


def restore(register: Register, activation: Activation, row: Row) -> None:
    """Take a walk-in in who was left out, as they stood on the list."""
    changes = {**own_columns(row), **_answered(register, activation, row)}
    register.update("callout", row.id, **{**changes, "selection": "eligible", "reason": None})


def _answered(register: Register, activation: Activation, row: Row) -> dict[str, object]:
    """The columns of what somebody had answered when they were left out.

    Whoever was on the way could not be: a yes of one who had not left was in reserve.
    """
    answers = [one for one in queries.standing_attempts(register, row.id, activation.episode)
               if one["answer"]]  # fmt: skip
    if row.answer or not answers:
        return {}
    said = answers[-1]
    answer = "reserve" if said["answer"] == "yes" and not row.left else said["answer"]
    return {**own_columns(row), "contact": "reached", "answer": answer, "eta": said["eta"]}


def add_row(
    register: Register, activation: Activation, rows: Sequence[Row], person: Listed,
    *, walk_in: bool = False,
) -> str:  # fmt: skip
    """Put one more person last on the list; returns their row code."""
    from frivillig_cli.records.activation.numbering import row_code

    rank = during_queries.last_rank(register, activation.id) + 1
    code = row_code(activation.number, rank, rank)
    register.insert(
        "callout",
        activation_id=activation.id,
        rank=rank,
        row_code=code,
        episode=activation.episode,
        walk_in=1 if walk_in else None,
        **columns(person),
    )
    return code


def promise(
    register: Register, activation: Activation, group_id: int, group: str, need_id: int | None,
    coming: int, asked: int | None, *, eta: datetime | None, caller: str, happened: datetime,
    now: datetime,
) -> None:  # fmt: skip
    """Store that `coming` of a group's `asked` members come."""
    register.insert(
        "group_answer",
        activation_id=activation.id, episode=activation.episode, group_id=group_id,
        group_name=group, need_id=need_id, coming=coming, asked=asked,
        eta=stamp(eta) if eta else None, caller=caller, happened=stamp(happened),
        registered=stamp(now), in_stand_down=int(activation.state != "active"),
    )  # fmt: skip


def take_back_promise(
    register: Register, activation: Activation, told: GroupAnswer, *, caller: str, now: datetime
) -> None:
    """Store that what a group's leader said was written by mistake; both stay."""
    register.insert(
        "group_answer",
        activation_id=activation.id, episode=activation.episode, group_id=told.group_id,
        group_name=told.group_name, need_id=told.need_id, coming=0, caller=caller,
        happened=stamp(now), registered=stamp(now), voids=told.id,
    )  # fmt: skip


def name_person(register: Register, row: Row, person_id: int) -> None:
    """Say which person of the register a walk-in is."""
    register.update("callout", row.id, person_id=person_id)

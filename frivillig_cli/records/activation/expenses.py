"""Money laid out in a call-out: each line is kept as it was written, in øre.

A line that was wrong is superseded by a new one, with 0 where it should never have been there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import ChoiceError, InvalidValueError, NotFoundError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.records.activation import during_queries
from frivillig_cli.records.activation.actions import needed_text, stamp, typed_text
from frivillig_cli.records.activation.model import PAYER_WORDS, Activation, Expense
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class NewExpense:
    """An expense as it is told: øre, for what, who pays (None: as the activation says)."""

    amount: int
    what: str
    by: str
    payer: str | None = None
    receipt: str | None = None
    happened: datetime | None = None
    supersedes: int | None = None


def add(register: Register, activation: Activation, new: NewExpense, *, now: datetime) -> Expense:
    """Write an expense down; returns it. Raises InvalidValueError and RefusedError."""
    before = _superseded(register, activation, new.supersedes) if new.supersedes else None
    if not new.amount and before is None:
        raise InvalidValueError(
            _("An expense of nothing is none."),
            _("Take a line out with: frivillig beredskap expense 0 WHY --corrects NUMBER"),
            field="amount",
        )
    payer = _payer(new.payer) if new.payer else before.payer if before else activation.payer
    made = register.insert(
        "expense",
        activation_id=activation.id,
        amount=new.amount,
        what=needed_text(register, new.what, _("what it was for")),
        payer=payer,
        receipt=typed_text(register, new.receipt, _("receipt"))
        or (before.receipt if before else None),
        happened=stamp(new.happened) if new.happened else before.happened if before else stamp(now),
        registered=stamp(now),
        by=new.by,
        supersedes=new.supersedes,
    )
    return next(one for one in during_queries.expenses(register, activation.id) if one.id == made)


def _payer(typed: str) -> str:
    """The code of a payer that is typed as a code, or in the words in which payers are shown."""
    text, own = typed.strip(), fold(typed).removeprefix("the ")
    for code, word in PAYER_WORDS.items():
        shown = fold(_(word)).removeprefix("the ")
        # «kommune» is the municipality too
        if text in (code, code.replace("_", "-")) or (own and own == shown[: max(4, len(own))]):
            return code
    known = ", ".join(f"{code.replace('_', '-')} ({_(word)})" for code, word in PAYER_WORDS.items())
    raise ChoiceError(
        _("“{payer}” is none of those who can pay.", payer=echo(text)),
        _("Choose one of: {known}.", known=known),
        field="payer",
    )


def standing(expenses: Iterable[Expense]) -> list[Expense]:
    """Those that no later line has superseded, and that are of something."""
    lines = list(expenses)
    replaced = {one.supersedes for one in lines}
    return [one for one in lines if one.id not in replaced and one.amount]


def by_payer(expenses: Iterable[Expense]) -> dict[str, int]:
    """What each payer owes, in øre, of the lines that stand."""
    sums: dict[str, int] = {}
    for one in standing(expenses):
        sums[one.payer] = sums.get(one.payer, 0) + one.amount
    return sums


def corrections(expenses: Iterable[Expense]) -> dict[int, int]:
    """The line that stands in the place of each that was corrected."""
    return {one.supersedes: one.id for one in expenses if one.supersedes}


def to_json(one: Expense, corrected_by: int | None = None) -> dict[str, Any]:
    """The keys that scripts rely on; the amount in øre, and in kroner with two decimals.

    One that is `corrected_by` another is not to be summed.
    """
    values = {key: getattr(one, key) for key in Expense.__dataclass_fields__}
    amount = values.pop("amount")
    return {
        "id": values.pop("id"), "amount_kroner": in_kroner(amount), "amount_ore": amount, **values,
        "corrected_by": corrected_by,
    }  # fmt: skip


def in_kroner(ore: int) -> str:
    """`1250.50`: an amount in øre as scripts read kroner."""
    return f"{ore // 100}.{ore % 100:02}"


def _superseded(register: Register, activation: Activation, wanted: int) -> Expense:
    lines = during_queries.expenses(register, activation.id)
    found = next((one for one in lines if one.id == wanted), None)
    if found is None:
        raise NotFoundError(
            _("{number} has no expense {id}.", number=activation.number, id=wanted),
            _("See them with: frivillig beredskap expense"),
        )
    later = next((one.id for one in lines if one.supersedes == wanted), None)
    if later:
        raise RefusedError(
            _("Expense {id} is corrected in {later} already.", id=wanted, later=later),
            _("Correct that one: --corrects {later}", later=later),
        )
    return found

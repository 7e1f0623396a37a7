"""All the SQL that reads evaluations and what is to be done."""

from __future__ import annotations

from frivillig_cli.core.errors import NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.evaluation.model import ActionItem, Evaluation
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register

_EVALUATION = ", ".join(Evaluation.__dataclass_fields__)
_LEARNT = ("went_well", "to_improve", "text", "by")
_ACTION = ", ".join(ActionItem.__dataclass_fields__)


def of_activation(register: Register, activation_id: int) -> list[Evaluation]:
    """The evaluations of an activation that stand, oldest first; none that was corrected.

    As anybody may see them, whoever was protected since.
    """
    rows = register.rows(
        f"SELECT {_EVALUATION} FROM evaluation WHERE activation_id = ? AND id NOT IN"
        " (SELECT supersedes FROM evaluation WHERE supersedes IS NOT NULL) ORDER BY written, id",
        (activation_id,),
    )
    return [Evaluation(**protected.shown(register, dict(row), _LEARNT)) for row in rows]


def evaluation(register: Register, activation_id: int, wanted: int) -> Evaluation | None:
    """One evaluation of this activation, corrected or not; None where it has no such one."""
    row = register.row(
        f"SELECT {_EVALUATION} FROM evaluation WHERE id = ? AND activation_id = ?",
        (wanted, activation_id),
    )
    return None if row is None else Evaluation(*row)


def corrected_in(register: Register, wanted: int) -> int | None:
    """The evaluation that stands in the place of this one, or None."""
    found = register.value("SELECT id FROM evaluation WHERE supersedes = ?", (wanted,))
    return None if found is None else int(found)


def action_items(register: Register, activation_id: int | None = None) -> list[ActionItem]:
    """What is to be done after an activation, or after any: the open first, by when it is due.

    As anybody may see it, whoever was protected since.
    """
    rows = register.rows(
        f"SELECT {_ACTION} FROM action_item WHERE ? IS NULL OR activation_id = ?"
        " ORDER BY done IS NOT NULL, due IS NULL, due, id",
        (activation_id, activation_id),
    )
    return [ActionItem(**protected.shown(register, dict(row), ("what", "owner"))) for row in rows]


def action_item(register: Register, wanted: int) -> ActionItem:
    """One thing that is to be done. Raises NotFoundError."""
    row = register.row(f"SELECT {_ACTION} FROM action_item WHERE id = ?", (wanted,))
    if row is None:
        raise NotFoundError(
            _("There is nothing to be done with the number {id}.", id=wanted),
            _("See what there is: {command}", command="frivillig beredskap action list"),
        )
    return ActionItem(*row)

"""Those who come without having been on the list.

A walk-in is a row of the activation, with a row code like everybody's: they count for a need, are
told when it is over, and stand in the report. They are put in the register only when told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import clean_name, fold
from frivillig_cli.core.phone import parse_phone
from frivillig_cli.records.activation import list_actions, row_actions, shown_queries, states
from frivillig_cli.records.activation.actions import Listed, NewEntry, needed_text, write_log
from frivillig_cli.records.activation.began import check_at
from frivillig_cli.records.activation.calling import Said
from frivillig_cli.records.activation.model import Phone, Row
from frivillig_cli.records.activation.row_actions import Attempt
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as person_queries
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import steps
from frivillig_cli.work.beredskap.view import View, find_row, load


@dataclass(frozen=True)
class WalkIn:
    """Who has come, as they say it themselves."""

    name: str
    phone: str | None = None
    skills: Sequence[str] = ()


def arrive(
    register: Register, activation_id: int, new: WalkIn, *, by: str, at: datetime | None,
    now: datetime,
) -> tuple[Row, View]:  # fmt: skip
    """Put somebody who is not on the list on it, and on site. Raises RefusedError for one who is.

    They count for what is open, or are a reserve who is there.
    """
    view = load(register, activation_id, now)
    activation = view.activation
    states.require_open(activation.number, activation.state)
    check_at(register, activation, at, now)
    name = clean_name(needed_text(register, new.name, _("name")))
    same = next((row for row in view.rows if fold(row.name) == fold(name)), None)
    if same:
        raise _is_there(view, same)
    skills = tuple(clean_name(skill) for skill in new.skills)
    refuse_birth_numbers(" ".join(skills), _("skill"))
    protected.refuse(register, *skills)
    phones = (Phone(parse_phone(new.phone)),) if new.phone else ()
    for phone in phones:
        _must_not_be_protected(register, phone.number)
    code = list_actions.add_row(
        register, activation, view.rows, Listed(None, name, phones, (), skills, None), walk_in=True
    )
    view = load(register, activation_id, now)
    row = find_row(view, code)
    attempt = Attempt(Said("in_person", "yes"), by, at or now)
    row_actions.record(register, activation, view.rows, row, attempt, now=now)
    text = _("{name} came without having been called, as row {code}.", name=name, code=code)
    write_log(
        register,
        activation,
        NewEntry("observation", text, by, at, sender=name, row=row.id),
        now=now,
    )
    return steps.arrive(register, activation_id, code, by=by, at=at, now=now)


def _is_there(view: View, row: Row) -> RefusedError:
    """That there is a row of this name, with what to do: also where they are left out."""
    try:
        view.must_be_listed(row)
    except RefusedError as left_out:
        message, way = left_out.message, left_out.hint
    else:
        message = _("{name} is on the list already.", name=row.name)
        way = _("Then: {command}", command=f"frivillig beredskap arrive {row.row_code}")
    return RefusedError(message, f"{way}. " + _("Somebody else of that name: write more of it."))


def _must_not_be_protected(register: Register, number: str) -> None:
    """Raise RefusedError where the number is a protected person's: it stands in no list."""
    found = shown_queries.protected_with(register, number)
    if found:
        person_id, name = found
        raise RefusedError(
            _("That number is in the register as {name}’s, number {id}, who is protected.",
              name=name, id=person_id),
            _("If it is the same person: {include}, and then {arrive}. If it is another one, leave"
              " the number out.", include=f"frivillig beredskap include {person_id} --reason …",
              arrive=f"frivillig beredskap arrive {person_id}"),
        )  # fmt: skip


def keep(
    register: Register, activation_id: int, ref: str, *, by: str, now: datetime
) -> tuple[Row, View]:
    """Put a walk-in in the register, with the number and skills they gave. Refuses others."""
    view = load(register, activation_id, now)
    row = find_row(view, ref)
    if row.person_id is not None:
        raise RefusedError(
            _("{name} is in the register already.", name=row.name),
            _("See them with: frivillig person show {id}", id=row.person_id),
        )
    known = person_queries.match(register, row.name, row.usable)
    if known.outcome != "new":
        raise RefusedError(
            _("There is somebody called {name} already.", name=row.name),
            _("If it is the same person, leave {option} out. If it is another one: {command}",
              option="--register",
              command=typed("frivillig volunteer add NAME --new-person")),
            [f"{one.id:>5}  {one.name}" for one in known.candidates],
        )  # fmt: skip
    person = people.add(register, {"name": row.name}, phones=row.usable, now=now)
    people.set_skills(register, person, add=row.skills, now=now)
    list_actions.name_person(register, row, person)
    text = _("{name} is put in the register.", name=row.name)
    write_log(register, view.activation, NewEntry("action", text, by), now=now)
    after = load(register, activation_id, now)
    return next(one for one in after.rows if one.id == row.id), after

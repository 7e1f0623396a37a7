"""One person once: whether a name on the command line is somebody who is there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.views import role_words
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.results import FieldChange
from frivillig_cli.records.person import actions, queries, rules
from frivillig_cli.records.person.model import MatchResult
from frivillig_cli.store.protected import by_way, of_protected
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class Wanted:
    """A person as typed: the name, phone numbers, and the other fields that were given."""

    name: str
    phones: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def find(wanted: Wanted, *, person: str | None, new: bool) -> int | None:
    """The id of the person who is meant, or None for somebody new.

    `person` is what --person named, `new` that --new-person was given. Where a namesake may be
    the one, a terminal is asked; else RefusedError names both options.
    """
    if person and new:
        raise UsageError(_("--person and --new-person do not go together."), _("Give one of them."))
    register = session.current().register
    email = rules.check({"email": wanted.values.get("email")})["email"]
    if person:
        who: int | None = queries.person_id(register, person)
    else:
        name = rules.check({"name": wanted.name})["name"]
        who = None if new else _match(register, name, wanted.phones, email)
    ask_of_protected(who, wanted.name, wanted.phones, email)
    return who


def ask_of_protected(
    person_id: int | None, name: str, phones: Sequence[str] | None, email: str | None
) -> None:
    """Ask before a protected person's phone or e-mail, as typed, is kept as somebody else's too.

    `person_id` is whose it is to be, None for somebody new, called `name`. What they have already
    is not asked about. Raises RefusedError where the answer is no, or nobody can be asked.
    """
    run = session.current()
    given = [*rules.check_phones(phones or ()), rules.check({"email": email})["email"] or ""]
    if person_id is not None:
        person = queries.get(run.register, person_id)
        name = person.name
        have = {*person.all_numbers, person.values["email"] or ""}
        given = [] if person.protected else [way for way in given if way not in have]
    theirs = by_way(run.register) if any(given) else {}
    found = [(theirs[way.casefold()], way) for way in given if way.casefold() in theirs]
    for owner, way in found:
        run.out.warn(of_protected(owner, "email" if "@" in way else "phone"))
    if found:
        ask.confirm(_("It would stand in lists and files as that of {name}. Go on?", name=name))


def save(
    register: Register, wanted: Wanted, person_id: int | None, *, now: datetime
) -> tuple[int, list[FieldChange]]:
    """Add the person, or bring what was typed to the one who is there; (id, what changed).

    A number that was typed is put first, and the others stay.
    """
    if person_id is None:
        values = {"name": wanted.name, **wanted.values}
        return actions.add(register, values, phones=wanted.phones, now=now), []
    have = queries.get(register, person_id).all_numbers
    phones = [*rules.check_phones(wanted.phones), *have] if wanted.phones else None
    changes = actions.edit(register, person_id, wanted.values, phones=phones, now=now)
    return person_id, changes


def _match(register: Register, name: str, phones: Sequence[str], email: str | None) -> int | None:
    found = queries.match(register, name, rules.check_phones(phones), email)
    return _ask(found, name) if found.outcome == "uncertain" else found.person_id


def _ask(found: MatchResult, name: str) -> int | None:
    people = queries.get_many(
        session.current().register, [known.id for known in found.candidates]
    ).values()
    told = {str(person.id): _describe(person.name, person.roles) for person in people}
    if not ask.in_terminal():
        first = next(iter(told))
        raise RefusedError(
            _("There is somebody called {name} already.", name=name),
            _(
                "If it is the same person: --person {id}. If it is another one: --new-person.",
                id=first,
            ),
            [f"{number:>5}  {words}" for number, words in told.items()],
        )
    told["n"] = _("somebody else: a new person")
    answer = ask.choose(_("Is this one of those who are there already?"), told)
    return None if answer == "n" else int(answer)


def _describe(name: str, roles: Sequence[Mapping[str, str]]) -> str:
    return "  ".join(filter(None, (name, role_words(roles))))

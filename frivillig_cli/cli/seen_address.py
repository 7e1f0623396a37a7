"""Where somebody protected lives, and an association has that address as its own: said."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from frivillig_cli.cli import session
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.core.results import FieldChange
from frivillig_cli.store.register import Register

_SHOWN = 5


class Seen(NamedTuple):
    """An association with the address, or premises; `near`: of somebody who has, or has had, an
    office there."""

    id: int
    name: str
    near: bool = False
    place: bool = False

    @property
    def command(self) -> str:
        """What takes the address away."""
        noun = "beredskap resource" if self.place else "org"
        return f'frivillig {noun} edit {self.id} --street ""'

    @property
    def called(self) -> str:
        """Its name and number."""
        return _("{name} (number {id})", name=echo(self.name), id=self.id)


def tell_if_changed(person_id: int, changes: Iterable[FieldChange]) -> None:
    """Tell it where a change has made somebody protected, or has given them another address."""
    if any(change.field in ("protected", *ADDRESS) for change in changes):
        tell([person_id])


def tell(people: Iterable[int], but: Collection[Seen] = ()) -> None:
    """Tell of each of these people, who may be protected, which associations show where they live,
    `but` for those that were told of before."""
    run = session.current()
    for warning in warnings(run.register, people, but):
        run.out.warn(*warning)


def tell_of_office(person_id: int, org_id: int) -> None:
    """Tell whoever gives somebody protected an office what that association shows of theirs."""
    from frivillig_cli.store import as_its_own

    run = session.current()
    for one in as_its_own.shown(run.register, person=person_id):
        if one.org_id == org_id:
            run.out.warn(one.sentence, as_its_own.way_out(one))
    every = seen(run.register, person_id)
    tell([person_id], but=[one for one in every if one.place or one.id != org_id])


def warnings(
    register: Register, people: Iterable[int], but: Collection[Seen] = ()
) -> Iterator[tuple[str, str]]:
    """What `tell` says, each with what to do."""
    from frivillig_cli.records.person.queries import get

    for person_id in people:
        found = [one for one in seen(register, person_id) if one not in but]
        if not found:
            continue
        names = ", ".join(one.called for one in found[:_SHOWN])
        yield (
            _(
                "{name} is protected, but the address is shown in lists and texts, being that of"
                " {orgs} too.",
                name=get(register, person_id).name,
                orgs=names if len(found) <= _SHOWN else f"{names} …",
            ),
            _(
                "Where it is not the association's own: {command}",
                command=typed(found[0].command),
            ),
        )


def seen(register: Register, person_id: int) -> list[Seen]:
    """The associations and premises that show where somebody protected lives, but for those that
    `as_its_own.shown` tells of."""
    from frivillig_cli.store.homes import Homes

    homes = Homes(register, person_id)
    orgs = [Seen(at.org_id, at.org, at.near) for at in homes.shown() if not at.unsaid]
    return orgs + [Seen(*one, place=True) for one in homes.places()]

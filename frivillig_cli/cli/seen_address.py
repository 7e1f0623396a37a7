"""Where somebody protected lives, and an association has that address as its own: said."""

from collections.abc import Collection, Iterable, Iterator

from frivillig_cli.cli import session
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.core.results import FieldChange
from frivillig_cli.store.register import Register

_SHOWN = 5


def tell_if_changed(person_id: int, changes: Iterable[FieldChange]) -> None:
    """Tell it where a change has made somebody protected, or has given them another address."""
    if any(change.field in ("protected", *ADDRESS) for change in changes):
        tell([person_id])


def tell(people: Iterable[int], but: Collection[tuple[int, str]] = ()) -> None:
    """Tell of each of these people, who may be protected, which associations show where they live,
    `but` for those that were told of before."""
    run = session.current()
    for warning in warnings(run.register, people, but):
        run.out.warn(*warning)


def warnings(
    register: Register, people: Iterable[int], but: Collection[tuple[int, str]] = ()
) -> Iterator[tuple[str, str]]:
    """What `tell` says, each with what to do."""
    from frivillig_cli.records.person.queries import get

    for person_id in people:
        found = [one for one in seen(register, person_id) if one not in but]
        if not found:
            continue
        names = ", ".join(f"{number} {echo(name)}" for number, name in found[:_SHOWN])
        yield (
            _(
                "{name} is protected, but the address is shown in lists and texts, being that of"
                " {orgs} too.",
                name=get(register, person_id).name,
                orgs=names if len(found) <= _SHOWN else f"{names} …",
            ),
            _(
                "Where it is not the association's own: {command}",
                command=typed(f'frivillig org edit {found[0][0]} --street ""'),
            ),
        )


def seen(register: Register, person_id: int) -> list[tuple[int, str]]:
    """(number, name) of the associations that show where somebody protected lives, but for those
    that `as_its_own.shown` tells of."""
    from frivillig_cli.store import as_its_own

    found = as_its_own.has_home(register, person_id)
    told = as_its_own.shown(register, person=person_id) if found else []
    known = {one.org_id for one in told if "street" in one.fields}
    return [one for one in found if one[0] not in known]

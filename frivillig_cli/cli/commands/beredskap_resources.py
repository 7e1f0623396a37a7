"""`frivillig beredskap resource`: premises, equipment and vehicles that can be used in a crisis."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.beredskap_groups import Notes, OrgOption, org_id_of
from frivillig_cli.cli.complete import complete_org, complete_person
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, QueryArgument, Show, noun
from frivillig_cli.cli.own_address import OwnAddress, settle
from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.resource import queries
from frivillig_cli.records.resource.model import (
    FACILITIES,
    FACILITY_WORDS,
    KIND_WORDS,
    KINDS,
    Resource,
)
from frivillig_cli.store import protected

resource = noun(N_("Premises, equipment and vehicles."))

ResourceArgument = Annotated[
    str, typer.Argument(metavar="REF", help="The number, or enough of the name.")
]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="premises|equipment|vehicle", help="What it is.")
]
Street = Annotated[str | None, typer.Option(metavar="STREET", help="Street and number.")]
Postcode = Annotated[str | None, typer.Option(metavar="CODE", help="The postcode.")]
City = Annotated[str | None, typer.Option(metavar="PLACE", help="The place of the postcode.")]
Capacity = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="How many people it holds.")
]  # fmt: skip
Beds = Annotated[int | None, typer.Option(metavar="N", min=0, help="How many can sleep there.")]
Kitchen = Annotated[
    bool | None, typer.Option("--kitchen/--no-kitchen", help="Whether there is a kitchen.")
]
Heating = Annotated[
    bool | None,
    typer.Option("--heating/--no-heating", help="Whether it is warm without electricity."),
]
Generator = Annotated[
    bool | None, typer.Option("--generator/--no-generator", help="Whether it has a generator.")
]
Toilets = Annotated[
    bool | None, typer.Option("--toilets/--no-toilets", help="Whether there are toilets.")
]
Accessible = Annotated[
    bool | None, typer.Option("--accessible/--not-accessible", help="Step-free access.")
]
KeyHolder = Annotated[
    str | None,
    typer.Option(
        metavar="PERSON", help="Who has the key. Never a code.", autocompletion=complete_person
    ),
]
SecondKeyHolder = Annotated[
    str | None,
    typer.Option(
        metavar="PERSON", help="Who has the other key.", autocompletion=complete_person
    ),
]  # fmt: skip


def _given(**values: Any) -> dict[str, Any]:
    """The columns that were given: yes and no as 1 and 0, a key-holder by id, "" as nobody."""
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.person.queries import person_id

    given = {name: value for name, value in values.items() if value is not None}
    for name in ("key_holder", "second_key_holder"):
        if name in given:
            ref = given.pop(name)
            found = person_id(session.current().register, ref) if ref.strip() else None
            given[f"{name}_id"] = found
    if given.get("kind", KINDS[0]) not in KINDS:
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--kind", value=echo(given["kind"])),
            _("Choose one of: {known}.", known=", ".join(KINDS)),
        )
    return {n: int(v) if isinstance(v, bool) else v for n, v in given.items()}


@resource.command("add", cls=Change)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    org: OrgOption = None,
    kind: Kind = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    own_address: OwnAddress = False,
    capacity: Capacity = None,
    beds: Beds = None,
    kitchen: Kitchen = None,
    heating: Heating = None,
    generator: Generator = None,
    toilets: Toilets = None,
    accessible: Accessible = None,
    key_holder: KeyHolder = None,
    second_key_holder: SecondKeyHolder = None,
    notes: Notes = None,
) -> None:
    """Add premises, equipment or a vehicle. Codes for alarms and locks are never kept."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.resource import actions

    run = session.current()
    values = _given(
        kind=kind, street=street, postcode=postcode, city=city, capacity=capacity, beds=beds,
        kitchen=kitchen, heating=heating, generator=generator, toilets=toilets,
        accessible=accessible, key_holder=key_holder, second_key_holder=second_key_holder,
        notes=notes,
    )  # fmt: skip
    org_id = org_id_of(org)
    ask_first(notes)
    with run.change() as register:
        new = actions.add(register, name, org_id, values)
        found = queries.get(register, new)
        own = settle(register, found.values, stated=own_address)
    run.out.result(found.to_json(), _("Saved: {name}, number {id}.", name=found.name, id=new))
    own.warn()
    remind(notes, mend=typed(f"frivillig beredskap resource edit {new} --notes TEXT"))
    if not found.key_holder:
        command = typed(f"frivillig beredskap resource edit {new} --key-holder PERSON")
        run.out.hint(_("Next: who has the key   {command}", command=command))


@resource.command("edit", cls=Change)
def edit(
    ref: ResourceArgument,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What it is called.")] = None,
    org: Annotated[
        str | None,
        typer.Option(
            metavar="REF", help="The association it belongs to.", autocompletion=complete_org
        ),
    ] = None,
    kind: Kind = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    own_address: OwnAddress = False,
    capacity: Capacity = None,
    beds: Beds = None,
    kitchen: Kitchen = None,
    heating: Heating = None,
    generator: Generator = None,
    toilets: Toilets = None,
    accessible: Accessible = None,
    key_holder: KeyHolder = None,
    second_key_holder: SecondKeyHolder = None,
    notes: Notes = None,
) -> None:
    """Change premises, equipment or a vehicle; an empty value ("") empties the field."""
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.org.queries import org_id
    from frivillig_cli.records.resource import actions

    run = session.current()
    wanted = queries.resource_id(run.register, ref)
    values = _given(
        name=name, org_id=org_id(run.register, org) if org else None, kind=kind, street=street,
        postcode=postcode, city=city, capacity=capacity, beds=beds, kitchen=kitchen,
        heating=heating, generator=generator, toilets=toilets, accessible=accessible,
        key_holder=key_holder, second_key_holder=second_key_holder, notes=notes,
    )  # fmt: skip
    ask_first(notes)
    had = queries.get(run.register, wanted).values
    with run.change() as register:
        changed = actions.edit(register, wanted, values)
        found = queries.get(register, wanted)
        own = settle(register, found.values, had=had, stated=own_address)
    lines = [] if changed else [_("Nothing to change.")]
    run.out.result(found.to_json(), found.name, *lines)
    own.warn()
    remind(notes, mend=typed(f"frivillig beredskap resource edit {wanted} --notes TEXT"))
    if changed and run.out.mode == "text":
        run.out.record({}, _fields(found))


@resource.command("show", cls=Show)
def show(ref: ResourceArgument) -> None:
    """Show premises, equipment or a vehicle, with who has the key."""
    run = session.current()
    stored = queries.get(run.register, queries.resource_id(run.register, ref))
    texts = protected.shown(run.register, stored.values, ("name", "notes"))
    found = replace(stored, values=texts)
    run.out.record(found.to_json(), _fields(found), title=f"{found.id}  {found.name}")


def _fields(found: Resource) -> list[tuple[str, str | None]]:
    from frivillig_cli.cli.views import STATUS_WORDS, phone

    def key(who: str | None, number: str | None) -> str | None:
        return "  ".join(filter(None, (who, phone(number)))) or None

    has = ", ".join(_(FACILITY_WORDS[name]) for name in FACILITIES if found.values[name])
    lacks = ", ".join(_(FACILITY_WORDS[name]) for name in FACILITIES if found.values[name] == 0)
    shown = [
        (_("kind"), _(KIND_WORDS[found.kind])),
        (_("association"), found.org),
        (_("address"), found.address),
        (_("capacity"), None if found.capacity is None else str(found.capacity)),
        (_("beds"), None if found.beds is None else str(found.beds)),
        (_("has"), has or None),
        (_("has not"), lacks or None),
        (_("key-holder"), key(found.key_holder, found.key_holder_phone)),
        (_("second key-holder"), key(found.second_key_holder, found.second_key_holder_phone)),
        (_("notes"), found.notes),
    ]
    if found.status != "active":
        shown.insert(0, (_("status"), _(STATUS_WORDS[found.status])))
    return shown


@resource.command("archive", cls=Change)
def archive(ref: ResourceArgument) -> None:
    """Take premises or equipment out of the lists; nothing is deleted."""
    _set_status(ref, "archived", N_("{name} is archived. Take it back: frivillig undo"))


@resource.command("restore", cls=Change)
def restore(ref: ResourceArgument) -> None:
    """Take premises or equipment out of the archive."""
    _set_status(ref, "active", N_("{name} is active again."))


def _set_status(ref: str, status: str, done: str) -> None:
    from frivillig_cli.records.resource import actions

    run = session.current()
    wanted = queries.resource_id(run.register, ref)
    with run.change() as register:
        changed = actions.edit(register, wanted, {"status": status})
    found = queries.get(run.register, wanted)
    line = _(done, name=found.name) if changed else _("Nothing to change.")
    run.out.result(found.to_json(), line)


@resource.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List premises, equipment and vehicles; the archived ones with status:archived."""
    from frivillig_cli.cli.views import phone, wide

    run = session.current()
    wanted = parse_query(query or [])
    run.tell_absent(wanted, "resource")
    limit = run.page()
    found = queries.find(run.register, wanted, sort=run.sort, limit=limit)
    total = queries.count(run.register, wanted) if limit and len(found) == limit else None

    def cells(one: Resource) -> tuple[str | None, ...]:
        has = ", ".join(_(FACILITY_WORDS[name]) for name in FACILITIES if one.values[name])
        room = None if one.capacity is None else str(one.capacity)
        number = phone(one.key_holder_phone)
        if not wide():  # what is asked for at night: where, how many, who has the key
            return (one.name, one.street or one.city, room, one.key_holder, number)
        kind = _(KIND_WORDS[one.kind])
        return (str(one.id), one.name, kind, one.address, room, has, one.key_holder, number)

    # a column that is right-aligned is never broken: a phone number stays on one line
    key = [Column(_("Key")), Column(_("Phone"), right=True)]
    place = [Column(_("Address")), Column(_("Capacity"), right=True)]
    columns = (
        [
            Column(_("No."), right=True), Column(_("Name")), Column(_("Kind")), *place,
            Column(_("Has")), *key,
        ]
        if wide()
        else [Column(_("Name")), *place, *key]
    )  # fmt: skip
    run.out.listing(found, Resource.to_json, columns, cells, total=total)

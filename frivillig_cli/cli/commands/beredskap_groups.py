"""`frivillig beredskap group|member|resource`: who and what can be called in."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import (
    complete_agreement,
    complete_group,
    complete_org,
    complete_person,
)
from frivillig_cli.cli.options import Change, List, QueryArgument, Show, noun
from frivillig_cli.cli.output import Column
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.response import queries
from frivillig_cli.records.response.model import ROLE_WORDS, Group, Member

group = noun(N_("Groups of people who can be called in."))
member = noun(N_("Who is in which group."))
resource = noun(N_("Premises, equipment and vehicles."))

GroupArgument = Annotated[
    str,
    typer.Argument(
        metavar="GROUP",
        help="The group: its number, or enough of its name.",
        autocompletion=complete_group,
    ),
]
OrgOption = Annotated[
    str | None,
    typer.Option(metavar="REF", help="The association it belongs to.", autocompletion=complete_org),
]
PeopleArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PERSON", help="The number, or enough of the name.", autocompletion=complete_person
    ),
]
Notes = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Your own notes. Never about health.")
]


def _org_id(ref: str | None) -> int:
    from frivillig_cli.cli import ask
    from frivillig_cli.records.org.queries import org_id

    register = session.current().register
    ref = ref or ask.text(_("Which association?"), "--org", lambda text: org_id(register, text))
    return org_id(register, ref)


@group.command("add", cls=Change)
def group_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the group is called.")],
    org: OrgOption = None,
    agreement: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            help="Its agreement; else its association's only one in force.",
            autocompletion=complete_agreement,
        ),
    ] = None,
    order: Annotated[
        int, typer.Option(metavar="N", help="1 is called first, then 2, and so on.")
    ] = 1,
    notes: Notes = None,
) -> None:
    """Add a group that can be called in."""
    from frivillig_cli.records.agreement.queries import agreement_id
    from frivillig_cli.records.response import actions

    run = session.current()
    org_id = _org_id(org)
    wanted = agreement_id(run.register, agreement) if agreement else None
    with run.change() as register:
        new = actions.add_group(
            register, name, org_id, agreement_id=wanted, order=order, notes=notes, today=run.today
        )
    found = queries.get(run.register, new)
    run.out.result(found.to_json(), _("Saved: {name}, number {id}.", name=found.name, id=new))
    if found.agreement is None:
        run.out.hint(_("It has no agreement: who pays is then to be settled."))
    command = f"frivillig beredskap member add {new} PERSON"
    run.out.hint(_("Next: who is in it   {command}", command=command))


@group.command("list", cls=List)
def group_list(query: QueryArgument = None) -> None:
    """List the groups."""
    from frivillig_cli.cli.views import wide

    run = session.current()
    wanted = parse_query(query or [])
    limit = run.page()
    found = queries.find(run.register, wanted, sort=run.sort, limit=limit)
    total = queries.count(run.register, wanted) if limit and len(found) == limit else None
    agreement = [Column(_("Agreement"))] if wide() else []
    run.out.listing(
        found,
        Group.to_json,
        [
            Column(_("No."), right=True), Column(_("Name")), Column(_("Association")), *agreement,
            Column(_("Order"), right=True), Column(_("Members"), right=True),
        ],
        lambda one: (
            str(one.id), one.name, one.org, *([one.agreement] if agreement else []),
            str(one.order), str(len(one.members)),
        ),
        total=total,
    )  # fmt: skip


@group.command("show", cls=Show)
def group_show(ref: GroupArgument) -> None:
    """Show one group with its members, in their order of call."""
    run = session.current()
    found = queries.get(run.register, queries.group_id(run.register, ref))
    run.out.record(
        found.to_json(),
        [
            (_("association"), found.org),
            (_("agreement"), found.agreement),
            (_("order"), str(found.order)),
            (_("members"), "\n".join(map(_member_line, found.members)) or None),
            (_("notes"), found.notes),
        ],
        title=f"{found.id}  {found.name}",
    )


def _member_line(one: Member) -> str:
    from frivillig_cli.cli.views import phone_list

    number = _("protected") if one.protected else phone_list(one.phones) or _("no number")
    parts = [one.name, _(ROLE_WORDS[one.role]), number, ", ".join(one.skills)]
    return f"{one.person_id:>4}  " + "  ".join(part for part in parts if part)


@member.command("add", cls=Change)
def member_add(
    group: GroupArgument,
    person: PeopleArgument,
    role: Annotated[
        str,
        typer.Option(metavar="leader|deputy|member", help="What they are in the group."),
    ] = "member",
    order: Annotated[
        int | None, typer.Option(metavar="N", help="The order of call among the group's members.")
    ] = None,
) -> None:
    """Put people in a group; one who is in it gets the new role and order."""
    from frivillig_cli.records.response import actions

    _change_members(
        group,
        person,
        lambda register, wanted, who: actions.add_member(
            register, wanted, who, role=role, order=order
        ),
    )


@member.command("remove", cls=Change)
def member_remove(group: GroupArgument, person: PeopleArgument) -> None:
    """Take people out of a group; an activation that is under way keeps them."""
    from frivillig_cli.records.response import actions

    _change_members(group, person, actions.remove_member)


def _change_members(ref: str, people: list[str], action: Any) -> None:
    from frivillig_cli.records.person.queries import person_id

    run = session.current()
    wanted = queries.group_id(run.register, ref)
    who = [person_id(run.register, one) for one in people]
    with run.change() as register:
        for one in who:
            action(register, wanted, one)
    found = queries.get(run.register, wanted)
    run.out.result(found.to_json(), found.name, *map(_member_line, found.members))


@resource.command("add", cls=Change)
def resource_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    org: OrgOption = None,
    kind: Annotated[
        str, typer.Option(metavar="premises|equipment|vehicle", help="What it is.")
    ] = "premises",
    street: Annotated[str | None, typer.Option(metavar="STREET", help="Street and number.")] = None,
    postcode: Annotated[str | None, typer.Option(metavar="CODE", help="The postcode.")] = None,
    city: Annotated[
        str | None, typer.Option(metavar="PLACE", help="The place of the postcode.")
    ] = None,
    capacity: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="How many people it holds.")
    ] = None,
    kitchen: Annotated[
        bool | None, typer.Option("--kitchen/--no-kitchen", help="Whether there is a kitchen.")
    ] = None,
    heating: Annotated[
        bool | None,
        typer.Option("--heating/--no-heating", help="Whether it is warm without electricity."),
    ] = None,
    generator: Annotated[
        bool | None, typer.Option("--generator/--no-generator", help="Whether it has a generator.")
    ] = None,
    toilets: Annotated[
        bool | None, typer.Option("--toilets/--no-toilets", help="Whether there are toilets.")
    ] = None,
    accessible: Annotated[
        bool | None, typer.Option("--accessible/--not-accessible", help="Step-free access.")
    ] = None,
    key_holder: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="Who has the key. Never a code.", autocompletion=complete_person
        ),
    ] = None,
    notes: Notes = None,
) -> None:
    """Add premises, equipment or a vehicle. Codes for alarms and locks are never kept."""
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.person.queries import person_id
    from frivillig_cli.records.resource import actions
    from frivillig_cli.records.resource import queries as resources
    from frivillig_cli.records.resource.model import KINDS

    run = session.current()
    if kind not in KINDS:
        raise UsageError(
            _("{name} must be one of: {known}.", name="--kind", known=", ".join(KINDS))
        )
    org_id = _org_id(org)
    holder = person_id(run.register, key_holder) if key_holder else None
    yes_no = {
        "kitchen": kitchen, "heating": heating, "generator": generator, "toilets": toilets,
        "accessible": accessible,
    }  # fmt: skip
    values: dict[str, Any] = {
        "kind": kind, "street": street, "postcode": postcode, "city": city, "capacity": capacity,
        "notes": notes,
    }  # fmt: skip
    values |= {name: None if has is None else int(has) for name, has in yes_no.items()}
    with run.change() as register:
        new = actions.add(register, name, org_id, values, key_holder_id=holder)
    found = resources.get(run.register, new)
    run.out.result(found.to_json(), _("Saved: {name}, number {id}.", name=found.name, id=new))


@resource.command("list", cls=List)
def resource_list(query: QueryArgument = None) -> None:
    """List premises, equipment and vehicles."""
    from frivillig_cli.cli.views import phone, wide
    from frivillig_cli.records.resource import queries as resources
    from frivillig_cli.records.resource.model import (
        FACILITIES,
        FACILITY_WORDS,
        KIND_WORDS,
        Resource,
    )

    run = session.current()
    wanted = parse_query(query or [])
    limit = run.page()
    found = resources.find(run.register, wanted, sort=run.sort, limit=limit)
    total = resources.count(run.register, wanted) if limit and len(found) == limit else None

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

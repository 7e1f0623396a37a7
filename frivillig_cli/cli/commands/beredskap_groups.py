"""`frivillig beredskap group|member`: who can be called in."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import (
    complete_agreement,
    complete_group,
    complete_org,
    complete_person,
)
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, QueryArgument, Show, noun
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.agreement.model import Agreement
from frivillig_cli.records.response import queries
from frivillig_cli.records.response.model import ROLE_WORDS, Group, Member
from frivillig_cli.store import protected

group = noun(N_("Groups of people who can be called in."))
member = noun(N_("Who is in which group."))

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


def org_id_of(ref: str | None) -> int:
    """The association that is named, or asked for in a terminal; its id."""
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
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.agreement.queries import agreement_id
    from frivillig_cli.records.response import actions

    run = session.current()
    org_id = org_id_of(org)
    wanted = agreement_id(run.register, agreement) if agreement else None
    ask_first(notes)
    same = [one for one in queries.groups_to_call(run.register) if fold(one.name) == fold(name)]
    with run.change() as register:
        new = actions.add_group(
            register, name, org_id, agreement_id=wanted, order=order, notes=notes, today=run.today
        )
    found = queries.get(run.register, new)
    run.out.result(found.to_json(), _("Saved: {name}, number {id}.", name=found.name, id=new))
    remind(notes, mend=typed(f"frivillig beredskap group edit {new} --notes TEXT"))
    _say_agreement(found)
    for one in same:
        rename = typed(f"frivillig beredskap group edit {new} --name NAME")
        run.out.warn(
            _("{name}, number {id}, is called the same. Give this one another name, so that nobody"
              " takes the one for the other: {command}", name=one.name, id=one.id, command=rename)
        )  # fmt: skip
    command = typed(f"frivillig beredskap member add {new} PERSON")
    run.out.hint(_("Next: who is in it   {command}", command=command))


def _say_agreement(found: Group) -> None:
    """Say of a new group that it has no agreement, or by which of its association's it is called.

    One that is in force, and that it names itself, needs no word.
    """
    from frivillig_cli.work.beredskap import bound

    out = session.current().out
    one = _bound([found]).get(found.id)
    if one is None:
        out.hint(_("It has no agreement: who pays is then to be settled."))
    elif said := bound.why(one):
        out.hint(
            _("It follows {title} ({why}): nobody in it is called.", title=one.title, why=said)
        )
        if one.status == "expired":
            renew = typed(f"frivillig agreement renew {one.id} --to DATE")
            out.hint(_("Renew it: {command}", command=renew))


def _bound(groups: Sequence[Group]) -> dict[int, Agreement]:
    """The agreement that each group is called by: its own, else its association's."""
    from frivillig_cli.work.beredskap.roster import agreements_of

    run = session.current()
    return agreements_of(run.register, groups, run.now)


def _agreement(one: Agreement | None) -> str | None:
    """An agreement's title, and in brackets why nobody is called by it."""
    from frivillig_cli.work.beredskap import bound

    said = bound.why(one) if one else None
    return f"{one.title} ({said})" if one and said else one and one.title


def _json(found: Group, one: Agreement | None) -> dict[str, Any]:
    follows = {"id": one.id, "title": one.title, "status": one.status} if one else None
    return {**found.to_json(), "follows": follows}


@group.command("list", cls=List)
def group_list(query: QueryArgument = None) -> None:
    """List the groups."""
    from frivillig_cli.cli.views import wide

    run = session.current()
    wanted = parse_query(query or [])
    run.tell_absent(wanted, "response_group")
    limit = run.page()
    found = queries.find(run.register, wanted, sort=run.sort, limit=limit)
    total = queries.count(run.register, wanted) if limit and len(found) == limit else None
    bound = _bound(found)
    stopped = any(one.status != "in_force" for one in bound.values())
    agreement = [Column(_("Agreement"))] if stopped or wide() else []
    # where there is little room the names have it; `group show` tells the order too
    order = [Column(_("Order"), right=True)] if wide() else []
    run.out.listing(
        found,
        lambda one: _json(one, bound.get(one.id)),
        [
            Column(_("No."), right=True), Column(_("Name")), Column(_("Association")), *agreement,
            *order, Column(_("Members"), right=True),
        ],
        lambda one: (
            str(one.id), one.name, one.org, *([_agreement(bound.get(one.id))] if agreement else []),
            *([str(one.order)] if order else []), str(len(one.members)),
        ),
        total=total,
    )  # fmt: skip


@group.command("show", cls=Show)
def group_show(ref: GroupArgument) -> None:
    """Show one group with its members, in their order of call."""
    run = session.current()
    stored = queries.get(run.register, queries.group_id(run.register, ref))
    [found] = protected.of(run.register, [stored], "name", "notes")
    agreement = _bound([found]).get(found.id)
    run.out.record(
        _json(found, agreement),
        [
            (_("association"), found.org),
            (_("agreement"), _agreement(agreement)),
            (_("order"), str(found.order)),
            *([(_("status"), _("archived"))] if found.status == "archived" else []),
            (_("members"), "\n".join(_member_lines(found.members)) or None),
            (_("notes"), found.notes),
        ],
        title=f"{found.id}  {found.name}",
    )


def _member_lines(members: Sequence[Member]) -> list[str]:
    """A line for each, number, name, role and phone one below the other."""
    from frivillig_cli.cli.views import phone_list

    rows = [
        (
            str(one.person_id),
            one.name,
            _(ROLE_WORDS[one.role]),
            _("protected") if one.protected else phone_list(one.phones) or _("no number"),
            "  ".join(filter(None, [", ".join(one.skills), _not_now(one)])),
        )
        for one in members
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].rjust(widths[0]), *map(str.ljust, row[1:], widths[1:])]).rstrip()
        for row in rows
    ]


def _not_now(one: Member) -> str:
    """Why and until when they are not called, in brackets; empty where they are."""
    from frivillig_cli.cli.views import short_day

    today = session.current().today.isoformat()
    away = max((last for first, last in one.absences if first <= today <= last), default=None)
    why = [_("archived")] if one.archived else []
    why += one.duties
    if one.minor:
        why.append(_("under 18"))
    if one.opted_out_until and one.opted_out_until > today:
        why.append(_("not before {date}", date=short_day(one.opted_out_until)))
    if away:
        why.append(_("away until {date}", date=short_day(away)))
    return f"({'; '.join(why)})" if why else ""


@group.command("edit", cls=Change)
def group_edit(
    ref: GroupArgument,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the group is called.")
    ] = None,
    agreement: Annotated[
        str | None,
        typer.Option(metavar="REF", help="Its agreement.", autocompletion=complete_agreement),
    ] = None,
    order: Annotated[
        int | None, typer.Option(metavar="N", help="1 is called first, then 2, and so on.")
    ] = None,
    notes: Notes = None,
) -> None:
    """Change a group; an empty value ("") takes its agreement or notes away."""
    from frivillig_cli.records.agreement.queries import agreement_id

    values: dict[str, Any] = {"name": name, "call_order": order, "notes": notes}
    values = {field: value for field, value in values.items() if value is not None}
    if agreement is not None:
        register = session.current().register
        values["agreement_id"] = agreement_id(register, agreement) if agreement else None
    _edit(ref, values, "")


@group.command("archive", cls=Change)
def group_archive(ref: GroupArgument) -> None:
    """Take a group out of the lists and the call-outs; nothing is deleted."""
    _edit(ref, {"status": "archived"}, N_("{name} is archived. Take it back: frivillig undo"))


@group.command("restore", cls=Change)
def group_restore(ref: GroupArgument) -> None:
    """Take a group out of the archive."""
    _edit(ref, {"status": "active"}, N_("{name} is active again."))


def _edit(ref: str, values: dict[str, Any], done: str) -> None:
    from frivillig_cli.cli.sensitive import ask_first, remind
    from frivillig_cli.records.response import actions

    run = session.current()
    wanted = queries.group_id(run.register, ref)
    ask_first(values.get("notes"))
    with run.change() as register:
        changes = actions.edit_group(register, wanted, values)
    found = queries.get(run.register, wanted)
    said = _(done, name=found.name) if done else _("Saved: {name}, number {id}.",
                                                   name=found.name, id=wanted)  # fmt: skip
    run.out.result(found.to_json(), said if changes else _("Nothing to change."))
    mend = typed(f"frivillig beredskap group edit {wanted} --notes TEXT")
    remind(values.get("notes"), mend=mend)


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
    """Take people out of a group; a call-out that is under way keeps them."""
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
    run.out.result(found.to_json(), found.name, *_member_lines(found.members))

"""`frivillig contact`: who holds which office, from when to when."""

from datetime import date
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.org import OrgArgument
from frivillig_cli.cli.commands.person import Phones
from frivillig_cli.cli.commands.volunteer import NewPerson, PersonRef
from frivillig_cli.cli.complete import complete_holder, complete_person, complete_role
from frivillig_cli.cli.fields import Email, given
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, QueryArgument, noun
from frivillig_cli.core.errors import NotFoundError, RefusedError, UsageError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.roles import ROLE_WORDS, parse_role
from frivillig_cli.records.contact import queries
from frivillig_cli.records.contact.model import REPLACED, SINGLE_ROLES, Contact
from frivillig_cli.records.org import queries as orgs

app = noun(N_("Who holds which office, from when to when."))

RoleOption = Annotated[
    str | None,
    typer.Option(
        metavar="OFFICE",
        help="leader, deputy, treasurer, secretary, board_member, contact, …",
        autocompletion=complete_role,
    ),
]
NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="Who holds it.", autocompletion=complete_person),
]


HolderArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="Who holds it.", autocompletion=complete_holder),
]


def _date(text: str | None) -> date | None:
    from frivillig_cli.core.dates import parse_date

    return parse_date(text) if text else None


@app.command("add", cls=Change)
def add(
    org: OrgArgument,
    name: NameArgument = None,
    role: RoleOption = None,
    phone: Phones = None,
    email: Email = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The first day in office.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="End the office of who holds it now.")
    ] = False,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="Their last day; if not given, the day before."
        ),
    ] = None,
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--instead-of",
            metavar="NAME",
            help="Of several who hold it, end this one’s office.",
            autocompletion=complete_holder,
        ),
    ] = None,
    beside: Annotated[
        bool, typer.Option("--beside", help="Let both hold it: who does now, and this one.")
    ] = False,
    person: PersonRef = None,
    new_person: NewPerson = False,
) -> None:
    """Enter who holds an office: a new person, or one who is there already."""
    from frivillig_cli.cli import ask, people, seen_address
    from frivillig_cli.cli.views import change_lines
    from frivillig_cli.records.contact import actions
    from frivillig_cli.records.person import queries as people_queries

    run = session.current()
    org_id = orgs.org_id(run.register, org)
    office = parse_role(role or ask.text(_("Which office?"), "--role", parse_role))
    start, last = _date(from_), _date(until)
    replace = replace or instead_of is not None
    if last and not replace:
        raise UsageError(_("--until goes with --replace."), _("Give both, or neither."))
    if name is None and person is None:
        name = ask.text(_("Who?"), _("NAME"))
    wanted = people.Wanted(name or "", phone or (), given(email=email))
    there = people.find(wanted, person=person, new=new_person)
    only = _one(org_id, instead_of, office).id if instead_of is not None else None
    chosen = _replace(org_id, office, there, replace=replace, beside=beside, only=only)
    with run.change() as register:
        who, changes = people.save(register, wanted, there, now=run.now)
        result = actions.add(
            register, org_id, who, office,
            today=run.today, from_date=start, replace=chosen, until=last,
            only=only,
        )  # fmt: skip
    held = queries.get(run.register, result.contact_id)
    protected = bool(people_queries.get(run.register, who).protected)
    run.out.result(
        {**held.to_json(), "ended": [ended.to_json() for ended in result.ended]},
        _held_line(held, new=result.new),
        *(change_lines(changes, protected=protected) if changes else ()),
        *map(_ended_line, result.ended),
    )
    if protected:
        seen_address.tell_of_office(who, org_id)


def _replace(
    org_id: int,
    role: str,
    person_id: int | None,
    *,
    replace: bool,
    beside: bool,
    only: int | None,
) -> bool | None:
    """What to do with who holds the office now: as given, else asked in a terminal."""
    from frivillig_cli.cli import ask

    if replace and beside:
        raise UsageError(_("--replace and --beside do not go together."), _("Give one of them."))
    if replace and role not in REPLACED and only is None:
        raise UsageError(
            _("Several may be {role} at a time: --replace ends nobody’s office.",
              role=_(ROLE_WORDS[role])),
            _("Say whose office ends with --instead-of."),
        )  # fmt: skip
    if replace or beside:
        return replace
    run = session.current()
    holders = queries.current(run.register, org_id, role)
    ids = {office.person_id for office in holders}
    if role not in SINGLE_ROLES or not ids or person_id in ids:
        return None
    if run.yes:
        return True
    if not ask.in_terminal():
        return None
    choices = {
        "1": _("that office ends, the day before"),
        "2": _("both hold it"),
        "3": _("change nothing"),
    }
    names = ", ".join(office.name for office in holders)
    question = _("{name} is {role} already.", name=names, role=_(ROLE_WORDS[role]))
    answer = ask.choose(question, choices)
    if answer == "3":
        raise RefusedError(_("Nothing was changed."))
    return answer == "1"


def _held_line(held: Contact, *, new: bool) -> str:
    text = (
        N_("Saved: {name}, number {id}, is {role} of {org}.")
        if new
        else N_("{name}, number {id}, is {role} of {org} already.")
    )
    role = _(ROLE_WORDS[held.role])
    return _(text, name=held.name, id=held.person_id, role=role, org=held.org)


def _ended_line(ended: Contact) -> str:
    from frivillig_cli.cli.views import day

    role = _(ROLE_WORDS[ended.role])
    return _("{name} was {role} until {date}.", name=ended.name, role=role, date=day(ended.to_date))


@app.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List who holds office now; with current:no, who did."""
    from frivillig_cli.cli.views import period, phone, wide

    run = session.current()
    found, total = run.find(query, queries.find, queries.count, "contact")
    columns = [
        Column(_("Association")), Column(_("Office")), Column(_("Name")), Column(_("Phone")),
        Column(_("Period")),
    ]  # fmt: skip
    more = [Column(_("E-mail"))] if wide() else []

    def cells(held: Any) -> tuple[str | None, ...]:
        number = _("protected") if held.protected else phone(held.phone)
        row = (held.org, _(ROLE_WORDS[held.role]), held.name, number,
               period(held.from_date, held.to_date))  # fmt: skip
        return (*row, held.email) if more else row

    run.out.listing(found, Contact.to_json, columns + more, cells, total=total, blank=queries.blank)


@app.command("end", cls=Change)
def end(
    org: OrgArgument,
    name: HolderArgument = None,
    role: RoleOption = None,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day in office; today if not given.")
    ] = None,
) -> None:
    """End an office: named by who holds it, by --role, or by both."""
    from frivillig_cli.records.contact import actions

    run = session.current()
    if name is None and role is None:
        raise UsageError(
            _("Which office ends?"), _("Give the name of who holds it, or --role, or both.")
        )
    org_id = orgs.org_id(run.register, org)
    office = _one(org_id, name, parse_role(role) if role else None)
    last = _date(to) or run.today
    with run.change() as register:
        ended = actions.end(register, office.id, last, today=run.today)
    run.out.result(ended.to_json(), _ended_line(ended))


def _one(org_id: int, name: str | None, role: str | None) -> Contact:
    """The one office that is meant. Raises NotFoundError, RefusedError listing several."""
    from frivillig_cli.core.names import fold

    held = queries.current(session.current().register, org_id, role)
    if name is not None:
        folded = fold(name)
        exact = [one for one in held if folded in (fold(one.name), str(one.person_id))]
        held = exact or [one for one in held if folded and folded in fold(one.name)]
    if len(held) == 1:
        return held[0]
    if held:
        raise RefusedError(
            _("This fits {n} offices.", n=len(held)),
            _("Say which with the whole name or the person's number, and --role."),
            [f"{one.person_id:>5}  {one.name}  {_(ROLE_WORDS[one.role])}" for one in held],
        )
    raise NotFoundError(
        _("Nobody like that holds office there now."),
        _("See who does: {command}", command=f"frivillig contact list org_id:{org_id}"),
    )

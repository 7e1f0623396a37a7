"""`frivillig org`: associations."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.imports import import_orgs
from frivillig_cli.cli.commands.merging import duplicates, followed, merge_orgs
from frivillig_cli.cli.commands.sync import sync_orgs
from frivillig_cli.cli.complete import complete_org
from frivillig_cli.cli.fields import City, Email, Language, Name, Notes, Postcode, Street, given
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import (
    Change,
    List,
    ListOrChange,
    MailingsOption,
    QueryArgument,
    Show,
    mailings,
    noun,
)
from frivillig_cli.cli.own_address import OwnAddress, settle
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.records.org import queries

if TYPE_CHECKING:
    from frivillig_cli.records.org.model import Org

app = noun(N_("Associations: add, list, change, import."))

OrgArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="Its number, its orgnr, or enough of its name.",
        autocompletion=complete_org,
    ),
]


Orgnr = Annotated[str | None, typer.Option(metavar="ORGNR", help="The organisation number.")]
Form = Annotated[str | None, typer.Option(metavar="FORM", help="The legal form, e.g. FLI.")]
Category = Annotated[
    str | None, typer.Option(metavar="CODE", help="The ICNPO category, e.g. 1200.")
]
Phone = Annotated[str | None, typer.Option(metavar="NUMBER", help="The phone number.")]
Website = Annotated[str | None, typer.Option(metavar="ADDRESS", help="The web address.")]
Municipality = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="The municipality's 4-digit number.")
]
Account = Annotated[str | None, typer.Option(metavar="NUMBER", help="The bank account number.")]
ConfirmAccount = Annotated[
    bool,
    typer.Option(
        "--confirm-account", help="It is an account number although it looks like a birth number."
    ),
]
Founded = Annotated[
    str | None, typer.Option(metavar="DATE|YEAR", help="When it was founded; a year is enough.")
]
AnnualMeeting = Annotated[
    str | None, typer.Option(metavar="1-12", help="The month of the annual meeting.")
]
Members = Annotated[str | None, typer.Option(metavar="N", help="How many members it has.")]
MembersLocal = Annotated[
    str | None, typer.Option(metavar="N", help="How many of them live in the municipality.")
]
Activities = Annotated[str | None, typer.Option(metavar="TEXT", help="What it does.")]
Premises = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The rooms that it has or uses.")
]
Listed = Annotated[
    bool | None,
    typer.Option("--listed/--not-listed", help="Whether it has consented to be listed publicly."),
]
Tags = Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag.")]
Umbrellas = Annotated[
    list[str] | None, typer.Option(metavar="REF", help="An umbrella that it belongs to.")
]


def _umbrella_ids(refs: Iterable[str] | None) -> list[int]:
    register = session.current().register
    return [queries.org_id(register, ref) for ref in refs or ()]


@app.command("add", cls=Change)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the association.")],
    orgnr: Orgnr = None,
    form: Form = None,
    category: Category = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    own_address: OwnAddress = False,
    municipality: Municipality = None,
    language: Language = None,
    account: Account = None,
    confirm_account: ConfirmAccount = False,
    founded: Founded = None,
    annual_meeting: AnnualMeeting = None,
    members: Members = None,
    members_local: MembersLocal = None,
    activities: Activities = None,
    premises: Premises = None,
    listed: Listed = None,
    notes: Notes = None,
    tag: Tags = None,
    umbrella: Umbrellas = None,
) -> None:
    """Add an association."""
    from frivillig_cli.records.org import actions

    run = session.current()
    values = given(
        name=name, orgnr=orgnr, form=form, category=category, email=email, phone=phone,
        website=website, street=street, postcode=postcode, city=city, municipality=municipality,
        language=language, bank_account=account, founded=founded,
        annual_meeting_month=annual_meeting, members=members, members_local=members_local,
        activities=activities, premises=premises, listed=listed, notes=notes,
    )  # fmt: skip
    umbrellas = _umbrella_ids(umbrella)
    with run.change() as register:
        new = actions.add(register, values, now=run.now, account_confirmed=confirm_account)
        own = settle(register, queries.stored(register, new), stated=own_address, org=new)
        actions.set_tags(register, new, add=tag or ())
        actions.set_umbrellas(register, new, add=umbrellas)
    org = queries.get(run.register, new)
    run.out.result(org.to_json(), _("Saved: {name}, number {id}.", name=org.name, id=new))
    for other in queries.namesakes(run.register, new):
        run.out.hint(_("There is one of that name already: number {id}.", id=other))
    _warn_of_account(org)
    own.warn()
    _warn_of_notes(new, notes)
    run.out.hint(
        _(
            "Next: who leads it   {command}",
            command=typed(f"frivillig contact add {new} NAME --role leader"),
        )
    )


def _warn_of_notes(org_id: int, notes: str | None) -> None:
    from frivillig_cli.cli.sensitive import remind

    remind(notes, mend=typed(f"frivillig org edit {org_id} --notes TEXT"))


def _warn_of_account(org: "Org") -> None:
    """Name those that have the same account number: money may go to the wrong one."""
    from frivillig_cli.cli.views import field_value

    run = session.current()
    others = queries.same_account(run.register, org.id)
    if others:
        number = field_value("bank_account", org.values["bank_account"])
        names = ", ".join(others)
        run.out.hint(
            _("{account} is the account number of {names} too. Ask them whose it is.",
              account=number, names=names)
        )  # fmt: skip


def _open(orgs: Sequence["Org"]) -> Iterator[dict[str, Any]]:
    """Associations as they may leave the register: no free text with the way to a protected."""
    from frivillig_cli.work.survey.guard import Ways

    ways = Ways(session.current().register)
    for org in orgs:
        data = org.to_json()
        for field in ("activities", "premises", "notes"):
            if data[field] and ways.whose(data[field]):
                data[field] = None
        yield data


@app.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List associations."""
    from datetime import date

    from frivillig_cli.core.dates import show_month

    run = session.current()
    find = queries.rows if run.out.mode == "text" else queries.find
    found, total = run.find(query, find, queries.count, "org")
    run.out.listing(
        found if run.out.mode == "text" else list(_open(found)),
        dict,
        [
            Column(_("No."), right=True), Column(_("Name")), Column(_("Place")),
            Column(_("Leader")), Column(_("Confirmed")),
        ],
        lambda row: (
            str(row["id"]), row["name"], row["city"], row["leader"],
            show_month(date.fromisoformat(row["confirmed"])) if row["confirmed"] else _("never"),
        ),
        total=total,
        blank=lambda: queries.blank(run.register).to_json(),
    )  # fmt: skip


@app.command("show", cls=Show)
def show(
    ref: OrgArgument,
    confirmed: Annotated[
        bool,
        typer.Option("--confirmed", help="Also when each field was last confirmed, and in what."),
    ] = False,
) -> None:
    """Show one association."""
    from frivillig_cli.cli.views import org_fields

    run = session.current()
    wanted, more = followed(ref, queries.org_id)
    org = queries.get(run.register, wanted)
    shown = org_fields(org)
    if confirmed or run.out.mode == "json":
        from frivillig_cli.cli import confirmations

        found = confirmations.of(wanted)
        more["confirmations"] = [one.to_json() for one in found]
        shown += confirmations.fields(found) if confirmed else []
    run.out.record({**org.to_json(), **more}, shown, title=f"{org.id}  {org.name}")


@app.command("edit", cls=Change)
def edit(
    ref: OrgArgument,
    name: Name = None,
    orgnr: Orgnr = None,
    form: Form = None,
    category: Category = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    own_address: OwnAddress = False,
    municipality: Municipality = None,
    language: Language = None,
    account: Account = None,
    confirm_account: ConfirmAccount = False,
    founded: Founded = None,
    annual_meeting: AnnualMeeting = None,
    members: Members = None,
    members_local: MembersLocal = None,
    activities: Activities = None,
    premises: Premises = None,
    listed: Listed = None,
    mailing: MailingsOption = None,
    notes: Notes = None,
    tag: Tags = None,
    untag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A tag to take away.")
    ] = None,
    umbrella: Umbrellas = None,
    no_umbrella: Annotated[
        list[str] | None, typer.Option(metavar="REF", help="An umbrella to leave.")
    ] = None,
) -> None:
    """Change an association; an empty value ("") empties the field."""
    from frivillig_cli.cli.views import change_lines
    from frivillig_cli.records.org import actions

    run = session.current()
    wanted = queries.org_id(run.register, ref)
    values = given(
        name=name, orgnr=orgnr, form=form, category=category, email=email, phone=phone,
        website=website, street=street, postcode=postcode, city=city, municipality=municipality,
        language=language, bank_account=account, founded=founded,
        annual_meeting_month=annual_meeting, members=members, members_local=members_local,
        activities=activities, premises=premises, listed=listed, notes=notes,
        **mailings(mailing),
    )  # fmt: skip
    enter, leave = _umbrella_ids(umbrella), _umbrella_ids(no_umbrella)
    had = queries.stored(run.register, wanted)
    with run.change() as register:
        changes = actions.edit(
            register, wanted, values, now=run.now, account_confirmed=confirm_account
        )
        now = queries.stored(register, wanted)
        own = settle(register, now, had=had, stated=own_address, org=wanted)
        changes += actions.set_tags(register, wanted, add=tag or (), remove=untag or ())
        changes += actions.set_umbrellas(register, wanted, add=enter, remove=leave)
    org = queries.get(run.register, wanted)
    lines = own.lines(change_lines(changes), any_change=bool(changes))
    run.out.result(org.to_json(), org.name, *lines)
    own.warn()
    _warn_of_notes(wanted, notes)
    if account:
        _warn_of_account(org)


def _set_status(ref: str, status: str, done: str) -> None:
    from frivillig_cli.records.org import actions

    run = session.current()
    wanted = queries.org_id(run.register, ref)
    with run.change() as register:
        changed = actions.set_status(register, wanted, status, now=run.now)
    org = queries.get(run.register, wanted)
    run.out.result(org.to_json(), _(done, name=org.name) if changed else _("Nothing to change."))


@app.command("archive", cls=Change)
def archive(ref: OrgArgument) -> None:
    """Archive an association: it leaves the lists, and nothing is deleted."""
    _set_status(ref, "archived", N_("{name} is archived. Take it back: frivillig undo"))


@app.command("restore", cls=Change)
def restore(ref: OrgArgument) -> None:
    """Take an association out of the archive."""
    _set_status(ref, "active", N_("{name} is active again."))


app.command("import", cls=Change)(import_orgs)
app.command("sync", cls=Change)(sync_orgs)
app.command("merge", cls=Change)(merge_orgs)
app.command("duplicates", cls=ListOrChange)(duplicates)

"""`frivillig person`: people, once each."""

from functools import partial
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.merging import followed, merge_people
from frivillig_cli.cli.complete import complete_person
from frivillig_cli.cli.fields import City, Email, Language, Name, Notes, Postcode, Street, given
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import (
    Change,
    List,
    MailingsOption,
    QueryArgument,
    Show,
    mailings,
    noun,
)
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.records.person import queries
from frivillig_cli.records.person.model import Person

app = noun(N_("People, once each, whatever they hold."))

PersonArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF", help="The number, or enough of the name.", autocompletion=complete_person
    ),
]
Phones = Annotated[
    list[str] | None,
    typer.Option("--phone", metavar="NUMBER", help="A phone number; the first is rung first."),
]
Minor = Annotated[
    bool | None, typer.Option("--minor/--no-minor", help="Under 18: never on a call list.")
]
OptedOut = Annotated[
    str | None, typer.Option(metavar="DATE", help="Not to be called out before this date.")
]


def must_be_to_come(until: str | None, person: int | None) -> None:
    """Raise InvalidValueError for an opt-out that has passed; `person` None is a new one."""
    from frivillig_cli.records.availability.actions import check_opt_out

    if until and until.strip():
        check_opt_out(until, person, session.current().today)


@app.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List people."""
    from frivillig_cli.cli.views import person_phone, role_words, wide

    run = session.current()
    found, total = run.find(query, queries.find, queries.count, "person")
    columns = [
        Column(_("No."), right=True), Column(_("Name")), Column(_("Phone")), Column(_("Place")),
        Column(_("Offices")),
    ]  # fmt: skip
    more = [Column(_("E-mail"))] if wide() else []

    def cells(person: Any) -> tuple[str | None, ...]:
        row = (str(person.id), person.name, person_phone(person), person.city,
               role_words(person.roles))  # fmt: skip
        return (*row, person.email) if more else row

    blank = partial(queries.blank, run.register)
    run.out.listing(found, Person.to_json, columns + more, cells, total=total, blank=blank)


@app.command("show", cls=Show)
def show(ref: PersonArgument) -> None:
    """Show one person, with all that the register has."""
    from frivillig_cli.cli.views import person_fields

    run = session.current()
    wanted, more = followed(ref, queries.person_id)
    person = queries.get(run.register, wanted)
    title = f"{person.id}  {person.name}"
    run.out.record({**person.to_json(whole=True), **more}, person_fields(person), title=title)


@app.command("edit", cls=Change)
def edit(
    ref: PersonArgument,
    name: Name = None,
    phone: Phones = None,
    callout_number: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="The number that is rung first in a call-out."),
    ] = None,
    email: Email = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    language: Language = None,
    protected: Annotated[
        bool | None,
        typer.Option(
            "--protected/--no-protected",
            help="Keep address, phone and e-mail off every list, file and page.",
        ),
    ] = None,
    minor: Minor = None,
    opted_out_until: OptedOut = None,
    mailing: MailingsOption = None,
    notes: Notes = None,
) -> None:
    """Change a person; an empty value ("") empties the field, --phone replaces all numbers."""
    from frivillig_cli.cli import ask, people, seen_address
    from frivillig_cli.cli.sensitive import remind
    from frivillig_cli.cli.views import change_lines
    from frivillig_cli.records.person import actions, numbers
    from frivillig_cli.store import as_its_own

    run = session.current()
    wanted = queries.person_id(run.register, ref)
    before = queries.get(run.register, wanted)
    must_be_to_come(opted_out_until, wanted)
    if protected is False and before.protected:
        ask.confirm(
            _(
                "{name} will stand in lists and files with address, phone and e-mail. Go on?",
                name=before.name,
            )
        )
    values = given(
        name=name, email=email, street=street, postcode=postcode, city=city, language=language,
        minor=minor, opted_out_until=opted_out_until, notes=notes, **mailings(mailing),
    )  # fmt: skip
    if not protected:
        numbers_given = [*(phone or ()), callout_number or ""]
        people.ask_of_protected(wanted, before.name, numbers_given, email)
    with run.change() as register:
        changes = actions.edit(register, wanted, values, phones=phone, now=run.now)
        if callout_number is not None:
            changes += numbers.set_callout_number(register, wanted, callout_number, now=run.now)
        if protected is not None:
            changes += actions.set_protected(register, wanted, protected, now=run.now)
    person = queries.get(run.register, wanted)
    hide = bool(person.protected or before.protected)
    run.out.result(person.to_json(), person.name, *change_lines(changes, protected=hide))
    for one in as_its_own.shown(run.register, person=wanted) if changes else ():
        run.out.warn(one.sentence, as_its_own.way_out(one))
    seen_address.tell_if_changed(wanted, changes)
    remind(notes, mend=typed(f"frivillig person edit {wanted} --notes TEXT"))


app.command("merge", cls=Change)(merge_people)

"""`frivillig volunteer`: volunteers."""

from functools import partial
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.imports import import_volunteers
from frivillig_cli.cli.commands.person import Minor, OptedOut, Phones, must_be_to_come
from frivillig_cli.cli.complete import complete_person, complete_volunteer
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

app = noun(N_("Volunteers: add, list, change, import."))

VolunteerArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF", help="The number, or enough of the name.", autocompletion=complete_volunteer
    ),
]
Skills = Annotated[
    list[str] | None,
    typer.Option("--skill", metavar="SKILL", help="What they can do, e.g. omsorg, sjåfør."),
]
Availability = Annotated[
    str | None, typer.Option(metavar="TEXT", help="When they can, in your own words.")
]
Speaks = Annotated[
    list[str] | None, typer.Option(metavar="LANGUAGE", help="A language that they speak.")
]
Licence = Annotated[
    bool | None,
    typer.Option("--driving-licence/--no-driving-licence", help="Whether they may drive a car."),
]
Signed = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When they signed the confidentiality statement."),
]
Seen = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="When they showed their police certificate; nothing else is kept."
    ),
]
Course = Annotated[
    str | None, typer.Option(metavar="DATE", help="When they completed the introductory course.")
]
PersonRef = Annotated[
    str | None,
    typer.Option(
        "--person", metavar="REF", help="It is this person.", autocompletion=complete_person
    ),
]
NewPerson = Annotated[
    bool, typer.Option("--new-person", help="It is a new person, whoever has the same name.")
]


@app.command("add", cls=Change)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the volunteer.")],
    phone: Phones = None,
    email: Email = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    language: Language = None,
    skill: Skills = None,
    availability: Availability = None,
    speaks: Speaks = None,
    driving_licence: Licence = None,
    confidentiality_signed: Signed = None,
    police_certificate_seen: Seen = None,
    intro_course_completed: Course = None,
    opted_out_until: OptedOut = None,
    minor: Minor = None,
    notes: Notes = None,
    person: PersonRef = None,
    new_person: NewPerson = False,
) -> None:
    """Add a volunteer: a new person, or one who is there already."""
    from frivillig_cli.cli import people, seen_address
    from frivillig_cli.cli.sensitive import remind
    from frivillig_cli.cli.views import change_lines
    from frivillig_cli.records.person import actions as people_actions

    run = session.current()
    values = given(
        email=email, street=street, postcode=postcode, city=city, language=language, minor=minor,
        notes=notes, opted_out_until=opted_out_until,
    )  # fmt: skip
    serving = given(
        languages=None if speaks is None else ", ".join(speaks),
        driving_licence=driving_licence, availability=availability,
        confidentiality_signed=confidentiality_signed,
        police_certificate_seen=police_certificate_seen,
        intro_course_completed=intro_course_completed,
    )  # fmt: skip
    must_be_to_come(opted_out_until, None)
    wanted = people.Wanted(name, phone or (), values)
    there = people.find(wanted, person=person, new=new_person)
    with run.change() as register:
        who, changes = people.save(register, wanted, there, now=run.now)
        _enrol(register, who, serving)
        changes += people_actions.set_skills(register, who, add=skill or (), now=run.now)
    saved = queries.get(run.register, who)
    lines = [_("Saved: {name}, number {id}.", name=saved.name, id=who)]
    if there is not None:
        lines = [_("Saved: {name}, number {id}, who was there before.", name=saved.name, id=who)]
        lines += change_lines(changes, protected=bool(saved.protected)) if changes else []
    run.out.result(saved.to_json(), *lines)
    seen_address.tell_if_changed(who, changes)
    remind(notes, availability, mend=_mend(who, notes, availability))


def _enrol(register: Any, person_id: int, serving: dict[str, str]) -> None:
    from frivillig_cli.core.errors import RefusedError
    from frivillig_cli.records.volunteer import actions

    run = session.current()
    if actions.add(register, person_id, serving, now=run.now, today=run.today):
        return
    person = queries.get(register, person_id)
    archived = person.volunteer is not None and person.volunteer["status"] == "archived"
    way = "frivillig volunteer restore {id}" if archived else "frivillig volunteer edit {id} …"
    raise RefusedError(
        _("{name} is a volunteer in the archive already.", name=person.name)
        if archived
        else _("{name} is a volunteer already.", name=person.name),
        _(
            "If it is the same person: {command}. If it is another one: --new-person.",
            command=way.format(id=person_id),
        ),
    )


@app.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List volunteers."""
    from frivillig_cli.cli.views import person_phone, wide

    run = session.current()
    find, count = (partial(each, volunteers=True) for each in (queries.find, queries.count))
    found, total = run.find(query, find, count, "volunteer")
    columns = [
        Column(_("No."), right=True), Column(_("Name")), Column(_("Phone")), Column(_("Place")),
        Column(_("Skills")),
    ]  # fmt: skip
    more = [Column(_("Availability")), Column(_("E-mail"))] if wide() else []

    def cells(person: Any) -> tuple[str | None, ...]:
        row = (str(person.id), person.name, person_phone(person), person.city,
               ", ".join(person.skills))  # fmt: skip
        return (*row, person.volunteer["availability"], person.email) if more else row

    blank = partial(queries.blank, run.register)
    run.out.listing(found, Person.to_json, columns + more, cells, total=total, blank=blank)


@app.command("show", cls=Show)
def show(ref: VolunteerArgument) -> None:
    """Show one volunteer, with all that the register has."""
    from frivillig_cli.cli.views import person_fields

    run = session.current()
    person = queries.get(run.register, queries.volunteer_id(run.register, ref))
    title = f"{person.id}  {person.name}"
    run.out.record(person.to_json(whole=True), person_fields(person), title=title)


@app.command("edit", cls=Change)
def edit(
    ref: VolunteerArgument,
    name: Name = None,
    phone: Phones = None,
    email: Email = None,
    street: Street = None,
    postcode: Postcode = None,
    city: City = None,
    language: Language = None,
    skill: Skills = None,
    no_skill: Annotated[
        list[str] | None, typer.Option(metavar="SKILL", help="A skill to take away.")
    ] = None,
    availability: Availability = None,
    speaks: Speaks = None,
    driving_licence: Licence = None,
    confidentiality_signed: Signed = None,
    police_certificate_seen: Seen = None,
    intro_course_completed: Course = None,
    opted_out_until: OptedOut = None,
    minor: Minor = None,
    mailing: MailingsOption = None,
    notes: Notes = None,
) -> None:
    """Change a volunteer; an empty value ("") empties the field, --phone replaces all numbers."""
    from frivillig_cli.cli import people, seen_address
    from frivillig_cli.cli.sensitive import remind
    from frivillig_cli.cli.views import change_lines
    from frivillig_cli.records.person import actions as people_actions
    from frivillig_cli.records.volunteer import actions

    run = session.current()
    wanted = queries.volunteer_id(run.register, ref)
    must_be_to_come(opted_out_until, wanted)
    values = given(
        name=name, email=email, street=street, postcode=postcode, city=city, language=language,
        minor=minor, opted_out_until=opted_out_until, notes=notes, **mailings(mailing),
    )  # fmt: skip
    serving = given(
        languages=None if speaks is None else ", ".join(speaks),
        driving_licence=driving_licence, availability=availability,
        confidentiality_signed=confidentiality_signed,
        police_certificate_seen=police_certificate_seen,
        intro_course_completed=intro_course_completed,
    )  # fmt: skip
    people.ask_of_protected(wanted, "", phone, email)
    with run.change() as register:
        changes = people_actions.edit(register, wanted, values, phones=phone, now=run.now)
        changes += actions.edit(register, wanted, serving, now=run.now, today=run.today)
        changes += people_actions.set_skills(
            register, wanted, add=skill or (), remove=no_skill or (), now=run.now
        )
    person = queries.get(run.register, wanted)
    lines = change_lines(changes, protected=bool(person.protected))
    run.out.result(person.to_json(), person.name, *lines)
    seen_address.tell_if_changed(wanted, changes)
    remind(notes, availability, mend=_mend(wanted, notes, availability))


def _mend(volunteer: int, notes: str | None, availability: str | None) -> str:
    """The command that writes anew what was just written."""
    from frivillig_cli.core.sensitive import evacuee_words, health_words

    there = {"--notes": notes or "", "--availability": availability or ""}
    options = [name for name, text in there.items() if health_words(text) or evacuee_words(text)]
    command = " ".join(f"{name} TEXT" for name in options)
    return typed(f"frivillig volunteer edit {volunteer} {command}")


def _set_status(ref: str, status: str, done: str) -> None:
    from frivillig_cli.records.volunteer import actions

    run = session.current()
    wanted = queries.volunteer_id(run.register, ref)
    with run.change() as register:
        changed = actions.set_status(register, wanted, status, now=run.now)
    person = queries.get(run.register, wanted)
    line = _(done, name=person.name) if changed else _("Nothing to change.")
    run.out.result(person.to_json(), line)


@app.command("archive", cls=Change)
def archive(ref: VolunteerArgument) -> None:
    """Archive a volunteer: out of the lists and the call-outs, and nothing is deleted."""
    _set_status(ref, "archived", N_("{name} is archived. Take it back: frivillig undo"))


@app.command("restore", cls=Change)
def restore(ref: VolunteerArgument) -> None:
    """Take a volunteer out of the archive."""
    _set_status(ref, "active", N_("{name} is active again."))


app.command("import", cls=Change)(import_volunteers)

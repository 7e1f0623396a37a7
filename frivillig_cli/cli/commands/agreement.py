"""`frivillig agreement`: who owes whom what, until when."""

from functools import partial
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.agreement_parts import (
    AgreementArgument,
    as_seen,
    contribution,
    contribution_lines,
    get_agreement,
    party,
    party_lines,
)
from frivillig_cli.cli.commands.org import OrgArgument
from frivillig_cli.cli.fields import Notes, given
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, List, QueryArgument, Show, noun
from frivillig_cli.core.i18n import N_, _, typed
from frivillig_cli.records.agreement import queries
from frivillig_cli.records.agreement.model import (
    KIND_WORDS,
    SHORT_WORDS,
    STATUS_WORDS,
    Agreement,
)
from frivillig_cli.records.org import queries as orgs

app = noun(N_("Agreements: who owes whom what, until when."))

Kind = Annotated[
    str | None, typer.Option(metavar="beredskap|cooperation", help="What kind of agreement.")
]
From = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="The first day it is in force.")
]
To = Annotated[str | None, typer.Option(metavar="DATE", help="The last day it is in force.")]
_PAYERS = "association|municipality|rescue_service|other"
ExercisePayer = Annotated[str | None, typer.Option(metavar=_PAYERS, help="Who pays for exercises.")]
EventPayer = Annotated[str | None, typer.Option(metavar=_PAYERS, help="Who pays when it happens.")]
RescuePayer = Annotated[
    str | None, typer.Option(metavar=_PAYERS, help="Who pays a search that the police lead.")
]
CaseNumber = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="The case number in the archive.")
]
Caller = Annotated[str | None, typer.Option(metavar="TEXT", help="Who may call out.")]
Contact = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="The municipality's number, day and night."),
]
StandIn = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Who answers for the municipality when that one does not."),
]
AssociationContact = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Whom they call: the association's number, day and night."),
]
AssociationStandIn = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Who answers for the association when that one does not."),
]
Response = Annotated[
    str | None, typer.Option(metavar="TEXT", help="How soon they are to be there.")
]
Insurance = Annotated[str | None, typer.Option(metavar="TEXT", help="Who insures the volunteers.")]
Confidentiality = Annotated[
    str | None, typer.Option(metavar="TEXT", help="What is agreed of confidentiality.")
]
Signed = Annotated[str | None, typer.Option(metavar="DATE", help="When it was signed.")]
Reviewed = Annotated[str | None, typer.Option(metavar="DATE", help="When it was last reviewed.")]
Exercised = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When it was last exercised, if not with this program."),
]


@app.command("add", cls=Change)
def add(
    org: OrgArgument,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the agreement is called.")],
    kind: Kind = None,
    from_: From = None,
    to: To = None,
    exercise_payer: ExercisePayer = None,
    event_payer: EventPayer = None,
    rescue_payer: RescuePayer = None,
    case_number: CaseNumber = None,
    caller: Caller = None,
    municipality_contact: Contact = None,
    municipality_stand_in: StandIn = None,
    association_contact: AssociationContact = None,
    association_stand_in: AssociationStandIn = None,
    response_time: Response = None,
    insurance: Insurance = None,
    confidentiality: Confidentiality = None,
    signed: Signed = None,
    reviewed: Reviewed = None,
    exercised: Exercised = None,
    notes: Notes = None,
) -> None:
    """Add an agreement with an association."""
    from frivillig_cli.cli import ask
    from frivillig_cli.records.agreement import actions, rules

    run = session.current()
    org_id = orgs.org_id(run.register, org)
    values = given(
        title=title,
        kind=kind
        or ask.text(
            _("What kind: beredskap or cooperation?"), "--kind",
            lambda text: rules.check({"kind": text}),
        ),
        from_date=from_, to_date=to, exercise_payer=exercise_payer, event_payer=event_payer,
        rescue_payer=rescue_payer, case_number=case_number, caller=caller,
        municipality_contact=municipality_contact, municipality_stand_in=municipality_stand_in,
        association_contact=association_contact, association_stand_in=association_stand_in,
        response_time=response_time, insurance=insurance, confidentiality=confidentiality,
        signed=signed, reviewed=reviewed, exercised=exercised, notes=notes,
    )  # fmt: skip
    with run.change() as register:
        new = actions.add(register, org_id, values, now=run.now)
    agreement = get_agreement(new)
    run.out.result(
        agreement.to_json(), _("Saved: {name}, number {id}.", name=agreement.title, id=new)
    )
    _ask_who_pays(agreement)
    if agreement.kind == "beredskap":
        command = typed(f"frivillig beredskap group add NAME --org {org_id} --agreement {new}")
        run.out.hint(_("Next: who can be called in   {command}", command=command))


@app.command("list", cls=List)
def list_(query: QueryArgument = None) -> None:
    """List agreements."""
    from frivillig_cli.cli.views import short_day

    run = session.current()
    find = partial(queries.find, today=run.today)
    found, total = run.find(query, find, queries.count, "agreement")
    run.out.listing(
        [as_seen(one) for one in found],
        Agreement.to_json,
        [
            Column(_("No."), right=True), Column(_("Title")), Column(_("Association")),
            Column(_("Kind")), Column(_("To")), Column(_("Status")),
        ],
        lambda one: (
            str(one.id), one.title, one.org, _(SHORT_WORDS[one.kind]), short_day(one.to_date),
            _(STATUS_WORDS[one.status]),
        ),
        total=total,
        blank=partial(queries.blank, run.register),
    )  # fmt: skip


@app.command("show", cls=Show)
def show(ref: AgreementArgument) -> None:
    """Show one agreement: dates, who pays, parties, contributions, groups."""
    run = session.current()
    agreement = get_agreement(queries.agreement_id(run.register, ref))
    title = f"{agreement.id}  {agreement.title}"
    run.out.record(agreement.to_json(), _fields(agreement), title=title)
    _ask_who_pays(agreement)


@app.command("edit", cls=Change)
def edit(
    ref: AgreementArgument,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="The title.")] = None,
    kind: Kind = None,
    from_: From = None,
    to: To = None,
    exercise_payer: ExercisePayer = None,
    event_payer: EventPayer = None,
    rescue_payer: RescuePayer = None,
    case_number: CaseNumber = None,
    caller: Caller = None,
    municipality_contact: Contact = None,
    municipality_stand_in: StandIn = None,
    association_contact: AssociationContact = None,
    association_stand_in: AssociationStandIn = None,
    response_time: Response = None,
    insurance: Insurance = None,
    confidentiality: Confidentiality = None,
    signed: Signed = None,
    reviewed: Reviewed = None,
    exercised: Exercised = None,
    notes: Notes = None,
) -> None:
    """Change an agreement; an empty value ("") empties the field.

    A call-out that was started before keeps the terms it was started with.
    """
    from frivillig_cli.records.agreement import actions

    values = given(
        title=title, kind=kind, from_date=from_, to_date=to, exercise_payer=exercise_payer,
        event_payer=event_payer, rescue_payer=rescue_payer, case_number=case_number, caller=caller,
        municipality_contact=municipality_contact, municipality_stand_in=municipality_stand_in,
        association_contact=association_contact, association_stand_in=association_stand_in,
        response_time=response_time, insurance=insurance, confidentiality=confidentiality,
        signed=signed, reviewed=reviewed, exercised=exercised, notes=notes,
    )  # fmt: skip
    _change(ref, lambda register, wanted, now: actions.edit(register, wanted, values, now=now))


@app.command("renew", cls=Change)
def renew(
    ref: AgreementArgument,
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help="The new last day it is in force.")
    ] = None,
) -> None:
    """Let an agreement run longer, and note that it was reviewed today."""
    from frivillig_cli.cli import ask
    from frivillig_cli.core.dates import parse_date
    from frivillig_cli.records.agreement import actions

    day = to or ask.text(_("To which date?"), "--to", parse_date)
    _change(ref, lambda register, wanted, now: actions.renew(register, wanted, day, now=now))


@app.command("end", cls=Change)
def end(
    ref: AgreementArgument,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="From when it is not in force; today if not given."),
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it ends.")] = None,
) -> None:
    """End an agreement before its time; nothing is deleted."""
    from frivillig_cli.core.dates import parse_date
    from frivillig_cli.records.agreement import actions

    day = parse_date(date) if date else session.current().today
    _change(
        ref,
        lambda register, wanted, now: actions.end(register, wanted, day, reason or "", now=now),
    )


def _change(ref: str, action: Any) -> None:
    run = session.current()
    wanted = queries.agreement_id(run.register, ref)
    with run.change() as register:
        changes = action(register, wanted, run.now)
    agreement = get_agreement(wanted)
    run.out.result(agreement.to_json(), agreement.title, *_change_lines(changes))
    _ask_who_pays(agreement)


app.command("party", cls=Change)(party)
app.command("contribution", cls=Change)(contribution)


def _value(agreement_field: str, value: Any) -> str | None:
    from frivillig_cli.cli.views import day
    from frivillig_cli.records.agreement.model import PAYER_WORDS
    from frivillig_cli.records.agreement.rules import DATES

    if value is None:
        return None
    if agreement_field in DATES:
        return day(value)
    words = {**PAYER_WORDS, **KIND_WORDS}
    if agreement_field in ("kind", "exercise_payer", "event_payer", "rescue_payer"):
        return _(words[value])
    return str(value)


def _change_lines(changes: list[Any]) -> list[str]:
    from frivillig_cli.cli.output import DASH
    from frivillig_cli.records.agreement.rules import LABELS

    if not changes:
        return [_("Nothing to change.")]
    return [
        f"  {_(LABELS[one.field])}  {_value(one.field, one.old) or DASH}"
        f" → {_value(one.field, one.new) or DASH}"
        for one in changes
    ]


def _fields(agreement: Agreement) -> list[tuple[str, str | None]]:
    from frivillig_cli.records.agreement.rules import LABELS

    first = ("kind", "from_date", "to_date", "exercise_payer", "event_payer", "case_number")
    rest = tuple(field for field in LABELS if field not in ("title", "exercised", *first))
    return [
        (_("association"), agreement.org),
        (_("status"), _(STATUS_WORDS[agreement.status])),
        *((_(LABELS[field]), _shown(agreement, field)) for field in first),
        (_("parties"), "\n".join(party_lines(agreement)) or None),
        (_("contributions"), "\n".join(contribution_lines(agreement)) or None),
        (_("groups"), "\n".join(f"{one['id']}  {one['name']}" for one in agreement.groups) or None),
        *(
            (_(LABELS[field]), _shown(agreement, field))
            for field in rest
            if agreement.values[field]
        ),
        *_exercised(agreement),
    ]


def _shown(agreement: Agreement, field: str) -> str | None:
    value = agreement.values[field]
    shown = _value(field, value)
    if value == "other" and agreement.other_payer:
        return f"{shown} ({agreement.other_payer})"
    return shown


def _ask_who_pays(agreement: Agreement) -> None:
    """How to say who it is that pays, where it is another."""
    if agreement.lacks_payer:
        add = typed(f"frivillig agreement party {agreement.id} --name NAME")
        promise = typed(
            f"frivillig agreement contribution {agreement.id} PARTY WHAT --kind payment"
        )
        session.current().out.hint(
            _("Say who the other is that pays: {add}, then {promise}",
              add=add, promise=promise)
        )  # fmt: skip


def _exercised(agreement: Agreement) -> list[tuple[str, str | None]]:
    """When it was last exercised, and in which exercise; of no interest in an everyday one."""
    from frivillig_cli.cli.views import day

    if agreement.kind != "beredskap":
        return []
    said = day(agreement.last_exercised) or _("never")
    if agreement.exercise and agreement.exercise[1] == agreement.last_exercised:
        said = f"{said} ({agreement.exercise[0]})"
    return [(_("exercised"), said)]

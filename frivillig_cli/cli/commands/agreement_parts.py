"""`frivillig agreement party|contribution`: who is in it, and what each gives."""

from typing import Annotated

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.complete import complete_agreement, complete_org
from frivillig_cli.core.i18n import _
from frivillig_cli.records.agreement import queries
from frivillig_cli.records.agreement.model import CONTRIBUTION_WORDS, Agreement
from frivillig_cli.records.org import queries as orgs

AgreementArgument = Annotated[
    str,
    typer.Argument(
        metavar="REF", help="The number, or enough of the title.", autocompletion=complete_agreement
    ),
]


def get_agreement(agreement_id: int) -> Agreement:
    """One agreement, as it is today, and as anybody may see it."""
    run = session.current()
    return as_seen(queries.get(run.register, agreement_id, today=run.today))


def as_seen(one: Agreement) -> Agreement:
    """An agreement without the numbers and addresses of those who are protected by now."""
    from dataclasses import replace

    from frivillig_cli.store.protected import everywhere

    texts = {name: getattr(one, name) for name in ("values", "parties", "contributions")}
    return replace(one, **everywhere(session.current().register, texts))


def party(
    ref: AgreementArgument,
    org: Annotated[
        str | None,
        typer.Option(
            metavar="REF", help="An association of the register.", autocompletion=complete_org
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="A party that is not in the register.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What they are in the agreement.")
    ] = None,
    remove: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Take away the party with this number.")
    ] = None,
) -> None:
    """Add a party to an agreement, or take one away."""
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.agreement import actions

    run = session.current()
    if (org, name, remove).count(None) != 2:
        raise UsageError(
            _("Which party?"), _("Give one of --org REF, --name NAME and --remove NUMBER.")
        )
    wanted = queries.agreement_id(run.register, ref)
    org_id = orgs.org_id(run.register, org) if org else None
    with run.change() as register:
        if remove is not None:
            actions.remove(register, "agreement_party", wanted, remove)
        else:
            actions.add_party(register, wanted, org_id=org_id, name=name, role=role)
    agreement = get_agreement(wanted)
    run.out.result(agreement.to_json(), agreement.title, *party_lines(agreement))


def contribution(
    ref: AgreementArgument,
    party: Annotated[str | None, typer.Argument(metavar="PARTY", help="Who contributes.")] = None,
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="What they give.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="people|premises|food|care|…",
            help="What is promised: people, premises, food, care, transport, equipment, payment,"
            " other.",
        ),
    ] = None,
    terms: Annotated[
        str | None, typer.Option(metavar="TEXT", help="On which terms, and who pays.")
    ] = None,
    remove: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="Take away the contribution with this number."),
    ] = None,
) -> None:
    """Add what a party contributes to an agreement, or take a contribution away."""
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.records.agreement import actions

    run = session.current()
    if (remove is None) == (party is None or what is None):
        raise UsageError(
            _("Which contribution?"), _("Give PARTY and WHAT, or --remove NUMBER alone.")
        )
    wanted = queries.agreement_id(run.register, ref)
    with run.change() as register:
        if remove is not None:
            actions.remove(register, "agreement_contribution", wanted, remove)
        else:
            actions.add_contribution(register, wanted, party or "", what or "", terms, kind=kind)
    agreement = get_agreement(wanted)
    run.out.result(agreement.to_json(), agreement.title, *contribution_lines(agreement))


def party_lines(agreement: Agreement) -> list[str]:
    """The further parties, a line each with its number."""
    return [
        f"{one['id']}  {one['name']}" + (f" · {one['role']}" if one["role"] else "")
        for one in agreement.parties
    ]


def contribution_lines(agreement: Agreement) -> list[str]:
    """What each contributes, a line each with its number."""
    return [
        f"{one['id']}  {one['party']}: {one['what']}"
        + (f" ({_(CONTRIBUTION_WORDS[one['kind']])})" if one["kind"] else "")
        + (f" · {one['terms']}" if one["terms"] else "")
        for one in agreement.contributions
    ]

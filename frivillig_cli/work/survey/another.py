"""A form that was filled in for another association than the one whose key it carries.

Who keeps the books of two takes the file of one and writes the other's answers in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey.model import Kind, Outcome
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.judge import Judged
from frivillig_cli.work.survey.moment import Moment
from frivillig_cli.work.survey.present import present
from frivillig_cli.work.survey.verdict import Fault, Verdict

ANOTHER = "other_form"
_TELLING = (Kind.ORGNR, Kind.EMAIL, Kind.PHONE, Kind.WEBSITE, Kind.ACCOUNT, Kind.PERSON)
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def held_back(register: Register, org: Org, judged: Judged, at: Moment) -> Judged:
    """The same with every change in conflict, where the form is another association's by its
    words, until somebody has said yes to the name: none of it is an answer of `org`."""
    name = judged.verdicts.get("name")
    if name is None or "name" in at.decided or name.wanted is None:
        return judged
    if fold(str(name.wanted)) == fold(org.name):
        return judged
    why = _of_known(register, org, judged.verdicts, at) or _of_new(
        register, org, judged.verdicts, at
    )
    if not why:
        return judged
    verdicts = {
        field: _held(each, why if field == "name" else _("It is held back with the name."))
        if each.outcome in _OPEN and field not in at.decided
        else each
        for field, each in judged.verdicts.items()
    }
    return replace(judged, verdicts=verdicts, another_row=True)


def _held(verdict: Verdict, why: str) -> Verdict:
    said = kept(verdict.cell.text if verdict.cell else "")
    fault = Fault(ANOTHER, masked(why), said)
    return verdict._replace(outcome=Outcome.CONFLICT, fault=fault)


def _of_known(register: Register, org: Org, said: Mapping[str, Verdict], at: Moment) -> str:
    """Why it is the form of another here: its name, and something else of it, stand there."""
    wanted = fold(str(said["name"].wanted))
    for number, called in at.names.items():
        if number == org.id or fold(called) != wanted:
            continue
        theirs = present(orgs.get(register, number), [each.question for each in said.values()])
        if any(_tells_of(each, theirs.get(field)) for field, each in said.items()):
            return _that_of(org, f"{number} {echo(called)}")
    return ""


def _that_of(org: Org, other: str) -> str:
    return _(
        "The form was sent to {org}, and what stands in it is that of {other}: nothing in "
        "it is taken. Ask {other} for its own form. If it is right: --accept ask.",
        org=echo(org.name),
        other=other,
    )


def _tells_of(verdict: Verdict, theirs: object) -> bool:
    if verdict.question.kind not in _TELLING or not verdict.touched or theirs is None:
        return False
    return fold(str(verdict.wanted or "")) == fold(str(theirs))


def _of_new(register: Register, org: Org, said: Mapping[str, Verdict], at: Moment) -> str:
    """Why it may be the form of another: its name and number are both others."""
    orgnr = said.get("orgnr")
    if orgnr is None or not orgnr.touched or orgnr.wanted is None or orgnr.current is None:
        return ""
    if orgnr.wanted == orgnr.current:
        return ""
    known = orgs.by_orgnr(register, str(orgnr.wanted))
    if known is not None:
        return _that_of(org, f"{known} {echo(at.names[known])}")
    return _(
        "The form was sent to {org}, and both the name and the organisation number in it are "
        "others: nothing in it is taken. If it is another association: frivillig org add. If it "
        "is right: --accept ask.",
        org=echo(org.name),
    )

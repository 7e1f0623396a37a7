"""One person in two offices has one phone and one e-mail: what two cells say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.names import fold
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey.answers import erase_word
from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.display import show
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.records.survey.questions import OFFICES
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.known import match_of, people_named, reached
from frivillig_cli.work.survey.offices import details_of, same_name
from frivillig_cli.work.survey.present import Holder, holders
from frivillig_cli.work.survey.verdict import Fault, Verdict

TWO_VALUES = "two_values"
_OPEN = (Outcome.APPLIED, Outcome.CONFLICT)


def one_person(
    register: Register, org: Org, verdicts: Mapping[str, Verdict], decided: Set[str]
) -> dict[str, Verdict]:
    """The verdicts, but for two answers of one person in two offices: who knows which is right?

    Two new ones are not taken. One that is new beside one as it was sent, or in conflict, is a
    conflict, but for the fields that somebody has `decided`.
    """
    done = dict(verdicts)
    for same in _of_one(register, org, verdicts):
        new = [
            verdict
            for verdict in same
            if verdict.outcome is Outcome.APPLIED or _came(verdict, same)
        ]
        if len({verdict.wanted for verdict in new}) > 1:
            words = _("One person in two offices has two answers: {answers}. Ask which is right.",
                      answers=_listed(new))  # fmt: skip
            for verdict in new:
                done[verdict.question.id] = verdict.rejected(TWO_VALUES, words, shown(verdict))
        elif any(verdict.wanted != new[0].wanted for verdict in same if new):
            words = _("One person in two offices has two answers: {answers}. Choose with "
                      "--accept ask.", answers=_listed(same))  # fmt: skip
            fault = Fault(TWO_VALUES, masked(words), shown(new[0]))
            for verdict in new:
                if verdict.question.id not in decided:
                    held = verdict._replace(outcome=Outcome.CONFLICT, fault=fault)
                    done[verdict.question.id] = held
    return done


def _of_one(register: Register, org: Org, verdicts: Mapping[str, Verdict]) -> list[list[Verdict]]:
    """What a form says of each person's phone, and of each one's e-mail: new, in conflict, or as it
    was sent."""
    held = holders(org)
    known = _known(register, verdicts)
    told: dict[tuple[int | str, str], list[Verdict]] = {}
    for office in OFFICES:
        name, holder = verdicts.get(office), held.get(office)
        who = _meant(org, name, holder, details_of(office, verdicts), known.get(office))
        for detail in ("phone", "email"):
            verdict = verdicts.get(f"{office}_{detail}")
            if who is None or verdict is None:
                continue
            if verdict.outcome in _OPEN or _stands(name, holder, who, verdict):
                told.setdefault((who, detail), []).append(verdict)
    return list(told.values())


def _came(verdict: Verdict, same: Sequence[Verdict]) -> bool:
    """Whether a conflict is none: what stands here came with the person, who had it when the form
    was sent, as another cell of it says, and got the office by this form."""
    if verdict.outcome is not Outcome.CONFLICT or verdict.fault or verdict.base is not None:
        return False
    return any(other is not verdict and other.base == verdict.current for other in same)


def _stands(name: Verdict | None, holder: Holder | None, who: int | str, verdict: Verdict) -> bool:
    """Whether a cell says what was sent of the very person whom the form means."""
    if verdict.answer is None or verdict.touched or verdict.fault:
        return False
    own = holder is not None and holder.person_id == who
    return own and (name is None or same_name(name.base, holder.name if holder else None))


def _known(register: Register, verdicts: Mapping[str, Verdict]) -> dict[str, int]:
    """office -> who of the register is to take it, by name and phone or e-mail. Where only one of
    a name is known so, all of that name in the form are that one."""
    names = {
        office: str(name.wanted)
        for office in OFFICES
        if (name := verdicts.get(office)) and name.outcome is Outcome.APPLIED and name.wanted
    }
    found = {}
    for office, name in names.items():
        if person := match_of(register, name, reached(office, verdicts)).person_id:
            found[office] = person
    for office, name in names.items():
        same = {found[one] for one in found if same_name(names[one], name)}
        if office not in found and len(same) == 1:
            found[office] = next(iter(same))
    return found


def _meant(
    org: Org,
    name: Verdict | None,
    holder: Holder | None,
    details: Mapping[str, Verdict],
    known: int | None,
) -> int | str | None:
    """Whom a form means by an office: a person's id, the folded name of somebody new, or nobody.

    Of several who have the name, it is the one who has the phone or e-mail of its `details`; where
    the association has none of them, the one who is `known` by them elsewhere.
    """
    if name is None or name.outcome is not Outcome.APPLIED:
        return holder.person_id if holder else None
    if name.wanted is None:
        return None
    new_name = str(name.wanted)
    if holder and same_name(holder.name, new_name):
        return holder.person_id
    ids = people_named(org, new_name)
    said = {str(verdict.wanted) for verdict in details.values()}
    own = (one["person_id"] for one in org.contacts if said & {one["phone"], one["email"]})
    return next((one for one in own if one in ids), next(iter(ids), known or fold(new_name)))


def _listed(same: Sequence[Verdict]) -> str:
    said = []
    for verdict in same:
        field, value = verdict.question.in_language(language()), shown(verdict)
        as_sent = verdict.outcome not in _OPEN
        said.append(
            _("{field} «{value}», as it was sent", field=field, value=value)
            if as_sent
            else f"{field} «{value}»"
        )
    return ", ".join(said)


def shown(verdict: Verdict) -> str:
    """What a field is to hold, as it is read."""
    if isinstance(verdict.answer, Erased):
        return erase_word(language())
    return echo(show(verdict.question, verdict.wanted, language()))

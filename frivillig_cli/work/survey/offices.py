"""An office is a name with a phone and an e-mail: they go with the person the form means."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.compare import Erased, compare
from frivillig_cli.records.survey.model import Outcome, Value
from frivillig_cli.work.survey.guard import PROTECTED, is_free, is_protected, written
from frivillig_cli.work.survey.present import Holder
from frivillig_cli.work.survey.verdict import KEEP, NOT_THEIRS, Context, Fault, Verdict, decided

NAME_FIRST = "name_first"


def judge_office(
    office: str, verdicts: Mapping[str, Verdict], context: Context
) -> dict[str, Verdict]:
    """The phone and e-mail of one office, judged again in the light of its name.

    They are never given to anybody but the one that the form means: with a new name to the new
    holder, and to nobody while it is open who holds the office. Of a protected person's nothing is
    taken, wherever the form tells it.
    """
    name = verdicts[office]
    judged = {}
    for field in (f"{office}_phone", f"{office}_email"):
        verdict = verdicts.get(field)
        if verdict is None or not (verdict.touched or verdict.fault):
            continue
        meant = name.wanted if name.touched else name.base
        who = context.guard.meant(office, meant, written=name.touched)
        if who:
            judged[field] = verdict.rejected(PROTECTED, is_protected(who))
            judged |= _told_again(verdict, who, verdicts)
        elif _gone_with(name, verdict, context):
            judged[field] = verdict._replace(answer=None, outcome=Outcome.UNCHANGED, fault=None)
        elif not verdict.fault:
            judged[field] = _detail(name, verdict, context)
    return judged


def _told_again(secret: Verdict, who: str, verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The answers that tell a protected person's phone or e-mail once more, in words of theirs."""
    if not isinstance(secret.answer, str):
        return {}
    way = written(secret.answer)
    return {
        name: verdict.rejected(PROTECTED, is_protected(who))
        for name, verdict in verdicts.items()
        if verdict.touched and is_free(verdict.question)
        and isinstance(verdict.answer, str) and way.search(verdict.answer)
    }  # fmt: skip


def _gone_with(name: Verdict, verdict: Verdict, context: Context) -> bool:
    """Whether the name is none of theirs, as somebody has said: what it came with is not either."""
    kept = context.decisions.get(name.question.id) == KEEP and name.answer is None
    return kept and (verdict.fault is None or verdict.fault.code in NOT_THEIRS)


def _detail(name: Verdict, verdict: Verdict, context: Context) -> Verdict:
    erased = isinstance(verdict.answer, Erased)
    meant = _meant(name, context)
    if name.outcome is Outcome.APPLIED and meant is not None:
        if same_name(meant, name.current):  # only the spelling is another
            return verdict
        outcome = Outcome.UNCHANGED if erased else Outcome.APPLIED
        return decided(verdict._replace(outcome=outcome), context)
    if name.outcome is Outcome.CONFLICT:
        return verdict._replace(outcome=Outcome.CONFLICT, fault=_undecided(verdict))
    if name.outcome is Outcome.REJECTED:
        return held_back(verdict)
    if meant is None or name.current is None:
        return verdict._replace(outcome=Outcome.UNCHANGED) if erased else _nobody(verdict)
    if not same_name(meant, name.current):
        # the form's new name was turned down, or the office has another holder since
        beside = context.together.get(name.question.id, {}).get(fold(str(meant)))
        if beside and _is_news(verdict, beside):
            return _of_one_beside(name, verdict, beside)
        if name.touched:
            return verdict._replace(outcome=Outcome.UNCHANGED)
        return _of_another(name, verdict, meant)
    if not same_name(name.base, name.current):
        # the name alone is new; or they have said it of the new one before
        before = verdict.base, context.accepted.get(verdict.question.id)
        sent = verdict.current if verdict.current in before else None
        return decided(
            verdict._replace(outcome=compare(sent, verdict.answer, verdict.current)), context
        )
    return verdict


def _meant(name: Verdict, context: Context) -> Value:
    """Whom a form means: as it says, or as it was sent. Of what was no name, and was dealt with
    since, it is who holds the office now, if that one has all the words of it in their name."""
    if name.touched:
        return name.wanted
    text = name.cell.text if name.cell and name.answer is None else ""
    if not text.strip() or name.question.id not in (context.settled or ()):
        return name.base
    held = fold(str(name.current or ""))
    return name.current if {*fold(text).split()} <= {*held.split()} else text


def details_of(office: str, done: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The phone and e-mail of an office that are to be taken."""
    return {
        name: done[name]
        for name in (f"{office}_phone", f"{office}_email")
        if name in done and done[name].outcome is Outcome.APPLIED
    }


def held_back(verdict: Verdict) -> Verdict:
    """A phone or e-mail whose name was not taken: not taken either."""
    words = _("The name that it goes with was not taken. When that is in place, take the file in "
              "again.")  # fmt: skip
    return _rejected(verdict, NAME_FIRST, words)


def _undecided(verdict: Verdict) -> Fault | None:
    """Why a phone or e-mail waits whose name is in conflict, where it is in none itself: it was not
    changed here, or to what they say."""
    if verdict.current not in (verdict.base, verdict.wanted):
        return None
    words = _("The name that it goes with was not decided.")
    return Fault(NAME_FIRST, masked(words), kept(verdict.cell.text if verdict.cell else ""))


def _of_another(name: Verdict, verdict: Verdict, meant: Value) -> Verdict:
    words = _(
        "They wrote of {meant}; {holder} holds the office now.",
        meant=echo(meant),
        holder=echo(name.current),
    )
    return _rejected(verdict, "other_holder", words)


def _is_news(verdict: Verdict, beside: Holder) -> bool:
    """Whether a phone or e-mail that is open is another than one of several holders has."""
    has = beside.phone if verdict.question.id.endswith("_phone") else beside.email
    return verdict.outcome is not Outcome.UNCHANGED and verdict.wanted != has


def _of_one_beside(name: Verdict, verdict: Verdict, beside: Holder) -> Verdict:
    words = _(
        "They wrote of {meant}, who holds the office together with {holder}: enter it for {meant} "
        "yourself, if it is right.",
        meant=echo(beside.name),
        holder=echo(name.current),
    )
    return _rejected(verdict, "other_holder", words)


def _nobody(verdict: Verdict) -> Verdict:
    return _rejected(verdict, "nobody", _("There is no name to go with it."))


def _rejected(verdict: Verdict, code: str, words: str) -> Verdict:
    return verdict.rejected(code, words, kept(verdict.cell.text if verdict.cell else ""))


def stands(office: str, verdicts: Mapping[str, Verdict]) -> tuple[str, ...]:
    """What of an office stands in the form as it was sent: phone, email, both or neither."""
    found = []
    for detail in ("phone", "email"):
        verdict = verdicts.get(f"{office}_{detail}")
        if verdict and verdict.answer is not None and not (verdict.touched or verdict.fault):
            found.append(detail)
    return tuple(found)


def still(holder: str, standing: tuple[str, ...]) -> str:
    """That the phone or e-mail of an office is still the old holder's, and was not taken."""
    if standing == ("phone",):
        return _("The phone in the form is still that of {holder}, so it was not taken: ask for "
                 "the new one.", holder=holder)  # fmt: skip
    if standing == ("email",):
        return _("The e-mail in the form is still that of {holder}, so it was not taken: ask for "
                 "the new one.", holder=holder)  # fmt: skip
    return _("The phone and e-mail in the form are still those of {holder}, so they were not "
             "taken: ask for the new ones.", holder=holder)  # fmt: skip


def same_name(one: Value, other: Value) -> bool:
    """Whether two names of holders are one, however they are spelt."""
    return fold(str(one or "")) == fold(str(other or ""))

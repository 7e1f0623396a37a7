"""Answers into the register: one transaction for all that is clear, the rest kept for a person.

`take_in` does the real work inside the caller's transaction; a preview is the same work rolled
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.org import actions as org_actions
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.org.model import Org
from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.model import (
    Answer,
    AnsweredField,
    Outcome,
    Problem,
    Recipient,
    Survey,
)
from frivillig_cli.records.survey.questions import DATE_OF_OFFICE
from frivillig_cli.store.protected import by_way
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey import findings
from frivillig_cli.work.survey.along import come_along, written
from frivillig_cli.work.survey.another import held_back
from frivillig_cli.work.survey.apply import apply
from frivillig_cli.work.survey.before import (
    Before,
    base_of_corrections,
    in_file,
    in_order,
    meeting_told,
    older,
    overtaken,
    repeated,
)
from frivillig_cli.work.survey.changed import last_changes
from frivillig_cli.work.survey.guard import Ways, guards
from frivillig_cli.work.survey.judge import ACCOUNT, Judged, judge
from frivillig_cli.work.survey.known import to_ask_for
from frivillig_cli.work.survey.meeting import set_right
from frivillig_cli.work.survey.moment import Moment, offices_begin
from frivillig_cli.work.survey.nobodys import nobodys, of_other_surveys, refused, without_key
from frivillig_cli.work.survey.own_columns import Place, own_columns, problem_of, without
from frivillig_cli.work.survey.own_words import Ours, words_of
from frivillig_cli.work.survey.present import present, together
from frivillig_cli.work.survey.reading import RawCell, RawForm, ReadFile
from frivillig_cli.work.survey.results import UNTOUCHED, FormResult, ImportResult
from frivillig_cli.work.survey.same_one import Origins, accepted, come_since, meant_first
from frivillig_cli.work.survey.sent import Sent
from frivillig_cli.work.survey.verdict import TAKE, Context, Verdict
from frivillig_cli.work.survey.wording import sender


@dataclass(frozen=True)
class Choices:
    """What the person said: (organisation's id, field) -> KEEP or TAKE, and, where a field is
    answered more than once, -> which of its copies; and the account calls."""

    confirm_account: bool = False
    decisions: Mapping[tuple[int, str], str] = field(default_factory=dict)
    picked: Mapping[tuple[int, str], int] = field(default_factory=dict)


def take_in(
    register: Register,
    survey: Survey,
    files: Sequence[ReadFile],
    choices: Choices,
    *,
    now: datetime,
    today: date,
) -> ImportResult:
    """Take in every form of every file. Inside a transaction; nothing here asks or prints."""
    return _Intake(
        register, survey, choices, Moment(now, today, by_way(register), orgs.names(register))
    ).all(files)


@dataclass(frozen=True)
class _Taken:
    """One form on its way into the register."""

    file: ReadFile
    form: RawForm
    recipient: Recipient
    org: Org
    before: Before | None
    judged: Judged
    verdicts: Mapping[str, Verdict]
    problems: Sequence[Problem]
    said: Mapping[str, AnsweredField]
    alone: bool

    @property
    def result(self) -> str:
        """What the form has come to."""
        return findings.result(self.verdicts, self.problems)

    @property
    def moved(self) -> bool:
        """Whether this is new, or has come further than when the same file came before."""
        return self.before is None or self.said != self.before.answer.answers


def _settling(context: Context, before: Before | None) -> Context:
    """The same, where what the answer `before` has settled is not done anew."""
    if before is None:
        return context
    asked = frozenset(question.id for question in context.questions)
    return replace(context, settled=asked - before.waiting)


def _meeting(
    form: RawForm, judged: Judged, before: Before | None, earlier: Sequence[Answer]
) -> date | None:
    """The day of the meeting that stands in where a form gives none: what they have told of it
    in another. Not where it gives one that cannot be, before that has come another time.
    """
    told = before.answer.answers.get(DATE_OF_OFFICE) if before else None
    again = told is not None and told.outcome is Outcome.REJECTED
    given = judged.verdicts.get(DATE_OF_OFFICE)
    wrong = given is not None and given.fault is not None
    return None if wrong and not (form.correction or again) else meeting_told(in_order(earlier))


class _Intake:
    def __init__(self, register: Register, survey: Survey, choices: Choices, at: Moment) -> None:
        self._register = register
        self._survey = survey
        self._choices = choices
        self._at = at
        self._recipients = {
            recipient.base_key: recipient for recipient in queries.recipients(register, survey.id)
        }
        self._sent = queries.sent_files(register, survey.id)
        self._guards = guards(register)
        self._ways = Ways(register)
        asked = {recipient.org_id for recipient in self._recipients.values()}
        names = queries.org_names(register, sorted(asked))
        self._to_all = Sent(survey.questions, self._recipients.values(), names, self._ways)
        self._ours = words_of(survey, sender(register), names.values())
        self._overtaken: dict[int, frozenset[str]] = {}
        self._origins = Origins(register, self._recipients.values())
        self._titles = {other.code: (other.id, other.title) for other in queries.every(register)}

    def all(self, files: Sequence[ReadFile]) -> ImportResult:
        beside = [own_columns(file, self._names_in) for file in files]
        files = [without(file, columns) for file, columns in zip(files, beside, strict=True)]
        self._look_ahead(files)
        forms: list[FormResult] = []
        untouched = 0
        for file, columns in zip(files, beside, strict=True):
            taken = [*self._file(file), *self._columns(file, columns)]
            untouched += sum(each is None or each.result == UNTOUCHED for each in taken)
            forms += [result for result in taken if result is not None]
        return ImportResult(tuple(map(self._told, forms)), untouched)

    def _told(self, form: FormResult) -> FormResult:
        """The same without what tells how a protected person is reached: for eyes, not kept."""
        return replace(form, problems=tuple(map(self._ways.shield, form.problems)))

    def _look_ahead(self, files: Iterable[ReadFile]) -> None:
        """Find what a later form answers otherwise: it would be applied for nothing."""
        theirs: dict[object, list[tuple[ReadFile, RawForm, Recipient]]] = {}
        for file in files:
            for form in file.forms:
                recipient = self._recipients.get(form.key.base)
                if recipient and form.key.survey == self._survey.code:
                    whose = recipient.org_id, self._origins.of(recipient.id)
                    theirs.setdefault(whose, []).append((file, form, recipient))
        for forms in theirs.values():
            if len(forms) > 1:
                _file, _form, recipient = forms[0]
                org, earlier = self._org_of(recipient)
                judged = [
                    (id(form), self._judge(file, form, recipient, org, earlier)[0].verdicts, file)
                    for file, form, recipient in forms
                ]
                self._overtaken |= overtaken(judged)

    def _file(self, file: ReadFile) -> list[FormResult | None]:
        """The results of one file; None for a row that nobody has answered."""
        if file.refusal:
            return [refused(file, "unreadable", file.refusal.message, file.refusal.hint)]
        found: list[FormResult | None] = []
        found += of_other_surveys(file, self._survey, self._titles)
        for form in file.forms:
            if form.key.survey == self._survey.code:
                result = self._form(file, form)
                if result is None or result.result != "refused" or result not in found:
                    found.append(result)
        return [*found, *nobodys(file, self._survey, self._ours)]

    def _names_in(self, form: RawForm) -> Ours:
        """Our words in one form, with what its organisation was called when it was sent."""
        recipient = self._recipients.get(form.key.base)
        return self._ours.to(str(recipient.base.get("name") or "")) if recipient else self._ours

    def _columns(
        self, file: ReadFile, columns: Mapping[Place, Sequence[RawCell]]
    ) -> Iterator[FormResult]:
        """The columns and rows of a file that are nobody's, until somebody has dealt with them."""
        found = [problem_of(file, place, cells, self._ways) for place, cells in columns.items()]
        for problem in (*found, *without_key(file, self._survey, self._ways)):
            known = actions.keep_nobodys(self._register, self._survey.id, problem)
            if known is None or known.status == "open":
                new = known is None
                yield FormResult(file.name, "refused", problems=(problem,), seen=not new, moved=new)

    def _form(self, file: ReadFile, form: RawForm) -> FormResult | None:
        recipient = self._recipients.get(form.key.base)
        if recipient is None:
            words = _("{file} was not sent from this register.", file=file.name)
            hint = _("Was the export undone? Send the workbook again: frivillig survey export")
            return refused(file, "not_sent", words, hint)
        org, earlier = self._org_of(recipient)
        judged, before = self._judge(file, form, recipient, org, earlier)
        corrected = any(findings.corrected(each, form) for each in judged.verdicts.values())
        if judged.says_nothing and not (form.whole or corrected or before):
            return None
        guard = self._guards[org.id]
        if judged.says_nothing and file.sha256 in self._sent:
            shown = findings.shielded(judged.verdicts, guard, self._ways).values()
            unchanged = tuple(map(findings.change, filter(findings.told, shown)))
            return FormResult(file.name, UNTOUCHED, org.id, org.name, unchanged)
        followed = older(earlier, file)
        yes = {of for of, said in self._decisions(org).items() if said == TAKE}
        if form.correction:
            yes |= written(form).keys()  # somebody has looked, and has written it
        meeting = _meeting(form, judged, before, earlier)
        at = replace(self._at, meeting=meeting, decided=yes, sent=recipient.base)
        if not form.correction:
            judged = held_back(self._register, org, judged, at)
        verdicts = judged.verdicts
        if not judged.another_row and (before is None or DATE_OF_OFFICE in before.waiting):
            later = [] if form.correction else [one for one in earlier if one not in followed]
            verdicts = set_right(self._register, org.id, verdicts, earlier, later)
            if earlier:
                org, _earlier = self._org_of(recipient)
        verdicts = apply(self._register, org, verdicts, at)
        shown = findings.shielded(verdicts, guard, self._ways)
        problems = findings.problems(file, form, org, judged, shown, before)
        said = findings.said(verdicts, before, self._at.today, judged.key)
        alone = form.correction and not earlier
        taken = _Taken(file, form, recipient, org, before, judged, verdicts, problems, said, alone)
        self._keep(taken)
        held = [name for name, each in verdicts.items() if findings.changed_here(each)]
        since = last_changes(self._register, org, held, recipient)
        begins = offices_begin(verdicts, at)
        return FormResult(
            file.name,
            org_id=org.id,
            org=org.name,
            result=taken.result,
            changes=tuple(
                to_ask_for(
                    self._register,
                    org.id,
                    (
                        findings.change(
                            findings.veiled(verdict, self._ways), since.get(name), begins, verdicts
                        )
                        for name, verdict in shown.items()
                        if findings.told(verdict)
                    ),
                )
            ),
            answers=() if judged.another_row else findings.unbound(shown, before),
            problems=tuple(problems),
            seen=before is not None,
            moved=taken.moved,
            ticked=judged.ticked,
            earlier=findings.earlier(earlier, file, form, verdicts),
            otherwise=findings.otherwise(earlier, file, form, verdicts, guard, self._ways),
            overtaken=bool(self._overtaken.get(id(form))),
            archived=org.status == "archived",
            held=self._held(org, before),
            alone=alone,
        )

    def _org_of(self, recipient: Recipient) -> tuple[Org, list[Answer]]:
        """Whose form it is, the holders first that it means; and what they have answered before."""
        org = orgs.get(self._register, recipient.org_id)
        answers = queries.answers(self._register, self._survey.id, org.id)
        earlier = self._origins.of_the_same(recipient, answers)
        return meant_first(org, {**recipient.base, **accepted(in_order(earlier))}), earlier

    def _held(self, org: Org, before: Before | None) -> str:
        """The file in which an account number waits that this one is confirmed for in vain."""
        if before is None or not self._choices.confirm_account:
            return ""
        found = queries.problems(self._register, self._survey.id)
        waits = {
            one.field: one.file for one in found if (one.org_id, one.code) == (org.id, ACCOUNT)
        }
        return next((file for field, file in waits.items() if field in before.passed_on), "")

    def _judge(
        self,
        file: ReadFile,
        form: RawForm,
        recipient: Recipient,
        org: Org,
        answers: Sequence[Answer],
    ) -> tuple[Judged, Before | None]:
        """The form against all that is known; and the answer that it repeats, if it does."""
        form = come_along(self._register, form, answers)
        followed = older(answers, file)
        before = in_file(self._register, answers, recipient.id, file)
        context = self._context(form, recipient, org, followed)
        judged = judge(form, _settling(context, before))
        if before is None and not form.correction:
            before = repeated(self._register, answers, recipient.id, judged, file)
            if before is not None:
                judged = judge(form, _settling(context, before))
        return judged, before

    def _context(
        self, form: RawForm, recipient: Recipient, org: Org, earlier: Sequence[Answer]
    ) -> Context:
        base = recipient.base
        if form.correction:
            base = base_of_corrections(self._register, base, earlier, written(form))
        return Context(
            self._survey.questions,
            base,
            present(org, self._survey.questions),
            self._at.today,
            accepted(earlier),
            decisions=self._decisions(org),
            picked={name: at for (of, name), at in self._choices.picked.items() if of == org.id},
            confirm_account=self._choices.confirm_account,
            together=together(org),
            come_since=come_since(self._register, org, recipient),
            guard=self._guards[org.id],
            ours=self._ours.to(org.name, str(recipient.base.get("name") or "")),
            overtaken=self._overtaken.get(id(form), frozenset()),
            sent=(org.id, self._to_all),
        )

    def _decisions(self, org: Org) -> dict[str, str]:
        """field -> KEEP or TAKE, of one organisation."""
        return {name: said for (of, name), said in self._choices.decisions.items() if of == org.id}

    def _keep(self, form: _Taken) -> None:
        """The form, its problems, and what it confirms; a file seen before only what is new."""
        if not form.moved:
            return
        answer_id = actions.receive(
            self._register,
            actions.Received(
                self._survey.id,
                form.org.id,
                form.recipient.id,
                form.before.answer.file if form.before else form.file.name,
                form.before.answer.sha256 if form.before else form.file.sha256,
                form.said,
                form.result,
                form.file.written,
                form.judged.answered and not form.alone,
            ),
            now=self._at.now,
        )
        actions.keep_problems(self._register, self._survey.id, answer_id, form.problems)
        well = [
            name
            for name, verdict in form.verdicts.items()
            if findings.answered_well(verdict, form.form)
            or findings.corrected(verdict, form.form)  # the last word is the one that is looked at
        ]
        forms = self._origins.forms_like(form.recipient)
        actions.supersede(self._register, forms, answer_id, well)
        confirmed = [
            name
            for name, verdict in form.verdicts.items()
            if findings.confirmed(verdict, form.judged)
            and not findings.of_another(name, form.verdicts)
            and (form.before is None or name in form.before.waiting)
        ]
        if confirmed:
            source = f"survey:{self._survey.id}"
            actions.confirm(
                self._register, form.org.id, confirmed, today=self._at.today, source=source
            )
        # a correction is of some fields, and the form of one that was merged is of another whole
        if confirmed and not (form.form.correction or self._origins.is_anothers(form.recipient)):
            today = self._at.today.isoformat()
            org_actions.edit(self._register, form.org.id, {"confirmed": today}, now=self._at.now)

"""The order of an import: look (the deed rolled back), show, ask, save."""

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.complete import ACCEPT
from frivillig_cli.cli.survey_changes import change_lines, summary_lines, value_shown
from frivillig_cli.core.account import show_account
from frivillig_cli.core.birthnumber import mask_birth_numbers, refuse_in_path
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.core.names import file_name
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Outcome, Problem, Survey
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.work.survey.accounts import shared_accounts
from frivillig_cli.work.survey.address import HALF
from frivillig_cli.work.survey.guard import shield_problems
from frivillig_cli.work.survey.reading import ReadFile
from frivillig_cli.work.survey.results import ImportResult
from frivillig_cli.work.survey.take_in import Choices, take_in
from frivillig_cli.work.survey.verdict import KEEP, TAKE


class Intake:
    """One `survey import`."""

    def __init__(
        self,
        survey: Survey,
        files: Sequence[ReadFile],
        confirm_account: bool,
        rejected: Path | None = None,
    ) -> None:
        self._survey = survey
        self._files = files
        self._rejected = rejected
        self._choices = Choices(confirm_account=confirm_account)
        self._session = session.current()

    def run(self, accept: str | None, *, dry_run: bool) -> None:
        """Go through with it as `--accept`, `--dry-run`, `--yes` or the person says."""
        if accept is not None and accept not in ACCEPT:
            raise UsageError(
                _("“{value}” is no answer to --accept.", value=accept),
                _("Choose one of: {known}.", known=", ".join(ACCEPT)),
            )
        if accept is None and self._session.yes:
            accept = "all"
        if self._survey.status == "closed":
            words = _("The survey «{title}» is closed; the answers are taken in all the same.",
                      title=self._survey.title)  # fmt: skip
            self._session.out.hint(words)
        for file in self._files:
            if file.has_macros:
                words = _("{file} holds macros; they were not run.", file=file.name)
                self._session.out.hint(words)
        if accept == "all" and not dry_run:
            return self._at_once()
        preview = self._work(dry_run=True)
        undecided = accept == "ask" and preview.count(Outcome.CONFLICT) > 0
        if dry_run or accept == "none" or not (preview.news or undecided):
            self._show(preview, saved=False, left=accept == "none")
            if not preview.news:
                self._session.out.hint(_("Nothing new to take in."))
            elif accept == "none" and not dry_run:
                self._session.out.hint(_("Nothing was changed."))
            return self._end(preview, looked=dry_run or accept == "none")
        result = self._work(dry_run=False, shown=self._ask(preview, conflicts=accept == "ask"))
        out = self._session.out
        out.json(result.to_json(saved=result.news))
        self._saved(result, out.lines if out.mode == "text" else out.hint)
        return self._end(result)

    def _at_once(self) -> None:
        """Take in all that is clear; nobody is asked, so nothing is done twice."""
        result = self._work(dry_run=False)
        self._show(result, saved=result.news)
        self._saved(result, self._session.out.hint)
        self._end(result)

    def _work(self, *, dry_run: bool, shown: ImportResult | None = None) -> ImportResult:
        """Take in, or look. What a person said yes to (`shown`) is what is saved, or nothing."""
        run = self._session
        with run.change(dry_run=dry_run) as register:
            result = take_in(
                register, self._survey, self._files, self._choices, now=run.now, today=run.today
            )
            self._refuse_when_nothing_fits(result)
            if shown is not None:
                ask.refuse_if_other(shown.to_json(saved=True), result.to_json(saved=True))
        return result

    def _refuse_when_nothing_fits(self, result: ImportResult) -> None:
        """Not one answer to this survey: refused as a whole, each file by its name."""
        if result.taken or result.untouched:
            return
        first, *others = [(form, problem) for form in result.refused for problem in form.problems]
        rows = [problem.message for _form, problem in others]
        raise RefusedError(first[1].message, first[0].hint, rows)

    def _show(self, result: ImportResult, *, saved: bool, left: bool = False) -> None:
        """Show what was `saved` or would be; `left`: nothing of it is wanted."""
        out = self._session.out
        told = result.left() if left else result
        out.result(
            told.to_json(saved=saved),
            *summary_lines(result, len(self._files)),
            *change_lines(result, sys.stdout),
        )
        if warnings := self._warnings(result):
            out.hint(*warnings)

    def _warnings(self, result: ImportResult) -> list[str]:
        """Of each account number that several have now: money may go to the wrong one."""
        return [
            _(
                "One account number, {account}, stands at several: {names}. Ask them whose it is.",
                account=show_account(account),
                names=", ".join(names),
            )
            for account, names in shared_accounts(self._session.register, result).items()
        ]

    def _ask(self, preview: ImportResult, *, conflicts: bool) -> ImportResult:
        """Show, ask, and give back what was said yes to. Raises RefusedError for a no.

        `conflicts` are asked about too, at once where there is nothing else.
        """
        out = self._session.out
        shown = (*summary_lines(preview, len(self._files)), *change_lines(preview, sys.stderr),
                 *self._warnings(preview), "")  # fmt: skip
        out.hint(*shown)
        if not ask.in_terminal():
            raise RefusedError(
                _("This asks before it changes anything, and there is no terminal to ask in."),
                _("Answer with --accept all, or look first with --dry-run."),
            )
        yes, pick = _("y"), _("c")
        choices = {yes: _("yes"), "n": _("no"), pick: _("choose one by one")}
        answer = pick
        if preview.news or not conflicts:
            answer = ask.choose(_("Take in what is clear?"), choices)
        if answer == "n":
            raise RefusedError(_("Nothing was changed."))
        asked = [Outcome.APPLIED] * (answer == pick) + [Outcome.CONFLICT] * (
            answer == pick or conflicts
        )
        if any(map(preview.count, asked)):
            self._choices = self._decide(preview, asked)
            return self._work(dry_run=True)
        return preview

    def _decide(self, preview: ImportResult, asked: Collection[Outcome]) -> Choices:
        """Go through each change and each conflict; what is skipped in a conflict stays one.

        What of an address waits for another part comes after that one, and waits on with it.
        """
        decisions: dict[tuple[int, str], str] = {}
        picked: dict[tuple[int, str], int] = {}
        for form in preview.taken:
            half = {problem.field for problem in form.problems if problem.code == HALF}
            later: set[str] = set()
            for change in sorted(form.changes, key=lambda each: each.question.id in half):
                waits = change.question.id in half
                if change.outcome not in asked:
                    continue
                if _follows(change, form, decisions) or (waits and not later.isdisjoint(ADDRESS)):
                    continue
                answers = change.copies or (value_shown(change, change.answer),)
                said = [
                    *(_("the answer: {value}", value=value) for value in answers),
                    _("as it is now: {value}", value=value_shown(change, change.current)),
                    *([_("later")] if change.outcome is Outcome.CONFLICT and not waits else []),
                ]
                label = change.question.in_language(language())
                choices = {str(number): words for number, words in enumerate(said, 1)}
                number = int(ask.choose(f"{form.org}: {label}", choices)) - 1
                key = (form.org_id or 0, change.question.id)
                if number <= len(answers):
                    decisions[key] = KEEP if number == len(answers) else TAKE
                else:
                    later.add(change.question.id)
                if change.copies and number < len(answers):
                    picked[key] = number
        return Choices(self._choices.confirm_account, decisions, picked)

    def _saved(self, result: ImportResult, tell: Callable[..., None]) -> None:
        """What was saved and how it is undone; where nothing was, `undo` would take another."""
        if not result.news:
            self._session.out.hint(_("Nothing new to take in."))
            return
        count = result.count(Outcome.APPLIED)
        forms = sum(not form.seen for form in result.taken)
        words = _(
            "Saved. {answers}, {fields}.   Undo: frivillig undo",
            answers=ngettext("{n} answer", "{n} answers", forms),
            fields=ngettext("{n} field changed", "{n} fields changed", count),
        )
        tell(words)

    def _end(self, result: ImportResult, *, looked: bool = False) -> None:
        """What is left for a person; `looked`: nothing was to be saved."""
        out = self._session.out
        if not result.complete:
            self._session.incomplete()
        if looked:
            if self._rejected:
                out.hint(_("Nothing was saved, so {file} was not written.", file=self._rejected))
            return
        waiting = self._waiting(result)
        if waiting:
            look = f"frivillig survey problems {self._survey.id}"
            out.hint(_("What needs a look: {command}", command=look))
        refused = [
            problem
            for form in result.refused
            for problem in form.problems
            if not (form.seen or form.moved)
        ]
        write_problems(self._survey, [*waiting, *refused] if self._rejected else waiting,
                       self._rejected)  # fmt: skip
        kept = any(problem.code == "conflict" for problem in waiting)
        if kept or result.count(Outcome.CONFLICT):
            decide = f"frivillig survey import {self._survey.id} … --accept ask"
            out.hint(_("Decide the conflicts: {command}", command=decide))

    def _waiting(self, result: ImportResult) -> list[Problem]:
        """The open problems of those whose answers came in these files."""
        orgs = {form.org_id for form in result.taken}
        if any(form.seen or form.moved for form in result.refused):
            orgs.add(None)  # a column that is nobody's
        found = queries.problems(self._session.register, self._survey.id)
        theirs = [problem for problem in found if problem.org_id in orgs]
        return shield_problems(self._session.register, theirs)


def badly_named(paths: Sequence[Path]) -> list[ReadFile]:
    """Those of `paths` that are named by a birth number, as files that are refused for it."""
    found = []
    for path in paths:
        try:
            refuse_in_path(path)
        except RefusedError as error:
            name = mask_birth_numbers(path.name)
            refusal = RefusedError(f"{name}: {error.message}", error.hint)
            found.append(ReadFile(path, name, "", refusal=refusal))
    return found


def write_problems(survey: Survey, problems: Sequence[Problem], path: Path | None) -> None:
    """Write what was not taken to the workbook that was asked for, or name how to get it."""
    from frivillig_cli.work.survey.rejected import ENDING, correctable, write_rejected

    run = session.current()
    if not problems:
        if path is not None:
            run.out.hint(_("Nothing needs a look, so {file} was not written.", file=path))
        return
    if path is None:
        if not correctable(problems, survey):
            return
        name = f"{file_name(survey.title)}-{_('rejected')}{ENDING}"
        command = f"frivillig survey problems {survey.id} -o {name}"
        run.out.hint(_("The same as a workbook, to be corrected: {command}", command=command))
        return
    write_rejected(run.register, survey, problems, path, today=run.today)
    if not (count := correctable(problems, survey)):
        run.out.hint(_("{file} is written; nothing in it can be corrected there.", file=path))
        return
    run.out.hint(
        ngettext("{n} cell to correct in {file}.", "{n} cells to correct in {file}.",
                 count, file=path),
    )  # fmt: skip


def _follows(change: Any, form: Any, decisions: dict[tuple[int, str], str]) -> bool:
    """Whether a phone or e-mail goes the way of its office's name, and is not asked about.

    One that stands there more than once is asked about, where the name is not left as it is.
    """
    office = office_of(change.question.id)
    if office in (None, change.question.id):
        return False
    name = next((other for other in form.changes if other.question.id == office), None)
    if name is None or name.outcome is Outcome.UNCHANGED:
        return False
    if decisions.get((form.org_id, office)) == KEEP:
        return True
    return name.outcome is Outcome.CONFLICT and not change.copies

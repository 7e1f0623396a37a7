"""How a survey, its state and an import's changes are written out for a person."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.cli.trace import moment
from frivillig_cli.cli.views import day
from frivillig_cli.core.i18n import N_, _, ngettext
from frivillig_cli.core.icnpo import category_name, group_of
from frivillig_cli.records.survey.model import Problem, Survey, SurveyCounts

STATUS_WORDS = {"open": N_("open"), "closed": N_("closed")}
PROBLEM_WORDS = {"open": N_("to be dealt with"), "resolved": N_("dealt with")}
BAR = 20
NARROW = 80
_INDENT = "  "


def survey_json(survey: Survey, counts: SurveyCounts) -> dict[str, Any]:
    """The keys that scripts rely on; counts are organisations."""
    return {
        "id": survey.id,
        "title": survey.title,
        "due": survey.due,
        "status": survey.status,
        **counts_json(counts),
        "questions": len(survey.questions),
        "created": survey.created,
        "closed": survey.closed,
    }


def title_line(survey: Survey) -> str:
    """`Survey 3, «Endringer våren 2027», 18 questions, due 15. mars 2027.`"""
    asked = ngettext("{n} question", "{n} questions", len(survey.questions))
    parts = [_("Survey {id}, «{title}»", id=survey.id, title=survey.title), asked]
    if survey.due:
        parts.append(_("due {date}", date=day(survey.due)))
    return f"{', '.join(parts)}."


def problem_status(problem: Problem, by: Any) -> str:
    """Whether somebody has to deal with it; if what was done elsewhere did, what that was."""
    if by is None or by.command == "survey problems":
        return _(PROBLEM_WORDS[problem.status])
    return _("dealt with {time} by {command} (number {id} in the history)",
             time=moment(by.at), command=by.command, id=by.id)  # fmt: skip


def group_counts(by_category: Mapping[str | None, SurveyCounts]) -> dict[str, SurveyCounts]:
    """Counts by ICNPO group, in the order of the groups; '' are those without a category."""
    found: dict[str, SurveyCounts] = {}
    for code, counts in by_category.items():
        group = group_of(code) if code else ""
        found[group] = found[group] + counts if group in found else counts
    return dict(sorted(found.items(), key=lambda row: int(row[0] or 99)))


def group_json(group: str, counts: SurveyCounts) -> dict[str, Any]:
    """How one group of associations has answered."""
    return {
        "category": group or None,
        "name": category_name(group) if group else None,
        **counts_json(counts),
    }


def counts_json(counts: SurveyCounts) -> dict[str, Any]:
    """The counts, in organisations, and the share that has answered in per cent."""
    return {
        "sent": counts.sent,
        "answered": counts.answered,
        "missing": counts.missing,
        "archived": counts.archived,
        "unchanged": counts.unchanged,
        "changed": counts.changed,
        "problems": counts.problems,
        "problems_with_changes": counts.both,
        "percent": counts.percent,
    }


def bar(counts: SurveyCounts, width: int = BAR) -> str:
    """`████████░░  80 %`: full only when all have answered, empty only when nobody has."""
    if not counts.asked:
        return ""
    full = round(width * counts.answered / counts.asked)
    full = min(full, width - 1) if counts.missing else full
    full = max(full, 1) if counts.answered else full
    return f"{'█' * full}{'░' * (width - full)} {counts.percent:>4} %"


def status_lines(
    survey: Survey, counts: SurveyCounts, groups: Mapping[str, SurveyCounts]
) -> Iterator[str]:
    """How far a survey has come: the whole with its bar, then each group of associations."""
    closed = _("Closed.")
    yield title_line(survey) if survey.status == "open" else f"{title_line(survey)} {closed}"
    yield ""
    rows = [
        (_("sent"), counts.sent, ""),
        (_("have answered"), counts.answered, _share(counts)),
        (_INDENT + _("without changes"), counts.unchanged, ""),
        (_INDENT + _("with changes"), counts.changed, ""),
        (_INDENT + _("need a look"), counts.problems, _both(counts)),
        (_("have not answered"), counts.missing, ""),
        *([(_("archived, and asked no more"), counts.archived, "")] if counts.archived else []),
    ]
    width = max(len(label) for label, _n, _bar in rows)
    for label, number, drawn in rows:
        yield f"  {label:<{width}}  {number:>5}   {drawn}".rstrip()
    if len(groups) > 1:
        yield ""
        yield from _group_lines(groups)


def _share(counts: SurveyCounts) -> str:
    """The bar, and what its per cent are of where that is not all it was sent to."""
    drawn = bar(counts)
    of = _("of {n}", n=counts.asked)
    return f"{drawn} {of}" if drawn and counts.archived else drawn


def _both(counts: SurveyCounts) -> str:
    """How many of those that need a look have changed something too; nothing where none has."""
    if not counts.both:
        return ""
    return ngettext("{n} of them with changes too", "{n} of them with changes too", counts.both)


def _group_lines(groups: Mapping[str, SurveyCounts]) -> Iterator[str]:
    names = {
        group: f"{group} {category_name(group)}" if group else _("without a category")
        for group in groups
    }
    width = max(len(name) for name in names.values())
    # the longest of the names leaves a shorter bar, so that a line is no wider than a terminal
    drawn = max(min(BAR // 2, NARROW - width - len("    0000/0000    100 %")), 3)
    for group, counts in groups.items():
        share = f"{counts.answered}/{counts.asked}"
        yield f"  {names[group]:<{width}}  {share:>7}  {bar(counts, drawn)}".rstrip()


def show_export(survey_id: int, done: Any, place: Path, left: Mapping[str, Sequence[int]]) -> None:
    """What an export has written, who has no e-mail, and the letter that goes with it.

    `left` are the numbers that were asked for and got no form: those that are `not_found`, told of
    before, and those that are `archived`.
    """
    run = session.current()
    count = len(done.files)
    data = {
        "survey": survey_id,
        "files": [{"org_id": org, "file": str(path)} for org, path in done.files],
        "without_email": done.without_email,
        **left,
    }
    if place.is_dir():
        line = ngettext("{n} workbook in {place}", "{n} workbooks in {place}", count, place=place)
    else:
        line = ngettext(
            "{n} association in {place}", "{n} associations in {place}", count, place=place
        )
    run.out.result(data, line)
    if left["archived"]:
        numbers = ", ".join(map(str, left["archived"]))
        run.out.hint(_("Archived, and gets no form: {numbers}.", numbers=numbers))
    if any(left.values()):
        run.incomplete()
    if done.without_email:
        run.out.hint(
            ngettext(
                "{n} association has no e-mail: {command}",
                "{n} associations have no e-mail: {command}",
                len(done.without_email),
                command="frivillig org list email:",
            )
        )
    letter = f"frivillig letter render sporreskjema-folgebrev --survey {survey_id} -o brev/"
    run.out.hint(_("Next: the letter that goes with it   {command}", command=letter))

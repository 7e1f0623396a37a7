"""How an import's changes are written out for a person: the numbers, then what needs a look."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from frivillig_cli.cli import session
from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.offices import still

WIDEST_NAME = 28
WIDEST_OLD = 24


def summary_lines(result: Any, files: int) -> Iterator[str]:
    """The numbers of an import, the ones that are nought left out."""
    forms = result.taken
    conflicts = result.count(Outcome.CONFLICT)
    changed = [form for form in forms if form.with_outcome(Outcome.APPLIED)]
    held = [form for form in forms if form.with_outcome(Outcome.CONFLICT)]
    looked = [cells for form in forms if (cells := _to_look_at(form))]
    fields = result.count(Outcome.APPLIED)
    rows = [
        (_("confirmed without changes"), _quiet(forms), ""),
        (_("answered otherwise later"), sum(form.overtaken for form in forms), ""),
        (_("with changes"), len(changed), ngettext("{n} field", "{n} fields", fields)),
        (_("in conflict"), len(held), ngettext("{n} field", "{n} fields", conflicts)),
        (_("need a look"), len(looked), ngettext("{n} cell", "{n} cells", sum(looked))),
        (_("taken in before"), sum(form.seen for form in forms), ""),
        (
            _("as they were sent"),
            result.as_sent,
            _("no answer: the file is as it went out, not saved since"),
        ),
        (_("rows without an answer"), result.untouched - result.as_sent, ""),
        (_("refused"), len(result.refused), ""),
    ]
    shown = [row for row in rows if row[1]]
    yield ngettext("{n} file", "{n} files", files)
    yield ""
    width = max((len(label) for label, _n, _more in shown), default=0)
    for label, number, more in shown:
        yield f"  {label:<{width}}  {number:>5}   {more}".rstrip()


def _to_look_at(form: Any) -> int:
    """How many cells somebody must look at; conflicts are counted by themselves."""
    held = {change.question.id for change in form.with_outcome(Outcome.CONFLICT)}
    return sum(problem.field not in held for problem in form.problems)


def _quiet(forms: Any) -> int:
    return sum(form.result == "unchanged" and not (form.seen or form.overtaken) for form in forms)


def change_lines(result: Any) -> Iterator[str]:
    """What changes, organisation by organisation, then what needs a person."""
    told = [form for form in result.taken if _tells(form)]
    if told:
        yield ""
    width = min(max((len(form.org) for form in told), default=0), WIDEST_NAME)
    labels = [_label(change) for form in told for change in form.changes if _moves(change)]
    olds = [_old(change) for form in told for change in form.changes if _moves(change)]
    layout = _Layout(
        width,
        max((len(label) for label in labels), default=0),
        min(max((len(old) for old in olds), default=0), WIDEST_OLD),
    )
    for form in told:
        yield from _form_lines(form, layout)
    if result.refused:
        yield ""
    for form in result.refused:
        for problem in form.problems:
            yield f"  {problem.message}"
        if form.hint:
            yield f"    {form.hint}"


def _tells(form: Any) -> bool:
    told = form.problems or form.earlier or form.archived or form.held
    return bool(told or any(_moves(change) for change in form.changes))


def _moves(change: Any) -> bool:
    return change.outcome in (Outcome.APPLIED, Outcome.CONFLICT)


class _Layout(NamedTuple):
    """How wide the columns are: organisation, field, what stands there now."""

    name: int
    label: int
    old: int


def _form_lines(form: Any, layout: _Layout) -> Iterator[str]:
    name, width = form.org, layout.name
    if len(name) > width:  # never cut: a long name has a line of its own
        yield f"  {name}"
        name = ""
    for change in form.changes:
        if not _moves(change):
            continue
        start = f"  {name:<{width}}  {_label(change):<{layout.label}}  "
        if change.outcome is Outcome.APPLIED:
            yield f"{start}{_old(change):<{layout.old}} → {_new(change)}{_begins(change)}"
            if change.stands:
                words = still(_old(change), change.stands)
                yield from _wrapped(" " * len(start), words)
        else:
            yield from _conflict(start, change)
        name = ""
    for problem in form.problems:
        if problem.code != "conflict":
            where = _("{file}, cell {cell}", file=problem.file, cell=problem.cell or DASH)
            yield from _wrapped(f"  {name:<{width}}  ", f"{where}: {problem.message}")
            name = ""
    if form.ticked and any(_moves(change) for change in form.changes):
        words = _("They have chosen “Nothing has changed” as well.")
        yield from _wrapped(f"  {name:<{width}}  ", words)
    if form.archived:
        words = _("The association is archived, and stays so: bring it back with {command}",
                  command=f"frivillig org restore {form.org_id}")  # fmt: skip
        yield from _wrapped(f"  {name:<{width}}  ", words)
        name = ""
    if form.held:
        words = _("The account number waits in {file}: confirm it there, with --confirm-account.",
                  file=form.held)  # fmt: skip
        yield from _wrapped(f"  {name:<{width}}  ", f"{form.file}: {words}")
        name = ""
    if form.earlier:
        words = _("They have answered otherwise too: {files}", files=", ".join(form.earlier))
        yield from _wrapped(f"  {name:<{width}}  ", words)
    for other in form.otherwise:
        label = other.question.in_language(language())
        words = f"{other.file}: {label}  {value_shown(other, other.answer)}"
        yield from _wrapped(f"  {'':<{width}}    ", words)


def _begins(change: Any) -> str:
    """From when a new holder has the office."""
    from frivillig_cli.core.dates import show_date

    if change.begins is None:
        return ""
    return "   " + _("from {date}", date=show_date(change.begins))


def _conflict(start: str, change: Any) -> Iterator[str]:
    """The three values under one another, and that nothing was decided."""
    rows = (
        (_("sent"), value_shown(change, change.base)),
        (_("answer"), _new(change)),
        (_("now"), "   ".join(filter(None, (_old(change), _changed_here(change.since))))),
    )
    width = max(len(word) for word, _value in rows)
    for word, value in rows:
        yield from _wrapped(f"{start}{word:<{width}}  ", value)
        start = " " * len(start)
    yield from _wrapped(start, _("Conflict: nothing is changed here."))


def _changed_here(since: Any) -> str:
    """`changed by you on 2 March`, or nothing where the history does not know."""
    if since is None:
        return ""
    if since.command == "survey import":
        return _("from an answer taken in on {date}", date=_near_day(since.at))
    if since.who == session.current().user:
        return _("changed by you on {date}", date=_near_day(since.at))
    return _("changed by {who} on {date}", who=since.who, date=_near_day(since.at))


def _near_day(at: str) -> str:
    """A date as people say it, the year left out where it is this year."""
    from datetime import datetime

    from frivillig_cli.core.clock import oslo
    from frivillig_cli.core.dates import month_name, show_date

    day = oslo(datetime.fromisoformat(at)).date()
    if day.year != session.current().today.year:
        return show_date(day)
    return _("{day} {month}", day=day.day, month=month_name(day.month))


def _wrapped(start: str, words: str) -> list[str]:
    """Words beside a name: broken at the terminal's edge, whole in a pipe."""
    import shutil
    import sys
    import textwrap

    if not sys.stdout.isatty():
        return [start + words]
    width = max(shutil.get_terminal_size().columns - 1, len(start) + 30)
    return textwrap.wrap(
        words, width, initial_indent=start, subsequent_indent=" " * len(start),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _label(change: Any) -> str:
    return change.question.in_language(language())


def _old(change: Any) -> str:
    return value_shown(change, change.current)


def _new(change: Any) -> str:
    return value_shown(change, change.answer)


def value_shown(change: Any, value: Any) -> str:
    """A value of a changed field as a person reads it; a dash for none."""
    from frivillig_cli.records.survey.display import show

    if isinstance(value, Erased):
        return _("(removed)")
    return show(change.question, value, language()) or DASH

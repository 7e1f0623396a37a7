"""How an import's changes are written out for a person: the numbers, then what needs a look."""

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from frivillig_cli.cli import session
from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import _, language, ngettext
from frivillig_cli.records.survey.compare import Erased
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.work.survey.offices import still

WIDEST_NAME = 28
WIDEST_OLD = 24
WIDEST_LABEL = 26  # where there is little room
LEAST_NEW = 20
MOST_CELLS = 6


def summary_lines(result: Any, files: int) -> Iterator[str]:
    """The numbers of an import, the ones that are nought left out."""
    forms = result.taken
    conflicts = result.count(Outcome.CONFLICT)
    changed = [form for form in forms if form.with_outcome(Outcome.APPLIED)]
    held = [form for form in forms if form.with_outcome(Outcome.CONFLICT)]
    looked = [cells for form in forms if (cells := _to_look_at(form))]
    fields = result.count(Outcome.APPLIED)
    own = sum(len(form.own_answers) for form in forms)
    rows = [
        (_("confirmed without changes"), _quiet(forms), ""),
        (
            _("only corrections"),
            sum(form.alone for form in forms),
            _("the answer itself is not here: take it in too"),
        ),
        (_("answered otherwise later"), sum(form.overtaken for form in forms), ""),
        (_("with changes"), len(changed), ngettext("{n} field", "{n} fields", fields)),
        (_("in conflict"), len(held), ngettext("{n} field", "{n} fields", conflicts)),
        (
            _("with answers to your own questions"),
            sum(bool(form.own_answers) for form in forms),
            ngettext("{n} answer", "{n} answers", own),
        ),
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
    return sum(
        form.result == "unchanged" and not (form.seen or form.overtaken or form.alone)
        for form in forms
    )


def change_lines(result: Any, stream: TextIO) -> Iterator[str]:
    """What changes, organisation by organisation, then what needs a person.

    `stream` is where it is shown: broken to its width in a terminal, whole in a pipe.
    """
    told = [form for form in result.taken if _tells(form)]
    if told:
        yield ""
    page = _Page(told, stream)
    for form in told:
        yield from _form_lines(form, page)
    if result.refused:
        yield ""
    for form in result.refused:
        for problem in form.problems:
            file = f"{problem.file}: " if problem.cell else ""
            yield from page.wrapped("  ", f"{file}{problem.message}")
        if form.hint:
            yield from page.wrapped("    ", form.hint)


def _tells(form: Any) -> bool:
    told = form.problems or form.earlier or form.archived or form.held or form.own_answers
    return bool(told or any(_moves(change) for change in form.changes))


def _moves(change: Any) -> bool:
    return change.outcome in (Outcome.APPLIED, Outcome.CONFLICT)


class _Page:
    """Columns for organisation, field and value; where a terminal is too narrow for them, the
    organisation stands above its fields."""

    def __init__(self, told: Sequence[Any], stream: TextIO) -> None:
        moved = [change for form in told for change in form.changes if _moves(change)]
        labels = [_label(change) for change in (*moved, *(a for f in told for a in f.own_answers))]
        self.name = min(max((len(form.org) for form in told), default=0), WIDEST_NAME)
        self.label = max(map(len, labels), default=0)
        self.old = min(max((len(_old(change)) for change in moved), default=0), WIDEST_OLD)
        needed = self.name + self.label + self.old + LEAST_NEW + len("      →  ")
        self._screen = stream.isatty()
        self.narrow = self._screen and needed > _columns()
        if self.narrow:
            self.label = min(self.label, WIDEST_LABEL)
        self._shown = ""

    def begin(self, name: str) -> Iterator[str]:
        """One more organisation. A name is never cut: a long one has a line of its own."""
        self._shown = name
        if self.narrow or len(name) > self.name:
            yield f"  {name}"
            self._shown = ""

    def note(self, words: str, indent: str = "") -> Iterator[str]:
        """Words about the organisation."""
        yield from self.wrapped(self._start() + indent, words)

    def field(self, label: str, *values: str) -> Iterator[str]:
        """A field with what there is to say of it, under one another."""
        start, blank = self._start(), f"{'':<{self.label}}  "
        width = len(start)
        if len(label) > self.label:
            yield start + label
            start, label = " " * width, ""
        start = f"{start}{label:<{self.label}}  "
        for value in values:
            yield from self.wrapped(start, value)
            start = " " * width + blank

    def change(self, old: str, new: str) -> tuple[str, ...]:
        """`old → new` in one line, or in two where that is not wide enough."""
        if not self.narrow:
            return (f"{old:<{self.old}} → {new}",)
        room = _columns() - 1 - len(f"    {'':<{self.label}}  ")
        whole = f"{old} → {new}"
        return (whole,) if len(whole) <= room else (old, f"→ {new}")

    def wrapped(self, start: str, words: str) -> list[str]:
        """Words beside a name: broken at the terminal's edge, whole in a pipe."""
        import textwrap

        if not self._screen or len(start + words) < _columns():
            return [start + words]
        width = max(_columns() - 1, len(start) + 30)
        return textwrap.wrap(
            words, width, initial_indent=start, subsequent_indent=" " * len(start),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def _start(self) -> str:
        name, self._shown = self._shown, ""
        return "    " if self.narrow else f"  {name:<{self.name}}  "


def _form_lines(form: Any, page: _Page) -> Iterator[str]:
    yield from page.begin(form.org)
    for change in filter(_moves, form.changes):
        yield from page.field(_label(change), *_said(change, page))
    for own in form.own_answers:
        yield from page.field(_label(own), _new(own))
    for words in _problems(form.problems):
        yield from page.note(words)
    if form.ticked and any(_moves(change) for change in form.changes):
        yield from page.note(_("They have chosen “Nothing has changed” as well."))
    if form.archived:
        words = _("The association is archived, and stays so: bring it back with {command}",
                  command=f"frivillig org restore {form.org_id}")  # fmt: skip
        yield from page.note(words)
    if form.held:
        words = _("The account number waits in {file}: confirm it there, with --confirm-account.",
                  file=form.held)  # fmt: skip
        yield from page.note(f"{form.file}: {words}")
    if form.earlier:
        words = _("They have answered otherwise too: {files}", files=", ".join(form.earlier))
        yield from page.note(words)
    for other in form.otherwise:
        label = other.question.in_language(language())
        yield from page.note(f"{other.file}: {label}  {value_shown(other, other.answer)}", "  ")


def _problems(problems: Sequence[Any]) -> Iterator[str]:
    """What needs a look; the same words of many cells are said once."""
    alike: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        if problem.code != "conflict":
            cells = alike.setdefault((problem.file, problem.message), [])
            cells += [problem.cell] if problem.cell else []
    for (file, message), cells in alike.items():
        where = file
        if cells:
            listed = ", ".join(cells[:MOST_CELLS]) + (", …" if len(cells) > MOST_CELLS else "")
            where = ngettext("{file}, cell {cells}", "{file}, {n} cells ({cells})",
                             len(cells), file=file, cells=listed)  # fmt: skip
        yield f"{where}: {message}"


def _said(change: Any, page: _Page) -> tuple[str, ...]:
    """What there is to say of a change; of a conflict the three values."""
    if change.outcome is Outcome.CONFLICT:
        return tuple(_conflict(change))
    said = page.change(_old(change), f"{_new(change)}{_begins(change)}")
    if not change.stands:
        return said
    holder = _old(change) if change.base is None else value_shown(change, change.base)
    return (*said, still(holder, change.stands))


def _begins(change: Any) -> str:
    """From when a new holder has the office."""
    from frivillig_cli.core.dates import show_date

    if change.begins is None:
        return ""
    return "   " + _("from {date}", date=show_date(change.begins))


def _conflict(change: Any) -> Iterator[str]:
    """The three values under one another, and that nothing was decided. Where two of them are the
    same the one is enough: what is in the way is another thing, which is told of its cell."""
    here = change.current
    apart = bool(change.copies) or here not in (change.base, change.answer)
    rows = [(_("answer"), _new(change))]
    if apart:
        rows.insert(0, (_("sent"), value_shown(change, change.base)))
    if here == change.answer and not apart:
        rows.append((_("now"), _("the same")))
    else:
        now = "   ".join(filter(None, (_old(change), _changed_here(change.since))))
        rows.append((_("now"), now))
    width = max(len(word) for word, _value in rows)
    for word, value in rows:
        yield f"{word:<{width}}  {value}"
    if apart:
        yield _("Conflict: the register is left as it is.")
    else:
        yield _("Not decided, for the reason below: the register is left as it is.")


def _changed_here(since: Any) -> str:
    """`changed by you on 2 March`, or nothing where the history does not know."""
    if since is None:
        return ""
    if since.command == "survey import":
        return _("from an answer taken in on {date}", date=_near_day(since.at))
    if since.command == "org merge":
        return _("came with a merger on {date}", date=_near_day(since.at))
    if since.who == session.current().user:
        return _("changed by you on {date}", date=_near_day(since.at))
    return _("changed by {who} on {date}", who=since.who, date=_near_day(since.at))


def _near_day(at: str) -> str:
    """A date as people say it, the year left out where it is this year."""

    from frivillig_cli.core.clock import norwegian_day
    from frivillig_cli.core.dates import month_name, show_date

    day = norwegian_day(at)
    if day.year != session.current().today.year:
        return show_date(day)
    return _("{day} {month}", day=day.day, month=month_name(day.month))


def _columns() -> int:
    """How wide the terminal is."""
    import shutil

    return shutil.get_terminal_size().columns


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

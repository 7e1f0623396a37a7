"""What a merge shows: the two, what moves, and what they differ in, side by side."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from frivillig_cli.cli.views import field_label, field_value, role_word
from frivillig_cli.core.i18n import _, ngettext

# What the tables hold, as a person counts it; one that is not here is called by its own name.
ROWS: Mapping[str, Callable[[int, str], str]] = {
    "org_tag": lambda n, shown: ngettext("{n} tag", "{n} tags", n, n=shown),
    "org_umbrella": lambda n, shown: ngettext("{n} umbrella", "{n} umbrellas", n, n=shown),
    "contact": lambda n, shown: ngettext(
        "{n} office, held or ended", "{n} offices, held and ended", n, n=shown
    ),
    "agreement": lambda n, shown: ngettext("{n} agreement", "{n} agreements", n, n=shown),
    "agreement_party": lambda n, shown: ngettext(
        "{n} party to an agreement", "{n} parties to agreements", n, n=shown
    ),
    "resource": lambda n, shown: ngettext(
        "{n} premises or piece of equipment", "{n} premises and pieces of equipment", n, n=shown
    ),
    "response_group": lambda n, shown: ngettext(
        "{n} preparedness group", "{n} preparedness groups", n, n=shown
    ),
    "response_member": lambda n, shown: ngettext(
        "{n} seat in a preparedness group", "{n} seats in preparedness groups", n, n=shown
    ),
    "absence": lambda n, shown: ngettext("{n} absence", "{n} absences", n, n=shown),
    "other_duty": lambda n, shown: ngettext("{n} other duty", "{n} other duties", n, n=shown),
    "callout": lambda n, shown: ngettext("{n} call-out", "{n} call-outs", n, n=shown),
    "survey_recipient": lambda n, shown: ngettext(
        "{n} questionnaire sent", "{n} questionnaires sent", n, n=shown
    ),
    "survey_answer": lambda n, shown: ngettext("{n} answer", "{n} answers", n, n=shown),
    "survey_problem": lambda n, shown: ngettext(
        "{n} problem in an answer", "{n} problems in answers", n, n=shown
    ),
    "confirmation": lambda n, shown: ngettext(
        "{n} confirmed field", "{n} confirmed fields", n, n=shown
    ),
    "letter": lambda n, shown: ngettext("{n} letter", "{n} letters", n, n=shown),
    "person_phone": lambda n, shown: ngettext("{n} phone number", "{n} phone numbers", n, n=shown),
    "person_skill": lambda n, shown: ngettext("{n} skill", "{n} skills", n, n=shown),
    "org_source": lambda n, shown: ngettext(
        "{n} line from the state's registers", "{n} lines from the state's registers", n, n=shown
    ),
    "merged": lambda n, shown: ngettext("{n} earlier merge", "{n} earlier merges", n, n=shown),
    "not_duplicate": lambda n, shown: ngettext(
        "{n} pair marked as two", "{n} pairs marked as two", n, n=shown
    ),
    "volunteer": lambda n, shown: _("{n} volunteer's data", n=shown),
}


def report(result: Any) -> list[str]:
    """The lines of a merge that is to be made, or would be; `result` is a MergeResult."""
    lines = [
        _("{drop} goes into {keep}.", drop=_named(result.drop), keep=_named(result.keep)),
        *_section(_("Moves along:"), _counts(result.moved)),
        *_section(_("Stands there already, and is put together:"), _counts(result.same)),
        *_section(_("Falls away:"), _counts(result.removed)),
        *_section(_("They differ; what stays is marked *:"), _conflicts(result)),
        *_section(_("Becomes different in {keep}:", keep=_named(result.keep)), _changes(result)),
        *_section(_("Left out, being a protected person's:"), _left_out(result)),
    ]
    for role, names in result.doubled:
        lines += [
            "",
            _("Two hold one office now: {role}: {names}.",
              role=role_word(role), names=", ".join(names)),
        ]  # fmt: skip
    return lines


def saved(result: Any) -> str:
    """One line: what was done."""
    return _("Merged: {drop} is {keep} now.", drop=_named(result.drop), keep=_named(result.keep))


def picture_lines(picture: Any, when: str, *, undone: bool = False) -> Iterator[str]:
    """What was merged and when, field by field; what stayed is marked as in the report."""
    said = {"when": when, "drop": _named((picture.drop, picture.name)), "keep": picture.keep}
    if undone:
        yield _("{when}: {drop} went into {keep}, which is undone. What stayed was marked *:",
                **said)  # fmt: skip
    else:
        yield _("{when}: {drop} went into {keep}. What stayed is marked *:", **said)
    rows = [
        (
            _(field_label(one.field)),
            "*" if one.became == one.keep else " ",
            field_value(one.field, one.keep),
            "*" if one.became == one.drop else " ",
            field_value(one.field, one.drop),
        )
        for one in picture.fields
    ]
    labels = max((len(row[0]) for row in rows), default=0)
    mine = max((len(row[2]) for row in rows), default=0)
    for label, left, keep, right, other in rows:
        yield f"  {label:<{labels}}  {left}{keep:<{mine}}  {right}{other}"


def question(conflict: Any, keep: int, drop: int, *, hidden: bool) -> tuple[str, dict[str, str]]:
    """What to ask about one field, and the two answers: `1` keeps, `2` takes."""
    mine, other = _shown(conflict, hidden=hidden)
    label = _(field_label(conflict.field))
    return (
        _("They differ in {field}. Which value stays?", field=label),
        {"1": f"{mine} ({keep})", "2": f"{other} ({drop})"},
    )


def _named(one: tuple[int, str]) -> str:
    return f"{one[0]} {one[1]}"


def _section(title: str, lines: Iterator[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return ["", title, *found] if found else []


def _counts(found: Mapping[str, int]) -> Iterator[str]:
    width = max((len(str(n)) for n in found.values()), default=0)
    for table, n in found.items():
        shown = f"{n:>{width}} "
        yield ROWS[table](n, shown) if table in ROWS else f"{shown} {table}"


def _shown(conflict: Any, *, hidden: bool) -> tuple[str, str]:
    if hidden:
        word = _("protected")
        return word, word
    values = (conflict.keep, conflict.drop)
    return tuple(field_value(conflict.field, value) for value in values)  # type: ignore[return-value]


def _conflicts(result: Any) -> Iterator[str]:
    rows = [
        (_(field_label(one.field)), *_shown(one, hidden=result.hidden(one.field)), one.taken)
        for one in result.conflicts
    ]
    labels = max((len(row[0]) for row in rows), default=0)
    mine = max((len(row[1]) for row in rows), default=0)
    for label, keep, drop, taken in rows:
        left, right = (" ", "*") if taken else ("*", " ")
        yield f"{label:<{labels}}  {left}{keep:<{mine}}  {right}{drop}"


def _left_out(result: Any) -> Iterator[str]:
    rows = [
        (", ".join(_(field_label(field)) for field, _why in alike), why)
        for why, alike in groupby(result.left_out.items(), lambda one: one[1])
    ]
    width = max((len(label) for label, _why in rows), default=0)
    for label, why in rows:
        yield f"{label:<{width}}  {why}"


def _changes(result: Any) -> Iterator[str]:
    labels = [_(field_label(change.field)) for change in result.changes]
    width = max(map(len, labels), default=0)
    for label, change in zip(labels, result.changes, strict=True):
        if result.hidden(change.field):
            yield f"{label:<{width}}  {_('changed (protected)')}"
            continue
        old, new = (field_value(change.field, value) for value in (change.old, change.new))
        yield f"{label:<{width}}  {old} → {new}"

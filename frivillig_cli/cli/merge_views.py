"""What a merge shows: the two, what moves, and what they differ in, side by side."""

from collections.abc import Iterator, Mapping
from typing import Any

from frivillig_cli.cli.views import field_label, field_value, role_word
from frivillig_cli.core.i18n import N_, _

# What the tables hold, as a person calls it; one that is not here is called by its own name.
ROWS = {
    "org_tag": N_("tags"),
    "org_umbrella": N_("umbrellas"),
    "contact": N_("offices, held and ended"),
    "agreement": N_("agreements"),
    "agreement_party": N_("parties to agreements"),
    "resource": N_("premises and equipment"),
    "response_group": N_("preparedness groups"),
    "response_member": N_("seats in preparedness groups"),
    "absence": N_("absences"),
    "other_duty": N_("other duties"),
    "callout": N_("call-outs"),
    "survey_recipient": N_("questionnaires sent"),
    "survey_answer": N_("answers"),
    "survey_problem": N_("problems in answers"),
    "confirmation": N_("confirmed fields"),
    "letter": N_("letters"),
    "person_phone": N_("phone numbers"),
    "person_skill": N_("skills"),
    "volunteer": N_("the volunteer's data"),
    "org_source": N_("what the state's registers said"),
    "merged": N_("earlier merges"),
    "not_duplicate": N_("pairs marked as two"),
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
        yield f"{n:>{width}}  {_(ROWS.get(table, table))}"


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


def _changes(result: Any) -> Iterator[str]:
    labels = [_(field_label(change.field)) for change in result.changes]
    width = max(map(len, labels), default=0)
    for label, change in zip(labels, result.changes, strict=True):
        if result.hidden(change.field):
            yield f"{label:<{width}}  {_('changed (protected)')}"
            continue
        old, new = (field_value(change.field, value) for value in (change.old, change.new))
        yield f"{label:<{width}}  {old} → {new}"

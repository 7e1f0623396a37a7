"""What `beredskap check` says of the people on the lists and of who has the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from frivillig_cli.core import twins
from frivillig_cli.core.dates import years_before
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.core.query import Query, Term
from frivillig_cli.records.readiness import queries
from frivillig_cli.records.readiness.model import Named, Seated
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register

_NAMES_SHOWN = 8


def check(register: Register, today: date) -> Iterator[Finding]:
    """Who was not told, who cannot be reached, who is bound elsewhere; houses without a key."""
    yield from _not_told(queries.never_told(register))
    yield from _numbers(register, today)
    yield from _twice(queries.on_lists(register))
    yield from _archived(queries.archived(register))
    yield from _bound(queries.with_other_duty(register))
    yield from _no_key(register)


def _not_told(people: Sequence[Named]) -> Iterator[Finding]:
    if not people:
        return
    yield Finding(
        "never_told",
        ngettext(
            "{n} person on the call list was never told their role (§ 4): {names}.",
            "{n} people on the call list were never told their role (§ 4): {names}.",
            len(people), names=_names(people),
        ),
        _("Write to them: {letter}. When they know: {command}",
          letter=typed("frivillig letter render rolle-i-beredskap -o DIR"),
          command="frivillig beredskap told "
          + (_ids(people) if len(people) <= _NAMES_SHOWN else "--group REF")),
    )  # fmt: skip


def _numbers(register: Register, today: date) -> Iterator[Finding]:
    if people := queries.without_number(register):
        yield Finding(
            "no_number",
            ngettext(
                "{n} person on the call list has no number: {names}.",
                "{n} people on the call list have no number: {names}.",
                len(people), names=_names(people),
            ),
            _("Add it with: {command}", command=typed(
                f"frivillig person edit {people[0].person_id} --callout-number NUMBER")),
        )  # fmt: skip
    if people := queries.not_verified(register, years_before(today, 1).isoformat()):
        yield Finding(
            "number_not_verified",
            ngettext(
                "{n} number has not been verified for 12 months: {names}.",
                "{n} numbers have not been verified for 12 months: {names}.",
                len(people), names=_names(people),
            ),
            _("Try them all: {test}. One at a time: {command}",
              test=typed("frivillig beredskap activate TITLE --contact-test"),
              command=f"frivillig beredskap verify {people[0].person_id}"),
        )  # fmt: skip


def _twice(people: Sequence[Seated]) -> Iterator[Finding]:
    """Who may stand in the register twice, and who can be reached on one number only together."""
    known = {one.person_id: one for one in people}
    found = twins.pairs(twins.Someone(one.person_id, one.name, one.numbers) for one in people)
    for one, other, why in found:
        if why == twins.SAME_NUMBER or known[one.id].differs(known[other.id]):
            continue
        yield Finding(
            "likely_twins",
            _("{name} ({id}) and {other} ({other_id}) may be one person: {why}. In a call-out they"
              " would count as two.", name=one.name, id=one.id, other=other.name,
              other_id=other.id, why=_(twins.WHY_WORDS[why])),
            _("If they are one: {merge}. If they are two, give what tells them apart: {edit}",
              merge=f"frivillig person merge {one.id} {other.id}",
              edit=typed(f"frivillig person edit {other.id} --phone NUMBER --email …")
              + " --postcode …"),
        )  # fmt: skip
    shared = [
        (one, other)
        for one, other, why in found
        if why == twins.SAME_NUMBER and not known[one.id].rung_apart(known[other.id])
    ]
    if shared:
        names = [Named(one.id, f"{one.name} / {other.name}") for one, other in shared]
        yield Finding(
            "shared_number",
            ngettext(
                "{n} pair on the call list has one number between them: {names}.",
                "{n} pairs on the call list have one number between them: {names}.",
                len(names), names=_names(names),
            ),
            _("Ask for a number each: {command}",
              command=typed(f"frivillig person edit {shared[0][1].id} --phone NUMBER …")),
        )  # fmt: skip


def _archived(people: Sequence[Named]) -> Iterator[Finding]:
    if people:
        yield Finding(
            "archived_member",
            ngettext(
                "{n} person in a group is archived as a volunteer, and is not called: {names}.",
                "{n} people in a group are archived as volunteers, and are not called: {names}.",
                len(people), names=_names(people),
            ),
            _("Take them out: {command}. Or take them back: {restore}",
              command=typed("frivillig beredskap member remove GROUP PERSON"),
              restore=f"frivillig volunteer restore {people[0].person_id}"),
        )  # fmt: skip


def _bound(people: Sequence[Named]) -> Iterator[Finding]:
    if not people:
        return
    names = _names([Named(p.person_id, f"{p.name} ({p.note})") for p in people])
    yield Finding(
        "other_duty",
        ngettext(
            "{n} person on the call list has another duty in a crisis: {names}.",
            "{n} people on the call list have another duty in a crisis: {names}.",
            len(people), names=names,
        ),
        _("They are not called. Find others, and: {command}",
          command=typed("frivillig beredskap member remove GROUP PERSON")),
    )  # fmt: skip


def _no_key(register: Register) -> Iterator[Finding]:
    premises = resources.find(register, Query((Term("premises", field="kind"),)))
    for one in premises:
        command = typed(f"frivillig beredskap resource edit {one.id} --key-holder PERSON")
        if one.key_holder is None:
            yield Finding(
                "no_key_holder",
                _("Nobody is said to have the key of {place}.", place=one.name),
                _("Say who: {command}", command=command),
            )


def _names(people: Sequence[Named]) -> str:
    more = len(people) - _NAMES_SHOWN
    names = ", ".join(person.name for person in people[:_NAMES_SHOWN])
    return names + (" " + _("and {n} more", n=more) if more > 0 else "")


def _ids(people: Sequence[Named]) -> str:
    return " ".join(str(person.person_id) for person in people)

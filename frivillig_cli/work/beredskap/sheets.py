"""The call list as papers to work on: cover, list, those left out, the premises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.dates import show_date, show_time
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import file_name
from frivillig_cli.core.phone import show_phone
from frivillig_cli.documents.sheets import (
    Boxes,
    Cell,
    Column,
    Facts,
    Items,
    Phone,
    Section,
    SheetBlock,
    Sheets,
    Table,
    Text,
)
from frivillig_cli.documents.taps import Taps
from frivillig_cli.records.activation.calling import ANSWER_WORDS, OUTCOME_WORDS, SAID
from frivillig_cli.records.activation.model import KIND_WORDS, PAYER_WORDS
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.records.resource.model import FACILITIES, FACILITY_WORDS, Resource
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import group_answers, script
from frivillig_cli.work.beredskap.call_list import call_list_section
from frivillig_cli.work.beredskap.deal import Part
from frivillig_cli.work.beredskap.view import View
from frivillig_cli.work.beredskap.working_sheets import working_sheets

# The buttons on the phone; the rarer outcomes are typed.
TAPPED = (
    "yes", "later", "last-resort", "no", "unclear", "no-answer", "busy", "voicemail",
    "wrong-number",
)  # fmt: skip
FEWEST_PRINTED = 60
DESTROYED_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Paper:
    """What the papers say besides the list: the place, the municipality's name, the time now."""

    place: Resource | None
    owner: str
    now: datetime


def paper(register: Register, view: View, now: datetime) -> Paper:
    """What the register has for the papers of this activation."""
    place_id = view.activation.place_id
    place = resources.get(register, place_id) if place_id else None
    if place and place.notes:
        notes = protected.hidden(register).without(place.notes)
        place = replace(place, values={**place.values, "notes": notes})
    return Paper(place, script.municipality_name(register), now)


def printed_rows(view: View, everybody: bool, rows: int | None = None) -> int:
    """How many of `rows` (None: of the list) are printed: all, or the first max(60, 4 × need)."""
    there = len(view.eligible) if rows is None else rows
    if everybody:
        return there
    needed = sum(need.needed for need in view.needs)
    return min(there, max(FEWEST_PRINTED, 4 * needed))


def call_list(
    view: View, paper: Paper, rows: int | None = None, part: Part | None = None
) -> Sheets:
    """The papers, with the first `rows` people (None: all) of the list, or of a caller's `part`."""
    activation = view.activation
    part = part or Part("", view.eligible)
    shown = part.rows[:rows]
    when = f"{show_date(norwegian_day(paper.now))} {show_time(paper.now)}"
    mark = script.mark(activation.kind)
    destroy_by = norwegian_day(paper.now) + DESTROYED_AFTER
    sections = [_cover(view, paper, part), call_list_section(view, shown, len(part.rows))]
    if view.excluded:
        sections.append(_excluded(view))
    if paper.place:
        sections.append(Section(_("Premises"), (_premises(paper.place),)))
    sections += working_sheets(view, destroy_by)
    # on each page: sheets of two callers that are mixed can be sorted again
    caller = f"({part.name})" if part.name else ""
    named = (mark, activation.number, caller, activation.title)
    return Sheets(
        title=" ".join(filter(None, named)),
        sections=tuple(sections),
        subtitle=" · ".join(
            (
                f"{_('Call list')} {part.name}".strip(),
                _(KIND_WORDS[activation.kind]),
                _(
                    "CONFIDENTIAL: destroy by {date}",
                    date=show_date(destroy_by),
                ),
            )
        ),
        frame=mark,
        owner=paper.owner,
        data_as_of=when,
        printed=when,
        sms_text=script.sms(activation, paper.owner),
        day=norwegian_day(paper.now),
        taps=_taps(view, part),
    )


def _taps(view: View, part: Part) -> Taps:
    """What can be tapped on the phone: what `call` takes, in the words of the buttons."""
    activation = view.activation
    outcomes = {
        word: _(OUTCOME_WORDS[said.outcome] if said.answer is None else ANSWER_WORDS[said.answer])
        for word, said in SAID.items()
        if word in TAPPED
    } | {"later": _("from …")}
    answers = tuple(word for word in outcomes if SAID[word].answer)
    name = _("answers {number} {part}", number=activation.number, part=part.name).strip()
    mark = script.mark(activation.kind)
    file = file_name(f"{mark} {name}".strip()) + ".txt"
    # Each episode is kept apart on the phone; the first by the id alone, as it always was.
    named = activation.uid if activation.episode == 1 else f"{activation.uid}.{activation.episode}"
    return Taps(named, activation.number, part.name, outcomes, answers, file)


def _to_cross_off(view: View, part: Part) -> list[SheetBlock]:
    """The boxes of each need; of a list that is dealt, this caller's share of it."""
    blocks: list[SheetBlock] = []
    for need in view.needs:
        own, label = need.open, need.skill or _("anyone")
        stop = _("STOP at {n}", n=need.needed)
        if need.confirmed and need.open:
            stop = _("{n} of {needed} have said yes: STOP at {more} more", n=need.confirmed,
                     needed=need.needed, more=need.open)  # fmt: skip
        elif need.confirmed:
            stop = _("covered, {n} of {needed}: call nobody more for this", n=need.confirmed,
                     needed=need.needed)  # fmt: skip
        if part.total > 1:
            own = part.shares.get(need.id, 0)
            stop = _("STOP at {n}, of {total} for all the lists", n=own, total=need.open)
            if not own:
                stop = _("call nobody for this from here: it is for the other lists, or covered")
        blocks.append(Boxes(label, own, stop))
    if blocks and part.total > 1:
        text = _("The need is shared out among {n} lists. Tell who leads it when yours is covered,"
                 " or when your list ends before it is: what one lacks, another calls.",
                 n=part.total)  # fmt: skip
        blocks.append(Text(text))
    return blocks


def _cover(view: View, paper: Paper, part: Part) -> Section:
    activation = view.activation
    started = datetime.fromisoformat(activation.started)
    facts: list[tuple[str, Cell | tuple[Cell, ...]]] = [
        (_("Started"), f"{show_date(norwegian_day(started))} {show_time(started)}"),
        (_("Asked by"), activation.asked_by or _("not stated")),
        (_("Decided by"), activation.decided_by or _("not stated")),
        (_("Pays"), _(PAYER_WORDS[activation.payer])),
        (_("On the list"), str(len(part.rows))),
    ]
    if activation.external_ref:
        facts.insert(3, (_("Reference"), activation.external_ref))
    if part.total > 1:
        facts.append((_("On all the lists"), str(len(view.eligible))))
    facts += [(_("Group"), group_answers.line(view, one.group_id)) for one in view.told]
    blocks: list[SheetBlock] = [
        Facts(tuple(_meeting(view, paper)), big=True),
        Facts(tuple(facts)),
        *_to_cross_off(view, part),
        Text(script.say(activation, paper.owner), "say"),
        Items((
            _("Bring: warm clothes, torch, charger, medicines for a day, food and water."),
            _("When the phones are dead: go to the meeting place, or send somebody by car."),
            _("Mobile masts last 2 to 4 hours without power; 72 where they are reinforced."),
        )),
        Facts((
            (_("The power went at"), "________"),
            (_("Mobile gone from (+2 h)"), "________"),
            (_("Mobile gone by (+4 h)"), "________"),
        )),
    ]  # fmt: skip
    return Section(_("Cover"), tuple(blocks))


def _meeting(view: View, paper: Paper) -> list[tuple[str, Cell | tuple[Cell, ...]]]:
    activation, place = view.activation, paper.place
    facts: list[tuple[str, Cell | tuple[Cell, ...]]] = [(_("Meet at"), activation.place or "–")]
    if place and place.address:
        facts.append((_("Address"), place.address))
    if place and place.key_holder:
        facts.append((_("Key"), _key_holder(place)))
    facts.append((_("Call back"), activation.callback or "________"))
    return facts


def _key_holder(place: Resource) -> Cell | tuple[Cell, ...]:
    name = place.key_holder or "–"
    return (name, Phone(place.key_holder_phone)) if place.key_holder_phone else name


def _excluded(view: View) -> Section:
    columns = (
        Column(_("Row"), 18, kind="code"), Column(_("Name"), share=2),
        Column(_("Left out because"), share=3), Column(_("Group"), share=3),
    )  # fmt: skip
    rows = tuple(
        (
            row.row_code,
            row.name,
            _(REASON_WORDS[str(row.reason)]),
            ", ".join(seat.name for seat in row.groups),
        )
        for row in view.excluded
    )
    text = ngettext("{n} person is left out.", "{n} people are left out.", len(rows))
    return Section(_("Left out"), (Text(text), Table(columns, rows)))


def _premises(place: Resource) -> Facts:
    has = [_(FACILITY_WORDS[key]) for key in FACILITIES if place.values[key]]
    lacks = [_(FACILITY_WORDS[key]) for key in FACILITIES if place.values[key] == 0]
    return Facts((
        (_("Name"), place.name),
        (_("Owner"), place.org),
        (_("Address"), place.address or "–"),
        (_("Key"), _key_holder(place)),
        (_("Capacity"), "–" if place.capacity is None else str(place.capacity)),
        (_("Has"), ", ".join(has) or "–"),
        (_("Has not"), ", ".join(lacks) or "–"),
        (_("Notes"), place.notes or "–"),
    ))  # fmt: skip


def as_text(view: View, paper: Paper) -> str:
    """The list as plain text: for when no PDF can be made."""
    activation = view.activation
    head = " ".join(
        part for part in (script.mark(activation.kind), activation.number, activation.title) if part
    )
    lines = [head, script.say(activation, paper.owner), ""]
    for row in view.eligible:
        numbers = "  ".join(show_phone(number) for number in row.usable)
        lines.append(f"{row.row_code}  {row.name}  {numbers or _('protected')}")
    lines += ["", _("Left out")]
    lines += [f"{row.row_code}  {row.name}  {_(REASON_WORDS[str(row.reason)])}"
              for row in view.excluded]  # fmt: skip
    return "\n".join(lines) + "\n"

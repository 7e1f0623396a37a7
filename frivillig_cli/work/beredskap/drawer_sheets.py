"""The lists that are made ahead: a group's call list, the resources, the plan's annex, the log."""

from __future__ import annotations

from datetime import date

from frivillig_cli.core.dates import show_date, show_date_short
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.documents.sheets import (
    Column,
    Entry,
    Facts,
    Phone,
    Section,
    SheetBlock,
    Sheets,
    Table,
    Text,
    Value,
)
from frivillig_cli.records.activation.actions import Listed
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.agreement.model import PAYER_WORDS, Agreement
from frivillig_cli.records.resource.model import FACILITIES, FACILITY_WORDS, KIND_WORDS, Resource
from frivillig_cli.records.response.model import ROLE_WORDS, Member
from frivillig_cli.work.beredskap.call_list import call_columns, legend
from frivillig_cli.work.beredskap.drawer import Drawer, Listing
from frivillig_cli.work.beredskap.working_sheets import log_sheet

# Those who may be called again before the list is made anew: their number stands beside why.
_FOR_A_WHILE = ("absent", "opted_out_until", "busy_other_activation")


def sheets(drawer: Drawer, title: str, sections: tuple[Section, ...]) -> Sheets:
    """A document of the drawer: how old it is and when it is too old stands on every page."""
    day = show_date(drawer.too_old)
    owner = drawer.owner
    if drawer.responsible:
        owner += " · " + _("Responsible: {name}", name=drawer.responsible)
    return Sheets(
        title=title,
        sections=sections,
        subtitle=" · ".join(
            (
                _("Data as of {time}", time=drawer.as_of),
                _("Too old after {date}", date=day),
                _("CONFIDENTIAL: destroy by {date}", date=day),
            )
        ),
        owner=owner,
        data_as_of=drawer.as_of,
        too_old=day,
        day=drawer.today,
    )


def group_list(drawer: Drawer, one: Listing) -> Sheets:
    """A group's call list, to be worked on when the register is out of reach."""
    rows = tuple(_call_row(n, person, one) for n, person in enumerate(one.call, start=1))
    blocks: list[SheetBlock] = [
        Facts(tuple(_group_facts(drawer, one))),
        Table(call_columns(len(rows)), rows, blank_rows=3, legend=legend()),
    ]
    sections = [Section(_("Call list"), tuple(blocks))]
    if one.left_out:
        sections.append(_left_out(drawer, one))
    return sheets(drawer, _("Call list: {group}", group=one.group.name), tuple(sections))


def resource_overview(drawer: Drawer) -> Sheets:
    """Premises, equipment and vehicles, and who has the keys."""
    return sheets(drawer, _("Resource overview"), (_resources(drawer),))


def empty_log(drawer: Drawer) -> Sheets:
    """The log sheet, to be written on by hand."""
    return sheets(drawer, _("Log sheet"), (log_sheet(),))


def plan_annex(drawer: Drawer) -> Sheets:
    """The plan's annex (§ 4): whom to alert, what there is, and the agreements behind it."""
    revision = drawer.revision
    facts: tuple[tuple[str, Value], ...] = (
        (_("Last updated"), drawer.as_of),
        (_("Plan last revised"), _revised(revision.revised, revision.by) if revision else "–"),
        (_("Responsible"), drawer.responsible or "–"),
        (_("Call back"), drawer.callback or "–"),
    )
    sections = [Section(_("The plan's annex"), (Facts(facts), *_agreements(drawer)))]
    sections += [
        Section(_("Alert list: {group}", group=one.group.name), tuple(_alert(drawer, one)))
        for one in drawer.groups
    ]
    sections.append(_resources(drawer))
    return sheets(drawer, _("Preparedness plan: alert list and resources"), tuple(sections))


def _revised(day: str, by: str) -> str:
    return _("{date}, by {name}", date=show_date(day), name=by)


def _group_facts(drawer: Drawer, one: Listing) -> list[tuple[str, Value]]:
    facts: list[tuple[str, Value]] = [(_("Association"), one.group.org)]
    agreement = one.agreement
    if agreement:
        period = agreement.title
        if agreement.to_date:
            period += " " + _("(until {date})", date=show_date(agreement.to_date))
        facts.append((_("Agreement"), period))
        for label, field in (
            (_("May call out"), "caller"), (_("Association day and night"), "association_contact"),
            (_("Stand-in"), "association_stand_in"), (_("There within"), "response_time"),
        ):  # fmt: skip
            if agreement.values[field]:
                facts.append((label, agreement.values[field]))
    if drawer.callback:
        facts.append((_("Call back"), drawer.callback))
    return facts


def _call_row(n: int, person: Listed, one: Listing) -> tuple[Value, ...]:
    member = one.members[person.person_id]
    entry = Entry(person.name, _role(member), ", ".join(person.skills))
    numbers = tuple(Phone(phone.number) for phone in person.phones[:2])
    return (str(n), entry, _("protected") if member.protected else numbers)


def _role(member: Member) -> str:
    return _(ROLE_WORDS[member.role]) if member.role != "member" else ""


def _left_out(drawer: Drawer, one: Listing) -> Section:
    columns = (
        Column(_("Name"), share=3), Column(_("Left out because"), share=4),
        Column(_("Until"), 26), Column(_("Number"), 33, kind="phone"),
    )  # fmt: skip
    rows = []
    for person in one.left_out:
        member = one.members[person.person_id]
        number: Value = ""
        if person.reason in _FOR_A_WHILE and person.phones:
            number = Phone(person.phones[0].number)
        rows.append((
            Entry(person.name, _role(member)), _(REASON_WORDS[str(person.reason)]),
            _until(member, str(person.reason), drawer.today), number,
        ))  # fmt: skip
    text = ngettext("{n} person is left out.", "{n} people are left out.", len(rows))
    return Section(_("Left out"), (Text(text), Table(columns, tuple(rows))))


def _until(member: Member, reason: str, today: date) -> str:
    day = None
    if reason == "opted_out_until":
        day = member.opted_out_until
    elif reason == "absent":
        now = today.isoformat()
        day = max((last for first, last in member.absences if first <= now <= last), default=None)
    return show_date_short(date.fromisoformat(day)) if day else ""


def _alert(drawer: Drawer, one: Listing) -> list[SheetBlock]:
    columns = (
        Column(_("No."), 11, kind="code"), Column(_("Name and role")),
        Column(_("Number"), 33, kind="phone"), Column(_("Verified"), 25),
        Column(_("Told role"), 25),
    )  # fmt: skip
    rows = []
    for n, person in enumerate([*one.call, *one.left_out], start=1):
        member = one.members[person.person_id]
        below = _(REASON_WORDS[person.reason]) if person.reason else ", ".join(person.skills)
        numbers = tuple(Phone(phone.number) for phone in person.phones[:2])
        rows.append((
            str(n), Entry(person.name, _role(member), below),
            _("protected") if member.protected else numbers,
            "" if member.protected else _short(member.verified), _short(member.told),
        ))  # fmt: skip
    return [Facts(tuple(_group_facts(drawer, one))), Table(columns, tuple(rows))]


def _short(day: str | None) -> str:
    return show_date_short(date.fromisoformat(day)) if day else _("never")


def _agreements(drawer: Drawer) -> list[SheetBlock]:
    if not drawer.agreements:
        return []
    columns = (
        Column(_("Agreement"), share=3), Column(_("Municipality day and night"), share=3),
        Column(_("Association day and night"), share=3), Column(_("Pays"), share=3),
    )  # fmt: skip
    rows = tuple(
        (
            Entry(one.org, "", f"{one.title} {_to(one)}".strip()),
            _lines(one.municipality_contact, one.municipality_stand_in),
            _lines(one.association_contact, one.association_stand_in),
            _payers(one),
        )
        for one in drawer.agreements
    )
    return [Text(_("Agreements in force"), "heading"), Table(columns, rows)]


def _to(one: Agreement) -> str:
    return _("(until {date})", date=show_date(one.to_date)) if one.to_date else ""


def _lines(*texts: str | None) -> Value:
    return tuple(text for text in texts if text) or "–"


def _payers(one: Agreement) -> Value:
    def word(payer: str | None) -> str:
        if payer == "other" and one.other_payer:
            return one.other_payer
        return _(PAYER_WORDS[payer]) if payer else "–"

    return (
        _("exercise: {payer}", payer=word(one.exercise_payer)),
        _("incident: {payer}", payer=word(one.event_payer)),
        _("police search: {payer}", payer=word(one.rescue_payer or "rescue_service")),
    )


def _resources(drawer: Drawer) -> Section:
    columns = (
        Column(_("What and where"), share=4), Column(_("Capacity"), 19, kind="number"),
        Column(_("Has"), share=3), Column(_("Keys"), share=3),
    )  # fmt: skip
    rows = tuple(_resource_row(one) for one in drawer.resources)
    text = _("Never codes for alarms or locks: they are with those who have the keys.")
    return Section(_("Resource overview"), (Text(text, "note"), Table(columns, rows)))


def _resource_row(one: Resource) -> tuple[Value, ...]:
    has = ", ".join(_(FACILITY_WORDS[key]) for key in FACILITIES if one.values[key])
    room = [str(one.capacity)] if one.capacity is not None else []
    room += [ngettext("{n} bed", "{n} beds", one.beds)] if one.beds else []
    about = ", ".join(filter(None, (one.org, one.address, one.notes)))
    keys: list[str | Phone] = []
    for name, number in (
        (one.key_holder, one.key_holder_phone),
        (one.second_key_holder, one.second_key_holder_phone),
    ):  # fmt: skip
        keys += [name] if name else []
        keys += [Phone(number)] if number else []
    return (Entry(one.name, _(KIND_WORDS[one.kind]), about), tuple(room) or "–", has or "–",
            tuple(keys) or "–")  # fmt: skip

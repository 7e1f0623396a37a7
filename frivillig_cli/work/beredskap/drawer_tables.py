"""The lists that are made ahead, as workbooks and as contacts for a phone."""

from __future__ import annotations

from pathlib import Path

from frivillig_cli.core.i18n import _
from frivillig_cli.core.phone import show_phone
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.resource.model import FACILITIES, FACILITY_WORDS, KIND_WORDS
from frivillig_cli.records.response.model import ROLE_WORDS
from frivillig_cli.work.beredskap.drawer import Drawer, Listing


def _age(drawer: Drawer) -> str:
    from frivillig_cli.core.dates import show_date

    return _("Data as of {time}", time=drawer.as_of) + " · " + _(
        "Too old after {date}", date=show_date(drawer.too_old)
    )  # fmt: skip


def _people(drawer: Drawer, one: Listing) -> list[list[str]]:
    rows = []
    for n, person in enumerate([*one.call, *one.left_out], start=1):
        member = one.members[person.person_id]
        numbers = [show_phone(phone.number) for phone in person.phones[:2]]
        if member.protected:
            numbers = [_("protected")]
        elif person.reason:
            numbers = []
        rows.append([
            one.group.name, str(n), person.name, _(ROLE_WORDS[member.role]),
            *[*numbers, "", ""][:2], ", ".join(person.skills),
            "" if member.protected else member.verified or "", member.told or "",
            _(REASON_WORDS[person.reason]) if person.reason else "", _age(drawer),
        ])  # fmt: skip
    return rows


def _heads() -> list[str]:
    return [
        _("Group"), _("No."), _("Name"), _("Role"), _("Number 1"), _("Number 2"), _("Skills"),
        _("Verified"), _("Told role"), _("Left out because"), _("How old"),
    ]  # fmt: skip


def write_group(drawer: Drawer, one: Listing, path: Path) -> int:
    """One group's list as a workbook; returns how many rows are read back from it."""
    from frivillig_cli.formats.xlsx_rows import count_rows
    from frivillig_cli.formats.xlsx_write import write_table

    title = f"{one.group.name} · {_age(drawer)}"
    rows = _people(drawer, one)
    write_table(path, title, _heads(), rows, private=True)
    return count_rows(path) - 1


def write_cards(drawer: Drawer, one: Listing, path: Path) -> int:
    """Those of a group who are called, as contacts; returns how many there are in the file."""
    from frivillig_cli.formats.vcard import Card, write_vcards

    cards = [
        Card(
            name=person.name,
            phones=[phone.number for phone in person.phones],
            org=one.group.org,
            note=f"{one.group.name} · {n} · {_age(drawer)}",
            categories=[one.group.name],
        )
        for n, person in enumerate(one.call, start=1)
        if person.phones
    ]
    write_vcards(path, cards)
    return path.read_text("utf-8").count("BEGIN:VCARD")


def write_plan(drawer: Drawer, path: Path) -> int:
    """The plan's annex as a workbook of three sheets; returns how many rows are read back."""
    from frivillig_cli.formats.xlsx_style import Look
    from frivillig_cli.formats.xlsx_write import Book

    book = Book(_("Preparedness plan: alert list and resources"))
    for name, heads, rows in _sheets(drawer):
        sheet = book.sheet(name, widths=[max(14, min(40, len(head) + 6)) for head in heads])
        sheet.put(1, 1, _age(drawer), Look.NOTE)
        sheet.put_row(3, heads, Look.HEADER)
        for number, row in enumerate(rows, start=4):
            sheet.put_row(number, row)
        sheet.freeze("A4")
        sheet.print_setup(landscape=True, repeat="1:3")
    book.save(path, private=True)
    return _read_back(path)


def _read_back(path: Path) -> int:
    from frivillig_cli.formats.xlsx_read import read_workbook

    # above the rows of each sheet stand its age and the header
    return sum(len(sheet.rows) - 2 for sheet in read_workbook(path).sheets)


def _sheets(drawer: Drawer) -> list[tuple[str, list[str], list[list[str]]]]:
    people = [row for one in drawer.groups for row in _people(drawer, one)]
    return [
        (_("Alert list"), _heads()[:-1], [row[:-1] for row in people]),
        (_("Resources"), *_resources(drawer)),
        (_("Agreements"), *_agreements(drawer)),
    ]


def _resources(drawer: Drawer) -> tuple[list[str], list[list[str]]]:
    heads = [
        _("What"), _("Kind"), _("Association"), _("Address"), _("Capacity"), _("Beds"), _("Has"),
        _("Key"), _("Phone"), _("Second key"), _("Phone"), _("Notes"),
    ]  # fmt: skip
    rows = [
        [
            one.name, _(KIND_WORDS[one.kind]), one.org, one.address or "",
            "" if one.capacity is None else str(one.capacity),
            "" if one.beds is None else str(one.beds),
            ", ".join(_(FACILITY_WORDS[key]) for key in FACILITIES if one.values[key]),
            one.key_holder or "", _phone(one.key_holder_phone),
            one.second_key_holder or "", _phone(one.second_key_holder_phone), one.notes or "",
        ]
        for one in drawer.resources
    ]  # fmt: skip
    return heads, rows


def _phone(number: str | None) -> str:
    return show_phone(number) if number else ""


def _agreements(drawer: Drawer) -> tuple[list[str], list[list[str]]]:
    fields = (
        "caller", "municipality_contact", "municipality_stand_in", "association_contact",
        "association_stand_in", "response_time",
    )  # fmt: skip
    heads = [
        _("Association"), _("Agreement"), _("From"), _("To"), _("May call out"),
        _("Municipality day and night"), _("Stand-in"), _("Association day and night"),
        _("Stand-in"), _("There within"),
    ]  # fmt: skip
    rows = [
        [one.org, one.title, one.from_date or "", one.to_date or "",
         *(one.values[name] or "" for name in fields)]
        for one in drawer.agreements
    ]  # fmt: skip
    return heads, rows

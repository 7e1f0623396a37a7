"""Sheets to work on: call lists and logs, on paper and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from frivillig_cli.documents.sheets import (
    Boxes,
    Column,
    Facts,
    Items,
    Phone,
    Section,
    Sheets,
    Table,
    Text,
)
from frivillig_cli.documents.sheets_html import sheets_html
from frivillig_cli.documents.sheets_pdf import write_sheets_pdf

COLUMNS = (
    Column("Kode", mm=15, kind="code"),
    Column("Nr", mm=9, kind="number"),
    Column("Navn", share=4),
    Column("Gruppe", share=2),
    Column("Telefon", mm=31, kind="phone"),
    *(Column(name, mm=8, kind="box") for name in ("J", "F", "S", "N", "IS", "FN")),
    Column("Kl.", mm=15, kind="write"),
)


def call_list(rows: int, name: str = "Astrid Bakken") -> Table:
    return Table(
        COLUMNS,
        tuple(
            (f"A{n:03}-7", str(n), f"{name} {n}", "Omsorg", Phone("+4790111222"))
            for n in range(1, rows + 1)
        ),
        struck=frozenset({1}),
        legend="J ja · F fra kl. · IS ikke svar",
    )


def pack(rows: int = 60, frame: str = "ØVELSE") -> Sheets:
    cover = (
        Facts((("Oppmøte", ("Sanitetshuset", "Bruveien 2")),), big=True),
        Facts((("Ring tilbake", Phone("+4732220100", "vakten")),)),
        Boxes("omsorg", 6, "STOPP ved 6"),
        Text("Si dette", "heading"),
        Text("Dette er en øvelse.", "say"),
        Items(("Send bud.",), boxes=True),
        Items(("Ta med sovepose.",)),
        Text("Strømbrudd: 2 timer.", "note"),
    )
    log = Table((Column("Kl.", mm=20, kind="write"), Column("Hva", kind="write")), blank_rows=12)
    return Sheets(
        "Flom i Elva",
        (
            Section("Forside", cover),
            Section("Ringeliste", (call_list(rows),), wide=True),
            Section("Logg", (log,)),
        ),
        subtitle="2027-Ø-003",
        frame=frame,
        owner="Elvedal kommune",
        data_as_of="15.02.2027 kl. 03.10",
        printed="15.02.2027 kl. 03.12",
        sms_text="ØVELSE: Kan du komme?",
        day=date(2027, 2, 15),
    )


def test_every_page_says_what_it_is_and_how_old(poppler: Callable[..., str]) -> None:
    pages = poppler("pdftotext", write_sheets_pdf(pack(), "nb"), "-layout").split("\f")[:-1]
    assert len(pages) >= 5
    for n, page in enumerate(pages, 1):
        for part in ("ØVELSE", "Flom i Elva", "15.02.2027 kl. 03.10", f"Side {n} av {len(pages)}"):
            assert part in page
    lists = [page for page in pages if "A0" in page]
    assert len(lists) >= 3
    for page in lists:
        assert "Telefon" in page and "IS ikke svar" in page and "Ringeliste" in page


def test_no_row_is_lost_or_split(poppler: Callable[..., str]) -> None:
    long = replace(pack(), sections=(Section("L", (call_list(80, "Navn " * 25),), wide=True),))
    pages = poppler("pdftotext", write_sheets_pdf(long, "nb"), "-layout").split("\f")
    for n in range(1, 81):
        [page] = [page for page in pages if f"A{n:03}-7" in page]
        assert re.search(rf"\b{n}\b", page)
    assert "".join(pages).count("90 11 12 22") == 80


def test_phones_are_13_points_and_text_11(poppler: Callable[..., str]) -> None:
    """Measured on the page: what stands in the fonts' sizes, in the list's rows."""
    boxes = poppler("pdftotext", write_sheets_pdf(pack(), "nb"), "-bbox")

    def height(word: str) -> float:
        found = re.search(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{word}<', boxes)
        assert found, word
        return float(found[2]) - float(found[1])

    line = height("Omsorg") / 11
    assert height("90") >= 13 * line - 0.01
    assert height("Astrid") >= 11 * line - 0.01


def test_some_twenty_rows_stand_on_a_page(poppler: Callable[..., str]) -> None:
    pages = poppler("pdftotext", write_sheets_pdf(pack(), "nb"), "-layout").split("\f")
    assert 17 <= max(page.count("90 11 12 22") for page in pages) <= 26


def test_a_pdf_is_the_same_bytes_each_time() -> None:
    assert write_sheets_pdf(pack(), "nb") == write_sheets_pdf(pack(), "nb")


def test_a_huge_cell_does_not_run_off_the_sheet(poppler: Callable[..., str]) -> None:
    table = Table(COLUMNS, (("A", "1", "navn " * 2_000, "x" * 500, Phone("+4790111222")),))
    sheets = replace(pack(), sections=(Section("L", (table,), wide=True),))
    text = poppler("pdftotext", write_sheets_pdf(sheets, "nb"))
    assert text.count("navn") == 2_000


def test_the_page_works_on_a_phone_without_a_network() -> None:
    page = sheets_html(pack(), "nn")
    assert '<html lang="nn">' in page and "width=device-width" in page
    assert 'href="tel:+4790111222"' in page and 'href="sms:+4790111222?&amp;body=' in page
    assert not re.search(r"<script|<link|src=|url\(|@import|https?:", page)
    assert page.count('class="frame">ØVELSE') == 1


def test_rows_to_write_in_are_left_out_of_the_page() -> None:
    page = sheets_html(pack(), "nb")
    assert "Logg" not in page and ">Kl.<" not in page and 'aria-label="IS"' in page


def test_5000_people_stay_under_2_megabytes() -> None:
    assert len(sheets_html(pack(5_000), "nb").encode()) < 2_000_000


def test_verapdf_finds_no_fault_in_sheets(verapdf: Callable[..., str]) -> None:
    files = [write_sheets_pdf(pack(), "nb"), write_sheets_pdf(pack(900, ""), "nn")]
    found = verapdf(*files)
    assert found.count("compliant=true") == 4, found

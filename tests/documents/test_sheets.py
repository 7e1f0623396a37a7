"""Sheets to work on: call lists and logs, on paper and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from frivillig_cli.documents.sheets import (
    Boxes,
    Column,
    Entry,
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
from frivillig_cli.documents.typeset import Replaced, fitting

COLUMNS = (
    Column("Kode", mm=15, kind="code"),
    Column("Navn og gruppe"),
    Column("Telefon", mm=31, kind="phone"),
    *(Column(name, mm=7.2, kind="box") for name in ("J", "F", "S", "N", "IS", "FN")),
    Column("Kl.", mm=14, kind="write"),
    Column("Fremme", mm=18, kind="write"),
)
SECOND = Phone("+4790111333")


def call_list(rows: int, name: str = "Astrid Bakken") -> Table:
    return Table(
        COLUMNS,
        tuple(
            (
                f"A{n:03}-7",
                Entry(f"{name} {n}", "leder", "A · Omsorg, sjåfør"),
                (Phone("+4790111222"), SECOND) if n % 3 == 0 else Phone("+4790111222"),
            )
            for n in range(1, rows + 1)
        ),
        struck=frozenset({1}),
        legend="J ja · F fra kl. · IS ikke svar",
        key="A Omsorgsgruppen · B Kjøregruppen",
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
            Section("Ringeliste", (call_list(rows),)),
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
        for part in ("Telefon", "IS ikke svar", "B Kjøregruppen", "Ringeliste"):
            assert part in page


def test_no_row_is_lost_or_split(poppler: Callable[..., str]) -> None:
    long = replace(pack(), sections=(Section("L", (call_list(80, "Navn " * 25),), wide=True),))
    pages = poppler("pdftotext", write_sheets_pdf(long, "nb"), "-layout").split("\f")
    for n in range(1, 81):
        [page] = [page for page in pages if f"A{n:03}-7" in page]
        assert re.search(rf"\b{n}, leder", page)
    assert "".join(pages).count("90 11 12 22") == 80


def test_phones_are_13_points_and_text_11(poppler: Callable[..., str]) -> None:
    """Measured on the page: what stands in the fonts' sizes, in the list's rows."""
    boxes = poppler("pdftotext", write_sheets_pdf(pack(), "nb"), "-bbox")

    def height(word: str) -> float:
        found = re.search(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{word}<', boxes)
        assert found, word
        return float(found[2]) - float(found[1])

    line = height("Flom") / 20  # the title, which is 20 points
    assert height("90") >= 13 * line - 0.01
    assert height("Astrid") >= 11 * line - 0.01 and height("sjåfør") >= 11 * line - 0.01


def test_some_22_rows_of_two_lines_stand_on_a_page(poppler: Callable[..., str]) -> None:
    pages = poppler("pdftotext", write_sheets_pdf(pack(100), "nb"), "-layout").split("\f")
    rows = [page.count("90 11 12 22") for page in pages]
    assert sum(rows) == 100 and all(21 <= n <= 26 for n in rows[1:5])


def test_a_box_says_what_a_cross_in_it_means(poppler: Callable[..., str]) -> None:
    """So that no column must be followed up to its title by torchlight."""
    text = poppler("pdftotext", write_sheets_pdf(pack(10), "nb"), "-raw")
    assert len(re.findall(r"\bFN\b", text)) == 10 + 1


def test_the_foot_grows_with_the_key_and_covers_no_row(poppler: Callable[..., str]) -> None:
    key = " · ".join(f"{n} Beredskapsgruppen i bygda nummer {n}" for n in range(40))
    section = Section("Liste", (replace(call_list(60), key=key),))
    pdf = write_sheets_pdf(replace(pack(), sections=(section,)), "nb")
    for page in poppler("pdftotext", pdf, "-bbox").split("<page ")[1:]:
        words = re.findall(r'yMin="([\d.]+)"[^>]*>([^<]+)</word>', page)
        rows = [float(top) for top, word in words if re.match(r"A\d{3}-7", word)]
        [foot] = [float(top) for top, word in words if word == "ja"]
        assert rows and max(rows) + 15 < foot


def test_a_pdf_is_the_same_bytes_each_time() -> None:
    assert write_sheets_pdf(pack(), "nb") == write_sheets_pdf(pack(), "nb")


def test_a_huge_cell_does_not_run_off_the_sheet(poppler: Callable[..., str]) -> None:
    row = ("A", Entry("navn " * 2_000, "", "x" * 500), Phone("+4790111222"))
    table = Table(COLUMNS, (row,))
    sheets = replace(pack(), sections=(Section("L", (table,), wide=True),))
    text = poppler("pdftotext", write_sheets_pdf(sheets, "nb"))
    assert text.count("navn") == 2_000


def test_the_page_works_on_a_phone_without_a_network() -> None:
    page = sheets_html(pack(), "nn")
    assert '<html lang="nn">' in page and "width=device-width" in page
    assert 'href="tel:+4790111222"' in page and 'href="sms:+4790111222?&amp;body=' in page
    assert not re.search(r"<script|<link|src=|url\(|@import|https?:", page)
    assert page.count('class="frame">ØVELSE') == 1


def test_an_entry_is_shown_whole_on_the_page() -> None:
    table = Table(COLUMNS, (("A", Entry("Åse <b>", "leder", "A · sjåfør"), (SECOND, SECOND)),))
    page = sheets_html(Sheets("Liste", (Section("L", (table,)),)), "nb")
    assert "<b>Åse &lt;b&gt;</b>, leder<br>A · sjåfør" in page
    assert page.count('href="tel:+4790111333"') == 2


def test_rows_to_write_in_are_left_out_of_the_page() -> None:
    page = sheets_html(pack(), "nb")
    assert "Logg" not in page and ">Kl.<" not in page and 'aria-label="IS"' in page


def test_5000_people_stay_under_2_megabytes() -> None:
    assert len(sheets_html(pack(5_000), "nb").encode()) < 2_000_000


def test_verapdf_finds_no_fault_in_sheets(verapdf: Callable[..., str]) -> None:
    files = [write_sheets_pdf(pack(), "nb"), write_sheets_pdf(pack(900, ""), "nn")]
    found = verapdf(*files)
    assert found.count("compliant=true") == 4, found


def test_a_long_word_is_broken_before_no_comma_and_a_figure_says_what_it_is_on_a_phone() -> None:
    shown = fitting("Omsorgsberedskapsgruppen, Kjøregruppen", Replaced(), 20)
    assert "\u200b" in shown and "\u200b," not in shown and "\u200bn," not in shown
    table = Table((Column("Navn"), Column("Plass til", kind="number")), (("Huset", "80"),))
    page = sheets_html(Sheets("Liste", (Section("L", (table,)),)), "nb")
    assert '<td class="n" data-t="Plass til">80</td>' in page


def test_parts_that_follow_share_the_page_where_they_are_turned_the_same_way(poppler) -> None:
    names = ("Sammendrag", "Utelatt", "Kostnader", "Tidslinje")

    def pages(follows: bool) -> list[str]:
        parts = tuple(
            Section(name, (Text(f"{name} sier dette."),), wide=name == "Tidslinje", follows=follows)
            for name in names
        )
        made = write_sheets_pdf(replace(pack(), sections=parts), "nb")
        return poppler("pdftotext", made, "-layout").split("\f")[:-1]

    apart, together = pages(follows=False), pages(follows=True)
    assert len(apart) == 4 and "Side 1 av 4" in apart[0]
    assert len(together) == 2  # the wide one is on a page of its own
    assert all(f"{name} sier dette." in together[0] for name in names[:3])
    assert "Sammendrag – Kostnader" in together[0] and "Tidslinje sier dette." in together[1]


def test_parts_that_follow_do_not_break_the_page_when_the_web_page_is_printed() -> None:
    one = Section("Utelatt", (Text("Kari"),), follows=True)
    page = sheets_html(replace(pack(), sections=(*pack().sections[:1], one)), "nb")
    assert '<section id="s1" class="follows"><h2>Utelatt</h2>' in page.replace("\n", "")
    assert '<section id="s0"><h2>' in page.replace("\n", "")


@pytest.mark.parametrize("word", ["frivillighetskoordinatoren", "Kristoffersensandsengen"])
@pytest.mark.parametrize("mm", [18, 22, 30])
def test_a_long_word_in_a_narrow_column_is_parted_by_syllables_with_a_hyphen(
    poppler: Callable[..., str], mm: int, word: str
) -> None:
    table = Table((Column("Nr", mm=10), Column("Hvem", mm=mm), Column("Hva")), (("7", word, ""),))
    pdf = write_sheets_pdf(Sheets("Her", (Section("Nå", (table,)),)), "nb")
    shown = re.findall(r"<word [^>]*>([^<]*)<", poppler("pdftotext", pdf, "-bbox"))
    parts = [part for part in shown if len(part) > 1 and part.rstrip("-\u00ad") in word]
    assert len(parts) > 1 and all(part[-1] in "-\u00ad" for part in parts[:-1]), parts
    assert "".join(part.rstrip("-\u00ad") for part in parts) == word

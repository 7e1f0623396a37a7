"""A phone number, an amount, a date or a paragraph of law is never parted by the end of a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter, Reference
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.text import letter_text
from frivillig_cli.documents.together import held
from tests.browser import address, phone
from tests.documents.test_docx import part

HELD = (
    "32 22 01 00", "+46 8 123 456 78", "1 250 000 kroner", "500 kr", "kr 500", "40 %", "§ 13",
    "§§ 13", "15. februar 2027", "kl. 11.00–15.00", "310 000 003",
)  # fmt: skip


@pytest.mark.parametrize("said", HELD)
def test_it_is_held_together(said: str) -> None:
    assert held(f"Se {said}, sa de") == f"Se {said.replace(' ', chr(0xA0))}, sa de"


@pytest.mark.parametrize("said", ["2027 deltakere", "3 lag og 12 foreninger", "side 2 av 3"])
def test_other_words_are_let_be(said: str) -> None:
    assert held(said) == said


def body(said: str) -> str:
    """Lines of every length before it, so that it falls on the end of one of them."""
    return "\n\n".join(f"{'o ' * n}{said} {'a ' * 60}." for n in range(2, 60))


@pytest.mark.parametrize("said", ["32 22 01 00", "1 250 000 kroner", "offl. § 13", "15. mai 2027"])
def test_it_stands_on_one_line_in_text_and_pdf(
    letter: Callable[..., Letter], poppler: Callable[..., str], said: str
) -> None:
    one = letter(body(said))
    last = said.removeprefix("offl. ")
    for shown in (letter_text(one), poppler("pdftotext", letter_pdf(one), "-layout")):
        assert shown.count(last) >= 58  # with the usual spaces, so that it is found


def test_it_holds_together_in_html_and_word(letter: Callable[..., Letter]) -> None:
    reference = Reference(date=date(2027, 2, 15), exempt="offl. § 13")
    one = letter("Ring 32 22 01 00 innen 15. mai 2027.", reference=reference)
    for made in (letters_html([one]), part(letters_docx([one]))):
        for said in ("32 22 01 00", "15. mai 2027", "15. februar 2027", "offl. § 13"):
            tail = said.removeprefix("offl. ").replace(" ", "\u00a0")
            assert tail in made and not re.search(re.escape(said.removeprefix("offl. ")), made)


TABLE = """| Ordning | Hvem kan søke | Frist |
|---|---|---|
| Oppstartstilskudd | {} | 15. september 2027 |
"""


def test_a_table_on_a_telephone_parts_no_word_and_is_no_wider_than_its_page(
    letter: Callable[..., Letter], tmp_path: Path
) -> None:
    file = tmp_path / "brev.html"
    widths = []
    with phone() as page:
        for last in (
            "Arrangementer som er åpne for alle",
            "frivilligsentralen.post@elvedal.kommune.example",
        ):
            file.write_text(letters_html([letter(TABLE.format(last))]), "utf-8")
            page.goto(address(file))
            widths.append(page.evaluate("document.documentElement.scrollWidth"))
            high = page.evaluate(
                """() => { const r = document.createRange();
                r.selectNodeContents([...document.querySelectorAll("td")][0]);
                return r.getClientRects().length }"""
            )
            assert high == 1  # one word on one line
    assert max(widths) <= 390


SIX = """| Lag | Kontakt | Telefon | Tilskudd | E-post | Frist |
|---|---|---|---|---|---|
| Elvedal sanitetsforening | Aud Kittilsen | +47 32 22 01 00 | 1 250 000 kroner | \
post@elvedal.kommune.example | 15. september 2027 |
| Elvedal skolekorps | Per Gunnar Aas | 90 11 12 22 | kr 45 000 | \
frivillighetskoordinator@elvedal.kommune.example | 15. mai 2027 |
"""
SEVEN = """| A | Kontakt | Telefon | Mobil | Tilskudd | Brukt | Rest |
|---|---|---|---|---|---|---|
| Elvedal sanitetsforening | Aud Kittilsen | +47 32 22 01 00 | +47 90 11 12 22 | \
1 250 000,50 kroner | 1 250 000 kroner | 1 250 000 kroner |
"""
NUMBERS = re.compile(r"(?<=\| )(?:\+|kr |\d)[^|@]*?(?= \|)")


@pytest.mark.parametrize("table", [SIX, SEVEN])
def test_a_number_is_whole_in_a_narrow_column_and_nothing_is_printed_on_the_next(
    letter: Callable[..., Letter], poppler: Callable[..., str], table: str
) -> None:
    pdf = letter_pdf(letter(table))
    shown = poppler("pdftotext", pdf, "-raw")
    for number in NUMBERS.findall(table):
        assert number in shown
    words = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<',
        poppler("pdftotext", pdf, "-bbox"),
    )
    boxes = [tuple(map(float, word[:4])) for word in words]
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert right < 595 - 70
        for other in boxes[:n]:
            apart = other[0] > right - 0.5 or other[2] < left + 0.5
            assert apart or other[1] > bottom - 4 or other[3] < top + 4, words[n]


def test_the_text_of_a_table_in_word_is_smaller_where_a_number_would_be_parted(
    letter: Callable[..., Letter],
) -> None:
    def sizes(table: str) -> set[str]:
        xml = part(letters_docx([letter(table)]))
        return set(re.findall(r'<w:sz w:val="(\d+)"/>', xml[xml.index("<w:tblHeader/>") :]))

    assert sizes(SIX) == set() and sizes(SEVEN) == {"17"}  # of 21

"""A word that is too long for its cell is broken, and can be searched for and copied whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frivillig_cli.documents.letter import Letter, Reference
from frivillig_cli.documents.pdf import letter_pdf

LONG = "frivilligsentralen.post@elvedal.kommune.example"
TABLE = f"| Ordning | Frist | Hvem | Skriv til |\n|---|---|---|---|\n| a | b | c | {LONG} |\n"
CODE = f"`{LONG}{LONG}`"


@pytest.mark.parametrize("body", [TABLE, CODE, LONG.replace(".", "") * 3])
def test_a_long_word_is_broken_and_holds_nothing_but_itself(
    letter: Callable[..., Letter], poppler: Callable[..., str], body: str
) -> None:
    pdf = letter_pdf(letter(body))
    shown = poppler("pdftotext", pdf, "-raw")
    assert "\u200b" not in shown
    assert LONG.replace(".", "") in "".join(shown.split()).replace(".", "")
    where = poppler("pdftotext", pdf, "-bbox")
    edges = [float(line.split('xMax="')[1].split('"')[0]) for line in where.splitlines()
             if "xMax" in line]  # fmt: skip
    assert max(edges) < 595 - 70 + 1  # within the margin of the page
    short = poppler("pdftotext", letter_pdf(letter("kort")), "-raw")
    assert len(shown.splitlines()) > len(short.splitlines())  # it goes over two lines


def test_a_word_that_fits_its_line_is_one_word(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    table = "| Ordning | Frist |\n|---|---|\n| Oppstartstilskuddene | b |\n"
    assert ">Oppstartstilskuddene<" in poppler("pdftotext", letter_pdf(letter(table)), "-bbox")


def test_verapdf_finds_no_fault_where_words_are_broken(
    letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    found = verapdf(letter_pdf(letter(f"{TABLE}\n{CODE}")))
    assert found.count("compliant=true") == 2, found


PARTIES = """| Part | Bidrar med |
|---|---|
| Kommunen | Ringer omsorgsberedskapsgruppen og frivillighetskoordinatoren |
| Elvedal sanitetsforening | Stiller med evakueringssentermannskap, kvernsteinshåndverkere |
"""
NARROW = (
    "| Når | Hvem | Hva | Hvor | Skriv til |\n|---|---|---|---|---|\n"
    "| mandager fra klokka ti | alle sammen | håndverkstradisjonsforeningen |"
    " frivillighetsentralbygningen | frivillighetskoordinatoren |\n"
)


def test_a_word_of_a_table_that_has_room_on_a_line_is_not_parted(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    shown = poppler("pdftotext", letter_pdf(letter(PARTIES)), "-bbox")
    for word in ("omsorgsberedskapsgruppen", "frivillighetskoordinatoren",
                 "evakueringssentermannskap,", "kvernsteinshåndverkere"):  # fmt: skip
        assert f">{word}<" in shown


def test_a_word_that_is_parted_in_a_table_is_parted_by_syllables_with_a_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    shown = poppler("pdftotext", letter_pdf(letter(NARROW)), "-bbox")
    parts = [line.partition(">")[2].partition("<")[0] for line in shown.splitlines()
             if "<word" in line]  # fmt: skip
    for word in ("håndverkstradisjonsforeningen", "frivillighetskoordinatoren"):
        first = next(part for part in parts if word.startswith(part.rstrip("-\u00ad")))
        assert first == word or first[-1] in "-\u00ad", first


def test_a_long_name_is_parted_at_its_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    reference = Reference(caseworker="Kari Nordli-Brekkhusæter")
    shown = poppler("pdftotext", letter_pdf(letter(reference=reference)), "-bbox")
    assert ">Brekkhusæter<" in shown


@pytest.mark.parametrize("address", [
    "tilskuddsportalen.example/organisasjonsutvikling",
    "frivillighetskoordinator@elvedal.kommune.example",
    "https://www.elvedal.example/frivillighetssentralen",
    "**frivillighetskoordinator@elvedal.example**",
])  # fmt: skip
def test_an_address_in_a_table_gets_no_hyphen(
    letter: Callable[..., Letter], poppler: Callable[..., str], address: str
) -> None:
    body = (
        "| Ordning | Lenke | Frist | Hvem | Hvor |\n|---|---|---|---|---|\n"
        f"| håndverkstradisjonsforeningen | {address} | mandager fra klokka ti | alle sammen |"
        " frivillighetsentralbygningen |\n"
    )
    shown = poppler("pdftotext", letter_pdf(letter(body)), "-bbox")
    words = [line.partition(">")[2].partition("<")[0] for line in shown.splitlines()
             if "<word" in line]  # fmt: skip
    bare = address.strip("*")
    parts = [word for word in words if len(word) > 3 and word.rstrip("-\u00ad") in bare]
    assert len(parts) > 1 and not [word for word in parts if word[-1] in "-\u00ad"], parts

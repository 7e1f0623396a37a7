"""The bookmarks of letters in one file: whose each is, and its own headings beneath."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import letter_pdf, write_letters_merged
from frivillig_cli.documents.tree import Document
from tests.outline import bookmarks

BODY = "Hei\n\n## Frister\n\nSnart.\n\n### Den første\n\nNå.\n\n## Spør oss\n\nGjerne.\n"
LONG = "Foreningen til fremme av " + "Å" * 95


@pytest.fixture
def letters(letter: Callable[..., Letter]) -> list[Letter]:
    one = letter(BODY)
    return [
        one._replace(whose="Lier IL"),
        one._replace(whose=LONG, document=Document("Tilskot 2027 " * 9, "nn", one.document.blocks)),
        one._replace(whose="Kari Li", layout="certificate", approved=False),
        one._replace(recipient=()),
        one,
    ]


def test_each_letter_is_one_bookmark_named_by_whose_it_is(letters: list[Letter]) -> None:
    (pdf,) = write_letters_merged(letters)
    found = bookmarks(pdf)
    title = ("Tilskot 2027 " * 9)[:69].rstrip()
    assert [name for depth, name, _page in found if depth == 1] == [
        "Lier IL – Brev", f"{LONG} – {title}…", "Kari Li – Brev", "Brev", "Elvedal songlag – Brev",
    ]  # fmt: skip
    first = [(depth, name) for depth, name, _page in found[1:5]]
    assert first[:3] == [(2, "Frister"), (3, "Den første"), (2, "Spør oss")] and first[3][0] == 1
    pages = [page for depth, _name, page in found if depth == 1]
    assert pages == sorted(set(pages)) and pages[0] == 1


def test_the_sheets_look_as_those_of_each_letter_alone(
    letters: list[Letter], poppler: Callable[..., str]
) -> None:
    def sheets(pdf: bytes) -> list[str]:
        return re.findall(r"<page.*?</page>", poppler("pdftotext", pdf, "-bbox"), re.DOTALL)

    (merged,) = write_letters_merged(letters)
    assert sheets(merged) == [sheet for one in letters for sheet in sheets(letter_pdf(one))]


def test_a_letter_alone_has_its_title_as_bookmark(letters: list[Letter]) -> None:
    assert bookmarks(letter_pdf(letters[0]))[0] == (1, "Brev", 1)


def test_the_same_letters_are_the_same_bytes(letters: list[Letter]) -> None:
    assert list(write_letters_merged(letters)) == list(write_letters_merged(letters))


def test_verapdf_finds_no_fault_in_named_bookmarks(
    letters: list[Letter], verapdf: Callable[..., str]
) -> None:
    assert verapdf(*write_letters_merged(letters)).count("compliant=true") == 2

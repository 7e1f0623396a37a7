"""A municipality's mark of any shape, and its name beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.picture import Picture

from .pictures import png

RIGHT = (210 - 25) / 25.4 * 72


@pytest.fixture
def wide(letter: Callable[..., Letter], letterhead: Letterhead) -> Callable[[int], Letter]:
    def make(times: int) -> Letter:
        logo = Picture(png(100 * times, 100), "png", "Elvedal")
        return letter(letterhead=letterhead._replace(logo=logo))

    return make


@pytest.mark.parametrize("times", [1, 4, 8, 30])
def test_the_name_stands_within_the_margin_beside_a_mark_of_any_width(
    wide: Callable[[int], Letter], times: int, poppler: Callable[..., str]
) -> None:
    shown = poppler("pdftotext", letter_pdf(wide(times)), "-bbox")
    found = {word: float(right) for right, word in re.findall(r'xMax="([\d.]+)".*?>(.*?)<', shown)}
    assert found["Frivilligsentralen"] <= RIGHT + 0.5


def test_on_a_small_screen_the_mark_leaves_the_name_room(wide: Callable[[int], Letter]) -> None:
    assert ".sender img{height:4.5rem;max-width:45%;object-fit:contain" in letters_html([wide(8)])


def test_verapdf_finds_no_fault_in_a_wide_mark(
    wide: Callable[[int], Letter], verapdf: Callable[..., str]
) -> None:
    assert verapdf(letter_pdf(wide(30))).count("compliant=true") == 2

"""A phone number that stands in a text of the sheets is not broken over two lines."""

from __future__ import annotations

import pytest

from frivillig_cli.documents.sheets import Column, Section, Sheets, Table, Text
from frivillig_cli.documents.sheets_pdf import write_sheets_pdf


@pytest.mark.parametrize("number", ["90 10 04 31", "901 00 431"])
def test_a_number_in_a_text_is_not_broken_over_two_lines(poppler, number) -> None:
    """Whatever stands before it, in a narrow column and in a paragraph."""
    columns = (Column("Avtale", share=2), Column("Kommunen hele døgnet"))
    rows = tuple(("Omsorg", f"{'Brannvakten' + 'i' * n} {number}") for n in range(24))
    text = Text(" ".join(f"Vakten{'i' * n} {number}" for n in range(40)))
    sheets = Sheets("Planvedlegg", (Section("Avtaler", (Table(columns, rows), text)),))
    shown = poppler("pdftotext", write_sheets_pdf(sheets, "nb"), "-layout")
    assert shown.count(number) == 64

"""Rows with nothing but looks are left out early, and never one with a value."""

from __future__ import annotations

import pytest

from frivillig_cli.formats.xlsx_read import _without_blank_rows

VALUE = b'<row r="3" s="1"><c r="A3" s="1"/><c r="B3"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "blank",
    [
        b'<row r="2" s="1" customFormat="1"/>',
        b'<row r="2" spans="1:2"></row>',
        b'<row r="2" ht="15"><c r="A2" s="1"/><c r="B2" s="1"/></row>',
        b'<row spans="1:2" r="2">\n <c r="A2" s="1"/>\n</row>',
    ],
)
def test_a_row_that_holds_nothing_is_left_out(blank):
    assert b"".join(_without_blank_rows([blank * 1000 + VALUE + blank])) == VALUE


@pytest.mark.parametrize(
    "kept",
    [
        VALUE,
        b'<row r="2"><c r="A2" t="inlineStr"><is><t/></is></c></row>',
        b'<row r="2"/><row><c><v>1</v></c></row>',  # its number is counted from the row before
        b'<row r="2"/><row spans="1:2"><c><v>1</v></c></row>',
        b'<c t="inlineStr"><is><t><![CDATA[<row r="2"/>]]></t></is></c>',
        b'<row r="2"><c r="A2"><f>B1</f></c></row>',
    ],
)
def test_nothing_else_is(kept):
    assert b"".join(_without_blank_rows([kept])) == kept


def test_a_row_cut_in_two_stays_whole():
    pieces = [b'<row r="2"><c r="A2"', b' s="1"/></row><row r="3"/>']
    assert b"".join(_without_blank_rows(pieces)) == b'<row r="2"><c r="A2" s="1"/></row>'

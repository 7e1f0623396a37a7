"""Comments on cells: those of any program, and no words that stand in for them."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.formats.xlsx_read import read_workbook

THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
LINK = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


@pytest.fixture
def commented(tmp_path):
    """A workbook with a comment on B2 and on a cell that is blank."""
    book = openpyxl.Workbook()
    book.active["B2"] = "Kari"
    book.active["B2"].comment = Comment("[Threaded comment]\n\nComment:\n    slutter", "Per")
    book.active["D9"].comment = Comment("ny kasserer", "Per")
    book.create_sheet("To")["A1"] = 1
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def changed(path, part: str, change) -> None:
    """One part of the file with other content: `change` of what it was, '' where it is new."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    parts[part] = change(parts.get(part, ""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def notes(path) -> list[list[tuple[str, str]]]:
    return [[(note.ref, note.text) for note in sheet.notes] for sheet in read_workbook(path).sheets]


def test_comments_are_read_with_their_cells(commented) -> None:
    assert notes(commented) == [
        [("B2", "[Threaded comment]\n\nComment:\n    slutter"), ("D9", "ny kasserer")],
        [],
    ]


def test_a_conversation_is_read_for_the_words_that_stand_in_for_it(commented) -> None:
    changed(commented, "xl/threadedComments/threadedComment1.xml", lambda _old: (
        f'<ThreadedComments xmlns="{THREADS}">'
        '<threadedComment ref="B2" id="{1}"><text>slutter</text></threadedComment>'
        '<threadedComment ref="B2" id="{2}" parentId="{1}"><text>Når?</text></threadedComment>'
        '</ThreadedComments>'
    ))  # fmt: skip
    changed(commented, "xl/worksheets/_rels/sheet1.xml.rels", lambda old: old.replace(
        "</Relationships>",
        f'<Relationship Id="rId9" Type="{LINK}" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    ))  # fmt: skip
    assert notes(commented)[0] == [("B2", "slutter\nNår?"), ("D9", "ny kasserer")]


@pytest.mark.parametrize(
    ("before", "heading"),
    [
        ("[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
         "however, any edits to it will get removed if the file is opened in a newer version of "
         "Excel. Learn more: ", "Comment:"),
        ("[Kommentartråd]\n\nDenne versjonen av Excel lar deg lese tråden. Mer: ", "Kommentar:"),
    ],
)  # fmt: skip
def test_of_a_conversation_that_another_program_has_saved_the_words_in_it_are_read(
    tmp_path, before, heading
) -> None:
    link = "https://go.microsoft.com/fwlink/?linkid=870924"
    book = openpyxl.Workbook()
    said = f"{before}{link}\n\n{heading}\n    Ny leder: Kari Ås"
    book.active["B2"] = "Kari"
    book.active["B2"].comment = Comment(said, "Per")
    book.active["B3"].comment = Comment(f"Se {link}", "Per")
    book.save(tmp_path / "a.xlsx")
    assert notes(tmp_path / "a.xlsx") == [[("B2", "Ny leder: Kari Ås"), ("B3", f"Se {link}")]]


def test_a_comment_at_no_cell_is_damage(commented) -> None:
    [part] = [name for name in zipfile.ZipFile(commented).namelist() if "comment1" in name]
    changed(commented, part, lambda old: old.replace('"D9"', '"D0"'))
    with pytest.raises(FileFormatError, match="out of place"):
        read_workbook(commented)

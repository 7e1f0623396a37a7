"""What somebody has written in a text box over the form, or pasted in: it is told, and kept."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, rows_of, take_in
from tests.cli.test_survey_comments import confirmed
from tests.cli.test_survey_nobodys import problems

SAID = "Nestleder er også byttet: ring Kari"
SHAPE = (
    '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/></xdr:nvSpPr><xdr:txBody><a:bodyPr/>'
    "<a:p><a:r><a:t>{0}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)
BOX = SHAPE.format("Nestleder er også byttet:</a:t></a:r><a:r><a:t> ring Kari")
TWICE = f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>" \
        "</mc:AlternateContent>"  # fmt: skip
SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def boxed(form: str, to: Path, row: int, shape: str = BOX) -> Path:
    """The form as Excel saves it with a text box over a row of it."""
    drawing = (
        f"<xdr:wsDr {SPACES}><xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>{row - 1}"
        "</xdr:row></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:row>99</xdr:row></xdr:to>"
        f"{shape}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    return _packed(form, to, {
        "xl/drawings/drawing1.xml": drawing,
        "xl/worksheets/_rels/sheet1.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="d1" Type="{LINKS}/drawing" Target="../drawings/drawing1.xml"/>'
            "</Relationships>",
    })  # fmt: skip


def _packed(form: str, to: Path, more: dict[str, str]) -> Path:
    with zipfile.ZipFile(form) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {**parts, **more}.items():
            made.writestr(name, content)
    return to


def place(form: str, field: str):
    return rows_of(load_workbook(form))[field][3]


@pytest.mark.parametrize("shape", [BOX, TWICE])
def test_a_text_box_is_told_and_what_it_lies_over_is_not_confirmed(
    lag, forms, tmp_path, shape
) -> None:
    cell = place(forms[1], "leader")
    back = answer(forms[1], tmp_path / "a.xlsx", members=52)
    done, result = take_in(lag, boxed(back, tmp_path / "b.xlsx", cell.row, shape))
    assert (done.code, result["applied"]) == (3, 1)
    assert problems(lag) == [
        f"A text box or a picture lies at {cell.coordinate} «{SAID}»: look at it."
    ]
    assert "members" in confirmed(lag) and "leader" not in confirmed(lag)


def test_one_above_the_questions_and_one_over_a_workbook_for_all_are_told(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", members=52)
    done, _result = take_in(lag, boxed(back, tmp_path / "b.xlsx", 1))
    assert done.code == 3 and SAID in problems(lag)[0]
    table = tmp_path / "alle.xlsx"
    lag.ok("survey", "export", "1", "-o", table)
    book = load_workbook(table)
    book.move_sheet(book.worksheets[1], -1)
    book.save(table)
    done, _result = take_in(lag, boxed(str(table), tmp_path / "c.xlsx", 4))
    assert SAID in done.out and done.code == 3


def test_a_picture_that_is_pasted_in_is_told(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", members=52)
    pasted = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Bilde"/></xdr:nvPicPr></xdr:pic>'
    done, _result = take_in(lag, boxed(back, tmp_path / "b.xlsx", 9, pasted))
    assert done.code == 3 and "picture lies at D9 «[picture]»" in problems(lag)[0]


@pytest.mark.parametrize("kind", ["frame", "custom-shape", "shapes"])
def test_a_text_box_in_an_ods_is_told(lag, forms, tmp_path, kind) -> None:
    from tests.cli.test_survey_order import as_ods

    back = answer(forms[1], tmp_path / "a.xlsx", members=52, email="ny@lag.example")
    book = as_ods(Path(back), "09:30:00", (9, 30, 0))
    text = f"<text:p>{SAID}</text:p>"
    box = f"<draw:frame><draw:text-box>{text}</draw:text-box></draw:frame>"
    if kind == "custom-shape":
        box = f"<draw:custom-shape>{text}</draw:custom-shape>"
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    content = parts["content.xml"].decode()
    if kind == "shapes":
        head = r'(<table:table table:name="[^"]*"[^>]*>)'
        content = re.sub(head, rf"\1<table:shapes>{box}</table:shapes>", content, count=1)
    else:
        content = content.replace("<text:p>ny@lag.example", f"{box}<text:p>ny@lag.example")
    with zipfile.ZipFile(book, "w") as new:
        for name, data in {**parts, "content.xml": content.encode()}.items():
            new.writestr(name, data)
    done, result = take_in(lag, book)
    [told] = problems(lag)
    assert (done.code, result["applied"]) == (3, 2) and SAID in told and "text box" in told

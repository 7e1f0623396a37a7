"""The municipality's logo as a field of a template in Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.picture import Picture, picture_of
from frivillig_cli.documents.raster import raster
from frivillig_cli.documents.template import load_word, render_template
from frivillig_cli.formats.word import read_word

from .conftest import SVG

FIELD = "{{ municipality.logo }}"
EMU = 36_000  # to a millimetre
NAME = 'Elvedal "&" kommune'


@pytest.fixture
def png() -> Picture:
    return Picture(raster(picture_of(SVG, "x")).data, "png", NAME)


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., bytes]:
    """The letter that a document with these paragraphs makes; `header` stands on top."""

    def make(*paragraphs: str, logo: Picture | None, header: str = "", change: Any = None) -> bytes:
        made = docx.Document()
        for text in paragraphs:
            made.add_paragraph(text)
        if header:
            made.sections[0].header.paragraphs[0].text = header
        path = tmp_path / "mal.nb.docx"
        made.save(str(path))
        if change:
            change(path)
        read = read_word(path)
        fields = {"municipality": {"logo": logo, "name": "Elvedal"}, "org": {"name": "Kor"}}
        word = render_template(load_word(path, read.parts, read.texts, "0" * 64), fields).word
        assert word is not None
        return word.packed("Brev", "Elvedal", "nb", None, draft=False)

    return make


def part(data: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def test_the_logo_stands_where_its_field_stood(filled: Callable[..., bytes], png: Picture) -> None:
    data = filled(f"Fra {FIELD} til {{{{ org.name }}}}", logo=png)
    document = docx.Document(io.BytesIO(data))
    [paragraph] = document.paragraphs
    assert paragraph.text == "Fra  til Kor"
    [shape] = document.inline_shapes
    assert shape.height == pytest.approx(20 * EMU, abs=EMU / 10)
    assert shape.width / shape.height == pytest.approx(60 / 70, rel=0.01)
    assert shape._inline.docPr.get("descr") == NAME
    relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    assert document.part.related_parts[relation].blob == png.data
    assert document.part.related_parts[relation].content_type == "image/png"


def test_a_wide_logo_is_no_wider_than_it_may_be(filled: Callable[..., bytes]) -> None:
    wide = SVG.replace(b"0 0 60 70", b"0 0 900 70")
    [shape] = docx.Document(
        io.BytesIO(filled(FIELD, logo=picture_of(wide, "Elvedal")))
    ).inline_shapes
    assert shape.width == pytest.approx(70 * EMU, abs=EMU / 10)
    assert shape.height < 7 * EMU


def test_an_svg_is_drawn_and_one_file_serves_text_and_header(filled: Callable[..., bytes]) -> None:
    data = filled(FIELD, f"{FIELD}{FIELD}", logo=picture_of(SVG, "Elvedal"), header=FIELD)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len([name for name in names if name.startswith("word/media/picture-")]) == 1
    assert "media/picture-" in part(data, "word/_rels/header1.xml.rels")
    numbers = [shape._inline.docPr.id for shape in docx.Document(io.BytesIO(data)).inline_shapes]
    assert len(set(numbers)) == 3
    assert data == filled(FIELD, f"{FIELD}{FIELD}", logo=picture_of(SVG, "Elvedal"), header=FIELD)


def test_no_logo_is_a_missing_value_by_name_and_may_be_asked_for(
    filled: Callable[..., bytes], png: Picture
) -> None:
    with pytest.raises(TemplateError) as error:
        filled(FIELD, logo=None)
    assert error.value.missing == "municipality.logo"
    asked = "{% if municipality.logo %}{{ municipality.logo }}{% else %}ingen{% endif %}"
    assert "ingen" in part(filled(asked, logo=None))
    assert "<w:drawing>" in part(filled(asked, logo=png))
    assert "ingen" in part(filled("{{ municipality.logo | default('ingen') }}", logo=None))


@pytest.mark.parametrize(
    "text",
    ["{{ municipality.logo | upper }}", "{{ municipality.logo ~ 'x' }}",
     "{{ municipality.logo.data }}", "{{ [municipality.logo] | join('') }}",
     "{% for n in range(200) %}{{ municipality.logo }}{% endfor %}",
     "{{ municipality.logo | string }}", "{{ municipality.logo['data'] }}"],
)  # fmt: skip
def test_a_picture_is_printed_whole_or_refused(
    filled: Callable[..., bytes], png: Picture, text: str
) -> None:
    with pytest.raises(TemplateError):
        filled(text, logo=png)


def test_a_damaged_picture_is_said(filled: Callable[..., bytes]) -> None:
    with pytest.raises(TemplateError) as error:
        filled(FIELD, logo=picture_of(b"\x89PNG\r\n\x1a\nxx", "Elvedal"))
    assert "damaged" in error.value.message


def test_a_value_with_the_picture_s_mark_in_it_is_text(
    filled: Callable[..., bytes], png: Picture
) -> None:
    data = filled("{{ '\ue005\ue010\ue006' }}{{ org.name }}", logo=png)
    assert "<w:drawing>" not in part(data)


def test_in_markdown_it_is_refused_with_what_to_do(
    write_template: Callable[..., Path], png: Picture
) -> None:
    from frivillig_cli.documents.template import load_template

    template = load_template(write_template(f"Hei\n\n{FIELD}\n"))
    with pytest.raises(TemplateError) as error:
        render_template(template, {"municipality": {"logo": png}})
    assert error.value.line == 7 and "in Word alone" in error.value.message


def test_a_file_of_the_strict_kind_gets_names_of_its_kind(
    filled: Callable[..., bytes], png: Picture
) -> None:
    def strict(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        for name in ("word/document.xml", "word/styles.xml"):
            new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            files[name] = files[name].replace(old, new)
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)

    data = filled(FIELD, logo=png, change=strict)
    assert 'xmlns:pic="http://purl.oclc.org/ooxml/drawingml/picture"' in part(data)
    relations = part(data, "word/_rels/document.xml.rels")
    assert 'purl.oclc.org/ooxml/officeDocument/relationships/image"' in relations


def test_libreoffice_shows_the_logo_in_text_and_header(
    filled: Callable[..., bytes], as_pdf: Callable[[bytes], bytes], poppler: Callable[..., str]
) -> None:
    data = filled("Brev", f"Fra {FIELD} til", logo=picture_of(SVG, "Elvedal"), header=FIELD)
    found = poppler("pdfimages", as_pdf(data), "-list")
    assert len(re.findall(r"^ +1 +\d+ image ", found, re.MULTILINE)) == 2

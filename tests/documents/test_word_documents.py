"""Word documents that are to be templates: what reaches outside, is damaged or is no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.documents.template import render_template

from .word_made import OFFICE, ORG, changed, load, texts


def relation(kind: str, target: str) -> Callable[[str], str]:
    row = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda text: text.replace("</Relationships>", row + "</Relationships>")


RELATIONS, DOCUMENT = "word/_rels/document.xml.rels", "word/document.xml"
TYPES = "[Content_Types].xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def in_body(xml: str) -> Callable[[str], str]:
    return lambda text: text.replace("<w:body>", f"<w:body>{xml}")


def a_run(xml: str) -> Callable[[str], str]:
    return in_body(f"<w:p><w:r>{xml}</w:r></w:p>")


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        (RELATIONS, relation("image", "https://evil.example/x.png"), "image"),
        (RELATIONS, relation("oleObject", "file:///x"), "oleObject"),
        (RELATIONS, relation("aFChunk", "x.html"), "aFChunk"),
        (RELATIONS, relation("subDocument", "x.docx"), "subDocument"),
        (RELATIONS, relation("hyperlink", "file:///C:/avtale.docx"), "a link to file:///C:/avtale"),
        (RELATIONS, relation("hyperlink", "javascript:alert(1)"), "a link to javascript:"),
        (RELATIONS, relation("hyperlink", "https://a.example/{{ org.orgnr }}"), "a field in the"),
        (RELATIONS, relation("hyperlink", "https://a.example/%7B%7B%20org.name"), "a field in the"),
        ("word/vbaProject.bin", b"x", "macros"),
        (TYPES, lambda text: text.replace("document.main+xml", "document.macroEnabled.main+xml"),
         "macros"),
        (DOCUMENT, in_body('<w:altChunk r:id="rX"/>'), "altChunk"),
        (DOCUMENT, a_run("<w:instrText>INCLU</w:instrText></w:r><w:r>"
                         '<w:instrText>DETEXT "C:\\x"</w:instrText>'), "INCLUDETEXT"),
        (DOCUMENT, in_body('<w:p><w:fldSimple w:instr="DDEAUTO c"/></w:p>'), "DDEAUTO"),
        (DOCUMENT, a_run('<w:instrText>HYPERLINK "mailto:{</w:instrText></w:r><w:r>'
                         '<w:instrText>{ org.email }}"</w:instrText>'), "a field in the code"),
        (DOCUMENT, in_body('<w:p><w:fldSimple w:instr="IF {% if x %}"/></w:p>'), "a field in the"),
        (DOCUMENT, a_run('<w:drawing><wp:docPr xmlns:wp="x" id="1" name="b"'
                         ' descr="{{ org.name }}"/></w:drawing>'), "the description of a picture"),
        (DOCUMENT, a_run('<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="a"'
                         ' alt="{{ org.name }}"/></w:pict>'), "the description of a picture"),
        (DOCUMENT, a_run('<w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" id="a"'
                         ' title="{% if org %}"/></w:pict>'), "the description of a picture"),
        (DOCUMENT, a_run('<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="a">'
                         '<v:textpath string="{{ org.name }}"/></v:shape></w:pict>'), "WordArt"),
        (DOCUMENT, in_body('<w:tbl><w:tblPr><w:tblDescription w:val="{{ org.name }}"/></w:tblPr>'
                           "<w:tblGrid/></w:tbl>"), "the description of a table"),
        (DOCUMENT, in_body('<w:p><w:hyperlink w:anchor="a" w:tooltip="{{ org.name }}"/></w:p>'),
         "the screen tip of a link"),
        (DOCUMENT, a_run(f'<w:drawing><a:p xmlns:a="{DRAWING}"><a:r><a:t>{{</a:t></a:r><a:r>'
                         "<a:t>{ org.name }}</a:t></a:r></a:p></w:drawing>"), "a drawing"),
        (DOCUMENT, in_body('<w:p><m:oMath xmlns:m="m"><m:r><m:t>{{ org</m:t></m:r>'
                           "<m:r><m:t>.name }}</m:t></m:r></m:oMath></w:p>"), "an equation"),
        (DOCUMENT, in_body('<w:p><w:ins w:id="1" w:author="x"><w:r/></w:ins></w:p>'),
         "tracked changes"),
        (DOCUMENT, in_body('<w:p><w:commentRangeStart w:id="0"/></w:p>'), "comments"),
        (DOCUMENT, in_body("<w:sdt>" * 200 + "</w:sdt>" * 200), "too deep"),
        (DOCUMENT, lambda text: text.replace(
            "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1), "is damaged"),
        ("word/styles.xml", lambda text: text.replace("<w:styles", "<!DOCTYPE a><w:styles", 1),
         "is damaged"),
        (DOCUMENT, lambda text: text[:-20], "is damaged"),
        (DOCUMENT, in_body("<w:p/>" * 200_000), "MB"),
        ("word/media/bomb.bin", b"\0" * 60_000_000, "bomb"),
    ],
)  # fmt: skip
def test_a_document_that_reaches_outside_or_is_damaged_is_refused(
    word: Callable[..., Path], part: str, change: Any, said: str
) -> None:
    path = changed(word("Brev", "Hei"), **{part: change})
    with pytest.raises(FileFormatError) as error:
        load(path)
    assert said in error.value.message and error.value.hint and ".xlsx" not in error.value.hint


@pytest.mark.parametrize(
    ("part", "kind", "said"),
    [
        ("word/charts/chart1.xml", "openxmlformats-officedocument.drawingml.chart", "a chart"),
        ("word/charts/chartEx1.xml", "ms-office.chartex", "a chart"),
        ("word/diagrams/data1.xml", "openxmlformats-officedocument.drawingml.diagramData",
         "a SmartArt graphic"),
        ("word/diagrams/drawing1.xml", "ms-office.drawingml.diagramDrawing", "a SmartArt graphic"),
    ],
)  # fmt: skip
def test_fields_in_charts_and_smartart_are_refused_by_name(
    word: Callable[..., Path], part: str, kind: str, said: str
) -> None:
    row = f'<Override PartName="/{part}" ContentType="application/vnd.{kind}+xml"/></Types>'
    text = '<c:x xmlns:c="c" xmlns:a="a"><c:v>Til {</c:v><a:t>{ org.name }}</a:t></c:x>'
    path = changed(word("Brev", "Hei"), **{
        TYPES: lambda types: types.replace("</Types>", row), part: text.encode(),
    })  # fmt: skip
    with pytest.raises(FileFormatError) as error:
        load(path)
    assert f"has a field in {said}" in error.value.message
    changed(path, **{part: text.replace("{", "").encode()})
    assert load(path)


def test_what_is_filled_in_is_bound_to_nothing_that_word_writes_over_it_with(
    word: Callable[..., Path],
) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>{{ org.name }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    path = changed(word("Brev", "Hei"), **{DOCUMENT: in_body(control)})
    rendered = render_template(load(path), {"org": ORG})
    assert rendered.word is not None
    [xml] = [x for name, x in rendered.word.texts.items() if name == DOCUMENT]
    assert "Elvedal songlag" in xml and "dataBinding" not in xml and "<w:text" in xml


def test_a_template_of_words_own_kind_makes_documents(word: Callable[..., Path]) -> None:
    path = changed(word("Brev", "{{ org.name }}"), **{
        TYPES: lambda text: text.replace("document.main+xml", "template.main+xml"),
    })  # fmt: skip
    assert texts(path, org=ORG) == ["Brev", "Elvedal songlag"]


def test_a_document_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "mal.nb.docx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(FileFormatError, match="protected with a password"):
        load(path)


def test_what_is_no_word_document_is_refused(tmp_path: Path) -> None:
    for data in (b"{\\rtf1 hei}", b"%PDF-1.7", b"PK\x05\x06" + b"\0" * 18, b"hei"):
        path = tmp_path / "mal.nb.docx"
        path.write_bytes(data)
        with pytest.raises(FileFormatError):
            load(path)


def test_links_may_be_and_the_template_that_word_notes_is_left_out(
    word: Callable[..., Path],
) -> None:
    path = word("Brev", "Hei")
    changed(path, **{RELATIONS: relation("hyperlink", "https://a.example/")})
    settings = "word/_rels/settings.xml.rels"
    note = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/attachedTemplate" Target="file:///C:/Normal.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    changed(path, **{
        settings: note.encode(),
        "word/settings.xml": lambda text: re.sub(
            r"(<w:settings[^>]*>)", r'\1<w:attachedTemplate r:id="r1"/>', text, count=1
        ),
    })  # fmt: skip
    parts = load(path).word.parts
    assert b"Normal.dotm" not in parts[settings]
    assert b"attachedTemplate" not in parts["word/settings.xml"]
    assert b"https://a.example/" in parts[RELATIONS]

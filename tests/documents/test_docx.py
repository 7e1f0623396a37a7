"""Letters as Word documents, read back by python-docx and by LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from xml.dom.minidom import parseString

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.docx_text import address, clean
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.letter import Letter, Letterhead, Reference
from frivillig_cli.documents.picture import picture_of
from frivillig_cli.documents.tree import Block, Document, Inline
from frivillig_cli.documents.values import one_line

from .hostile import HOSTILE
from .pictures import JPEG, png
from .test_hostile_values import hostile_letter
from .test_letters import BODY, long_letter, paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def shape(data: bytes) -> list[str]:
    """The elements of the text, in order, but for the size of a long name's letters."""
    return re.findall(r"<(w:(?!rPr\b|sz)[\w:]+|r:\w+)", part(data))


@pytest.fixture
def everything(letter: Callable[..., Letter]) -> Letter:
    """A letter with every field that there is."""
    return letter(
        BODY,
        reference=Reference(
            date(2027, 2, 15), "2027/118-1", "E-7", date(2027, 1, 3), "Kari N.", "offl. § 13"
        ),
        attachments=("Program",),
        copies=("Idrettsrådet",),
    )


def test_word_finds_headings_lists_tables_and_links(everything: Letter) -> None:
    read = opened(letters_docx([everything]))
    styles = [(p.style.name, p.text) for p in read.paragraphs if p.text]
    assert styles[:3] == [
        ("Heading 1", "Brev"), ("Normal", "Hei, Elvedal songlag"), ("Heading 2", "Når"),
    ]  # fmt: skip
    assert ("List Bullet", "15.\u00a0mars eller les mer (kommune.example/mer)") in styles
    assert ("List Number", "punkt") in styles and ("Quote", "Sitat") in styles
    [table] = [t for t in read.tables if t.style.name == "Brevtabell"]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["Hva", "Når"], ["Kaffe", "kl.\u00a010"],
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert table.rows[1]._tr.trPr.find(f"{W}tblHeader") is None
    [link] = [link for p in read.paragraphs for link in p.hyperlinks]
    assert (link.text, link.url) == ("les mer", "https://kommune.example/mer")


def test_the_letterhead_has_all_that_the_pdf_has(everything: Letter) -> None:
    read = opened(letters_docx([everything]))
    head, below = read.tables[0].rows
    assert [c.text for c in dict.fromkeys(head.cells)] == [
        "", "Elvedal kommune\nFrivilligsentralen",
    ]  # fmt: skip
    address, references = dict.fromkeys(below.cells)
    assert address.text == "Elvedal songlag\nv/ Aud Kittilsen\nBruveien 2\n3400 Elvedal"
    [table] = references.tables
    said = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows]
    assert said == [
        ["Vår dato", "15. februar 2027"], ["Vår referanse", "2027/118-1"],
        ["Deres dato", "3. januar 2027"], ["Deres referanse", "E-7"],
        ["Vår saksbehandler", "Kari N."], ["Unntatt offentlighet", "offl. § 13"],
    ]  # fmt: skip
    foot = read.sections[0].first_page_footer
    assert [c.text.split("\n")[0] for c in foot.tables[0].rows[0].cells] == [
        "Postadresse", "Besøksadresse", "Telefon og e-post", "Nettsted og org.nr.",
    ]  # fmt: skip
    assert [p.text for p in read.paragraphs if p.text][-8:] == [
        "Med vennlig hilsen", "Kari Nordli", "koordinator",
        "Dokumentet er elektronisk godkjent og sendes uten signatur.",
        "Vedlegg", "Program", "Kopi til", "Idrettsrådet",
    ]  # fmt: skip
    [logo] = read.inline_shapes
    assert logo._inline.docPr.get("descr") == "Kommunevåpenet til Elvedal"
    assert 18.9 < logo.height.mm < 19.1 and 16 < logo.width.mm < 16.6  # 60 by 70, as it is drawn


@pytest.mark.parametrize(("language", "code"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_language_title_and_date_are_the_letters(
    everything: Letter, language: str, code: str
) -> None:
    made = everything._replace(document=everything.document._replace(language=language))
    read = opened(letters_docx([made]))
    properties = read.core_properties
    assert (properties.title, properties.author) == ("Brev", "Elvedal kommune")
    assert properties.language == code
    assert properties.created == properties.modified == datetime(2027, 2, 15, tzinfo=UTC)
    lang = next(read.styles.element.iter(f"{W}lang"))
    assert lang.get(f"{W}val") == code


def test_a_letter_in_another_language_than_the_first_says_so_in_each_run(
    everything: Letter,
) -> None:
    nynorsk = everything._replace(document=everything.document._replace(language="nn"))
    read = opened(letters_docx([everything, nynorsk]))
    said = [run._r.find(f"{W}rPr/{W}lang") for p in read.paragraphs for run in p.runs]
    half = len(said) // 2
    assert not any(one is not None for one in said[:half])
    assert {one.get(f"{W}val") for one in said[half:]} == {"nn-NO"}


def test_the_same_letters_give_the_same_bytes(everything: Letter) -> None:
    assert letters_docx([everything]) == letters_docx([everything])
    data = letters_docx([everything, everything])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {0}
    assert b"T00:00:00Z" in part(data, "docProps/core.xml").encode()


def test_merged_letters_have_a_page_each_and_share_what_is_alike(everything: Letter) -> None:
    data = letters_docx([everything] * 5)
    read = opened(data)
    assert len(read.sections) == 5
    starts = [s._sectPr.find(f"{W}pgNumType").get(f"{W}start") for s in read.sections]
    assert starts == ["1"] * 5
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert sum("header" in name for name in names) == 2  # the first sheet's, and the later ones'
    assert sum("media" in name for name in names) == 1
    numbers = re.findall(r'<wp:docPr id="(\d+)"', part(data))
    assert len(set(numbers)) == 5


def test_each_numbered_list_begins_anew(letter: Callable[..., Letter]) -> None:
    data = letters_docx([letter("1. en\n2. to\n\nmellom\n\n1. en\n\nmer\n\n7. sju\n8. åtte\n")])
    used = re.findall(r'<w:ilvl w:val="0"/><w:numId w:val="(\d+)"/>', part(data))
    assert used == ["2", "2", "3", "4", "4"]
    starts = re.findall(r'<w:startOverride w:val="(\d+)"/>', part(data, "word/numbering.xml"))
    assert starts == ["1", "1", "7"]


def test_hostile_values_leave_the_document_as_it_was(letter: Callable[..., Letter]) -> None:
    expected = shape(letters_docx([hostile_letter(letter(), "Songlag")]))
    for value in HOSTILE:
        data = letters_docx([hostile_letter(letter(), value)])
        assert shape(data) == expected, value[:60]
        for name in ("word/document.xml", "docProps/core.xml", "word/footer1.xml"):
            parseString(part(data, name).encode("utf-8"))
    shown = [value for value in map(one_line, HOSTILE) if 0 < len(value) < 5_000]
    blocks = tuple(paragraph(value) for value in shown)
    read = opened(letters_docx([letter()._replace(document=Document("Alt", "nb", blocks))]))
    texts = [p.text.replace("\u00a0", " ") for p in read.paragraphs]
    assert texts[1 : len(shown) + 1] == [value.replace("\u00a0", " ") for value in shown]


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_any_text_is_one_that_xml_takes(value: str) -> None:
    from xml.sax.saxutils import escape

    read = parseString(f"<a>{escape(clean(value))}</a>".encode())
    assert "".join(n.data for n in read.documentElement.childNodes) == clean(value)


def test_a_value_is_never_a_field(everything: Letter) -> None:
    value = 'INCLUDETEXT "C:\\\\x.txt"'
    data = letters_docx([hostile_letter(everything, value)])
    for name in ("word/document.xml", "word/footer1.xml", "word/header1.xml"):
        codes = re.findall(r'w:instr="([^"]*)"', part(data, name))
        assert set(codes) <= {" PAGE ", " NUMPAGES "} and "instrText" not in part(data, name)


@pytest.mark.parametrize(
    ("target", "made"),
    [
        ("https://a.example/å?b=c&d", "https://a.example/%C3%A5?b=c&d"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%C3%A5{x}|", "https://a.example/%C3%A5%7Bx%7D%7C"),
        ("mailto:post@a.example", "mailto:post@a.example"),
        ("https://", ""),
        ("https://[x", ""),
        ("https://a.example:70000/", ""),
        ("https://a.example/#a#b", ""),
        ("https://a.example/" + "x" * 2_000, ""),
    ],
)
def test_a_link_that_word_would_call_damage_is_text(
    letter: Callable[..., Letter], target: str, made: str
) -> None:
    assert address(target) == made
    link = Inline("link", target=target, children=(Inline("text", "her"),))
    document = Document("Brev", "nb", (Block("paragraph", children=(link,)),))
    data = letters_docx([letter()._replace(document=document)])
    assert ("TargetMode" in part(data, "word/_rels/document.xml.rels")) == bool(made)
    assert "her" in opened(data).paragraphs[1].text


def test_pictures_keep_their_shape_and_a_damaged_one_is_said(
    letter: Callable[..., Letter],
) -> None:
    def with_picture(data: bytes) -> bytes:
        image = Inline("image", picture=picture_of(data, "En elv"))
        document = Document("Brev", "nb", (Block("paragraph", children=(image,)),))
        one = letter()._replace(document=document, letterhead=Letterhead("Elvedal"))
        return letters_docx([one])

    large = png(800, 400)
    [shown] = opened(with_picture(large)).inline_shapes
    assert (round(shown.width.mm), round(shown.height.mm)) == (160, 80)
    assert shown._inline.docPr.get("descr") == "En elv"
    [shown] = opened(with_picture(JPEG)).inline_shapes
    assert (round(shown.width.pt), round(shown.height.pt)) == (
        12,
        6,
    )  # its own size, 96 to the inch
    [shown] = opened(with_picture(png(40_000, 1))).inline_shapes
    assert round(shown.width.mm) == 160
    assert shown.height > 0
    no_size = large[:16] + b"\0" * 8 + large[24:]
    for data in (large[:20], JPEG[:9], large[:-20], JPEG[:250], no_size, b"<svg><broken"):
        with pytest.raises(TemplateError, match="En elv"):
            with_picture(data)


def test_a_letter_with_nothing_around_it_is_a_document_too(letter: Callable[..., Letter]) -> None:
    bare = Letter(Document("Brev", "nb", ()), Letterhead("Elvedal kommune"), approved=False)
    read = opened(letters_docx([bare]))
    assert [p.text for p in read.paragraphs if p.text] == ["Brev"]
    assert "Vedlegg" not in part(letters_docx([bare]))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_libreoffice_shows_what_a_reader_shall_see(
    everything: Letter,
    as_pdf: Callable[[bytes], bytes],
    poppler: Callable[..., str],
    language: str,
) -> None:
    """One conversion for each language: a usual letter, a long one, and a usual one."""
    one = everything._replace(document=everything.document._replace(language=language))
    long = long_letter(one)
    pdf = as_pdf(letters_docx([one, long, one._replace(draft=True)]))
    window = ["-x", "15", "-y", "44", "-W", "95", "-H", "26", "-r", "25.4", "-l", "1"]
    shown = [line for line in poppler("pdftotext", pdf, *window).split("\n") if line.strip("\f")]
    assert shown == ["Elvedal songlag", "v/ Aud Kittilsen", "Bruveien 2", "3400 Elvedal"]
    text = re.sub(r"\s+", " ", poppler("pdftotext", pdf, "-raw"))
    words = {
        "nb": ["Vår saksbehandler", "Unntatt offentlighet", "Med vennlig hilsen"],
        "nn": ["Vår saksbehandlar", "Unnateke offentlegheit", "Med venleg helsing"],
    }[language]
    at = -1
    for wanted in (
        "Elvedal kommune", "Elvedal songlag", *words[:2], "Brev", "Hei, Elvedal songlag", "Når",
        "les mer (kommune.example/mer)", "Kaffe", words[2], "Kari Nordli", "Vedlegg", "Program",
        "Kopi til", "Idrettsrådet",
    ):  # fmt: skip
        found = text.find(wanted, at + 1)
        assert found > at, (wanted, text[:1500])
        at = found
    pages = [re.search(r"Side (\d) av (\d)", p) for p in poppler("pdftotext", pdf).split("\f")[:-1]]
    numbers = [(int(n[1]), int(n[2])) for n in pages if n]
    total = len(pages) - 2
    assert total >= 3
    assert numbers == [(1, 1), *((n, total) for n in range(1, total + 1)), (1, 1)]
    # all of the long letter is there, and within the sheet
    boxes = poppler("pdftotext", pdf, "-bbox")
    assert all(f">{n}.<" in boxes for n in range(20))
    for right in re.findall(r'xMax="([\d.]+)"', boxes):
        assert float(right) < (210 - 20) / 25.4 * 72


def test_the_last_words_of_a_title_of_two_lines_stand_together(
    letter: Callable[..., Letter],
) -> None:
    def title(said: str) -> str:
        one = letter()
        made = part(letters_docx([one._replace(document=one.document._replace(title=said))]))
        return re.findall(r'w:val="Heading1"/>.*?<w:t [^>]*>([^<]*)</w:t>', made)[0]

    name = "Beredskapsavtale mellom Elvdal kommune og Elvdal"
    assert title(f"{name} sanitetsforening") == f"{name}\u00a0sanitetsforening"
    assert title("Åpen dag for alle") == "Åpen dag for alle"
    long = "Samarbeid om " + "svært" * 8 + " " + "lange" * 8
    assert title(long) == long
    assert title("x" * 80) == "x" * 80


def test_a_heading_has_no_room_for_two_below_a_table(letter: Callable[..., Letter]) -> None:
    table = "| A | B |\n|---|---|\n| a | b |\n\n"
    made = part(letters_docx([letter(f"{table}## Om\n\n{table}{table}Hei")]))
    high = re.findall(r'w:val="AfterTable"/>(?:<w:keepNext/>)?<w:spacing w:line="(\d+)"', made)
    assert high == ["40", "180", "180"]


def test_the_references_stand_straight_in_any_font(
    everything: Letter, as_pdf: Callable[[bytes], bytes], poppler: Callable[..., str]
) -> None:
    data = letters_docx([everything])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/styles.xml"] = files["word/styles.xml"].replace(b"Calibri", b"DejaVu Sans Mono")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    words = poppler("pdftotext", as_pdf(out.getvalue()), "-bbox")
    values = ("15.", "2027/118-1", "3.", "E-7", "Kari", "offl.")
    lefts = [re.search(f'xMin="([0-9.]+)"[^>]*>{re.escape(v)}', words) for v in values]
    assert len({round(float(found[1])) for found in lefts if found}) == 1 and all(lefts)

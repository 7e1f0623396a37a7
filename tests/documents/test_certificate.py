"""Certificates: a lying sheet to hang up, in every format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter, Letterhead, Reference
from frivillig_cli.documents.pdf import letter_pdf, write_letters_merged
from frivillig_cli.documents.template import SHIPPED, load_template, render_template
from frivillig_cli.documents.text import letter_text

LONG = " ".join(["Anne-Margrethe", "Kristine", "Alexandra", "Wilhelmsen-Østgård", "Brekkhus",
                 "Sørensen", "van der Bijl", "Hjelmeland", "Thorvaldsen-Åsgårdstrand"])  # fmt: skip


@pytest.fixture
def certificate(letterhead: Letterhead) -> Callable[..., Letter]:
    def make(name: str = "Astrid Bakken", language: str = "nb", **more: object) -> Letter:
        fields = {
            "volunteer": {"name": name, "intro_course_completed": date(2027, 2, 11)},
            "municipality": {"name": "Elvedal kommune"},
        }
        rendered = render_template(load_template(SHIPPED / f"kursbevis.{language}.md"), fields)
        assert rendered.layout == "certificate"
        given = {
            "letterhead": letterhead._replace(city="Elvedal"),
            "recipient": ("Astrid Bakken", "Bruveien 2"), "signed_by": "Kari Nordli",
            "signed_title": "koordinator", "approved": False, "layout": rendered.layout,
            "reference": Reference(date=date(2027, 2, 15), ours="2027/118"),
        }  # fmt: skip
        return Letter(document=rendered.document, **{**given, **more})

    return make


WORDS = {
    "nb": ["Vi bekrefter at", "Kurset handlet om", "Elvedal, 15. februar 2027", "Sted og dato"],
    "nn": ["Vi stadfestar at", "Kurset handla om", "Elvedal, 15. februar 2027", "Stad og dato"],
}


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", ["Astrid Bakken", (LONG + " " + "Å" * 20)[:120], "Å" * 120])
def test_it_is_one_lying_sheet_with_a_name_and_two_lines(
    certificate: Callable[..., Letter], poppler: Callable[..., str], language: str, name: str
) -> None:
    pdf = letter_pdf(certificate(name, language))
    info = poppler("pdfinfo", pdf)
    assert re.search(r"Pages: +1\n", info)
    assert re.search(r"Page size: +841\.\d+ x 595\.\d+ pts", info)
    text = re.sub(r"[\s\u200b]+", " ", poppler("pdftotext", pdf, "-raw"))
    at = -1
    shown = " ".join(name.split()[:1]) if " " in name else name[:8]
    words = WORDS[language]
    for wanted in ("Elvedal kommune", "Kursbevis", words[0], shown, *words[1:], "Kari Nordli"):
        found = text.find(wanted, at + 1)
        assert found > at, (wanted, text)
        at = found
    assert "Bruveien" not in text and "elektronisk" not in text and "hilsen" not in text
    for right in re.findall(r'xMax="([\d.]+)"', poppler("pdftotext", pdf, "-bbox")):
        assert float(right) < (297 - 15) / 25.4 * 72


def test_the_name_is_the_largest_and_smaller_the_longer_it_is(
    certificate: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    def height(name: str) -> float:
        boxes = poppler("pdftotext", letter_pdf(certificate(name)), "-bbox")
        box = re.search(rf'yMin="([\d.]+)" \S+ yMax="([\d.]+)">{name.split()[0]}<', boxes)
        assert box
        return float(box[2]) - float(box[1])

    short, long = height("Astrid Bakken"), height(LONG)
    assert short > 1.7 * long > 1.7 * 17


def test_verapdf_finds_no_fault_in_certificates(
    certificate: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    letters = [
        certificate(), certificate(LONG, "nn"), certificate("Å" * 120, draft=True),
        certificate(letterhead=Letterhead("Elvedal kommune"), signed_by="", signed_title=""),
        certificate(attachments=("Program",), copies=("Kari",)),
    ]  # fmt: skip
    files = [*map(letter_pdf, letters), *write_letters_merged(letters)]
    found = verapdf(*files)
    assert found.count("compliant=true") == 2 * len(files), found


def test_certificates_and_letters_may_lie_in_one_file(
    certificate: Callable[..., Letter], letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    (pdf,) = write_letters_merged([certificate(), letter(), certificate(language="nn")])
    sizes = re.findall(r"Page +\d+ size: +(\d+)", poppler("pdfinfo", pdf, "-l", "9"))
    assert sizes == ["841", "595", "841"]


def test_the_page_has_one_heading_and_no_address(certificate: Callable[..., Letter]) -> None:
    page = letters_html([certificate("A & <b>B</b>")])
    assert page.count("<h1>") == 1 and "<address>" not in page and "<dl>" not in page
    assert '<p class="whose">A &amp; &lt;b&gt;B&lt;/b&gt;</p>' in page
    assert '<p class="whose long">' in letters_html([certificate(LONG)])
    assert 'class="certificate"' in page and page.count("<li>") == 4
    assert "Vår referanse 2027/118" in page


def test_a_page_of_both_keeps_each_as_it_is(
    certificate: Callable[..., Letter], letter: Callable[..., Letter]
) -> None:
    page = letters_html([letter(), certificate()])
    assert page.count("<article") == 2 and page.count("<address>") == 1


def test_the_text_ends_with_the_lines_to_sign(certificate: Callable[..., Letter]) -> None:
    line = "_" * 40
    assert letter_text(certificate()).endswith(
        f"Elvedal, 15. februar 2027\n{line}\nSted og dato\n\n"
        f"{line}\nKari Nordli\nkoordinator\n\nVår referanse 2027/118\n"
    )
    nobody = certificate(signed_by="", signed_title="", letterhead=Letterhead("Elvedal kommune"))
    assert f"15. februar 2027\n{line}\nDato\n\n{line}\nUnderskrift\n" in letter_text(nobody)


def test_word_has_a_lying_sheet_and_a_large_name(certificate: Callable[..., Letter]) -> None:
    def body(one: Letter) -> str:
        packed = zipfile.ZipFile(io.BytesIO(letters_docx([one])))
        return packed.read("word/document.xml").decode("utf-8")

    xml = body(certificate())
    assert 'w:orient="landscape"' in xml and "w:pgBorders" in xml
    assert re.search(r'<w:sz w:val="72"/><w:szCs w:val="72"/></w:rPr><w:t [^>]*>Astrid Bakken', xml)
    assert 'w:val="38"' in body(certificate(LONG)) or 'w:val="34"' in body(certificate(LONG))
    assert xml.count('w:val="ListBullet"') == 4 and xml.count('w:val="Heading1"') == 1


def test_word_sets_the_title_as_the_pdf_does_and_fills_the_sheet_where_there_is_room(
    certificate: Callable[..., Letter],
) -> None:
    def body(one: Letter) -> str:
        packed = zipfile.ZipFile(io.BytesIO(letters_docx([one])))
        return packed.read("word/document.xml").decode("utf-8")

    bare = certificate()._replace(letterhead=Letterhead("Elvedal kommune"))
    runs = re.findall(r"<w:r><w:rPr>((?:(?!</w:rPr>).)*)</w:rPr><w:t", body(bare))
    kind, of = [run for run in runs if '<w:color w:val="1D3B53"/>' in run]
    assert 'w:sz w:val="64"' in kind and "w:b " not in kind and '<w:b w:val="0"/>' in of
    above = [int(n) for n in re.findall(r'w:spacing w:before="(\d+)"', body(bare))]
    many = bare._replace(document=bare.document._replace(blocks=bare.document.blocks * 2))
    for full in (certificate(), many):
        assert max(above) > max(map(int, re.findall(r'w:spacing w:before="(\d+)"', body(full))))


def test_libreoffice_shows_a_sheet_for_each(
    certificate: Callable[..., Letter],
    letter: Callable[..., Letter],
    as_pdf: Callable[[bytes], bytes],
    poppler: Callable[..., str],
) -> None:
    pdf = as_pdf(letters_docx([certificate(LONG), letter(), certificate(language="nn")]))
    sizes = re.findall(r"Page +\d+ size: +(\d+)", poppler("pdfinfo", pdf, "-l", "9"))
    assert sizes == ["841", "595", "841"]
    text = poppler("pdftotext", pdf, "-l", "1")
    assert all(word in text for word in [*WORDS["nb"], "Kari Nordli", "Thorvaldsen-Åsgårdstrand"])


def test_a_layout_that_is_unknown_is_refused_with_its_line(
    write_template: Callable[..., object],
) -> None:
    path = write_template("Hei", "title: A\nlanguage: nb\nlayout: diploma\n")
    with pytest.raises(TemplateError) as error:
        load_template(path)
    assert error.value.line == 4 and "letter, certificate" in error.value.hint

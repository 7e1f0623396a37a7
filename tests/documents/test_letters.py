"""Letters in all formats, read back by others' tools."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frivillig_cli.documents.columns import columns
from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.fields import examples
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.label_sheets import SHEETS, Labels, labels_pdf
from frivillig_cli.documents.letter import Letter, Letterhead, Reference
from frivillig_cli.documents.pdf import (
    letter_pdf,
    write_letters_merged,
)
from frivillig_cli.documents.template import (
    SHIPPED,
    find_templates,
    load_template,
    render_template,
)
from frivillig_cli.documents.text import document_text, letter_text
from frivillig_cli.documents.tree import Block, Document, Inline
from frivillig_cli.documents.volumes import LETTERS_IN_VOLUME

BODY = """Hei, {{ org.name }}

## Når

- **15. mars** *eller* [les mer](https://kommune.example/mer)
  1. punkt

| Hva | Når |
| --- | --: |
| Kaffe | kl. 10 |

> Sitat

---
"""


def paragraph(text: str) -> Block:
    return Block("paragraph", children=(Inline("text", text),))


def long_letter(letter: Letter) -> Letter:
    """Three pages and more, a name of 120 characters without a space, an address of 12 lines."""
    name = "Å" * 120
    text = tuple(
        paragraph(f"Avsnitt {n}. " + "En setning om frivillighet. " * 18) for n in range(20)
    )
    return letter._replace(
        document=Document(name, "nn", text),
        recipient=(name, *(f"Linje {n}" for n in range(2, 13))),
        reference=Reference(
            date(2027, 9, 23), "x" * 60, name, date(2027, 9, 1), name, "offl. § 13, jf. fvl. § 13"
        ),
        signed_by=name,
        signed_title=name,
        attachments=(name, "Program"),
        copies=(name,),
        letterhead=letter.letterhead._replace(name=name, unit=name, email=f"{name}@lag.example"),
    )


def test_a_letter_holds_its_parts_in_the_order_of_public_letters(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    made = letter(BODY, attachments=("Program",), copies=("Idrettsrådet",))
    parts = [
        "Elvedal kommune", "Elvedal songlag", "3400 Elvedal", "Vår dato", "15. februar 2027",
        "Vår referanse", "2027/118-1", "Brev", "Hei, Elvedal songlag", "Når",
        "les mer (kommune.example/mer)", "Kaffe", "Med vennlig hilsen", "Kari Nordli",
        "koordinator", "elektronisk godkjent", "Vedlegg", "Program", "Kopi til", "Idrettsrådet",
    ]  # fmt: skip
    text = re.sub(r"\s+", " ", poppler("pdftotext", letter_pdf(made), "-raw"))
    at = -1
    for part in parts:
        found = text.find(part, at + 1)
        assert found > at, (part, text)
        at = found
    for foot in ("Postboks 12", "32 22 01 00", "310 000 003", "Side 1 av 1"):
        assert foot in text


def test_labels_follow_the_letters_language(letter: Callable[..., Letter]) -> None:
    made = letter()._replace(document=Document("Brev", "nn", ()), draft=True)
    for shown in (letter_text(made), letters_html([made])):
        for word in ("Vår saksbehandlar", "Med venleg helsing", "blir sendt utan signatur"):
            assert word in shown
    assert "FØREHANDSVISNING" in letter_text(made)


FIELDS = {
    "nb": ["Vår dato", "Vår referanse", "Deres dato", "Deres referanse", "Vår saksbehandler",
           "Unntatt offentlighet", "Postadresse", "Besøksadresse", "Telefon og e-post",
           "Nettsted og org.nr.", "Med vennlig hilsen", "Vedlegg", "Kopi til",
           "3. januar 2027"],
    "nn": ["Vår dato", "Vår referanse", "Dykkar dato", "Dykkar referanse", "Vår saksbehandlar",
           "Unnateke offentlegheit", "Postadresse", "Besøksadresse", "Telefon og e-post",
           "Nettstad og org.nr.", "Med venleg helsing", "Vedlegg", "Kopi til",
           "3. januar 2027"],
}  # fmt: skip
VALUES = [
    "Elvedal kommune", "Frivilligsentralen", "Bruveien 2", "15. februar 2027", "2027/118-1", "E-7",
    "Kari N.", "offl. § 13", "Postboks 12", "Storgata 1", "32 22 01 00",
    "post@elvedal.kommune.example", "elvedal.kommune.example", "310 000 003", "Kari Nordli",
    "koordinator", "elektronisk godkjent", "Program", "Idrettsrådet",
]  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("form", ["pdf", "html", "txt", "docx"])
def test_every_field_of_the_letterhead_reaches_every_format(
    letter: Callable[..., Letter], poppler: Callable[..., str], form: str, language: str
) -> None:
    made = letter(
        reference=Reference(
            date(2027, 2, 15), "2027/118-1", "E-7", date(2027, 1, 3), "Kari N.", "offl. § 13"
        ),
        attachments=("Program",),
        copies=("Idrettsrådet",),
    )
    made = made._replace(document=made.document._replace(language=language))
    text = shown_in(form, made, poppler)
    for field in [*FIELDS[language], *VALUES]:
        assert field in text, field
    one = shown_in(form, made._replace(to_one=True), poppler)
    for label in ("Din dato", "Din referanse"):
        assert label in one and label not in text
    assert "Dykkar" not in one and "Deres" not in one


def shown_in(form: str, letter: Letter, poppler: Callable[..., str]) -> str:
    """What a reader reads of the letter, with spaces where lines end."""
    if form == "pdf":
        text = poppler("pdftotext", letter_pdf(letter), "-raw")
    elif form == "docx":
        with zipfile.ZipFile(io.BytesIO(letters_docx([letter]))) as archive:
            parts = [n for n in archive.namelist() if re.search(r"word/(doc|foot|head)", n)]
            xml = "".join(archive.read(n).decode("utf-8") for n in parts)
        text = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>", " ", xml))
    else:
        text = letters_html([letter]) if form == "html" else letter_text(letter)
        text = re.sub(r"<[^>]+>", " ", text)
    return re.sub(r"\s+", " ", text)


def test_a_pdf_is_tagged_titled_and_has_its_fonts(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    pdf = letter_pdf(letter(BODY))
    info = poppler("pdfinfo", pdf)
    assert re.search(r"Title:\s+Brev\n", info) and re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Author:\s+Elvedal kommune", info) and "A4" in info
    assert b"/Lang(nb-NO)" in pdf
    fonts = poppler("pdffonts", pdf).splitlines()[2:]
    assert fonts and all(re.search(r"SourceSans3.* yes yes yes", font) for font in fonts)
    structure = poppler("pdfinfo", pdf, "-struct")
    for tag in ("H1", "H2", "L ", "LI", "Table", "TH", "TD", "Link", "Figure"):
        assert re.search(rf"^\s*{tag}", structure, re.MULTILINE), tag


def test_the_same_letter_gives_the_same_bytes(letter: Callable[..., Letter]) -> None:
    one = letter(BODY)
    first = letter_pdf(one)
    letter_pdf(letter("annet"))
    assert letter_pdf(one) == first
    assert letters_html([one]) == letters_html([letter(BODY)])


def test_ugly_input_fits_on_the_sheet(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    """Every word stands within the sheet, and none of the text is lost."""
    boxes = poppler("pdftotext", letter_pdf(long_letter(letter())), "-bbox")
    words = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)"', boxes)
    assert len(words) > 1_000
    for left, top, right, bottom in words:
        assert float(left) > 25 / 25.4 * 72 - 2 and float(right) < (210 - 20) / 25.4 * 72
        assert float(top) > 0 and float(bottom) < 297 / 25.4 * 72 - 10
    assert all(f">{n}.<" in boxes for n in range(20))


def test_the_address_stands_in_the_window_and_nothing_else(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    """What windows of C5, C6/5 and E6/5 have in common: 15–110 mm across, 44–70 mm down."""
    window = ["-x", "15", "-y", "44", "-W", "95", "-H", "26", "-r", "25.4"]
    text = poppler("pdftotext", letter_pdf(letter()), *window).split("\n")
    assert [line for line in text if line.strip("\f")] == [
        "Elvedal songlag", "v/ Aud Kittilsen", "Bruveien 2", "3400 Elvedal",
    ]  # fmt: skip
    widest = ["-x", "15", "-y", "39", "-W", "105", "-H", "41", "-r", "25.4"]
    assert "Vår" not in poppler("pdftotext", letter_pdf(letter()), *widest)


def test_pages_are_numbered_letter_by_letter_in_a_merged_file(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    long = long_letter(letter())
    [pdf] = write_letters_merged([letter(), long, letter()])
    pages = poppler("pdftotext", pdf).split("\f")[:-1]
    numbers = [re.search(r"Side (\d) av (\d)", page) for page in pages]
    shown = [(int(n[1]), int(n[2])) for n in numbers if n]
    total = len(pages) - 2
    assert shown == [(1, 1), *((n, total) for n in range(1, total + 1)), (1, 1)] and total >= 3
    assert "Elvedal songlag" in pages[-1]


def test_the_running_header_stands_on_later_pages_only(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    """Read from the band above the text: 13 to 20 mm down, from the middle to the right edge."""
    text = tuple(paragraph("En setning om frivillighet. " * 18) for _n in range(16))
    long = letter()._replace(document=Document("Langt brev", "nb", text))
    [pdf] = write_letters_merged([letter(), long, letter(), long, letter()])
    band = ["-x", "105", "-y", "13", "-W", "105", "-H", "7", "-r", "25.4", "-layout"]
    heads = [page.strip() for page in poppler("pdftotext", pdf, *band).split("\f")[:-1]]
    date = "15. februar 2027"
    assert heads == ["", "", date, date, "", "", date, date, ""]


def test_many_letters_come_in_volumes(letter: Callable[..., Letter]) -> None:
    volumes = list(write_letters_merged([letter()] * (LETTERS_IN_VOLUME + 1)))
    assert [volume[:5] for volume in volumes] == [b"%PDF-"] * 2
    assert len(volumes[1]) < len(volumes[0])


def test_the_name_is_never_alone_on_a_page(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    for n in range(24, 34):
        document = Document("Brev", "nb", tuple(paragraph(f"Avsnitt {i}.") for i in range(n)))
        pages = poppler("pdftotext", letter_pdf(letter()._replace(document=document))).split("\f")
        with_name = next(page for page in pages if "Med vennlig hilsen" in page)
        assert f"Avsnitt {n - 1}." in with_name


def test_html_is_whole_in_itself_and_runs_nothing(letter: Callable[..., Letter]) -> None:
    page = letters_html([letter(BODY)])
    assert '<html lang="nb">' in page and "<h1>Brev</h1>" in page and '<th scope="col">' in page
    assert not re.search(r"<script|<link|src=\"(?!data:)|url\(|@import", page)
    assert "default-src 'none'" in page and "Security" not in letters_html([letter()], mailed=True)
    assert "prefers" not in page and "light dark" in page


def test_several_letters_on_one_page_have_one_main(letter: Callable[..., Letter]) -> None:
    page = letters_html([letter(), letter()._replace(document=Document("To", "nn", ()))])
    assert page.count("<main>") == 1 and page.count("<article lang=") == 2
    assert '<article lang="nn">' in page


def test_text_is_wrapped_and_keeps_links_and_tables(letter: Callable[..., Letter]) -> None:
    text = letter_text(letter(BODY + "\n" + "ord " * 200))
    assert max(map(len, text.splitlines())) <= 72
    assert "les mer (https://kommune.example/mer)" in text
    assert re.search(r"^Hva\s+Når$", text, re.MULTILINE) and "  1. punkt" in text
    assert "Med vennlig hilsen\n\nKari Nordli\nkoordinator" in document_text(letter())


def test_the_text_of_an_email_says_what_stands_below_a_letter(
    letter: Callable[..., Letter],
) -> None:
    one = letter()._replace(attachments=("Program",), copies=("Kulturkontoret",), approved=True)
    text = document_text(one)
    assert "Vedlegg:\n- Program" in text and "Kopi til:\n- Kulturkontoret" in text
    assert "elektronisk godkjent" in text and "Postadresse: " in text
    assert letter_text(one).endswith(text.partition("Med vennlig hilsen")[2])


def test_a_wide_table_becomes_a_list_in_text(letter: Callable[..., Letter]) -> None:
    body = f"| A | B |\n|---|---|\n| {'a ' * 30} | {'b ' * 30} |\n"
    text = letter_text(letter(body))
    assert "- A: a a" in text and "  B: b b" in text


def test_empty_fields_leave_no_label_behind(letter: Callable[..., Letter]) -> None:
    bare = Letter(Document("Brev", "nb", ()), Letterhead("Elvedal kommune"), approved=False)
    assert letter_pdf(bare).startswith(b"%PDF-")
    assert letter_text(bare) == "Elvedal kommune\n\nBrev\n====\n"
    for word in ("<dt>", "<dl>", "hilsen", "Vedlegg"):
        assert word not in letters_html([bare])


@pytest.mark.parametrize(
    ("lacking", "labels"),
    [
        ({}, ["Telefon og e-post", "Nettsted og org.nr."]),
        ({"orgnr": "", "email": ""}, ["Telefon", "Nettsted"]),
        ({"website": "", "phone": ""}, ["E-post", "Org.nr."]),
        ({"website": "", "orgnr": "", "phone": "", "email": ""}, []),
    ],
)
def test_labels_of_the_foot_name_only_what_is_there(
    letter: Callable[..., Letter], lacking: dict[str, str], labels: list[str]
) -> None:
    one = letter()
    page = letters_html([one._replace(letterhead=one.letterhead._replace(**lacking))])
    found = re.findall(r'<p class="label">(.*?)</p>', page)
    assert found == ["Postadresse", "Besøksadresse", *labels]


def test_columns_share_the_width_by_what_they_hold() -> None:
    from frivillig_cli.documents.tree import Cell

    def cell(n: int) -> Cell:
        return Cell((Inline("text", "x" * n),))

    assert columns([(cell(1), cell(20), cell(500))]).shares == [10, 24, 44]


@pytest.mark.parametrize("lines", [20, 24, 28, 32])
def test_what_is_signed_by_hand_is_signed_on_one_page(
    letter: Callable[..., Letter], poppler: Callable[..., str], lines: int
) -> None:
    names = [f"For part {n}" for n in range(3)]
    signing = "\n\n".join(f"### {name}\n\nSted og dato: ____" for name in names)
    body = "## Om\n\n" + "Vi er enige.\n\n" * lines + f"## Underskrifter\n\n{signing}\n"
    pages = poppler("pdftotext", letter_pdf(letter(body, approved=False))).split("\f")
    assert all(name in next(page for page in pages if names[0] in page) for name in names)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_verapdf_finds_no_fault_in_letters(
    letter: Callable[..., Letter], verapdf: Callable[..., str], language: str
) -> None:
    one = letter(BODY, attachments=("Program",))
    one = one._replace(document=one.document._replace(language=language))
    merged = list(write_letters_merged([one, long_letter(one)] * 10))
    files = [letter_pdf(one), letter_pdf(long_letter(one)._replace(draft=True)), *merged]
    found = verapdf(*files)
    assert found.count("compliant=true") == 2 * len(files), found


def test_verapdf_finds_no_fault_in_what_is_shipped(
    letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    """Each template in both languages, filled in with the fields' examples; and labels."""
    made = []
    for template in map(load_template, find_templates((SHIPPED,))):
        document = render_template(template, examples(template.recipients)).document
        made.append(letter_pdf(letter()._replace(document=document)))
    assert len(made) >= 22
    for sheet in SHEETS.values():
        made.append(labels_pdf(Labels(sheet, [["Elvedal songlag", "3400 Elvedal"]], "x"), "nn"))
    found = verapdf(*made)
    assert found.count("compliant=true") == 2 * len(made), found


def test_data_reach_the_layout_as_they_are() -> None:
    from frivillig_cli.documents.typeset import _source

    data: dict[str, Any] = {"a": '\\")) #panic("x") \\u0022 \n"'}
    source = _source("letter", data).decode("ascii")
    assert source.count('"') - source.count('\\"') == 4


def test_a_temporary_folder_that_is_full_is_said_in_words(
    letter: Callable[..., Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    from frivillig_cli.documents.errors import DocumentError
    from frivillig_cli.documents.typeset import typesetter

    def full(**_options: Any) -> None:
        raise OSError(28, "No space left on device")

    typesetter.cache_clear()
    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    with pytest.raises(DocumentError) as error:
        letter_pdf(letter())
    assert "disken er full" in error.value.message and error.value.hint
    plain = letter(letterhead=letter().letterhead._replace(logo=None))
    assert letter_pdf(plain).startswith(b"%PDF")  # it needs no room of its own


def test_a_long_word_that_is_broken_in_a_table_has_no_character_more(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    mail = "post@sollia-historielag-og-venner.elvedal.example"
    row = f"| a | {mail} | b | Omsorgsberedskapsgruppen |"
    table = f"| Lag | Nett | Mer | Enda mer |\n|---|---|---|---|\n{row}\n"
    text = poppler("pdftotext", letter_pdf(letter(table)), "-raw")
    assert "\u200b" not in text
    assert mail in text.replace("\n", "") and len([w for w in text.split() if w in mail]) > 1

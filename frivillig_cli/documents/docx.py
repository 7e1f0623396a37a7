"""Letters as Word documents, for those who work on in Word: the same letter as the PDF.

The letterhead and the recipient stand in the text, not in Word's header, so that they are read
aloud; the page begins high enough on its first sheet for them, and the header of later sheets
pushes their text down. All measures are of an A4 sheet, as in layouts/letter.typ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.documents import labels
from frivillig_cli.documents.docx_certificate import certificate_body, certificate_section
from frivillig_cli.documents.docx_package import Package, Properties
from frivillig_cli.documents.docx_text import TEXT_WIDTH, THIN, Look, Writer, clean, paragraph
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.pdf import FEW_BELOW
from frivillig_cli.documents.raster import raster
from frivillig_cli.documents.together import NO_BREAK, held

_MM = 56.7  # twentieths of a point
_META_LEFT = round(96 * _MM)  # right of the widest window
_HEAD_HEIGHT, _ADDRESS_HEIGHT = round(32 * _MM), round(41 * _MM)
_LOGO, _WIDEST_LOGO, _BESIDE = round(19 * _MM), round(70 * _MM), round(5 * _MM)
_APART = round(8 * _MM)  # from the references to the title, at the least
_ON_A_LINE = 55  # characters of a title
_LABELS = round(33 * _MM)  # of the references, and what is left for their values
_VALUES = TEXT_WIDTH - _META_LEFT - _LABELS
_QUIET = Look("ReferenceLabel")


@dataclass(frozen=True)
class Around:
    """What stands around a letter's text, written: the top, the end, the foot; and the date."""

    top: str
    ending: str
    foot: str
    date: str


def around(writer: Writer, letter: Letter) -> Around:
    """What stands around this letter, in the language spoken now."""
    rows = labels.reference_rows(letter)
    columns = labels.address_columns(letter.letterhead)
    return Around(
        top=_top(writer, letter, rows),
        ending=_ending(writer, letter),
        foot=addresses(writer, columns) if columns else "",
        date=rows[0][1] if letter.reference.date else "",
    )


def letters_docx(
    letters: Sequence[Letter],
    beside: Callable[[Writer, Letter], Around] = around,
    *,
    category: str = "",
    description: str = "",
) -> bytes:
    """Letters in one .docx, each on a page and with page numbers of its own.

    The same letters give the same bytes.
    `beside` says what stands around each; `category` and `description` are for File > Info.
    """
    first, package = letters[0], Package()
    parts = [
        _letter(package, letter, first.language, beside, (n, len(letters)))
        for n, letter in enumerate(letters, 1)
    ]
    properties = Properties(
        clean(first.document.title), clean(first.letterhead.name), first.language,
        first.reference.date, category, description,
    )  # fmt: skip
    with in_language(first.language):
        return package.packed("".join(parts), properties)


def _letter(
    package: Package,
    letter: Letter,
    of_document: str,
    beside: Callable[[Writer, Letter], Around],
    place: tuple[int, int],
) -> str:
    """One letter; `place` is its number, and of how many."""
    with in_language(letter.language):
        writer = Writer(package, letter.language, of_document)
        if letter.layout == "certificate":
            body = certificate_body(writer, letter)
            mark = _watermark(labels.watermark(letter))
            return _placed(body, certificate_section(writer, letter, mark), place)
        blocks = letter.document.blocks
        stands = beside(writer, letter)
        parts = [
            stands.top,
            paragraph(writer.run(_title(letter.document.title)), "Heading1"),
            writer.blocks(blocks, keep_last=bool(stands.ending), together=letter.together),
            stands.ending,
        ]
        total = "NUMPAGES" if place == (1, 1) else f"PAGEREF {_end(place[0])}"
        section = _section(writer, letter, stands, total)
    return _placed("".join(parts), section, place)


def _title(title: str) -> str:
    """A title that takes two lines leaves no short word alone on the last of them."""
    before, _space, last = held(title).rpartition(" ")
    long = len(title) > _ON_A_LINE and len(f"{before} {last}".split(" ")[-2]) + len(last) < 40
    return (f"{before}{NO_BREAK}{last}" if before and long else held(title)) or "–"


def _placed(body: str, section: str, place: tuple[int, int]) -> str:
    """A letter with its sheet after it, as Word wants it: within, but for the last one."""
    if place == (1, 1):
        return body + section
    number, last = place[0], place[0] == place[1]
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{_end(number)}"/>'
    mark += f'<w:bookmarkEnd w:id="{number}"/>'
    return body + paragraph(mark, "", THIN + ("" if last else section)) + (
        section if last else "")  # fmt: skip


def _end(number: int) -> str:
    """The bookmark at the end of a letter: its page is how many there are of it.

    Word has SECTIONPAGES for that, which LibreOffice does not know.
    """
    return f"end{number}"


def _top(writer: Writer, letter: Letter, references: Sequence[tuple[str, str]]) -> str:
    """Letterhead, recipient and references."""
    head = letter.letterhead
    sender = _sender(writer, head)
    if not head.logo:
        grid = [_META_LEFT, TEXT_WIDTH - _META_LEFT]
        return top(writer, grid, cell(sender, TEXT_WIDTH, 2), letter.recipient, references)
    logo = _logo_width(head)
    grid = [logo, _META_LEFT - logo, TEXT_WIDTH - _META_LEFT]
    picture = paragraph(writer.picture(head.logo, _LOGO, _WIDEST_LOGO), "SenderUnit")
    first = cell(picture, logo) + cell(sender, sum(grid[1:]), 2)
    return top(writer, grid, first, letter.recipient, references)


def top(
    writer: Writer,
    grid: Sequence[int],
    sender: str,
    recipient: Sequence[str],
    references: Sequence[tuple[str, str]],
) -> str:
    """One table without lines, read row by row: the cells of the `sender`; recipient, references.

    The last column of the `grid` is the references'; the recipient has the others.
    """
    smaller = '<w:spacing w:line="228" w:lineRule="auto"/>' if len(recipient) > 5 else ""
    lines = [paragraph(writer.run(line), "EnvelopeAddress", smaller) for line in recipient]
    below = cell("".join(lines), sum(grid[:-1]), len(grid) - 1, _APART)
    below += cell(_beside(writer, references), grid[-1], 1, _APART)
    return _placing(_row(sender, _HEAD_HEIGHT) + _row(below, _ADDRESS_HEIGHT), grid)


def _row(cells: str, height: int = 0) -> str:
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cells}</w:tr>"


def cell(inside: str, width: int, columns: int = 1, below: int = 0) -> str:
    """A cell of a table: how wide, over how many of its columns, how much room at its end."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    room = f'<w:tcMar><w:bottom w:w="{below}" w:type="dxa"/></w:tcMar>' if below else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{span}{room}</w:tcPr>{inside or paragraph('')}</w:tc>"


def _logo_width(head: Letterhead) -> int:
    if not head.logo:
        return 0
    return raster(head.logo).within(_LOGO, _WIDEST_LOGO)[0] + _BESIDE


def _sender(writer: Writer, head: Letterhead) -> str:
    """The sender's name beside the middle of the logo, smaller where it is long."""
    size = 30 if len(head.name) <= 40 else 24 if len(head.name) <= 90 else 20
    high = size * 12 + (240 if head.unit else 0)
    before = max(0, (_LOGO - high) // 2) if head.logo else 0
    lines = -(-len(head.name) // 60)
    space = f'<w:spacing w:before="{before if lines == 1 else 0}"/>'
    name = writer.run(head.name, Look(size=size if size < 30 else 0))
    unit = paragraph(writer.run(head.unit), "SenderUnit") if head.unit else ""
    return paragraph(name, "SenderName", space) + unit


def _beside(writer: Writer, rows: Sequence[tuple[str, str]]) -> str:
    """The references in two columns, which are straight in any font; one without a label is one."""
    said = "".join(
        _row(
            cell(paragraph(writer.run(label, _QUIET), "Reference"), _LABELS)
            + cell(paragraph(writer.run(held(value)), "Reference"), _VALUES)
            if label
            else cell(paragraph(writer.run(held(value)), "Reference"), _LABELS + _VALUES, 2)
        )
        for label, value in rows
    )
    return _placing(said, (_LABELS, _VALUES)) + paragraph("", "", THIN) if said else ""


def _placing(rows: str, grid: Sequence[int]) -> str:
    """A table without lines, that only places things."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0600" w:firstRow="0" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _ending(writer: Writer, letter: Letter) -> str:
    """The greeting, which goes with the name, and what stands below the letter."""
    out = []
    approval, lists = labels.approval(letter), labels.lists_below(letter)
    # short lists are not left on a page of their own: the name is there too
    few = 0 < sum(len(items) for _label, items in lists) <= FEW_BELOW
    if letter.signed_by:
        out.append(paragraph(writer.run(labels.greeting()), "Closing"))
        more = bool(letter.signed_title or approval or few)
        out.append(paragraph(writer.run(letter.signed_by, Look("Strong")), "Signature", keep=more))
    if letter.signed_title:
        out.append(
            paragraph(writer.run(letter.signed_title), "Signature", keep=bool(approval or few))
        )
    if approval:
        out.append(paragraph(writer.run(approval), "Approval", keep=few))
    for place, (label, items) in enumerate(lists, 1):
        out.append(paragraph(writer.run(label), "BelowLabel"))
        out += [
            paragraph(
                writer.run(item), "Below", keep=n < len(items) or (few and place < len(lists))
            )
            for n, item in enumerate(items, 1)
        ]
    return "".join(out)


def _section(writer: Writer, letter: Letter, beside: Around, total: str) -> str:
    """The sheet of one letter: headers, footers, and pages counted from 1; `total` is a field."""
    mark = _watermark(labels.watermark(letter))
    title = letter.document.title
    shown = title if len(title) <= 70 else title[:69].rstrip() + "…"
    # it pushes the text of later sheets down to 26 mm
    push = '<w:spacing w:after="0" w:line="584" w:lineRule="exact"/>'
    running = writer.run(shown) + writer.special("<w:tab/>") + writer.run(beside.date)
    later = paragraph(mark + running, "Header") + paragraph("", "Header", push)
    first = paragraph(mark, "Header", THIN)
    numbers = _page_numbers(writer, total)
    line = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="8C8C8C"/></w:pBdr>'
    right = '<w:jc w:val="right"/>'
    foot = paragraph(numbers, "Footer", f"{line}{right}")
    apart = '<w:spacing w:line="120" w:lineRule="exact"/>'
    first_foot = (
        paragraph("", "Footer", apart)
        + beside.foot
        + paragraph(numbers, "Footer", '<w:spacing w:before="100"/>' + right)
    )
    put = writer.package.around
    references = (
        f'<w:headerReference w:type="default" r:id="{put("header", later)}"/>'
        f'<w:headerReference w:type="first" r:id="{put("header", first)}"/>'
        f'<w:footerReference w:type="default" r:id="{put("footer", foot)}"/>'
        f'<w:footerReference w:type="first" '
        f'r:id="{put("footer", first_foot if beside.foot else foot)}"/>'
    )
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="794" w:right="1417" w:bottom="1191" w:left="1418" w:header="680" '
        'w:footer="510" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _page_numbers(writer: Writer, total: str) -> str:
    label = _("Page {n} of {total}", n="\0", total="\1")
    before, _dot, rest = label.partition("\0")
    between, _dot, after = rest.partition("\1")
    parts = [(before, "PAGE"), (between, total), (after, "")]
    return "".join(
        (writer.run(text) if text else "") + (writer.field(code) if code else "")
        for text, code in parts
    )


def addresses(
    writer: Writer, columns: Sequence[tuple[str, Sequence[str]]], shares: Sequence[int] = ()
) -> str:
    """The municipality's addresses in columns, with a line above; `shares` are their widths."""
    shares = shares or [max(14, min(34, max(map(len, rows)))) for _label, rows in columns]
    widths = [TEXT_WIDTH * share // sum(shares) for share in shares]
    cells = [
        cell(
            paragraph(writer.run(label, Look("Strong")), "Footer")
            + "".join(paragraph(writer.run(held(row)), "Footer") for row in rows),
            width,
        )
        for (label, rows), width in zip(columns, widths, strict=True)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
        '<w:top w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="80" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    )


def _watermark(word: str) -> str:
    """The word across the sheet, as Word itself writes it."""
    if not word:
        return ""
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" alt="{word}" type="#_x0000_t136" '
        'style="position:absolute;margin-left:0;margin-top:0;width:480pt;height:96pt;'
        "rotation:308;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#e6e6e6" '
        'stroked="f"><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" '
        f'string="{word}"/></v:shape></w:pict></w:r>'
    )

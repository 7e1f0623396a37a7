"""A certificate as a Word document: one lying sheet in a frame, as in layouts/certificate.typ."""

from __future__ import annotations

from frivillig_cli.documents import certificate, labels
from frivillig_cli.documents.docx_text import THIN, Look, Writer, paragraph
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.tree import Block

_WIDTH = 13_000  # twentieths of a point: between the margins of a lying A4 sheet
_LOGO, _WIDEST_LOGO = 1080, 4000
_ROOM, _FEW = 360, 8  # more room above each part, where no more lines than so many stand there
_SIGN, _BETWEEN = 5200, 2600
_LIST = 5400
_INK = "1D3B53"
_MIDDLE = '<w:jc w:val="center"/>'
_THIN = paragraph("", "", THIN)


def certificate_body(writer: Writer, letter: Letter) -> str:
    """What stands on the sheet, from the sender to the lines that it is signed on."""
    head = letter.letterhead
    kind, of = certificate.title_parts(letter.document.title or "–")
    title = writer.run(kind, Look(size=64 if len(kind) <= 24 else 44, color=_INK))
    if of:
        title += writer.special("<w:br/>") + writer.run(of, Look(size=30, light=True, color=_INK))
    blocks, below = letter.document.blocks, labels.lists_below(letter)
    full = head.logo or below or sum(len(one.items) or 1 for one in blocks) > _FEW
    room = 0 if full else _ROOM
    parts = [
        _middle(writer.picture(head.logo, _LOGO, _WIDEST_LOGO), "SenderUnit") if head.logo else "",
        _middle(writer.run(head.name, Look(size=26)), "SenderName"),
        _middle(writer.run(head.unit), "SenderUnit") if head.unit else "",
        paragraph(
            title, "Heading1", _spaced(480 + room, 480 + room) + '<w:ind w:right="0"/>' + _MIDDLE
        ),
        *(_block(writer, block) for block in blocks),
    ]
    for label, items in below:
        said = writer.run(f"{label}: ", Look("Strong")) + writer.run(", ".join(items))
        parts.append(_middle(said, "Below"))
    return "".join(parts) + _to_sign(writer, letter, 720 + room)


def certificate_section(writer: Writer, letter: Letter, watermark: str) -> str:
    """The sheet: lying, in a frame, with the case at its foot; `watermark` is a run."""
    put = writer.package.around
    foot = put("footer", _middle(writer.run(certificate.small_print(letter)), "Footer"))
    side = f'w:val="double" w:sz="6" w:space="24" w:color="{_INK}"'
    frame = "".join(f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right"))
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="'
        f'{put("header", paragraph(watermark, "Header"))}"/>'
        f'<w:footerReference w:type="default" r:id="{foot}"/><w:type w:val="nextPage"/>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1919" w:bottom="1020" w:left="1919" w:header="680" '
        'w:footer="680" w:gutter="0"/>'
        f'<w:pgBorders w:offsetFrom="page">{frame}</w:pgBorders><w:pgNumType w:start="1"/>'
        '<w:vAlign w:val="center"/></w:sectPr>'
    )


def _block(writer: Writer, block: Block) -> str:
    if certificate.is_name(block):
        name = Look(bold=True, size=2 * certificate.name_size(block))
        return paragraph(
            writer.inlines(block.children[0].children, name),
            "", '<w:suppressAutoHyphens/>' + _spaced(120, 160) + _MIDDLE,
        )  # fmt: skip
    if block.kind == "paragraph":
        return _middle(writer.inlines(block.children))
    if block.kind == "heading":
        return _middle(writer.inlines(block.children), f"Heading{block.level}")
    # lists and what else begins at the left do so in a column in the middle
    width = _LIST if block.kind == "list" else 9071
    return _THIN + _table(
        f'<w:gridCol w:w="{width}"/>', _cell(writer.blocks([block]), width), width
    )


def _to_sign(writer: Writer, letter: Letter, before: int) -> str:
    line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
    cells = []
    for above, below in certificate.lines_to_sign(letter):
        rows = "".join(_middle(writer.run(row, Look(size=19)), "SenderUnit") for row in below)
        first = paragraph(
            writer.run(above or "\u00a0", Look(size=21)), "", line + _spaced(before, 60) + _MIDDLE
        )
        cells.append(_cell(first + rows, _SIGN))
    between = _cell(paragraph(""), _BETWEEN)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (_SIGN, _BETWEEN, _SIGN))
    # two tables without a paragraph between them are read as one
    return _THIN + _table(grid, between.join(cells), _WIDTH) + _THIN


def _table(grid: str, cells: str, width: int) -> str:
    """A table that only places things."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _cell(inside: str, width: int) -> str:
    # Word asks for a paragraph at the end of a cell
    inside = inside if inside.endswith("</w:p>") else inside + paragraph("", "AfterTable")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _middle(inside: str, style: str = "") -> str:
    return paragraph(inside, style, _MIDDLE)


def _spaced(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'

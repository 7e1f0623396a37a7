"""The neutral tree as WordprocessingML: headings, lists and tables that Word knows as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from frivillig_cli.documents.columns import columns
from frivillig_cli.documents.docx_package import LANGUAGES, Package, indent
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.raster import raster
from frivillig_cli.documents.together import FEW_ROWS, held
from frivillig_cli.documents.tree import Block, Cell, Inline, plain, shown_target

TEXT_WIDTH = 9071  # twentieths of a point: 160 mm
# The spacing of a paragraph that takes no room.
THIN = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_EMU = 635  # to a twentieth of a point
_HIGHEST = 11_340  # 200 mm
_DEEPEST = 8
_TEXT, _TABLE_TEXT = 22, 21  # half points, as in the style of that name
_LONGEST_LINK = 2_000
# What XML 1.0 allows, in one line; the rest has no place in a text that is read.
_NO_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_APART = '<w:spacing w:after="120"/>'  # after a list, as after a paragraph
_AFTER_TABLE = '<w:spacing w:line="180" w:lineRule="exact"/>'
_BEFORE_HEADING = '<w:spacing w:line="40" w:lineRule="exact"/>'  # which has room above it
_PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>(<w:pStyle [^>]*/>)?((?:(?!</w:pPr>).)*)</w:pPr>)?")


def clean(text: str) -> str:
    """`text` as XML takes it, and as one line."""
    if text.isascii() and text.isprintable():
        return text
    return _NO_XML.sub("", re.sub(r"[\t\r\n\v\f\u2028\u2029\x85]+", " ", text))


@dataclass(frozen=True)
class Look:
    """How runs are written: in which character style, bold, italic, how large (half points).

    `light` is not bold where the paragraph's style is; `color` is six hexadecimal digits.
    """

    style: str = ""
    bold: bool = False
    italic: bool = False
    size: int = 0
    light: bool = False
    color: str = ""

    def xml(self, language: str) -> str:
        """The properties of a run; `language` only where it is not the document's."""
        parts = [
            f'<w:rStyle w:val="{self.style}"/>' if self.style else "",
            "<w:b/><w:bCs/>" if self.bold else "",
            '<w:b w:val="0"/><w:bCs w:val="0"/>' if self.light else "",
            "<w:i/><w:iCs/>" if self.italic else "",
            f'<w:color w:val="{self.color}"/>' if self.color else "",
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else "",
            f'<w:lang w:val="{language}"/>' if language else "",
        ]
        inside = "".join(parts)
        return f"<w:rPr>{inside}</w:rPr>" if inside else ""


class Writer:
    """Writes texts and trees into a package, for one letter at a time."""

    def __init__(self, package: Package, language: str, of_document: str) -> None:
        """`language` is the letter's, `of_document` what the styles say."""
        self.package = package
        self._language = LANGUAGES[language] if language != of_document else ""
        self._width = TEXT_WIDTH

    def run(self, text: str, look: Look | None = None) -> str:
        """A run of text."""
        properties = (look or Look()).xml(self._language)
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>'

    def special(self, xml: str, look: Look | None = None) -> str:
        """A run of something that is no text: a break, a tab, a picture."""
        return f"<w:r>{(look or Look()).xml(self._language)}{xml}</w:r>"

    def field(self, code: str) -> str:
        """A field that Word fills in: PAGE, NUMPAGES."""
        return f'<w:fldSimple w:instr=" {code} ">{self.run("1")}</w:fldSimple>'

    def blocks(
        self, items: Sequence[Block], *, keep_last: bool = False, together: int | None = None
    ) -> str:
        """The blocks of a letter; with `keep_last` the last one goes with what follows.

        From the block `together` on, each paragraph goes with the next; so does a table before it.
        """
        at = len(items) if together is None else together
        kept = {len(items) - 1} if keep_last else set()
        if 0 < at < len(items) and items[at - 1].kind == "table":
            kept.add(at - 1)
        kept |= {n for n in range(1, len(items)) if _is_below_heading(items, n)}
        parts = [self._block(one, n in kept, "", 0) for n, one in enumerate(items)]
        for n in range(1, len(items)):
            if items[n].kind == "heading" and items[n - 1].kind == "table":
                parts[n - 1] = parts[n - 1].replace(_AFTER_TABLE, _BEFORE_HEADING)
        return "".join(parts[:at]) + _PARAGRAPH.sub(_kept, "".join(parts[at:]))

    def _block(self, block: Block, keep: bool, style: str, level: int) -> str:
        match block.kind:
            case "heading":
                return paragraph(self.inlines(block.children), f"Heading{block.level}")
            case "paragraph":
                within = f'<w:ind w:left="{indent(level)}"/>' if level and not style else ""
                style = style or ("ListContinue" if level else "")
                return paragraph(self.inlines(block.children), style, within, keep=keep)
            case "list":
                return self._list(block, keep, level)
            case "table":
                return self._table(block, keep, level)
            case "quote":
                last = len(block.blocks) - 1
                return "".join(
                    self._block(one, keep and n == last,
                                "Quote" if one.kind == "paragraph" else "", level)
                    for n, one in enumerate(block.blocks)
                )  # fmt: skip
            case _:
                return paragraph("", "Rule", keep=keep)

    def _list(self, block: Block, keep: bool, level: int) -> str:
        depth = min(level, _DEEPEST)
        number = self.package.numbered(depth, block.start) if block.ordered else 1
        style = "ListNumber" if block.ordered else "ListBullet"
        mark = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        self._width -= indent(1)
        out = []
        for n, item in enumerate(block.items, 1):
            first = item[:1] if item and item[0].kind == "paragraph" else ()
            rest = item[len(first) :]
            # the last one is never alone on a page
            last = n == len(block.items) - 1 or (keep and n == len(block.items))
            text = self.inlines(first[0].children) if first else ""
            end = _APART if n == len(block.items) and not rest else ""
            out.append(paragraph(text, style, mark + end, keep=last and not rest))
            out += [
                self._block(one, last and k == len(rest), "", level + 1)
                for k, one in enumerate(rest, 1)
            ]
        self._width += indent(1)
        return "".join(out)

    def _table(self, block: Block, keep: bool, level: int) -> str:
        within, whole = indent(level), self._width
        shares, size, _holds = columns([block.header, *block.rows])
        widths = [whole * share // sum(shares) for share in shares]
        look = Look(size=round(_TABLE_TEXT * size)) if size < 1 else Look()
        # bold in itself too: some programs do not read the table's style
        head = replace(look, bold=True)
        rows = [self._row(block.header, widths, head, first=True, keep=True)]
        last = len(block.rows)
        for n, row in enumerate(block.rows, 1):
            # the first two of many stand together, and the last two
            kept = n in (1, last - 1) or last <= FEW_ROWS if n < last else keep
            rows.append(self._row(row, widths, look, keep=kept))
        self._width = whole
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="LetterTable"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{within}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
            + paragraph("", "AfterTable", _AFTER_TABLE, keep=keep)
        )

    def _row(
        self,
        cells: Iterable[Cell],
        widths: list[int],
        look: Look,
        *,
        first: bool = False,
        keep: bool = False,
    ) -> str:
        out = []
        for cell, width in zip(cells, widths, strict=True):
            self._width = width - 160
            side = f'<w:jc w:val="{cell.align}"/>' if cell.align != "left" else ""
            text = self.inlines(cell.children, look)
            inside = paragraph(text, "TableText", side, keep=keep)
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>')
        head = "<w:cantSplit/><w:tblHeader/>" if first else "<w:cantSplit/>"
        return f"<w:tr><w:trPr>{head}</w:trPr>{''.join(out)}</w:tr>"

    def inlines(self, items: Iterable[Inline], look: Look | None = None) -> str:
        """Running text."""
        return "".join(self._inline(item, look or Look()) for item in items)

    def _inline(self, item: Inline, look: Look) -> str:
        match item.kind:
            case "text":
                return self.run(held(item.text), look)
            case "code":
                return self.run(item.text, replace(look, style="HTMLCode"))
            case "break":
                return self.special("<w:br/>")
            case "strong":
                return self.inlines(item.children, replace(look, bold=True))
            case "emphasis":
                return self.inlines(item.children, replace(look, italic=True))
            case "link":
                return self._link(item, look)
            case _:
                high = (look.size or _TEXT) * 10 if item.icon else 0
                return self.picture(item.picture, high) if item.picture else ""

    def _link(self, item: Inline, look: Look) -> str:
        target = address(item.target)
        if not target:
            return self.inlines(item.children, look)
        said = replace(look, style="Hyperlink")
        text = self.inlines(item.children, said) if plain(item.children).strip() else ""
        text = text or self.run(item.target, said)
        shown = shown_target(item)
        # on paper a link is only as good as what can be typed from it
        after = self.run(f" ({shown})", look) if shown and plain(item.children).strip() else ""
        name = self.package.link(target)
        return f'<w:hyperlink r:id="{name}" w:history="1">{text}</w:hyperlink>{after}'

    def picture(self, picture: Picture, height: int = 0, widest: int = 0) -> str:
        """A picture with its description: `height` in twentieths of a point, or its own size."""
        shown = raster(picture)
        if height:
            wide, high = shown.within(height, widest or self._width)
        else:
            wide, high = shown.at_most(_HIGHEST, self._width)
        name = self.package.picture(shown.data, shown.kind)
        return self.special(drawing(name, self.package.drawing(), picture.alt, wide, high))


def _is_below_heading(items: Sequence[Block], n: int) -> bool:
    """Whether a block is a line across below a heading: with that alone no page may end."""
    return items[n].kind == "rule" and items[n - 1].kind == "heading"


def drawing(relation: str, number: int, alt: str, wide: int, high: int) -> str:
    """A picture in a line of text: its relation, its own number, what it shows, how large."""
    descr = quoteattr(clean(alt))
    size = f'cx="{wide * _EMU}" cy="{high * _EMU}"'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{relation}" descr={descr}/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{relation}" descr={descr}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
        "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing>"
    )


def paragraph(inside: str, style: str = "", more: str = "", *, keep: bool = False) -> str:
    """A paragraph in a style; `more` are further properties, in the order of the standard."""
    parts = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        more,
    ]
    properties = "".join(parts)
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{inside}</w:p>"


def _kept(found: re.Match[str]) -> str:
    """The beginning of a paragraph that goes with the next."""
    style, rest = found[1] or "", found[2] or ""
    rest = rest.removeprefix("<w:keepNext/>")
    return f"<w:p><w:pPr>{style}<w:keepNext/>{rest}</w:pPr>"


def address(target: str) -> str:
    """A link's target as a valid URI, or "": Word calls the file damaged for one that is not."""
    text = clean(target)
    try:
        parts = urlsplit(text)
        odd = parts.scheme.lower() in ("http", "https") and not (parts.hostname and parts.port != 0)
    except ValueError:
        return ""
    made = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=":/?#[]@!$&'()*+,;=%~")
    return "" if odd or len(made) > _LONGEST_LINK or made.count("#") > 1 else made

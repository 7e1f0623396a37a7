"""Letters as PDF: tagged, archivable (PDF/A-2a) and accessible (PDF/UA-1) in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.documents import labels
from frivillig_cli.documents.columns import columns, words
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.together import (
    ADDRESS,
    FEW_ROWS,
    HELD,
    UNBROKEN,
    held,
    is_address,
    is_number,
    up_to_signs,
    wide,
)
from frivillig_cli.documents.tree import Block, Cell, Inline, plain, shown_target
from frivillig_cli.documents.typeset import Replaced, fitting, stated, typesetter
from frivillig_cli.documents.volumes import parted, weight

_HIGHEST = 11_340  # a picture, in twentieths of a point: 200 mm
# How long a word may be, in characters, before it must be broken to fit.
_ON_A_LINE, _IN_TITLE, _IN_ADDRESS, _IN_FOOT, _IN_META = 70, 40, 38, 34, 18
_SHORT_LIST = 8  # lines
FEW_BELOW = 8  # attachments and copies that stand with the name
_FIRST_ROWS = 2  # of a long table, that stand with its head
_SHORT_CELL = 60  # characters of each in a table that any page has room for
_LONG_CELL = 600  # characters of one that a page's end may part
_IN_A_CELL = 36  # points: the narrowest column has room for it


def letter_pdf(letter: Letter, replaced: Replaced | None = None) -> bytes:
    """One letter. Characters that the font lacks become □ and are noted in `replaced`.

    The same letter gives the same bytes. Raises DocumentError.
    """
    return _compiled([letter], replaced or Replaced(), merged=False)


def write_letters_merged(
    letters: Sequence[Letter], replaced: Replaced | None = None
) -> Iterator[bytes]:
    """All letters, each beginning on a page of its own, in volumes.

    Compiled together, because joining finished PDFs would lose what makes them accessible. The
    bookmark of each says whose it is.
    """
    replaced = replaced or Replaced()
    start = 0
    for size in parted([weight(letter) for letter in letters]):
        yield merged_pdf(letters[start : start + size], replaced)
        start += size


def merged_pdf(letters: Sequence[Letter], replaced: Replaced) -> bytes:
    """Letters as one file: a volume, where there are many."""
    return _compiled(letters, replaced, merged=True)


def _compiled(letters: Sequence[Letter], replaced: Replaced, *, merged: bool) -> bytes:
    first = letters[0]
    writer = _Writer(replaced)
    made = []
    for letter in letters:
        writer.replaced = Replaced()
        made.append(
            {**writer.letter(letter), "bookmark": writer.bookmark(letter) if merged else ""}
        )
        replaced.add(writer.replaced, letter.whose or next(iter(letter.recipient), ""))
    data = {
        "title": writer.text(first.document.title, UNBROKEN) or "–",
        "author": writer.text(first.letterhead.name, UNBROKEN),
        "language": first.language,
        "held": HELD,
        "date": stated(first.reference.date),
        "letters": made,
    }
    return typesetter().pdf("letter", data, code=writer.code)


class _Writer:
    """Turns letters into what the layout takes."""

    def __init__(self, replaced: Replaced) -> None:
        self.replaced = replaced
        self._longest, self._hyphenated = _ON_A_LINE, False
        self.code = False  # whether anything is set in the font of code

    def text(self, text: str, longest: int = 0) -> str:
        return fitting(text, self.replaced, longest or self._longest, hyphenated=self._hyphenated)

    def letter(self, letter: Letter) -> dict[str, Any]:
        with in_language(letter.language):
            rows = labels.reference_rows(letter)
            more = self._certificate(letter) if letter.layout == "certificate" else {}
            return {
                "language": letter.language,
                "title": self.text(letter.document.title, _IN_TITLE) or "–",
                "running": self._running(letter),
                "date": rows[0][1] if letter.reference.date else "",
                "head": self._head(letter.letterhead),
                "recipient": [self.text(line, _IN_ADDRESS) for line in letter.recipient],
                "address_size": 10.5 if len(letter.recipient) <= 5 else 9.5,
                "meta": [self._meta(label, value) for label, value in rows],
                "blocks": self._signed_on_one_page(letter),
                "greeting": labels.greeting() if letter.signed_by else "",
                "signed_by": self.text(letter.signed_by),
                "signed_title": self.text(letter.signed_title),
                "approved": labels.approval(letter),
                "lists": [
                    {"label": label, "items": [self.text(item) for item in items]}
                    for label, items in labels.lists_below(letter)
                ],
                "short_ending": _ends_shortly(letter),
                "parted_ending": _ends_parted(letter),
                "watermark": labels.watermark(letter),
                # The layout fills these two in: it alone knows the pages.
                "labels": {"page": _("Page {n} of {total}", n="{n}", total="{total}")},
                "layout": letter.layout,
                **more,
            }

    def _meta(self, label: str, value: str) -> dict[str, Any]:
        shown = fitting(value, self.replaced, _IN_META, hyphenated=True)
        parted = any(map(_is_hyphenated, held(value).split(" "), repeat(_IN_META)))
        return {"label": label, "value": shown, "hyphenate": parted}

    def _signed_on_one_page(self, letter: Letter) -> list[dict[str, Any]]:
        """The text; what is not parted by a page's end is one block of it, by sections."""
        blocks, at = self.blocks(letter.document.blocks), letter.together
        if not blocks[at:]:
            return blocks
        titles = (n for n in range(at + 1, len(blocks)) if letter.document.blocks[n].level == 2)
        begins = [at, *titles]
        ends = [*begins[1:], len(blocks)]
        parts = [blocks[n:end] for n, end in zip(begins, ends, strict=True)]
        return [*blocks[:at], {"k": "whole", "parts": parts}]

    def _certificate(self, letter: Letter) -> dict[str, Any]:
        from frivillig_cli.documents import certificate

        lines = certificate.lines_to_sign(letter)
        parts = certificate.title_parts(letter.document.title or "–")
        return {
            "parts": [self.text(part, _IN_TITLE) for part in parts],
            "blocks": [
                {"k": "name", "size": certificate.name_size(one), "c": self.inlines(one.children)}
                if certificate.is_name(one)
                else self._block(one)
                for one in letter.document.blocks
            ],
            "lines": [[self.text(above), [self.text(row) for row in below]]
                      for above, below in lines],
            "small": self.text(certificate.small_print(letter)),
        }  # fmt: skip

    def bookmark(self, letter: Letter) -> str:
        """Whose letter it is, and its title: on one line, with no places where it breaks."""
        whose = letter.whose or next(iter(letter.recipient), "")
        parts = (whose, _short(letter.document.title))
        return self.text(" – ".join(part for part in parts if part) or "–", UNBROKEN)

    def _running(self, letter: Letter) -> str:
        return self.text(_short(letter.document.title))

    def _head(self, head: Letterhead) -> dict[str, Any]:
        columns = labels.address_columns(head)
        return {
            "name": self.text(head.name, _IN_TITLE),
            "size": 15 if len(head.name) <= 40 else 12 if len(head.name) <= 90 else 10,
            "unit": self.text(head.unit),
            "logo": self._picture(head.logo) if head.logo else None,
            "foot_lines": 1 + max((_foot_lines(rows) for _, rows in columns), default=0),
            "columns": [
                {
                    "label": label,
                    "share": _foot_share(rows),
                    "rows": [self.text(row, _IN_FOOT) for row in rows],
                }
                for label, rows in columns
            ],
        }

    def _picture(self, picture: Picture) -> dict[str, str]:
        return {"file": typesetter().place(picture), "alt": self.text(picture.alt)}

    def _sized(self, picture: Picture) -> dict[str, Any]:
        """A picture in the text, with the width in points that it has where there is room."""
        from frivillig_cli.documents.raster import raster

        wide, _high = raster(picture).at_most(_HIGHEST, 2 * _HIGHEST)
        return {**self._picture(picture), "width": wide / 20}

    def blocks(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> dict[str, Any]:
        match block.kind:
            case "heading":
                return {"k": "heading", "level": block.level, "c": self.inlines(block.children)}
            case "paragraph":
                alone = _is_picture(block)
                inside = self.inlines(block.children)
                return {**inside[0], "k": "picture"} if alone else {"k": "paragraph", "c": inside}
            case "list":
                items = [self.blocks(item) for item in block.items]
                return {
                    "k": "list", "ordered": block.ordered, "start": block.start, "items": items,
                    "whole": _is_short(block), "paired": _is_paired(block),
                }  # fmt: skip
            case "table":
                return self._table(block)
            case "quote":
                return {"k": "quote", "blocks": self.blocks(block.blocks)}
            case _:
                return {"k": "rule"}

    def _table(self, block: Block) -> dict[str, Any]:
        cells = [block.header, *block.rows]
        shares, size, holds = columns(cells)
        header, *rows = [
            [self._cell(cell, most) for cell, most in zip(row, holds, strict=True)] for row in cells
        ]
        many = len(rows) > FEW_ROWS
        return {
            "k": "table", "header": header, "shares": shares, "size": size,
            "rows": [
                {"cells": made, "long": max(map(_length, row)) > _LONG_CELL}
                for made, row in zip(rows, block.rows, strict=True)
            ],
            "begin": _FIRST_ROWS if many else len(rows),
            "small": not many and max(map(_length, chain(*cells))) <= _SHORT_CELL,
        }  # fmt: skip

    def _cell(self, cell: Cell, most: int) -> dict[str, Any]:
        self._longest, self._hyphenated = most, True
        inside = self.inlines(cell.children)
        self._longest, self._hyphenated = _ON_A_LINE, False
        parted = any(map(_is_hyphenated, words(cell), repeat(most)))
        return {"align": cell.align, "c": inside, "hyphenate": parted}

    def inlines(self, children: Iterable[Inline]) -> list[dict[str, Any]]:
        return [made for child in children for made in self._parts(child)]

    def _parts(self, child: Inline) -> Iterator[dict[str, Any]]:
        """The inline; in a cell, where words are hyphenated, each address in it by itself."""
        if child.kind != "text" or not self._hyphenated:
            yield self._inline(child)
            return
        for n, part in enumerate(ADDRESS.split(child.text)):
            if part:
                yield {"k": "address" if n % 2 else "text", "t": self.text(part)}

    def _inline(self, child: Inline) -> dict[str, Any]:
        if child.kind == "text":
            return {"k": "text", "t": self.text(child.text)}
        if child.kind == "code":
            self.code = True
            return {"k": "code", "t": self.text(child.text)}
        if child.kind == "break":
            return {"k": "break"}
        if child.kind == "image" and child.picture:
            if child.icon:
                return {"k": "icon", **self._picture(child.picture)}
            sized = self._sized(child.picture)
            # what is wider than any column is fitted to it, on a line of its own
            fitted = self._hyphenated and sized["width"] > _IN_A_CELL
            return {"k": "fitted" if fitted else "image", **sized}
        below: dict[str, Any] = {"k": child.kind, "c": self.inlines(child.children)}
        if child.kind == "link":
            below |= {"target": child.target, "shown": self.text(shown_target(child))}
        return below


def _length(cell: Cell) -> int:
    return len(plain(cell.children))


def _is_hyphenated(word: str, most: int) -> bool:
    """Whether a word is parted by syllables where there is room for `most` characters."""
    return (
        wide(word) > most
        and not is_number(word)
        and not is_address(word)
        and max(map(wide, up_to_signs(word))) > most
    )


def _ends_shortly(letter: Letter) -> bool:
    """Whether the last of the text, which goes with the name, and the lists below are short."""
    few = sum(len(items) for _label, items in labels.lists_below(letter)) <= FEW_BELOW
    return few and (
        _ends_parted(letter)
        or all(
            (block.kind == "list" and _is_short(block))
            or (block.kind == "paragraph" and _lines(block) <= _SHORT_LIST)
            for block in letter.document.blocks[-1:]
        )
    )


def _ends_parted(letter: Letter) -> bool:
    """Whether the last of the text is long, so that only its last lines go with the name."""
    return any(
        (block.kind == "list" and _is_paired(block))
        or block.kind == "table"
        or (block.kind == "paragraph" and not _is_picture(block) and _lines(block) > _SHORT_LIST)
        for block in letter.document.blocks[-1:]
    )


def _is_paired(block: Block) -> bool:
    """Whether a list is so long that a page's end may part it, but not its last two items."""
    return (
        not _is_short(block)
        and all(
            len(item) == 1
            and item[0].kind == "paragraph"
            and not _is_picture(item[0])
            and _lines(item[0]) <= _SHORT_LIST
            for item in block.items[-2:]
        )
        and len(block.items) > 2
    )


def _is_picture(block: Block) -> bool:
    """Whether a paragraph is a picture alone."""
    return len(block.children) == 1 and block.children[0].kind == "image"


def _lines(block: Block) -> int:
    """How many lines a paragraph takes, about."""
    breaks = sum(one.kind == "break" for one in block.children)
    return 1 + breaks + len(plain(block.children)) // _ON_A_LINE


def _is_short(block: Block) -> bool:
    """Whether a list takes so little room that no page's end parts it, as it would to the last."""
    lines = 0
    for item in block.items:
        if any(one.kind != "paragraph" for one in item):
            return False
        lines += sum(map(_lines, item))
    return lines <= _SHORT_LIST


def _short(title: str) -> str:
    return title if len(title) <= 70 else title[:69].rstrip() + "…"


def _foot_share(rows: Sequence[str]) -> int:
    return max(14, min(_IN_FOOT, max(map(len, rows))))


def _foot_lines(rows: Sequence[str]) -> int:
    """How many lines a column of the foot takes, so that the sheet keeps room for them."""
    return sum(-(-len(row) // _foot_share(rows)) for row in rows)

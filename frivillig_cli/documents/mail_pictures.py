"""The pictures of a letter that goes by e-mail: parts of the message that its HTML points to.

Gmail and classic Outlook show no picture that stands in the HTML itself, and no SVG. Outlook
knows sizes by their attributes alone.
"""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from frivillig_cli.documents.html import ICON_HIGH, address_of
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.raster import Raster, raster
from frivillig_cli.documents.tree import Block, Inline

_LOGO_HIGH, _WIDEST = 72, 640  # pixels


class Attached(NamedTuple):
    """A picture of the message: its Content-ID without the brackets, and its bytes."""

    number: str
    drawn: Raster

    def lines(self) -> Iterator[str]:
        """The part of the message, headers and all."""
        kind = "jpeg" if self.drawn.kind == "jpg" else self.drawn.kind
        yield f"Content-Type: image/{kind}"
        yield "Content-Transfer-Encoding: base64"
        yield f"Content-ID: <{self.number}>"
        yield f'Content-Disposition: inline; filename="{self.number[:8]}.{self.drawn.kind}"'
        yield ""
        yield encodebytes(self.drawn.data).decode("ascii").replace("\n", "\r\n")


def attached(letter: Letter, html: str) -> tuple[str, list[Attached]]:
    """The letter's HTML with its pictures beside it, and those pictures, each once."""
    logo = letter.letterhead.logo
    pictures = list(dict.fromkeys([*([logo] if logo else []), *_in(letter.document.blocks)]))
    found: dict[bytes, Attached] = {}
    for picture in pictures:
        drawn = raster(picture)
        number = f"{picture.name[:24]}@frivillig"
        found.setdefault(picture.data, Attached(number, drawn))
        here, there = f'src="{address_of(picture)}"', f'src="cid:{number}"'
        if picture is logo:
            html = html.replace(here, f'{there} height="{_LOGO_HIGH}"', 1)
        html = html.replace(f"{ICON_HIGH} {here}", f"{ICON_HIGH} {there}")
        html = html.replace(here, f'{there} width="{_width(drawn)}"')
    return html, list(found.values())


def _width(drawn: Raster) -> int:
    return min(_WIDEST, drawn.natural // 15) if drawn.natural else _WIDEST


def _in(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        yield from _inside(block.children)
        yield from _in(block.blocks)
        for item in block.items:
            yield from _in(item)
        for row in (block.header, *block.rows):
            for cell in row:
                yield from _inside(cell.children)


def _inside(children: Iterable[Inline]) -> Iterator[Picture]:
    for child in children:
        if child.kind == "image" and child.picture:
            yield child.picture
        yield from _inside(child.children)

"""Pictures as every program shows them: PNG and JPEG as they are, SVG drawn once as PNG."""

import re
import struct
from contextlib import suppress
from functools import lru_cache
from typing import Literal, NamedTuple

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import DocumentError, TemplateError
from frivillig_cli.documents.picture import Picture

DRAWN = 1600  # pixels on an SVG's longest side: 300 to the inch across a letter's text
_LETTERS = re.compile(rb"<(?:[\w-]+:)?text[\s/>]")
_ELSEWHERE = re.compile(
    rb"""<(?:[\w-]+:)?(?:image|feImage|use)\s[^>]*href\s*=\s*["'](?!\s*(?:\#|data:))"""
    rb"""|@import|url\(\s*["']?\s*(?!["'\s]|\#|data:)"""
)
_EFFECTS = rb"""(?<![\w-])filter\s*[=:]\s*["']?\s*(?!none|["'\s])"""
_INSIDE = rb"""["'(]\s*data:([^"')]*)"""
_ESCAPED = rb"&#x?[0-9a-fA-F]+;"  # as some programs write the ends of lines
MOST_PIXELS = 40_000_000  # 160 MB when it is unpacked
MOST_UNPACKED = 8_000_000  # the largest colour profiles have four
_PACKED = (b"iCCP", b"zTXt", b"iTXt")
_SIZES_IN_JPEG = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


class Raster(NamedTuple):
    """The bytes, png or jpg, and how wide it is to its height.

    `natural` is its own width in twentieths of a point, at 96 pixels to the inch; None for a
    drawing, which has every size.
    """

    data: bytes
    kind: Literal["png", "jpg"]
    across: float
    natural: int | None

    def within(self, highest: int, widest: int) -> tuple[int, int]:
        """Width and height as large as fits, in the shape that it has."""
        if highest * self.across <= widest:
            return max(1, round(highest * self.across)), highest
        return widest, max(1, round(widest / self.across))

    def at_most(self, highest: int, widest: int) -> tuple[int, int]:
        """Width and height in twentieths of a point: its own size, or as large as fits."""
        return self.within(highest, min(widest, self.natural or widest))


@lru_cache(maxsize=16)
def raster(picture: Picture) -> Raster:
    """The picture as pixels. TemplateError for one that is damaged, or depends on something else.

    Letters in an SVG are set in whatever font each program finds, and files that it names lie
    elsewhere: it would be another picture in each document.
    """
    data, kind = picture.data, picture.kind
    if kind == "svg" and _LETTERS.search(data):
        raise TemplateError(
            _("The picture “{name}” has text that needs a font.", name=picture.alt),
            _("Turn the text into paths where it was drawn, or save it as PNG."),
        )
    if kind == "svg" and _ELSEWHERE.search(data):
        raise TemplateError(
            _("The picture “{name}” fetches something from elsewhere.", name=picture.alt),
            _("Save it with everything inside, or as PNG."),
        )
    if kind == "svg" and re.search(_EFFECTS, data):
        raise TemplateError(
            _("The picture “{name}” has effects, such as a shadow, that take long to draw.",
              name=picture.alt),
            _("Take the effects away where it was drawn, or save it as PNG."),
        )  # fmt: skip
    try:
        _refuse_huge(picture)
        # one of pixels is drawn small, only to see that it can be
        drawn = _drawn(picture, DRAWN if kind == "svg" else 8)
        if kind == "svg":
            data, kind = drawn, "png"
        wide, high = _png(data) if kind == "png" else _jpeg(data)
        return Raster(data, kind, wide / high, None if picture.kind == "svg" else wide * 15)
    except (struct.error, IndexError, ValueError, ZeroDivisionError, DocumentError) as error:
        raise TemplateError(
            _("The picture “{name}” is damaged.", name=picture.alt),
            _("Save it as PNG or SVG, and try again."),
        ) from error


def _refuse_huge(picture: Picture) -> None:
    """TemplateError for more than a letter has use for: unpacked, or drawn, it fills the memory."""
    if picture.kind == "svg":
        from frivillig_cli.documents.drawing import Amount, amount

        if amount(picture.data) is Amount.TOO_MUCH:
            raise _too_long(picture)
        parts = [_inside(found[1], picture.alt) for found in re.finditer(_INSIDE, picture.data)]
    else:
        parts = [picture.data]
    sizes = [_png(part) if part.startswith(b"\x89PNG") else _jpeg(part) for part in parts]
    if any(part.startswith(b"\x89PNG") and _holds_a_bomb(part) for part in parts):
        raise TemplateError(
            _("The picture “{name}” unpacks to far more than a picture does.", name=picture.alt),
            _("Save it anew as PNG, without colour profile and texts, and try again."),
        )
    pixels = sum(wide * high for wide, high in sizes)
    if pixels > MOST_PIXELS:
        raise TemplateError(
            _("The picture “{name}” has {n} million pixels; {most} million is the most.",
              name=picture.alt, n=pixels // 10**6, most=MOST_PIXELS // 10**6),
            _("Save it smaller, and try again."),
        )  # fmt: skip


def _too_long(picture: Picture) -> TemplateError:
    return TemplateError(
        _("The picture “{name}” has so many parts that it takes very long to draw.",
          name=picture.alt),
        _("Make it simpler where it was drawn, or save it as PNG."),
    )  # fmt: skip


def _holds_a_bomb(data: bytes) -> bool:
    """Whether a PNG's colour profile and texts unpack to more than the largest that there are."""
    import zlib

    at, left = 8, MOST_UNPACKED
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">L4s", data, at)
        if kind in _PACKED:
            _name, _end, body = data[at + 8 : at + 8 + length].partition(b"\0")
            if kind == b"iTXt":  # its language and its name in that come before what is packed
                packed = body[2:].partition(b"\0")[2].partition(b"\0")[2]
                body = b"\0" + packed if body[:1] == b"\1" else b""
            with suppress(zlib.error):  # what is damaged is left to what draws it
                left -= len(zlib.decompressobj().decompress(body[1:], left))
            if left <= 0:
                return True
        at += length + 12
    return False


def _inside(url: bytes, name: str) -> bytes:
    """A picture that an SVG carries (RFC 2397). TemplateError for anything but PNG and JPEG."""
    from base64 import b64decode

    head, _comma, body = url.partition(b",")
    coded = re.sub(_ESCAPED, b"", body) if head.strip().endswith(b";base64") else b""
    data = b64decode(coded, validate=False)
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise TemplateError(
            _("The picture “{name}” holds something that is neither PNG nor JPEG.", name=name),
            _("Save it as PNG."),
        )
    return data


def sound(picture: Picture) -> Picture:
    """The same picture, when it can be drawn the same everywhere. TemplateError else."""
    raster(picture)
    return picture


def _drawn(picture: Picture, longest: int) -> bytes:
    if picture.kind == "svg":
        from frivillig_cli.documents.drawing import Amount, amount

        if amount(picture.data) is Amount.MUCH:
            from frivillig_cli.documents.apart import StoppedError
            from frivillig_cli.documents.drawn_apart import drawn_apart

            try:
                drawn = drawn_apart(picture, longest)
            except StoppedError as error:
                raise TemplateError(
                    _("The picture “{name}” was not drawn, as happens where memory is short.",
                      name=picture.alt),
                    _("Close other programs and try again, or save it as PNG."),
                ) from error  # fmt: skip
            if drawn is None:
                raise _too_long(picture)
            return drawn
    from frivillig_cli.documents.typeset import typesetter

    return typesetter().png(picture, longest)


def _png(data: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG specification, IHDR)."""
    wide, high = struct.unpack_from(">LL", data, 16)
    return wide, high


def _jpeg(data: bytes) -> tuple[int, int]:
    """Width and height in pixels (ITU T.81, B.2.2)."""
    at = 2
    while True:
        while data[at] != 0xFF or data[at + 1] == 0xFF:
            at += 1
        mark, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if mark in _SIZES_IN_JPEG:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return wide, high
        at += 2 + length

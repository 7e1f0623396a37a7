"""The one typesetter: Typst, given our layouts and the data as JSON, never markup from data.

The compiler is made once a process and reused: a new one for each letter is three times as
slow and dies at file 65,535. It sees our layouts, the pictures of what is set (in a temporary
folder, with the layouts), our fonts, and no packages.
"""

from __future__ import annotations

import json
import re
import shutil
import struct
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, BinaryIO

from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.core.patterns import later
from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.together import (
    NO_BREAK,
    WIDEST,
    held,
    is_address,
    is_number,
    up_to_signs,
    wide,
)

LAYOUTS = Path(__file__).resolve().parent / "layouts"
_PACKAGES = LAYOUTS / "packages"  # is not there: a layout takes nothing from elsewhere
FONT = "Source Sans 3"
_REMEMBERED = 10  # documents; what the typesetter has set before them it forgets
_MOST_REMEMBERED = 100_000  # characters of them
_NAMED = 10
_LETTERS_OR_NOT = later(r"\d+[^\w\s]*|[^\d]+")
_NO_SYLLABLE = later(r"[^aeiouyæøåäöáé]{9}|[aeiouyæøåäöáé]{5}", re.IGNORECASE)
_LEFT_TOGETHER = 3  # characters at the end of a word that is broken


class Replaced:
    """The characters that the font lacks, which are printed as □, and in whose letters: for the
    report.
    """

    def __init__(self) -> None:
        self.characters: set[str] = set()
        self.whose: list[str] = []

    def add(self, other: Replaced, whose: str = "") -> None:
        """Take in what another has noted, in the letter of one or, without, as it says itself."""
        if other.characters:
            self.characters |= other.characters
            self.whose += [whose] if whose else other.whose

    def sentence(self) -> str:
        """What to tell the user, or "" when nothing was replaced."""
        if not self.characters:
            return ""
        shown = [
            f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}"
            for c in sorted(self.characters)
        ]
        said = _("The font lacks {characters}; □ is printed instead.", characters=_first(shown))
        if names := list(dict.fromkeys(self.whose)):
            said += " " + _("It concerns {names}.", names=_first(names))
        return said


def _first(things: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    said = ", ".join(things[:_NAMED])
    more = len(things) - _NAMED
    return _("{these} and {n} more", these=said, n=more) if more > 0 else said


class Typesetter:
    """A compiler; where there are pictures, with their folder, which is removed with it."""

    def __init__(self) -> None:
        self._folder: Any = None  # a TemporaryDirectory
        self._remembered: deque[int] = deque(maxlen=_REMEMBERED)

    @property
    def _root(self) -> Path:
        return Path(self._folder.name) if self._folder else LAYOUTS

    @cached_property
    def _settings(self) -> dict[str, Any]:
        fonts = _fonts(with_code=False)
        if FONT not in fonts.families():
            raise _no_font()
        return {
            "font_paths": fonts,
            "package_path": str(_PACKAGES),
            "package_cache_path": str(_PACKAGES),
        }

    @cached_property
    def _compiler(self) -> Any:
        import typst

        return typst.Compiler(**self._settings)

    def pdf(self, layout: str, data: Any, *, code: bool = False) -> bytes:
        """`layout`.typ's `printed(data)` as PDF/A-2a and PDF/UA-1; the same bytes each time.

        With `code` there is also a font in which all characters are as wide.
        """
        import typst

        compiler = self._with_code if code else self._compiler
        source = _source(layout, data)
        self._make_room(len(source))
        try:
            pdf, warnings = compiler.compile_with_warnings(
                source, root=str(self._root), format="pdf",
                pdf_standards=["a-2a", "ua-1"], timestamp=0,
            )  # fmt: skip
        except typst.TypstError as error:
            raise _not_set() from error
        except BaseException as error:
            # A fault inside the typesetter is a PanicException, which is no Exception.
            if type(error).__name__ != "PanicException":
                raise
            raise _stopped() from error
        if warnings:
            raise _not_set() from ValueError(str(warnings[0].message))
        assert isinstance(pdf, bytes)
        return pdf

    def _make_room(self, coming: int) -> None:
        """Have large documents forgotten: the typesetter keeps what it has set for the next ten."""
        if sum(self._remembered) + coming > _MOST_REMEMBERED:
            if any(self._remembered):
                for _empty in range(_REMEMBERED + 1):
                    self._compiler.compile(b"", format="pdf")
            self._remembered.clear()
        self._remembered.append(coming)

    def pdf_apart(self, layout: str, data: Any) -> bytes:
        """`pdf`, set in a process of its own: one that is ended in there takes nothing with it."""
        from frivillig_cli.documents.apart import StoppedError, set_apart

        try:
            return set_apart(_source(layout, data), _font_folder(), self._root, _PACKAGES)
        except ValueError as error:
            raise _not_set() from error
        except (OSError, StoppedError) as error:
            raise _stopped() from error

    @cached_property
    def _with_code(self) -> Any:
        import typst

        return typst.Compiler(**{**self._settings, "font_paths": _fonts(with_code=True)})

    def asked(self, layout: str, data: Any, about: str) -> Any:
        """What `layout`.typ's `printed(data)` says of itself at the label `about`."""
        import typst

        try:
            # a compiler that is asked is given its source when it is made
            asked = typst.Compiler(_source(layout, data), root=str(self._root), **self._settings)
            found = asked.query(about, field="value")
        except typst.TypstError as error:
            raise _not_set() from error
        return json.loads(found)[0]

    def png(self, picture: Picture, longest: int) -> bytes:
        """A picture drawn as PNG, `longest` pixels on its longest side. DocumentError."""
        import typst

        name = self.place(picture)
        # drawn at a point a pixel, in the shape that the picture has of itself
        source = (
            "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
            "#context {\n"
            f'  let (width, height) = measure(image("{name}"))\n'
            f"  let times = {longest}pt / calc.max(width, height)\n"
            f'  image("{name}", width: width * times, height: height * times)\n'
            "}"
        )
        try:
            drawn = self._compiler.compile(
                source.encode("ascii"), root=str(self._root), format="png", ppi=72.0
            )
        except typst.TypstError as error:
            raise _not_set() from error
        assert isinstance(drawn, bytes)
        return drawn

    def place(self, picture: Picture) -> str:
        """Put a picture where the layouts can read it; its name there. DocumentError: no room."""
        try:
            if self._folder is None:
                self._folder = _with_layouts()
            path = self._root / picture.name
            if not path.exists():
                path.write_bytes(picture.data)
        except OSError as error:
            raise DocumentError(
                _("The typesetter cannot write its files: {why}.", why=why(error)),
                _("Make room on the disk, or point TMPDIR at a folder that can be written in."),
            ) from error
        return picture.name


def _with_layouts() -> Any:
    """A new folder with the layouts in it. OSError."""
    import tempfile  # only where there are pictures

    folder = tempfile.TemporaryDirectory(prefix="frivillig-")
    for layout in LAYOUTS.iterdir():
        if layout.suffix == ".typ":
            shutil.copyfile(layout, Path(folder.name) / layout.name)
    return folder


@cache
def typesetter() -> Typesetter:
    """The process's typesetter, made when first used."""
    return Typesetter()


def _source(layout: str, data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "{layout}.typ": printed\n#printed(json(bytes("{quoted}")))'.encode("ascii")


def stated(day: date | None) -> list[int]:
    """The date that a file states of itself. PDF/A needs one, and the clock would change it."""
    day = day or date(1970, 1, 1)
    return [day.year, day.month, day.day]


def fitting(text: str, replaced: Replaced, longest: int, *, hyphenated: bool = False) -> str:
    """`text` with □ for what the font lacks; words over `longest` get places where they break.

    The layouts put nothing in those places but room to break: the word is found and copied whole.
    With `hyphenated` it is the text of a narrow column: words get places after their signs alone,
    as the layout parts what is between by syllables; numbers and addresses get more only where
    they must.
    """
    text = unicodedata.normalize("NFC", text)
    if not (text.isascii() and text.isprintable()):
        lacking = {c for c in set(text) if not has_glyph(c)}
        if lacking:
            replaced.characters |= lacking
            text = "".join("□" if c in lacking else c for c in text)
    if hyphenated:
        return _in_cell(text, longest)
    if len(text) > longest:
        text = " ".join(_breakable(word, longest) for word in text.split(" "))
    return text


def _in_cell(text: str, longest: int) -> str:
    """A cell's text: words with places after their signs, where syllables part what is between."""
    if WIDEST * len(text) <= longest:
        return text
    out, at = [], 0
    for joined in held(text).split(" "):
        word = text[at : at + len(joined)]  # with the spaces that it has
        at += len(joined) + 1
        if WIDEST * len(joined) <= longest or wide(joined) <= longest:
            pass
        elif NO_BREAK in joined:
            word = word.replace(" ", " \u200b").replace(NO_BREAK, f"{NO_BREAK}\u200b")
        elif is_number(word) or is_address(word):
            word = _breakable(word, longest)
        else:
            parts = (one for part in up_to_signs(word) for one in _LETTERS_OR_NOT.findall(part))
            word = "\u200b".join(
                part if wide(part) <= longest or _has_syllables(part)
                else _breakable(part, longest)
                for part in parts
            )  # fmt: skip
        out.append(word)
    return " ".join(out)


def _has_syllables(part: str) -> bool:
    return part.strip(".,;:!?()«»“”/@_&=-").isalpha() and not _NO_SYLLABLE.search(part)


def _breakable(word: str, longest: int) -> str:
    """A long word with zero-width spaces: after signs, as addresses break; where that leaves what
    is still too long, here and there.
    """
    if len(word) <= longest:
        return word
    out, at = [], 0
    for part in up_to_signs(word):
        since = 0
        for place, char in enumerate(part, 1):
            out.append(char)
            at += 1
            since += 1
            if at > len(word) - _LEFT_TOGETHER:
                continue  # no comma begins a line
            if place == len(part) or (len(part) > longest and since >= min(longest, 8)):
                out.append("\u200b")
                since = 0
    return "".join(out)


@cache
def has_glyph(character: str) -> bool:
    """Whether both the upright and the italic font have a character."""
    return all(_in(ord(character), *font) for font in _maps())


def _in(code: int, firsts: Sequence[int], lasts: Sequence[int]) -> bool:
    """Whether one of the ranges, in order, that begin and end so has `code`."""
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]


@cache
def _maps() -> list[tuple[Sequence[int], Sequence[int]]]:
    """The ranges of characters that each font file has."""
    files = [file for file in _font_folder().iterdir() if file.suffix == ".ttf"]
    if not files:
        raise _no_font()
    maps = []
    for file in files:
        with file.open("rb") as font:
            maps.append(_characters(font))
    return maps


def _fonts(*, with_code: bool) -> Any:
    """Our fonts; with those of the typesetter's own, among them one for code."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=with_code,
        font_paths=[str(_font_folder())],
    )


@cache
def _font_folder() -> Path:
    from importlib.util import find_spec

    found = find_spec("fontpkg_source_sans_3")
    if found is None or found.origin is None:
        raise _no_font()
    return Path(found.origin).parent / "files"


def _not_set() -> DocumentError:
    """What the typesetter says is for whoever mends the program: --debug shows it."""
    return DocumentError(
        _("The document could not be made, because of a fault in the program."),
        _("Make it as HTML or text instead. Run it again with --debug and report what it prints."),
    )


def _stopped() -> DocumentError:
    return DocumentError(
        _("The typesetter was stopped, as happens where memory is short."),
        _("Close other programs and make it anew, or make it as HTML or text."),
    )


def _no_font() -> DocumentError:
    return DocumentError(
        _("The font {font} is not installed.", font=FONT),
        _("Install the program again: its fonts come with it."),
    )


def _characters(font: BinaryIO) -> tuple[Sequence[int], Sequence[int]]:
    """The first and the last of each range in a TrueType file's map (OpenType, cmap 12)."""
    (tables,) = struct.unpack(">4xH6x", font.read(12))
    for tag, _sum, start, length in struct.iter_unpack(">4sLLL", font.read(16 * tables)):
        if tag != b"cmap":
            continue
        font.seek(start)
        data = font.read(length)
        for k in range(struct.unpack_from(">H", data, 2)[0]):
            (at,) = struct.unpack_from(">L", data, 8 + 8 * k)
            if struct.unpack_from(">H", data, at)[0] == 12:
                size = 3 * struct.unpack_from(">L", data, at + 12)[0]
                groups = struct.unpack_from(f">{size}L", data, at + 16)
                return groups[::3], groups[1::3]
    return (), ()

"""An .xlsx file's table of contents: its sheets, number formats, shared texts, properties.

Both forms of the standard are read (transitional and strict); part names may have backslashes.
Source: ECMA-376, parts 1 and 4.
"""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MAX_STRINGS, Archive, damaged, too_big
from frivillig_cli.formats.budget import MAX_TEXT, too_much_text
from frivillig_cli.formats.counting import refuse_many_texts
from frivillig_cli.formats.values import clean_text, format_kind, unescape
from frivillig_cli.formats.xml_parts import (
    MAX_DEPTH,
    Element,
    XmlTarget,
    elements,
    parse,
    too_deep,
)

MAX_SHEETS = 64
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "http://purl.oclc.org/ooxml/spreadsheetml/main}",
)


def main_names(*names: str) -> dict[str, str]:
    """`namespace}local` -> local name, in both forms of the standard."""
    return {f"{namespace}{name}": name for namespace in _MAIN for name in names}


@dataclass(frozen=True)
class SheetPart:
    """Where a sheet is kept."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True)
class Contents:
    """What must be known before the first cell is read."""

    sheets: tuple[SheetPart, ...]
    names: dict[str, str]
    properties: dict[str, str]
    epoch_1904: bool
    formats: tuple[str, ...] | None
    strings: list[str | None]
    struck_looks: frozenset[str]  # numbers of looks and of texts with a line through them
    struck_texts: frozenset[int]
    has_macros: bool
    has_links: bool


def read_contents(archive: Archive) -> Contents:
    """Read everything but the sheets. FileFormatError when a part is missing or wrong."""
    book = _main_part(archive)
    links = relations(archive, book)
    found = elements(archive, book, {"sheet", "workbookPr", "definedName"})
    sheets = tuple(
        sheet
        for element in found
        if element.name == "sheet" and element.parent == "sheets"
        for sheet in [_sheet(archive, element, links)]
        if sheet is not None
    )
    if not sheets:
        raise damaged(archive.name, _("it has no worksheets"))
    if len(sheets) > MAX_SHEETS:
        raise too_big(archive.name, _("it has more than {n} sheets", n=MAX_SHEETS))
    by_type = {kind: part for kind, part in links.values() if part}
    epoch = any(
        element.name == "workbookPr" and element.attributes.get("date1904") in ("1", "true")
        for element in found
    )
    styles, strings = by_type.get("styles"), by_type.get("sharedStrings")
    formats, struck_looks = _looks(archive, styles) if styles else (None, frozenset())
    texts = shared_strings(archive, strings) if strings else Texts([], frozenset())
    parts = archive.names()
    return Contents(
        sheets=sheets,
        names={
            element.attributes.get("name", ""): element.text
            for element in found
            if element.name == "definedName" and "localSheetId" not in element.attributes
        },
        properties=_properties(archive),
        epoch_1904=epoch,
        formats=formats,
        strings=texts.strings,
        struck_looks=struck_looks,
        struck_texts=texts.struck,
        has_macros=any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in parts),
        has_links=any(name.startswith("xl/externallinks/") for name in parts),
    )


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for kind, part in relations(archive, "").values():
            if kind == "officeDocument" and part:
                return part
    return "xl/workbook.xml"


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (kind, part name) of what a part points at; the part is '' when that is
    out of the file."""
    folder = posixpath.dirname(part)
    found: dict[str, tuple[str, str]] = {}
    for element in elements(archive, links_of(part), {"Relationship"}):
        attributes = element.attributes
        target = attributes.get("Target", "").replace("\\", "/")
        if attributes.get("TargetMode") == "External":
            target = ""
        elif target.startswith("/"):
            target = target.lstrip("/")
        elif target:
            target = posixpath.normpath(posixpath.join(folder, target))
        kind = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = (kind, target)
    return found


def links_of(part: str) -> str:
    """The part that says what a part points at."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _sheet(
    archive: Archive, element: Element, links: dict[str, tuple[str, str]]
) -> SheetPart | None:
    attributes = element.attributes
    name = unescape(attributes.get("name", ""))
    kind, part = links.get(attributes.get("id", ""), ("", ""))
    if kind in ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"):
        return None
    if kind != "worksheet" or part not in archive:
        raise damaged(archive.name, _("the sheet «{sheet}» is missing", sheet=name))
    return SheetPart(name, attributes.get("state", "visible") != "visible", part)


def _looks(archive: Archive, part: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The number format of each look, and the numbers of those that strike out."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    fonts: list[bool] = []
    struck: set[str] = set()
    strikes = False
    for element in elements(archive, part, {"numFmt", "xf", "font", "strike"}):
        if element.name == "numFmt":
            codes.setdefault(
                element.attributes.get("numFmtId", ""), element.attributes.get("formatCode", "")
            )
        elif element.name == "strike":
            strikes = says_yes(element.attributes)
        elif element.name == "font":
            if element.parent == "fonts":
                fonts.append(strikes)
            strikes = False
        elif element.parent == "cellXfs":
            font = element.attributes.get("fontId", "0")
            if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]:
                struck.add(str(len(styles)))
            styles.append(element.attributes.get("numFmtId", "0"))
    kinds = {
        number: format_kind(int(number) if number.isdecimal() else 0, codes.get(number))
        for number in set(styles)
    }
    return tuple(kinds[number] for number in styles), frozenset(struck)


def says_yes(attributes: Mapping[str, str]) -> bool:
    """Whether an element that is there to say yes does: `<strike/>`, not `<strike val="0"/>`."""
    return attributes.get("val", "1") not in ("0", "false", "off")


def _properties(archive: Archive) -> dict[str, str]:
    """Title, author and the like from docProps/core, then custom ones, which win."""
    found: dict[str, str] = {}
    if "docProps/core.xml" in archive:
        for element in elements(archive, "docProps/core.xml", {"*"}):
            found[element.name] = element.text.strip()
    if "docProps/custom.xml" in archive:
        for element in elements(archive, "docProps/custom.xml", {"property"}):
            found[element.attributes.get("name", "")] = unescape(element.text.strip())
    return found


class Texts(NamedTuple):
    """The texts that cells point at, and the numbers of those that are struck out in part."""

    strings: list[str | None]
    struck: frozenset[int]


def shared_strings(archive: Archive, part: str) -> Texts:
    """The texts that cells point at by number, cleaned; phonetic guides are left out."""
    refuse_many_texts(archive, part)
    target = _Strings(archive.name, part)
    parse(target, archive.chunks(part, MAX_STRINGS), name=archive.name, part=part)
    return Texts(target.strings, frozenset(target.struck))


class _Strings(XmlTarget):
    _known = main_names("si", "t", "rPh", "strike")

    def __init__(self, name: str, part: str) -> None:
        self.strings: list[str | None] = []
        self.struck: set[int] = set()
        self._name, self._part = name, part
        self._pieces: list[str] = []
        self._taking = False
        self._guide = False
        self._depth = 0
        self._held = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep(self._name, self._part)
        known = self._known.get(name)
        if known == "t":
            self._taking = not self._guide
        elif known == "rPh":
            self._guide = True
        elif known == "strike" and says_yes(attributes):
            self.struck.add(len(self.strings))

    def text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)
            self._held += len(data)
            if self._held > MAX_TEXT:
                raise too_much_text(self._name)

    def end(self, name: str) -> None:
        self._depth -= 1
        known = self._known.get(name)
        if known == "t":
            self._taking = False
        elif known == "rPh":
            self._guide = False
        elif known == "si":
            value = clean_text(unescape("".join(self._pieces)))
            self._held += sys.getsizeof(value) - sum(map(len, self._pieces)) + 8
            if self._held > MAX_TEXT:
                raise too_much_text(self._name)
            self._pieces.clear()
            self.strings.append(value)

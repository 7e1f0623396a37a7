"""The comments on the cells of an .xlsx file, and what is drawn on it, in parts of their own.

The older ones are called notes today; those that can be answered stand in a second part as well,
with words for older programs in the first. Sources: ECMA-376 part 1, 18.7 and 20.5; MS-XLSX 2.1.54.
"""

from __future__ import annotations

from collections.abc import Iterator

from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import Archive, damaged
from frivillig_cli.formats.cells import (
    MAX_COLUMN,
    MAX_ROW,
    Note,
    note_text,
    parse_ref,
    picture_text,
)
from frivillig_cli.formats.values import clean_text, unescape
from frivillig_cli.formats.xlsx_parts import links_of, relations
from frivillig_cli.formats.xml_parts import elements

_KINDS = ("comments", "threadedComment", "drawing")
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_DRAWN = {*_ANCHORS, "col", "row", "t", "br", "p", "pic", "Choice", "Fallback"}


def holds_notes(archive: Archive) -> bool:
    """A quick look: most files have none."""
    return any("comment" in name or "drawing" in name for name in archive.names())


def read_notes(archive: Archive, part: str) -> tuple[Note, ...]:
    """The comments on one sheet, cell by cell, and after them what is drawn on it."""
    if links_of(part) not in archive:
        return ()
    found: dict[tuple[int, int], list[str]] = {}
    linked = [(kind, to) for kind, to in relations(archive, part).values() if kind in _KINDS]
    threads = [to for kind, to in linked if kind == "threadedComment" and to in archive]
    for to in threads:
        _gather(archive, to, "threadedComment", found)
    answered = set(found)
    for kind, to in linked:
        if kind == "comments" and to in archive:
            _gather(archive, to, "comment", found, but=answered)
    notes = [Note(*at, "\n".join(texts)) for at, texts in sorted(found.items())]
    for kind, to in linked:
        if kind == "drawing" and to in archive:
            notes += _drawn(archive, to)
    return tuple(notes)


def _drawn(archive: Archive, part: str) -> Iterator[Note]:
    """The text boxes and pictures of a drawing, at the cells that they begin in.

    What is there twice, for older programs, is read once.
    """
    place = {"row": 0, "col": 0}
    pieces: list[str] = []
    kept = 0
    for element in elements(archive, part, _DRAWN):
        name = element.name
        if name in place and element.parent == "from":
            place[name] = int(element.text) if element.text.isdecimal() else 0
        elif name == "t":
            pieces.append(element.text)
        elif name in ("p", "br"):
            pieces.append("\n")
        elif name == "pic":
            pieces.append(f"{picture_text()}\n")
        elif name == "Choice":
            kept = len(pieces)
        elif name == "Fallback" and kept:
            del pieces[kept:]
        elif name in _ANCHORS:
            text = (clean_text("".join(pieces)) or "").strip()
            row, column = min(place["row"] + 1, MAX_ROW), min(place["col"] + 1, MAX_COLUMN)
            if text:
                yield Note(row, column, text, drawn=True)
            place, pieces, kept = {"row": 0, "col": 0}, [], 0


def _gather(
    archive: Archive,
    part: str,
    wanted: str,
    found: dict[tuple[int, int], list[str]],
    but: set[tuple[int, int]] = frozenset(),  # type: ignore[assignment]
) -> None:
    for element in elements(archive, part, {wanted}):
        ref = element.attributes.get("ref", "")
        try:
            at = parse_ref(ref)
        except ValueError:
            what = _("cell {cell}", cell=ref[:20])
            words = _("{what} of «{sheet}» is out of place", what=what, sheet=part)
            raise damaged(archive.name, words) from None
        text = note_text(clean_text(unescape(element.text)) or "")
        if text and at not in but:
            found.setdefault(at, []).append(text)

"""The comments on the cells of an .xlsx file, which stand in parts of their own.

The older ones are called notes today; those that can be answered stand in a second part as well,
with words for older programs in the first. Sources: ECMA-376 part 1, 18.7; MS-XLSX 2.1.54.
"""

from __future__ import annotations

from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import Archive, damaged
from frivillig_cli.formats.cells import Note, note_text, parse_ref
from frivillig_cli.formats.values import clean_text, unescape
from frivillig_cli.formats.xlsx_parts import links_of, relations
from frivillig_cli.formats.xml_parts import elements

_KINDS = {"comments": "comment", "threadedComment": "threadedComment"}


def holds_notes(archive: Archive) -> bool:
    """A quick look: most files have none."""
    return any("comment" in name for name in archive.names())


def read_notes(archive: Archive, part: str) -> tuple[Note, ...]:
    """The comments on one sheet, cell by cell."""
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
    return tuple(Note(*at, "\n".join(texts)) for at, texts in sorted(found.items()))


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

"""Pictures as fields of a Word template: where one stands, an inline picture of Word's own.

A picture stands behind a mark until the part is finished; then the text is cut there, and the
drawing goes between. Each part has relations of its own, so a header's logo is the header's.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from xml.dom import minidom

from frivillig_cli.documents.docx_text import drawing
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.raster import Raster, raster

_HIGHEST, _WIDEST = 1134, 3969  # twentieths of a point: 20 and 70 mm
_MARK = re.compile("\2([0-9]+)\3")
_DRAWING = re.compile(r"<wp:docPr\b[^>]*?\bid=\"([0-9]{1,9})\"")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/"
# The same names in files of the kind that Word calls strict.
_STRICT = {
    _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    _DRAWINGS: "http://purl.oclc.org/ooxml/drawingml/",
}
_STRICT_WORD = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_MIME = {"png": "image/png", "jpg": "image/jpeg"}


def drawn(xml: str, pictures: Sequence[Picture]) -> str:
    """A part with its pictures in it; they are related to by the id that `relation_id` gives.

    TemplateError for a picture that is damaged.
    """
    if "\2" not in xml:
        return xml
    number = max(map(int, _DRAWING.findall(xml)), default=0)
    strict = _STRICT_WORD in xml[:4000]

    def put(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        picture = pictures[int(found[1])]
        shown = raster(picture)
        wide, high = shown.within(_HIGHEST, _WIDEST)
        made = drawing(relation_id(shown), number, picture.alt, wide, high)
        named = "".join(
            f' xmlns:{prefix}="{_name(where, strict)}"'
            for prefix, where in (
                ("wp", _DRAWINGS + "wordprocessingDrawing"), ("a", _DRAWINGS + "main"),
                ("pic", _DRAWINGS + "picture"), ("r", _OFFICE),
            )
        )  # fmt: skip
        made = made.replace("<wp:inline ", f"<wp:inline{named} ", 1)
        made = made.replace(f'uri="{_DRAWINGS}', f'uri="{_name(_DRAWINGS, strict)}')
        return f'</w:t>{made}<w:t xml:space="preserve">'

    return _MARK.sub(put, xml)


def _name(where: str, strict: bool) -> str:
    if strict:
        for usual, other in _STRICT.items():
            where = where.replace(usual, other)
    return where


def relation_id(shown: Raster) -> str:
    """The id by which a part relates to a picture: the same for the same picture."""
    return f"rIdPicture{_digest(shown)}"


def _digest(shown: Raster) -> str:
    return hashlib.sha256(shown.data).hexdigest()[:16]


def with_pictures(
    parts: Mapping[str, bytes], texts: Mapping[str, str], pictures: Sequence[Picture]
) -> dict[str, bytes]:
    """The parts of a package that its pictures need: they themselves, relations and kinds."""
    changed: dict[str, bytes] = {}
    spelled = {name.lower(): name for name in parts}
    for shown in dict.fromkeys(map(raster, pictures)):
        for name, xml in texts.items():
            if f'"{relation_id(shown)}"' not in xml:
                continue
            folder, file = posixpath.split(name)
            media = f"media/picture-{_digest(shown)}.{shown.kind}"
            changed[posixpath.join(folder, media)] = shown.data
            wanted = posixpath.join(folder, "_rels", f"{file}.rels")
            place = spelled.get(wanted.lower(), wanted)
            relations = changed.get(place, parts.get(place, b""))
            strict = _STRICT_WORD in xml[:4000]
            changed[place] = _related(relations, relation_id(shown), media, strict)
            types = spelled["[content_types].xml"]
            changed[types] = _known(changed.get(types, parts[types]), shown.kind)
    return changed


@lru_cache(maxsize=32)  # the same for each letter of a batch
def _related(data: bytes, name: str, target: str, strict: bool) -> bytes:
    none = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    kind = f"{_name(_OFFICE, strict)}/image"
    return _added(data or none, "Relationship", {"Id": name, "Type": kind, "Target": target})


@lru_cache(maxsize=32)
def _known(data: bytes, ending: str) -> bytes:
    root = minidom.parseString(data).documentElement
    assert root is not None
    for one in root.childNodes:
        if one.nodeType == one.ELEMENT_NODE and one.getAttribute("Extension").lower() == ending:
            return data
    first = {"Extension": ending, "ContentType": _MIME[ending]}
    return _added(data, "Default", first, first=True)


def _added(data: bytes, name: str, values: Mapping[str, str], *, first: bool = False) -> bytes:
    """A part with one element more in its root. It was judged when the template was read."""
    document = minidom.parseString(data)
    root = document.documentElement
    assert root is not None
    one = document.createElement(f"{root.prefix}:{name}" if root.prefix else name)
    for key, value in values.items():
        one.setAttribute(key, value)
    root.insertBefore(one, root.firstChild if first else None)
    return document.toxml(encoding="UTF-8")

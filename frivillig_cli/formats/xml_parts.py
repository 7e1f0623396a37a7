"""XML from strangers, piece by piece: no document type, no entities, no deep nesting."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import Archive, damaged, too_big

MAX_DEPTH = 64
MAX_ELEMENTS = 200_000


class XmlTarget:
    """What is told of a part: override what matters. Names are `namespace}local`."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters."""


class Element(NamedTuple):
    """An element that was asked for: local names, attributes by local name, all text within."""

    name: str
    parent: str
    attributes: dict[str, str]
    text: str


def feed(target: XmlTarget, chunks: Iterable[bytes], *, name: str, part: str) -> Iterator[None]:
    """Parse `chunks` into `target`, pausing after each piece so that the caller can take away
    what has gathered. FileFormatError names the file and the part.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_args: object) -> int:
        raise damaged(name, _("{part} holds a document type, which no such file has", part=part))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise damaged(
            name, _("{part} is not whole (line {line})", part=part, line=error.lineno)
        ) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise damaged(name, _("{part} is in an unknown encoding", part=part)) from error


def parse(target: XmlTarget, chunks: Iterable[bytes], *, name: str, part: str) -> None:
    """Parse a whole part."""
    for _pause in feed(target, chunks, name=name, part=part):
        pass


def elements(archive: Archive, part: str, wanted: Collection[str]) -> list[Element]:
    """The elements of a small part whose local names are `wanted` ('*': children of the root)."""
    target = _Elements(archive.name, part, wanted)
    parse(target, archive.chunks(part), name=archive.name, part=part)
    return target.found


def too_deep(name: str, part: str) -> FileFormatError:
    """The refusal for nesting that no program writes."""
    return damaged(name, _("{part} is nested too deep", part=part))


class _Elements(XmlTarget):
    def __init__(self, name: str, part: str, wanted: Collection[str]) -> None:
        self.found: list[Element] = []
        self._name, self._part, self._wanted = name, part, wanted
        self._path: list[str] = []
        self._open: list[tuple[int, dict[str, str], list[str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition("}")[2])
        if len(self._path) > MAX_DEPTH:
            raise too_deep(self._name, self._part)
        if self._path[-1] in self._wanted or (len(self._path) == 2 and "*" in self._wanted):
            if len(self.found) > MAX_ELEMENTS:
                raise too_big(self._name, _("{part} lists too many things", part=self._part))
            local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
            self._open.append((len(self._path), local, []))

    def text(self, data: str) -> None:
        for _depth, _attributes, pieces in self._open:
            pieces.append(data)

    def end(self, name: str) -> None:
        depth = len(self._path)
        local = self._path.pop()
        if self._open and self._open[-1][0] == depth:
            _depth, attributes, pieces = self._open.pop()
            parent = self._path[-1] if self._path else ""
            self.found.append(Element(local, parent, attributes, "".join(pieces)))

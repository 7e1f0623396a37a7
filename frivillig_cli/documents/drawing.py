"""How much there is to draw in an SVG, before it is drawn.

A small file can ask for a lot: masks in masks, and marks at each of a line's points. Each part is
counted as often as it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache
from xml.parsers import expat

MOST_LAYERS = 300  # each may be as large as the picture
MOST_PARTS = 150_000
FEW = 150  # a part as large as the picture, with another shining through, takes 30 ms
_NOT_DRAWN = frozenset({"defs", "mask", "clipPath", "pattern", "marker", "symbol"})
_LAYERS = ("mask", "clip-path")
_ON_SHAPES = ("fill", "stroke")
_ON_POINTS = ("marker", "marker-start", "marker-mid", "marker-end")
_URL = re.compile(r"([\w-]+)\s*:[^;{}]*?url\(\s*[\"']?\s*#([^\"')]+?)\s*[\"']?\s*\)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_NUMBER = re.compile(r"[a-zA-Z]|\d+\.?\d*|\.\d+")


@dataclass
class _Part:
    name: str
    attributes: dict[str, str]
    inside: list[_Part] = field(default_factory=list)
    count: _Count | None = None
    counting: bool = False

    @cached_property
    def points(self) -> int:
        said = self.attributes.get("d") or self.attributes.get("points") or ""
        return sum(1 for _number in _NUMBER.finditer(said))


@dataclass
class _Count:
    """How many layers, parts and points are drawn."""

    layers: int = 0
    parts: int = 0
    points: int = 0

    def add(self, other: _Count, times: int = 1) -> None:
        self.layers += other.layers * times
        self.parts += other.parts * times
        self.points += other.points * times


class Amount(IntEnum):
    """How long an SVG may take to draw: a few seconds at most; perhaps long; far too long."""

    LITTLE = 0
    MUCH = 1
    TOO_MUCH = 2


@lru_cache(maxsize=4)
def amount(data: bytes) -> Amount:
    """How much there is to draw in an SVG. ValueError for what is no XML."""
    drawing = _Drawing()
    try:
        drawing.read(data)
        drawn = drawing.counted(drawing.root)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    except RecursionError:
        return Amount.TOO_MUCH
    pieces = drawn.parts + drawn.points // 10
    if drawn.layers > MOST_LAYERS or pieces > MOST_PARTS:
        return Amount.TOO_MUCH
    return Amount.LITTLE if drawn.layers + pieces <= FEW else Amount.MUCH


class _Drawing:
    def __init__(self) -> None:
        self.root = _Part("", {})
        self._open = [self.root]
        self._named: dict[str, _Part] = {}
        self._style: list[str] = []
        self._rules: list[tuple[set[str], list[tuple[str, str]]]] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)
        for selectors, said in _RULE.findall("".join(self._style)):
            if found := _URL.findall(said):
                named = set(_CLASS.findall(selectors))
                others = any(not _CLASS.search(one) for one in selectors.split(","))
                self._rules.append((set() if others else named, found))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        part = _Part(name.rpartition(":")[2], attributes)
        self._open[-1].inside.append(part)
        self._open.append(part)
        if "id" in attributes:
            self._named.setdefault(attributes["id"], part)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, said: str) -> None:
        if self._open[-1].name == "style":
            self._style.append(said)

    def _named_by(self, part: _Part) -> Iterator[tuple[str, _Part]]:
        """What a part draws with, by the property that names it."""
        said = "; ".join(f"{key}: {value}" for key, value in part.attributes.items()
                         if "url(" in value and key != "style")  # fmt: skip
        found = _URL.findall(f"{said}; {part.attributes.get('style', '')}")
        classes = set(part.attributes.get("class", "").split())
        for named, rules in self._rules:
            if not named or named & classes:
                found += rules
        for key in ("href", "xlink:href"):
            if (target := part.attributes.get(key, "").strip()).startswith("#"):
                found.append(("href", target[1:]))
        for key, name in found:
            if name in self._named:
                yield key, self._named[name]

    def counted(self, part: _Part) -> _Count:
        """What is drawn for a part, with all that it holds and names."""
        if part.count is not None:
            return part.count
        if part.counting:  # it names itself, so it would never end
            raise RecursionError
        part.counting = True
        drawn = _Count(0, 1, part.points)
        for one in part.inside:
            if one.name not in _NOT_DRAWN:
                drawn.add(self.counted(one))
        for key, other in self._named_by(part):
            more = self.counted(other)
            if key in _ON_POINTS:
                drawn.add(more, max(1, drawn.points))
            elif key in _ON_SHAPES:
                shapes = drawn.parts
                drawn.add(more, shapes)
                drawn.layers += shapes if other.name == "pattern" else 0
            else:
                drawn.add(more)
                drawn.layers += key in _LAYERS
        part.count = drawn
        return drawn

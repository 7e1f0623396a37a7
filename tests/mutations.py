"""Workbooks that something has happened to: real ones, changed in one of many ways by a seed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

_WEIRD = (
    "", "0", "-1", "1048577", "4294967296", "99999999999999999999", "NaN", "INF", "1e400", "A0",
    "XFE1", "XFD1048576", "A1:XFD1048576", "1:1", "../../../etc/passwd", "&#0;", "&a;", "true",
    "s", "e", "b", "d", "n", "str", "inlineStr", "æøå\u202e", "\u0000", "=1+1", "x" * 40_000,
    "2027-02-30", "18:65", "rId999", "http://x.example/", "%00", "\ud7ff", "f1-aaaaaaaa-1-b-c",
)  # fmt: skip


def mutated(data: bytes, seed: int, *, zipped: bool = True) -> bytes:
    """`data`, a zip or not, changed as `seed` says: the same seed gives the same bytes."""
    chance = Random(seed)
    bare: tuple[Callable[[bytes, Random], bytes], ...] = (_flip, _flip, _cut, _splice)
    inside = (_directory, _parts, _parts, _xml, _xml, _xml, _xml) if zipped else ()
    return chance.choice((*bare, *inside))(data, chance)


def _flip(data: bytes, chance: Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _cut(data: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def _splice(data: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def _directory(data: bytes, chance: Random) -> bytes:
    """The table of contents lies: sizes, offsets, flags, ways of packing, checksums."""
    out = bytearray(data)
    entries = [found.start() for found in re.finditer(b"PK\x01\x02", data)]
    for at in chance.sample(entries, min(len(entries), chance.choice((1, 1, 2, 5)))):
        place, width = chance.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (42, 4)))
        other = chance.choice(entries)
        value = chance.choice((
            out[other + place : other + place + width], bytes(width), b"\xff" * width,
            chance.randbytes(width),
        ))  # fmt: skip
        out[at + place : at + place + width] = value
    return bytes(out)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _parts(data: bytes, chance: Random) -> bytes:
    """Parts that are exchanged, gone, renamed, empty, or something else."""
    parts = list(_unpacked(data).items())
    one, other = (chance.randrange(len(parts)) for _ in range(2))
    (name, content), (other_name, other_content) = parts[one], parts[other]
    match chance.randrange(6):
        case 0:
            parts[one], parts[other] = (name, other_content), (other_name, content)
        case 1:
            del parts[one]
        case 2:
            parts[one] = (
                chance.choice((name.upper(), f"{name}x", "../" + name, "a/b.xml")),
                content,
            )
        case 3:
            parts[one] = (name, chance.choice((b"", b"<x/>", chance.randbytes(200), content[::-1])))
        case 4:
            parts[one] = (name, content * 2)
        case _:
            chance.shuffle(parts)
            parts.append((f"xl/worksheets/sheet{chance.randrange(9)}.xml", other_content))
    return _packed(list(dict(parts).items()))


def _xml(data: bytes, chance: Random) -> bytes:
    parts = _unpacked(data)
    name = chance.choice([name for name, content in parts.items() if content])
    for _ in range(chance.choice((1, 1, 1, 3, 20))):
        parts[name] = _edited(parts[name], chance)
    return _packed(list(parts.items()))


def _edited(content: bytes, chance: Random) -> bytes:
    """One edit of a part: a tag, an attribute, a text, or a stretch of bytes."""
    weird = chance.choice(_WEIRD).encode("utf-8", "surrogatepass")
    tags = list(re.finditer(rb"<[^>]*>", content))
    attributes = list(re.finditer(rb'="[^"]*"', content))
    texts = list(re.finditer(rb">([^<]+)<", content))
    kind = chance.randrange(8)
    if kind == 0 and tags:
        found = chance.choice(tags)
        return content[: found.start()] + content[found.end() :]
    if kind == 1 and tags:
        found = chance.choice(tags)
        return (
            content[: found.end()] + found[0] * chance.choice((1, 2, 300)) + content[found.end() :]
        )
    if kind == 2 and len(tags) > 1:
        one, other = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
        between = content[one.end() : other.start()]
        return content[: one.start()] + other[0] + between + one[0] + content[other.end() :]
    if kind in (3, 4) and attributes:
        found = chance.choice(attributes)
        return content[: found.start()] + b'="' + weird + b'"' + content[found.end() :]
    if kind in (5, 6) and texts:
        found = chance.choice(texts)
        return content[: found.start(1)] + weird + content[found.end(1) :]
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    if end - start > 400:
        end = start + chance.randrange(400)
    return content[:start] + chance.choice((b"", chance.randbytes(3), b"]]>")) + content[end:]

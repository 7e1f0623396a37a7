"""Small picture files that ask for a lot: refused before they are drawn or unpacked."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from frivillig_cli.documents import drawn_apart, raster
from frivillig_cli.documents.drawing import Amount, amount
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.picture import picture_of
from frivillig_cli.documents.raster import sound
from frivillig_cli.documents.typeset import typesetter

from .pictures import png

BOX = '<rect width="9" height="9"'


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def nested(element: str, use: str, deep: int = 14) -> str:
    """Each holds two uses of the next."""
    within = "".join(
        f'<{element} id="m{n}">{2 * use.format(n + 1)}</{element}>' for n in range(deep)
    )
    return f'{within}<{element} id="m{deep}">{BOX}/></{element}>{use.format(0)}'


POLYLINE = '<polyline {} points="' + "1 2 3 4 " * 100_000 + '"/>'
STYLE = "<style>.a, .b{fill:#fff;mask:url(#m1)}</style>"
LONG = {
    "masks": nested("mask", BOX + ' mask="url(#m{})"/>'),
    "masks in a style": nested("mask", BOX + " style=\"mask : url( '#m{}' )\"/>"),
    "clipped": nested("clipPath", BOX + ' clip-path="url(#m{})"/>'),
    "patterns": nested("pattern", BOX + ' fill="url(#m{})"/>'),
    "patterns of a group": nested("pattern", '<g fill="url(#m{})">' + BOX + "/></g>"),
    "uses": nested("symbol", '<use href="#m{}"/>', 18),
    "marks": '<marker id="a">' + BOX + "/></marker>" + POLYLINE.format('marker-mid="url(#a)"'),
    "marks of a group": '<marker id="a">' + BOX + '/></marker><g style="marker-mid:url(#a)">'
    + POLYLINE.format("") + "</g>",
    "a rule": STYLE + '<mask id="m1">' + BOX + "/></mask>" + (BOX + ' class="x b"/>') * 301,
    "itself": '<g id="a"><use href="#a"/></g>',
    "one in another": '<g opacity=".5">' * 5000 + "</g>" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("inside", LONG.values(), ids=LONG)
def test_a_drawing_that_takes_long_is_refused_before_it_is_drawn(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr(raster, "_drawn", lambda *_: pytest.fail("it was drawn"))
    with pytest.raises(TemplateError, match="so many parts"):
        sound(picture_of(svg(inside), "Kart"))


def test_what_drawings_have_is_drawn() -> None:
    """Some masks, a path of many points, a pattern, and marks at its ends."""
    mask = '<mask id="a">' + BOX + ' fill="#fff"/></mask>' + (BOX + ' mask="url(#a)"/>') * 3
    pattern = '<pattern id="b" width="3" height="3"><path d="M0 0h1"/></pattern>'
    marks = '<marker id="c"><path d="M0 0h1"/></marker><path marker-end="url(#c)" d="M0 0h5"/>'
    line = '<polyline fill="none" stroke="red" points="' + "1 2 3 4 " * 5_000 + '"/>'
    rest = pattern + marks + line + BOX + ' fill="url(#b)"/>'
    assert sound(picture_of(svg("<style>.a{fill:url(#b)}</style>" + mask + rest), "Kart"))
    assert amount(svg((BOX + ' class="a"/>') * 10_000)) is Amount.MUCH


LARGE = '<rect width="9" height="9" fill="red" fill-opacity=".5"/>'


def test_a_drawing_of_many_large_parts_is_given_a_time_and_refused_after_it(
    cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each covers the whole picture, so thousands of them take minutes."""
    monkeypatch.setattr(drawn_apart, "SECONDS", 0.2)
    logo = tmp_path / "logo.svg"
    logo.write_bytes(svg(LARGE * 20_000))
    refused = cli.refused("config", "set", "letterhead.logo", logo)
    assert "takes very long to draw" in refused and "save it as PNG" in refused


def test_a_drawing_of_many_small_parts_is_drawn_the_same_in_a_process_of_its_own() -> None:
    small = "".join(
        f'<rect x="{n % 9}" y="{n // 9 % 9}" width=".5" height=".5"/>' for n in range(500)
    )
    picture = picture_of(svg(small), "Kart")
    assert amount(picture.data) is Amount.MUCH
    assert drawn_apart.drawn_apart(picture, 90) == typesetter().png(picture, 90)


def test_a_damaged_drawing_of_many_parts_is_refused_as_damaged() -> None:
    with pytest.raises(TemplateError, match="damaged"):
        sound(picture_of(svg(LARGE * 500).replace(b'viewBox="0 0 9 9"', b'width="0"'), "Kart"))


def packed(kind: bytes, unpacked: int) -> bytes:
    head = b"x\0\1\0nb\0x\0" if kind == b"iTXt" else b"x\0\0"
    body = head + zlib.compress(bytes(unpacked))
    chunk = struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
    whole = png(4, 4)
    return whole[:33] + chunk + whole[33:]  # after the IHDR


@pytest.mark.parametrize("kind", [b"iCCP", b"zTXt", b"iTXt"])
def test_a_png_whose_profile_or_text_is_a_bomb_is_refused(
    monkeypatch: pytest.MonkeyPatch, kind: bytes
) -> None:
    assert sound(picture_of(packed(kind, 3_000), "Kart"))
    monkeypatch.setattr(raster, "_drawn", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(TemplateError, match="unpacks to far more"):
        sound(picture_of(packed(kind, 9_000_000), "Kart"))


def test_a_shield_that_is_a_bomb_is_refused_when_it_is_set(cli, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_bytes(svg(LONG["masks"]))
    assert "so many parts" in cli.refused("config", "set", "letterhead.logo", logo)


def test_a_drawing_whose_process_is_ended_is_not_called_damaged(
    cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(drawn_apart.subprocess, "run", lambda *_a, **_k: ended)
    logo = tmp_path / "logo.svg"
    logo.write_bytes(svg(LARGE * 20_000))
    refused = cli.refused("config", "set", "letterhead.logo", logo)
    assert "memory is short" in refused and "damaged" not in refused and "save it as PNG" in refused

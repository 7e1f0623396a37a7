"""Pictures of the template folder, as they stand in a document."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from frivillig_cli.documents import raster
from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.picture import picture_of
from frivillig_cli.documents.raster import sound

from .conftest import HEAD, SVG
from .pictures import JPEG, png

WHERE = {
    "alone": "![Kart](p)",
    "in a sentence": "Her er ![Kart](p) et kart.",
    "in a list": "- punkt\n- ![Kart](p)",
    "in a quote": "> ![Kart](p)",
    "in a table": "| a | b |\n|---|---|\n| ![Kart](p) | x |",
    "in a heading": "## Se ![Kart](p)",
    "in a link": "[![Kart](p)](https://kart.example)",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wide.png").write_bytes(png(1200, 600))
    (tmp_path / "small.png").write_bytes(png(96, 48))
    (tmp_path / "photo.jpg").write_bytes(JPEG)
    (tmp_path / "drawing.svg").write_bytes(SVG)
    return tmp_path


def shown(pdf: bytes, poppler: Callable[..., str]) -> list[tuple[float, float]]:
    """How large the pictures of a PDF are, in millimetres."""
    sizes = []
    for line in poppler("pdfimages", pdf, "-list").splitlines()[2:]:
        _page, _num, kind, wide, high, *_rest, x, y, _size, _ratio = line.split()
        if kind == "image":
            sizes.append((int(wide) / int(x) * 25.4, int(high) / int(y) * 25.4))
    return sizes


@pytest.mark.parametrize("body", WHERE.values(), ids=WHERE)
@pytest.mark.parametrize("name", ["small.png", "photo.jpg", "drawing.svg"])
def test_a_picture_may_stand_anywhere(
    folder: Path, letter: Callable[..., Letter], poppler: Callable[..., str], body: str, name: str
) -> None:
    pdf = letter_pdf(letter(body.replace("(p)", f"({name})")))
    structure = poppler("pdfinfo", pdf, "-struct")
    assert re.search(r"^\s+Figure", structure, re.M), structure
    if name != "drawing.svg":
        assert len(shown(pdf, poppler)) == 1


def test_a_picture_has_its_own_size_or_the_width_of_the_text(
    folder: Path, letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    body = "![Et kart](wide.png)\n\n![Et lite](small.png)\n\nHer ![Kart](wide.png) og."
    whole, within, own = sorted(shown(letter_pdf(letter(body)), poppler), reverse=True)
    assert whole == pytest.approx((160, 80), abs=3)
    assert within == pytest.approx((80, 40), abs=1)  # half the width at most in a sentence
    assert own == pytest.approx((25.4, 12.7), abs=0.5)  # 96 pixels to the inch


@pytest.mark.parametrize("side", ["---", ":--:", "--:"])
def test_a_picture_in_a_cell_is_no_wider_than_its_column(
    folder: Path, letter: Callable[..., Letter], poppler: Callable[..., str], side: str
) -> None:
    row = f"| Kulturhuset | ![Kart](wide.png) | 1 250 kroner |\n| {'ord ' * 30} | x | y |"
    pdf = letter_pdf(letter(f"| Lokale | Kart | Pris |\n|---|{side}|---|\n{row}"))
    (size,) = shown(pdf, poppler)
    assert 8 < size[0] < 60
    assert "Figure" in poppler("pdfinfo", pdf, "-struct")


@pytest.mark.parametrize("at", [7, 8, 9])
def test_a_long_list_may_end_in_a_picture(
    folder: Path, letter: Callable[..., Letter], poppler: Callable[..., str], at: int
) -> None:
    items = ["- punkt"] * 10
    items[at] = "- ![Kart](small.png)"
    assert len(shown(letter_pdf(letter("\n".join(items))), poppler)) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SVG.replace(b"<path", b'<text x="1">Elvedal</text><path'), "text that needs a font"),
        (SVG.replace(b"<path", b"<svg:text/><path"), "text that needs a font"),
        (SVG.replace(b"<path", b'<image xlink:href="https://x.example/a.png"/><path'), "fetches"),
        (SVG.replace(b"<path", b'<image\nhref="file:///etc/passwd"/><path'), "fetches"),
        (SVG.replace(b"<path", b'<style>@import "a.css";</style><path'), "fetches"),
        (SVG.replace(b"<path", b'<path fill="url(https://x.example/b)"/><path'), "fetches"),
        (b"<svg><broken", "damaged"),
        (png(40, 40)[:60], "damaged"),
        (JPEG[:200], "damaged"),
    ],
)
def test_a_picture_that_would_differ_or_fail_is_refused(
    folder: Path, letter: Callable[..., Letter], data: bytes, why: str
) -> None:
    with pytest.raises(TemplateError, match=why):
        sound(picture_of(data, "Våpen"))
    (folder / "bad").write_bytes(data)
    with pytest.raises(TemplateError, match=why):
        letter("![Våpen](bad)", HEAD)


def test_what_an_svg_holds_itself_is_no_fault() -> None:
    inside = (
        b'<defs><linearGradient id="g"/><path id="p" d="M0 0h9v9z"/></defs>'
        b'<use xlink:href="#p"/><path fill="url(#g)" d="M1 1h2v2z"/>'
        b'<a href="https://x.example"><path d="M0 0h1v1z"/></a>'
    )
    data = SVG.replace(b"<svg ", b'<svg xmlns:xlink="http://www.w3.org/1999/xlink" ')
    picture = picture_of(data.replace(b"<path", inside + b"<path", 1), "Våpen")
    assert sound(picture) is picture


def test_verapdf_finds_no_fault_in_pictures(
    folder: Path, letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    names = ["small.png", "photo.jpg", "drawing.svg"] * 3
    bodies = [
        body.replace("(p)", f"({name})") for body, name in zip(WHERE.values(), names, strict=False)
    ]
    pdf = letter_pdf(letter("\n\n".join(bodies)))
    assert verapdf(pdf).count("compliant=true") == 2


def huge_jpeg() -> bytes:
    size = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:size] + b"\x3a\x98\x3a\x98" + JPEG[size + 4 :]  # 15,000 by 15,000


def in_svg(data: bytes, kind: str) -> bytes:
    where = f"data:image/{kind};base64,{b64encode(data).decode()}"
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        + f'<image width="9" height="9" href="{where}"/></svg>'.encode()
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, kind: str, packed: bool
) -> None:
    monkeypatch.setattr(raster, "_drawn", lambda *_: pytest.fail("it was unpacked"))
    head = png(1, 1).replace(struct.pack(">LL", 1, 1), struct.pack(">LL", 15_000, 15_000))
    data = head if kind == "png" else huge_jpeg()
    with pytest.raises(TemplateError) as caught:
        sound(picture_of(in_svg(data, kind) if packed else data, "Kart"))
    assert "225 million pixels" in caught.value.said and "smaller" in caught.value.hint


def test_a_drawing_may_hold_a_picture_of_its_own() -> None:
    assert sound(picture_of(in_svg(png(40, 20), "png"), "Kart"))
    with pytest.raises(TemplateError, match="neither PNG nor JPEG"):
        sound(picture_of(in_svg(b"GIF89a\xff\xff\xff\xff", "gif"), "Kart"))


@pytest.mark.parametrize("end", [b"\n", b"&#10;", b"&#xA;"])
def test_a_picture_in_a_drawing_may_be_written_on_many_lines(end: bytes) -> None:
    """As drawing programs write it: the lines' ends are no part of the picture."""
    data = in_svg(JPEG, "jpeg")
    start = data.index(b"base64,") + len(b"base64,")
    inside = data[start : data.index(b'"', start)]
    lines = end.join(inside[n : n + 76] for n in range(0, len(inside), 76))
    assert sound(picture_of(data.replace(inside, lines), "Kart"))


SHADOW = '<filter id="f"><feGaussianBlur stdDeviation="5000"/></filter>'


@pytest.mark.parametrize(
    "used",
    [SHADOW + '<path filter="url(#f)" d="M0 0h9"/>', '<path style="filter : blur(900px)" d=""/>',
     SHADOW + "<style>.a{fill:red;filter:url(#f)}</style>"],
)  # fmt: skip
def test_a_drawing_with_effects_is_refused(used: str) -> None:
    with pytest.raises(TemplateError, match="effects"):
        sound(picture_of(SVG.replace(b"</svg>", used.encode() + b"</svg>"), "Kart"))


def test_an_effect_that_nothing_uses_is_no_fault() -> None:
    unused = SHADOW + '<path filter="none" style="fill:red; filter: none" d="M0 0h9v9z"/>'
    assert sound(picture_of(SVG.replace(b"</svg>", unused.encode() + b"</svg>"), "Kart"))


ICONS = {
    "Ring ![Telefon](p) 32 22 01 00": True,
    "![Telefon](p) **Ring**": True,
    "Ring [![Telefon](p)](tel:+4732220100)": True,
    "## Ring ![Telefon](p)": True,
    "- ![Telefon](p) ring": True,
    "| ![Telefon](p) ring |\n|---|\n| x |": True,
    "![Telefon](p)": False,
    "![Telefon](p)\nSå ser den ut": False,
    "![Telefon](p) ![Telefon](p)": False,
    "| ![Telefon](p) |\n|---|\n| x |": False,
}


@pytest.mark.parametrize(("body", "is_icon"), ICONS.items(), ids=ICONS)
def test_a_picture_in_a_line_of_words_is_as_high_as_the_line(
    folder: Path, letter: Callable[..., Letter], poppler: Callable[..., str], body: str,
    is_icon: bool,
) -> None:  # fmt: skip
    (folder / "icon.png").write_bytes(png(300, 300))
    made = letter(body.replace("(p)", "(icon.png)"))
    high = [high for _wide, high in shown(letter_pdf(made), poppler)]
    assert max(high) < 6 if is_icon else min(high) > 20
    in_word = re.findall(r'<wp:extent cx="\d+" cy="(\d+)"/>', document(made))
    assert (max(map(int, in_word)) < 6 * 36_000) == is_icon
    assert ('class="icon" height="16"' in letters_html([made])) == is_icon


def document(made: Letter) -> str:
    """The text of the Word document of a letter without a logo."""
    data = letters_docx([made._replace(letterhead=made.letterhead._replace(logo=None))])
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode("utf-8")


@pytest.mark.parametrize("name", ["wide.png", "small.png"])
def test_what_has_another_shape_than_an_icon_keeps_its_size(
    folder: Path, letter: Callable[..., Letter], name: str
) -> None:
    made = letter(f"Med hilsen ![Underskrift]({name})")
    assert not any(child.icon for child in made.document.blocks[0].children)


def test_a_caption_stands_below_its_picture(folder: Path, letter: Callable[..., Letter]) -> None:
    kinds = [
        [child.kind for child in letter(body).document.blocks[0].children]
        for body in ("![Kart](wide.png)\nKartet", "Kartet:\n![Kart](wide.png)\nLier", "a\nb")
    ]
    assert kinds == [
        ["image", "break", "text"], ["text", "break", "image", "break", "text"],
        ["text", "text", "text"],
    ]  # fmt: skip

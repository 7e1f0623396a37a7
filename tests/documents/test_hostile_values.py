"""A value can never become markup, in any format."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.sheets import Column, Phone, Section, Sheets, Table, Text
from frivillig_cli.documents.sheets_html import sheets_html
from frivillig_cli.documents.sheets_pdf import write_sheets_pdf
from frivillig_cli.documents.template import Template, load_template, render_template
from frivillig_cli.documents.text import letter_text
from frivillig_cli.documents.tree import Block, Document, Inline, plain
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.documents.values import Marks, one_line

from .hostile import HOSTILE

BODY = """
## {{ org.name }}

{{ org.name }} og **{{ org.name }}**

- {{ org.name }}
- *x{{ org.name }}y*

| {{ org.name }} | b |
|---|---|
| a | {{ org.name }} |

1. [{{ org.name }}](https://a.example) {{ org.name ~ "x" }} {{ org.name | upper }}
"""


@pytest.fixture
def template(write_template: Callable[..., Any]) -> Template:
    return load_template(write_template(BODY))


def shape(value: Any) -> Any:
    """A tree without its texts."""
    if isinstance(value, Inline):
        if value.kind == "text":
            return "text"
        return (value.kind, value.target, _merged(map(shape, value.children)))
    if isinstance(value, Block):
        return (value.kind, value.level, _merged(map(shape, value.children)),
                shape(value.items), shape(value.header), shape(value.rows))  # fmt: skip
    if isinstance(value, tuple):
        return tuple(map(shape, value))
    return _merged(map(shape, value.children)) if hasattr(value, "children") else value


def _merged(parts: Any) -> list[Any]:
    """Texts that stand beside each other count as one."""
    out: list[Any] = []
    for part in parts:
        if part != "text" or out[-1:] != ["text"]:
            out.append(part)
    return out


def test_400_hostile_values_leave_the_tree_as_it_was(template: Template) -> None:
    assert len(HOSTILE) >= 400
    expected = shape(render_template(template, {"org": {"name": "Songlag"}}).document.blocks)
    for value in HOSTILE:
        if not one_line(value):
            continue
        blocks = render_template(template, {"org": {"name": value}}).document.blocks
        assert shape(blocks) == expected, repr(value[:60])
        assert plain(blocks[0].children) == one_line(value)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_out_as_it_went_in(value: str) -> None:
    from frivillig_cli.documents.render import render_body

    blocks = render_body("a{{ x }}b *{{ x }}*", "nb", {"x": value}, None)
    shown = one_line(value)
    assert plain(blocks[0].children).replace("*", "") == (
        f"a{shown}b {shown}".replace("*", "") if shown else "ab "
    )


def test_a_title_with_hostile_values_is_one_line_of_text(rendered: Callable[..., Any]) -> None:
    head = "title: 'Til {{ org.name }}'\nlanguage: nb\n"
    for value in HOSTILE:
        title = rendered("x", head, org={"name": value}).document.title
        assert title == f"Til {one_line(value)}".strip() or title == f"Til {one_line(value)}"
        assert "\n" not in title


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(k, v) for k, v in attrs if k in ("href", "src", "onerror")]))


def hostile_letter(letter: Letter, value: str) -> Letter:
    text = Block("paragraph", children=(Inline("strong", children=(Inline("text", value),)),))
    return letter._replace(
        document=Document(value, "nb", (text,)),
        recipient=(value, value),
        reference=letter.reference._replace(ours=value, caseworker=value),
        signed_by=value,
        signed_title=value,
        attachments=(value,),
        copies=(value,),
        letterhead=letter.letterhead._replace(name=value, postal_address=(value,)),
    )


def test_hostile_values_leave_the_html_as_it_was(letter: Callable[..., Letter]) -> None:
    expected = Tags(letters_html([hostile_letter(letter(), "Songlag")])).tags
    for value in map(one_line, HOSTILE):
        if value:
            page = letters_html([hostile_letter(letter(), value)])
            assert Tags(page).tags == expected, value[:60]


def test_hostile_values_leave_the_pdf_as_it_was(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    def structure(value: str) -> list[str]:
        found = poppler("pdfinfo", letter_pdf(hostile_letter(letter(), value)), "-struct")
        return [line.strip().split(" ")[0] for line in found.splitlines()]

    expected = structure("Songlag")
    short = [value for value in map(one_line, HOSTILE[:78]) if 0 < len(value) < 60]
    assert len(short) > 50
    for value in short:
        assert structure(value) == expected, value


def test_all_hostile_values_can_be_typeset_at_once(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    texts = [value for value in HOSTILE if len(value) < 5_000]
    items = tuple(Block("paragraph", children=(Inline("text", text),)) for text in texts)
    pdf = letter_pdf(letter()._replace(document=Document("Alt", "nb", items)))
    text = poppler("pdftotext", pdf)
    for part in ("[bold red]x[/]", '#read("/etc/passwd")', "<script>alert(1)</script>", "$x^2$"):
        assert part in re.sub(r"\s+", " ", text)
    assert "root:" not in text


def test_hostile_values_leave_the_sheets_as_they_were(poppler: Callable[..., str]) -> None:
    def sheets(value: str) -> Sheets:
        columns = (Column("Navn"), Column("Tlf", mm=31, kind="phone"), Column(value, mm=8))
        table = Table(columns, ((value, Phone("+4790111222", value), value),), legend=value)
        return Sheets(value, (Section(value, (table, Text(value, "say"))),), sms_text=value)

    expected = Tags(sheets_html(sheets("x"), "nb")).tags
    for value in map(one_line, HOSTILE):
        found = Tags(sheets_html(sheets(value), "nb")).tags if value else expected
        drop = [(tag, [v for v in attrs if not (v[1] or "").startswith("sms:")])
                for tag, attrs in found]  # fmt: skip
        assert drop == [(tag, [v for v in attrs if not (v[1] or "").startswith("sms:")])
                        for tag, attrs in expected], value[:60]  # fmt: skip
    for value in HOSTILE[:78:4]:
        assert write_sheets_pdf(sheets(one_line(value)[:3_000]), "nb").startswith(b"%PDF-")


def test_text_has_no_control_characters_of_a_value(letter: Callable[..., Letter]) -> None:
    for value in map(one_line, HOSTILE):
        text = letter_text(hostile_letter(letter(), value))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ue000-\uf8ff]", text)


def test_characters_that_the_font_lacks_are_boxes_and_reported(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    replaced = Replaced()
    pdf = letter_pdf(letter()._replace(signed_by="漢 🎉 Č Ŋ ŧ æøå"), replaced)
    assert "□ □ Č Ŋ ŧ æøå" in poppler("pdftotext", pdf)
    assert replaced.characters == {"漢", "🎉"}
    assert "漢 (U+6F22)" in replaced.sentence()


def test_marks_that_stand_for_nothing_vanish() -> None:
    marks = Marks()
    mark = marks.put("verdi")
    assert marks.resolve(f"a{mark}b\ue000\ue019\ue001c\ue000") == "averdibc"

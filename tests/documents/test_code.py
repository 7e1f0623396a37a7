"""Code in a template's Markdown: in a font of its own, and without its marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from frivillig_cli.documents.docx import letters_docx
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import letter_pdf
from frivillig_cli.documents.text import letter_text
from tests.documents.test_docx import part

BODY = """Skriv `Tilskudd {{ org.name }}` i emnefeltet:

```
Navn:  {{ org.name }}
  # ingen overskrift
```

- ~~~ md
  *stjerner*
  ~~~
"""
LINES = ("Tilskudd Elvedal songlag", "Navn:  Elvedal songlag", "  # ingen overskrift", "*stjerner*")


def test_code_keeps_its_lines_and_loses_its_marks_in_every_format(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    one = letter(BODY)
    page = letters_html([one])
    assert [f"<code>{line}</code>" in page for line in LINES] == [True] * 4
    runs = re.findall(r'"HTMLCode"/></w:rPr><w:t [^>]*>(.*?)</w:t>', part(letters_docx([one])))
    assert runs == list(LINES)
    pdf, text = letter_pdf(one), letter_text(one)
    assert "DejaVuSansMono" in poppler("pdffonts", pdf)
    shown = re.sub(" +", " ", poppler("pdftotext", pdf, "-layout"))
    for line in LINES:
        assert line in text and " ".join(line.split()) in shown
    for said in (page, text, shown):
        assert "```" not in said and "~~~" not in said and "`Tilskudd" not in said


def test_a_tab_in_code_is_room_that_every_font_has(rendered: Callable[..., Any]) -> None:
    (block,) = rendered("```\na\tb\n\tc\n```\n").document.blocks
    assert [one.text for one in block.children if one.kind == "code"] == ["a   b", "    c"]


def test_a_letter_without_code_has_only_its_own_font(
    letter: Callable[..., Letter], poppler: Callable[..., str]
) -> None:
    letter_pdf(letter(BODY))
    assert "DejaVu" not in poppler("pdffonts", letter_pdf(letter()))


def test_code_that_never_ends_is_refused(rendered: Callable[..., Any]) -> None:
    for body in ("Hei\n\n```\nDette er resten.\n", "Hei\n\n```\nDette\n\n", "> ```\n> a\n\nb\n"):
        with pytest.raises(TemplateError, match="never ends"):
            rendered(body)
    assert len(rendered("```\n\n```\n\nHei\n").document.blocks) == 2


def test_a_value_with_a_backtick_begins_no_code(rendered: Callable[..., Any]) -> None:
    document = rendered("a {{ x }} b {{ x }}\n\n{{ y }}\n\nc\n", x="`", y="```").document
    kinds = {item.kind for block in document.blocks for item in block.children}
    assert kinds == {"text"}


def test_a_line_of_tildes_divides(rendered: Callable[..., Any]) -> None:
    blocks = rendered("Før\n\n~~~\n\nMellom\n~~~~~\n- Etter\n").document.blocks
    assert [one.kind for one in blocks] == ["paragraph", "rule", "paragraph", "rule", "list"]


def test_verapdf_finds_no_fault_in_code(
    letter: Callable[..., Letter], verapdf: Callable[..., str]
) -> None:
    assert verapdf(letter_pdf(letter(BODY))).count("compliant=true") == 2

"""What tags on lines of their own leave behind: the text after a loop, headings, marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.text import blocks
from frivillig_cli.documents.tree import Block, plain


def test_a_tag_at_the_end_of_a_line_keeps_the_lines_end(rendered: Callable[..., Any]) -> None:
    found = rendered("Hei{% if org %}, du{% endif %}\n\nAvsnitt\n{% if org %}\n- a\n{% endif %}\n")
    assert [block.kind for block in found.document.blocks] == ["paragraph", "paragraph", "list"]


def test_a_text_right_after_a_loop_of_items_is_no_part_of_the_last(
    rendered: Callable[..., Any],
) -> None:
    loop = "{% for n in [1, 2] %}\n- {{ n }}\n{% endfor %}\n"
    for body in (f"{loop}Slutt", f"{{% if org %}}\n{loop}{{% endif %}}\nSlutt"):
        assert [block.kind for block in rendered(body).document.blocks] == ["list", "paragraph"]
    [one, _end] = rendered(f"{loop}  videre\n\nSlutt").document.blocks  # of the last item, as meant
    assert one.kind == "list"
    table = "| A |\n| --- |\n{% for n in [1, 2] %}\n| {{ n }} |\n{% endfor %}\n"
    [rows, after] = rendered(f"{table}Slutt").document.blocks
    assert (rows.kind, len(rows.rows), after.kind) == ("table", 2, "paragraph")


_LOOP = "{% for n in [1, 2] %}\n"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (_LOOP + "- {{ n }}\n  mer\n{% endfor %}\nSlutt", "list paragraph"),
        (_LOOP + "- {{ n }}\n\n  mer\n{% endfor %}\nSlutt", "list paragraph"),
        (_LOOP + "{% if n %}\n- {{ n }}\n{% endif %}{% endfor %}\nSlutt", "list paragraph"),
        (_LOOP + "- {{ n }}\n{% endfor %}\n{% if org %}{% endif %}\nSlutt", "list paragraph"),
        (_LOOP + "- {{ n }}\n{% endfor %}\n{% if org %}Slutt{% endif %}\n", "list paragraph"),
        (_LOOP + "- {{ n }}\n{% endfor %}\n## Slutt", "list heading"),
        (_LOOP + "- {{ n }}\n  mer\n{% endfor %}\n  videre", "list"),
        (_LOOP + "- {{ n }}\n  mer\n{% endfor %}\n- siste", "list"),
        ("{% if org %}\n- a\n{% else %}\nTekst.\n{% endif %}\nSlutt", "list paragraph"),
        ("{% if not org %}\n- a\n{% else %}\nTekst.\n{% endif %}\nSlutt", "paragraph"),
        ("Hei\n{% if org %}\n- a\n{% elif n %}\nTekst.\n{% endif %}\nSlutt",
         "paragraph list paragraph"),
        ("{% if org %}\nTekst\n{% endif %}\nSlutt", "paragraph"),
        ("| A |\n| --- |\n{% if org %}\n| a |\n{% else %}\nIngen.\n{% endif %}\nSlutt",
         "table paragraph"),
    ],
)  # fmt: skip
def test_a_text_after_what_ends_with_an_item_is_a_paragraph(
    rendered: Callable[..., Any], body: str, kinds: str
) -> None:
    blocks = rendered(body).document.blocks
    assert [block.kind for block in blocks] == kinds.split()


_NONE = "{% for n in [] %}\n"
_END = "{% endfor %}\n"
_IF, _FI = "{% if not org %}\n", "{% endif %}\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (_LOOP + "- {{ n }}\nmer\n" + _END + "Slutt", ["- 1 mer\n- 2 mer", "Slutt"]),
        ("- a\n{% if org %}\n- b\nmer\n" + _FI + "Slutt", ["- a\n- b mer", "Slutt"]),
        ("Før\n" + _NONE + "- {{ n }}\n" + _END + "Etter", ["Før", "Etter"]),
        ("Før\n" + _NONE + "1. {{ n }}\nmer\n" + _END + "Etter", ["Før", "Etter"]),
        ("Før\n" + _NONE + "- a\n{% else %}\nIngen.\n" + _END + "Etter", ["Før Ingen.", "Etter"]),
        ("Før\n" + _IF + _NONE + "- a\n" + _END + _FI + "Etter", ["Før", "Etter"]),
        ("Før\n{% if org %}\n" + _NONE + "- a\n" + _END + _FI + "Etter", ["Før", "Etter"]),
        ("Før\n" + _IF + "## A\n" + _FI + "Etter", ["Før", "Etter"]),
        ("Før\n" + _IF + "> A\n" + _FI + "Etter", ["Før", "Etter"]),
        ("Før\n" + _IF + "\nMidt\n\n" + _FI + "Etter", ["Før", "Etter"]),
        (_LOOP + "> {{ n }}\n" + _END + "Slutt", ["> 1 2", "Slutt"]),
        ("Vi møtes\n{% if org %}\nkl. 18\n" + _FI + "på huset.", ["Vi møtes kl. 18 på huset."]),
        ("Vi møtes\n" + _IF + "kl. 18\n" + _FI + "på huset.", ["Vi møtes på huset."]),
        ("- a\nmer\nvidere", ["- a mer videre"]),
        (_LOOP + "- {{ n }}\n" + _END + _NONE + "- a\n" + _END + "- 3", ["- 1\n- 2\n- 3"]),
    ],
)  # fmt: skip
def test_a_text_behind_what_holds_items_is_a_paragraph_also_where_nothing_of_it_is_printed(
    rendered: Callable[..., Any], body: str, said: list[str]
) -> None:
    found = rendered(body).document.blocks
    assert [blocks((block,), 999).strip() for block in found] == said


def test_a_tree_holds_no_private_use_characters(rendered: Callable[..., Any]) -> None:
    def walk(blocks_: tuple[Block, ...]) -> str:
        return repr(blocks_)

    shown = walk(
        rendered("## {{ org.name }}\n\n{{ org.name }} [{{ org.name }}](x)").document.blocks
    )
    assert not any("\ue000" <= char <= "\uf8ff" for char in shown)
    assert "\\ue0" not in shown


def test_a_heading_that_its_values_leave_empty_is_left_out(rendered: Callable[..., Any]) -> None:
    found = rendered("## {{ x }}\n\na", x="").document.blocks
    assert [block.kind for block in found] == ["paragraph"]
    with pytest.raises(TemplateError):
        rendered("a", "title: '{{ x }}'\nlanguage: nb\n", x="\u200b")


def test_the_sign_that_ends_a_line_is_not_printed_where_no_line_follows(
    rendered: Callable[..., Any],
) -> None:
    body = "{% for t in org.tags %}\n{{ t }}\\\n{% endfor %}\n\nC:\\a\n\n{{ 'b\\\\' }}"
    found = [plain(block.children) for block in rendered(body).document.blocks]
    assert found == ["kor kultur", "C:\\a", "b\\"]

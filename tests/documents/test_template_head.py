"""The head of a template: what is read as it was meant, and what is refused with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import (
    load_template,
    render_template,
)

from .test_templates import text_of


def test_a_text_of_the_head_may_begin_with_a_field(write_template: Callable[..., Path]) -> None:
    head = """title: {{ org.name }}'s plan: 3#4 {{ "a #b" }} # of {{ nobody }}
language: nb  # bokmål
attachments:
  - {{ org.name }} tegning
  - {% if org %}Kart{% endif %}
vars:
  lang: |
    Frist: {{ org.name }}
    - {{ org.name }} # 2
  kort: {{ org.name }}
"""
    body = "{{ vars.lang }}\n\n{{ vars.kort }}"
    found = render_template(
        load_template(write_template(body, head, "x.nb.md")), {"org": {"name": "Lier vel"}}
    )
    assert found.document.title == "Lier vel's plan: 3#4 a #b"
    assert found.meta["attachments"] == ["Lier vel tegning", "Kart"]
    said = text_of(found)
    assert "'" not in said and "Frist: Lier vel" in said and "- Lier vel # 2" in said
    assert said.endswith("Lier vel")


def test_a_head_that_cannot_be_read_with_fields_either_is_refused(
    write_template: Callable[..., Path],
) -> None:
    head = "title: {{ org.name }}\nlanguage: nb\nvars:\n  a: [b\n"
    with pytest.raises(TemplateError, match="front matter is not valid YAML"):
        load_template(write_template("Hei", head, "x.nb.md"))


def test_given_vars_go_before_the_templates_own(rendered: Callable[..., Any]) -> None:
    head = "title: x\nlanguage: nb\nvars:\n  event: {place: A, day: 1}\n"
    body = "{{ vars.event.place }} {{ vars.event.day }}"
    assert text_of(rendered(body, head, vars={"event": {"place": "B"}})) == "B 1"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("title: [a\nlanguage: nb\n", 3),
        ("title: &a x\nlanguage: nb\nb: *a\n", 4),
        ("language: nb\n", 1),
        ("title: x\nlanguage: de\n", 3),
        ("title: x\nlanguage: nb\nrecipients: alle\n", 4),
        ("title: x\nlanguage: nb\ntitle: y\n", 4),
        ("title: x\nlanguage: nb\ncopy: y\n", 4),
        ("title: x\nlanguage: nb\ncopies: {a: b}\n", 4),
        ("title: x\nlanguage: nb\nattachments:\n  - Skjema: våren\n", 4),
        ("title: x\nlanguage: nb\nyour_date: 15. mars\n", 4),
        ("title: x\nlanguage: nb\nvars: y\n", 4),
        ("title: [x]\nlanguage: nb\n", 2),
        ("title: !!python/object/apply:os.system [ls]\nlanguage: nb\n", 2),
        ("- a\n- b\n", 2),
        ("a: " + "[" * 3000 + "\n", 0),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused(
    write_template: Callable[..., Path], head: str, line: int
) -> None:
    with pytest.raises(TemplateError) as error:
        load_template(write_template("x", head))
    assert error.value.line == line or line == 0


def test_a_slip_in_the_front_matter_is_said_with_what_was_meant(
    write_template: Callable[..., Path],
) -> None:
    for typed, meant in (("attachment: x", "attachments"), ("langauge: nb", "language")):
        with pytest.raises(TemplateError) as error:
            load_template(write_template("x", f"title: x\n{typed}\nlanguage: nb\n"))
        assert meant in error.value.hint and "line 3" in error.value.message
    with pytest.raises(TemplateError) as error:
        load_template(write_template("x", "title: x\nlanguage: nb\nfarge: blå\n"))
    assert "vars:" in error.value.hint


def test_front_matter_reads_what_people_mean(write_template: Callable[..., Path]) -> None:
    head = "title: no\nlanguage: nb\nvars: {a: 11.00, b: 11:00, c: no, d: 2027, e: 2027-04-24}\n"
    template = load_template(write_template("x", head))
    assert template.title == "no"
    assert template.meta["vars"] == {
        "a": "11.00", "b": "11:00", "c": "no", "d": 2027, "e": date(2027, 4, 24),
    }  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"no front matter", b"---\ntitle: x\n", b"\xff\xfe---"])
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.nb.md"
    path.write_bytes(data)
    with pytest.raises(TemplateError):
        load_template(path)


def test_a_huge_template_is_refused(write_template: Callable[..., Path]) -> None:
    with pytest.raises(TemplateError):
        load_template(write_template("x" * 300_000))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("'**Viktig** møte med {{ org.name }}'", "Viktig møte med **Laget**"),
        ("**Viktig** møte", "Viktig møte"),
        ("*Viktig*", "Viktig"),
        ("Vi møtes **i dag** på __Huset__", "Vi møtes i dag på Huset"),
        ("'**Møte med *{{ org.name }}***'", "Møte med **Laget**"),
        ("'{{ [2*3, 4*5] | join(\", \") }}'", "6, 20"),
        ("'Pris* og 2 * 3 * 4, fil_a_b og ____'", "Pris* og 2 * 3 * 4, fil_a_b og ____"),
        ("'\\*Merk\\*'", "*Merk*"),
        ("'`kl. 18` og ***nå***'", "kl. 18 og nå"),
    ],
)
def test_marks_of_bold_and_italic_are_not_printed_in_a_title_and_a_value_keeps_its_own(
    write_template: Callable[..., Path], written: str, printed: str
) -> None:
    head = f"title: {written}\nlanguage: nb\nattachments:\n  - {written}\n"
    template = load_template(write_template("Hei", head, "x.nb.md"))
    found = render_template(template, {"org": {"name": "**Laget**"}})
    assert (found.document.title, found.attachments) == (printed, (printed,))
    assert "**Viktig" not in template.about


def test_marks_of_bold_stay_in_what_is_read_as_markdown(
    write_template: Callable[..., Path],
) -> None:
    head = "title: x\nlanguage: nb\nvars:\n  note: '**Viktig**'\n"
    found = render_template(load_template(write_template("{{ vars.note | markdown }}", head)), {})
    assert found.document.blocks[0].children[0].kind == "strong"


def test_marks_without_end_are_read_in_no_time(write_template: Callable[..., Path]) -> None:
    for sign in ("*a ", "**a ", "_a", "*a* ", "`a ", "{{"):
        try:
            load_template(write_template("Hei", f"title: '{sign * 30_000}'\nlanguage: nb\n"))
        except TemplateError as error:
            assert error.line == 2

"""Templates: what they may do, what stops them, and what is said when they are wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.template import (
    find_templates,
    load_template,
    missing_fields,
    render_template,
)
from frivillig_cli.documents.text import blocks
from frivillig_cli.documents.tree import plain

from .pictures import png


def text_of(rendered: Any) -> str:
    return blocks(rendered.document.blocks, 10_000)


ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(999) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x='a') %}{% for i in range(99) %}"
    "{% set n.x = n.x | replace('a', 'aaaaaaaaaa') %}{% endfor %}",
    "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{{ 'a' * 10**10 }}",
    "{{ [1] * 10**9 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{% for a in range(90000) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}",
    "{{ range(99999) | list | sort | sort | sort }}",
    "{{ range(10**9) | join }}",
    "{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
    "{% for a in range(999) %}{% set x = range(9999) | list | unique | list %}{% endfor %}",
]
FORBIDDEN = [
    "{{ org.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ org['__class__'] }}",
    "{{ org | attr('__class__') }}",
    "{{ [org] | map(attribute='__class__') | list }}",
    "{{ [org] | map(attribute='__class__.__mro__') | join }}",
    "{{ '{0.__class__}'.format(org) }}",
    "{{ '%999999999d' % 3 }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ 'a'.center(10**9) }}",
    "{{ 'a' | center(10**9) }}",
    "{{ 'x'.zfill(10**9) }}",
    "{{ 'a'.join(['b']) }}",
    "{{ lipsum(9999) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ namespace.__init__ }}",
    "{{ range.__call__ }}",
    "{{ loop }}",
    "{% include '/etc/passwd' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{{ org.update({'name': 'x'}) }}",
    "{{ org.clear() }}",
    "{{ org.tags.append('x') }}",
    "{{ today.replace(year=1) }}",
    "{{ org | pprint }}",
    "{{ org | tojson }}",
    "{{ org.name.encode('utf-8') }}",
    "{{ org }}",
    "{{ org.tags }}",
    "{{ org.items }}",
    "{% filter trim %}Hei {{ org.name }}{% endfilter %}",
    "{% set x | upper %}Hei {{ org.name }}{% endset %}{{ x }}",
    "| a |\n|---|\n{% for i in range(5001) %}\n| x |\n{% endfor %}",
    f"{'|a' * 9}\n{'|-' * 9}\n{{% for i in range(2500) %}}\n{'|x' * 9}\n{{% endfor %}}",
    f"{'|a' * 201}|\n{'|-' * 201}|\n{{% for i in range(100) %}}\n| x |\n{{% endfor %}}",
    "{{ org.name }} " * 5001,
    '{{ today | date("%d.%m.%Y") }}',
]


@pytest.mark.parametrize("body", ENDLESS + FORBIDDEN)
def test_a_template_cannot_reach_out_or_go_on_for_ever(
    rendered: Callable[..., Any], fields: dict[str, Any], body: str
) -> None:
    with pytest.raises(TemplateError) as error:
        rendered(body, today=date(2027, 2, 15))
    assert "brev.nb.md" in error.value.message and error.value.hint
    assert fields["org"]["tags"] == ["kor", "kultur"]


def test_nested_lists_are_not_compared_for_ever(rendered: Callable[..., Any]) -> None:
    doubling = "".join("{% set a = [a, a] %}{% set b = [b, b] %}" for _ in range(60))
    with pytest.raises(TemplateError):
        rendered("{% set a = [1] %}{% set b = [1] %}" + doubling + "{{ a == b }}")


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("a\n\n{{ org.nmae }}", 7, "org.nmae"),
        ("\n{{ orgg.name }}", 6, "orgg"),
        ("{% for t in org.tags %}\n{{ t.x }}\n{% endfor %}", 6, "x"),
        ("{{ org.email }}", 5, "org.email"),
        ("a\n{{ org.email | upper }}", 6, "org.email"),
        ("a\n{{ x", 6, "Jinja"),
        ("a\n\n{% if org %}\n", 7, "endif"),
        ("a\n{{ 1 / 0 }}", 6, "zero"),
        ("a\n{{ 'x' | date }}", 6, "x"),
        ("# a", 5, "#"),
        ("a\n\n## b\n\n#### c", 9, "####"),
        ("{% if org %}\n## a\n{% endif %}\n\n\n#### {{ org.name }}", 10, "####"),
    ],
)
def test_an_error_says_where_and_what(
    rendered: Callable[..., Any], body: str, line: int, said: str
) -> None:
    with pytest.raises(TemplateError) as error:
        rendered(body)
    assert (error.value.file, error.value.line) == ("brev.nb.md", line)
    assert said in error.value.message


def test_a_slip_of_the_pen_is_met_with_the_field_that_was_meant(
    rendered: Callable[..., Any],
) -> None:
    with pytest.raises(TemplateError) as error:
        rendered("{{ org.nmae }}")
    assert "org.name" in error.value.hint
    assert error.value.missing == ""


def test_errors_speak_the_users_language_and_not_the_letters(rendered: Callable[..., Any]) -> None:
    with pytest.raises(TemplateError) as error, in_language("en"):
        rendered("{{ org.email }}")
    assert "is not filled in" in error.value.message
    assert error.value.missing == "org.email"


def test_a_field_without_value_is_false_and_takes_a_default(rendered: Callable[..., Any]) -> None:
    body = "{% if org.email %}x{% else %}y{% endif %} {{ org.email | default('ingen') }}"
    assert text_of(rendered(body)) == "y ingen"


def test_an_undefined_attribute_in_a_map_is_not_passed_in_silence(
    rendered: Callable[..., Any],
) -> None:
    with pytest.raises(TemplateError):
        rendered("{{ [org] | map(attribute='nmae') | join(', ') }}")


def test_every_missing_field_is_found(write_template: Callable[..., Path]) -> None:
    template = load_template(write_template("{{ org.email }}\n\n{{ org.phone }} {{ org.name }}"))
    found = missing_fields(template, {"org": {"email": None, "phone": None, "name": "x"}})
    assert [(one.field, one.line) for one in found] == [("org.email", 5), ("org.phone", 7)]


def test_what_a_template_writes_itself_is_markup_and_a_filtered_piece_is_not(
    rendered: Callable[..., Any],
) -> None:
    body = (
        "{% macro f(x) %}**{{ x }}**{% endmacro %}"
        "{{ f('**a**') }} {{ f('b') ~ 'c' }} {{ f('d') | upper }} {{ f('e') + 'f' }}"
    )
    paragraph = rendered(body).document.blocks[0]
    assert [child.kind for child in paragraph.children].count("strong") == 1
    assert plain(paragraph.children) == "**a** **b**c **D** **e**f"


def test_markdown_is_the_deliberate_way_in(rendered: Callable[..., Any]) -> None:
    found = rendered("{{ x | markdown }}", x="unused", vars={"t": "* a"}).document.blocks
    assert found[0].kind == "paragraph"
    body = "{{ vars.t | markdown }}"
    assert rendered(body, vars={"t": "**a**"}).document.blocks[0].children[0].kind == "strong"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ d | date }}", "15. mars 2027"),
        ("{{ d }}", "15. mars 2027"),
        ("{{ '2027-03-15' | date('short') }}", "15.03.2027"),
        ("{{ '2027-03-15T18:00' | date('time') }}", "kl. 18.00"),
        ("{{ '+4790111222' | phone }}", "90 11 12 22"),
        ("{{ '310000003' | orgnr }}", "310 000 003"),
        ("{{ '86011117947' | account }}", "8601.11.17947"),
        ("{{ 1250 | amount }}", "1 250 kroner"),
        ("{{ 1234567.5 | amount }}", "1 234 567,50 kroner"),
        ("{{ 'a' ~ 1 ~ 2.5 }}", "a12,5"),
        ("{{ ['a', 'b'] | join(' og ') }}", "a og b"),
        ("{{ [3, 1] | sort | first }}", "1"),
        ("{{ 'abc' | replace('b', 'x') | upper }}", "AXC"),
    ],
)
def test_filters_write_as_norwegians_read(written: str, expected: str) -> None:
    assert render_text(written, "nb", {"d": date(2027, 3, 15)}) == expected


def test_dates_follow_the_letter(write_template: Callable[..., Path]) -> None:
    for language, expected in (("nb", "3. mai 2027"), ("en", "3 May 2027")):
        head = f"title: x\nlanguage: {language}\n"
        template = load_template(write_template("{{ d }}", head, f"x.{language}.md"))
        assert text_of(render_template(template, {"d": date(2027, 5, 3)})) == expected


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right on Windows")
def test_links_out_of_the_template_folder_are_not_followed(
    tmp_path: Path, rendered: Callable[..., Any]
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "x.png").write_bytes(png(4, 4))
    (outside / "secret.nb.md").write_text("---\ntitle: x\nlanguage: nb\n---\n")
    (tmp_path / "linked.png").symlink_to(outside / "x.png")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "linked.nb.md").symlink_to(outside / "secret.nb.md")
    for name in ("linked.png", "folder/x.png", f"../{outside.name}/x.png", str(outside / "x.png")):
        with pytest.raises(TemplateError):
            rendered(f"![bilde]({name})")
    assert find_templates([tmp_path]) == [tmp_path / "brev.nb.md"]
    with pytest.raises(TemplateError):
        load_template(tmp_path / "linked.nb.md")


def test_pictures_need_words_and_must_be_pictures(
    tmp_path: Path, rendered: Callable[..., Any]
) -> None:
    (tmp_path / "a.png").write_bytes(png(4, 4))
    (tmp_path / "b.png").write_bytes(b"#!/bin/sh")
    assert rendered("![våpen](a.png)").document.blocks[0].children[0].picture.alt == "våpen"
    for body in ("![](a.png)", "![x](b.png)", "![x](c.png)", "![x](https://x.example/a.png)"):
        with pytest.raises(TemplateError):
            rendered(body)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:x", "//x", "x"]
)
def test_links_lead_only_where_a_letter_may_lead(rendered: Callable[..., Any], target: str) -> None:
    children = rendered("[navn]({{ x }})", x=target).document.blocks[0].children
    assert [(child.kind, child.text) for child in children] == [("text", "navn")]


@pytest.mark.parametrize("tag", ["default(“–”)", "default(„–”)", "default(‘–’)", "default('«–»')"])
def test_quotation_marks_that_a_word_processor_has_bent_are_read(rendered, tag) -> None:
    body = "«Tlf.» “{{ org.email | TAG }}”".replace("TAG", tag)
    said = plain(rendered(body).document.blocks[0].children)
    assert said in ("«Tlf.» “–”", "«Tlf.» “«–»”")

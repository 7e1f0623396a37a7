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
from frivillig_cli.documents.fields import FIELDS, ONE_OF, examples, fields_for
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.template import (
    SHIPPED,
    find_template,
    find_templates,
    load_template,
    missing_fields,
    render_template,
)
from frivillig_cli.documents.text import blocks
from frivillig_cli.documents.tree import Block, plain

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


def test_your_own_template_hides_the_shipped_one(
    tmp_path: Path, write_template: Callable[..., Path]
) -> None:
    mine = write_template("x", name="apen-dag.nb.md")
    assert find_template("apen-dag", "nb", [tmp_path, SHIPPED]) == mine
    assert find_template("apen-dag", "nn", [tmp_path, SHIPPED]).parent == SHIPPED
    with pytest.raises(TemplateError) as error:
        find_template("apendag", "nb", [tmp_path, SHIPPED])
    assert "apen-dag" in error.value.hint


def nothing_known(recipients: str) -> dict[str, Any]:
    """Every field that letters to `recipients` know, without a value."""
    out: dict[str, Any] = {}
    for field in fields_for(recipients):
        if "[]" in field.name:
            continue
        *parents, last = field.name.split(".")
        place = out
        for name in parents:
            place = place.setdefault(name, {})
        place[last] = [] if field.name in ONE_OF else None
    return out


SHIPPED_FILES = find_templates([SHIPPED])


def test_templates_come_in_pairs_with_the_same_fields() -> None:
    import re

    names = {path.name.split(".")[0] for path in SHIPPED_FILES}
    assert names == {
        "apen-dag", "beredskapsavtale", "dialogmote", "informasjonsdag", "kursbevis", "planvedlegg",
        "rolle-i-beredskap", "samarbeidsavtale", "sporreskjema-folgebrev", "sporreskjema-purring",
        "takk-frivillig", "tilskuddsordninger",
    }  # fmt: skip
    for name in names:
        pair = [load_template(find_template(name, lang, [SHIPPED])) for lang in ("nb", "nn")]
        used = [sorted(set(re.findall(r"[a-z]+\.[a-z_.]+", t.body))) for t in pair]
        assert [u for u in used[0] if u in used[1]], name
        tags = [re.findall(r"\{[{%].*?[%}]\}", t.body) for t in pair]
        assert tags[0] == tags[1], name


NEEDED = {
    "org": {"org.name", "municipality.name", "survey.title"},
    "volunteer": {"volunteer.name", "municipality.name", "volunteer.intro_course_completed"},
    "agreement": {
        "org.name", "municipality.name", "agreement.title", "agreement.from", "agreement.caller",
        "agreement.exercise_payer", "agreement.event_payer", "today",
    },
    "member": {"member.name", "member.seats", "municipality.name"},
}  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.name)
def test_shipped_templates_need_only_fields_that_are_listed(path: Path) -> None:
    template = load_template(path)
    filled = render_template(template, examples(template.recipients))
    assert "Elvedal" in filled.document.title + text_of(filled)
    needed = {one.field for one in missing_fields(template, nothing_known(template.recipients))}
    assert needed <= NEEDED[template.recipients]


def test_the_listed_fields_can_be_written_as_they_are_shown() -> None:
    for field in FIELDS:
        written = field.written
        if "[]" in field.name:
            above, _, _ = field.name.partition("[]")
            loop = next(one.written for one in FIELDS if one.name == above)
            written = loop.replace("…", written)
        assert render_text(written, "nb", examples(field.recipients[0])), field.name
        with in_language("nb"):
            assert field.explained != field.explanation


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


@pytest.mark.parametrize("tag", ["default(“–”)", "default(„–”)", "default(‘–’)", "default('«–»')"])
def test_quotation_marks_that_a_word_processor_has_bent_are_read(rendered, tag) -> None:
    body = "«Tlf.» “{{ org.email | TAG }}”".replace("TAG", tag)
    said = plain(rendered(body).document.blocks[0].children)
    assert said in ("«Tlf.» “–”", "«Tlf.» “«–»”")

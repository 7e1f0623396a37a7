"""The filters of a template: what they are given, what is said when it does not fit, the list."""

from __future__ import annotations

import gc
import weakref

import pytest

from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.fields import examples
from frivillig_cli.documents.filter_info import FILTERS
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.sandbox import empty_class, environment

TEXT = ("capitalize", "lower", "string", "title", "trim", "truncate", "upper",
        "account", "amount", "date", "float", "int", "orgnr", "phone")  # fmt: skip


def said(source: str) -> str:
    with pytest.raises(TemplateError) as caught:
        render_text(source, "nb", {**examples("org"), "empty": None})
    return f"{caught.value.said} {caught.value.hint}"


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize(
    "value", ["org", "org.tags", "[empty]", "org.tags | unique", "org.items()"]
)
def test_no_filter_prints_a_list_or_a_record_as_python_has_it(name, value) -> None:
    found = said(f"{{{{ {value} | {name} }}}}")
    assert "list" in found or "no text, number or date" in found
    assert "{'" not in found and "songlag" not in found


@pytest.mark.parametrize("name", sorted({one.name for one in FILTERS} - {"default"}))
def test_every_filter_refuses_what_is_not_filled_in_by_name(name) -> None:
    more = {"replace": "('a', 'b')", "map": "('upper')", "selectattr": "('a')",
            "rejectattr": "('a')", "groupby": "('a')", "select": "('odd')",
            "reject": "('odd')"}.get(name, "")  # fmt: skip
    assert "empty is not filled in" in said(f"{{{{ empty | {name}{more} }}}}")


@pytest.mark.parametrize(
    "source, name",
    [
        ("(rows | first).name", "(rows | first).name"),
        ("rows[0].org.name", "rows[0].org.name"),
        ("rows[0].name.upper()", "rows[0].name"),
        ("empty.upper()", "empty"),
    ],
)
def test_what_stands_in_nothing_is_told_by_name(source, name) -> None:
    values = {"rows": [], "empty": None}
    with pytest.raises(TemplateError) as caught:
        render_text(f"{{{{ {source} }}}}", "nb", values)
    assert caught.value.missing == name and f"{{{{ {name} | default" in str(caught.value.hint)
    assert render_text(f"{{{{ {source} | default('…') }}}}", "nb", values) == "…"


@pytest.mark.parametrize(
    "source, written",
    [
        ("{{ org.empty[:8] }}", "{{ org.empty | default('…') }}"),
        ("{{ 'a b'.split(org.empty) }}", "{{ org.empty | default('…') }}"),
        ("{{ org.empty + 1 }}", "(org.empty | default(0))"),
        ("{{ 'Lier' + org.empty }}", "(org.empty | default(0))"),
        ("{{ org.empty ** 2 }}", "(org.empty | default(0))"),
        ("{{ -org.empty }}", "(org.empty | default(0))"),
        ("{{ [1, org.empty] | sum }}", "(org.empty | default(0))"),
        ("{{ 'Lier'[org.empty:] }}", "(org.empty | default(0))"),
        ("{% for n in range(org.empty) %}{% endfor %}", "(org.empty | default(0))"),
        ("{% if org.empty is odd %}{% endif %}", "(org.empty | default(0))"),
        ("{% if org.empty > 20 %}{% endif %}", "{% if org.empty and org.empty > … %}"),
        ("{% if 20 >= org.empty %}{% endif %}", "{% if org.empty and org.empty > … %}"),
        ("{{ [org.empty, 20] | max }}", "{% if org.empty and org.empty > … %}"),
    ],
)
def test_what_is_not_filled_in_is_refused_by_name_where_it_is_reckoned_with(source, written):
    with pytest.raises(TemplateError) as caught:
        render_text(source, "nb", {"org": {"empty": None}})
    assert "org.empty is not filled in" in caught.value.said
    assert caught.value.missing == "org.empty" and str(caught.value.hint).endswith(written)


@pytest.mark.parametrize(
    "source, wanted",
    [
        ("{{ org.empty[:8] | default('–') }}", "–"),
        ("{{ org.empty[0:2].upper() | default('–') }}", "–"),
        ("{{ (org.empty | default(0)) + 1 }}", "1"),
        ("{% if org.empty and org.empty > 20 %}a{% else %}b{% endif %}", "b"),
        ("{% if org.empty == 20 %}a{% else %}b{% endif %}", "b"),
        ("{% if org.empty in 'Lier Drammen' %}a{% else %}b{% endif %}", "b"),
        ("{% if org.empty not in 'Lier Drammen' %}b{% endif %}", "b"),
        ("{% if 'Lier' in 'Lier Drammen' and 'Lier' not in org.empty %}b{% endif %}", "b"),
        ("{% for one in org.empty[:2] %}a{% else %}b{% endfor %}", "b"),
    ],
)
def test_a_default_and_a_question_before_it_do_for_what_is_not_filled_in(source, wanted) -> None:
    assert render_text(source, "nb", {"org": {"empty": None}}) == wanted


@pytest.mark.parametrize(
    "source, filter",
    [
        ("{{ org.name | dictsort }}", "dictsort"),
        ("{{ org.name | truncate(-5) }}", "truncate"),
        ("{{ org.name | replace('a') }}", "replace"),
        ("{{ org.name | round }}", "round"),
        ("{{ org.tags | map('round') | join }}", "round"),
        ("{{ 5 | join }}", "join"),
    ],
)
def test_a_filter_that_cannot_is_told_by_name_and_how_it_is_written(source, filter) -> None:
    found = said(source)
    assert f"The filter “{filter}” cannot do this." in found and f"| {filter}" in found
    assert "__" not in found and "<" not in found


def test_what_there_is_not_is_told_with_what_is_near() -> None:
    assert said("{{ org.tags | map('uper') | join }}") == (
        "There is no filter “uper”. Did you mean upper?"
    )
    assert "no filter “uper”" in said("{{ org.name | uper }}")
    assert "no test “foo”" in said("{{ 1 is foo }}")
    assert "no brackets behind it" in said("{{ org.name() }}")
    assert "divides by zero" in said("{{ 1 / 0 }}")
    assert "do not go together" in said("{{ 1 + 'a' }}")


def test_each_filter_is_listed_and_gives_what_the_list_says() -> None:
    allowed = {name for name in environment().filters if not name.startswith("_")}
    assert {one.name for one in FILTERS} == allowed
    fields = {**examples("org"), "case_number": "2027/1234"}
    for one in FILTERS:
        assert render_text(one.written, "nb", fields).replace("\u00a0", " ") == one.example


@pytest.mark.parametrize("sum_", ["2 * price", "price * 2", "3 * '555'", "'1 250,50' * 2"])
def test_a_number_that_is_a_text_is_not_written_twice_for_twice_as_much(sum_) -> None:
    price = "1250.50"  # so `vars: {price: 1250.50}` is read: a time, 12.00, is a text too
    with pytest.raises(TemplateError, match="is a text here"):
        render_text(f"{{{{ {sum_} }}}}", "nb", {"price": price})
    good = "{{ 2 * (price | float) }} {{ '-' * 3 }}"
    assert render_text(good, "nb", {"price": price}) == "2501,0 ---"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1250,50", "1 250,50 kroner"), ("1 250", "1 250 kroner"), ("12 500,5", "12 500,50 kroner")],
)
def test_an_amount_may_be_written_as_norwegians_write_it(typed, shown) -> None:
    said = render_text("{{ typed | amount }}", "nb", {"typed": typed})
    assert said.replace("\u00a0", " ") == shown


def test_a_field_that_is_not_filled_in_holds_nothing_of_itself_and_is_freed():
    empty = empty_class()(name="org.members")
    left = weakref.ref(empty)
    gc.disable()
    try:
        del empty
        assert left() is None
    finally:
        gc.enable()

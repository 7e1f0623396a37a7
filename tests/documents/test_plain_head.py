"""The front matter read without YAML: as YAML reads it, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.documents import front_matter, plain_head
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.template import SHIPPED, STARTERS

VALUES = (
    "Lunsj", "12.00", "12:00", "20", "-5", "007", "0", "2027-03-15", "2027-02-30", "2027-3-1",
    "2027-05-12T18:00", "2027-05-12 18:00:00", "2027-", "1e3", "0x1f", "1_000", "true", "True",
    "false", "no", "null", "Null", "~", "", '"A: b"', "'A # b'", '"a" b', "'it''s'", '"\\n"',
    "a: b", "a #b", "a# b", "https://a.example/x", "a:", "{{ org.name }}", "Hei {{ org.name }}",
    "[a, b]", "{time: 12.00, what: Lunsj}", "{a: b, c}", "{a: b,}", "{}", "{a: 'b'}", "{a:b}",
    "{ a: 1 }", "{a: b, a: c}", "{a: b-c}", "{a: b - c}", "{a: 12:00}", "&a b", "*a", "!x y", "|",
    ">", "@a", "`a", "% a", "- a", "-", "? a", "a\xa0b", "a\u2028b", "æ ø", "½", "²3", "٣", "a\tb",
    "=", "<<", "a, b", "a]", "a}",
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from(["", " ", "  ", "    "]),
    st.sampled_from(["- ", "-  ", "- - ", "", "", ""]),
    st.sampled_from(["a: ", "b: ", "c:  ", "a:", "b:", "true: ", "a-b: ", "æ: ", "1: ", "", "# "]),
    st.sampled_from(VALUES),
    st.sampled_from(["", "", "", " ", " # a"]),
).map("".join)


def by_yaml(text: str) -> object:
    loader = front_matter._loader()(text)
    node = loader.get_single_node()
    return loader.construct_document(node) if node else None


@settings(max_examples=1500, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6).map("\n".join))
def test_what_is_read_without_yaml_is_what_yaml_reads(text: str) -> None:
    found = plain_head.read(text)
    if found is not None:
        wanted = by_yaml(text)
        assert repr(found[0]) == repr(wanted)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    "before", ["a: ", "a:\n  - ", "a:\n  b: ", "a:\n  - b: 1\n    c: ", "a:\n- "]
)
def test_each_kind_of_value_is_read_alike(before: str, value: str) -> None:
    found = plain_head.read(before + value)
    if found is not None:
        assert repr(found[0]) == repr(by_yaml(before + value))


def test_the_templates_that_come_with_the_program_need_no_yaml() -> None:
    for path in [*SHIPPED.glob("*.md"), *STARTERS.glob("*.md")]:
        lines = path.read_text("utf-8").split("\n")
        text = "\n".join(lines[1 : lines.index("---", 1)])
        found = plain_head.read(text)
        assert found is not None, path.name
        assert found[0] == by_yaml(text)
        assert all(lines[n + 1].startswith(f"{name}:") for name, n in found[1].items())


def test_a_name_that_is_unknown_is_refused_with_its_line_in_a_plain_head() -> None:
    with pytest.raises(TemplateError) as error:
        front_matter.split("---\n# hei\ntitle: A\n\nlanguage: nb\ntitel: B\n---\n")
    assert error.value.line == 6


def test_no_comma_cuts_a_text_of_our_templates_in_two() -> None:
    for path in SHIPPED.glob("*.md"):
        text = path.read_text("utf-8").split("\n---\n")[0].removeprefix("---\n")
        assert "None" not in repr(by_yaml(text)), path.name

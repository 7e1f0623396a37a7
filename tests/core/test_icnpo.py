"""The ICNPO code list, and how a category is given."""

import pytest

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import in_language
from frivillig_cli.core.icnpo import (
    CATEGORIES,
    GROUPS,
    category_name,
    find_code,
    group_of,
    parse_category,
)


def test_there_are_14_groups_and_32_categories_each_in_a_group():
    assert (len(GROUPS), len(CATEGORIES)) == (14, 32)
    assert {group_of(code) for code in CATEGORIES} == set(GROUPS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1200", "1200"),
        (" 1 200 ", "1200"),
        ("01100", "1100"),
        ("10 100", "10100"),
        ("1200 Idrett", "1200"),
        ("sport", "1200"),
        ("7", "7"),
        ("1201", None),
        ("12345678", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_write_it(text, code):
    assert find_code(text) == code


def test_a_category_is_found_by_its_norwegian_name():
    with in_language("nb"):
        assert parse_category("Idrett") == "1200"
        assert category_name("1200") == "Idrett"
        assert parse_category("frivilligsentraler") == "8200"


def test_what_is_no_category_is_refused_with_what_is_near():
    with pytest.raises(InvalidValueError) as refused:
        parse_category("spport")
    assert "1200 Sport" in refused.value.hint

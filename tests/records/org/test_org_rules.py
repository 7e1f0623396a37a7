"""What an organisation's row may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.org import rules


@given(st.sampled_from([*rules.CHECKS, "bank_account"]), st.text(max_size=60))
def test_any_text_is_stored_or_refused_with_a_way_out(field: str, text: str) -> None:
    try:
        rules.check({field: text})
    except InvalidValueError as error:
        assert error.message and error.hint


@given(st.sampled_from(["form", "street", "city", "notes", "activities", "premises", "category"]),
       st.text(max_size=200))  # fmt: skip
def test_what_is_stored_is_stored_the_same_again(field: str, text: str) -> None:
    try:
        stored = rules.check({field: text})[field]
    except InvalidValueError:
        return
    assert stored != ""
    assert rules.check({field: stored})[field] == stored


@given(st.text(max_size=60))
def test_a_tag_can_be_asked_for_as_it_is_stored(text: str) -> None:
    try:
        tag = rules.tag(text)
    except InvalidValueError:
        return
    assert rules.tag(tag) == tag and " " not in tag


@pytest.mark.parametrize(("text", "stored"), [("ja", 1), ("NEI", 0), ("x", 1), ("sant", 1)])
def test_yes_and_no_are_said_in_norwegian_too(text: str, stored: int) -> None:
    assert rules.check({"listed": text}) == {"listed": stored}


@pytest.mark.parametrize("text", ["²", "٣", "-1", "1.5", "ti", "9" * 30])
def test_a_number_is_digits(text: str) -> None:
    with pytest.raises(InvalidValueError):
        rules.check({"members": text})


def test_a_month_is_one_of_twelve() -> None:
    assert rules.check({"annual_meeting_month": "3"}) == {"annual_meeting_month": 3}
    for text in ("0", "13"):
        with pytest.raises(InvalidValueError):
            rules.check({"annual_meeting_month": text})

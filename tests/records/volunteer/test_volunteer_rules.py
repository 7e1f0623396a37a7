"""What a volunteer's row may hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.volunteer import rules

TODAY = date(2026, 11, 23)


@given(st.sampled_from(rules.HAPPENED), st.dates())
def test_what_has_happened_is_not_in_the_future(field: str, day: date) -> None:
    if day <= TODAY:
        assert rules.check({field: day.isoformat()}, today=TODAY) == {field: day.isoformat()}
    else:
        with pytest.raises(InvalidValueError):
            rules.check({field: day.isoformat()}, today=TODAY)


@given(st.text(max_size=100))
def test_languages_are_a_list_of_words_once_each(text: str) -> None:
    try:
        stored = rules.check({"languages": text}, today=TODAY)["languages"]
    except InvalidValueError:
        return
    if stored is not None:
        words = stored.split(", ")
        assert len(set(words)) == len(words) and all(words)
        assert rules.check({"languages": stored}, today=TODAY)["languages"] == stored


def test_a_blank_empties_and_the_status_is_never_empty() -> None:
    blank = {"availability": " ", "police_certificate_seen": None, "status": ""}
    checked = rules.check(blank, today=TODAY)
    assert checked == {
        "availability": None, "police_certificate_seen": None, "status": "active",
    }  # fmt: skip

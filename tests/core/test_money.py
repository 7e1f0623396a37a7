from __future__ import annotations

import pytest

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.money import parse_amount


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1250", 125000), ("1 250", 125000), ("1.250,50", 125050), ("12,50", 1250),
        ("kr 1250,-", 125000), ("1250 kroner", 125000), ("12.50", 1250), ("0", 0),
        ("12.5", 1250), ("0.5", 50), ("99,9", 9990), ("12,5", 1250), ("1,250.50", 125050),
        ("1.250.000", 125000000), ("1 250,5", 125050), ("0,01", 1), ("1250.50 kr", 125050),
        ("1\u00a0250 kr", 125000), ("99999999", 9999999900),
        ("NOK 1,250.50", 125050), ("1,250.50 kroner", 125050), ("nok 1 250", 125000),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, ore: int) -> None:
    assert parse_amount(text) == ore


@pytest.mark.parametrize(
    "text", ["", "mye", "-5", "1,2,3", "12.5.0", "1 25", "1e9", "12,505", "999999999", "0 001"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_amount(text)


@pytest.mark.parametrize("text", ["0.001", "12.345", "12,345", "1.250", "0.125", "NOK 1,250"])
def test_three_figures_after_one_point_are_never_guessed_at(text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_amount(text)
    assert f"“{text}”" in str(refused.value)
    assert "1 250 or 12,50" in str(refused.value.hint)

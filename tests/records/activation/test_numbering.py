from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.records.activation.numbering import is_row_code, next_number, row_code


def test_activations_are_numbered_per_year_and_kind():
    taken = ["2026-R-001", "2026-R-006", "2026-Ø-002", "2025-R-044"]
    assert next_number(2026, "real", taken) == "2026-R-007"
    assert next_number(2026, "exercise", taken) == "2026-Ø-003"
    assert next_number(2026, "contact_test", taken) == "2026-V-001"
    assert next_number(2027, "real", taken) == "2027-R-001"


@given(st.integers(1, 5000), st.integers(0, 4), st.integers(0, 9))
def test_one_wrong_digit_is_no_row_code(row, place, digit):
    code = row_code("2026-R-007", row, 5000)
    assert is_row_code("2026-R-007", code)
    digits, _dash, check = code.partition("-")
    if place < len(digits) and digits[place] != str(digit):
        wrong = digits[:place] + str(digit) + digits[place + 1 :]
        assert not is_row_code("2026-R-007", f"{wrong}-{check}")


@given(st.integers(1, 998))
def test_two_swapped_digits_are_no_row_code(row):
    digits, _dash, check = row_code("2026-R-007", row, 998).partition("-")
    for n in range(2):
        swapped = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        assert swapped == digits or not is_row_code("2026-R-007", f"{swapped}-{check}")


def test_a_row_of_another_activation_is_noticed():
    codes = [row_code("2026-R-007", row, 30) for row in range(1, 31)]
    assert not any(is_row_code("2026-R-008", code) for code in codes)


def test_row_codes_are_different_within_a_list():
    assert len({row_code("2026-Ø-001", row, 5000) for row in range(1, 5001)}) == 5000

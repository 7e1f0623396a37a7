from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.phone import dial_phone, parse_phone, parse_phones, pattern_of, show_phone


@pytest.mark.parametrize(
    ("text", "kept", "shown"),
    [
        ("90111222", "+4790111222", "90 11 12 22"),
        ("901 11 222", "+4790111222", "90 11 12 22"),
        ("32\u00a022 01 00", "+4732220100", "32 22 01 00"),
        ("0047 90111222", "+4790111222", "90 11 12 22"),
        ("4790111222", "+4790111222", "90 11 12 22"),
        ("+47 (90) 11-12.22", "+4790111222", "90 11 12 22"),
        ("Tlf.: 32 22 01 00", "+4732220100", "32 22 01 00"),
        ("mobil 90111222", "+4790111222", "90 11 12 22"),
        ("815 48 333", "+4781548333", "815 48 333"),
        ("+46 8 123 456 78", "+46812345678", "+46 8 123 456 78"),
        ("02800", "+4702800", "02800"),
        ("116 117", "+47116117", "116 117"),
    ],
)
def test_phones_are_read_as_people_write_them(text: str, kept: str, shown: str) -> None:
    assert parse_phone(text) == kept
    assert show_phone(kept) == shown
    assert parse_phone(shown) == kept


@pytest.mark.parametrize("text", ["110", "112", "113", "+47 112", "tlf. 113", "90111222 / 113"])
def test_an_emergency_number_is_nobodys_own(text: str) -> None:
    for parse in (parse_phones,) if "/" in text else (parse_phone, parse_phones):
        with pytest.raises(InvalidValueError) as refused:
            parse(text)
        assert "emergency number" in refused.value.message and refused.value.hint


def test_an_emergency_number_may_be_called_back_and_one_that_is_kept_stays() -> None:
    assert parse_phone("110", emergency=True) == "+47110"
    assert parse_phones("+47112") == ["+47112"], "as it was kept before"
    assert show_phone("+47113") == dial_phone("+47113") == "113"


@pytest.mark.parametrize(
    "text",
    ["", " ", "9O123456", "1234567", "12345678", "32 22 01 00 (jobb)", "+", "9" * 5000, "٩٠"],
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_phone(text)
    assert refused.value.message and refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "901 23 456 / 32 22 01 00",
        "90123456,32220100",
        "90123456; 32220100",
        "90123456 eller 32220100",
        "90123456 or 32220100",
        "90123456\n32220100",
    ],
)
def test_two_numbers_in_one_cell_are_to_be_split(text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_phone(text)
    assert "more than one" in refused.value.message and "Split" in refused.value.hint
    assert parse_phones(text) == ["+4790123456", "+4732220100"]


def test_a_number_given_twice_counts_once() -> None:
    assert parse_phones("90123456, 901 23 456") == ["+4790123456"]
    assert parse_phones(" ") == []


def test_a_birth_number_in_a_phone_cell_is_not_echoed() -> None:
    with pytest.raises(InvalidValueError) as refused:
        parse_phone("010170 12343")
    said = refused.value.message + refused.value.hint + refused.value.value
    assert "12343" not in said and "010170*****" in said


def test_shown_numbers_agree_with_the_library() -> None:
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    compared = 0
    for digits in range(20_000_000, 100_000_000, 19_937):
        number = phonenumbers.parse(str(digits), "NO")
        if phonenumbers.is_valid_number(number):
            compared += 1
            assert show_phone(f"+47{digits}") == phonenumbers.format_number(number, national)
    assert compared > 2000


def test_short_numbers_are_dialled_without_country_code() -> None:
    assert dial_phone("+47116117") == "116117"
    assert dial_phone("+4702800") == "02800"
    assert dial_phone("+4790111222") == "+4790111222"
    assert dial_phone("+46812345678") == "+46812345678"


@given(st.text(max_size=40) | st.text("+0479 ()-/,;.tlf", max_size=25))
def test_only_our_errors_come_out(text: str) -> None:
    try:
        kept = parse_phone(text)
    except InvalidValueError:
        return
    assert kept.startswith("+") and kept[1:].isdecimal()
    assert parse_phone(kept) == kept


@given(st.text(max_size=20))
def test_showing_never_fails(text: str) -> None:
    show_phone(text)


@pytest.mark.parametrize(
    "written",
    [
        "90 11  12 22",
        "(90) 11 12 22",
        "90.11.12.22",
        "90/11/12/22",
        "90_11_12_22",
        "90–11 · 12 — 22",
        "+47 (90) 111 222",
        "0047 90111222",
        "4790111222",
        "90,11,12,22",
        "901 11,\n222",
        "12 90 11 12 22 5",
    ],
)
def test_a_number_is_found_in_a_text_however_it_stands(written: str) -> None:
    assert pattern_of("+4790111222").search(f"ring {written}, takk")


def test_a_number_that_is_part_of_another_is_not_found() -> None:
    assert not pattern_of("+4790111222").search("901112223 eller 190111222")


@pytest.mark.parametrize("between", [", ", ",", "; ", "\n", " | "])
def test_the_halves_of_two_numbers_are_not_a_third(between: str) -> None:
    two = f"Ring Kari 41 22 90 11{between}12 22 80 90 til Per"
    assert not pattern_of("+4790111222").search(two)
    assert pattern_of("+4741229011").sub("x", two).startswith("Ring Kari x")
    assert pattern_of("+4712228090").search(two)

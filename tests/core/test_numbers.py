"""Organisation, account and birth numbers: what tells them apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer, kontonr
from stdnum.no import orgnr as stdnum_orgnr

from frivillig_cli.core import checks
from frivillig_cli.core.account import parse_account, show_account
from frivillig_cli.core.birthnumber import (
    find_birth_number,
    is_birth_number,
    mask_birth_numbers,
    refuse_birth_numbers,
)
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.orgnr import is_orgnr, parse_orgnr, show_orgnr

ELEVEN = st.from_regex("[0-9]{11}", fullmatch=True)
FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
SYNTHETIC = "01017012343"


def completed(nine: str) -> str | None:
    """Nine digits with the two check digits of a birth number, or None where there are none."""
    for weights in (FIRST, SECOND):
        check = -sum(int(d) * w for d, w in zip(nine, weights, strict=True)) % 11
        if check == 10:
            return None
        nine += str(check)
    return nine


@st.composite
def birth_numbers(
    draw: st.DrawFn,
    days: tuple[int, ...] = (0, 40),
    months: tuple[int, ...] = (0, 40, 65, 80),
    last_day: int = 31,
) -> str:
    day = draw(st.integers(1, last_day)) + draw(st.sampled_from(days))
    month = draw(st.integers(1, 12)) + draw(st.sampled_from(months))
    rest = draw(st.integers(0, 99999))
    # Not every nine digits can be completed: the next ones that can.
    following = ((rest + n) % 100_000 for n in range(100))
    return next(filter(None, (completed(f"{day:02}{month:02}{n:05}") for n in following)))


@pytest.mark.parametrize("text", ["970 168 001", "970168001", "970.168.001", "NO970168001MVA"])
def test_organisation_numbers_are_read_as_written(text: str) -> None:
    assert parse_orgnr(text) == "970168001"
    assert show_orgnr("970168001") == "970 168 001"


@pytest.mark.parametrize(
    "text", ["970168002", "000000000", "999999999", "888888888", "97016800", "", "x", "9701680010"]
)
def test_what_is_no_organisation_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_orgnr(text)


@given(st.from_regex("[0-9]{9}", fullmatch=True))
def test_organisation_numbers_are_stdnums_less_some(digits: str) -> None:
    wanted = stdnum_orgnr.is_valid(digits) and digits[0] in "2389" and len(set(digits)) > 1
    assert is_orgnr(digits) == wanted


def test_made_up_test_units_are_taken() -> None:
    assert parse_orgnr("310 000 019") == "310000019"
    assert not is_orgnr("410000016")


@pytest.mark.parametrize("text", ["8601.11.17947", "8601 11 17947", "86011117947", "8601-11-17947"])
def test_account_numbers_are_read_as_written(text: str) -> None:
    assert parse_account(text) == "86011117947"
    assert show_account("86011117947") == "8601.11.17947"


@pytest.mark.parametrize("text", ["", "86011117948", "1234567", "0000.00.00000", "8601111794", "a"])
def test_what_is_no_account_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_account(text)


@given(birth_numbers())
def test_an_account_that_looks_like_a_birth_number_needs_a_confirmation(number: str) -> None:
    assert kontonr.is_valid(number)
    with pytest.raises(InvalidValueError) as refused:
        parse_account(number)
    said = (refused.value.message + refused.value.value).replace(f"{number[:6]}*****", "")
    assert number[6:] not in said and number not in said
    assert parse_account(number, confirmed=True) == number


@given(ELEVEN)
def test_accounts_agree_with_stdnum(digits: str) -> None:
    try:
        assert parse_account(digits, confirmed=True) == digits
        taken = True
    except InvalidValueError:
        taken = False
    assert taken == (kontonr.is_valid(digits) and int(digits) > 0)


@given(birth_numbers(), st.sampled_from(["", " ", "-", ".", "\u00a0"]))
def test_birth_numbers_are_found_in_text_and_masked(number: str, between: str) -> None:
    masked = f"{number[:6]}*****"
    written = f"fnr. {number[:6]}{between}{number[6:]}, ring meg"
    assert find_birth_number(written) == masked
    assert mask_birth_numbers(written) == f"fnr. {masked}, ring meg"
    dotted = f"{number[:2]}.{number[2:4]}.{number[4:6]} {number[6:]}"
    assert find_birth_number(f"Født {dotted}.") == masked


@pytest.mark.parametrize(
    "text",
    ["0101 70 12343", "0 1 0 1 7 0 1 2 3 4 3", "０１０１７０１２３４３", "010170\u200b12343"],
)
def test_a_cell_with_nothing_else_is_found_however_spaced(text: str) -> None:
    assert find_birth_number(text) == "010170*****"


@pytest.mark.parametrize(
    "written",
    [
        "010170/12343", "010170_12343", "01/01/70 12343", "01.01.1970 12343", "01.01.1970-12343",
        "0101197012343", "01-01-70-12343", "010170 - 12343", "010170 123 43", "01 01 70 / 12343",
        "٠١٠١٧٠١٢٣٤٣", "٠١٠١٧٠ ١٢٣٤٣", "01.01.70\u00a012343", "010170\u201112343", "010170\t12343",
        "+4701017012343", "004701017012343", "12 010170 12343", "3/01/01/70 12343",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "fnr {}, ring", "({})", "{}, 90111222", "kl. 12 {}."])
def test_a_birth_number_is_found_however_it_is_written(written: str, around: str) -> None:
    text = around.format(written)
    assert find_birth_number(text) == "010170*****"
    assert "12343" not in mask_birth_numbers(text) and "١٢٣" not in mask_birth_numbers(text)


DAYS = st.dates().flatmap(
    lambda day: st.sampled_from(
        [f"{day:%d.%m.}{day.year:04}", f"{day:%d.%m.%y}", f"{day:%d/%m-%y}", day.isoformat()]
    )
)
EIGHT = st.integers(20_000_000, 99_999_999).map(str)
SPACED = EIGHT.flatmap(
    lambda n: st.sampled_from(
        [n, f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}", f"{n[:3]} {n[3:5]} {n[5:]}", f"+47 {n}"]
    )
)
NINE = st.integers(800_000_000, 999_999_999).map(str)
OTHERS = st.one_of(
    SPACED,
    NINE.flatmap(lambda n: st.sampled_from([n, f"{n[:3]} {n[3:6]} {n[6:]}", f"NO{n}MVA"])),
    st.integers(0, 9999).map("{:04}".format),
    st.times().map("{:%H:%M}".format),
    st.integers(100_000, 99_999_999).map(str),
)


@given(DAYS, OTHERS, OTHERS, st.sampled_from([" ", ", ", " / ", ": ", "; "]))
def test_dates_phones_and_other_numbers_beside_each_other_are_left_alone(
    day: str, one: str, two: str, between: str
) -> None:
    # `0250 1615245`: four digits and seven that are one together cannot be told from one
    assume(not is_birth_number(re.sub(r"\D", "", one + two)))
    for parts in ([day, one], [one, two], [one, day], [day, one, two]):
        text = "ring " + between.join(parts)
        assert mask_birth_numbers(text) == text


@given(birth_numbers(days=(0,)), st.sampled_from(["18", "19", "20"]))
def test_a_year_in_four_digits_must_be_the_numbers_own(number: str, century: str) -> None:
    serial, year = int(number[6:9]), int(century + number[4:6])
    own = (year < 2000) == (serial < 500) and 1900 <= year < 2040
    text = f"{number[:2]}.{number[2:4]}.{year} {number[6:]}"
    if own:
        assert find_birth_number(text)


@pytest.mark.parametrize("between", [" ", ".", "-"])
def test_a_birth_number_that_is_written_digit_by_digit_is_found(between: str) -> None:
    text = f"Kari {between.join(SYNTHETIC)} Lie"
    assert find_birth_number(text) == "010170*****"
    assert SYNTHETIC[6:] not in mask_birth_numbers(text).replace(between, "")
    assert find_birth_number(f"1{between}{between.join(SYNTHETIC)}") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "01017012344",
        "32017012343",
        "90 11 12 22 333",
        "970168001",
        "8601.11.17947",
        f"1{SYNTHETIC}",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_birth_number(text) is None
    assert mask_birth_numbers(text) == text


@given(birth_numbers(), st.sampled_from(" -."), st.booleans())
def test_a_birth_number_that_is_written_in_pairs_is_found(
    number: str, mark: str, to_the_end: bool
) -> None:
    pairs = [number[n : n + 2] for n in range(0, 8, 2)]
    rest = [number[8:10], number[10]] if to_the_end else [number[8:]]
    for text in ("Vei {}", "Vei 12 {}", "Kasserer {}, ring"):
        written = text.format(mark.join([*pairs, *rest]))
        assert mask_birth_numbers(written) == text.format(f"{number[:6]}*****")


@pytest.mark.parametrize(
    "text",
    [
        "Tilskudd 01.01.70 12 343 kr",  # a date and an amount
        "Tlf 01 01 70 12 343 20",  # a part of a longer number
        "Ring 101 01 70 12 343",
    ],
)
def test_pairs_that_are_something_else_are_left_alone(text: str) -> None:
    assert find_birth_number(text) is None


@given(birth_numbers(days=(0,), months=(0, 40, 80), last_day=9))
def test_a_birth_number_without_its_first_nought_is_found_like_the_whole(number: str) -> None:
    masked = f"{number[:6]}*****"
    for text in ("{}", "fnr. {}, ring meg", "({}).", "2 {}"):
        assert find_birth_number(text.format(number[1:])) == masked
        assert mask_birth_numbers(text.format(number[1:])) == text.format(masked)
    assert find_birth_number(number[1:], lost_nought=False) is None
    with pytest.raises(InvalidValueError) as refused:
        checks.text(number[1:], "notes", "notes")
    assert number[6:] not in refused.value.message
    address = f"https://lag.example/{number[1:]}"
    assert checks.website(address, "website", "website") == address


@pytest.mark.parametrize(
    "text",
    [
        "+1017012343", "1017012343-5", "2026/1017012343", "7.1017012343", "1017012343,50",
        "11017012343", "10170123431", "1017012344", "10170 12343", "1017012343:22",
    ],
)  # fmt: skip
def test_ten_digits_of_another_number_are_left_alone(text: str) -> None:
    assert find_birth_number(text) is None
    assert checks.text(text, "notes", "notes") == text


@given(st.from_regex("[1-9](6[6-9]|7[0-7])[0-9]{7}", fullmatch=True))
def test_a_phone_after_47_and_a_time_in_seconds_are_left_alone(digits: str) -> None:
    assert find_birth_number(digits) is None


def test_what_holds_no_birth_number_is_handed_back_as_it_is() -> None:
    assert refuse_birth_numbers("Ola ", "notes") == "Ola "
    with pytest.raises(InvalidValueError, match="The cell holds"):
        refuse_birth_numbers(SYNTHETIC, "a1", "the cell")


@given(ELEVEN)
def test_the_detector_finds_all_that_stdnum_finds(digits: str) -> None:
    if fodselsnummer.is_valid(digits):
        assert is_birth_number(digits)


def test_synthetic_numbers_that_stdnum_misses_are_found() -> None:
    assert not fodselsnummer.is_valid("15838510075")
    assert is_birth_number("15838510075")


def test_a_birth_number_is_refused_by_field_without_the_number() -> None:
    with pytest.raises(InvalidValueError) as refused:
        refuse_birth_numbers(f"Ola {SYNTHETIC}", "notes")
    assert refused.value.field == "notes"
    assert "12343" not in refused.value.message + refused.value.hint + refused.value.value
    refuse_birth_numbers("Ola", "notes")


@given(st.text(), birth_numbers())
def test_echo_is_one_short_line_without_birth_numbers(text: str, number: str) -> None:
    shown = echo(f"{text} {number} {'x' * 60}")
    assert len(shown) <= 60 and shown.isprintable()
    assert find_birth_number(shown) is None
    assert find_birth_number(echo(number)) is None


@given(st.text(max_size=30))
def test_only_our_errors_come_out(text: str) -> None:
    for parse in (parse_orgnr, parse_account):
        try:
            assert parse(text).isdecimal()
        except InvalidValueError as refused:
            assert refused.message and refused.hint
    find_birth_number(text)

"""The quick ways for what lists are full of give what the libraries and the long ways give."""

from __future__ import annotations

import random
import re
import sys
import unicodedata

import phonenumbers
import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import orgnr as stdnum_orgnr

from frivillig_cli.core import birthnumber, email, names, phone
from frivillig_cli.core.orgnr import is_orgnr

LETTERS = "aAbcdeEoOsSzæÆøØåÅäÄöÖüéÉđŋþßıſKÅ -.,'&/()_0129«»–\u030a\u00a0\u200b\x1b"
ANY_TEXT = st.text(st.characters(), max_size=40) | st.text(LETTERS, max_size=30)
EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]


def long_fold(text: str) -> str:
    text = names._take_apart(names._take_apart(text))
    text = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    text = re.sub("oe+", "o", re.sub("a{2,}", "a", text).replace("ae", "e"))
    return " ".join(text.split())


def long_sort_key(text: str) -> str:
    return names._sort_by_letters(unicodedata.normalize("NFC", names.printable(text)))


@given(ANY_TEXT)
def test_folding_and_order_are_those_of_the_long_way(text: str) -> None:
    assert names.fold(text) == long_fold(text)
    assert names.sort_key(text) == long_sort_key(text)


def test_every_character_folds_and_sorts_as_the_long_way_has_it() -> None:
    for char in EVERY_CHARACTER:
        text = f"a{char}B"
        assert names.fold.__wrapped__(text) == long_fold(text), hex(ord(char))
        assert names.sort_key(text) == long_sort_key(text), hex(ord(char))


def library_phone(text: str) -> str:
    number = phonenumbers.parse(text, "NO")
    assert phonenumbers.is_valid_number(number), text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_plain_phone_numbers_are_those_of_the_library() -> None:
    rng = random.Random(1)
    taken = 0
    for head in range(10_000):
        digits = f"{head:04}{rng.randrange(10_000):04}"
        shapes = [
            digits,
            " ".join(re.findall("..", digits)),
            f"{digits[:3]} {digits[3:5]} {digits[5:]}",
            f"+47{digits}",
            f"+47 {digits[:3]} {digits[3:5]} {digits[5:]}",
        ]
        for text in shapes:
            plain = phone._plain(text)
            if plain:
                taken += 1
                assert plain == library_phone(text) == f"+47{digits}"
    assert taken > 20_000


ADDRESS = r"[A-Za-z0-9_+.-]{1,12}@([a-z0-9-]{1,8}\.){1,3}(no|com|net|org|se|dk|example)"


@given(st.from_regex(ADDRESS, fullmatch=True).filter(email._PLAIN.fullmatch))
def test_plain_addresses_are_those_of_the_library(text: str) -> None:
    found = validate_email(text, check_deliverability=False, test_environment=True)
    assert found.normalized == text


@pytest.mark.parametrize(
    "text",
    [
        "POST@LAG.example",
        "post@lag.local",
        "post@xn--lg-zia.no",
        "a..b@lag.no",
        ".a@lag.no",
        "a.@lag.no",
        "a@-lag.no",
        "a@lag-.no",
        "a@no",
        "a@lag.no\n",
        "x" * 65 + "@lag.no",
        "a@" + "b" * 64 + ".no",
    ],
)
def test_other_addresses_are_left_to_the_library(text: str) -> None:
    assert not email._PLAIN.fullmatch(text)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_organisation_numbers_weigh_as_the_library_has_it(digits: str) -> None:
    if digits[0] in "2389" and len(set(digits)) > 1:
        assert is_orgnr(digits) == stdnum_orgnr.is_valid(digits)


_AROUND = st.text("0123456789 .-–a⑩½１\n\u200b", max_size=20)
_NUMBERS = st.sampled_from(
    ["", "01017012343", "1017012343", "010170 12343", "01.01.1970 12343", "０１０１７０１２３４３"]
)


@given(st.builds("{}{}{}".format, st.just("") | _AROUND, _NUMBERS, st.just("") | _AROUND))
def test_no_text_with_a_birth_number_is_passed_over(text: str) -> None:
    quick = birthnumber.find_birth_number(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(birthnumber, "may_hold_birth_number", lambda _text: True)
        for quick_look in ("_TEN_DIGITS", "_TOGETHER"):  # every text is looked through
            patch.setattr(birthnumber, quick_look, re.compile(""))
        assert birthnumber.find_birth_number(text) == quick


def test_no_letter_that_is_passed_over_quickly_can_become_a_digit() -> None:
    looked = [chr(code) for code in range(0x80, 0x250) if birthnumber._LATIN.fullmatch(chr(code))]
    assert {"æ", "Å", "š"} <= set(looked)
    assert not [c for c in looked if any(d.isdecimal() for d in unicodedata.normalize("NFKC", c))]

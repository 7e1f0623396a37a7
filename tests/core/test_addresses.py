"""E-mail and web addresses, postcodes, municipality numbers, and REF."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.email import parse_email
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.municipality import parse_municipality
from frivillig_cli.core.postcode import parse_postcode
from frivillig_cli.core.website import parse_website


def test_an_email_domain_is_kept_in_small_letters() -> None:
    assert parse_email(" Post@LAG.example ") == "Post@lag.example"


@pytest.mark.parametrize("text", ["", "a", "a@b", "a@b.no, c@d.no", "Ola <a@b.no>", "\ud800@a.no"])
def test_what_is_not_one_email_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_email(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("www.lag.example", "https://www.lag.example"),
        ("HTTP://Lag.Example/Side?x=1", "http://lag.example/Side?x=1"),
        ("lag.example:8080/a", "https://lag.example:8080/a"),
        ("//lag.example", "https://lag.example"),
        ("ærfugl.example", "https://ærfugl.example"),
    ],
)
def test_a_website_gets_its_scheme(text: str, kept: str) -> None:
    assert parse_website(text) == kept
    assert parse_website(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", "lag", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"),
        *("http://u:p@lag.example", "http://[::1", "http://lag.example:99999", "a b.example"),
        *('https://lag.example/"><script>', "https://lag.example/\u202e", "mailto:a@lag.example"),
    ],
)
def test_other_schemes_and_hosts_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_website(text)


@pytest.mark.parametrize("parse", [parse_email, parse_website])
def test_an_address_with_a_birth_number_is_refused(parse: Callable[[str], str]) -> None:
    sign = "@" if parse is parse_email else "."
    with pytest.raises(InvalidValueError) as refused:
        parse(f"01017012343{sign}lag.example")
    assert "12343" not in refused.value.message


def test_codes_are_four_digits_of_text() -> None:
    assert parse_postcode(" 3400 ") == "3400"
    assert parse_postcode("NO-3400") == "3400"
    assert parse_municipality("3312") == "3312"
    for text in ("", "301", "34000", "34OO", "0000", "٣٤٠٠"):
        with pytest.raises(InvalidValueError):
            parse_postcode(text)
        with pytest.raises(InvalidValueError):
            parse_municipality(text)


@given(st.text(max_size=50))
def test_only_our_errors_come_out(text: str) -> None:
    for parse in (parse_email, parse_website, parse_postcode, parse_municipality):
        try:
            kept = parse(text)
        except InvalidValueError as refused:
            assert refused.message and refused.hint
        else:
            kept.encode("utf-8")
            assert parse(kept) == kept

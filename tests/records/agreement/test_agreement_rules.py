from __future__ import annotations

from datetime import date

import pytest

from frivillig_cli.core import i18n
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.activation.actions import required_text
from frivillig_cli.records.agreement.rules import check, check_period, keys, status

OPEN = {"from_date": None, "to_date": None, "ended": None}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "in_force"),
        ({"from_date": "2026-11-23"}, "in_force"),
        ({"from_date": "2026-11-24"}, "not_begun"),
        ({"to_date": "2026-11-23"}, "in_force"),
        ({"to_date": "2026-11-22"}, "expired"),
        ({"ended": "2026-11-23"}, "ended"),
        ({"ended": "2026-11-24"}, "in_force"),
    ],
)
def test_an_agreement_is_in_force_from_its_first_day_to_its_last(values, expected):
    assert status({**OPEN, **values}, date(2026, 11, 23)) == expected


def test_values_are_stored_as_codes_and_iso_dates():
    stored = check({"kind": "Beredskap", "to_date": "31.12.2027", "event_payer": "rescue-service"})
    assert stored == {
        "kind": "beredskap", "to_date": "2027-12-31", "event_payer": "rescue_service",
    }  # fmt: skip


def test_a_blank_empties_but_never_the_title_or_the_kind():
    assert check({"notes": " ", "to_date": ""}) == {"notes": None, "to_date": None}
    for field in ("title", "kind"):
        with pytest.raises(InvalidValueError):
            check({field: " "})


@pytest.mark.parametrize(
    "field", ["title", "notes", "caller", "municipality_contact", "insurance", "case_number"]
)
def test_a_birth_number_is_refused_in_every_text_and_masked(field):
    with pytest.raises(InvalidValueError) as refused:
        check({field: "kontakt 010107 50160"})
    assert "50160" not in refused.value.message + refused.value.value


def test_it_cannot_end_before_it_begins():
    check_period("2026-01-01", "2026-01-01")
    with pytest.raises(InvalidValueError):
        check_period("2026-01-02", "2026-01-01")


def test_it_is_found_by_its_association_and_case_number():
    values = {"title": "Avtale", "case_number": "2024/118", "notes": None}
    assert keys(values, "Lier sanitetsforening")["search"] == "lier sanitetsforening 2024/118"


def test_a_refusal_begins_with_a_capital_letter():
    with i18n.in_language("nb"):
        for field, said in (("event_payer", "Betaler når det skjer kan"), ("kind", "Type kan")):
            with pytest.raises(InvalidValueError, match=said):
                check({field: "tull"})
        with pytest.raises(InvalidValueError, match=r"^Saksnummer "):
            check({"case_number": "x" * 5000})
    with pytest.raises(InvalidValueError, match=r"^Title is empty"):
        required_text(" ", "title")

"""When somebody says that they come: clock times as typed and as on paper, and slips."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.activation.times import coming_time, parse_coming

NIGHT = datetime(2027, 3, 15, 2, 20, tzinfo=UTC)  # 03:20 in Norway
LATE = datetime(2027, 3, 15, 22, 50, tzinfo=UTC)  # 23:50


@pytest.mark.parametrize(
    ("text", "said", "wanted"),
    [
        ("0410", NIGHT, datetime(2027, 3, 15, 3, 10, tzinfo=UTC)),
        ("04:10", NIGHT, datetime(2027, 3, 15, 3, 10, tzinfo=UTC)),
        ("45", NIGHT, datetime(2027, 3, 15, 3, 5, tzinfo=UTC)),
        ("120", NIGHT, datetime(2027, 3, 15, 4, 20, tzinfo=UTC)),
        ("01:10", LATE, datetime(2027, 3, 16, 0, 10, tzinfo=UTC)),
        ("0700", LATE, datetime(2027, 3, 16, 6, 0, tzinfo=UTC)),
        ("2027-03-16T02:00", NIGHT, datetime(2027, 3, 16, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_time_is_the_one_that_was_meant(text: str, said: datetime, wanted: datetime) -> None:
    assert parse_coming(text, said) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "02:00",
        "0200",
        "03:10",
        "2500",
        "0461",
        "2027-03-14T10:00",
        "2027-03-15T03:10",
        "2027-03-15T03:10+01:00",
    ],
)
def test_a_time_that_has_passed_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_coming(text, NIGHT)


def test_a_dated_time_that_has_passed_is_refused_with_its_date() -> None:
    with pytest.raises(InvalidValueError, match="14 March 2027 10:00 has passed") as refused:
        parse_coming("2027-03-14T10:00", NIGHT)
    assert "2027-03-16T10:00" in refused.value.hint


@pytest.mark.parametrize(
    ("eta", "shown"),
    [
        ("2027-03-15T23:30:00+00:00", "00:30"),  # 23:50 now: after midnight, and soon
        ("2027-03-16T09:00:00+00:00", "16.03. 10:00"),
        ("2027-03-17T22:55:00+00:00", "17.03. 23:55"),
        ("2027-03-15T22:55:00+00:00", "23:55"),
    ],
)
def test_a_time_on_another_day_is_told_with_its_date(eta: str, shown: str) -> None:
    assert coming_time(eta, LATE.isoformat()) == shown

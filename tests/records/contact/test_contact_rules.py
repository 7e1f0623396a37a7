"""The dates of an office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.contact import actions, queries, rules
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from tests.records.conftest import NOW, TODAY

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def office(start: date | None) -> Contact:
    begun = start.isoformat() if start else None
    return Contact(1, 1, "Lier kor", 1, "Kari", "leader", None, None, begun, None, False)


@given(st.none() | DAYS, DAYS)
def test_two_who_follow_each_other_share_no_day_and_leave_none_between(start, successor) -> None:
    try:
        last = rules.end_before(office(start), successor)
    except RefusedError:
        assert start is not None and successor < start
        return
    assert start is None or last >= start
    assert last == (successor if start == successor else successor - timedelta(days=1))


@given(st.none() | DAYS, DAYS, DAYS)
def test_an_end_is_between_the_start_and_today(start, end, today) -> None:
    allowed = end <= today and (start is None or start <= end)
    if allowed:
        rules.check_end(office(start), end, today)
    else:
        with pytest.raises(RefusedError):
            rules.check_end(office(start), end, today)


def test_who_holds_it_gets_the_date_that_was_not_known(register) -> None:
    org = orgs.add(register, {"name": "Lier kor"}, now=NOW)
    kari = people.add(register, {"name": "Kari"}, now=NOW)
    first = actions.add(register, org, kari, "leader", today=TODAY)
    again = actions.add(register, org, kari, "leder", today=TODAY, from_date=date(2020, 1, 1))
    assert again.contact_id == first.contact_id and not again.new
    assert queries.get(register, first.contact_id).from_date == "2020-01-01"


def test_an_office_that_has_ended_does_not_end_again(register) -> None:
    org = orgs.add(register, {"name": "Lier kor"}, now=NOW)
    kari = people.add(register, {"name": "Kari"}, now=NOW)
    made = actions.add(register, org, kari, "leader", today=TODAY).contact_id
    actions.end(register, made, TODAY, today=TODAY)
    with pytest.raises(RefusedError):
        actions.end(register, made, TODAY, today=TODAY)
    again = actions.add(register, org, kari, "leader", today=TODAY)
    assert again.new and again.contact_id != made


def test_replace_ends_all_who_hold_it(register) -> None:
    org = orgs.add(register, {"name": "Lier kor"}, now=NOW)
    ids = [people.add(register, {"name": name}, now=NOW) for name in ("Kari", "Per", "Nina")]
    actions.add(register, org, ids[0], "leader", today=TODAY)
    actions.add(register, org, ids[1], "leader", today=TODAY, replace=False)
    result = actions.add(register, org, ids[2], "leader", today=TODAY, replace=True)
    assert [ended.name for ended in result.ended] == ["Kari", "Per"]
    assert [held.name for held in queries.current(register, org, "leader")] == ["Nina"]

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from frivillig_cli.records.activation import chain
from frivillig_cli.records.activation.calling import (
    SAID,
    contact_after,
    next_row,
    number_to_ring,
)
from frivillig_cli.records.activation.model import GroupSeat, Phone, Row
from frivillig_cli.records.activation.needs import Need

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
KARI = Row(
    id=1, person_id=1, row_code="001-1", rank=1, name="Kari", phones=(Phone("+4790111222"),),
    groups=(GroupSeat(1, "Omsorg", "member", 1),), skills=("omsorg",), selection="eligible",
    reason=None, contact="pending", answer=None, need_id=None, eta=None, deployment=None,
    lease_by=None, lease_until=None, episode=1,
)  # fmt: skip
MOBILE, HOME = Phone("+4790111222"), Phone("+4732220000")


def rows(*changes):
    return [replace(KARI, id=n, rank=n, **change) for n, change in enumerate(changes, start=1)]


def tried(minutes=0, numbers=("+4790111222",), **more):
    when = (NOW - timedelta(minutes=minutes)).isoformat()
    return {
        "contact": "not_reached", "tries": len(numbers), "tried": numbers,
        "last_attempt": when, **more,
    }  # fmt: skip


def test_everyone_is_called_once_before_anyone_is_called_twice():
    two = {"phones": (MOBILE, HOME)}
    picked = next_row(rows({**tried(60), **two}, {}), [], NOW)
    assert picked and picked.id == 2


def test_second_numbers_come_before_the_first_again():
    picked = next_row(rows(tried(60), {**tried(1), "phones": (MOBILE, HOME)}), [], NOW)
    assert picked and picked.id == 2
    assert number_to_ring(picked) == HOME.number


def test_the_same_number_waits_ten_minutes():
    assert next_row(rows(tried(9)), [], NOW) is None
    assert next_row(rows(tried(10)), [], NOW)


def test_nobody_is_called_more_than_three_times_in_a_round():
    assert next_row(rows(tried(60, ("+4790111222",) * 3)), [], NOW) is None


def test_a_later_wave_waits_for_the_first_but_not_for_its_retries():
    later = {"groups": (GroupSeat(2, "Reserve", "member", 2),)}
    assert next_row(rows(later, {}), [], NOW).id == 2
    assert next_row(rows(later, tried(5)), [], NOW).id == 1
    assert next_row(rows(later, tried(15)), [], NOW).id == 2


def test_one_who_is_reached_is_not_called_again():
    answers = [{"contact": "reached", "answer": a} for a in ("no", "later", "unclear", "yes")]
    assert next_row(rows(*answers), [], NOW) is None


def test_a_lease_keeps_others_away_for_ten_minutes_and_no_longer():
    leased = {"contact": "calling", "lease_by": "anne"}
    until = (NOW + timedelta(minutes=10)).isoformat()
    assert next_row(rows({**leased, "lease_until": until}), [], NOW) is None
    assert next_row(rows({**leased, "lease_until": NOW.isoformat()}), [], NOW)


def test_a_lease_of_a_clock_that_was_hours_ahead_is_void():
    until = (NOW + timedelta(hours=5)).isoformat()
    row = {"contact": "calling", "lease_by": "anne", "lease_until": until}
    assert next_row(rows(row), [], NOW)


def test_an_attempt_in_the_future_keeps_nobody_waiting():
    assert next_row(rows(tried(-300)), [], NOW)


def test_only_those_are_called_who_can_fill_what_is_open():
    needs = [Need(1, "omsorg", 1, 1), Need(2, "sjåfør", 1)]
    driver = {"skills": ("sjåfør",)}
    assert next_row(rows({}, driver), needs, NOW).id == 2
    assert next_row(rows({}), needs, NOW) is None
    assert next_row(rows({}), needs, NOW, any_skill=True)


def test_a_wrong_number_is_passed_over():
    row = replace(KARI, phones=(replace(MOBILE, wrong=True), HOME))
    assert number_to_ring(row) == HOME.number
    assert number_to_ring(replace(KARI, phones=(replace(MOBILE, wrong=True),))) is None


@pytest.mark.parametrize("word", ["voicemail", "sms-sent", "no-answer", "busy", "other-person"])
def test_only_a_human_who_answers_is_reached(word):
    assert contact_after(KARI, SAID[word], True) != "reached"


def test_three_failed_attempts_give_up_and_texts_do_not_count():
    twice = replace(KARI, tries=2)
    assert contact_after(twice, SAID["no-answer"], True) == "given_up"
    assert contact_after(twice, SAID["sms-sent"], True) == "not_reached"
    assert contact_after(KARI, SAID["wrong-number"], False) == "given_up"


def test_one_who_was_reached_stays_reached():
    reached = replace(KARI, contact="reached", answer="yes")
    assert contact_after(reached, SAID["voicemail"], True) == "reached"


def test_a_new_episode_starts_afresh_but_forgets_nobody_who_is_out():
    answered = replace(KARI, contact="reached", answer="no")
    assert answered.as_of(2, NOW).contact == "pending"
    out = replace(KARI, contact="reached", answer="yes", deployment="on_site")
    assert out.as_of(2, NOW).deployment == "on_site"


def entry(seq, text, previous):
    values = {
        "seq": seq, "happened": "t", "registered": "t", "type": "alert", "sender": None,
        "receiver": None, "text": text, "by": "anne", "supersedes": None, "salt": f"s{seq}",
    }  # fmt: skip
    values["commitment"] = chain.commitment(values)
    return {**values, "chain": chain.link(previous, values)}


def test_the_chain_finds_a_changed_line_and_a_missing_one_and_stands_an_erasure():
    first = entry(1, "a", chain.start("u"))
    second = entry(2, "b", first["chain"])
    third = entry(3, "c", second["chain"])
    assert chain.first_break("u", [first, second, third]) is None
    assert chain.first_break("u", [first, {**second, "text": "x"}, third]) == 2
    assert chain.first_break("u", [first, {**second, "text": None}, third]) == 2
    assert chain.first_break("u", [first, {**second, "by": "x"}, third]) == 2
    assert chain.first_break("u", [first, third]) == 2
    assert chain.first_break("other", [first]) == 1
    erased = {**second, "text": None, "salt": None}
    assert chain.first_break("u", [first, erased, third]) is None

"""A phone whose clock is wrong loses no answer, and no order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap.taps import Tap
from tests.work.beredskap.test_take_in import by_name, listed, taken, tap

__all__ = ["listed"]


def test_a_phone_whose_clock_is_wrong_loses_no_answer(world, listed):
    activation, codes = listed
    taps = [tap(world, codes["Kari"], "yes", -600), tap(world, codes["Ola"], "no", 6000)]
    done = taken(world, activation, taps)
    assert done.clock == 2 and by_name(world, activation)["Kari"] == "yes"
    times = [datetime.fromisoformat(one["happened"])
             for one in queries.attempts(world.register, activation)]  # fmt: skip
    began = datetime.fromisoformat(queries.get(world.register, activation).started)
    assert all(began <= t <= world.now for t in times)


def happened(world, activation):
    """How many minutes ago each attempt is said to have been, in the order they came in."""
    return [
        (world.now - datetime.fromisoformat(one["happened"])).total_seconds() / 60
        for one in queries.attempts(world.register, activation)
    ]


@pytest.mark.parametrize(
    ("ago", "stored", "wrong"),
    [
        ((-120, -140, -160), (40, 20, 0), "2 h 40 min fast"),
        ((10, -10), (20, 0), "10 min fast"),  # the first could be, and is moved with the other
        ((90, 70, 50), (60, 40, 20), "30 min slow"),
        ((525600, 525590), (60, 50), "364 days slow"),
        ((62, 30, -2), (60, 30, 0), ""),  # no clock is right to the minute
    ],
)
def test_the_times_of_a_phone_whose_clock_is_wrong_are_moved_together_and_it_is_said(
    world, listed, ago, stored, wrong
):
    activation, codes = listed
    names = ("Kari", "Ola", "Aud")
    taps = [tap(world, codes[name], "no", minutes)
            for name, minutes in zip(names, ago, strict=False)]  # fmt: skip
    done = taken(world, activation, taps)
    assert happened(world, activation) == list(stored)
    assert done.how_wrong == (f"at least {wrong}" if wrong else "")
    said = [one.text for one in queries.log(world.register, activation) if one.type == "correction"]
    assert len(said) == bool(wrong) and all(wrong in text for text in said)
    assert taken(world, activation, taps).how_wrong == ""
    assert len(queries.log(world.register, activation)) == 1 + len(taps) + len(said)


def test_a_clock_that_was_set_right_in_between_moves_only_what_came_before(world, listed):
    activation, codes = listed
    taps = [tap(world, codes["Kari"], "no", 525600), tap(world, codes["Ola"], "no", 525590),
            tap(world, codes["Aud"], "no", 30)]  # fmt: skip
    taken(world, activation, taps)
    assert happened(world, activation) == [60, 50, 30]


def test_an_answer_is_not_set_aside_as_older_by_a_clock_that_is_wrong(world, listed):
    activation, codes = listed
    world.later(minutes=-20)
    world.call(activation, codes["Kari"], "no")
    world.later(minutes=20)
    done = taken(world, activation, [tap(world, codes["Kari"], "yes", 300)])
    assert by_name(world, activation)["Kari"] == "yes" and done.overtaken == 0
    assert done.unsure == [("Kari", "no", "yes")]


def test_what_one_phone_tells_keeps_its_order_however_often_it_is_given_back(world, listed):
    activation, codes = listed
    first = tap(world, codes["Kari"], "no", -180, "first00")
    taken(world, activation, [first])
    world.later(hours=1)
    second = tap(world, codes["Kari"], "yes", -130, "second0")
    done = taken(world, activation, [first, second, tap(world, codes["Ola"], "no", -220)])
    assert by_name(world, activation)["Kari"] == "yes"
    assert done.overtaken == 0 and done.unsure == []


@given(data=st.data())
@settings(max_examples=200)
def test_mended_times_can_be_and_keep_the_order_of_a_clock_that_was_wrong_in_one_way(data):
    from frivillig_cli.work.beredskap.phone_clock import mend

    start = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
    window = data.draw(st.integers(0, 600))
    now = start + timedelta(minutes=window)
    true = sorted(data.draw(st.lists(st.integers(0, window), min_size=1, max_size=6)))
    by = data.draw(st.integers(-10_000, 10_000))
    taps = [
        Tap(f"tap{n}", "001-1", "no", start + timedelta(minutes=at + by), "Per")
        for n, at in enumerate(true)
    ]
    found = mend(taps, start, now, {})
    times = [one.happened for one in found.taps]
    assert all(start <= at <= now for at in times) and times == sorted(times)
    for at, one in zip(true, found.taps, strict=True):
        if one.id in found.moved:
            assert one.happened <= found.moved[one.id] <= now
            assert start + timedelta(minutes=at) <= found.moved[one.id]


def test_when_they_come_goes_with_the_time_it_was_counted_from(world, listed):
    activation, codes = listed
    ahead = world.now + timedelta(hours=3)
    typed_time = (world.now + timedelta(minutes=25)).replace(second=0) + timedelta(days=1)
    taps = [
        tap(world, codes["Kari"], "yes", -180, eta=ahead + timedelta(minutes=30)),
        tap(world, codes["Ola"], "yes", -180, "typed0", eta=typed_time),
    ]
    taken(world, activation, taps)
    etas = [datetime.fromisoformat(str(one["eta"]))
            for one in queries.attempts(world.register, activation)]  # fmt: skip
    assert etas == [world.now + timedelta(minutes=30), typed_time - timedelta(days=1)]

"""A yes with a time of coming that had passed: the answer is kept, and the time is not believed."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from frivillig_cli.core.clock import oslo
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import take_in
from frivillig_cli.work.beredskap.taps import Tap


@pytest.fixture
def listed(world, group):
    """Kari and Ola, two needed; the activation and the code of each by name."""
    for name, number in (("Kari", "+4790111222"), ("Ola", "+4790111223")):
        world.person(name, number, group=group)
    activation = world.activate(needs={None: 2})
    world.later(hours=1)
    return activation, {row.name: row.row_code for row in world.view(activation).rows}


def taken(world, activation, taps, source):
    with world.change() as register:
        return take_in.take_in(register, activation, taps, source, now=world.now)


@pytest.mark.parametrize("source", ["phone", "paper"])
def test_a_time_that_had_passed_is_said_and_left_out_and_the_yes_stands(world, listed, source):
    activation, codes = listed
    at = world.now - timedelta(minutes=10)
    taps = [
        Tap("past0001", codes["Kari"], "yes", at, "Per", at - timedelta(minutes=28)),
        Tap("near0001", codes["Ola"], "yes", at, "Per", at - timedelta(seconds=50)),
    ]
    done = taken(world, activation, taps, source)
    assert not done.refused and len(done.new) == 2
    kari, ola = world.view(activation).rows
    assert (kari.answer, kari.eta) == ("yes", None)
    assert ola.answer == "yes" and ola.eta is not None  # the same minute: they are there
    (said,) = done.passed
    passed = f"{oslo((at - timedelta(minutes=28)).astimezone(UTC)):%H:%M}"
    assert said.startswith("Kari: ") and passed in said and "left out" in said
    assert said in [one.text for one in queries.log(world.register, activation)]
    assert done.to_json()["time_passed"] == [said]
    again = taken(world, activation, taps, source)
    assert (again.new, again.known, again.passed) == ([], 2, [])


def test_from_when_somebody_can_come_may_have_passed(world, listed):
    activation, codes = listed
    at = world.now - timedelta(minutes=10)
    early = at - timedelta(minutes=20)
    done = taken(world, activation, [Tap("late0001", codes["Kari"], "later", at, "Per", early)],
                 "phone")  # fmt: skip
    assert done.passed == [] and world.view(activation).rows[0].answer == "later"

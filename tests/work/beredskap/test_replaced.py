"""What another caller has recorded is not replaced without a word, whichever way it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.work.beredskap.test_apart import listed
from tests.work.beredskap.test_take_in import taken, tap

__all__ = ["listed"]


def test_another_time_of_coming_than_somebody_else_recorded_is_told(world, listed):
    eta = world.now + timedelta(minutes=30)
    world.call(listed, "Person 0", "yes", caller="t2", eta=eta)
    same = world.call(listed, "Person 0", "yes", caller="t1", eta=eta + timedelta(seconds=20))
    assert same.crossed == []
    told = world.call(
        listed, "Person 0", "yes", caller="t2", eta=eta + timedelta(minutes=15)
    ).crossed
    assert told == [
        "Person 0: t1 recorded «yes, there 03:40» at 03:10, and it is «yes, there 03:55» now."
        " If that was wrong: frivillig beredskap call 1 undo"
    ]
    own = world.call(listed, "Person 0", "yes", caller="t2", eta=eta)
    assert own.crossed == []


@pytest.mark.parametrize("source", ["phone", "paper"])
def test_what_is_taken_in_tells_what_it_replaces(world, listed, source):
    world.call(listed, "Person 0", "yes", caller="t2", at=world.now)
    world.later(minutes=30)
    code = world.row(listed, 1).row_code
    result = taken(world, listed, [tap(world, code, "no", 5)], source)
    [told] = result.crossed
    assert told.startswith("Person 0: t2 recorded «yes» at 03:10, and it is «no» now.")
    assert result.to_json()["crossed"] == [told]
    again = taken(world, listed, [tap(world, code, "yes", 20)], source)
    assert (again.overtaken, again.crossed) == (1, [])

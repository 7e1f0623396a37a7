"""What a call-out came to, in figures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import steps
from frivillig_cli.work.beredskap.exercises import compared, due_by
from frivillig_cli.work.beredskap.figures import count, time_class


@pytest.fixture
def listed(world, group):
    """Four people who can be called and one who cannot; two are needed."""
    for n in range(4):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    world.person("Uten nummer", group=group)
    return world.activate(needs={None: 2})


def figures(world, activation):
    seen = world.view(activation)
    attempts = queries.attempts(world.register, activation)
    log = queries.log(world.register, activation)
    return count(seen.activation, seen.rows, seen.needs, attempts, log)


def test_nothing_has_happened_yet(world, listed):
    found = figures(world, listed)
    assert (found.roster, found.eligible, found.excluded, found.attempted) == (5, 4, 1, 0)
    assert found.yes_rate is None and found.to_first_attempt is None
    assert [one.reached for one in found.reach] == [0, 0, 0, 0]
    assert found.reach[0].of_attempted is None


def test_how_many_were_reached_when_and_how_fast(world, listed):
    world.later(minutes=5)
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=4)
    world.call(listed, "Person 1", "no")
    world.later(minutes=11)
    world.call(listed, "Person 2", "yes")
    world.later(minutes=45)
    world.call(listed, "Person 0", "yes")
    world.later(minutes=30)
    with world.change() as register:
        for name in ("Person 2", "Person 0"):
            steps.arrive(register, listed, name, by="anne", at=None, now=world.now)
    found = figures(world, listed)
    assert (found.attempted, found.reached, found.yes, found.on_site) == (3, 3, 2, 2)
    assert [one.reached for one in found.reach] == [1, 2, 2, 3]
    assert (found.reach[1].of_eligible, found.reach[1].of_attempted) == (50.0, 66.7)
    assert (found.to_first_attempt, found.to_first_yes) == (300, 900)
    assert found.needs[0].seconds == 60 * 60
    assert found.to_last_on_site == 95 * 60
    assert (found.attempts, found.attempts_per_reached, found.yes_rate) == (4, 1.3, 66.7)


def test_an_answer_after_the_stand_down_is_counted_apart(world, listed):
    world.call(listed, "Person 0", "yes")
    with world.change() as register:
        steps.end(register, listed, by="anne", force=False, reason=None, now=world.now)
    world.call(listed, "Person 1", "yes")
    assert (figures(world, listed).late, figures(world, listed).yes) == (1, 1)


def test_a_clock_that_went_back_gives_no_negative_time(world, listed):
    world.later(minutes=30)
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=-40)
    world.call(listed, "Person 1", "yes")
    found = figures(world, listed)
    times = (found.to_first_attempt, found.to_first_yes, found.to_last_on_site)
    assert all(time is None or time >= 0 for time in times)


def test_numbers_that_are_wrong_single_and_old_are_counted(world, listed):
    world.call(listed, "Person 0", "wrong-number")
    found = figures(world, listed)
    assert (found.wrong_numbers, found.one_number, found.not_verified) == (1, 4, 4)


@pytest.mark.parametrize(
    ("hour", "day", "word"),
    [(2, 23, "night"), (9, 23, "working_hours"), (17, 23, "evening"), (6, 23, "morning"),
     (11, 28, "weekend"), (23, 28, "night")],
)  # fmt: skip
def test_the_time_of_the_day_is_norways(hour, day, word):
    assert time_class(datetime(2026, 11, day, hour, 30, tzinfo=UTC)) == word


def test_kinds_are_never_compared_with_each_other(world, group):
    world.person("Kari", "+4790111222", group=group)
    world.activate(title="Flom")
    world.activate(title="Øving", kind="exercise")
    called_off = world.activate(title="Feil", kind="exercise")
    with world.change() as register:
        steps.cancel(register, called_off, by="anne", reason="feil", now=world.now)
    for kind, title in (("exercise", "Øving"), ("real", "Flom")):
        found = compared(world.register, kind, world.now)
        assert [one.title for one, _figures in found] == [title]


def test_the_next_exercise_is_due_two_years_after_the_last():
    from datetime import date

    assert due_by(date(2026, 11, 23)) == date(2028, 11, 23)
    assert due_by(date(2028, 2, 29)) == date(2030, 3, 1)

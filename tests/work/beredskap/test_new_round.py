"""A new round calls those anew who were not reached, and makes nobody one who was never called."""

from __future__ import annotations

import pytest

from frivillig_cli.work.beredskap import changes, report, steps, view_json


@pytest.fixture
def tried(world, group):
    """One who was rung in vain in the first round, and is being called in the second."""
    world.person("Person 0", "+4790111220", group=group)
    activation = world.activate(needs={None: 1})
    world.call(activation, 1, "no-answer")
    world.next(activation, new_round=True)
    return activation


def contact(world, activation):
    return world.row(activation, 1).contact


def test_one_whom_nobody_reached_is_not_reached_when_it_ends_in_the_next_round(world, tried):
    with world.change() as register:
        steps.end(register, tried, by="anne", force=False, reason=None, now=world.now)
    assert contact(world, tried) == "not_reached"
    assert world.view(tried).tally["not_reached"] == 1
    assert view_json.to_json(world.view(tried), [])["calls"][0]["contact"] == "not_reached"
    with world.change() as register:
        steps.reopen(register, tried, by="anne", reason="mer vann", now=world.now)
    assert contact(world, tried) == "pending"  # nobody has been called in the new episode
    (before,) = world.view(tried).past
    assert before.tally["not_reached"] == 1
    assert report.gather(world.register, tried, world.now).figures.attempted == 1


def test_a_lease_that_ran_out_leaves_one_not_reached(world, tried):
    world.later(minutes=11)
    assert contact(world, tried) == "not_reached"


@pytest.mark.parametrize("word", ["sms-sent", "network-down"])
def test_what_is_no_call_leaves_one_not_reached(world, tried, word):
    world.call(tried, 1, word)
    assert contact(world, tried) == "not_reached"


def test_an_attempt_that_is_taken_back_leaves_what_the_round_before_came_to(world, tried):
    world.call(tried, 1, "no-answer")
    with world.change() as register:
        changes.take_back(register, tried, "1", by="anne", now=world.now)
    assert contact(world, tried) == "not_reached"

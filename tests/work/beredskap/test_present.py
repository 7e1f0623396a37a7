"""Those who are on site count for what is open, and nobody rings somebody who stands there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import changes, steps, walk_ins

NAMES = ("Kari", "Ola", "Per", "Siv")


@pytest.fixture
def four(world, group):
    """Two are needed: Kari (1) and Ola (2) are coming, Per (3) is in reserve, Siv (4) uncalled."""
    for n, name in enumerate(NAMES):
        world.person(name, f"+479011122{n}", group=group)
    new = world.activate(needs={None: 2})
    for who in (1, 2, 3):
        world.call(new, who, "yes")
    assert world.row(new, 3).answer == "reserve"
    return new


def move(world, step, activation, who, *more):
    with world.change() as register:
        return step(register, activation, str(who), *more, by="anne", at=None, now=world.now)


def stands(world, activation, who=3):
    view = world.view(activation)
    return world.row(activation, who).answer, [need.confirmed for need in view.needs]


def test_a_reserve_who_is_on_site_covers_what_opens(world, four):
    for who in (3, 1):
        move(world, steps.arrive, four, who)
    assert stands(world, four) == ("reserve", [2])
    move(world, steps.leave, four, 2, "home_safe")
    assert stands(world, four) == ("yes", [2])
    with pytest.raises(RefusedError, match="covered"):
        world.next(four)
    said = queries.log(world.register, four)[-1]
    assert said.type == "decision" and "Per is on site, and counts now" in said.text


def no(world, activation):
    world.call(activation, 2, "no")


def need_more(world, activation):
    with world.change() as register:
        changes.need(register, activation, {None: 3}, by="anne", now=world.now)


def undo(world, activation):
    with world.change() as register:
        changes.take_back(register, activation, "2", by="anne", now=world.now)


def never_came(world, activation):
    move(world, steps.leave, activation, 2, "no_show")


@pytest.mark.parametrize("opens", [no, need_more, undo, never_came])
def test_whatever_opens_the_need_the_reserve_on_site_fills_it(world, four, opens):
    move(world, steps.arrive, four, 3)
    opens(world, four)
    answer, _confirmed = stands(world, four)
    assert answer == "yes" and world.view(four).covered


def test_a_reserve_who_comes_when_something_is_open_counts_at_once(world, four):
    no(world, four)
    assert stands(world, four) == ("reserve", [1])
    row, after = move(world, steps.arrive, four, 3)
    assert (row.answer, row.deployment, after.covered) == ("yes", "on_site", True)


def test_one_who_was_to_come_later_counts_when_they_are_there(world, four):
    no(world, four)
    world.call(four, 4, "later", eta=world.now + timedelta(hours=2))
    row, after = move(world, steps.arrive, four, 4)
    assert (row.answer, after.covered) == ("yes", True)


def test_nobody_who_is_on_site_is_rung_though_they_cannot_do_what_is_missing(world, group):
    for n, name in enumerate(NAMES[:2]):
        world.person(name, f"+479011122{n}", group=group, skills=["sjåfør"] if n else ())
    new = world.activate(needs={"sjåfør": 1})
    world.call(new, 1, "yes")  # in reserve: no driver
    move(world, steps.arrive, new, 1)
    assert world.view(new).left == {("sjåfør",): 1}
    assert world.next(new).row.name == "Ola"
    world.later(minutes=11)
    world.call(new, 2, "no")
    with pytest.raises(RefusedError, match="Nobody is left"):
        world.next(new, any_skill=True)


def test_one_who_can_do_two_things_steps_over_for_one_who_stands_there(world, group):
    world.person("Kari", "+4790111220", group=group, skills=["sjåfør", "omsorg"])
    world.person("Ola", "+4790111221", group=group, skills=["sjåfør"])
    world.person("Per", "+4790111222", group=group, skills=["omsorg"])
    new = world.activate(needs={"sjåfør": 1, "omsorg": 1})
    for who in (1, 3):
        world.call(new, who, "yes")
    assert world.call(new, 2, "yes").decided.answer == "reserve"
    move(world, steps.arrive, new, 2)
    world.call(new, 3, "no")
    assert world.row(new, 2).answer == "yes" and world.view(new).covered


def test_a_walk_in_who_waits_there_fills_what_opens_and_nothing_in_the_stand_down(world, four):
    with world.change() as register:
        new = walk_ins.WalkIn("Eva")
        walk_ins.arrive(register, four, new, by="anne", at=None, now=world.now)
    eva = next(row for row in world.view(four).rows if row.name == "Eva")
    assert eva.answer == "reserve"
    with world.change() as register:
        steps.end(register, four, by="anne", force=False, reason=None, now=world.now)
    move(world, steps.leave, four, 2, "no_show")
    assert world.view(four).by_id[eva.id].answer == "reserve"
    with world.change() as register:
        steps.reopen(register, four, by="anne", reason="x", now=world.now)
    assert world.view(four).by_id[eva.id].answer == "yes" and world.view(four).covered

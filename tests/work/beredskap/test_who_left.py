"""Those who have left, and what is met and missing because of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frivillig_cli.work.beredskap import changes, steps
from tests.work.beredskap.test_steps import end, move, out

__all__ = ["out"]
KARI, OLA = "+4790111222", "+4790111223"


@pytest.fixture
def three(world, group):
    """Two are needed; Kari (1) and Ola (2) have said yes, and Per (3) has not been called."""
    for name, number in (("Kari", KARI), ("Ola", OLA), ("Per", "+4790111224")):
        world.person(name, number, group=group)
    new = world.activate(needs={None: 2})
    world.call(new, 1, "yes")
    world.call(new, 2, "yes")
    return new


def confirmed(world, activation):
    return [need.confirmed for need in world.view(activation).needs]


@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_one_who_has_left_covers_nothing_and_the_next_is_called(world, three, to):
    move(world, steps.leave, three, "kari", to)
    assert confirmed(world, three) == [1] and not world.view(three).covered
    assert world.view(three).tally == {"called": 2, "yes": 1, to: 1, "pending": 1}
    assert world.next(three).row.name == "Per"
    assert world.call(three, 3, "yes").decided.answer == "yes"
    assert confirmed(world, three) == [2]


def test_one_who_had_left_and_says_yes_again_is_on_the_way_if_there_is_room(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    done = world.call(three, 1, "yes")
    assert (done.row.answer, done.row.deployment, done.view.covered) == ("yes", "on_way", True)
    move(world, steps.leave, three, "kari", "released")
    world.call(three, 3, "yes")
    done = world.call(three, 1, "yes")
    # They are not needed, and must still be reported home.
    assert (done.row.answer, done.row.deployment) == ("reserve", "released")
    assert confirmed(world, three) == [2]


def test_one_who_had_left_and_comes_back_does_not_overshoot_the_need(world, three):
    move(world, steps.leave, three, "kari", "released")
    world.call(three, 3, "yes")
    row = move(world, steps.arrive, three, "kari")
    assert (row.answer, row.deployment) == ("reserve", "on_site")
    assert confirmed(world, three) == [2]


def test_one_who_went_home_and_can_come_later_is_told_when_it_is_over(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    world.call(three, 1, "later", eta=world.now + timedelta(hours=3))
    assert [row.name for row in world.view(three).out] == ["Kari", "Ola"]


def test_the_need_that_grows_is_not_filled_by_one_who_has_left(world, three):
    with world.change() as register:
        changes.need(register, three, {None: 0}, by="anne", now=world.now)
    move(world, steps.leave, three, "kari", "home_safe")
    with world.change() as register:
        after = changes.need(register, three, {None: 2}, by="anne", now=world.now)
    assert [need.open for need in after.needs] == [1]


def test_what_was_met_is_told_when_it_is_over_and_what_is_missing_when_it_opens_again(world, three):
    end(world, three)
    for name in ("kari", "ola"):
        move(world, steps.leave, three, name, "home_safe")
    assert confirmed(world, three) == [2]
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [0]


def called_off(world, activation):
    with world.change() as register:
        return steps.cancel(register, activation, by="anne", reason="feil", now=world.now)


@pytest.mark.parametrize("stop", [end, called_off])
@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_neither_the_end_nor_a_calling_off_changes_what_is_met(world, three, to, stop):
    move(world, steps.leave, three, "kari", to)
    assert confirmed(world, three) == [1]
    stop(world, three)
    assert confirmed(world, three) == [1]
    if to == "released":
        move(world, steps.leave, three, "kari", "home_safe")
    move(world, steps.leave, three, "ola", "home_safe")
    assert confirmed(world, three) == [1]  # Ola was there to the end
    stop(world, three)
    assert confirmed(world, three) == [1]
    (need,) = world.view(three).needs
    assert need.met == (1 if to == "no_show" else 2)


def test_how_many_have_said_yes_is_the_same_when_it_ends(world, group):
    for name, number in (("Kari", KARI), ("Ola", OLA)):
        world.person(name, number, group=group)
    new = world.activate()
    for who in (1, 2):
        world.call(new, who, "yes")
    move(world, steps.leave, new, "kari", "home_safe")
    assert world.view(new).counted == 1
    end(world, new)
    assert world.view(new).counted == 1


def test_what_those_filled_who_left_in_the_stand_down_is_open_when_it_opens_again(world, three):
    move(world, steps.arrive, three, "kari")
    end(world, three)
    move(world, steps.leave, three, "kari", "released")
    with world.change() as register:
        steps.end(register, three, by="anne", force=True, reason="x", now=world.now)
    assert confirmed(world, three) == [2]
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [1]  # Ola is on the way, and Kari on the way home
    assert [need.confirmed for need in world.view(three).past[0].needs] == [2]


@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_a_yes_that_is_taken_back_leaves_them_where_they_had_gone(world, three, to):
    move(world, steps.leave, three, "kari", to)
    world.later(minutes=1)
    world.call(three, 1, "yes")
    with world.change() as register:
        changes.take_back(register, three, "1", by="anne", now=world.now)
    assert (world.row(three, 1).deployment, confirmed(world, three)) == (to, [1])


@pytest.mark.parametrize("to", ["released", "home_safe"])
@pytest.mark.parametrize(("ended_first", "stands"), [(True, 2), (False, 1)])
def test_an_answer_that_is_taken_back_in_the_stand_down_changes_nothing_of_what_was_met(
    world, three, to, ended_first, stands
):
    for ends in (True, False):
        world.later(minutes=1)
        if ends == ended_first:
            end(world, three)
        else:
            move(world, steps.leave, three, "kari", to)
    world.later(minutes=1)
    world.call(three, 1, "later")
    with world.change() as register:
        changes.take_back(register, three, "1", by="anne", now=world.now)
    assert (world.row(three, 1).deployment, confirmed(world, three)) == (to, [stands])


def test_one_who_comes_back_in_the_stand_down_counts_when_people_are_called_in_again(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    world.call(three, 3, "yes")
    end(world, three)
    move(world, steps.arrive, three, "kari")
    assert confirmed(world, three) == [2] and world.view(three).counted == 2
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [2]
    with world.change() as register:
        changes.need(register, three, {None: 3}, by="anne", now=world.now)
    assert confirmed(world, three) == [3] and world.row(three, 1).need_id

"""What a group’s leader promises for all of them."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.work.beredskap import group_answers, steps
from frivillig_cli.work.beredskap.group_answers import Promise
from tests.work.beredskap.test_during import people

__all__ = ["people"]


def promise(world, activation, group, coming, **more):
    with world.change() as register:
        told = Promise(coming, "anne", **more)
        return group_answers.record(register, activation, group, told, now=world.now)


def test_what_a_group_promises_counts_and_names_take_their_places(world, people, group):
    new = world.activate(needs={None: 3})
    after = promise(world, new, group, 2, asked=4)
    assert [(n.confirmed, n.unnamed) for n in after.needs] == [(2, 2)]
    assert world.call(new, people[0], "yes").decided.answer == "yes"
    assert [(n.confirmed, n.unnamed) for n in world.view(new).needs] == [(2, 1)]
    world.call(new, people[1], "yes")
    assert [(n.confirmed, n.unnamed) for n in world.view(new).needs] == [(2, 0)]
    world.call(new, people[2], "yes")
    assert [(n.confirmed, n.unnamed) for n in world.view(new).needs] == [(3, 0)]
    assert world.call(new, people[3], "yes").decided.answer == "reserve"


def test_a_promise_never_counts_for_more_than_is_open(world, people, group):
    new = world.activate(needs={None: 2})
    after = promise(world, new, group, 4, asked=4)
    assert [(n.confirmed, n.unnamed) for n in after.needs] == [(2, 2)]
    for person in people[:2]:
        assert world.call(new, person, "yes").decided.answer == "yes"
    assert world.call(new, people[2], "yes").decided.answer == "reserve"
    assert [(n.confirmed, n.unnamed) for n in world.view(new).needs] == [(2, 0)]


def test_somebody_of_another_group_is_reserve_while_the_promise_fills_the_need(
    world, people, group
):
    other = world.group(1, "Vakt")
    liv = world.person("Liv", "+4790111226", group=other)
    new = world.activate(needs={None: 2})
    promise(world, new, group, 2)
    assert world.call(new, liv, "yes").decided.answer == "reserve"
    promise(world, new, group, 1)
    assert world.call(new, liv, "yes").decided.answer == "yes"


def test_members_of_a_group_that_has_answered_are_not_called_one_by_one(world, people, group):
    liv = world.person("Liv", "+4790111226", group=world.group(1, "Vakt"))
    new = world.activate(needs={None: 6})
    promise(world, new, group, 4, asked=4)
    assert world.next(new).row.person_id == liv
    with pytest.raises(RefusedError, match="Nobody is left") as refused:
        world.next(new)
    assert any("fill in the names" in row for row in refused.value.rows)


def test_a_promise_says_which_need_it_is_for_where_there_are_more(world, people, group):
    new = world.activate(needs={"omsorg": 1, "sjåfør": 2})
    with pytest.raises(RefusedError, match="What do they come for"):
        promise(world, new, group, 2)
    after = promise(world, new, group, 2, skill="SJÅFØR")
    assert [n.confirmed for n in after.needs] == [0, 2]
    for wrong in ({"skill": "kokk"}, {"asked": 1, "skill": "omsorg"}):
        with pytest.raises(FrivilligError):
            promise(world, new, group, 2, **wrong)


def test_an_empty_or_foreign_group_cannot_answer(world, people):
    new = world.activate(needs={None: 1})
    with pytest.raises(RefusedError, match="not on the list"):
        promise(world, new, world.group(1, "Tom"), 1)


def test_a_new_episode_forgets_what_groups_promised_once_they_are_home(world, people, group):
    new = world.activate(needs={None: 2})
    promise(world, new, group, 2)
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason=None, now=world.now)
    world.later(minutes=5)
    promise(world, new, group, 0)
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason="alle er hjemme", now=world.now)
        steps.reopen(register, new, by="anne", reason="elva stiger", now=world.now)
    assert world.view(new).needs[0].confirmed == 0
    assert world.register.value("SELECT count(*) FROM group_answer") == 2


# walk-ins

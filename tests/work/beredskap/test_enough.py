"""Whether those who are left to call can be enough: it is never said that too few should do."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.work.beredskap import changes, view
from frivillig_cli.work.beredskap.enough import outlook, ways


def crowd(world, group, many, skills=()):
    return [world.person(f"Person {n}", f"+4790111{n:03}", group=group, skills=skills)
            for n in range(many)]  # fmt: skip


def test_fewer_than_are_missing_are_not_enough_and_there_are_ways(world, group):
    people = crowd(world, group, 3)
    world.person("Ute", group=group)
    new = world.activate(needs={None: 3})
    assert "may not be enough" in outlook(world.view(new)) and ways(world.view(new)) == []
    world.call(new, people[0], "no")
    world.call(new, people[1], "last-resort")
    seen = world.view(new)
    assert (seen.lacking, sum(seen.left.values())) == (2, 1)
    told = "\n".join([outlook(seen), *ways(seen)])
    assert "not enough: 2" in told and "should do" not in told
    for part in ("Person 1", "beredskap include PERSON", f"--continues {seen.activation.number}",
                 "Civil Defence"):  # fmt: skip
        assert part in told
    assert outlook(view.load_begun(world.register, new, world.now)) == outlook(seen)


def test_those_without_the_skill_that_is_missing_are_not_counted_on(world, group):
    crowd(world, group, 8, skills=["omsorg"])
    world.person("Sjur", "+4790222000", group=group, skills=["sjåfør"])
    new = world.activate(needs={"sjåfør": 2})
    assert world.view(new).lacking == 1
    with world.change() as register:
        changes.need(register, new, {"sjåfør": 1}, by="anne", now=world.now)
    assert world.view(new).lacking == 0


def test_the_reserve_can_fill_what_is_missing_by_now(world, group):
    kari, ola = crowd(world, group, 2)
    new = world.activate(needs={None: 1})
    world.call(new, kari, "yes")
    world.call(new, ola, "yes")
    assert outlook(world.view(new)) == ""
    with world.change() as register:
        changes.need(register, new, {None: 2}, by="anne", now=world.now)
    assert world.view(new).lacking == 0


def test_where_many_are_left_it_is_said_how_many_calls_should_do(world, group):
    crowd(world, group, 9)
    assert outlook(world.view(world.activate(needs={None: 2}))) == "calling 4 should do"


def test_next_says_too_that_it_is_not_enough_and_whom_one_is_calling_oneself(world, group):
    people = crowd(world, group, 3)
    new = world.activate(needs={None: 5})
    world.call(new, people[0], "yes")
    world.call(new, people[1], "yes")
    own = world.next(new)
    with pytest.raises(RefusedError) as left:
        world.next(new)
    told = "\n".join(left.value.rows)
    assert "It is not enough: 2 will be missing" in told and "Civil Defence" in told
    assert f"You are calling {own.row.name} now" in told and "by others" not in told
    with pytest.raises(RefusedError) as left:
        world.next(new, caller="bjørn")
    assert "1 is being called by somebody else" in "\n".join(left.value.rows)

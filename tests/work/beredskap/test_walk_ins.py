"""Those who come without having been on the list."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.work.beredskap import steps, walk_ins
from tests.work.beredskap.test_during import need, people

__all__ = ["people"]


def walk_in(world, activation, name, **more):
    with world.change() as register:
        new = walk_ins.WalkIn(name, **more)
        return walk_ins.arrive(register, activation, new, by="anne", at=None, now=world.now)


# a slip that is taken back


def test_a_walk_in_counts_is_told_and_is_in_the_register_only_when_told_so(world, people):
    new = world.activate(needs={"kokk": 1})
    row, after = walk_in(world, new, "Jon Innom", phone="90111999", skills=("kokk",))
    assert (row.deployment, row.person_id, row.walk_in) == ("on_site", None, True)
    assert after.needs[0].confirmed == 1 and after.out == [row]
    count = "SELECT count(*) FROM person WHERE name = 'Jon Innom'"
    assert world.register.value(count) == 0
    with world.change() as register:
        kept, _after = walk_ins.keep(register, new, row.row_code, by="anne", now=world.now)
        steps.leave(register, new, row.row_code, "home_safe", by="anne", at=None, now=world.now)
    assert kept.person_id and world.register.value(count) == 1
    assert world.row(new, kept.person_id).deployment == "home_safe"
    assert world.view(new).out == []
    with pytest.raises(RefusedError, match="already"), world.change() as register:
        walk_ins.keep(register, new, row.row_code, by="anne", now=world.now)


def test_a_walk_in_who_is_on_the_list_is_told_to_arrive(world, people):
    new = world.activate()
    with pytest.raises(RefusedError, match="on the list") as refused:
        walk_in(world, new, "kari")
    assert world.row(new, people[0]).row_code in str(refused.value.hint)


def test_a_walk_in_is_nobody_to_call_and_a_reserve_when_nothing_is_missing(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    row, _after = walk_in(world, new, "Jon")
    assert (row.answer, row.deployment, row.called_in) == ("reserve", "on_site", True)
    need(world, new, anyone=3)
    assert world.next(new).row.name != "Kari"


def test_no_birth_number_comes_in_with_a_walk_in(world, people):
    new = world.activate()
    with pytest.raises(FrivilligError):
        walk_in(world, new, "Jon 01010750160")
    with pytest.raises(FrivilligError):
        walk_in(world, new, "Jon", skills=("01010750160",))


# money, who is in charge, notes

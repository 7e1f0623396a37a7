"""What a group's leader reports: who can fill it in by name, and what it leaves to call."""

from __future__ import annotations

import pytest

from frivillig_cli.work.beredskap import group_answers
from frivillig_cli.work.beredskap.group_answers import Promise


@pytest.fixture
def nine(world, group):
    """Six with omsorg, then three with sjåfør, in one group."""
    skills = ["omsorg"] * 6 + ["sjåfør"] * 3
    return [
        world.person(f"Per{n}", f"+479011120{n}", group=group, skills=(skill,))
        for n, skill in enumerate(skills)
    ]


def promise(world, activation, group, coming, **more):
    with world.change() as register:
        told = Promise(coming, "anne", **more)
        return group_answers.record(register, activation, group, told, now=world.now)


def stand(world, activation):
    return [(need.confirmed, need.unnamed) for need in world.view(activation).needs]


# who can be one of those reported


def test_a_yes_from_one_with_another_skill_leaves_a_report_as_it_is(world, nine, group):
    new = world.activate(needs={"omsorg": 2, "sjåfør": 2})
    promise(world, new, group, 2, asked=9, skill="sjåfør")
    assert stand(world, new) == [(0, 0), (2, 2)]
    for person in nine[:2]:
        assert world.call(new, person, "yes").decided.answer == "yes"
    seen = world.view(new)
    assert stand(world, new) == [(2, 0), (2, 2)] and seen.covered
    assert seen.by_leaders == (2, 2)
    assert group_answers.unnamed(seen) == {group: "Omsorg (2 without a name)"}
    world.call(new, nine[2], "yes")  # one in reserve without the skill is none of them either
    assert stand(world, new) == [(2, 0), (2, 2)]
    world.call(new, nine[6], "yes")
    assert stand(world, new) == [(2, 0), (2, 1)]


def test_one_who_is_told_to_count_for_what_was_reported_is_one_of_those(world, nine, group):
    new = world.activate(needs={"omsorg": 2, "sjåfør": 2})
    promise(world, new, group, 2, skill="sjåfør")
    for person in nine[:2]:
        world.call(new, person, "yes")
    world.call(new, nine[2], "yes", skill="sjåfør")
    assert stand(world, new) == [(2, 0), (2, 1)]
    assert group_answers.unnamed(world.view(new)) == {group: "Omsorg (1 without a name)"}

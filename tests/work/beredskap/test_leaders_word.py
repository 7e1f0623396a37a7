"""What a group's leader reports: who can fill it in by name, and what it leaves to call."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import group_answers, view
from frivillig_cli.work.beredskap.checks import check_logs
from frivillig_cli.work.beredskap.enough import outlook
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
    assert group_answers.unnamed_lines(seen) == {group: "Omsorg (2 without a name)"}
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
    assert group_answers.unnamed_lines(world.view(new)) == {group: "Omsorg (1 without a name)"}


# what is left to call after a report


def drop(world, activation, group):
    with world.change() as register:
        return group_answers.take_back(register, activation, group, by="anne", now=world.now)


def told(view):
    return [(one.coming, one.asked) for one in view.told]


def test_that_none_come_puts_the_members_back_in_the_order_of_calls(world, nine, group):
    new = world.activate(needs={"omsorg": 4})
    promise(world, new, group, 2, asked=9)
    after = promise(world, new, group, 0)
    assert [need.confirmed for need in after.needs] == [0]
    found = world.next(new)
    assert (found.row.person_id, found.reported) == (nine[0], [])


@pytest.mark.parametrize("need", [{"omsorg": 4}, {None: 4}])
def test_a_report_that_is_taken_back_leaves_what_the_leader_said_before(world, nine, group, need):
    new = world.activate(needs=need)
    promise(world, new, group, 2, asked=9)
    promise(world, new, group, 4)
    what, after = drop(world, new, group)
    assert "4 come" in what and told(after) == [(2, 9)] and after.by_leaders == (2, 2)
    correction = queries.log(world.register, new)[-1]
    assert (correction.type, correction.supersedes) == ("correction", correction.seq - 1)
    _what, after = drop(world, new, group)
    assert (told(after), after.by_leaders, after.needs[0].confirmed) == ([], (0, 0), 0)
    assert world.next(new).row.person_id == nine[0]
    with pytest.raises(RefusedError, match="No leader has reported"):
        drop(world, new, group)
    promise(world, new, group, 3)
    assert told(world.view(new)) == [(3, None)]
    assert world.register.value("SELECT count(*) FROM group_answer") == 5  # all of it stays
    assert list(check_logs(world.register)) == []


def test_the_members_are_offered_when_nobody_else_is_left_and_as_many_as_can_come(
    world, nine, group
):
    liv = world.person("Liv", "+4790333000", group=world.group(1, "Vakt"), skills=("omsorg",))
    new = world.activate(needs={"omsorg": 5})
    promise(world, new, group, 2, asked=9)
    assert world.next(new).row.person_id == liv
    seen = world.view(new)
    assert (seen.lacking, seen.left[("omsorg",)]) == (0, 5)  # Liv, and four of six
    assert outlook(view.load_begun(world.register, new, world.now)) == outlook(seen)
    found = world.next(new)
    assert found.row.person_id == nine[0]
    assert "Omsorg: 2 of 9 come" in found.reported[0]
    for person in nine[:3]:
        world.call(new, person, "yes")
    assert stand(world, new) == [(3, 0)]


def test_of_a_group_of_which_all_come_nobody_is_offered(world, nine, group):
    new = world.activate(needs={None: 12})
    promise(world, new, group, 9, asked=9)
    seen = world.view(new)
    assert (seen.lacking, sum(seen.left.values()), seen.told_out) == (3, 0, {group})
    assert outlook(view.load_begun(world.register, new, world.now)) == outlook(seen)
    with pytest.raises(RefusedError, match="Nobody is left"):
        world.next(new)

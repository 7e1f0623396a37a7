"""Who came without having been called, and whom a group's leader reported, are counted apart."""

from __future__ import annotations

import pytest

from frivillig_cli.work.beredskap import group_answers, report, steps, view_json, walk_ins
from frivillig_cli.work.beredskap.exercises import compared
from frivillig_cli.work.beredskap.figure_lines import figure_rows


@pytest.fixture
def listed(world, group):
    """Four people who can be called."""
    for n in range(4):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    return world.activate(needs={None: 2})


def walk_in(world, activation, name="Jon Innom", **more):
    with world.change() as register:
        new = walk_ins.WalkIn(name, **more)
        return walk_ins.arrive(register, activation, new, by="anne", at=None, now=world.now)


def arrive(world, activation, name):
    with world.change() as register:
        steps.arrive(register, activation, name, by="anne", at=None, now=world.now)


def leave(world, activation, name):
    with world.change() as register:
        steps.leave(register, activation, name, "home_safe", by="anne", at=None, now=world.now)


def end(world, activation):
    with world.change() as register:
        steps.end(register, activation, by="anne", force=True, reason="ferdig", now=world.now)


def reopen(world, activation):
    with world.change() as register:
        steps.reopen(register, activation, by="anne", reason="mer vann", now=world.now)


def promise(world, activation, group, coming):
    with world.change() as register:
        said = group_answers.Promise(coming, "anne")
        group_answers.record(register, activation, group, said, now=world.now)


def figures(world, activation):
    return report.gather(world.register, activation, world.now).figures


def test_who_came_of_themselves_are_neither_called_nor_reached_nor_on_the_roster(world, listed):
    walk_in(world, listed)
    arrive(world, listed, "Person 3")
    found, seen = figures(world, listed), world.view(listed)
    assert (found.came, found.on_site) == (2, 2)
    assert (found.attempted, found.reached, found.yes, found.attempts) == (0, 0, 0, 0)
    assert (found.roster, found.eligible, found.yes_rate) == (4, 4, None)
    assert [one.reached for one in found.reach] == [0, 0, 0, 0]
    assert (found.needs[0].confirmed, found.needs[0].seconds) == (2, None)
    assert found.to_first_attempt is found.to_first_yes is None
    assert (seen.tally["called"], seen.tally["yes"], seen.tally["came"]) == (0, 0, 2)
    assert [row.called for row in seen.eligible] == [0] * 5


def test_a_need_that_one_who_came_helps_to_cover_is_timed_from_the_first_call(world, listed):
    world.later(minutes=5)
    world.call(listed, "Person 0", "yes")
    world.later(minutes=7)
    walk_in(world, listed)
    found = figures(world, listed)
    assert (found.attempted, found.reached, found.yes, found.came) == (1, 1, 1, 1)
    assert (found.needs[0].seconds, found.yes_rate) == (7 * 60, 100.0)


def test_who_was_called_in_vain_and_comes_was_called(world, listed):
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=9)
    arrive(world, listed, "Person 0")
    found, seen = figures(world, listed), world.view(listed)
    assert (found.attempted, found.reached, found.attempts, found.came) == (1, 1, 1, 0)
    assert (seen.tally["called"], seen.tally["came"]) == (1, 0)


def test_who_answers_a_question_in_person_was_asked_and_did_not_just_come(world, listed):
    world.call(listed, "Person 0", "yes", how="in-person")
    world.later(minutes=9)
    arrive(world, listed, "Person 0")
    assert (figures(world, listed).attempted, figures(world, listed).came) == (1, 0)


def test_how_many_more_to_call_is_not_reckoned_from_those_who_came(world, listed):
    before = world.view(listed).to_call
    walk_in(world, listed)
    assert world.view(listed).to_call == before / 2  # one is missing, by the same yes-rate


def test_each_episode_has_its_own_calls_and_its_own_who_came(world, listed):
    world.call(listed, "Person 0", "yes")
    row, _after = walk_in(world, listed, phone="90111999")
    for name in ("Person 0", row.row_code):
        leave(world, listed, name)
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    world.call(listed, row.row_code, "no")
    found, seen = figures(world, listed), world.view(listed)
    assert [(one.attempted, one.yes, one.came) for one in found.episodes] == [(1, 1, 1), (1, 0, 0)]
    assert (found.attempted, found.came, found.roster) == (2, 1, 5)
    (before,) = seen.past
    assert (before.tally["called"], before.tally["came"], seen.tally["came"]) == (1, 1, 0)
    assert {one.name: one.called for one in seen.eligible if one.called} == {"Jon Innom": 1}
    told = view_json.to_json(seen, [])
    assert {key: told["episodes"][0][key] for key in ("called", "yes", "came")} == {
        "called": 1, "yes": 1, "came": 1,
    }  # fmt: skip
    assert told["came"] == 0


def test_whom_a_leader_reports_have_a_line_of_their_own(world, listed, group):
    world.call(listed, "Person 0", "no-answer")
    promise(world, listed, group, 2)
    found, seen = figures(world, listed), world.view(listed)
    assert (found.by_leaders, found.by_leaders_unnamed, found.yes) == (2, 2, 0)
    assert seen.by_leaders == (2, 2) and view_json.to_json(seen, [])["by_leaders"] == 2
    assert dict(figure_rows(found))["Reported by a group’s leader"] == "2"
    world.call(listed, "Person 0", "yes")
    found = figures(world, listed)
    assert (found.by_leaders, found.by_leaders_unnamed, found.yes) == (2, 1, 1)
    said = dict(figure_rows(found))["Reported by a group’s leader"]
    assert said == "2, of whom 1 counts without a name"
    assert compared(world.register, "real", world.now)[0][1].by_leaders == 2


def test_that_a_group_is_home_takes_nothing_out_of_the_figures(world, listed, group):
    promise(world, listed, group, 2)
    with world.change() as register:
        steps.end(register, listed, by="anne", force=False, reason=None, now=world.now)
    promise(world, listed, group, 0)
    assert figures(world, listed).by_leaders == 2
    world.later(minutes=1)
    end(world, listed)
    world.later(hours=1)
    reopen(world, listed)
    assert world.view(listed).by_leaders == (0, 0)
    promise(world, listed, group, 1)
    promise(world, listed, group, 0)  # while it goes on: nobody comes after all
    assert [one.by_leaders for one in figures(world, listed).episodes] == [2, 0]

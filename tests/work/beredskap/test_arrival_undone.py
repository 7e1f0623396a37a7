"""An arrival written by mistake: they are what they were before, and the log keeps both."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import changes, steps, walk_ins
from frivillig_cli.work.beredskap.checks import check_logs


@pytest.fixture
def people(world, group):
    return [world.person(f"Per{n}", f"+479011120{n}", group=group) for n in range(3)]


def arrive(world, activation, person):
    with world.change() as register:
        steps.arrive(register, activation, str(person), by="anne", at=None, now=world.now)
    world.later(minutes=1)


def leave(world, activation, person, to="released"):
    with world.change() as register:
        steps.leave(register, activation, str(person), to, by="anne", at=None, now=world.now)
    world.later(minutes=1)


def walk_in(world, activation, name):
    with world.change() as register:
        new = walk_ins.WalkIn(name)
        row, _after = walk_ins.arrive(register, activation, new, by="anne", at=None, now=world.now)
    world.later(minutes=1)
    return row


def undo(world, activation, ref):
    with world.change() as register:
        return changes.take_back_arrival(register, activation, str(ref), by="anne", now=world.now)


@pytest.mark.parametrize("word", [None, "yes", "no", "later", "no-answer"])
def test_they_are_what_they_were_before(world, people, word):
    new = world.activate(needs={None: 2})
    if word:
        world.call(new, people[0], word)
        world.later(minutes=1)
    before = world.row(new, people[0])
    arrive(world, new, people[0])
    assert world.row(new, people[0]).deployment == "on_site"
    undo(world, new, people[0])
    assert world.row(new, people[0]) == before
    lines = queries.log(world.register, new)
    assert (lines[-1].type, lines[-1].supersedes) == ("correction", lines[-2].seq)
    assert list(check_logs(world.register)) == []


def test_one_in_reserve_who_came_to_count_there_is_in_reserve_again(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[1], "yes")
    world.later(minutes=1)
    before = world.row(new, people[1])
    with world.change() as register:
        changes.need(register, new, {None: 2}, by="anne", now=world.now)
    arrive(world, new, people[1])
    assert world.view(new).covered
    undo(world, new, people[1])
    assert world.row(new, people[1]) == before and not world.view(new).covered


@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_one_who_had_left_has_left_again(world, people, to):
    new = world.activate(needs={None: 2})
    world.call(new, people[0], "yes")
    world.later(minutes=1)
    if to != "no_show":
        arrive(world, new, people[0])
    leave(world, new, people[0], to)
    for _time in range(2):
        arrive(world, new, people[0])
        undo(world, new, people[0])
        world.later(minutes=1)
        row = world.row(new, people[0])
        assert (row.deployment, row.freed) == (to, True)


def test_one_who_had_left_in_the_stand_down_and_seemed_to_come_back_has_left_again(world, people):
    new = world.activate(needs={None: 2})
    for person in people[:2]:
        world.call(new, person, "yes")
        world.later(minutes=1)
        arrive(world, new, person)
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason=None, now=world.now)
    world.later(minutes=1)
    leave(world, new, people[0], "home_safe")
    arrive(world, new, people[0])
    undo(world, new, people[0])
    assert world.row(new, people[0]).deployment == "home_safe"


def test_what_was_answered_since_stands(world, people):
    new = world.activate(needs={None: 2})
    arrive(world, new, people[0])
    world.call(new, people[0], "no", listed=True)  # as a list that came in says it
    assert world.row(new, people[0]).deployment == "on_site"
    undo(world, new, people[0])
    row = world.row(new, people[0])
    assert (row.answer, row.deployment, row.came) == ("no", None, False)
    with world.change() as register:  # and the yes that they came for does not come back
        changes.take_back(register, new, str(people[0]), by="anne", now=world.now)
    assert world.row(new, people[0]).answer is None
    with pytest.raises(RefusedError, match="not on site"):
        undo(world, new, people[0])


def test_a_mistyped_walk_in_is_off_the_list_and_the_next_one_has_another_code(world, people):
    new = world.activate(needs={None: 1})
    wrong = walk_in(world, new, "Jon Inom")
    done = undo(world, new, wrong.row_code)
    assert [row.name for row in done.view.rows] == ["Per0", "Per1", "Per2"]
    assert (done.view.needs[0].confirmed, done.view.tally["came"]) == (0, 0)
    assert "off the list" in queries.log(world.register, new)[-1].text
    right = walk_in(world, new, "Jon Innom")
    assert right.row_code != wrong.row_code
    again = walk_in(world, new, "Jon Inom")  # there was one of that name after all
    assert world.view(new).by_id[again.id].deployment == "on_site"
    assert list(check_logs(world.register)) == []

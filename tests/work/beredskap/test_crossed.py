"""Two call-outs that want one person, and two callers who record two answers of one."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.work.beredskap import changes, crossed, view
from frivillig_cli.work.beredskap.activate import Request, activate
from frivillig_cli.work.beredskap.enough import outlook, ways


@pytest.fixture
def both(world, group):
    """Two real call-outs of the same three people."""
    for n in range(3):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    return world.activate("Flom", needs={None: 2}), world.activate("Ras", needs={None: 3})


def test_one_who_is_called_in_is_not_asked_by_another_call_out(world, both):
    first, second = both
    world.call(first, 1, "yes")
    assert [world.next(second, caller=f"t{n}").row.person_id for n in (1, 2)] == [2, 3]
    with pytest.raises(RefusedError) as refused:
        world.next(second, caller="t3")
    assert "Called in to another call-out: Person 0 (2026-R-001)." in refused.value.rows
    world.call(first, 1, "no")
    assert world.next(second, caller="t3").row.person_id == 1


def test_one_who_was_tried_and_is_called_in_since_is_not_tried_again(world, both):
    first, second = both
    world.call(second, 1, "no-answer")
    world.call(first, 1, "yes")
    world.later(minutes=11)
    asked = [world.next(second, caller=f"t{n}").row.person_id for n in (1, 2)]
    assert asked == [2, 3]


def test_one_who_is_called_in_twice_is_said_to_be(world, both):
    first, second = both
    assert world.call(first, 1, "yes").crossed == []
    [told] = world.call(second, 1, "yes").crossed
    assert "Person 0 is called in to 2026-R-001 too" in told
    assert "call 1 withdrew --activation 2026-R-001" in told
    assert world.call(second, 2, "no").crossed == []


def test_an_exercise_and_a_call_out_that_is_continued_are_no_other(world, both):
    first, second = both
    world.call(first, 1, "yes")
    with world.change() as register:
        third = activate(
            register, Request("Flom igjen", needs={None: 1}, continues=first), by="anne",
            now=world.now,
        )  # fmt: skip
    exercise = world.activate("Tørrtrening", kind="exercise", needs={None: 1})
    assert world.next(third).row.person_id == 1
    assert world.next(exercise, caller="t2").row.person_id == 1
    assert second


def test_another_callers_answer_is_not_replaced_without_a_word(world, both):
    first, _second = both
    world.next(first, caller="t1")
    world.call(first, 1, "yes", caller="t2")
    [told] = world.call(first, 1, "no", caller="t1").crossed
    assert "Person 0: t2 recorded «yes» at 03:10, and it is «no» now" in told
    assert "frivillig beredskap call 1 undo" in told
    assert world.call(first, 1, "yes", caller="t1").crossed == []  # one's own
    assert world.call(first, 1, "no-answer", caller="t2").crossed == []


def test_the_same_answer_of_two_callers_is_no_change(world, both):
    first, _second = both
    world.call(first, 1, "yes", caller="t2")
    world.later(minutes=5)
    assert world.call(first, 1, "yes", caller="t1").crossed == []


def test_one_who_is_called_in_elsewhere_is_not_counted_on_either(world, both):
    first, second = both
    assert world.view(second).lacking == 0
    world.call(first, 1, "yes")
    seen = world.view(second)
    assert (sum(seen.left.values()), seen.lacking) == (2, 1)
    begun = view.load_begun(world.register, second, world.now)
    assert (begun.left, begun.listed, begun.tally) == (seen.left, seen.listed, seen.tally)
    assert outlook(begun) == outlook(seen) and "not enough: 1" in outlook(seen)
    assert "Called in to another call-out: Person 0 (2026-R-001)." in ways(begun)
    world.call(second, 1, "yes")  # all the same: they count here, and are nobody to look for
    assert "Called in to another" not in "\n".join(ways(world.view(second)))
    assert world.view(second).lacking == 0


def test_one_in_reserve_who_is_called_in_elsewhere_cannot_fill_what_is_missing(world, both):
    first, second = both
    for person in (2, 3, 1):
        world.call(first, person, "yes")
    world.call(second, 1, "yes")
    with world.change() as register:
        changes.need(register, first, {None: 3}, by="anne", now=world.now)
    seen = world.view(first)
    assert seen.in_reserve == [] and seen.lacking == 1


def test_what_is_said_of_anothers_answer_is_how_it_stands(world, both):
    first, _second = both
    for person in (2, 3):
        world.call(first, person, "yes", caller="t2")
    world.call(first, 1, "later", caller="t2")
    [told] = world.call(first, 1, "yes", caller="t1").crossed
    assert "t2 recorded «later» at 03:10, and it is «reserve» now" in told
    [told] = world.call(first, 1, "no", caller="t2").crossed
    assert "t1 recorded «reserve» at 03:10, and it is «no» now" in told
    assert crossed.stands(world.register, world.row(first, 2), "t1") == [
        "Person 1: «yes» stands, recorded by t2 at 03:10."
    ]

"""Two people of one name on one list: what the log says of one is not taken for the other."""

from __future__ import annotations

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import changes, group_answers, report, steps, take_in
from frivillig_cli.work.beredskap.group_answers import Promise
from frivillig_cli.work.beredskap.taps import Tap

KARI, OTHER = "+4790111221", "+4790111222"


def two(world, group, **more):
    one = world.person("Kari Lie", KARI, group=group)
    with world.change() as register:
        other = register.insert(
            "person", uid="kari-2", name="Kari Lie", name_sort="kari lie", name_search="kari lie",
            **world.stamps(),
        )  # fmt: skip
        register.insert("person_phone", person_id=other, number=OTHER, rank=1)
    from frivillig_cli.records.response import actions as response

    with world.change() as register:
        response.add_member(register, group, other, role="member", order=None)
    return one, other, world.activate(**more)


def arrive(world, activation, person):
    with world.change() as register:
        code = world.row(activation, person).row_code
        return steps.arrive(register, activation, code, by="anne", at=None, now=world.now)


def leave(world, activation, person, to="released"):
    with world.change() as register:
        code = world.row(activation, person).row_code
        return steps.leave(register, activation, code, to, by="anne", at=None, now=world.now)


def test_one_who_was_called_is_not_taken_for_one_who_turned_up(world, group):
    one, other, new = two(world, group, needs={None: 2})
    world.call(new, one, "yes", how="in-person")
    arrive(world, new, other)  # in the same second
    came = {row.person_id: (row.called, row.came) for row in world.view(new).rows}
    assert came == {one: (1, False), other: (0, True)}


def test_what_is_taken_back_is_judged_by_ones_own_lines(world, group):
    one, other, new = two(world, group, needs={None: 2})
    world.call(new, one, "yes")
    world.call(new, other, "yes")
    world.later(minutes=5)
    arrive(world, new, one)
    leave(world, new, one)
    world.later(minutes=5)
    world.call(new, other, "no")
    world.later(minutes=5)
    with world.change() as register:
        code = world.row(new, other).row_code
        changes.take_back(register, new, code, by="anne", now=world.now)
    row = world.row(new, other)
    assert (row.answer, row.deployment) == ("yes", "on_way"), "it was the other Kari who left"


def test_an_arrival_is_taken_back_of_the_right_one(world, group):
    one, other, new = two(world, group, needs={None: 2})
    arrive(world, new, one)
    own = queries.last_entry(world.register, new).seq
    world.later(minutes=1)
    arrive(world, new, other)
    with world.change() as register:
        code = world.row(new, one).row_code
        changes.take_back_arrival(register, new, code, by="anne", now=world.now)
    assert queries.last_entry(world.register, new).supersedes == own
    assert world.row(new, other).deployment == "on_site"


def test_a_phones_answer_is_not_overtaken_by_the_other_ones_arrival(world, group):
    one, other, new = two(world, group, needs={None: 2})
    said = world.now
    world.call(new, one, "yes", at=said)
    world.later(minutes=20)
    arrive(world, new, other)
    arrive(world, new, one)
    world.later(minutes=20)
    tap = Tap("aaaaaaaa", world.row(new, one).row_code, "no", world.now, "Per")
    world.later(minutes=5)
    leave(world, new, other)
    with world.change() as register:
        taken = take_in.take_in(register, new, [tap], "phone", now=world.now)
    assert taken.overtaken == 0


def test_after_it_was_opened_again_in_the_stand_down_a_leaders_none_counts(world, group):
    person = world.person("Kari Lie", KARI, group=group)
    for number in (1, 2):
        world.person(f"Ola {number}", f"+479010009{number}", group=group)
    new = world.activate(needs={None: 3})
    world.call(new, person, "yes")

    def promise(coming):
        with world.change() as register:
            return group_answers.record(
                register, new, group, Promise(coming, "anne"), now=world.now
            )

    promise(3)
    world.later(minutes=5)
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason=None, now=world.now)
    world.later(minutes=5)
    with world.change() as register:
        steps.reopen(register, new, by="anne", reason="vannet stiger", now=world.now)
    world.later(minutes=5)
    promise(0)
    assert world.view(new).by_leaders == (0, 0)


def test_one_who_goes_home_without_having_come_is_not_counted_as_on_site(world, group):
    one, other, new = two(world, group, needs={None: 2})
    world.call(new, one, "yes")
    world.call(new, other, "yes")
    arrive(world, new, one)
    leave(world, new, one, "home_safe")
    leave(world, new, other, "home_safe")
    assert report.gather(world.register, new, world.now).figures.on_site == 1


def test_one_who_came_to_count_on_site_is_not_taken_for_the_other(world, group):
    one, other, new = two(world, group, needs={None: 1})
    for person in (one, other):
        world.call(new, person, "yes")
        world.later(minutes=1)
    for person in (one, other):
        arrive(world, new, person)
        world.later(minutes=1)
    with world.change() as register:
        changes.need(register, new, {None: 2}, by="anne", now=world.now)
    world.later(minutes=1)
    with world.change() as register:
        code = world.row(new, one).row_code
        changes.take_back_arrival(register, new, code, by="anne", now=world.now)
    assert (world.row(new, one).answer, world.row(new, one).deployment) == ("yes", "on_way")
    with world.change() as register:
        code = world.row(new, other).row_code
        changes.take_back_arrival(register, new, code, by="anne", now=world.now)
    assert world.row(new, other).answer == "reserve"

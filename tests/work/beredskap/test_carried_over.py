"""Those who are still out when a call-out is opened again belong to the new episode too."""

from __future__ import annotations

from frivillig_cli.work.beredskap import changes, report, steps, view_json
from tests.work.beredskap.test_apart import arrive, end, leave, listed, reopen, walk_in

__all__ = ["listed"]


def episodes(world, activation):
    return [
        (one.attempted, one.reached, one.yes, one.carried, one.on_site)
        for one in report.gather(world.register, activation, world.now).figures.episodes
    ]


def test_who_goes_home_in_the_new_episode_stays_in_it(world, listed):
    world.call(listed, "Person 0", "yes")
    row, _after = walk_in(world, listed)
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    arrive(world, listed, "Person 0")
    for name in ("Person 0", row.row_code):
        leave(world, listed, name)
    seen = world.view(listed)
    home = {one.name: (one.answer, one.deployment) for one in seen.eligible if one.deployment}
    assert home == {"Person 0": ("yes", "home_safe"), "Jon Innom": ("yes", "home_safe")}
    assert world.next(listed).row.name == "Person 1"
    assert episodes(world, listed) == [(1, 1, 1, 0, 1), (0, 0, 0, 2, 2)]
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    assert episodes(world, listed)[1:] == [(0, 0, 0, 2, 2), (0, 0, 0, 0, 0)]
    assert {one.deployment for one in world.view(listed).eligible} == {None}


def test_a_yes_of_before_is_counted_apart_in_every_episode_that_it_is_carried_into(world, listed):
    walk_in(world, listed)
    world.call(listed, "Person 0", "yes")
    arrive(world, listed, "Person 0")
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    world.call(listed, "Person 1", "yes")
    seen = world.view(listed)
    assert (seen.tally["called"], seen.tally["yes"], seen.tally["reserve"]) == (1, 0, 1)
    assert (seen.tally["carried"], seen.tally["came"], seen.said_yes) == (2, 0, 1)
    told = view_json.to_json(seen, [])
    assert (told["carried"], told["episodes"][0]["yes"], told["episodes"][0]["came"]) == (2, 1, 1)
    assert episodes(world, listed) == [(1, 1, 1, 0, 2), (1, 1, 0, 2, 2)]
    found = report.gather(world.register, listed, world.now).figures
    assert (found.yes, found.reserve, found.came, found.yes_rate) == (1, 1, 1, 100.0)


def test_who_was_out_before_is_so_again_when_a_slip_is_taken_back(world, listed):
    world.call(listed, "Person 0", "yes")
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    before = [vars(row) for row in world.view(listed).rows]
    for slip in ("no", "later", "no-answer"):
        world.later(minutes=2)
        world.call(listed, "Person 0", slip)
        world.later(minutes=2)
        with world.change() as register:
            changes.take_back(register, listed, "Person 0", by="anne", now=world.now)
        seen = world.view(listed)
        assert [vars(row) for row in seen.rows] == before
        assert [row.name for row in seen.out] == ["Person 0"]
        assert [need.confirmed for need in seen.needs] == [1]


def test_who_had_been_told_to_go_before_is_so_again_when_a_slip_is_taken_back(world, listed):
    world.call(listed, "Person 0", "yes")
    arrive(world, listed, "Person 0")
    with world.change() as register:
        steps.leave(
            register, listed, "Person 0", "released", by="anne", at=None, now=world.now
        )  # fmt: skip
    end(world, listed)
    world.later(hours=2)
    reopen(world, listed)
    before = [vars(row) for row in world.view(listed).rows]
    world.call(listed, "Person 0", "yes")
    world.later(minutes=2)
    with world.change() as register:
        changes.take_back(register, listed, "Person 0", by="anne", now=world.now)
    assert [vars(row) for row in world.view(listed).rows] == before

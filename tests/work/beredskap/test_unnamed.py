"""Those whom a leader reported without names: they are neither lost nor taken for others."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.work.beredskap import changes, group_answers, report, view_json
from tests.work.beredskap.test_apart import reopen
from tests.work.beredskap.test_leaders_word import promise
from tests.work.beredskap.test_steps import cancel, end
from tests.work.beredskap.test_take_in import taken, tap


@pytest.fixture
def five(world, group):
    people = [world.person(f"Per{n}", f"+479011120{n}", group=group) for n in range(5)]
    return world.activate(needs={None: 3}), people


def stand(world, activation):
    need = world.view(activation).needs[0]
    return need.confirmed, need.unnamed


def unnamed(world, activation):
    return list(group_answers.unnamed_lines(world.view(activation)).values())


def figures(world, activation):
    found = report.gather(world.register, activation, world.now).figures
    episodes = [one.by_leaders for one in found.episodes]
    return found.by_leaders, found.by_leaders_unnamed, episodes


def close(world, activation):
    end(world, activation, force=True, reason="vakten er over")
    world.later(hours=1)
    reopen(world, activation)
    world.later(minutes=1)


def test_who_has_no_name_and_is_not_home_belongs_to_the_new_episode(world, five, group):
    new, people = five
    promise(world, new, group, 3, asked=5)
    world.call(new, people[0], "yes")
    close(world, new)
    assert stand(world, new) == (3, 2) and unnamed(world, new) == ["Omsorg (2 without a name)"]
    said = [one.text for one in report.gather(world.register, new, world.now).log]
    assert said[-1] == "Called in before, and not reported home: Omsorg (2 without a name)."
    assert figures(world, new) == (3, 2, [3, 3])
    world.call(new, people[1], "yes")  # one of them is named
    assert stand(world, new) == (3, 1) and figures(world, new) == (3, 1, [3, 3])
    end(world, new)
    assert world.view(new).activation.state == "standing_down"
    told = view_json.to_json(world.view(new), [])
    assert told["not_home_unnamed"] == [{"group_id": group, "name": "Omsorg", "n": 1}]
    with pytest.raises(RefusedError, match="3 are not reported home yet") as refused:
        end(world, new)
    assert "Omsorg (1 without a name)" in refused.value.rows[-1]


def test_those_without_a_name_are_brought_along_as_often_as_it_is_opened_again(world, five, group):
    new, _people = five
    promise(world, new, group, 2)
    for _again in range(2):
        close(world, new)
    assert stand(world, new) == (2, 2) and figures(world, new) == (2, 2, [2, 2, 2])
    promise(world, new, group, 3)  # one more is new
    assert stand(world, new) == (3, 3) and figures(world, new) == (3, 3, [2, 2, 3])
    promise(world, new, group, 0)
    close(world, new)
    assert stand(world, new) == (0, 0) and unnamed(world, new) == []


@pytest.mark.parametrize("over", [end, cancel])
def test_a_yes_after_the_stand_down_is_none_of_those_without_a_name(world, five, group, over):
    new, people = five
    promise(world, new, group, 3)
    over(world, new)
    world.later(minutes=1)
    assert world.call(new, people[0], "yes").decided.answer == "reserve"
    assert stand(world, new) == (3, 3) and unnamed(world, new) == ["Omsorg (3 without a name)"]
    with pytest.raises(RefusedError) as refused:
        over(world, new)
    assert "Omsorg (3 without a name)" in refused.value.rows[-1]
    assert figures(world, new)[:2] == (3, 3)
    reopen(world, new)
    assert stand(world, new) == (3, 3)


def test_a_yes_that_is_said_again_after_the_stand_down_counts_as_it_did(world, five):
    new, people = five
    world.call(new, people[0], "yes")
    end(world, new)
    world.later(minutes=5)
    done = world.call(new, people[0], "yes")
    assert (done.decided.answer, done.decided.late) == ("yes", True)
    assert stand(world, new) == (1, 0) and len(world.view(new).out) == 1


@pytest.mark.parametrize("word", ["no", "withdrew"])
def test_one_of_those_reported_who_does_not_come_after_all_is_missing(world, five, group, word):
    new, people = five
    promise(world, new, group, 3, asked=5)
    for person in people[:2]:
        world.call(new, person, "yes")
    world.later(minutes=1)
    world.call(new, people[1], word)
    assert stand(world, new) == (2, 1)
    line = group_answers.line(world.view(new), group)
    assert line == "Omsorg: 3 of 5 come · 1 named, 1 does not come after all"
    assert world.next(new).row.person_id in people[2:]
    with world.change() as register:
        changes.take_back(register, new, str(people[1]), by="anne", now=world.now)
    assert stand(world, new) == (3, 1)
    world.call(new, people[1], word)
    world.later(minutes=1)
    promise(world, new, group, 3)  # the leader has found another
    assert stand(world, new) == (3, 2)


def test_a_no_from_one_who_never_said_yes_leaves_the_leaders_word(world, five, group):
    new, people = five
    promise(world, new, group, 3, asked=5)
    world.call(new, people[0], "no")
    assert stand(world, new) == (3, 3)


# said before the end, and taken in after it


@pytest.mark.parametrize("over", [None, end, cancel])
def test_a_yes_comes_to_the_same_whenever_it_is_taken_in(world, five, over):
    new, people = five
    rows = [world.row(new, person).row_code for person in people]
    for person in people[:3]:
        world.call(new, person, "yes")
    world.later(minutes=10)
    one = tap(world, rows[3], "yes", 5)
    if over:
        over(world, new)
        world.later(minutes=1)
    result = taken(world, new, [one])
    row = world.row(new, people[3])
    assert (row.answer, row.need_id, stand(world, new)) == ("reserve", None, (3, 0))
    if over:  # whoever rang told them to come
        assert result.untold == [(str(people[3]), "Per3")]
        assert row in world.view(new).out


def test_a_yes_in_time_takes_the_place_of_one_without_a_name(world, five, group):
    new, people = five
    code = world.row(new, people[0]).row_code
    promise(world, new, group, 1)
    world.later(minutes=10)
    one = tap(world, code, "yes", 5)
    end(world, new)
    taken(world, new, [one])
    assert stand(world, new) == (1, 0) and world.row(new, people[0]).answer == "yes"
    assert unnamed(world, new) == []

"""The same person registered twice: pointed out wherever they could fill two needs."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.twins import Someone, pairs, why_one
from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import readiness, take_in, twins
from frivillig_cli.work.beredskap.taps import Tap

KARI, OLA = "+4790111222", "+4790111223"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Kari Lie", KARI), ("Kari Lie", KARI), "both"),
        (("Kari Lie", KARI), ("KARI  LIE", OLA), "name"),
        (("Kari Lie",), ("Lie, Kari",), "name"),
        (("Åse Berg", KARI), ("Aase Berg",), "name"),
        (("Kari Lie", KARI), ("Kari Anne Lie", OLA, KARI), "like_name"),
        (("Kari Hansen", KARI), ("Karin Hansen", KARI), "like_name"),
        (("Kari Lie", KARI), ("Ola Lie", KARI), "number"),
        (("Kari Lie", KARI), ("Kari Anne Lie", OLA), None),
        (("Kari Hansen", KARI), ("Mari Hansen", OLA), None),
    ],
)
def test_two_are_likely_one_by_name_or_by_number_and_name(one, other, why):
    (name, *numbers), (other_name, *others) = one, other
    first, second = Someone(1, name, numbers), Someone(2, other_name, others)
    assert why_one(first, second) == why_one(second, first) == why
    assert [found for _a, _b, found in pairs([first, second])] == ([why] if why else [])


@pytest.fixture
def twice(world, group):
    """Kari twice, and Ola, who shares nothing."""
    one = world.person("Kari Lie", KARI, group=group)
    world.person("Ola Vik", OLA, group=group)
    with world.change() as register:
        register.update("person", one, uid="other")
    return one, world.person("Kari Lie", KARI, group=group)


def test_they_are_pointed_out_when_the_list_is_made(world, twice):
    one, other = twice
    (line,) = twins.on_the_list(world.view(world.activate()))
    assert f"({one})" in line and f"beredskap exclude {other}" in line


def test_next_says_who_was_rung_already_under_another_row(world, twice):
    one, other = twice
    new = world.activate(needs={None: 3})
    assert world.next(new).twins == []
    world.call(new, one, "yes")
    found = world.next(new)
    assert found.row.person_id == other and found.last_ring is None
    (told,) = found.twins
    assert told.line().endswith("the same name and number: yes")


def test_a_household_on_one_number_is_told_when_the_other_has_answered(world, group):
    kari, ola = (world.person(name, KARI, group=group) for name in ("Kari Lie", "Ola Lie"))
    new = world.activate(needs={None: 2})
    assert twins.on_the_list(world.view(new)) == []
    world.call(new, kari, "no-answer")
    assert world.next(new).twins == []
    world.call(new, kari, "yes")
    assert [one.why for one in world.call(new, ola, "yes").twins] == ["number"]
    assert queries.last_entry(world.register, new).type == "answer"  # no more of it in the log


def test_a_second_yes_is_told_and_logged_and_the_coordinator_decides(world, twice):
    one, other = twice
    new = world.activate(needs={None: 3})
    assert world.call(new, one, "yes").twins == []
    done = world.call(new, other, "yes")
    (line,) = twins.both_count(done.row, done.twins)
    assert f"beredskap call {other} undo" in line and f"beredskap exclude {other}" in line
    last = queries.last_entry(world.register, new)
    assert last.type == "observation" and "same person" in last.text
    assert world.view(new).needs[0].confirmed == 2  # nothing is decided for them
    assert world.call(new, one, "no").twins == []


def test_a_second_yes_from_a_phone_is_told_too(world, twice):
    one, other = twice
    new = world.activate(needs={None: 3})
    world.call(new, one, "yes")
    tap = Tap("tap00", world.row(new, other).row_code, "yes", world.now, "Per")
    with world.change() as register:
        done = take_in.take_in(register, new, [tap], "phone", now=world.now)
    assert len(done.to_json()["may_be_twice"]) == 1


def findings(world):
    return {
        one.code: one for one in readiness.check(world.register, now=world.now).findings
        if one.code in ("likely_twins", "shared_number")
    }  # fmt: skip


def test_check_names_those_who_may_be_one_and_the_way_out(world, twice):
    one, other = twice
    found = findings(world)
    assert list(found) == ["likely_twins"]
    assert f"frivillig person merge {one} {other}" in found["likely_twins"].way_out


def test_check_leaves_two_of_one_name_alone_when_all_else_differs(world, group):
    for n, number in enumerate((KARI, OLA)):
        new = world.person("Kari Lie", number, group=group, email=f"k{n}@post.example",
                           postcode=f"340{n}")  # fmt: skip
        with world.change() as register:
            register.update("person", new, uid=str(n))
    assert findings(world) == {}


def test_check_names_those_who_have_one_number_between_them(world, group):
    for name in ("Kari Lie", "Ola Lie"):
        world.person(name, KARI, group=group)
    assert "Kari Lie / Ola Lie" in findings(world)["shared_number"].sentence


def test_check_gives_away_nothing_of_the_number_of_one_who_is_protected(world, group):
    world.person("Kari Lie", KARI, group=group, protected=1)
    world.person("Ola Lie", KARI, group=group)
    assert findings(world) == {}


def test_two_who_were_both_called_are_merged_when_it_has_ended(world, twice):
    from frivillig_cli.records.activation import actions
    from frivillig_cli.work.beredskap import steps
    from frivillig_cli.work.merging.kinds import PERSON
    from frivillig_cli.work.merging.merge import choices, merge

    one, other = twice
    new = world.activate(needs={None: 3})
    world.call(new, one, "yes")
    world.call(new, other, "no")
    with world.change() as register:
        steps.end(register, new, by="anne", force=True, reason="ferdig", now=world.now)
    log = [vars(line) for line in queries.log(world.register, new)]
    with world.change() as register:
        merge(register, PERSON, (one, other), choices(PERSON, [], []), now=world.now)
    assert [vars(line) for line in queries.log(world.register, new)] == log
    assert actions.broken_chains(world.register) == []
    rows = [row for row in world.view(new).rows if row.person_id == one]
    assert [row.answer for row in rows] == ["yes", "no"]
    assert [row.ref for row in rows] == [str(one), rows[1].row_code]
    with world.change() as register:
        steps.reopen(register, new, by="anne", reason="mer vann", now=world.now)
    second = next(row for row in world.view(new).rows if row.id == rows[1].id)
    # one person is called once, and what the first episode came to stands
    assert (second.selection, second.reason) == ("excluded", "same_person")
    (over,) = world.view(new).past
    assert over.tally["called"] == 2 and over.tally["no"] == 1
    with pytest.raises(RefusedError) as refused:
        world.call(new, rows[1].row_code, "yes")
    assert rows[0].row_code in str(refused.value.hint)
    assert world.call(new, one, "no").row.id == rows[0].id


def test_one_who_was_called_on_two_rows_is_named_with_the_figures_that_count_two(world, twice):
    from frivillig_cli.work.beredskap import report, steps
    from frivillig_cli.work.beredskap.figure_lines import figure_rows
    from frivillig_cli.work.merging.kinds import PERSON
    from frivillig_cli.work.merging.merge import choices, merge

    one, other = twice
    new = world.activate(needs={None: 3})
    world.call(new, one, "yes")
    world.call(new, other, "no")
    with world.change() as register:
        steps.end(register, new, by="anne", force=True, reason="ferdig", now=world.now)
    before = report.gather(world.register, new, world.now).figures
    with world.change() as register:
        merge(register, PERSON, (one, other), choices(PERSON, [], []), now=world.now)
    after = report.gather(world.register, new, world.now).figures
    codes = tuple(row.row_code for row in world.view(new).rows if row.person_id == one)
    assert (before.same_person, after.same_person) == ((), (("Kari Lie", codes),))
    assert (after.attempted, after.reached) == (before.attempted, before.reached) == (2, 2)
    told = dict(figure_rows(after))["One person on two rows, counted as two"]
    assert told == f"Kari Lie ({codes[0]}, {codes[1]})"


@pytest.mark.parametrize("there", [False, True])
def test_one_who_comes_and_may_be_there_already_is_told_and_logged(world, twice, there):
    from frivillig_cli.work.beredskap import steps

    one, other = twice
    new = world.activate(needs={None: 3})
    world.call(new, one, "yes")
    if there:
        with world.change() as register:
            steps.arrive(register, new, str(one), by="anne", at=None, now=world.now)
    with world.change() as register:
        row, seen = steps.arrive(register, new, str(other), by="anne", at=None, now=world.now)
    (line,) = twins.here_twice(row, twins.coming_too(row, seen))
    way = f"leave {one} --home" if there else f"call {one} undo, and then frivillig"
    assert "may be the same person as Kari Lie" in line and way in line
    log = queries.log(world.register, new)
    assert sum("may be the same person" in entry.text for entry in log) == 1
    if not there:  # the way out is one that can be gone
        from frivillig_cli.work.beredskap import changes

        with world.change() as register:
            changes.take_back(register, new, str(one), by="anne", now=world.now)
            steps.exclude(register, new, str(one), by="anne", reason="samme", now=world.now)


def test_it_is_not_said_that_both_count_where_one_is_in_reserve(world, twice):
    from frivillig_cli.work.beredskap import steps

    one, other = twice
    for kind, needed, both in (("real", 2, True), ("exercise", 1, False)):
        new = world.activate(kind=kind, needs={None: needed})
        world.call(new, one, "yes")
        with world.change() as register:
            row, seen = steps.arrive(register, new, str(other), by="anne", at=None, now=world.now)
        (line,) = twins.here_twice(row, twins.coming_too(row, seen))
        assert "may be the same person as Kari Lie" in line
        assert ("both count" in line) is both


def test_two_who_are_each_rung_on_a_number_of_their_own_may_share_another(world, group):
    own = {"Kari Lie": "+4792303021", "Ola Lie": "+4792303022"}
    for name, number in own.items():
        world.person(name, KARI, number, group=group)
    assert "shared_number" in findings(world)  # the shared one is rung first
    with world.change() as register:
        for number in own.values():
            [row] = register.rows("SELECT id FROM person_phone WHERE number = ?", (number,))
            register.update("person_phone", row["id"], callout=1)
    assert findings(world) == {}

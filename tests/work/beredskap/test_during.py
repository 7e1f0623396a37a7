from __future__ import annotations

import sqlite3

import pytest

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.records.activation import during_queries, expenses, queries
from frivillig_cli.records.activation.expenses import NewExpense
from frivillig_cli.work.beredskap import changes, claims, steps
from frivillig_cli.work.beredskap.checks import check_logs

KARI, OLA, PER, ASE = "+4790111222", "+4790111223", "+4790111224", "+4790111225"


@pytest.fixture
def people(world, group):
    """Kari and Ola (omsorg), Per and Åse (sjåfør), all in one group."""
    return [
        world.person("Kari", KARI, group=group, skills=("omsorg",)),
        world.person("Ola", OLA, group=group, skills=("omsorg",)),
        world.person("Per", PER, group=group, skills=("sjåfør",)),
        world.person("Åse", ASE, group=group, skills=("sjåfør",)),
    ]


def take_back(world, activation, person):
    with world.change() as register:
        return changes.take_back(register, activation, str(person), by="anne", now=world.now)


def need(world, activation, **needs):
    stated = {None if key == "anyone" else key: n for key, n in needs.items()}
    with world.change() as register:
        return changes.need(register, activation, stated, by="anne", now=world.now)


@pytest.mark.parametrize("word", ["yes", "no", "later", "last-resort", "unclear"])
def test_an_answer_that_is_taken_back_leaves_the_row_as_it_was_and_both_lines(world, people, word):
    new = world.activate(needs={None: 2})
    before = world.row(new, people[0])
    world.call(new, people[0], word)
    back = take_back(world, new, people[0])
    assert world.row(new, people[0]) == before
    assert back.row.answer is None
    first, second = queries.attempts(world.register, new)
    assert second["voids"] == first["id"] and first["answer"]
    lines = queries.log(world.register, new)
    assert (lines[-1].type, lines[-1].supersedes) == ("correction", lines[-2].seq)
    assert list(check_logs(world.register)) == []


@pytest.mark.parametrize("word", ["no-answer", "busy", "voicemail", "other-person", "sms-sent"])
def test_a_try_that_is_taken_back_was_never_one(world, people, word):
    new = world.activate()
    before = world.row(new, people[0])
    world.call(new, people[0], word)
    take_back(world, new, people[0])
    assert world.row(new, people[0]) == before
    assert world.next(new).row.name == "Kari"


def test_the_third_try_that_is_taken_back_gives_nobody_up(world, people):
    new = world.activate()
    for _n in range(3):
        world.call(new, people[0], "no-answer")
    assert world.row(new, people[0]).contact == "given_up"
    take_back(world, new, people[0])
    row = world.row(new, people[0])
    assert (row.contact, row.tries, row.attempts) == ("not_reached", 2, 2)


def test_a_wrong_number_that_is_taken_back_is_right_in_the_register_too(world, people):
    new = world.activate()
    world.call(new, people[0], "wrong-number")
    sql = "SELECT wrong FROM person_phone WHERE person_id = ?"
    assert world.register.value(sql, (people[0],)) == 1
    take_back(world, new, people[0])
    assert world.register.value(sql, (people[0],)) == 0
    assert world.row(new, people[0]).usable == (KARI,)


def test_a_yes_that_is_taken_back_opens_the_need_and_the_answer_before_it_counts_again(
    world, people
):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[0], "no")
    assert world.view(new).needs[0].confirmed == 0
    take_back(world, new, people[0])
    row = world.row(new, people[0])
    assert (row.answer, row.deployment) == ("yes", "on_way")
    assert world.view(new).needs[0].confirmed == 1
    take_back(world, new, people[0])
    assert world.row(new, people[0]).answer is None
    assert world.view(new).needs[0].confirmed == 0


def test_a_yes_that_comes_back_when_the_need_is_covered_is_on_the_way_all_the_same(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[0], "no")
    world.call(new, people[1], "yes")
    take_back(world, new, people[0])
    back = world.row(new, people[0])
    assert (back.answer, back.deployment) == ("yes", "on_way")
    assert world.view(new).needs[0].confirmed == 2  # more than is needed, and both must be told


def test_nothing_is_taken_back_twice_nor_of_one_who_has_come(world, people):
    new = world.activate()
    with pytest.raises(RefusedError, match="nothing of Kari"):
        take_back(world, new, people[0])
    world.call(new, people[0], "no")
    take_back(world, new, people[0])
    with pytest.raises(RefusedError, match="nothing of Kari"):
        take_back(world, new, people[0])
    world.call(new, people[0], "yes")
    with world.change() as register:
        steps.arrive(register, new, str(people[0]), by="anne", at=None, now=world.now)
    with pytest.raises(RefusedError, match="on site"):
        take_back(world, new, people[0])


# the need that changes, and those in reserve


def test_those_in_reserve_are_asked_first_when_the_need_grows(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[3], "yes")
    after = need(world, new, anyone=2)
    assert [(one.needed, one.confirmed) for one in after.needs] == [(2, 1)]
    found = world.next(new)
    assert (found.row.name, found.row.answer) == ("Åse", "reserve")
    assert world.call(new, people[3], "yes").decided.answer == "yes"
    assert world.view(new).covered


def test_a_reserve_who_does_not_answer_waits_and_stays_in_reserve(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[3], "yes")
    need(world, new, anyone=2)
    world.call(new, people[3], "no-answer")
    assert world.row(new, people[3]).answer == "reserve"
    assert world.row(new, people[3]).contact == "reached"
    assert world.next(new).row.name == "Ola"
    world.later(minutes=10)
    assert world.next(new, "per").row.name == "Åse"


def test_a_lease_on_a_reserve_that_runs_out_forgets_no_answer(world, people):
    new = world.activate(needs={None: 1})
    world.call(new, people[0], "yes")
    world.call(new, people[3], "yes")
    need(world, new, anyone=2)
    world.next(new)
    world.later(minutes=11)
    row = world.row(new, people[3])
    assert (row.contact, row.answer) == ("reached", "reserve")


def test_those_who_said_yes_before_a_need_was_stated_count_for_it(world, people):
    new = world.activate()
    world.call(new, people[0], "yes")
    world.call(new, people[2], "yes")
    after = need(world, new, omsorg=1, sjåfør=2)
    assert [(n.skill, n.confirmed, n.needed) for n in after.needs] == [
        ("omsorg", 1, 1), ("sjåfør", 1, 2),
    ]  # fmt: skip
    told = queries.log(world.register, new)[-1].text
    assert told.startswith("Omsorg: 1 is needed; sjåfør: 2 are needed. So far: omsorg 1/1")


def test_who_is_more_than_is_needed_steps_over_to_what_is_open(world, people):
    new = world.activate(needs={None: 3})
    for person in (people[0], people[2], people[3]):
        world.call(new, person, "yes")
    after = need(world, new, anyone=0, sjåfør=2)
    assert [(n.skill, n.confirmed, n.needed) for n in after.needs] == [
        (None, 3 - len(drivers(after)), 0), ("sjåfør", len(drivers(after)), 2),
    ]  # fmt: skip
    assert drivers(after) and after.needs[1].confirmed > 0
    assert [row.answer for row in after.eligible if row.answer] == ["yes"] * 3


def drivers(seen):
    return [row for row in seen.eligible if row.answer == "yes" and "sjåfør" in row.skills]


def test_a_need_that_shrinks_sends_nobody_home_and_the_same_need_writes_nothing(world, people):
    new = world.activate(needs={"omsorg": 2})
    world.call(new, people[0], "yes")
    world.call(new, people[1], "yes")
    after = need(world, new, OMSORG=1)
    assert [(n.confirmed, n.needed, n.open) for n in after.needs] == [(2, 1, 0)]
    length = len(queries.log(world.register, new))
    need(world, new, omsorg=1)
    assert len(queries.log(world.register, new)) == length
    assert [row.answer for row in world.view(new).eligible if row.answer] == ["yes", "yes"]


def test_a_contact_test_has_no_need(world, people):
    new = world.activate(kind="contact_test")
    with pytest.raises(RefusedError, match="contact test"):
        need(world, new, anyone=2)


# a group that answers as one


def spend(world, activation, amount, what, **more):
    with world.change() as register:
        new = NewExpense(amount, what, "anne", **more)
        return changes.expense(register, activation, new, now=world.now)


def test_who_pays_an_expense_comes_from_the_activation_and_a_correction_leaves_both(world, people):
    new = world.activate()
    first = spend(world, new, 125000, "mat", receipt="14")
    assert (first.payer, first.amount) == ("municipality", 125000)
    spend(world, new, 5000, "bom", payer="association")
    second = spend(world, new, 120000, "mat", supersedes=first.id)
    lines = during_queries.expenses(world.register, new)
    assert len(lines) == 3 and second.payer == "municipality"
    assert expenses.by_payer(lines) == {"municipality": 120000, "association": 5000}
    with pytest.raises(RefusedError, match="corrected in"):
        spend(world, new, 1, "mat", supersedes=first.id)
    spend(world, new, 0, "ført to ganger", supersedes=second.id)
    assert expenses.by_payer(during_queries.expenses(world.register, new)) == {"association": 5000}
    assert [line.type for line in queries.log(world.register, new)].count("expense") == 4


def test_an_expense_is_never_rewritten_and_nothing_is_none(world, people):
    new = world.activate()
    spend(world, new, 100, "mat")
    for sql in ("UPDATE expense SET amount = 1", "DELETE FROM expense"):
        with pytest.raises((sqlite3.Error, FrivilligError)), world.change() as register:
            register.execute(sql)
    for wrong in ((0, "mat", {}), (1, " ", {}), (1, "mat", {"payer": "staten"}),
                  (1, "mat", {"supersedes": 9})):  # fmt: skip
        with pytest.raises(FrivilligError):
            spend(world, new, wrong[0], wrong[1], **wrong[2])


def test_whoever_starts_it_is_in_charge_until_it_is_handed_over_with_what_was_being_called(
    world, people
):
    new = world.activate()
    assert world.view(new).activation.in_charge == "anne"
    world.next(new, "anne")
    with world.change() as register:
        after = changes.hand_over(register, new, "Berit", by="anne", note="nøkkel", now=world.now)
    assert after.activation.in_charge == "Berit"
    assert world.next(new, "Berit").row.name == "Kari"
    assert queries.log(world.register, new)[-1].text == (
        "Berit is in charge, after anne. nøkkel"
    )  # fmt: skip
    with pytest.raises(RefusedError), world.change() as register:
        changes.hand_over(register, new, "Berit", by="anne", note=None, now=world.now)


def test_a_note_is_shown_with_whom_it_is_about_and_changes_nothing(world, people):
    new = world.activate()
    before = world.row(new, people[0])
    with world.change() as register:
        changes.note(register, new, "kari", "har henger", by="anne", at=None, now=world.now)
    assert world.row(new, people[0]) == before
    assert changes.notes(world.register, new, before) == ["har henger"]
    assert changes.notes(world.register, new, world.row(new, people[1])) == []


def test_a_row_that_is_let_go_can_be_called_by_others_at_once(world, people):
    new = world.activate()
    found = world.next(new)
    with world.change() as register:
        claims.release(register, found, "somebody else")
    assert world.row(new, people[0]).contact == "calling"
    with world.change() as register:
        claims.release(register, found, "anne")
    assert world.next(new, "per").row.name == "Kari"

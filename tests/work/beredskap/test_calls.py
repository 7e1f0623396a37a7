from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.records.activation import actions, queries
from frivillig_cli.work.beredskap import claims, need_lines, steps
from frivillig_cli.work.beredskap.checks import check_logs

KARI, OLA, PER = "+4790111222", "+4790111223", "+4790111224"


def test_a_yes_counts_until_the_need_is_covered_and_then_is_reserve(world, group):
    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 1})
    assert world.call(new, kari, "yes").decided.answer == "yes"
    assert world.call(new, ola, "yes").decided.answer == "reserve"
    assert [need.confirmed for need in world.view(new).needs] == [1]


def test_a_person_in_two_groups_is_called_once(world, group):
    other = world.group(1, "Vakt")
    world.person("Kari", KARI, group=[group, other])
    new = world.activate()
    world.next(new)
    with pytest.raises(RefusedError, match="Nobody is left"):
        world.next(new)


def test_two_terminals_of_one_user_get_two_names(world, group):
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=group)
    new = world.activate()
    assert world.next(new).row.name == "Kari"
    assert world.next(new).row.name == "Ola"


def test_a_crashed_terminal_blocks_nobody_for_more_than_ten_minutes(world, group):
    world.person("Kari", KARI, group=group)
    new = world.activate()
    world.next(new)
    world.later(minutes=9, seconds=59)
    with pytest.raises(RefusedError):
        world.next(new)
    world.later(seconds=1)
    assert world.row(new, 1).contact == "pending"
    assert world.next(new, "per").row.name == "Kari"


def test_nobody_is_called_when_the_need_is_covered(world, group):
    kari = world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 1})
    world.call(new, kari, "yes")
    with pytest.raises(RefusedError, match="covered"):
        world.next(new)


def test_need_zero_is_covered_from_the_start(world, group):
    world.person("Kari", KARI, group=group)
    with pytest.raises(RefusedError, match="covered"):
        world.next(world.activate(needs={None: 0}))


def test_need_zero_is_said_in_words(world, group):
    world.person("Kari", KARI, group=group)
    seen = world.view(world.activate(needs={None: 0, "omsorg": 2}))
    assert need_lines.needs_line(seen) == "anyone: none is needed  omsorg 0/2"


def test_a_no_may_be_corrected_and_both_stay_written(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "no")
    assert world.call(new, kari, "yes").decided.answer == "yes"
    first, second = queries.attempts(world.register, new)
    assert (first["answer"], second["answer"]) == ("no", "yes")
    assert second["supersedes"] == first["id"]


def test_a_yes_that_is_taken_back_opens_the_need_for_a_reserve(world, group):
    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 1})
    world.call(new, kari, "yes")
    world.call(new, ola, "yes")
    world.call(new, kari, "no")
    assert not world.view(new).covered
    assert world.call(new, ola, "yes").decided.answer == "yes"


def test_a_wrong_number_is_marked_and_the_next_one_is_tried(world, group):
    kari = world.person("Kari", KARI, OLA, group=group)
    other = world.person("Olga", KARI)
    new = world.activate()
    assert world.next(new).phones == [KARI, OLA]
    world.call(new, kari, "wrong-number")
    assert world.next(new).phones == [OLA]
    marked = world.register.rows("SELECT person_id, number FROM person_phone WHERE wrong = 1")
    assert [tuple(row) for row in marked] == [(kari, KARI)]
    assert other != kari
    world.call(new, kari, "wrong-number")
    assert world.row(new, kari).contact == "given_up"


def test_given_up_after_three_attempts_and_called_again_in_a_new_round(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    for _n in range(3):
        world.next(new)
        world.call(new, kari, "no-answer")
        world.later(minutes=10)
    assert world.row(new, kari).contact == "given_up"
    with pytest.raises(RefusedError) as refused:
        world.next(new)
    assert any("--new-round" in row for row in refused.value.rows)
    assert world.next(new, new_round=True).row.person_id == kari
    assert world.row(new, kari).attempts == 3


@pytest.mark.parametrize("word", ["voicemail", "sms-sent"])
def test_voicemail_and_text_messages_never_count_as_reached(world, group, word):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    for _n in range(4):
        world.call(new, kari, word)
    assert world.row(new, kari).contact != "reached"


def test_an_answer_after_the_stand_down_is_stored_and_marked_late(world, group):

    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 5})
    world.call(new, kari, "yes")
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason=None, now=world.now)
    result = world.call(new, ola, "yes")
    assert (result.decided.answer, result.decided.late) == ("reserve", True)
    assert "late" in queries.log(world.register, new)[-1].text


def test_the_eta_is_kept_as_a_time_and_what_happened_apart_from_what_was_registered(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.later(hours=5)
    at = world.now - timedelta(hours=4)
    world.call(new, kari, "yes", at=at, eta=at + timedelta(minutes=30))
    assert world.row(new, kari).eta == "2026-11-23T03:40:00+00:00"
    entry = queries.log(world.register, new)[-1]
    assert entry.happened == "2026-11-23T03:10:00+00:00"
    assert entry.registered == "2026-11-23T07:10:00+00:00"


def test_a_time_that_has_not_been_is_refused_and_nothing_is_stored(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    with pytest.raises(FrivilligError):
        world.call(new, kari, "yes", at=world.now + timedelta(hours=1))
    assert queries.attempts(world.register, new) == []
    assert world.row(new, kari).answer is None


def test_what_happened_before_the_activation_began_is_refused(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    long_ago = datetime(1998, 12, 31, 23, 0, tzinfo=UTC)
    with pytest.raises(FrivilligError, match="1 January 1999 00:00 is before 2026-R-001"):
        world.call(new, kari, "yes", at=long_ago)
    with pytest.raises(FrivilligError, match="before 2026-R-001"), world.change() as register:
        steps.arrive(register, new, "kari", by="anne", at=long_ago, now=world.now)
    assert len(queries.log(world.register, new)) == 1
    world.call(new, kari, "yes", at=world.now - timedelta(minutes=10))


def test_a_time_in_the_hour_that_comes_twice_carries_its_offset(world, group):
    world.now = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 02:50, the first time
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "yes", eta=world.now + timedelta(minutes=10))
    assert queries.log(world.register, new)[-1].text.endswith("there 02:00+01:00")


def test_the_hour_that_comes_twice_keeps_its_order(world, group):
    world.now = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate()
    world.call(new, kari, "yes")
    world.later(minutes=20)
    world.call(new, ola, "yes")
    happened = [entry.happened for entry in queries.log(world.register, new)]
    assert happened == sorted(happened)


def test_a_clock_that_has_gone_back_is_pointed_out_once_and_order_follows_the_numbers(world, group):
    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate()
    world.later(hours=-5)
    world.call(new, kari, "yes")
    world.call(new, ola, "no")
    log = queries.log(world.register, new)
    assert [entry.type for entry in log] == ["alert", "correction", "answer", "answer"]
    assert "22 November 2026 22:10" in log[1].text and "23 November 2026 03:10" in log[1].text
    assert [entry.seq for entry in log] == [1, 2, 3, 4]


def test_one_who_is_left_out_cannot_answer(world, group):
    taus = world.person("Taus", group=group)
    new = world.activate()
    with pytest.raises(RefusedError, match="no number"):
        world.call(new, taus, "yes")


def test_a_name_that_fits_two_is_refused_and_lists_both(world, group):
    world.person("Kari Bakken", KARI, group=group)
    world.person("Kari Solli", OLA, group=group)
    with pytest.raises(RefusedError) as refused:
        world.call(world.activate(), "kari", "yes")
    assert len(refused.value.rows) == 2


def test_a_row_code_names_a_row(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    code = world.row(new, kari).row_code
    assert world.call(new, code, "yes").row.person_id == kari
    with pytest.raises(RefusedError, match="a digit is wrong"):
        world.call(new, code.replace("001", "007"), "yes")


def test_only_those_who_can_do_what_is_missing_are_called(world, group):
    world.person("Kari", KARI, group=group)
    driver = world.person("Ola", OLA, group=group, skills=["sjåfør"])
    new = world.activate(needs={"sjåfør": 2})
    assert world.next(new).row.person_id == driver
    with pytest.raises(RefusedError) as refused:
        world.next(new)
    assert any("--any-skill" in row for row in refused.value.rows)
    kari = world.next(new, any_skill=True).row
    assert world.call(new, kari.person_id, "yes", skill="sjåfør").decided.answer == "yes"
    assert [need.confirmed for need in world.view(new).needs] == [1]


def test_attempts_and_log_can_be_neither_changed_nor_deleted(world, group):
    kari = world.person("Kari", KARI, group=group)
    world.call(world.activate(), kari, "no")
    for sql in (
        "UPDATE attempt SET answer = 'yes'",
        "DELETE FROM attempt",
        "UPDATE log_entry SET text = 'x'",
        "UPDATE log_entry SET text = NULL, salt = NULL, by = 'x'",
        "DELETE FROM log_entry",
    ):
        with pytest.raises((FrivilligError, sqlite3.Error)), world.change() as register:
            register.execute(sql)
    assert actions.broken_chains(world.register) == []


def test_erasure_empties_the_words_and_the_number_and_the_chain_still_holds(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "no")
    with world.change() as register:
        register.execute(
            "UPDATE log_entry SET text = NULL, sender = NULL, receiver = NULL, salt = NULL"
            " WHERE seq = 2"
        )
        register.execute("UPDATE attempt SET number = NULL")
    assert [entry.text for entry in queries.log(world.register, new)][1:] == [None]
    assert actions.broken_chains(world.register) == []


def test_a_log_that_was_tampered_with_from_outside_is_found(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "no")
    outside = sqlite3.connect(world.register.path)
    outside.execute("DROP TRIGGER log_entry_is_append_only_u")
    outside.execute("UPDATE log_entry SET text = 'Kari: yes' WHERE seq = 2")
    outside.commit()
    outside.close()
    assert actions.broken_chains(world.register) == [("2026-R-001", 2)]
    (finding,) = check_logs(world.register)
    assert "2026-R-001" in finding.sentence


def test_a_contact_test_calls_nobody_in(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate(kind="contact_test")
    world.call(new, kari, "yes")
    assert (world.row(new, kari).answer, world.row(new, kari).deployment) == ("yes", None)
    assert world.view(new).out == []


def test_one_who_is_reserved_anew_is_called_anew_whatever_was_just_said(world, group):
    world.person("Kari", "+4790111222", group=group)
    new = world.activate()
    code = world.next(new).row.row_code
    assert world.call(new, 1, "busy", once=True).repeated is None
    assert world.call(new, 1, "busy", once=True).repeated
    with world.change() as register:
        claims.claim_again(register, new, code, caller="anne", now=world.now)
    assert world.call(new, 1, "busy", once=True).repeated is None
    assert world.row(new, 1).attempts == 2


# the number as the register has it now


def mend(world, person, *numbers):
    from frivillig_cli.records.person import actions

    with world.change() as register:
        actions.edit(register, person, {}, phones=numbers, now=world.now)


def test_a_number_that_is_mended_in_the_register_is_rung_at_once(world, group):
    kari = world.person("Kari", KARI, group=group)
    ola = world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 2})
    world.next(new)
    world.call(new, kari, "wrong-number")
    assert world.row(new, kari).contact == "given_up"
    mend(world, kari, "+4799112233")
    assert world.row(new, kari).contact == "not_reached"
    world.call(new, ola, "no")
    found = world.next(new)
    assert (found.row.name, found.phones) == ("Kari", ["+4799112233"])
    world.call(new, kari, "yes")
    (*_, last) = queries.attempts(world.register, new)
    assert last["number"] == "+4799112233"


def test_one_who_had_no_number_when_nobody_was_rung_is_found_by_the_new_one(world, group):
    kari = world.person("Kari", KARI, group=group)
    ola = world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 2})
    mend(world, kari)
    assert world.next(new).row.name == "Ola"
    mend(world, ola, "+4799112233")
    mend(world, kari, "+4799112233")
    assert world.next(new, caller="per").shared_with == ["Ola"]


def test_one_who_is_protected_by_now_has_no_number_though_the_register_has_a_new_one(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    mend(world, kari, "+4799112233")
    with world.change() as register:
        register.update("person", kari, protected=1)
    world.call(new, kari, "no-answer")
    assert world.row(new, kari).usable == ()
    assert "99112233" not in str(world.register.rows("SELECT phones FROM callout")[0][0])


def test_a_wrong_number_is_told_once_where_there_is_no_other(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "wrong-number")
    for more in ({}, {"number": "90 11 12 22"}):
        with pytest.raises(RefusedError) as refused:
            world.call(new, kari, "wrong-number", **more)
        assert f"person edit {kari} --phone" in refused.value.hint
    assert len(queries.attempts(world.register, new)) == 1


def test_a_wrong_number_that_comes_from_a_phone_too_is_known_already(world, group):
    from frivillig_cli.work.beredskap import take_in
    from frivillig_cli.work.beredskap.taps import Tap

    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    world.call(new, kari, "wrong-number")
    tap = Tap("tap00", world.row(new, kari).row_code, "wrong-number", world.now, "Per", number=KARI)
    for _ in range(2):
        with world.change() as register:
            done = take_in.take_in(register, new, [tap], "phone", now=world.now)
        assert (done.known, done.refused, done.new) == (1, [], [])

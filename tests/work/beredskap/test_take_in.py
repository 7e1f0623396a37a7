"""Answers from phones and papers: in any order, twice without harm, and by when they happened."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frivillig_cli.records.activation import actions, queries
from frivillig_cli.work.beredskap import steps, take_in
from frivillig_cli.work.beredskap.taps import Tap

KARI, OLA, AUD = "+4790111222", "+4790111223", "+4790111224"


@pytest.fixture
def listed(world, group):
    """Three people, one of whom is needed; the activation and the code of each by name."""
    for name, number in (("Kari", KARI), ("Ola", OLA), ("Aud", AUD)):
        world.person(name, number, group=group)
    activation = world.activate(needs={None: 1})
    codes = {row.name: row.row_code for row in world.view(activation).rows}
    world.later(hours=1)
    return activation, codes


def taken(world, activation, taps, source="phone"):
    with world.change() as register:
        return take_in.take_in(register, activation, taps, source, now=world.now)


def tap(world, code, word, minutes, name="", **more):
    """Something that happened so many minutes ago."""
    at = world.now - timedelta(minutes=minutes)
    return Tap(name or f"{code} {word} {minutes}".replace(" ", "x"), code, word, at, "Per", **more)


def by_name(world, activation):
    return {row.name: row.answer for row in world.view(activation).rows}


def test_an_answer_that_is_given_twice_is_taken_in_once(world, listed):
    activation, codes = listed
    taps = [tap(world, codes["Kari"], "yes", 30), tap(world, codes["Ola"], "no-answer", 20)]
    first = taken(world, activation, taps)
    again = taken(world, activation, [*taps, tap(world, codes["Aud"], "no", 5)])
    assert (len(first.new), first.known) == (2, 0)
    assert ([name for _code, name, _stands in again.new], again.known) == (["Aud"], 2)
    assert len(queries.attempts(world.register, activation)) == 3
    assert by_name(world, activation) == {"Kari": "yes", "Ola": None, "Aud": "no"}


def test_an_answer_that_was_overtaken_is_kept_and_changes_nothing(world, listed):
    activation, codes = listed
    taken(world, activation, [tap(world, codes["Kari"], "yes", 10)])
    late = taken(world, activation, [tap(world, codes["Kari"], "no", 20)])
    assert by_name(world, activation)["Kari"] == "yes" and late.overtaken == 1
    told = [one["answer"] for one in queries.attempts(world.register, activation)]
    assert told == ["yes", "no"]
    # What is said afterwards follows the one that stands, not the one that came last.
    world.call(activation, codes["Kari"], "withdrew")
    first, _overtaken, last = queries.attempts(world.register, activation)
    assert last["supersedes"] == first["id"]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_in_any_order_and_any_pieces_the_same_stands(world, data):
    """Three phones' answers on a new call-out, dealt and shuffled, given one time or several."""
    org = world.org(f"Lag {uuid4()}")
    world.agreement(org, event_payer="municipality")
    group = world.group(org)
    for name, number in (("Kari", KARI), ("Ola", OLA), ("Aud", AUD)):
        world.person(f"{name} {uuid4()}", number, group=group)
    one, two = (world.activate(f"Flom {n}", groups=(group,), kind="contact_test") for n in (1, 2))
    world.later(hours=1)
    words = ("yes", "no", "later", "last-resort", "no-answer", "busy")
    told = data.draw(
        st.lists(
            st.tuples(st.integers(0, 2), st.sampled_from(words), st.integers(1, 59)),
            unique_by=lambda t: t[2], max_size=8,
        )
    )  # fmt: skip
    ends = []
    for activation, order in ((one, sorted(told, key=lambda t: -t[2])), (two, None)):
        codes = [row.row_code for row in world.view(activation).rows]
        taps = [tap(world, codes[n], word, ago, f"tap{ago}") for n, word, ago in order or told]
        if order is None:
            taps = data.draw(st.permutations(taps))
            cut = data.draw(st.integers(0, len(taps)))
            taken(world, activation, taps[:cut])
            taps = [*taps[cut:], *data.draw(st.permutations(taps[:cut]))]
        taken(world, activation, taps)
        rows = world.view(activation).rows
        ends.append([(row.answer, row.contact == "reached", row.attempts) for row in rows])
    assert ends[0] == ends[1]


def test_a_tap_that_was_taken_back_on_the_phone_is_no_answer(world, listed):
    activation, codes = listed
    slip = tap(world, codes["Kari"], "no", 30, "slip00")
    back = tap(world, codes["Kari"], "undo", 29, "back00", of="slip00")
    done = taken(world, activation, [slip, back, tap(world, codes["Kari"], "yes", 28)])
    assert by_name(world, activation)["Kari"] == "yes" and done.undone == 1


def test_a_tap_that_is_taken_back_after_it_was_taken_in_is_corrected(world, listed):
    activation, codes = listed
    slip = tap(world, codes["Kari"], "yes", 30, "slip00")
    back = tap(world, codes["Kari"], "undo", 29, "back00", of="slip00")
    taken(world, activation, [slip])
    taken(world, activation, [slip, back])
    assert by_name(world, activation)["Kari"] is None
    assert queries.last_entry(world.register, activation).type == "correction"
    entries = len(queries.log(world.register, activation))
    taken(world, activation, [slip, back])
    assert len(queries.log(world.register, activation)) == entries


def test_a_tap_that_is_taken_back_when_another_stands_is_pointed_out_once(world, listed):
    activation, codes = listed
    slip = tap(world, codes["Kari"], "no", 30, "slip00")
    back = tap(world, codes["Kari"], "undo", 29, "back00", of="slip00")
    taken(world, activation, [slip])
    world.call(activation, codes["Kari"], "yes")
    told = taken(world, activation, [slip, back])
    assert by_name(world, activation)["Kari"] == "yes"
    assert "frivillig beredskap call" in told.aside[0][1] and told.refused == []
    again = taken(world, activation, [slip, back])
    assert again.aside == again.refused == []


@pytest.mark.parametrize("steps_taken", [("arrive", "leave"), ("leave",), ("arrive",)])
def test_a_tap_that_is_taken_back_when_they_have_come_or_gone_is_set_aside_once(
    world, listed, steps_taken
):
    activation, codes = listed
    slip = tap(world, codes["Kari"], "yes", 30, "slip00")
    back = tap(world, codes["Kari"], "undo", 29, "back00", of="slip00")
    taken(world, activation, [slip])
    for step in steps_taken:
        with world.change() as register:
            more = ("released",) if step == "leave" else ()
            getattr(steps, step)(
                register, activation, codes["Kari"], *more, by="anne", at=None, now=world.now
            )
    told = taken(world, activation, [slip, back])
    assert told.refused == [] and len(told.aside) == 1 and "Kari" in told.aside[0][0]
    assert by_name(world, activation)["Kari"] == "yes"
    entries = len(queries.log(world.register, activation))
    again = taken(world, activation, [slip, back])
    assert again.aside == again.refused == [] and again.known == 1
    assert len(queries.log(world.register, activation)) == entries


def test_a_yes_counts_as_it_came_though_it_is_taken_in_after_the_end(world, listed):
    activation, codes = listed
    before, after = tap(world, codes["Kari"], "yes", 30), tap(world, codes["Ola"], "yes", -5)
    with world.change() as register:
        steps.end(register, activation, by="anne", force=False, reason=None, now=world.now)
    world.later(minutes=10)
    taken(world, activation, [before, after])
    late = {one["caller"] + str(one["callout_id"]): one["late"]
            for one in queries.attempts(world.register, activation)}  # fmt: skip
    assert list(late.values()) == [0, 1]
    assert by_name(world, activation) == {"Kari": "yes", "Ola": "reserve", "Aud": None}


def step(world, activation, which, **more):
    with world.change() as register:
        which(register, activation, by="anne", now=world.now, **more)
    world.later(minutes=20)


def test_the_stand_down_that_judges_an_answer_is_the_last_that_began_in_its_episode(world, listed):
    activation, codes = listed
    world.call(activation, 1, "yes")  # one is out: it stands down before it is closed
    step(world, activation, steps.end, force=False, reason=None)
    step(world, activation, steps.reopen, reason="elva stiger")
    step(world, activation, steps.end, force=False, reason=None)
    step(world, activation, steps.end, force=True, reason="x")
    said, late = tap(world, codes["Ola"], "no", 50), tap(world, codes["Aud"], "no", 30)
    taken(world, activation, [said, late])
    step(world, activation, steps.reopen, reason="mer")
    more = [tap(world, codes["Ola"], "no", 68), tap(world, codes["Aud"], "no", 48)]
    taken(world, activation, more)
    found = queries.attempts(world.register, activation)
    assert [one["late"] for one in found] == [0, 0, 1, 0, 1]
    assert {one["episode"] for one in found} == {1}


@pytest.mark.parametrize("called_off", [True, False])
def test_an_answer_of_a_later_episode_is_judged_by_the_stand_down_of_that_one(
    world, listed, called_off
):
    activation, codes = listed
    step(world, activation, steps.end, force=False, reason=None)
    step(world, activation, steps.reopen, reason="elva stiger")
    if called_off:
        step(world, activation, steps.cancel, reason="feil")
    else:
        world.call(activation, 1, "yes")
        step(world, activation, steps.end, force=False, reason=None)
        step(world, activation, steps.end, force=True, reason="x")
    ended = 20 if called_off else 40
    before = tap(world, codes["Ola"], "no", ended + 5)
    taken(world, activation, [before, tap(world, codes["Aud"], "no", ended - 5)])
    found = queries.attempts(world.register, activation)
    assert [one["late"] for one in found[-2:]] == [0, 1]


def test_a_wrong_row_keeps_no_other_back(world, listed):
    activation, codes = listed
    done = taken(world, activation, [tap(world, "999-9", "yes", 3),
                                     tap(world, codes["Ola"], "dance", 3),
                                     tap(world, codes["Ola"], "yes", 2)])  # fmt: skip
    assert len(done.refused) == 2 and by_name(world, activation)["Ola"] == "yes"


def test_who_said_yes_before_it_was_called_off_is_taken_in_and_must_be_told(world, listed):
    activation, codes = listed
    with world.change() as register:
        steps.cancel(register, activation, by="anne", reason="feil", now=world.now)
    done = taken(world, activation, [tap(world, codes["Kari"], "yes", 3)])
    assert [name for _ref, name in done.untold] == ["Kari"]
    assert [row.name for row in world.view(activation).out] == ["Kari"]


def test_the_log_keeps_when_it_happened_apart_from_when_it_was_taken_in(world, listed):
    activation, codes = listed
    taken(world, activation, [tap(world, codes["Kari"], "yes", 30)], "paper")
    entry = queries.last_entry(world.register, activation)
    assert (entry.happened, entry.registered) == (
        actions.stamp(world.now - timedelta(minutes=30)), actions.stamp(world.now),
    )  # fmt: skip


# the text that a phone gives back

"""Answers from phones and papers: in any order, twice without harm, and by when they happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.activation import actions, queries
from frivillig_cli.work.beredskap import steps, take_in
from frivillig_cli.work.beredskap.paper_lines import Sheet, read_line, read_lines
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


def test_a_phone_whose_clock_is_wrong_loses_no_answer(world, listed):
    activation, codes = listed
    taps = [tap(world, codes["Kari"], "yes", -600), tap(world, codes["Ola"], "no", 6000)]
    done = taken(world, activation, taps)
    assert done.clock == 2 and by_name(world, activation)["Kari"] == "yes"
    times = [datetime.fromisoformat(one["happened"])
             for one in queries.attempts(world.register, activation)]  # fmt: skip
    began = datetime.fromisoformat(queries.get(world.register, activation).started)
    assert all(began <= t <= world.now for t in times)


def happened(world, activation):
    """How many minutes ago each attempt is said to have been, in the order they came in."""
    return [
        (world.now - datetime.fromisoformat(one["happened"])).total_seconds() / 60
        for one in queries.attempts(world.register, activation)
    ]


@pytest.mark.parametrize(
    ("ago", "stored", "wrong"),
    [
        ((-120, -140, -160), (40, 20, 0), "2 h 40 min fast"),
        ((10, -10), (20, 0), "10 min fast"),  # the first could be, and is moved with the other
        ((90, 70, 50), (60, 40, 20), "30 min slow"),
        ((525600, 525590), (60, 50), "364 days slow"),
        ((62, 30, -2), (60, 30, 0), ""),  # no clock is right to the minute
    ],
)
def test_the_times_of_a_phone_whose_clock_is_wrong_are_moved_together_and_it_is_said(
    world, listed, ago, stored, wrong
):
    activation, codes = listed
    names = ("Kari", "Ola", "Aud")
    taps = [tap(world, codes[name], "no", minutes)
            for name, minutes in zip(names, ago, strict=False)]  # fmt: skip
    done = taken(world, activation, taps)
    assert happened(world, activation) == list(stored)
    assert done.how_wrong == (f"at least {wrong}" if wrong else "")
    said = [one.text for one in queries.log(world.register, activation) if one.type == "correction"]
    assert len(said) == bool(wrong) and all(wrong in text for text in said)
    assert taken(world, activation, taps).how_wrong == ""
    assert len(queries.log(world.register, activation)) == 1 + len(taps) + len(said)


def test_a_clock_that_was_set_right_in_between_moves_only_what_came_before(world, listed):
    activation, codes = listed
    taps = [tap(world, codes["Kari"], "no", 525600), tap(world, codes["Ola"], "no", 525590),
            tap(world, codes["Aud"], "no", 30)]  # fmt: skip
    taken(world, activation, taps)
    assert happened(world, activation) == [60, 50, 30]


def test_an_answer_is_not_set_aside_as_older_by_a_clock_that_is_wrong(world, listed):
    activation, codes = listed
    world.later(minutes=-20)
    world.call(activation, codes["Kari"], "no")
    world.later(minutes=20)
    done = taken(world, activation, [tap(world, codes["Kari"], "yes", 300)])
    assert by_name(world, activation)["Kari"] == "yes" and done.overtaken == 0
    assert done.unsure == [("Kari", "no", "yes")]


def test_what_one_phone_tells_keeps_its_order_however_often_it_is_given_back(world, listed):
    activation, codes = listed
    first = tap(world, codes["Kari"], "no", -180, "first00")
    taken(world, activation, [first])
    world.later(hours=1)
    second = tap(world, codes["Kari"], "yes", -130, "second0")
    done = taken(world, activation, [first, second, tap(world, codes["Ola"], "no", -220)])
    assert by_name(world, activation)["Kari"] == "yes"
    assert done.overtaken == 0 and done.unsure == []


@given(data=st.data())
@settings(max_examples=200)
def test_mended_times_can_be_and_keep_the_order_of_a_clock_that_was_wrong_in_one_way(data):
    from frivillig_cli.work.beredskap.phone_clock import mend

    start = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
    window = data.draw(st.integers(0, 600))
    now = start + timedelta(minutes=window)
    true = sorted(data.draw(st.lists(st.integers(0, window), min_size=1, max_size=6)))
    by = data.draw(st.integers(-10_000, 10_000))
    taps = [
        Tap(f"tap{n}", "001-1", "no", start + timedelta(minutes=at + by), "Per")
        for n, at in enumerate(true)
    ]
    found = mend(taps, start, now, {})
    times = [one.happened for one in found.taps]
    assert all(start <= at <= now for at in times) and times == sorted(times)
    for at, one in zip(true, found.taps, strict=True):
        if one.id in found.moved:
            assert one.happened <= found.moved[one.id] <= now
            assert start + timedelta(minutes=at) <= found.moved[one.id]


def test_when_they_come_goes_with_the_time_it_was_counted_from(world, listed):
    activation, codes = listed
    ahead = world.now + timedelta(hours=3)
    typed_time = (world.now + timedelta(minutes=25)).replace(second=0) + timedelta(days=1)
    taps = [
        tap(world, codes["Kari"], "yes", -180, eta=ahead + timedelta(minutes=30)),
        tap(world, codes["Ola"], "yes", -180, "typed0", eta=typed_time),
    ]
    taken(world, activation, taps)
    etas = [datetime.fromisoformat(str(one["eta"]))
            for one in queries.attempts(world.register, activation)]  # fmt: skip
    assert etas == [world.now + timedelta(minutes=30), typed_time - timedelta(days=1)]


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


@pytest.fixture
def sheet(world, listed):
    activation, codes = listed
    return Sheet(queries.get(world.register, activation), "anne", world.now), codes


def test_a_line_of_the_sheet_is_row_letter_time_and_when_they_come(sheet):
    known, codes = sheet
    read = read_line(f"{codes['Kari']} j 0315 0410 KN", known)
    assert (read.word, read.by) == ("yes", "KN")
    assert read.happened == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    assert read.eta == datetime(2026, 11, 23, 3, 10, tzinfo=UTC)


def test_the_letters_are_those_of_the_sheet_in_both_languages(sheet):
    known, codes = sheet
    for letter, word in (("IS", "no-answer"), ("na", "no-answer"), ("fn", "wrong-number"),
                         ("S", "last-resort"), ("u", "unclear"), ("th", "home")):  # fmt: skip
        assert read_line(f"{codes['Kari']} {letter} 3.15", known).word == word


@pytest.mark.parametrize(
    "line", ["", "x", "017 j 0315", "KODE", "KODE q 0315", "KODE j", "KODE j 2515", "KODE j 0200",
             "KODE f 0315", "KODE j 0415", "KODE j 03.1.5", "KODE j igår"],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_refused_with_how_to_write_it(sheet, line):
    known, codes = sheet
    with pytest.raises(InvalidValueError) as refused:
        read_line(line.replace("KODE", codes["Kari"]), known)
    assert refused.value.hint


def test_a_time_without_a_date_is_the_only_one_there_has_been(world, sheet):
    known, codes = sheet
    world.later(days=2)
    later = Sheet(known.activation, "anne", world.now)
    with pytest.raises(InvalidValueError, match="more than once"):
        read_line(f"{codes['Kari']} j 0315", later)
    dated = read_line(f"{codes['Kari']} j 2026-11-24T03:15", later)
    given_day = Sheet(known.activation, "anne", world.now, date(2026, 11, 24))
    assert read_line(f"{codes['Kari']} j 0315", given_day).happened == dated.happened


def test_the_hour_that_comes_twice_is_not_guessed():
    with pytest.raises(InvalidValueError, match="comes twice"):
        read_line("001-1 j 0230", _night())
    assert read_line("001-1 j 2026-10-25T02:30+01:00", _night()).happened.hour == 1


def _night():
    from types import SimpleNamespace

    began = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    head = SimpleNamespace(started=began.isoformat(), number="2026-R-001")
    return Sheet(head, "anne", began + timedelta(hours=5))


def test_the_same_sheet_twice_adds_nothing(world, listed, sheet):
    activation, codes = listed
    known, _codes = sheet
    text = f"{codes['Kari']} j 0312 0410 KN\n\n{codes['Ola']} is ?\n"
    lines = [one for one in read_lines(text, known) if isinstance(one, Tap)]
    assert len(taken(world, activation, lines, "paper").new) == 2
    world.later(minutes=5)
    again = list(read_lines(text, Sheet(known.activation, "anne", world.now)))
    assert taken(world, activation, again, "paper").known == 2


def test_the_sheets_for_who_came_and_went_are_taken_in_too(world, listed, sheet):
    activation, codes = listed
    known, _codes = sheet
    text = "".join(f"{codes['Kari']} {line}\n" for line in ("j 0311", "pp 0312", "di 0313",
                                                             "th 0314"))  # fmt: skip
    taken(world, activation, list(read_lines(text, known)), "paper")
    assert world.view(activation).out == []

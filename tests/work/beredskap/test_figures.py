"""What a call-out came to, in figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import during_queries, queries
from frivillig_cli.records.activation.model import LogEntry
from frivillig_cli.work.beredskap import report, steps
from frivillig_cli.work.beredskap.elapsed import Clock
from frivillig_cli.work.beredskap.exercises import compared, due_by
from frivillig_cli.work.beredskap.figure_lines import figure_rows, measured_against
from frivillig_cli.work.beredskap.figures import count, time_class


@pytest.fixture
def listed(world, group):
    """Four people who can be called and one who cannot; two are needed."""
    for n in range(4):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    world.person("Uten nummer", group=group)
    return world.activate(needs={None: 2})


def figures(world, activation):
    seen = world.view(activation)
    attempts = queries.attempts(world.register, activation)
    log = queries.log(world.register, activation)
    came = during_queries.arrivals(world.register, activation)
    return count(seen.activation, seen.rows, seen.needs, attempts, log, came)


def test_nothing_has_happened_yet(world, listed):
    found = figures(world, listed)
    assert (found.roster, found.eligible, found.excluded, found.attempted) == (5, 4, 1, 0)
    assert found.yes_rate is None and found.to_first_attempt is None
    assert [one.reached for one in found.reach] == [0, 0, 0, 0]
    assert found.reach[0].of_attempted is None


def test_how_many_were_reached_when_and_how_fast(world, listed):
    world.later(minutes=5)
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=4)
    world.call(listed, "Person 1", "no")
    world.later(minutes=11)
    world.call(listed, "Person 2", "yes")
    world.later(minutes=45)
    world.call(listed, "Person 0", "yes")
    world.later(minutes=30)
    with world.change() as register:
        for name in ("Person 2", "Person 0"):
            steps.arrive(register, listed, name, by="anne", at=None, now=world.now)
    found = figures(world, listed)
    assert (found.attempted, found.reached, found.yes, found.on_site) == (3, 3, 2, 2)
    assert [one.reached for one in found.reach] == [1, 2, 2, 3]
    assert (found.reach[1].of_eligible, found.reach[1].of_attempted) == (50.0, 66.7)
    assert (found.to_first_attempt, found.to_first_yes) == (300, 900)
    assert found.needs[0].seconds == 60 * 60
    assert found.to_last_on_site == 95 * 60
    assert (found.attempts, found.attempts_per_reached, found.yes_rate) == (4, 1.3, 66.7)


def test_an_answer_after_the_stand_down_is_counted_apart(world, listed):
    world.call(listed, "Person 0", "yes")
    with world.change() as register:
        steps.end(register, listed, by="anne", force=False, reason=None, now=world.now)
    world.call(listed, "Person 1", "yes")
    assert (figures(world, listed).late, figures(world, listed).yes) == (1, 1)


def test_a_clock_that_went_back_gives_no_negative_time(world, listed):
    world.later(minutes=30)
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=-40)
    world.call(listed, "Person 1", "yes")
    found = figures(world, listed)
    times = (found.to_first_attempt, found.to_first_yes, found.to_last_on_site)
    assert all(time is None or time >= 0 for time in times)


def test_numbers_that_are_wrong_single_and_old_are_counted(world, listed):
    world.call(listed, "Person 0", "wrong-number")
    found = figures(world, listed)
    assert (found.wrong_numbers, found.one_number, found.not_verified) == (1, 4, 4)


@pytest.mark.parametrize(
    ("hour", "day", "word"),
    [(2, 23, "night"), (9, 23, "working_hours"), (17, 23, "evening"), (6, 23, "morning"),
     (11, 28, "weekend"), (23, 28, "night")],
)  # fmt: skip
def test_the_time_of_the_day_is_norways(hour, day, word):
    assert time_class(datetime(2026, 11, day, hour, 30, tzinfo=UTC)) == word


def test_kinds_are_never_compared_with_each_other(world, group):
    world.person("Kari", "+4790111222", group=group)
    world.activate(title="Flom")
    world.activate(title="Øving", kind="exercise")
    called_off = world.activate(title="Feil", kind="exercise")
    with world.change() as register:
        steps.cancel(register, called_off, by="anne", reason="feil", now=world.now)
    for kind, title in (("exercise", "Øving"), ("real", "Flom")):
        found = compared(world.register, kind, world.now)
        assert [one.title for one, _figures in found] == [title]


def test_the_next_exercise_is_due_two_years_after_the_last():
    from datetime import date

    assert due_by(date(2026, 11, 23)) == date(2028, 11, 23)
    assert due_by(date(2028, 2, 29)) == date(2030, 3, 1)


def come_and_go(world, activation, *names):
    for to in ("on_site", "home_safe"):
        for name in names:
            with world.change() as register:
                more = () if to == "on_site" else (to,)
                step = steps.arrive if to == "on_site" else steps.leave
                step(register, activation, name, *more, by="anne", at=None, now=world.now)
        world.later(minutes=10)


def end(world, activation):
    with world.change() as register:
        return steps.end(register, activation, by="anne", force=False, reason=None, now=world.now)


def reopen(world, activation):
    with world.change() as register:
        steps.reopen(register, activation, by="anne", reason="elva stiger", now=world.now)


@pytest.fixture
def twice(world, listed):
    """Two come and go home; four hours later one more comes, one says no, and it ends again."""
    for name in ("Person 0", "Person 1"):
        world.later(minutes=5)
        world.call(listed, name, "yes")
    world.later(minutes=10)
    come_and_go(world, listed, "Person 0", "Person 1")
    assert end(world, listed).activation.state == "closed"
    world.later(hours=4)
    reopen(world, listed)
    world.call(listed, "Person 2", "yes")
    world.call(listed, "Person 0", "no")
    come_and_go(world, listed, "Person 2")
    end(world, listed)
    return listed


def test_what_an_ended_episode_came_to_is_in_the_figures_when_it_is_over_again(world, twice):
    found = report.gather(world.register, twice, world.now).figures
    assert (found.attempted, found.reached, found.yes, found.on_site) == (3, 3, 3, 3)
    assert (found.to_last_on_site, found.needs[0].seconds) == (20 * 60, 5 * 60)
    assert [(one.episode, one.attempted, one.reached, one.yes, one.on_site)
            for one in found.episodes] == [(1, 2, 2, 2, 2), (2, 2, 2, 1, 1)]  # fmt: skip


def test_each_episode_says_how_the_need_stood_when_it_ended_and_which_one_covered_it(world, twice):
    found = report.gather(world.register, twice, world.now).figures
    (need,) = found.needs
    stood = world.view(twice).needs[0]
    assert (need.confirmed, need.met) == (stood.confirmed, stood.met) == (0, 1)  # of the last
    assert (need.most, need.most_of, need.episode, need.seconds) == (2, 2, 1, 5 * 60)
    ended = queries.get(world.register, twice).ended
    assert ended and found.episodes[-1].ended == ended
    assert [(one.needs[0].confirmed, one.needs[0].met) for one in found.episodes] == [
        (0, 2),
        (0, 1),
    ]
    told = dict(figure_rows(found))
    assert told["Need, episode 2"] == "anyone 0/2 (1/2 before they left)"
    assert told["From first call until the need was covered"] == "5 min (episode 1)"
    assert told["Episode 1"].endswith(" · anyone 0/2 (2/2 before they left)")
    assert told["Episode 2"].endswith(" · anyone 0/2 (1/2 before they left)")


def test_a_call_out_of_one_episode_says_how_its_need_stands(world, listed):
    world.call(listed, "Person 0", "yes")
    end(world, listed)
    told = dict(figure_rows(report.gather(world.register, listed, world.now).figures))
    assert told["Need"] == "anyone 1/2"
    assert told["From first call until the need was covered"] == "not covered: 1 of 2"


def test_what_stood_before_it_was_opened_again_stays_and_is_shown(world, twice):
    seen = world.view(twice)
    (before,) = seen.past
    assert before.tally["home_safe"] == 2 and before.tally["called"] == 2
    assert [(need.confirmed, need.met) for need in before.needs] == [(0, 2)]  # both had left
    assert (seen.tally["called"], seen.tally["no"], seen.tally["home_safe"]) == (2, 1, 1)
    told = report.gather(world.register, twice, world.now)
    (_before, rows), (_now, everybody) = told.people
    assert [(row.name, row.answer) for row in rows] == [("Person 0", "yes"), ("Person 1", "yes")]
    assert len(everybody) == 4
    assert ["elva stiger" in one.text for one in told.opened_again] == [True]
    with pytest.raises(RefusedError, match="never rewritten"), world.change() as register:
        register.update("episode", 1, ended="x")


def test_a_reopening_in_the_stand_down_is_the_same_episode(world, listed):
    world.call(listed, "Person 0", "yes")
    assert end(world, listed).activation.state == "standing_down"
    reopen(world, listed)
    assert world.view(listed).past == []


def test_a_time_across_a_clock_that_was_set_back_goes_by_the_order_of_the_log(world, listed):
    world.later(minutes=6)
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=14)
    world.call(listed, "Person 3", "busy")
    world.later(hours=-5)
    world.call(listed, "Person 1", "yes")
    world.later(minutes=20)
    world.call(listed, "Person 2", "yes")
    with world.change() as register:
        steps.arrive(register, listed, "Person 1", by="anne", at=None, now=world.now)
    found = figures(world, listed)
    assert (found.to_first_attempt, found.to_first_yes) == (6 * 60, 14 * 60)
    assert (found.needs[0].seconds, found.needs[0].at_least) == (34 * 60, True)
    assert found.to_last_on_site == 40 * 60
    assert found.at_least == ("to_first_yes", "to_last_on_site")
    (back,) = found.set_back
    assert datetime.fromisoformat(back.before) - datetime.fromisoformat(back.after) == timedelta(
        hours=5
    )
    said = dict(figure_rows(found))
    assert said["From first call to first yes"] == "at least 14 min"
    assert "23 November 2026 03:30" in said["The computer’s clock was set back"]
    assert "–" not in said.values()


@pytest.mark.parametrize("jump", [-5, 5])
def test_a_clock_that_was_wrong_for_a_while_adds_no_hours(world, listed, jump):
    world.call(listed, "Person 0", "no-answer")
    world.later(hours=jump)
    world.call(listed, "Person 3", "busy")
    world.later(hours=-jump, minutes=3)
    world.call(listed, "Person 1", "yes")
    world.call(listed, "Person 2", "yes")
    with world.change() as register:
        steps.arrive(register, listed, "Person 1", by="anne", at=None, now=world.now)
    found = figures(world, listed)
    assert (found.to_first_yes, found.to_last_on_site, found.needs[0].seconds) == (180, 180, 180)
    assert found.at_least == ("to_first_yes", "to_last_on_site")
    assert found.reach[0].reached == 2, "within a quarter of an hour, for all that is known"


def test_a_clock_that_was_ahead_until_it_was_put_right_gives_no_exact_times(world, listed):
    world.later(minutes=6)
    world.call(listed, "Person 0", "no-answer")
    world.later(hours=5, minutes=4)
    world.call(listed, "Person 1", "yes")
    world.call(listed, "Person 2", "yes")
    with world.change() as register:
        steps.arrive(register, listed, "Person 1", by="anne", at=None, now=world.now)
    before = figures(world, listed)  # nobody knows yet
    assert not any("at most" in text for _label, text in figure_rows(before))
    assert (before.to_first_yes, before.at_least) == (5 * 3600 + 4 * 60, ())
    world.later(hours=-5, minutes=3)
    world.call(listed, "Person 3", "busy")
    found = figures(world, listed)
    assert (found.to_first_attempt, found.to_first_yes) == (360, 0)
    assert (found.to_last_on_site, found.needs[0].seconds) == (360, 0)
    assert found.at_least == ("to_first_yes", "to_last_on_site") and found.needs[0].at_least
    assert found.reach[0].reached == 2, "within a quarter of an hour, for all that is known"
    said = dict(figure_rows(found))
    assert said["From first call to first yes"] == "not known: the clock was set back"
    assert said["From decision until the last one had come"] == "at least 6 min"
    assert said["Reached within 15 minutes"].startswith("at most 2: ")
    aims = list(measured_against(found, report.Target(90, 60)))
    assert [("at most 50 %" in one or "at most 66.7 %" in one) for one in aims] == [
        True, False, True, True,
    ]  # fmt: skip
    assert found.to_json()["reach"][0]["at_most"]
    assert "not certain either" in said["The computer’s clock was set back"]


def test_what_happened_while_the_clock_was_ahead_all_the_time_is_exact(world, listed):
    world.call(listed, "Person 0", "no-answer")
    world.later(minutes=4)
    world.call(listed, "Person 1", "yes")
    world.later(hours=-5)
    world.call(listed, "Person 3", "busy")
    assert (figures(world, listed).to_first_yes, figures(world, listed).at_least) == (240, ())


def test_who_was_on_site_came_whatever_they_said_or_did_since(world, listed):
    def move(to):
        world.later(minutes=5)
        with world.change() as register:
            if to == "on_site":
                steps.arrive(register, listed, "Person 0", by="anne", at=None, now=world.now)
            else:
                steps.leave(register, listed, "Person 0", to, by="anne", at=None, now=world.now)

    world.call(listed, "Person 0", "yes")
    move("on_site")
    before = figures(world, listed)
    assert (before.on_site, before.to_last_on_site) == (1, 300)
    move("home_safe")
    world.call(listed, "Person 0", "yes")  # a second shift
    assert (figures(world, listed).on_site, figures(world, listed).to_last_on_site) == (1, 300)
    move("no_show")
    again = figures(world, listed)
    assert (again.on_site, again.no_show) == (1, 1)


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=12))
def test_no_time_is_negative_and_what_comes_later_is_never_earlier(passed):
    at, log = datetime(2026, 11, 23, 2, 10, tzinfo=UTC), []
    for seq, minutes in enumerate(passed, 1):
        at += timedelta(minutes=minutes)
        log.append(entry(seq, at))
    clock = Clock(log)
    moments = clock.entries(log)
    assert all(one.at <= other.at for one, other in pairwise(moments))
    assert len(clock.set_back) == sum(minutes < 0 for minutes in passed[1:])
    attempts = [
        {"id": one.seq, "registered": one.registered, "happened": one.happened} for one in log
    ]
    told = clock.attempts(attempts)
    assert all(one.at <= other.at for one, other in pairwise(told.values()))


def entry(seq, at):
    stamp = at.isoformat()
    return LogEntry(seq, stamp, stamp, "call", None, None, "x", "anne", None, None, "", "")

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.work.beredskap import group_answers, steps

KARI, OLA = "+4790111222", "+4790111223"


@pytest.fixture
def out(world, group):
    """An activation that Kari (1) has said yes to; Ola (2) has not been called."""
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=group)
    new = world.activate()
    world.call(new, 1, "yes")
    return new


def end(world, activation, force=False, reason=None):
    with world.change() as register:
        return steps.end(
            register, activation, by="anne", force=force, reason=reason, now=world.now
        ).activation.state


def move(world, step, activation, who, *more, **named):
    with world.change() as register:
        named.setdefault("at", None)
        return step(register, activation, who, *more, by="anne", now=world.now, **named)[0]


def test_it_stands_down_until_everyone_is_home(world, out):
    assert end(world, out) == "standing_down"
    before = queries.log(world.register, out)
    with pytest.raises(RefusedError) as refused:
        end(world, out)
    assert "Kari" in refused.value.rows[0]
    assert queries.log(world.register, out) == before
    assert move(world, steps.leave, out, "kari", "released").deployment == "released"
    with pytest.raises(RefusedError):
        end(world, out)
    move(world, steps.leave, out, "kari", "home_safe")
    assert end(world, out) == "closed"
    assert world.view(out).activation.ended


def test_it_is_closed_at_once_where_nobody_is_called_in(world, group):
    world.person("Kari", KARI, group=group)
    assert end(world, world.activate()) == "closed"


def test_force_needs_a_reason_and_names_those_who_are_out(world, out):
    end(world, out)
    with pytest.raises(RefusedError):
        end(world, out, force=True, reason=" ")
    assert end(world, out, force=True, reason="strømbrudd") == "closed"
    assert "strømbrudd" in queries.log(world.register, out)[-1].text
    assert "Kari" in queries.log(world.register, out)[-1].text


def test_what_is_closed_is_not_closed_again(world, group):
    world.person("Kari", KARI, group=group)
    new = world.activate()
    end(world, new)
    before = world.view(new)
    with pytest.raises(RefusedError, match="closed"):
        end(world, new, force=True, reason="x")
    assert world.view(new) == before


def test_a_new_episode_calls_everybody_anew_and_rewrites_nothing(world, group):
    world.person("Kari", KARI, group=group)
    new = world.activate(needs={None: 1})
    world.call(new, 1, "no")
    end(world, new)
    with world.change() as register:
        steps.reopen(register, new, by="anne", reason="elva stiger igjen", now=world.now)
    seen = world.view(new).activation
    assert (seen.state, seen.episode, seen.ended) == ("active", 2, None)
    assert world.next(new).row.person_id == 1
    assert world.call(new, 1, "yes").decided.answer == "yes"
    assert [one["episode"] for one in queries.attempts(world.register, new)] == [1, 2]


def test_one_forced_closed_while_out_is_still_out_when_it_is_opened_again(world, out):
    end(world, out, force=True, reason="x")
    with world.change() as register:
        steps.reopen(register, out, by="anne", reason="y", now=world.now)
    assert [row.name for row in world.view(out).out] == ["Kari"]


def cancel(world, activation, reason="feil knapp"):
    with world.change() as register:
        seen = steps.cancel(register, activation, by="anne", reason=reason, now=world.now)
    return seen.activation.state


def test_what_is_cancelled_stays_so_and_nothing_follows(world, out):
    world.call(out, 1, "no")
    assert cancel(world, out) == "cancelled"
    assert world.call(out, 2, "yes").decided.late  # one who rings back
    with pytest.raises(RefusedError, match="cancelled"):
        world.next(out)
    with pytest.raises(RefusedError), world.change() as register:
        steps.reopen(register, out, by="anne", reason="x", now=world.now)


def test_it_is_not_cancelled_before_those_who_are_out_are_told_and_home(world, out):
    move(world, steps.arrive, out, "kari")
    assert cancel(world, out) == "standing_down"
    assert "Kari" in queries.log(world.register, out)[-1].text
    with pytest.raises(RefusedError, match="standing down"):  # nobody more is called
        world.next(out)
    with pytest.raises(RefusedError) as refused:
        cancel(world, out)
    assert "Kari" in refused.value.rows[0] and "cancel --reason" in refused.value.hint
    assert world.call(out, 2, "yes").decided.late
    move(world, steps.leave, out, "kari", "home_safe")
    assert cancel(world, out) == "cancelled"
    assert world.view(out).activation.ended


def test_a_group_that_promised_without_names_is_told_before_it_is_cancelled(world, out, group):
    move(world, steps.leave, out, "kari", "home_safe")
    with world.change() as register:
        promise = group_answers.Promise(2, "anne")
        group_answers.record(register, out, group, promise, now=world.now)
    assert cancel(world, out) == "standing_down"
    with pytest.raises(RefusedError) as refused:
        cancel(world, out)
    assert "1 without a name" in refused.value.rows[-1]


def test_reopening_what_is_active_is_refused(world, out):
    with pytest.raises(RefusedError), world.change() as register:
        steps.reopen(register, out, by="anne", reason="x", now=world.now)


def test_one_who_comes_without_having_answered_has_said_yes(world, out):
    row = move(world, steps.arrive, out, "ola")
    assert (row.answer, row.deployment, row.contact) == ("yes", "on_site", "reached")


def test_nobody_comes_twice_and_nobody_leaves_who_was_not_called_in(world, out):
    move(world, steps.arrive, out, "kari")
    with pytest.raises(RefusedError, match="already"):
        move(world, steps.arrive, out, "kari")
    with pytest.raises(RefusedError, match="not called in"):
        move(world, steps.leave, out, "ola", "released")


def test_an_answer_never_moves_one_who_is_on_site(world, out):
    move(world, steps.arrive, out, "kari")
    world.call(out, 1, "unclear")
    assert world.row(out, 1).deployment == "on_site"


def test_leaving_out_by_hand_is_named_and_can_be_taken_back(world, out):
    def choose(step, who, reason=None):
        with world.change() as register:
            return step(register, out, who, by="anne", reason=reason, now=world.now)

    with pytest.raises(RefusedError, match="called in"):
        choose(steps.exclude, "kari")
    choose(steps.exclude, "ola", "bor for langt unna")
    assert world.row(out, 2).reason == "manual"
    assert "bor for langt unna" in queries.log(world.register, out)[-1].text
    choose(steps.include, "ola")
    assert world.row(out, 2).selection == "eligible"


def test_including_against_a_reason_needs_one_and_a_minor_is_never_taken_in(world, group):
    world.person("Ute", KARI, group=group, opted_out_until="2026-12-31")
    world.person("Ung", KARI, group=group, minor=1)
    stranger = world.person("Ny", OLA)
    new = world.activate()

    def include(who, reason=None):
        with world.change() as register:
            return steps.include(register, new, who, by="anne", reason=reason, now=world.now)[0]

    with pytest.raises(RefusedError):
        include("Ute")
    assert include("Ute", "har sagt ja i dag").selection == "eligible"
    with pytest.raises(RefusedError):
        include("Ung", "trengs")
    assert include("Ny").person_id == stranger
    with pytest.raises(RefusedError, match="already"):
        include("Ny")


def test_a_correction_points_at_a_line_that_is_there_and_the_line_stays(world, out):
    def write(**more):
        with world.change() as register:
            entry = NewEntry("correction", "Vannet står 2 m", "anne", **more)
            return steps.write_log(register, out, entry, now=world.now)

    assert write(supersedes=1).supersedes == 1
    assert queries.log(world.register, out)[0].seq == 1
    with pytest.raises(RefusedError, match="no entry 99"):
        write(supersedes=99)


def test_one_who_never_came_is_missing_again_and_the_reserve_is_asked(world, group):
    kari, ola = world.person("Kari", KARI, group=group), world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 1})
    world.call(new, kari, "yes")
    assert world.call(new, ola, "yes").decided.answer == "reserve"
    with world.change() as register:
        steps.leave(register, new, str(kari), "no_show", by="anne", at=None, now=world.now)
    assert [need.confirmed for need in world.view(new).needs] == [0]
    assert world.next(new).row.person_id == ola
    assert world.call(new, ola, "no").view.covered is False
    # They come after all.
    with world.change() as register:
        row, after = steps.arrive(register, new, str(kari), by="anne", at=None, now=world.now)
    assert row.deployment == "on_site" and after.covered


def test_one_who_did_not_come_and_says_yes_again_is_on_the_way(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate(needs={None: 1})
    world.call(new, kari, "yes")
    with world.change() as register:
        steps.leave(register, new, str(kari), "no_show", by="anne", at=None, now=world.now)
    done = world.call(new, kari, "yes")
    assert (done.row.deployment, done.view.covered) == ("on_way", True)


@pytest.mark.parametrize("step", ["end", "stand down", "cancel"])
def test_nobody_is_being_called_once_it_is_over(world, group, step):
    kari = world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=group)
    new = world.activate(needs={None: 2})
    world.call(new, "Ola", "yes" if step == "stand down" else "no")
    world.next(new)
    assert world.row(new, kari).contact == "calling"
    if step == "cancel":
        with world.change() as register:
            steps.cancel(register, new, by="anne", reason="feil", now=world.now)
    else:
        end(world, new)
    row = world.row(new, kari)
    assert (row.contact, row.lease_by, row.lease_until) == ("pending", None, None)
    if step != "cancel":
        world.call(new, kari, "no", caller="per")  # what came of the call is still written down
        assert world.row(new, kari).answer == "no"

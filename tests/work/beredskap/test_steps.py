from __future__ import annotations

from datetime import timedelta

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.records.activation.actions import NewEntry
from frivillig_cli.work.beredskap import changes, group_answers, steps

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
    with pytest.raises(RefusedError, match="1 without a name"):
        cancel(world, out)


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


@pytest.fixture
def three(world, group):
    """Two are needed; Kari (1) and Ola (2) have said yes, and Per (3) has not been called."""
    for name, number in (("Kari", KARI), ("Ola", OLA), ("Per", "+4790111224")):
        world.person(name, number, group=group)
    new = world.activate(needs={None: 2})
    world.call(new, 1, "yes")
    world.call(new, 2, "yes")
    return new


def confirmed(world, activation):
    return [need.confirmed for need in world.view(activation).needs]


@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_one_who_has_left_covers_nothing_and_the_next_is_called(world, three, to):
    move(world, steps.leave, three, "kari", to)
    assert confirmed(world, three) == [1] and not world.view(three).covered
    assert world.view(three).tally == {"called": 2, "yes": 1, to: 1, "pending": 1}
    assert world.next(three).row.name == "Per"
    assert world.call(three, 3, "yes").decided.answer == "yes"
    assert confirmed(world, three) == [2]


def test_one_who_had_left_and_says_yes_again_is_on_the_way_if_there_is_room(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    done = world.call(three, 1, "yes")
    assert (done.row.answer, done.row.deployment, done.view.covered) == ("yes", "on_way", True)
    move(world, steps.leave, three, "kari", "released")
    world.call(three, 3, "yes")
    done = world.call(three, 1, "yes")
    # They are not needed, and must still be reported home.
    assert (done.row.answer, done.row.deployment) == ("reserve", "released")
    assert confirmed(world, three) == [2]


def test_one_who_had_left_and_comes_back_does_not_overshoot_the_need(world, three):
    move(world, steps.leave, three, "kari", "released")
    world.call(three, 3, "yes")
    row = move(world, steps.arrive, three, "kari")
    assert (row.answer, row.deployment) == ("reserve", "on_site")
    assert confirmed(world, three) == [2]


def test_one_who_went_home_and_can_come_later_is_told_when_it_is_over(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    world.call(three, 1, "later", eta=world.now + timedelta(hours=3))
    assert [row.name for row in world.view(three).out] == ["Kari", "Ola"]


def test_the_need_that_grows_is_not_filled_by_one_who_has_left(world, three):
    with world.change() as register:
        changes.need(register, three, {None: 0}, by="anne", now=world.now)
    move(world, steps.leave, three, "kari", "home_safe")
    with world.change() as register:
        after = changes.need(register, three, {None: 2}, by="anne", now=world.now)
    assert [need.open for need in after.needs] == [1]


def test_what_was_met_is_told_when_it_is_over_and_what_is_missing_when_it_opens_again(world, three):
    end(world, three)
    for name in ("kari", "ola"):
        move(world, steps.leave, three, name, "home_safe")
    assert confirmed(world, three) == [2]
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [0]


def called_off(world, activation):
    with world.change() as register:
        return steps.cancel(register, activation, by="anne", reason="feil", now=world.now)


@pytest.mark.parametrize("stop", [end, called_off])
@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_neither_the_end_nor_a_calling_off_changes_what_is_met(world, three, to, stop):
    move(world, steps.leave, three, "kari", to)
    assert confirmed(world, three) == [1]
    stop(world, three)
    assert confirmed(world, three) == [1]
    if to == "released":
        move(world, steps.leave, three, "kari", "home_safe")
    move(world, steps.leave, three, "ola", "home_safe")
    assert confirmed(world, three) == [1]  # Ola was there to the end
    stop(world, three)
    assert confirmed(world, three) == [1]
    (need,) = world.view(three).needs
    assert need.met == (1 if to == "no_show" else 2)


def test_how_many_have_said_yes_is_the_same_when_it_ends(world, group):
    for name, number in (("Kari", KARI), ("Ola", OLA)):
        world.person(name, number, group=group)
    new = world.activate()
    for who in (1, 2):
        world.call(new, who, "yes")
    move(world, steps.leave, new, "kari", "home_safe")
    assert world.view(new).counted == 1
    end(world, new)
    assert world.view(new).counted == 1


def test_what_those_filled_who_left_in_the_stand_down_is_open_when_it_opens_again(world, three):
    move(world, steps.arrive, three, "kari")
    end(world, three)
    move(world, steps.leave, three, "kari", "released")
    with world.change() as register:
        steps.end(register, three, by="anne", force=True, reason="x", now=world.now)
    assert confirmed(world, three) == [2]
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [1]  # Ola is on the way, and Kari on the way home
    assert [need.confirmed for need in world.view(three).past[0].needs] == [2]


@pytest.mark.parametrize("to", ["released", "home_safe", "no_show"])
def test_a_yes_that_is_taken_back_leaves_them_where_they_had_gone(world, three, to):
    move(world, steps.leave, three, "kari", to)
    world.later(minutes=1)
    world.call(three, 1, "yes")
    with world.change() as register:
        changes.take_back(register, three, "1", by="anne", now=world.now)
    assert (world.row(three, 1).deployment, confirmed(world, three)) == (to, [1])


@pytest.mark.parametrize("to", ["released", "home_safe"])
@pytest.mark.parametrize(("ended_first", "stands"), [(True, 2), (False, 1)])
def test_an_answer_that_is_taken_back_in_the_stand_down_changes_nothing_of_what_was_met(
    world, three, to, ended_first, stands
):
    for ends in (True, False):
        world.later(minutes=1)
        if ends == ended_first:
            end(world, three)
        else:
            move(world, steps.leave, three, "kari", to)
    world.later(minutes=1)
    world.call(three, 1, "later")
    with world.change() as register:
        changes.take_back(register, three, "1", by="anne", now=world.now)
    assert (world.row(three, 1).deployment, confirmed(world, three)) == (to, [stands])


def test_one_who_comes_back_in_the_stand_down_counts_when_people_are_called_in_again(world, three):
    move(world, steps.leave, three, "kari", "home_safe")
    world.call(three, 3, "yes")
    end(world, three)
    move(world, steps.arrive, three, "kari")
    assert confirmed(world, three) == [2] and world.view(three).counted == 2
    with world.change() as register:
        steps.reopen(register, three, by="anne", reason="x", now=world.now)
    assert confirmed(world, three) == [2]
    with world.change() as register:
        changes.need(register, three, {None: 3}, by="anne", now=world.now)
    assert confirmed(world, three) == [3] and world.row(three, 1).need_id


def taken_in(world, new, who, reason="trengs"):
    with world.change() as register:
        steps.include(register, new, str(who), by="anne", reason=reason, now=world.now)
    activation = queries.get(world.register, new)
    return activation, queries.log(world.register, new)[-1].text


def test_who_pays_is_to_be_settled_when_one_outside_the_agreement_is_taken_in(world, group):
    world.person("Kari", KARI, group=group)
    old = world.org("Lier Røde Kors")
    world.agreement(old, to_date="2026-10-31", event_payer="municipality")
    bare = world.group(world.org("Grannehjelp"), "Naboer")
    for outside in (
        world.person("Ola", OLA, group=world.group(old, "Vakt")),
        world.person("Per", "+4790111333", group=bare),
        world.person("Ny", "+4790111444"),
    ):
        new = world.activate(f"Brann {outside}", groups=(group,))
        assert queries.get(world.register, new).payer == "municipality"
        activation, said = taken_in(world, new, outside)
        assert activation.payer == "to_be_settled"
        assert "to be settled" in said and world.row(new, outside).name in said
        assert [one["id"] for one in activation.agreements] == [1]


def test_the_agreement_of_one_who_is_taken_in_joins_those_of_the_call_out(world, group):
    kari = world.person("Kari", KARI, group=group)
    other = world.org("Lier Røde Kors")
    theirs = world.agreement(other, event_payer="municipality")
    ola = world.person("Ola", OLA, group=world.group(other, "Vakt"))
    dear = world.org("Grannehjelp")
    world.agreement(dear, event_payer="association")
    per = world.person("Per", "+4790111333", group=world.group(dear, "Naboer"))
    same = world.person("Eva", "+4790111444", group=world.group(1, "Kokker"))
    new = world.activate(groups=(group,))
    activation, said = taken_in(world, new, same)
    assert activation.payer == "municipality" and "Eva is taken in" in said
    activation, said = taken_in(world, new, ola)
    assert activation.payer == "municipality" and f"agreement {theirs}" in said
    assert [one["id"] for one in activation.agreements] == [1, theirs]
    activation, said = taken_in(world, new, per)
    assert activation.payer == "to_be_settled" and "to be settled" in said
    with world.change() as register:
        steps.exclude(register, new, str(kari), by="anne", reason=None, now=world.now)
    activation, said = taken_in(world, new, kari)
    assert "Kari is taken in" in said


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

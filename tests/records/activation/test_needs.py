from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.records.activation.needs import (
    Need,
    Placed,
    covered,
    how_many_to_call,
    most_filled,
    place,
    useful,
)

SKILLS = ("omsorg", "sjåfør", "mat")


def answer_all(people, wanted):
    """Let everybody say yes in turn; returns {person: need id} of those who count."""
    placed: dict[int, Placed] = {}
    for number, skills in enumerate(people):
        confirmed = {n: sum(p.need_id == n for p in placed.values()) for n, _s, _k in wanted}
        needs = [Need(n, skill, needed, confirmed[n]) for n, skill, needed in wanted]
        moves = place(number, skills, needs, placed)
        for person, need_id in (moves or {}).items():
            placed[person] = Placed(need_id, people[person])
    return placed


def test_a_person_counts_for_one_need_only():
    placed = answer_all([("omsorg", "sjåfør")], [(1, "omsorg", 1), (2, "sjåfør", 1)])
    assert len(placed) == 1


def test_a_yes_when_the_need_is_covered_counts_for_nothing():
    placed = answer_all([("omsorg",), ("omsorg",)], [(1, "omsorg", 1)])
    assert list(placed) == [0]


def test_one_who_can_do_two_things_steps_over_for_one_who_can_do_one():
    placed = answer_all([("omsorg", "sjåfør"), ("omsorg",)], [(1, "omsorg", 1), (2, "sjåfør", 1)])
    assert {p: seat.need_id for p, seat in placed.items()} == {0: 2, 1: 1}


def test_skills_are_compared_without_case_and_accents():
    assert answer_all([("Sjåfør",)], [(1, "SJAFOR", 1)])


def test_need_zero_is_covered_and_no_need_is_never_covered():
    assert covered([Need(1, None, 0)])
    assert not covered([])
    assert not useful(["mat"], [Need(1, None, 0)])
    assert useful([], [])


people_st = st.lists(st.sets(st.sampled_from(SKILLS), max_size=3).map(tuple), max_size=5)
needs_st = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@settings(max_examples=150)
@given(people_st, needs_st)
def test_as_many_needs_are_met_as_can_be_and_never_more(people, numbers):
    wanted = list(zip((1, 2, 3, 4), (*SKILLS, None), numbers, strict=True))
    placed = answer_all(people, wanted)
    for need_id, skill, needed in wanted:
        own = [seat for seat in placed.values() if seat.need_id == need_id]
        assert len(own) <= needed
        assert all(skill is None or skill in seat.skills for seat in own)
    seats = [(n, skill) for n, skill, needed in wanted for _ in range(needed)]
    best = 0
    for order in permutations(range(len(people))):
        left, met = list(seats), 0
        for person in order:
            fit = next((s for s in left if s[1] in people[person]), None) or next(
                (s for s in left if s[1] is None), None
            )
            if fit:
                left.remove(fit)
                met += 1
        best = max(best, met)
    assert len(placed) >= best


def test_half_are_thought_to_say_yes_until_more_is_known():
    needs = [Need(1, None, 6)]
    assert how_many_to_call(needs, 0, 0) == 12
    assert how_many_to_call(needs, 8, 8) < 8
    assert how_many_to_call([Need(1, None, 2, 2)], 8, 8) == 0


@given(st.data())
@settings(max_examples=150)
def test_what_can_be_filled_at_most_is_the_best_of_all_orders(data):
    wanted = {
        skill: data.draw(st.integers(0, 3)) for skill in data.draw(st.sets(st.sampled_from(SKILLS)))
    }
    needs = [Need(n, skill, many) for n, (skill, many) in enumerate(wanted.items(), start=1)]
    if data.draw(st.booleans()):
        needs.append(Need(9, None, data.draw(st.integers(0, 2))))
    people = data.draw(
        st.lists(st.sets(st.sampled_from(SKILLS), max_size=2).map(tuple), max_size=4)
    )
    left = {skills: people.count(skills) for skills in people}
    assert most_filled(needs, left) == _best(needs, people)


def _best(needs, people):
    """Tried all ways: each is given to one of the needs, or to none."""
    if not people:
        return 0
    skills, *others = people
    best = _best(needs, others)
    for n, need in enumerate(needs):
        if need.open and (need.skill is None or need.skill in skills):
            rest = [*needs[:n], Need(need.id, need.skill, need.needed - 1), *needs[n + 1 :]]
            best = max(best, 1 + _best(rest, others))
    return best

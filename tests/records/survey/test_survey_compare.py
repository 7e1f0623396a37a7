from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.records.survey.compare import ERASE, compare, confirms
from frivillig_cli.records.survey.model import Outcome

values = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))


@pytest.mark.parametrize(
    ("base", "answer", "current", "outcome"),
    [
        ("a", "a", "a", Outcome.UNCHANGED),
        ("a", "b", "a", Outcome.APPLIED),
        (None, "b", None, Outcome.APPLIED),
        ("a", "a", "c", Outcome.UNCHANGED),  # only touched here since
        ("a", "b", "c", Outcome.CONFLICT),
        (None, "b", "c", Outcome.CONFLICT),
        ("a", "c", "c", Outcome.UNCHANGED),  # both sides say the same
        ("a", None, "a", Outcome.UNCHANGED),
        ("a", None, "c", Outcome.UNCHANGED),
        ("a", ERASE, "a", Outcome.APPLIED),
        ("a", ERASE, "c", Outcome.CONFLICT),
        ("a", ERASE, None, Outcome.UNCHANGED),
        (None, ERASE, "c", Outcome.CONFLICT),  # sent blank, filled in here since
        (None, ERASE, None, Outcome.UNCHANGED),
    ],
)
def test_three_values_decide_the_outcome(base, answer, current, outcome):
    assert compare(base, answer, current) is outcome


@given(values, values)
def test_a_blank_never_erases(base, current):
    assert compare(base, None, current) is Outcome.UNCHANGED


@given(values, values, values)
def test_what_was_touched_on_both_sides_is_never_decided_silently(base, answer, current):
    if answer is not None and len({base, answer, current}) == 3:
        assert compare(base, answer, current) is Outcome.CONFLICT


@given(values, values, values)
def test_what_was_taken_in_is_unchanged_the_second_time(base, answer, current):
    if compare(base, answer, current) is Outcome.APPLIED:
        assert compare(base, answer, answer) is Outcome.UNCHANGED


def test_only_an_answer_confirms():
    assert confirms("a", "a")
    assert not confirms(None, None)
    assert not confirms("a", "c")

"""What is read only in part of a long list must say what the whole list says."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from frivillig_cli.records.activation import calling, next_queries, queries
from frivillig_cli.work.beredskap import calls, crossed, view

WORDS = ("yes", "no", "no-answer", "busy", "later", "last-resort", "wrong-number")


@pytest.fixture
def crowd(world):
    """Three waves, with more people than are looked at first."""
    org = world.org()
    groups = [world.group(org, f"Gruppe {order}", order=order) for order in (3, 2, 1)]
    running = count(90100000)
    with world.change() as register:
        for number in range(130):
            skills = ("omsorg",) if number % 3 else ("båt",)
            new = register.insert(
                "person", uid=f"p{number}", name=f"Person {number:03}",
                name_sort=f"person {number:03}", name_search=f"person {number:03}",
                **world.stamps(),
            )  # fmt: skip
            if number % 11:
                register.insert("person_phone", person_id=new, number=f"+47{next(running)}", rank=1)
            for skill in skills:
                register.insert("person_skill", person_id=new, skill=skill)
            group = groups[0 if number < 8 else 2 if number > 124 else 1]
            register.insert("response_member", group_id=group, person_id=new, role="member")
    return world


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 129), st.sampled_from(WORDS)), max_size=12))
@example([(70, "wrong-number"), (70, "wrong-number"), (78, "yes")])
def test_the_next_one_and_the_figures_are_those_of_the_whole_list(crowd, told):
    new = crowd.activate(needs={"omsorg": 4, None: 3})
    for number, word in told:
        row = crowd.view(new).rows[number]
        if row.selection == "eligible":
            with suppress(calls.NumberError):  # there is no number left that could be wrong
                crowd.call(new, row.person_id, word)
    whole = crowd.view(new)
    part = view.load_begun(crowd.register, new, crowd.now)
    assert (part.listed, part.tally) == (whole.listed, whole.tally)
    assert (part.needs, part.excluded, part.to_call, part.left, part.lacking) == (
        whole.needs, whole.excluded, whole.to_call, whole.left, whole.lacking,
    )  # fmt: skip
    assert part.out == whole.out
    # each example is a call-out of its own, and whom one rings another does not
    out = crossed.elsewhere(crowd.register, whole.activation, crowd.now)
    expected = calling.next_row(crossed.free(whole.rows, out), whole.needs, crowd.now)
    if expected is None or whole.covered:
        return
    assert crowd.next(new).row.id == expected.id


def test_a_call_out_is_read_once_each_time_it_is_drawn(crowd, monkeypatch):
    new, asked = crowd.activate(), []
    for module, name in ((queries, "get"), (next_queries, "elsewhere")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, r=real, n=name: asked.append(n) or r(*a))
    view.load_begun(crowd.register, new, crowd.now)
    assert sorted(asked) == ["elsewhere", "get"]


def test_a_wave_that_comes_late_on_the_list_is_called_first_all_the_same(crowd, monkeypatch):
    # As if the list were so long that the wave were not among those looked at first.
    monkeypatch.setattr(next_queries, "_LOOKED_AT_FIRST", 1)
    new = crowd.activate()
    with crowd.change() as register:
        for row in register.rows("SELECT id, rank FROM callout WHERE groups LIKE '%\"order\": 1%'"):
            register.update("callout", row["id"], rank=1000 + row["rank"])
    assert crowd.next(new).row.tier == 1

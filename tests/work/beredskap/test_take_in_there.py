"""A no from a phone or a paper of somebody who is on site is set aside, and said."""

from __future__ import annotations

import pytest

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import steps
from tests.work.beredskap.test_take_in import by_name, listed, taken, tap

__all__ = ["listed"]


def there(world, activation, code):
    with world.change() as register:
        steps.arrive(register, activation, code, by="Per", at=world.now, now=world.now)
    world.later(minutes=10)


@pytest.mark.parametrize("source", ["phone", "paper"])
@pytest.mark.parametrize("word", ["no", "withdrew"])
def test_a_later_no_of_one_who_is_there_is_set_aside_and_said(world, listed, source, word):
    activation, codes = listed
    taken(world, activation, [tap(world, codes["Kari"], "yes", 30)])
    there(world, activation, codes["Kari"])
    no = tap(world, codes["Kari"], word, 5)
    found = taken(world, activation, [no], source)
    assert found.new == [] and found.refused == []
    ((what, why),) = found.aside
    assert "Kari" in what and "is on site already" in why
    assert "beredskap leave" in why and "arrive" in why
    row = next(row for row in world.view(activation).rows if row.name == "Kari")
    assert (row.answer, row.deployment) == ("yes", "on_site")
    assert world.view(activation).covered
    told = queries.log(world.register, activation)[-1].text
    assert "Kari" in told and "set aside" in told
    again = taken(world, activation, [no], source)
    assert (again.known, again.aside) == (1, [])


def test_a_no_from_before_they_came_is_kept_as_before(world, listed):
    activation, codes = listed
    there(world, activation, codes["Kari"])
    found = taken(world, activation, [tap(world, codes["Kari"], "no", 30)])
    assert (found.overtaken, found.aside) == (1, [])
    assert by_name(world, activation)["Kari"] == "yes"

"""An answer from a phone or a paper of somebody who was left out meanwhile is set aside."""

from __future__ import annotations

import pytest

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import steps
from tests.work.beredskap.test_take_in import by_name, listed, taken, tap

__all__ = ["listed"]


@pytest.mark.parametrize("source", ["phone", "paper"])
def test_the_log_has_it_and_the_way_to_take_them_in_is_told(world, listed, source):
    activation, codes = listed
    with world.change() as register:
        steps.exclude(register, activation, "Kari", by="anne", reason="andre", now=world.now)
    yes = tap(world, codes["Kari"], "yes", 5)
    found = taken(world, activation, [yes], source)
    assert (found.new, found.refused) == ([], []) and by_name(world, activation)["Kari"] is None
    ((what, why),) = found.aside
    assert "Kari" in what and why.startswith("yes. Kari") and "beredskap include" in why
    told = queries.log(world.register, activation)[-1].text
    assert "Kari: “yes” was taken in, and is set aside" in told and "left out by hand" in told
    again = taken(world, activation, [yes], source)
    assert (again.known, again.aside) == (1, [])

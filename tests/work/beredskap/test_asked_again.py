"""One who has been in and left is not rung by itself, but is named where they are missing."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from tests.work.beredskap.test_apart import arrive, leave


@pytest.fixture
def driver(world, group):
    """The only one who drives, and another; one driver is needed."""
    world.person("Person 0", "+4790111220", group=group, skills=("sjåfør",))
    world.person("Person 1", "+4790111221", group=group)
    return world.activate(needs={"sjåfør": 1})


def ways(world, activation):
    with pytest.raises(RefusedError) as refused:
        world.next(activation)
    return " ".join(refused.value.rows)


def test_the_only_driver_who_was_sent_home_is_named(world, driver):
    world.call(driver, 1, "yes")
    leave(world, driver, "Person 0")
    assert "can be asked again: Person 0. Then: frivillig beredskap call PERSON yes" in ways(
        world, driver
    )
    assert world.call(driver, 1, "yes").view.covered


def test_one_who_cannot_do_what_is_missing_or_withdrew_is_not(world, driver):
    world.call(driver, 1, "yes")
    leave(world, driver, "Person 0")
    world.call(driver, 1, "no")
    arrive(world, driver, "Person 1")
    leave(world, driver, "Person 1")
    assert "asked again" not in ways(world, driver)

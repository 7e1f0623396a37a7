"""The report says of times that were moved, from a phone with a wrong clock, that they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from frivillig_cli.core.i18n import LANGUAGES, set_language
from frivillig_cli.work.beredskap import figure_lines, report
from tests.work.beredskap.test_take_in import listed, taken, tap

__all__ = ["listed"]


@pytest.mark.parametrize("told", LANGUAGES)
@pytest.mark.parametrize("written", LANGUAGES)
def test_times_that_were_moved_are_said_in_the_figures(world, listed, written, told):
    set_language(written)
    activation, codes = listed
    one = tap(world, codes["Kari"], "yes", 30)
    taken(world, activation, [replace(one, happened=one.happened - timedelta(days=39))])
    set_language(told)
    figures = report.gather(world.register, activation, world.now).figures
    (said,) = figures.moved
    assert "Per" in said
    assert any(said in text for _label, text in figure_lines.figure_rows(figures))


def test_a_phone_whose_clock_is_right_is_not_mentioned(world, listed):
    activation, codes = listed
    taken(world, activation, [tap(world, codes["Kari"], "yes", 30)])
    assert report.gather(world.register, activation, world.now).figures.moved == ()

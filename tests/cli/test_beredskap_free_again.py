"""Whoever was left out for another call-out is said to be free when that one is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli

FREE = "Free again after another call-out: Kari Bakken, Ola Vik. Take them in with:"


@pytest.fixture
def two(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Kari and Ola are called in to Flom, and so left out of Brann, which needs three."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 2)
    cli.ok("beredskap", "call", "Kari", "yes")
    cli.ok("beredskap", "call", "Ola", "yes")
    cli.ok("beredskap", "activate", "Brann", "--need", 3, "-o", "brann")
    return cli


def test_they_are_named_with_the_way_to_take_them_in(two: Cli) -> None:
    brann = ("--activation", "2026-R-002")
    before = two("beredskap", "status", *brann)
    assert "called in to another activation: Kari Bakken, Ola Vik" in before.out
    assert "ree again" not in before.out + before.err
    two.ok("beredskap", "end", "--activation", "2026-R-001")
    two.ok("beredskap", "leave", "Kari", "--home", "--activation", "2026-R-001")
    one = two("beredskap", "status", *brann).out
    assert "called in to another activation: Ola Vik" in one
    assert "was called in to another activation, free again: Kari Bakken" in one
    two.ok("beredskap", "leave", "Ola", "--home", "--activation", "2026-R-001")
    two.ok("beredskap", "end", "--activation", "2026-R-001")
    after = two("beredskap", "status", *brann)
    assert "free again: Kari Bakken, Ola Vik" in after.out and FREE in after.err
    two.ok("beredskap", "call", "Per", "no", *brann)
    assert FREE in two.refused("beredskap", "next", *brann)
    two.ok("beredskap", "include", "Kari", "--reason", "er ledig", *brann)
    assert "Kari Bakken" in two.ok("beredskap", "next", *brann)
    assert "free again: Ola Vik" in two.ok("beredskap", "status", *brann)

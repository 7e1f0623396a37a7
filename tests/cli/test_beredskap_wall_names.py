"""The page for the wall names nobody who is protected, wherever the name was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


def test_a_protected_person_in_charge_or_in_a_place_is_not_named(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin(cli, 2, "--place", "hos PER AAS i Lia")
    cli.ok("beredskap", "handover", "Per Aas")
    cli.ok("beredskap", "status", "-o", "vegg.html")
    assert "in charge: Per Aas" in Path("vegg.html").read_text("utf-8")
    cli.ok("person", "edit", "Per Aas", "--protected")
    cli.ok("beredskap", "status", "-o", "vegg.html")
    page = Path("vegg.html").read_text("utf-8")
    assert "per aas" not in page.casefold() and "Flom" in page
    assert "in charge: 1 protected person" in page and "hos 1 protected person i Lia" in page

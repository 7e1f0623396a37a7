"""Two who begin the same call-out at the same moment: one of them does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from frivillig_cli.cli.commands import beredskap_activate
from tests.cli.a_small_group import do, group

__all__ = ["do", "group"]


def test_one_that_another_has_begun_since_it_was_looked_for_is_refused(
    do, group, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = beredskap_activate._new_all_the_same

    def and_another_begins(request):
        found = looked(request)
        other = [sys.executable, "-m", "frivillig_cli", "beredskap", "activate", "Flom", "-o", "b"]
        subprocess.run(other, check=True, capture_output=True)
        return found

    monkeypatch.setattr(beredskap_activate, "_new_all_the_same", and_another_begins)
    said = do("beredskap", "activate", "Flom", "-o", "a", code=1)
    assert "R-001 was begun with this title just now" in said
    assert "next --activation" in said
    monkeypatch.setattr(beredskap_activate, "_new_all_the_same", looked)
    assert len(do("beredskap", "list")) == 1
    do("beredskap", "activate", "Flom", "-o", "a", "--yes")  # who knows of it can
    assert len(do("beredskap", "list")) == 2

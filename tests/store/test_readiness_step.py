"""Step 0012: what a volunteer had asked for is the person's now, and the history still holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from frivillig_cli.store import migrations, opening
from frivillig_cli.store.history import history
from frivillig_cli.store.register import create_register, open_register
from frivillig_cli.store.verify import verify

from .conftest import command

NAMED = {"uid": "k", "name": "Kari", "name_sort": "kari", "name_search": "kari"}
STAMPS = {"created": "2026-11-01T10:00:00+00:00", "updated": "2026-11-01T10:00:00+00:00"}


def test_an_opt_out_moves_from_the_volunteer_to_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = migrations.steps()
    before = {name: script for name, script in whole.items() if name < "0012"}
    monkeypatch.setattr(migrations, "steps", lambda: before)
    monkeypatch.setattr(opening, "schema_version", lambda: len(before))
    register = create_register(tmp_path / "old.db")
    with register.transaction(command()):
        person = register.insert("person", **NAMED, **STAMPS)
        register.insert("volunteer", id=person, opted_out_until="2027-03-01", **STAMPS)
    register.close()
    monkeypatch.setattr(migrations, "steps", lambda: whole)
    monkeypatch.setattr(opening, "schema_version", lambda: len(whole))
    opened = open_register(register.path)
    assert opened.value("SELECT opted_out_until FROM person") == "2027-03-01"
    assert verify(opened) == ()
    assert history(opened)[0].command == "migrate"
    opened.close()

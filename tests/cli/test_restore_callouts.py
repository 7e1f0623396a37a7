"""After a restore no call-out gets the number of one that the backup knows nothing of."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import begin


@pytest.fixture
def office(cli, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    office = begin(cli, tmp_path)
    end = ("--exercise-payer", "association", "--event-payer", "municipality", "--to", "2099-12-31")
    dates = ("--kind", "beredskap", "--from", "2020-01-01")
    office.ok("agreement", "add", "1", "Avtale", *dates, *end)
    office.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    office.ok("volunteer", "add", "Kari Bakken", "--phone", "90111221")
    office.ok("beredskap", "member", "add", "1", "Kari")
    return office


def activate(office, *words: str) -> str:
    done = office("beredskap", "activate", "Flom", *words, "--yes", "--json")
    assert done.code in (0, 3), done.err
    number = json.loads(done.out)["number"]
    office.ok("beredskap", "cancel", "--activation", number, "--reason", "slutt", "--yes")
    return number


def test_of_each_kind_it_goes_on_above_the_last_that_was_given(office, stick) -> None:
    assert activate(office) == "2026-R-001"
    backup = stick()
    assert activate(office) == "2026-R-002"
    assert activate(office, "--exercise") == "2026-Ø-001"
    office.ok("restore", backup, "--yes")
    assert activate(office) == "2026-R-003"
    office.ok("restore", backup, "--yes")  # and so again, of what has been given meanwhile
    assert activate(office) == "2026-R-004" and activate(office, "--exercise") == "2026-Ø-002"
    assert activate(office, "--contact-test") == "2026-V-001" and office("doctor").code == 0


def test_a_year_begins_anew(office, stick, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = stick()
    activate(office)
    office.ok("restore", backup, "--yes")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-01-03T11:00:00+00:00")
    assert activate(office) == "2027-R-001"

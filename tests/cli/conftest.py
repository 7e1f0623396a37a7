"""What the tests of commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from frivillig_cli.cli import ask
from tests.cli import letter_outbox
from tests.cli.survey_round import begin, send
from tests.sources.fake_registers import FakeRegisters


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Sit in a terminal and give these answers, one for each question; returns what is asked."""

    def answers(*given: str) -> list[str]:
        asked: list[str] = []
        waiting = list(given)

        def prompt(question: str) -> str:
            asked.append(question)
            return waiting.pop(0)

        monkeypatch.setattr(ask, "in_terminal", lambda: True)
        monkeypatch.setattr(ask, "_prompt", prompt)
        return asked

    return answers


@pytest.fixture
def lag(cli):
    return begin(cli)


@pytest.fixture
def forms(lag, tmp_path):
    return send(lag, tmp_path)


@pytest.fixture
def office(cli, tmp_path):
    """Four associations with e-mail and a template; files on other letters have an own office."""
    return letter_outbox.begin(cli, tmp_path)


@pytest.fixture
def stick(office, tmp_path: Path):
    """Makes a backup, and gives its file."""

    def make() -> Path:
        folder = tmp_path / f"stick{len(list(tmp_path.glob('stick*')))}"
        office.ok("backup", "create", "-o", folder)
        (made,) = folder.glob("*.db")
        return made

    return make


@pytest.fixture
def serve(office):
    """Starts a mail server for the office, which is stopped in the end."""
    with letter_outbox.serving(office) as start:
        yield start


@pytest.fixture
def save(tmp_path):
    def save(*answers, name="svar.json"):
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(answer) for answer in answers), "utf-8")
        return path

    return save


@pytest.fixture
def fake(cli, monkeypatch):

    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = FakeRegisters()
    monkeypatch.setenv("FRIVILLIG_BRREG_URL", server.url)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    yield server
    server.close()


@pytest.fixture
def nowhere(monkeypatch):
    """Without a server of the test's own nobody is asked."""
    monkeypatch.setenv("FRIVILLIG_BRREG_URL", "http://127.0.0.1:9")

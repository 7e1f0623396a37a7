"""What the tests of commands share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frivillig_cli.cli import ask
from tests.cli import letter_outbox
from tests.cli.survey_round import begin, send


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
def serve(office):
    """Starts a mail server for the office, which is stopped in the end."""
    with letter_outbox.serving(office) as start:
        yield start

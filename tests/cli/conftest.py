"""What the tests of commands share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frivillig_cli.cli import ask
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

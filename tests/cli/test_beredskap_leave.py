"""What `beredskap leave` says of the need: no more than what leaving has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.mark.parametrize(
    ("needed", "answers", "leaves", "said"),
    [
        (1, {"Kari": "yes"}, (), "The need is no longer covered. Call more"),
        (1, {"Kari": "yes"}, ("--no-show",), "One is missing again"),
        (3, {"Kari": "yes"}, (), "One is missing again"),
        (3, {"Kari": "later", "Ola": "yes"}, (), "2 are missing still"),
        (1, {"Ola": "yes", "Kari": "later"}, (), ""),
    ],
)
def test_it_is_said_what_is_missing_and_not_that_it_was_covered(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: int,
    answers: dict[str, str], leaves: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    begin(cli, needed)
    for name, word in answers.items():
        cli.ok("beredskap", "call", name, word, *(["--from", "2h"] if word == "later" else []))
    told = cli("beredskap", "leave", "Kari", *leaves)
    assert told.code == 0 and said in told.err
    sentences = ("no longer covered", "missing again", "missing still")
    assert sum(one in told.err for one in sentences) == bool(said)
    again = cli("beredskap", "leave", "Kari", "--home").err  # changes nothing of the need
    assert "no longer covered" not in again and "missing again" not in again

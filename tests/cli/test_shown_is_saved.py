"""What is saved is what was shown: another terminal may have changed the register meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from frivillig_cli.cli import ask


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sit in a terminal and say yes, after another has typed a command in the meantime."""

    def typed(*words: str) -> None:
        def prompt(_question: str) -> str:
            command = [sys.executable, "-m", "frivillig_cli", *words]
            subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
            return "y"

        monkeypatch.setattr(ask, "in_terminal", lambda: True)
        monkeypatch.setattr(ask, "_prompt", prompt)

    return typed


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Lier kor", "--orgnr", "200000021", "--email", "a@kor.example")
    return cli


def refused(cli, *words: str) -> None:
    before = cli.json("history")
    done = cli(*words)
    assert done.code == 1 and "changed while you were asked; nothing was saved" in done.err
    assert len(cli.json("history")) == len(before) + 1  # what the other has typed


def test_a_value_that_another_has_set_meanwhile_is_not_written_over(lag, meanwhile, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Navn;E-post\nLier kor;ny@kor.example\n", encoding="utf-8")
    meanwhile("org", "edit", "1", "--email", "c@kor.example")
    refused(lag, "org", "import", str(path), "--overwrite")
    assert lag.json("org", "show", "1")["email"] == "c@kor.example"
    meanwhile("org", "edit", "1", "--city", "Lier")  # nothing that the list says anything of
    assert lag("org", "import", str(path), "--overwrite").code == 0
    assert lag.json("org", "show", "1")["email"] == "ny@kor.example"


def test_one_that_was_shown_as_new_and_is_here_by_now_is_told_of(lag, meanwhile, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Navn;Sted\nLier jazz;Lier\nLier visekor;Lier\n", encoding="utf-8")
    meanwhile("org", "add", "Lier jazz")
    refused(lag, "org", "import", str(path))


def test_volunteers_too(lag, meanwhile, tmp_path):
    lag.ok("volunteer", "add", "Kari Nes", "--phone", "90 11 12 22", "--email", "a@p.example")
    path = tmp_path / "a.csv"
    path.write_text("Navn;Telefon;E-post\nKari Nes;90111222;b@p.example\n", encoding="utf-8")
    meanwhile("person", "edit", "1", "--email", "c@p.example")
    refused(lag, "volunteer", "import", str(path), "--overwrite")


def test_a_merger_that_was_shown_otherwise_is_not_done(lag, meanwhile):
    lag.ok("org", "add", "Lier sangkor", "--phone", "32 22 01 00")
    meanwhile("org", "edit", "2", "--phone", "32 22 01 01")
    refused(lag, "org", "merge", "1", "2", "--keep", "name")
    assert len(lag.json("org", "list")) == 2


def test_what_the_states_register_says_is_compared_anew(lag, meanwhile, tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '{"organisasjonsnummer": "200000021", "navn": "LIER KOR", "telefon": "32 22 01 00",'
        ' "organisasjonsform": {"kode": "FLI"}}',
        encoding="utf-8",
    )
    meanwhile("org", "edit", "1", "--phone", "32 22 01 01")
    refused(lag, "org", "sync", "--from", str(path))
    assert lag.json("org", "show", "1")["phone"] == "+4732220101"

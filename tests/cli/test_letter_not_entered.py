"""Between a run that was killed and the next, the journal says that letters are missing in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.cli.letter_outbox import render


@pytest.fixture
def killed(office, serve):
    """A run that was killed at the end of the third of four letters: two sent, one in doubt."""
    handler = serve()
    render(office)
    process: list[subprocess.Popen] = []

    def kill(at: str, what: str) -> None:
        if at == "data" and what == "sylling@lag.example" and process:
            process[0].send_signal(signal.SIGKILL)
            process[0].wait()

    handler.before = kill
    command = [sys.executable, "-m", "frivillig_cli", "letter", "send", "1", "--yes"]
    process.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    process[0].communicate()
    process.clear()
    return office


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
def test_the_journal_says_that_letters_are_missing_until_the_next_run(killed, tmp_path) -> None:
    missing = "2 letters of batch 1 have gone out in a run that was stopped"
    assert missing in killed("letter", "journal").err
    done = killed("letter", "journal", "-o", tmp_path / "journal.csv")
    assert missing in done.err and "letter send 1 --withdraw" in done.err
    in_bokmal = killed("letter", "journal", lang="nb").err
    assert "2 brev i bunke 1 har gått ut i en kjøring som ble stoppet" in in_bokmal
    assert json.loads(killed("letter", "journal", "--json").out) == []
    out = killed("letter", "send", 1, "--withdraw")
    assert "1 letter is taken out of the outbox" in out.out
    assert "not known whether 1 letter of batch 1 was sent" in out.err
    assert "--in-doubt sent (or again)" in out.err
    done = killed("letter", "journal")
    assert "was stopped" not in done.err and len(killed.json("letter", "journal")) == 2


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
def test_what_went_out_is_shown_before_the_next_run_as_after_it(killed, tmp_path) -> None:
    killed.ok("letter", "show", 1, "egge", "-o", tmp_path / "before.eml")
    said = killed.refused("letter", "show", 1, "sylling")
    assert "not known whether the letter to Sylling songlag was sent" in said
    assert "letter send 1 --in-doubt B1-3=sent" in said
    assert "has not gone out" in killed.refused("letter", "show", 1, "tranby")
    done = killed("letter", "show", 1, "-o", tmp_path / "before")
    assert "copy" not in done.err and len(list((tmp_path / "before").iterdir())) == 2
    killed("letter", "send", 1, "--withdraw")
    killed.ok("letter", "show", 1, "egge", "-o", tmp_path / "after.eml")
    killed("letter", "show", 1, "-o", tmp_path / "after")
    for name in ("before.eml", *(f"before/{one.name}" for one in (tmp_path / "before").iterdir())):
        after = tmp_path / name.replace("before", "after")
        assert (tmp_path / name).read_bytes() == after.read_bytes()

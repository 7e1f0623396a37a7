"""Questions are put in a terminal, and only there."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import pytest

from frivillig_cli.cli import ask, session
from frivillig_cli.core.errors import RefusedError, UsageError

pty = pytest.importorskip("pty", reason="a terminal to drive needs POSIX")

CTRL_C, CTRL_D = "\x03", "\x04"
ASKING = """
import sys
from frivillig_cli.cli import ask, errors, session
from frivillig_cli.core.i18n import set_language
from frivillig_cli.records.activation.actions import required_text
set_language("nb")
try:
    print("RESULT", {call})
except BaseException as error:
    sys.exit(errors.report(error))
"""


def in_terminal(call: str, *answers: str) -> tuple[int, str, str]:
    """Run `call` with a terminal to ask in: (exit code, stdout, what stood in the terminal)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ASKING.format(call=call)],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    for answer in (*answers, None):
        while select.select([ours], [], [], 20 if answer is not None else 2)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
            if answer is not None and shown.endswith((b"] ", b"> ", b"? ")):
                break
        if answer is not None:
            if answer == CTRL_C:  # the child has no terminal of its own that would send it
                process.send_signal(signal.SIGINT)
            else:
                os.write(ours, answer.encode())
            shown += b"|"
    out, _none = process.communicate(timeout=20)
    os.close(ours)
    return process.returncode, out.decode(), shown.decode()


@pytest.mark.parametrize("answer", ["j\n", "ja\n", "JA\n", "y\n"])
def test_yes_goes_on_and_the_question_stands_on_stderr(answer: str) -> None:
    code, out, shown = in_terminal('ask.confirm("Lagre?")', answer)
    assert (code, out) == (0, "RESULT None\n")
    assert "Lagre? [j/N] " in shown


@pytest.mark.parametrize("answer", ["\n", "n\n", "nei\n"])
def test_anything_but_yes_changes_nothing(answer: str) -> None:
    code, out, shown = in_terminal('ask.confirm("Lagre?")', answer)
    assert (code, out) == (1, "")
    assert "Ingenting ble endret." in shown


def test_an_answer_that_is_neither_is_asked_again() -> None:
    code, _out, shown = in_terminal('ask.confirm("Lagre?")', "hva\n", "j\n")
    assert code == 0 and shown.count("[j/N]") == 2


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C])
def test_leaving_the_question_is_an_interruption(keys: str) -> None:
    code, out, shown = in_terminal('ask.confirm("Lagre?")', keys)
    assert (code, out) == (130, "")
    assert "Avbrutt." in shown and "Traceback" not in shown


def test_a_choice_is_one_of_its_keys() -> None:
    code, out, _shown = in_terminal(
        'ask.choose("Hva?", {"s": "svar", "h": "hopp over"})', "x\n", "H\n"
    )
    assert (code, out) == (0, "RESULT h\n")


def test_what_is_refused_is_asked_again() -> None:
    call = 'ask.text("Hvem bestemte?", "--x", lambda text: required_text(text, "navn"))'
    code, out, shown = in_terminal(call, "Kari 01010750160\n", "Kari\n")
    assert (code, out) == (0, "RESULT Kari\n")
    assert "010107*****" in shown and shown.count("Hvem bestemte?") == 2


def test_nothing_is_asked_where_there_is_no_terminal() -> None:
    session.start()
    with pytest.raises(RefusedError) as refused:
        ask.confirm("Sure?")
    assert "--yes" in refused.value.hint
    with pytest.raises(UsageError, match="--name"):
        ask.text("Name?", "--name")


def test_yes_answers_without_a_terminal() -> None:
    session.start().choose(yes=True)
    ask.confirm("Sure?")

"""Ctrl-C ends a command with 130 and one sentence, and the sentence is true of the register."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store import interrupt
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")

NOT_SAVED = "Interrupted. What was being changed is not saved."
SAVED = "Interrupted. What was changed before that is saved: frivillig history"
NEXT = "Next: who leads it   frivillig contact add 1 NAME --role leader"
EARLY = "Avbrutt. / Interrupted."

# Stops itself where the named function is called: in the middle of what it does, at no set time.
STOPPED_IN = """
import os, signal, sys
from frivillig_cli.{package} import {module} as module
place = {owner}
was = place.{name}
def stop(*words, **named):
    os.kill(os.getpid(), signal.SIGINT)
    return was(*words, **named)
place.{name} = stop
sys.argv = ["frivillig", *{words!r}]
from frivillig_cli.__main__ import main
main()
"""


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupt, "_asked", False)


def stopped(path: Path, delay: float, *words: str) -> tuple[int, str, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "frivillig_cli", "--db", str(path), "--lang", "en", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err.strip()


def last(err: str) -> str:
    return err.strip().rpartition("\n")[2]


def started(err: str) -> bool:
    """Whether the program had begun: before that it is Python itself that was interrupted."""
    return "site" not in err and ("Traceback" not in err or "in main" in err)


@pytest.mark.parametrize("step", range(12))
def test_an_interrupted_init_leaves_a_whole_register_or_none(bare_cli, step: int) -> None:
    code, out, err = stopped(bare_cli.path, 0.12 + step * 0.04, "init", "--kommune", "3312")
    left = list(bare_cli.path.parent.glob("*register.db"))
    if code == 0:
        assert out and left == [bare_cli.path]
    elif started(err):
        assert code == 130 and last(err) in (NOT_SAVED, SAVED, EARLY)
        assert (left != []) == (last(err) == SAVED)
        assert left or not out  # what is out when it comes is true
        assert left or list(bare_cli.path.parent.iterdir()) == []
    if left:
        assert bare_cli.json("config", "get", "municipality.number")


@pytest.mark.parametrize("step", range(16))
def test_an_interrupted_addition_says_truly_whether_it_is_saved(cli, step: int) -> None:
    code, out, err = stopped(cli.path, 0.12 + step * 0.03, "org", "add", "Lier kor")
    there = len(cli.json("org", "list"))
    if code == 0:
        assert out and there == 1
    elif started(err):
        assert code == 130 and last(err) in (NOT_SAVED, SAVED, EARLY)
        assert there == (last(err) == SAVED)
        assert there or not out  # what is out when it comes is true


@pytest.mark.parametrize(
    ("module", "owner", "name"),
    [
        ("register", "module.Register", "insert"),
        ("connection", "module.GuardedConnection", "unguard"),
        ("seal", "module", "seal"),
        ("seal", "module", "read_events"),
    ],
)
def test_a_command_is_interrupted_wherever_it_is(cli, module: str, owner: str, name: str) -> None:
    words = ["--lang", "en", "org", "add", "Lier kor"]
    program = STOPPED_IN.format(package="store", module=module, owner=owner, name=name, words=words)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", NOT_SAVED)
    assert cli.json("org", "list") == []


@pytest.mark.parametrize(
    ("module", "owner", "name", "ends"),
    [
        ("output", "module.Output", "result", (130, "", SAVED)),
        ("app", "module.interrupt", "finish", (130, "Saved: Lier kor, number 1.\n", SAVED)),
        ("session", "module.Session", "close", (0, "Saved: Lier kor, number 1.\n", NEXT)),
    ],
)
def test_a_command_is_interrupted_once_it_has_saved(cli, module, owner, name, ends) -> None:
    """Up to its last word it says that it is saved; from there on it is simply done."""
    words = ["--lang", "en", "org", "add", "Lier kor"]
    program = STOPPED_IN.format(package="cli", module=module, owner=owner, name=name, words=words)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, last(done.stderr)) == ends
    assert len(cli.json("org", "list")) == 1


def test_a_signal_that_sqlite_swallows_is_an_interruption_all_the_same(
    cli, monkeypatch, unasked
) -> None:
    """Raised inside the authorizer, it reaches the caller as SQLITE_AUTH."""
    from frivillig_cli.records.org import actions

    add = actions.add

    def refused(register, *words, **named):
        monkeypatch.setattr(interrupt, "_asked", True)
        register._connection.set_authorizer(lambda *_any: sqlite3.SQLITE_DENY)
        return add(register, *words, **named)

    monkeypatch.setattr(actions, "add", refused)
    done = cli("org", "add", "Lier kor")
    assert (done.code, done.out, done.err.strip()) == (130, "", NOT_SAVED)


def test_what_was_interrupted_unseen_is_not_committed(cli, monkeypatch, unasked) -> None:
    from datetime import UTC, datetime

    from frivillig_cli.records.org import actions

    register = open_register(cli.path)
    with (
        pytest.raises(KeyboardInterrupt),
        register.transaction(Command("org add", "tester", datetime.now(UTC))),
    ):
        actions.add(register, {"name": "Lier kor"}, now=datetime.now(UTC))
        monkeypatch.setattr(interrupt, "_asked", True)
    assert not register.saved
    register.close()


def test_ctrl_c_while_the_demonstration_is_made_is_130_and_leaves_no_folder(
    bare_cli, tmp_path: Path
) -> None:
    code, out, err = stopped(bare_cli.path, 2.5, "demo", str(tmp_path / "demo"))
    if code != 0:  # else it was quicker
        assert (code, out) == (130, "")
        assert len(err.splitlines()) == 1
        assert not (tmp_path / "demo").exists()


def test_a_demonstration_stopped_inside_a_command_is_130(bare_cli, tmp_path, monkeypatch) -> None:
    def stop(*_any: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("frivillig_cli.records.municipality.put", stop)
    done = bare_cli("demo", tmp_path / "demo")
    assert (done.code, done.out, done.err.strip()) == (130, "", NOT_SAVED)


def test_what_is_thrown_away_half_made_complains_only_with_debug(cli) -> None:
    program = (
        "import sys\n"
        "class Half:\n"
        "    def __del__(self): raise ValueError('seek of closed file')\n"
        "from frivillig_cli.cli import app\n"
        "was = app.run\n"
        "def run(words):\n"
        "    Half()\n"
        "    return was(words)\n"
        "app.run = run\n"
        "from frivillig_cli.__main__ import main\n"
        "main()\n"
    )
    quiet, loud = (
        subprocess.run([sys.executable, "-c", program, "org", "list", *more],
                       capture_output=True, text=True)
        for more in ([], ["--debug"])
    )  # fmt: skip
    assert "ignored" not in quiet.stderr and "seek of closed file" in loud.stderr


def test_a_fault_of_the_register_without_ctrl_c_is_told_as_before(cli, monkeypatch) -> None:
    from frivillig_cli.records.org import queries

    def fall(*_any: object, **_more: object) -> None:
        raise RegisterError("The disk gave an error.", "Check it.")

    monkeypatch.setattr(queries, "rows", fall)
    assert cli("org", "list").code == 1

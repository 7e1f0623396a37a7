"""Every run ends in a result or a sentence, and in one of five exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "frivillig_cli"]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and /dev/full")


def run_apart(cli, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *words], env=os.environ | more, capture_output=True, text=True,
        encoding="utf-8", stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def test_a_refusal_leaves_stdout_empty_also_with_json(cli) -> None:
    for words in (["org", "show", "nobody"], ["org", "show", "nobody", "--json"]):
        done = cli(*words)
        assert (done.code, done.out) == (1, "")
        assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["orgg"], ["org", "lst"], ["org", "list", "--limt", "3"], ["org", "list", "--limit", "x"],
        ["org", "list", "--limit", "-1"], ["org", "list", "--limit"], ["org", "show"],
        ["org", "show", "a", "b"], ["org", "show", "a", "--json=1"], ["--lang"], [], ["org"],
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2_with_a_sentence_in_each_language(cli, words) -> None:
    english, norwegian = cli(*words, lang="en"), cli(*words, lang="nb")
    assert (english.code, english.out) == (norwegian.code, norwegian.out) == (2, "")
    assert english.err.strip() != norwegian.err.strip()
    assert "Traceback" not in english.err


def test_a_slip_of_the_finger_is_answered_with_what_was_meant(cli) -> None:
    assert "Mente du org?" in cli("orgg", lang="nb").err
    assert "Did you mean list?" in cli("org", "lst").err
    assert "Mente du --limit?" in cli("org", "list", "--limt", "3", lang="nb").err
    assert "Did you mean backup.folder?" in cli("config", "get", "backup.foldr").err


def test_a_dash_before_a_word_is_told_how_to_leave_out(cli) -> None:
    assert "^ord" in cli("org", "list", "-tag:arkiv", lang="nb").err
    assert cli("org", "list", "kor -tag:arkiv").code == 0


def test_options_are_taken_before_and_after_the_command(cli) -> None:
    cli.ok("org", "add", "Lier kor", "--yes")
    for words in (["--json", "org", "list"], ["org", "--json", "list"], ["org", "list", "--json"]):
        assert json.loads(cli.ok(*words))[0]["name"] == "Lier kor"
    assert cli("org", "list", "--db", str(cli.path.parent / "none.db")).code == 1


def test_the_language_is_taken_after_the_command_too(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    assert "Navn" in run_apart(cli, "org", "list", "--lang", "nb").stdout
    assert "Name" in run_apart(cli, "org", "list", "--lang=en").stdout


def test_an_unknown_language_is_refused_in_the_usual_one(cli) -> None:
    done = run_apart(cli, "--lang", "xx", "org", "list", FRIVILLIG_LANG="nb")
    assert done.returncode == 2
    assert done.stderr == "Språket xx er ukjent.\nVelg en av disse: nb, nn, en.\n"


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "text", "other"])
def test_what_is_no_register_is_refused_with_its_path(bare_cli, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.db"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("hei " * 1000)
    elif kind == "other":
        import sqlite3

        sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    done = bare_cli("--db", path, "org", "list")
    assert (done.code, done.out) == (1, "")
    assert str(path) in done.err and len(done.err.splitlines()) == 2


def test_a_fault_in_the_program_is_a_sentence_and_a_traceback_with_debug(cli, monkeypatch) -> None:
    from frivillig_cli.records.org import queries

    def fall(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(queries, "rows", fall)
    quiet = cli("org", "list")
    assert (quiet.code, quiet.out) == (1, "")
    assert "Traceback" not in quiet.err and "secret" not in quiet.err
    assert "Traceback" in cli("org", "list", "--debug").err


def test_an_interruption_is_130_and_one_sentence(cli, monkeypatch) -> None:
    from frivillig_cli.records.org import queries

    def stop(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(queries, "rows", stop)
    done = cli("org", "list", lang="nb")
    assert (done.code, done.out) == (130, "")
    assert done.err == "Avbrutt. Det som var i ferd med å bli endret, er ikke lagret.\n"


@posix
def test_ctrl_c_while_it_waits_leaves_the_register_as_it_was(cli) -> None:
    import sqlite3

    holder = sqlite3.connect(cli.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    process = subprocess.Popen(
        [*PROGRAM, "org", "add", "Lier kor"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    holder.execute("ROLLBACK")
    out, err = process.communicate(timeout=40)
    assert b"Traceback" not in err
    if process.returncode == 130:  # else it was done before the signal came
        assert out == b"" and len(err.splitlines()) == 1
        assert cli.json("org", "list") == []


@posix
def test_a_reader_that_leaves_is_no_error(cli) -> None:
    for number in range(3):
        cli.ok("org", "add", f"Lag {number}")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "org", "list", "--json"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@posix
def test_a_full_disk_behind_stdout_is_a_sentence(cli) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "--lang", "nb", "config", "list"], stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "disken er full" in done.stderr.decode() and b"Exception" not in done.stderr


@posix
def test_a_version_that_cannot_be_printed_is_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "--version"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2 and b"Traceback" not in done.stderr


@posix
def test_what_is_saved_and_not_printed_is_said_to_be_saved(cli) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "--lang", "en", "org", "add", "Lier kor"], stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert "The change is saved" in done.stderr and "the disk is full" in done.stderr
    assert [org["name"] for org in cli.json("org", "list")] == ["Lier kor"]


def test_a_fault_after_the_change_is_saved_does_not_say_that_nothing_was(cli, monkeypatch) -> None:
    from frivillig_cli.records.org import queries

    def fall(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "namesakes", fall)
    done = cli("org", "add", "Lier kor")
    assert done.code == 3
    assert "is saved" in done.err and "Nothing was saved" not in done.err


@posix
def test_a_closed_stdout_is_no_error(cli) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m frivillig_cli org list >&-"],
        stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and b"Traceback" not in done.stderr


def test_a_pipe_gets_utf_8_whatever_the_code_page(cli) -> None:
    cli.ok("org", "add", "Ærfugl č lag")
    done = subprocess.run(
        [*PROGRAM, "org", "list"], env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "Ærfugl č lag" in done.stdout.decode("utf-8")


def test_windows_leaves_wildcards_to_the_program(tmp_path: Path, monkeypatch) -> None:
    from frivillig_cli.__main__ import _expanded

    monkeypatch.chdir(tmp_path)
    for name in ("b.xlsx", "a.xlsx", "c.csv"):
        (tmp_path / name).touch()
    words = ["survey", "import", "3", "*.xlsx", "tag:*", "--yes", ""]
    expected = ["survey", "import", "3", "a.xlsx", "b.xlsx", "tag:*", "--yes", ""]
    assert _expanded(words) == expected


def test_a_screen_with_an_old_code_page_gets_escapes_for_what_it_lacks(cli) -> None:
    pty = pytest.importorskip("pty")
    cli.ok("org", "add", "Ærfugl č lag")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "org", "show", "1"], env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        stdout=theirs, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Ærfugl".encode("cp1252") in shown and b"\\u010d" in shown

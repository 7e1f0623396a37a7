"""What a command needs and was not given is asked for in a terminal, and only there."""

from __future__ import annotations

import os
import select
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="a terminal to drive needs POSIX")


def typed(words: list[str], *answers: str) -> tuple[int, str]:
    """Run the program with a terminal to ask in; (exit code, what stood in the terminal)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "frivillig_cli", "--lang", "en", *words],
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    for answer in (*answers, None):
        while select.select([ours], [], [], 20)[0]:
            try:
                got = os.read(ours, 4096)
            except OSError:
                break
            shown += got
            if not got or (answer is not None and shown.endswith((b": ", b"? "))):
                break
        if answer is not None:
            os.write(ours, answer.encode())
            shown += b"|"
    code = process.wait(20)
    os.close(ours)
    return code, shown.decode()


def test_a_missing_name_is_asked_for(cli) -> None:
    code, shown = typed(["org", "add", "--tag", "kor"], "\n", "-Lier kor\n")
    assert code == 0, shown
    (org,) = cli.json("org", "list")
    assert (org["name"], org["tags"]) == ("-Lier kor", ["kor"])


def test_several_missing_values_are_asked_for_and_a_wrong_one_again(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    code, shown = typed(["contact", "add"], "1\n", "nonsense\n", "leader\n", "Kari Li\n")
    assert code == 0, shown
    assert shown.count("Which office?") == 2
    (contact,) = cli.json("org", "show", "1")["contacts"]
    assert (contact["name"], contact["role"]) == ("Kari Li", "leader")


def test_without_a_terminal_nothing_is_asked(cli) -> None:
    assert "NAME is missing" in cli.refused("org", "add", code=2)

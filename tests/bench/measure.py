"""Runs a command as a whole process, piped or in a terminal, and asks the system what it cost."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS, LINES = 100, 40


@dataclass(frozen=True)
class Cost:
    """What one finished process took: `cpu` in seconds (user and system), `peak` in MB."""

    cpu: float
    peak: float


def find_program(named: str | None) -> list[str]:
    """The command to measure: what was named, else `frivillig` on PATH, else this Python's."""
    found = named or shutil.which("frivillig")
    return [found] if found else [sys.executable, "-m", "frivillig_cli"]


def own_environment(folder: Path) -> dict[str, str]:
    """An environment in which the program keeps everything in `folder`."""
    return os.environ | {
        "FRIVILLIG_DB": str(folder / "register.db"),
        "FRIVILLIG_CONFIG": str(folder / "config.toml"),
        "FRIVILLIG_LANG": "nb",
    }


def run(words: Sequence[str], environment: dict[str, str], *, terminal: bool = False) -> Cost:
    """Run `words` to their end and return their cost. Raises SystemExit when they fail."""
    if terminal:
        return _cost(*_in_terminal(words, environment), words)
    with subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return _cost(process.returncode, usage, words)


def _in_terminal(words: Sequence[str], environment: dict[str, str]) -> tuple[int, object]:
    import fcntl
    import pty
    import struct
    import termios

    child, screen = pty.fork()
    if child == 0:
        os.execvpe(words[0], list(words), environment | {"TERM": "xterm-256color"})
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        while os.read(screen, 65536):
            pass
    except OSError:  # the program has left its terminal
        pass
    _pid, status, usage = os.wait4(child, 0)
    os.close(screen)
    return os.waitstatus_to_exitcode(status), usage


def _cost(code: int, usage: object, words: Sequence[str]) -> Cost:
    if code:
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / per_mb)  # type: ignore[attr-defined]


def ratio(one: Callable[[], Cost], other: Callable[[], Cost], pairs: int) -> float:
    """How many times the processor time of `other` does `one` take: the median of many pairs.

    The two run in turn, so that a machine whose speed drifts slows both.
    """
    one(), other()
    return statistics.median(one().cpu / other().cpu for _ in range(pairs))

"""Runs a command as a whole process, piped or in a terminal, and asks the system what it cost.

For Linux and macOS: Windows does not tell what a finished process took.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

COLUMNS, LINES = 100, 40


# A small process that starts the command: the peak that the system reports for a child begins
# with what the one that started it held.
_STARTER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def find_program(named: str | None) -> list[str]:
    """The command to measure: what was named, else `frivillig` on PATH, else this Python's."""
    found = named or shutil.which("frivillig")
    return [found] if found else [sys.executable, "-m", "frivillig_cli"]


def own_environment(folder: Path) -> dict[str, str]:
    """An environment in which the program keeps everything in `folder`.

    Compiled modules are kept, as where it is used: without them each start compiles anew.
    """
    given = {name: kept for name, kept in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return given | {
        "FRIVILLIG_DB": str(folder / "register.db"),
        "FRIVILLIG_CONFIG": str(folder / "config.toml"),
        "FRIVILLIG_LANG": "nb",
    }


def run(words: Sequence[str], environment: dict[str, str], *, terminal: bool = False) -> float:
    """Run `words` to their end; returns the processor seconds they took, user and system.

    Raises SystemExit when they fail.
    """
    if terminal:
        return _in_terminal(words, environment)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    return _spent(before, done.returncode, words)


def peak(words: Sequence[str], environment: dict[str, str]) -> float:
    """Run `words` to their end; returns the most memory they held, in MB."""
    starter = [sys.executable, "-I", "-S", "-c", _STARTER, *words]
    told = subprocess.run(starter, env=environment, capture_output=True, check=True).stdout
    code, most = map(int, told.split())
    if code:
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _in_terminal(words: Sequence[str], environment: dict[str, str]) -> float:
    import fcntl
    import pty
    import struct
    import termios

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child, screen = pty.fork()
    if child == 0:
        os.execvpe(words[0], list(words), environment | {"TERM": "xterm-256color"})
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        while os.read(screen, 65536):
            pass
    except OSError:  # the program has left its terminal
        pass
    _pid, status = os.waitpid(child, 0)
    os.close(screen)
    return _spent(before, os.waitstatus_to_exitcode(status), words)


def _spent(before: resource.struct_rusage, code: int, words: Sequence[str]) -> float:
    if code:
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(one: Callable[[], float], other: Callable[[], float], pairs: int) -> float:
    """How many times the processor time of `other` does `one` take: the median of many pairs.

    The two run in turn, so that a machine whose speed drifts slows both.
    """
    one(), other()
    return statistics.median(one() / other() for _ in range(pairs))

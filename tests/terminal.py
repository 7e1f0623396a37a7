"""A real terminal: tmux, in which the program is typed at and looked at."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

PATIENCE = 60.0  # seconds until what is waited for will not come; nothing is held to a time


class Terminal:
    """One window of tmux with one program in it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self._name, *words], capture_output=True, text=True, check=False
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Keys as tmux names them: letters, Enter, Escape, BSpace, C-c."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Text as it is typed."""
        self._tmux("send-keys", "-l", text)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    @property
    def screen(self) -> str:
        """What is on it now."""
        return self._tmux("capture-pane", "-p")

    def see(self, *wanted: str, gone: str = "") -> str:
        """Wait until all of `wanted` is on the screen, and `gone` is not; returns it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            seen = self.screen
            if all(one in seen for one in wanted) and not (gone and gone in seen):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"{wanted} did not come; there is:\n{self.screen}")


@contextmanager
def terminal(words: Sequence[str], columns: int = 80, lines: int = 24) -> Iterator[Terminal]:
    """`words` run in a terminal of that size; skips where there is no tmux."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    name = f"frivillig-{os.getpid()}-{time.monotonic_ns()}"
    kept = ("FRIVILLIG_", "HOME", "XDG_")
    told = [f"{k}={v}" for k, v in os.environ.items() if k.startswith(kept)]
    # The window says how large it is, not what the tests have set.
    told = ["-u", "COLUMNS", "-u", "LINES", "LC_ALL=C.UTF-8", *told]
    command = shlex.join(["env", *told, *words]) + "; echo ENDED $?; cat"
    window = Terminal(name)
    window._tmux(
        "-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(lines), command
    )
    try:
        yield window
    finally:
        window._tmux("kill-server")

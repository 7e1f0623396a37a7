"""Ctrl-C: remembered where Python swallows it, and held back while a command is being saved.

SQLite's callbacks, and objects that are thrown away, cannot pass an exception on: what they
meet then looks like another fault. So the signal itself is noted, and asked for afterwards.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_asked = _held = _ending = False


def listen() -> None:
    """Note Ctrl-C from here on; not where the program was started deaf to it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _handle)


def _handle(_number: int, _frame: Any) -> None:
    global _asked
    if _ending:
        os._exit(130)
    _asked = True
    if not _held:
        raise KeyboardInterrupt


def asked() -> bool:
    """Whether somebody has pressed Ctrl-C in this run."""
    return _asked


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt if Ctrl-C was pressed, and swallowed or held back."""
    if _asked:
        raise KeyboardInterrupt


def forget() -> None:
    """Ctrl-C was how one ends this (a display that watches): what follows is not interrupted."""
    global _asked
    _asked = False


@contextmanager
def held() -> Iterator[None]:
    """Let nothing come between saving and knowing that it is saved."""
    global _held
    before, _held = _held, True
    try:
        yield
    finally:
        _held = before


def finish() -> None:
    """The run is over and its result is out: closing up is not worth an interruption."""
    global _held
    _held = True


def end() -> None:
    """The run is over, and only its last words are left: one more Ctrl-C ends it at once."""
    global _ending
    _ending = True

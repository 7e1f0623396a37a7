"""One key at a time from a terminal, on POSIX and on Windows, with a time to wait.

Keys are the characters they type; those that type none are ENTER, BACKSPACE, ESCAPE or "" (an
arrow, a function key). Ctrl-C stays Ctrl-C.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENTER, BACKSPACE, ESCAPE = "\n", "\b", "\x1b"
ReadKey = Callable[[float], str | None]

_SAME = {"\r": ENTER, "\x7f": BACKSPACE}


@contextmanager
def reading() -> Iterator[ReadKey]:
    """Read single keys from stdin while this lasts; `read(seconds)` gives None where none came.

    The terminal is put back as it was, also where the program fails.
    """
    if sys.platform == "win32":
        yield _read_windows
        return
    import termios
    import tty

    screen = sys.stdin.fileno()
    before = termios.tcgetattr(screen)
    try:
        tty.setcbreak(screen, termios.TCSADRAIN)
        yield _posix(screen)
    finally:
        termios.tcsetattr(screen, termios.TCSADRAIN, before)


def _posix(screen: int) -> ReadKey:
    import select
    from codecs import getincrementaldecoder

    decoder = getincrementaldecoder("utf-8")("replace")
    waiting: list[str] = []

    def more(seconds: float) -> str:
        ready, _w, _x = select.select([screen], [], [], seconds)
        if not ready:
            return ""
        typed = os.read(screen, 1024)
        if not typed:  # the terminal is gone
            raise KeyboardInterrupt
        return decoder.decode(typed)

    def read(seconds: float) -> str | None:
        if not waiting:
            waiting.extend(more(seconds))
        if not waiting:
            return None
        key = waiting.pop(0)
        if key != ESCAPE:
            return _SAME.get(key, key)
        if not waiting:  # an arrow's further characters come at once, and a person's do not
            waiting.extend(more(0.02))
        if not waiting or waiting[0] not in "[O":
            return ESCAPE
        waiting.pop(0)
        while waiting and not waiting.pop(0).isalpha():
            pass
        return ""

    return read


def _read_windows(seconds: float) -> str | None:
    if sys.platform != "win32":
        raise AssertionError("only on Windows")
    import msvcrt
    from time import monotonic, sleep

    until = monotonic() + seconds
    while not msvcrt.kbhit():
        if monotonic() >= until:
            return None
        sleep(0.02)
    key = msvcrt.getwch()
    if key in "\x00\xe0":  # an arrow or a function key: a second character follows
        msvcrt.getwch()
        return ""
    if key == "\x03":
        raise KeyboardInterrupt
    return _SAME.get(key, key)

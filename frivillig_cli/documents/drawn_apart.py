"""A picture that is drawn in a process of its own, which may be ended without harm to this one.

How long a drawing takes depends on how large its parts are and how they lie on one another, and it
cannot be stopped in the middle of one. Run as a program, this takes the SVG on stdin and the pixels
of its longest side, and gives the PNG on stdout.
"""

from __future__ import annotations

import subprocess
import sys

from frivillig_cli.documents.apart import StoppedError
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.typeset import typesetter

SECONDS = 20


def drawn_apart(picture: Picture, longest: int) -> bytes | None:
    """The picture as PNG; None where that takes too long.

    Raises ValueError for one that is damaged, StoppedError where the process is ended.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, str(longest)],
            input=picture.data, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode not in (0, 1):  # Python itself ends with 1
        raise StoppedError
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace"))
    return done.stdout


def main() -> None:
    """Draw what comes on stdin."""
    picture = Picture(sys.stdin.buffer.read(), "svg", "")
    sys.stdout.buffer.write(typesetter().png(picture, int(sys.argv[1])))


if __name__ == "__main__":
    main()

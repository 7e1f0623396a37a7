"""A picture drawn in a process of its own, which is ended where it takes too long.

How long a drawing takes depends on how large its parts are and how they lie on one another, and
the typesetter cannot be stopped in the middle of one. Run as a program, this takes the SVG on stdin
and the pixels of its longest side, and gives the PNG on stdout.
"""

from __future__ import annotations

import subprocess
import sys

from frivillig_cli.documents.picture import Picture

SECONDS = 20


def drawn_apart(picture: Picture, longest: int) -> bytes | None:
    """The picture as PNG; None where that takes too long. ValueError for one that is damaged."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__, str(longest)],
            input=picture.data, capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace"))
    return done.stdout


def main() -> None:
    """Draw what comes on stdin."""
    from frivillig_cli.documents.typeset import typesetter

    picture = Picture(sys.stdin.buffer.read(), "svg", "")
    sys.stdout.buffer.write(typesetter().png(picture, int(sys.argv[1])))


if __name__ == "__main__":
    main()

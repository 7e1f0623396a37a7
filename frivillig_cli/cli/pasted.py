"""A text that somebody sends: from a file, or pasted into a pipe or the terminal."""

import sys
from pathlib import Path

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why


def read_text(name: str, most: int) -> str:
    """The text of the file `name`, or of what is piped in where it is `-`. Raises RefusedError.

    UTF-8, or UTF-16 with its mark; what is neither is read as well as it can be. At most `most`
    bytes.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise RefusedError(
            _("{file} cannot be read: {why}.", file=name, why=why(error)),
            _("Check the name, and that the file is there."),
        ) from error
    if len(data) > most:
        raise RefusedError(
            _("{file} is too large to be what it should be.", file=name), _("Give another file.")
        )
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")

"""The entry point: the version without loading anything, all else through the command table."""

from __future__ import annotations

import os
import sys


def _expanded(arguments: list[str]) -> list[str]:
    """The files that `svar\\*.xlsx` means: on Windows the shell leaves that to the program."""
    from glob import glob

    found = [(argument, sorted(glob(argument))) for argument in arguments]  # noqa: PTH207
    return [name for argument, names in found for name in names or [argument]]


def main() -> None:
    """Run `frivillig` with the arguments of this process; exits with its code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from frivillig_cli.core.version import __version__

        print(f"frivillig {__version__}")  # noqa: T201
        sys.exit(0)
    if sys.platform == "win32":
        arguments = _expanded(arguments)
    import gc

    gc.disable()  # a short-lived process: collecting while modules load costs a tenth of it
    try:
        from frivillig_cli.cli.app import run
    except KeyboardInterrupt:
        sys.exit(130)
    code = run(arguments)
    # All is written and closed: taking the interpreter apart would cost a fifth of a short run.
    os._exit(code)


if __name__ == "__main__":
    main()

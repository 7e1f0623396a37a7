"""The entry point: the version without loading anything, all else through the command table."""

from __future__ import annotations

import atexit
import os
import sys


def _expanded(arguments: list[str]) -> list[str]:
    """The files that `svar\\*.xlsx` means: on Windows the shell leaves that to the program."""
    from glob import glob

    found = [(argument, sorted(glob(argument))) for argument in arguments]  # noqa: PTH207
    return [name for argument, names in found for name in names or [argument]]


def main() -> None:
    """Run `frivillig` with the arguments of this process; exits with its code."""
    if sys.path[:1] == [os.path.dirname(os.path.realpath(sys.argv[0]))]:  # noqa: PTH120
        del sys.path[0]  # Python looks for each module beside the command first, and none is there
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # so early that no language has been chosen
        print("Avbrutt. / Interrupted.", file=sys.stderr)  # noqa: T201
        code = 130
    # All is written and closed: taking the interpreter apart would cost a fifth of a short run.
    # What asked to be called at the end (temporary folders to remove) is called first.
    atexit._run_exitfuncs()
    os._exit(code)


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from frivillig_cli.core.version import __version__

        try:
            print(f"frivillig {__version__}", flush=True)  # noqa: T201
            return 0
        except OSError:
            pass  # what takes no text is reported below
    if sys.platform == "win32":
        arguments = _expanded(arguments)
    import gc

    from frivillig_cli.store import interrupt

    gc.disable()  # a short-lived process: collecting while modules load costs a tenth of it
    interrupt.listen()
    if "--debug" not in arguments:
        # What is thrown away half-made after Ctrl-C or on a full disk complains to nobody.
        sys.unraisablehook = lambda _what: None
    from frivillig_cli.cli.app import run

    return run(arguments)


if __name__ == "__main__":
    main()

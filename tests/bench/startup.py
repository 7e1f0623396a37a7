"""How long the program takes to start, against `python -c pass` in the same minute.

    python -m tests.bench.startup [--frivillig PROGRAM] [--python PYTHON] [-n PAIRS]

Measure an installed wheel: an editable install makes even `python -c pass` slower. PYTHON is
the interpreter that the program runs on; without it, the one beside the program.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import measure

COMPLETION = {
    "_FRIVILLIG_COMPLETE": "complete_bash",
    "COMP_WORDS": "frivillig\norg\nshow\nLi",
    "COMP_CWORD": "3",
}
NAMES = ("Lier historielag", "Lier mannskor", "Sylling songlag", "Ærfugl turlag")


def cases(program: list[str]) -> list[tuple[str, list[str], dict[str, str], bool, float]]:
    """(name, words, extra environment, in a terminal, the ratio to stay under)."""
    return [
        ("--version", [*program, "--version"], {}, False, 2.0),
        ("--help", [*program, "--help"], {}, False, 7.0),
        ("org list, piped", [*program, "org", "list"], {}, False, 7.0),
        ("org list, in a terminal", [*program, "org", "list"], {}, True, 11.0),
        ("completion of a name", program, COMPLETION, False, 7.0),
    ]


def main() -> None:
    """Print a row for each case: the measured ratio, and the one to stay under."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frivillig", help="the program to measure")
    parser.add_argument("--python", help="the interpreter to compare with")
    parser.add_argument("-n", type=int, default=21, help="how many pairs")
    given = parser.parse_args()
    program = measure.find_program(given.frivillig)
    beside = Path(program[0]).resolve().with_name("python")
    python = given.python or (str(beside) if beside.exists() else sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        environment = measure.own_environment(Path(folder))
        measure.run([*program, "init"], environment)
        for name in NAMES:
            measure.run([*program, "org", "add", name], environment)
        print(f"{python}, {given.n} pairs; times the processor time of `python -c pass`")
        for name, words, extra, terminal, limit in cases(program):
            found = measure.ratio(
                lambda w=words, e=extra, t=terminal: measure.run(w, environment | e, terminal=t),
                lambda: measure.run([python, "-c", "pass"], environment),
                given.n,
            )
            print(f"  {name:<26} {found:5.1f}   (at most {limit:.0f})")


if __name__ == "__main__":
    main()

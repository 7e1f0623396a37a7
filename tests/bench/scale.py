"""How the time of an answer grows with the register, and how large and hungry it gets.

    python -m tests.bench.scale [--frivillig PROGRAM] [-n PAIRS] [--most 170000]

Makes registers of 170, 1,700, 17,000 and 170,000 invented associations, each with a leader,
and compares each command with itself at 170. The program and this checkout must be of the same
version: the registers are made by the one and read by the other.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from frivillig_cli.records.contact import actions as contacts
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command
from tests.bench import measure

SIZES = (170, 1_700, 17_000, 170_000)
KINDS = (
    "skolekorps",
    "idrettslag",
    "historielag",
    "mannskor",
    "velforening",
    "turlag",
    "sanitetslag",
)
PLACES = ("Lier", "Sylling", "Tranby", "Egge", "Sjåstad", "Ærdal", "Østby", "Åsly")
NAMES = ("Kari", "Ola", "Ingrid", "Per", "Astrid", "Jon", "Åse", "Øyvind", "Solveig", "Nils")


def fill(path: Path, size: int) -> None:
    """A register at `path` with `size` associations, in one command, as an import makes it."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    register = create_register(path)
    with register.transaction(Command("org import", "bench", now)):
        for number in range(size):
            kind, place = KINDS[number % len(KINDS)], PLACES[number // len(KINDS) % len(PLACES)]
            values = {"name": f"{place} {kind} {number}", "city": place, "category": "1100"}
            org = orgs.add(register, values, now=now)
            name = f"{NAMES[number % len(NAMES)]} {place}sen {number}"
            person = people.add(register, {"name": name}, now=now)
            contacts.add(register, org, person, "leader", today=now.date())
    register.close()


def commands(program: list[str], size: int) -> list[tuple[str, list[str], bool]]:
    """(name, words, in a terminal): what is compared."""
    wanted = f"{PLACES[1]} {KINDS[0]} 7"
    assert size > 7
    return [
        ("org list, first page in a terminal", [*program, "org", "list"], True),
        ("org list --limit 50, piped", [*program, "org", "list", "--limit", "50"], False),
        ("search", [*program, "search", wanted], False),
        ("org show, by name", [*program, "org", "show", wanted], False),
        ("org show, by number", [*program, "org", "show", "8"], False),
    ]


def main() -> None:
    """Print a row for each command and a column for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frivillig", help="the program to measure")
    parser.add_argument("-n", type=int, default=9, help="how many pairs")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest register")
    given = parser.parse_args()
    program = measure.find_program(given.frivillig)
    sizes = [size for size in SIZES if size <= given.most]
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for size in sizes:
            places[size] = measure.own_environment(Path(folder, str(size)))
            Path(folder, str(size)).mkdir()
            fill(Path(places[size]["FRIVILLIG_DB"]), size)
        print("processor time, as times that at 170 associations")
        print(f"  {'':<36}" + "".join(f"{size:>10,}" for size in sizes))
        for name, words, terminal in commands(program, sizes[0]):
            row = [
                measure.ratio(
                    lambda s=size, w=words, t=terminal: measure.run(w, places[s], terminal=t),
                    lambda w=words, t=terminal: measure.run(w, places[sizes[0]], terminal=t),
                    given.n,
                )
                for size in sizes
            ]
            print(f"  {name:<36}" + "".join(f"{ratio:>10.2f}" for ratio in row))
        whole = [measure.peak([*program, "org", "list"], places[size]) for size in sizes]
        print(
            f"  {'org list, all of it: peak memory, MB':<36}"
            + "".join(f"{mb:>10.0f}" for mb in whole)
        )
        files = [Path(places[size]["FRIVILLIG_DB"]).stat().st_size / 1e6 for size in sizes]
        print(f"  {'the register, MB':<36}" + "".join(f"{mb:>10.1f}" for mb in files))
        demo = Path(folder, "demo")
        measure.run([*program, "demo", str(demo)], places[sizes[0]])
        size = sum(file.stat().st_size for file in demo.rglob("*.db"))
        print(f"the demo's register: {size / 1e6:.1f} MB (at most 3)")


if __name__ == "__main__":
    main()

"""How a call-out behaves with 5,000 people in 62 groups, 6,200 memberships.

    python -m tests.bench.beredskap [--frivillig PROGRAM] [-n PAIRS]

Ratios of processor time to the program's start-up (`frivillig beredskap --help`), in turn with it,
and the most memory held. The program and this checkout must be of the same version: the register
is made by the one and read by the other.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from frivillig_cli.records.agreement import actions as agreements
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.response import actions as response
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command
from tests.bench import measure
from tests.bench.scale import NAMES, PLACES

PEOPLE, GROUPS, SECOND_SEATS = 5_000, 62, 1_200
SKILLS = ("omsorg", "sjåfør", "førstehjelp", "kokk", "tolk", "båt")


def fill(path: Path) -> None:
    """A register at `path` with all that a large call-out needs, in one command."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    register = create_register(path)
    with register.transaction(Command("volunteer import", "bench", now)):
        groups = []
        for number in range(GROUPS):
            org = orgs.add(
                register, {"name": f"{PLACES[number % 8]} sanitetslag {number}"}, now=now
            )
            terms = {"title": "Beredskapsavtale", "kind": "beredskap", "from_date": "2020-01-01",
                     "to_date": "2099-12-31", "event_payer": "municipality"}  # fmt: skip
            agreements.add(register, org, terms, now=now)
            groups.append(
                response.add_group(
                    register, f"Gruppe {number}", org, agreement_id=None,
                    order=1 + number // 20, today=now.date(),
                )
            )  # fmt: skip
        for number in range(PEOPLE):
            name = f"{NAMES[number % 10]} {PLACES[number // 10 % 8]}sen {number}"
            one = people.add(register, {"name": name}, now=now)
            for rank in range(1 + number % 2):
                register.insert(
                    "person_phone",
                    person_id=one,
                    number=f"+479{rank + 1}{number:06d}",
                    rank=rank + 1,
                )
            register.insert("person_skill", person_id=one, skill=SKILLS[number % 6])
            seats = [number % GROUPS] + ([(number + 7) % GROUPS] if number < SECOND_SEATS else [])
            for seat in seats:
                response.add_member(
                    register, groups[seat], one, role="leader" if number < GROUPS else "member",
                    order=None,
                )  # fmt: skip
    register.close()


def main() -> None:
    """Print a row for each command: its ratio to start-up, its memory, and what to stay under."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frivillig", help="the program to measure")
    parser.add_argument("-n", type=int, default=9, help="how many pairs")
    given = parser.parse_args()
    program = measure.find_program(given.frivillig)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = measure.own_environment(folder)
        register = Path(environment["FRIVILLIG_DB"])
        fill(register)
        empty = folder / "empty.db"
        shutil.copy(register, empty)
        start = [*program, "beredskap", "--help"]
        needs = ["--need", "omsorg=40", "--need", "sjåfør=20"]
        lists = ["activate", "Flom", *needs, "-o", str(folder / "flom"), "--yes", "--as", "bench"]
        once = [*program, "beredskap", *lists]

        def activate() -> float:
            shutil.copy(empty, register)
            return measure.run(once, environment)

        cases = [
            ("activate, with all files", activate, once, 20.0),
            *(
                (words[0], None, [*program, "beredskap", *words], limit)
                for words, limit in ((["next"], 1.5), (["status"], 2.0))
            ),
        ]
        print(f"{PEOPLE:,} people, times the processor time of `frivillig beredskap --help`")
        for label, timed, words, limit in cases:
            ratio = measure.ratio(
                timed or (lambda w=words: measure.run(w, environment)),
                lambda: measure.run(start, environment),
                given.n,
            )
            if timed:
                shutil.copy(empty, register)
            peak = measure.peak(words, environment)
            print(f"  {label:<26} {ratio:6.2f}   (at most {limit})   {peak:5.0f} MB (at most 300)")


if __name__ == "__main__":
    main()

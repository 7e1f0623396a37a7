"""What `org import` costs beside only reading the same file: a long list, the national register.

    python -m tests.bench.imports [--frivillig PROGRAM] [-n PAIRS] [--rows 70000] [--units 1400000]

The list is 70,000 invented associations in eight columns, as xlsx and as csv, taken into an empty
register with --yes (backup included), and then once more into the one that holds them; beside it
stands a process that reads the same file with the same reader and does nothing with it. The
register is 1.4 million invented units in the shape of the national file (JSON, gzip), filtered to
one municipality; beside it stands a process that unpacks it and decodes each unit with the same
JSON library. Needs some 2 GB of room for temporary files.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import measure

TITLES = "Navn Orgnr E-post Telefon Adresse Postnr Poststed Aktivitet".split()
KINDS = "skolekorps idrettslag historielag mannskor velforening turlag sanitetslag".split()
PLACES = "Lier Sylling Tranby Egge Sjåstad Ærdal Østby Åsly".split()
HOME = "3312"

READ_LIST = """
import sys
from pathlib import Path
from frivillig_cli.formats.tables import read_table
print(sum(1 for _row in read_table(Path(sys.argv[1])).rows))
"""
READ_UNITS = """
import gzip, json, sys
scan, units, at = json.JSONDecoder().raw_decode, 0, 0
with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
    held = file.read(1 << 20).lstrip("[")
    while True:
        try:
            _unit, at = scan(held, at)
        except ValueError:
            more = file.read(1 << 20)
            if not more:
                break
            held, at = held[at:].lstrip(",\\n") + more, 0
            continue
        units += 1
        while held[at : at + 1] in (",", "\\n"):
            at += 1
print(units)
"""


def numbers() -> Iterator[str]:
    """Organisation numbers of made-up test units, each once."""
    for number in range(20_000_001, 99_999_999):
        digits = f"{number:08}"
        weights = (3, 2, 7, 6, 5, 4, 3, 2)
        check = -sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        if check != 10:
            yield f"{digits}{check}"


def associations(size: int) -> Iterator[list[str]]:
    """`size` rows of a list."""
    rng = random.Random(7)
    for number, orgnr in zip(range(size), numbers(), strict=False):
        place, kind = PLACES[number % 8], KINDS[number // 8 % 7]
        digits = f"{rng.choice((90, 91, 95, 97, 40, 41, 32, 33))}{rng.randrange(10**6):06}"
        pairs = " ".join(digits[at : at + 2] for at in range(0, 8, 2))
        yield [
            f"{place} {kind} {number}",
            orgnr,
            f"post{number}@{kind}.example",
            rng.choice((digits, pairs)),
            f"Storgata {number % 300}",
            f"{3400 + number % 30}",
            place,
            "Sang, spill og lek for barn og unge",
        ]


def write_lists(folder: Path, size: int) -> list[Path]:
    """The same list as xlsx and as csv."""
    from openpyxl import Workbook

    rows = [TITLES, *associations(size)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(folder / "lag.xlsx")
    with (folder / "lag.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return [folder / "lag.xlsx", folder / "lag.csv"]


def write_units(path: Path, size: int) -> Path:
    """`size` units as the national file has them; one in 357 lies in the municipality."""
    rng = random.Random(3)
    letters = "aeioutrnslkgdmvpøå"
    words = ["".join(rng.choices(letters, k=rng.randint(3, 11))) for _ in range(20_000)]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as file:
        for count, orgnr in zip(range(size), numbers(), strict=False):
            unit = _unit(orgnr, words, rng, HOME if count % 357 == 0 else f"{count % 356 + 4000}")
            file.write(("[" if count == 0 else ",\n") + json.dumps(unit, ensure_ascii=False))
        file.write("]")
    return path


def _unit(orgnr: str, words: list[str], rng: random.Random, municipality: str) -> dict[str, object]:
    api = "https://data.brreg.no/enhetsregisteret/api"
    form = rng.choice(("FLI", "AS", "ENK"))
    return {
        "organisasjonsnummer": orgnr,
        "navn": " ".join(rng.choices(words, k=3)).upper(),
        "organisasjonsform": {
            "kode": form,
            "beskrivelse": "Forening/lag/innretning",
            "_links": {"self": {"href": f"{api}/organisasjonsformer/{form}"}},
        },
        "registreringsdatoEnhetsregisteret": f"{rng.randint(1995, 2025)}-03-12",
        "registrertIMvaregisteret": False,
        "naeringskode1": {"kode": "94.991", "beskrivelse": "Andre medlemsorganisasjoner"},
        "harRegistrertAntallAnsatte": False,
        "forretningsadresse": {
            "land": "Norge",
            "landkode": "NO",
            "postnummer": f"{rng.randint(1, 9999):04}",
            "poststed": rng.choice(words).upper(),
            "adresse": [f"{rng.choice(words)}veien {rng.randint(1, 200)}"],
            "kommune": rng.choice(words).upper(),
            "kommunenummer": municipality,
        },
        "institusjonellSektorkode": {"kode": "7000", "beskrivelse": "Ideelle organisasjoner"},
        "registrertIForetaksregisteret": False,
        "registrertIStiftelsesregisteret": False,
        "registrertIFrivillighetsregisteret": form == "FLI",
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "vedtektsfestetFormaal": [" ".join(rng.choices(words, k=12))],
        "aktivitet": [" ".join(rng.choices(words, k=9))],
        "_links": {"self": {"href": f"{api}/enheter/{orgnr}"}},
        "respons_klasse": "Enhet",
    }


class Bench:
    """A program, and registers that each run finds as they were."""

    def __init__(self, program: list[str], folder: Path, pairs: int) -> None:
        self.program, self.folder, self.pairs = program, folder, pairs
        self.home = folder / "home"
        self.home.mkdir()
        self.environment = measure.own_environment(self.home)
        self.environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        self.empty = folder / "empty.db"
        measure.run([*program, "init", "--kommune", HOME], self.environment)
        shutil.copy(self.home / "register.db", self.empty)

    def fresh(self, register: Path) -> None:
        """Put a copy of `register` where the program looks for its own, without backups."""
        shutil.rmtree(self.home / "backups", ignore_errors=True)
        shutil.copy(register, self.home / "register.db")

    def compare(self, label: str, words: list[str], reader: list[str], register: Path) -> None:
        """Print the time beside `reader`'s, and the peak memory."""
        command = [*self.program, *words]

        def taken() -> float:
            self.fresh(register)
            return measure.run(command, self.environment)

        times = measure.ratio(taken, lambda: measure.run(reader, self.environment), self.pairs)
        self.fresh(register)
        most = measure.peak(command, self.environment)
        print(f"  {label:<46}{times:>8.2f}{most:>8.0f}", flush=True)


def main() -> None:
    """Print a row for each import: times the time of reading alone, and the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--frivillig", help="the program to measure")
    parser.add_argument("-n", type=int, default=3, help="how many pairs")
    parser.add_argument("--rows", type=int, default=70_000, help="rows of the list; 0 leaves it")
    parser.add_argument("--units", type=int, default=1_400_000, help="units of the register; or 0")
    given = parser.parse_args()
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(measure.find_program(given.frivillig), folder, given.n)
        print(f"  {'processor time as times that of reading alone':<46}{'times':>8}{'MB':>8}")
        for path in write_lists(folder, given.rows) if given.rows else []:
            reader = [*python, READ_LIST, str(path)]
            words = ["org", "import", str(path), "--yes", "--again"]
            bench.compare(f"{given.rows:,} new, {path.suffix}", words, reader, bench.empty)
            bench.fresh(bench.empty)
            measure.run([*bench.program, *words], bench.environment)
            full = shutil.copy(bench.home / "register.db", folder / "full.db")
            words = ["org", "import", str(path), "--dry-run", "--again"]
            bench.compare(f"{given.rows:,} known, {path.suffix}", words, reader, Path(full))
        if given.units:
            units = write_units(folder / "enheter.json.gz", given.units)
            words = ["org", "import", str(units), "--yes"]
            reader = [*python, READ_UNITS, str(units)]
            bench.compare(f"{given.units:,} units (at most 1.5, 150)", words, reader, bench.empty)


if __name__ == "__main__":
    main()

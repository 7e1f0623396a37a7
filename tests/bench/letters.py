"""What letters cost beside the typesetter alone, and how much memory many of them take.

    python -m tests.bench.letters [-n PAIRS] [--many 10000] [--frivillig PROGRAM]

A made-up municipality of 170 associations gets a letter. "Raw" is one reused Typst compiler on
the same prepared data, and nothing else: no template, no file, no register. Ratios of processor
time, the median of pairs that run in turn; no two runs set the same text, so that nothing is
found in the compiler's memory of the run before.

- from template to files: the whole of `letter render`, filled in, written and recorded
- of it Jinja, Markdown and the tree
- merged: the same in one file, against separate files
- DOCX where it can be written; `.eml`: what a draft costs besides its PDF
- one letter in a cold process, against `python -c pass`
- the peak memory of --many letters, as a process of its own (0: leave it out)
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from frivillig_cli.core.i18n import set_language
from frivillig_cli.core.query import Query
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.pdf import _Writer, letter_pdf
from frivillig_cli.documents.together import HELD
from frivillig_cli.documents.typeset import Replaced, stated, typesetter
from frivillig_cli.records import municipality
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.demo.population import Town, settle
from frivillig_cli.work.letters import batch, drafts, files
from frivillig_cli.work.letters.writers import FORMATS
from tests.bench import measure

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TEMPLATE = "apen-dag"


class Office:
    """A municipality of 170 associations, and letters to them, no two runs alike."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.register = create_register(folder / "office.db")
        with self.change():
            settle(Town(self.register, NOW))
            put_sender(self.register)
        self._count = 0

    def change(self):
        """One command's transaction."""
        return self.register.transaction(Command("bench", "bench", NOW))

    def request(self, **more: object) -> batch.Request:
        """A request whose letters nobody has set before."""
        self._count += 1
        return batch.Request(
            TEMPLATE, Query(), self.folder / "own", TODAY, again=True,
            case_number=f"2026/{self._count}", **more,
        )  # fmt: skip

    def place(self) -> Path:
        """A folder that is not there yet."""
        self._count += 1
        return self.folder / f"brev-{self._count}"

    def letters(self) -> tuple[batch.Plan, list[Letter]]:
        """Every letter, filled in."""
        plan = batch.plan(self.register, self.request())
        return plan, [batch.letter_for(plan, one) for one in plan.written]


def put_sender(register: Register) -> None:
    """What a letterhead needs."""
    municipality.put(
        register,
        {
            "municipality.name": "Elvdal kommune", "letterhead.unit": "Frivilligsentralen",
            "letterhead.email": "post@elvdal.example", "letterhead.caseworker": "Kari Nes",
            "letterhead.street": "Storgata 1", "letterhead.postcode": "9990",
            "letterhead.city": "Elvdal",
        },
    )  # fmt: skip


def spent(work: Callable[[], object]) -> float:
    """The processor seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def raw(office: Office) -> float:
    """The compiler alone, on data that is prepared."""
    prepared = []
    for letter in office.letters()[1]:
        writer = _Writer(Replaced())
        prepared.append(
            {
                "title": letter.document.title, "author": letter.letterhead.name,
                "language": letter.language, "date": stated(letter.reference.date), "held": HELD,
                "letters": [{**writer.letter(letter), "bookmark": ""}],
            }
        )  # fmt: skip
    return spent(lambda: [typesetter().pdf("letter", data) for data in prepared])


def render(office: Office, **more: object) -> float:
    """`letter render`: filled in, written, recorded."""
    request, place = office.request(**more), office.place()

    def work() -> None:
        plan = batch.plan(office.register, request)
        with (
            files.write(office.register, plan, place, lambda _n: None) as written,
            office.change(),
        ):
            files.record(office.register, plan, written, now=NOW)

    return spent(work)


def fill_in(office: Office) -> float:
    """Jinja, Markdown and the tree."""
    plan = office.letters()[0]._replace(letters={})
    return spent(lambda: [batch.letter_for(plan, one) for one in plan.written])


def draft(office: Office) -> float:
    """Drafts of e-mail, given their PDFs."""
    plan, letters = office.letters()
    pdfs = [letter_pdf(letter, Replaced()) for letter in letters]
    rows = list(zip(plan.written, letters, pdfs, strict=True))
    return spent(lambda: [drafts.draft(plan, *row) for row in rows])


def cold(program: list[str], folder: Path) -> Callable[[], float]:
    """One letter in a process of its own."""
    environment = measure.own_environment(folder)
    register = create_register(folder / "register.db")
    with register.transaction(Command("bench", "bench", NOW)):
        put_sender(register)
        orgs.add(register, {"name": "Sollia blandakor", "email": "a@lag.example"}, now=NOW)
    register.close()
    words = [*program, "letter", "render", TEMPLATE, "-o", str(folder / "ett")]
    return lambda: measure.run(words, environment)


def many(program: list[str], folder: Path, n: int) -> tuple[float, float]:
    """The peak memory (MB) and the wall clock seconds of a batch of `n`."""
    folder.mkdir()
    register = create_register(folder / "register.db")
    with register.transaction(Command("bench", "bench", NOW)):
        put_sender(register)
        for one in range(n):
            values = {"name": f"Lag nummer {one}", "email": f"lag{one}@lag.example"}
            orgs.add(register, values, now=NOW)
    register.close()
    start = time.monotonic()
    words = [*program, "letter", "render", TEMPLATE, "-o", str(folder / "brev")]
    most = measure.peak(words, measure.own_environment(folder))
    return most, time.monotonic() - start


def main() -> None:
    """Print a line for each ratio, with the most that it should be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-n", type=int, default=5, help="how many pairs")
    parser.add_argument("--many", type=int, default=10_000, help="letters whose memory is measured")
    parser.add_argument("--frivillig", help="the program to measure; else the one on PATH")
    given = parser.parse_args()
    program = measure.find_program(given.frivillig)
    set_language("nb")
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))

        def beside_raw(work: Callable[[], float]) -> float:
            return measure.ratio(work, lambda: raw(office), given.n)

        _say("170 letters, template to files / raw", 1.3, beside_raw(lambda: render(office)))
        _say("  of which Jinja, Markdown, tree / raw", 0.15, beside_raw(lambda: fill_in(office)))
        merged = measure.ratio(
            lambda: render(office, merge=True), lambda: render(office), given.n
        )  # fmt: skip
        _say("merged / separate", 0.7, merged)
        if "docx" in FORMATS:
            _say("DOCX / raw", 5, beside_raw(lambda: render(office, format="docx")))
        _say(".eml, given the PDF / raw", 0.5, beside_raw(lambda: draft(office)))
        one = cold(program, Path(folder))
        python = [sys.executable, "-c", "pass"]
        nothing = measure.own_environment(Path(folder))
        cold_ratio = measure.ratio(one, lambda: measure.run(python, nothing), max(given.n, 9))
        _say("one letter, cold / python -c pass", 15, cold_ratio)
        if given.many:
            most, seconds = many(program, Path(folder) / "many", given.many)
            _say(f"{given.many:,} letters, peak MB ({seconds:.0f} s)", 150, most)


def _say(what: str, most: float, ratio: float) -> None:
    print(f"  {what:<42} {ratio:>7.2f}   (at most {most})", flush=True)


if __name__ == "__main__":
    main()

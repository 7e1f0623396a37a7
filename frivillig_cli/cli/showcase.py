"""The making of the demonstration: the commands in the order in which they would be typed.

What the program can do is done by its own commands, on a clock that stands still, so that the
same municipality comes out each time; only its people and what they answer are invented here.
"""

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, documents_language
from frivillig_cli.core.ids import repeatable_uids

FOUNDED = "2026-10-12T09:00:00+02:00"
SENT = "2026-10-12T10:00:00+02:00"
ANSWERED = "2026-10-26T09:00:00+01:00"
WRITTEN = "2026-10-27T09:00:00+01:00"
EXERCISE = "2026-10-28T18:00:00+01:00"
ANSWERS, LATE = 120, 3

LETTERHEAD = {
    "letterhead.unit": "Frivilligsentralen",
    "letterhead.street": "Postboks 10",
    "letterhead.postcode": "9992",
    "letterhead.city": "Elvdal",
    "letterhead.visit": "Torget 1, Elvdal",
    "letterhead.phone": "32 90 99 00",
    "letterhead.email": "frivillig@elvdal.example",
    "letterhead.website": "elvdal.example",
    "letterhead.caseworker": "Kari Lunde",
    "letterhead.title": "frivilligkoordinator",
    "beredskap.callback": "32 90 99 11",
}

# Who was rung in the exercise, in the order of the list, and what they said.
CALLS = (
    ("yes", "--eta", "20m"), ("yes", "--eta", "30m"), ("no-answer",), ("no",),
    ("yes", "--eta", "45m"), ("voicemail",), ("later", "--from", "20:00"), ("busy",),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What was made, and where."""

    register: Path
    forms: Path
    answers: Path
    late: Path
    letters: Path
    exercise: Path
    people: int
    answered: int
    changed: int
    rejected: int
    written: int
    activation: str

    def paths(self) -> list[Path]:
        """The register and the folders."""
        return [
            self.register, self.forms, self.answers, self.late, self.letters, self.exercise,
        ]  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {k: str(v) if isinstance(v, Path) else v for k, v in asdict(self).items()}


def make(folder: Path, advance: Callable[[int], None]) -> Made:
    """Make everything in `folder`; what was begun is taken away when it cannot be finished."""
    existed = folder.exists()
    try:
        with repeatable_uids("Elvdal"):
            return _made(folder, advance)
    except BaseException:
        if not existed:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _made(folder: Path, advance: Callable[[int], None]) -> Made:
    db = folder / "register.db"
    forms, answers, late = folder / "skjema", folder / "svar", folder / "svar-nye"
    letters, exercise = folder / "brev", folder / "beredskap"
    _typed(db, FOUNDED, "init", "--kommune", "3399", "--name", "Elvdal kommune")
    for key, value in LETTERHEAD.items():
        _typed(db, FOUNDED, "config", "set", key, value)
    advance(1)
    people = _settle(db)
    advance(1)
    title = "Endringer høsten 2026"
    survey = str(_typed(db, SENT, "survey", "new", title, "--due", "2026-11-15")["id"])
    _typed(db, SENT, "survey", "export", survey, "-o", str(forms), "--per-org")
    advance(1)
    with _another_run(ANSWERED):
        _answer(db, int(survey), answers, late)
    advance(1)
    taken = _typed(
        db, ANSWERED, "survey", "import", survey, str(answers), "--accept", "all", "--yes"
    )
    advance(1)
    batch = _typed(db, WRITTEN, "letter", "render", "tilskuddsordninger", "-o", str(letters))
    advance(1)
    number = _call_out(db, exercise)
    advance(1)
    return Made(
        db, forms, answers, late, letters, exercise, people, ANSWERS, taken["applied"],
        taken["rejected"], len(batch["rendered"]), number,
    )  # fmt: skip


def _settle(db: Path) -> int:
    from frivillig_cli.store.opening import open_register
    from frivillig_cli.store.register import Command
    from frivillig_cli.work.demo.agreements import agree
    from frivillig_cli.work.demo.population import Town, settle

    now = datetime.fromisoformat(FOUNDED)
    register = open_register(db)
    try:
        with register.transaction(Command("demo", "demo", now)):
            town = Town(register, now)
            settle(town)
            agree(town)
        return town.people
    finally:
        register.close()


def _answer(db: Path, survey_id: int, answers: Path, late: Path) -> None:
    """The associations fill in their forms and send them back."""
    from frivillig_cli.records.survey import queries
    from frivillig_cli.store.opening import open_register
    from frivillig_cli.work.demo.replies import reply
    from frivillig_cli.work.survey.answering import Answering

    answers.mkdir()
    late.mkdir()
    register = open_register(db)
    try:
        writing = Answering(register, queries.get(register, survey_id))
        for number, sent in enumerate(queries.recipients(register, survey_id)[: ANSWERS + LATE]):
            said = reply(number, sent.base)
            place = answers if number < ANSWERS else late
            writing.write(place, sent, said.answers, nothing_changed=said.nothing_changed)
    finally:
        register.close()


def _call_out(db: Path, folder: Path) -> str:
    """The exercise: activated, and the first few called."""
    started = _typed(
        db, EXERCISE, "beredskap", "activate", "Flom i Elva", "--exercise", "--need", "omsorg=6",
        "--need", "sjåfør=2", "--place", "Elvdal sanitetshus", "--asked-by", "beredskapsleder",
        "--decided-by", "kommunedirektøren", "-o", str(folder),
    )  # fmt: skip
    for minute, outcome in enumerate(CALLS, 3):
        at = EXERCISE.replace("18:00:00", f"18:{minute:02d}:00")
        person = _typed(db, at, "beredskap", "next")
        _typed(db, at, "beredskap", "call", str(person["person_id"]), *outcome)
    return str(started["number"])


def _typed(db: Path, at: str, *words: str) -> Any:
    """Run one command as if it was typed at `at`; returns its JSON. Raises RefusedError."""
    from frivillig_cli.cli.app import run

    out, said = io.StringIO(), io.StringIO()
    with _another_run(at), redirect_stdout(out), redirect_stderr(said):
        code = run(["--db", str(db), "--lang", documents_language(), *words, "--json"])
    if code == 130:
        raise KeyboardInterrupt
    if code not in (0, 3):
        raise RefusedError(
            _("The demonstration stopped at: frivillig {words}", words=" ".join(words)),
            said.getvalue().strip(),
        )
    return json.loads(out.getvalue())


@contextmanager
def _another_run(at: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("FRIVILLIG_CLOCK", "FRIVILLIG_USER")}
    outer = session.current()
    os.environ |= {"FRIVILLIG_CLOCK": at, "FRIVILLIG_USER": "demo"}
    try:
        yield
    finally:
        session.resume(outer)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frivillig_cli.core.i18n import set_language
from frivillig_cli.records.contact import actions as contact_actions
from frivillig_cli.records.org import actions as org_actions
from frivillig_cli.records.org import queries as org_queries
from frivillig_cli.records.person import actions as person_actions
from frivillig_cli.records.survey import actions, queries, questions
from frivillig_cli.records.survey.model import Outcome
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.survey.export import Target, export_forms, export_table
from frivillig_cli.work.survey.files import find_files
from frivillig_cli.work.survey.reading import read_files
from frivillig_cli.work.survey.results import FormResult, ImportResult
from frivillig_cli.work.survey.take_in import Choices, take_in

SENT = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
BACK = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)
SAME, ANSWERED = "f1.tick", "answered_by"


@dataclass
class Round:
    """A survey round on a small register, driven as the commands drive it."""

    register: Register
    folder: Path
    survey_id: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    def change(self, dry_run: bool = False):
        return self.register.transaction(Command("test", "test", BACK), dry_run=dry_run)

    def org(self, name: str, **values: str) -> int:
        with self.change():
            self.ids[name] = org_actions.add(self.register, {"name": name, **values}, now=SENT)
        return self.ids[name]

    def holds(self, name: str, role: str, org: int, phone: str = "", email: str = "") -> int:
        with self.change():
            person = person_actions.add(
                self.register,
                {"name": name, "email": email or None},
                phones=[phone] if phone else [],
                now=SENT,
            )
            contact_actions.add(
                self.register, org, person, role, today=date(2027, 2, 1), from_date=date(2024, 3, 1)
            )
        return person

    def edit(self, org: int, **values: str) -> None:
        with self.change():
            org_actions.edit(self.register, org, values, now=BACK)

    def new(self, title: str = "Våren 2027", asked=None) -> int:
        with self.change():
            self.survey_id = actions.new(
                self.register,
                title,
                asked or questions.default_questions(),
                due=date(2027, 3, 15),
                now=SENT,
                today=SENT.date(),
            )
        return self.survey_id

    @property
    def survey(self):
        return queries.get(self.register, self.survey_id)

    def export(self, *orgs: int, to: str = "skjema", overwrite: bool = False) -> list[Path]:
        with self.change():
            result = export_forms(
                self.register,
                self.survey,
                orgs or tuple(self.ids.values()),
                Target(self.folder / to, overwrite),
                now=SENT,
            )
        return [path for _org, path in result.files]

    def export_all(self, to: str = "alle.xlsx") -> Path:
        with self.change():
            result = export_table(
                self.register,
                self.survey,
                tuple(self.ids.values()),
                Target(self.folder / to),
                now=SENT,
            )
        return result.files[0][1]

    def take(
        self, *paths: Path, dry_run: bool = False, at: datetime = BACK, **choices
    ) -> ImportResult:
        files = read_files(find_files(paths))
        with self.change(dry_run):
            return take_in(
                self.register, self.survey, files, Choices(**choices), now=at, today=at.date()
            )

    def one(self, *paths: Path, **choices) -> FormResult:
        result = self.take(*paths, **choices)
        assert len(result.forms) == 1
        return result.forms[0]

    def values(self, org: int) -> dict:
        return org_queries.get(self.register, org).values

    def officers(self, org: int) -> dict[str, str]:
        found = org_queries.get(self.register, org).contacts
        return {c["role"]: c["name"] for c in found if c["to"] is None}

    def dump(self) -> list:
        names = self.register.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('org', 'person',"
            " 'person_phone', 'contact', 'survey', 'survey_recipient', 'survey_answer',"
            " 'survey_problem', 'confirmation') ORDER BY name"
        )
        return [
            [tuple(row) for row in self.register.rows(f"SELECT * FROM {name[0]} ORDER BY id")]
            for name in names
        ]


@pytest.fixture
def tour(tmp_path) -> Iterable[Round]:
    set_language("en")
    register = create_register(tmp_path / "register.db")
    made = Round(register, tmp_path)
    made.org(
        "Lia songlag", email="post@lia.example", phone="32 24 10 00", postcode="3400", members="42",
        bank_account="8601.11.17947", annual_meeting_month="3", language="nb",
    )  # fmt: skip
    made.org("Åsen ungdomslag", email="post@aasen.example", language="nn")
    made.holds("Aud Kittilsen", "leader", 1, "90 11 12 22", "aud@lia.example")
    made.holds("Odd Fagerli", "treasurer", 1, "90 11 13 33")
    made.new()
    yield made
    register.close()


@pytest.fixture
def fill() -> Callable[..., Path]:
    """Answer a form as a person does: type into its cells and save it under another name."""

    def answer(path: Path, to: str, **said: object) -> Path:
        from openpyxl import load_workbook

        book = load_workbook(path)
        sheet = book.worksheets[0]
        rows = {row[1].value: row for row in sheet.iter_rows() if row[1].value}
        for field_name, value in said.items():
            cell = rows[SAME if field_name == "same" else field_name.replace("__", "#")][3]
            assert not cell.protection.locked
            cell.value = value
        target = path.parent.parent / to
        target.parent.mkdir(exist_ok=True)
        book.save(target)
        return target

    return answer


@pytest.fixture
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


def outcomes(form) -> dict[str, str]:
    return {
        change.question.id: str(change.outcome)
        for change in form.changes
        if change.outcome is not Outcome.UNCHANGED
    }

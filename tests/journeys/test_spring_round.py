"""The spring round: a survey out to all, answers back, a reminder to the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Cli


def fill(form: Path, target: Path, answers: dict[str, Any]) -> Path:
    """Fill in a form as a person does: the answer stands beside the hidden id of its question."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    for field, answer in answers.items():
        cell = sheet.cell(rows[field], 4)
        assert cell.protection.locked is False
        cell.value = answer
    book.save(target)
    return target


@pytest.fixture
def sent(cli: Cli, tmp_path: Path) -> dict[str, Path]:
    for name, email in (("Sylling songlag", "post@songlag.example"), ("Egge barnekor", "")):
        cli.ok("org", "add", name, "--email", email, "--phone", "32 24 10 00")
    cli.ok("org", "add", "Tranby vel", "--account", "8601 11 17947")
    cli.ok("contact", "add", "Sylling", "Aud Kittilsen", "--role", "leader", "--from", "2020-03-15")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    cli.ok("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    (tmp_path / "svar").mkdir()
    return {path.name.split("-")[0]: path for path in (tmp_path / "skjema").iterdir()}


def test_a_round_from_the_first_form_to_the_reminder(
    cli: Cli, tmp_path: Path, sent: dict[str, Path]
) -> None:
    answers = tmp_path / "svar"
    forms = {name.split(" ")[0].lower(): path for name, path in sent.items()}
    fill(
        forms["sylling"], answers / "ferdig (1).xlsx",
        {"leader": "Per Gunnar Aas", "treasurer": "Aud Kittilsen", "email": "nytt@songlag.example"},
    )  # fmt: skip
    fill(forms["egge"], answers / "egge.xlsx", {"f1.tick": "Ja"})
    before = cli.json("org", "list")
    look = cli("survey", "import", "1", answers, "--dry-run")
    assert look.code == 0 and "Per Gunnar Aas" in look.out
    assert cli.json("org", "list") == before

    taken = cli.json("survey", "import", "1", answers, "--accept", "all", "--yes")
    assert (taken["applied"], taken["conflicts"], taken["rejected"]) == (3, 0, 0)
    songlag = cli.json("org", "show", "Sylling")
    now = {c["role"]: c["name"] for c in songlag["contacts"] if c["to"] is None}
    assert now == {"leader": "Per Gunnar Aas", "treasurer": "Aud Kittilsen"}
    assert songlag["email"] == "nytt@songlag.example" and songlag["confirmed"] == "2026-11-23"
    assert cli.json("person", "list", "name:kittilsen")[0]["roles"], "one person, once"
    assert len(cli.json("person", "list", "name:kittilsen")) == 1

    same = cli.json("survey", "import", "1", answers, "--accept", "all", "--yes")
    assert same["applied"] == 0
    status = cli.json("survey", "status", "1")
    assert (status["sent"], status["answered"], status["missing"]) == (3, 2, 1)

    cli.ok("org", "edit", "Tranby", "--email", "post@tranby.example")
    done = cli.json(
        "letter", "render", "sporreskjema-purring", "unanswered:1", "--survey", "1",
        "-o", tmp_path / "brev", "--format", "txt",
    )  # fmt: skip
    assert [row["org_id"] for row in done["rendered"]] == [songlag["id"] + 2]
    letter = Path(done["rendered"][0]["file"]).read_text("utf-8")
    assert "Tranby vel" in letter and "15. mars 2027" in letter


def test_a_conflict_is_never_decided_in_silence(
    cli: Cli, tmp_path: Path, sent: dict[str, Path]
) -> None:
    form = next(path for name, path in sent.items() if name.lower().startswith("egge"))
    fill(form, tmp_path / "svar" / "egge.xlsx", {"phone": "90 12 34 56"})
    cli.ok("org", "edit", "Egge", "--phone", "91 65 43 21")
    done = cli("survey", "import", "1", tmp_path / "svar", "--accept", "all", "--yes")
    assert done.code == 3
    assert cli.json("org", "show", "Egge")["phone"] == "+4791654321"
    for number in ("32 24 10 00", "90 12 34 56", "91 65 43 21"):
        assert number in done.out


def test_an_account_number_is_not_changed_by_a_workbook_alone(
    cli: Cli, tmp_path: Path, sent: dict[str, Path]
) -> None:
    form = next(path for name, path in sent.items() if name.lower().startswith("tranby"))
    fill(form, tmp_path / "svar" / "x.xlsx", {"bank_account": "1234 56 78903"})
    done = cli("survey", "import", "1", tmp_path / "svar", "--accept", "all", "--yes")
    assert done.code == 3 and "--confirm-account" in done.out + done.err
    assert cli.json("org", "show", "Tranby")["bank_account"] == "86011117947"
    assert cli.json("survey", "problems", "1")

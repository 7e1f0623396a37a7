"""A birth number comes in by no door, and is repeated at none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.hostile import BIRTH_NUMBER as NUMBER

TYPED = [
    ["undo", NUMBER],
    ["undo", f"x{NUMBER}"],
    ["letter", "sent", NUMBER],
    ["org", "show", NUMBER],
    ["org", "show", "1", NUMBER],
    ["org", "edit", "1", "--phone", f"+47{NUMBER}"],
    ["org", "edit", "1", "--phone", f"0047{NUMBER}"],
    ["org", "edit", "1", "--postcode", NUMBER],
    ["org", "edit", "1", "--notes", "010170/12343"],
    ["survey", "status", NUMBER],
    ["beredskap", "paper", NUMBER],
    [NUMBER],
    [f"--{NUMBER}"],
]


def nowhere(text: str) -> None:
    assert "012343" not in text and "12343" not in text, text


@pytest.mark.parametrize("words", TYPED, ids=lambda words: " ".join(words[:2]))
def test_what_is_refused_is_not_repeated_whole(cli, words: list[str]) -> None:
    cli.ok("org", "add", "Lier kor")
    for lang in ("en", "nb"):
        done = cli(*words, lang=lang)
        assert done.code in (1, 2) and done.out == ""
        nowhere(done.err)


def test_a_user_named_by_a_birth_number_changes_nothing(cli, monkeypatch) -> None:
    monkeypatch.setenv("FRIVILLIG_USER", NUMBER)
    said = cli.refused("org", "add", "Lier kor")
    assert "FRIVILLIG_USER" in said
    nowhere(said)
    assert cli.json("org", "list") == []
    assert NUMBER.encode() not in cli.path.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["backup", "create", "-o", NUMBER],
        ["org", "import", f"{NUMBER}.csv", "--yes"],
        ["volunteer", "import", f"{NUMBER}.csv", "--yes"],
        ["restore", f"{NUMBER}.db", "--yes"],
        ["letter", "render", "apen-dag", "-o", f"brev/{NUMBER}"],
        ["demo", NUMBER],
        ["--db", f"{NUMBER}.db", "init"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_file_or_folder_is_named_by_a_birth_number(
    cli, tmp_path: Path, monkeypatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier kor", "--email", "post@lag.example")
    given = tmp_path / f"{NUMBER}.csv"
    given.write_text("navn\nDrammen kor\n", "utf-8")
    before = set(tmp_path.rglob("*"))
    said = cli.refused(*words)
    nowhere(said)
    assert "file or folder" in said
    assert set(tmp_path.rglob("*")) == before
    assert len(cli.json("org", "list")) == 1
    stored = sqlite3.connect(cli.path).execute("SELECT count(*) FROM imported_file").fetchone()
    assert stored == (0,)


def test_a_number_that_a_spreadsheet_has_shortened_is_stored_by_no_command(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    cli.ok("volunteer", "add", "Per Aas")
    for words in (["org", "edit", "1", "--notes"], ["person", "edit", "1", "--notes"]):
        said = cli.refused(*words, NUMBER[1:])
        assert "birth number" in said
        nowhere(said)
    assert NUMBER[1:].encode() not in cli.path.read_bytes()

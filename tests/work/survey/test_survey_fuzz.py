"""A real answer that something has happened to ends in a sentence or is read; never otherwise.

FRIVILLIG_TEST_MUTANTS=5000 tries so many of each kind; a seed that fails is named.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.mutations import mutated

MUTANTS = int(os.environ.get("FRIVILLIG_TEST_MUTANTS", "90"))
FIRST = int(os.environ.get("FRIVILLIG_TEST_FIRST", "0"))


@pytest.fixture
def filled(cli, tmp_path) -> Path:
    """A form that a person has filled in."""
    cli.ok("org", "add", "Egge barnekor", "--email", "post@egge.example", "--phone", "32241000")
    cli.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--phone", "90111222")
    cli.ok("survey", "new", "Endringer våren 2027")
    done = cli.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    book = load_workbook(done["files"][0]["file"])
    rows = {row[1].value: row for row in book.worksheets[0].iter_rows() if row[1].value}
    said = {"email": "ny@egge.example", "leader": "Per Aas", "members": 42, "city": "Egge"}
    for name, value in said.items():
        rows[name][3].value = value
    book.save(tmp_path / "svar.xlsx")
    return tmp_path / "svar.xlsx"


@pytest.fixture
def listed(tmp_path) -> Path:
    """A list that somebody has sent."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Navn", "Orgnr", "E-post", "Telefon", "Stiftet", "Medlemmer"])
    for n in range(12):
        mail = f"post{n}@lag.example"
        book.active.append([f"Lag {n}", None, mail, 90111200 + n, f"19{n + 10}-03-01", n * 7])
    book.save(tmp_path / "liste.xlsx")
    return tmp_path / "liste.xlsx"


def ends_well(cli, what: str, path: Path, *words: str) -> str | None:
    """What is wrong with how the command ended, or None."""
    done = cli(*words, path, "--dry-run", "--debug")
    lines = [line for line in done.err.splitlines() if line and not line[0].isspace()]
    fault = [line for line in lines if line.startswith("Something went wrong")]
    if done.code not in (0, 1, 2, 3) or fault or not (done.out.strip() or done.err.strip()):
        return f"{what}: {done.code} {done.err[-600:]}"
    return None


@pytest.mark.parametrize("kind", ["form", "list"])
def test_a_workbook_that_something_has_happened_to_is_read_or_refused(
    cli, filled: Path, listed: Path, tmp_path: Path, kind: str
) -> None:
    whole = (filled if kind == "form" else listed).read_bytes()
    path = tmp_path / "mutant.xlsx"
    wrong = []
    for seed in range(FIRST, FIRST + MUTANTS):
        path.write_bytes(mutated(whole, seed))
        commands = [("org", "import")]
        if kind == "form":
            commands.insert(0, ("survey", "import", "1"))
        for words in commands:
            fault = ends_well(cli, f"seed {seed}, {' '.join(words)}", path, *words)
            wrong += [fault] if fault else []
    assert wrong == []
    assert cli.json("org", "show", "1")["email"] == "post@egge.example"


def test_a_word_document_called_a_workbook_is_told_from_one(cli, filled, tmp_path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Hei")
    path = tmp_path / "svar-2.xlsx"
    document.save(path)
    for words in (("survey", "import", "1"), ("org", "import")):
        assert "Word" in cli.refused(*words, path)


def test_parts_that_lie_upon_one_another_are_refused(cli, filled, tmp_path) -> None:
    data = bytearray(filled.read_bytes())
    with zipfile.ZipFile(filled) as book:
        first, second = book.infolist()[:2]
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    data[at + 42 : at + 46] = first.header_offset.to_bytes(4, "little")
    assert second.header_offset != first.header_offset
    path = tmp_path / "svar-3.xlsx"
    path.write_bytes(data)
    for words in (("survey", "import", "1"), ("org", "import")):
        assert "overlap" in cli.refused(*words, path)


def test_a_workbook_with_a_password_is_told_from_a_damaged_one(cli, filled, tmp_path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    path = tmp_path / "svar-4.xlsx"
    with filled.open("rb") as plain, path.open("wb") as locked:
        OOXMLFile(plain).encrypt("hemmelig", locked)
    assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    for words in (("survey", "import", "1"), ("org", "import")):
        assert "password" in cli.refused(*words, path)
    data = path.read_bytes()
    for seed in range(40):
        path.write_bytes(mutated(data, seed, zipped=False))
        assert ends_well(cli, f"seed {seed}", path, "survey", "import", "1") is None

"""What a terminal of 80 columns shows: words and phone numbers whole, text with room for it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from frivillig_cli.cli.app import run
from frivillig_cli.cli.lines import Column, hung, wrapped
from frivillig_cli.cli.screen import plain_table
from tests.conftest import Cli


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("number", ["90 11 12 22", "905 12 345", "+46 70 123 45 67"])
def test_a_phone_number_is_never_parted_by_the_end_of_a_line(number: str) -> None:
    for width in range(20, 50):
        parts = wrapped(f"Oppmøte Lierbyen skole, nøkkel: Hans Ærø {number} eller Kari", width)
        assert any(number in part for part in parts) and max(map(len, parts)) <= width
        assert number in hung(f"Oppmøte  Lierbyen skole, nøkkel: Hans Ærø {number}", width)


def test_other_numbers_are_broken_between_as_before() -> None:
    assert len(wrapped("frivillig beredskap told " + " ".join(map(str, range(1, 40))), 40)) > 2


def test_a_table_of_plain_lines_fits_the_width() -> None:
    columns = [Column("Rad"), Column("Navn"), Column("Ringt", right=True)]
    rows = [["001-5", "Hans Ærø med et langt navn som brytes " * 2, "1"]]
    lines = plain_table(columns, rows, 40)
    assert max(map(len, lines)) <= 40 and len(lines) > 2
    assert all(line.startswith(" ") for line in lines[2:])


@pytest.fixture
def shown(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorgsberedskapsgruppen", "--org", "lier")
    for n in range(3):
        cli.ok("volunteer", "add", f"Dag Bakkenes {n}", "--phone", f"9010 104{n}", "--phone",
               f"9120 204{n}", "--skill", "omsorg", "--skill", "førstehjelp")  # fmt: skip
        cli.ok("beredskap", "member", "add", "Omsorg", n + 1)
    cli.ok("beredskap", "activate", "Flom", "--need", "omsorg=2", "-o", "ut")
    cli.ok("beredskap", "call", "1", "wrong-number")

    def shown(*words: str) -> list[str]:
        screen = Screen()
        with contextlib.redirect_stdout(screen):
            assert run(["--lang", "en", "beredskap", *words]) == 0
        lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
        assert max(map(len, lines)) <= 80
        return lines

    return shown


def test_the_text_of_the_log_has_the_room(shown, cli: Cli) -> None:
    assert any("Dag Bakkenes 0 (90 10 10 40): wrong number" in line for line in shown("log"))
    cli.ok("beredskap", "log", "Elva stiger", "--as", "Kari")
    assert "registered" not in "".join(shown("log"))  # at the same minute
    cli.ok("beredskap", "log", "Elva steg", "--at", "2026-11-23T10:50+01:00", "--as", "Kari")
    assert "Elva steg (registered 23.11." in " ".join(" ".join(shown("log")).split())


def test_the_names_of_groups_and_the_numbers_of_members_are_whole(shown) -> None:
    assert any("Omsorgsberedskapsgruppen" in line for line in shown("group", "list"))
    lines = shown("group", "show", "1")
    assert sum("91 20 20 4" in line and not line.rstrip().endswith("91 20") for line in lines) == 3
    at = next(line.index("Dag") for line in lines if "Dag Bakkenes 0" in line)
    after = lines[next(n for n, line in enumerate(lines) if "Dag Bakkenes 0" in line) + 1]
    assert after.startswith(" " * at) or "Dag" in after

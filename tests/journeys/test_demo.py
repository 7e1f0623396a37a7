"""The demonstration: what README's first line ends with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli


@pytest.fixture
def town(bare_cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    made: dict[str, object] = bare_cli.json("demo", tmp_path / "elvdal")
    monkeypatch.setenv("FRIVILLIG_DB", str(tmp_path / "elvdal" / "register.db"))
    return made


def test_a_whole_municipality_is_there_and_sound(
    bare_cli: Cli, town: dict[str, object], tmp_path: Path
) -> None:
    folder = tmp_path / "elvdal"
    assert len(bare_cli.json("org", "list")) == 170
    assert len(bare_cli.json("volunteer", "list")) == 240
    assert {a["kind"] for a in bare_cli.json("agreement", "list")} == {"beredskap", "cooperation"}
    status = bare_cli.json("survey", "status", "1")
    assert (status["sent"], status["answered"]) == (170, 120)
    assert len(list((folder / "svar").glob("*.xlsx"))) == 120
    assert len(list((folder / "brev").glob("*.pdf"))) == town["written"]
    lists = sorted(path.suffix for path in (folder / "beredskap").iterdir())
    assert lists == [".html", ".pdf", ".vcf", ".xlsx"]
    assert all("ØVELSE" in path.name for path in (folder / "beredskap").iterdir())
    assert bare_cli("doctor").code == 0
    assert (folder / "register.db").stat().st_size <= 3_000_000


def test_it_is_the_same_each_time(bare_cli: Cli, town: dict[str, object], tmp_path: Path) -> None:
    first = bare_cli.json("org", "list")
    bare_cli.json("demo", tmp_path / "again")
    second = bare_cli.json("--db", tmp_path / "again" / "register.db", "org", "list")
    assert first == second
    made = [path for path in (tmp_path / "elvdal").rglob("*") if path.is_file()]
    assert len(made) > 450
    other = [
        path.name
        for path in made
        if path.suffix != ".db"
        and path.read_bytes()
        != (tmp_path / "again" / path.relative_to(tmp_path / "elvdal")).read_bytes()
    ]
    assert not other


def test_the_commands_it_suggests_work(bare_cli: Cli, tmp_path: Path) -> None:
    printed = bare_cli.ok("demo", tmp_path / "elvdal")
    import shlex

    suggested = [shlex.split(line)[1:] for line in printed.splitlines() if "  frivillig " in line]
    assert len(suggested) == 5
    for words in suggested:
        more = ["--accept", "all", "--yes"] if "import" in words else []
        assert bare_cli(*words, *more).code in (0, 3), words


def test_a_folder_with_something_in_it_is_left_alone(bare_cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notat.txt").write_text("mitt")
    assert "already" in bare_cli.refused("demo", tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notat.txt"]


def test_the_letters_are_in_bokmal_and_nynorsk(town: dict[str, object], tmp_path: Path) -> None:
    pdfs = sorted((tmp_path / "elvdal" / "brev").glob("*.pdf"))
    try:
        texts = [
            subprocess.run(
                ["pdftotext", pdf, "-"], capture_output=True, text=True, check=True
            ).stdout
            for pdf in pdfs[:1] + [p for p in pdfs if "rfjell" in p.name.lower()][:1]
        ]
    except FileNotFoundError:
        pytest.skip("poppler-utils is not installed")
    assert "Med vennlig hilsen" in texts[0] and "Med venleg helsing" in texts[1]


def test_it_suggests_what_can_be_typed_where_it_is_not_on_the_path(
    bare_cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.argv", [".venv/bin/frivillig"])
    assert "\n  .venv/bin/frivillig --db " in bare_cli.ok("demo", tmp_path / "elvdal")

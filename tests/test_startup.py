"""What a command loads: the heavy libraries only where they are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "rich", "sqlite_utils", "jinja2", "openpyxl", "typst", "lxml", "phonenumbers", "markdown_it",
    "yaml", "vobject", "tomlkit", "rapidfuzz", "email_validator", "stdnum", "pydantic",
}  # fmt: skip

RUN = """
import sys
sys.argv = ["frivillig", *{words!r}]
from frivillig_cli.__main__ import main
import os
os._exit = sys.exit  # what main() leaves by would leave before the last line
try:
    main()
except SystemExit as stop:
    code = stop.code
ours = {{name.removeprefix("frivillig_cli.") for name in sys.modules if "frivillig" in name}}
loaded = ours | {{name.split(".")[0] for name in sys.modules}}
print("LOADED", code, *sorted(loaded), file=sys.stderr)
"""


def loaded(tmp_path: Path, *words: str, **extra: str) -> tuple[int, set[str]]:
    environment = os.environ | {
        "FRIVILLIG_DB": str(tmp_path / "register.db"),
        "FRIVILLIG_CONFIG": str(tmp_path / "config.toml"),
        "FRIVILLIG_LANG": "nb",
        "PYTHONDONTWRITEBYTECODE": "1",
        **extra,
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(words=list(words))],
        env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    line = next(x for x in done.stderr.splitlines()[::-1] if x.startswith("LOADED"))
    _word, code, *names = line.split()
    return int(code), set(names)


def test_the_version_loads_neither_typer_nor_the_database(tmp_path: Path) -> None:
    code, names = loaded(tmp_path, "--version")
    assert code == 0
    assert names & {"typer", "sqlite3", *HEAVY} == set()


def test_what_lies_beside_the_command_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise SystemExit('from beside')", encoding="utf-8")
    command = tmp_path / "frivillig"
    command.write_text("from frivillig_cli.__main__ import main\nmain()\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, command, "--help"], capture_output=True, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0 and "from beside" not in done.stderr


@pytest.mark.parametrize("words", [("--help",), ("org", "--help"), ("org", "add", "--help")])
def test_help_loads_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, names = loaded(tmp_path, *words)
    assert code == 0
    assert names & HEAVY == set()


@pytest.mark.parametrize("words", [("org", "list"), ("org", "show", "kor"), ("search", "kor")])
def test_a_piped_answer_loads_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert loaded(tmp_path, "init")[0] == 0
    assert loaded(tmp_path, "org", "add", "Lier blandakor")[0] == 0
    code, names = loaded(tmp_path, *words)
    assert code == 0
    assert names & HEAVY == set()


def test_completion_loads_nothing_heavy(tmp_path: Path) -> None:
    assert loaded(tmp_path, "init")[0] == 0
    _code, names = loaded(
        tmp_path,
        COMP_WORDS="frivillig org show ",
        COMP_CWORD="3",
        _FRIVILLIG_COMPLETE="complete_bash",
    )
    assert names & HEAVY == set()


def test_one_letter_loads_what_a_letter_as_pdf_needs_and_no_more(tmp_path: Path) -> None:
    assert loaded(tmp_path, "init", "--name", "Lier kommune")[0] == 0
    assert loaded(tmp_path, "org", "add", "Lier kor", "--email", "a@lier.example")[0] == 0
    code, names = loaded(tmp_path, "letter", "render", "apen-dag", "-o", str(tmp_path / "brev"))
    assert code == 0 and "typst" in names
    others = {"rich", "sqlite_utils", "openpyxl", "lxml", "phonenumbers", "vobject", "rapidfuzz"}
    unused = {"xml", "ssl", "http", "email", "zipfile", "docx", "smtplib", "socket", "asyncio"}
    assert names & (others | unused) == set()
    # what is for logs, lists and checks of letters, for large batches, and for protected people
    elsewhere = {
        "records.letter.logged", "records.letter.outbox_queries", "work.letters.listed",
        "documents.fields", "work.letters.ready", "store.protected", "store.as_its_own",
    }  # fmt: skip
    assert names & elsewhere == set()

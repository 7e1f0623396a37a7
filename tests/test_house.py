"""The rules of the house, held by walking the tree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "frivillig_cli"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ALLOWED_TOP = {"frivillig_cli", "tests", "examples", "pyproject.toml", "README.md", "LICENSE"}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_imports_run_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]])
def test_ruff_finds_nothing(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *words, "."],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_top_level_holds_what_it_should() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} <= ALLOWED_TOP | {"uv.lock"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {str(p): n for p, n in lengths.items() if n > 400} == {}


def test_package_files_hold_a_docstring_only() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        assert len(body) == 1 and ast.get_docstring(ast.Module(body, [])), path


def test_no_file_is_a_drawer_for_anything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [p for p in SOURCES if p.stem in drawers] == []


SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE)",
    re.IGNORECASE | re.DOTALL,
)


def _sql_in(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]


def test_sql_stands_in_queries_and_in_the_store_only() -> None:
    outside = [
        path
        for path in SOURCES
        if "store" not in path.relative_to(PACKAGE).parts
        and not re.fullmatch(r"\w*queries", path.stem)
        and "queries" not in path.relative_to(PACKAGE).parts
    ]
    assert {str(path): lines for path in outside if (lines := _sql_in(path))} == {}


def test_only_the_register_commits() -> None:
    committing = [
        str(path.relative_to(PACKAGE))
        for path in SOURCES
        if re.search(r"\.commit\(\)|[\"']COMMIT[\"']", path.read_text("utf-8"))
    ]
    assert committing == [str(Path("store/register.py"))]


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_tracked_tells_of_a_machine() -> None:
    telling = re.compile(r"/(?:work|root|home)/\w|\.\./shared/(?!data|tools)")
    here = Path(__file__).name
    found = []
    for name in tracked():
        path = ROOT / name
        if path.name == here or path.suffix in {".png", ".xlsx", ".db"} or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if telling.search(line):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    assert found == []

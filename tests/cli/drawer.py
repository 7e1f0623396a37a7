"""A group that can be called out, and what stands in the lists that are made ahead."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.formats.xlsx_read import read_workbook

HIDDEN = "90 11 12 99"


def begin(cli, tmp_path, monkeypatch):
    """A group with Kari (1, leader), Ola (2, deputy), Siv (3, protected), Per (4, away)."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", 1, "Beredskap", "--kind", "beredskap", "--to", "2029-12-31")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for name, number in (("Kari Vik", "90111222"), ("Ola Aas", "90111224"),
                         ("Siv Lund", "90111299"), ("Per Moe", "90111226")):  # fmt: skip
        cli.ok("volunteer", "add", name, "--phone", number)
    cli.ok("beredskap", "member", "add", 1, 1, "--role", "leader")
    cli.ok("beredskap", "member", "add", 1, 2, "--role", "deputy")
    cli.ok("beredskap", "member", "add", 1, 3, 4)
    cli.ok("person", "edit", 3, "--protected")
    cli.ok("beredskap", "absence", "add", 4, "--to", "2026-12-01")
    cli.ok("beredskap", "resource", "add", "Sanitetshuset", "--org", 1, "--key-holder", 1,
           "--second-key-holder", 3, "--capacity", 80)  # fmt: skip
    return cli


def found(cli, code=None):
    """The codes that `check` finds; the exit code says whether there are any."""
    done = cli("beredskap", "check", "--json")
    answer = json.loads(done.out)
    codes = [one["code"] for one in answer["findings"]]
    assert done.code == (3 if codes else 0) and answer["sound"] is (not codes)
    return codes if code is None else [one for one in answer["findings"] if one["code"] == code]


def make_ready(cli):
    cli.ok("beredskap", "revised", "--by", "Anne")
    cli.ok("agreement", "edit", 1, "--exercised", "2026-05-01")
    cli.ok("beredskap", "told", "--group", 1)
    for one in (1, 2, 3, 4):
        cli.ok("beredskap", "verify", one)
    cli.ok("beredskap", "plan", "-o", "plan.txt")
    cli.ok("beredskap", "pack", "drawer")


def as_text(path) -> str:
    if path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("poppler is not installed")
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        )
        return done.stdout
    if path.suffix == ".xlsx":
        sheets = read_workbook(path).sheets
        return "\n".join(str(row) for sheet in sheets for row in sheet.rows)
    return path.read_text("utf-8")


def broken(*_rest):
    raise DocumentError("The document cannot be typeset.")

"""A small register, its survey sent out, and what a person does with a workbook."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from tests.conftest import Cli

PHONE, EMAIL = "90 11 13 34", "per@hagelag.example"


def begin(cli: Cli) -> Cli:
    """An association with a leader, another without, and a survey of them."""
    cli.ok("org", "add", "Lier hagelag", "--email", "post@hagelag.example", "--category", "1100")
    cli.ok("contact", "add", "1", "Per Hansen", "--role", "leader", "--phone", PHONE,
           "--email", EMAIL, "--from", "2024-03-01")  # fmt: skip
    cli.ok("org", "add", "Sylling songlag")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    return cli


def three(cli: Cli) -> Cli:
    """Three associations, two of one category, and a survey of them."""
    cli.ok("org", "add", "Egge barnekor", "--email", "post@egge.example", "--category", "1100",
           "--phone", "32 24 10 00")  # fmt: skip
    cli.ok("org", "add", "Sylling songlag", "--language", "nn", "--email", "post@sylling.example",
           "--category", "1100")  # fmt: skip
    cli.ok("org", "add", "Tranby sanitetsforening", "--category", "3400")
    cli.ok("contact", "add", "2", "Aud Kittilsen", "--role", "leader", "--phone", "90111222")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    return cli


def send(lag: Cli, folder: Path) -> dict[int, str]:
    """Each association's own workbook, by its id."""
    done = lag.json("survey", "export", "1", "-o", folder / "skjema", "--per-org")
    return {row["org_id"]: row["file"] for row in done["files"]}


def rows_of(book):
    return {row[1].value: row for row in book.worksheets[0].iter_rows() if row[1].value}


def answer(path: str, to, **said: object) -> str:
    book = load_workbook(path)
    rows = rows_of(book)
    for name, value in said.items():
        rows[name][3].value = value
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return str(to)


def copy_sheet(path: str, field: str, said: str) -> None:
    book = load_workbook(path)
    copy = book.copy_worksheet(book.worksheets[0])
    rows = {row[1].value: row for row in copy.iter_rows() if row[1].value}
    rows[field][3].value = said
    book.save(path)


def words_in(path) -> str:
    book = load_workbook(path)
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )


def corrected(lag, tmp_path, to: str, **said: object) -> str:
    listed = tmp_path / f"{to}-rejected.xlsx"
    lag.ok("survey", "problems", "1", "-o", listed)
    book = load_workbook(listed)
    rows = rows_of(book)
    for name, value in said.items():
        rows[name][7].value = value
    book.save(tmp_path / to)
    return str(tmp_path / to)


def leaders(lag) -> dict[str, tuple[str, str | None]]:
    held = lag.json("org", "show", "1")["contacts"]
    return {c["name"]: (c["from"], c["to"]) for c in held if c["role"] == "leader"}


def take_in(lag: Cli, *files: object):
    """Take the files in; what came of it, and the JSON of it."""
    done = lag("survey", "import", "1", *files, "--yes", "--json")
    return done, json.loads(done.out)

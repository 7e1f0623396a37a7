"""Input that has hurt other programs, and what must not come of it."""

from __future__ import annotations

import csv
import io
import re

# Synthetic, with valid check digits: no person has it.
BIRTH_NUMBER = "01017012343"

HOSTILE_NAMES = [
    "[bold red]Rich[/] [link=https://x.example]markup[/link]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07name",
    "two\nlines\tand a tab",
    "right \u202eot tfel\u202c and \u2066isolated\u2069",
    '=HYPERLINK("https://x.example","x")',
    "@SUM(A1)",
    "../../x",
    "C:\\x\\..\\y",
    "Ærfugl & Sønner <AS>",
    "'; DROP TABLE person; --",
    '"quoted" %s {name} $(reboot) `reboot`',
    "x" * 200,
]


def no_birth_number_in(text: str) -> None:
    """Neither whole nor with a space or dot in it."""
    assert not re.search(r"010170[ .\-]?12343", text)


def shown_harmlessly(cli, noun: str, number: int) -> None:
    """What is printed of it steers no terminal, breaks no table and is no formula."""
    name = cli.json(noun, "show", number)["name"]
    assert name.isprintable()
    for command in ("list", "show"):
        shown = cli.ok(noun, command, *([number] if command == "show" else []))
        assert name in shown
        assert all(line.isprintable() for line in shown.splitlines())
    rows = list(csv.DictReader(io.StringIO(cli.ok(noun, "list", "--csv"))))
    assert len(rows) == 1
    assert not rows[0]["name"].startswith(("=", "+", "@"))

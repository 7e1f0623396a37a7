"""What the tests of a restore share: what stands in a register, and all that is told of a batch."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.letter_outbox import NAMES


def ask(path: Path, sql: str) -> list:
    with closing(sqlite3.connect(path)) as there:
        return there.execute(sql).fetchall()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as there, there:
        for sql in statements:
            there.execute(sql)


def everything(office, batch: int = 1) -> tuple:
    """All that is told of a batch, and the very bytes."""
    files = {}
    for name in NAMES:
        target = office.folder / "out" / name
        target.parent.mkdir(exist_ok=True)
        if office("letter", "show", batch, name, "-o", f"{target}.eml", "--overwrite").code == 0:
            files[name] = Path(f"{target}.eml").read_bytes()
    return (
        office.json("letter", "show", batch),
        office.json("letter", "journal"),
        files,
        ask(office.path, "SELECT letter_id, message_id, state, at, answer FROM letter_mail"),
        ask(office.path, "SELECT packed FROM letter_pack"),
    )

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frivillig_cli.core.query import Query
from frivillig_cli.records import municipality
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.letters.batch import Request

NOW = datetime(2027, 2, 15, 9, 0, tzinfo=UTC)
TODAY = date(2027, 2, 15)


class Office:
    """A municipality with a name, and associations as the test needs them."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register, self.folder = register, folder
        self.own = folder / "templates"

    def change(self):
        return self.register.transaction(Command("test", "test", NOW))

    def orgs(self, n: int, **values: str) -> list[int]:
        given = {"email": "post@lag.example", **values}
        with self.change():
            return [
                orgs.add(self.register, {"name": f"Lag nummer {one:05}", **given}, now=NOW)
                for one in range(1, n + 1)
            ]

    def request(self, template: str = "apen-dag", **more: object) -> Request:
        return Request(template, more.pop("query", Query()), self.own, TODAY, **more)

    def template(self, name: str, body: str, **head: str) -> None:
        self.own.mkdir(exist_ok=True)
        lines = [f"{k}: {v}" for k, v in {"title": "Et brev", "language": "nb", **head}.items()]
        text = "\n".join(["---", *lines, "---", body, ""])
        (self.own / f"{name}.{head.get('language', 'nb')}.md").write_text(text, "utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    register = create_register(tmp_path / "register.db")
    made = Office(register, tmp_path)
    with made.change():
        municipality.put(register, {"municipality.name": "Elvedal kommune"})
    yield made
    register.close()

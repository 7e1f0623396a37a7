"""A register, a file of any kind, and one call that imports it."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from frivillig_cli.records.municipality import put
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command
from frivillig_cli.work.imports import job
from frivillig_cli.work.imports.apply import apply
from frivillig_cli.work.imports.result import Mode, Options

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def command(name="org import"):
    return Command(name, "test", NOW)


@pytest.fixture
def register(tmp_path):
    opened = create_register(tmp_path / "register.db")
    with opened.transaction(command("init")):
        put(opened, {"municipality.number": "3312"})
    yield opened
    opened.close()


@pytest.fixture
def write(tmp_path):
    def write(rows, name="liste.csv", delimiter=";", encoding="utf-8"):
        path = tmp_path / name
        if isinstance(rows, bytes):
            path.write_bytes(rows)
        elif name.endswith(".json"):
            path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        elif name.endswith(".xlsx"):
            _workbook(path, rows)
        else:
            out = io.StringIO()
            csv.writer(out, delimiter=delimiter).writerows(rows)
            path.write_bytes(out.getvalue().encode(encoding))
        return path

    return write


def _workbook(path, rows):
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.fixture
def take_in(register):
    """Import a file: previewed, then done; the two results must be the same."""

    def take_in(path, what="org", *, decisions=None, **options):
        mode = Mode(options.pop("mode", "fill"))
        chosen = Options(mode=mode, **options)
        kind = job.kind_of(what, NOW)
        plan = job.prepare(register, path, kind, chosen)
        done = job.imported_before(register, plan, chosen)
        if done:
            return done
        with register.transaction(command(), dry_run=True):
            preview = apply(register, plan, kind, chosen, now=NOW, decisions=decisions)
        while decisions and decisions.settle():
            with register.transaction(command(), dry_run=True):
                preview = apply(register, plan, kind, chosen, now=NOW, decisions=decisions)
        with register.transaction(command()):
            result = job.take_in(register, plan, kind, chosen, now=NOW, decisions=decisions)
        assert {**preview.to_json(), "applied": result.applied} == result.to_json()
        rows = result.created + result.changed + result.kept + result.unchanged
        assert rows + len(result.skipped) + result.rejected_rows == result.rows
        return result

    return take_in


@pytest.fixture
def orgs(register):
    """The organisations by name, as dicts."""

    def orgs():
        return {row["name"]: dict(row) for row in register.rows("SELECT * FROM org ORDER BY id")}

    return orgs


@pytest.fixture
def add_org(register):
    from frivillig_cli.records.org import actions

    def add_org(**values):
        with register.transaction(command("org add")):
            return actions.add(register, values, now=NOW)

    return add_org

"""Whatever a small register holds: after a merge nothing points to who is gone, and nothing of
what was recorded is lost but what stood there twice; after an undo all is as it was."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.org.queries import above
from frivillig_cli.store.opening import create_register, open_register
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.verify import verify
from frivillig_cli.work.doctor.derived import check_keys, check_search
from frivillig_cli.work.merging.kinds import ORG, PERSON, Kind

from .conftest import STAMP, Workshop

ORGS, PEOPLE = 4, 4
NAMES = ["Fossen vel", "FOSSEN VEL", "Æbø kor", "Åsen IL"]
MAIL = [None, "a@fossen.example", "b@fossen.example"]
NUMBERS = ["+4790111111", "+4790222222"]
KEYS = {"name_sort": "x", "name_search": "x"}
E, LE = '["email"]', '["leader","email"]'
orgs, people = st.integers(1, ORGS), st.integers(1, PEOPLE)
days = st.sampled_from([None, "2020-01-01", "2022-01-01"])


def row(table: str, **columns: st.SearchStrategy) -> st.SearchStrategy:
    return st.fixed_dictionaries(columns).map(lambda values: (table, values))


ROWS = st.lists(
    st.one_of(
        row("org_tag", org_id=orgs, tag=st.sampled_from("ab")),
        row("org_umbrella", org_id=orgs, umbrella_id=orgs),
        row("not_duplicate", org_id=orgs, other_id=orgs),
        row(
            "contact", org_id=orgs, person_id=people, from_date=days, to_date=days,
            role=st.sampled_from(["leader", "treasurer"]),
        ),
        row("person_phone", person_id=people, number=st.sampled_from(NUMBERS),
            rank=st.integers(1, 3), wrong=st.integers(0, 1), verified=days),
        row("person_skill", person_id=people, skill=st.sampled_from("ab")),
        row("confirmation", org_id=orgs, fields=st.sampled_from([E, LE]),
            confirmed=st.sampled_from(["2024", "2025"]), source=st.just("s")),
        row("response_member", group_id=st.just(1), person_id=people,
            role=st.sampled_from(["leader", "member"])),
        row("callout", activation_id=st.integers(1, 2), person_id=people,
            contact=st.sampled_from(["pending", "pending", "reached"])),
        row("resource", org_id=orgs, key_holder_id=people),
        row("agreement_party", agreement_id=st.just(1), org_id=orgs,
            role=st.sampled_from([None, "r"])),
        row("survey_recipient", org_id=orgs, base_key=st.sampled_from("ab")),
        row("volunteer", id=people, status=st.sampled_from(["active", "archived"]),
            availability=st.sampled_from([None, "a", "b"])),
    ),
    max_size=25,
)  # fmt: skip


@cache
def empty() -> Path:
    """A new register's file, made once."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    atexit.register(shutil.rmtree, path.parent)
    create_register(path).close()
    return path


@contextmanager
def made(rows, names, mail) -> Iterator[Workshop]:
    """A register with these rows, without those that the schema itself refuses."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty(), Path(folder) / "r.db")
        register = open_register(Path(folder) / "r.db")
        with register.transaction(Workshop(register).command(), dry_run=True):
            pass
        register._connection.execute("PRAGMA synchronous=OFF")
        shop = Workshop(register)
        for name, address in zip(names, mail, strict=True):
            shop.org(name, **({"email": address} if address else {}))
            shop.person(name, **({"email": address} if address else {}))
        connection = register._connection
        with register.transaction(shop.command()):
            stamps = {"created": STAMP, "updated": STAMP}
            register.insert("agreement", uid="u", org_id=1, title="x", kind="beredskap",
                            **KEYS, **stamps)  # fmt: skip
            register.insert("response_group", org_id=2, name="x", agreement_id=1, **KEYS)
            register.insert("survey", uid="s", title="x", questions="[]", created=STAMP, **KEYS)
            for number, state in (("1", "closed"), ("2", "active")):
                register.insert("activation", uid=number, number=number, title="x", kind="real",
                                state=state, started=STAMP, payer="other", **KEYS)  # fmt: skip
            for n, (table, values) in enumerate(rows):
                filled = values | _rest(table, n)
                names_ = ",".join(filled)
                marks = ",".join("?" * len(filled))
                connection.execute(
                    f"INSERT OR IGNORE INTO {table} ({names_}) VALUES ({marks})",
                    tuple(filled.values()),
                )
            for (number,) in connection.execute(
                "SELECT id FROM callout WHERE contact = 'reached'"
            ).fetchall():
                register.insert("attempt", activation_id=1, callout_id=number, episode=1, round=1,
                                caller="k", happened=STAMP, registered=STAMP,
                                outcome="answered")  # fmt: skip
        yield shop
        register.close()


def _rest(table: str, n: int) -> dict[str, object]:
    return {
        "callout": {"row_code": f"R{n}", "rank": n, "name": "x", "phones": "[]", "groups": "[]",
                    "skills": "[]", "selection": "eligible"},
        "resource": {"name": "x", **KEYS},
        "survey_recipient": {"survey_id": 1, "base": "{}", "sent": STAMP},
        "volunteer": {"created": STAMP, "updated": STAMP},
    }.get(table, {})  # fmt: skip


def pointers(shop: Workshop, table: str, row_id: int) -> list[tuple[str, str]]:
    return [
        (child, column)
        for child, column in Tables(shop.register).references[table]
        if shop.rows(f'SELECT 1 FROM "{child}" WHERE "{column}" = ?', row_id)
    ]


def said(shop: Workshop, table: str, columns: str, of: int, as_if: int) -> Counter:
    """What the rows of a table say, as if `of` were `as_if` already; doubles count once."""
    found = shop.rows(f"SELECT {columns} FROM {table}")
    return Counter({tuple(as_if if v == f"#{of}" else v for v in one) for one in found})


# (table, what a row says; whom it is about as "#id"), whatever the merge: this is never lost
LASTING = {
    "org": {
        "org_tag": "'#' || org_id, tag",
        "contact": "'#' || org_id, person_id, role, to_date",
        "resource": "'#' || org_id, id",
        "survey_recipient": "'#' || org_id, base_key",
        "agreement_party": "'#' || org_id, role",
    },
    "person": {
        "contact": "org_id, '#' || person_id, role, to_date",
        "person_phone": "'#' || person_id, number",
        "person_skill": "'#' || person_id, skill",
        "response_member": "'#' || person_id, group_id",
        "callout": "'#' || person_id, activation_id",
        "resource": "'#' || key_holder_id, id",
        "volunteer": "'#' || id",
    },
}


@pytest.mark.parametrize("kind", [ORG, PERSON], ids=["org", "person"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=ROWS,
    names=st.lists(st.sampled_from(NAMES), min_size=ORGS, max_size=ORGS),
    mail=st.lists(st.sampled_from(MAIL), min_size=ORGS, max_size=ORGS),
    take=st.booleans(),
)
def test_merging_loses_nothing_and_undo_restores_all(
    kind: Kind, rows, names, mail, take: bool
) -> None:
    with made(rows, names, mail) as shop:
        keep, drop = 1, 2
        before = shop.dump()
        lasting = {
            table: said(shop, table, columns, drop, f"#{keep}")
            for table, columns in LASTING[kind.table].items()
        }
        chosen = [f for f in ("name", "email") if take and _differ(before[kind.table], f)]
        try:
            shop.merge(kind, keep, drop, take=chosen)
        except RefusedError:
            assert kind is PERSON
            assert shop.dump() == before
            return
        assert pointers(shop, kind.table, drop) == []
        assert shop.rows(f"SELECT id FROM {kind.table} WHERE id = ?", drop) == []
        for table, columns in LASTING[kind.table].items():
            assert said(shop, table, columns, drop, f"#{keep}") == lasting[table], table
        assert shop.rows("PRAGMA foreign_key_check") == []
        assert not list(check_keys(shop.register)) and not list(check_search(shop.register))
        if kind is ORG and not _circle(before["org_umbrella"]):
            assert all(one not in above(shop.register, one) for one in range(1, ORGS + 1))
        assert not verify(shop.register)
        shop.undo()
        assert shop.dump() == before


def _differ(rows: list[dict], field: str) -> bool:
    mine, other = (one[field] for one in rows[:2])
    return bool(other) and mine != other


def _circle(rows: list[dict]) -> bool:
    ties = {(one["org_id"], one["umbrella_id"]) for one in rows}
    for _step in range(ORGS):
        ties |= {(a, d) for a, b in ties for c, d in ties if b == c}
    return any(a == b for a, b in ties)


def test_the_rows_that_are_made_here_are_rows_that_sqlite_takes() -> None:
    """Else the test above would hold of nothing."""
    rows = [("org_tag", {"org_id": 2, "tag": "a"}), ("volunteer", {"id": 2, "status": "active"})]
    with made(rows, NAMES, MAIL + MAIL[:1]) as shop:
        assert shop.rows("SELECT count(*) FROM org_tag") == [(1,)]
        assert shop.rows("SELECT count(*) FROM volunteer") == [(1,)]
        assert isinstance(shop.register._connection, sqlite3.Connection)

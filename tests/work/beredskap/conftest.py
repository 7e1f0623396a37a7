from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from frivillig_cli.core.names import fold, sort_key
from frivillig_cli.records.agreement import actions as agreements
from frivillig_cli.records.response import actions as response
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command
from frivillig_cli.work.beredskap import calls, claims, view
from frivillig_cli.work.beredskap.activate import Request, activate
from frivillig_cli.work.beredskap.calls import Heard

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def keys(name):
    return {"name": name, "name_sort": sort_key(name), "name_search": fold(name)}


class World:
    """A small register, and a clock that is moved by hand."""

    def __init__(self, path):
        self.register = create_register(path)
        self.now = NOW

    @contextmanager
    def change(self, dry_run=False):
        with self.register.transaction(Command("test", "anne", self.now), dry_run=dry_run):
            yield self.register

    def later(self, **passed):
        self.now += timedelta(**passed)

    def stamps(self):
        return {"created": NOW.isoformat(), "updated": NOW.isoformat()}

    def org(self, name="Lier sanitetsforening", **more):
        with self.change() as register:
            return register.insert("org", uid=fold(name), **keys(name), **self.stamps(), **more)

    def agreement(self, org, title="Beredskapsavtale", **more):
        values = {"title": title, "kind": "beredskap", "from_date": "2026-01-01",
                  "to_date": "2027-12-31", **more}  # fmt: skip
        with self.change() as register:
            return agreements.add(register, org, values, now=self.now)

    def group(self, org, name="Omsorg", agreement=None, order=1):
        with self.change() as register:
            return response.add_group(
                register, name, org, agreement_id=agreement, order=order, today=date(2026, 11, 23)
            )

    def person(self, name, *numbers, group=None, role="member", skills=(), **more):
        volunteer = {key: more.pop(key) for key in ("status",) if key in more}
        with self.change() as register:
            new = register.insert("person", uid=name, **keys(name), **self.stamps(), **more)
            for rank, number in enumerate(numbers, start=1):
                register.insert("person_phone", person_id=new, number=number, rank=rank)
            for skill in skills:
                register.insert("person_skill", person_id=new, skill=skill)
            if volunteer:
                register.insert("volunteer", id=new, **volunteer, **self.stamps())
            for one in [group] if isinstance(group, int) else group or ():
                response.add_member(register, one, new, role=role, order=None)
        return new

    def activate(self, title="Flom", dry_run=False, **more):
        with self.change(dry_run) as register:
            new = activate(register, Request(title, **more), by="anne", now=self.now)
            seen = view.load(register, new, self.now)
        return seen if dry_run else new

    def view(self, activation):
        return view.load(self.register, activation, self.now)

    def row(self, activation, person):
        return next(row for row in self.view(activation).rows if row.person_id == person)

    def call(self, activation, person, word, **more):
        with self.change() as register:
            heard = Heard(word, more.pop("caller", "anne"), **more)
            return calls.record_call(register, activation, str(person), heard, now=self.now)

    def next(self, activation, caller="anne", **more):
        with self.change() as register:
            return claims.claim_next(register, activation, caller=caller, now=self.now, **more)


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path / "register.db")
    yield made
    made.register.close()


@pytest.fixture
def group(world):
    """A group of an association that has an agreement in force."""
    org = world.org()
    world.agreement(org, exercise_payer="association", event_payer="municipality")
    return world.group(org)

"""A call-out in processes that are really killed, and three at once on one list.

With FRIVILLIG_TEST_KILLS=200 and FRIVILLIG_TEST_OUTCOMES=1000 this file tries as much as one would
by hand.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from frivillig_cli.cli.app import run
from frivillig_cli.records.activation.actions import broken_chains
from frivillig_cli.store.doctor import diagnose
from frivillig_cli.store.opening import open_register
from frivillig_cli.work.beredskap import view

KILLS = int(os.environ.get("FRIVILLIG_TEST_KILLS", "25"))
OUTCOMES = int(os.environ.get("FRIVILLIG_TEST_OUTCOMES", "90"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


@pytest.fixture
def town(world, group, tmp_path, monkeypatch):
    """A register with people to call in it, closed; the machine's own clock."""
    monkeypatch.setenv("FRIVILLIG_DB", str(tmp_path / "register.db"))
    monkeypatch.setenv("FRIVILLIG_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FRIVILLIG_LANG", "en")
    monkeypatch.delenv("FRIVILLIG_CLOCK", raising=False)
    monkeypatch.chdir(tmp_path)

    def people(many):
        with world.change() as register:
            for n in range(many):
                name = f"person {n:04}"
                new = register.insert(
                    "person", uid=name, name=name.title(), name_sort=name, name_search=name,
                    **world.stamps(),
                )  # fmt: skip
                register.insert("person_phone", person_id=new, number=f"+479{n:07}", rank=1)
                register.insert("response_member", group_id=group, person_id=new, role="member")
        world.register.close()

    yield people
    world.register = open_register(tmp_path / "register.db")


def typed(*words):
    """One command in this process: (exit code, what it answers, what it says besides)."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["beredskap", *map(str, words), "--json"])
    return code, json.loads(out.getvalue() or "null"), err.getvalue()


class Terminal:
    """A process of its own that calls people until it is told to stop; `said` is what it saw
    confirmed."""

    def __init__(self, work, *arguments):
        reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reader)
            with os.fdopen(writer, "w", buffering=1) as out, contextlib.suppress(BaseException):
                work(lambda *what: print(json.dumps(what), file=out, flush=True), *arguments)
            os._exit(0)
        os.close(writer)
        self._out = os.fdopen(reader)

    def kill_after(self, words, seconds):
        """kill -9 so long after so many words beyond its first."""
        first = "".join(self._out.readline() for _word in range(1 + words))
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)
        return self.ended(first)

    def ended(self, first=""):
        """What was confirmed, whole lines only."""
        said = first + self._out.read()
        self._out.close()
        os.waitpid(self.pid, 0)
        return [json.loads(line) for line in said.splitlines(keepends=True) if line[-1] == "\n"]


def calling(say, chance):
    """What one does at night: next, call, now and then a line in the log, somebody who comes."""
    say("ready")
    for n in range(10_000):
        code, found, _err = typed("next")
        if code:
            return
        person, word = found["person_id"], chance.choice(["yes", "no", "no-answer", "busy"])
        if typed("call", person, word)[0] == 0:
            say("call", person, word)
        if word == "yes" and chance.random() < 0.5 and typed("arrive", person)[0] == 0:
            say("arrive", person)
        text = f"line {os.getpid()} {n}"
        if chance.random() < 0.3 and typed("log", text)[0] == 0:
            say("log", text)


def test_a_call_out_that_is_killed_at_any_moment_loses_nothing_and_tears_nothing(town, tmp_path):
    town(12 * KILLS)
    assert typed("activate", "Flom", "--need", 10 * KILLS, "-o", "ut")[0] == 0
    chance = random.Random(11)
    confirmed = Counter()
    for n in range(KILLS):
        told = Terminal(calling, random.Random(n)).kill_after(
            chance.randint(0, 5), chance.uniform(0, 0.1)
        )
        confirmed.update(map(tuple, told))
        register = open_register(tmp_path / "register.db")
        assert broken_chains(register) == []
        attempts = Counter(
            ("call", person) for (person,) in register.rows(
                "SELECT person_id FROM attempt JOIN callout c ON c.id = attempt.callout_id"
            )
        )  # fmt: skip
        entries = Counter(
            ("log", text)
            for (text,) in register.rows("SELECT text FROM log_entry WHERE type = 'observation'")
        )
        stored = attempts + entries
        rows = {row.person_id: row for row in view.load(register, 1, datetime.now(UTC)).rows}
        register.close()
        called = Counter()
        for kind, what, *_word in (one for one in confirmed.elements() if len(one) > 1):
            if kind == "arrive":
                assert rows[what].deployment == "on_site"
            elif kind == "call":
                called["call", what] += 1
            else:
                assert entries["log", what] == 1, "a line was lost, or is there twice"
        assert not called - stored, "something confirmed was lost"
        # At most what the killed ones were about to confirm is there besides, once each.
        assert sum((attempts - called).values()) <= n + 1
        assert max(stored.values(), default=1) == 1
        code, found, err = typed("next")
        assert code == 0 and found["phones"], err
        assert typed("call", found["person_id"], "sms-sent")[0] == 0
        confirmed["call", found["person_id"], "sms-sent"] += 1
    register = open_register(tmp_path / "register.db")
    assert diagnose(register) == ()
    register.close()
    assert any(one[0] == "arrive" for one in confirmed) and len(confirmed) > KILLS


def starting(say, n):
    say("ready")
    code, found, _err = typed("activate", f"Flom {n}", "-o", f"ut{n}")
    if code == 0:
        say("number", found["number"])


def test_an_activation_that_is_killed_is_there_with_everybody_or_not_at_all(town, tmp_path):
    town(30)
    chance = random.Random(5)
    numbers = []
    for n in range(max(6, KILLS // 4)):
        told = Terminal(starting, n).kill_after(0, chance.uniform(0, 0.5))
        numbers += [number for kind, *rest in told if kind == "number" for number in rest]
        register = open_register(tmp_path / "register.db")
        for found in register.rows("SELECT id FROM activation"):
            assert len(view.load(register, found["id"], datetime.now(UTC)).rows) == 30
        there = [row[0] for row in register.rows("SELECT number FROM activation")]
        assert set(numbers) <= set(there) and broken_chains(register) == []
        register.close()
        for file in (tmp_path / f"ut{n}").glob("[!.]*"):
            data = file.read_bytes()
            ends = {".pdf": b"%%EOF", ".html": b"</html>", ".vcf": b"END:VCARD"}
            assert ends.get(file.suffix, b"") in data[-40:], f"{file.name} is half of one"
    if there:  # what was cut off is printed again
        assert typed("print", "--activation", there[-1], "-o", "igjen")[0] == 0


def outcomes(say, people):
    for person in people:
        for word in ("no-answer", "yes"):
            code, _found, err = typed("call", person, word)
            say("call", person, word, code, err)


def test_outcomes_of_three_terminals_at_once_are_all_there_once(town, tmp_path):
    many = OUTCOMES // 2
    town(many)
    assert typed("activate", "Flom", "--need", many // 3, "-o", "ut")[0] == 0
    terminals = [Terminal(outcomes, range(1 + n, many + 1, 3)) for n in range(3)]
    told = [one for terminal in terminals for one in terminal.ended()]
    assert [one[3:] for one in told if one[3]] == [], "something was refused"
    assert len(told) == 2 * many
    register = open_register(tmp_path / "register.db")
    stored = Counter(
        tuple(row) for row in register.rows(
            "SELECT c.person_id, attempt.outcome FROM attempt"
            " JOIN callout c ON c.id = attempt.callout_id"
        )
    )  # fmt: skip
    assert len(stored) == 2 * many and set(stored.values()) == {1}
    seen = view.load(register, 1, datetime.now(UTC))
    assert seen.tally["yes"] == many // 3, "the need is covered, and not more than that"
    assert seen.tally["yes"] + seen.tally["reserve"] == many
    sequence = [row[0] for row in register.rows("SELECT seq FROM log_entry ORDER BY seq")]
    assert sequence == list(range(1, 2 * many + 2)) and broken_chains(register) == []
    assert diagnose(register) == ()
    register.close()

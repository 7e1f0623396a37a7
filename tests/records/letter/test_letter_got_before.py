"""Letters are looked up one by one among those of before, never by going through all of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frivillig_cli.records.letter import actions, double_queries, outbox_queries, queries
from frivillig_cli.records.letter.logged import Going
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command

NOW = datetime(2027, 2, 15, 9, 0, tzinfo=UTC)
FEW, MANY = 20, 160


@pytest.fixture
def register(tmp_path):
    made = create_register(tmp_path / "register.db")
    with made.transaction(Command("test", "test", NOW)):
        for n in range(MANY):
            orgs.add(made, {"name": f"Lag {n}"}, now=NOW)
            people.add(made, {"name": f"Nils {n}"}, now=NOW)
    yield made
    made.close()


def two_batches(register, whose: str, n: int) -> int:
    """A batch that was posted to so many, and another with the same letter to them."""
    rows = [LetterRow(f"{n}", "nb", file=f"{n}.pdf", sha256="a", **{whose: n + 1})
            for n in range(n)]  # fmt: skip
    versions, folder = {"nb": "f" * 64}, f"/brev/{n}"
    new = actions.NewBatch(f"mal-{whose}-{n}", versions, "Et brev", "pdf", "org", folder)
    with register.transaction(Command("test", "test", NOW)):
        first = actions.add_batch(register, new, rows, now=NOW)
        letters = actions.unsent(register, first)
        actions.mark_sent(register, first, letters, Going("post", NOW.isoformat(), {}), now=NOW)
        return actions.add_batch(register, new, rows, now=NOW)


def steps(register, ask) -> int:
    """How many steps SQLite takes to answer."""
    seen = []
    register._connection.set_progress_handler(lambda: seen.append(0), 1)
    ask()
    register._connection.set_progress_handler(None, 1)
    return len(seen)


@pytest.mark.parametrize("whose", ["org_id", "person_id"])
def test_eight_times_as_many_take_eight_times_as_long(register, whose: str) -> None:
    few, many = two_batches(register, whose, FEW), two_batches(register, whose, MANY)
    assert len(double_queries.got_before(register, many)) == MANY
    little, much = (
        steps(register, lambda n=batch: double_queries.got_before(register, n))
        for batch in (few, many)
    )
    assert much < 10 * little


@pytest.mark.parametrize("whose", ["org_id", "person_id"])
def test_one_of_many_takes_as_long_as_one_of_a_few(register, whose: str) -> None:
    few, many = two_batches(register, whose, FEW), two_batches(register, whose, MANY)
    last = [queries.letters(register, batch)[-1].id for batch in (few, many)]
    little, much = (
        steps(register, lambda n=one: outbox_queries.why_not_now(register, n, again=True))
        for one in last
    )
    assert much < 2 * little


def test_what_was_written_over_is_found_in_time_that_grows_with_the_letters(register) -> None:
    few, many = (two_batches(register, "org_id", n) for n in (FEW, MANY))
    assert queries.written_over_by(register, many - 1) is None  # the same letters, in one folder
    little, much = (
        steps(register, lambda n=batch - 1: queries.written_over_by(register, n))
        for batch in (few, many)
    )
    assert much < 12 * little

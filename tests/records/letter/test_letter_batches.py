"""Batches of letters: recorded once, sent once, and who has got what."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frivillig_cli.core.errors import NotFoundError, RefusedError
from frivillig_cli.records.letter import actions, double_queries, queries
from frivillig_cli.records.letter.logged import Going
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command

NOW = datetime(2027, 2, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def register(tmp_path):
    made = create_register(tmp_path / "register.db")
    with made.transaction(Command("test", "test", NOW)):
        for name in ("Sylling songlag", "Egge barnekor"):
            orgs.add(made, {"name": name}, now=NOW)
    yield made
    made.close()


def letter(org: int, digest: str = "a", **more: str) -> LetterRow:
    written = {} if "skipped" in more else {"file": f"{org}.pdf", "sha256": digest}
    return LetterRow(f"Lag {org}", "nb", org_id=org, **written, **more)


def add(register, *letters: LetterRow, template: str = "mal", **more: object) -> int:
    new = actions.NewBatch(template, {"nb": "f" * 64}, "Et brev", "pdf", "org", "/tmp/brev", **more)
    with register.transaction(Command("test", "test", NOW)):
        return actions.add_batch(register, new, letters, now=NOW)


def send(register, number: int):
    with register.transaction(Command("test", "test", NOW)):
        letters = actions.unsent(register, number)
        going = Going("post", NOW.isoformat(), {}, by_hand=True)
        return actions.mark_sent(register, number, letters, going, now=NOW)


def test_a_batch_keeps_everybody_and_counts_them(register) -> None:
    number = add(register, letter(1), letter(2, skipped="no_address"))
    found = queries.batch(register, number)
    assert (found.written, found.skipped, found.status, found.sent) == (1, 1, "draft", None)
    assert [row.skipped for row in queries.letters(register, number)] == [None, "no_address"]


def test_a_row_has_a_file_or_a_reason(register) -> None:
    with pytest.raises(RefusedError):
        add(register, LetterRow("Lag 1", "nb", org_id=1))
    assert queries.batches(register) == []


def test_only_what_was_sent_has_been_got(register) -> None:
    number = add(register, letter(1), letter(2, skipped="no_address"))
    assert queries.has_got(register, "mal", "org", None) == {}
    assert send(register, number).sent == "2027-02-15T09:00:00+00:00"
    assert queries.has_got(register, "mal", "org", None) == {1: "already_sent"}
    assert queries.has_got(register, "another", "org", None) == {}
    assert queries.sent_files(register, "/tmp/brev") == {"1.pdf": number}


def test_what_was_sent_or_is_empty_or_not_there_is_not_sent(register) -> None:
    number = add(register, letter(1))
    send(register, number)
    empty = add(register, letter(1, skipped="archived"))
    for wrong in (number, empty):
        with pytest.raises(RefusedError):
            send(register, wrong)
    with pytest.raises(NotFoundError):
        send(register, 99)


def test_a_batch_whose_files_hold_another_letter_now_is_not_sent(register) -> None:
    first = add(register, letter(1, "a"), letter(2, "b"))
    same = add(register, letter(1, "a"))
    assert queries.written_over_by(register, first) is None
    later = add(register, letter(2, "c"))
    assert queries.written_over_by(register, first) == later
    with pytest.raises(RefusedError, match=str(later)):
        send(register, first)
    send(register, same)
    assert double_queries.got_before(register, first) == {1: "already_sent"}

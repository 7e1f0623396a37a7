"""Which letters of a batch are to somebody who has had the letter, or gets another copy of it."""

from __future__ import annotations

from frivillig_cli.records.letter import double_queries, queries
from frivillig_cli.records.letter.logged import Batch
from frivillig_cli.store.register import Register


def had(register: Register, batch: Batch) -> dict[int, str]:
    """The letters that go to nobody for that, and why (a code of SKIP_REASONS)."""
    got = queries.got_before(register, batch.id, here_only=bool(batch.again))
    twice = double_queries.doubles(register, batch.id)
    return dict.fromkeys(twice, "twice") | dict.fromkeys(got, "already_sent")

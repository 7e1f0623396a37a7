"""The copies of the letters that went out: each is what its hash in the history says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import kept_queries
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register

SHOWN = 10


def check_copies(register: Register) -> Iterator[Finding]:
    """A finding for each letter whose copy is gone or another one (at most SHOWN)."""
    for batch, recipient in islice(kept_queries.damaged(register), SHOWN):
        yield Finding(
            "letter_copy",
            _("The copy of the letter to {name} in batch {id} is not what went out.",
              name=recipient, id=batch),
            _("Restore a backup, or look for it in one: frivillig backup list"),
        )  # fmt: skip

"""What the call-outs say of themselves when the register is checked."""

from __future__ import annotations

from collections.abc import Iterator

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation.actions import broken_chains
from frivillig_cli.store.findings import Finding
from frivillig_cli.store.register import Register


def check_logs(register: Register) -> Iterator[Finding]:
    """A finding for each log in which a line was changed, taken out or put in from outside."""
    for number, seq in broken_chains(register):
        yield Finding(
            "log",
            _("The log of {number} does not hold from entry {seq} on.", number=number, seq=seq),
            _("Something else than frivillig changed it: compare it with a backup."),
        )

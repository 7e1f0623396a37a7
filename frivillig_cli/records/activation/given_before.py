"""The numbers that activations have in a register which a restore has replaced.

They stand on lists and in logs on paper, though the activations are not in the register any more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from frivillig_cli.records.activation import queries
from frivillig_cli.store import settings
from frivillig_cli.store.register import Register

_KEY = "activation.numbers_given"


def last(register: Register) -> list[str]:
    """The last number of each year and kind that was given in a register before this one."""
    stored = settings.read(register).get(_KEY)
    return json.loads(stored) if stored else []


def give_none_again(register: Register, other: Register) -> None:
    """Inside a transaction: the next numbers are above those that were given in another copy."""
    given: Sequence[str] = [*last(register), *last(other), *queries.numbers(other)]
    highest: dict[str, str] = {}
    for number in sorted(given, key=_running):
        highest[number.rpartition("-")[0]] = number
    settings.write(register, _KEY, json.dumps(sorted(highest.values()), ensure_ascii=False)
                   if highest else "")  # fmt: skip


def _running(number: str) -> int:
    return int(number.rpartition("-")[2])

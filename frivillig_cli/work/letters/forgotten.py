"""Letters that went out after a backup was made, and are forgotten when it is restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.records.letter.gone_queries import Gone, Key, written
from frivillig_cli.store import reach
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class Forgotten:
    """`letters` of one batch that went out since. `days`: when, as ISO dates.

    `known`: the restored register has the batch. `all_out`: none of the batch is left to send,
    and none of it in doubt.
    """

    batch: int
    template: str
    title: str
    letters: int
    days: tuple[str, ...]
    known: bool
    all_out: bool

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {
            "batch": self.batch,
            "template": self.template,
            "title": self.title,
            "letters": self.letters,
            "all": self.all_out,
            "in_register": self.known,
            "last": self.days[-1],
        }


def forgotten(replaced: Path, restored: Register) -> list[Forgotten] | None:
    """What went out by the register at `replaced`, and not by the one in its place, by batch.

    None where the old one cannot be read.
    """
    now = {one.key: one for one in written(restored)}
    try:
        register = reach.attach(replaced, mode="ro")
        try:
            return _compared(written(register), now)
        finally:
            register.close()
    except (RegisterError, ValueError):  # damaged: that may be why somebody restores
        return None


def _compared(before: list[Gone], now: Mapping[Key, Gone]) -> list[Forgotten]:
    batches = {key[:2] for key in now}
    found = []
    for place, letters in groupby(before, key=lambda one: one.key[:2]):
        of_batch = list(letters)
        new = [one for one in of_batch if one.got and not (one.key in now and now[one.key].got)]
        if new:
            first = new[0]
            found.append(
                Forgotten(
                    first.batch, first.template, first.title, len(new),
                    tuple(sorted({norwegian_day(one.at).isoformat() for one in new if one.at})),
                    place in batches,
                    all(one.got and not one.doubted for one in of_batch),
                )
            )  # fmt: skip
    return found

"""Who shares the letter of somebody at the same address, and has none of their own.

Whom a letter reaches is settled when it goes out, by where each is reached at that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.logged import Batch, LoggedLetter
from frivillig_cli.records.letter.outbox_queries import Mail
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.person import queries as people
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.reach import Reach, by_post, own_address, printed_at, reached_at


def sharing(rows: Iterable[LoggedLetter], letters: Collection[int]) -> list[LoggedLetter]:
    """Those rows of a batch that share one of the letters (by number)."""
    return [row for row in rows if row.skipped == "same_address" and row.same_as in letters]


def missed(
    register: Register, batch: Batch, rows: Iterable[LoggedLetter], to: Mapping[int, str | None]
) -> list[LoggedLetter]:
    """Those of a batch who share a letter that goes out and does not reach them.

    `to`: the e-mail address that each of the letters (by number) goes to, None by post.
    """
    rows = list(rows)
    hosts = {row.id: row for row in rows if row.id in to}
    places = _Places(register, batch)
    return [
        row
        for row in sharing(rows, hosts)
        if not places.reached(row, hosts[row.same_as or 0], to[row.same_as or 0])
    ]


def note_reached(register: Register, batch: Batch, mail: Mail) -> None:
    """Note in the outbox, just before a message is handed over, whom of those who share it it
    reaches: they have that e-mail address now."""
    rows = queries.sharing(register, mail.letter_id)
    if not rows:
        return
    host, places = queries.letter(register, mail.letter_id), _Places(register, batch)
    reached = [row.id for row in rows if places.reached(row, host, mail.address)]
    outbox_queries.reaches(register, mail.letter_id, reached)


class _Places:
    """Where those of a batch are reached now."""

    def __init__(self, register: Register, batch: Batch) -> None:
        self._register, self._addressed = register, batch.addressed
        self._by_email = batch.format == "eml"
        self._reach: Reach | None = None

    def reached(self, row: LoggedLetter, host: LoggedLetter, to: str | None) -> bool:
        """Whether the letter to `host` reaches the one of `row` too: by e-mail to an address, or
        by post (None).

        By post the e-mail counts where one of them has no postal address.
        """
        own = self._of(row)
        if to is None and host.hidden:  # it goes to where it was written for all the same
            host = host._replace(address=queries.printed_address(self._register, host.id))
            to = host.address if self._by_email else None
        if to is None:
            if host.for_post and own.get("by_post"):
                return printed_at(host.address or "") in own["reached_at"]
            to = self._of(host).get("email")
        return bool(to) and str(own.get("email") or "").casefold() == str(to).casefold()

    def _of(self, row: LoggedLetter) -> dict[str, Any]:
        if row.org_id:
            self._reach = self._reach or Reach(self._register, self._addressed)
            return self._reach.of(orgs.get(self._register, row.org_id))
        if row.person_id is None:
            return {}
        own = own_address(people.get(self._register, row.person_id))
        return {**own, "by_post": by_post(own), "reached_at": reached_at(own)}

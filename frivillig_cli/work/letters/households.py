"""One letter an address: who shares the letter of somebody at the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frivillig_cli.core.names import fold
from frivillig_cli.records.letter.model import HAD_BEFORE
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.reach import EMAIL, POST, printed_at
from frivillig_cli.work.letters.recipients import Recipient

# By whom (an id, or a name where the register has lost who it was), where letters to them went.
Went = Mapping[int | str, Iterable[str]]


def where_letters_went(
    register: Register, template: str, kind: str, survey_id: int | None
) -> dict[int | str, set[str]]:
    """Where those who had a letter of this template have had it: in one inbox, or at one address.

    As `reached_at` says it, by id, or by name where the register has lost who it was. `kind` is
    one of RECIPIENTS. A letter without a postal address is at none.
    """
    from frivillig_cli.records.letter import gone_queries

    found: dict[int | str, set[str]] = {}
    for number, name, email, address in gone_queries.went_to(register, template, kind, survey_id):
        at = found.setdefault(fold(name) if number is None else number, set())
        if email:
            at.add(f"{EMAIL}{email.casefold()}")
        elif address and "\n" in address:
            at.add(printed_at(address))
    return found


class Households:
    """Who gets, or has got, the letter at each address, of those that are met so far.

    On paper two who share an e-mail address and live in two places get a letter each. Who has had
    it has it where it went (`went`), and no other of their addresses has.
    """

    def __init__(self, *, by_email: bool, went: Went | None = None) -> None:
        self._by_email, self._went = by_email, went or {}
        self._hosts: dict[str, Recipient] = {}

    def left_out(self, recipient: Recipient) -> Recipient:
        """The recipient, left out where somebody met before gets the letter at their address."""
        host = next(
            (
                host
                for key in recipient.reached_at
                if (host := self._hosts.get(key)) and not self._apart(host, recipient)
            ),
            None,
        )
        if recipient.skipped or host is None:
            return recipient
        return recipient._replace(skipped="same_address", shared_with=host.name, host=host.id)

    def _apart(self, one: Recipient, other: Recipient) -> bool:
        posted = one.skipped in HAD_BEFORE  # however this one goes, that one went by post
        if (self._by_email and not posted) or not (one.by_post and other.by_post):
            return False
        return not {key for key in one.reached_at if key.startswith(POST)} & set(other.reached_at)

    def meet(self, recipient: Recipient) -> None:
        """Say that the letter goes to the recipient; nobody is told of one who gets none."""
        if recipient.skipped in HAD_BEFORE:
            recipient = self._as_it_went(recipient)
        elif recipient.skipped is not None:
            return
        for key in recipient.reached_at:
            self._hosts.setdefault(key, recipient)

    def _as_it_went(self, recipient: Recipient) -> Recipient:
        went = set(self._went.get(recipient.id) or self._went.get(fold(recipient.name)) or ())
        by_email = any(key.startswith(EMAIL) for key in went)
        by_post = bool(went) and not by_email
        if not by_email:  # who has no postal address is reached in the inbox that they share
            went |= {key for key in recipient.reached_at if key.startswith(EMAIL)}
        return recipient._replace(reached_at=tuple(sorted(went)), by_post=by_post)

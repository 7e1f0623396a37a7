"""An activation as it is read: its head, its rows, its attempts and its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frivillig_cli.core.i18n import N_

KINDS = ("real", "exercise", "contact_test")
LEASE = timedelta(minutes=10)

# They were here, or were to be, and are it no longer: what they were needed for is open again.
LEFT = ("relieved", "released", "home_safe", "no_show")

KIND_WORDS = {
    "real": N_("real"),
    "exercise": N_("exercise"),
    "contact_test": N_("contact test"),
}
PAYER_WORDS = {
    "association": N_("the association"),
    "municipality": N_("the municipality"),
    "rescue_service": N_("the rescue service"),
    "other": N_("another"),
    "to_be_settled": N_("to be settled"),
}


def lease_holds(until: str, now: datetime) -> bool:
    """Whether a lease until then (ISO 8601) holds: a longer one than any is a wrong clock's."""
    return now < datetime.fromisoformat(until) <= now + LEASE


@dataclass(frozen=True)
class Activation:
    """The head of an activation; times are ISO 8601 in UTC, `agreements` a snapshot.

    `called_off`: the present episode is being called off, or was. `payer_before` is who paid before
    one was taken in whom no agreement of it covered. `stood_down` is when people were last told
    that it is over; None while they are called in.
    """

    id: int
    uid: str
    number: str
    title: str
    kind: str
    state: str
    episode: int
    round: int
    started: str
    ended: str | None
    payer: str
    agreements: list[dict[str, Any]]
    asked_by: str | None
    decided_by: str | None
    external_ref: str | None
    place: str | None
    place_id: int | None
    callback: str | None
    continues_id: int | None
    folder: str | None
    in_charge: str | None = None
    payer_before: str | None = None
    called_off: bool = False
    stood_down: str | None = None


@dataclass(frozen=True)
class Phone:
    """A number in the snapshot; `wrong` when somebody else answered there."""

    number: str
    wrong: bool = False
    verified: str | None = None


@dataclass(frozen=True)
class GroupSeat:
    """A person's place in a group when the list was made; lower `order` is called first."""

    id: int
    name: str
    role: str
    order: int


@dataclass(frozen=True)
class Row:
    """One person on the list of one activation, and how far it has come with them.

    `tried` are the numbers rung in this round, oldest first; `tries` counts the attempts that
    failed in this round since they last answered, `failed` those of all rounds of this episode,
    `attempts` all attempts there ever were, and `called` the calls of this episode; `came` is one
    who turned up in it without having been called. An attempt that was taken back counts nowhere. A
    walk-in has no `person_id` unless they are in the register by now. `twin_of` is the other row of
    the same person, where two rows were found to be one person after it had ended; left out since,
    their `reason` is same_person, which is never stored. `freed`: they left while people were
    called in, or never came, and what they were needed for was open again; who leaves in the stand-
    down still stands for it, and who comes back in it does not before people are called in again.
    `late`: they answered after the stand-down; `backed_out` is when somebody who had said that they
    come said that they do not (UTC, registered).
    """

    id: int
    person_id: int | None
    row_code: str
    rank: int
    name: str
    phones: tuple[Phone, ...]
    groups: tuple[GroupSeat, ...]
    skills: tuple[str, ...]
    selection: str
    reason: str | None
    contact: str
    answer: str | None
    need_id: int | None
    eta: str | None
    deployment: str | None
    lease_by: str | None
    lease_until: str | None
    episode: int
    protected: bool = False
    attempts: int = 0
    tries: int = 0
    failed: int = 0
    tried: tuple[str, ...] = ()
    last_attempt: str | None = None
    called: int = 0
    came: bool = False
    walk_in: bool = False
    twin_of: int | None = None
    freed: bool = False
    late: bool = False
    backed_out: str | None = None

    @property
    def ref(self) -> str:
        """What names this row in a command: the person's number, else the row code."""
        named = self.person_id is not None and self.twin_of is None
        return str(self.person_id) if named else self.row_code

    @property
    def got(self) -> str:
        """How far one has come with them, as it is said: a text alone has reached nobody."""
        tried = self.contact == "pending" and self.called > 0
        return "not_reached" if tried else self.contact

    @property
    def usable(self) -> tuple[str, ...]:
        """The numbers that are not known to be wrong; none of a protected person."""
        return tuple(phone.number for phone in self.phones if not phone.wrong)

    @property
    def tier(self) -> int:
        """Which wave of calls this row belongs to: the lowest order of its groups."""
        return min((seat.order for seat in self.groups), default=1)

    @property
    def left(self) -> bool:
        """Whether they were called in and have been told to go, or never came."""
        return self.deployment in LEFT

    @property
    def carried(self) -> bool:
        """Whether they were called in before this episode, and neither called nor came in it."""
        return self.answer is not None and not self.called and not self.came

    @property
    def called_in(self) -> bool:
        """Whether somebody has to be told and brought home before all is over."""
        if self.deployment is None:
            return self.answer in ("yes", "later")
        return self.deployment not in ("home_safe", "no_show")

    def leased(self, now: datetime) -> bool:
        """Whether somebody is calling now; a lease longer than ten minutes is a wrong clock's."""
        if self.contact != "calling" or self.lease_until is None:
            return False
        return lease_holds(self.lease_until, now)

    def as_of(self, episode: int, now: datetime) -> Row:
        """The row as it counts now: a lease that ran out is gone, a new episode starts afresh.

        One who was never reported home is still out, and belongs to the new one from then on: that
        they go home in it takes nothing away.
        """
        row = self
        if row.episode < episode and row.called_in:
            row = replace(row, episode=episode)
        elif row.episode < episode:
            row = replace(
                row, episode=episode, contact="pending", answer=None, need_id=None,
                eta=None, deployment=None, freed=False, lease_by=None, lease_until=None,
            )  # fmt: skip
        if row.contact == "calling" and not row.leased(now):
            contact = "reached" if row.answer else "not_reached" if row.failed else "pending"
            row = replace(row, contact=contact, lease_by=None, lease_until=None)
        return row


@dataclass(frozen=True)
class LogEntry:
    """One line of the log; `text` None was erased."""

    seq: int
    happened: str
    registered: str
    type: str
    sender: str | None
    receiver: str | None
    text: str | None
    by: str
    supersedes: int | None
    salt: str | None
    commitment: str
    chain: str

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "seq": self.seq,
            "happened": self.happened,
            "registered": self.registered,
            "type": self.type,
            "from": self.sender,
            "to": self.receiver,
            "text": self.text,
            "by": self.by,
            "supersedes": self.supersedes,
        }


@dataclass(frozen=True)
class Expense:
    """Money laid out, in øre; `supersedes` is the line that this one corrects."""

    id: int
    amount: int
    what: str
    payer: str
    receipt: str | None
    happened: str
    registered: str
    by: str
    supersedes: int | None


LOG_WORDS: Mapping[str, str] = {
    "alert": N_("alert"),
    "call": N_("call"),
    "answer": N_("answer"),
    "decision": N_("decision"),
    "action": N_("action"),
    "observation": N_("observation"),
    "expense": N_("expense"),
    "stand_down": N_("stand-down"),
    "correction": N_("correction"),
}

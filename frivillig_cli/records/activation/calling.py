"""Whom to call next, on which number, and what an attempt makes of a row. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frivillig_cli.core.i18n import N_, language
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import Need, useful

RETRY_AFTER = timedelta(minutes=10)
MOST_TRIES = 3
# Neither says anything about the person: the network is down, or nobody has read the text yet.
UNCOUNTED = ("sms_sent", "network_down")


@dataclass(frozen=True)
class Said:
    """What was typed after the name: how the attempt went, and the answer if there was one."""

    outcome: str
    answer: str | None = None


SAID = {
    "yes": Said("answered", "yes"),
    "later": Said("answered", "later"),
    "last-resort": Said("answered", "last_resort"),
    "no": Said("answered", "no"),
    "unclear": Said("answered", "unclear"),
    "withdrew": Said("answered", "withdrew"),
    "no-answer": Said("no_answer"),
    "busy": Said("busy"),
    "voicemail": Said("voicemail"),
    "wrong-number": Said("wrong_number"),
    "other-person": Said("other_person"),
    "network-down": Said("network_down"),
    "sms-sent": Said("sms_sent"),
}
UNDO = "undo"
# As they are typed in Norwegian; of two words for one outcome the first is shown.
NORWEGIAN = {
    "ja": "yes", "senere": "later", "siste-utvei": "last-resort", "nei": "no",
    "usikker": "unclear", "ikke-svar": "no-answer", "opptatt": "busy",
    "telefonsvarer": "voicemail", "feil-nummer": "wrong-number", "galt-nummer": "wrong-number",
    "trakk-seg": "withdrew", "annen-person": "other-person", "nettet-nede": "network-down",
    "sms-sendt": "sms-sent", "angre": UNDO,
}  # fmt: skip
ANSWER_WORDS = {
    "yes": N_("yes"),
    "later": N_("later"),
    "last_resort": N_("last resort"),
    "reserve": N_("reserve"),
    "no": N_("no"),
    "unclear": N_("unclear"),
    "withdrew": N_("withdrew"),
}
OUTCOME_WORDS = {
    "answered": N_("answered"),
    "no_answer": N_("no answer"),
    "busy": N_("busy"),
    "voicemail": N_("voicemail"),
    "wrong_number": N_("wrong number"),
    "other_person": N_("somebody else answered"),
    "network_down": N_("the network is down"),
    "sms_sent": N_("text message sent"),
    "in_person": N_("in person"),
    "via_leader": N_("through the leader"),
}
CONTACT_WORDS = {
    "pending": N_("not called"),
    "calling": N_("being called"),
    "reached": N_("reached"),
    "not_reached": N_("not reached"),
    "given_up": N_("given up"),
}


def as_typed(*words: str) -> str:
    """Outcomes as they are typed in the language spoken: `yes|no|…`; in Norwegian `ja|nei|…`."""
    if language() == "en":
        return "|".join(words)
    norwegian = {word: text for text, word in reversed(NORWEGIAN.items())}
    return "|".join(norwegian.get(word, word) for word in words)


def number_to_ring(row: Row) -> str | None:
    """The first usable number that is not tried in this round, else the one tried longest ago.

    Of one who has answered, and whom nobody has tried in vain since: the number they answered on.
    """
    if row.answer and not row.tries and row.tried and row.tried[-1] in row.usable:
        return row.tried[-1]
    fresh = [number for number in row.usable if number not in row.tried]
    if fresh:
        return fresh[0]
    last = {number: place for place, number in enumerate(row.tried)}
    return min(row.usable, key=lambda number: last[number], default=None)


def phase(row: Row, now: datetime) -> int | None:
    """0: not tried in this round, 1: another number, 2: again after ten minutes; None: not now.

    One in reserve has said yes already, and one who could come from a time that has passed nearly
    so: they are asked before anybody else: -1. Nobody rings one who is on site.
    """
    if row.selection != "eligible" or row.leased(now) or row.deployment == "on_site":
        return None
    if row.answer == "reserve" or can_come(row, now):
        return -1 if row.tries < MOST_TRIES and (not row.tries or _rested(row, now)) else None
    if row.contact == "reached":
        return None
    if row.tries >= MOST_TRIES or not (row.usable or row.protected):
        return None
    if not row.tries and not row.tried:
        return 0
    if any(number not in row.tried for number in row.usable):
        return 1
    return 2 if _rested(row, now) else None


def can_come(row: Row, now: datetime) -> bool:
    """Whether the time from which they could come has passed."""
    return row.answer == "later" and row.eta is not None and datetime.fromisoformat(row.eta) <= now


def _rested(row: Row, now: datetime) -> bool:
    if row.last_attempt is None:
        return True
    since = now - datetime.fromisoformat(row.last_attempt)
    # An attempt in the future means that the clock has gone back: nobody waits for that.
    return since >= RETRY_AFTER or since < timedelta(0)


def next_row(
    rows: Iterable[Row],
    needs: Sequence[Need],
    now: datetime,
    *,
    any_skill: bool = False,
    told: Collection[int] = (),
    engaged: Collection[str] = (),
) -> Row | None:
    """Whom to call: breadth first within a wave of groups, then the next wave; None if nobody.

    Only those whose yes would fill something open, unless `any_skill`. Those in reserve, and
    those whose time has come, come first. `told` are the groups whose leader has answered for
    all: their members are left alone. `engaged` are the numbers that others are ringing now:
    nobody is rung there meanwhile.
    """
    best: tuple[tuple[int, int, int], Row] | None = None
    for row in rows:
        turn = phase(row, now)
        if turn is None or not ((any_skill and turn >= 0) or useful(row.skills, needs)):
            continue
        if engaged and number_to_ring(row) in engaged:
            continue
        if turn >= 0 and row.groups and all(seat.id in told for seat in row.groups):
            continue
        key = (row.tier if turn >= 0 else 0, turn, row.rank)
        if best is None or key < best[0]:
            best = key, row
    return best[1] if best else None


def engaged(rows: Iterable[Row], caller: str, now: datetime) -> dict[str, Row]:
    """The numbers that others than `caller` are ringing now, and of whom each is."""
    rung = [row for row in rows if row.leased(now) and row.lease_by != caller]
    return {number: row for row in rung if (number := number_to_ring(row))}


def still_to_try(row: Row) -> Row:
    """The row, no longer given up where there is a number to ring and tries are left.

    A number may have come into the register since, or another round have begun.
    """
    if row.contact == "given_up" and row.usable and row.tries < MOST_TRIES:
        return replace(row, contact="not_reached")
    return row


def contact_after(row: Row, said: Said, numbers_left: bool) -> str:
    """The contact after an attempt: reached only when a human confirmed, and then for good."""
    if said.answer or row.contact == "reached" or row.answer:
        return "reached"
    tries = row.tries + (said.outcome not in UNCOUNTED)
    if tries >= MOST_TRIES or not numbers_left:
        return "given_up"
    return "not_reached" if tries or row.failed else "pending"

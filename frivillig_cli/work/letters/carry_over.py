"""Letters that went out after a backup was made: what is sent is sent, so a restore keeps them.

They are entered in the restored register as they went out, before it takes its place. Of a batch
that the backup has, those that have gone out since; of another the whole, where any of it has gone
out. What only waits, in the outbox too, has not left the house: it is a draft there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.records.letter import carry_queries, kept_queries, queries
from frivillig_cli.records.letter.gone_queries import (
    DOUBT,
    ENTERED,
    OUT,
    WAITS,
    Gone,
    Key,
    written,
)
from frivillig_cli.store.history import originals
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import role_told

# What it raises where that which is to be read is damaged.
DAMAGED = (RegisterError, LookupError, TypeError, ValueError)
_LINKS = ("org_id", "person_id", "agreement_id")


@dataclass(frozen=True)
class Carried:
    """`letters` of one batch that went out since. `days`: when, as ISO dates.

    `in_backup`: the backup has the batch. `number` is the batch's in the restored register, None
    where it was not carried over: the two are no copies of one register. `all_out`: none of the
    batch is left to send, and none of it in doubt; `in_doubt` of those carried over are.
    `unknown` are the names of those whom the restored register does not have, and `without_copy`
    letters have no copy there. `numbered` letters had gone out, and got their document numbers
    since, and `corrected` another one; `taken` are document numbers that other letters have there.
    `refused`: what stands of the batch could not be entered.
    """

    batch: int
    template: str
    title: str
    letters: int
    days: tuple[str, ...]
    in_backup: bool
    all_out: bool
    in_doubt: int
    number: int | None = None
    unknown: tuple[str, ...] = ()
    without_copy: int = 0
    numbered: int = 0
    corrected: int = 0
    taken: tuple[str, ...] = ()
    refused: bool = False

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {
            "batch": self.batch,
            "template": self.template,
            "title": self.title,
            "letters": self.letters,
            "all": self.all_out,
            "in_doubt": self.in_doubt,
            "last": self.days[-1] if self.days else None,
            "in_backup": self.in_backup,
            "in_register": self.number is not None,
            "number": self.number,
            "unknown": list(self.unknown),
            "without_copy": self.without_copy,
            "numbered": self.numbered,
            "corrected": self.corrected,
            "documents_taken": list(self.taken),
        }


@dataclass(frozen=True)
class _Since:
    """A batch of which letters have come further than the restored register knows.

    `numbered` are those that have a document number that it does not know, and `corrected` those
    that have another one, by the letter's number there; `again` are those letters' numbers here.
    `there` is the number that the batch has in it, None where it has not.
    """

    letters: Sequence[Gone]
    numbered: Sequence[Gone]
    corrected: Mapping[int, int]
    again: frozenset[int]
    there: int | None
    told: Carried


def went_out_since(replaced: Register, restored: Register) -> list[Carried]:
    """What went out by the register that is replaced and not by the restored one, by batch.

    Raises RegisterError or ValueError where that cannot be read.
    """
    return [one.told for one in _since(replaced, restored) if one.told.letters]


def carry_over(replaced: Register, restored: Register) -> list[Carried]:
    """The same, entered in the restored register, inside a transaction there."""
    found = []
    same = carry_queries.same_ones(replaced, restored)
    batches = _since(replaced, restored)
    with restored.part():
        corrected = _correct(restored, batches)
    for one, numbers in zip(batches, corrected, strict=True):
        try:
            with restored.part():
                carried = _carried(replaced, restored, one, same)
        except DAMAGED:  # in this batch: the others come along
            carried = replace(one.told, refused=True)
        taken = tuple(number for number in numbers if number)
        carried = replace(
            carried, corrected=len(numbers) - len(taken), taken=(*taken, *carried.taken)
        )
        if carried.letters or carried.numbered or carried.corrected or carried.taken:
            found.append(carried)
    return found


def _correct(restored: Register, batches: Iterable[_Since]) -> list[list[str | None]]:
    """Give letters the numbers that they have got since, which may be those that others had.

    Returns by batch those that are taken there, None for the others.
    """
    every = [one.corrected for one in batches]
    for letters in every:
        for letter in letters:
            carry_queries.without_number(restored, letter)
    return [
        [carry_queries.number(restored, letter, number) for letter, number in letters.items()]
        for letters in every
    ]


def _since(replaced: Register, restored: Register) -> list[_Since]:
    there = {one.key: one for one in written(restored)}
    now = {key: one.stage for key, one in there.items()}
    batches = {key[:-1]: one.batch for key, one in there.items()}
    found = []
    for place, letters in groupby(written(replaced), key=lambda one: one.key[:-1]):
        of_batch = list(letters)
        further = [one for one in of_batch if one.stage > now.get(one.key, WAITS)]
        numbered = [
            one for one in of_batch
            if one.document and (one.key not in there or there[one.key].document is None)
        ]  # fmt: skip
        others = [one for one in of_batch if one.key in there and one.corrects(there[one.key])]
        corrected = {there[one.key].letter: one.document or 0 for one in others}
        if further or numbered or corrected:
            told = _told(of_batch, further, now, in_backup=place in batches)
            again = frozenset(one.letter for one in others)
            found.append(_Since(further, numbered, corrected, again, batches.get(place), told))
    return found


def _told(
    of_batch: Sequence[Gone], further: Sequence[Gone], now: Mapping[Key, int], *, in_backup: bool
) -> Carried:
    first = of_batch[0]
    return Carried(
        first.batch, first.template, first.title,
        # what the outbox of the backup says is sent had gone out before it was made
        sum(now.get(one.key, WAITS) < OUT for one in further),
        tuple(sorted({norwegian_day(one.at).isoformat() for one in further if one.at})),
        in_backup,
        all(one.stage >= OUT for one in of_batch),
        sum(one.stage == DOUBT for one in further),
    )  # fmt: skip


def _carried(
    replaced: Register, restored: Register, since: _Since, same: Mapping[str, Mapping[int, int]]
) -> Carried:
    told = since.told
    rows = carry_queries.letter_rows(replaced, told.batch)
    if since.there is not None:
        number = since.there
        own = carry_queries.letter_rows(restored, number)
        ids = {row["id"]: one["id"] for row, one in zip(rows, own, strict=True)}
        unknown: tuple[str, ...] = ()
        _enter(replaced, restored, since, rows, number, ids)
    else:
        number, ids = _numbers(restored, told.batch, rows)
        unknown = _add(replaced, restored, since, rows, number, ids, same)
    entered = [ids[one.letter] for one in since.letters if one.stage == ENTERED]
    further = [ids[letter] for letter in (*(one.letter for one in since.letters), *since.again)]
    whole = ids.values() if since.there is None else further
    secret = {ids[letter] for letter in carry_queries.hidden(replaced, told.batch)} & set(whole)
    without_copy = _copies(replaced, restored, number, secret)
    taken = {one: carry_queries.number(restored, ids[one.letter], one.document or 0)
             for one in since.numbered}  # fmt: skip
    out = set(since.letters)
    _tell_roles(restored, number, entered)
    return replace(
        told, number=number, unknown=unknown, without_copy=without_copy,
        numbered=sum(one not in out and not number for one, number in taken.items()),
        taken=tuple(number for number in taken.values() if number),
    )  # fmt: skip


def _enter(
    replaced: Register,
    restored: Register,
    since: _Since,
    rows: Sequence[carry_queries.Row],
    number: int,
    ids: Mapping[int, int],
) -> None:
    """Enter what went out of a batch that is in both."""
    further = {one.letter for one in since.letters} | since.again
    mails = carry_queries.mail_rows(replaced, since.told.batch)
    for row in rows:
        made = {**row, "id": ids[row["id"]], "same_as": ids.get(row["same_as"])}
        if row["id"] in further:
            carry_queries.enter(restored, made, _mail(mails.get(row["id"]), ids))
        elif row["same_as"] in further:
            carry_queries.enter_shared(restored, made)
    batch = carry_queries.batch_row(replaced, since.told.batch)
    if batch["status"] == "sent":
        carry_queries.all_sent(restored, number, batch["sent"])


def _numbers(
    restored: Register, batch: int, rows: Sequence[carry_queries.Row]
) -> tuple[int, dict[int, int]]:
    """The number that a batch has there, and those of its letters: its own, if they are free."""
    own = [row["id"] for row in rows]
    if not carry_queries.taken(restored, batch, own):
        return batch, {number: number for number in own}
    first = queries.next_letter_id(restored)
    ids = {number: new for new, number in enumerate(own, first)}
    return queries.next_batch_id(restored), ids


def _add(
    replaced: Register,
    restored: Register,
    since: _Since,
    rows: Sequence[carry_queries.Row],
    number: int,
    ids: Mapping[int, int],
    same: Mapping[str, Mapping[int, int]],
) -> tuple[str, ...]:
    """Enter a batch as it is; returns the names of those who are not in the register."""
    out = {one.letter for one in since.letters}
    batch = carry_queries.batch_row(replaced, since.told.batch)
    survey = same["survey_id"].get(batch["survey_id"])
    carry_queries.add(restored, "letter_batch", {**batch, "id": number, "survey_id": survey})
    mails = carry_queries.mail_rows(replaced, since.told.batch)
    unknown = []
    ends = (rows[0]["id"], rows[-1]["id"])
    was = originals(replaced, "letter", ends, _LINKS)  # before they were merged into others
    for row in rows:
        first = row | was.get(row["id"], {})
        links = {
            column: same[column].get(first[column], same[column].get(row[column]))
            for column in _LINKS
        }
        lost = any(row[column] is not None and links[column] is None for column in _LINKS)
        made = {**row, **links, "id": ids[row["id"]], "batch_id": number, "document": None,
                "same_as": ids.get(row["same_as"])}  # fmt: skip
        if lost and row["skipped"] is None:
            unknown.append(row["recipient"])
            if row["id"] not in out:  # nobody can be sent it
                made |= {"skipped": "unknown", "file": None, "sha256": None}
        carry_queries.add(restored, "letter", made)
        mail = _mail(mails.get(row["id"]), ids)
        if row["id"] in out and mail is not None:
            carry_queries.add(restored, "letter_mail", mail)
    return tuple(unknown)


def _mail(row: carry_queries.Row | None, ids: Mapping[int, int]) -> carry_queries.Row | None:
    """A message of the outbox as it is stored in a register whose letters have other `ids`."""
    if row is None:
        return None
    reaches = row["reaches"] and json.dumps([ids[one] for one in json.loads(row["reaches"])])
    own = {name: row[name] for name in row if name != "id"}
    return {**own, "letter_id": ids[row["letter_id"]], "reaches": reaches}


def _copies(replaced: Register, restored: Register, batch: int, secret: set[int]) -> int:
    """Take over what is kept of a batch; returns how many letters have no copy that they had.

    What tells how somebody is reached who is protected (`secret`, the letters) comes along only
    where it is hidden in the restored register too.
    """
    shown = secret - carry_queries.hidden(restored, batch)
    told = [carry_queries.forget_address(restored, letter) for letter in sorted(shown)]
    digests = [digest for digest in told if digest is not None]
    without = len(digests) + carry_queries.forget_copies(restored, batch, set(digests))
    missing = kept_queries.take_over(replaced, restored, carry_queries.copies(restored, batch))
    return without + sum(row.kept in missing for row in queries.letters(restored, batch))


def _tell_roles(restored: Register, number: int, entered: Sequence[int]) -> None:
    """Note who has been told their role in a crisis by what was entered."""
    wanted = set(entered)
    told: Iterator[tuple[Any, str]] = (
        (row, str(row.sent)) for row in queries.letters(restored, number) if row.id in wanted
    )
    role_told.note(restored, queries.batch(restored, number), told)

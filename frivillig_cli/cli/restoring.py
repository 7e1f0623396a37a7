"""What a restore carries over from the register that it replaces, and how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from typing import Any

from frivillig_cli.cli import seen_address, session
from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.letters import since
from frivillig_cli.work.letters.carry_over import Carried
from frivillig_cli.work.letters.since import Since

SHOWN = 10


class Restoring:
    """One restore: what was made of the time `since` the backup, when it has been prepared."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.since = Since()
        self.shown: list[tuple[str, str]] = []  # where those live who stay protected

    def prepare(self, restored: Register, replaced: Register | None) -> None:
        """Enter in the restored register that it was, and what comes along."""
        run = session.current()
        command = Command(run.command, run.user, run.now)
        self.since = since.enter(restored, replaced, command, what=self.what)
        self.shown = list(seen_address.warnings(restored, self.since.protected or ()))

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        found = self.since
        return {
            "sent_since": None if found.sent is None else [one.to_json() for one in found.sent],
            "sent_since_is_all": bool(found.same and found.whole),
            "protected_since": found.protected,
        }

    def tell(self, aside: Path | None) -> None:
        """Say what came along, what nobody knows, and how to go back.

        `aside` is where the replaced register is, None where there was none.
        """
        out = session.current().out
        found = self.since
        sent = found.sent or []
        # Of another register it is all that ever went out.
        told = sent if found.same else sent[-SHOWN:]
        for one in told:
            out.warn(*_sent_since(one, aside))
        if more := len(sent) - len(told):
            log = f"frivillig --db {quote(str(aside))} letter log"
            out.warn(
                ngettext("{n} batch before these has gone out too. See them: {command}",
                         "{n} batches before these have gone out too. See them: {command}",
                         more, command=log)
            )  # fmt: skip
        if not (found.same and found.whole):
            out.warn(*_not_known(found, there=aside is not None))
        if found.protected is None:
            out.warn(
                _("It is not known whether anybody has been protected since this backup was made."),
                _("Protect them again with: frivillig person edit REF --protected"),
            )
        if found.protected:
            n = len(found.protected)
            out.warn(
                ngettext("{n} person who has been protected since stays protected: {ids}.",
                         "{n} people who have been protected since stay protected: {ids}.",
                         n, ids=_some(map(str, found.protected))),
            )  # fmt: skip
        for shown in self.shown:
            out.warn(*shown)
        if aside:
            out.hint(
                _("The register that stood there is now {aside}", aside=aside),
                _("To go back: {command}", command=f"frivillig restore {quote(str(aside))}"),
            )


def _not_known(found: Since, *, there: bool) -> Iterator[str]:
    """That something may have gone out of which nothing stands here, and how to be safe."""
    if found.same and found.sent is not None:
        yield _("The register before it is damaged: more letters may have gone out than are told"
                " of here.")  # fmt: skip
    elif found.sent is not None:
        yield _("Another register stood here, so nobody knows what has gone out since this backup"
                " was made, by e-mail or by post, nor which numbers it got.")  # fmt: skip
    elif there:
        yield _("The register before it cannot be read, so nobody knows what has gone out since"
                " this backup was made, by e-mail or by post, nor which numbers it got."
                )  # fmt: skip
    else:
        yield _("No register stood here, so nobody knows what has gone out since this backup was"
                " made, by e-mail or by post, nor which numbers it got.")  # fmt: skip
    if found.last:
        yield _("The last that was done in the backup was on {day}.", day=show_date(found.last))
    if found.first_batch:
        yield _("To be safe, the next batch has number {number}: what lies between may have been"
                " given.", number=found.first_batch)  # fmt: skip
    yield _("Letters in a case get no number unasked: only the archive knows which is free.")
    if found.waiting:
        batches = _some(f"{number} ({template})" for number, template in found.waiting)
        yield _("By the backup, these have not gone out, or not to all: {batches}", batches=batches)
    yield _("Before you send anything again, look in the mail program, in the archive and at what"
            " was posted.")  # fmt: skip
    yield _("What has gone out is recorded with: frivillig letter sent BATCH")


def _some(words: Iterable[str]) -> str:
    every = list(words)
    return ", ".join(every[:SHOWN]) + (" …" if len(every) > SHOWN else "")


def _sent_since(batch: Carried, aside: Path | None) -> Iterator[str]:
    """That letters have gone out which the backup knows nothing of, and what came of it."""
    if batch.number is None:
        yield from _not_entered(batch, aside)
        return
    if sure := batch.letters - batch.in_doubt:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) went out after this backup was made. It is"
            " entered in the log as it went out, so that nobody gets it twice.",
            "{n} letters of batch {batch} ({template}) went out after this backup was made. They"
            " are entered in the log as they went out, so that nobody gets one twice.",
            sure, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.in_doubt:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) may have gone out after this backup was made."
            " It is in doubt here too.",
            "{n} letters of batch {batch} ({template}) may have gone out after this backup was"
            " made. They are in doubt here too.",
            batch.in_doubt, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.numbered:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) got its document number after this backup"
            " was made. It has it here too.",
            "{n} letters of batch {batch} ({template}) got their document numbers after this"
            " backup was made. They have them here too.",
            batch.numbered, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.corrected:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) got another document number after this backup"
            " was made. It has it here too.",
            "{n} letters of batch {batch} ({template}) got other document numbers after this backup"
            " was made. They have them here too.",
            batch.corrected, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.taken:
        yield from _documents_taken(batch)
    if batch.number != batch.batch and batch.in_backup:
        yield _("It is batch {number} here.", number=batch.number)
    elif batch.number != batch.batch:
        yield _("It is batch {number} now: another has the number {batch} here.",
                number=batch.number, batch=batch.batch)  # fmt: skip
    if batch.unknown:
        yield _("Not in this register, so kept under their names only: {names}",
                names=_some(batch.unknown))  # fmt: skip
    if batch.without_copy:
        yield _("Without a copy here: {n}. The register that stood there has what there is.",
                n=batch.without_copy)  # fmt: skip
    yield _("See them: {command}", command=f"frivillig letter log {batch.number}")


def _documents_taken(batch: Carried) -> Iterator[str]:
    yield ngettext(
        "{n} letter of batch {batch} ({template}) has no document number now, because another"
        " letter has it here: {numbers}. Ask the archive which of them it is.",
        "{n} letters of batch {batch} ({template}) have no document numbers now, because other"
        " letters have them here: {numbers}. Ask the archive which of them it is.",
        len(batch.taken), batch=batch.batch, template=batch.template, numbers=_some(batch.taken),
    )  # fmt: skip
    yield _("When you know the first: {command}",
            command=f"frivillig letter sent {batch.number} --first-document N")  # fmt: skip


def _not_entered(batch: Carried, aside: Path | None) -> Iterator[str]:
    if sure := batch.letters - batch.in_doubt:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) went out after this backup was made, and what"
            " is recorded of it is damaged, so it does not stand here.",
            "{n} letters of batch {batch} ({template}) went out after this backup was made, and"
            " what is recorded of them is damaged, so they do not stand here.",
            sure, batch=batch.batch, template=batch.template,
        ) if batch.refused else ngettext(
            "{n} letter of batch {batch} ({template}) has gone out. The backup is of another"
            " register, so that does not stand in it.",
            "{n} letters of batch {batch} ({template}) have gone out. The backup is of another"
            " register, so that does not stand in it.",
            sure, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.in_doubt:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) may have gone out. That does not stand here.",
            "{n} letters of batch {batch} ({template}) may have gone out. That does not stand"
            " here.",
            batch.in_doubt, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    old = f"frivillig --db {quote(str(aside))} letter log {batch.batch} --limit 0"
    yield _("Do not send it again to those who have got it. See who they are: {command}",
            command=old)  # fmt: skip

"""What a restore carries over from the register that it replaces, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person.queries import protected_uids
from frivillig_cli.store import lineage, settings
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.letters import carry_over
from frivillig_cli.work.letters.carry_over import DAMAGED, Carried

SHOWN = 10


class Restoring:
    """One restore: `sent` are the letters that went out since, None where nobody knows.

    `whole`: all of the register before it could be read. `protected` are the people, by id, who
    have been protected since and stay so, None where nobody knows.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.sent: list[Carried] | None = None
        self.whole = True
        self.protected: list[int] | None = None

    def prepare(self, restored: Register, replaced: Register | None) -> None:
        """Enter in the restored register that it was, and what is carried over: one command."""
        run = session.current()
        command = Command(run.command, run.user, run.now)
        with restored.transaction(command):  # so that undo does not go past it unseen
            settings.write(restored, "restored", self.what)
            if replaced is None:
                return
            for part in (self._numbers, self._people, self._letters):
                # Of what is damaged as much as can be read: that may be why one restores. Where
                # it is the disk that fails, the transaction tells of it at its end.
                with suppress(*DAMAGED), restored.part():
                    part(restored, replaced)

    def _numbers(self, restored: Register, replaced: Register) -> None:
        if lineage.same_register(replaced, restored):
            lineage.give_none_again(restored, lineage.numbers_given(replaced))

    def _people(self, restored: Register, replaced: Register) -> None:
        now = session.current().now
        self.protected = people.keep_protected(restored, protected_uids(replaced), now=now)

    def _letters(self, restored: Register, replaced: Register) -> None:
        same = lineage.same_register(replaced, restored)
        what = carry_over.carry_over if same else carry_over.went_out_since
        sent = what(replaced, restored)
        self.whole = replaced.value("PRAGMA quick_check(1)") == "ok"
        self.sent = sent

    def to_json(self, aside: Path | None) -> dict[str, Any]:
        """As scripts see it; `aside` is where the replaced register is, None where none was."""
        sent = self._known(aside)
        return {
            "sent_since": None if sent is None else [one.to_json() for one in sent],
            "sent_since_is_all": sent is not None and self.whole,
            "protected_since": self.protected if aside else [],
        }

    def tell(self, aside: Path | None) -> None:
        """Say what was carried over, what nobody knows, and how to go back."""
        out = session.current().out
        sent = self._known(aside)
        for one in sent or ():
            out.warn(*_sent_since(one, aside))
        if sent is None:
            out.warn(
                _("It is not known whether letters have gone out since this backup was made: the"
                  " register before it cannot be read."),
                _("Look in the mail program before you send any once more."),
            )  # fmt: skip
        elif not self.whole:
            out.warn(
                _("The register before it is damaged: more letters may have gone out than are"
                  " told of here."),
                _("Look in the mail program before you send any once more."),
            )  # fmt: skip
        if aside and self.protected is None:
            out.warn(
                _("It is not known whether anybody has been protected since this backup was made."),
                _("Protect them again with: frivillig person edit REF --protected"),
            )
        if self.protected:
            n = len(self.protected)
            ids = ", ".join(map(str, self.protected[:SHOWN])) + (" …" if n > SHOWN else "")
            out.warn(
                ngettext("{n} person who has been protected since stays protected: {ids}.",
                         "{n} people who have been protected since stay protected: {ids}.",
                         n, ids=ids),
            )  # fmt: skip
        if aside:
            out.hint(
                _("The register that stood there is now {aside}", aside=aside),
                _("To go back: {command}", command=f"frivillig restore {quote(str(aside))}"),
            )

    def _known(self, aside: Path | None) -> list[Carried] | None:
        return self.sent if aside else []


def _sent_since(batch: Carried, aside: Path | None) -> Iterator[str]:
    """That letters have gone out which the backup knows nothing of, and what came of it."""
    if batch.number is None:
        yield from _not_entered(batch, aside)
        return
    if batch.letters:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) went out after this backup was made. It is"
            " entered in the log as it went out, so that nobody gets it twice.",
            "{n} letters of batch {batch} ({template}) went out after this backup was made. They"
            " are entered in the log as they went out, so that nobody gets one twice.",
            batch.letters, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.numbered:
        yield ngettext(
            "{n} letter of batch {batch} ({template}) got its document number after this backup"
            " was made. It has it here too.",
            "{n} letters of batch {batch} ({template}) got their document numbers after this"
            " backup was made. They have them here too.",
            batch.numbered, batch=batch.batch, template=batch.template,
        )  # fmt: skip
    if batch.taken:
        yield from _documents_taken(batch)
    if batch.number != batch.batch:
        yield _("It is batch {number} now: another has the number {batch} here.",
                number=batch.number, batch=batch.batch)  # fmt: skip
    if batch.in_doubt:
        yield _("In doubt, sent or not: {n}", n=batch.in_doubt)
    if batch.unknown:
        names = ", ".join(batch.unknown[:SHOWN]) + (" …" if len(batch.unknown) > SHOWN else "")
        yield _("Not in this register, so kept under their names only: {names}", names=names)
    if batch.without_copy:
        yield _("Without a copy here: {n}. The register that stood there has what there is.",
                n=batch.without_copy)  # fmt: skip
    yield _("See them: {command}", command=f"frivillig letter log {batch.number}")


def _documents_taken(batch: Carried) -> Iterator[str]:
    numbers = ", ".join(batch.taken[:SHOWN]) + (" …" if len(batch.taken) > SHOWN else "")
    yield ngettext(
        "{n} letter of batch {batch} ({template}) has no document number now, because another"
        " letter has it here: {numbers}. Ask the archive which of them it is.",
        "{n} letters of batch {batch} ({template}) have no document numbers now, because other"
        " letters have them here: {numbers}. Ask the archive which of them it is.",
        len(batch.taken), batch=batch.batch, template=batch.template, numbers=numbers,
    )  # fmt: skip
    yield _("When you know the first: {command}",
            command=f"frivillig letter sent {batch.number} --first-document N")  # fmt: skip


def _not_entered(batch: Carried, aside: Path | None) -> Iterator[str]:
    yield ngettext(
        "{n} letter of batch {batch} ({template}) went out after this backup was made, and what is"
        " recorded of it is damaged, so it does not stand here.",
        "{n} letters of batch {batch} ({template}) went out after this backup was made, and what"
        " is recorded of them is damaged, so they do not stand here.",
        batch.letters, batch=batch.batch, template=batch.template,
    ) if batch.refused else ngettext(
        "{n} letter of batch {batch} ({template}) has gone out. The backup is of another register,"
        " so that does not stand in it.",
        "{n} letters of batch {batch} ({template}) have gone out. The backup is of another"
        " register, so that does not stand in it.",
        batch.letters, batch=batch.batch, template=batch.template,
    )  # fmt: skip
    old = f"frivillig --db {quote(str(aside))} letter log {batch.batch} --limit 0"
    yield _("Do not send it again to those who have got it. See who they are: {command}",
            command=old)  # fmt: skip

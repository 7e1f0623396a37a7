"""What is told and asked before a batch is sent by e-mail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.letter_views import moment
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.outbox_queries import Mail


def badly_written(batch: int, going: Any) -> Iterator[RefusedError]:
    """Why no letter of a batch goes out as its template is, unless it is meant.

    It has the texts of a starter in it, or invented days and places, a comment that is printed, or
    loses something.
    """
    readers = [one.recipient for one in going.ready]
    command = f"frivillig letter send {batch} --anyway"
    if left := going.plan.unwritten(readers):
        yield RefusedError(
            _("The letters still hold texts that are to be written."),
            _("Write your own, and write the letters again; or send them so: {command}",
              command=command),
            _first(left),
        )  # fmt: skip
    if left := going.plan.invented(readers):
        yield RefusedError(
            _("The letters hold days, places or links that are only examples."),
            _("Write your own, and write the letters again; or send them so: {command}",
              command=command),
            _first(left),
        )  # fmt: skip
    if left := going.plan.unprinted(readers):
        yield RefusedError(
            _("The letters lose something, or print something by mistake."),
            _("Mend it in the template, and write the letters again; or send them so: {command}",
              command=command),
            _first(left),
        )  # fmt: skip


def _first(found: Sequence[Any]) -> list[str]:
    return [error.message for error in found[:10]] + ["…"] * (len(found) > 10)


def tell_gone(going: Any) -> None:
    """Say of letters that were all moved elsewhere, or thrown away, that they are sent."""
    from frivillig_cli.work.letters.compose import are_gone

    if are_gone(going):
        session.current().out.warn(
            _("The letters are not in {folder} any more. They are made anew, as they were written.",
              folder=going.batch.folder)
        )  # fmt: skip


def tell_attachments(names: Sequence[str]) -> None:
    """Say that an e-mail brings the letter alone, whatever the letter says that it brings."""
    if names:
        session.current().out.warn(
            _("The letter names attachments: {names}.", names=", ".join(names)),
            _("Only the letter itself is attached. Take them out of the template, or post it."),
        )


def confirm(n: int, address: str | None) -> None:
    """Ask before so many letters are sent; as a test, to an address."""
    if not n:
        return
    ask.confirm(
        ngettext("Send {n} letter to {address} as a test?",
                 "Send {n} letters to {address} as a test?", n, address=address)
        if address
        else ngettext("Send {n} letter by e-mail? It cannot be taken back.",
                      "Send {n} letters by e-mail? They cannot be taken back.", n)
    )  # fmt: skip


@dataclass
class Entered:
    """What a run enters as sent, beside what it sends: messages that were in doubt are `recorded`.

    `missed` are those whom none of the letters that they share has reached.
    """

    recorded: list[Mail] = field(default_factory=list)
    missed: list[LoggedLetter] = field(default_factory=list)


@contextmanager
def in_any_case(entered: Entered) -> Iterator[None]:
    """Where the sending fails within the block, tell all the same what was entered."""
    try:
        yield
    except BaseException:
        out, missed = session.current().out, entered.missed
        if entered.recorded:
            rows = [f"  {one.recipient}  {moment(one.at)}" for one in entered.recorded]
            out.warn(_("Recorded as sent: {n}", n=len(rows)), *rows)
        if missed:
            names = ", ".join(row.recipient for row in missed)
            out.warn(
                ngettext("{n} shares a letter that does not reach them: {names}.",
                         "{n} share letters that do not reach them: {names}.",
                         len(missed), names=names)
            )  # fmt: skip
        raise

"""How those who got a letter by e-mail, or did not, are listed, and as scripts see them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.cli.letter_views import hint_not_reached, moment, write_again
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import SKIP_REASONS
from frivillig_cli.records.letter.outbox_queries import Mail

_PERHAPS_NOW = timedelta(minutes=5)  # so long at most is one letter handed over


def list_doubt(batch: int, doubt: Sequence[tuple[Mail, str]]) -> None:
    """List those of whom it is not known whether they have it, and how that is settled."""
    if listed(_("In doubt, sent or not: {n}", n=len(doubt)), pairs(doubt)):
        command = f"frivillig letter send {batch} --in-doubt sent"
        said = [_("Ask them, then say: {command} (or again)", command=command)]
        if len(doubt) > 1:
            one = f"frivillig letter send {batch} --in-doubt {_number(doubt[0][0])}=sent"
            said.append(_("Of one of them alone: {command}", command=one))
        session.current().out.hint(*said)
        tell_perhaps_now([one for one, answer in doubt if not answer])


def tell_perhaps_now(doubt: Sequence[Mail]) -> None:
    """Say of those in doubt that another window may be handing them over at this moment.

    Of what was broken off it is known why: nobody is at it.
    """
    run = session.current()
    claimed = [datetime.fromisoformat(one.at) for one in doubt if not one.answer]
    if any(run.now - at < _PERHAPS_NOW for at in claimed):
        run.out.hint(_("Is another window sending this batch? Then wait until it is done."))


def tell_given_up(batch: int, done: Any) -> None:
    """Say that the sending was given up, since the server failed time after time."""
    from frivillig_cli.work.letters.post import GIVE_UP

    run, again = session.current(), f"frivillig letter send {batch}"
    if done.given_up == "doubt":
        run.out.warn(
            _("The mail server has broken off at the end of {n} letters in a row, "
              "so no more are sent.", n=GIVE_UP),
            _("Ask whoever runs it. When it is mended, send the rest: {command}", command=again),
        )  # fmt: skip
    if done.given_up == "refused":
        run.out.warn(
            _("The mail server has refused {n} letters in a row, and not for their addresses, "
              "so no more are sent.", n=GIVE_UP),
            _("Ask whoever runs it. When it is mended, send those and the rest: {command}",
              command=f"{again} --retry"),
        )  # fmt: skip


def tell_not_tried(names: Sequence[str]) -> None:
    """Say whose letters were not tried, since the server failed time after time."""
    from frivillig_cli.work.letters.post import GIVE_UP

    if names:
        session.current().incomplete()
        session.current().out.warn(
            _("The mail server failed {n} times in a row. Not tried: {left}.",
              n=GIVE_UP, left=len(names)),
            _("Ask whoever runs the mail server."),
        )  # fmt: skip


def list_recorded(mails: Sequence[Mail]) -> None:
    """List those that were in doubt and are recorded as sent: who, where and when."""
    if mails:
        session.current().out.lines("", _("Recorded as sent: {n}", n=len(mails)))
        list_lines(pairs([(one, moment(one.at) or "") for one in mails]))


def mail_json(one: Any, answer: str | None = None) -> dict[str, Any]:
    """One message as scripts see it, with what the mail server said."""
    return {
        "letter": _number(one), "name": one.recipient, "email": one.shown,
        "message_id": one.message_id, "answer": answer or None,
    }  # fmt: skip


def _number(one: Mail) -> str:
    return f"B{one.batch_id}-{one.letter_id}"


def gone_json(one: Mail, why: str) -> dict[str, Any]:
    """A message of the outbox that is not sent any more."""
    return {**mail_json(one), "why": why}


def skipped_json(row: Any, why: str) -> dict[str, Any]:
    """One who gets no letter as scripts see it."""
    return {**row.key, "why": why, "answer": row.answer}


def pairs(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Name and address of each, beside what the mail server said."""
    widest = max((len(one.recipient) for one, _answer in rows), default=0)
    return [
        (f"{one.recipient:<{widest}}  {one.shown or ''}".rstrip(), answer) for one, answer in rows
    ]


def list_left_out(batch: int, rows: Sequence[Any], more: Sequence[tuple[Mail, str]] = ()) -> None:
    """List those who get no letter, and why; `more` are messages that lay in the outbox."""
    named = [(row.recipient, _why(row, why)) for row, why in rows]
    everybody = [*named, *((one.recipient, _(SKIP_REASONS[why])) for one, why in more)]
    if not listed(_("Left out: {n}", n=len(everybody)), everybody):
        return
    hint_refused(batch, [row.answer or "" for row, why in rows if why == "refused"])
    if others := [row for row, why in rows if why == "changed"]:
        _hint_changed(batch, others)
    hint_not_reached(batch, [row for row, why in rows if why == "not_reached"])
    if others := [one for one, why in more if why == "changed"]:
        known = {row.id: row for row in queries.letters(session.current().register, batch)}
        _hint_changed(batch, [known[one.letter_id] for one in others])
    if any(why == "moved" for _one, why in more):
        again = f"frivillig letter send {batch}"
        session.current().out.hint(_("Send it to the new address: {command}", command=again))
    if any(why == "no_email" for _row, why in rows):
        command = f"frivillig letter sent {batch}"
        session.current().out.hint(
            _("Post to those without e-mail, then record it: {command}", command=command),
            _("It leaves out those who may not be written to, have got it, or were refused."),
        )


def _hint_changed(batch: int, rows: Sequence[Any]) -> None:
    """The way out for those whose letter would be another one now."""
    command = write_again(batch, rows)
    session.current().out.hint(
        _("Write them anew, and send that batch: {command}", command=command)
    )


def _why(row: Any, why: str) -> str:
    said = _(SKIP_REASONS.get(why, why))
    return f"{said}: {row.answer}" if row.answer and why in ("refused", "changed") else said


def hint_refused(batch: int, answers: Sequence[str], given_up: str = "") -> None:
    """The way out for those whom the server has refused, by what it said; where the sending was
    `given_up` for it, that is told with the rest."""
    from frivillig_cli.sources.smtp import about_address

    run, again = session.current(), f"frivillig letter send {batch}"
    of_address = [about_address(answer) for answer in answers]
    if any(of_address):
        run.out.hint(
            _("Correct the address, and send again: {command}", command=again),
            _("If the address is right: {command}", command=f"{again} --retry"),
        )
    if not (all(of_address) or given_up == "refused"):
        run.out.hint(
            _("The server has refused the letter or the sender, not the address: "
              "ask whoever runs it."),
            _("Then send again: {command}", command=f"{again} --retry"),
        )  # fmt: skip


def listed(title: str, rows: Sequence[tuple[str, str]]) -> bool:
    """List what is not done, under a title; false where there is nothing."""
    if not rows:
        return False
    run = session.current()
    run.incomplete()
    run.out.lines("", title)
    list_lines(rows)
    return True


def list_lines(rows: Sequence[tuple[str, str]]) -> None:
    """Names beside what belongs to them; in a terminal the first of them."""
    run = session.current()
    most = run.page() or len(rows)
    widest = max((len(name) for name, _what in rows[:most]), default=0)
    run.out.lines(*(f"  {name:<{widest}}  {what}".rstrip() for name, what in rows[:most]))
    if len(rows) > most:
        run.out.lines("  …")

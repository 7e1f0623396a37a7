"""Letters of which it is not known whether they were sent: what somebody says of each."""

from collections.abc import Collection, Sequence

from frivillig_cli.cli import ask, session
from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import NotFoundError, RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.outbox_queries import Mail
from frivillig_cli.store.register import Register

Said = Sequence[tuple[str | None, str]]  # whose (None: all the others), and sent or again
_BECOMES = {"sent": "sent", "again": "queued"}


def said(words: Sequence[str]) -> Said:
    """What --in-doubt says: `sent` or `again` of all, `REF=sent` or `REF=again` of one.

    Raises UsageError.
    """
    found: list[tuple[str | None, str]] = []
    for word in words:
        ref, equals, answer = (part.strip() for part in word.rpartition("="))
        refuse_birth_numbers(ref, "--in-doubt")
        if answer not in _BECOMES or bool(ref) != bool(equals):
            raise UsageError(
                _("--in-doubt is sent or again."),
                _("sent: they have got it. again: send it to them once more."),
            )
        found.append((ref or None, answer))
    if sum(ref is None for ref, _answer in found) > 1:
        raise UsageError(
            _("Two things are said of those that may be sent."),
            _("Say one of them of all, and what is otherwise of each: {option}",
              option="--in-doubt REF=sent"),
        )  # fmt: skip
    return found


def by_letter(batch: int, said: Said) -> dict[int, str]:
    """What is said of each letter in doubt: sent or again. RefusedError for one that is not."""
    register = session.current().register
    doubtful = {one.letter_id for one in outbox_queries.mails(register, batch, "sending")}
    of_all = [answer for ref, answer in said if ref is None]
    found = dict.fromkeys(doubtful, *of_all) if of_all else {}
    named: dict[int, str] = {}
    for ref, answer in said:
        if ref is None:
            continue
        one = _in_doubt(register, batch, ref, doubtful)
        if named.setdefault(one.id, answer) != answer:
            raise UsageError(
                _("Two things are said of the letter to {name}.", name=one.recipient),
                _("Say one of them."),
            )
    return {**found, **named}


def _in_doubt(register: Register, batch: int, ref: str, doubtful: Collection[int]) -> LoggedLetter:
    from frivillig_cli.work.letters import shown

    try:
        return shown.find(register, batch, ref, among=doubtful)
    except NotFoundError:
        other = shown.find(register, batch, ref)
    raise RefusedError(
        _("The letter to {name} is not in doubt.", name=other.recipient),
        _("See where each of them is: {command}", command=f"frivillig letter log {batch}"),
    )


def ask_about(batch: int, said: Said) -> tuple[list[Mail], list[tuple[Mail, str]]]:
    """What to do with messages that may have been sent: those left so, and what the rest become.

    Nothing is recorded of it before the yes.
    """
    left, decided = [], []
    chosen = by_letter(batch, said)
    for one in outbox_queries.mails(session.current().register, batch, "sending"):
        answer = chosen.get(one.letter_id)
        if answer is None and ask.in_terminal():
            answer = {"s": "sent", "a": "again", "l": None}[
                ask.choose(
                    _("It is not known whether {name} ({address}) has got the letter.",
                      name=one.recipient, address=one.shown or "–"),
                    {"s": _("it was sent"), "a": _("send it again"), "l": _("leave it")},
                )
            ]  # fmt: skip
        if answer is None:
            left.append(one)
        else:
            decided.append((one, _BECOMES[answer]))
    return left, decided


def decide(decided: Sequence[tuple[Mail, str]]) -> list[Mail]:
    """Record what the messages that were in doubt are to be; returns those that were sent."""
    run = session.current()
    if not decided:
        return []
    with run.change() as register:
        for one, state in decided:
            at = one.at if state == "sent" else run.now.isoformat(timespec="seconds")
            outbox_queries.set_state(register, one.id, "sending", state, at, None)
    return [one for one, state in decided if state == "sent"]


def not_to_be_sent_again(batch: int, decided: Sequence[tuple[Mail, str]]) -> list[tuple[Mail, str]]:
    """The messages in doubt that are to be sent again, and may not be, with why: they stay so."""
    from frivillig_cli.work.letters import standing

    register = session.current().register
    written = queries.batch(register, batch)
    found = (
        (one, standing.why_not_now(register, written, one.letter_id))
        for one, state in decided
        if state == "queued"
    )
    # to an address that is another by now, it is written anew
    return [(one, why) for one, why in found if why and why not in ("moved", "no_email")]

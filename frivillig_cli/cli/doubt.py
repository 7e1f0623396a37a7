"""Letters of which it is not known whether they were sent: what somebody says of each."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from frivillig_cli.cli import ask, session
from frivillig_cli.cli.sending_lists import tell_perhaps_now
from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.errors import NotFoundError, RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.outbox_queries import Mail
from frivillig_cli.store.register import Register

Said = Sequence[tuple[str | None, str]]  # whose (None: all the others), and sent or again
BECOMES = {"sent": "sent", "again": "queued"}
OUT = "out"  # of the outbox: whoever it is to has got the letter otherwise
Decided = Sequence[tuple[Mail, str]]  # messages, each with what it becomes


def said(words: Sequence[str]) -> Said:
    """What --in-doubt says: `sent` or `again` of all, `REF=sent` or `REF=again` of one.

    Raises UsageError.
    """
    found: list[tuple[str | None, str]] = []
    for word in words:
        ref, equals, answer = (part.strip() for part in word.rpartition("="))
        refuse_birth_numbers(ref, "--in-doubt")
        if answer not in BECOMES or bool(ref) != bool(equals):
            raise UsageError(
                _("--in-doubt is sent or again."),
                _(
                    "sent: they have got it. again: send it to them once more. "
                    "Of one alone: {option}",
                    option="--in-doubt REF=sent",
                ),
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
    doubtful = outbox_queries.mails(session.current().register, batch, "sending")
    if ask.in_terminal():
        tell_perhaps_now([one for one in doubtful if one.letter_id not in chosen])
    for one in doubtful:
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
            decided.append((one, BECOMES[answer]))
    return left, decided


def decide(decided: Decided) -> list[Mail]:
    """Record what the messages that were in doubt are to be; returns those that were sent."""
    if not decided:
        return []
    with session.current().change() as register:
        _apply(register, decided)
    return [one for one, state in decided if state == "sent"]


@contextmanager
def as_decided(decided: Decided) -> Iterator[None]:
    """Within the block the register is as it will be when that is recorded; nothing stays."""
    if not decided:
        yield
        return
    with session.current().change(dry_run=True) as register:
        _apply(register, decided)
        yield


def _apply(register: Register, decided: Decided) -> None:
    now = session.current().now.isoformat(timespec="seconds")
    for one, state in decided:
        becomes, at = ("sent", one.at) if state == "sent" else ("queued", now)
        outbox_queries.set_state(register, one.id, "sending", becomes, at, None)
        if state == OUT:
            outbox_queries.take_out(register, [one.id])


def not_to_be_sent_again(batch: int, decided: Decided) -> list[tuple[Mail, str]]:
    """The messages in doubt that are to be sent again, and may not be, with why.

    Of two to the same one that both are to be sent again, neither is kept back by the other.
    """
    from frivillig_cli.work.letters import standing

    register = session.current().register
    written = queries.batch(register, batch)
    with as_decided(decided):
        found = [
            (one, standing.why_not_now(register, written, one.letter_id))
            for one, state in decided
            if state == "queued"
        ]
    # to an address that is another by now, it is written anew
    return [(one, why) for one, why in found if why and why not in ("moved", "no_email")]


def that_stay(dead: Sequence[tuple[Mail, str]]) -> set[int]:
    """The letters, of those that may not be sent again, that stay in doubt."""
    return {one.letter_id for one, why in dead if why != "already_sent"}


def settled(batch: int, decided: Decided) -> tuple[Decided, list[tuple[Mail, str]]]:
    """The decisions that can be carried out, and what may not be sent again, with why.

    Of the latter those stay in doubt that are not decided any more: whoever has got the letter by
    another message needs this one no more, and it is taken out of the outbox.
    """
    dead = not_to_be_sent_again(batch, decided)
    why = {one.id: code for one, code in dead}
    return [
        (one, OUT if one.id in why else state)
        for one, state in decided
        if why.get(one.id) in (None, "already_sent")
    ], dead

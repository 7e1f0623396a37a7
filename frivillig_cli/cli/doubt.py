"""Letters of which it is not known whether they were sent: what somebody says of each."""

from collections.abc import Sequence

from frivillig_cli.cli import ask, session
from frivillig_cli.core.i18n import _
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.outbox_queries import Mail


def ask_about(batch: int, answer: str | None) -> tuple[list[Mail], list[tuple[Mail, str]]]:
    """What to do with messages that may have been sent: those left so, and what the rest become.

    Nothing is recorded of it before the yes.
    """
    left, decided = [], []
    for one in outbox_queries.mails(session.current().register, batch, "sending"):
        chosen = answer
        if chosen is None and ask.in_terminal():
            chosen = {"s": "sent", "a": "again", "l": None}[
                ask.choose(
                    _("It is not known whether {name} ({address}) has got the letter.",
                      name=one.recipient, address=one.shown or "–"),
                    {"s": _("it was sent"), "a": _("send it again"), "l": _("leave it")},
                )
            ]  # fmt: skip
        if chosen is None:
            left.append(one)
        else:
            decided.append((one, "sent" if chosen == "sent" else "queued"))
    return left, decided


def decide(decided: Sequence[tuple[Mail, str]]) -> None:
    """Record what the messages that were in doubt are to be."""
    run = session.current()
    if not decided:
        return
    with run.change() as register:
        for one, state in decided:
            at = one.at if state == "sent" else run.now.isoformat(timespec="seconds")
            outbox_queries.set_state(register, one.id, "sending", state, at, None)


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

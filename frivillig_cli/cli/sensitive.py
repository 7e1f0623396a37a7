"""A gentle word where a free text is likely about health or evacuees. It is stored as typed."""

from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import _, typed


def remind(*texts: str | None, mend: str) -> None:
    """Say which words should not stand there, and that `mend` is the command that corrects it."""
    from frivillig_cli.core.sensitive import evacuee_words, health_words

    out = session.current().out
    text = " \n ".join(filter(None, texts))
    if not text:
        return
    health, evacuees = health_words(text), evacuee_words(text)
    if health:
        out.warn(
            _("«{words}» may be about somebody's health, which is never registered here.",
              words=", ".join(health))
        )  # fmt: skip
    if evacuees:
        out.warn(
            _("«{words}»: evacuees are never registered here. That is for the police and the"
              " municipality.", words=", ".join(evacuees))
        )  # fmt: skip
    if health or evacuees:
        out.hint(_("If it is about a person, write it anew without it: {command}", command=mend))


def remind_of_log(wanted: int, *texts: str | None) -> None:
    """`remind` of what stands in an activation's log now, last."""
    from frivillig_cli.cli.commands.beredskap_options import pointed
    from frivillig_cli.records.activation import queries

    if not any(texts):
        return
    last = queries.last_entry(session.current().register, wanted)
    if last is None:  # a dry run: nothing is stored that could be corrected
        remind(*texts, mend=typed("frivillig beredskap activate TITLE"))
        return
    command = typed(f"frivillig beredskap log TEXT --corrects {last.seq}")
    remind(*texts, mend=pointed(command, wanted))


def remind_of_title(activation: Any, title: str) -> None:
    """`remind` of an activation's title, which stands on the lists; None: nothing is stored yet."""
    from frivillig_cli.cli.commands.beredskap_options import pointed

    if activation is None:
        remind(title, mend=typed("frivillig beredskap activate TITLE"))
    else:
        command = typed("frivillig beredskap retitle TITLE")
        remind(title, mend=pointed(command, activation.id))

"""Where a free text is likely about health or evacuees: a question before, or a word after.

What can never be taken out again (the log, an evaluation, an expense) is asked about before it is
stored; what is then stored is as typed, and it is said how it is corrected.
"""

from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed


def ask_first(*texts: str | None) -> None:
    """Ask whether a text with such words is to be stored. Raises RefusedError where it is not.

    Without a terminal it is refused unless --yes has answered.
    """
    from frivillig_cli.cli import ask

    run = session.current()
    if found := _warnings(*texts):
        run.out.warn(*found)
        run.asked.extend(found)
        ask.confirm(_("Is it to be stored all the same?"))


def line(question: str, label: str) -> str:
    """One line that is typed, and kept in a call-out's papers; "" for none.

    What cannot be kept, or is not to be after a warning, is there to be changed: it is not lost.
    """
    from frivillig_cli.cli import ask
    from frivillig_cli.cli.callout import fits
    from frivillig_cli.cli.errors import report

    text = ask.line(question)
    while text:
        try:
            fits(label)(text)
        except RefusedError as error:
            report(error)
        else:
            try:
                ask_first(text)
                return text
            except RefusedError:
                session.current().out.hint(_("Change it, or empty the line to leave it out."))
        text = ask.edit(question, text)
    return ""


def remind(*texts: str | None, mend: str) -> None:
    """Say which words should not stand there, and that `mend` is the command that corrects it."""
    run = session.current()
    if found := _warnings(*texts):
        run.out.warn(*(one for one in found if one not in run.asked))
        run.out.hint(
            _("If it is about a person, write it anew without it: {command}", command=mend)
        )


def _warnings(*texts: str | None) -> list[str]:
    from frivillig_cli.core.sensitive import evacuee_words, health_words

    text = " \n ".join(filter(None, texts))
    found = []
    if health := health_words(text):
        found.append(
            _("«{words}» may be about somebody's health, which is never registered here.",
              words=", ".join(health))
        )  # fmt: skip
    if evacuees := evacuee_words(text):
        found.append(
            _("«{words}»: evacuees are never registered here. That is for the police and the"
              " municipality.", words=", ".join(evacuees))
        )  # fmt: skip
    return found


def remind_of_log(wanted: int, *texts: str | None) -> None:
    """`remind` of what stands in an activation's log now, last."""
    from frivillig_cli.cli.callout import pointed
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
    from frivillig_cli.cli.callout import pointed

    if activation is None:
        remind(title, mend=typed("frivillig beredskap activate TITLE"))
    else:
        command = typed("frivillig beredskap retitle TITLE")
        remind(title, mend=pointed(command, activation.id))

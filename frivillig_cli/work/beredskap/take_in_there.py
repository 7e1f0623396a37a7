"""A no that is taken in of one who is on site: set aside, as nobody knows which of them holds."""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions
from frivillig_cli.records.activation.calling import ANSWER_WORDS, SAID
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.calls import is_on_site
from frivillig_cli.work.beredskap.taps import Tap


def aside(
    register: Register, activation: Activation, row: Row, tap: Tap, *, now: datetime
) -> str | None:
    """Log what was said and changes nothing; returns why, with the ways out. None: it is taken in.

    As `call` refuses it: one who is there either leaves or has not come.
    """
    answer = SAID[tap.word].answer
    if row.deployment != "on_site" or answer not in ("no", "withdrew"):
        return None
    text = _("{name}: “{answer}” was taken in, and is set aside: they are {where}.", name=row.name,
             answer=_(ANSWER_WORDS[answer]), where=_(DEPLOYMENT_WORDS["on_site"]))  # fmt: skip
    entry = actions.NewEntry("observation", text, tap.by, tap.happened, row=row.id)
    actions.write_log(register, activation, entry, now=now)
    refused = is_on_site(row)
    return f"{_(ANSWER_WORDS[answer])}. {refused.message} {refused.hint}"

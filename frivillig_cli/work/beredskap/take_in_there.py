"""An answer that is taken in and cannot stand: a no of one who is on site, as nobody knows which
of them holds, and any answer of one who is left out. It is set aside, logged, and said.
"""

from __future__ import annotations

from datetime import datetime

from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import actions
from frivillig_cli.records.activation.calling import ANSWER_WORDS, SAID
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.calls import is_on_site
from frivillig_cli.work.beredskap.taps import Tap
from frivillig_cli.work.beredskap.view import View


def aside(register: Register, view: View, row: Row, tap: Tap, *, now: datetime) -> str | None:
    """Log what was said and changes nothing; returns why, with the ways out. None: it is taken in.

    As `call` refuses it: one who is there either leaves or has not come, and one who is left out is
    taken in first.
    """
    activation, answer = view.activation, SAID[tap.word].answer
    if answer is None:
        return None
    if row.selection == "excluded":
        refused = view.left_out(row)
        where = _("left out ({why})", why=_(REASON_WORDS[str(row.reason)]))
    elif row.deployment == "on_site" and answer in ("no", "withdrew"):
        refused, where = is_on_site(row), _(DEPLOYMENT_WORDS["on_site"])
    else:
        return None
    text = _("{name}: “{answer}” was taken in, and is set aside: they are {where}.", name=row.name,
             answer=_(ANSWER_WORDS[answer]), where=where)  # fmt: skip
    entry = actions.NewEntry("observation", text, tap.by, tap.happened, row=row.id)
    actions.write_log(register, activation, entry, now=now)
    return f"{_(ANSWER_WORDS[answer])}. {refused.message} {refused.hint}"

"""What is a protected person's stands in no head of a call-out, which begins all the same."""

from __future__ import annotations

from dataclasses import replace

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.records import municipality
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap.activate import Request

LABELS = {
    "title": N_("title"),
    "asked_by": N_("asked by"),
    "decided_by": N_("decided by"),
    "external_ref": N_("reference"),
    "place": N_("place"),
    "callback": N_("number to call back"),
    "expired_because": N_("reason"),
}


def refused(register: Register, request: Request) -> dict[str, RefusedError]:
    """Which of its texts hold what is a protected person's, and why, by the names of `LABELS`.

    The number to call back may be the one that is set for all call-outs.
    """
    found = {}
    for name in LABELS:
        try:
            protected.refuse(register, getattr(request, name))
        except RefusedError as error:
            found[name] = error
    usual = None if request.callback else municipality.callback_refused(register)
    return {**found, "callback": usual} if usual else found


def without(register: Register, request: Request, name: str) -> Request:
    """`request` where this text stands without it; one that is nothing else is left out.

    Not a title, nor a reason: without it, it would not be done.
    """
    text = protected.hidden(register).without(getattr(request, name)) or ""
    marks = (_("[protected number]"), _("[protected address]"))
    if name not in ("title", "expired_because") and text.strip() in ("", *marks):
        return replace(request, **{name: None})
    return replace(request, **{name: text})

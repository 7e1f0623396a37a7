"""What to say on the phone, and what to write in a text message. Under a minute to read aloud."""

from __future__ import annotations

from frivillig_cli.core.i18n import _, language
from frivillig_cli.records import municipality
from frivillig_cli.records.activation.model import Activation
from frivillig_cli.store.register import Register


def mark(kind: str) -> str:
    """What stands on everything that belongs to an exercise or a test; empty for a real event.

    ØVELSE stands there in every language, and ØVING besides it in nynorsk.
    """
    if kind == "exercise":
        return "ØVELSE ØVING" if language() == "nn" else "ØVELSE"
    return _("CONTACT TEST") if kind == "contact_test" else ""


def municipality_name(register: Register) -> str:
    """The municipality's name, or a word for it."""
    return municipality.get(register).get("municipality.name") or _("the municipality")


def say(activation: Activation, owner: str) -> str:
    """What the caller says. `owner` is the municipality's name."""
    kind = activation.kind
    opening = _("This is the preparedness duty of {owner}.", owner=owner)
    if kind == "contact_test":
        return " ".join(
            (opening, _("This is only a test of our phone list. You need not do anything."),
             _("Is this still the right number for you?"))
        )  # fmt: skip
    about = (
        _("ØVELSE, ØVELSE, ØVELSE. This is an exercise: {title}.", title=activation.title)
        if kind == "exercise"
        else _("This is not an exercise. It is about: {title}.", title=activation.title)
    )
    where = (
        _("Can you come to {place}? When can you be there?", place=activation.place)
        if activation.place
        else _("Can you come? When can you be ready?")
    )
    return " ".join((opening, about, where))


def say_over() -> str:
    """What the caller says to whom they have on the line, where it has been ended meanwhile."""
    return _("It is over for now, and nobody more is needed. Thank you.")


def over(name: str) -> str:
    """What the caller does then; `name` is whom they were about to ring."""
    return _("It has been ended: ring nobody more. If {name} is on the line, tell them, and press"
             " the key of their answer.", name=name)  # fmt: skip


def sms(activation: Activation, owner: str) -> str:
    """The text message for those who do not answer; marked when it is an exercise."""
    prefix = mark(activation.kind)
    if activation.callback:
        text = _("{title}. Please call {owner}", title=activation.title, owner=owner)
        text += f": {activation.callback}"
    else:
        text = _("{title}. Please call back, or answer this message. {owner}",
                 title=activation.title, owner=owner)  # fmt: skip
    if prefix:
        return f"{prefix} {text} {prefix}"
    return text

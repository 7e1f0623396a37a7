"""What a workbook says before its questions: how to fill it in, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from frivillig_cli.core.i18n import _
from frivillig_cli.records import municipality
from frivillig_cli.records.survey import answers
from frivillig_cli.store.register import Register


@dataclass(frozen=True)
class Sender:
    """Who asks: shown at the top, and where the form goes back to. Blank when not known."""

    name: str = ""
    email: str = ""


def sender(register: Register) -> Sender:
    """Who asks, as the register knows it now."""
    known = municipality.get(register)
    parts = (known.get("municipality.name"), known.get("letterhead.unit"))
    name = ", ".join(part for part in parts if part)
    return Sender(name, known.get("letterhead.email") or "")


def steps(language: str, sender: Sender) -> list[str]:
    """How to fill in the form, in the order that one does it."""
    back = _("Save the file and send it back as an answer to the e-mail that it came with.")
    if sender.email:
        back = _("Save the file and send it to {email}.", email=sender.email)
    return [
        _("Read through the yellow cells. Correct what is wrong and fill in what is missing."),
        _(
            "Leave what is right as it stands. A blank cell removes nothing: write {word} to "
            "have something removed.",
            word=answers.erase_word(language),
        ),
        _("Is all of it right? Then choose Yes at “Nothing has changed”."),
        _("Never write birth numbers here."),
        back,
    ]


def table_steps(language: str) -> list[str]:
    """How to fill in the workbook for all, in the order that one does it."""
    return [
        _("Each association has its row in the next sheet, with what the register holds."),
        _("Correct and fill in the yellow cells of those who have answered you."),
        _(
            "Leave what is right as it stands. A blank cell removes nothing: write {word} to "
            "have something removed.",
            word=answers.erase_word(language),
        ),
        _("Choose Yes at “Nothing has changed” for those who have confirmed all of it."),
        _("A row where nothing is changed or chosen counts as not answered."),
        _("Rows may be filtered and deleted. Never copy one: it would be told apart by "
          "its hidden key."),
        _("Never write birth numbers here."),
        _("The file holds people's names and numbers: delete it when the answers are taken in."),
    ]  # fmt: skip

"""What a file of a batch holds: one letter, or several, in the format that was asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from frivillig_cli.documents.letter import Letter
from frivillig_cli.work.letters import writers
from frivillig_cli.work.letters.recipients import Recipient

if TYPE_CHECKING:
    from frivillig_cli.documents.typeset import Replaced
    from frivillig_cli.work.letters.batch import Plan


class Made(NamedTuple):
    """The bytes of a file; `pdf` those of its PDF, where one was made for it."""

    data: bytes
    pdf: bytes | None = None


def make(
    this: "Plan", recipients: Sequence[Recipient], letters: Sequence[Letter], replaced: "Replaced"
) -> Made:
    """The file with these letters, to these recipients. An e-mail holds one letter only."""
    if this.request.format != "eml":
        data = writers.written(letters, this.request.format, replaced, merged=this.request.merge)
        return Made(data, data if this.request.format == "pdf" else None)
    from frivillig_cli.work.letters.drafts import draft

    (recipient,), (letter,) = recipients, letters
    pdf = writers.written(letters, "pdf", replaced)
    return Made(draft(this, recipient, letter, pdf), pdf)

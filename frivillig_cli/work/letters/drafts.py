"""Letters as drafts of e-mail: each a file that a mail program opens, ready to be sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from frivillig_cli.core.clock import oslo, oslo_midnight
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.mail import Envelope, is_address, letter_message, plain_address
from frivillig_cli.work.letters.recipients import Recipient
from frivillig_cli.work.letters.sender import sender_address

if TYPE_CHECKING:
    from frivillig_cli.work.letters.batch import Plan


def sender_name(this: Plan) -> str:
    """Who it is from, in words."""
    head = this.sender.head
    return ", ".join(part for part in (head.unit, head.name) if part)


def to_name(letter: Letter, recipient: Recipient) -> str:
    """Who it is to, in words."""
    return letter.recipient[0] if letter.recipient else recipient.name


def draft(this: Plan, recipient: Recipient, letter: Letter, pdf: bytes) -> bytes:
    """One letter as a draft, from the start of its day; the same letter gives the same bytes."""
    sender = sender_address(this.sender)
    to = recipient.email if recipient.email and is_address(recipient.email) else ""
    envelope = Envelope(
        sender_name=sender_name(this),
        sender=sender,
        to_name=to_name(letter, recipient),
        to=to,
        message_id=_message_id(this, recipient, to, pdf, sender),
        date=oslo(oslo_midnight(this.request.today)),
        draft=True,
    )
    return letter_message(letter, pdf, envelope)


def _message_id(this: Plan, recipient: Recipient, to: str, pdf: bytes, sender: str) -> str:
    about = f"{this.request.template}\0{this.kind}\0{recipient.id}\0{to}\0".encode()
    mark = hashlib.sha256(about + pdf).hexdigest()
    domain = plain_address(sender).rpartition("@")[2]
    return f"<frivillig.draft.{mark[:24]}@{domain}>"

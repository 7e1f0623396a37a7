"""Letters as drafts of e-mail: each a file that a mail program opens, ready to be sent."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.mail import Envelope, is_address, letter_message, plain_address
from frivillig_cli.settings import config, mail
from frivillig_cli.work.letters.recipients import Recipient

if TYPE_CHECKING:
    from frivillig_cli.work.letters.batch import Plan


def sender_address(this: Plan) -> str:
    """The address that letters are sent from: mail.from, or the letterhead's; else RefusedError."""
    found = config.get("mail.from") or this.sender.head.email
    if not found:
        raise RefusedError(
            _("An e-mail needs an address to be sent from."),
            _("Give it one: {command}", command="frivillig config set letterhead.email …"),
        )
    try:
        return mail.check("mail.from", found)
    except FrivilligError as error:  # the file of settings may have been written by hand
        raise RefusedError(error.message, error.hint) from error


def sender_name(this: Plan) -> str:
    """Who it is from, in words."""
    head = this.sender.head
    return ", ".join(part for part in (head.unit, head.name) if part)


def to_name(letter: Letter, recipient: Recipient) -> str:
    """Who it is to, in words."""
    return letter.recipient[0] if letter.recipient else recipient.name


def draft(this: Plan, recipient: Recipient, letter: Letter, pdf: bytes) -> bytes:
    """One letter as a draft, from the start of its day; the same letter gives the same bytes."""
    sender = sender_address(this)
    to = recipient.email if recipient.email and is_address(recipient.email) else ""
    envelope = Envelope(
        sender_name=sender_name(this),
        sender=sender,
        to_name=to_name(letter, recipient),
        to=to,
        message_id=_message_id(this, recipient, to, pdf, sender),
        date=datetime.combine(this.request.today, time(), ZoneInfo("Europe/Oslo")),
        draft=True,
    )
    return letter_message(letter, pdf, envelope)


def _message_id(this: Plan, recipient: Recipient, to: str, pdf: bytes, sender: str) -> str:
    about = f"{this.request.template}\0{this.kind}\0{recipient.id}\0{to}\0".encode()
    mark = hashlib.sha256(about + pdf).hexdigest()
    domain = plain_address(sender).rpartition("@")[2]
    return f"<frivillig.draft.{mark[:24]}@{domain}>"

"""A letter as an e-mail that is sent: its text, the same as HTML, and the PDF attached.

The same input gives the same bytes. Everything that a header holds is one line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from frivillig_cli.core.names import file_name, printable
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.text import document_text


@dataclass(frozen=True)
class Envelope:
    """What stands on a message: names and addresses, its own number, when it was written.

    `marked` is put before the subject, where it is only a trial.
    """

    sender_name: str
    sender: str
    to_name: str
    to: str
    message_id: str
    date: datetime
    marked: str = ""


def letter_message(letter: Letter, pdf: bytes, envelope: Envelope) -> bytes:
    """The message, with CRLF line ends, as it is handed to a mail server."""
    message = EmailMessage(policy=policy.SMTP)
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = envelope.message_id
    message["From"] = _address(envelope.sender_name, envelope.sender)
    message["To"] = _address(envelope.to_name, envelope.to)
    title = letter.document.title or "–"
    message["Subject"] = printable(f"{envelope.marked} {title}".strip())
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "no"
    message.set_content(document_text(letter), charset="utf-8", cte="quoted-printable")
    message.add_alternative(
        letters_html([letter]), subtype="html", charset="utf-8", cte="quoted-printable"
    )
    message.add_attachment(
        pdf, maintype="application", subtype="pdf", filename=f"{file_name(title)}.pdf"
    )
    _fix_boundaries(message, envelope.message_id)
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(printable(name), username=local, domain=_ascii(domain))


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def plain_address(address: str) -> str:
    """An address for the mail server: the domain in ASCII, the part before @ as it is."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{_ascii(domain)}"


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """The lines between parts, which Python draws by lot, follow from the message's number."""
    digest = hashlib.sha256(seed.encode()).hexdigest()[:24]
    several = [part for part in message.walk() if part.is_multipart()]
    for n, part in enumerate(several):
        part.set_boundary(f"=_frivillig_{n}_{digest}")

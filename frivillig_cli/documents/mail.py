"""A letter as an e-mail, sent or a draft: its text, the same as HTML, and the PDF attached.

The same input gives the same bytes. Headers are written here and not by the standard library,
which folds long ones so that they read otherwise, and leaves a comma in a name unquoted.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64encode, encodebytes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from frivillig_cli.core.names import file_name, printable
from frivillig_cli.documents.html import letters_html
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.mail_pictures import attached
from frivillig_cli.documents.text import document_text

_WORD = 42  # bytes of text in an encoded word, so that its line stays below 78 characters
_SHORT = 60  # characters of a header that stand as they are
_ADDRESS = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(?:\.[\w-]+)*"


@dataclass(frozen=True)
class Envelope:
    """What stands on a message: names and addresses, its own number, when it was written.

    `marked` is put before the subject, where it is only a trial. A `draft` is opened by mail
    programs as one that is still to be sent (X-Unsent), and may be `to` nobody yet ("").
    """

    sender_name: str
    sender: str
    to_name: str
    to: str
    message_id: str
    date: datetime
    marked: str = ""
    draft: bool = False


def letter_message(letter: Letter, pdf: bytes, envelope: Envelope) -> bytes:
    """The message, with CRLF line ends, as a mail server takes it (RFC 5322).

    Raises ValueError for an address that is none, and a number that is none.
    """
    title = letter.document.title or "–"
    seed = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:24]
    mixed, alternative, related = (f"=_frivillig_{n}_{seed}" for n in (0, 1, 2))
    file = quote(f"{file_name(title)}.pdf", safe="")
    lines = [
        *_headers(letter, title, envelope),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed;\r\n boundary="{mixed}"',
        "",
        f"--{mixed}",
        f'Content-Type: multipart/alternative;\r\n boundary="{alternative}"',
        "",
        f"--{alternative}",
        *_text_part("plain", document_text(letter)),
        f"--{alternative}",
        *_html_part(letter, related),
        f"--{alternative}--",
        "",
        f"--{mixed}",
        "Content-Type: application/pdf",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n filename*=utf-8''{file}",
        "",
        encodebytes(pdf).decode("ascii").replace("\n", "\r\n"),
        f"--{mixed}--",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8")


def _headers(letter: Letter, title: str, envelope: Envelope) -> Iterator[str]:
    if not re.fullmatch(r"<[!-;=?-~]+@[!-;=?-~]+>", envelope.message_id):
        raise ValueError("not a message's number")
    if not envelope.draft:  # a draft is dated when it is sent
        yield f"Date: {format_datetime(envelope.date)}"
    yield f"Message-ID: {envelope.message_id}"
    yield f"From: {_mailbox(envelope.sender_name, envelope.sender)}"
    if envelope.to:
        yield f"To: {_mailbox(envelope.to_name, envelope.to)}"
    yield f"Subject: {_words(printable(f'{envelope.marked} {title}'))}"
    yield f"Content-Language: {letter.language}"
    yield "X-Unsent: 1" if envelope.draft else "Auto-Submitted: no"


def is_address(address: str) -> bool:
    """Whether it can stand in a header: name@domain, in one line, without anything around it."""
    return len(address) <= 254 and re.fullmatch(_ADDRESS, address) is not None


def _mailbox(name: str, address: str) -> str:
    if not is_address(address):
        raise ValueError("not an e-mail address")
    shown = printable(name)
    return (
        f"{_words(shown, quoted=True)}\r\n <{plain_address(address)}>"
        if shown
        else (plain_address(address))
    )


def _words(text: str, *, quoted: bool = False) -> str:
    """One line of text in a header: as it is where that is plain, else as encoded words."""
    if text.isascii() and len(text) <= _SHORT and "=?" not in text:
        if not quoted:
            return text
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in _pieces(text))


def _pieces(text: str) -> Iterator[bytes]:
    """The text in UTF-8, so much at a time, no character taken apart."""
    part = b""
    for char in text:
        encoded = char.encode()
        if len(part) + len(encoded) > _WORD:
            yield part
            part = b""
        part += encoded
    yield part


def _html_part(letter: Letter, boundary: str) -> Iterator[str]:
    """The letter as HTML, with its pictures, if it has some."""
    html, pictures = attached(letter, letters_html([letter], mailed=True))
    if not pictures:
        yield from _text_part("html", html)
        return
    yield f'Content-Type: multipart/related; type="text/html";\r\n boundary="{boundary}"'
    yield ""
    yield f"--{boundary}"
    yield from _text_part("html", html)
    for picture in pictures:
        yield f"--{boundary}"
        yield from picture.lines()
    yield f"--{boundary}--"
    yield ""


def _text_part(kind: str, text: str) -> Iterator[str]:
    yield f"Content-Type: text/{kind}; charset=utf-8"
    yield "Content-Transfer-Encoding: quoted-printable"
    yield ""
    lines = "\n".join(text.splitlines()).encode("utf-8")
    yield binascii.b2a_qp(lines).decode("ascii").replace("\n", "\r\n")
    yield ""


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def plain_address(address: str) -> str:
    """An address for the mail server: the domain in ASCII, the part before @ as it is."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{_ascii(domain)}"

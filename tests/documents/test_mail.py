"""A letter as an e-mail: what each header and part says is what was given, whatever that is."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import mailparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.core.names import printable
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.mail import Envelope, is_address, letter_message
from frivillig_cli.documents.tree import Block, Document, Inline

DAY = datetime(2027, 3, 2, tzinfo=ZoneInfo("Europe/Oslo"))
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
NASTY = st.text(max_size=200) | st.text(
    alphabet='aåæøÆØÅ ,;:<>@"\\()[]=?_.\r\n\t\0\u2028\u202e\x85', max_size=200
)


def letter(title: str = "Åpen dag", text: str = "Hei.", **more) -> Letter:
    said = Inline("text", text)
    block = Block("paragraph", children=(said,))
    return Letter(Document(title, "nb", (block,)), Letterhead("Elvdal kommune"), **more)


def envelope(**more) -> Envelope:
    values = {
        "sender_name": "Frivilligsentralen, Elvdal kommune", "sender": "post@elvdal.example",
        "to_name": "Sollia blandakor", "to": "kor@sollia.example",
        "message_id": "<frivillig.1.ab@elvdal.example>", "date": DAY, "draft": True,
    }  # fmt: skip
    return Envelope(**{**values, **more})


def parsed(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def said(message: EmailMessage, name: str) -> str:
    """A header as mail programs read it (RFC 2047): nothing between two encoded words."""
    raw = dict(message.raw_items())[name]
    return str(make_header(decode_header("".join(raw.splitlines()))))


def test_a_draft_says_who_what_and_when_and_opens_as_one() -> None:
    message = parsed(letter_message(letter(), PDF, envelope()))
    assert message["X-Unsent"] == "1" and message["Subject"] == "Åpen dag"
    (sender,), (to,) = message["From"].addresses, message["To"].addresses
    assert (sender.display_name, sender.addr_spec) == (
        "Frivilligsentralen, Elvdal kommune", "post@elvdal.example",
    )  # fmt: skip
    assert (to.display_name, to.addr_spec) == ("Sollia blandakor", "kor@sollia.example")
    assert message["Date"] is None  # until it is sent
    assert message["Message-ID"] == "<frivillig.1.ab@elvdal.example>"
    assert message.get_content_type() == "multipart/mixed" and not message.defects
    text = message.get_body(("plain",)).get_content()
    assert text.startswith("Hei.\r\n") and "elektronisk godkjent" in text
    assert "<p>Hei.</p>" in message.get_body(("html",)).get_content()
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Åpen-dag.pdf" and pdf.get_content_type() == "application/pdf"
    assert pdf.get_payload(decode=True) == PDF
    sent = parsed(letter_message(letter(), PDF, envelope(draft=False)))
    assert sent["Date"].datetime == DAY and "X-Unsent" not in sent


def test_a_mail_library_reads_the_same() -> None:
    mail = mailparser.parse_from_bytes(letter_message(letter(), PDF, envelope()))
    assert mail.from_ == [("Frivilligsentralen, Elvdal kommune", "post@elvdal.example")]
    assert mail.to == [("Sollia blandakor", "kor@sollia.example")]
    assert mail.subject == "Åpen dag" and mail.message_id == "<frivillig.1.ab@elvdal.example>"
    assert mail.text_plain[0].startswith("Hei.\r\n") and "<p>Hei.</p>" in mail.text_html[0]
    assert [one["filename"] for one in mail.attachments] == ["Åpen-dag.pdf"]
    assert not mail.defects and not mail.has_defects


def test_every_line_is_short_and_ends_as_the_standard_says() -> None:
    data = letter_message(letter("Æ" * 300, "ord " * 500 + "x" * 3000), PDF, envelope())
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    # the one long line is the name of the file, which a mail program wants in one piece
    assert max(len(line) for line in lines if b"filename*=" not in line) <= 78
    assert max(map(len, lines)) <= 998
    assert said(parsed(data), "Subject") == "Æ" * 300


def test_the_same_letter_is_the_same_bytes_and_another_has_other_boundaries() -> None:
    once, twice = (letter_message(letter(), PDF, envelope()) for _ in range(2))
    assert once == twice
    other = parsed(letter_message(letter(), PDF, envelope(message_id="<2@elvdal.example>")))
    assert other.get_boundary() != parsed(once).get_boundary()


@given(name=NASTY, title=NASTY, text=NASTY)
@settings(max_examples=150)
def test_no_name_subject_or_text_gets_out_of_its_place(name: str, title: str, text: str) -> None:
    data = letter_message(letter(title, text), b"%PDF", envelope(to_name=name, sender_name=name))
    message = parsed(data)
    assert [name for name, _value in message.raw_items()] == [
        "Message-ID", "From", "To", "Subject", "Content-Language", "X-Unsent",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert len(message["To"].addresses) == len(message["From"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "kor@sollia.example"
    assert said(message, "Subject") == printable(title or "–")
    shown, address = parseaddr(dict(message.raw_items())["To"])
    assert address == "kor@sollia.example"
    assert str(make_header(decode_header(shown))) == printable(name)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    mail = mailparser.parse_from_bytes(data)
    assert [address for _name, address in mail.to] == ["kor@sollia.example"]
    assert set(mail.headers) >= {"To", "From", "Subject"} and "Bcc" not in mail.headers


@pytest.mark.parametrize("address", [
    "a@b.example\r\nBcc: x@y.example", "a@b.example, c@d.example", "<a@b.example>", "a b@c.example",
    "a@b.example>", "a@", "@b.example", "a", "", "a@b@c.example", "a\0@b.example", '"a"@b.example',
])  # fmt: skip
def test_what_is_no_single_address_is_never_put_in_a_header(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError):
        letter_message(letter(), PDF, envelope(sender=address))
    with pytest.raises(ValueError):
        letter_message(letter(), PDF, envelope(message_id=f"<{address}\r\nX: y>"))


def test_an_address_with_norwegian_letters_stands_as_it_is_and_its_domain_in_ascii() -> None:
    message = letter_message(letter(), PDF, envelope(to="bjørn@blåbær.example"))
    assert "<bjørn@xn--blbr-roah.example>".encode() in message


def test_a_draft_to_nobody_yet_has_no_receiver() -> None:
    assert "To" not in parsed(letter_message(letter(), PDF, envelope(to="")))

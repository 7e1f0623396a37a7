"""`letter send` over an encrypted line, with a password: what is trusted, and what is refused."""

from __future__ import annotations

import smtplib
import ssl
from pathlib import Path

import pytest
import trustme

from frivillig_cli.sources.smtp import Post
from tests.cli.letter_outbox import render, send, states
from tests.mailserver import PASSWORD, with_login

# encryption and passwords


@pytest.fixture
def authority(tmp_path) -> tuple[trustme.CA, ssl.SSLContext, Path]:
    """A certificate of one's own for 127.0.0.1, and the file that trusts it."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return ca, context, tmp_path / "ca.pem"


def test_starttls_with_a_password_sends_encrypted(office, serve, authority, monkeypatch) -> None:
    _ca, context, trusted = authority
    handler = serve(security="starttls", **with_login(context))
    office.ok("config", "set", "mail.user", "kari")
    office.ok("config", "set", "mail.ca", trusted)
    monkeypatch.setenv("FRIVILLIG_MAIL_PASSWORD", PASSWORD)
    render(office)
    assert len(send(office)["sent"]) == 4 and len(handler.got) == 4


def test_a_wrong_password_is_told_and_nothing_is_lost(
    office, serve, authority, monkeypatch
) -> None:
    _ca, context, trusted = authority
    handler = serve(security="starttls", **with_login(context))
    office.ok("config", "set", "mail.user", "kari")
    office.ok("config", "set", "mail.ca", trusted)
    monkeypatch.setenv("FRIVILLIG_MAIL_PASSWORD", "gal")
    render(office)
    said = office.refused("letter", "send", "1", "--yes")
    assert "password" in said and "gal" not in said and handler.got == []
    assert set(states(office).values()) == {"draft"}
    monkeypatch.setenv("FRIVILLIG_MAIL_PASSWORD", PASSWORD)
    assert len(send(office)["sent"]) == 4


def test_without_a_password_and_a_terminal_it_says_which_variable(office, serve) -> None:
    serve()
    office.ok("config", "set", "mail.user", "kari")
    render(office)
    said = office.refused("letter", "send", "1", "--yes", code=2)
    assert "FRIVILLIG_MAIL_PASSWORD" in said


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    office, serve, authority, security: str
) -> None:
    _ca, context, _trusted = authority
    options = {"tls_context": context} if security == "starttls" else {"ssl_context": context}
    handler = serve(security=security, **options)
    render(office)
    assert "cannot be trusted" in office.refused("letter", "send", "1", "--yes")
    assert handler.got == []


def test_tls_from_the_start_works_with_a_trusted_certificate(office, serve, authority) -> None:
    _ca, context, trusted = authority
    serve(security="tls", ssl_context=context)
    office.ok("config", "set", "mail.ca", trusted)
    render(office)
    assert len(send(office)["sent"]) == 4


def test_a_server_without_encryption_is_refused_where_it_is_wanted(office, serve) -> None:
    handler = serve(security="starttls")
    render(office)
    assert "STARTTLS" in office.refused("letter", "send", "1", "--yes")
    assert handler.got == []


def test_a_connection_that_is_cut_after_the_first_letter_is_one_that_was_lost(
    office, serve, authority, monkeypatch
) -> None:
    _ca, context, trusted = authority
    serve(security="tls", ssl_context=context)
    office.ok("config", "set", "mail.ca", trusted)
    render(office)
    deliver, opened = Post.deliver, smtplib.SMTP_SSL

    def cut(self: Post, *words: object) -> object:
        outcome = deliver(self, *words)
        self.close()
        monkeypatch.setattr(smtplib, "SMTP_SSL", lost)
        return outcome

    def lost(*_words: object, **_more: object) -> None:
        raise ssl.SSLEOFError("EOF occurred")

    monkeypatch.setattr(Post, "deliver", cut)
    done = office("letter", "send", "1", "--yes")
    assert "does not speak TLS" not in done.err and "1 letter is sent" in done.out
    monkeypatch.setattr(Post, "deliver", deliver)
    monkeypatch.setattr(smtplib, "SMTP_SSL", opened)
    assert len(send(office)["sent"]) == 3

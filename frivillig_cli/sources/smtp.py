"""Handing messages to a mail server (RFC 5321), one at a time, and knowing what became of each.

A message has been taken once the server has answered to its last line. Whatever goes wrong
before the first line is known not to be sent; between the two it is in doubt.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why

SECONDS = 30  # without an answer
_LOCAL = ("localhost", "127.0.0.1", "::1")
Kind = Literal["sent", "later", "refused", "doubt", "taken", "unreachable", "skipped"]


@dataclass(frozen=True)
class Server:
    """A mail server, and how to speak with it: security is starttls, tls or none.

    `ca` is a file of certificates to trust besides the machine's own.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a message, and what the server said.

    `later`: it said to come again; `taken`: another run was at it; `unreachable`: not tried;
    `skipped`: not to be sent any more.
    """

    kind: Kind
    answer: str = ""


class Post:
    """A connection to a mail server that is opened when it is needed, and again when it is lost."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._reached = False

    def __enter__(self) -> Post:
        return self

    def __exit__(self, error: object, *_more: object) -> None:
        if error:  # Ctrl-C, say: a server that does not answer is not waited for
            self._drop()
        self.close()

    def close(self) -> None:
        """Say goodbye, if there is somebody to say it to."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None

    def open(self) -> None:
        """Connect, encrypt and log in. RefusedError where the server, or its certificate, will not.

        A lost or refused connection is raised as it is met (OSError, SMTPException).
        """
        if self._smtp is not None:
            return
        server, context = self._server, self._context()
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            if server.security == "starttls":
                _encrypt(smtp, context)
            if server.user:
                self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        self._smtp, self._reached = smtp, True

    def reach(self) -> None:
        """Connect and log in, to see that it can be done.

        RefusedError as for `deliver`, and where the server does not take letters now.
        """
        if lost := self._lost():
            raise RefusedError(
                _("The mail server {host} takes no letters now ({answer}).",
                  host=self._server.host, answer=lost.answer),
                _("Send them again later."),
            )  # fmt: skip
        self.close()

    def deliver(self, message: bytes, sender: str, to: str, claim: Callable[[], bool]) -> Outcome:
        """Hand over one message. `claim` is asked when all but the message itself is settled.

        Only where it says yes is the message sent. RefusedError as for `open`, and where there is
        no server to be reached from the beginning.
        """
        if lost := self._lost():
            return lost
        assert self._smtp is not None
        try:
            refused = _envelope(self._smtp, sender, to)
            if refused:
                self._reset()
                return refused
            if not claim():
                self._reset()
                return Outcome("taken")
            code, words = self._smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome("unreachable", _said(error))
        if code != 354:
            self._reset()
            return _outcome(code, words)
        try:
            self._smtp.send(_stuffed(message))
            code, words = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Outcome("doubt", _said(error))
        return _outcome(code, words)

    def _lost(self) -> Outcome | None:
        """Open the connection; what to say where it is lost again, or None."""
        try:
            self.open()
        except ssl.SSLError as error:
            if self._reached and not isinstance(error, ssl.SSLCertVerificationError):
                return Outcome("unreachable", _said(error))  # it has spoken TLS in this run
            raise _not_encrypted(self._server, error) from error
        except (smtplib.SMTPException, OSError) as error:
            if not self._reached and not isinstance(error, smtplib.SMTPException):
                raise _not_there(self._server, error) from error
            return Outcome("unreachable", _said(error))
        return None

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        server = self._server
        if server.security == "none" and server.host not in _LOCAL:
            raise RefusedError(
                _("A password is never sent to {host} without encryption.", host=server.host),
                _("Set mail.security to starttls or tls."),
            )
        try:
            smtp.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            raise RefusedError(
                _("{host} does not take the user name and password ({answer}).",
                  host=server.host, answer=_said(error)),
                _("Look at mail.user, and give the password anew."),
            ) from error  # fmt: skip
        except smtplib.SMTPNotSupportedError as error:
            raise RefusedError(
                _("{host} does not let anybody log in here.", host=server.host),
                _("Look at mail.port and mail.security, or take mail.user away."),
            ) from error

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._server.ca:
            try:
                context.load_verify_locations(self._server.ca)
            except (OSError, ssl.SSLError) as error:
                raise RefusedError(
                    _("The certificates in {file} cannot be used.", file=self._server.ca),
                    _("Name a PEM file: {command}", command="frivillig config set mail.ca …"),
                ) from error
        return context

    def _reset(self) -> None:
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _encrypt(smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
    try:
        smtp.starttls(context=context)
    except smtplib.SMTPNotSupportedError as error:
        raise RefusedError(
            _("The mail server does not offer encryption (STARTTLS)."),
            _("Look at mail.port; a server that only speaks TLS has mail.security tls."),
        ) from error


def _not_there(server: Server, error: OSError) -> RefusedError:
    if isinstance(error, socket.gaierror):
        return RefusedError(
            _("There is no mail server called “{host}”, or this machine has no network.",
              host=server.host),
            _("Look at the name: {command}", command="frivillig config set mail.host …"),
        )  # fmt: skip
    return RefusedError(
        _("The mail server {host} cannot be reached on port {port}: {why}.",
          host=server.host, port=server.port, why=_said(error)),
        _("Look at mail.host, mail.port and mail.security, or send again later."),
    )  # fmt: skip


def _not_encrypted(server: Server, error: ssl.SSLError) -> RefusedError:
    what = getattr(error, "verify_message", "") or getattr(error, "reason", "") or "TLS"
    if not isinstance(error, ssl.SSLCertVerificationError):
        return RefusedError(
            _("{host} does not speak TLS on port {port} ({why}).",
              host=server.host, port=server.port, why=str(what)),
            _("Look at mail.port and mail.security."),
        )  # fmt: skip
    return RefusedError(
        _("{host} cannot be trusted: its certificate does not hold ({why}).",
          host=server.host, why=str(what)),
        _("Ask whoever runs the server; a certificate of your own goes in mail.ca."),
    )  # fmt: skip


def _envelope(smtp: smtplib.SMTP, sender: str, to: str) -> Outcome | None:
    """Say who it is from and to; what the server has against it, or None."""
    smtp.ehlo_or_helo_if_needed()
    options = []
    if not to.isascii():
        if not smtp.has_extn("smtputf8"):
            return Outcome("refused", _("the server takes no address with such letters"))
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    for code, words in (_asked(smtp, "mail", sender, options), _asked(smtp, "rcpt", to, [])):
        if not 200 <= code < 300:
            return _outcome(code, words)
    return None


def _asked(smtp: smtplib.SMTP, verb: str, address: str, options: list[str]) -> tuple[int, bytes]:
    return getattr(smtp, verb)(address, options)


def _outcome(code: int, words: bytes) -> Outcome:
    answer = _words(code, words)
    if 200 <= code < 300:
        return Outcome("sent", answer)
    return Outcome("refused" if 500 <= code < 600 else "later", answer)


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:200]


# 5.1.7 and 5.1.8 are of the sender; 5.4.1 is what Microsoft says of a recipient there is not.
_OF_ADDRESS = re.compile(
    r"5\d\d 5\.(?:1\.(?![78]\b)|2\.)\d+\b|5\d\d 5\.4\.1 recipient address rejected"
    r"|55[0-3] (?!\d\.\d)(?!.*\b(?:sender|spf|dmarc|policy|relay))",
    re.IGNORECASE,
)


def about_address(answer: str) -> bool:
    """Whether a refusal is of the recipient's address (RFC 3463), not of the letter or the sender.

    What does not begin with a number is said by this program, of an address.
    """
    return not answer[:1].isdigit() or bool(_OF_ADDRESS.match(answer))


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return _("the connection was lost")
    return why(error) if isinstance(error, OSError) else type(error).__name__


def _stuffed(message: bytes) -> bytes:
    """The message with CRLF, a dot doubled at the start of a line, and the last line (RFC 5321)."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    if not text.endswith(b"\r\n"):
        text += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", text) + b".\r\n"

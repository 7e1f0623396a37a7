"""A real mail server on loopback, that does as each address says."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PASSWORD = "hemmelig"


@dataclass
class Got:
    """One message that the server has taken in, answered or not."""

    to: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        found = message_from_bytes(self.data, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass
class Handler:
    """`rules` by address: an answer to RCPT, `data …` to the message, `drop` in the middle.

    `before` is called with ("mail" | "rcpt" | "data", address) as each comes in.
    """

    rules: dict[str, str] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)
    before: Callable[[str, str], None] = lambda _step, _address: None
    mails: int = 0

    def to(self) -> Counter[str]:
        """How many messages each address has got."""
        return Counter(one.to for one in self.got)

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.mails += 1
        self.before("mail", str(self.mails))
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.before("rcpt", address)
        rule = self.rules.get(address, "250 OK")
        if rule[:1].isdigit() and not rule.startswith("2"):
            return rule
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        address = envelope.rcpt_tos[0]
        rule = self.rules.get(address, "")
        if rule.startswith("data "):
            return rule.removeprefix("data ")
        self.got.append(Got(address, envelope.content))
        self.before("data", address)
        if rule == "drop":
            server.transport.abort()
        return "250 2.0.0 taken"


class MailServer:
    """A server on a free port of loopback, in a thread of its own, until `stop()`."""

    def __init__(self, handler: Handler, *, ssl_context: Any = None, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

        def session() -> SMTP:
            return SMTP(handler, enable_SMTPUTF8=True, **options)

        async def begin() -> asyncio.Server:
            return await self._loop.create_server(session, "127.0.0.1", 0, ssl=ssl_context)

        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(begin(), self._loop).result()
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Close it, and what is still open with it."""

        async def end() -> None:
            self._server.close()
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def with_login(context: ssl.SSLContext) -> dict[str, Any]:
    """Options of a server that asks for a password, and only once it is encrypted."""

    def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=good)

    return {
        "tls_context": context, "require_starttls": True, "authenticator": login,
        "auth_required": True,
    }  # fmt: skip

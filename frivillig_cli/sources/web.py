"""One question to the registers over the network: patient, bounded, and never led elsewhere."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.version import __version__

if TYPE_CHECKING:
    import httpx

# One page is at most 10,000 updates or 1,000 units, some 4 MB.
MAX_BYTES = 64 << 20
_BUSY = (429, 502, 503, 504)
# No such thing; removed from the open data: answers, not failures.
ANSWERS = (200, 404, 410)
_MAX_REDIRECTS = 3


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


class NoAnswerError(RefusedError):
    """The registers could not be asked, or answered with what cannot be used."""


@dataclass(frozen=True)
class Patience:
    """How long to wait: seconds to connect, for the next bytes, for a whole answer.

    `tries` in all; between them `pause`, doubled each time, unless the server says how long.
    """

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 180.0
    tries: int = 3
    pause: float = 1.0
    longest_pause: float = 60.0
    sleep: Callable[[float], None] = _sleep


class Web:
    """Asks one server, at `base`. Close it when done."""

    def __init__(self, base: str, patience: Patience | None = None) -> None:
        import httpx

        self._patience = patience or Patience()
        try:
            self._base = httpx.URL(base.rstrip("/"))
            self._client = httpx.Client(
                timeout=httpx.Timeout(self._patience.silence, connect=self._patience.connect),
                headers={"Accept": "application/json", "User-Agent": f"frivillig/{__version__}"},
                follow_redirects=False,
            )
        except (httpx.InvalidURL, ValueError, OSError) as error:
            raise NoAnswerError(
                _("{address} is no address that can be asked.", address=echo(base)),
                _("Correct FRIVILLIG_BRREG_URL and the proxy's settings, or unset them."),
            ) from error
        if self._base.scheme not in ("http", "https") or not self._base.host:
            raise NoAnswerError(
                _("{address} is no address that can be asked.", address=echo(base)),
                _("Correct FRIVILLIG_BRREG_URL and the proxy's settings, or unset them."),
            )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, path: str, **params: str | int) -> tuple[int, Mapping[str, Any]]:
        """(200, 404 or 410; the JSON object). A 404 or 410 may have none: it is {} then.

        Raises NoAnswerError, with a way out, for everything else.
        """
        import httpx

        url = self._base.copy_with(path=self._base.path.rstrip("/") + path, params=params or None)
        wait = self._patience.pause
        for left in reversed(range(self._patience.tries)):
            try:
                status, body, retry_after = self._ask(url)
                if status not in _BUSY:
                    return status, _parse(status, body)
                failure: NoAnswerError = _refused(status)
            except httpx.TimeoutException:
                failure, retry_after = _too_slow(), None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                failure, retry_after = _unreachable(error), None
            if left:
                self._patience.sleep(min(retry_after or wait, self._patience.longest_pause))
                wait *= 2
        raise failure

    def _ask(self, url: httpx.URL) -> tuple[int, bytes, float | None]:
        for _turn in range(_MAX_REDIRECTS + 1):
            with self._client.stream("GET", url) as response:
                if not 300 <= response.status_code < 400:
                    busy = response.status_code in _BUSY
                    body = b"" if busy else self._read(response)
                    return response.status_code, body, _seconds(response)
                url = self._onward(url, response.headers.get("Location", ""))
        raise NoAnswerError(_("The state's register sends from address to address."), try_later())

    def _onward(self, url: httpx.URL, location: str) -> httpx.URL:
        import httpx

        try:
            target = url.join(location)
        except httpx.InvalidURL:
            target = httpx.URL()
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise NoAnswerError(
                _("The state's register sends elsewhere, to {place}; nobody is asked there.",
                  place=echo(target.host or location)),
                _("A network that wants you to log in first does that: log in, and try again."),
            )  # fmt: skip
        return target

    def _read(self, response: httpx.Response) -> bytes:
        started, parts, size = time.monotonic(), [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                raise NoAnswerError(
                    _("The answer of the state's register is far larger than it can be."),
                    try_later(),
                )
            if time.monotonic() - started > self._patience.whole:
                raise _too_slow()
        return b"".join(parts)


def _parse(status: int, body: bytes) -> Mapping[str, Any]:
    if status not in ANSWERS:
        raise _refused(status)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    if status != 200:
        return {}
    if body.lstrip()[:1] == b"<":
        raise NoAnswerError(
            _("What answered in place of the state's register is a web page, not data."),
            _("A network that wants you to log in first does that: log in, and try again."),
        )
    raise NoAnswerError(
        _("The answer of the state's register is not data that can be read."), try_later()
    )


def _seconds(response: httpx.Response) -> float | None:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def try_later() -> str:
    """The way out when the registers cannot be asked."""
    return _("Try again later, or use a saved answer: frivillig org sync --from FILE")


def _refused(status: int) -> NoAnswerError:
    return NoAnswerError(
        _("The state's register refuses to answer ({status}).", status=status), try_later()
    )


def _too_slow() -> NoAnswerError:
    return NoAnswerError(_("The state's register takes too long to answer."), try_later())


def _unreachable(error: Exception) -> NoAnswerError:
    return NoAnswerError(
        _("Brønnøysundregistrene cannot be reached from here ({why}).", why=type(error).__name__),
        try_later(),
    )

"""Web addresses: http and https only, so that no link runs or opens anything else."""

from __future__ import annotations

import re

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.I)
_HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}\.?")
_UNSAFE = re.compile(r"[\s<>\"'`{}|\\^\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def parse_website(text: str) -> str:
    """The address with its scheme (https when none is given) and its host in small letters.

    Raises InvalidValueError: another scheme, no host with a dot, a user name or a bad port in it.
    """
    from urllib.parse import urlsplit

    address = text.strip()
    if not _SCHEME.match(address):
        address = f"https://{address.removeprefix('//')}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _refused(text) from error
    host = parts.hostname or ""
    if (
        parts.scheme not in ("http", "https")
        or "@" in parts.netloc
        or not _HOST.fullmatch(host)
        or _UNSAFE.search(address)
        or not address.isprintable()
        or len(address) > 2000
    ):
        raise _refused(text)
    refuse_birth_numbers(address, "website", lost_nought=False)
    place = f"{host}:{port}" if port else host
    return parts._replace(netloc=place).geturl()


def _refused(text: str) -> InvalidValueError:
    return InvalidValueError(
        _("“{value}” is not a web address.", value=echo(text)),
        _("Write it as www.lag.example or https://lag.example/side."),
        field="website",
        value=echo(text),
    )

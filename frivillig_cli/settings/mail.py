"""How e-mail is sent from this machine: off until it is set up. The password is never kept."""

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import N_, _

PASSWORD = "FRIVILLIG_MAIL_PASSWORD"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
PER_MINUTE = 30

KEYS: Mapping[str, str] = {
    "mail.host": N_("the mail server's name"),
    "mail.port": N_("its port; 587, 465 or 25 without it"),
    "mail.security": N_("starttls (the usual), tls or none"),
    "mail.user": N_("the user name there, where it asks for one"),
    "mail.from": N_("the address that letters are sent from"),
    "mail.per_minute": N_("letters a minute at most; 30 without it"),
    "mail.ca": N_("a file of certificates to trust besides the usual ones"),
}


class MailSettings(NamedTuple):
    """What is set up; `sender` is the address that letters are sent from."""

    host: str
    port: int
    security: str
    user: str
    sender: str
    per_minute: int
    ca: str


def check(key: str, value: str) -> str:
    """`value` as it may be stored under a key of KEYS. Raises RefusedError."""
    if key == "mail.security" and value not in PORTS:
        raise RefusedError(
            _("{key} must be one of: {known}.", key=key, known=", ".join(PORTS)),
            _("Ask whoever runs the mail server."),
        )
    if key in ("mail.port", "mail.per_minute"):
        top = 65535 if key == "mail.port" else 10_000
        if not (value.isdecimal() and len(value) < 6 and 1 <= int(value) <= top):
            raise RefusedError(
                _("{key} must be a number from {low} to {high}.", key=key, low=1, high=top),
                _("Ask whoever runs the mail server."),
            )
    if key == "mail.from":
        from frivillig_cli.core import checks

        return str(checks.email(value, key, key))
    return value


def settings(get: Callable[[str], str | None], sender: str | None) -> MailSettings:
    """What is set up; `sender` is the address where none is. RefusedError says what is missing."""
    missing = [] if get("mail.host") else ["mail.host"]
    sender = get("mail.from") or sender
    if not sender:
        missing.append("mail.from")
    if missing or not sender:
        raise RefusedError(
            _("E-mail is off: it is not set up yet."),
            _("Set it up, and look with --dry-run and --test-to first."),
            [f"frivillig config set {key} …   {_(KEYS[key])}" for key in missing],
        )
    security = get("mail.security") or "starttls"
    values = {"mail.security": security, "mail.from": sender}
    values |= {key: str(get(key)) for key in ("mail.port", "mail.per_minute") if get(key)}
    for key, value in values.items():  # the file may have been written by hand
        try:
            check(key, value)
        except InvalidValueError as error:
            raise RefusedError(error.message, error.hint) from error
    return MailSettings(
        host=str(get("mail.host")),
        port=int(values.get("mail.port", PORTS[security])),
        security=security,
        user=get("mail.user") or "",
        sender=sender,
        per_minute=int(values.get("mail.per_minute", PER_MINUTE)),
        ca=get("mail.ca") or "",
    )


def password() -> str | None:
    """The password from the environment, or None."""
    return os.environ.get(PASSWORD) or None

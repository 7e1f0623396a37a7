"""E-mail addresses."""

from __future__ import annotations

import re

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _

# What nearly every address looks like; email-validator judges the rest, and a test holds that it
# agrees on these. An ending of its own use (.local) or of another script is not among them.
_PLAIN = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
    r"@((?=.{4,180}\Z)(?:[a-z0-9]{1,30}(?:-[a-z0-9]{1,30})?\.)+(?:no|com|net|org|se|dk|example))"
)


def parse_email(text: str) -> str:
    """One address as it is stored: the domain in small letters, the part before @ as written.

    Nothing is looked up. Raises InvalidValueError for what is not exactly one address.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
        refuse_birth_numbers(text, field="email")
        return text
    from email_validator import EmailNotValidError, validate_email

    try:
        # test_environment lets made-up domains such as .test pass: nothing is sent from here
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError) as error:  # ValueError: lone surrogates
        raise InvalidValueError(
            _("“{value}” is not an e-mail address.", value=echo(text)),
            _("Give one address, such as post@lag.example."),
            field="email",
            value=echo(text),
        ) from error
    refuse_birth_numbers(found.normalized, field="email")
    return found.normalized

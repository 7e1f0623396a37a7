"""Phone numbers: read from what people write, kept as E.164, shown as Norwegians read them.

Short numbers (116 117, 02800) have no E.164 form of their own; they are kept as `+47` and their
digits, so that one column holds every number. Those of three digits (110, 112, 113) are the
emergency services', and nobody's own.
"""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later

_NORWAY = "+47"
_SEPARATORS = later(r"\s*(?:[/,;|\n]|\b(?:eller|or|og|and)\b)\s*", re.I)
_LABEL = later(r"(?:telefon|tlf|tel|mobil|mob|phone|tfn)\b\s*[.:]*\s*", re.I)
# The mobiles and landlines that most lists are full of, in the ranges that are wholly in use;
# phonenumbers knows the rest, and a test holds that it agrees on these.
_PLAIN = later(
    r"(?:\+47 ?)?(?:4[0168]|9[0-9]|2[1-4]|3[1-3578]|5[1-35-7]|6[1-46-9]|7[0-8])(?: ?[0-9]){6}"
)
_ALLOWED = later(r"[+0-9 \u00a0\u202f().\-–‑]+")


def parse_phone(text: str, *, emergency: bool = False) -> str:
    """One phone number as E.164 (`+4790111222`); without a country code it is Norwegian.

    With `emergency` 110, 112 and 113 are taken too.

    Takes `0047…`, `+47…`, bare `47…`, a leading `tlf.`, and the short numbers of Norway.
    Raises InvalidValueError: empty, letters, two numbers in one, or no number in use anywhere.
    """
    plain = _plain(text)
    if plain:
        return plain
    parts = _split(text)
    if len(parts) > 1:
        raise InvalidValueError(
            _("“{value}” is more than one phone number.", value=echo(text)),
            _("Split it, and give one number at a time."),
            field="phone",
            value=echo(text),
        )
    if not parts:
        raise InvalidValueError(
            _("The phone number is empty."), _("Leave it out, or give a number."), field="phone"
        )
    number = _parse_one(parts[0])
    return number if emergency else _of_somebody(number, parts[0])


def parse_phones(text: str) -> list[str]:
    """Every number in `text`, as `parse_phone` gives them, split on / , ; eller, or; once each."""
    plain = _plain(text)
    if plain:
        return [plain]
    return list(dict.fromkeys(_of_somebody(_parse_one(part), part) for part in _split(text)))


def _of_somebody(number: str, text: str) -> str:
    """A number, if it can be somebody's: those of three digits are the emergency services'.

    One that is written as it is kept passes: it stands beside the one that is changed.
    """
    if number.startswith(_NORWAY) and len(number) == len(_NORWAY) + 3 and number != text:
        raise InvalidValueError(
            _("{value} is an emergency number, and nobody's own.", value=show_phone(number)),
            _("Give the eight digits at which they are reached."),
            field="phone",
            value=show_phone(number),
        )
    return number


def _plain(text: str) -> str | None:
    return f"{_NORWAY}{text.replace(' ', '')[-8:]}" if _PLAIN.fullmatch(text) else None


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text.strip()) if part.strip()]


def _parse_one(text: str) -> str:
    import phonenumbers
    from phonenumbers import shortnumberinfo

    bare = _LABEL.sub("", text.strip(), count=1) if not text[:1].isdigit() else text.strip()
    if len(bare) > 40 or not _ALLOWED.fullmatch(bare):
        raise _no_number(text)
    try:
        number = phonenumbers.parse(bare, "NO")
    except phonenumbers.NumberParseException as error:
        raise _no_number(text) from error
    norwegian = number.country_code == 47
    if not phonenumbers.is_valid_number(number) and not (
        norwegian and shortnumberinfo.is_valid_short_number_for_region(number, "NO")
    ):
        raise _no_number(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _no_number(text: str) -> InvalidValueError:
    return InvalidValueError(
        _("“{value}” is not a phone number.", value=echo(text)),
        _("Write eight digits, or + and the country code, such as +46 for Sweden."),
        field="phone",
        value=echo(text),
    )


def show_phone(e164: str) -> str:
    """`90 11 12 22`, `815 48 333`, `116 117`, `02800`; with the country code if not Norwegian."""
    digits = e164.removeprefix(_NORWAY)
    if not e164.startswith(_NORWAY) or len(digits) > 8:
        return _show_abroad(e164)
    if len(digits) == 8 and digits[0] == "8":
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    if len(digits) == 8:
        return f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits


def _show_abroad(e164: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    norwegian = number.country_code == 47
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if norwegian else style.INTERNATIONAL)


def dial_phone(e164: str) -> str:
    """What to dial or put in a `tel:` link: E.164, but a Norwegian short number by itself."""
    digits = e164.removeprefix(_NORWAY)
    return digits if e164.startswith(_NORWAY) and len(digits) < 8 else e164


_BETWEEN = r"[^\w,;|\n]|_"
_ACROSS = r"[\W_]"  # also from one item of a list to the next


def pattern_of(number: str) -> re.Pattern[str]:
    """A number (E.164) in a text however its digits stand, with its country code or without.

    In brackets after a space it is found with both. Over a comma or a line it is found where no
    more digits stand around it: those would be the halves of two other numbers.
    """
    one = _bare(number, rf"(?:{_BETWEEN}){{0,3}}")
    across = _bare(number, rf"{_ACROSS}{{0,3}}")
    bare = rf"(?:{one}|(?<![0-9]{_ACROSS}){across}(?!{_ACROSS}[0-9]))"
    return re.compile(rf" \({bare}\)|{bare}")


def _bare(number: str, between: str) -> str:
    own = number.removeprefix("+47")
    digits = between.join(own.lstrip("+"))
    code = rf"(?:(?:\+|00)?47{between})?" if own != number else r"(?:\+|00)"
    return rf"(?<![0-9]){code}{digits}(?![0-9])"

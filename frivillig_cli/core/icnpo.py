"""ICNPO, the classification of voluntary organisations, as Frivillighetsregisteret uses it.

14 groups and 32 categories, as the register's code list gave them in April 2026
(`/frivillighetsregisteret/api/icnpo-kategorier`). A code is text: a group is `1` to `14`, a
category has three digits more (`1100`, `10100`). An organisation may be given either.
"""

from __future__ import annotations

import re

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import fold, nearest

GROUPS = {
    "1": N_("Culture and recreation"),
    "2": N_("Education and research"),
    "3": N_("Health"),
    "4": N_("Social services"),
    "5": N_("Nature and environment"),
    "6": N_("Housing and local community"),
    "7": N_("Politics and advocacy"),
    "8": N_("Philanthropy and promotion of volunteering"),
    "9": N_("International organisations"),
    "10": N_("Faith and life stance"),
    "11": N_("Trades, professions and unions"),
    "12": N_("Other organisations"),
    "13": N_("Children and youth organisations"),
    "14": N_("Diversity and inclusion"),
}
CATEGORIES = {
    "1100": N_("Art and culture"),
    "1200": N_("Sport"),
    "1300": N_("Recreation and social clubs"),
    "2100": N_("Primary and secondary education"),
    "2200": N_("Higher education"),
    "2300": N_("Other education"),
    "2400": N_("Research and development"),
    "3100": N_("Hospitals and rehabilitation"),
    "3200": N_("Nursing homes"),
    "3300": N_("Mental health institutions"),
    "3400": N_("Other health services"),
    "4100": N_("Social services"),
    "4200": N_("Emergency help and support"),
    "4300": N_("Economic and material support"),
    "5100": N_("Nature and environment"),
    "5200": N_("Animal protection"),
    "6100": N_("Local community development"),
    "6200": N_("Housing and local environment"),
    "6300": N_("Employment training"),
    "7100": N_("Advocacy organisations"),
    "7200": N_("Legal advice"),
    "7300": N_("Political organisations"),
    "8100": N_("Grant-making foundations"),
    "8200": N_("Volunteer centres"),
    "9100": N_("International organisations"),
    "10100": N_("Faith and life stance"),
    "11100": N_("Business and employers' organisations"),
    "11200": N_("Professional associations"),
    "11300": N_("Trade unions"),
    "12100": N_("Other organisations"),
    "13100": N_("Children and youth organisations"),
    "14100": N_("Diversity and inclusion"),
}
NAMES = GROUPS | CATEGORIES


def group_of(code: str) -> str:
    """The group that a code belongs to: `1` for `1200`, `10` for `10100`, itself for a group."""
    return code[:-3] if code in CATEGORIES else code


def category_name(code: str) -> str:
    """The name of a group or category in the user's language; an unknown code as it is."""
    return _(NAMES[code]) if code in NAMES else code


def find_code(text: str) -> str | None:
    """The code in `1200`, `1 200`, `01200`, `1200 Sport` or `Sport`; None when there is none.

    A name is looked for in the user's language and in English; a category goes before a group.
    """
    digits = re.match(r"\s*([0-9]+(?:[ \u00a0][0-9]{3})?)(?![0-9])", text)
    if digits:
        code = re.sub(r"\D", "", digits[1]).lstrip("0")
        return code if code in NAMES else None
    wanted = fold(text)
    for code, name in (CATEGORIES | GROUPS).items():
        if wanted and wanted in (fold(name), fold(_(name))):
            return code
    return None


def parse_category(text: str) -> str:
    """As `find_code`; raises InvalidValueError, naming what is near, when it is no category."""
    code = find_code(text)
    if code:
        return code
    near = nearest(text, [f"{code} {_(name)}" for code, name in NAMES.items()])
    raise InvalidValueError(
        _("“{value}” is not a category (ICNPO).", value=echo(text)),
        _("Give a code such as 1200. Near: {near}.", near=", ".join(near))
        if near
        else _("Give a code such as 1200 (sport), or a group from 1 to 14."),
        field="category",
        value=echo(text),
    )

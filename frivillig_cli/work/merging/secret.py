"""What is a protected person's and does not pass from one association to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.as_its_own import of_home, whose_home
from frivillig_cli.store.protected import by_way, of_protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.merging.fields import ADDRESS, Choices, blank

Values = Mapping[str, Any]


def of_others(
    register: Register, pair: tuple[int, int], mine: Values, other: Values, chosen: Choices
) -> dict[str, str]:
    """field -> whose it is, of what DROP has otherwise than KEEP and a protected person has too.

    `pair` are KEEP and DROP, `mine` and `other` their values. Of a home, what goes with the
    street is left out where it would only fill a blank. Raises RefusedError where such a field
    is to be taken.
    """
    found = {}
    theirs = by_way(register)
    for field in ("phone", "email"):
        name = theirs.get(str(other.get(field) or "").casefold())
        if name and other[field] != mine.get(field):
            found[field] = of_protected(name, field)
    home = _home(register, pair, mine, other)
    if home and other["street"] != mine.get("street"):
        filled = [one for one in ADDRESS if _fills(one, mine, other) and one not in chosen.take]
        found |= dict.fromkeys(("street", *filled), of_home(home))
    for field in sorted(chosen.take & found.keys()):
        raise RefusedError(
            found[field],
            _("An association's stands in lists that others read: merge without --take {field}.",
              field=field),
        )  # fmt: skip
    return found


def fields_of_others(register: Register, org: int, *rows: Values) -> set[str]:
    """The fields that a protected person's phone, e-mail or home stands in, in any of the rows."""
    theirs = by_way(register)
    found = {
        field
        for row in rows
        for field in ("phone", "email")
        if str(row.get(field) or "").casefold() in theirs
    }
    homes = ((row.get("street"), row.get("postcode"), row.get("city")) for row in rows)
    if any(home[0] and whose_home(register, org, home) for home in homes):
        found.add("street")
    return found


def _fills(field: str, mine: Values, other: Values) -> bool:
    return blank(mine.get(field)) and not blank(other.get(field))


def _home(register: Register, pair: tuple[int, int], mine: Values, other: Values) -> str | None:
    """Whose home DROP's street is, beside its own town or the one that stays."""
    if blank(other.get("street")):
        return None
    for first, then in ((other, other), (other, mine), (mine, other)):
        postcode, city = (first.get(one) or then.get(one) for one in ("postcode", "city"))
        for org in pair:
            if name := whose_home(register, org, (other["street"], postcode, city)):
                return name
    return None

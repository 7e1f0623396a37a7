"""What is a protected person's and does not pass from one association to the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store.homes import OPTION, Homes, lives, of_home, of_home_unless_own
from frivillig_cli.store.protected import among, by_way, of_protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.merging.fields import Choices, blank, settle

Values = Mapping[str, Any]


def of_others(
    register: Register, pair: tuple[int, int], mine: Values, other: Values, chosen: Choices
) -> dict[str, str]:
    """field -> whose it is, of what DROP has otherwise than KEEP and a protected person has too.

    `pair` are KEEP and DROP, `mine` and `other` their values. Of a home the whole address is left
    out. Raises RefusedError where such a field is to be taken.
    """
    found = {
        field: of_protected(name, field)
        for field, name in among(by_way(register), other).items()
        if other[field] != mine.get(field)
    }
    home = lives(register, pair, other.get("street"), other, mine, had=mine)
    if home:
        others = [
            one for one in ADDRESS if not blank(other.get(one)) and other[one] != mine.get(one)
        ]
        found |= dict.fromkeys(others, of_home_unless_own(home.name, pair[0]))
    elif made := _made_home(register, pair, mine, other, chosen):
        found |= made
    for field in sorted(chosen.take & found.keys()):
        raise RefusedError(
            found[field],
            _("An association's stands in lists that others read: merge without --take {field}.",
              field=field),
        )  # fmt: skip
    return found


def _made_home(
    register: Register, pair: tuple[int, int], mine: Values, other: Values, chosen: Choices
) -> dict[str, str]:
    """What of DROP's address would make KEEP's a home that it is not, with whose it is.

    Raises RefusedError where DROP's offices would make one of the address that KEEP has, and
    nobody has said that it is its own.
    """
    settled = settle(mine, other, ADDRESS, chosen)
    became = {**mine, **settled}
    street = str(became["street"] or "")
    homes = Homes(register)
    for at in homes.shown():
        theirs = (pair[1], at.home.person_id) in homes.offices
        stays = at.org_id == pair[0] and at.home.is_at(street, (became,))
        if stays and theirs and not (at.near or at.stated):
            edit = f"frivillig org edit {pair[0]}"
            raise RefusedError(
                of_home(at.home.name),
                _("An association's stands in lists that others read. Where the address is its own,"
                  " write {own} – otherwise take it away first: {command}",
                  own=typed(f"{edit} {OPTION}"), command=typed(f'{edit} --street ""')),
            )  # fmt: skip
    home = homes.lives(pair, street, became, had=mine)
    return dict.fromkeys(settled, of_home_unless_own(home.name, pair[0])) if home else {}


def fields_of_others(register: Register, orgs: Collection[int], *rows: Values) -> set[str]:
    """The fields that a protected person's phone, e-mail or home stands in, in any of the rows.

    `orgs` are the associations that the offices may be in. Of a home it is the whole address.
    """
    theirs = by_way(register)
    found = {field for row in rows for field in among(theirs, row)}
    homes = Homes(register)
    if any(homes.lives(orgs, row.get("street"), *rows) for row in rows):
        found.update(ADDRESS)
    return found

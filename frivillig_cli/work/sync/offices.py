"""Who holds office, beside what the state's register says: shown, and never taken in.

The register has no treasurers and, since December 2025, no deputy chairs: all of them stand as
board members there, so a board member counts as known in whatever office here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from frivillig_cli.core.names import fold
from frivillig_cli.sources.roles import Role
from frivillig_cli.work.sync.compare import Standing
from frivillig_cli.work.sync.result import Office

_ROLES = {
    "LEDE": "leader",
    "NEST": "deputy",
    "MEDL": "board_member",
    "VARA": "deputy_member",
    "KONT": "contact",
    "DAGL": "manager",
}
# Those of whom there is one: another name here is a difference too.
_SINGLE = ("leader", "manager")


def compare_offices(
    said: Mapping[str, Sequence[Role]],
    standings: Mapping[str, Standing],
    here: Mapping[int, Sequence[tuple[str, str]]],
) -> Iterator[Office]:
    """The offices that differ, and those who are dead. `here` is (role, name) by organisation."""
    for number, roles in said.items():
        standing = standings.get(number)
        if standing and standing.status == "active":
            yield from _offices(standing, roles, here.get(standing.id, ()))


def _offices(
    standing: Standing, said: Sequence[Role], here: Sequence[tuple[str, str]]
) -> Iterator[Office]:
    everybody = {fold(name) for _role, name in here}
    for code, role in _ROLES.items():
        theirs = [person for person in said if person.code == code]
        ours = [name for its_role, name in here if its_role == role]
        known = everybody if role in ("board_member", "deputy_member") else set(map(fold, ours))
        fresh = [person.name for person in theirs if fold(person.name) not in known]
        dead = tuple(person.name for person in theirs if person.dead)
        gone = role in _SINGLE and theirs and {fold(p.name) for p in theirs} != set(map(fold, ours))
        if fresh or dead or gone:
            names = tuple(person.name for person in theirs)
            yield Office(standing.id, standing.name, role, names, tuple(ours), dead)

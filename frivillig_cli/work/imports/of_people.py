"""A list of people by office, each with phone and e-mail: those are never an association's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.core.roles import role_named
from frivillig_cli.work.imports.columns import Columns
from frivillig_cli.work.imports.headers import key
from frivillig_cli.work.imports.titles import NAME_PARTS, OFFICES, ORG_TITLES

_ROLE_TITLES = frozenset(
    "verv rolle rolleilaget role funksjon stilling styreverv vervilaget vervistyret".split()
)
_NAME_TITLES = frozenset(
    (*map(key, ORG_TITLES["name"].split()), "person", "fornavn", "etternavn", "fulltnavn")
)
_BORN = frozenset("fodselsar fodselsdato fodt fodd fodselsnummer fodselsdag birthdate".split())
_OFFICES = frozenset(f"{office}{part}" for office in OFFICES for part in ("", *NAME_PARTS))
_PRIVATE = ("phone", "email", "street")
_CHAIR = frozenset(("styreleder", "styreleiar", "formann", "chair"))


def refuse_people(
    path: Path,
    columns: Columns,
    sample: Sequence[Mapping[str, str | None]],
    chosen: Mapping[str, str],
) -> None:
    """Refuse a list with a row for each office, unless its phones and e-mails are chosen.

    It has a column of offices, and a name beside that of the association, or the association
    in several rows.
    """
    private = [t for t, field in columns.fields.items() if field in _PRIVATE and t not in chosen]
    born = not _BORN.isdisjoint(map(key, columns.titles))
    if private and born and _OFFICES.isdisjoint(columns.fields.values()):
        raise RefusedError(
            _("{file} has when people were born: a list of people, not of associations.",
              file=path.name),
            _("What an association's members are called does not belong here. If it is a list of"
              " associations, take that column out of the file."),
        )  # fmt: skip
    if not private or not any(_of_offices(title, sample) for title in columns.titles):
        return
    names = [title for title in columns.titles if key(title.partition(" (")[0]) in _NAME_TITLES]
    listed = [row.get(title) or "" for title in columns.of("name") for row in sample]
    if len(names) > 1 or len({*map(fold, listed)}) < len(listed):
        raise RefusedError(
            _("{file} is a list of who holds which office, not of associations.", file=path.name),
            _("Enter an office with: {command}", command=typed("frivillig contact add ORG NAME")),
        )


def _of_offices(title: str, sample: Sequence[Mapping[str, str | None]]) -> bool:
    """Whether a column tells who holds which office: most of its cells are offices."""
    cells = [cell for cell in (row.get(title) for row in sample) if cell]
    offices = sum(1 for cell in cells if role_named(cell) or fold(cell) in _CHAIR)
    share = 1 if key(title) in _ROLE_TITLES else 4
    return offices > 0 and offices * 5 >= len(cells) * share

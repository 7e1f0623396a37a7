"""REF: one thing by its id, its organisation number, or enough of its name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import AmbiguousError, NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold, nearest
from frivillig_cli.store.register import Register

SHOWN = 10


class MergedError(NotFoundError):
    """A number that is not used any more; `into` is the id of what it was merged into."""

    def __init__(self, message: str, hint: str, into: int) -> None:
        super().__init__(message, hint)
        self.into = into


class RefKind(NamedTuple):
    """What a REF can point at: a table with `name` columns, and how to list it.

    `label` is the column that is shown, `code` a further column that names a row exactly
    (an organisation number, an activation's number); `where` narrows the rows. `searched`: the
    list takes words to search for.
    """

    table: str
    command: str
    label: str = "name"
    code: str = ""
    where: str = "1"
    searched: bool = True


def resolve(register: Register, ref: str, kind: RefKind) -> int:
    """The id that `ref` names. Raises NotFoundError, or AmbiguousError listing the matches.

    A number that was merged into another raises MergedError, which says where it went.
    """
    text = " ".join(ref.split())
    squeezed = text.replace(" ", "")
    rows = []
    if squeezed.isdecimal() and len(squeezed) < 9:
        rows = _where(register, kind, "id = ?", int(squeezed))
    if not rows and kind.code and squeezed:
        rows = _where(register, kind, f"{kind.code} = ? COLLATE NOCASE", squeezed)
    if not rows and squeezed.isdecimal() and kind.table in ("org", "person"):
        _refuse_merged(register, kind.table, squeezed)
    folded = fold(text)
    condition = "name_search = ?"
    if not rows and folded:
        rows = _where(register, kind, condition, folded)
        if not rows and not squeezed.isdecimal():  # a number is never a piece of another
            condition = "instr(name_search, ?) > 0"
            rows = _where(register, kind, condition, folded)
    if len(rows) == 1:
        return int(rows[0][0])
    if rows:
        total = register.value(
            f"SELECT count(*) FROM {kind.table} WHERE {kind.where} AND {condition}", (folded,)
        )
        raise _ambiguous(text, rows, total, kind)
    raise _not_found(register, kind, text, folded)


def absent(register: Register, table: str, ids: Sequence[int]) -> list[int]:
    """Those of some ids that no row of a table has."""
    if not ids:
        return []
    marks = ",".join("?" * len(ids))
    rows = register.rows(f"SELECT id FROM {table} WHERE id IN ({marks})", [*ids])
    known = {row[0] for row in rows}
    return [one for one in ids if one not in known]


def completions(register: Register, folded: str, kind: RefKind) -> list[tuple[int, str]]:
    """(id, name) of at most 50 whose name has a word that begins with `folded`, by name."""
    rows = register.rows(
        f"SELECT id, {kind.label} FROM {kind.table} WHERE {kind.where}"
        " AND (substr(name_search, 1, length(?1)) = ?1 OR instr(name_search, ' ' || ?1) > 0)"
        " ORDER BY name_sort, id LIMIT 50",
        (folded,),
    )
    return [(row[0], row[1]) for row in rows]


def _where(register: Register, kind: RefKind, condition: str, value: object) -> list[tuple]:
    return [
        tuple(row)
        for row in register.rows(
            f"SELECT id, {kind.label} FROM {kind.table} WHERE {kind.where} AND {condition}"
            f" ORDER BY name_sort, id LIMIT {SHOWN + 1}",
            (value,),
        )
    ]


def _refuse_merged(register: Register, table: str, number: str) -> None:
    """Raise MergedError for the id or orgnr of one that is gone; it must not fit a name."""
    found = register.row(
        f"SELECT t.id, t.name FROM merged m JOIN {table} t ON t.id = m.{table}_id"
        " WHERE m.former_id = ? OR m.former_orgnr = ? ORDER BY m.id DESC",
        (int(number) if len(number) < 9 else -1, number),
    )
    if found is not None:
        raise MergedError(
            _("{number} was merged into number {id}, {name}.",
              number=number, id=found["id"], name=found["name"]),
            _("Use that number: frivillig {noun} show {id}", noun=table, id=found["id"]),
            found["id"],
        )  # fmt: skip


def _ambiguous(text: str, rows: list[tuple], total: int, kind: RefKind) -> AmbiguousError:
    shown = [f"{row[0]:>5}  {row[1]}" for row in rows[:SHOWN]]
    way_out = _("Write the number, or more of the name.")
    if total > SHOWN:
        shown.append("      …")
        searched = kind.searched and re.fullmatch(r"\w[\w .&/-]*", text)
        words = f" {text}" if re.fullmatch(r"[\w./-]+", text) else f' "{text}"'
        command = kind.command + (words if searched else "")
        way_out = _("Write the number, or more of the name. All of them: {command}",
                    command=command)  # fmt: skip
    return AmbiguousError(
        _("“{text}” fits {n} of them. Did you mean one of these?", text=echo(text), n=total),
        way_out,
        shown,
    )


def _not_found(register: Register, kind: RefKind, text: str, folded: str) -> NotFoundError:
    names = {
        row[0]: row[1]
        for row in register.rows(
            f"SELECT name_search, {kind.label} FROM {kind.table} WHERE {kind.where} LIMIT 20000"
        )
    }
    close = [names[key] for key in nearest(folded, list(names))]
    return NotFoundError(
        _("Nothing is called “{text}”.", text=echo(text)),
        _("Did you mean {names}?", names=" / ".join(close))
        if close
        else _("See them all: {command}", command=kind.command),
    )

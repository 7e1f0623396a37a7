"""The SQL of what nothing may be found by: how somebody protected is reached."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from frivillig_cli.core.names import fold
from frivillig_cli.store import protected
from frivillig_cli.store.query_sql import like_pattern
from frivillig_cli.store.register import Register


class Searched(NamedTuple):
    """A table that words are searched for in: its `free` texts, and what else is searched.

    Both are SQL expressions, in the order in which `search` has them; a secret stands in a free
    text only.
    """

    table: str
    free: Sequence[str]
    rest: Sequence[str]


def by_a_secret(
    register: Register,
    words: Iterable[str],
    searched: Searched,
    among: Collection[int] | None = None,
) -> dict[str, list[int]]:
    """Word → the rows that have it only in a protected person's phone, e-mail or address.

    These stand in their free texts. Who is protected is asked only where a word is in such a text.
    `among`: only these rows are looked at.
    """
    found = {word: _free(register, word, searched, among) for word in dict.fromkeys(words)}
    if not any(found.values()):
        return {}
    without = protected.folded(register)
    secret = {
        word: [number for number, rest, text in rows if fold(word) not in f"{rest} {without(text)}"]
        for word, rows in found.items()
    }
    return {word: ids for word, ids in secret.items() if ids}


def _free(
    register: Register, word: str, searched: Searched, among: Collection[int] | None
) -> list[tuple[int, str, str]]:
    """(id, the rest, free text) of those that a word is not found in without their free texts.

    Several words, in quotation marks, may begin in the rest and end in a free text.
    """
    wanted = fold(word)
    table, free, rest = searched
    filled = " OR ".join(f"{column} IS NOT NULL" for column in free)
    sql = (
        f"SELECT id, {', '.join((*free, *rest))} FROM {table}"
        rf" WHERE search LIKE ? ESCAPE '\' AND ({filled})"
    )
    params: list[Any] = [like_pattern(word)]
    if among is not None:
        sql += " AND id IN (SELECT value FROM json_each(?))"
        params.append(json.dumps(list(among)))
    found = []
    for number, *values in register.rows(sql, params):
        text, others = _text(values[: len(free)]), _text(values[len(free) :])
        if wanted not in others:
            found.append((number, others, text))
    return found


def _text(values: Iterable[str | None]) -> str:
    return " ".join(fold(value) for value in values if value)

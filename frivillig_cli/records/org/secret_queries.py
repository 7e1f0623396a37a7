"""The SQL of what associations may not be found by: how somebody protected is reached."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from frivillig_cli.core.names import fold
from frivillig_cli.store import protected
from frivillig_cli.store.query_sql import like_pattern
from frivillig_cli.store.register import Register

_FREE = ("activities", "notes")
_REST = ("name", "orgnr", "email", "phone", "website", "street", "postcode", "city")


def by_a_secret(
    register: Register, words: Iterable[str], among: Collection[int] | None = None
) -> dict[str, list[int]]:
    """Word → the associations that have it only in a protected person's phone, e-mail or address.

    These stand in their free texts. Who is protected is asked only where a word is in such a text.
    `among`: only these associations are looked at.
    """
    found = {word: _free(register, word, among) for word in dict.fromkeys(words)}
    if not any(found.values()):
        return {}
    without = protected.folded(register)
    secret = {
        word: [row["id"] for row in rows if fold(word) not in without(_text(row, _FREE))]
        for word, rows in found.items()
    }
    return {word: ids for word, ids in secret.items() if ids}


def _free(register: Register, word: str, among: Collection[int] | None) -> list[Any]:
    """Those that have a word in their free texts, and in nothing else of theirs."""
    wanted = fold(word)
    sql = (
        f"SELECT id, {', '.join((*_REST, *_FREE))} FROM org"
        r" WHERE search LIKE ? ESCAPE '\' AND (notes IS NOT NULL OR activities IS NOT NULL)"
    )
    params: list[Any] = [like_pattern(word)]
    if among is not None:
        sql += " AND id IN (SELECT value FROM json_each(?))"
        params.append(json.dumps(list(among)))
    rows = register.rows(sql, params)
    return [row for row in rows if wanted in _text(row, _FREE) and wanted not in _text(row, _REST)]


def _text(row: Any, fields: Iterable[str]) -> str:
    return " ".join(fold(row[field]) for field in fields if row[field])

"""The search: candidates from the indexes, judged and ordered, then told by what they are.

The trigram index finds words of two letters and more; names that begin with what was typed come
from the ordinary index over names, so that they are never crowded out. No table is read whole
unless every word is one letter long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Any

from frivillig_cli.core.names import nearest
from frivillig_cli.records.agreement import secret_queries as agreement_secrets
from frivillig_cli.records.org import secret_queries as org_secrets
from frivillig_cli.store.register import Register
from frivillig_cli.work.search import rules
from frivillig_cli.work.search.model import FITS, KINDS, Hit, Kind, SearchResult

ENOUGH = 400  # candidates to judge of each sort: many more than anybody reads
_NEAR_ENOUGH = 200  # names that a slip of the finger is looked for among

Found = dict[tuple[Kind, int], str]


def search(register: Register, typed: Sequence[str], *, limit: int | None) -> SearchResult:
    """What fits all of the words, best first, at most `limit` (None: all that was judged)."""
    wanted = rules.words(typed)
    if not wanted:
        return SearchResult([], 0, [])
    everything = limit is None or limit > ENOUGH
    found = _by_beginning(register, wanted, everything)
    total = _count(register, wanted)
    for beginning in (True, False):
        if total is None or len(found) < total:
            found |= _by_index(register, wanted, beginning, everything)
    if not found:
        return SearchResult([], 0, _near(register, wanted))
    secret = _by_a_secret(register, found, wanted)
    hits = [hit for hit in _ordered(register, found, wanted) if (hit.kind, hit.id) not in secret]
    total = None if total is None else total - len(secret)
    return SearchResult(hits[:limit], max(total or 0, len(hits)), [])


def _by_a_secret(register: Register, found: Found, wanted: Sequence[str]) -> set[tuple[Kind, int]]:
    """Those that are found only by how somebody protected is reached."""
    by: dict[Kind, Any] = {
        "org": org_secrets.by_a_secret, "agreement": agreement_secrets.by_a_secret
    }  # fmt: skip
    secret: set[tuple[Kind, int]] = set()
    for kind, ask in by.items():
        among = [number for one, number in found if one == kind]
        if among:
            secret |= {(kind, one) for ids in ask(register, wanted, among).values() for one in ids}
    return secret


def _by_beginning(register: Register, wanted: Sequence[str], everything: bool) -> Found:
    """Names that begin with what was typed, shortest key first, from the index over names."""
    whole = " ".join(wanted)
    found: Found = {}
    for kind in KINDS:
        rows = register.rows(
            f"SELECT id, name_search FROM {kind} WHERE name_search >= ? AND name_search < ?"
            " ORDER BY name_search LIMIT ?",
            (whole, whole + "\U0010ffff", -1 if everything else ENOUGH),
        )
        found |= {(kind, row[0]): row[1] for row in rows}
    return found


def _by_index(
    register: Register, wanted: Sequence[str], beginning: bool, everything: bool
) -> Found:
    """What holds all words: in the name and at the beginning of words, or anywhere."""
    where = _where(wanted, beginning=beginning)
    if not where:
        return {}
    condition, params = where
    for word in rules.too_short(wanted):
        condition += " AND (instr(title, ' ' || ?) > 0 OR instr(body, ' ' || ?) > 0)"
        params += [word, word]
    rows = register.rows(
        f"SELECT rowid, title FROM search WHERE {condition} LIMIT ?",
        [*params, -1 if everything else ENOUGH],
    )
    return {(KINDS[row[0] % 8 - 1], row[0] // 8): row[1][1:] for row in rows}


def _where(wanted: Sequence[str], *, beginning: bool = False) -> tuple[str, list[Any]] | None:
    """The condition on table search for all words, and its values; None where no word can be."""
    texts = rules.texts(wanted, beginning=beginning)
    condition, params = "search MATCH ?", [rules.match_expression(texts)]
    for text in texts:
        condition += " AND (instr(title, ?) > 0" + (")" if beginning else " OR instr(body, ?) > 0)")
        params += [text] if beginning else [text, text]
    return (condition, params) if texts else None


def _count(register: Register, wanted: Sequence[str]) -> int | None:
    where = _where(wanted)
    if not where or rules.too_short(wanted):
        return None
    return int(register.value(f"SELECT count(*) FROM search WHERE {where[0]}", where[1]))


def _ordered(register: Register, found: Found, wanted: Sequence[str]) -> list[Hit]:
    judged = sorted(
        ((FITS.index(rules.fit(title, wanted)), len(title), title, kind, number))
        for (kind, number), title in found.items()
    )
    facts = {
        kind: _facts(register, kind, [number for *_rest, k, number in judged if k == kind])
        for kind in {kind for kind, _number in found}
    }
    hits = []
    for fit, _length, _title, kind, number in judged:
        told = facts[kind].get(number)
        if told is not None:
            name, archived = told.pop("name"), bool(told.pop("archived"))
            hits.append(Hit(kind, number, name, FITS[fit], archived, told))
    return sorted(hits, key=lambda hit: (FITS.index(hit.fit), hit.archived))


_FACTS: dict[Kind, str] = {
    "org": "SELECT id, name, status = 'archived' AS archived, city, phone FROM org",
    "person": (
        "SELECT id, name, 0 AS archived, protected,"
        " CASE protected WHEN 0 THEN (SELECT f.number FROM person_phone f"
        " WHERE f.person_id = person.id AND f.wrong = 0 ORDER BY f.rank, f.id LIMIT 1) END"
        " AS phone, (SELECT v.status FROM volunteer v WHERE v.id = person.id) AS volunteer"
        " FROM person"
    ),
    "agreement": (
        "SELECT id, title AS name, ended IS NOT NULL AS archived, to_date,"
        " (SELECT o.name FROM org o WHERE o.id = agreement.org_id) AS org FROM agreement"
    ),
    "survey": "SELECT id, title AS name, status = 'closed' AS archived, due FROM survey",
    "activation": (
        "SELECT id, title AS name, state IN ('closed', 'cancelled') AS archived, number,"
        " kind AS sort, started FROM activation"
    ),
}
_OFFICES = """
SELECT c.person_id, c.role, o.name AS org, c.to_date AS "to"
FROM contact c JOIN org o ON o.id = c.org_id
WHERE c.to_date IS NULL AND c.person_id IN ({marks}) ORDER BY o.name_sort, c.id
"""


def _facts(register: Register, kind: Kind, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
    facts: dict[int, dict[str, Any]] = {}
    for part in _parts(wanted):
        marks = ",".join("?" * len(part))
        for row in register.rows(f"{_FACTS[kind]} WHERE id IN ({marks})", part):
            facts[row["id"]] = {key: row[key] for key in row.keys() if key != "id"}  # noqa: SIM118
        if kind == "person":
            for number in part:
                if number in facts:
                    facts[number]["roles"] = []
            for row in register.rows(_OFFICES.format(marks=marks), part):
                facts[row["person_id"]]["roles"].append(dict(row))
    return facts


def _parts(wanted: Sequence[int]) -> Iterable[Sequence[int]]:
    return [wanted[start : start + 500] for start in range(0, len(wanted), 500)]


def _near(register: Register, wanted: Sequence[str]) -> list[str]:
    """Names that the words may be a slip of the finger for: those that share most of them."""
    shared = rules.likeness(wanted)
    if not shared:
        return []
    sql = "SELECT rowid, title FROM search WHERE search MATCH ?"
    rows = register.rows(sql, (rules.near_expression(shared),))
    likest = nlargest(
        _NEAR_ENOUGH, rows, key=lambda row: (sum(one in row[1] for one in shared), -len(row[1]))
    )
    by_kind: dict[Kind, list[int]] = {}
    for row in likest:
        by_kind.setdefault(KINDS[row[0] % 8 - 1], []).append(row[0] // 8)
    names = [
        told["name"]
        for kind, numbers in by_kind.items()
        for told in _facts(register, kind, numbers).values()
    ]
    return nearest(" ".join(wanted), names)

"""A Query as an SQL condition. Values go in as parameters only, never as text."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from frivillig_cli.core.dates import parse_period
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query, Term, check_fields

Kind = Literal["text", "digits", "folded", "exact", "date", "number", "exists"]
_PLACE = re.compile(r"(?:(LIKE)\s+)?\?(?:\s+ESCAPE\s+'\\')?", re.I)
_COMPARISON = re.compile(
    r"\s*(?:=|\bLIKE\b)\s*\?(?:\s+ESCAPE\s+'\\')?(?:\s+COLLATE\s+NOCASE)?", re.I
)
Parameter = str | int | float
Condition = tuple[str, list[Parameter]]


@dataclass(frozen=True)
class Field:
    r"""What a field of a query is in SQL.

    `sql` is an expression (`org.city`) or, when it holds `?`, a condition with the value in place
    of every `?`; one that begins with SELECT is wrapped in EXISTS. In a condition, a `?` after
    LIKE gets a folded "contains" pattern (the ESCAPE is added) and any other gets the value; no
    literal question mark may stand in it. Kinds:

    - text: contains, æøå, accents and case forgiven; ranges are read as plain text. An expression
      that ends in `search` is a stored folded column; any other is folded in SQL.
    - digits: contains, comparing digits only (phones, organisation numbers, accounts).
    - folded: equals, æøå, accents and case forgiven; `?` gets `fold(value)`.
    - exact: equals as typed, A–Z case forgiven (codes, language). Ranges compare as text, which
      suits postcodes.
    - date: an expression giving an ISO date or time; `2026` and `2026-03` mean all of it.
    - number: an expression giving a number.
    - exists: a condition such as `SELECT 1 FROM org_tag t WHERE t.org_id = org.id AND t.tag = ?`.

    `empty` is the condition for `field:`; by default an expression is empty when NULL or '', and
    a condition when no value whatever would meet it (`= ?` and `LIKE ?` become IS NOT NULL).
    `sort` is the expression for `--sort`; a condition has none unless it is given here.
    """

    sql: str
    kind: Kind
    empty: str = ""
    sort: str = ""


def where(query: Query, fields: Mapping[str, Field], search_sql: str) -> Condition:
    r"""The query as a condition to put after WHERE, and its parameters in order.

    `search_sql` is the condition for a bare word, on folded columns
    (`org.name_search LIKE ? OR org.search LIKE ?`). No terms give `1 = 1`. A row where a field is NULL is among
    those without the value. Raises RefusedError: a field that is not in `fields`, a value that is
    no date or number.
    """
    check_fields(query, fields)
    parts: list[str] = []
    parameters: list[Parameter] = []
    for term in query.terms:
        field = Field(search_sql, "text") if term.field is None else fields[term.field]
        sql, values = _condition(term, field)
        parts.append(f"(({sql}) IS NOT TRUE)" if term.negated else f"({sql})")
        parameters += values
    return " AND ".join(parts) or "1 = 1", parameters


def order_by(sort: str | None, fields: Mapping[str, Field], default: str) -> str:
    """What to put after ORDER BY: by the field `sort`, then by `default`; the unknown come last.

    `sort` with a leading or trailing hyphen is descending. Text is in Norwegian order.
    Raises RefusedError for a field that is not there or has no order.
    """
    if not sort:
        return default
    name = sort.strip("-").lower().replace("-", "_")
    sortable = {key: field for key, field in fields.items() if field.sort or "?" not in field.sql}
    check_fields(Query((Term("", name),)), sortable)
    sql = _sort_sql(sortable[name])
    return f"{sql} IS NULL, {sql}{' DESC' if '-' in (sort[0], sort[-1]) else ''}, {default}"


def _sort_sql(field: Field) -> str:
    if field.sort or field.kind not in ("text", "folded"):
        return field.sort or field.sql
    if field.sql.endswith("name_search"):
        return field.sql.removesuffix("search") + "sort"
    sql = f"lower({field.sql})"
    for letters, place in (("Åå", "}"), ("Øø", "|"), ("Ææ", "{")):  # as in names.sort_key
        for letter in letters:
            sql = f"replace({sql}, '{letter}', '{place}')"
    return f"replace({sql}, 'aa', '}}')"


def like_pattern(text: str) -> str:
    r"""`text` folded, as a LIKE pattern for "contains", to be used with `ESCAPE '\'`."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", fold(text)) + "%"


def folded_sql(column: str) -> str:
    """SQL that folds `column` where no folded copy is stored: `names.fold` for Nordic letters."""
    sql = f"lower({column})"
    pairs = "Åa åa Æe æe Äe äe Øo øo Öo öo Ée ée Èe èe Êe êe Óo óo Òo òo Ôo ôo Áa áa Üu üu Čc čc"
    for pair in f"{pairs} Šs šs Đd đd Ŋn ŋn Žz žz".split():
        sql = f"replace({sql}, '{pair[0]}', '{pair[1]}')"
    for digraph, letter in (("aa", "a"), ("ae", "e"), ("oe", "o")):
        sql = f"replace({sql}, '{digraph}', '{letter}')"
    return sql


def _condition(term: Term, field: Field) -> Condition:
    if term.op == "empty":
        return _empty(field), []
    if field.kind == "date":
        return _date(term, field)
    if field.kind == "number":
        return _number(term, field)
    if "?" in field.sql:
        return _filled(term, field)
    if field.kind == "exact" and term.op == "range":
        return _between(field.sql, term.low, term.high)
    if field.kind == "text":
        column = field.sql if field.sql.endswith("search") else folded_sql(field.sql)
        return rf"{column} LIKE ? ESCAPE '\'", [like_pattern(term.value)]
    if field.kind == "digits":
        digits = re.sub(r"[\s.\-()]", "", term.value)
        return rf"{field.sql} LIKE ? ESCAPE '\'", [like_pattern(digits)]
    value = fold(term.value) if field.kind == "folded" else term.value
    column = folded_sql(field.sql) if field.kind == "folded" else field.sql
    return f"{column} = ? COLLATE NOCASE", [value]


def _filled(term: Term, field: Field) -> Condition:
    value = fold(term.value) if field.kind == "folded" else term.value
    values = [like_pattern(term.value) if like else value for like in _PLACE.findall(field.sql)]
    return _exists(_PLACE.sub(_with_escape, field.sql)), values


def _with_escape(match: re.Match[str]) -> str:
    return r"LIKE ? ESCAPE '\'" if match[1] else "?"


def _exists(sql: str) -> str:
    return f"EXISTS ({sql})" if sql.lstrip()[:6].upper() == "SELECT" else sql


def _empty(field: Field) -> str:
    if field.empty:
        return field.empty
    if "?" in field.sql:
        return f"({_exists(_COMPARISON.sub(' IS NOT NULL', field.sql))}) IS NOT TRUE"
    return f"{field.sql} IS NULL OR {field.sql} = ''"


def _between(sql: str, low: Parameter | None, high: Parameter | None) -> Condition:
    limits = [(f"{sql} >= ?", low), (f"{sql} <= ?", high)]
    given = [(part, value) for part, value in limits if value is not None]
    return " AND ".join(part for part, _value in given), [value for _part, value in given]


def _date(term: Term, field: Field) -> Condition:
    # The end is the first day after, so that a time on the last day is within.
    first_text, last_text = (
        (term.low, term.high) if term.op == "range" else (term.value, term.value)
    )
    try:
        first = parse_period(first_text)[0] if first_text else None
        after = parse_period(last_text)[1] if last_text else None
    except InvalidValueError as error:
        raise _wrong_value(error.message, term, _("Write 2026-03-15, 2026-03 or 2026.")) from error
    parts, values = [], []
    if first:
        parts.append(f"{field.sql} >= ?")
        values.append(first.isoformat())
    if after:
        parts.append(f"{field.sql} < ?")
        values.append(after.isoformat())
    return " AND ".join(parts) or f"{field.sql} IS NOT NULL", values


def _number(term: Term, field: Field) -> Condition:
    if term.op == "range":
        low, high = (
            None if text is None else _read_number(text, term) for text in (term.low, term.high)
        )
        return _between(field.sql, low, high)
    return f"{field.sql} = ?", [_read_number(term.value, term)]


def _read_number(text: str, term: Term) -> Parameter:
    try:
        number = float(text.replace(",", ".")) if re.search("[.,]", text) else int(text)
    except ValueError:
        number = math.nan
    if not abs(number) < 2**63:
        message = _("“{value}” is not a number.", value=echo(text))
        raise _wrong_value(message, term, _("Write a number, or a range such as 10..20."))
    return number


def _wrong_value(message: str, term: Term, hint: str) -> RefusedError:
    return RefusedError(f"{term.field}: {message}", hint)

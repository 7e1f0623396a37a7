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

Kind = Literal["text", "folded", "exact", "date", "number", "exists"]
Parameter = str | int | float
Condition = tuple[str, list[Parameter]]


@dataclass(frozen=True)
class Field:
    r"""What a field of a query is in SQL.

    `sql` is an expression (`o.city`) or, when it holds `?`, a whole condition in which every `?`
    gets the value; a literal question mark must not stand in it. Kinds, and what `?` gets:

    - text: contains, æøå and case forgiven. An expression must be folded already (a stored
      folded column, or `folded_sql(column)`); a condition gets a LIKE pattern and must say
      `LIKE ? ESCAPE '\'`. A range is read as plain text.
    - folded: equals, æøå and case forgiven; expression or condition gets `fold(value)`.
    - exact: equals as typed, A–Z case forgiven in an expression (codes, language, orgnr).
      Ranges compare as text, which suits postcodes.
    - date: an expression giving an ISO date or time; `2026` and `2026-03` mean all of it.
    - number: an expression giving a number.
    - exists: a condition such as `EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = o.id AND
      t.tag = ?)`; gets the value as typed.

    `empty` is the condition for `field:`; an expression needs none (NULL or '' is empty).
    """

    sql: str
    kind: Kind
    empty: str = ""


def where(query: Query, fields: Mapping[str, Field], search_sql: str) -> Condition:
    r"""The query as a condition to put after WHERE, and its parameters in order.

    `search_sql` is the condition for a bare word: every `?` in it gets a folded LIKE pattern
    (`o.search LIKE ? ESCAPE '\'`). No terms give `1 = 1`. A row where a field is NULL is among
    those without the value. Raises RefusedError: a field that is not in `fields`, a value that is
    no date or number, or a kind that has no range or no empty.
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
        return _empty(term, field), []
    if field.kind == "date":
        return _date(term, field)
    if field.kind == "number":
        return _number(term, field)
    if field.kind == "exact" and term.op == "range" and "?" not in field.sql:
        return _between(field.sql, term.low, term.high)
    if field.kind == "text":
        value, comparison = like_pattern(term.value), r"LIKE ? ESCAPE '\'"
    elif field.kind == "folded":
        value, comparison = fold(term.value), "= ?"
    else:
        value, comparison = term.value, "= ? COLLATE NOCASE"
    if "?" not in field.sql:
        return f"{field.sql} {comparison}", [value]
    return field.sql, [value] * field.sql.count("?")


def _empty(term: Term, field: Field) -> str:
    if field.empty:
        return field.empty
    if "?" in field.sql:
        raise RefusedError(
            _("“{field}:” cannot ask for what is empty.", field=term.field),
            _("Give a value after the colon."),
        )
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

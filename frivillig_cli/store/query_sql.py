"""A Query as an SQL condition. Values go in as parameters only, never as text."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from frivillig_cli.core.clock import oslo_midnight
from frivillig_cli.core.dates import parse_period
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import Query, Term, check_fields

Kind = Literal["text", "digits", "folded", "exact", "date", "moment", "number", "exists"]
_CAPITAL = "Å>a Æ>e Ä>e Ø>o Ö>o É>e"
_SMALL = "å>a æ>e ä>e ø>o ö>o é>e"
Parameter = str | int | float
Condition = tuple[str, list[Parameter]]


class Field(NamedTuple):
    r"""What a field of a query is in SQL.

    `sql` is an expression (`org.city`) or, when it holds `?`, a whole condition in which every `?`
    gets the value; a literal question mark must not stand in it. Kinds, and what `?` gets:

    - text: contains, æøå, accents and case forgiven. An expression must be folded already (a
      stored folded column, or `folded_sql(column)`); a condition gets a LIKE pattern and must say
      `LIKE ? ESCAPE '\'`. A range is read as plain text.
    - folded: equals, æøå, accents and case forgiven; what is folded already, as for text, is
      compared with `fold(value)`.
    - digits: contains, comparing digits only (phones, organisation numbers, accounts).
    - exact: equals as typed, A–Z case forgiven in an expression (codes, language). Ranges compare
      as text, which suits postcodes.
    - date: an expression giving an ISO date or time; `2026` and `2026-03` mean all of it.
    - moment: a time that is stored in UTC; the days that are asked for are Norwegian.
    - number: an expression giving a number.
    - exists: a condition such as `EXISTS (SELECT 1 FROM org_tag t WHERE t.org_id = org.id AND
      t.tag = ?)`; gets the value as typed.

    `choices` are the values there can be, where they are few; another one is refused. `order` is
    the expression to sort by, where `sql` is a condition.

    `empty` is the condition for `field:`; an expression needs none (NULL or '' is empty).
    """

    sql: str
    kind: Kind
    empty: str = ""
    choices: tuple[str, ...] = ()
    order: str = ""


def yes_no(column: str) -> Field:
    """A field that is asked for with yes or no; `column` is 1, 0 or NULL."""
    sql = (
        f"({column} = 1 AND lower(?) IN ('yes', 'ja', '1', 'true'))"
        f" OR ({column} = 0 AND lower(?) IN ('no', 'nei', '0', 'false'))"
    )
    return Field(sql, "exists", empty=f"{column} IS NULL")


def where(
    query: Query, fields: Mapping[str, Field], search_sql: str | Callable[[str], str]
) -> Condition:
    """The query as a condition to put after WHERE, and its parameters in order.

    `search_sql` is the condition for a bare word, and is filled like a condition of kind text; or
    a function of the word that gives it.
    No terms give `1 = 1`. A row where a field is NULL is among those without the value.
    Raises RefusedError: a field that is not in `fields`, a value that is no date or number, or
    `field:` where the field has no `empty`.
    """
    check_fields(query, fields)
    parts: list[str] = []
    parameters: list[Parameter] = []
    for term in query.terms:
        if term.field is None:
            search = search_sql if isinstance(search_sql, str) else search_sql(term.value)
        field = Field(search, "text") if term.field is None else fields[term.field]
        sql, values = _condition(term, field)
        parts.append(f"(({sql}) IS NOT TRUE)" if term.negated else f"({sql})")
        parameters += values
    return " AND ".join(parts) or "1 = 1", parameters


def searching(
    table: str, query: Query, secret: Callable[[list[str]], Mapping[str, Sequence[int]]]
) -> Callable[[str], str]:
    """The condition of a word in `name_search` and `search`, but for rows that it must not find.

    `secret` gives those rows by the words of the query, and is asked only where there are any.
    """
    contains = rf"{table}.name_search LIKE ? ESCAPE '\' OR {table}.search LIKE ? ESCAPE '\'"
    words = [term.value for term in query.terms if term.field is None]
    found = secret(words) if words else {}

    def search(word: str) -> str:
        ids = ", ".join(map(str, found.get(word, ())))
        return f"({contains}) AND {table}.id NOT IN ({ids})" if ids else contains

    return search


def like_pattern(text: str) -> str:
    r"""`text` folded, as a LIKE pattern for "contains", to be used with `ESCAPE '\'`."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", fold(text)) + "%"


def folded_sql(column: str) -> str:
    """SQL that folds `column` where no folded copy is stored: `names.fold`, of accents only é.

    Nested in three steps: SQLite's parser takes about twenty calls within each other.
    """
    return (
        f"(SELECT {_replaced('x', 'aa>a ae>e oe>o')} FROM (SELECT {_replaced('x', _SMALL)} AS x"
        f" FROM (SELECT {_replaced(f'lower({column})', _CAPITAL)} AS x)))"
    )


def _replaced(sql: str, changes: str) -> str:
    for change in changes.split():
        old, new = change.split(">")
        sql = f"replace({sql}, '{old}', '{new}')"
    return sql


def _condition(term: Term, field: Field) -> Condition:
    if term.op == "empty":
        return _empty(term, field), []
    if field.kind in ("date", "moment"):
        return _date(term, field)
    if field.kind == "number":
        return _number(term, field)
    if field.kind == "exact" and term.op == "range" and "?" not in field.sql:
        return _between(field.sql, term.low, term.high)
    if field.choices and term.op == "contains" and term.value.lower() not in field.choices:
        message = _("“{value}” is not known.", value=echo(term.value))
        hint = _("Choose one of: {known}.", known=", ".join(field.choices))
        raise _wrong_value(message, term, hint)
    value, comparison = _compared(term.value, field.kind)
    if "?" not in field.sql:
        return f"{field.sql} {comparison}", [value]
    return field.sql, [value] * field.sql.count("?")


def _compared(value: str, kind: Kind) -> tuple[str, str]:
    """The parameter for `value`, and how an expression of this kind is compared with it."""
    if kind == "text":
        return like_pattern(value), r"LIKE ? ESCAPE '\'"
    if kind == "digits":
        return like_pattern(re.sub(r"[\s.\-()]", "", value)), r"LIKE ? ESCAPE '\'"
    if kind == "folded":
        return fold(value), "= ?"
    return value, "= ? COLLATE NOCASE"


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
    parts: list[str] = []
    values: list[Parameter] = []
    begins = _midnight if field.kind == "moment" else date.isoformat
    if first:
        parts.append(f"{field.sql} >= ?")
        values.append(begins(first))
    if after:
        parts.append(f"{field.sql} < ?")
        values.append(begins(after))
    return " AND ".join(parts) or f"{field.sql} IS NOT NULL", values


def _midnight(day: date) -> str:
    """When a day begins in Norway, as times are stored."""
    try:
        return oslo_midnight(day).isoformat(timespec="seconds")
    except OverflowError:  # the first day that there is
        return day.isoformat()


def _number(term: Term, field: Field) -> Condition:
    if term.op == "range":
        low, high = (
            None if text is None else _read_number(text, term) for text in (term.low, term.high)
        )
        return _between(field.sql, low, high)
    if term.field == "id" and len(several := list(filter(None, term.value.split(",")))) > 1:
        marks = ", ".join("?" * len(several))
        return f"{field.sql} IN ({marks})", [_read_number(text, term) for text in several]
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

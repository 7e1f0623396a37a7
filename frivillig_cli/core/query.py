"""QUERY: the words after a list command, read into terms. What a field is, the caller knows.

    idrett                    search
    name:kor  tag:idrett      a field has this
    email:                    a field is empty
    confirmed:..2026-01-01    a range, both ends included
    ^tag:arkiv  -tag:arkiv    not
    name:"Lier kor"           with a space

Terms are ANDed; several arguments are one query.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import nearest, printable

MOST_TERMS = 50  # SQLite takes 1000 levels of an expression
MOST_CHARACTERS = 300  # and 50,000 bytes of a LIKE or GLOB pattern

_TOKEN = r'(?:[^\s"]|"[^"]*(?:"|$))+'
_FIELD = r"([^\W\d_][\w-]*):(?!//)"
Op = Literal["contains", "empty", "range"]


class Term(NamedTuple):
    """One condition. `field` is None for a bare word, which is searched for everywhere.

    `contains` uses `value` (what "has" means depends on the field); `empty` uses nothing;
    `range` uses `low` and `high`, both included, None where open, and `value` holds the text
    as typed, for fields that have no order.
    """

    value: str
    field: str | None = None
    op: Op = "contains"
    low: str | None = None
    high: str | None = None
    negated: bool = False


class Query(NamedTuple):
    """Terms that must all hold. An empty query is false, and picks everything."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def parse_query(words: Sequence[str]) -> Query:
    """The arguments of a command as a Query.

    An argument with spaces is several terms, unless double quotes hold it together.
    Raises RefusedError when there are more than 50 terms or one is over 300 characters.
    """
    tokens = re.findall(_TOKEN, printable(" ".join(words))) if words else ()
    terms = tuple(map(_term, tokens))
    if len(terms) > MOST_TERMS or any(len(term.value) > MOST_CHARACTERS for term in terms):
        raise RefusedError(
            _("The query is too long."),
            _(
                "Give at most {terms} terms of at most {characters} characters each.",
                terms=MOST_TERMS,
                characters=MOST_CHARACTERS,
            ),
        )
    return Query(terms)


def _term(token: str) -> Term:
    typed = token
    negated = len(token) > 1 and token[0] in "^-"
    if negated:
        token = token[1:]
    match = re.match(_FIELD, token)
    if not match:
        value = _unquoted(token)
        if not value or (negated and value[0] in "^-"):  # else it would pick everything
            raise RefusedError(
                _("“{text}” says nothing to search for.", text=echo(typed)),
                _("Write a word, field:value, or ^ and one of them to leave it out."),
            )
        return Term(value, negated=negated)
    field, rest = match[1].lower().replace("-", "_"), token[match.end() :]
    value = _unquoted(rest)
    if not value:
        return Term("", field, "empty", negated=negated)
    low, dots, high = rest.partition("..")
    if not dots or '"' in low or (value == ".."):
        return Term(value, field, negated=negated)
    limits = (_unquoted(low) or None, _unquoted(high) or None)
    return Term(value, field, "range", *limits, negated=negated)


def _unquoted(text: str) -> str:
    return text.replace('"', "").strip()


def ids_named(query: Query) -> list[int]:
    """The numbers that a query names one by one: `id:4,999`."""
    named = (
        part
        for term in query.terms
        if term.field == "id" and term.op == "contains" and not term.negated
        for part in term.value.split(",")
    )
    return list(dict.fromkeys(int(part) for part in named if part.strip().isdecimal()))


def check_fields(query: Query, known: Iterable[str]) -> None:
    """Raise RefusedError, naming the fields there are, if the query asks for another one."""
    fields = sorted(known)
    for term in query.terms:
        if term.field is None or term.field in fields:
            continue
        near = nearest(term.field, fields, 1)
        message = (
            _(
                "There is no field “{field}”. Did you mean {near}?",
                field=echo(term.field),
                near=near[0],
            )
            if near
            else _("There is no field “{field}”.", field=echo(term.field))
        )
        raise RefusedError(message, _("The fields are: {fields}", fields=", ".join(fields)))

"""Whom a query picks, or a file of references names, for letters and lists alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import AmbiguousError, NotFoundError
from frivillig_cli.core.query import Query, Term
from frivillig_cli.store.register import Register


class Unnamed(NamedTuple):
    """A reference that names nobody, and why (a code of SKIP_REASONS).

    `ids` are those that an ambiguous one fits.
    """

    ref: str
    why: str
    ids: str = ""


def named(
    register: Register, refs: Sequence[str], resolve: Callable[[Register, str], int]
) -> Iterator[int | Unnamed]:
    """The ids that the references name, each once; and those that name nobody."""
    seen: set[int] = set()
    for ref in refs:
        try:
            found = resolve(register, ref)
        except AmbiguousError as error:
            ids = ", ".join(row.split()[0] for row in error.rows if row.strip())
            yield Unnamed(echo(ref), "ambiguous", ids)
        except NotFoundError:
            yield Unnamed(echo(ref), "unknown")
        else:
            if found not in seen:
                yield found
            seen.add(found)


def of_archived(query: Query) -> Query | None:
    """What picks the archived ones that a query fits, so that they are named as left out.

    None where it says itself which ones it wants.
    """
    if any(term.field in ("status", "volunteer") for term in query.terms):
        return None
    return Query((*query.terms, Term("archived", field="status")))

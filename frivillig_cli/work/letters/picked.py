"""Whom a query picks, or a file of references names, for letters and lists alike."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import AmbiguousError, NotFoundError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query, Term
from frivillig_cli.store.register import Register


class Wanted(NamedTuple):
    """Whom a letter is for, and how they are reached.

    `query` picks them, or `refs` name them one by one. `addressed` is org or contact: whose
    address an association's letter goes to. `one_per_address`: those who share an e-mail or a
    postal address get one letter together. `by_email`: who has no e-mail address is left out.
    `groups`: only the members of these. `agreements`: which kind of agreement; "" for all.
    `to_sign`: the letter is a document that is signed, so the agreement must be in force.
    `also_ended`: agreements that are ended too, as they were picked before.
    """

    query: Query = Query()
    refs: tuple[str, ...] | None = None
    addressed: str = "org"
    one_per_address: bool = False
    also_opted_out: bool = False
    by_email: bool = False
    groups: tuple[int, ...] = ()
    agreements: str = ""
    to_sign: bool = False
    also_ended: bool = False


def refuse_what_does_not_suit(kind: str, wanted: Wanted) -> None:
    """Refuse an option that does not suit a kind of recipients (one of RECIPIENTS). UsageError."""
    if kind == "volunteer" and wanted.addressed != "org":
        raise UsageError(
            _("The template is for volunteers, who have no contact person."),
            _("Leave out {option}.", option="--to"),
        )
    if kind == "member" and (wanted.addressed != "org" or wanted.one_per_address):
        raise UsageError(
            _("The template is for those who can be called out: each is told their own role."),
            _("Leave out {option}.",
              option="--to" if wanted.addressed != "org" else "--one-per-address"),
        )  # fmt: skip
    if kind != "member" and wanted.groups:
        raise UsageError(
            _("--group is for letters to those who can be called out."),
            _("Leave out {option}.", option="--group"),
        )
    if kind == "agreement" and wanted.one_per_address:
        raise UsageError(
            _("The template is for agreements: each has a letter of its own."),
            _("Leave out {option}.", option="--one-per-address"),
        )


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

"""What is known of those who are here already, and what of it agrees with a row."""

from __future__ import annotations

from typing import NamedTuple

from frivillig_cli.core.names import fold, sorted_words
from frivillig_cli.work.imports.record import Record

SIMILAR = 80  # per cent of a person's name

# What tells whose row it is, beside the name and the place, or must not get to the wrong one.
_TELLING = ("orgnr", "email", "phone", "website", "street", "postcode", "city", "bank_account")
# What a row has where it may be about another of the same name, or pay another.
# A street is no place without its town: the only one of a name may have moved.
TELLS_APART = ("orgnr", "postcode", "city", "bank_account")


class Known(NamedTuple):
    """What a row is compared with. `fresh`: made by this very file."""

    id: int
    name: str
    orgnr: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postcode: str | None = None
    city: str | None = None
    closed: str | None = None
    account: str | None = None
    fresh: bool = False


def same_place(known: Known, record: Record) -> bool | None:
    """Whether the places agree; None when either is not known."""
    postcode, city = record.text("postcode"), fold(record.text("city"))
    both = [(known.postcode, postcode), (known.city, city)]
    compared = [one == other for one, other in both if one and other]
    return any(compared) if compared else None


def placeless(known: Known, record: Record) -> bool:
    """Whether neither side has any place: then there is nothing that could tell them apart."""
    here = known.postcode or known.city
    return not here and not (record.text("postcode") or record.text("city"))


def same_contact(known: Known, record: Record) -> bool:
    """Whether an e-mail or phone is the same."""
    email = record.text("email").casefold()
    return email in map(str.casefold, known.emails) or not {*known.phones}.isdisjoint(record.phones)


def other_account(known: Known, record: Record) -> bool:
    """Whether both have an account number, and not the same."""
    account = record.text("bank_account")
    return bool(account and known.account and account != known.account)


def new_contact(known: Known, record: Record) -> bool:
    """Whether a row brings an e-mail or phone, and none that is known."""
    return bool(record.text("email") or record.phones) and not same_contact(known, record)


def tells_who(record: Record, but: str = "") -> bool:
    """Whether a row says more of who it is than the name: a bare name can only be that one's."""
    return any(record.text(field) for field in _TELLING if field != but)


def similar_people(one: str, other: str) -> bool:
    """Whether two names may be of one person: alike but for spelling, order or an added name."""
    mine, theirs = sorted_words(one), sorted_words(other)
    if fold(one) == fold(other) or (mine and mine == theirs):
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(mine, theirs) >= SIMILAR

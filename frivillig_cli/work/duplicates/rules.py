"""How likely two rows are one association, and why. No SQL, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.likeness import ALIKE, Name, likeness
from frivillig_cli.core.names import fold, sort_key

# What each thing in common says, 0 to 1; several together say more (each leaves less doubt).
WEIGHTS = {
    "orgnr": 0.99,
    "account": 0.6,
    "email": 0.4,
    "phone": 0.35,
    "website": 0.25,
    "place": 0.2,
}
NAME = 0.9
OTHER_PLACE, TWO_NUMBERS, BESIDE = 0.75, 0.5, 0.4
LEAST = 50

REASONS = {
    "orgnr": N_("one organisation number, their own or of one that was merged"),
    "same_name": N_("the same name"),
    "like_name": N_("the same name, written otherwise"),
    "near_name": N_("nearly the same name"),
    "account": N_("the same account number"),
    "email": N_("the same e-mail"),
    "phone": N_("the same phone"),
    "website": N_("the same website"),
    "place": N_("the same place"),
    "other_place": N_("but another place"),
    "two_numbers": N_("but two organisation numbers"),
    "beside": N_("but perhaps an association beside the other"),
}
# Hosts that lend many a page: there the first part of the path tells whose it is.
_LENDERS = (
    "facebook.com",
    "instagram.com",
    "google.com",
    "spond.com",
    "linktr.ee",
    "idrettenonline.no",
)


@dataclass(frozen=True)
class Org:
    """What is compared of an organisation."""

    id: int
    name: Name
    orgnr: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    account: str | None = None
    postcode: str | None = None
    city: str | None = None
    active: bool = True

    @cached_property
    def keys(self) -> dict[str, str]:
        """What it has that another one may have too, by kind."""
        found = {
            "account": self.account,
            "email": (self.email or "").casefold(),
            "phone": self.phone,
            "website": page(self.website),
        }
        return {kind: value for kind, value in found.items() if value}

    @cached_property
    def place(self) -> str:
        """The place's name, folded; empty where it is not known."""
        return fold(self.city or "")


@dataclass(frozen=True)
class Pair:
    """Two that may be one: `score` 0 to 100, `reasons` as codes (REASONS), weightiest first.

    `keep` is the one that had better stay: with an organisation number, active, older.
    """

    keep: Org
    drop: Org
    score: int
    reasons: tuple[str, ...]

    @property
    def shares_a_way(self) -> bool:
        """Whether they have an e-mail, a phone, a website or an account number in common."""
        return not {"email", "phone", "website", "account"}.isdisjoint(self.reasons)

    def words(self) -> str:
        """The reasons in the user's language."""
        return ", ".join(_(REASONS[reason]) for reason in self.reasons)

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "score": self.score,
            "id": self.keep.id,
            "name": self.keep.name.text,
            "other_id": self.drop.id,
            "other_name": self.drop.name.text,
            "reasons": [_(REASONS[reason]) for reason in self.reasons],
        }


def page(website: str | None) -> str:
    """The host of a web address without www, with the first part of the path where hosts lend."""
    rest = (website or "").casefold().split("://")[-1]
    host, _slash, path = rest.partition("/")
    host = host.split("@")[-1].removeprefix("www.").removeprefix("m.")
    if host in _LENDERS:
        first = path.split("?")[0].split("/")[0]
        return f"{host}/{first}" if first else ""
    return host


def judge(one: Org, other: Org, *, former: bool = False, usual: Iterable[str] = ()) -> Pair | None:
    """The pair, or None where nothing speaks for it.

    `former`: both have had one number, by what was merged into them. `usual` are values
    that so many share (the municipality's own e-mail) that they say nothing.
    """
    shared = [
        kind for kind, value in one.keys.items()
        if value == other.keys.get(kind) and value not in usual
    ]  # fmt: skip
    one_number = former or (one.orgnr is not None and one.orgnr == other.orgnr)
    if one_number:
        shared.append("orgnr")
    alike = likeness(one.name, other.name, {one.place, other.place} - {""})
    if not shared and alike < ALIKE:
        return None
    reasons = [*shared]
    doubt = 1.0
    for kind in shared:
        doubt *= 1 - WEIGHTS[kind]
    if alike >= 0.5:
        reasons.append("same_name" if alike == 1 else "like_name" if alike >= 0.9 else "near_name")
        doubt *= 1 - NAME * alike
    there = _same_place(one, other)
    if there and alike >= 0.5:
        reasons.append("place")
        doubt *= 1 - WEIGHTS["place"]
    score = 1 - doubt
    if one.name.beside != other.name.beside:
        score *= BESIDE
        reasons.append("beside")
    if there is False:
        score *= OTHER_PLACE
        reasons.append("other_place")
    if one.orgnr and other.orgnr and not one_number:
        score *= TWO_NUMBERS
        reasons.append("two_numbers")
    keep, drop = sorted((one, other), key=_stays)
    return Pair(keep, drop, round(score * 100), tuple(sorted(reasons, key=_weight)))


def _stays(org: Org) -> tuple[bool, bool, int]:
    return (not org.active, not org.orgnr, org.id)


def _weight(reason: str) -> int:
    return list(REASONS).index(reason)


def _same_place(one: Org, other: Org) -> bool | None:
    """Whether the places agree; None where they are not known of both."""
    both = [(one.postcode, other.postcode), (one.place, other.place)]
    compared = [mine == theirs for mine, theirs in both if mine and theirs]
    return any(compared) if compared else None


def order(pairs: list[Pair], sort: str | None) -> list[Pair]:
    """The pairs by `sort`: score (the likeliest first), id or name; turned round with a hyphen.

    Raises RefusedError for another field.
    """
    if sort is None:
        return pairs
    keys: dict[str, Callable[[Pair], Any]] = {
        "score": lambda pair: -pair.score,
        "id": lambda pair: pair.keep.id,
        "name": lambda pair: sort_key(pair.keep.name.text),
    }
    field = sort.removeprefix("-")
    if field not in keys:
        raise RefusedError(
            _("Duplicates have no field “{field}” to order by.", field=echo(field)),
            _("Order by: {fields}", fields=", ".join(keys)),
        )
    return sorted(pairs, key=keys[field], reverse=sort.startswith("-"))

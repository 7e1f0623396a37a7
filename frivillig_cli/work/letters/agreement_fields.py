"""The values of the fields that a letter to the parties of an agreement may use."""

from __future__ import annotations

from typing import Any

from frivillig_cli.documents.values import Word
from frivillig_cli.records.agreement.model import KIND_WORDS, PAYER_WORDS, Agreement
from frivillig_cli.records.resource import queries as resources
from frivillig_cli.records.resource.model import FACILITY_WORDS, Resource
from frivillig_cli.records.resource.model import KIND_WORDS as KINDS
from frivillig_cli.records.response import queries as groups
from frivillig_cli.records.response.model import Group
from frivillig_cli.store import protected
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters.fields import day_of
from frivillig_cli.work.letters.picked import Wanted

_AGREEMENT = (
    "case_number", "caller", "municipality_contact", "municipality_stand_in",
    "association_contact", "association_stand_in", "response_time", "insurance", "confidentiality",
)  # fmt: skip


def agreement_fields(register: Register, agreement: Agreement, hidden: set[int]) -> dict[str, Any]:
    """What a template may say of an agreement, with what its parties give.

    `hidden` are the protected people: they are named as no leader and no key-holder.
    """
    parties = [{"name": agreement.org, "role": None}]
    parties += [{"name": party["name"], "role": party["role"]} for party in agreement.parties]
    owners = [agreement.org_id, *(party["org_id"] for party in agreement.parties)]
    given = resources.of_orgs(register, (owner for owner in owners if owner))
    without = protected.hidden(register).without
    return {
        "title": agreement.title,
        "kind": Word(KIND_WORDS[agreement.kind]),
        "from": day_of(agreement.from_date),
        "to": day_of(agreement.to_date),
        "signed": day_of(agreement.signed),
        "reviewed": day_of(agreement.reviewed),
        **{name: without(getattr(agreement, name)) for name in _AGREEMENT},
        "exercise_payer": _payer(agreement, "exercise_payer"),
        "event_payer": _payer(agreement, "event_payer"),
        "rescue_payer": _payer(agreement, "rescue_payer"),
        "parties": parties,
        "contributions": [
            {name: without(row[name]) for name in ("party", "what", "terms")}
            for row in agreement.contributions
        ],
        "groups": [
            _group(group)
            for group in groups.in_use(register, (one["id"] for one in agreement.groups))
        ],
        "premises": [_place(one, hidden) for one in given if one.kind == "premises"],
        "equipment": [
            {"name": one.name, "kind": Word(KINDS[one.kind])}
            for one in given
            if one.kind != "premises"
        ],
    }


def _payer(agreement: Agreement, field: str) -> str | None:
    """Who pays, in words; another by name, where the agreement says who it is."""
    code = agreement.values[field]
    if code == "other" and agreement.other_payer:
        return agreement.other_payer
    return Word(PAYER_WORDS[code]) if code else None


def _group(group: Group) -> dict[str, Any]:
    def named(role: str) -> str | None:
        seats = (one for one in group.members if one.role == role and not one.protected)
        return next((one.name for one in seats), None)

    return {
        "name": group.name,
        "leader": named("leader"),
        "deputy": named("deputy"),
        "members": len(group.members),
    }


def _place(place: Resource, hidden: set[int]) -> dict[str, Any]:
    return {
        "name": place.name,
        "address": place.address,
        "capacity": place.capacity,
        "facilities": [Word(word) for key, word in FACILITY_WORDS.items() if getattr(place, key)],
        "key_holder": None if place.key_holder_id in hidden else place.key_holder,
    }


def not_written_of(agreement: Agreement, wanted: Wanted) -> str | None:
    """Why no letter is written of an agreement (a code of SKIP_REASONS), or None.

    A document to sign is of those in force; one that is for every kind may be about those that
    the query picks by their end. Any other letter, such as whether to renew, may be about those
    that have run out, and those ended that are picked by their end or their number.
    """
    if wanted.agreements not in ("", agreement.kind):
        return "other_kind"
    if agreement.status not in ("expired", "ended"):
        return None
    by = {"to", "ended"} if wanted.to_sign else {"to", "ended", "id"}
    asked = wanted.also_ended or any(term.field in by for term in wanted.query.terms)
    if wanted.to_sign:
        return agreement.status if wanted.agreements or not asked else None
    return "ended" if agreement.status == "ended" and not asked else None

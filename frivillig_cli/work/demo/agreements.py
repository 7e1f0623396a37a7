"""The two agreements of the invented municipality: one for a crisis, one for every day."""

from __future__ import annotations

from frivillig_cli.records.agreement import actions as agreements
from frivillig_cli.records.availability import actions as availability
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.resource import actions as resources
from frivillig_cli.records.response import actions as groups
from frivillig_cli.work.demo.population import Town

SANITET = "Elvdal sanitetsforening"


def agree(town: Town) -> None:
    """Make both agreements, the care-preparedness groups with members, and the premises."""
    sanitet = town.orgs.get(SANITET) or next(
        number for name, number in town.orgs.items() if name.endswith("sanitetsforening")
    )
    names = {number: name for name, number in town.orgs.items()}
    board = town.boards[names[sanitet]]
    beredskap = _beredskap(town, sanitet)
    _cooperation(town)
    _premises(town, sanitet, board[0])
    _group(town, "Omsorgsberedskapsgruppen", sanitet, beredskap, board[:2], slice(0, 26))
    _group(town, "Kjøregruppen", sanitet, beredskap, board[1:3], slice(20, 34))
    _unavailable(town)


def _beredskap(town: Town, org: int) -> int:
    register, now = town.register, town.now
    new = agreements.add(
        register,
        org,
        {
            "title": "Omsorgsberedskap i kriser",
            "kind": "beredskap",
            "from_date": "2025-01-01",
            "to_date": "2029-12-31",
            "signed": "2024-12-10",
            "exercise_payer": "association",
            "event_payer": "municipality",
            "case_number": "2024/118",
            "caller": "Kommunens kriseledelse",
            "rescue_payer": "rescue_service",
            "municipality_contact": "Kriseledelsen, 32 90 99 00",
            "municipality_stand_in": "Brannvakten, 32 90 99 05",
            "association_contact": "Gruppelederen, 90 10 04 31",
            "association_stand_in": "Nestlederen, 90 10 01 07",
            "response_time": "Første frivillige på plass innen én time",
            "confidentiality": "Alle frivillige har signert taushetserklæring",
            "insurance": "Kommunens ulykkesforsikring gjelder når kommunen har kalt ut",
        },
        now=now,
    )
    owner, association = "Elvdal kommune", "Sanitetsforeningen"
    for party, kind, what, terms in (
        (owner, "other", "Ringer gruppen når kriseledelsen ber om det",
         "Kommunen er bundet til det"),
        (owner, "payment", "Dekker utgiftene når det skjer", "Etter regning med kvitteringer"),
        (association, "people", "Stiller frivillige til omsorg, mat og transport",
         "Etter ringelisten"),
        (association, "premises", "Stiller sanitetshuset til disposisjon",
         "Ved behov; lederen har nøkkel"),
        (association, "payment", "Dekker utgiftene til øvelser", "Minst én øvelse annethvert år"),
    ):  # fmt: skip
        agreements.add_contribution(register, new, party, what, terms, kind=kind)
    return new


def _cooperation(town: Town) -> None:
    register = town.register
    org = next(n for name, n in town.orgs.items() if name.endswith("pensjonistforening"))
    new = agreements.add(
        register,
        org,
        {
            "title": "Trim og foredrag for eldre",
            "kind": "cooperation",
            "from_date": "2026-01-01",
            "to_date": "2027-12-31",
            "signed": "2025-12-15",
            "case_number": "2025/342",
        },
        now=town.now,
    )
    for party, what, terms in (
        ("Elvdal kommune", "Betaler fysioterapeuten", "Én time hver uke"),
        ("Pensjonistforeningen", "Betaler leie av treningsrommet", "Onsdager i halvåret"),
        ("Historielaget", "Låner ut foredragsholdere gratis", "Fire kvelder i året"),
    ):
        agreements.add_contribution(register, new, party, what, terms)
    other = next(n for name, n in town.orgs.items() if name.endswith("historielag"))
    agreements.add_party(register, new, org_id=other, name=None, role="foredragsholdere")


def _premises(town: Town, org: int, key_holder: int) -> None:
    resources.add(
        town.register,
        "Elvdal sanitetshus",
        org,
        {
            "kind": "premises", "street": "Bruveien 2", "postcode": "9992", "city": "Elvdal",
            "capacity": 80, "kitchen": 1, "heating": 1, "generator": 0, "toilets": 1,
            "accessible": 1, "key_holder_id": key_holder,
        },
    )  # fmt: skip


def _group(
    town: Town, name: str, org: int, agreement: int, leaders: list[int], members: slice
) -> None:
    new = groups.add_group(town.register, name, org, agreement_id=agreement, today=town.today)
    seats = list(zip(leaders, ("leader", "deputy"), strict=False))
    seats += [(person, "member") for person in town.volunteers[members]]
    for order, (person, role) in enumerate(seats, 1):
        groups.add_member(town.register, new, person, role=role, order=order)
        skill = "sjåfør" if name == "Kjøregruppen" else "omsorg"
        people.set_skills(town.register, person, add=[skill], now=town.now)


def _unavailable(town: Town) -> None:
    """Two whom a call-out leaves out: one is away, one is called by the Civil Defence."""
    away, elsewhere = town.volunteers[11], town.volunteers[29]
    availability.add_absence(town.register, away, "2026-10-20", "2026-11-20")
    availability.add_duty(town.register, elsewhere, "Sivilforsvaret")

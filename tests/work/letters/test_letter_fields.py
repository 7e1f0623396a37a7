"""What a template is given is what `letter fields` lists: no more, no less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from frivillig_cli.documents.fields import FIELDS, fields_for
from frivillig_cli.documents.tree import plain
from frivillig_cli.records import municipality
from frivillig_cli.records.agreement import actions as agreements
from frivillig_cli.records.contact import actions as contacts
from frivillig_cli.records.org import actions as orgs
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.resource import actions as resources
from frivillig_cli.records.response import actions as groups
from frivillig_cli.records.volunteer import actions as volunteers
from frivillig_cli.work.letters.batch import Plan, assembled
from tests.work.letters.conftest import NOW, TODAY


def dotted(fields: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from dotted(value, f"{above}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{above}{name}"
            yield from dotted(value[0], f"{above}{name}[].")
        else:
            yield f"{above}{name}"


@pytest.fixture
def everybody(office):
    """One of each kind of recipient."""
    (org,) = office.orgs(1)
    register = office.register
    with office.change():
        person = people.add(
            register, {"name": "Aud Kittilsen", "email": "aud@x.example", "street": "Hjemme 1"},
            phones=["+4790111222"], now=NOW,
        )  # fmt: skip
        contacts.add(register, org, person, "leader", today=TODAY)
        volunteers.add(register, person, {}, today=TODAY, now=NOW)
        made = agreements.add(register, org, {"title": "Omsorg", "kind": "cooperation"}, now=NOW)
        agreements.add_contribution(register, made, "Laget", "Varm suppe", None)
        group = groups.add_group(register, "Suppegruppen", org, agreement_id=made, today=TODAY)
        groups.add_member(register, group, person, role="leader", order=1)
        for name, kind in (("Huset", "premises"), ("Tilhengeren", "vehicle")):
            given = {"kind": kind, "kitchen": 1, "key_holder_id": person}
            resources.add(register, name, org, given)
    return office


def planned(office, kind: str) -> Plan:
    office.template("mal", "Hei.", recipients=kind)
    return assembled(office.register, office.request("mal"))


@pytest.mark.parametrize("kind", ["org", "volunteer", "agreement", "member"])
def test_the_fields_given_are_the_fields_listed(everybody, kind: str) -> None:
    plan = planned(everybody, kind)
    (recipient,) = plan.recipients
    given = set(dotted({**plan.shared, **recipient.all_fields}))
    assert given == {field.name for field in fields_for(kind)}


def test_every_listed_field_is_given_to_somebody(everybody) -> None:
    given: set[str] = set()
    for kind in ("org", "volunteer", "agreement", "member"):
        plan = planned(everybody, kind)
        given |= set(dotted({**plan.shared, **plan.recipients[0].all_fields}))
    assert given == {field.name for field in FIELDS}


@pytest.mark.parametrize("kind", ["org", "volunteer", "agreement"])
def test_of_a_person_there_is_the_name_and_no_way_to_reach_them(everybody, kind: str) -> None:
    plan = planned(everybody, kind)
    said = repr({**plan.shared, **plan.recipients[0].fields})
    assert "Aud Kittilsen" in said
    assert not any(own in said for own in ("aud@x.example", "Hjemme 1", "90111222"))


def test_one_who_can_be_called_out_reads_their_own_number_and_nobody_elses(everybody) -> None:
    with everybody.change():
        other = people.add(everybody.register, {"name": "Per"}, phones=["+4790111333"], now=NOW)
        groups.add_member(everybody.register, 1, other, role="member", order=2)
    told = {one.name: repr(one.fields) for one in planned(everybody, "member").recipients}
    assert "90111222" in told["Aud Kittilsen"] and "90111333" not in told["Aud Kittilsen"]
    assert "Aud Kittilsen" in told["Per"] and "90111222" not in told["Per"]
    assert not any("Hjemme 1" in one or "aud@x.example" in one for one in told.values())


def test_a_field_can_be_written_as_it_is_listed(everybody) -> None:
    with everybody.change():
        keys = [key for key in municipality.KEYS if key.startswith("letterhead.")]
        typed = {"postcode": "9992", "email": "post@elvdal.example", "orgnr": "310000019"}
        filled = {
            key: typed.get(key.split(".")[1], "32220100")
            for key in keys
            if key not in ("letterhead.logo", "letterhead.website")
        }
        filled["letterhead.website"] = "elvdal.example"
        municipality.put(everybody.register, {**filled, "municipality.number": "3312"})
    from frivillig_cli.work.letters.batch import letter_for

    for kind in ("org", "volunteer", "agreement", "member"):
        lines = [
            f"{{% if {field.name} %}}{field.written}{{% endif %}}"
            for field in fields_for(kind)
            if "[]" not in field.name
        ]
        everybody.template("mal", "\n\n".join(lines), recipients=kind)
        plan = assembled(everybody.register, everybody.request("mal"))
        assert letter_for(plan, plan.recipients[0]).document.blocks


def test_a_phone_number_is_written_as_norwegians_read_it(office) -> None:
    from frivillig_cli.work.letters.sender import sender

    for typed, shown in (("+4732220100", "32 22 01 00"), ("32220100, valg 2", "32220100, valg 2")):
        found = sender({"municipality.name": "Elvedal", "letterhead.phone": typed})
        assert found.head.phone == shown and found.fields["municipality"]["phone"] == shown


def test_an_agreement_tells_what_its_parties_give_in_the_letters_language(everybody) -> None:
    from frivillig_cli.work.letters.batch import letter_for

    with everybody.change():
        agreements.edit(everybody.register, 1, {"exercise_payer": "association"}, now=NOW)
    body = (
        "{{ agreement.exercise_payer }}: {{ agreement.contributions[0].what }}, "
        "{{ agreement.groups[0].leader }}, {{ agreement.premises[0].facilities | join }}"
    )
    for language in ("nb", "nn"):
        everybody.template("mal", body, recipients="agreement", language=language)
    with everybody.change():
        orgs.edit(everybody.register, 1, {"language": "nn"}, now=NOW)
    for language, payer in (("nb", "foreningen"), ("nn", "foreininga")):
        plan = assembled(everybody.register, everybody.request("mal"))
        only = {language: plan.templates[language]}
        text = plain(
            letter_for(plan._replace(templates=only), plan.recipients[0])
            .document.blocks[0]
            .children
        )
        assert text == f"{payer}: Varm suppe, Aud Kittilsen, kjøkken"


def test_another_who_pays_is_named_in_letters_where_the_agreement_says_who(everybody) -> None:
    def payers() -> tuple[str, str]:
        found = planned(everybody, "agreement").recipients[0].fields["agreement"]
        return found["exercise_payer"], found["event_payer"]

    with everybody.change():
        register = everybody.register
        agreements.edit(
            register, 1, {"exercise_payer": "other", "event_payer": "municipality"}, now=NOW
        )
        agreements.add_party(register, 1, org_id=None, name="Elvdal Røde Kors", role=None)
    assert payers()[0] == "another"
    with everybody.change():
        agreements.add_contribution(register, 1, "Elvdal Røde Kors", "alt", None, kind="payment")
    assert payers() == ("Elvdal Røde Kors", "the municipality")


def test_a_protected_leader_or_key_holder_is_named_in_no_agreement(everybody) -> None:
    with everybody.change():
        people.set_protected(everybody.register, 1, True, now=NOW)
    said = repr(planned(everybody, "agreement").recipients[0].fields["agreement"])
    assert "Suppegruppen" in said and "Aud Kittilsen" not in said

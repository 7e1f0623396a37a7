"""A person's row, numbers and keys follow each other."""

from __future__ import annotations

from frivillig_cli.core.query import parse_query
from frivillig_cli.records.person import actions, queries
from tests.records.conftest import NOW


def found(register, typed: str) -> list[int]:
    return [person.id for person in queries.find(register, parse_query([typed]))]


def add(register, name: str = "Kari Nordmann", *phones: str, **values: str) -> int:
    return actions.add(register, {"name": name, **values}, phones=phones, now=NOW)


def test_a_number_that_stays_keeps_what_is_known_of_it(register) -> None:
    kari = add(register, "Kari", "90111222", "32220100")
    row = queries.phones(register, kari)["+4790111222"]
    register.update("person_phone", row, verified="2026-01-01")
    actions.edit(register, kari, {}, phones=["32220100", "90111222"], now=NOW)
    first, second = queries.get(register, kari).phones
    assert (first.number, second.number) == ("+4732220100", "+4790111222")
    assert second.verified == "2026-01-01"


def test_a_wrong_number_is_remembered_as_wrong_until_it_is_given_anew(register) -> None:
    kari = add(register, "Kari", "90111222", "32220100")
    register.update("person_phone", queries.phones(register, kari)["+4790111222"], wrong=1)
    assert queries.get(register, kari).numbers == ["+4732220100"]
    actions.edit(register, kari, {}, phones=["90333444"], now=NOW)
    person = queries.get(register, kari)
    assert person.numbers == ["+4790333444"]
    assert [phone.number for phone in person.phones if phone.wrong] == ["+4790111222"]
    actions.edit(register, kari, {}, phones=["90111222"], now=NOW)
    assert queries.get(register, kari).numbers == ["+4790111222"]


def test_a_wrong_number_is_no_evidence_of_who_somebody_is(register) -> None:
    kari = add(register, "Kari", "90111222")
    assert queries.match(register, "kari", ["+4790111222"]).outcome == "same"
    register.update("person_phone", queries.phones(register, kari)["+4790111222"], wrong=1)
    assert queries.match(register, "kari", ["+4790111222"]).outcome == "uncertain"


def test_a_number_can_be_put_first(register) -> None:
    kari = add(register, "Kari", "90111222")
    actions.put_phone_first(register, kari, "90333444", now=NOW)
    assert queries.get(register, kari).numbers == ["+4790333444", "+4790111222"]
    assert actions.put_phone_first(register, kari, "+47 90333444", now=NOW) == []


def test_what_can_be_searched_follows_every_change(register) -> None:
    kari = add(register, "Kari", "90111222", city="Lier")
    assert found(register, "lier") == found(register, "90111222") == [kari]
    actions.edit(register, kari, {"city": "Drammen"}, phones=["90333444"], now=NOW)
    assert found(register, "lier") == found(register, "90111222") == []
    actions.set_skills(register, kari, add=["Omsorg"], now=NOW)
    assert found(register, "omsorg") == [kari]
    actions.set_protected(register, kari, True, now=NOW)
    assert found(register, "drammen") == found(register, "90333444") == []
    actions.set_protected(register, kari, False, now=NOW)
    assert found(register, "drammen") == [kari]


def test_nothing_different_is_no_change(register) -> None:
    kari = add(register, "Kari", "90111222", city="Lier")
    assert actions.edit(register, kari, {"city": " Lier "}, phones=["90 11 12 22"], now=NOW) == []
    assert actions.set_protected(register, kari, False, now=NOW) == []
    assert actions.set_skills(register, kari, remove=["omsorg"], now=NOW) == []


def test_what_others_read_of_a_protected_person_holds_no_contact_data(register) -> None:
    kari = add(register, "Kari", "90111222", city="Lier", email="k@x.example", notes="Storgata")
    actions.set_protected(register, kari, True, now=NOW)
    person = queries.get(register, kari)
    assert person.numbers == [] and person.city is person.email is person.notes is None
    assert "90111222" not in str(person.to_json()) and "Lier" not in str(person.to_json())
    assert person.to_json(whole=True)["city"] == "Lier"


def test_many_people_are_read_in_parts(register) -> None:
    made = [add(register, f"Kari {number}") for number in range(1001)]
    assert sorted(queries.get_many(register, made)) == made
    assert len(queries.find(register, parse_query([]))) == 1001

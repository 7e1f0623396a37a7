from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.names import fold, sort_key
from frivillig_cli.core.query import parse_query
from frivillig_cli.records.agreement import queries as agreements
from frivillig_cli.records.resource import actions as resources
from frivillig_cli.records.resource import queries as resource_queries
from frivillig_cli.records.response import actions, queries
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def named(name):
    return {
        "uid": name, "name": name, "name_sort": sort_key(name), "name_search": fold(name),
        "created": NOW.isoformat(), "updated": NOW.isoformat(),
    }  # fmt: skip


@pytest.fixture
def register(tmp_path):
    """Inside a transaction: an association (1), and Kari (1), Ola (2) and Åse (3, protected)."""
    made = create_register(tmp_path / "register.db")
    with made.transaction(Command("test", "anne", NOW)):
        made.insert("org", **named("Lier sanitetsforening"))
        for n, name in enumerate(["Kari", "Ola", "Åse"]):
            person = made.insert("person", **named(name), protected=int(name == "Åse"))
            made.insert("person_phone", person_id=person, number=f"+479011122{n}")
        yield made
    made.close()


def agreement(register, to_date="2027-12-31", kind="beredskap"):
    values = named("Avtale")
    values["title"] = values.pop("name")
    return register.insert(
        "agreement", **{**values, "uid": to_date + kind}, org_id=1, kind=kind,
        from_date="2020-01-01", to_date=to_date,
    )  # fmt: skip


def add_group(register, **more):
    return actions.add_group(register, "Omsorg", 1, agreement_id=None, today=TODAY, **more)


def test_a_group_takes_its_associations_only_agreement_in_force(register):
    agreement(register, "2026-11-22")
    agreement(register, kind="cooperation")
    wanted = agreement(register)
    assert queries.get(register, add_group(register)).agreement_id == wanted
    agreement(register, "2028-01-01")
    assert queries.get(register, add_group(register)).agreement_id is None


def test_an_agreement_that_has_run_out_binds_before_one_that_has_not_begun(register):
    run_out = agreement(register, "2026-11-22")
    later = agreement(register, "2029-12-31")
    register.update("agreement", later, from_date="2029-01-01")
    assert agreements.binding(register, 1, TODAY.isoformat()) == run_out


def test_members_stand_in_their_order_of_call_and_the_protected_without_number(register):
    group = add_group(register)
    for person, role, order in ((3, "member", None), (2, "member", 1), (1, "leader", None)):
        actions.add_member(register, group, person, role=role, order=order)
    members = queries.get(register, group).members
    assert [member.name for member in members] == ["Kari", "Ola", "Åse"]
    assert members[2].phones == ()
    assert members[2].to_json()["protected"] is True


def test_one_who_is_in_the_group_gets_the_new_role(register):
    group = add_group(register)
    first = actions.add_member(register, group, 1, order=None)
    assert actions.add_member(register, group, 1, role="deputy", order=2) == first
    (member,) = queries.get(register, group).members
    assert (member.role, member.order) == ("deputy", 2)


def test_only_a_member_can_be_taken_out(register):
    group = add_group(register)
    actions.add_member(register, group, 1, order=None)
    actions.remove_member(register, group, 1)
    with pytest.raises(RefusedError):
        actions.remove_member(register, group, 1)


def test_a_number_is_marked_wrong_for_one_person_only(register):
    register.insert("person_phone", person_id=2, number="+4790111220")
    assert queries.mark_wrong_number(register, 1, "+4790111220") == 1
    assert queries.mark_wrong_number(register, 1, "+4790111220") == 0
    wrong = register.rows("SELECT person_id FROM person_phone WHERE wrong = 1")
    assert [row[0] for row in wrong] == [1]


@pytest.mark.parametrize(
    "text",
    ["Alarmkode 4711", "alarm: 123456", "Kode til låsen er 0815", "PIN 99881",
     "4711 er koden", "code 1234"],
)  # fmt: skip
def test_a_code_for_an_alarm_or_a_lock_is_never_kept(register, text):
    with pytest.raises(RefusedError):
        resources.add(register, "Hus", 1, {"notes": text})


@pytest.mark.parametrize(
    "text",
    [
        "Nøkkel hos Kari, 90 11 12 21",
        "Bygd 1912, plass til 120",
        "Postkode 3400",
        "Alarm: ring 22334455",
    ],
)
def test_what_is_no_code_is_kept(register, text):
    house = resources.add(register, "Hus", 1, {"notes": text})
    assert resource_queries.get(register, house).notes == text


def test_a_protected_key_holder_is_named_without_number(register):
    resources.add(register, "Sanitetshuset", 1, {"kitchen": 1, "key_holder_id": 3})
    resources.add(register, "Grendehuset", 1, {"kitchen": 0, "key_holder_id": 1})
    found = resource_queries.find(register, parse_query([]))
    assert [(one.name, one.key_holder, one.key_holder_phone) for one in found] == [
        ("Grendehuset", "Kari", "+4790111220"),
        ("Sanitetshuset", "Åse", None),
    ]
    assert [one.to_json()["kitchen"] for one in found] == [False, True]


def test_what_like_reads_as_a_pattern_is_looked_for_as_it_is_typed(register):
    for name in ("Lag_1", "Lagx1"):
        resources.add(register, f"Huset til {name}", register.insert("org", **named(name)), {})
    for typed in ("org:Lag_1", "lag_1"):
        (found,) = resource_queries.find(register, parse_query([typed]))
        assert found.org == "Lag_1"

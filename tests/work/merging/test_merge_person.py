"""Two rows for one person become one."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.person import queries as people
from frivillig_cli.store.resolve import MergedError
from frivillig_cli.store.verify import verify
from frivillig_cli.work.doctor.derived import check_keys, check_search
from frivillig_cli.work.merging.kinds import PERSON

from .conftest import STAMP, Workshop

KEYS = {"name_sort": "x", "name_search": "x"}


def volunteer(shop: Workshop, person: int, **values: object) -> None:
    shop.put("volunteer", id=person, created=STAMP, updated=STAMP, **values)


def activation(shop: Workshop, state: str = "closed") -> int:
    return shop.put("activation", uid="u", number="B-2026-01", title="Flom", kind="real",
                    state=state, started=STAMP, payer="municipality", **KEYS)  # fmt: skip


def callout(shop: Workshop, call_out: int, person: int, **values: object) -> int:
    given = {"selection": "eligible", "row_code": f"R{person}", "rank": person, **values}
    return shop.put("callout", activation_id=call_out, person_id=person, name="Kari",
                    phones="[]", groups="[]", skills="[]", **given)  # fmt: skip


def attempt(shop: Workshop, call_out: int, row: int) -> None:
    shop.put("attempt", activation_id=call_out, callout_id=row, episode=1, round=1, caller="k",
             happened=STAMP, registered=STAMP, outcome="no_answer")  # fmt: skip


def test_keeps_numbers_come_first_and_what_is_known_of_one_is_put_together(shop: Workshop) -> None:
    keep = shop.person("Kari Nordmann", "90111111", "90222222")
    drop = shop.person("Kari Nordmann", "90333333", "90222222")
    shop.put("person_phone", person_id=drop, number="+4790444444", rank=3, wrong=1)
    shop.put("person_phone", person_id=keep, number="+4790444444", rank=3, verified="2026-01-01")
    shop.merge(PERSON, keep, drop)
    person = people.get(shop.register, keep)
    assert person.all_numbers == ["+4790111111", "+4790222222", "+4790333333"]
    (wrong,) = [phone for phone in person.phones if phone.wrong]
    assert (wrong.number, wrong.verified) == ("+4790444444", "2026-01-01")
    assert not list(check_keys(shop.register)) and not list(check_search(shop.register))


@pytest.mark.parametrize("field", ["protected", "minor"])
@pytest.mark.parametrize("which", [0, 1])
def test_who_is_protected_or_a_minor_in_either_stays_so(shop, field: str, which: int) -> None:
    pair = [shop.person("Kari Nordmann", "90111111") for _ in range(2)]
    with shop.register.transaction(shop.command()):
        shop.register.update("person", pair[which], **{field: 1})
    shop.merge(PERSON, *pair)
    assert people.get(shop.register, pair[0]).values[field] == 1


def test_a_protected_persons_number_is_not_found_by_searching_afterwards(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann", "90111111"), shop.person("Kari Nordmann")
    with shop.register.transaction(shop.command()):
        shop.register.update("person", drop, protected=1)
    done = shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT search FROM person WHERE id = ?", keep) == [("",)]
    assert done.protected


def test_a_protected_persons_contact_data_is_not_in_what_is_told(shop: Workshop) -> None:
    keep = shop.person("Kari Nordmann", email="a@kari.example")
    drop = shop.person("Kari Nordmann", email="b@kari.example", street="Storgata 1")
    with shop.register.transaction(shop.command()):
        shop.register.update("person", drop, protected=1)
    told = str(shop.merge(PERSON, keep, drop).to_json(applied=True))
    assert "kari.example" not in told and "Storgata" not in told


def test_a_volunteer_moves_with_the_person(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    volunteer(shop, drop, availability="kvelder", police_certificate_seen="2025-05-05")
    shop.put("person_skill", person_id=drop, skill="kokk")
    before = shop.dump()
    shop.merge(PERSON, keep, drop)
    person = people.get(shop.register, keep)
    assert person.volunteer is not None and person.volunteer["availability"] == "kvelder"
    assert person.skills == ("kokk",)
    assert shop.rows("SELECT id FROM volunteer") == [(keep,)]
    shop.undo()
    assert shop.dump() == before


def test_two_volunteers_fields_are_filled_and_chosen_like_the_others(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    volunteer(shop, keep, availability="kvelder", languages="norsk")
    volunteer(shop, drop, availability="helger", languages="samisk")
    done = shop.merge(PERSON, keep, drop, take=["languages"])
    row = people.get(shop.register, keep).volunteer
    assert row is not None
    assert (row["availability"], row["languages"]) == ("kvelder", "samisk")
    assert [one.field for one in done.conflicts] == ["availability", "languages"]


def test_one_seat_in_a_group_and_the_leader_leads_on(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    group = shop.put("response_group", org_id=shop.org("NKS"), name="Gruppe", **KEYS)
    shop.put("response_member", group_id=group, person_id=keep, role="member", told="2026-01-01")
    shop.put("response_member", group_id=group, person_id=drop, role="leader", call_order=1)
    shop.merge(PERSON, keep, drop)
    found = shop.rows("SELECT person_id, role, call_order, told FROM response_member")
    assert found == [(keep, "leader", 1, "2026-01-01")]


def test_the_same_office_in_the_same_association_is_one(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    org = shop.org("Fossen vel")
    for person in (keep, drop):
        shop.contact(org, person, "leader")
    shop.contact(org, drop, "treasurer", to_date="2020-01-01")
    shop.merge(PERSON, keep, drop)
    found = shop.rows("SELECT person_id, role FROM contact ORDER BY id")
    assert found == [(keep, "leader"), (keep, "treasurer")]


def test_a_call_out_and_what_was_logged_of_it_follow_the_person(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    flood = activation(shop, "active")
    row = callout(shop, flood, drop)
    attempt(shop, flood, row)
    shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT id, person_id FROM callout") == [(row, keep)]
    assert shop.rows("SELECT callout_id FROM attempt") == [(row,)]


@pytest.mark.parametrize("called", ["keep", "drop"])
def test_of_two_rows_on_one_call_list_the_one_that_was_rung_stays(shop, called: str) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    flood = activation(shop)
    rows = {"keep": callout(shop, flood, keep), "drop": callout(shop, flood, drop)}
    attempt(shop, flood, rows[called])
    before = shop.dump()
    done = shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT id, person_id FROM callout") == [(rows[called], keep)]
    assert done.removed == {"callout": 1}
    shop.undo()
    assert shop.dump() == before


def test_who_was_to_be_called_stays_rather_than_who_was_left_out(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    flood = activation(shop)
    callout(shop, flood, keep, selection="excluded", reason="no_number")
    row = callout(shop, flood, drop)
    shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT id, person_id FROM callout") == [(row, keep)]


def test_two_who_were_both_rung_in_a_call_out_that_has_ended_become_one(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    flood = activation(shop)
    rows = callout(shop, flood, keep), callout(shop, flood, drop, contact="reached", answer="yes")
    attempt(shop, flood, rows[0])
    logged = shop.rows("SELECT * FROM attempt"), shop.rows("SELECT id, answer FROM callout")
    shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT id, person_id, twin_of FROM callout ORDER BY id") == [
        (rows[0], keep, None), (rows[1], keep, rows[0]),
    ]  # fmt: skip
    assert logged == (
        shop.rows("SELECT * FROM attempt"), shop.rows("SELECT id, answer FROM callout"),
    )  # fmt: skip
    third = shop.person("Kari Nordmann")
    shop.merge(PERSON, third, keep)  # and once more
    assert {row[0] for row in shop.rows("SELECT person_id FROM callout")} == {third}
    shop.undo()
    assert {row[0] for row in shop.rows("SELECT person_id FROM callout")} == {keep}


@pytest.mark.parametrize("state", ["active", "standing_down"])
def test_nobody_leaves_a_call_list_that_is_in_use(shop: Workshop, state: str) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    flood = activation(shop, state)
    callout(shop, flood, keep)
    callout(shop, flood, drop, selection="excluded", reason="manual")
    with pytest.raises(RefusedError, match="under way") as refused:
        shop.merge(PERSON, keep, drop)
    assert f"beredskap call {drop} undo" in refused.value.hint


def test_letters_and_keys_follow_and_undo_brings_all_back(shop: Workshop) -> None:
    keep = shop.person("Kari Nordmann", "90111111")
    drop = shop.person("Kari Normann", "90111111", email="k@kari.example")
    org = shop.org("NKS")
    shop.put("resource", org_id=org, name="Huset", key_holder_id=drop, **KEYS)
    batch = shop.put("letter_batch", template="t", versions="{}", title="T", format="pdf",
                     recipients="volunteer", folder="f", created=STAMP)  # fmt: skip
    shop.put("letter", batch_id=batch, person_id=drop, recipient="K", language="nb", file="f")
    before = shop.dump()
    done = shop.merge(PERSON, keep, drop)
    assert done.moved == {"letter": 1, "resource": 1} and done.same == {"person_phone": 1}
    assert not verify(shop.register)
    with pytest.raises(MergedError):
        people.person_id(shop.register, str(drop))
    shop.undo()
    assert shop.dump() == before
    assert people.person_id(shop.register, str(drop)) == drop


def test_a_person_keeps_one_call_out_number(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    shop.put("person_phone", person_id=keep, number="+4790111222", rank=1, callout=1)
    shop.put("person_phone", person_id=drop, number="+4790111223", rank=1, callout=1)
    shop.merge(PERSON, keep, drop)
    marked = shop.rows("SELECT number FROM person_phone WHERE callout = 1")
    assert marked == [("+4790111222",)]


def test_a_call_out_number_comes_along_to_one_who_had_none(shop: Workshop) -> None:
    keep, drop = shop.person("Kari Nordmann"), shop.person("Kari Nordmann")
    shop.put("person_phone", person_id=keep, number="+4790111222", rank=1)
    shop.put("person_phone", person_id=drop, number="+4790111222", rank=1, callout=1)
    shop.merge(PERSON, keep, drop)
    assert shop.rows("SELECT callout FROM person_phone") == [(1,)]

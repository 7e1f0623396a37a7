"""Two rows for one association become one: what stays, what moves, what is refused."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.orgnr import show_orgnr
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey.queries import confirmations
from frivillig_cli.store.resolve import MergedError
from frivillig_cli.store.tables import Tables
from frivillig_cli.store.verify import verify
from frivillig_cli.work.doctor.derived import check_keys, check_search
from frivillig_cli.work.merging.kinds import ORG
from frivillig_cli.work.merging.merge import choices

from .conftest import STAMP, Workshop

A, B = "974760673", "971274255"


def test_keeps_values_fill_what_is_blank_and_stay_where_the_two_differ(shop: Workshop) -> None:
    keep = shop.org("Fossen vel", email="vel@fossen.example")
    drop = shop.org("FOSSEN VEL", email="gammel@fossen.example", phone="32220100", city="LIER")
    done = shop.merge(ORG, keep, drop)
    org = orgs.get(shop.register, keep)
    assert (org.name, org.email, org.phone, org.city) == (
        "Fossen vel", "vel@fossen.example", "+4732220100", "LIER",
    )  # fmt: skip
    assert [one.field for one in done.conflicts] == ["name", "email"]
    assert {change.field for change in done.changes} == {"phone", "city"}
    assert not list(check_keys(shop.register)) and not list(check_search(shop.register))
    assert not verify(shop.register)


@pytest.mark.parametrize(("mine", "other"), [("1923", "1923-05-17"), ("1923-05-17", "1923")])
def test_a_year_and_a_day_in_it_are_no_conflict_and_the_day_stays(
    shop: Workshop, mine: str, other: str
) -> None:
    keep, drop = shop.org("Fossen vel", founded=mine), shop.org("Fossen vel", founded=other)
    assert shop.merge(ORG, keep, drop).conflicts == []
    assert orgs.get(shop.register, keep).values["founded"] == "1923-05-17"


def test_another_year_is_a_conflict(shop: Workshop) -> None:
    keep, drop = (
        shop.org("Fossen vel", founded="1923"),
        shop.org("Fossen vel", founded="1924-05-17"),
    )
    assert [one.field for one in shop.merge(ORG, keep, drop).conflicts] == ["founded"]


def test_a_field_that_is_taken_is_drops(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen velforening")
    shop.merge(ORG, keep, drop, take=["name"])
    org = orgs.get(shop.register, keep)
    assert (org.name, org.name_search) == ("Fossen velforening", "fossen velforening")


@pytest.mark.parametrize(
    ("mine", "other", "city"),
    [
        ({"street": "Storgata 4", "postcode": "3401"}, {"street": "Storgata 3"}, None),
        ({"street": "Storgata 4"}, {"street": "Storgata 4"}, "Sylling"),
        ({"postcode": "3410"}, {"street": "Storgata 3"}, "Sylling"),
    ],
)
def test_no_address_is_made_of_two(shop: Workshop, mine, other, city) -> None:
    keep = shop.org("Fossen vel", **mine)
    drop = shop.org("Fossen vel", postcode="3410", city="Sylling", **other)
    shop.merge(ORG, keep, drop)
    org = orgs.get(shop.register, keep)
    assert org.city == city
    assert (org.postcode == "3410") == bool(city)


def test_notes_stand_after_one_another_unless_one_is_chosen(shop: Workshop) -> None:
    for chosen, notes in (
        ({}, "en / to"),
        ({"stays": ["notes"]}, "en"),
        ({"take": ["notes"]}, "to"),
    ):
        keep, drop = shop.org("Fossen vel", notes="en"), shop.org("Fossen vel", notes="to")
        shop.merge(ORG, keep, drop, **chosen)
        assert orgs.get(shop.register, keep).notes == notes


def test_the_later_confirmation_of_the_whole_stays(shop: Workshop) -> None:
    keep = shop.org("Fossen vel", confirmed="2025-01-01")
    drop = shop.org("Fossen vel", confirmed="2026-01-01")
    assert not shop.merge(ORG, keep, drop).conflicts
    assert orgs.get(shop.register, keep).confirmed == "2026-01-01"


def test_what_has_ended_moves_too_and_an_office_held_in_both_is_one(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    kari, ola = shop.person("Kari Nordmann"), shop.person("Ola Nordmann")
    shop.contact(keep, kari, "leader")
    shop.contact(drop, kari, "leader", from_date="2020-01-01")
    shop.contact(drop, kari, "leader", from_date="2010-01-01", to_date="2012-01-01")
    shop.contact(drop, ola, "treasurer", to_date="2019-12-31")
    done = shop.merge(ORG, keep, drop)
    assert shop.rows("SELECT org_id, person_id, from_date, to_date FROM contact ORDER BY id") == [
        (keep, kari, "2020-01-01", None),
        (keep, kari, "2010-01-01", "2012-01-01"),
        (keep, ola, None, "2019-12-31"),
    ]
    assert (done.moved, done.same) == ({"contact": 2}, {"contact": 1})


def test_two_leaders_are_named(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    shop.contact(keep, shop.person("Kari Nordmann"), "leader")
    shop.contact(drop, shop.person("Ola Nordmann"), "leader")
    done = shop.merge(ORG, keep, drop)
    assert list(done.doubled) == [("leader", ["Kari Nordmann", "Ola Nordmann"])]


def test_tags_and_umbrellas_that_both_have_are_one(shop: Workshop) -> None:
    keep, drop, above = shop.org("Fossen vel"), shop.org("Fossen vel"), shop.org("Velrådet")
    for org in (keep, drop):
        shop.put("org_tag", org_id=org, tag="vel")
        shop.put("org_umbrella", org_id=org, umbrella_id=above)
    shop.put("org_tag", org_id=drop, tag="lier")
    done = shop.merge(ORG, keep, drop)
    org = orgs.get(shop.register, keep)
    assert (org.tags, [one["id"] for one in org.umbrellas]) == (["lier", "vel"], [above])
    assert done.same == {"org_tag": 1, "org_umbrella": 1}


@pytest.mark.parametrize("turned", [False, True])
def test_an_umbrella_over_the_other_of_the_two_disappears(shop: Workshop, turned: bool) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    pair = (keep, drop) if turned else (drop, keep)
    shop.put("org_umbrella", org_id=pair[0], umbrella_id=pair[1])
    assert shop.merge(ORG, keep, drop).removed == {"org_umbrella": 1}
    assert shop.rows("SELECT * FROM org_umbrella") == []


def test_no_circle_of_umbrellas_comes_of_it(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    one, other = shop.org("Velrådet"), shop.org("Bygderådet")
    shop.put("org_umbrella", org_id=keep, umbrella_id=one)
    shop.put("org_umbrella", org_id=one, umbrella_id=other)
    shop.put("org_umbrella", org_id=other, umbrella_id=drop)
    done = shop.merge(ORG, keep, drop)
    assert done.removed == {"org_umbrella": 1} and not done.moved
    assert shop.rows("SELECT org_id, umbrella_id FROM org_umbrella") == [(keep, one), (one, other)]


@pytest.mark.parametrize(("chosen", "number", "gone"), [("take", B, A), ("stays", A, B)])
def test_two_organisation_numbers_are_two_until_one_is_chosen(
    shop: Workshop, chosen: str, number: str, gone: str
) -> None:
    keep, drop = shop.org("Fossen vel", orgnr=A), shop.org("Fossen vel", orgnr=B)
    shown = f"two organisation numbers, {show_orgnr(A)} and {show_orgnr(B)}"
    with pytest.raises(RefusedError, match=shown):
        shop.merge(ORG, keep, drop)
    shop.merge(ORG, keep, drop, **{chosen: ["orgnr"]})
    assert orgs.org_id(shop.register, number) == keep
    with pytest.raises(MergedError) as error:
        orgs.org_id(shop.register, gone)
    assert error.value.into == keep


@pytest.mark.parametrize(("chosen", "stays"), [("take", '["B"]'), ("stays", '["A"]')])
def test_what_the_state_said_follows_the_number_that_it_said_it_of(
    shop: Workshop, chosen: str, stays: str
) -> None:
    keep, drop = shop.org("Fossen vel", orgnr=A), shop.org("Fossen vel", orgnr=B)
    shop.put("org_source", org_id=keep, taken='["A"]', at=STAMP)
    shop.put("org_source", org_id=drop, taken='["B"]', at=STAMP)
    shop.merge(ORG, keep, drop, **{chosen: ["orgnr"]})
    assert shop.rows("SELECT org_id, taken FROM org_source") == [(keep, stays)]


def test_an_organisation_number_is_filled_in_from_drop(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel", orgnr=B)
    shop.merge(ORG, keep, drop)
    assert orgs.org_id(shop.register, B) == keep


def test_another_account_number_needs_a_confirmation(shop: Workshop) -> None:
    keep = shop.org("Fossen vel", bank_account="86011117947")
    drop = shop.org("Fossen vel", bank_account="12345678903")
    with pytest.raises(RefusedError, match="account"):
        shop.merge(ORG, keep, drop, take=["bank_account"])
    shop.merge(ORG, keep, drop, take=["bank_account"], account_confirmed=True)
    assert orgs.get(shop.register, keep).bank_account == "12345678903"


def test_the_account_stays_where_nothing_is_said(shop: Workshop) -> None:
    keep = shop.org("Fossen vel", bank_account="86011117947")
    drop = shop.org("Fossen vel", bank_account="12345678903")
    shop.merge(ORG, keep, drop)
    assert orgs.get(shop.register, keep).bank_account == "86011117947"


def test_a_confirmation_follows_the_value_that_it_confirms(shop: Workshop) -> None:
    keep = shop.org("Fossen vel", email="a@fossen.example", phone="32220100", city="LIER")
    drop = shop.org("Fossen vel", email="b@fossen.example", phone="32220101", city="LIER")
    old, new = "2024-01-01", "2026-01-01"
    fields = '["email","phone","city","leader"]'
    for org, day in ((keep, old), (drop, new)):
        shop.put("confirmation", org_id=org, fields=fields, confirmed=day, source=f"from {org}")
    shop.put("confirmation", org_id=drop, fields='["email"]', confirmed=new, source="a call")
    result = shop.merge(ORG, keep, drop, take=["phone"])
    assert confirmations(shop.register, keep) == {
        "city": (new, f"from {drop}"), "email": (old, f"from {keep}"),
        "leader": (new, f"from {drop}"), "phone": (new, f"from {drop}"),
    }  # fmt: skip
    assert result.removed == {"confirmation": 3}


def test_answers_from_the_same_day_and_source_become_one(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    for org, fields in ((keep, '["email"]'), (drop, '["email","leader"]')):
        shop.put("confirmation", org_id=org, fields=fields, confirmed="2026-01-01", source="s")
    shop.merge(ORG, keep, drop)
    assert shop.rows("SELECT org_id, fields FROM confirmation") == [(keep, '["email","leader"]')]


def test_an_answer_that_comes_to_a_form_sent_to_drop_finds_keep(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    keys = {"name_sort": "x", "name_search": "x"}
    survey = shop.put("survey", uid="s", title="Vår", questions="[]", created=STAMP, **keys)
    for org, base in ((keep, "aaaaaaaaaa"), (drop, "bbbbbbbbbb")):
        shop.put("survey_recipient", survey_id=survey, org_id=org, base="{}", base_key=base,
                 sent=STAMP)  # fmt: skip
    shop.merge(ORG, keep, drop)
    assert shop.rows("SELECT org_id, base_key FROM survey_recipient ORDER BY id") == [
        (keep, "aaaaaaaaaa"), (keep, "bbbbbbbbbb"),
    ]  # fmt: skip


def test_rows_below_a_row_that_both_have_move_with_it(shop: Workshop) -> None:
    """The same form sent to both (it cannot happen by itself): its answers are not lost."""
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    keys = {"name_sort": "x", "name_search": "x"}
    survey = shop.put("survey", uid="s", title="Vår", questions="[]", created=STAMP, **keys)
    for org in (keep, drop):
        sent = shop.put("survey_recipient", survey_id=survey, org_id=org, base="{}",
                        base_key="same", sent=STAMP)  # fmt: skip
        shop.put("survey_answer", survey_id=survey, org_id=org, recipient_id=sent, file="f",
                 sha256=f"hash {org}", received=STAMP, answers="{}")  # fmt: skip
    done = shop.merge(ORG, keep, drop)
    assert done.same == {"survey_recipient": 1}
    assert shop.rows("SELECT count(DISTINCT recipient_id), count(*) FROM survey_answer") == [(1, 2)]


def test_agreements_groups_resources_and_letters_move(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    keys = {"name_sort": "x", "name_search": "x"}
    stamps = {"created": STAMP, "updated": STAMP}
    agreement = shop.put("agreement", uid="u", org_id=drop, title="Hus", kind="beredskap",
                         **keys, **stamps)  # fmt: skip
    for org in (keep, drop):
        shop.put("agreement_party", agreement_id=agreement, org_id=org, role="utleier")
    shop.put("resource", org_id=drop, name="Huset", **keys)
    shop.put("response_group", org_id=drop, name="Gruppa", **keys)
    batch = shop.put("letter_batch", template="t", versions="{}", title="T", format="pdf",
                     recipients="org", folder="f", created=STAMP)  # fmt: skip
    shop.put("letter", batch_id=batch, org_id=drop, recipient="Fossen", language="nb", file="f")
    done = shop.merge(ORG, keep, drop)
    assert done.moved == {"agreement": 1, "letter": 1, "resource": 1, "response_group": 1}
    assert done.same == {"agreement_party": 1}


def test_a_pair_that_was_marked_as_two_is_no_pair_any_more(shop: Workshop) -> None:
    keep, drop, third = shop.org("Fossen vel"), shop.org("Fossen vel"), shop.org("Fossum vel")
    shop.put("not_duplicate", org_id=drop, other_id=keep)
    shop.put("not_duplicate", org_id=third, other_id=drop)
    shop.merge(ORG, keep, drop)
    assert shop.rows("SELECT org_id, other_id FROM not_duplicate") == [(third, keep)]


def test_a_number_that_is_gone_says_where_it_went_through_several_merges(shop: Workshop) -> None:
    first, second, third = (shop.org("Fossen vel") for _ in range(3))
    shop.org(f"Rute {first}")  # the number must not be taken for a part of this name
    shop.merge(ORG, second, first)
    shop.merge(ORG, third, second)
    for gone in (first, second):
        with pytest.raises(MergedError) as error:
            orgs.org_id(shop.register, str(gone))
        assert error.value.into == third


def test_undo_restores_every_row_of_every_table(shop: Workshop) -> None:
    keep, drop = (
        shop.org("Fossen vel", city="LIER"),
        shop.org("Fossen vel", orgnr=B, email="a@b.no"),
    )
    kari = shop.person("Kari Nordmann")
    for org in (keep, drop):
        shop.contact(org, kari, "leader")
        shop.put("org_tag", org_id=org, tag="vel")
    before = shop.dump()
    shop.merge(ORG, keep, drop)
    assert shop.dump() != before
    shop.undo()
    assert shop.dump() == before
    assert not verify(shop.register)


def test_a_dry_run_changes_nothing_and_tells_the_same(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel", email="a@fossen.example")
    shop.contact(drop, shop.person("Kari Nordmann"), "leader")
    before = shop.dump()
    told = shop.merge(ORG, keep, drop, dry_run=True)
    assert shop.dump() == before
    assert shop.merge(ORG, keep, drop) == told


def test_a_table_that_is_added_later_is_not_forgotten(shop: Workshop) -> None:
    """Its own ties, a unique clash, and the rows below the row that clashes."""
    from frivillig_cli.store.register import Command
    from frivillig_cli.store.triggers import make_triggers

    from .conftest import NOW

    register = shop.register
    with register._transaction(Command("migrate", "tester", NOW), schema=True):
        for sql in (
            "CREATE TABLE visit (id INTEGER PRIMARY KEY, org_id INTEGER REFERENCES org (id),"
            " day TEXT, who TEXT)",
            "CREATE UNIQUE INDEX visit_once ON visit (org_id, day) WHERE who IS NOT 'many'",
            "CREATE TABLE remark (id INTEGER PRIMARY KEY, visit_id INTEGER REFERENCES visit (id))",
        ):
            register.execute(sql)
        make_triggers(register._connection)
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    for org, day, who in (
        (keep, "2026-01-01", None), (drop, "2026-01-01", "Kari"), (drop, "2026-02-02", None),
        (keep, "2026-03-03", "many"), (drop, "2026-03-03", "many"),
    ):  # fmt: skip
        visit = shop.put("visit", org_id=org, day=day, who=who)
        shop.put("remark", visit_id=visit)
    before = shop.dump()
    done = shop.merge(ORG, keep, drop)
    assert (done.moved, done.same) == ({"remark": 1, "visit": 2}, {"visit": 1})
    assert shop.rows("SELECT org_id, day, who FROM visit ORDER BY day") == [
        (keep, "2026-01-01", "Kari"), (keep, "2026-02-02", None),
        (keep, "2026-03-03", "many"), (keep, "2026-03-03", "many"),
    ]  # fmt: skip
    shop.undo()
    assert shop.dump() == before


def test_a_table_that_is_only_added_to_is_not_rewritten(shop: Workshop) -> None:
    from frivillig_cli.store.register import Command

    from .conftest import NOW

    with shop.register._transaction(Command("migrate", "tester", NOW), schema=True):
        shop.register.execute(
            "CREATE TABLE journal (id INTEGER PRIMARY KEY, org_id INTEGER REFERENCES org (id))"
        )
        shop.register.execute(
            "CREATE TRIGGER journal_u BEFORE UPDATE ON journal"
            " BEGIN SELECT raise(ABORT, 'append-only: journal'); END"
        )
    keep, drop = shop.org("Fossen vel"), shop.org("Fossen vel")
    shop.put("journal", org_id=drop)
    before = shop.dump()
    with pytest.raises(RefusedError, match="never rewritten"):
        shop.merge(ORG, keep, drop)
    assert shop.dump() == before


def test_every_tie_to_an_organisation_or_a_person_is_by_id(shop: Workshop) -> None:
    """The walk follows ids; a foreign key to another column would be left behind."""
    tables = Tables(shop.register)
    for table in tables.names:
        for key in shop.register.rows(f'PRAGMA foreign_key_list("{table}")'):
            assert key["to"] in (None, "id"), (table, key["from"])


@pytest.mark.parametrize(
    ("take", "keep", "words"),
    [(["nonsense"], [], "no field"), (["email"], ["E-mail"], "both"),
     (["phone"], ["phone"], "both"), (["confirmed"], [], "no field")],
)  # fmt: skip
def test_a_field_that_cannot_be_chosen_is_wrong_usage(take, keep, words) -> None:
    with pytest.raises(UsageError, match=words):
        choices(ORG, take, keep)


def test_a_value_that_drop_does_not_have_cannot_be_taken(shop: Workshop) -> None:
    keep, drop = shop.org("Fossen vel", email="a@fossen.example"), shop.org("Fossen vel")
    with pytest.raises(RefusedError, match="no other value"):
        shop.merge(ORG, keep, drop, take=["email"])
    with pytest.raises(RefusedError, match="itself"):
        shop.merge(ORG, keep, keep)

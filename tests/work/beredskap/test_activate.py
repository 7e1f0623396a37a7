from __future__ import annotations

import json

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries
from frivillig_cli.records.agreement import actions as agreements
from frivillig_cli.work.beredskap import view_json

KARI, OLA = "+4790111222", "+4790111223"


def test_a_person_in_two_groups_is_one_row_with_both(world, group):
    other = world.group(world.org("Lier Røde Kors"), "Vakt")
    kari = world.person("Kari", KARI, group=[group, other])
    seen = world.view(world.activate())
    assert [row.person_id for row in seen.rows] == [kari]
    assert {seat.name for seat in seen.rows[0].groups} == {"Omsorg", "Vakt"}


def test_every_one_who_is_left_out_is_named_with_the_reason(world, group):
    old = world.org("Lier skytterlag")
    ended = world.agreement(old, to_date="2026-10-31")
    away = world.group(old, "Vakt", agreement=ended)
    expected = {
        world.person("Gammel", KARI, group=group, status="archived"): "inactive",
        world.person("Ung", KARI, group=group, minor=1): "minor",
        world.person("Vakt", KARI, group=away): "agreement_expired",
        world.person("Ute", KARI, group=group, opted_out_until="2026-12-01"): "opted_out_until",
        world.person("Taus", group=group): "no_number",
    }
    here = world.person("Her", KARI, group=group)
    seen = world.view(world.activate())
    assert {row.person_id: row.reason for row in seen.excluded} == expected
    assert [row.person_id for row in seen.eligible] == [here]


def test_a_group_without_an_agreement_takes_the_only_one_in_force(world):
    org = world.org()
    world.agreement(org, to_date="2026-02-01", event_payer="other")
    group = world.group(org)
    world.agreement(org, event_payer="municipality")
    world.person("Kari", KARI, group=group)
    seen = world.view(world.activate())
    assert seen.activation.payer == "municipality"
    assert len(seen.eligible) == 1


def test_a_group_with_no_agreement_at_all_is_eligible(world):
    group = world.group(world.org())
    world.person("Kari", KARI, group=group)
    seen = world.view(world.activate())
    assert (len(seen.eligible), seen.activation.payer) == (1, "to_be_settled")


def test_agreements_that_name_different_payers_leave_it_to_be_settled(world, group):
    org = world.org("Lier Røde Kors")
    world.agreement(org, exercise_payer="association", event_payer="rescue_service")
    other = world.group(org, "Vakt")
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=other)
    assert world.view(world.activate()).activation.payer == "to_be_settled"
    assert world.view(world.activate(kind="exercise")).activation.payer == "association"
    assert world.view(world.activate("To", groups=(group,))).activation.payer == "municipality"


def test_an_agreement_edited_later_changes_no_activation(world, group):
    world.person("Kari", KARI, group=group)
    before = world.view(world.activate()).activation
    with world.change() as register:
        changes = {"event_payer": "other", "to_date": "2026-11-01", "title": "Ny"}
        agreements.edit(register, 1, changes, now=world.now)
    after = world.view(before.id)
    assert after.activation == before
    assert len(after.eligible) == 1


def test_the_name_is_a_snapshot_and_the_number_one_until_it_is_over(world, group):
    from frivillig_cli.work.beredskap import steps

    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    with world.change() as register:
        register.update("person", kari, name="Kari Ny")
        register.execute("UPDATE person_phone SET number = ?", (OLA,))
    row = world.row(new, kari)
    assert (row.name, row.usable) == ("Kari", (OLA,))
    assert world.next(new).phones == [OLA]
    world.call(new, kari, "no")
    with world.change() as register:
        steps.end(register, new, by="anne", force=False, reason=None, now=world.now)
        register.execute("UPDATE person_phone SET number = ?", (KARI,))
    assert world.row(new, kari).usable == (OLA,)


def test_a_protected_person_is_on_the_list_without_a_number_anywhere(world, group):
    kari = world.person("Kari", KARI, group=group, protected=1)
    world.person("Ola", KARI, group=group)
    new = world.activate()
    data = view_json.to_json(world.view(new), [])
    calls = {call["person_id"]: call for call in data["calls"]}
    assert calls[kari]["phones"] == []
    assert all(call["shared_with"] == [] for call in calls.values())
    stored = world.register.rows("SELECT phones FROM callout WHERE person_id = ?", (kari,))
    assert [json.loads(row[0]) for row in stored] == [[]]
    world.call(new, kari, "no-answer")
    assert world.register.value("SELECT count(*) FROM attempt WHERE number IS NOT NULL") == 0
    assert all("90 11" not in entry.text for entry in queries.log(world.register, new))


def test_one_who_becomes_protected_later_loses_the_number_at_once(world, group):
    kari = world.person("Kari", KARI, group=group)
    new = world.activate()
    with world.change() as register:
        register.update("person", kari, protected=1)
    assert world.row(new, kari).usable == ()


def test_shared_numbers_name_each_other(world, group):
    kari = world.person("Kari", KARI, group=group)
    ola = world.person("Ola", OLA, KARI, group=group)
    calls = view_json.to_json(world.view(world.activate()), [])["calls"]
    assert {c["person_id"]: c["shared_with"] for c in calls} == {kari: ["Ola"], ola: ["Kari"]}


def test_busy_counts_only_activations_of_the_same_kind(world, group):
    kari = world.person("Kari", KARI, group=group)
    world.call(world.activate("Øvelse", kind="exercise"), kari, "yes")
    first = world.activate("Flom")
    assert len(world.view(first).eligible) == 1
    world.call(first, kari, "yes")
    assert world.row(world.activate("Brann"), kari).reason == "busy_other_activation"
    assert world.row(world.activate("Flom igjen", continues=first), kari).reason is None


def test_numbers_are_per_year_and_kind(world, group):
    kinds = ["real", "real", "exercise", "contact_test"]
    numbers = [world.view(world.activate(kind, kind=kind)).activation.number for kind in kinds]
    assert numbers == ["2026-R-001", "2026-R-002", "2026-Ø-001", "2026-V-001"]
    for typed in ("2026-Ø-001", "2026-ø-1", "2026-o-001"):
        assert queries.activation_id(world.register, typed) == 3


def test_the_new_year_begins_on_norwegian_time(world, group):
    from datetime import UTC, datetime

    world.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert world.view(world.activate()).activation.number == "2027-R-001"


def test_a_dry_run_shows_the_same_list_and_leaves_the_bytes_unchanged(world, group):
    world.person("Kari", KARI, group=group)
    world.person("Taus", group=group)
    before = world.register.path.read_bytes()
    seen = world.activate(dry_run=True, needs={None: 2})
    assert world.register.path.read_bytes() == before
    real = world.view(world.activate(needs={None: 2}))
    assert [(r.name, r.reason, r.row_code) for r in seen.rows] == [
        (r.name, r.reason, r.row_code) for r in real.rows
    ]
    assert seen.activation.number == real.activation.number


def test_a_skill_or_a_group_that_was_not_asked_for_is_not_on_the_list(world, group):
    other = world.group(world.org("Lier Røde Kors"), "Vakt")
    kari = world.person("Kari", KARI, group=group, skills=["sjåfør"])
    world.person("Ola", OLA, group=group)
    world.person("Per", OLA, group=other, skills=["sjåfør"])
    seen = world.view(world.activate(groups=(group,), skills=("Sjåfør",)))
    assert [row.person_id for row in seen.rows] == [kari]


def test_a_skill_that_nobody_has_starts_nothing_and_those_there_are_are_named(world, group):
    world.person("Kari", KARI, group=group, skills=["sjåfør", "Omsorg"])
    with pytest.raises(RefusedError, match="nosuch") as refused:
        world.activate(skills=("nosuch",))
    assert "Omsorg, sjåfør" in refused.value.hint
    assert queries.under_way(world.register) == []


def test_a_group_that_was_asked_for_and_is_empty_starts_nothing(world, group):
    world.person("Kari", KARI, group=world.group(world.org("Lier Røde Kors"), "Vakt"))
    with pytest.raises(RefusedError, match="Omsorg"):
        world.activate(groups=(group,))
    assert queries.under_way(world.register) == []


def test_without_a_group_nothing_is_started(world):
    with pytest.raises(RefusedError, match="no group"):
        world.activate()
    assert queries.under_way(world.register) == []


def test_what_was_not_stated_is_logged_as_not_stated(world, group):
    (entry,) = queries.log(world.register, world.activate(asked_by="politiet"))
    assert (entry.type, entry.seq) == ("alert", 1)
    assert "Asked by: politiet. Decided by: not stated." in entry.text


@pytest.mark.parametrize("field", ["title", "place", "asked_by", "decided_by", "external_ref"])
def test_a_birth_number_is_refused_in_every_text(world, group, field):
    values = {"title": "Flom", field: "se 01010750160"}
    with pytest.raises(RefusedError) as refused:
        world.activate(**values)
    assert "50160" not in refused.value.message
    assert queries.under_way(world.register) == []


def test_a_place_of_the_register_brings_its_key_holder(world, group):
    holder = world.person("Ola Vik", OLA)
    with world.change() as register:
        from frivillig_cli.records.resource import actions

        values = {"street": "Bruveien 2"}
        house = actions.add(register, "Lier sanitetshus", 1, {**values, "key_holder_id": holder})
    found = world.view(world.activate(place="sanitetshus")).activation
    assert (found.place, found.place_id) == ("Lier sanitetshus", house)
    assert world.view(world.activate("To", place="Ved brua")).activation.place_id is None


def test_one_agreement_does_not_pay_for_the_people_of_a_group_that_has_none(world, group):
    none = world.group(world.org("Lier Røde Kors"), "Vakt")
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=none)
    new = world.activate()
    assert world.view(new).activation.payer == "to_be_settled"
    (told,) = [one.text for one in queries.log(world.register, new) if one.type == "decision"]
    assert "Vakt has no agreement" in told
    only = world.activate("To", groups=(group,))
    assert world.view(only).activation.payer == "municipality"
    assert len(queries.log(world.register, only)) == 1


def test_one_who_sits_in_two_groups_is_paid_by_the_agreement_of_the_one_that_has_it(world, group):
    org = world.org("Lier matlag")
    world.agreement(org, event_payer="association", to_date="2026-10-31")
    world.person("Kari", KARI, group=[group, world.group(org, "Mat")])
    new = world.activate()
    assert world.view(new).activation.payer == "municipality"
    assert [one.type for one in queries.log(world.register, new)] == ["alert"]


@pytest.mark.parametrize(
    "values", [{"to_date": "2026-10-31"}, {"ended": "2026-10-31"}, {"from_date": "2027-01-01"}]
)
def test_a_group_whose_only_agreement_is_not_in_force_is_left_out_unless_it_is_overridden(
    world, values
):
    org = world.org()
    group = world.group(org)  # never tied to the agreement by hand
    world.agreement(org, event_payer="municipality", **values)
    kari = world.person("Kari", KARI, group=group)
    assert world.row(world.activate(), kari).reason == "agreement_expired"
    called = world.activate("To", expired_because="flommen venter ikke")
    assert world.row(called, kari).reason is None
    assert world.view(called).activation.payer == "to_be_settled"


def test_of_agreements_that_have_all_run_out_none_lets_its_people_be_called(world):
    org = world.org()
    group = world.group(org)
    for year in ("2024", "2025"):
        world.agreement(org, year, from_date=f"{year}-01-01", to_date=f"{year}-12-31")
    kari = world.person("Kari", KARI, group=group)
    assert world.row(world.activate(), kari).reason == "agreement_expired"


def test_one_whose_agreement_has_run_out_is_taken_in_with_a_reason_only(world, group):
    from frivillig_cli.work.beredskap import steps

    world.person("Kari", KARI, group=group)
    old = world.org("Lier Røde Kors")
    world.agreement(old, to_date="2026-10-31")
    ola = world.person("Ola", OLA, group=world.group(old, "Vakt"))
    new = world.activate(groups=(group,))

    def include(reason):
        with world.change() as register:
            steps.include(register, new, str(ola), by="anne", reason=reason, now=world.now)

    with pytest.raises(RefusedError):
        include(None)
    include("hun står her")
    assert world.row(new, ola).selection == "eligible"

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.activation import queries

KARI, OLA, PER = "+4790111222", "+4790111223", "+4790111224"


@pytest.fixture
def people(world, group):
    kari = world.person("Kari", KARI, group=group, postcode="3400", city="Lier")
    ola = world.person("Ola", OLA, group=group, postcode="3410", city="Sylling", language="en")
    per = world.person(
        "Per", PER, group=group, postcode="0150", city="Oslo", protected=1, status="active"
    )
    with world.change() as register:
        register.update("volunteer", per, languages="arabisk, polsk", driving_licence=1)
    return kari, ola, per


def names(seen):
    return [row.name for row in seen.rows]


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        ({"areas": ("3400",)}, ["Kari", "Per"]),
        ({"areas": ("34",)}, ["Kari", "Ola", "Per"]),
        ({"areas": ("SYLLING", "lier")}, ["Kari", "Ola", "Per"]),
        ({"languages": ("Polsk",)}, ["Per"]),
        ({"languages": ("engelsk",)}, ["Ola"]),
        ({"languages": ("en", "arabisk")}, ["Ola", "Per"]),
        ({"driving_licence": True}, ["Per"]),
        ({"driving_licence": True, "areas": ("3400",)}, ["Per"]),
    ],
)
def test_the_list_holds_those_who_fit_what_was_asked_for(world, people, wanted, listed):
    seen = world.activate(dry_run=True, **wanted)
    assert names(seen) == listed


def test_where_a_protected_person_lives_is_not_let_on_by_an_area(world, people):
    for area in ("3400", "0150", "9999"):
        assert "Per" in names(world.activate(dry_run=True, areas=(area,)))


def test_those_of_whom_nobody_knows_where_they_live_are_named(world, people, group):
    """Not the protected one, who is on every list, and not one who lives elsewhere."""
    world.person("Uten Adresse", "+4790111225", group=group)
    world.person("Bare Sted", "+4790111226", group=group, city="Lier")
    world.person("Kun Kode", "+4790111227", group=group, postcode="3412")

    def said(**wanted):
        new = world.activate(**wanted)
        return [line.text for line in queries.log(world.register, new) if "where they" in line.text]

    assert said(areas=("34",)) == [
        "2 people are not on the list, as the register does not know where they live:"
        " Bare Sted, Uten Adresse."
    ]
    (line,) = said(title="To", areas=("lier",))
    assert line.startswith("2 people") and "Kun Kode, Uten Adresse" in line
    (line,) = said(title="Tre", areas=("Lier", "34"))
    assert line.startswith("1 person is") and "Uten Adresse" in line
    assert said(title="Fire", areas=("Lier",), languages=("polsk",)) == []
    with pytest.raises(RefusedError, match="fits") as refused:
        world.activate(title="Seks", areas=("Lier",), languages=("kinesisk",))
    assert "where they live" not in refused.value.hint
    with world.change() as register:
        register.update("person", people[2], protected=0)
    with pytest.raises(RefusedError, match="fits") as refused:
        world.activate(title="Sju", areas=("9999",))
    assert "2 people are not on the list" in refused.value.hint
    assert said(title="Fem") == []


def test_what_it_was_narrowed_to_stands_in_the_log_and_nobody_starts_nothing(world, people):
    new = world.activate(areas=("3400",), languages=())
    assert "Only those who fit: area 3400." in [
        line.text for line in queries.log(world.register, new)
    ]
    with pytest.raises(RefusedError, match="fits: language kinesisk"):
        world.activate(languages=("kinesisk",))


def test_only_groups_under_an_agreement(world, group):
    other = world.org("Røde Kors")
    agreement = world.agreement(other, "Avtale to", event_payer="association")
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=world.group(other, "Vakt"))
    seen = world.activate(dry_run=True, agreements=(agreement,))
    assert names(seen) == ["Ola"]
    assert seen.activation.payer == "association"
    with pytest.raises(RefusedError, match="under that agreement"):
        world.activate(agreements=(99,))


def test_an_expired_agreement_is_passed_over_only_for_a_reason_and_binds_nobody_to_pay(
    world, group
):
    other = world.org("Røde Kors")
    old = world.agreement(
        other, "Gammel", from_date="2020-01-01", to_date="2021-01-01", event_payer="municipality"
    )
    world.person("Kari", KARI, group=group)
    world.person("Ola", OLA, group=world.group(other, "Vakt", agreement=old))
    seen = world.activate(dry_run=True)
    assert [(row.name, row.reason) for row in seen.rows] == [
        ("Kari", None), ("Ola", "agreement_expired"),
    ]  # fmt: skip
    assert seen.activation.payer == "municipality"
    new = world.activate(expired_because="liv og helse")
    seen = world.view(new)
    assert [row.reason for row in seen.rows] == [None, None]
    assert seen.activation.payer == "to_be_settled"
    assert "Gammel (Røde Kors). Why: liv og helse" in queries.log(world.register, new)[-1].text

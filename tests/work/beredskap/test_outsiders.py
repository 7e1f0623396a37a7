"""Who pays when one is taken in whom no agreement of the call-out covers."""

from __future__ import annotations

from frivillig_cli.records.activation import queries
from frivillig_cli.work.beredskap import steps

KARI, OLA = "+4790111222", "+4790111223"


def taken_in(world, new, who, reason="trengs"):
    with world.change() as register:
        steps.include(register, new, str(who), by="anne", reason=reason, now=world.now)
    activation = queries.get(world.register, new)
    return activation, queries.log(world.register, new)[-1].text


def test_who_pays_is_to_be_settled_when_one_outside_the_agreement_is_taken_in(world, group):
    world.person("Kari", KARI, group=group)
    old = world.org("Lier Røde Kors")
    world.agreement(old, to_date="2026-10-31", event_payer="municipality")
    bare = world.group(world.org("Grannehjelp"), "Naboer")
    for outside in (
        world.person("Ola", OLA, group=world.group(old, "Vakt")),
        world.person("Per", "+4790111333", group=bare),
        world.person("Ny", "+4790111444"),
    ):
        new = world.activate(f"Brann {outside}", groups=(group,))
        assert queries.get(world.register, new).payer == "municipality"
        activation, said = taken_in(world, new, outside)
        assert activation.payer == "to_be_settled"
        assert "to be settled" in said and world.row(new, outside).name in said
        assert [one["id"] for one in activation.agreements] == [1]


def test_the_agreement_of_one_who_is_taken_in_joins_those_of_the_call_out(world, group):
    kari = world.person("Kari", KARI, group=group)
    other = world.org("Lier Røde Kors")
    theirs = world.agreement(other, event_payer="municipality")
    ola = world.person("Ola", OLA, group=world.group(other, "Vakt"))
    dear = world.org("Grannehjelp")
    world.agreement(dear, event_payer="association")
    per = world.person("Per", "+4790111333", group=world.group(dear, "Naboer"))
    same = world.person("Eva", "+4790111444", group=world.group(1, "Kokker"))
    new = world.activate(groups=(group,))
    activation, said = taken_in(world, new, same)
    assert activation.payer == "municipality" and "Eva is taken in" in said
    activation, said = taken_in(world, new, ola)
    assert activation.payer == "municipality" and f"agreement {theirs}" in said
    assert [one["id"] for one in activation.agreements] == [1, theirs]
    activation, said = taken_in(world, new, per)
    assert activation.payer == "to_be_settled" and "to be settled" in said
    with world.change() as register:
        steps.exclude(register, new, str(kari), by="anne", reason=None, now=world.now)
    activation, said = taken_in(world, new, kari)
    assert "Kari is taken in" in said

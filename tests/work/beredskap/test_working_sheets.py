"""The sheets of the pack that are written on by hand."""

from __future__ import annotations

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.sheets import Table
from frivillig_cli.documents.sheets_html import sheets_html
from frivillig_cli.work.beredskap import sheets
from tests.work.beredskap.test_promises import promise


def made(world, activation):
    with in_language("nb"):
        seen = world.view(activation)
        return sheets.call_list(seen, sheets.paper(world.register, seen, world.now))


def table(pack, title):
    section = next(one for one in pack.sections if one.title == title)
    return next(block for block in section.blocks if isinstance(block, Table))


def test_the_pack_has_its_parts_in_order(world, group):
    world.person("Kari", "+4790111222", group=group)
    world.person("Uten nummer", group=group)
    org = world.org("Lier Røde Kors")
    with world.change() as register:
        register.insert("resource", org_id=org, name="Huset", name_sort="huset",
                        name_search="huset")  # fmt: skip
    pack = made(world, world.activate(place="Huset"))
    assert [section.title for section in pack.sections] == [
        "Forside", "Ringeliste", "Utelatt", "Lokale", "Oppmøte", "Logg", "Dimittering",
        "Kvittering",
    ]  # fmt: skip


def test_who_said_yes_is_filled_in_and_there_is_room_for_others(world, group):
    world.person("Kari", "+4790111222", group=group)
    world.person("Ola", "+4790111223", group=group)
    activation = world.activate(needs={None: 1})
    world.call(activation, "Kari", "yes")
    for title in ("Oppmøte", "Dimittering"):
        sheet = table(made(world, activation), title)
        assert [row[1] for row in sheet.rows] == ["Kari"] and sheet.blank_rows >= 8


def test_those_without_a_name_whom_a_leader_promised_have_a_line_to_be_told_on(world, group):
    for n in range(3):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    activation = world.activate(needs={None: 3})
    world.call(activation, "Person 0", "yes")
    promise(world, activation, group, 3)
    pack = made(world, activation)
    assert [row[1] for row in table(pack, "Dimittering").rows] == [
        "Person 0", "Omsorg (2 uten navn)",
    ]  # fmt: skip
    assert [row[1] for row in table(pack, "Oppmøte").rows] == ["Person 0"]


def test_a_test_of_numbers_calls_nobody_in(world, group):
    world.person("Kari", "+4790111222", group=group)
    titles = [s.title for s in made(world, world.activate(kind="contact_test")).sections]
    assert "Oppmøte" not in titles and "Dimittering" not in titles and "Logg" in titles


def test_sheets_to_write_on_are_not_on_the_phone(world, group):
    world.person("Kari", "+4790111222", group=group)
    page = sheets_html(made(world, world.activate()), "nb")
    assert "Kvittering" not in page and "Dimittering" not in page


def test_evacuees_are_sent_elsewhere(world, group):
    world.person("Kari", "+4790111222", group=group)
    pack = made(world, world.activate())
    section = next(one for one in pack.sections if one.title == "Oppmøte")
    assert "Evakuerte skal ikke stå her" in section.blocks[0].text

"""The call list on paper: what a row says in its two lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.sheets import Boxes, Entry, Facts, Items, Phone, Table, Text
from frivillig_cli.work.beredskap import changes, files, group_answers, sheets
from frivillig_cli.work.beredskap.deal import deal

KARI, OLA = "+4790111222", "+4790111223"


def paper_of(world, activation):
    with in_language("nb"):
        seen = world.view(activation)
        made = sheets.call_list(seen, sheets.paper(world.register, seen, world.now))
        section = next(s for s in made.sections if s.title == "Ringeliste")
    return section.blocks, next(b for b in section.blocks if isinstance(b, Table))


def test_groups_are_letters_with_a_key_at_the_foot(world, group):
    other = world.group(world.org("Lier Røde Kors"), "Vakt", order=2)
    world.person("Kari", KARI, group=group, role="leader", skills=["data", "omsorg"])
    world.person("Ola", OLA, group=[other, group])
    _blocks, table = paper_of(world, world.activate(needs={"omsorg": 2}))
    assert table.key.replace("\xa0", " ") == "A Omsorg · B Vakt"
    entries = [row[1] for row in table.rows]
    assert entries == [Entry("Kari", "leder", "A · omsorg, data"), Entry("Ola", "", "A B")]


def test_both_numbers_stand_in_one_cell_and_a_protected_ones_do_not(world, group):
    world.person("Kari", KARI, OLA, group=group)
    world.person("Skjult", "+4790111224", group=group, protected=1)
    _blocks, table = paper_of(world, world.activate())
    assert {row[2] for row in table.rows} == {(Phone(KARI), Phone(OLA)), "skjermet"}


def test_a_long_key_stands_once_and_not_on_every_page(world):
    org = world.org()
    groups = [world.group(org, f"Beredskapsgruppen i bygda {n:02}") for n in range(30)]
    world.person("Kari", KARI, group=groups)
    blocks, table = paper_of(world, world.activate())
    [key] = [block for block in blocks if isinstance(block, Items)]
    assert table.key == "" and len(key.items) == 30
    assert key.items[-1] == "AD Beredskapsgruppen i bygda 29"


def test_a_number_that_many_share_names_two_of_them(world, group):
    for n in range(6):
        world.person(f"Person {n}", KARI, group=group)
    _blocks, table = paper_of(world, world.activate())
    assert table.rows[0][1].below.endswith("samme nummer som Person 1, Person 2 +3")


def test_who_shares_a_number_is_told_apart_from_another_of_the_same_name(world, group):
    for name, number in (("Kari", KARI), ("Ola", KARI), ("OLA", OLA), ("Per", OLA)):
        world.person(name, number, group=group)
    _blocks, table = paper_of(world, world.activate())
    kari, ola, other, per = ((row[0], row[1].below) for row in table.rows)
    assert kari[1].endswith(f"samme nummer som Ola ({ola[0]})")
    assert per[1].endswith(f"samme nummer som OLA ({other[0]})")
    assert ola[1].endswith("som Kari") and other[1].endswith("som Per")


def test_the_first_of_a_long_list_are_printed_and_it_says_so(world, group):
    for n in range(3):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    with in_language("nb"):
        seen = world.view(world.activate())
        made = sheets.call_list(seen, sheets.paper(world.register, seen, world.now), 2)
    blocks = next(s for s in made.sections if s.title == "Ringeliste").blocks
    assert isinstance(blocks[0], Text) and "2 av 3" in blocks[0].text
    assert "frivillig beredskap print --all" in blocks[0].text
    assert isinstance(blocks[-1], Text) and blocks[-1].text.startswith("1 til står på listen")


def test_a_character_that_cannot_be_printed_is_told(world, group, tmp_path):
    world.person("Kari 🌊", KARI, group=group)
    seen = world.view(world.activate())
    done = files.write(seen, sheets.paper(world.register, seen, world.now), tmp_path)
    assert [note for note in done.notes if "U+1F30A" in note] and not done.failed


def test_a_list_that_is_dealt_gives_each_caller_a_share_of_the_need(world, group):
    for n in range(7):
        world.person(f"Person {n}", f"+479011122{n}", group=group)
    with in_language("nb"):
        seen = world.view(world.activate(needs={None: 5, "omsorg": 1}))
        paper = sheets.paper(world.register, seen, world.now)
        made = [sheets.call_list(seen, paper, part=part) for part in deal(seen, 2)]
    covers = [one.sections[0].blocks for one in made]
    boxes = [[block for block in cover if isinstance(block, Boxes)] for cover in covers]
    assert [[one.count for one in own] for own in boxes] == [[2, 1], [3, 0]]
    assert boxes[0][0].note == "STOPP ved 2, av 5 for alle listene"
    assert boxes[1][1].note.startswith("ring ingen for dette herfra")
    listed = [dict(block.rows)["På listen"] for cover in covers for block in cover
              if isinstance(block, Facts) and "På listen" in dict(block.rows)]  # fmt: skip
    assert listed == ["4", "3"]
    assert ["(1 av 2)" in made[0].title, "(2 av 2)" in made[1].title] == [True, True]
    assert all(any("delt på 2 lister" in getattr(b, "text", "") for b in c) for c in covers)


@pytest.mark.parametrize(
    ("skilled", "needs", "shares"),
    [
        ({0: "sjåfør", 2: "sjåfør"}, {"sjåfør": 2, None: 2}, [[2, 1], [0, 1]]),
        ({0: "sjåfør", 1: "sjåfør"}, {"sjåfør": 2, None: 3}, [[1, 2], [1, 1]]),
        ({0: "sjåfør", 2: "sjåfør", 4: "sjåfør", 1: "omsorg"},
         {"sjåfør": 2, "omsorg": 2}, [[2, 1], [0, 1]]),
        (dict.fromkeys((0, 1, 3, 5), "omsorg"), {"omsorg": 4}, [[1], [3]]),
        ({0: "sjåfør,omsorg", 1: "omsorg"}, {"sjåfør": 1, "omsorg": 1}, [[1, 0], [0, 1]]),
    ],
)  # fmt: skip
def test_a_callers_share_is_found_among_those_on_the_list(world, group, skilled, needs, shares):
    for n in range(7):
        own = tuple(filter(None, skilled.get(n, "").split(",")))
        world.person(f"Person {n}", f"+479011122{n}", group=group, skills=own)
    seen = world.view(world.activate(needs=needs))
    by_need = {need.skill: need.id for need in seen.needs}
    parts = deal(replace(seen, rows=sorted(seen.rows, key=lambda row: row.name)), 2)
    assert [[part.shares.get(by_need[skill], 0) for skill in needs] for part in parts] == shares


def test_a_cover_printed_meanwhile_counts_those_who_have_said_yes(world, group):
    people = [world.person(f"Person {n}", f"+479011122{n}", group=group) for n in range(6)]
    new = world.activate(needs={None: 5})
    for person in people[:2]:
        world.call(new, person, "yes")
    with world.change() as register:
        promise = group_answers.Promise(4, "anne", asked=6)
        group_answers.record(register, new, group, promise, now=world.now)
    assert cover_of(world, new) == [(1, "4 av 5 har sagt ja: STOPP ved 1 til")]
    with world.change() as register:
        changes.need(register, new, {None: 3}, by="anne", now=world.now)
    [(boxes, note)] = cover_of(world, new)
    assert (boxes, note) == (0, "dekket, 3 av 3: ring ingen flere til dette")


def cover_of(world, activation):
    with in_language("nb"):
        seen = world.view(activation)
        made = sheets.call_list(seen, sheets.paper(world.register, seen, world.now))
    cover = made.sections[0].blocks
    said = [dict(one.rows).get("Gruppe") for one in cover if isinstance(one, Facts)]
    assert "Omsorg: 4 av 6 kommer · 2 med navn" in said
    return [(one.count, one.note) for one in cover if isinstance(one, Boxes)]

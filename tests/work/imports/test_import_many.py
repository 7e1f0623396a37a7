"""New associations are written many at a time; what comes of it is as if each came alone."""

from itertools import product

import pytest

from frivillig_cli.core.likeness import named
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import apply, match, newcomers, orgs
from frivillig_cli.work.imports.decisions import NEW, Decisions
from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.match import Index
from frivillig_cli.work.imports.record import Record

TITLES = ["Navn", "Orgnr", "E-post", "Telefon", "Poststed", "Stikkord", "Leder"]
ROWS = [
    ["Lier sanglag", "974760673", "sang@lag.example", "32220100", "Lier", "", ""],
    ["Egge hagelag", "", "hage@lag.example", "", "Egge", "hage; natur", ""],
    ["Tranby turlag", "", "", "32220101", "Tranby", "", "Kari Nordmann"],
    # about one of this file that may not be written yet: a blank filled, and the same again
    ["Lier sanglag", "974760673", "sang@lag.example", "", "Lier", "sang", ""],
    ["Lier sanglag", "974760673", "sang@lag.example", "", "Lier", "sang", ""],
    ["Fra før", "", "", "32220102", "Lier", "", ""],
    *[[f"Velforening {n}", "", f"vel{n}@lag.example", "", "Lier", "", ""] for n in range(9)],
]


@pytest.mark.parametrize("together", [1, 2, 5, 1000])
def test_how_many_are_written_at_a_time_makes_no_difference(
    register, write, take_in, add_org, monkeypatch, together
):
    monkeypatch.setattr(newcomers, "_TOGETHER", together)
    add_org(name="Fra før", city="Lier")
    before = register.value("SELECT count(*) FROM event WHERE table_name = 'org'")
    result = take_in(write([TITLES, *ROWS]))
    assert (result.created, result.changed, len(result.skipped)) == (12, 2, 1)
    listed = register.rows("SELECT id, name, status, phone FROM org ORDER BY id")
    first = [(2, "Lier sanglag", "active", "+4732220100"), (3, "Egge hagelag", "active", None)]
    assert [tuple(row) for row in listed[1:3]] == first
    assert [row["id"] for row in listed] == list(range(1, 14))
    tags = register.rows("SELECT org_id, tag FROM org_tag ORDER BY org_id, tag")
    assert [tuple(row) for row in tags] == [(2, "sang"), (3, "hage"), (3, "natur")]
    assert register.value("SELECT org_id FROM contact") == 4
    written = register.value("SELECT count(*) FROM event WHERE table_name = 'org'") - before
    assert written == 12 + 1  # each new one, and the phone of the one from before


def test_each_is_found_by_search_and_stands_in_the_history(register, write, take_in):
    take_in(write([TITLES, *ROWS]))
    found = register.rows("SELECT rowid, title FROM search WHERE title LIKE '%velforening%'")
    assert len(found) == 9
    for row in register.rows("SELECT id, name_search, search FROM org"):
        kept = register.row("SELECT title, body FROM search WHERE rowid = ?", (row["id"] * 8 + 1,))
        assert tuple(kept) == (f" {row['name_search']}", f" {row['search']}")
    made = register.rows(
        "SELECT row_id FROM event WHERE table_name = 'org' AND op = 'i' ORDER BY seq"
    )
    listed = register.rows("SELECT id FROM org ORDER BY id")
    assert [row[0] for row in made] == [row[0] for row in listed]


@pytest.mark.parametrize("long", [1, 2000])
def test_a_long_list_leaves_the_search_index_set_up_as_it_was(
    register, write, take_in, monkeypatch, long
):
    asked = []
    set_up = Register._set_up_index
    monkeypatch.setattr(
        Register, "_set_up_index",
        lambda own, settings: (asked.append(settings["automerge"]), set_up(own, settings)),
    )  # fmt: skip
    monkeypatch.setattr(apply, "_LONG", long)
    take_in(write([TITLES, *ROWS]))
    assert asked == ([0, 4, 0, 4] if long == 1 else [])  # looked at, and then for real
    assert register.value("PRAGMA cache_size") == (-32_000 if long == 1 else -8000)
    kept = dict(map(tuple, register.rows("SELECT k, v FROM search_config")))
    assert kept.get("automerge", 4) == 4 and kept.get("hashsize", 1 << 20) == 1 << 20
    assert len(register.rows("SELECT rowid FROM search WHERE title LIKE '%velforening%'")) == 9


def test_those_that_are_here_are_read_many_at_a_time(register, write, take_in):
    numbers = ["974760673", "200000072", "970168001"]
    path = write([TITLES, *[[f"Lag {n}", n, "", "", "", "kor", ""] for n in numbers]])
    take_in(path)
    asked = []
    register._connection.set_trace_callback(asked.append)
    assert take_in(path, again=True).unchanged == 3
    register._connection.set_trace_callback(None)
    read = [sql for sql in asked if " FROM org WHERE id IN" in sql]
    assert len(read) == 2  # looked at, and then for real
    assert not any("website" in sql for sql in read)  # the file has none


def test_what_names_have_in_common_is_worked_out_for_a_row_that_is_not_here(
    write, take_in, monkeypatch
):
    asked = []
    monkeypatch.setattr(match, "named", lambda name: asked.append(name) or named(name))
    row = ["Lier sanglag", "974760673", "", "", "", "", ""]
    take_in(write([TITLES, row]))
    asked.clear()
    assert take_in(write([TITLES, row]), again=True).unchanged == 1
    assert not asked
    take_in(write([TITLES, row, ["Egge hagelag", "", "", "", "", "", ""]]))
    assert {*asked} == {"Lier sanglag", "Egge hagelag"}


def test_a_second_row_is_compared_with_what_the_first_has_changed(write, take_in, add_org):
    add_org(name="Lier sanglag", orgnr="974760673")
    row = ["Lier sanglag", "974760673", "", "32220100", "", "kor", ""]
    result = take_in(write([TITLES, row, row]))
    assert (result.changed, [skip.row for skip in result.skipped]) == (1, [3])


@pytest.mark.parametrize(("most", "asked"), [(2, 1), (1, 0)])
def test_slips_of_the_finger_are_looked_for_in_all_or_none(
    write, take_in, add_org, monkeypatch, most, asked
):
    monkeypatch.setattr(orgs, "_MOST_WITH_SLIPS", most)
    add_org(name="Lier skolekorps")
    add_org(name="Egge hagelag")
    assert take_in(write([["Navn"], ["Lier skolekrops"]])).rejected_rows == asked


def test_one_made_by_choice_with_the_number_of_one_that_waits_is_refused_alone(write, take_in):
    titles = ["Nummer", "Navn", "Orgnr"]
    rows = [["", "Lier sanglag", "974760673"], ["1", "Egge hagelag", "974760673"]]
    path = write([titles, *rows, ["", "Tranby turlag", ""]])
    columns = {"Nummer": "id"}
    result = take_in(path, mode="ask", columns=columns, decisions=Decisions(lambda *_row: NEW))
    assert (result.created, [entry.row for entry in result.rejected]) == (2, [3])


@pytest.mark.parametrize(("people", "fresh"), [(False, False), (False, True), (True, False)])
def test_what_a_quick_look_calls_new_is_nobody_s_by_the_long_way_either(monkeypatch, people, fresh):
    def shelf():
        index = Index(people=people, slips=not people)
        index.learn(
            Known(
                1, "Lier skolekorps", "974760673", ("Post@Lag.example",), city="lier", fresh=fresh
            )
        )
        index.learn(Known(2, "Tranby IL", phones=("+4732220100",), fresh=fresh))
        index.merged.learn(2, 7, "938505549", ["Ny"])
        return index

    names = ["", "Lier skolekorps", "LIER SKOLE KORPS", "Tranby idrettslag", "Lier skolekorpz"]
    names.append("Ny")
    orgnrs = ["", "974760673", "200000072", "970168001"]
    emails = ["", "post@LAG.example", "annen@lag.example"]
    fields = ("name", "orgnr", "email", "id", "phone")
    rows = [
        Record(2, {field: value for field, value in zip(fields, values, strict=True) if value})
        for values in product(names, orgnrs, emails, ["", "1", "7"], ["", "+4732220100"])
    ]
    index = shelf()
    quick = [index.find(row) for row in rows]
    called_new = [index._is_new(row) for row in rows]
    monkeypatch.setattr(Index, "_is_new", lambda *_any: False)
    index = shelf()
    assert [index.find(row) for row in rows] == quick
    assert any(called_new) == fresh  # else a slip of the finger is looked for

"""`org sync` as it is typed, on a server that answers as the registers do."""

import json
import socket

import pytest

from tests.cli.state_registers import FIRST, SECOND, THIRD, unit
from tests.sources.fake_registers import GONE, roles, update

pytestmark = pytest.mark.usefixtures("nowhere")


def test_the_network_gives_what_the_files_give(cli, fake):
    fake.add(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG"))
    assert "Lier turlag" in cli.ok("org", "sync", "--new", "--yes")
    assert cli.json("org", "sync")["unchanged"] == 2


def test_dissolved_removed_and_moved_ones_are_heard_of(cli, fake):
    fake.add(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG"), unit(THIRD, "LIER HAGELAG"))
    cli.ok("org", "sync", "--new", "--yes")
    fake.units[FIRST] = GONE
    fake.add(unit(SECOND, "LIER TURLAG", slettedato="2026-11-01"))
    there = {"adresse": ["Gata 1"], "postnummer": "3015", "poststed": "DRAMMEN",
             "kommunenummer": "3301"}  # fmt: skip
    fake.add(unit(THIRD, "LIER HAGELAG", forretningsadresse=there))
    data = cli.json("org", "sync", "--yes")
    assert [one["orgnr"] for one in data["purged"]] == [FIRST]
    assert [one["date"] for one in data["dissolved"]] == ["2026-11-01"]
    assert {c["field"] for c in data["changed"][0]["changes"]} == {
        "street", "postcode", "city", "municipality"
    }  # fmt: skip


def test_a_number_that_the_register_does_not_know_is_told(cli, fake):
    cli.ok("org", "add", "Lier sanglag", "--orgnr", FIRST)
    assert [one["orgnr"] for one in cli.json("org", "sync")["unknown"]] == [FIRST]


def test_categories_and_roles_are_asked_for_when_wanted(cli, fake):
    fake.add(unit(FIRST, "LIER SANGLAG"))
    fake.voluntary = [{"organisasjonsnummer": FIRST, "icnpoKategorier": [{"icnpoNummer": "1100"}]}]
    fake.roles[FIRST] = roles(("LEDE", "Ola Vik"))
    cli.ok("org", "sync", "--new", "--yes")
    assert not any("frivillighetsregisteret" in path or "roller" in path for path in fake.asked)
    data = cli.json("org", "sync", "--categories", "--roles", "--yes")
    assert data["changed"][0]["changes"] == [{"field": "category", "old": None, "new": "1100"}]
    assert [office["register"] for office in data["roles"]] == [["Ola Vik"]]


def test_updates_ask_for_nothing_but_what_the_feed_names(cli, fake):
    fake.feed = [update(5, SECOND, "Ny", "2026-11-23")]
    fake.add(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG"))
    cli.ok("org", "sync", "--new", "--yes")
    fake.add(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"))
    fake.feed += [update(7, FIRST, "Endring", "2026-11-24"), update(9, THIRD, "Ny", "2026-11-24")]
    fake.asked.clear()
    data = cli.json("org", "sync", "--updates", "--yes")
    assert [one["orgnr"] for one in data["changed"]] == [FIRST]
    assert not any("kommunenummer" in path or THIRD in path for path in fake.asked)
    fake.feed.append(update(12, SECOND, "Fjernet", "2026-11-25"))
    fake.asked.clear()
    assert [one["orgnr"] for one in cli.json("org", "sync", "--updates", "--yes")["purged"]] == [
        SECOND
    ]
    assert "oppdateringsid=10" in fake.asked[0]


def test_updates_go_on_from_a_comparison_that_changed_nothing(cli, fake):
    fake.feed = [update(5, SECOND, "Ny", "2026-11-20")]  # a Friday, and this is the Monday
    fake.add(unit(FIRST, "LIER SANGLAG"))
    cli.ok("org", "sync", "--new", "--yes")
    cli.ok("undo", "--yes")
    cli.ok("org", "sync")  # proposes, and changes nothing
    fake.feed.append(update(7, FIRST, "Endring", "2026-11-24"))
    fake.asked.clear()
    said = cli.ok("org", "sync", "--updates")
    assert "is not known" not in said
    assert not any("kommunenummer" in path for path in fake.asked)
    fake.asked.clear()
    cli.ok("org", "sync", "--updates")
    assert "oppdateringsid=8" in fake.asked[0]


def test_updates_say_so_when_everything_is_asked_for(cli, fake):
    fake.add(unit(FIRST, "LIER SANGLAG"))
    said = cli.ok("org", "sync", "--updates")
    assert "Where the updates were left is not known: everything was asked for." in said


def test_a_dry_run_leaves_the_mark_of_the_feed(cli, fake):
    fake.feed = [update(5, FIRST, "Ny", "2026-11-23")]
    cli.ok("org", "sync", "--dry-run")
    assert "is not known" in cli.ok("org", "sync", "--updates", "--dry-run")


def test_an_undo_takes_the_sync_back_and_not_only_how_far_the_feed_was_read(cli, fake):
    fake.feed = [update(5, SECOND, "Ny", "2026-11-23")]
    fake.add(unit(FIRST, "LIER SANGLAG"))
    cli.ok("org", "add", "Lier turlag")
    before = [cli.json("org", "list"), cli.json("config", "list")]
    cli.ok("org", "sync", "--new", "--yes")
    for number in (7, 9):
        fake.feed.append(update(number, THIRD, "Ny", "2026-11-24"))
        assert "Nothing to change." in cli.ok("org", "sync", "--updates", "--yes")
    after = cli.json("org", "list")
    assert "org sync  " in cli.ok("undo")
    assert [cli.json("org", "list"), cli.json("config", "list")] == before
    assert "is not known" in cli.ok("org", "sync", "--updates", "--dry-run")
    cli.ok("redo")
    assert cli.json("org", "list") == after
    cli.ok("undo")
    assert "org add" in cli.ok("undo")


def test_a_search_that_stops_short_is_refused(cli, fake):
    units = [unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG")]

    def short(path):
        page = {"totalElements": 3, "totalPages": 2, "size": 2, "number": 0}
        found = {} if "page=1" in path else {"_embedded": {"enheter": units}}
        return 200, {}, json.dumps({**found, "page": page}).encode()

    fake.instead = lambda path: short(path) if "page=" in path else None
    said = cli.refused("org", "sync", "--new", "--yes")
    assert "The state's register gave 2 of 3 units, and stopped." in said
    assert cli.json("org", "list") == []


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>logg inn</html>"),
        (302, {"Location": "http://elsewhere.example/"}, b""),
        (503, {}, b""),
        (400, {}, b"{}"),
        (200, {}, b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
    ],
)
def test_a_bad_answer_is_one_refusal_and_changes_nothing(cli, fake, answer):
    fake.add(unit(FIRST, "LIER SANGLAG"))
    cli.ok("org", "sync", "--new", "--yes")
    before = cli.path.read_bytes()
    fake.instead = lambda _path: answer
    said = cli.refused("org", "sync", "--yes")
    assert len(said.strip().splitlines()) == 2
    assert cli.path.read_bytes() == before


def test_a_failure_half_way_changes_nothing(cli, fake):
    fake.add(unit(FIRST, "LIER SANGLAG"))
    cli.ok("org", "sync", "--new", "--yes")
    fake.add(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"))
    fake.instead = lambda path: (500, {}, b"") if "registrertI" in path else None
    cli.refused("org", "sync", "--yes")
    assert cli.json("org", "list")[0]["email"] == "post@lag.example"


def test_without_a_network_it_is_one_sentence_with_a_way_out(cli, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("FRIVILLIG_BRREG_URL", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        said = cli.refused("org", "sync", "--json")
    assert "cannot be reached" in said and "--from" in said


def test_a_register_of_no_municipality_is_told_how_to_say_it(bare_cli):
    bare_cli.ok("init")
    assert "config set municipality.number" in bare_cli.refused("org", "sync")


def test_the_state_register_is_called_brreg_in_bokmal(cli, save):
    done = cli("org", "sync", "--from", save(unit(FIRST, "LIER SANGLAG")), lang="nb")
    assert "Ikke i ditt register:" in done.out and "foreslått" in done.out

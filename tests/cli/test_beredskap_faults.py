"""What goes wrong around a call-out: the disk, the stick, the clock, the register's own faults."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from frivillig_cli.formats import files as formats_files
from frivillig_cli.store import connection, reach
from tests.conftest import Cli


@pytest.fixture
def ready(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """A group of three with an agreement, in winter."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok(
        "agreement", "add", "sanitet", "Omsorgsberedskap", "--kind", "beredskap", "--from",
        "2026-01-01", "--to", "2028-12-31", "--event-payer", "municipality",
    )  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "sanitet")
    for number, name in enumerate(("Astrid Bakken", "Ola Vik", "Kari Lie")):
        cli.ok("volunteer", "add", name, "--phone", f"9010000{number}")
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    return cli


def activate(cli: Cli, *more: object) -> dict:
    return cli.json("beredskap", "activate", "Flom", "--need", "2", "-o", "ut", *more)


def as_before(cli: Cli, said: int) -> None:
    """The log is as long as it was, its chain holds, and it is plain whom to call."""
    assert len(cli.json("beredskap", "log")) == said
    assert cli("doctor").code == 0


def full(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """From here on the disk has no room for a page more than the register has now."""
    with sqlite3.connect(path) as register:
        pages = register.execute("PRAGMA page_count").fetchone()[0]
    original = connection.connect

    def connect(*arguments: object, **more: object) -> object:
        made = original(*arguments, **more)
        made.execute(f"PRAGMA max_page_count={pages}")
        return made

    for module in (connection, reach):
        monkeypatch.setattr(module, "connect", connect)


def test_a_full_disk_refuses_the_outcome_and_stores_nothing_of_it(
    ready: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    activate(ready)
    with monkeypatch.context() as patch:
        full(patch, ready.path)
        said = 1
        for _ in range(200):  # what room there is left in the file is used up first
            done = ready("beredskap", "call", "Ola Vik", "sms-sent", "--again")
            if done.code:
                break
            said += 1
        assert done.code == 1 and done.out == ""
        assert "disk is full" in done.err and "Traceback" not in done.err
        as_before(ready, said)
        refused = ready.refused("beredskap", "activate", "Ras", "-o", "ras")
        assert "disk is full" in refused
        assert len(ready.json("beredskap", "list")) == 1
    ready.ok("beredskap", "call", "Ola Vik", "yes")
    as_before(ready, said + 1)


def test_a_stick_that_is_full_does_not_stop_a_call_out(
    ready: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:

        def no_room(*_what: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(formats_files.os, "fsync", no_room)
        done = ready("beredskap", "activate", "Flom", "--need", "2", "-o", "stick")
        assert done.code == 3 and "no room left" in done.err and "Traceback" not in done.err
    assert [file.name for file in (tmp_path / "stick").iterdir()] == []
    assert ready.json("beredskap", "next")["name"] == "Astrid Bakken"
    printed = ready.json("beredskap", "print", "-o", "elsewhere")
    assert len(printed["files"]) == 4


def test_a_clock_that_is_five_hours_fast_and_then_right_loses_nobody(
    ready: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T07:00:00+00:00")  # it is 02:00 in truth
    activate(ready)
    first = ready.json("beredskap", "next")
    ready.ok("beredskap", "call", "Ola Vik", "yes", "--eta", "30m")
    ready.ok("beredskap", "call", "Kari Lie", "no-answer")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T02:01:00+00:00")
    done = ready("beredskap", "next", "--json")
    assert done.code == 0 and "clock" in done.err
    # A lease that ends five hours from now is a wrong clock's, and holds nobody back.
    assert first["name"] in done.out
    ready.ok("beredskap", "call", "Kari Lie", "no")
    assert ready.json("beredskap", "status")["needs"][0]["confirmed"] == 1
    report = ready.json("beredskap", "report")
    assert "-" not in str([value for value in report["figures"].values() if isinstance(value, int)])
    log = ready.json("beredskap", "log")
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    assert sum(entry["type"] == "correction" for entry in log) == 1
    ready.ok("beredskap", "arrive", "Ola Vik")
    assert ready.json("beredskap", "end")["state"] == "standing_down"
    ready.ok("beredskap", "leave", "Ola Vik", "--home")
    assert ready.json("beredskap", "end")["state"] == "closed"
    as_before(ready, len(ready.json("beredskap", "log")))


def test_the_night_when_summer_time_ends(ready: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-10-25T00:30:00+00:00")  # 02:30, the first time
    activate(ready)
    ready.ok("beredskap", "call", "Ola Vik", "yes", "--eta", "20m")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-10-25T01:15:00+00:00")  # 02:15, the second time
    ready.ok("beredskap", "call", "Kari Lie", "no")
    refused = ready.refused("beredskap", "call", "Astrid", "yes", "--at", "02:10")
    assert "+02:00" in refused and "+01:00" in refused
    times = [entry["happened"] for entry in ready.json("beredskap", "log")]
    assert times == sorted(times)
    ready.ok("beredskap", "call", "Astrid", "yes", "--at", "2026-10-25T02:10+01:00")
    assert not any(entry["type"] == "correction" for entry in ready.json("beredskap", "log"))
    text = ready.ok("beredskap", "log")
    assert "02:30+02:00" in text and "02:15+01:00" in text
    ready.ok("beredskap", "report", "-o", "rapport.html")
    page = Path("rapport.html").read_text("utf-8")
    assert "02:30+02:00" in page and "02:15+01:00" in page


def test_a_person_who_is_in_the_register_twice_is_called_as_two_who_share_a_number(
    ready: Cli,
) -> None:
    ready.ok("volunteer", "add", "Ola Vik", "--phone", "90100001", "--new-person")
    ready.ok("beredskap", "member", "add", "Omsorg", "4")
    shared = {row["person_id"]: row["shared_with"] for row in activate(ready)["calls"]}
    assert shared[2] == ["Ola Vik"] and shared[4] == ["Ola Vik"]
    assert "fits 2" in ready.refused("beredskap", "call", "Ola Vik", "yes")
    ready.ok("beredskap", "call", "2", "yes")
    assert "under way" in ready.refused("person", "merge", "2", "4", "--yes")
    as_before(ready, 2)
    said = [ready.json("beredskap", "next") for _n in range(3)]
    assert [one["shared_with"] for one in said if one["person_id"] == 4] == [["Ola Vik"]]


def test_where_nobody_has_a_number_it_is_said_and_somebody_can_be_put_on_the_list(
    ready: Cli,
) -> None:
    for name in ("Astrid Bakken", "Ola Vik", "Kari Lie"):
        ready.ok("person", "edit", name, "--phone", "")
    done = ready("beredskap", "activate", "Flom", "--need", "2", "-o", "ut")
    assert done.code == 3 and "Nobody on the list can be called" in done.err
    assert "Nobody is left to call" in ready.refused("beredskap", "next")
    assert "include 2 --reason" in ready.refused("beredskap", "arrive", "Ola Vik")
    ready.ok("beredskap", "include", "2", "--reason", "he is here")
    ready.ok("beredskap", "arrive", "Ola Vik")
    assert ready.json("beredskap", "status")["needs"][0]["confirmed"] == 1
    assert ready("doctor").code == 0


def test_need_zero_starts_covered_and_still_records_who_comes(ready: Cli) -> None:
    ready.ok("beredskap", "activate", "Flom", "--need", "0", "-o", "ut")
    assert "covered" in ready.refused("beredskap", "next")
    answer = ready.json("beredskap", "call", "Ola Vik", "yes")
    assert {row["answer"] for row in ready.json("beredskap", "status")["calls"]} == {
        None, "reserve",
    }, answer  # fmt: skip
    ready.ok("beredskap", "need", "1")
    assert ready.json("beredskap", "next")["name"] == "Ola Vik"


def test_an_agreement_that_is_edited_and_ended_meanwhile_changes_nothing(ready: Cli) -> None:
    before = activate(ready)
    ready.ok("agreement", "edit", "1", "--event-payer", "association")
    ready.ok("agreement", "end", "1")
    ready.ok("beredskap", "expense", "450", "bensin")
    after = ready.json("beredskap", "status")
    assert (after["payer"], after["agreements"]) == (before["payer"], before["agreements"])
    assert ready.json("beredskap", "expense")[0]["payer"] == "municipality"
    assert len(after["calls"]) == 3 and ready.json("beredskap", "next")["phones"]


def test_it_is_said_when_those_on_the_list_cannot_be_enough(ready: Cli) -> None:
    done = ready("beredskap", "activate", "Flom", "--need", "30", "-o", "ut")
    assert done.code == 0 and "not enough" in done.err and "Civil Defence" in done.err
    seen = ready("beredskap", "status")
    assert "not enough" in seen.err and "should do" not in seen.err
    name = ready.json("beredskap", "status")["calls"][0]["name"]
    assert "not enough" in ready("beredskap", "call", name, "no").err


def test_one_who_is_registered_twice_is_pointed_out_all_the_way(ready: Cli) -> None:
    again = ready.json("volunteer", "add", "Kari Lie", "--phone", "90100002", "--new-person")
    ready.ok("beredskap", "member", "add", "Omsorg", str(again["id"]))
    assert "may be one person" in ready("beredskap", "check").out
    done = ready("beredskap", "activate", "Flom", "--need", "4", "-o", "ut")
    assert "may be one person" in done.err
    first = next(one for one in ready.json("beredskap", "status")["calls"]
                 if one["name"] == "Kari Lie")  # fmt: skip
    assert "may be" not in ready("beredskap", "call", first["row_code"], "yes").err
    other = next(one for one in ready.json("beredskap", "status")["calls"]
                 if one["name"] == "Kari Lie" and one["answer"] is None)  # fmt: skip
    shown = []
    for _ in range(3):
        found = ready("beredskap", "next", "--as", f"per{len(shown)}")
        shown.append(found.out)
    assert sum("the same name and number: yes" in one for one in shown) == 1
    done = ready("beredskap", "call", other["row_code"], "yes")
    assert done.code == 0 and f"beredskap call {other['person_id']} undo" in done.err


def test_a_text_about_health_is_asked_about_before_it_is_stored(
    ready: Cli, says: Callable[..., list[str]]
) -> None:
    activate(ready)
    before = ready.json("beredskap", "log")
    for words in (
        ("log", "Kari er sykemeldt"),
        ("note", "Ola Vik", "har demens"),
        ("expense", "120", "medisin til Ola"),
        ("exclude", "Ola Vik", "--reason", "gravid"),
        ("handover", "Per", "--note", "han er syk"),
        ("handover", "Per (har feber)"),
        ("arrive", "Jon Innom, demens", "--walk-in"),
        ("group", "edit", "Omsorg", "--notes", "leder har kreft"),
        ("log", "Evakuert: Ola Nordmann"),
    ):
        told = ready.refused("beredskap", *words)
        assert "never registered here" in told and "--yes" in told, words
        assert ready.json("beredskap", "log") == before
        done = ready("beredskap", *words, "--yes")
        assert done.code == 0 and done.err.count("never registered here") == 1, words
        before = ready.json("beredskap", "log")
    log = ready.json("beredskap", "log")
    assert log[-1]["text"] == "Evakuert: Ola Nordmann"
    assert f"--corrects {log[-1]['seq']}" in done.err
    assert "never registered" not in ready("beredskap", "log", "Møt ved sykehjemmet").err
    assert "01010750160" not in ready.refused("beredskap", "log", "syk 01010750160", "--yes")
    log = ready.json("beredskap", "log")
    asked = says("n", "y")
    ready.refused("beredskap", "log", "Ola har feber")
    assert ready.json("beredskap", "log") == log
    ready.ok("beredskap", "log", "Ola har feber")
    assert ready.json("beredskap", "log")[-1]["text"] == "Ola har feber"
    assert asked == ["Is it to be stored all the same? [y/N]"] * 2


def test_taking_in_one_outside_the_agreement_says_who_pays(ready: Cli) -> None:
    ready.ok("org", "add", "Grannehjelp")
    ready.ok("beredskap", "group", "add", "Naboer", "--org", "Grannehjelp")
    ready.ok("volunteer", "add", "Per Aas", "--phone", "90222333")
    ready.ok("beredskap", "member", "add", "Naboer", "Per Aas")
    activate(ready, "--group", "Omsorg")
    told = ready("beredskap", "include", "Per Aas", "--reason", "har båt")
    assert "to be settled: no agreement in force covers Per Aas" in told.err
    assert "to be settled" in ready.ok("beredskap", "status")
    last = ready.json("beredskap", "log", "--limit", 0)[-1]["text"]  # the line that is corrected
    assert "Why: har båt" in last and "to be settled" in last
    ready.ok("beredskap", "exclude", "Ola Vik")
    assert "settled" not in ready("beredskap", "include", "Ola Vik").err


def test_one_outside_the_agreement_who_is_left_out_again_leaves_who_pays_as_it_was(
    ready: Cli,
) -> None:
    for org, group, name, number in (
        ("Grannehjelp", "Naboer", "Per Aas", "90222333"),
        ("Lions", "Løver", "Siv Moe", "90222334"),
    ):
        ready.ok("org", "add", org)
        ready.ok("beredskap", "group", "add", group, "--org", org)
        ready.ok("volunteer", "add", name, "--phone", number)
        ready.ok("beredskap", "member", "add", group, name)
    ready.ok("agreement", "add", "Lions", "Varmestue", "--kind", "beredskap", "--from",
             "2026-01-01", "--event-payer", "association")  # fmt: skip
    activate(ready, "--group", "Omsorg")

    def pays() -> tuple[str, list[int]]:
        seen = ready.json("beredskap", "status")
        return seen["payer"], [one["id"] for one in seen["agreements"]]

    before = pays()
    assert before == ("municipality", [1])
    for who in ("Per Aas", "Siv Moe"):
        ready.ok("beredskap", "include", who, "--reason", "har båt")
    assert pays() == ("to_be_settled", [1, 2])
    told = ready("beredskap", "exclude", "Per Aas")  # Siv's own pays for her, and not as the other
    assert pays() == ("to_be_settled", [1, 2]) and "Who pays" not in told.err
    told = ready("beredskap", "exclude", "Siv Moe")
    assert pays() == before and "Who pays now: the municipality" in told.err
    assert "Who pays now: the municipality" in ready.json("beredskap", "log")[-1]["text"]
    ready.ok("beredskap", "include", "Siv Moe", "--reason", "har båt")
    assert pays() == ("to_be_settled", [1, 2])
    ready.ok("beredskap", "exclude", "Ola Vik")  # one whom the agreement covers
    assert pays() == ("to_be_settled", [1, 2])


def test_a_dry_run_says_that_it_is_not_enough(ready: Cli) -> None:
    done = ready("beredskap", "activate", "Flom", "--need", "60", "--dry-run")
    assert done.code == 0, done.err
    assert "not enough" in done.err and "Nothing was stored" in done.err
    seen = ready.json("beredskap", "activate", "Flom", "--need", "60", "--dry-run")
    assert seen["dry_run"] is True


def test_a_dry_run_advises_no_correction_of_what_was_never_stored(ready: Cli) -> None:
    said = ready("beredskap", "activate", "Har diabetes", "--need", "1", "--dry-run").err
    assert "diabetes" in said and "--corrects" not in said
    assert "frivillig beredskap activate TITLE" in said


def test_arriving_says_so_of_one_who_may_be_there_twice(ready: Cli) -> None:
    again = ready.json("volunteer", "add", "Kari Lie", "--phone", "90100002", "--new-person")
    ready.ok("beredskap", "member", "add", "Omsorg", str(again["id"]))
    activate(ready)
    ready.ok("beredskap", "call", again["id"], "yes")
    done = ready("beredskap", "arrive", 3)
    assert done.code == 0 and "may be the same person as Kari Lie" in done.err
    assert f"frivillig beredskap exclude {again['id']} --reason" in done.err
    assert "may be" not in ready("beredskap", "arrive", "Ola Vik").err


def test_the_sentences_of_a_call_out_in_bokmal(ready: Cli) -> None:
    def said(*words: object) -> str:
        done = ready("beredskap", *words, lang="nb")
        return done.out + done.err

    assert "\nDet er ikke nok: 2 mangler" in "\n" + said(
        "activate", "Flom", "--need", "5", "-o", "ut"
    )
    assert "call PERSON ja --how via-leader" in said("call", "--group", 1, "--coming", 1)
    assert "call 1 ja|nei|" in said("call", "1", "angre")
    known = said("call", "1", "tull")
    assert "annen-person" in known and "nettet-nede" in known and "other-person" not in known
    said("call", "1", "nettet-nede"), said("call", "1", "sms-sendt")
    said("need", "3")
    assert "Hvem som helst: behovet er 3, ikke 5. Så langt: hvem som helst" in said("log")
    ready.ok("beredskap", "arrive", "Jon Innom", "--walk-in")
    walked = said("arrive", "Jon Innom", "--walk-in")
    assert "arrive 004-4. Er det en annen" in walked
    ended = [line for line in said("end").splitlines() if line.startswith("  ")]
    assert len({line.index(line.split()[1]) for line in ended if len(line.split()) == 3}) == 1
    assert "Bilag" in said("expense", "100", "mat", "--receipt", "7") + said("expense")


def test_who_is_out_stands_in_columns_whatever_names_them(ready: Cli) -> None:
    activate(ready)
    ready.ok("beredskap", "call", "Ola", "yes")
    ready.ok("beredskap", "arrive", "Jon Innom", "--walk-in")
    told = ready("beredskap", "end").err.splitlines()
    ola, jon = (next(n for n in told if n.endswith(name)) for name in ("Ola Vik", "Jon Innom"))
    assert ola.index("Ola") == jon.index("Jon")
    refused = ready.refused("beredskap", "end").splitlines()
    ola, jon = (next(n for n in refused if n.endswith(name)) for name in ("Ola Vik", "Jon Innom"))
    assert ola.index("Ola") == jon.index("Jon")

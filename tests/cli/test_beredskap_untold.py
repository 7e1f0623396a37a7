"""A yes that a phone or a paper brings in when it is over: they must be told, and it is said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def out(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, two needed: Kari came and went home, and it was ended; Ola and Per were not rung."""
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, "10:00")
    begin(cli, 2)
    cli.ok("beredskap", "call", "kari", "yes")
    at(monkeypatch, "10:10")
    cli.ok("beredskap", "arrive", "kari")
    at(monkeypatch, "10:30")
    cli.ok("beredskap", "end")
    cli.ok("beredskap", "leave", "kari", "--home")
    assert cli.json("beredskap", "end")["state"] == "closed"
    at(monkeypatch, "10:40")
    return cli


def at(monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", f"2026-11-23T{clock}:00+00:00")


def row(cli: Cli, name: str) -> dict:
    return next(one for one in cli.json("beredskap", "status", "--all")["calls"]
                if one["name"] == name)  # fmt: skip


def phone(cli: Cli, *taps: tuple[str, str, str]) -> str:
    """A file that a phone gave back: (name, word, time) of each tap."""
    import sqlite3

    with sqlite3.connect(cli.path) as register:
        uid, number = register.execute("SELECT uid, number FROM activation").fetchone()
    lines = [
        f"tap{name[:3].lower()}{word[:2]}{clock[-2:]} {row(cli, name)['row_code']} {word}"
        f" 2026-11-23T{clock}:00+00:00"
        for name, word, clock in taps
    ]  # fmt: skip
    text = [f"frivillig-answers 1 {uid} {number}", "by Bjørn", *lines, f"end {len(lines)}"]
    Path("svar.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    return "svar.txt"


def paper(cli: Cli, *taps: tuple[str, str, str]) -> list[str]:
    letters = {"yes": "j", "no": "n", "home": "th", "on-site": "pp", "no-answer": "is"}
    lines = [
        f"{row(cli, name)['row_code']} {letters[word]} {int(clock[:2]) + 1}{clock[3:]}"
        for name, word, clock in taps
    ]
    Path("ark.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["paper", "2026-R-001", "--from", "ark.txt"]


@pytest.mark.parametrize("way", ["phone", "paper"])
def test_who_said_yes_on_a_list_that_came_in_after_the_end_must_be_told(out: Cli, way: str) -> None:
    tap = ("Ola Vik", "yes", "10:20")
    command = ["collect", phone(out, tap)] if way == "phone" else paper(out, tap)
    tried = out("beredskap", *command, "--dry-run")
    told = out("beredskap", *command)
    for said in (tried, told):
        assert said.code == 0
        assert "Ola Vik said yes and has not been told that it is over" in said.err
        assert "frivillig beredskap leave 2" in said.err
    seen = out.json("beredskap", "status")
    assert seen["state"] == "closed" and [one["name"] for one in seen["not_home"]] == ["Ola Vik"]
    assert seen["needs"][0]["confirmed"] == 1  # as it stood when it ended
    shown = out("beredskap", "status")
    assert "Not home yet: Ola Vik" in shown.err and "leave" in shown.err
    assert "taken in after the end" in out.json("beredskap", "log")[-1]["text"]
    figures = out.json("beredskap", "report")["figures"]
    assert (figures["yes"], figures["late"], figures["on_site"]) == (2, 0, 1)
    assert figures["needs"][0]["seconds"] is None and figures["in_time"] == 1
    line = next(one for one in out.ok("beredskap", "report").splitlines() if "in time" in one)
    assert "not counted in the need" in line and line.split()[-1] == "1"
    again = out("beredskap", *command)  # known by now, and still to be told
    assert "has not been told" in again.err
    out.ok("beredskap", "leave", "ola")
    assert "has not been told" not in out("beredskap", *command).err
    out.ok("beredskap", "leave", "ola", "--home")
    assert out.json("beredskap", "status")["not_home"] == []
    assert out("doctor").code == 0


def test_who_said_yes_to_one_who_did_not_know_that_it_was_over_must_be_told(out: Cli) -> None:
    told = out("beredskap", "collect", phone(out, ("Ola Vik", "yes", "10:35")))
    assert "Ola Vik said yes and has not been told" in told.err
    assert (row(out, "Ola Vik")["answer"], row(out, "Ola Vik")["deployment"]) == (
        "reserve", "on_way",
    )  # fmt: skip
    assert out.json("beredskap", "report")["figures"]["late"] == 1


def test_who_is_home_by_the_same_list_or_said_no_since_need_not_be_told(out: Cli) -> None:
    told = out("beredskap", *paper(
        out, ("Ola Vik", "yes", "10:12"), ("Ola Vik", "on-site", "10:15"),
        ("Ola Vik", "home", "10:25"), ("Per Aas", "yes", "10:12"), ("Per Aas", "no", "10:14"),
    ))  # fmt: skip
    assert told.code == 0 and "has not been told" not in told.err, told.err
    assert out.json("beredskap", "status")["not_home"] == []


def test_one_who_is_still_awaited_must_be_told_in_the_stand_down_too(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Per Aas", "yes", "10:20"))
    out.ok("beredskap", "activate", "Ras", "--need", "2", "-o", "ras")
    told = out("beredskap", "collect", file)
    assert "leave --activation 2026-R-001 3" in told.err
    assert "--activation 2026-R-001" in out("beredskap", "status", "--activation", "2026-R-001").err
    out.ok("beredskap", "leave", "per", "--home", "--activation", "2026-R-001")


def test_a_yes_of_an_episode_that_is_over_counts_for_that_one_and_they_are_asked_anew(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"), ("Per Aas", "no", "10:21"))
    at(monkeypatch, "11:00")
    out.ok("beredskap", "reopen", "--reason", "elva stiger")
    at(monkeypatch, "11:05")
    told = out("beredskap", "collect", file)
    assert told.code == 0 and "Ola Vik said yes in episode 1" in told.err
    assert "beredskap call 2 yes|no" in told.err and "yes (episode 1)" in told.out
    assert "Per Aas said" not in told.err
    assert "in episode 1" in out.json("beredskap", "log")[-1]["text"]
    seen = out.json("beredskap", "status")
    assert seen["needs"][0]["confirmed"] == 0
    assert (row(out, "Ola Vik")["answer"], row(out, "Ola Vik")["deployment"]) == (None, "on_way")
    assert [one["name"] for one in seen["not_home"]] == ["Ola Vik"]
    (before,) = seen["episodes"]
    assert (before["called"], before["yes"], before["no"]) == (3, 2, 1)
    assert before["needs"][0]["confirmed"] == 1  # as it stood when it ended
    assert "Said yes before" in out("beredskap", "status").err
    figures = out.json("beredskap", "report")["figures"]
    assert [(one["attempted"], one["yes"]) for one in figures["episodes"]] == [(3, 2), (0, 0)]
    again = out("beredskap", "collect", file)
    assert "2 known already" in again.out and "Ola Vik said yes in episode 1" in again.err
    asked = [out.json("beredskap", "next")["name"] for _n in range(2)]
    assert "Ola Vik" in asked  # it was not asked in this episode
    assert out.json("beredskap", "call", "ola", "yes")["needs"][0]["confirmed"] == 1
    assert "said yes in episode" not in out("beredskap", "collect", file).err
    assert out("doctor").code == 0


def test_one_who_said_yes_before_and_comes_without_being_asked_counts_when_they_are_there(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = phone(out, ("Ola Vik", "yes", "10:20"))
    at(monkeypatch, "11:00")
    out.ok("beredskap", "reopen", "--reason", "elva stiger")
    out.ok("beredskap", "collect", file)
    assert out.json("beredskap", "arrive", "ola")["needs"][0]["confirmed"] == 1
    assert row(out, "Ola Vik")["answer"] == "yes"


@pytest.fixture
def called_off(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, called off in its first episode before anybody was out."""
    monkeypatch.chdir(tmp_path)
    at(monkeypatch, "10:00")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    for number, name in enumerate(("Kari Bakken", "Ola Vik")):
        cli.ok("volunteer", "add", name, "--phone", f"9011122{number}")
        cli.ok("beredskap", "member", "add", 1, name)
    cli.ok("beredskap", "activate", "Flom", "--need", "2", "-o", "ut")
    at(monkeypatch, "10:30")
    assert cli.json("beredskap", "cancel", "--reason", "feil", "--yes")["state"] == "cancelled"
    at(monkeypatch, "10:40")
    return cli


@pytest.mark.parametrize("way", ["phone", "paper"])
def test_who_said_yes_before_the_first_episode_was_called_off_must_be_told(
    called_off: Cli, way: str
) -> None:
    tap = ("Ola Vik", "yes", "10:20")
    command = ["collect", phone(called_off, tap)] if way == "phone" else paper(called_off, tap)
    told = called_off("beredskap", *command)
    assert told.code == 0 and "Ola Vik said yes and has not been told that it is over" in told.err
    shown = called_off("beredskap", "status")
    assert "Not home yet: Ola Vik" in shown.err and "leave PERSON --home" in shown.err
    seen = called_off.json("beredskap", "status")
    assert seen["state"] == "cancelled" and [one["name"] for one in seen["not_home"]] == ["Ola Vik"]
    called_off.ok("beredskap", "leave", "ola", "--home")
    assert called_off.json("beredskap", "status")["not_home"] == []
    assert called_off("doctor").code == 0


def test_what_was_laid_out_before_it_was_called_off_is_written_down(called_off: Cli) -> None:
    called_off.ok("beredskap", "expense", "450", "drosje", "--activation", "2026-R-001")
    assert "450" in called_off.json("beredskap", "log")[-1]["text"]
    for word in ("yes", "undo"):  # who rings back, and was not the one
        called_off.ok("beredskap", "call", "kari", word, "--activation", "2026-R-001")
    assert called_off.json("beredskap", "status")["not_home"] == []


@pytest.mark.parametrize("way", ["phone", "paper"])
def test_what_another_caller_had_recorded_is_told_where_it_is_replaced(
    out: Cli, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    out.ok("beredskap", "reopen", "--reason", "mer vann")
    at(monkeypatch, "10:45")
    out.ok("beredskap", "call", "ola", "yes", "--as", "Turid")
    at(monkeypatch, "10:59")
    tap = ("Ola Vik", "no", "10:50")
    command = ["collect", phone(out, tap)] if way == "phone" else paper(out, tap)
    told = out("beredskap", *command)
    assert "Ola Vik: Turid recorded «yes» at 11:45, and it is «no» now." in told.err
    assert "frivillig beredskap call 2 undo" in told.err and told.code == 0

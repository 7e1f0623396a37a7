"""The call mode and `status --watch` in a real terminal, and the page for the wall in a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.browser import address, phone
from tests.conftest import Cli
from tests.terminal import terminal

FRIVILLIG = [sys.executable, "-m", "frivillig_cli", "--lang", "en"]
CALL = [*FRIVILLIG, "beredskap", "call", "--as", "Anne"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no tmux on Windows")


@pytest.fixture
def night(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """A call-out that needs one, with three to call, one of them protected; the real clock."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FRIVILLIG_CLOCK")
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    for number, name in enumerate(("Astrid Bakken", "Kari Lie", "Ola Skjult")):
        cli.ok("volunteer", "add", name, "--phone", f"9010000{number}")
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    cli.ok("person", "edit", "Ola Skjult", "--protected")
    cli.ok("beredskap", "activate", "Flom", "--need", "2", "-o", "ut")
    return cli


def answers(cli: Cli) -> dict[str, str | None]:
    return {row["name"]: row["answer"] for row in cli.json("beredskap", "status")["calls"]}


def test_a_night_with_one_keyboard(night: Cli) -> None:
    with terminal(CALL) as screen:
        seen = screen.see("CALL", "Astrid Bakken", "1 of 3", "90 10 00 00", "[y] yes")
        assert "█" in seen and "0/2" in seen and "Anne" in seen
        screen.press("y")
        screen.see("When are they there?")
        screen.type("tull")
        screen.press("Enter")
        screen.see("tull", "When are they there?", gone=": tull_")  # told, and asked again
        assert answers(night)["Astrid Bakken"] is None
        screen.type("20m")
        screen.press("Enter")
        screen.see("Kari Lie", "Last: Astrid Bakken: yes", "1/2")
        assert answers(night)["Astrid Bakken"] == "yes", "on the disk when the screen says so"

        screen.press("n")
        screen.see("Last: Kari Lie: no", "Ola Skjult", "The number is protected")
        assert "90 10 00 02" not in screen.screen
        screen.press("z")
        screen.see("Taken back: Kari Lie", "90 10 00 01")
        assert answers(night)["Kari Lie"] is None
        screen.press("x", "F5", "Up")  # keys that are none
        screen.press("f")
        screen.see("From when can they come?")
        screen.press("Escape")
        screen.see("[y] yes", gone="From when")
        screen.press("y")
        screen.see("When are they there?")
        screen.press("Enter")
        screen.see("The need is covered", "2/2")
        screen.press("q")
        screen.see("ENDED 0", "frivillig beredskap end")
    log = night.json("beredskap", "log")
    assert [entry["type"] for entry in log] == ["alert", "answer", "answer", "correction", "answer"]
    rows = night.json("beredskap", "status")["calls"]
    assert {row["name"]: row["contact"] for row in rows}["Ola Skjult"] == "pending"
    assert night("doctor").code == 0


def test_what_is_paused_or_interrupted_is_free_for_others_at_once(night: Cli) -> None:
    for keys, code in (("q", "0"), ("C-c", "130")):
        with terminal(CALL) as screen:
            screen.see("Astrid Bakken")
            screen.press(keys)
            screen.see(f"ENDED {code}")
        assert night.json("beredskap", "status")["calls"][0]["contact"] == "pending"
    assert night.json("beredskap", "next")["name"] == "Astrid Bakken"


def test_who_is_skipped_is_free_for_others_and_comes_last_here(night: Cli) -> None:
    with terminal(CALL) as screen:
        screen.see("Astrid Bakken")
        screen.press("s")
        screen.see("Kari Lie")
        rows = {row["name"]: row for row in night.json("beredskap", "status")["calls"]}
        assert rows["Astrid Bakken"]["contact"] == "pending"
        screen.press("s")
        screen.see("Ola Skjult")
        assert night.json("beredskap", "next", "--as", "Per")["name"] == "Astrid Bakken"
        screen.press("s")
        screen.see("Kari Lie")  # nobody else is left: all anew
        screen.press("s")
        screen.see("Ola Skjult")
        screen.press("q")
        screen.see("ENDED 0")
    rows = {row["name"]: row for row in night.json("beredskap", "status")["calls"]}
    assert [rows[name]["contact"] for name in rows] == ["calling", "pending", "pending"]


def test_two_terminals_ring_two_people_and_see_each_others_answers(night: Cli) -> None:
    with terminal(CALL) as one:
        one.see("Astrid Bakken")
        with terminal([*CALL[:-1], "Bjørn"], 120, 40) as other:
            other.see("Kari Lie", "Bjørn")
            one.press("y")
            one.see("When are they there?")
            one.press("Enter")
            one.see("1/2")
            other.see("1/2")


def test_who_rings_is_told_at_once_when_another_ends_it(night: Cli) -> None:
    with terminal(CALL) as screen:
        screen.see("CALL", "Astrid Bakken")
        night.ok("beredskap", "end", "--as", "Bjørn")
        seen = screen.see("STOP", "ring nobody more", "nobody more is needed", gone="CALL")
        assert "If Astrid Bakken is on the line" in " ".join(seen.split())
        screen.press("n")  # what she said is stored all the same
        screen.see("Last: Astrid Bakken: no", gone="ring nobody more")
        assert answers(night)["Astrid Bakken"] == "no"
        screen.press("q")
        screen.see("ENDED 0")


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40), (40, 12), (24, 6)])
def test_the_number_stands_there_however_small_the_window_is(
    night: Cli, columns: int, lines: int
) -> None:
    with terminal(CALL, columns, lines) as screen:
        seen = screen.see("Astrid Bakken")
        assert "9010000" in seen.replace(" ", "") or "█" in seen
        screen.resize(100, 30)
        screen.see("[y] yes", "90 10 00 00")


def test_a_watched_status_shows_what_others_do_and_ends_with_q(night: Cli) -> None:
    with terminal([*FRIVILLIG, "beredskap", "status", "--watch"], 100, 30) as screen:
        screen.see("R-001", "anyone 0/2")
        night.ok("beredskap", "call", "Kari Lie", "yes")
        screen.see("anyone 1/2", "Kari Lie", "yes")
        screen.press("q")
        screen.see("ENDED 0")


def test_the_wall_tells_how_it_stands_and_who_is_protected_is_counted(
    night: Cli, tmp_path: Path
) -> None:
    night.ok("beredskap", "call", "Kari Lie", "yes", "--eta", "20m")
    night.ok("beredskap", "call", "Ola Skjult", "yes")
    night.ok("beredskap", "log", "<script>alert(1)</script>")
    night.ok("beredskap", "status", "-o", "vegg.html")
    text = (tmp_path / "vegg.html").read_text("utf-8")
    for secret in ("Ola Skjult", "9010000", "90 10 00"):
        assert secret not in text
    with phone() as page:
        page.goto(address(tmp_path / "vegg.html"))
        shown = page.inner_text("body")
        assert "2/2" in shown and "Kari Lie" in shown and "1 protected person" in shown
        assert not page.is_visible("#old")
        page.clock.install()
        page.reload()
        page.clock.fast_forward(29_000)
        assert not page.is_visible("#old")


def test_a_wall_that_stands_still_says_so(night: Cli, tmp_path: Path) -> None:
    night.ok("beredskap", "status", "-o", "vegg.html")
    text = (tmp_path / "vegg.html").read_text("utf-8")
    made = text.partition("var made=")[2].partition(",")[0]
    # The page allows its own script alone, so that it is the clock that is moved.
    with phone() as page:
        page.clock.install(time=(int(made) + 600_000) / 1000)
        page.goto(address(tmp_path / "vegg.html"))
        page.wait_for_selector("#old", state="visible")
        assert "has not been updated since" in page.inner_text("#old")


def test_a_key_that_is_struck_twice_says_nothing_of_the_next_one(night: Cli) -> None:
    with terminal(CALL) as screen:
        screen.see("Astrid Bakken")
        screen.press("n", "n")
        screen.see("struck twice", "Kari Lie", "Last: Astrid Bakken: no")
    assert answers(night) == {"Astrid Bakken": "no", "Kari Lie": None, "Ola Skjult": None}


def test_an_answer_that_another_has_just_recorded_is_not_replaced_without_a_word(
    night: Cli,
) -> None:
    with terminal(CALL) as screen:
        screen.see("CALL", "Astrid Bakken")
        night.ok("beredskap", "call", "Astrid Bakken", "yes", "--as", "Per")
        screen.press("n")
        screen.see("Last: Astrid Bakken: no", "Per recorded «yes»", "call 1 undo")
        screen.press("z")
        screen.see("Taken back: Astrid Bakken: no", "«yes» stands, recorded by Per at")
        screen.press("n")
        screen.see("Last: Astrid Bakken: no", "Per recorded «yes»")
        screen.press("q")
        screen.see("ENDED 0")
    told = night("beredskap", "call", "Astrid Bakken", "yes", "--as", "Per")
    assert "Anne recorded «no»" in told.err and "frivillig beredskap call 1 undo" in told.err


def test_who_rings_is_told_what_others_decide_of_that_one_and_of_the_need(night: Cli) -> None:
    with terminal(CALL) as screen:
        screen.see("Astrid Bakken", "1 of 3")
        night.ok("beredskap", "exclude", "astrid", "--reason", "andre oppgaver", "--as", "Bo")
        screen.see("Astrid Bakken is left out by now. Go on: [s] skip")
        screen.press("s")
        screen.see("Kari Lie", gone="left out by now")
        night.ok("beredskap", "need", "0")
        night.ok("beredskap", "need", "1")
        night.ok("beredskap", "call", "Ola Skjult", "yes", "--as", "Bo")
        screen.see("The need is covered by now. If Kari Lie is on the line", "1/1")

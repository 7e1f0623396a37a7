"""What a coordinator sees when people leave, and when a call-out is called off or opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.three_in_a_group import begin
from tests.conftest import Cli


@pytest.fixture
def out(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Flom, two needed: Kari and Ola have said yes and Kari is there; Per has not been called."""
    monkeypatch.chdir(tmp_path)
    begin(cli, 2)
    cli.ok("beredskap", "call", "kari", "yes")
    cli.ok("beredskap", "call", "ola", "yes")
    cli.ok("beredskap", "arrive", "kari")
    return cli


def test_one_who_is_told_to_go_is_missing_in_all_that_is_shown(out: Cli, tmp_path: Path) -> None:
    told = out("beredskap", "leave", "kari")
    assert "no longer covered" in told.err
    shown = out.ok("beredskap", "status")
    assert "anyone 1/2" in shown and "2 · yes 1 · released 1" in shown
    out.ok("beredskap", "status", "-o", "vegg.html")
    assert (
        "1/2" in (tmp_path / "vegg.html").read_text()
        and "released" in (tmp_path / "vegg.html").read_text()
    )
    assert out.json("beredskap", "report")["needs"][0]["confirmed"] == 1
    assert "anyone 1/2" in out("beredskap", "need", "2").out
    assert out.json("beredskap", "next")["name"] == "Per Aas"


def test_calling_off_names_those_who_are_out_and_ends_when_they_are_home(out: Cli) -> None:
    done = out("beredskap", "cancel", "--reason", "feil", "--yes")
    assert done.code == 0 and "standing down" in done.out
    assert "Kari Bakken" in done.err and "leave PERSON --home" in done.err
    said = out.refused("beredskap", "cancel", "--reason", "feil", "--yes")
    assert "2 are not reported home yet" in said
    assert said.count("Kari Bakken") == said.count("Ola Vik") == 1  # a line each, and no more
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    assert "beredskap cancel --reason" in out("beredskap", "status").err  # and not only to end it
    state = out.json("beredskap", "cancel", "--reason", "feil", "--yes")["state"]
    assert state == "cancelled" and out("doctor").code == 0


def test_why_it_ends_is_in_the_log_also_where_it_was_not_asked_for(out: Cli) -> None:
    out.ok("beredskap", "end", "--reason", "vannet synker")
    assert "vannet synker" in out.json("beredskap", "log")[-1]["text"]
    out.ok("beredskap", "end", "--force", "--reason", "alle er sett")
    last = out.json("beredskap", "log")[-1]["text"]
    assert last.count("alle er sett") == 1


@pytest.mark.parametrize("spoken", ["nb", "en"])
def test_a_yes_taken_back_leaves_one_as_they_had_left_in_whatever_language(
    out: Cli, monkeypatch: pytest.MonkeyPatch, spoken: str
) -> None:
    assert out("beredskap", "leave", "kari", "--home", lang=spoken).code == 0
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T12:00:00+00:00")
    out.ok("beredskap", "call", "kari", "yes")
    out.ok("beredskap", "call", "kari", "undo")
    kari = next(
        one for one in out.json("beredskap", "status", "--all")["calls"]
        if one["name"] == "Kari Bakken"
    )  # fmt: skip
    assert kari["deployment"] == "home_safe"


def attempts(cli: Cli, name: str) -> int:
    return next(row["attempts"] for row in cli.json("beredskap", "status", "--all")["calls"]
                if row["name"] == name)  # fmt: skip


def test_the_same_said_twice_within_a_minute_counts_once_and_another_call_can_be_said(
    out: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["beredskap", "call", "Per Aas", "no-answer"]
    out.ok(*call)
    lines = len(out.json("beredskap", "log"))
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:00:40+00:00")
    again = out(*call, "--as", "Bjørn")  # from another terminal
    assert again.code == 0 and "counts once" in again.err and "--again" in again.err
    assert out.json(*call)["repeated"] is True
    assert attempts(out, "Per Aas") == 1 and len(out.json("beredskap", "log")) == lines
    assert out.json(*call, "--again")["repeated"] is False
    assert attempts(out, "Per Aas") == 2
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:01:45+00:00")
    out.ok(*call)  # more than a minute has gone
    assert attempts(out, "Per Aas") == 3


@pytest.mark.parametrize("word", ["no-answer", "wrong-number"])
def test_the_same_of_one_with_two_numbers_names_which_and_takes_the_other(
    out: Cli, word: str
) -> None:
    out.ok("beredskap", "exclude", "Per Aas")
    out.ok("person", "edit", "Per Aas", "--phone", "91000601", "--phone", "91000602")
    out.ok("beredskap", "include", "Per Aas")
    call = ["beredskap", "call", "Per Aas", word]
    out.ok(*call)
    again = out(*call)
    assert "91 00 06 01 at" in again.err and "If you rang 91 00 06 02" in again.err
    assert "--number 91000602" in again.err
    assert out.json(*call, "--number", "91000602")["repeated"] is False
    assert attempts(out, "Per Aas") == 2


def test_what_is_new_is_never_taken_for_the_same(out: Cli) -> None:
    out.ok("beredskap", "call", "Per Aas", "yes")  # in reserve: the need is covered
    assert out.json("beredskap", "call", "Per Aas", "yes")["repeated"] is True
    assert out.json("beredskap", "call", "Per Aas", "yes", "--eta", "30m")["repeated"] is False
    out.ok("beredskap", "need", "3")  # now a yes fills something
    assert out.json("beredskap", "call", "Per Aas", "yes", "--eta", "30m")["answer"] == "yes"
    assert out.json("beredskap", "call", "Per Aas", "no")["repeated"] is False
    out.ok("beredskap", "call", "Per Aas", "undo")
    assert out.json("beredskap", "call", "Per Aas", "no")["repeated"] is False


def test_papers_and_phones_bring_in_what_was_written_however_close(out: Cli) -> None:
    code = next(row["row_code"] for row in out.json("beredskap", "status", "--all")["calls"]
                if row["name"] == "Per Aas")  # fmt: skip
    number = out.json("beredskap", "status")["number"]
    Path("ark.txt").write_text(f"{code} is 1059\n{code} is 1100\n", encoding="utf-8")
    out.ok("beredskap", "paper", number, "--from", "ark.txt")
    assert attempts(out, "Per Aas") == 2


def test_an_episode_that_is_over_is_told_in_the_status_and_in_all_reports(
    out: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    assert out.json("beredskap", "end")["state"] == "closed"
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T14:00:00+00:00")
    out.ok("beredskap", "reopen", "--reason", "elva stiger")
    shown = out.ok("beredskap", "status")
    assert "episode 2)" in shown and "anyone 0/2" in shown
    assert "to 11:00: anyone 0/2 (2/2 before they left) · called 2 · home safe 2" in shown
    out.ok("beredskap", "call", "per", "no")
    assert out.json("beredskap", "end")["state"] == "closed"
    (before,) = out.json("beredskap", "status")["episodes"]
    assert (before["episode"], before["called"], before["yes"]) == (1, 2, 2)
    assert before["needs"] == [{"skill": None, "needed": 2, "confirmed": 0, "met": 2}]
    told = out.json("beredskap", "report", "-o", tmp_path / "rapport.html")
    assert (told["figures"]["attempted"], told["figures"]["yes"]) == (3, 2)
    page = (tmp_path / "rapport.html").read_text()
    assert page.count("elva stiger") == 2 and "Episode 2" in page  # the summary, the timeline
    out.ok("beredskap", "report", "-o", tmp_path / "rapport.xlsx")
    from openpyxl import load_workbook

    rows = [*load_workbook(tmp_path / "rapport.xlsx")["People"].iter_rows(values_only=True)][3:]
    assert [(row[1], row[4], row[7]) for row in rows] == [
        ("Kari Bakken", "yes", 1), ("Ola Vik", "yes", 1), ("Kari Bakken", "not called", 2),
        ("Ola Vik", "not called", 2), ("Per Aas", "no", 2),
    ]  # fmt: skip
    assert out("doctor").code == 0


@pytest.mark.parametrize("first", ["exclude", "include"])
def test_who_is_left_out_or_taken_in_later_changes_nothing_in_an_episode_that_is_over(
    out: Cli, first: str
) -> None:
    if first == "include":  # rung, and left out while it went on: not on its list when it was over
        out.ok("beredskap", "call", "per", "no")
        out.ok("beredskap", "exclude", "per", "--reason", "feil person")
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    out.ok("beredskap", "end")
    out.ok("beredskap", "reopen", "--reason", "elva stiger")

    def told() -> tuple[object, ...]:
        report = out.json("beredskap", "report")
        line = next(
            line for line in out.ok("beredskap", "status").splitlines() if "Episode 1" in line
        )
        kept = ("yes", "on_site", "attempted", "reached", "eligible")
        return (
            line, report["episodes"], report["figures"]["episodes"][0],
            {key: report["figures"][key] for key in kept[: 4 if first == "include" else 5]},
        )  # fmt: skip

    before = told()
    assert before[1][0]["called"] == before[2]["attempted"]
    out.ok("beredskap", first, "kari" if first == "exclude" else "per", "--reason", "må hvile")
    assert told() == before
    out.ok("beredskap", "report", "-o", "r.xlsx")
    from openpyxl import load_workbook

    people = [*load_workbook("r.xlsx")["People"].iter_rows(values_only=True)][3:]
    left_out = [("Per Aas", "no", "left out by hand")] if first == "include" else []
    assert [(row[1], row[4], row[6]) for row in people if row[7] == 1] == [
        ("Kari Bakken", "yes", None), ("Ola Vik", "yes", None), *left_out,
    ]  # fmt: skip


def test_leaving_out_one_whom_somebody_is_calling_says_who_that_is(out: Cli) -> None:
    out.ok("beredskap", "need", "3")
    assert out.json("beredskap", "next", "--as", "Bjørn")["name"] == "Per Aas"
    done = out("beredskap", "exclude", "per", "--as", "Anne")
    assert done.code == 0 and "Bjørn is calling Per Aas just now" in done.err
    out.ok("beredskap", "include", "per")
    assert out.json("beredskap", "next", "--as", "Bjørn")["name"] == "Per Aas"
    assert "just now" not in out("beredskap", "exclude", "per", "--as", "Bjørn").err


def test_an_outcome_in_the_place_of_the_person_is_said_so_in_the_language_of_the_run(
    out: Cli,
) -> None:
    said = out("beredskap", "call", "angre", lang="nb")
    assert said.code == 2 and "Hvem gjelder «angre»?" in said.err
    assert "call PERSON angre" in said.err
    missing = out("beredskap", "call", "per", lang="nb")
    assert missing.code == 2 and "UTFALL mangler" in missing.err and "OUTCOME" not in missing.err


@pytest.mark.parametrize(
    ("line", "said"),
    [("ja 1055 1030", "had passed"), ("n 1055 1058", "too many"), ("j 1055 1130 1200", "too many"),
     ("is 1055 10:58", "too many")],
)  # fmt: skip
def test_two_times_on_a_sheet_that_cannot_be_are_refused(out: Cli, line: str, said: str) -> None:
    seen = out.json("beredskap", "status", "--all")
    code = next(row["row_code"] for row in seen["calls"] if row["name"] == "Per Aas")
    Path("ark.txt").write_text(f"{code} {line}\n", encoding="utf-8")
    done = out("beredskap", "paper", seen["number"], "--from", "ark.txt")
    assert done.code == 3 and said in done.err
    assert attempts(out, "Per Aas") == 0
    Path("ark.txt").write_text(f"{code} ja 1055 0110 Kari\n", encoding="utf-8")  # after midnight
    out.ok("beredskap", "paper", seen["number"], "--from", "ark.txt")


def test_who_came_uncalled_and_whom_a_leader_reports_have_a_line_of_their_own(
    out: Cli, tmp_path: Path
) -> None:
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    out.ok("beredskap", "end")
    out.ok("beredskap", "reopen", "--reason", "mer vann")
    out.ok("beredskap", "call", "kari", "no-answer")
    out.ok("beredskap", "arrive", "Jon Innom", "--walk-in")
    out.ok("beredskap", "call", "--group", "omsorg", "--coming", 3)
    shown = out.ok("beredskap", "status")
    assert "Came without being called     1\n" in shown
    assert "Reported by a group’s leader  3\n" in shown
    jon = next(line for line in shown.splitlines() if "Jon Innom" in line)
    assert jon.split()[-1] == "0"
    kari = next(line for line in shown.splitlines() if "Kari Bakken" in line)
    assert kari.split()[-1] == "1"  # and once in the first episode
    out.ok("beredskap", "status", "-o", "vegg.html")
    assert "came without being called" in (tmp_path / "vegg.html").read_text()
    told = out.json("beredskap", "report")
    assert (told["came"], told["by_leaders"], told["figures"]["came"]) == (1, 3, 1)
    assert "Came without being called 1" in " ".join(out.ok("beredskap", "report").split())


def test_a_calling_off_under_way_is_said_wherever_it_is_shown(out: Cli, tmp_path: Path) -> None:
    out.ok("beredskap", "cancel", "--reason", "feil", "--yes")
    assert "standing down: it is being called off" in out.ok("beredskap", "status")
    assert out.json("beredskap", "status")["called_off"] is True
    out.ok("beredskap", "status", "-o", "vegg.html")
    assert "being called off" in (tmp_path / "vegg.html").read_text()
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    assert "Next: frivillig beredskap cancel" in out("beredskap", "status").err
    out.ok("beredskap", "reopen", "--reason", "likevel")
    assert out.json("beredskap", "status")["called_off"] is False


def test_calling_off_a_later_episode_leaves_what_took_place(out: Cli, tmp_path: Path) -> None:
    out.ok("beredskap", "end")
    for who in ("kari", "ola"):
        out.ok("beredskap", "leave", who, "--home")
    out.ok("beredskap", "end")
    out.ok("beredskap", "reopen", "--reason", "elva stiger")
    done = out("beredskap", "cancel", "--reason", "falsk alarm", "--yes")
    assert done.code == 0 and "closed; episode 2 was called off" in done.out
    seen = out.json("beredskap", "status")
    assert (seen["state"], seen["called_off"], seen["episode"]) == ("closed", True, 2)
    told = out.json("beredskap", "report", "-o", tmp_path / "r.html")
    assert (told["figures"]["yes"], told["figures"]["on_site"]) == (2, 1)
    assert [one["called_off"] for one in told["figures"]["episodes"]] == [False, True]
    assert "called off" in (tmp_path / "r.html").read_text()
    compared = out.json("beredskap", "exercise", "compare", "--kind", "real")["activations"]
    assert [one["number"] for one in compared] == ["2026-R-001"]
    out.ok("beredskap", "expense", "100", "Mat")
    out.ok("beredskap", "reopen", "--reason", "den stiger igjen")
    assert [one["called_off"] for one in out.json("beredskap", "status")["episodes"]] == [
        False, True,
    ]  # fmt: skip
    assert "called off · to 11:00" in out.ok("beredskap", "status")
    assert out("doctor").code == 0

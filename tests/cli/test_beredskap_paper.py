"""`beredskap print|collect|paper` as they are typed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import CLOCK, Cli


@pytest.fixture
def called(cli: Cli, tmp_path) -> tuple[Cli, dict[str, str], str]:
    """A call-out with two people; the code of each, and the id that its phones give back."""
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("agreement", "add", "lier", "Avtale", "--kind", "beredskap", "--from", "2026-01-01",
           "--to", "2028-01-01", "--event-payer", "municipality")  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "lier")
    for name, number in (("Kari Lie", "90111222"), ("Ola Vik", "90111223")):
        cli.ok("volunteer", "add", name, "--phone", number)
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    seen = cli.json("beredskap", "activate", "Flom", "--need", "1", "-o", tmp_path / "flom")
    codes = {call["name"]: call["row_code"] for call in seen["calls"]}
    html = next(file for file in seen["files"] if file.endswith(".html"))
    text = Path(html).read_text("utf-8")
    return cli, codes, text.partition('"activation": "')[2].partition('"')[0]


def given(uid: str, *lines: str, number: str = "2026-R-001") -> str:
    return "\n".join(
        [f"frivillig-answers 1 {uid} {number}", "by Kari", *lines, f"end {len(lines)}"]
    )


def test_answers_of_a_phone_are_taken_in_and_twice_without_harm(called, tmp_path) -> None:
    cli, codes, uid = called
    file = tmp_path / "svar.txt"
    file.write_text(given(uid, f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}"), "utf-8")
    first = cli.json("beredskap", "collect", file)["files"][0]
    assert [one["name"] for one in first["taken"]] == ["Kari Lie"]
    assert cli.json("beredskap", "collect", file, file)["files"][1]["known"] == 1
    assert "1 answer taken in" not in cli.ok("beredskap", "collect", file)
    assert cli.json("beredskap", "status")["needs"][0]["confirmed"] == 1


def test_a_dry_run_shows_it_and_stores_nothing(called, tmp_path) -> None:
    cli, codes, uid = called
    file = tmp_path / "svar.txt"
    file.write_text(given(uid, f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}"), "utf-8")
    before = cli.path.read_bytes()
    assert "Kari Lie" in cli.ok("beredskap", "collect", file, "--dry-run")
    assert cli.path.read_bytes() == before


def test_half_of_it_is_taken_in_and_the_rest_is_listed(called, tmp_path) -> None:
    cli, codes, uid = called
    file = tmp_path / "svar.txt"
    file.write_text(
        given(uid, f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}", f"bbbbbbbb 999-9 no {CLOCK}"),
        "utf-8",
    )
    done = cli("beredskap", "collect", file)
    assert done.code == 3 and "Kari Lie" in done.out and "999-9" in done.err


def test_a_phone_whose_clock_is_wrong_is_said_in_the_answer_and_in_the_log(
    called, tmp_path
) -> None:
    cli, codes, uid = called
    file = tmp_path / "svar.txt"
    file.write_text(
        given(uid, f"aaaaaaaa {codes['Kari Lie']} yes 2026-11-23T12:40:00+00:00"), "utf-8"
    )
    done = cli("beredskap", "collect", file)
    assert done.code == 0 and "at least 2 h 40 min fast" in done.err
    last = cli.json("beredskap", "log")[-1]
    assert last["type"] == "correction" and "2 h 40 min fast" in last["text"]
    assert cli.json("beredskap", "collect", file)["files"][0]["clock_wrong_by"] is None


def test_an_undo_on_the_phone_that_came_too_late_is_settled_once(called, tmp_path) -> None:
    cli, codes, uid = called
    file, code = tmp_path / "svar.txt", codes["Kari Lie"]
    yes = f"aaaaaaaa {code} yes {CLOCK}"
    file.write_text(given(uid, yes), "utf-8")
    cli.ok("beredskap", "collect", file)
    cli.ok("beredskap", "leave", "Kari Lie")
    file.write_text(given(uid, yes, f"bbbbbbbb {code} undo {CLOCK} of=aaaaaaaa"), "utf-8")
    first = cli("beredskap", "collect", file)
    assert first.code == 0 and "Kari Lie" in first.err and "released" in first.err
    again = cli("beredskap", "collect", file)
    assert again.code == 0 and "Kari Lie" not in again.err


@pytest.mark.parametrize("first", [["undo"], ["undo", "other"], ["yes", "undo"], ["undo", "yes"]])
def test_an_answer_that_was_taken_back_never_counts_whichever_piece_comes_first(
    called, tmp_path, first: list[str]
) -> None:
    cli, codes, uid = called
    lines = {"yes": f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}",
             "undo": f"bbbbbbbb {codes['Kari Lie']} undo {CLOCK} of=aaaaaaaa",
             "other": f"cccccccc {codes['Ola Vik']} no {CLOCK}"}  # fmt: skip
    pieces = [tmp_path / "hale.txt", tmp_path / "hode.txt"]
    for piece, words in zip(pieces, (first, ["yes"]), strict=True):
        piece.write_text(given(uid, *(lines[word] for word in words)), "utf-8")
    told, *_more = [cli.ok("beredskap", "collect", piece) for piece in (*pieces, *pieces)]
    assert "1 taken back on the phone" in told
    status = cli.json("beredskap", "status")
    assert status["needs"][0]["confirmed"] == 0
    answers = {call["name"]: call["answer"] for call in status["calls"]}
    assert answers == {"Kari Lie": None, "Ola Vik": "no" if "other" in first else None}
    pieces[0].write_text(given(uid, *lines.values()), "utf-8")
    cli.ok("beredskap", "collect", *pieces)
    assert cli.json("beredskap", "status")["needs"][0]["confirmed"] == 0
    assert cli("doctor").code == 0


@pytest.mark.parametrize("text", ["", "Hei!", "frivillig-answers 2 x 2026-R-001\nend 0"])
def test_what_holds_no_answers_is_refused(called, tmp_path, text) -> None:
    cli, _codes, _uid = called
    file = tmp_path / "svar.txt"
    file.write_text(text, "utf-8")
    cli.refused("beredskap", "collect", file)


def test_answers_for_another_register_are_refused_by_name(called, tmp_path) -> None:
    cli, codes, _uid = called
    file = tmp_path / "svar.txt"
    file.write_text(given("f" * 32, f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}"), "utf-8")
    assert "2026-R-001" in cli.refused("beredskap", "collect", file)
    assert "frivillig beredskap list" in cli.refused("beredskap", "collect", file)
    cli.refused("beredskap", "collect", tmp_path / "none.txt")
    cli.refused("beredskap", "collect", tmp_path)


def test_lines_typed_from_the_sheets_are_taken_in(called, tmp_path) -> None:
    cli, codes, _uid = called
    file = tmp_path / "ark.txt"
    file.write_text(f"{codes['Kari Lie']} j 1058 1130 KN\n{codes['Ola Vik']} is ?\nx\n", "utf-8")
    done = cli("beredskap", "paper", "2026-R-001", "--from", file, "--json")
    assert done.code == 3 and len(json.loads(done.out)["taken"]) == 2
    calls = {call["name"]: call for call in cli.json("beredskap", "status")["calls"]}
    assert datetime.fromisoformat(calls["Kari Lie"]["eta"]).hour == 10
    log = cli.json("beredskap", "log")
    assert log[1]["happened"] < log[1]["registered"] and log[1]["by"] == "KN"


def test_sheets_are_typed_in_a_terminal_or_from_a_file(called) -> None:
    cli, _codes, _uid = called
    assert "--from" in cli.refused("beredskap", "paper", "2026-R-001", code=2)


def test_the_list_is_printed_anew_with_the_answers_so_far(called, tmp_path) -> None:
    cli, _codes, _uid = called
    cli.ok("beredskap", "call", "Kari Lie", "yes")
    files = cli.json("beredskap", "print", "-o", tmp_path / "ny", "--split", "2")["files"]
    pages = [Path(file).read_text("utf-8") for file in files if file.endswith(".html")]
    assert len(pages) == 2 and sum("Kari Lie" in page and "yes" in page for page in pages) == 1


def test_a_split_that_makes_no_sense_stores_nothing(called) -> None:
    cli, _codes, _uid = called
    cli.refused("beredskap", "activate", "Ny", "--split", "1", code=2)
    assert len(cli.json("beredskap", "list")) == 1


@pytest.mark.parametrize(
    ("offset", "at"), [("+02:00", "00:21:00+00:00"), ("+01:00", "01:21:00+00:00")]
)
def test_a_time_that_comes_twice_is_taken_as_it_is_advised(
    called, tmp_path, monkeypatch: pytest.MonkeyPatch, offset: str, at: str
) -> None:
    cli, _codes, _uid = called
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-10-30T23:50:00+00:00")
    cli.ok("beredskap", "activate", "Ras", "-o", tmp_path / "ras")
    seen = cli.json("beredskap", "status", "--activation", "2027-R-001", "--all")
    code = next(row["row_code"] for row in seen["calls"] if row["name"] == "Kari Lie")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-10-31T01:50:00+00:00")
    sheet = tmp_path / "ark.txt"
    sheet.write_text(f"{code} j 02:21\n", encoding="utf-8")
    done = cli("beredskap", "paper", "2027-R-001", "--from", sheet)
    assert done.code == 3 and f"02:21{offset}" in done.err
    sheet.write_text(f"{code} j 02:21{offset} 02:45+01:00\n", encoding="utf-8")
    cli.ok("beredskap", "paper", "2027-R-001", "--from", sheet)
    last = cli.json("beredskap", "log", "--activation", "2027-R-001")[-1]
    assert last["happened"] == f"2027-10-31T{at}"


def paper(cli: Cli, tmp_path: Path, *lines: str) -> dict:
    file = tmp_path / "ark.txt"
    file.write_text("\n".join(lines), "utf-8")
    return cli.json("beredskap", "paper", "2026-R-001", "--from", file)


def coming(cli: Cli, name: str) -> tuple[str | None, str | None, int]:
    row = next(one for one in cli.json("beredskap", "status")["calls"] if one["name"] == name)
    return row["answer"], (row["eta"] or "")[11:16] or None, row["called"]


def test_a_line_typed_again_with_a_time_corrects_when_they_come(called, tmp_path) -> None:
    cli, codes, _uid = called
    kari, ola = codes["Kari Lie"], codes["Ola Vik"]
    paper(cli, tmp_path, f"{kari} j 1058", f"{ola} f 1058 1500")
    assert coming(cli, "Kari Lie") == ("yes", None, 1)
    again = paper(cli, tmp_path, f"{kari} j 1058 1130", f"{ola} f 1058 1600")
    assert [one["name"] for one in again["taken"]] == ["Kari Lie", "Ola Vik"]
    assert again["known"] == 0
    assert coming(cli, "Kari Lie") == ("yes", "10:30", 1), "the same call, not another one"
    assert coming(cli, "Ola Vik") == ("later", "15:00", 1)
    log = cli.json("beredskap", "log")
    assert [(one["type"], one["supersedes"]) for one in log[-2:]] == [
        ("correction", log[1]["seq"]), ("correction", log[2]["seq"]),
    ]  # fmt: skip
    twice = paper(cli, tmp_path, f"{kari} j 1058 1130", f"{kari} j 1058", f"{ola} f 1058 1500")
    assert (twice["taken"], twice["known"]) == ([], 3)
    third = paper(cli, tmp_path, f"{kari} j 1058 1145")
    assert len(third["taken"]) == 1 and coming(cli, "Kari Lie") == ("yes", "10:45", 1)
    assert cli.json("beredskap", "status")["needs"][0]["confirmed"] == 1
    assert cli("doctor").code == 0


def test_a_mended_time_is_set_aside_of_one_who_came_or_answered_since(called, tmp_path) -> None:
    cli, codes, _uid = called
    kari, ola = codes["Kari Lie"], codes["Ola Vik"]
    paper(cli, tmp_path, f"{kari} j 1055 1120", f"{ola} f 1055 1500")
    cli.ok("beredskap", "arrive", "Kari Lie")
    cli.ok("beredskap", "call", "Ola Vik", "no")
    again = paper(cli, tmp_path, f"{kari} j 1055 1130", f"{ola} f 1055 1600")
    assert again["taken"] == [] and len(again["set_aside"]) == 2
    assert "on site" in str(again["set_aside"]) and coming(cli, "Ola Vik")[0] == "no"
    once = paper(cli, tmp_path, f"{kari} j 1055 1130", f"{ola} f 1055 1600")
    assert (once["set_aside"], once["known"]) == ([], 2)


def test_who_wrote_it_is_asked_about_where_that_is_about_health(called, tmp_path) -> None:
    cli, codes, uid = called
    file, sheet = tmp_path / "svar.txt", tmp_path / "ark.txt"
    text = given(uid, f"aaaaaaaa {codes['Kari Lie']} yes {CLOCK}")
    file.write_text(text.replace("by Kari", "by Kari, gravid"), "utf-8")
    sheet.write_text(f"{codes['Ola Vik']} n ? Ola har diabetes", "utf-8")
    before = cli.json("beredskap", "log")
    for words in (["collect", file], ["paper", "2026-R-001", "--from", sheet]):
        assert "never registered here" in cli.refused("beredskap", *words)
        assert cli.json("beredskap", "log") == before
        assert cli("beredskap", *words, "--dry-run").code == 0
        assert "never registered here" in cli("beredskap", *words, "--yes").err
        before, then = cli.json("beredskap", "log"), before
        assert before != then


def test_an_exercise_whose_title_is_about_health_is_said_to_be_taken_back(called) -> None:
    said = called[0]("beredskap", "exercise", "plan", "2099-01-01", "Kari har diabetes")
    assert said.code == 0 and "«diabetes»" in said.err and "frivillig undo" in said.err

"""`frivillig survey` after the forms are out: status, reminders, close, and undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.survey_round import answer, three


@pytest.fixture
def lag(cli):
    return three(cli)


def test_status_counts_by_category_with_a_bar_and_a_share(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", city="Egge")
    lag.ok("survey", "import", "1", back, "--yes")
    data = lag.json("survey", "status", "1")
    assert (data["sent"], data["answered"], data["missing"], data["percent"]) == (3, 1, 2, 33)
    keys = ("category", "sent", "answered", "percent")
    found = [tuple(part[key] for key in keys) for part in data["categories"]]
    assert found == [("1", 2, 1, 50), ("3", 1, 0, 0)]
    shown = lag.ok("survey", "status", "1")
    assert "1 Culture and recreation" in shown and "█████░░░░░   50 %" in shown
    assert "3 Health" in shown and "░░░░░░░░░░    0 %" in shown


def test_a_bar_is_full_only_when_all_have_answered() -> None:
    from frivillig_cli.cli.survey_view import bar
    from frivillig_cli.records.survey.model import SurveyCounts

    assert bar(SurveyCounts(1000, 999, 0, 0, 0)).count("░") == 1
    assert bar(SurveyCounts(1000, 1, 0, 0, 0)).count("█") == 1
    assert bar(SurveyCounts(3, 3, 0, 0, 0)).count("░") == 0
    assert bar(SurveyCounts(0, 0, 0, 0, 0)) == ""


def test_a_reminder_goes_to_those_who_have_not_answered_and_never_twice(
    lag, forms, tmp_path, monkeypatch
) -> None:
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    remind = ("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt", "--json")
    done = lag(*remind)
    data = json.loads(done.out)
    assert done.code == 3
    assert [row["org_id"] for row in data["rendered"]] == [2]
    assert [(row["org_id"], row["why"]) for row in data["skipped"]] == [(3, "no_address")]
    assert "Endringer våren 2027" in Path(data["rendered"][0]["file"]).read_text("utf-8")
    assert lag.json("letter", "log")[0]["template"] == "sporreskjema-purring"
    again = lag(*remind)
    assert again.code == 3
    data = json.loads(again.out)
    assert data["rendered"] == [] and data["batch"] is None
    assert {row["org_id"]: row["why"] for row in data["skipped"]}[2] == "recently_reminded"
    assert len(lag.json("letter", "log")) == 1
    assert json.loads(lag(*remind, "--days", "0").out)["rendered"]
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-06T10:00:00+00:00")
    assert json.loads(lag(*remind).out)["rendered"] == []
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-07T10:00:00+00:00")
    assert json.loads(lag(*remind).out)["rendered"]


def test_a_reminder_that_was_undone_counts_for_nothing(lag, forms, tmp_path) -> None:
    remind = ("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt")
    lag(*remind)
    lag.ok("undo")
    assert "Batch" in lag(*remind).out


def test_nobody_to_remind_is_no_refusal_and_a_closed_survey_is(lag, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "not been sent" in lag.ok("survey", "remind", "1")
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx", "egge")
    assert lag("survey", "remind", "1", "--format", "txt").code == 0
    assert (tmp_path / "reminders-1").is_dir()
    lag.ok("survey", "close", "1")
    lag.refused("survey", "remind", "1", "--days", "0")


def test_close_leaves_those_who_never_answered_unconfirmed_until_they_confirm(
    lag, forms, tmp_path, monkeypatch
) -> None:
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-31T22:30:00+00:00")  # half past midnight
    assert "unanswered:1" in lag("survey", "close", "1").err
    assert lag.json("org", "show", "1")["unconfirmed_since"] is None
    assert lag.json("org", "show", "2")["unconfirmed_since"] == "2027-04-01"
    assert "never, unconfirmed since 1 April 2027" in lag.ok("org", "show", "2")
    assert [o["id"] for o in lag.json("org", "list", "unconfirmed:2027-04")] == [2, 3]
    assert [o["id"] for o in lag.json("org", "list", "unconfirmed:")] == [1]
    late = answer(forms[2], tmp_path / "svar" / "b.xlsx")
    lag.ok("survey", "import", "1", late, "--yes")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    lag.ok("undo")
    lag.ok("undo")
    assert lag.json("org", "show", "2")["unconfirmed_since"] is None
    assert lag.json("survey", "status", "1")["status"] == "open"


def test_a_survey_that_was_sent_the_night_after_they_confirmed_is_another(
    lag, forms, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-10T10:00:00+00:00")
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2027-03-10T23:30:00+00:00")  # 00:30 on the 11th
    lag.ok("survey", "new", "Høsten 2027", "--due", "2027-09-15")
    lag.ok("survey", "export", "2", "-o", tmp_path / "to", "--per-org")
    lag.ok("survey", "close", "2")
    shown = lag.json("org", "show", "1")
    assert (shown["confirmed"], shown["unconfirmed_since"]) == ("2027-03-10", "2027-03-11")


def test_the_whole_round_is_undone_step_by_step(lag, tmp_path) -> None:
    def state() -> list[object]:
        return [
            lag.json("survey", "list"), lag.json("org", "list"), lag.json("person", "list"),
            lag.json("survey", "problems", "1"),
        ]  # fmt: skip

    lag.ok("org", "edit", "3", "--email", "post@tranby.example")
    steps = [state()]
    done = lag.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    files = {row["org_id"]: row["file"] for row in done["files"]}
    steps.append(state())
    answer(files[1], tmp_path / "svar" / "a.xlsx", phone="tull", leader="Per Aas", city="Egge")
    answer(files[2], tmp_path / "svar" / "b.xlsx", leader="Odd Fagerli", leader_phone="90555666")
    lag("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    steps.append(state())
    lag("survey", "remind", "1", "-o", tmp_path / "purring", "--format", "txt")
    lag.ok("survey", "close", "1")
    for before in (steps[2], steps[2], steps[1], steps[0]):
        lag.ok("undo")
        assert state() == before
    lag.ok("undo")  # the e-mail
    lag.ok("undo")
    assert lag.json("survey", "list") == []
    said = lag.refused("survey", "import", "1", tmp_path / "svar", "--accept", "all")
    assert "survey" in said


def test_undo_names_what_builds_on_the_export(lag, forms, tmp_path) -> None:
    export = lag.json("history")[0]["id"]
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "svar" / "a.xlsx"), "--yes")
    assert "survey import" in lag.refused("undo", export)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_line_of_the_status_fits_in_80_columns(language: str) -> None:
    from frivillig_cli.cli.survey_view import _group_lines
    from frivillig_cli.core.i18n import set_language
    from frivillig_cli.records.survey.model import SurveyCounts

    set_language(language)
    groups = {str(n): SurveyCounts(1000, 1000, 1000, 0, 0) for n in range(1, 13)}
    lines = list(_group_lines({**groups, "": SurveyCounts(3, 0, 0, 0, 0)}))
    assert max(map(len, lines)) <= 80 and all(line.endswith("%") for line in lines)

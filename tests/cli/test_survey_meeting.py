"""The date of the annual meeting, which one form gives, and the offices, which another does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.survey_round import answer, corrected, leaders, take_in
from tests.cli.test_survey_nobodys import problems
from tests.work.survey.test_survey_odd import saved


def begins(lag) -> dict[str, str]:
    held = lag.json("org", "show", "1")["contacts"]
    return {c["role"]: c["from"] for c in held if c["to"] is None}


@pytest.mark.parametrize("date_saved_first", [True, False])
@pytest.mark.parametrize("date_taken_first", [True, False])
def test_the_date_of_the_meeting_counts_whichever_form_gives_it(
    lag, forms, tmp_path, date_saved_first, date_taken_first
) -> None:
    dated = answer(forms[1], tmp_path / "dato.xlsx", annual_meeting="12.02.2026")
    named = answer(forms[1], tmp_path / "navn.xlsx", deputy="Jon Lie")
    order = [dated, named] if date_saved_first else [named, dated]
    for minute, file in enumerate(order):
        saved(Path(file), minute)
    last = [named, dated][not date_taken_first]
    for file in (dated, named) if date_taken_first else (named, dated):
        done, told = take_in(lag, file)
        assert done.code == 0
    assert begins(lag)["deputy"] == "2026-02-12", (last, told)
    assert told["files"][0]["result"] == "changed"


def test_a_later_date_of_the_meeting_has_the_last_word(lag, forms, tmp_path) -> None:
    old = answer(forms[1], tmp_path / "gml.xlsx", annual_meeting="12.02.2026")
    new = answer(forms[1], tmp_path / "ny.xlsx", annual_meeting="19.02.2026", deputy="Jon Lie")
    take_in(lag, saved(Path(new), 2))
    take_in(lag, saved(Path(old), 1))
    assert begins(lag)["deputy"] == "2026-02-19"


def test_a_corrected_date_is_carried_out_though_the_list_says_it_is_older(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Aud Kittilsen", annual_meeting="tull")
    take_in(lag, saved(Path(back), 30))
    right = saved(Path(corrected(lag, tmp_path, "b.xlsx", annual_meeting="13.03.2026")), 1)
    done, told = take_in(lag, right)
    assert done.code == 0 and told["applied"] == 1, told
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-13", None)
    assert problems(lag) == []


def _answered(lag, tmp_path, forms, minute: int, **said: object):
    back = answer(forms[1], tmp_path / f"{minute}.xlsx", **said)
    return take_in(lag, saved(Path(back), minute))


def test_another_date_in_a_later_form_moves_the_office_that_an_earlier_one_began(
    lag, forms, tmp_path
) -> None:
    said = {"leader": "Aud Kittilsen", "deputy": "Jon Lie"}
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", **said)
    done, told = _answered(lag, tmp_path, forms, 2, annual_meeting="15.03.2026", **said)
    assert done.code == 0 and told["applied"] == 1, told
    assert leaders(lag) == {
        "Aud Kittilsen": ("2026-03-15", None),
        "Per Hansen": ("2024-03-01", "2026-03-15"),
    }
    assert begins(lag)["deputy"] == "2026-03-15"
    lag.ok("undo")
    assert leaders(lag) == {
        "Aud Kittilsen": ("2026-03-01", None),
        "Per Hansen": ("2024-03-01", "2026-03-01"),
    }
    lag.ok("redo")
    _answered(lag, tmp_path, forms, 3, annual_meeting="08.03.2026", **said)
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-08", None)


def test_the_date_moves_an_office_whose_date_came_in_a_form_between(lag, forms, tmp_path) -> None:
    _answered(lag, tmp_path, forms, 1, leader="Aud Kittilsen")
    _answered(lag, tmp_path, forms, 2, annual_meeting="01.03.2026")
    _answered(lag, tmp_path, forms, 3, annual_meeting="15.03.2026")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-15", None)


def test_an_office_whose_day_somebody_has_set_stays_as_it_is(lag, forms, tmp_path) -> None:
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    lag.ok("undo")
    lag.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", "--from", "2026-03-02",
           "--replace")  # fmt: skip
    _answered(lag, tmp_path, forms, 2, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    _answered(lag, tmp_path, forms, 3, annual_meeting="15.03.2026", leader="Aud Kittilsen")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-02", None)


def test_an_older_form_moves_no_office(lag, forms, tmp_path) -> None:
    _answered(lag, tmp_path, forms, 2, annual_meeting="15.03.2026", leader="Aud Kittilsen")
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    assert leaders(lag)["Aud Kittilsen"] == ("2026-03-15", None)


@pytest.mark.parametrize("day", ["08.02.2026", "15.03.2026"])
def test_another_leader_and_another_date_in_the_later_form(lag, forms, tmp_path, day) -> None:
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    done, told = _answered(lag, tmp_path, forms, 2, annual_meeting=day, leader="Jon Moe")
    assert done.code == 0, told
    moved = f"2026-{day[3:5]}-{day[:2]}"
    assert leaders(lag) == {
        "Per Hansen": ("2024-03-01", moved),
        "Aud Kittilsen": (moved, moved),
        "Jon Moe": (moved, None),
    }


def test_a_date_before_the_old_leader_took_over_is_held_and_moves_nothing(
    lag, forms, tmp_path
) -> None:
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    before = leaders(lag)
    done, _told = _answered(lag, tmp_path, forms, 2, annual_meeting="15.02.2024")
    assert done.code == 3 and leaders(lag) == before
    assert [one["field"] for one in lag.json("survey", "problems", "1")] == ["annual_meeting"]


def test_a_removed_leader_left_on_the_corrected_date(lag, forms, tmp_path) -> None:
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="SLETT")
    _answered(lag, tmp_path, forms, 2, annual_meeting="15.03.2026", leader="SLETT")
    assert leaders(lag) == {"Per Hansen": ("2024-03-01", "2026-03-15")}


def test_the_form_of_another_association_moves_no_office(lag, forms, tmp_path) -> None:
    _answered(lag, tmp_path, forms, 1, annual_meeting="01.03.2026", leader="Aud Kittilsen")
    lag.ok("org", "edit", "1", "--orgnr", "974760673")
    done, told = _answered(lag, tmp_path, forms, 2, annual_meeting="15.03.2026",
                           name="Lier kor", orgnr="970168001")  # fmt: skip
    assert told["files"][0]["problems"][0]["code"] == "other_form"
    assert done.code == 3 and leaders(lag)["Aud Kittilsen"] == ("2026-03-01", None)

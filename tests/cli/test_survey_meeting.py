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

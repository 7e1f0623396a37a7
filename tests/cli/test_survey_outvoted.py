"""`frivillig survey results` where two people of one association send the same form in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.survey_round import answer, take_in
from tests.cli.test_survey_undecided import figures
from tests.work.survey.test_survey_odd import saved


@pytest.fixture
def two(lag, forms, tmp_path):
    """The same form, sent with 40 members and March: the treasurer's, and then the leader's."""
    first = answer(forms[1], tmp_path / "f.xlsx", members=40, annual_meeting_month="mars")
    take_in(lag, saved(Path(first), 1))
    done = lag.json("survey", "export", "1", "-o", tmp_path / "ut", "--per-org", "id:1")
    sent = done["files"][0]["file"]
    said = {"members": 60, "annual_meeting_month": "mai", "phone": "slett"}
    treasurer = saved(Path(answer(sent, tmp_path / "a.xlsx", **said)), 10)
    return treasurer, saved(Path(answer(sent, tmp_path / "b.xlsx", email="ny@lag.example")), 20)


def counted(lag, tmp_path) -> tuple[object, ...]:
    found = figures(lag, tmp_path)
    answers = dict(found["answers"])
    month = dict(found["Month of the annual meeting"])
    return answers["Members in all"], month["March"], month["May"]


def test_what_stands_as_it_was_sent_outvotes_no_answer(lag, two, tmp_path) -> None:
    for back in two:
        take_in(lag, back)
    assert lag.json("org", "show", "1")["members"] == 60
    assert counted(lag, tmp_path) == (60, 0, 1)


def test_nor_where_both_come_at_once(lag, two, tmp_path) -> None:
    take_in(lag, *two)
    assert counted(lag, tmp_path) == (60, 0, 1)

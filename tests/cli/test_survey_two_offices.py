"""One person who holds two offices has one phone and one e-mail, and two cells for each."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import EMAIL, answer, begin, corrected, take_in

NEW = "90 11 14 44"


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("contact", "add", "1", "Per Hansen", "--role", "treasurer", "--person", "1",
           "--from", "2024-03-01")  # fmt: skip
    return cli


def per(lag) -> tuple[list[str], str | None]:
    person = lag.json("person", "show", "1")
    return person["phones"], person["email"]


def problems(lag) -> list[tuple[str, str]]:
    return [(one["field"], one["message"]) for one in lag.json("survey", "problems", "1")]


@pytest.mark.parametrize(
    ("said", "field", "told"),
    [
        ({"leader_phone": NEW}, "leader_phone", "phone «90 11 14 44»"),
        ({"treasurer_email": "ny@x.example"}, "treasurer_email", "e-mail «ny@x.example»"),
        ({"treasurer_phone": "SLETT"}, "treasurer_phone", "phone «DELETE»"),
    ],
)
def test_one_cell_changed_and_the_other_as_sent_is_a_question(
    lag, forms, tmp_path, says, said, field, told
) -> None:
    before = per(lag)
    back = answer(forms[1], tmp_path / "a.xlsx", **said)
    done, result = take_in(lag, back)
    assert (done.code, result["applied"], result["conflicts"]) == (3, 0, 1)
    assert per(lag) == before
    ((asked, words),) = problems(lag)
    assert asked == field and told in words and "as it was sent" in words
    says("1")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert per(lag) != before and problems(lag) == []


def test_what_is_kept_as_it_is_stays_so(lag, forms, tmp_path, says) -> None:
    before = per(lag)
    back = answer(forms[1], tmp_path / "a.xlsx", leader_phone=NEW)
    says("c", "2")
    lag.ok("survey", "import", "1", back, "--accept", "ask")
    assert per(lag) == before and problems(lag) == []


def test_what_is_right_may_be_written_in_the_workbook_of_rejected_answers(
    lag, forms, tmp_path
) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader_phone=NEW))
    right = corrected(lag, tmp_path, "b.xlsx", leader_phone=NEW)
    assert take_in(lag, right)[0].code == 0
    assert per(lag) == (["+4790111444"], EMAIL) and problems(lag) == []


@pytest.mark.parametrize("other", [NEW, None])
def test_both_cells_changed_alike_or_one_of_them_blank_is_one_answer(
    lag, forms, tmp_path, other
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader_phone=NEW, treasurer_phone=other)
    assert take_in(lag, back)[0].code == 0
    assert per(lag) == (["+4790111444"], EMAIL)


def test_two_new_answers_are_none(lag, forms, tmp_path) -> None:
    before = per(lag)
    back = answer(forms[1], tmp_path / "a.xlsx", leader_phone=NEW, treasurer_phone="90 11 15 55")
    done, result = take_in(lag, back)
    assert (done.code, result["rejected"]) == (3, 2) and per(lag) == before


def test_a_phone_left_of_one_who_has_handed_over_is_no_answer_for_the_new(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", treasurer="Siri Lie", leader_phone=NEW)
    assert take_in(lag, back)[0].code == 0
    assert per(lag) == (["+4790111444"], EMAIL)


def test_one_who_takes_a_second_office_with_another_phone_is_asked_about(
    lag, forms, tmp_path
) -> None:
    before = per(lag)
    back = answer(forms[1], tmp_path / "a.xlsx", deputy="Per Hansen", deputy_phone=NEW)
    done, result = take_in(lag, back)
    assert (done.code, result["conflicts"]) == (3, 1) and per(lag) == before
    assert [field for field, _words in problems(lag)] == ["deputy_phone"]


def test_a_new_phone_of_one_of_two_who_hold_an_office_is_told(lag, forms, tmp_path) -> None:
    lag.ok("contact", "end", "1", "Per Hansen", "--role", "leader")
    lag.ok("contact", "add", "1", "Anna Lie", "--role", "leader", "--phone", "90 11 15 55")
    lag.ok("contact", "add", "1", "Berit Nes", "--role", "leader", "--phone", "90 11 16 66",
           "--beside")  # fmt: skip
    before = [lag.json("person", "show", name) for name in ("Anna Lie", "Berit Nes")]
    same = {"leader": "Berit Nes", "leader_phone": "90 11 16 66", "leader_email": None}
    assert take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **same))[0].code == 0
    back = answer(forms[1], tmp_path / "b.xlsx", **(same | {"leader_phone": NEW}))
    assert take_in(lag, back)[0].code == 3
    ((field, words),) = problems(lag)
    assert field == "leader_phone" and "Berit Nes, who holds the office together" in words
    assert [lag.json("person", "show", name) for name in ("Anna Lie", "Berit Nes")] == before

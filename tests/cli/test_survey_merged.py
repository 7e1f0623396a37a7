"""Two associations that have become one, and the form of each; two who hold one office."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import PHONE, answer, begin, leaders, send, take_in


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("org", "edit", "1", "--members", "40")
    cli.ok("org", "edit", "2", "--email", "post@songlag.example", "--members", "22")
    cli.ok("contact", "add", "2", "Siri Moe", "--role", "leader", "--from", "2023-03-01")
    return cli


@pytest.fixture
def forms(lag, tmp_path):
    """What was sent to each of them before they were merged."""
    sent = send(lag, tmp_path)
    lag.ok("org", "merge", "1", "2", "--keep", "name", "--yes")
    return sent


def confirmed(lag) -> str | None:
    return lag.json("org", "show", "1")["confirmed"]


@pytest.mark.parametrize("together", [True, False])
def test_each_form_is_held_against_what_it_was_sent_with(lag, forms, tmp_path, together) -> None:
    kept = answer(forms[1], tmp_path / "a.xlsx", leader="Liv Ny", members=70)
    other = answer(forms[2], tmp_path / "b.xlsx", leader="Nina Nord", members=33)
    if together:
        done, told = take_in(lag, kept, other)
        assert (done.code, told["applied"], told["conflicts"]) == (3, 2, 2)
    else:
        assert take_in(lag, kept)[1]["conflicts"] == 0
        assert take_in(lag, other)[1]["conflicts"] == 2
    held = leaders(lag)
    assert held["Per Hansen"][1] is not None  # whom the form of the kept one was sent with
    assert held["Liv Ny"][1] is None and held["Siri Moe"][1] is None
    assert "Nina Nord" not in held
    assert lag.json("org", "show", "1")["members"] == 70
    told = {problem["field"]: problem["message"] for problem in lag.json("survey", "problems", "1")}
    assert set(told) == {"leader", "members"}
    assert "Liv Ny has got the office here since the form was sent" in told["leader"]


def test_the_one_who_was_sent_is_the_one_who_leaves_when_somebody_says_so(
    lag, forms, tmp_path, says
) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Liv Ny"))
    other = answer(forms[2], tmp_path / "b.xlsx", leader="Nina Nord")
    take_in(lag, other)
    says("1")
    lag.ok("survey", "import", "1", other, "--accept", "ask")
    held = leaders(lag)
    assert held["Siri Moe"][1] is not None
    assert held["Liv Ny"][1] is None and held["Nina Nord"][1] is None
    assert lag.json("survey", "problems", "1") == []


def test_the_other_way_about_too(lag, forms, tmp_path) -> None:
    """The form of the one that is gone comes first: it too ends the office that it was sent."""
    assert take_in(lag, answer(forms[2], tmp_path / "b.xlsx", leader="Nina Nord"))[0].code == 0
    held = leaders(lag)
    assert held["Siri Moe"][1] is not None and held["Per Hansen"][1] is None
    later = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Liv Ny"))[1]
    assert later["conflicts"] == 1 and leaders(lag)["Nina Nord"][1] is None


def test_the_form_of_one_that_is_gone_confirms_what_it_says_and_not_the_whole(
    lag, forms, tmp_path
) -> None:
    take_in(lag, answer(forms[2], tmp_path / "b.xlsx", **{"f1.tick": "Ja"}))
    assert confirmed(lag) is None
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **{"f1.tick": "Ja"}))
    assert confirmed(lag) is not None


def test_after_an_undone_merger_each_has_its_own_form_again(lag, forms, tmp_path) -> None:
    lag.ok("undo", "--yes")
    take_in(lag, answer(forms[2], tmp_path / "b.xlsx", **{"f1.tick": "Ja"}))
    assert lag.json("org", "show", "2")["confirmed"] is not None


def test_a_second_form_of_the_same_is_still_a_later_word(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", members=70))
    done, told = take_in(lag, answer(forms[1], tmp_path / "c.xlsx", members=71))
    assert (done.code, told["applied"]) == (0, 1)
    assert lag.json("org", "show", "1")["members"] == 71


def test_who_got_the_office_beside_since_is_a_change_on_this_side(lag, tmp_path) -> None:
    sent = send(lag, tmp_path)
    lag.ok("contact", "add", "1", "Åse Ny", "--role", "leader", "--beside")
    done, told = take_in(lag, answer(sent[1], tmp_path / "a.xlsx", leader="Liv Berg"))
    assert (done.code, told["conflicts"]) == (3, 1)
    assert set(leaders(lag)) == {"Per Hansen", "Åse Ny"}


def test_who_held_it_beside_when_it_was_sent_is_none(lag, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Anne Med", "--role", "leader", "--beside")
    sent = send(lag, tmp_path)  # it tells of the first by name
    assert take_in(lag, answer(sent[1], tmp_path / "a.xlsx", leader="Liv Berg"))[0].code == 0
    held = leaders(lag)
    assert held["Anne Med"][1] is not None and held["Per Hansen"][1] is None


def test_an_answer_that_names_the_one_beside_takes_the_other_out(lag, tmp_path) -> None:
    sent = send(lag, tmp_path)
    lag.ok("contact", "add", "1", "Åse Ny", "--role", "leader", "--beside")
    assert take_in(lag, answer(sent[1], tmp_path / "a.xlsx", leader="Åse Ny"))[0].code == 0
    held = leaders(lag)
    assert held["Per Hansen"][1] is not None and held["Åse Ny"][1] is None
    lag.ok("undo", "--yes")
    phone = answer(sent[1], tmp_path / "b.xlsx", leader_phone="90 11 99 99")
    assert take_in(lag, phone)[0].code == 0  # whose number it is, the form has said
    numbers = {c["name"]: c["phone"] for c in lag.json("org", "show", "1")["contacts"]}
    assert numbers["Per Hansen"] == "+4790119999" != f"+47{PHONE.replace(' ', '')}"


def test_the_one_in_the_way_is_told_and_not_the_one_who_was_sent_twice(
    lag, forms, tmp_path
) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Liv Ny"))
    other = answer(forms[2], tmp_path / "b.xlsx", leader="Nina Nord")
    shown = lag("survey", "import", "1", other, "--dry-run").out
    assert "sent" not in shown.partition("Nina Nord")[0] and "Conflict:" not in shown
    assert "now     Siri Moe" in shown and "Not decided, for the reason below" in shown
    assert "Liv Ny has got the office here since the form was sent" in shown


def test_what_stood_at_the_other_came_with_the_merger(lag, forms, tmp_path) -> None:
    other = answer(forms[2], tmp_path / "b.xlsx", members=33)
    shown = lag("survey", "import", "1", other, "--dry-run").out
    assert "40   came with a merger on 23 November" in shown, shown
    lag.ok("org", "edit", "1", "--members", "41")
    shown = lag("survey", "import", "1", other, "--dry-run").out
    assert "41   changed by you on 23 November" in shown, shown

"""A remark beside the name of somebody in an office: read by a person, and no part of the name."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, corrected, leaders, take_in


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("Jon Lie (går av i mars)", "(går av i mars)"),
        ("Jon Lie [fung.]", "[fung.]"),
        ("Jon Lie ?", "?"),
        ("Jon Lie *", "*"),
        ("Jon Lie - gjenvalg", "- gjenvalg"),
        ("Jon Lie – På valg", "– På valg"),
        ("Jon Lie har flyttet", "har flyttet"),
        ("Jon Lie (sluttet)", "(sluttet)"),
    ],
)
def test_a_remark_is_shown_and_the_name_without_it(lag, forms, tmp_path, said, remark) -> None:
    new = {"leader": said, "leader_phone": "90 11 13 99"}
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **new))
    assert (done.code, told["applied"], told["rejected"]) == (3, 0, 2), told
    assert leaders(lag) == {"Per Hansen": ("2024-03-01", None)}
    (about,) = [one for one in lag.json("survey", "problems", "1") if one["field"] == "leader"]
    assert about["value"] == said
    assert f"“{remark}”. If it is Jon Lie, write" in about["message"]


def test_a_remark_beside_the_name_that_stands_here_renames_nobody(lag, forms, tmp_path) -> None:
    done, _told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Per Hansen (død)"))
    assert done.code == 3
    (problem,) = lag.json("survey", "problems", "1")
    assert "If it is Per Hansen, write" in problem["message"]
    assert "person edit" not in problem["message"]
    right = corrected(lag, tmp_path, "b.xlsx", leader="Per Hansen")
    assert take_in(lag, right)[0].code == 0
    assert lag.json("survey", "problems", "1") == []


@pytest.mark.parametrize("said", ["Leder er også kasserer", "Ola nordmann", "Under arbeid"])
def test_small_words_after_one_word_are_no_name(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader=said))
    assert (done.code, told["applied"]) == (3, 0), told


@pytest.mark.parametrize(
    "said",
    [
        "Ole von der Lippe",
        "Ole  von der lippe",
        "jon lie",
        "JON LIE",
        "Jon Lie jr.",
        "Anne-Marie Lie",
        "Jon N. Lie",
    ],
)
def test_a_name_that_is_written_otherwise_is_a_name(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy=said))
    assert (done.code, told["applied"]) == (0, 1), told


@pytest.mark.parametrize("said", ["Per  hansen", "per Hansen", "Hansen, Per", " Per\thansen "])
@pytest.mark.parametrize("there", ["as it was sent", "since"])
def test_the_name_that_stands_here_is_known_without_its_capitals_and_turned(
    lag, forms, tmp_path, said, there
) -> None:
    if there == "since":
        take_in(lag, answer(forms[1], tmp_path / "0.xlsx", leader="Ola Olav Hansen",
                            leader_phone="90 12 34 56", leader_email="per@ny.example"))  # fmt: skip
        said = said.replace("Per", "Ola Olav").replace("per H", "ola olav H")
    new = {"leader": said, "leader_phone": "90 12 34 57"}
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **new))
    assert (done.code, told["rejected"], told["conflicts"]) == (0, 0, 0), told
    assert [change["field"] for change in told["files"][0]["changes"]
            if change["outcome"] == "applied"] == ["leader_phone"]  # fmt: skip
    name = "Ola Olav Hansen" if there == "since" else "Per Hansen"
    assert name in leaders(lag)


def test_a_spelling_put_right_is_one(lag, forms, tmp_path) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Per HAnsen"))
    assert (done.code, told["applied"]) == (0, 1) and set(leaders(lag)) == {"Per HAnsen"}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Bjørg  fagerli", "Bjørg Fagerli"),
        ("bjørg Fagerli", "Bjørg Fagerli"),
        ("spør Kari", "Spør Kari"),
        ("Ås, Åse", "Åse Ås"),
        ("Lie Moe,Jon", "Jon Lie Moe"),
    ],
)
def test_how_a_name_is_to_be_written_is_said(lag, forms, tmp_path, said, name) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy=said))
    (problem,) = lag.json("survey", "problems", "1")
    assert f"write “{name}”." in problem["message"]

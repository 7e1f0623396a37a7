"""A name or a place that comes back in capitals, or without any, is the one that was sent."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, send, take_in


@pytest.fixture
def form(lag, tmp_path):
    lag.ok("org", "edit", "1", "--street", "Storgata 7", "--city", "Øvre Eiker")
    return send(lag, tmp_path)[1]


@pytest.mark.parametrize("typed", [str.upper, str.lower])
def test_what_differs_in_capitals_alone_is_confirmed(lag, form, tmp_path, typed) -> None:
    said = {"name": "Lier hagelag", "leader": "Per Hansen", "street": "Storgata 7",
            "city": "Øvre Eiker"}  # fmt: skip
    back = answer(form, tmp_path / "a.xlsx", **{name: typed(text) for name, text in said.items()})
    done, result = take_in(lag, back)
    assert (done.code, result["applied"]) == (0, 0)
    org = lag.json("org", "show", "1")
    assert {name: org[name] for name in said if name in org} | {
        "leader": org["contacts"][0]["name"]
    } == said
    assert set(said) <= {one["field"] for one in org["confirmations"]}


@pytest.mark.parametrize(
    ("field", "said"),
    [("leader", "Per Hansen"), ("name", "Lier Hagelag"), ("name", "LIER HAGELAG OG VEL")],
)
def test_a_spelling_that_is_put_right_is_taken(lag, tmp_path, field, said) -> None:
    lag.ok("person", "edit", "1", "--name", "per hansen")
    done, result = take_in(
        lag, answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", **{field: said})
    )
    assert (done.code, result["applied"]) == (0, 1)


def test_an_abbreviation_is_not_its_name_in_capitals(lag, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--name", "Lil")
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", name="LIL")
    assert take_in(lag, back)[1]["applied"] == 1

"""A protected person's phone and e-mail, given by others as their own: they are not taken."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, begin, send

PHONE, EMAIL = "90222333", "dame@lag.example"


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE, "--email", EMAIL)
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    return cli


def stands(lag) -> list:
    """Who holds the offices, and how they and the association are reached."""
    org = lag.json("org", "show", "1")
    people = [lag.json("person", "show", str(p["id"])) for p in lag.json("person", "list")]
    return [lag.json("contact", "list"), people, org["phone"], org["email"]]


@pytest.mark.parametrize(
    "said",
    [
        {"leader": "Ola Skjerm", "leader_phone": PHONE, "leader_email": EMAIL},
        {"phone": PHONE, "email": EMAIL.upper()},
        {"treasurer": "Nina Ny", "treasurer_email": EMAIL},
        {"leader_phone": PHONE},
    ],
    ids=lambda said: "-".join(said),
)
def test_a_survey_answer_with_them_is_for_a_person_to_look_at(lag, tmp_path, said) -> None:
    forms = send(lag, tmp_path)
    before = stands(lag)
    done = lag("survey", "import", "1", answer(forms[1], tmp_path / "a.xlsx", **said), "--yes")
    assert done.code == 3
    assert stands(lag) == before
    told = json.dumps(lag.json("survey", "problems", "1"))
    assert PHONE not in told.replace(" ", "") and EMAIL not in told.lower()
    assert told.count('"protected"') == len(said)


@pytest.mark.parametrize("way", [("--phone", PHONE), ("--email", EMAIL)])
def test_no_association_gets_them(lag, way) -> None:
    assert "Skjermet Dame, who is protected" in lag.refused("org", "add", "Ny klubb", *way)
    assert "Skjermet Dame, who is protected" in lag.refused("org", "edit", "1", *way)
    lag.ok("org", "edit", "1", "--city", "Lier")


def test_a_list_that_has_them_is_taken_without_them(lag, tmp_path) -> None:
    file = tmp_path / "l.csv"
    file.write_text(f"Navn;Telefon;E-post;Sted\nNy klubb;{PHONE};{EMAIL};Lier\n", "utf-8")
    done = lag("org", "import", file, "--yes", "--json")
    assert done.code == 3
    assert [row["field"] for row in json.loads(done.out)["left_out"]] == ["phone", "email"]
    new = lag.json("org", "show", "Ny klubb")
    assert (new["phone"], new["email"], new["city"]) == (None, None, "Lier")

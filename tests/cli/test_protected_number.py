"""A protected person's phone in the name or the web address of an association."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, begin, send
from tests.conftest import Cli

PHONE = "90222333"
NAMES = ["Lag 902 22 333", "Kor (+47 90 22 23 33)", "Kor 0047-90222333", "Kor tlf.90.22.23.33"]
SITES = ["x.example/90222333", "x.example/lag/2024/90-22-23-33", "x.example/?tlf=4790222333"]
# in a longer number, or another
OTHERS = ["Lag 902223334", "Lag 190222333", "Lag 902 223 334", "Lag 9022233", "Lag 90222334"]


@pytest.fixture
def lag(cli: Cli) -> Cli:
    begin(cli)
    cli.ok("org", "edit", "2", "--orgnr", "200000056")
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE)
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    return cli


def plain(said: str) -> str:
    return "".join(filter(str.isdigit, said))


def stands(lag: Cli, org: str = "2") -> tuple:
    shown = lag.json("org", "show", org)
    return shown["name"], shown["website"]


GIVEN = [("--name", one) for one in NAMES] + [("--website", one) for one in SITES]


@pytest.mark.parametrize(("option", "value"), GIVEN)
def test_typed_it_is_refused(lag, option, value) -> None:
    before = lag.json("org", "list")
    words = ("org", "add", value) if option == "--name" else ("org", "add", "Ny", option, value)
    for typed in (words, ("org", "edit", "2", option, value)):
        said = lag.refused(*typed, "--json")
        assert "It is the phone of Skjermet Dame" in said and "without the number" in said
    assert lag.json("org", "list") == before


@pytest.mark.parametrize("name", OTHERS)
def test_a_number_that_only_holds_its_figures_is_another(lag, name) -> None:
    lag.ok("org", "edit", "2", "--name", name, "--website", f"x.example/{plain(name)}")
    lag.ok("org", "add", name.replace("Lag", "Kor"))
    assert lag("doctor").code == 0


def test_whose_protection_has_ended_theirs_is_taken(lag) -> None:
    lag.ok("person", "edit", "Skjermet Dame", "--no-protected", "--yes")
    lag.ok("org", "edit", "2", "--name", NAMES[0])
    lag.ok("org", "edit", "1", "--website", SITES[0], "--phone", PHONE)
    done = lag("person", "edit", "Skjermet Dame", "--protected")
    assert "phone in the name" in done.err and "phone, phone in the web address" in done.err
    found = lag("doctor", "--json")
    assert found.code == 3 and found.out.count("protected_way") == 2
    assert "Lag [protected number] shows as its own" in found.out
    assert "frivillig org edit 2 --name NAME" in found.out
    assert 'frivillig org edit 1 --phone \\"\\" --website \\"\\"' in found.out
    lag.ok("org", "edit", "2", "--category", "1200")  # what stands is not asked about
    lag.ok("org", "edit", "2", "--name", "Sylling songlag")
    lag.ok("org", "edit", "1", "--website", "", "--phone", "")
    assert lag("doctor").code == 0


@pytest.mark.parametrize(("field", "value"), [("name", NAMES[0]), ("website", SITES[0])])
def test_a_form_with_it_is_held(lag, tmp_path, field, value) -> None:
    before = stands(lag)
    forms = send(lag, tmp_path)
    back = answer(forms[2], tmp_path / "a.xlsx", **{field: value}, activities="Kor")
    done = lag("survey", "import", "1", back, "--accept", "all", "--yes")
    assert done.code == 3 and PHONE not in plain(done.out + done.err)
    assert stands(lag) == before and lag.json("org", "show", "2")["activities"] == "Kor"
    told = lag.json("survey", "problems", "1")
    assert [(one["field"], one["code"]) for one in told] == [(field, "protected")]
    assert PHONE not in plain(json.dumps(told))


@pytest.mark.parametrize("how", [(), ("--overwrite",)])
def test_a_list_with_it_is_taken_without_it(lag, tmp_path, how) -> None:
    before = stands(lag)
    file = tmp_path / "l.csv"
    rows = [f"{NAMES[0]};200000056;{SITES[0]};Lier", f"{NAMES[1]};;;Lier",
            f"Egge kor;200000021;{SITES[1]};Lier"]  # fmt: skip
    file.write_text("Navn;Orgnr;Nettside;Sted\n" + "\n".join(rows), "utf-8")
    done = lag("org", "import", file, "--yes", *how, "--json")
    assert done.code == 3 and PHONE not in plain(done.out + done.err)
    told = json.loads(done.out)
    left = sorted((one["row"], one["field"], one["value"]) for one in told["left_out"])
    assert left == [(2, "name", ""), (2, "website", ""), (4, "website", "")]
    (refused,) = told["rejected"]
    assert (refused["row"], refused["field"], refused["value"]) == (3, "name", "")
    assert stands(lag) == before and stands(lag, "200000021") == ("Egge kor", None)
    assert lag.json("org", "show", "2")["city"] == "Lier"
    assert len(lag.json("org", "list")) == 3


def test_a_unit_with_it_is_taken_without_it(lag, tmp_path) -> None:
    def unit(number: str, name: str) -> dict:
        place = {"adresse": ["Heia 3"], "postnummer": "3400", "poststed": "LIER",
                 "kommunenummer": "3312", "kommune": "LIER"}  # fmt: skip
        return {"organisasjonsnummer": number, "navn": name, "hjemmeside": SITES[0],
                "organisasjonsform": {"kode": "FLI"}, "forretningsadresse": place}  # fmt: skip

    before = stands(lag)
    units = [unit("200000056", NAMES[0]), unit("200000021", NAMES[1]), unit("200000048", "EGGE")]
    file = tmp_path / "e.json"
    file.write_text(
        json.dumps({"_embedded": {"enheter": units}, "_links": {}, "page": {"number": 0}}), "utf-8"
    )
    done = lag("org", "sync", "--from", file, "--new", "--yes", "--json")
    assert done.code == 3 and PHONE not in plain(done.out + done.err)
    left = {(one["orgnr"], one["field"]) for one in json.loads(done.out)["left_out"]}
    assert left >= {("200000056", "name"), ("200000056", "website"), ("200000048", "website")}
    assert ("200000021", "name") in left
    assert stands(lag) == before and lag.json("org", "show", "2")["street"] == "Heia 3"
    assert stands(lag, "200000048")[1] is None
    assert len(lag.json("org", "list")) == 3


def test_a_merger_leaves_it_out(lag) -> None:
    lag.ok("person", "edit", "Skjermet Dame", "--no-protected", "--yes")
    lag.ok("org", "edit", "1", "--name", NAMES[0], "--website", SITES[0])
    lag.ok("person", "edit", "Skjermet Dame", "--protected")
    assert "without --take name" in lag.refused("org", "merge", "2", "1", "--take", "name")
    done = lag.json("org", "merge", "2", "1", "--yes")
    assert {one["field"] for one in done["left_out"]} == {"name", "website"}
    assert stands(lag) == ("Sylling songlag", None)

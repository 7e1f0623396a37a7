"""One answer alone that was sent to another association: asked about, and never taken unseen."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import take_in

OF_LIER = {
    "name": "Lier korps",
    "orgnr": "974 760 673",
    "email": "Post2@lag.example",
    "phone": "32220102",
    "website": "www.lierkorps.example",
    "bank_account": "8601.11.17947",
    "leader": "PER LIER",
    "leader_phone": "90 11 13 32",
}


@pytest.fixture
def lag(cli):
    """Two associations with all that one has alone, and much in common; a third with little."""
    for n, name in enumerate(("Fjell kor", "Lier korps"), 1):
        cli.ok("org", "add", name, "--email", f"post{n}@lag.example", "--phone", f"32 22 01 0{n}",
               "--street", f"Kirkeveien {n}", "--postcode", "3400", "--city", "Lier",
               "--orgnr", ("970168001", "974760673")[n - 1],
               "--website", f"www.{('fjellkor', 'lierkorps')[n - 1]}.example")  # fmt: skip
        cli.ok("contact", "add", n, ("Kari Fjell", "Per Lier")[n - 1], "--role", "leader",
               "--phone", f"90 11 13 3{n}", "--email", f"leder{n}@lag.example",
               "--from", "2024-03-01")  # fmt: skip
    cli.ok("org", "edit", "2", "--account", "86011117947", "--yes")
    cli.ok("org", "add", "Åros teater", "--phone", "32 22 01 09")
    cli.ok("org", "add", "Åros revy", "--phone", "32 22 01 09")
    cli.ok("survey", "new", "Endringer våren 2027")
    return cli


@pytest.fixture
def back(lag, tmp_path):
    """Write into the row of the first association of the workbook for all; the file."""

    def write(**said: object) -> str:
        lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx", "--overwrite")
        book = load_workbook(tmp_path / "alle.xlsx")
        sheet = book.worksheets[1]
        at = {str(cell.value).removeprefix("f1."): cell.column for cell in sheet[1]}
        (row,) = [row for row in range(4, 8) if sheet.cell(row, 2).value == "Fjell kor"]
        for name, value in said.items():
            sheet.cell(row, at[name]).value = value
        book.save(tmp_path / "svar.xlsx")
        return str(tmp_path / "svar.xlsx")

    return write


@pytest.mark.parametrize("field", OF_LIER)
def test_what_one_other_was_sent_is_asked_about_and_not_taken(lag, back, field) -> None:
    held = ("name", "orgnr", "email", "phone", "website", "bank_account", "contacts")
    before = lag.json("org", "show", "1")
    file = back(**{field: OF_LIER[field], "members": 9})
    done, told = take_in(lag, file)
    assert (done.code, told["applied"], told["conflicts"]) == (3, 1, 1)  # the members are theirs
    after = lag.json("org", "show", "1")
    assert [after[name] for name in held] == [before[name] for name in held]
    (kept,) = lag.json("survey", "problems", "1")
    assert (kept["code"], kept["field"], kept["org"]) == ("other_row", field, "Fjell kor")
    assert "what was sent for Lier korps" in kept["message"]


def test_a_row_with_nothing_else_is_no_answer_and_confirms_nothing(lag, back, says) -> None:
    file = back(phone=OF_LIER["phone"])
    take_in(lag, file)
    assert lag.json("survey", "status", "1")["answered"] == 0
    org = lag.json("org", "show", "1")
    assert (org["confirmations"], org["confirmed"]) == ([], None)
    says("2")
    lag.ok("survey", "import", "1", file, "--accept", "ask")  # it was not theirs
    assert lag.json("survey", "status", "1")["answered"] == 0
    lag.ok("survey", "import", "1", back(phone="32 22 01 08"), "--yes")
    assert lag.json("survey", "status", "1")["answered"] == 1
    assert lag.json("org", "show", "1")["confirmed"]


@pytest.mark.parametrize(("answer", "phone"), [("1", "+4732220102"), ("2", "+4732220101")])
def test_what_they_have_answered_so_is_taken_when_somebody_chooses_it(
    lag, back, says, answer, phone
) -> None:
    file = back(phone=OF_LIER["phone"])
    lag("survey", "import", "1", file, "--yes")
    says(answer)
    lag.ok("survey", "import", "1", file, "--accept", "ask")
    assert lag.json("org", "show", "1")["phone"] == phone
    assert lag.json("survey", "problems", "1") == []


def test_what_many_have_is_an_answer_like_others(lag, back) -> None:
    said = {"street": "Kirkeveien 2", "city": "Reistad", "annual_meeting_month": "mars",
            "phone": "32 22 01 09"}  # fmt: skip
    done, told = take_in(lag, back(**said))
    assert (done.code, told["applied"], told["conflicts"]) == (0, 4, 0)


def test_a_new_treasurer_who_leads_another_association_is_that_person(lag, back) -> None:
    said = {"treasurer": "Per Lier", "treasurer_phone": "90 11 13 32"}
    done, told = take_in(lag, back(**said))
    assert (done.code, told["conflicts"]) == (0, 0)
    held = lag.json("org", "show", "1")["contacts"]
    assert [one["person_id"] for one in held if one["role"] == "treasurer"] == [2]


def test_a_phone_beside_such_a_name_waits_for_it_and_says_so(lag, back, tmp_path, says) -> None:
    file = back(leader="Per Lier", leader_phone="95 12 12 12")
    take_in(lag, file)
    name, phone = lag.json("survey", "problems", "1")
    assert (name["field"], name["code"]) == ("leader", "other_row")
    assert (phone["field"], phone["value"]) == ("leader_phone", "95 12 12 12")
    assert phone["message"] == "The name that it goes with was not decided."
    lag.ok("contact", "add", "1", "--role", "leader", "--person", "2", "--replace", "--yes")
    lag.ok("survey", "problems", "1", "--resolve", str(name["id"]))
    says("1")
    lag.ok("survey", "import", "1", file, "--accept", "ask")
    assert lag.json("survey", "problems", "1") == []
    (leader,) = [one for one in lag.json("org", "show", "1")["contacts"] if not one["to"]]
    assert (leader["name"], leader["phone"]) == ("Per Lier", "+4795121212")

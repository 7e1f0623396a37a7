"""`survey` in detail: what was confirmed when, whose row it is, from when an office counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.hostile import BIRTH_NUMBER


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Egge barnekor", "--email", "post@egge.example")
    cli.ok("org", "add", "Sylling songlag", "--email", "post@sylling.example")
    cli.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader")
    cli.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    return cli


@pytest.fixture
def forms(lag, tmp_path):
    done = lag.json("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    return {row["org_id"]: row["file"] for row in done["files"]}


def rows_of(sheet) -> dict:
    return {row[1].value: row for row in sheet.iter_rows() if row[1].value}


def answer(path: str, to: Path, **said: object) -> Path:
    book = load_workbook(path)
    rows = rows_of(book.worksheets[0])
    for name, value in said.items():
        rows[name.replace("__", ".")][3].value = value
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return to


# confirmed, field by field


def test_each_field_says_when_it_was_last_confirmed_and_in_which_survey(
    lag, forms, tmp_path, monkeypatch
) -> None:
    assert lag.json("org", "show", "1")["confirmations"] == []
    assert "Nothing is confirmed" in lag.ok("org", "show", "1", "--confirmed")
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", f1__tick="Ja")
    lag.ok("survey", "import", "1", back, "--yes")
    found = {row["field"]: row for row in lag.json("org", "show", "1")["confirmations"]}
    assert found["email"] == {
        "field": "email", "confirmed": "2026-11-23", "source": "survey:1",
    }  # fmt: skip
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-12-01T10:00:00+00:00")
    lag.ok("survey", "new", "Ny runde")
    done = lag.json("survey", "export", "2", "-o", tmp_path / "ny", "--per-org")
    back = answer(done["files"][0]["file"], tmp_path / "svar" / "b.xlsx", email="ny@egge.example")
    lag.ok("survey", "import", "2", back, "--yes")
    shown = lag.ok("org", "show", "1", "--confirmed").splitlines()
    (email,) = [line for line in shown if "E-mail of the association" in line]
    assert "1 December 2026" in email and "survey 2, «Ny runde»" in email
    (city,) = [line for line in shown if "Leader  " in line]
    assert "«Endringer våren 2027»" in city or "«Ny runde»" in city
    assert "field by field" not in lag.ok("org", "show", "1")


# whose row it is


def test_a_row_with_another_associations_key_is_listed_and_never_applied(
    lag, forms, tmp_path
) -> None:
    theirs = rows_of(load_workbook(forms[2]).worksheets[0])
    book = load_workbook(forms[1])
    rows = rows_of(book.worksheets[0])
    rows["email"][0].value = theirs["email"][0].value
    rows["email"][3].value = "ny@sylling.example"
    rows["city"][3].value = "Egge"
    back = tmp_path / "svar" / "egge.xlsx"
    back.parent.mkdir()
    book.save(back)
    done = lag("survey", "import", "1", back, "--yes", "--json")
    assert done.code == 3
    (file,) = json.loads(done.out)["files"]
    assert file["org"] == "Egge barnekor"
    (problem,) = file["problems"]
    assert (problem["code"], problem["cell"]) == ("other_key", rows["email"][3].coordinate)
    assert lag.json("org", "show", "2")["email"] == "post@sylling.example"
    assert lag.json("org", "show", "1")["email"] == "post@egge.example"
    assert lag.json("org", "show", "1")["city"] == "Egge"
    assert [row["code"] for row in lag.json("survey", "problems", "1")] == ["other_key"]
    assert lag.json("survey", "status", "1")["answered"] == 1


def test_two_forms_in_one_workbook_are_each_their_own(lag, forms, tmp_path) -> None:
    one, two = (load_workbook(forms[n]) for n in (1, 2))
    sheet = one.create_sheet("Ark2")
    for row in two.worksheets[0].iter_rows():
        for cell in row:
            sheet.cell(cell.row, cell.column, cell.value)
    rows_of(sheet)["city"][3].value = "Sylling"
    rows_of(one.worksheets[0])["city"][3].value = "Egge"
    back = tmp_path / "begge.xlsx"
    one.save(back)
    lag.ok("survey", "import", "1", back, "--yes")
    assert [lag.json("org", "show", n)["city"] for n in (1, 2)] == ["Egge", "Sylling"]


# from when an office counts


def test_the_preview_says_from_which_date_a_new_leader_counts(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Per Aas",
                  annual_meeting="2026-03-10", email="ny@egge.example")  # fmt: skip
    done = lag.json("survey", "import", "1", back, "--dry-run")
    changes = {row["field"]: row for row in done["files"][0]["changes"]}
    assert changes["leader"]["from"] == "2026-03-10" and changes["email"]["from"] is None
    shown = lag.ok("survey", "import", "1", back, "--dry-run")
    assert "Per Aas   from 10 March 2026" in shown
    lag.ok("survey", "import", "1", back, "--yes")
    held = {row["name"]: row for row in lag.json("org", "show", "1")["contacts"]}
    assert held["Per Aas"]["from"] == "2026-03-10"


def test_without_the_meetings_date_it_is_today_and_another_spelling_is_no_new_leader(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Per Aas")
    assert "Per Aas   from 23 November 2026" in lag.ok("survey", "import", "1", back, "--dry-run")
    back = answer(forms[1], tmp_path / "svar" / "b.xlsx", leader="AUD KITTILSEN")
    assert "from 23" not in lag.ok("survey", "import", "1", back, "--dry-run")


# two people in one cell


@pytest.mark.parametrize("cell", [
    "Kari Nes og Ola Li", "Kari og Ola Nes", "Kari Nes & Ola Li", "Kari Nes/Ola Li",
    "Kari Nes; Ola Li", "Kari Nes, Ola Li", "Kari Nes\nOla Li", "Kari Nes + Ola Li",
])  # fmt: skip
def test_two_people_in_one_cell_are_a_problem_to_look_at(lag, forms, tmp_path, cell: str) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader=cell)
    done = lag("survey", "import", "1", back, "--yes", "--json")
    assert done.code == 3
    (problem,) = json.loads(done.out)["files"][0]["problems"]
    assert problem["field"] == "leader" and "more than one person" in problem["message"]
    held = [row["name"] for row in lag.json("org", "show", "1")["contacts"]]
    assert held == ["Aud Kittilsen"]


@pytest.mark.parametrize("cell", ["Kari Ogne", "Anne-Marie Li", "Per\nAas", "Åge Og"])
def test_one_person_is_one(lag, forms, tmp_path, cell: str) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader=cell)
    assert lag("survey", "import", "1", back, "--yes").code == 0


def test_a_comma_in_a_name_is_a_question(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", leader="Berg, Nora")
    done = lag("survey", "import", "1", back, "--yes", "--json")
    (problem,) = json.loads(done.out)["files"][0]["problems"]
    assert done.code == 3 and problem["field"] == "leader"
    assert problem["message"].startswith("“Berg, Nora” may be a last name first")
    assert [person["name"] for person in lag.json("person", "list")] == ["Aud Kittilsen"]


@pytest.mark.parametrize("cell", [
    "Nora Berg Sju, sekretær", "Nora Berg Sju – leder", "Nora Berg Sju sekretær",
    "Nora Berg Sju (leder)", "Nora Berg Sju\nSekretær",
])  # fmt: skip
def test_an_office_after_a_name_is_no_part_of_it(lag, forms, tmp_path, cell: str) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", contact=cell)
    assert lag("survey", "import", "1", back, "--yes").code == 0
    names = [person["name"] for person in lag.json("person", "list")]
    assert names == ["Aud Kittilsen", "Nora Berg Sju"]


# words, ways out


def test_a_survey_form_is_no_list_and_the_way_out_is_said(lag, forms) -> None:
    for what in ("org", "volunteer"):
        said = lag.refused(what, "import", forms[1], code=1)
        assert 'frivillig survey import "Endringer våren 2027"' in said


@pytest.mark.parametrize("text", ["", "# bare en kommentar\n", "default = false\n"])
def test_an_empty_file_of_questions_is_refused_by_name(lag, tmp_path, text: str) -> None:
    path = tmp_path / "tom.toml"
    path.write_text(text, "utf-8")
    said = lag.refused("survey", "new", "Tom", "--questions", path)
    assert "tom.toml" in said and "question" in said
    assert len(lag.json("survey", "list")) == 1


def test_accept_none_says_that_nothing_was_changed(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="ny@egge.example")
    done = lag("survey", "import", "1", back, "--accept", "none")
    assert done.code == 0 and "Nothing was changed." in done.err
    done = lag("survey", "import", "1", back, "--accept", "none", lang="nb")
    assert "Ingenting ble endret." in done.err


def test_problems_are_numbered_as_in_other_lists_and_their_workbook_has_one_name(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", email="tull")
    lag("survey", "import", "1", back, "--yes")
    for lang, heading, word in (("en", "No.", "rejected"), ("nb", "Nr", "avvist")):
        done = lag("survey", "problems", "1", lang=lang)
        assert done.out.split()[0] == heading
        assert f"-{word}.xlsx" in done.err


def test_a_file_named_by_a_birth_number_stops_none_of_the_others(lag, forms, tmp_path) -> None:
    named = tmp_path / "svar" / f"svar {BIRTH_NUMBER}.xlsx"
    bad = answer(forms[1], named, email="ny@egge.example")
    good = answer(forms[2], tmp_path / "svar" / "b.xlsx", email="ny@sylling.example")
    done = lag("survey", "import", "1", bad, good, "--accept", "all")
    assert done.code == 3
    lines = (done.out + done.err).splitlines()
    [line] = [line for line in lines if "svar 010170*****.xlsx" in line]
    assert "name" in line
    emails = {org["name"]: org["email"] for org in lag.json("org", "list")}
    assert emails == {
        "Egge barnekor": "post@egge.example", "Sylling songlag": "ny@sylling.example",
    }  # fmt: skip
    alone = lag("survey", "import", "1", bad, "--accept", "all", lang="nb")
    assert alone.code == 1 and "fødselsnummer" in alone.err
    for said in (done.out, done.err, alone.out, alone.err):
        assert BIRTH_NUMBER not in said
    assert BIRTH_NUMBER.encode() not in lag.path.read_bytes()


def test_a_file_that_is_there_is_refused_with_the_option_that_writes_over_it(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "svar" / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--accept", "all")
    place = tmp_path / "r.xlsx"
    lag.ok("survey", "results", "1", "-o", place)
    assert "--overwrite" in lag.refused("survey", "results", "1", "-o", place)
    lag.ok("survey", "results", "1", "-o", place, "--overwrite")
    said = lag.refused("survey", "problems", "1", "-o", place)  # there it is no option
    assert "another name" in said and "--overwrite" not in said
    missing = tmp_path / "borte" / "r.xlsx"
    assert "no folder" in lag.refused("survey", "results", "1", "-o", missing)

"""Answers that lose their way: hidden words that are gone, blank forms, names that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import EMAIL, answer, rows_of, send, take_in, words_in
from tests.work.survey.test_survey_odd import saved


@pytest.fixture
def table(lag, tmp_path):
    """One workbook for all, and its sheet of answers."""
    lag.ok("survey", "export", "1", "-o", tmp_path / "alle.xlsx")
    book = load_workbook(tmp_path / "alle.xlsx")
    return book, book.worksheets[1]


def problems(lag) -> list[str]:
    return [problem["message"] for problem in lag.json("survey", "problems", "1")]


# hidden words that are gone


def test_a_form_without_its_column_of_ids_is_refused(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    rows_of(book)["members"][3].value = 9
    book.worksheets[0].delete_cols(2)
    book.save(tmp_path / "a.xlsx")
    said = lag.refused("survey", "import", "1", tmp_path / "a.xlsx")
    assert "lost the hidden row" in said


def test_a_row_without_its_id_or_key_is_told_with_what_stands_there(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    rows = rows_of(book)
    rows["email"][3].value = "ny@hagelag.example"
    rows["phone"][3].value = "32 22 01 01"
    rows["members"][3].value = 9
    rows["email"][0].value = None  # the key
    rows["phone"][1].value = None  # the id
    book.save(tmp_path / "a.xlsx")
    done, told = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3 and told["applied"] == 1
    values = {problem["value"] for problem in told["files"][0]["problems"]}
    assert {"ny@hagelag.example", "32 22 01 01"} <= values
    assert any(
        "«E-mail of the association», «Phone of the association»" in said for said in problems(lag)
    ), problems(lag)


def test_a_deleted_row_is_named(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    rows = rows_of(book)
    rows["members"][3].value = 9
    book.worksheets[0].delete_rows(rows["website"][0].row)
    book.save(tmp_path / "a.xlsx")
    done, _told = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3
    assert problems(lag) == [
        "The form has no row for «Website»: look in it for what they wrote there."
    ]


def test_a_row_of_the_table_without_a_key_is_told(lag, table, tmp_path) -> None:
    book, sheet = table
    sheet.cell(4, 1).value = None
    new = sheet.max_row + 1
    sheet.cell(new, 2).value = "Nytt lag"
    book.save(tmp_path / "b.xlsx")
    done, told = take_in(lag, tmp_path / "b.xlsx")
    assert done.code == 3
    (problem,) = [each for file in told["files"] for each in file["problems"]]
    assert problem["code"] == "no_key"
    assert "2 rows have no hidden key" in problem["message"] and "hagelag" in problem["message"]


def test_what_stands_in_a_row_without_a_key_is_kept_until_somebody_has_dealt_with_it(
    lag, table, tmp_path
) -> None:
    book, sheet = table
    lag.ok("person", "edit", "1", "--protected", "--yes")
    new = sheet.max_row + 1
    for column, text in enumerate(("Nytt kajakklag", "", "Siri Lie", "90 11 13 34", "sist"), 2):
        sheet.cell(new, column).value = text
    book.save(tmp_path / "b.xlsx")
    done, _told = take_in(lag, tmp_path / "b.xlsx")
    assert done.code == 3
    (kept,) = lag.json("survey", "problems", "1")
    assert (kept["code"], kept["org"], kept["file"]) == ("no_key", None, "b.xlsx")
    words = f"B{new} Nytt kajakklag / D{new} Siri Lie / E{new} [protected] / F{new} sist"
    assert kept["value"] == words and f"B{new}" in kept["message"]
    done = lag("survey", "import", "1", tmp_path / "b.xlsx", "--yes")  # nothing new: it waits
    assert done.code == 0 and len(problems(lag)) == 1
    lag.ok("survey", "problems", "1", "-o", tmp_path / "r.xlsx")
    assert "Siri Lie" in words_in(tmp_path / "r.xlsx")
    lag.ok("survey", "problems", "1", "--resolve", str(kept["id"]))
    done = lag("survey", "import", "1", tmp_path / "b.xlsx", "--yes")
    assert done.code == 0 and "kajakklag" not in done.out and problems(lag) == []


def test_a_column_of_the_table_without_its_id_is_told(lag, table, tmp_path) -> None:
    book, sheet = table
    ids = {cell.value: cell for cell in sheet[1]}
    sheet.cell(4, ids["f1.members"].column).value = 9
    ids["f1.members"].value = None
    book.save(tmp_path / "b.xlsx")
    done, told = take_in(lag, tmp_path / "b.xlsx")
    assert done.code == 3
    assert "no column for «Members in all»" in str(told)


def test_a_table_as_it_was_sent_has_nothing_that_is_nobodys(lag, table, tmp_path) -> None:
    book, sheet = table
    ids = {cell.value: cell for cell in sheet[1]}
    sheet.cell(4, ids["f1.members"].column).value = 9
    book.save(tmp_path / "b.xlsx")
    done, told = take_in(lag, tmp_path / "b.xlsx")
    assert (done.code, told["applied"]) == (0, 1)


# what confirms nothing, and what counts


def test_a_form_that_was_emptied_confirms_nothing(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    for row in rows_of(book).values():
        row[3].value = None
    book.worksheets[0]["D1"].value = "f1.answer"
    book.save(tmp_path / "a.xlsx")
    done, told = take_in(lag, tmp_path / "a.xlsx")
    assert done.code == 3 and told["files"][0]["result"] == "problems"
    assert "Every cell is blank" in problems(lag)[0]
    assert lag.json("org", "show", "1")["confirmed"] is None


def test_results_show_the_answer_that_was_written_last(lag, forms, tmp_path) -> None:
    new = saved(Path(answer(forms[1], tmp_path / "ny.xlsx", members=20)), 20)
    old = saved(Path(answer(forms[1], tmp_path / "gml.xlsx", members=10)), 10)
    for n, file in enumerate((old, new)):
        os.utime(file, (1_900_000_000 + n,) * 2)
    lag.ok("survey", "import", "1", new, "--yes")
    lag("survey", "import", "1", old, "--yes")
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 20 in cells and 10 not in cells


def test_results_leave_out_what_they_have_had_removed_since(lag, forms, tmp_path) -> None:
    site = "https://hagelag.example"
    for minute, said in enumerate((site, "SLETT")):
        back = answer(forms[1], tmp_path / f"{minute}.xlsx", website=said)
        lag.ok("survey", "import", "1", saved(Path(back), minute), "--yes")
    assert lag.json("org", "show", "1")["website"] is None
    lag.ok("survey", "results", "1", "-o", tmp_path / "r.xlsx")
    assert site not in words_in(tmp_path / "r.xlsx")


# who is meant


def both_offices(lag, tmp_path) -> dict[int, str]:
    lag.ok("contact", "add", "1", "Per Hansen", "--role", "contact", "--person", "1")
    return send(lag, tmp_path / "to")


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [("email", "l@hagelag.example", "c@hagelag.example"), ("phone", "91 11 11 11", "92 22 22 22")],
)
def test_two_answers_for_one_person_in_two_offices_are_a_question(
    lag, tmp_path, kind, one, two
) -> None:
    forms = both_offices(lag, tmp_path)
    back = answer(forms[1], tmp_path / "a.xlsx", **{f"leader_{kind}": one, f"contact_{kind}": two})
    before = lag.json("person", "show", "1")
    done, told = take_in(lag, back)
    assert done.code == 3 and (told["applied"], told["rejected"]) == (0, 2)
    assert all(one in said and two in said for said in problems(lag))
    assert lag.json("person", "show", "1") == before


def test_the_same_answer_in_both_offices_is_taken(lag, tmp_path) -> None:
    forms = both_offices(lag, tmp_path)
    mail = "ny@hagelag.example"
    back = answer(forms[1], tmp_path / "a.xlsx", leader_email=mail, contact_email=mail)
    done, _told = take_in(lag, back)
    assert done.code == 0 and lag.json("person", "show", "1")["email"] == mail


def test_an_answer_and_its_removal_for_one_person_are_a_question(lag, tmp_path) -> None:
    forms = both_offices(lag, tmp_path)
    back = answer(
        forms[1], tmp_path / "a.xlsx", leader_email="ny@hagelag.example", contact_email="SLETT"
    )
    done, told = take_in(lag, back)
    assert done.code == 3 and (told["applied"], told["rejected"]) == (0, 2)
    assert all("«ny@hagelag.example»" in said and "«DELETE»" in said for said in problems(lag))
    assert lag.json("person", "show", "1")["email"] == EMAIL


def test_two_of_one_name_have_each_their_own_phone(lag, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Per Hansen", "--role", "deputy", "--new-person",
           "--phone", "91 11 11 11")  # fmt: skip
    forms = send(lag, tmp_path)
    back = answer(
        forms[1], tmp_path / "a.xlsx", leader_phone="92 22 22 22", deputy_phone="93 33 33 33"
    )
    done, _told = take_in(lag, back)
    assert done.code == 0
    phones = [lag.json("person", "show", number)["phones"] for number in (1, 2)]
    assert phones == [["+4792222222"], ["+4793333333"]]


def test_a_deputy_who_becomes_leader_is_known_whatever_the_leader_was_called(lag, tmp_path):
    lag.ok("contact", "add", "1", "Per Lie", "--role", "deputy", "--phone", "91 11 11 11")
    forms = send(lag, tmp_path)
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Per Lie", deputy="Siri Aas")
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (0, 2)
    held = {c["role"]: c["person_id"] for c in lag.json("org", "show", "1")["contacts"]
            if c["to"] is None}  # fmt: skip
    assert held["leader"] == 2


@pytest.mark.parametrize("name", ["Per Hanssen", "Per Lie"])
def test_a_name_spelt_otherwise_with_the_old_phone_is_a_question(lag, forms, tmp_path, name):
    done, _told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader=name))
    assert done.code == 3
    (said,) = problems(lag)
    assert f'frivillig person edit 1 --name "{name}"' in said
    assert f'contact add 1 "{name}" --role leader --new-person --replace' in said
    assert [person["name"] for person in lag.json("person", "list")] == ["Per Hansen"]


def test_a_new_leader_with_the_old_phone_is_told_of(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", leader="Siri Lie")
    done = lag("survey", "import", "1", back, "--yes")
    assert done.code == 0 and "still those of Per Hansen" in done.out
    (new,) = [p for p in lag.json("person", "list") if p["name"] == "Siri Lie"]
    assert new["email"] is None and not new.get("phones")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("treasurer", "Samme som leder"),
        ("treasurer", "se over"),
        ("contact", "Leder"),
        ("leader", "Per Hansen slutter"),
        ("city", "3400 Lier"),
        ("email", "fjernes"),
        ("leader", "Ubesatt"),
        ("treasurer", "Ny leder"),
        ("leader", "vet ikke"),
        ("leader", "Ikke valgt ennå"),
        ("leader", "Tom stilling"),
        ("leader", "Mangler"),
        ("leader", "Fratrådt"),
        ("treasurer", "Ingen kasserer"),
        ("treasurer", "Velges i mars"),
        ("treasurer", "Nytt: Bjørn Moe"),
        ("annual_meeting", "en gang i mars"),
        ("phone", "32840009 / 90111209"),
        ("treasurer", "Regnskapskontoret Øst AS"),
        ("premises", "kommer"),
        ("phone", "110"),
        ("leader_phone", "112"),
    ],
)
def test_words_that_are_no_value_are_told(lag, forms, tmp_path, field, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **{field: said}))
    assert done.code == 3 and told["applied"] == 0, told
    assert [problem["value"] for problem in lag.json("survey", "problems", "1")] == [said]


@pytest.mark.parametrize("name", ["Alma Same", "Leif Leder", "Kari Left", "Over Se"])
def test_a_name_that_is_a_word_too_is_a_name(lag, forms, tmp_path, name) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy=name))
    assert (done.code, told["applied"]) == (0, 1)


@pytest.mark.parametrize("said", ["Ubesatt", "ikke besatt"])
def test_an_office_that_nobody_held_may_be_said_to_be_vacant(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", deputy=said, members=4))
    assert (done.code, told["applied"]) == (0, 1)


@pytest.mark.parametrize(
    "said", ["JA!", "Ja, alt stemmer", "Stemmer", "OK", "Uendret", "Ingen endringer"]
)
def test_a_yes_in_more_words_is_a_tick(lag, forms, tmp_path, said) -> None:
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **{"f1.tick": said}))
    assert (done.code, told["files"][0]["result"]) == (0, "unchanged")


@pytest.mark.parametrize("said", ["Ja, men ny kasserer", "stemmer ikke", "Endringer", "Ingen"])
def test_a_yes_with_a_but_is_none(lag, forms, tmp_path, said) -> None:
    done, _told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **{"f1.tick": said}))
    assert done.code == 3


def test_what_was_answered_otherwise_is_shown(lag, forms, tmp_path) -> None:
    old = saved(Path(answer(forms[1], tmp_path / "gml.xlsx", members=10)), 10)
    new = saved(Path(answer(forms[1], tmp_path / "ny.xlsx", members=20)), 20)
    done = lag("survey", "import", "1", old, new, "--yes")
    assert "gml.xlsx: Members in all  10" in done.out
    assert "confirmed without changes" not in done.out
    assert "answered otherwise later" in done.out
    assert lag.json("org", "show", "1")["members"] == 20


# what is told of where a value comes from, and of whom


def test_a_conflict_with_an_answer_of_the_same_import_is_not_called_ones_own(lag, tmp_path) -> None:
    lag.ok("contact", "add", "2", "Per Hansen", "--role", "leader", "--person", "1")
    forms = send(lag, tmp_path)
    one = answer(forms[1], tmp_path / "a.xlsx", leader_email="en@hagelag.example")
    two = answer(forms[2], tmp_path / "b.xlsx", leader_email="to@songlag.example")
    done = lag("survey", "import", "1", one, two, "--yes")
    assert "Conflict: the register is left as it is." in done.out
    assert "from an answer taken in on" in done.out and "changed by you" not in done.out


def test_an_address_in_other_letters_is_no_change(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", email="Post@Hagelag.Example", members=5)
    done, told = take_in(lag, back)
    assert (done.code, told["applied"]) == (0, 1)
    assert lag.json("org", "show", "1")["email"] == "post@hagelag.example"


def test_an_answer_of_an_archived_association_says_that_it_is(lag, forms, tmp_path) -> None:
    lag.ok("org", "archive", "1", "--yes")
    done = lag("survey", "import", "1", answer(forms[1], tmp_path / "a.xlsx", members=5), "--yes")
    assert "is archived, and stays so" in done.out and "frivillig org restore 1" in done.out


def test_an_import_that_cannot_be_undone_says_whose_answer_was_changed(
    lag, forms, tmp_path
) -> None:
    first = answer(forms[1], tmp_path / "a.xlsx", members=5)
    lag.ok("survey", "import", "1", first, "--yes")
    number = lag.json("history")[0]["id"]
    lag.ok("survey", "import", "1", answer(forms[1], tmp_path / "b.xlsx", members=6), "--yes")
    said = lag.refused("undo", str(number))
    assert "«Lier hagelag» has been changed since" in said and "survey_recipient" not in said


@pytest.mark.parametrize(
    "asked", ["Fødselsnummer til leder?", "Leders fødsels- og personnummer", "Fnr. (11 siffer)"]
)
def test_no_question_may_ask_for_a_birth_number(lag, tmp_path, asked) -> None:
    (tmp_path / "q.toml").write_text(
        f'[[question]]\nid = "who"\nkind = "text"\ntext = "{asked}"\n', "utf-8"
    )
    said = lag.refused("survey", "new", "Ny", "--questions", tmp_path / "q.toml")
    assert "birth number" in said and "question 1 (who)" in said


@pytest.mark.parametrize(
    ("key", "words"),
    [("help", "Skriv navnet. Ikke skriv fødselsnummer."), ("text", "Nummer på kontaktpersonnr. 2")],
)
def test_a_question_that_asks_for_none_may_speak_of_it(lag, tmp_path, key, words) -> None:
    said = {"text": "Hvem?"} | {key: words}
    lines = "\n".join(f'{name} = "{value}"' for name, value in said.items())
    (tmp_path / "q.toml").write_text(f'[[question]]\nid = "who"\nkind = "text"\n{lines}\n', "utf-8")
    lag.ok("survey", "new", "Ny", "--questions", tmp_path / "q.toml")

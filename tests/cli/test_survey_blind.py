"""Smaller rules of what an import confirms, asks and says."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.cli.survey_round import answer, rows_of, send, take_in, words_in


def confirmed(lag) -> set[str]:
    return {row["field"] for row in lag.json("org", "show", "1")["confirmations"]}


def test_an_e_mail_that_was_not_taken_for_a_new_leader_is_not_confirmed(
    lag, forms, tmp_path
) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="Siri Lie"))
    assert "leader" in confirmed(lag)
    assert not {"leader_email", "leader_phone"} & confirmed(lag)


def test_an_e_mail_beside_the_same_name_is_confirmed(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", leader="PER HANSEN"))
    assert {"leader", "leader_email", "leader_phone"} <= confirmed(lag)


def test_who_asks_to_have_an_account_removed_is_shown_to_ask(lag, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--account", "8601.11.17947")
    back = answer(send(lag, tmp_path)[1], tmp_path / "a.xlsx", bank_account="DELETE")
    listed = tmp_path / "r.xlsx"
    done = lag("survey", "import", "1", back, "--yes", "--rejected", listed)
    assert "They ask to have the account number removed." in done.out
    [problem] = lag.json("survey", "problems", "1")
    assert problem["value"] == "DELETE" and "DELETE" in words_in(listed)
    lag.ok("survey", "import", "1", back, "--yes", "--confirm-account")
    assert lag.json("org", "show", "1")["bank_account"] is None


def test_whose_a_number_is_says_the_name_before_the_import(lag, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--orgnr", "974760673")
    forms = send(lag, tmp_path)
    first = answer(forms[1], tmp_path / "1.xlsx", name="Et annet navn")
    other = answer(forms[2], tmp_path / "2.xlsx", orgnr="974760673")
    shown = lag("survey", "import", "1", first, other, "--yes").out
    assert "The organisation number belongs to Lier hagelag." in shown


def test_a_form_of_another_survey_is_led_there_by_its_number(lag, forms, tmp_path) -> None:
    lag.ok("survey", "new", "En annen")
    refusal = lag.refused("survey", "import", "2", answer(forms[1], tmp_path / "a.xlsx"))
    assert "Import it there: frivillig survey import 1 …" in refusal


def test_damaged_keys_have_a_way_out(lag, forms, tmp_path) -> None:
    book = load_workbook(forms[1])
    for row in rows_of(book).values():
        if str(row[0].value).startswith("f1-"):
            row[0].value = row[0].value.replace("-1-", "-2-")
    book.save(tmp_path / "a.xlsx")
    refusal = lag.refused("survey", "import", "1", tmp_path / "a.xlsx")
    assert "hidden keys are damaged" in refusal
    assert "Send the association its workbook again: frivillig survey export" in refusal


def test_all_problems_say_which_are_dealt_with(lag, forms, tmp_path) -> None:
    take_in(lag, answer(forms[1], tmp_path / "a.xlsx", phone="tull", members="mange"))
    lag.ok("survey", "problems", "1", "--resolve", "1")
    shown = lag.ok("survey", "problems", "1", "--all").splitlines()
    assert [line.split()[-3:] for line in shown if line.endswith("dealt with")].count(
        ["be", "dealt", "with"]
    ) == 1
    assert sum(line.endswith("dealt with") for line in shown) == 2
    assert "dealt with" not in lag.ok("survey", "problems", "1")


BROKEN = {
    '[[question]]\nid = "name"\nkind = "text"\ntext = "Navn"': "belongs to a default question",
    "[[question]\nid = 1": "It is not TOML: line 1 cannot be read from character 11.",
    '[[question]]\nid = "a': "It is not TOML",
    '[[question]]\nid = "a"\nkind = "one_of"\ntext = "A"\noptions = ["A", "B"]':
        'Options are written so: options = [{ id = "day"',
    '[[question]]\nid = "a"\nkind = "text"': "Write text",
    "question = 1": 'A question is written so, each part on its own line: [[question]]  id = "',
}  # fmt: skip


@pytest.mark.parametrize("written", list(BROKEN))
def test_questions_that_cannot_be_read_say_how_they_are_written(lag, tmp_path, written) -> None:
    file = tmp_path / "q.toml"
    file.write_text(written)
    refusal = lag.refused("survey", "new", "Ny", "--questions", file)
    assert BROKEN[written] in refusal and "Expected" not in refusal


def test_a_year_of_two_digits_says_what_is_wrong_with_it(lag, tmp_path) -> None:
    file = tmp_path / "q.toml"
    file.write_text('[[question]]\nid = "held"\nkind = "date"\ntext = "Når?"')
    lag.ok("survey", "new", "Ny", "--questions", file)
    form = lag.json("survey", "export", "2", "-o", tmp_path / "ny", "--per-org")["files"][0]["file"]
    back = answer(form, tmp_path / "a.xlsx", held="01.03.26")
    shown = lag("survey", "import", "2", back, "--dry-run").out
    assert "“01.03.26” has a year of two digits: write all four." in shown


def test_a_long_page_header_is_cut_with_a_mark(lag, tmp_path) -> None:
    lag.ok("org", "edit", "1", "--name", "Lier hagelag og venner av gamle frukttrær " * 2)
    head = load_workbook(send(lag, tmp_path)[1]).worksheets[0].oddHeader.left.text
    assert head.startswith("Endringer våren 2027 – Lier hagelag") and head.endswith("…")


def test_what_they_wrote_stands_in_its_cell_as_the_rest(lag, forms, tmp_path) -> None:
    listed = tmp_path / "r.xlsx"
    back = answer(forms[1], tmp_path / "a.xlsx", phone="tull")
    lag("survey", "import", "1", back, "--yes", "--rejected", listed)
    row = rows_of(load_workbook(listed))["phone"]
    wrote, why = row[4], row[5]
    assert wrote.value == "tull"
    assert (wrote.alignment.vertical, wrote.alignment.indent) == (why.alignment.vertical, 1)

"""A whole round in the register: what comes back, and what becomes of it."""

from __future__ import annotations

import shutil

import pytest

from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.model import Outcome
from tests.cli.hostile import BIRTH_NUMBER
from tests.work.survey.conftest import outcomes


def test_an_answer_finds_its_organisation_whatever_the_file_is_called(tour, fill):
    forms = tour.export()
    back = fill(forms[0], "svar/Kopi av noe (2).xlsx", email="ny@lia.example")
    form = tour.one(back)
    assert (form.org, form.result, outcomes(form)) == (
        "Lia songlag",
        "changed",
        {"email": "applied"},
    )
    assert tour.values(1)["email"] == "ny@lia.example"


def test_what_is_confirmed_is_dated_by_field_and_by_organisation(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example", same=None)
    tour.take(back)
    assert tour.values(1)["confirmed"] == "2027-03-20"
    confirmed = queries.confirmations(tour.register, 1)
    assert confirmed["email"] == ("2027-03-20", "survey:1")
    assert confirmed["phone"] == ("2027-03-20", "survey:1")
    assert "website" not in confirmed  # blank, and nobody said that it is right so
    assert tour.values(2)["confirmed"] is None


def test_the_tick_confirms_all_of_it(tour, fill):
    form = tour.one(fill(tour.export()[1], "svar/a.xlsx", same="x"))
    assert (form.result, form.ticked) == ("unchanged", True)
    assert "website" in queries.confirmations(tour.register, 2)


def test_a_blank_never_erases_and_the_marked_word_does(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", email=None, phone="Slett", postcode="  ")
    tour.take(back)
    values = tour.values(1)
    assert (values["email"], values["phone"], values["postcode"]) == (
        "post@lia.example",
        None,
        "3400",
    )


def test_what_was_touched_here_since_is_kept_where_they_did_not_touch_it(tour, fill):
    form = tour.export()[0]
    tour.edit(1, phone="91 65 43 21")
    tour.take(fill(form, "svar/a.xlsx", email="ny@lia.example"))
    assert tour.values(1)["phone"] == "+4791654321"
    assert "phone" not in queries.confirmations(tour.register, 1)


def test_a_change_on_both_sides_is_a_conflict_that_is_kept(tour, fill):
    form = tour.export()[0]
    tour.edit(1, phone="91 65 43 21")
    result = tour.take(fill(form, "svar/a.xlsx", phone="90 12 34 56", email="ny@lia.example"))
    change = next(c for c in result.forms[0].changes if c.question.id == "phone")
    assert (change.base, change.current, change.answer, change.outcome) == (
        "+4732241000",
        "+4791654321",
        "+4790123456",
        Outcome.CONFLICT,
    )
    assert tour.values(1)["phone"] == "+4791654321"
    assert tour.values(1)["email"] == "ny@lia.example"
    (kept,) = queries.problems(tour.register, tour.survey_id)
    assert (kept.code, kept.field, kept.org_id) == ("conflict", "phone", 1)
    assert kept.cell.startswith("D")


@pytest.mark.parametrize(("choice", "number"), [("answer", "+4790123456"), ("now", "+4791654321")])
def test_a_conflict_is_decided_by_a_person(tour, fill, choice, number):
    form = tour.export()[0]
    tour.edit(1, phone="91 65 43 21")
    back = fill(form, "svar/a.xlsx", phone="90 12 34 56")
    tour.take(back)
    tour.take(back, decisions={(1, "phone"): choice})
    assert tour.values(1)["phone"] == number
    assert queries.problems(tour.register, tour.survey_id) == []


def test_an_account_number_waits_for_a_call(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", bank_account="1234.56.78903")
    form = tour.one(back)
    assert outcomes(form) == {"bank_account": "rejected"}
    assert tour.values(1)["bank_account"] == "86011117947"
    tour.take(back, confirm_account=True)
    assert tour.values(1)["bank_account"] == "12345678903"
    assert queries.problems(tour.register, tour.survey_id) == []


def test_an_account_number_that_may_be_a_birth_number_is_never_taken_with_the_pile(tour, fill):
    back = fill(
        tour.export()[0], "svar/a.xlsx", bank_account=f"{BIRTH_NUMBER[:4]} {BIRTH_NUMBER[4:]}"
    )
    result = tour.take(back, confirm_account=True)
    (problem,) = result.forms[0].problems
    assert problem.code == "birth_number" and "frivillig org edit" in problem.message
    assert BIRTH_NUMBER not in problem.message + str(problem.value)
    assert tour.values(1)["bank_account"] == "86011117947"


def test_the_first_account_number_waits_too(tour, fill):
    form = tour.one(fill(tour.export()[1], "svar/a.xlsx", bank_account="1234.56.78903"))
    assert outcomes(form) == {"bank_account": "rejected"}
    assert tour.values(2)["bank_account"] is None


def test_a_preview_is_the_deed_rolled_back(tour, fill):
    form = tour.export()[0]
    back = fill(form, "svar/a.xlsx", email="ny@lia.example", leader="Per Aas", members="mange")
    before = tour.dump()
    preview = tour.take(back, dry_run=True)
    assert tour.dump() == before
    assert preview == tour.take(back)
    assert tour.dump() != before


def test_the_same_file_twice_changes_nothing(tour, fill):
    forms = tour.export()
    back = fill(forms[0], "svar/a.xlsx", email="ny@lia.example", leader="Per Aas", phone="tull")
    tour.take(back)
    tour.edit(1, email="post@lia.example")  # taken back by hand: the file may not do it again
    before = tour.dump()
    again = tour.take(shutil.copy(back, tour.folder / "kopi.xlsx"))
    assert tour.dump() == before
    assert again.forms[0].seen
    assert again.count(Outcome.APPLIED) == 0
    assert again.complete


def test_two_answers_are_both_kept_and_the_later_is_taken(tour, fill):
    forms = tour.export()
    first = fill(forms[0], "svar/kasserer.xlsx", email="en@lia.example", premises="Grendehuset")
    second = fill(forms[0], "svar/leder.xlsx", email="to@lia.example")
    tour.take(first)
    form = tour.one(second)
    assert outcomes(form) == {"email": "applied"}
    assert form.earlier == ("kasserer.xlsx",)
    change = next(c for c in form.changes if c.question.id == "email")
    assert (change.current, change.answer) == ("en@lia.example", "to@lia.example")
    assert tour.values(1)["email"] == "to@lia.example"
    assert tour.values(1)["premises"] == "Grendehuset"
    assert [answer.file for answer in queries.answers(tour.register, 1)] == [
        "kasserer.xlsx",
        "leder.xlsx",
    ]


def test_a_later_answer_does_not_override_the_coordinator(tour, fill):
    forms = tour.export()
    tour.take(fill(forms[0], "svar/a.xlsx", email="en@lia.example"))
    tour.edit(1, email="tre@lia.example")
    form = tour.one(fill(forms[0], "svar/b.xlsx", email="to@lia.example"))
    assert outcomes(form) == {"email": "conflict"}


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("phone", "ring meg", "invalid"),
        ("annual_meeting", "31.02.2027", "invalid"),
        ("annual_meeting", "31.12.2027", "invalid"),
        ("activities", "kontakt 01017012343", "birth_number"),
        ("activities", "1017012343", "birth_number"),
        ("leader", "Ola Vik 010170 12343", "birth_number"),
        ("members", "=1+1", "formula"),
        ("email", "=HYPERLINK(A1)", "formula"),
        ("members_13_19", 43, "invalid"),
    ],
)
def test_what_breaks_a_rule_is_listed_with_its_cell_and_kept(tour, fill, field, said, code):
    back = fill(tour.export()[0], "svar/a.xlsx", **{field: said, "city": "Lia"})
    form = tour.one(back)
    (problem,) = form.problems
    assert (problem.code, problem.field, problem.file) == (code, field, "a.xlsx")
    assert problem.cell.startswith("D")
    assert tour.values(1)["city"] == "Lia"  # the rest is taken
    (kept,) = queries.problems(tour.register, 1)
    assert (kept.code, kept.cell) == (code, problem.cell)
    assert "12343" not in str(form.to_json())
    assert "12343" not in str(tour.dump())


def test_an_orgnr_that_is_anothers_is_refused(tour, fill):
    tour.edit(2, orgnr="970168001")
    form = tour.one(fill(tour.export()[0], "svar/a.xlsx", orgnr="970 168 001"))
    assert [problem.code for problem in form.problems] == ["orgnr_taken"]
    assert tour.values(1)["orgnr"] is None


def test_a_workbook_of_another_survey_is_refused_by_name(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example")
    tour.new("Høsten 2027")
    form = tour.one(back)
    assert form.result == "refused"
    assert "Våren 2027" in form.problems[0].message
    assert tour.values(1)["email"] == "post@lia.example"


def test_a_workbook_that_is_no_survey_is_refused_and_the_others_are_taken(tour, fill):
    from openpyxl import Workbook

    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example")
    Workbook().save(back.parent / "annet.xlsx")
    (back.parent / "tom.xlsx").write_bytes(b"")
    (back.parent / "~$a.xlsx").write_bytes(b"lock")
    result = tour.take(back.parent)
    assert {form.file: form.result for form in result.forms} == {
        "a.xlsx": "changed",
        "annet.xlsx": "refused",
        "tom.xlsx": "refused",
    }
    assert tour.values(1)["email"] == "ny@lia.example"


def test_a_damaged_key_is_nobodys_answer(tour, fill):
    from openpyxl import load_workbook

    back = fill(tour.export()[0], "svar/a.xlsx", email="ny@lia.example")
    book = load_workbook(back)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if str(row[0].value or "").startswith("f1-"):
            row[0].value = row[0].value.replace("-1-", "-2-", 1)
    book.save(back)
    result = tour.take(back)
    assert {form.result for form in result.forms} == {"refused"}
    assert tour.values(2)["email"] == "post@aasen.example"


def test_counts_follow_the_answers(tour, fill):
    forms = tour.export()
    tour.take(fill(forms[0], "svar/a.xlsx", email="ny@lia.example"))
    counts = queries.counts(tour.register, 1)
    assert (counts.sent, counts.answered, counts.changed, counts.missing) == (2, 1, 1, 1)
    assert queries.missing(tour.register, 1) == [2]


def test_sent_again_with_newer_values_the_first_workbook_still_counts(tour, fill):
    first = tour.export()[0]
    tour.edit(1, phone="91 65 43 21")
    tour.export(1, to="igjen")
    assert outcomes(tour.one(fill(first, "svar/a.xlsx", phone="90 12 34 56"))) == {
        "phone": "conflict"
    }
    counts = queries.counts(tour.register, 1)
    assert (counts.sent, counts.answered) == (2, 1)


def test_a_later_answer_settles_the_problem_of_an_earlier_one(tour, fill):
    forms = tour.export()
    tour.take(fill(forms[0], "svar/a.xlsx", phone="tull", city="Lia"))
    assert queries.counts(tour.register, 1).problems == 1
    tour.take(fill(forms[0], "svar/b.xlsx", phone="90 12 34 56"))
    assert queries.problems(tour.register, 1) == []
    assert queries.counts(tour.register, 1).problems == 0
    assert queries.counts(tour.register, 1).changed == 1


def test_a_form_whose_problems_are_dealt_with_needs_no_look(tour, fill):
    tour.take(fill(tour.export()[0], "svar/a.xlsx", phone="tull", members="mange", city="Lia"))
    first, second = queries.problems(tour.register, 1)
    with tour.change():
        actions.resolve_ids(tour.register, 1, [first.id])
    assert queries.counts(tour.register, 1).problems == 1
    with tour.change():
        actions.resolve_ids(tour.register, 1, [second.id])
    counts = queries.counts(tour.register, 1)
    assert (counts.problems, counts.changed, counts.answered) == (0, 1, 1)

"""A whole round in the register: what comes back, and what becomes of it."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from frivillig_cli.records.contact import actions as contact_actions
from frivillig_cli.records.person import actions as person_actions
from frivillig_cli.records.survey import actions, queries
from frivillig_cli.records.survey.model import Outcome
from tests.cli.hostile import BIRTH_NUMBER


def outcomes(form) -> dict[str, str]:
    return {
        change.question.id: str(change.outcome)
        for change in form.changes
        if change.outcome is not Outcome.UNCHANGED
    }


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


def test_a_new_leader_ends_the_old_ones_office_on_the_day_of_the_annual_meeting(tour, fill):
    back = fill(
        tour.export()[0], "svar/a.xlsx",
        leader="Per Gunnar Aas", leader_phone="90 11 14 44", leader_email="per@lia.example",
        treasurer="Aud Kittilsen", treasurer_phone="90 11 12 22", annual_meeting="12.03.2027",
    )  # fmt: skip
    form = tour.one(back)
    assert form.result == "changed"
    assert tour.officers(1) == {"leader": "Per Gunnar Aas", "treasurer": "Aud Kittilsen"}
    ended = tour.register.rows("SELECT role, to_date FROM contact WHERE to_date IS NOT NULL")
    assert {tuple(row) for row in ended} == {
        ("leader", "2027-03-12"),
        ("treasurer", "2027-03-12"),
    }
    assert tour.register.value("SELECT count(*) FROM person WHERE name = 'Aud Kittilsen'") == 1
    assert tour.register.value("SELECT count(*) FROM person") == 3
    numbers = tour.register.rows(
        "SELECT p.name, f.number FROM person p JOIN person_phone f ON f.person_id = p.id ORDER BY 1"
    )
    assert [tuple(row) for row in numbers] == [
        ("Aud Kittilsen", "+4790111222"),
        ("Odd Fagerli", "+4790111333"),
        ("Per Gunnar Aas", "+4790111444"),
    ]


def test_the_old_leaders_number_does_not_follow_to_the_new_one(tour, fill):
    tour.take(fill(tour.export()[0], "svar/a.xlsx", leader="Per Aas"))
    assert tour.register.value(
        "SELECT count(*) FROM person_phone f JOIN person p ON p.id = f.person_id"
        " WHERE p.name = 'Per Aas'"
    ) == 0  # fmt: skip


def test_a_new_number_belongs_to_the_one_who_holds_the_office(tour, fill):
    tour.take(fill(tour.export()[0], "svar/a.xlsx", leader_phone="90 11 19 99"))
    rows = tour.register.rows("SELECT number FROM person_phone WHERE person_id = 1")
    assert [row[0] for row in rows] == ["+4790111999"]


def test_a_name_spelt_otherwise_is_the_same_person(tour, fill):
    tour.take(fill(tour.export()[0], "svar/a.xlsx", leader="Aud Kittilsén"))
    assert tour.officers(1)["leader"] == "Aud Kittilsén"
    assert tour.register.value("SELECT count(*) FROM person") == 2
    assert tour.register.value("SELECT count(*) FROM contact") == 2


def test_a_namesake_is_a_question_where_nothing_says_that_it_is_the_same_person(tour, fill):
    back = fill(tour.export(2)[0], "svar/a.xlsx", leader="Odd Fagerli")
    form = tour.one(back)
    assert outcomes(form) == {"leader": "rejected"}
    assert form.problems[0].code == "who"
    assert tour.register.value("SELECT count(*) FROM person") == 2
    assert tour.officers(2) == {}


def test_one_person_in_two_offices_of_a_form_is_one_person(tour, fill):
    back = fill(tour.export(2)[0], "svar/a.xlsx", leader="Ida Hol", leader_phone="90 55 11 22",
                treasurer="Ida Hol")  # fmt: skip
    tour.take(back)
    assert tour.officers(2) == {"leader": "Ida Hol", "treasurer": "Ida Hol"}
    assert tour.register.value("SELECT count(*) FROM person WHERE name = 'Ida Hol'") == 1


def test_a_namesake_with_another_number_is_a_question(tour, fill):
    back = fill(tour.export(2)[0], "svar/a.xlsx", leader="Odd Fagerli", leader_phone="90222333")
    form = tour.one(back)
    assert outcomes(form) == {"leader": "rejected", "leader_phone": "rejected"}
    problem, held = form.problems
    assert (problem.code, held.field) == ("who", "leader_phone")
    assert 'frivillig contact add 2 "Odd Fagerli" --role leader --person 2' in problem.message
    assert tour.register.value("SELECT count(*) FROM person") == 2
    with tour.change():  # the coordinator says who it is; the file is then taken in again
        contact_actions.add(tour.register, 2, 2, "leader", today=date(2027, 3, 20))
    tour.take(back)
    assert tour.officers(2) == {"leader": "Odd Fagerli"}
    assert [p.code for p in queries.problems(tour.register, 1)] == ["conflict"]  # two numbers


def test_one_new_person_in_two_offices_is_one_row(tour, fill):
    tour.take(fill(tour.export(2)[0], "svar/a.xlsx", leader="Liv Moen", contact="liv  moen"))
    assert tour.register.value("SELECT count(*) FROM person WHERE name LIKE 'liv%'") == 1
    assert tour.officers(2) == {"leader": "Liv Moen", "contact": "Liv Moen"}


def test_an_office_given_to_another_here_since_is_a_conflict_with_all_that_goes_with_it(tour, fill):
    form = tour.export()[0]
    with tour.change():
        new = person_actions.add(tour.register, {"name": "Liv Moen"}, now=_now())
        contact_actions.add(
            tour.register, 1, new, "leader", today=date(2027, 3, 20), replace=True,
            from_date=date(2027, 3, 10),
        )  # fmt: skip
    back = fill(form, "svar/a.xlsx", leader="Per Aas", leader_phone="90 11 14 44")
    assert outcomes(tour.one(back)) == {"leader": "conflict", "leader_phone": "conflict"}
    assert tour.officers(1)["leader"] == "Liv Moen"
    only_phone = fill(form, "svar/b.xlsx", leader_phone="90 11 15 55")
    form = tour.one(only_phone)
    assert outcomes(form) == {"leader_phone": "rejected"}
    assert [problem.code for problem in form.problems] == ["other_holder"]
    both = {(1, "leader"): "answer"}  # the phone follows the name that is taken
    tour.take(back, decisions=both)
    assert tour.officers(1)["leader"] == "Per Aas"
    assert numbers_of(tour, "Per Aas") == ["+4790111444"]


def numbers_of(tour, name: str) -> list[str]:
    rows = tour.register.rows(
        "SELECT f.number FROM person_phone f JOIN person p ON p.id = f.person_id WHERE p.name = ?",
        (name,),
    )
    return [row[0] for row in rows]


def test_when_the_new_name_is_turned_down_its_number_goes_to_nobody(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="Per Aas", leader_phone="90 11 14 44")
    for _time in range(2):
        tour.take(back, decisions={(1, "leader"): "now", (1, "leader_phone"): "answer"})
    tour.take(back)
    assert tour.officers(1)["leader"] == "Aud Kittilsen"
    assert numbers_of(tour, "Aud Kittilsen") == ["+4790111222"]


def test_a_number_can_be_turned_down_while_the_name_is_taken(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="Per Aas", leader_phone="90 11 14 44")
    tour.take(back, decisions={(1, "leader_phone"): "now"})
    assert tour.officers(1)["leader"] == "Per Aas"
    assert numbers_of(tour, "Per Aas") == []


def _now():
    from datetime import UTC, datetime

    return datetime(2027, 3, 10, tzinfo=UTC)


def test_a_protected_persons_number_is_neither_sent_nor_taken(tour, fill):
    with tour.change():
        person_actions.set_protected(tour.register, 1, True, now=_now())
    form = tour.export()[0]
    from openpyxl import load_workbook

    seen = {cell.value for row in load_workbook(form).worksheets[0].iter_rows() for cell in row}
    assert "Aud Kittilsen" in seen
    assert not seen & {"90 11 12 22", "aud@lia.example"}
    result = tour.one(fill(form, "svar/a.xlsx", leader_phone="90 11 19 99"))
    assert [problem.code for problem in result.problems] == ["protected"]
    assert "+4790111999" not in str(tour.dump())


def test_an_office_can_be_emptied(tour, fill):
    tour.take(fill(tour.export()[0], "svar/a.xlsx", treasurer="SLETT"))
    assert tour.officers(1) == {"leader": "Aud Kittilsen"}


def test_a_number_without_a_name_is_a_problem(tour, fill):
    form = tour.one(fill(tour.export()[0], "svar/a.xlsx", deputy_phone="90 11 17 77"))
    assert [problem.code for problem in form.problems] == ["nobody"]


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


def test_the_number_of_a_name_that_was_refused_goes_to_nobody(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="90111444", leader_phone="90 11 14 44")
    form = tour.one(back)
    assert outcomes(form) == {"leader": "rejected", "leader_phone": "rejected"}
    assert numbers_of(tour, "Aud Kittilsen") == ["+4790111222"]

"""Who holds which office after a survey, and how they are reached."""

from __future__ import annotations

from datetime import date

from frivillig_cli.records.contact import actions as contact_actions
from frivillig_cli.records.person import actions as person_actions
from frivillig_cli.records.survey import queries
from tests.work.survey.conftest import outcomes


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


def test_the_number_of_a_name_that_was_refused_goes_to_nobody(tour, fill):
    back = fill(tour.export()[0], "svar/a.xlsx", leader="90111444", leader_phone="90 11 14 44")
    form = tour.one(back)
    assert outcomes(form) == {"leader": "rejected", "leader_phone": "rejected"}
    assert numbers_of(tour, "Aud Kittilsen") == ["+4790111222"]

"""Rows whose signs point to two different ones: a question each, never a merge or a twin."""

from functools import partial

import pytest

from frivillig_cli.records.person import actions
from frivillig_cli.work.imports.decisions import NEW, Decisions

from .conftest import NOW, command

TITLES = ["Navn", "Orgnr", "E-post", "Adresse", "Postnr", "Poststed", "Nettside", "Tlf", "Konto"]
COLUMNS = ("name", "orgnr", "email", "street", "postcode", "city", "website", "phone", "account")
HAGELAG, SONGLAG = "Lier hagelag", "Sylling songlag"
ORGNR, OTHER_ORGNR = "974760673", "889640782"
ACCOUNT, OTHER_ACCOUNT = "12345678903", "86011117947"
MAIL, SONG_MAIL = "post@hagelag.example", "post@syllingsong.example"
LIER = {"postcode": "3400", "city": "Lier"}


def row(name="", **cells):
    return [{"name": name, **cells}.get(column, "") for column in COLUMNS]


@pytest.fixture
def two(add_org):
    first = add_org(name=HAGELAG, orgnr=ORGNR, email=MAIL, **LIER)
    second = add_org(name=SONGLAG, email=SONG_MAIL, bank_account=ACCOUNT)
    return first, second


QUESTIONS = [
    (row(HAGELAG, orgnr=OTHER_ORGNR, email=MAIL, street="Bruveien 2", **LIER), (0,),
     "another organisation number"),
    (row(HAGELAG, orgnr=OTHER_ORGNR, **LIER), (0,), "another organisation number"),
    (row("Hagelaget Lier", orgnr=OTHER_ORGNR, email=MAIL), (0,), "another organisation number"),
    (row(SONGLAG, orgnr=ORGNR, website="www.x.example"), (0, 1), "the name another's"),
    (row("Helt annet kor", orgnr=ORGNR, email=SONG_MAIL), (0, 1), "the e-mail another's"),
    (row(orgnr=ORGNR, email=SONG_MAIL), (0, 1), "the e-mail another's"),
    (row(HAGELAG, email=SONG_MAIL, website="www.x.example", **LIER), (0, 1),
     "the e-mail another's"),
    (row(SONGLAG, phone="90999888", account=OTHER_ACCOUNT), (1,), "another account"),
    (row(SONGLAG, website="www.x.example", account=OTHER_ACCOUNT), (1,), "another account"),
]  # fmt: skip


def test_contradicting_signs_are_a_question(write, take_in, two, orgs):
    before = orgs()
    file = write([TITLES, *[cells for cells, _which, _why in QUESTIONS]])
    names = {0: f"{two[0]} {HAGELAG}", 1: f"{two[1]} {SONGLAG}"}
    for mode in ("fill", "overwrite"):
        result = take_in(file, mode=mode)
        assert orgs() == before and len(result.rejected) == len(QUESTIONS)
        for said, (_cells, which, why) in zip(result.rejected, QUESTIONS, strict=True):
            assert why in said.why
            assert tuple(n for n, name in names.items() if name in said.why) == which


def test_the_number_of_another_under_an_id_is_a_question(write, take_in, two, orgs):
    before = orgs()
    cells = [two[1], SONGLAG, ORGNR]
    result = take_in(write([["id", "Navn", "Orgnr"], cells]), mode="overwrite")
    assert orgs() == before and "number is another's" in result.rejected[0].why


def test_a_false_account_does_not_bring_the_number_to_call(write, take_in, add_org, orgs):
    add_org(name=SONGLAG, bank_account=ACCOUNT, **LIER)
    file = write([TITLES, row(SONGLAG, phone="90999888", account=OTHER_ACCOUNT, **LIER)])
    assert "another account" in take_in(file).rejected[0].why
    assert orgs()[SONGLAG]["phone"] is None


def test_what_identifies_one_is_no_question(write, take_in, two, orgs):
    for n, cells in enumerate(
        [
            row("Lier og Omegn Hagelag", orgnr=ORGNR),  # a new name
            row(HAGELAG, orgnr=ORGNR, email=SONG_MAIL),  # one secretary of two
            row(SONGLAG, email=SONG_MAIL, phone="90999888", account=OTHER_ACCOUNT),
            row(SONGLAG, account=ACCOUNT, phone="90999888"),
        ]
    ):
        result = take_in(write([TITLES, cells], f"{n}.csv"))
        assert (result.created, result.rejected, len(orgs())) == (0, [], 2)


@pytest.mark.parametrize("mode", ["fill", "overwrite"])
def test_the_e_mail_of_another_for_one_who_is_certain_is_pointed_out(
    write, take_in, add_org, mode: str
):
    mine = add_org(name=HAGELAG, orgnr=ORGNR, **({"email": MAIL} if mode == "overwrite" else {}))
    other = add_org(name=SONGLAG, email=SONG_MAIL)
    result = take_in(write([TITLES, row(HAGELAG, orgnr=ORGNR, email=SONG_MAIL)]), mode=mode)
    (found,) = [one for one in result.anomalies if one.kind == "shared_email"]
    assert f"{SONG_MAIL} ({mine} {HAGELAG}, {other} {SONGLAG})" in found.text
    assert (found.rows, result.changed) == (1, 1)


def test_an_e_mail_that_stays_out_or_that_the_file_alone_gives_is_not_pointed_out(
    write, take_in, two, add_org
):
    kept = take_in(write([TITLES, row(HAGELAG, orgnr=ORGNR, email=SONG_MAIL)]))
    names = ("Egge vel", "Tranby kor")
    for name in names:
        add_org(name=name, **LIER)
    rows = [row(name, email="felles@sekretar.example", **LIER) for name in names]
    filled = take_in(write([TITLES, *rows], "b.csv"))
    assert (kept.kept, filled.changed) == (1, 2)
    assert not [one for one in kept.anomalies + filled.anomalies if one.kind == "shared_email"]


def test_one_file_may_give_several_one_address_and_tell_namesakes_apart(write, take_in, add_org):
    add_org(name=HAGELAG, **LIER)
    add_org(name=SONGLAG, **LIER)
    rows = [row(name, email="felles@sekretar.example", **LIER) for name in (HAGELAG, SONGLAG)]
    rows += [row("Egge vel", orgnr=number, **LIER) for number in (ORGNR, OTHER_ORGNR)]
    result = take_in(write([TITLES, *rows]))
    assert (result.changed, result.created, result.rejected) == (2, 2, [])


def test_the_answer_decides(write, take_in, two, orgs):
    file = write([TITLES, row(HAGELAG, orgnr=OTHER_ORGNR, email=MAIL, **LIER)])
    new = Decisions(which=lambda *_question: NEW)
    assert take_in(file, mode="ask", decisions=new).created == 1
    assert {one["orgnr"] for one in orgs().values()} >= {OTHER_ORGNR}


# the account, with --ask


def test_with_ask_an_account_number_is_asked_about(write, take_in, two, orgs):
    asked = []

    def asks(answer, difference):
        asked.append(difference.field)
        return answer

    file = write([TITLES, row(SONGLAG, email=SONG_MAIL, account=OTHER_ACCOUNT)])
    for answer, stored in ((False, ACCOUNT), (True, OTHER_ACCOUNT)):
        take_in(file, mode="ask", decisions=Decisions(take=partial(asks, answer)))
        assert orgs()[SONGLAG]["bank_account"] == stored
    assert asked == ["bank_account", "bank_account"]


def test_overwrite_asks_nobody_and_keeps_the_account(write, take_in, two, orgs):
    file = write([TITLES, row(SONGLAG, email=SONG_MAIL, account=OTHER_ACCOUNT)])
    assert take_in(file, mode="overwrite").kept == 1
    assert orgs()[SONGLAG]["bank_account"] == ACCOUNT


# people


def test_a_bare_name_is_no_person_for_certain(write, take_in, register):
    there = [
        ({"name": "Ola Nordmann"}, ["90112233"]),
        ({"name": "Per Hansen"}, []),
        ({"name": "Kari Moe", "city": "Lier"}, []),
        ({"name": "Nora Lie", "email": "nora@x.example"}, []),
    ]
    with register.transaction(command()):
        for values, phones in there:
            actions.add(register, values, phones=phones, now=NOW)
    rows = [
        ["Ola Nordmann", "", "helt@annen.example", "", ""],
        ["ola nordmann", "", "", "", ""],
        ["Per Hansen", "", "", "", "mat"],
        ["per hansen", "", "", "", ""],
        ["Kari Moe", "", "nora@x.example", "Lier", ""],
    ]
    file = write([["Navn", "Tlf", "E-post", "Sted", "Kompetanse"], *rows])
    result = take_in(file, "volunteer")
    assert (result.created, result.changed, result.rejected_rows) == (0, 0, 5)
    assert register.value("SELECT count(*) FROM volunteer") == 0


def test_a_list_of_names_alone_that_comes_again_changes_nothing(write, take_in, register):
    names = ["Ola Nordmann", "Per Hansen", "Kari Moe"]
    assert take_in(write([["Navn"], *([n] for n in names)]), "volunteer").created == 3
    again = [["OLA NORDMANN"], ["Per Hansen"], ["kari moe"], ["Nora Lie"], ["Per Hansen"]]
    for mode in ("fill", "overwrite"):
        file = write([["Navn", "Tlf"], *([*cells, ""] for cells in again)], f"{mode}.csv")
        result = take_in(file, "volunteer", mode=mode)
        assert (result.rejected, result.changed, len(result.skipped)) == ([], 0, 1)
        said = [one.text for one in result.anomalies if one.kind == "by_name"]
        assert len(said) == 1
    people = [row[0] for row in register.rows("SELECT name FROM person ORDER BY id")]
    assert people == [*names, "Nora Lie"]


def test_a_name_alone_that_two_have_is_a_question_still(write, take_in, register):
    with register.transaction(command()):
        for phone in ("90112233", "90112234"):
            actions.add(register, {"name": "Ola Nordmann"}, phones=[phone], now=NOW)
    result = take_in(write([["Navn"], ["Ola Nordmann"]]), "volunteer")
    assert (result.created, result.rejected_rows) == (0, 1)

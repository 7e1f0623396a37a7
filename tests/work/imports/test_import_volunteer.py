"""A list of volunteers into the register."""

import pytest

from frivillig_cli.records.person import actions
from frivillig_cli.records.person.queries import get

from .conftest import NOW, command

TITLES = ["Fornavn", "Etternavn", "Mobil", "E-post", "Postnr", "Poststed", "Kompetanse"]
KARI = ["Kari", "Solli", "901 11 222 / 32 22 01 00", "kari@post.example", "3400", "Lier", "mat"]


@pytest.fixture
def volunteers(take_in, write):
    def volunteers(*rows, titles=TITLES, **options):
        name = options.pop("name", "liste.csv")
        return take_in(write([titles, *rows], name), "volunteer", **options)

    return volunteers


@pytest.fixture
def people(register):
    def people():
        ids = [row["id"] for row in register.rows("SELECT id FROM person ORDER BY id")]
        return [get(register, one) for one in ids]

    return people


@pytest.fixture
def add_person(register):
    def add_person(phones=(), **values):
        with register.transaction(command()):
            return actions.add(register, values, phones=phones, now=NOW)

    return add_person


def test_a_new_volunteer_gets_all_numbers_and_skills(volunteers, people):
    result = volunteers([*KARI[:6], "mat; Førstehjelp"])
    assert (result.created, result.whole) == (1, True)
    [kari] = people()
    assert (kari.name, kari.numbers) == ("Kari Solli", ["+4790111222", "+4732220100"])
    assert (kari.skills, kari.volunteer["status"]) == (("førstehjelp", "mat"), "active")


def test_somebody_who_holds_an_office_becomes_a_volunteer_and_no_twin(
    volunteers, people, add_person
):
    add_person(name="Kari Solli", phones=["90111222"])
    result = volunteers(KARI)
    assert (result.created, result.changed) == (0, 1)
    [kari] = people()
    assert kari.volunteer and kari.email == "kari@post.example"
    assert kari.numbers == ["+4790111222"]  # the second is kept out and listed: fill mode
    assert ("phone", "kept") in {(d.field, d.outcome) for d in result.differences}


def test_overwrite_puts_the_files_number_first_and_loses_none(volunteers, people, add_person):
    add_person(name="Kari Solli", phones=["90999888"], email="kari@post.example")
    volunteers(["Kari", "Solli", "90111222", "kari@post.example", "", "", ""], mode="overwrite")
    assert people()[0].numbers == ["+4790111222", "+4790999888"]


@pytest.mark.parametrize(
    ("there", "row"),
    [
        ({}, ["Kari", "Solli", "90111222", "", "3400", "Lier", ""]),
        ({"postcode": "3425"}, ["Kari", "Solli", "", "", "3400", "", ""]),
        (
            {"phones": ["90999888"], "city": "Lier"},
            ["Kari", "Solli", "90111222", "", "", "Lier", ""],
        ),
        ({"email": "hjem@post.example"}, ["Ola", "Moe", "", "hjem@post.example", "", "", ""]),
    ],
    ids=["a name alone", "another place", "another number", "a family's address"],
)
def test_a_name_alone_is_nobody_for_certain(volunteers, people, add_person, there, row):
    add_person(name="Kari Solli", **there)
    result = volunteers(row)
    assert (result.created, result.changed, result.rejected_rows) == (0, 0, 1)
    assert len(people()) == 1


def test_name_and_place_are_enough_without_contrary_signs(volunteers, people, add_person):
    add_person(name="Kari Solli", postcode="3400")
    assert volunteers(["Kari", "Solli", "90111222", "", "3400", "Lier", ""]).changed == 1
    assert len(people()) == 1


def test_a_couple_with_one_address_in_one_file_are_two(volunteers, people):
    ola = ["Ola", *KARI[1:2], "90999888", *KARI[3:]]
    assert volunteers(KARI, ola).created == 2
    assert [person.name for person in people()] == ["Kari Solli", "Ola Solli"]


def test_a_protected_person_is_left_alone_and_not_shown(volunteers, register, people, add_person):
    one = add_person(name="Kari Solli", phones=["90111222"])
    with register.transaction(command()):
        actions.set_protected(register, one, True, now=NOW)
    result = volunteers(KARI)
    assert (len(result.skipped), result.changed, result.differences) == (1, 0, [])
    assert people()[0].values["email"] is None


def test_a_name_with_the_family_first_is_turned(volunteers, people):
    volunteers(["Solli, Kari", "90111222"], titles=["Navn", "Tlf"])
    assert people()[0].name == "Kari Solli"


def test_names_in_two_columns_go_before_the_name_of_a_firm(volunteers, people):
    volunteers(["Kari", "Solli", "Firma"], titles=["first_name", "last_name", "company_name"])
    assert people()[0].name == "Kari Solli"


def test_the_same_rows_again_change_nothing(volunteers):
    volunteers(KARI)
    again = volunteers(KARI, name="annen.xlsx")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 1)


def test_a_date_in_the_future_is_left_out(volunteers, people):
    rows = [["Kari", "90111222", "01.01.2099"], ["Ola", "90999888", "01.02.2027"]]
    result = volunteers(*rows, titles=["Navn", "Tlf", "Politiattest"])
    assert [(r.row, r.field) for r in result.left_out] == [(2, "police_certificate_seen")]
    seen = [person.volunteer["police_certificate_seen"] for person in people()]
    assert seen == [None, "2027-02-01"]


def test_free_text_and_birth_dates_are_not_read_unasked(volunteers, people):
    titles = ["Navn", "Født", "Merknad"]
    volunteers(["Kari Solli", "01.02.1970", "trenger hjelp"], titles=titles)
    values = str(people()[0].to_json(whole=True))
    assert "1970" not in values and "hjelp" not in values


def test_what_they_speak_is_no_form_of_norwegian_and_refuses_nobody(volunteers, people):
    rows = [["Kari Solli", "90111222", "norsk"], ["Ola Moe", "90999888", "nynorsk"]]
    result = volunteers(*rows, titles=["Navn", "Tlf", "Språk"])
    assert (result.created, result.rejected, result.whole) == (2, [], False)
    assert [(one.row, one.field, one.value) for one in result.left_out] == [
        (2, "language", "norsk")
    ]
    assert [person.values["language"] for person in people()] == [None, "nn"]


def test_every_field_of_a_list_has_a_name_in_bokmal():
    from frivillig_cli.core.i18n import in_language
    from frivillig_cli.work.imports.job import kind_of

    with in_language("nb"):
        for name in ("org", "volunteer"):
            kind = kind_of(name, NOW)
            assert [field for field in kind.titles if "_" in kind.label(field)] == []
            assert set(kind.titles) <= set(kind.labels)

"""Answers of Enhetsregisteret into the register."""

import pytest

from frivillig_cli.core.errors import FileFormatError, UsageError
from frivillig_cli.work.imports import job
from frivillig_cli.work.imports.result import Options

from .conftest import NOW

# numbers of the made-up kind (2…), with right check digits
FIRST, SECOND, THIRD, FOURTH = "200000021", "200000048", "200000056", "200000064"


def unit(orgnr, name, **over):
    return {
        "organisasjonsnummer": orgnr,
        "navn": name,
        "organisasjonsform": {"kode": "FLI"},
        "epostadresse": "post@lag.example",
        "forretningsadresse": {
            "adresse": ["c/o Ola Nordmann", "Bruveien 2"], "postnummer": "3400",
            "poststed": "LIER", "kommunenummer": "3312", "kommune": "LIER",
        },
        "maalform": "Nynorsk",
        "aktivitet": ["Fremme", "sang"],
        **over,
    }  # fmt: skip


def pages(*units):
    return [{"_embedded": {"enheter": list(units)}, "_links": {}, "page": {"number": 0}}]


def test_a_new_unit_is_added_in_ordinary_letters(write, take_in, orgs):
    result = take_in(write(pages(unit(FIRST, "LIER SANGLAG", telefon="32 22 01 00")), "e.json"))
    assert (result.created, result.rows, result.whole) == (1, 1, True)
    org = orgs()["Lier sanglag"]
    assert (org["orgnr"], org["form"], org["phone"]) == (FIRST, "FLI", "+4732220100")
    assert (org["street"], org["city"], org["municipality"]) == ("Bruveien 2", "Lier", "3312")
    assert (org["language"], org["activities"]) == ("nn", "Fremme sang")
    assert "Nordmann" not in str(org)


def test_the_registers_name_is_kept_and_shown_as_the_file_has_it(write, take_in, add_org, orgs):
    add_org(name="Lier Blandakor", orgnr=FIRST)
    result = take_in(write(pages(unit(FIRST, "LIER SANGLAG")), "e.json"))
    [kept] = [d for d in result.differences if d.outcome == "kept"]
    assert (kept.field, kept.old, kept.new) == ("name", "Lier Blandakor", "LIER SANGLAG")
    assert list(orgs()) == ["Lier Blandakor"]


@pytest.mark.parametrize("name", ["Lier Sanglag", "LIER SANGLAG", "lier sanglag"])
def test_other_letters_are_no_other_name(write, take_in, add_org, orgs, name):
    add_org(name=name, orgnr=FIRST)
    path = write(pages(unit(FIRST, "LIER SANGLAG")), "e.json")
    result = take_in(path, mode="overwrite")
    assert "name" not in {d.field for d in result.differences}
    assert list(orgs()) == [name]


def test_a_mobile_that_stands_as_the_phone_is_no_difference(write, take_in, add_org):
    add_org(name="Lier sanglag", orgnr=FIRST, phone="90111222")
    both = unit(FIRST, "LIER SANGLAG", telefon="32220100", mobil="90 11 12 22")
    result = take_in(write(pages(both), "e.json"))
    assert "phone" not in {d.field for d in result.differences}


def test_units_elsewhere_dissolved_and_of_other_forms_are_skipped_with_why(write, take_in, orgs):
    there = {"kommunenummer": "3301", "kommune": "DRAMMEN"}
    found = pages(
        unit(FIRST, "LIER SANGLAG", forretningsadresse=there),
        unit(SECOND, "GAMMELT LAG", slettedato="2026-01-31"),
        unit(THIRD, "SNEKKER LI", organisasjonsform={"kode": "ENK"}),
        {"organisasjonsnummer": FOURTH, "slettedato": "2026-01-31"},
    )
    result = take_in(write(found, "e.json"))
    why = [skip.why for skip in result.skipped]
    assert [skip.row for skip in result.skipped] == [1, 2, 3, 4]
    assert "3301 DRAMMEN" in why[0] and "31 January 2026" in why[1] and "ENK" in why[2]
    assert "no copy" in why[3]
    assert orgs() == {}


def test_a_file_from_another_municipality_says_so(write, register):
    there = {"kommunenummer": "3301", "kommune": "DRAMMEN"}
    path = write(pages(unit(FIRST, "LIER SANGLAG", forretningsadresse=there)), "e.json")
    plan = job.prepare(register, path, job.kind_of("org", NOW), Options())
    assert "3301 DRAMMEN" in plan.notes[0] and "config set" in plan.notes[0]


def test_one_odd_value_is_left_out_and_listed_but_the_unit_is_taken(write, take_in, orgs):
    result = take_in(write(pages(unit(FIRST, "LIER SANGLAG", telefon="ring meg")), "e.json"))
    assert (result.created, result.whole) == (1, False)
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(1, "phone", "ring meg")]
    assert orgs()["Lier sanglag"]["phone"] is None


def test_nothing_is_left_out_of_a_unit_that_is_not_taken(write, take_in, add_org):
    add_org(name="Lier sanglaget")
    result = take_in(write(pages(unit(FIRST, "LIER SANGLAG", telefon="ring meg")), "e.json"))
    assert (result.rejected_rows, result.left_out) == (1, [])


def test_a_unit_with_a_wrong_number_is_refused(write, take_in):
    result = take_in(write(pages(unit("200000022", "LIER SANGLAG")), "e.json"))
    assert [(r.row, r.field) for r in result.rejected] == [(1, "orgnr")]


def test_two_units_of_one_address_are_two_organisations(write, take_in):
    found = pages(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER BARNEKOR"))
    assert take_in(write(found, "e.json")).created == 2


def test_an_organisation_without_a_number_gets_its(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", city="Lier")
    result = take_in(write(pages(unit(FIRST, "LIER SANGLAG")), "e.json"))
    assert (result.created, result.changed) == (0, 1)
    assert orgs()["Lier sanglag"]["orgnr"] == FIRST


def test_the_voluntary_register_only_adds_to_those_there_are(write, take_in, add_org, orgs):
    add_org(name="Lier sanglag", orgnr=FIRST)
    entries = [
        {
            "organisasjonsnummer": number,
            "icnpoKategorier": [{"icnpoNummer": "1100"}],
            "kontonummer": "86011117947",
        }
        for number in (FIRST, SECOND)
    ]
    body = {"_embedded": {"frivilligeOrganisasjoner": entries}, "_links": {}}
    result = take_in(write(body, "f.json"))
    assert (result.changed, result.created, len(result.skipped)) == (1, 0, 1)
    assert orgs()["Lier sanglag"]["category"] == "1100"
    assert orgs()["Lier sanglag"]["bank_account"] is None


def test_an_empty_search_and_a_volunteer_import_are_refused(write, take_in):
    with pytest.raises(FileFormatError):
        take_in(write({"_links": {}, "page": {"totalElements": 0}}, "tom.json"))
    with pytest.raises(UsageError, match="associations"):
        take_in(write(pages(unit(FIRST, "LIER SANGLAG")), "e.json"), "volunteer")


def test_a_unit_that_is_being_wound_up_is_told_of(write, register):
    path = write(pages(unit(FIRST, "LIER SANGLAG", underAvvikling=True)), "e.json")
    plan = job.prepare(register, path, job.kind_of("org", NOW), Options())
    wound_up, named = plan.notes
    assert "LIER SANGLAG" in wound_up and "(c/o, v/, att.): Lier sanglag" in named


@pytest.mark.parametrize("name", ["enheter.csv", "enheter.xlsx"])
def test_the_registers_csv_saved_again_by_excel_is_still_an_answer(write, take_in, orgs, name):
    titles = [
        "organisasjonsnummer",
        "navn",
        "organisasjonsform.kode",
        "forretningsadresse.kommunenummer",
        "forretningsadresse.kommune",
    ]
    rows = [
        titles,
        [FIRST, "LIER SANGLAG", "FLI", "3312", "LIER"],
        [SECOND, "DRAMMEN KOR", "FLI", "3301", "DRAMMEN"],
    ]
    result = take_in(write(rows, name))
    assert (result.created, [skip.row for skip in result.skipped]) == (1, [3])
    assert orgs()["Lier sanglag"]["municipality"] == "3312"


def test_a_page_of_the_voluntary_register_is_called_what_it_is(cli, write):
    cli.ok("config", "set", "municipality.number", "3312")
    entries = [
        {"organisasjonsnummer": number, "icnpoKategorier": [{"icnpoNummer": "1100"}]}
        for number in (FIRST, SECOND)
    ]
    body = {"_embedded": {"frivilligeOrganisasjoner": entries}, "_links": {}}
    said = cli.ok("org", "import", write(body, "f.json"), "--dry-run")
    assert "f.json: Frivillighetsregisteret, 1 page, 2 units\n" in said
    page = write(pages(unit(FIRST, "LIER SANGLAG")), "e.json")
    assert "Enhetsregisteret" in cli.ok("org", "import", page, "--dry-run")

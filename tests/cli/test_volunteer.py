"""`frivillig volunteer`: a volunteer is a person, with one id for both."""

from __future__ import annotations

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in, shown_harmlessly

WHOLE = (
    *("--phone", "90111222", "--phone", "32220100", "--email", "kari@post.example"),
    *("--street", "Storgata 1", "--postcode", "3400", "--city", "Lier", "--language", "nn"),
    *("--skill", "Omsorg", "--skill", "sjåfør", "--availability", "kvelder"),
    *("--speaks", "norsk", "--speaks", "Arabisk", "--driving-licence"),
    *("--confidentiality-signed", "01.02.2026", "--police-certificate-seen", "2026-02-02"),
    *("--intro-course-completed", "2026-03-03"),
)


@pytest.fixture
def kari(cli):
    cli.ok("volunteer", "add", "Kari Nordmann", *WHOLE)
    return cli


def test_a_volunteer_has_the_keys_that_scripts_rely_on(kari) -> None:
    shown = kari.json("volunteer", "show", "kari")
    assert shown["phones"] == ["+4790111222", "+4732220100"]
    assert shown["roles"] == [] and shown["language"] == "nn"
    assert shown["volunteer"] == {
        "status": "active",
        "skills": ["omsorg", "sjåfør"],
        "availability": "kvelder",
        "languages": ["norsk", "arabisk"],
        "driving_licence": True,
        "confidentiality_signed": "2026-02-01",
        "police_certificate_seen": "2026-02-02",
        "intro_course_completed": "2026-03-03",
        "opted_out_until": None,
    }
    assert kari.json("person", "show", "1") == shown


def test_what_is_not_known_is_null_and_a_dash(cli) -> None:
    cli.ok("volunteer", "add", "Kari")
    volunteer = cli.json("volunteer", "show", "1")["volunteer"]
    assert volunteer["availability"] is None and volunteer["driving_licence"] is None
    shown = cli.ok("volunteer", "show", "1")
    assert "None" not in shown and "–" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("skill:omsorg", 1), ("skill:mat", 0), ("omsorg", 1), ("speaks:arabisk", 1),
        ("licence:yes", 1), ("licence:no", 0), ("confidentiality:2026", 1), ("police:", 0),
        ("police:..2026-01-01", 0), ("course:2026-03", 1), ("availability:kveld", 1),
        ("status:active", 1), ("status:archived", 0), ("city:lier", 1), ("id:1", 1),
    ],
)  # fmt: skip
def test_a_query_picks_by_any_field(kari, query: str, found: int) -> None:
    assert len(kari.json("volunteer", "list", query)) == found


def test_a_person_who_is_there_becomes_a_volunteer_and_not_another_person(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    cli.ok("contact", "add", "1", "Per Aas", "--role", "leader", "--phone", "90111222")
    assert "--person 1" in cli.refused("volunteer", "add", "per aas", "--json")
    assert cli.json("volunteer", "list") == []
    made = cli.json("volunteer", "add", "Per Ås", "--phone", "90111222", "--skill", "mat")
    assert made["id"] == 1 and made["roles"][0]["org"] == "Lier kor"
    assert len(cli.json("person", "list")) == 1


def test_a_volunteer_is_not_added_twice(kari) -> None:
    words = ("volunteer", "add", "Kari Nordmann", "--phone", "90111222")
    assert "volunteer edit 1" in kari.refused(*words, "--city", "Oslo", "--json")
    assert kari.json("volunteer", "show", "1")["city"] == "Lier"
    kari.ok("volunteer", "archive", "1")
    assert "volunteer restore 1" in kari.refused(*words)


def test_archive_leaves_the_list_and_restore_comes_back(kari) -> None:
    kari.ok("volunteer", "archive", "1")
    assert kari.json("volunteer", "list") == []
    assert len(kari.json("volunteer", "list", "status:archived")) == 1
    assert len(kari.json("person", "list")) == 1
    assert "Nothing to change." in kari.ok("volunteer", "archive", "1")
    assert kari.json("volunteer", "restore", "1")["volunteer"]["status"] == "active"


def test_edit_changes_person_and_volunteer_in_one_go(kari) -> None:
    said = kari.ok(
        *("volunteer", "edit", "1", "--city", "Drammen", "--skill", "mat", "--no-skill", "omsorg"),
        *("--no-driving-licence", "--availability", "", "--opted-out-until", "2027-01-01"),
    )
    assert "Lier → Drammen" in said and "kvelder → –" in said and "yes → no" in said
    shown = kari.json("volunteer", "show", "1")
    assert shown["city"] == "Drammen" and shown["volunteer"]["skills"] == ["mat", "sjåfør"]
    assert shown["volunteer"]["opted_out_until"] == "2027-01-01"


def test_a_person_who_is_no_volunteer_is_not_shown_as_one(kari) -> None:
    kari.ok("org", "add", "Lier kor")
    kari.ok("contact", "add", "1", "Per", "--role", "leader")
    kari.refused("volunteer", "show", "Per", "--json")
    kari.refused("volunteer", "archive", "2", "--json")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--police-certificate-seen", "2027-01-01"), ("--confidentiality-signed", "31.02.2026"),
        ("--intro-course-completed", "yes"), ("--skill", "a:b"), ("--skill", ""),
        ("--availability", "x" * 10_000), ("--phone", "90 11 12"), ("--email", "x"),
    ],
)  # fmt: skip
def test_a_value_that_breaks_a_rule_is_refused_and_nothing_is_changed(
    kari, option: str, value: str
) -> None:
    before = kari.json("volunteer", "show", "1")
    kari.refused("volunteer", "edit", "1", "--city", "Oslo", option, value, "--json")
    assert kari.json("volunteer", "show", "1") == before
    kari.refused("volunteer", "add", "Per", "--city", "Oslo", option, value, "--json")
    assert len(kari.json("person", "list")) == 1


@pytest.mark.parametrize(
    "option",
    ["--phone", "--email", "--street", "--postcode", "--city", "--language", "--skill",
     "--availability", "--speaks", "--confidentiality-signed", "--police-certificate-seen",
     "--intro-course-completed", "--opted-out-until", "--notes", "--person"],
)  # fmt: skip
def test_a_birth_number_is_refused_in_any_field_and_never_repeated(cli, option: str) -> None:
    code = 2 if option == "--language" else 1
    no_birth_number_in(cli.refused("volunteer", "add", "Kari", option, BIRTH_NUMBER, code=code))
    no_birth_number_in(cli.refused("volunteer", "add", f"Kari {BIRTH_NUMBER}"))
    assert cli.json("person", "list") == []


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text(cli, name: str) -> None:
    cli.ok("volunteer", "add", name)
    shown_harmlessly(cli, "volunteer", 1)


def test_numbers_are_shown_in_pairs_and_two_in_one_cell_are_two(cli) -> None:
    cli.ok("volunteer", "add", "Kari", "--phone", "901 23 456 / 32 22 01 00")
    assert "90 12 34 56\n" in cli.ok("volunteer", "show", "1")
    assert "32 22 01 00" in cli.ok("volunteer", "show", "1")
    assert "90 12 34 56" in cli.ok("volunteer", "list")


def test_bokmal_is_spoken(kari) -> None:
    shown = kari("volunteer", "show", "1", lang="nb").out
    assert "taushetserklæring" in shown and "politiattest" in shown

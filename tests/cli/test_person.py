"""`frivillig person`, as it is typed."""

from __future__ import annotations

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in, shown_harmlessly


@pytest.fixture
def kari(cli):
    cli.ok("org", "add", "Lier kor")
    cli.ok(
        *("contact", "add", "1", "Kari Nordmann", "--role", "leader", "--from", "2020-01-01"),
        *("--phone", "901 11 222", "--email", "kari@post.example"),
    )
    cli.ok(
        "person", "edit", "1", "--street", "Storgata 1", "--postcode", "3400", "--city", "Tranby"
    )
    return cli


SECRETS = ("90111222", "90 11 12 22", "kari@post.example", "Storgata", "3400", "Tranby")


def test_show_has_the_keys_that_scripts_rely_on(kari) -> None:
    person = kari.json("person", "show", "kari")
    assert person["phones"] == ["+4790111222"]
    assert person["volunteer"] is None and person["protected"] is False
    assert person["roles"] == [
        {"org_id": 1, "org": "Lier kor", "role": "leader", "from": "2020-01-01", "to": None}
    ]
    assert {"id", "name", "email", "street", "postcode", "city", "language"} <= set(person)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nordmann", 1), ("NORDMANN", 1), ("role:leader", 1), ("role:leder", 1), ("role:deputy", 0),
        ("org:kor", 1), ("phone:90111222", 1), ("email:post.example", 1), ("city:TRANBY", 1),
        ("protected:no", 1), ("protected:yes", 0), ("volunteer:", 1), ("id:1", 1), ("skill:", 1),
        ("^kari", 0), ("street:storgata", 1), ("created:2026", 1),
    ],
)  # fmt: skip
def test_a_query_picks_by_any_field(kari, query: str, found: int) -> None:
    assert len(kari.json("person", "list", query)) == found


def test_a_field_that_does_not_exist_names_those_that_do(kari) -> None:
    assert "skill" in kari.refused("person", "list", "shoe:43", "--json")


def test_two_of_one_name_are_listed_with_what_tells_them_apart(kari) -> None:
    kari.ok("volunteer", "add", "Kari Nordmann", "--new-person")
    said = kari.refused("person", "show", "kari nordmann", "--json")
    assert "Lier kor" in said and "    2  Kari Nordmann" in said


def test_edit_replaces_all_numbers_and_the_first_is_first(kari) -> None:
    kari.ok("person", "edit", "1", "--phone", "32 22 01 00", "--phone", "90111222")
    assert kari.json("person", "show", "1")["phones"] == ["+4732220100", "+4790111222"]
    kari.ok("person", "edit", "1", "--phone", "")
    assert kari.json("person", "show", "1")["phones"] == []


def test_an_empty_value_empties_and_nothing_new_says_so(kari) -> None:
    kari.ok("person", "edit", "1", "--city", "")
    assert kari.json("person", "show", "1")["city"] is None
    assert "Nothing to change." in kari.ok("person", "edit", "1", "--city", "")


def test_a_protected_persons_contact_data_is_in_their_own_show_only(kari) -> None:
    kari.ok("person", "edit", "1", "--protected")
    kari.ok("volunteer", "add", "--person", "1", "Kari Nordmann", "--skill", "omsorg")
    outside = [
        ("person", "list"), ("person", "list", "--json"), ("person", "list", "--csv"),
        ("volunteer", "list"), ("volunteer", "list", "--json"), ("volunteer", "list", "--csv"),
        ("contact", "list"), ("contact", "list", "--json"), ("contact", "list", "--csv"),
        ("org", "show", "1"), ("org", "show", "1", "--json"), ("org", "list", "--json"),
        ("search", "kari"), ("search", "kari", "--json"), ("person", "edit", "1", "--json"),
        ("person", "edit", "1", "--phone", "90111222", "--street", "Storgata 1"),
        ("volunteer", "edit", "1", "--skill", "mat", "--json"),
    ]  # fmt: skip
    for command in outside:
        shown = kari.ok(*command)
        assert "Kari" in shown or "kor" in shown, command
        assert not [secret for secret in SECRETS if secret in shown], command
    for command in (("person", "show", "1"), ("volunteer", "show", "1")):
        assert "90 11 12 22" in kari.ok(*command)
        assert kari.json(*command)["street"] == "Storgata 1"


def test_a_protected_person_cannot_be_found_by_their_contact_data(kari) -> None:
    kari.ok("person", "edit", "1", "--protected")
    for typed in ("90111222", "kari@post.example", "Storgata", "3400"):
        assert kari.json("search", typed) == []
        assert kari.json("person", "list", typed) == []
    for query in ("phone:9011", "email:post", "street:stor", "postcode:3400", "city:tranby"):
        assert kari.json("person", "list", query) == []
    for query in ("phone:9011", "email:post"):
        assert kari.json("contact", "list", query) == []


def test_protection_ends_only_with_a_confirmation(kari) -> None:
    kari.ok("person", "edit", "1", "--protected")
    assert "--yes" in kari.refused("person", "edit", "1", "--no-protected", "--json")
    assert kari.json("person", "show", "1")["protected"] is True
    kari.ok("person", "edit", "1", "--no-protected", "--yes")
    assert len(kari.json("search", "90111222")) == 1


@pytest.mark.parametrize(
    "option", ["--name", "--email", "--street", "--postcode", "--city", "--language", "--notes",
               "--phone"],
)  # fmt: skip
def test_a_birth_number_is_refused_in_any_field_and_never_repeated(kari, option: str) -> None:
    code = 2 if option == "--language" else 1
    for text in (BIRTH_NUMBER, f"hei {BIRTH_NUMBER[:6]} {BIRTH_NUMBER[6:]}"):
        no_birth_number_in(kari.refused("person", "edit", "1", option, text, code=code))
    no_birth_number_in(kari.path.read_bytes().decode("latin-1"))


@pytest.mark.parametrize(
    "words",
    [("show",), ("list", "--sort"), ("edit",), ("list", "--limit"), ("list", "foo:1", "--csv")],
)
def test_a_birth_number_that_is_typed_anywhere_is_not_repeated(cli, words) -> None:
    done = cli("person", *words, BIRTH_NUMBER)
    no_birth_number_in(done.out + done.err)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text(cli, name: str) -> None:
    cli.ok("volunteer", "add", name, "--new-person")
    shown_harmlessly(cli, "person", 1)


@pytest.mark.parametrize("name", ["", "  ", "\x1b[31m", "x" * 10_000])
def test_a_name_that_is_none_is_refused(kari, name: str) -> None:
    kari.refused("person", "edit", "1", "--name", name, "--json")
    assert kari.json("person", "show", "1")["name"] == "Kari Nordmann"


@pytest.mark.parametrize(
    ("option", "value"),
    [("--phone", "123"), ("--email", "kari@"), ("--postcode", "34")],
)
def test_a_value_that_breaks_a_rule_is_refused_and_nothing_is_changed(
    kari, option: str, value: str
) -> None:
    before = kari.json("person", "show", "1")
    kari.refused("person", "edit", "1", "--city", "Oslo", option, value, "--json")
    assert kari.json("person", "show", "1") == before


def test_a_list_can_be_sorted_cut_and_written_as_csv(kari) -> None:
    for name in ("Åse Aas", "Aage Ås", "Øyvind Lie"):
        kari.ok("volunteer", "add", name)
    names = [person["name"] for person in kari.json("person", "list")]
    assert names == ["Kari Nordmann", "Øyvind Lie", "Aage Ås", "Åse Aas"]
    assert len(kari.json("person", "list", "--limit", "2")) == 2
    assert [p["id"] for p in kari.json("person", "list", "--sort", "-id")] == [4, 3, 2, 1]
    assert kari.ok("person", "list", "--csv").splitlines()[0].startswith("id,name,phones,")
    assert "name" in kari.refused("person", "list", "--sort", "shoe")


@pytest.mark.parametrize(
    ("command", "mend"),
    [
        (("person", "edit", "1", "--notes", "har diabetes"), "person edit 1 --notes TEXT"),
        (("volunteer", "edit", "2", "--notes", "har diabetes"), "volunteer edit 2 --notes TEXT"),
        (("volunteer", "add", "Ola Vik", "--availability", "ikke når han er syk"),
         "volunteer edit 3 --availability TEXT"),
    ],
)  # fmt: skip
def test_a_note_on_somebodys_health_is_pointed_out_and_where_to_write_it_anew(
    kari, command, mend: str
) -> None:
    kari.ok("volunteer", "add", "Per Aas")
    done = kari(*command)
    assert done.code == 0 and "somebody's health" in done.err and f"frivillig {mend}" in done.err
    assert "health" not in kari("person", "edit", "1", "--notes", "liker å synge").err


@pytest.mark.parametrize("day", ["2026-01-01", "2026-11-23"])
def test_an_opt_out_that_has_passed_is_refused(kari, day: str) -> None:
    kari.ok("volunteer", "add", "Per Aas")
    for command in (
        ("person", "edit", "1"),
        ("volunteer", "edit", "2"),
        ("volunteer", "add", "Ny"),
    ):
        said = kari.refused(*command, "--opted-out-until", day)
        assert "keeps nobody from being called" in said and "a day that is to come" in said
        assert ("opt-out clear" in said) == ("edit" in command)
    assert len(kari.json("person", "list")) == 2
    kari.ok("person", "edit", "1", "--opted-out-until", "2027-01-01")
    kari.ok("person", "edit", "1", "--opted-out-until", "")

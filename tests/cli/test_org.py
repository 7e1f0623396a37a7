"""`frivillig org`, as it is typed (import has its own tests)."""

from __future__ import annotations

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in, shown_harmlessly

WHOLE = (
    *("--orgnr", "974 760 673", "--form", "FLI", "--category", "1200", "--language", "nn"),
    *("--email", "post@lag.example", "--phone", "32 22 01 00", "--website", "www.lag.example"),
    *("--street", "Storgata 1", "--postcode", "3400", "--city", "Lier", "--municipality", "3312"),
    *("--account", "8601.11.17947", "--tag", "Kor", "--tag", "idrett", "--notes", "Øver mandag"),
)
KEYS = (
    "id orgnr name form category status language email phone website street postcode city"
    " municipality bank_account tags umbrellas contacts confirmed updated"
).split()


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Lier kor", *WHOLE)
    return cli


def test_an_organisation_has_the_keys_that_scripts_rely_on(lag) -> None:
    org = lag.json("org", "show", "1")
    assert [key for key in KEYS if key not in org] == []
    assert org["orgnr"] == "974760673" and org["phone"] == "+4732220100"
    assert org["bank_account"] == "86011117947" and org["tags"] == ["idrett", "kor"]
    assert org["status"] == "active" and org["confirmed"] is None
    assert org.pop("confirmations") == []  # only `show` says them
    assert lag.json("org", "list") == [org]


def test_what_is_not_known_is_null_and_a_dash(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    assert cli.json("org", "show", "1")["email"] is None
    shown = cli.ok("org", "show", "1")
    assert "None" not in shown and "–" in shown


@pytest.mark.parametrize("ref", ["1", "974760673", "974 760 673", "LIER KOR", "lier", "kor"])
def test_a_ref_is_the_id_the_orgnr_or_enough_of_the_name(lag, ref: str) -> None:
    assert lag.json("org", "show", ref)["id"] == 1


def test_a_ref_that_fits_two_lists_them_with_their_ids(lag) -> None:
    lag.ok("org", "add", "Lier hagelag")
    said = lag.refused("org", "show", "lier", "--json")
    assert "    1  Lier kor" in said and "    2  Lier hagelag" in said


def test_a_ref_that_fits_many_names_the_list_that_has_them_all(cli) -> None:
    for number in range(10):
        cli.ok("org", "add", f"Sollia lag {number}")
    assert "org list" not in cli.refused("org", "show", "sollia")
    cli.ok("org", "add", "Sollia lag 11")
    said = cli.refused("org", "show", "sollia lag")
    assert 'All of them: frivillig org list --limit 0 "sollia lag"\n' in said
    assert len(cli.json("org", "list", "--limit", "0", "sollia lag")) == 11
    cli.ok("org", "edit", "Sollia lag 11", "--name", "Sollia^lag: 11")
    said = cli.refused("org", "show", "l")
    assert said.endswith("All of them: frivillig org list --limit 0 l\n")


def test_what_a_list_would_read_as_a_query_is_not_put_there(cli) -> None:
    for number in range(11):
        cli.ok("org", "add", f"Kor: ^{number}")
    said = cli.refused("org", "show", "kor: ^")
    assert said.endswith("All of them: frivillig org list --limit 0\n")


def test_a_ref_that_fits_nothing_says_what_is_near(lag) -> None:
    assert "Lier kor" in lag.refused("org", "show", "Leir kor", "--json")
    assert "org list" in lag.refused("org", "show", "xqzw", "--json")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lier", 1), ("KOR", 1), ("tag:kor", 1), ("^tag:kor", 0), ("tag:", 0), ("category:1", 1),
        ("category:12", 0), ("category:1200", 1), ("language:nn", 1), ("email:", 0), ("orgnr:", 0),
        ("confirmed:", 1), ("confirmed:..2030-01-01", 0), ("city:LIER", 1), ("postcode:3400", 1),
        ("leader:", 1), ("umbrella:", 1), ("created:2026-11", 1), ("account:86011117947", 1),
        ("mandag", 1), ("oever", 1),
    ],
)  # fmt: skip
def test_a_query_picks_by_any_field(lag, query: str, found: int) -> None:
    assert len(lag.json("org", "list", query)) == found


def test_a_field_that_does_not_exist_names_those_that_do(lag) -> None:
    assert "category" in lag.refused("org", "list", "shoe:43", "--json")


def test_an_orgnr_belongs_to_one_organisation(lag) -> None:
    said = lag.refused("org", "add", "Egge vel", "--orgnr", "974760673", "--json")
    assert "Lier kor" in said and "org show 1" in said
    lag.ok("org", "add", "Egge vel")
    lag.refused("org", "edit", "2", "--orgnr", "974760673")
    lag.ok("org", "edit", "1", "--orgnr", "974760673")


def test_a_second_one_of_the_same_name_is_added_and_said(lag) -> None:
    done = lag("org", "add", "LIER KOR", "--json")
    assert done.code == 0 and "number 1" in done.err
    assert "number" not in lag("org", "add", "Lier", "--json").err


def test_a_tag_and_an_umbrella_come_and_go(lag) -> None:
    lag.ok("org", "add", "Kulturrådet")
    said = lag.ok("org", "edit", "1", "--umbrella", "kultur", "--untag", "kor", "--tag", "sang")
    assert "– → Kulturrådet" in said
    org = lag.json("org", "show", "1")
    assert org["umbrellas"] == [{"id": 2, "name": "Kulturrådet"}]
    assert org["tags"] == ["idrett", "sang"]
    assert len(lag.json("org", "list", "umbrella:kultur")) == 1
    lag.ok("org", "edit", "1", "--no-umbrella", "2")
    assert lag.json("org", "show", "1")["umbrellas"] == []


def test_umbrellas_never_go_in_a_circle(lag) -> None:
    lag.ok("org", "add", "Kulturrådet")
    lag.ok("org", "edit", "1", "--umbrella", "2")
    lag.refused("org", "edit", "2", "--umbrella", "1", "--json")
    lag.refused("org", "edit", "1", "--umbrella", "1", "--json")


def test_archive_leaves_the_list_and_restore_comes_back(lag) -> None:
    lag.ok("org", "archive", "1")
    assert lag.json("org", "list") == []
    assert len(lag.json("org", "list", "status:archived")) == 1
    assert "Nothing to change." in lag.ok("org", "archive", "1")
    assert lag.json("org", "restore", "1")["status"] == "active"


def test_an_empty_value_empties_and_nothing_new_says_so(lag) -> None:
    assert "Lier → –" in lag.ok("org", "edit", "1", "--city", "")
    assert "Nothing to change." in lag.ok("org", "edit", "1", "--city", "")
    lag.refused("org", "edit", "1", "--name", "", "--json")


def test_what_a_form_asks_can_be_typed_after_a_call_as_well(lag) -> None:
    said = lag.ok(
        "org", "edit", "1", "--founded", "1923", "--members", "41", "--members-local", "38",
        "--annual-meeting", "3", "--activities", "Sang", "--premises", "Festiviteten", "--listed",
    )  # fmt: skip
    assert "founded" in said and "– → 1923" in said and "– → March" in said
    org = lag.json("org", "show", "1")
    assert (org["founded"], org["members"], org["members_local"]) == ("1923", 41, 38)
    assert (org["annual_meeting_month"], org["listed"]) == (3, True)
    shown = lag.ok("org", "show", "1")
    for told in ("1923", "March", "38", "Sang", "Festiviteten", "may be listed publicly"):
        assert told in shown
    assert "1923 → 17 May 1923" in lag.ok("org", "edit", "1", "--founded", "17.5.1923")
    assert "yes → no" in lag.ok("org", "edit", "1", "--not-listed")
    lag.ok("org", "add", "Lier turlag", "--founded", "1899", "--members", "7", "--not-listed")
    new = lag.json("org", "show", "2")
    assert (new["founded"], new["members"], new["listed"]) == ("1899", 7, False)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--founded", "ca. 1923"), ("--founded", "2123"), ("--annual-meeting", "13"),
        ("--members", "mange"), ("--members-local", "-1"), ("--activities", "x" * 10_000),
        ("--orgnr", "974760674"), ("--orgnr", "999999999"), ("--email", "post@"),
        ("--phone", "901 23 456 / 32 22 01 00"), ("--phone", "12"), ("--website", "javascript:x"),
        ("--postcode", "340"), ("--municipality", "33120"),
        ("--account", "8601.11.17948"), ("--account", "1234567"), ("--tag", "a:b"),
        ("--umbrella", "no such"), ("--notes", "x" * 10_000), ("--name", "x" * 10_000),
    ],
)  # fmt: skip
def test_a_value_that_breaks_a_rule_is_refused_and_nothing_is_changed(
    lag, option: str, value: str
) -> None:
    before = lag.json("org", "show", "1")
    lag.refused("org", "edit", "1", "--city", "Oslo", option, value, "--json")
    assert lag.json("org", "show", "1") == before


@pytest.mark.parametrize(
    "option",
    ["--name", "--orgnr", "--form", "--category", "--email", "--phone", "--website", "--street",
     "--postcode", "--city", "--municipality", "--language", "--account", "--notes", "--tag",
     "--umbrella", "--founded", "--members", "--activities", "--premises"],
)  # fmt: skip
def test_a_birth_number_is_refused_in_any_field_and_never_repeated(lag, option: str) -> None:
    code = 2 if option == "--language" else 1
    for text in (BIRTH_NUMBER, f"{BIRTH_NUMBER[:6]} {BIRTH_NUMBER[6:]}"):
        no_birth_number_in(lag.refused("org", "edit", "1", option, text, code=code))
    for words in (("show",), ("archive",), ("add",), ("list", "--sort")):
        done = lag("org", *words, BIRTH_NUMBER)
        no_birth_number_in(done.out + done.err)
    no_birth_number_in(lag.path.read_bytes().decode("latin-1"))


def test_an_account_that_looks_like_a_birth_number_is_taken_when_confirmed(lag) -> None:
    lag.ok("org", "edit", "1", "--account", BIRTH_NUMBER, "--confirm-account")
    assert lag.json("org", "show", "1")["bank_account"] == BIRTH_NUMBER


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text(cli, name: str) -> None:
    cli.ok("org", "add", name)
    shown_harmlessly(cli, "org", 1)


def test_lists_are_in_norwegian_order(cli) -> None:
    for name in ("Åmot", "Ørn", "Aas", "Zebra", "Ærfugl", "bjørn"):
        cli.ok("org", "add", name)
    names = [org["name"] for org in cli.json("org", "list")]
    assert names == ["bjørn", "Zebra", "Ærfugl", "Ørn", "Åmot", "Aas"]
    assert [org["name"] for org in cli.json("org", "list", "--sort", "-name")] == names[::-1]


def test_a_piped_list_keeps_every_character(cli) -> None:
    name = "Foreningen for bevaring av gamle hus, hager og veier i Lier og omegn " * 2
    cli.ok("org", "add", name)
    assert name.strip() in cli.ok("org", "list")


def test_the_board_is_shown_with_the_leader_first(lag) -> None:
    for role in ("auditor", "board_member", "contact", "treasurer", "deputy", "leader"):
        lag.ok("contact", "add", "1", f"En {role}", "--role", role, "--phone", "90111222")
    roles = [contact["role"] for contact in lag.json("org", "show", "1")["contacts"]]
    assert roles[:4] == ["leader", "deputy", "treasurer", "contact"]
    assert "leader: En leader  90 11 12 22" in lag.ok("org", "show", "1")
    assert "En leader" in lag.ok("org", "list")


def test_without_a_register_the_way_to_make_one_is_named(bare_cli) -> None:
    said = bare_cli.refused("org", "list", "--json")
    assert "frivillig init" in said and str(bare_cli.path) in said


def test_two_ways_to_answer_at_once_are_refused(lag) -> None:
    assert "--json and --csv" in lag.refused("org", "list", "--json", "--csv", code=2)
    assert lag.json("org", "list", "--json") == lag.json("org", "list")


def test_what_to_type_next_is_in_the_words_of_the_help(lag) -> None:
    assert "contact add 2 NAVN --role" in lag("org", "add", "Lier lag", lang="nb").err


def test_an_account_that_another_has_too_is_hinted_at(cli) -> None:
    number, words = "8601.11.17947", "is the account number of"
    cli.ok("org", "add", "Lier kor", "--account", number)
    said = cli("org", "add", "Egge kor", "--account", number).err
    assert f"{number} {words} 1 Lier kor too" in said
    cli.ok("org", "add", "Smia kor")
    said = cli("org", "edit", "3", "--account", number).err
    assert f"{number} {words} 1 Lier kor, 2 Egge kor too" in said
    assert words not in cli("org", "edit", "3", "--city", "Lier").err
    assert words not in cli("org", "edit", "3", "--account", "1234.56.78903").err


def test_a_number_that_is_taken_is_shown_as_people_read_it(cli) -> None:
    cli.ok("org", "add", "Lier kor", "--orgnr", "974760673")
    assert "974 760 673" in cli.refused("org", "add", "Egge kor", "--orgnr", "974760673")


@pytest.mark.parametrize("way", ["--json", "--csv"])
def test_a_list_tells_of_nobody_who_is_protected(lag, way) -> None:
    reach = ("--phone", "91000016", "--email", "nils@post.example")
    lag.ok("contact", "add", "1", "Nils Strand", "--role", "leader", *reach)
    notes = "Nøkkel hos Nils, 91 00 00 16 eller nils@post.example"
    lag.ok("org", "edit", "1", "--notes", notes)
    assert notes in lag.ok("org", "list", way)
    lag.ok("person", "edit", "1", "--protected")
    said = lag.ok("org", "list", way)
    assert "91 00 00 16" not in said and "nils@post" not in said and "post@lag.example" in said
    assert lag.json("org", "show", "1")["notes"] == notes


@pytest.mark.parametrize("street", ["c/o Nguyet Holm, Elvegata 7", "v/ Holm, Nguyet Elvegata 7"])
def test_the_home_of_a_protected_person_who_is_named_in_it_is_no_associations(lag, street) -> None:
    town = ("--postcode", "3400", "--city", "Lier")
    lag.ok("volunteer", "add", "Nguyet Thi Holm", "--street", "Elvegata 7", *town)
    lag.ok("org", "add", "Egge vel")
    lag.ok("org", "edit", "1", "--street", street, *town)
    said = lag("person", "edit", "1", "--protected", "--yes").err
    assert "Nguyet Thi Holm’s, who is protected: street" in said
    assert "shows as its own" in lag("doctor").out
    said = lag.refused("org", "edit", "2", "--street", street, *town)
    assert "It is the home of Nguyet Thi Holm, who is protected." in said
    for place in (town, (), ("--postcode", "3410", "--city", "Sylling")):
        for words in (("org", "edit", "2"), ("org", "add", "Egge hage")):
            said = lag.refused(*words, "--street", street, *place)
            assert "It is the home of Nguyet Thi Holm, who is protected." in said
    assert len(lag.json("org", "list")) == 2
    stated = ("--own-address", "--street")  # where she is not named: others live there too
    assert "Leave the name out" in lag.refused("org", "edit", "2", *stated, street, *town)
    lag.ok("org", "edit", "2", *stated, "Elvegata 7", *town)
    lag.ok("org", "edit", "2", "--street", "c/o Kari Holm, Elvegata 7", *town)
    lag.ok("org", "edit", "1", "--street", "")
    assert lag("doctor").code == 0


def test_a_note_on_somebodys_health_is_pointed_out_and_where_to_write_it_anew(lag) -> None:
    mend = "frivillig org edit 1 --notes TEXT"
    done = lag("org", "edit", "1", "--notes", "Kassereren har demens")
    assert done.code == 0 and "somebody's health" in done.err and mend in done.err
    assert "health" not in lag("org", "edit", "1", "--notes", "har nøkkel til huset").err
    assert "«diabetes»" in lag("org", "add", "Nytt lag", "--notes", "leder har diabetes").err

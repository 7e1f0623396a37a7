"""Where somebody protected lives is an association's address by the coordinator's word only."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, begin, send
from tests.conftest import Cli

TOWN = ("--postcode", "3400", "--city", "Lier")
HOME = ("--street", "Elvegata 7", *TOWN)
THERE = "It is the home of Nguyet Holm, who is protected."
SHOWN_NOW = "lists show the address from now on"
SHOWN = "Nguyet Holm is protected, but the address is shown in lists and texts"


@pytest.fixture
def lag(cli: Cli) -> Cli:
    """Two associations, and somebody protected who has to do with neither."""
    begin(cli)
    cli.ok("volunteer", "add", "Nguyet Holm", *HOME)
    cli.ok("person", "edit", "2", "--protected", "--yes")
    return cli


def way(org: str) -> str:
    """What is said of the home, with the command that makes it an association's all the same."""
    command = f"frivillig org edit {org} --street STREET --postcode CODE --own-address"
    said = THERE.removesuffix(".")
    return f"{said}. If it is the association's own address all the same: {command}"


def address(lag: Cli, org: str) -> list:
    shown = lag.json("org", "show", org)
    return [shown[one] for one in ("street", "postcode", "city")]


@pytest.mark.parametrize("words", [("org", "add", "Egge vel"), ("org", "edit", "2")])
@pytest.mark.parametrize("street", ["Elvegata 7", "ELVEGATA 7", "Elvegata 7 B"])
def test_typed_it_is_refused_and_taken_where_it_is_said_to_be_its_own(lag, words, street) -> None:
    typed = (*words, "--street", street, *TOWN)
    before = lag.json("org", "list")
    said = lag.refused(*typed, "--json")
    assert THERE in said and "add --own-address" in said
    assert lag.json("org", "list") == before
    done = lag(*typed, "--own-address")
    assert done.code == 0 and "lists show the address from now on" in done.err
    assert address(lag, words[-1]) == [street, "3400", "Lier"]


def test_it_is_refused_in_bokmål_too(lag) -> None:
    done = lag("org", "edit", "2", *HOME, lang="nb")
    assert done.code == 1 and "Der bor Nguyet Holm, som er skjermet." in done.err
    assert "--own-address" in done.err
    assert "Da står adressen i lister, og den skjules ikke lenger i tekster." in done.err
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    told = lag("contact", "add", "2", "--person", "2", "--role", "leder", lang="nb").err
    assert "også adressen til Sylling songlag (nummer 2)." in told
    lag.ok("person", "edit", "2", "--phone", "90222333", "--email", "n@holm.example")
    for way, said in (("--phone=90222333", "telefonnummeret"),
                      ("--email=n@holm.example", "e-postadressen")):  # fmt: skip
        done = lag("org", "edit", "1", way, lang="nb")
        assert f"Det er {said} til Nguyet Holm, som er skjermet." in done.err


@pytest.mark.parametrize(
    "place", [("--postcode", "3410", "--city", "Sylling"), ()], ids=["other", "none"]
)
@pytest.mark.parametrize("street", ["Elvegata 7"])
def test_in_another_town_it_is_another_address(lag, street, place) -> None:
    lag.ok("org", "add", "Egge vel", "--street", street, *place)
    for town in (TOWN, ("--postcode", "3400"), ("--postcode", "", "--city", "Lier")):
        assert THERE in lag.refused("org", "edit", "3", *town)


def test_a_street_without_a_number_is_one_where_it_is_the_same(lag) -> None:
    lag.ok("person", "edit", "2", "--street", "Bakken")
    assert THERE in lag.refused("org", "edit", "2", "--street", "Bakken", *TOWN)
    lag.ok("org", "edit", "2", "--street", "Bakken skole", *TOWN)


def test_a_box_is_theirs_where_it_has_the_same_number(lag) -> None:
    lag.ok("person", "edit", "2", "--street", "Postboks 12")
    assert THERE in lag.refused("org", "edit", "2", "--street", "Postboks 12", *TOWN)
    for street in ("Postboks 123", "Elvegata 7"):
        lag.ok("org", "edit", "2", "--street", street, *TOWN)


def test_what_stands_there_is_not_asked_about_again(lag) -> None:
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    done = lag("org", "edit", "2", "--city", "LIER", "--phone", "32220100")
    assert (done.code, done.err) == (0, "")
    lag.ok("org", "edit", "2", "--street", "Elvegata 7, 2. etasje")
    assert lag("doctor").code == 0
    lag.ok("org", "edit", "2", "--street", "Storgata 1")
    assert THERE in lag.refused("org", "edit", "2", "--street", "Elvegata 7")


def test_a_word_makes_it_the_address_of_those_whom_they_lead_too(lag) -> None:
    lag.ok("contact", "add", "2", "--person", "2", "--role", "leader")
    said = lag.refused("org", "edit", "2", *HOME)
    assert THERE in said and "add --own-address" in said
    assert SHOWN_NOW in lag("org", "edit", "2", *HOME, "--own-address").err
    assert address(lag, "2") == ["Elvegata 7", "3400", "Lier"]
    assert lag("doctor").code == 0


def test_who_gives_them_an_office_there_is_told_and_can_still_change_it(lag) -> None:
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    lag.ok("contact", "add", "1", "--person", "2", "--role", "deputy")
    done = lag("contact", "add", "2", "--person", "2", "--role", "leader")
    assert done.code == 0
    assert f"{SHOWN}, being that of Sylling songlag (number 2) too." in done.err
    assert 'frivillig org edit 2 --street ""' in done.err
    assert lag("doctor").code == 0
    for words in (("--city", "LIER"), ("--postcode", "3400"), ("--street", "Elvegata 7, 2. et.")):
        assert lag("org", "edit", "2", *words).err == ""
    assert lag("contact", "add", "1", "--person", "2", "--role", "treasurer").err == ""
    lag.ok("org", "edit", "2", "--street", "Storgata 1")
    assert THERE in lag.refused("org", "edit", "2", "--street", "Elvegata 7")


@pytest.fixture
def vicarage(lag: Cli) -> Cli:
    """Its leader has been protected since it got the address, and nobody has said anything."""
    lag.ok("person", "edit", "2", "--no-protected", "--yes")
    lag.ok("org", "edit", "2", *HOME)
    lag.ok("contact", "add", "2", "--person", "2", "--role", "leader")
    lag.ok("person", "edit", "2", "--protected")
    return lag


def test_what_stood_before_is_found_until_it_is_said_to_be_its_own(vicarage) -> None:
    assert vicarage("doctor").code == 3
    told = vicarage("person", "edit", "2", "--language", "nn").err
    assert "Where the address is its own, write frivillig org edit 2 --own-address – " in told
    assert told.count("frivillig org edit 2 --own-address") == 1 and '--street ""' in told
    vicarage.ok("org", "edit", "2", "--city", "LIER")  # its spelling is no new address
    done = vicarage("org", "edit", "2", "--own-address")
    assert done.code == 0 and "Noted: the address is its own" in done.out
    assert "Nothing to change." in vicarage.ok("org", "edit", "2", "--own-address")
    assert vicarage("doctor").code == 0
    vicarage.ok("org", "edit", "2", "--city", "Lier", "--street", "Elvegata 7, 2. etasje")
    assert vicarage("doctor").code == 0
    vicarage.ok("undo")
    vicarage.ok("undo")
    assert vicarage("doctor").code == 3


@pytest.mark.parametrize("by_list", [False, True])
def test_what_was_said_of_another_address_holds_no_more(vicarage, tmp_path, by_list) -> None:
    vicarage.ok("org", "edit", "2", "--own-address")
    if by_list:
        name = vicarage.json("org", "show", "2")["name"]
        (tmp_path / "ny.csv").write_text(f"Navn;Adresse\n{name};Storgata 1\n", "utf-8")
        vicarage.ok("org", "import", tmp_path / "ny.csv", "--overwrite", "--yes")
    else:
        vicarage.ok("org", "edit", "2", "--street", "Storgata 1")
    told = vicarage("person", "edit", "2", "--street", "Storgata 1").err
    assert "shows as its own" in told
    assert vicarage("doctor").code == 3


def test_no_word_makes_it_one_that_names_who_lives_there(vicarage) -> None:
    names = ("org", "edit", "2", "--street", "c/o Nguyet Holm, Elvegata 7")
    for words in (names, (*names, "--own-address")):
        said = vicarage.refused(*words)
        assert THERE in said and "Leave the name out." in said
    vicarage.ok("person", "edit", "2", "--no-protected", "--yes")
    vicarage.ok(*names)
    vicarage.ok("person", "edit", "2", "--protected")
    found = vicarage("doctor").out
    assert '--street ""' in found and "--own-address" not in found
    assert "Leave the name out." in vicarage.refused("org", "edit", "2", "--own-address")
    vicarage.ok("org", "edit", "2", "--city", "LIER")


@pytest.mark.parametrize(
    "words", [("org", "add", "Egge vel"), ("org", "edit", "1"), ("org", "edit", "1", *TOWN)]
)
def test_the_word_without_an_address_is_refused(lag, words) -> None:
    said = lag.refused(*words, "--own-address", code=2)
    assert "--own-address goes with an address." in said and "--street STREET" in said
    assert len(lag.json("org", "list")) == 2


def test_the_word_of_an_address_that_is_nobody_s_changes_nothing_and_says_so(lag) -> None:
    elsewhere = ("--street", "Storgata 1", *TOWN, "--own-address")
    for words in (("org", "add", "Egge vel", *elsewhere), ("org", "edit", "3", "--own-address")):
        done = lag(*words)
        assert done.code == 0 and "--own-address changes nothing" in done.err
    lag.ok("contact", "add", "3", "--person", "2", "--role", "leader")
    lag.ok("person", "edit", "2", "--street", "Storgata 1")
    assert lag("doctor").code == 3


def test_two_who_live_at_one_address(lag) -> None:
    lag.ok("volunteer", "add", "Kari Moe", *HOME)
    lag.ok("person", "edit", "3", "--protected", "--yes")
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    lag.ok("person", "edit", "2", "--no-protected", "--yes")
    lag.ok("org", "edit", "2", *HOME)
    said = lag.refused("org", "edit", "1", *HOME)
    assert "It is the home of Kari Moe" in said


def test_whose_protection_ends_their_address_is_anybody_s(lag) -> None:
    lag.ok("person", "edit", "2", "--no-protected", "--yes")
    lag.ok("org", "edit", "2", *HOME)
    done = lag("person", "edit", "2", "--protected")
    assert f"{SHOWN}, being that of Sylling songlag (number 2) too." in done.err
    assert 'frivillig org edit 2 --street ""' in done.err
    assert lag("person", "edit", "2", "--language", "nn").err == ""


def test_a_text_hides_the_address_until_it_is_said_to_be_an_association_s(lag) -> None:
    lag.ok("org", "edit", "1", "--premises", "Elvegata 7")
    assert "Elvegata" not in lag.ok("org", "list", "--json")
    lag.refused("org", "edit", "2", *HOME)
    assert "Elvegata" not in lag.ok("org", "list", "--json")
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    assert lag.ok("org", "list", "--json").count("Elvegata") == 2
    lag.ok("undo")
    assert "Elvegata" not in lag.ok("org", "list", "--json")


# whoever becomes protected


@pytest.fixture
def own(lag: Cli) -> Cli:
    """An association that has the address as its own, and who lives there protected no more."""
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    lag.ok("person", "edit", "2", "--no-protected", "--yes")
    return lag


def test_it_is_said_when_an_undo_or_a_redo_protects_them(own) -> None:
    assert SHOWN in own("undo").err
    own.ok("redo")
    own.ok("person", "edit", "2", "--protected")
    own.ok("undo")
    assert SHOWN in own("redo").err


def test_it_is_said_when_a_merger_protects_them(own) -> None:
    own.ok("volunteer", "add", "Nguyet Holmen")
    own.ok("person", "edit", "3", "--protected")
    done = own("person", "merge", "2", "3", "--yes")
    assert SHOWN in done.err


def test_it_is_said_when_they_stay_protected_after_a_restore(own) -> None:
    backup = own.json("backup", "create")["path"]
    own.ok("person", "edit", "2", "--protected")
    assert SHOWN in own("restore", backup, "--yes").err


@pytest.mark.parametrize("words", [("volunteer", "edit", "2"), ("person", "edit", "2")])
def test_it_is_said_when_they_move_there(lag, words) -> None:
    lag.ok("org", "edit", "2", "--street", "Storgata 1", *TOWN)
    assert (
        f"{SHOWN}, being that of Sylling songlag (number 2) too."
        in lag(*words, "--street", "Storgata 1").err
    )


def test_it_is_not_said_twice_of_those_whom_they_lead(own) -> None:
    own.ok("contact", "add", "2", "--person", "2", "--role", "leader")
    said = own("person", "edit", "2", "--protected").err
    assert "shows as its own" not in said and said.count(SHOWN) == 1


def test_it_is_not_said_twice_where_nobody_said_that_it_is_its_own(vicarage) -> None:
    vicarage.ok("person", "edit", "2", "--no-protected", "--yes")
    said = vicarage("person", "edit", "2", "--protected").err
    assert said.count("shows as its own") == 1 and SHOWN not in said


# forms


def test_a_form_that_names_nobody_is_held_and_tells_the_way(lag, tmp_path) -> None:
    forms = send(lag, tmp_path)
    back = answer(forms[2], tmp_path / "a.xlsx", street="Elvegata 7", postcode="3400", city="Lier",
                  activities="Kor")  # fmt: skip
    for accept in ("all", "ask"):
        done = lag("survey", "import", "1", back, "--accept", accept, "--yes")
        assert "Elvegata" not in done.out + done.err
        assert address(lag, "2") == [None, None, None]
    assert lag.json("org", "show", "2")["activities"] == "Kor"
    told = {one["field"]: one for one in lag.json("survey", "problems", "1")}
    assert {one["code"] for one in told.values()} == {"protected"}
    assert told.keys() == {"street", "postcode", "city"}
    way = "frivillig org edit 2 --street STREET --postcode CODE --own-address"
    assert told["street"]["message"].startswith(THERE) and way in told["street"]["message"]
    assert told["city"]["message"] == THERE
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    assert lag.json("survey", "problems", "1") == []


def test_the_way_is_told_in_the_language_that_is_read(lag, tmp_path) -> None:
    forms = send(lag, tmp_path)
    back = answer(forms[2], tmp_path / "a.xlsx", street="Elvegata 7", postcode="3400", city="Lier")
    lag("survey", "import", "1", back, "--yes")
    said = " ".join(lag("survey", "problems", "1", lang="nb").out.split())
    assert "Der bor Nguyet Holm, som er skjermet." in said and "--own-address" in said


def test_a_form_from_another_town_or_with_what_it_has_already_is_taken(lag, tmp_path) -> None:
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    forms = send(lag, tmp_path)
    other = answer(forms[1], tmp_path / "a.xlsx", street="Elvegata 7", postcode="3410",
                   city="Sylling")  # fmt: skip
    same = answer(forms[2], tmp_path / "b.xlsx", street="Elvegata 7, 2. etasje", city="Lier")
    lag.ok("survey", "import", "1", other, same, "--accept", "all", "--yes")
    assert address(lag, "1") == ["Elvegata 7", "3410", "Sylling"]
    assert address(lag, "2") == ["Elvegata 7, 2. etasje", "3400", "Lier"]


def test_a_town_in_a_form_makes_no_home_of_the_street_that_stands(lag, tmp_path) -> None:
    lag.ok("org", "edit", "2", "--street", "Elvegata 7")  # of which town is not known
    forms = send(lag, tmp_path)
    back = answer(forms[2], tmp_path / "a.xlsx", postcode="3400", city="Lier")
    assert lag("survey", "import", "1", back, "--accept", "all", "--yes").code == 3
    assert address(lag, "2") == ["Elvegata 7", None, None]


# lists and units


def test_a_list_says_once_a_row_whose_home_it_is_and_tells_the_way(lag, tmp_path) -> None:
    file = tmp_path / "l.csv"
    file.write_text("Navn;Adresse;Postnr;Sted\nEgge «vel»;Elvegata 7;3400;Lier\n", "utf-8")
    told = lag("org", "import", file, "--yes").out
    assert told.count("Nguyet Holm") == 1 and "street, postcode, city" in told
    assert way("'Egge «vel»'") in told


def test_a_list_gives_it_to_none_that_has_it_not(lag, tmp_path) -> None:
    lag.ok("org", "edit", "2", *HOME, "--own-address")
    file = tmp_path / "l.csv"
    numbers = ["200000021", "200000048", "200000056"]
    lag.ok("org", "edit", "1", "--orgnr", numbers[1])
    lag.ok("org", "edit", "2", "--orgnr", numbers[2])
    file.write_text("Navn;Orgnr;Adresse;Postnr;Sted;Nettside\n" + "".join(
        f"Lag;{number};ELVEGATA 7;3400;Lier;x.example/{number}\n"
        for number in numbers
    ), "utf-8")  # fmt: skip
    done = lag("org", "import", file, "--yes", "--overwrite", "--json")
    left = json.loads(done.out)["left_out"]
    assert {(one["row"], one["why"], one["value"]) for one in left} == {
        (2, way(numbers[0]), ""),
        (3, way("1"), ""),
    }
    assert [address(lag, number)[0] for number in numbers] == [None, None, "Elvegata 7"]
    assert lag.json("org", "show", numbers[0])["website"] == "https://x.example/200000021"


@pytest.mark.parametrize("column", ["orgnr", "id"])
def test_a_town_in_a_list_makes_no_home_of_the_street_that_stands(lag, tmp_path, column) -> None:
    lag.ok("org", "edit", "2", "--street", "Elvegata 7", "--orgnr", "974760673")
    file = tmp_path / "l.csv"
    row = "Orgnr;Postnr\n974760673" if column == "orgnr" else "id;Postnr\n2"
    file.write_text(f"{row};3400\n", "utf-8")
    done = lag("org", "import", file, "--yes")
    assert done.code == 3 and THERE in done.out
    assert address(lag, "2") == ["Elvegata 7", None, None]
    lag.ok("org", "edit", "2", "--postcode", "3400", "--own-address")
    lag.ok("org", "import", file, "--yes", "--overwrite")


def test_half_of_it_in_a_list_is_looked_at_beside_the_other_half(lag, tmp_path) -> None:
    lag.ok("org", "edit", "2", *TOWN, "--orgnr", "974760673")
    file = tmp_path / "l.csv"
    file.write_text("Orgnr;Adresse\n974760673;Elvegata 7\n", "utf-8")
    done = lag("org", "import", file, "--yes")
    assert done.code == 3 and THERE in done.out
    assert address(lag, "2") == [None, "3400", "Lier"]


def test_a_unit_s_address_that_is_its_own_here_is_left_as_it_is(lag, tmp_path) -> None:
    lag.ok("org", "edit", "2", *HOME, "--own-address", "--orgnr", "974760673")
    place = {"adresse": ["Elvegata 7"], "postnummer": "3400", "poststed": "LIER",
             "kommunenummer": "3312", "kommune": "LIER"}  # fmt: skip
    units = [
        {"organisasjonsnummer": number, "navn": name, "organisasjonsform": {"kode": "FLI"},
         "forretningsadresse": place}
        for number, name in (("974760673", "SYLLING SONGLAG"), ("200000021", "EGGE VEL"))
    ]  # fmt: skip
    file = tmp_path / "e.json"
    file.write_text(
        json.dumps({"_embedded": {"enheter": units}, "_links": {}, "page": {"number": 0}}), "utf-8"
    )
    done = lag("org", "sync", "--from", file, "--new", "--yes", "--json")
    assert done.code == 3
    left = json.loads(done.out)["left_out"]
    assert {one["orgnr"] for one in left} == {"200000021"}
    assert {one["why"] for one in left} == {way("200000021")}
    told = lag("org", "sync", "--from", file, "--new", "--yes").out
    assert told.count("Nguyet Holm") == 1 and "street, postcode, city" in told
    assert address(lag, "2") == ["Elvegata 7", "3400", "Lier"]
    assert address(lag, "200000021") == [None, None, None]

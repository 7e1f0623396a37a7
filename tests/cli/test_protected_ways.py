"""A protected person's phone and e-mail, given by others as their own: they are not taken."""

from __future__ import annotations

import json

import pytest

from tests.cli.survey_round import answer, begin, send

PHONE, EMAIL = "90222333", "dame@lag.example"


@pytest.fixture
def lag(cli):
    begin(cli)
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE, "--email", EMAIL)
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    return cli


def stands(lag) -> list:
    """Who holds the offices, and how they and the association are reached."""
    org = lag.json("org", "show", "1")
    people = [lag.json("person", "show", str(p["id"])) for p in lag.json("person", "list")]
    return [lag.json("contact", "list"), people, org["phone"], org["email"]]


@pytest.mark.parametrize(
    "said",
    [
        {"leader": "Ola Skjerm", "leader_phone": PHONE, "leader_email": EMAIL},
        {"phone": PHONE, "email": EMAIL.upper()},
        {"treasurer": "Nina Ny", "treasurer_email": EMAIL},
        {"leader_phone": PHONE},
    ],
    ids=lambda said: "-".join(said),
)
def test_a_survey_answer_with_them_is_for_a_person_to_look_at(lag, tmp_path, said) -> None:
    forms = send(lag, tmp_path)
    before = stands(lag)
    done = lag("survey", "import", "1", answer(forms[1], tmp_path / "a.xlsx", **said), "--yes")
    assert done.code == 3
    assert stands(lag) == before
    told = json.dumps(lag.json("survey", "problems", "1"))
    assert PHONE not in told.replace(" ", "") and EMAIL not in told.lower()
    assert told.count('"protected"') == len(said)


@pytest.mark.parametrize("way", [("--phone", PHONE), ("--email", EMAIL)])
def test_no_association_gets_them(lag, way) -> None:
    assert "Skjermet Dame, who is protected" in lag.refused("org", "add", "Ny klubb", *way)
    assert "Skjermet Dame, who is protected" in lag.refused("org", "edit", "1", *way)
    lag.ok("org", "edit", "1", "--city", "Lier")


def test_a_list_that_has_them_is_taken_without_them(lag, tmp_path) -> None:
    file = tmp_path / "l.csv"
    file.write_text(f"Navn;Telefon;E-post;Sted\nNy klubb;{PHONE};{EMAIL};Lier\n", "utf-8")
    done = lag("org", "import", file, "--yes", "--json")
    assert done.code == 3
    assert [row["field"] for row in json.loads(done.out)["left_out"]] == ["phone", "email"]
    new = lag.json("org", "show", "Ny klubb")
    assert (new["phone"], new["email"], new["city"]) == (None, None, "Lier")


WAYS = pytest.mark.parametrize("way", [("--phone", "902 22 333"), ("--email", EMAIL.upper())])
TYPED = [
    ("contact", "add", "1", "Ola Hjelp", "--role", "secretary"),
    ("contact", "add", "1", "--person", "Nina Nabo", "--role", "secretary"),
    ("volunteer", "add", "Ola Hjelp"),
    ("volunteer", "edit", "Nina Nabo"),
    ("person", "edit", "Nina Nabo"),
]


@WAYS
@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: "-".join(typed[:3]))
def test_typed_for_somebody_else_they_are_asked_about_first(lag, typed, way) -> None:
    lag.ok("volunteer", "add", "Nina Nabo")
    before = stands(lag)
    said = lag.refused(*typed, *way, "--json")
    assert "Skjermet Dame, who is protected" in said and "--yes" in said
    assert stands(lag) == before
    done = lag(*typed, *way, "--yes")
    assert done.code == 0 and "Skjermet Dame, who is protected" in done.err
    assert stands(lag) != before
    again = ("person", "edit", "Nina Nabo", *way)
    if "Nina Nabo" in typed:
        lag.ok(*again)  # what somebody has already is asked about once


def test_the_answer_no_keeps_them_out(lag, says) -> None:
    asked = says("n")
    said = lag.refused("contact", "add", "1", "Ola Hjelp", "--role", "secretary", "--phone", PHONE)
    assert "as that of Ola Hjelp" in asked[0] and "Nothing was changed" in said


@WAYS
def test_a_protected_person_gets_their_own_and_their_households(lag, way) -> None:
    lag.ok("person", "edit", "Skjermet Dame", *way)
    lag.ok("volunteer", "add", "Skjermet Sønn")
    lag.ok("person", "edit", "Skjermet Sønn", "--protected", *way)
    lag.ok("contact", "add", "1", "Skjermet Dame", "--role", "secretary", *way)


def test_as_the_number_to_ring_in_a_call_out_too(lag) -> None:
    lag.ok("volunteer", "add", "Nina Nabo")
    said = lag.refused("person", "edit", "Nina Nabo", "--callout-number", PHONE)
    assert "Skjermet Dame, who is protected" in said


def test_a_list_of_volunteers_gives_them_to_nobody_else(lag, tmp_path) -> None:
    lag.ok("volunteer", "add", "Nina Nabo", "--phone", "41222333")
    file = tmp_path / "v.csv"
    rows = f"Ola Hjelp;{PHONE};;Lier\nNina Nabo;41222333, {PHONE};{EMAIL};\n"
    file.write_text(f"Navn;Telefon;E-post;Sted\n{rows}", "utf-8")
    done = lag("volunteer", "import", file, "--yes", "--json")
    assert done.code == 3
    left = [(row["row"], row["field"]) for row in json.loads(done.out)["left_out"]]
    assert left == [(2, "phone"), (3, "phone"), (3, "email")]
    new, old = (lag.json("person", "show", name) for name in ("Ola Hjelp", "Nina Nabo"))
    assert (new["phones"], new["email"], new["city"]) == ([], None, "Lier")
    assert (old["phones"], old["email"]) == (["+4741222333"], None)


def test_no_agreement_is_found_by_them_or_tells_them(cli) -> None:
    cli.ok("org", "add", "Lier hagelag")
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE, "--email", EMAIL)
    said = f"Nøkkel hos Dame, 902 22 333 eller {EMAIL}"
    cli.ok("agreement", "add", "1", "Nøkkelavtale", "--kind", "cooperation", "--from",
           "2026-01-01", "--to", "2028-01-01", "--notes", said)  # fmt: skip
    asked = [("agreement", "list", word) for word in ("902 22 333", EMAIL, "333")]
    asked += [("search", word) for word in ("22333", EMAIL)]
    found = [len(cli.json(*words)) for words in asked]
    assert found[0] == found[1] == found[2] == 1
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    assert [cli.json(*words) for words in asked] == [[]] * len(asked)
    for words in (("agreement", "list", "nøkkel"), ("search", "nøkkel"), ("agreement", "list")):
        assert len(cli.json(*words)) == 1
    for words in (("agreement", "show", "1"), ("agreement", "list", "--csv")):
        shown = cli.ok(*words)
        assert "333" not in shown and "Nøkkel hos Dame" in shown


def test_no_phrase_that_begins_in_another_field_finds_an_association_by_them(cli) -> None:
    cli.ok("volunteer", "add", "Skjermet Dame", "--phone", PHONE)
    cli.ok("org", "add", "Lia kor", "--city", "Lia", "--notes", f"{PHONE[:2]} {PHONE[2:]} ring")
    cli.ok("org", "edit", "1", "--notes", f"{PHONE} er nummeret")
    phrase = f'"lia {PHONE[:3]}"'
    assert [one["id"] for one in cli.json("org", "list", phrase)] == [1]
    cli.ok("person", "edit", "Skjermet Dame", "--protected", "--yes")
    assert cli.json("org", "list", phrase) == []
    assert [one["id"] for one in cli.json("org", "list", "er nummeret")] == [1]


_HOMES = (
    "Bruveien 2", "c/o Siri Lie, Bruveien 2", "v/Siri Lie Bruveien 2", "Bruveien 2 (hos Siri)",
    "Bruveien 2 B",
)  # fmt: skip


@pytest.fixture
def led(cli):
    """An association whose leader is protected, and her home."""
    cli.ok("org", "add", "Lier vel")
    cli.ok("contact", "add", "1", "Siri Lie", "--role", "leader", "--phone", "90 11 15 55")
    cli.ok("person", "edit", "1", "--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    return cli


@pytest.mark.parametrize("street", _HOMES)
def test_the_home_of_who_leads_it_is_no_address_of_an_association(led, tmp_path, street) -> None:
    led.ok("survey", "new", "Endringer", "--due", "2027-03-15")
    sent = led.json("survey", "export", "1", "-o", tmp_path / "ut", "--per-org")["files"][0]["file"]
    led.ok("person", "edit", "1", "--protected", "--yes")
    where = ("--postcode", "3400", "--city", "Lier")
    assert "Siri Lie" in led.refused("org", "edit", "1", "--street", street, *where)
    back = answer(sent, tmp_path / "svar" / "a.xlsx", street=street, postcode="3400", city="Lier",
                  members=5)  # fmt: skip
    led("survey", "import", "1", back, "--accept", "all")
    here = led.json("org", "show", "1")
    assert (here["street"], here["city"], here["members"]) == (None, None, 5)
    assert {one["code"] for one in led.json("survey", "problems", "1")} == {"protected"}


@pytest.mark.parametrize(
    "street", ["Nedre Bruveien 2", "Bruveien 22", "Bruveien", "c/o Vik, Veien 2"]
)
def test_another_street_is_none(led, street) -> None:
    led.ok("person", "edit", "1", "--protected", "--yes")
    led.ok("org", "edit", "1", "--street", street, "--postcode", "3400", "--city", "Lier")

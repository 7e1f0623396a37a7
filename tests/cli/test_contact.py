"""`frivillig contact`: offices, from when to when, and one person once."""

from __future__ import annotations

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in


@pytest.fixture
def lag(cli):
    cli.ok("org", "add", "Lier kor")
    cli.ok("org", "add", "Egge vel")
    return cli


def lead(cli, name: str, *more: str, org: str = "1") -> dict:
    return cli.json("contact", "add", org, name, "--role", "leader", *more)


def people(cli) -> list[str]:
    return [person["name"] for person in cli.json("person", "list")]


def test_an_office_has_the_keys_that_scripts_rely_on(lag) -> None:
    made = lead(lag, "Kari Nordmann", "--phone", "90111222", "--from", "15.03.2026")
    assert made["phone"] == "+4790111222" and made["from"] == "2026-03-15"
    assert {"person_id", "name", "role", "phone", "email", "from", "to"} <= set(made)
    contact = lag.json("org", "show", "1")["contacts"][0]
    assert contact["name"] == "Kari Nordmann" and contact["to"] is None


@pytest.mark.parametrize("word", ["leader", "LEADER", "leder", "leiar"])
def test_an_office_may_be_said_in_norwegian(lag, word: str) -> None:
    made = lag.json("contact", "add", "1", "Kari", "--role", word)
    assert made["role"] == "leader"


def test_an_office_that_does_not_exist_names_those_that_do(lag) -> None:
    said = lag.refused("contact", "add", "1", "Kari", "--role", "king", "--json", code=2)
    assert "treasurer" in said
    assert people(lag) == []


def test_the_same_name_and_number_is_one_person(lag) -> None:
    first = lead(lag, "Åse Ærfugl", "--phone", "901 11 222")
    again = lag.json(
        "contact", "add", "2", "aase aerfugl", "--role", "treasurer", "--phone", "+4790111222"
    )
    assert again["person_id"] == first["person_id"]
    assert people(lag) == ["Åse Ærfugl"]


def test_the_same_name_alone_is_uncertain_and_both_ways_out_are_named(lag) -> None:
    lead(lag, "Kari Nordmann", "--phone", "90111222")
    typed = ("contact", "add", "2", "kari nordmann", "--role", "leader", "--email", "k@x.example")
    said = lag.refused(*typed, "--json")
    assert "--person 1" in said and "--new-person" in said and "Lier kor" in said
    assert lag.refused(*typed, "--yes")
    assert len(lag.json("contact", "list")) == 1 and people(lag) == ["Kari Nordmann"]
    assert lag.json(*typed, "--person", "1")["person_id"] == 1
    assert lag.json("person", "show", "1")["email"] == "k@x.example"
    other = ("contact", "add", "2", "kari nordmann", "--role", "contact", "--new-person")
    assert lag.json(*other)["person_id"] == 2


def test_person_and_new_person_do_not_go_together(lag) -> None:
    words = ("contact", "add", "1", "Kari", "--role", "leader", "--person", "1", "--new-person")
    lag.refused(*words, code=2)


def test_a_shared_number_does_not_make_two_names_one(lag) -> None:
    lead(lag, "Kari Nordmann", "--phone", "32220100")
    lead(lag, "Ola Nordmann", "--phone", "32220100", org="2")
    assert people(lag) == ["Kari Nordmann", "Ola Nordmann"]


def test_a_new_number_is_put_first_and_the_old_ones_stay(lag) -> None:
    lead(lag, "Kari Nordmann", "--phone", "90111222")
    said = lag.ok(
        *("contact", "add", "2", "--person", "1", "--role", "leader", "--phone", "90333444")
    )
    assert "90 11 12 22 → 90 33 34 44, 90 11 12 22" in said
    assert lag.json("person", "show", "1")["phones"] == ["+4790333444", "+4790111222"]


@pytest.mark.parametrize("role", ["leader", "deputy", "treasurer"])
def test_nobody_stands_silently_beside_the_one_who_holds_it(lag, role: str) -> None:
    lag.ok("contact", "add", "1", "Kari", "--role", role, "--from", "2020-01-01")
    said = lag.refused("contact", "add", "1", "Per", "--role", role, "--json")
    assert "Kari" in said and "--replace" in said and "--beside" in said
    assert people(lag) == ["Kari"]


def test_board_members_stand_beside_each_other(lag) -> None:
    for name in ("Kari", "Per"):
        lag.ok("contact", "add", "1", name, "--role", "board_member")
    assert len(lag.json("contact", "list")) == 2


def test_nobody_is_replaced_where_several_hold_the_office(lag) -> None:
    lag.ok("contact", "add", "1", "Kari", "--role", "board_member")
    typed = ("contact", "add", "1", "Per", "--role", "board_member", "--replace", "--json")
    said = lag.refused(*typed, code=2)
    assert "board member" in said and "--instead-of" in said
    assert people(lag) == ["Kari"]


@pytest.mark.parametrize("role", ["board_member", "leader", "contact"])
def test_of_several_the_office_of_the_one_who_is_named_ends(lag, role: str) -> None:
    for name in ("Kari", "Per"):
        lag.ok("contact", "add", "1", name, "--role", role, "--beside", "--from", "2025-01-01")
    typed = ("contact", "add", "1", "Aud", "--role", role, "--from", "2026-03-15")
    assert "Nobody like that" in lag.refused(*typed, "--instead-of", "Odd")
    lag.refused(*typed, "--instead-of", "Kari", "--beside", code=2)
    assert "Kari was" in lag.ok(*typed, "--instead-of", "Kari", "--until", "2026-03-10")
    held = lag.json("contact", "list")
    assert sorted(one["name"] for one in held) == ["Aud", "Per"]
    (left,) = lag.json("contact", "list", "current:no")
    assert (left["name"], left["to"]) == ("Kari", "2026-03-10")


def test_replace_ends_the_old_office_the_day_before_and_says_so(lag) -> None:
    lead(lag, "Kari", "--from", "2020-01-01")
    typed = ("contact", "add", "1", "Per", "--role", "leader", "--from", "2026-03-15", "--replace")
    said = lag.ok(*typed)
    assert "Kari was leader until 14 March 2026." in said
    old, new = lag.json("contact", "list", "current:no"), lag.json("contact", "list")
    assert [(c["name"], c["to"]) for c in old] == [("Kari", "2026-03-14")]
    assert [(c["name"], c["from"]) for c in new] == [("Per", "2026-03-15")]


def test_replace_without_a_date_is_from_today(lag) -> None:
    lead(lag, "Kari")
    made = lead(lag, "Per", "--replace")
    assert made["from"] == "2026-11-23"
    assert [ended["to"] for ended in made["ended"]] == ["2026-11-22"]


def test_who_began_the_same_day_ends_the_same_day(lag) -> None:
    lead(lag, "Kari", "--from", "2026-03-15")
    made = lead(lag, "Per", "--from", "2026-03-15", "--replace")
    assert made["ended"][0]["to"] == "2026-03-15"


def test_a_successor_cannot_begin_before_the_one_who_is_replaced(lag) -> None:
    lead(lag, "Kari", "--from", "2026-03-15")
    typed = ("contact", "add", "1", "Per", "--role", "leader", "--from", "2026-01-01", "--replace")
    lag.refused(*typed, "--json")
    assert people(lag) == ["Kari"]


def test_beside_lets_both_stand(lag) -> None:
    lead(lag, "Kari")
    lead(lag, "Per", "--beside")
    assert [c["name"] for c in lag.json("contact", "list", "role:leader")] == ["Kari", "Per"]


def test_who_holds_it_already_is_not_entered_twice(lag) -> None:
    lead(lag, "Kari", "--phone", "90111222")
    said = lag.ok("contact", "add", "1", "Kari", "--role", "leader", "--phone", "90111222")
    assert "already" in said
    assert len(lag.json("contact", "list")) == 1


@pytest.mark.parametrize("when", ["2027-01-01", "31.02.2026", "soon"])
def test_an_office_does_not_begin_in_the_future_or_on_a_day_that_is_none(lag, when: str) -> None:
    lag.refused("contact", "add", "1", "Kari", "--role", "leader", "--from", when, "--json")
    assert people(lag) == []


def test_end_by_name_by_role_and_by_both(lag) -> None:
    lead(lag, "Kari Nordmann")
    lag.ok("contact", "add", "1", "--person", "1", "--role", "treasurer")
    said = lag.refused("contact", "end", "1", "kari", "--json")
    assert "leader" in said and "treasurer" in said
    lag.ok("contact", "end", "1", "kari", "--role", "treasurer", "--to", "2026-11-01")
    ended = lag.json("contact", "end", "lier", "--role", "leder")
    assert (ended["name"], ended["to"]) == ("Kari Nordmann", "2026-11-23")
    assert lag.json("contact", "list") == []


def test_an_end_before_the_start_is_refused(lag) -> None:
    lead(lag, "Kari", "--from", "2026-03-15")
    said = lag.refused("contact", "end", "1", "Kari", "--to", "2026-03-14", "--json")
    assert "15 March 2026" in said and "14 March 2026" in said
    lag.refused("contact", "end", "1", "Kari", "--to", "2027-01-01")
    assert lag.json("contact", "end", "1", "Kari", "--to", "2026-03-15")["to"] == "2026-03-15"


def test_ending_what_nobody_holds_is_refused(lag) -> None:
    lag.refused("contact", "end", "1", "nobody", "--json")
    lag.refused("contact", "end", "1", code=2)
    lag.refused("contact", "end", "no such lag", "Kari")


def test_the_list_is_by_association_and_office(lag) -> None:
    made = [("1", "B", "treasurer"), ("1", "C", "board_member"), ("2", "A", "leader")]
    for org, name, role in [*made, ("1", "D", "leader")]:
        lag.ok("contact", "add", org, name, "--role", role)
    assert [c["name"] for c in lag.json("contact", "list")] == ["A", "D", "B", "C"]
    assert [c["name"] for c in lag.json("contact", "list", "org:lier", "^role:leader")] == [
        "B",
        "C",
    ]
    assert [c["name"] for c in lag.json("contact", "list", "--sort", "name")] == list("ABCD")
    assert lag.refused("contact", "list", "foo:1")


def test_what_is_missing_is_named_where_nobody_can_be_asked(lag) -> None:
    assert "--role" in lag.refused("contact", "add", "1", "Kari", code=2)
    assert "NAME" in lag.refused("contact", "add", "1", "--role", "leader", code=2)


@pytest.mark.parametrize("option", ["NAME", "--phone", "--email", "--from", "--role", "--person"])
def test_a_birth_number_is_refused_in_any_field_and_never_repeated(lag, option: str) -> None:
    name = BIRTH_NUMBER if option == "NAME" else "Kari"
    more = () if option == "NAME" else (option, BIRTH_NUMBER)
    said = lag.refused("contact", "add", "1", name, "--role", "leader", *more,
                       code=2 if option == "--role" else 1)  # fmt: skip
    no_birth_number_in(said)
    assert people(lag) == []


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text(lag, name: str) -> None:
    stored = lead(lag, name)["name"]
    for command in (("contact", "list"), ("org", "show", "1")):
        shown = lag.ok(*command)
        assert stored in shown
        assert all(line.isprintable() for line in shown.splitlines())


def test_a_terminal_is_asked_who_it_is_and_what_becomes_of_the_old_one(lag, says) -> None:
    lead(lag, "Kari Nordmann")
    lead(lag, "Per Aas", org="2")
    says("x", "1", "1")
    lag.ok("contact", "add", "2", "Kari Nordmann", "--role", "leader")
    assert [c["name"] for c in lag.json("contact", "list", "org:egge")] == ["Kari Nordmann"]
    assert people(lag) == ["Kari Nordmann", "Per Aas"]
    says("3")
    lag.refused("contact", "add", "1", "Nina", "--role", "leader")
    assert people(lag) == ["Kari Nordmann", "Per Aas"]

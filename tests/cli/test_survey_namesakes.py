"""`frivillig survey import`: two people of one name, of whom one is meant by an office."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import EMAIL, PHONE, answer, take_in

OTHER = ("90 22 33 44", "per@songlag.example")


@pytest.fixture
def two(lag, forms):
    """Another Per Hansen (2), who leads the other association."""
    lag.ok("contact", "add", "2", "Per Hansen", "--role", "leader", "--phone", OTHER[0],
           "--email", OTHER[1], "--new-person")  # fmt: skip
    return lag


def held(lag, role: str) -> list[int]:
    contacts = lag.json("org", "show", "1")["contacts"]
    return [one["person_id"] for one in contacts if one["role"] == role and one["to"] is None]


def codes(lag) -> dict[str, str]:
    return {one["field"]: one["code"] for one in lag.json("survey", "problems", "1")}


@pytest.mark.parametrize("said", [OTHER, (OTHER[0], None), (None, OTHER[1])])
def test_a_namesake_s_phone_or_email_asks_who_is_meant(two, forms, tmp_path, said) -> None:
    phone, email = said
    back = answer(forms[1], tmp_path / "a.xlsx", contact="Per Hansen", contact_phone=phone,
                  contact_email=email)  # fmt: skip
    done, _told = take_in(two, back)
    assert done.code == 3 and held(two, "contact") == []
    assert codes(two)["contact"] == "who"
    (name,) = [one for one in two.json("survey", "problems", "1") if one["field"] == "contact"]
    assert '1 "Per Hansen" --role contact --person 2' in name["message"]
    assert "(the others have 1)" in name["message"]
    assert [two.json("person", "show", n)["phones"] for n in (1, 2)] == [
        ["+4790111334"], ["+4790223344"],
    ]  # fmt: skip
    two.ok("contact", "add", "1", "Per Hansen", "--role", "contact", "--person", "2")
    assert held(two, "contact") == [2] and codes(two) == {}


@pytest.mark.parametrize("said", [(PHONE, EMAIL), (PHONE, None), (None, None)])
def test_the_leader_is_the_contact_person_where_nothing_says_otherwise(
    two, forms, tmp_path, said
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", contact="Per Hansen", contact_phone=said[0],
                  contact_email=said[1])  # fmt: skip
    done, _told = take_in(two, back)
    assert done.code == 0 and held(two, "contact") == [1]


def test_where_two_of_the_board_have_the_name_the_phone_tells_or_it_is_asked(two, tmp_path) -> None:
    two.ok("contact", "add", "1", "Per Hansen", "--role", "secretary", "--person", "2")
    two.ok("survey", "new", "Om høsten")
    sent = two.json("survey", "export", "2", "-o", tmp_path / "to", "--per-org")["files"]
    form = {row["org_id"]: row["file"] for row in sent}[1]
    back = answer(form, tmp_path / "a.xlsx", treasurer="Per Hansen", treasurer_phone=OTHER[0],
                  contact="Per Hansen")  # fmt: skip
    assert two("survey", "import", "2", back, "--yes").code == 3
    assert held(two, "treasurer") == [2] and held(two, "contact") == []
    (name,) = two.json("survey", "problems", "2")
    assert (name["field"], name["code"]) == ("contact", "who")


def test_a_leader_s_name_with_another_phone_and_email_asks_who_it_is(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", contact="Per Hansen", contact_phone=OTHER[0],
                  contact_email=OTHER[1])  # fmt: skip
    done, _told = take_in(lag, back)
    assert done.code == 3 and held(lag, "contact") == []
    assert codes(lag)["contact"] == "who"
    assert lag.json("person", "show", "1")["phones"] == ["+4790111334"]


def test_a_new_name_at_two_offices_with_two_phones_and_emails_is_asked_about(
    lag, forms, tmp_path
) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", deputy="Jon Lie", deputy_phone="90 33 44 55",
                  deputy_email="jon@en.example", contact="Jon Lie", contact_phone="90 33 44 66",
                  contact_email="jon@to.example")  # fmt: skip
    done, _told = take_in(lag, back)
    assert done.code == 3 and held(lag, "contact") == []
    assert codes(lag)["contact"] == "who"
    (deputy,) = held(lag, "deputy")
    assert lag.json("person", "show", deputy)["phones"] == ["+4790334455"]
    lag.ok("contact", "add", "1", "Jon Lie", "--role", "contact", "--new-person",
           "--phone", "90 33 44 66", "--email", "jon@to.example")  # fmt: skip
    assert held(lag, "contact") != [deputy] and codes(lag) == {}


@pytest.mark.parametrize("emails", [True, False])
def test_two_known_of_one_name_are_each_known_by_what_is_theirs(
    lag, forms, tmp_path, emails
) -> None:
    people = {
        "leader": ("41 75 00 01", "tor1@x.example"),
        "treasurer": ("41 75 00 02", "tor2@x.example"),
    }
    for phone, email in people.values():
        lag.ok("contact", "add", "2", "Tor Skaug", "--role", "board_member", "--phone", phone,
               "--email", email, "--new-person")  # fmt: skip
    said = {}
    for office, (phone, email) in people.items():
        said |= {office: "Tor Skaug", f"{office}_phone": phone}
        said |= {f"{office}_email": email if emails else None}
    done, told = take_in(lag, answer(forms[1], tmp_path / "a.xlsx", **said))
    assert done.code == 0, told
    assert (held(lag, "leader"), held(lag, "treasurer")) == ([2], [3])
    assert [one["name"] for one in lag.json("person", "list")].count("Tor Skaug") == 2

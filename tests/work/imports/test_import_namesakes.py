"""Two people of one name in one row of a list: told apart by phone and e-mail, or left out."""

import pytest

HEAD = ["Lag", "Leder", "Mobil leder", "Epost leder", "Kasserer", "Mobil kasserer",
        "Epost kasserer"]  # fmt: skip
ONE = ("Tor Skaug", "90100077", "tor77@post.example")
OTHER = ("Tor Skaug", "90100199", "tor199@post.example")


@pytest.fixture
def two(cli):
    """Two people of one name, each the leader of an association, and a third association."""
    for org, (name, phone, email) in (("Lier kor", ONE), ("Egge vel", OTHER)):
        cli.ok("org", "add", org)
        more = ("--role", "leader", "--phone", phone, "--email", email, "--new-person")
        cli.ok("contact", "add", org, name, *more)
    cli.ok("org", "add", "Smia jakt")
    return cli


def offices(cli, org):
    return {
        one["role"]: one["person_id"] for one in cli.json("contact", "list") if one["org"] == org
    }


def contact(cli, person):
    shown = cli.json("person", "show", str(person))
    return shown["phones"], shown["email"]


@pytest.mark.parametrize("org", ["Smia jakt", "Nytt lag"])
@pytest.mark.parametrize("how", [(), ("--overwrite",)])
def test_two_of_a_name_are_told_apart_in_one_row(two, write, org, how):
    two.ok("org", "import", write([HEAD, [org, *ONE, *OTHER]]), "--yes", *how)
    assert offices(two, org) == {"leader": 1, "treasurer": 2}
    assert contact(two, 1) == (["+4790100077"], ONE[2])
    assert contact(two, 2) == (["+4790100199"], OTHER[2])


def test_two_new_ones_of_a_name_with_two_phones_are_not_made_one(cli, write):
    row = ["Nytt lag", "Ida Dobbel", "41850003", "", "Ida Dobbel", "41850004", "ida@x.example"]
    done = cli("org", "import", write([HEAD, row]), "--yes", "--overwrite")
    assert done.code == 3 and "perhaps another of the same name" in done.out
    assert "41 85 00 04" in done.out and "ida@x.example" in done.out
    assert offices(cli, "Nytt lag") == {"leader": 1}
    assert contact(cli, 1) == (["+4741850003"], None)


def test_the_phone_of_a_namesake_is_not_given_to_the_holder(two, write):
    row = ["Lier kor", *OTHER, "", "", ""]
    done = two("org", "import", write([HEAD, row]), "--yes", "--overwrite")
    assert done.code == 3 and "perhaps another of the same name" in done.out
    assert contact(two, 1) == (["+4790100077"], ONE[2])


def test_a_third_office_with_the_name_alone_of_two_is_left_out(two, write):
    head, row = [*HEAD, "Sekretær"], ["Smia jakt", *ONE, *OTHER, "Tor Skaug"]
    done = two("org", "import", write([head, row]), "--yes")
    assert done.code == 3 and "secretary   Tor Skaug   perhaps another" in done.out
    assert offices(two, "Smia jakt") == {"leader": 1, "treasurer": 2}


def test_one_of_two_of_a_name_is_protected(two, write):
    two.ok("person", "edit", "2", "--protected")
    two("org", "import", write([HEAD, ["Smia jakt", *ONE, *OTHER]]), "--yes", "--overwrite")
    assert contact(two, 1) == (["+4790100077"], ONE[2])
    assert offices(two, "Smia jakt") == {"leader": 1, "treasurer": 2}


def test_who_has_the_contact_of_somebody_protected_is_not_taken_for_the_one_in_the_row(two, write):
    two.ok("contact", "add", "Egge vel", "Liv Vern", "--role", "deputy", "--phone", "90100300")
    two.ok("person", "edit", "3", "--protected")
    row = ["Smia jakt", *ONE, "Tor Skaug", "90100300", ""]
    done = two("org", "import", write([HEAD, row]), "--yes", "--overwrite")
    assert done.code == 3 and "90 10 03 00" not in done.out
    assert offices(two, "Smia jakt") == {"leader": 1}


def test_another_email_beside_the_same_phone_in_one_row_overwrites_nothing(cli, write):
    row = ["Nytt lag", "Ida Nes", "41850003", "a@x.example", "Ida Nes", "41850003", "b@x.example"]
    done = cli("org", "import", write([HEAD, row]), "--yes", "--overwrite")
    assert done.code == 3 and "b@x.example   the same person in two offices" in done.out
    assert offices(cli, "Nytt lag") == {"leader": 1, "treasurer": 1}
    assert contact(cli, 1) == (["+4741850003"], "a@x.example")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["Mobil leder", "Epost leder"], ["90100199", "Tor199@post.example"]),
        (["Leder", "Mobil leder"], ["Ida Nes", "ring 90 10 01 99"]),
        (["Leder", "Epost leder"], ["Ida Nes", "tor199@post.example?"]),
        (["Leder"], ["Ida Nes 90100199"]),
        (["Telefon", "Telefon 2"], ["32220001", "90100199"]),
        (["Leder", "Mobil leder"], ["Hvem (tlf. 90100199)", ""]),
    ],
)
def test_what_is_left_out_for_another_reason_hides_what_somebody_protected_has(
    two, write, head, row
):
    two.ok("person", "edit", "2", "--protected")
    done = two("org", "import", write([["Lag", *head], ["Smia jakt", *row]]), "--yes")
    assert done.code == 3 and "left out" in done.out.casefold(), done.out
    for secret in ("90100199", "90 10 01 99", "tor199@"):
        assert secret not in done.out.casefold()

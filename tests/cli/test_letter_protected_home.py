"""An association that has a protected person's phone, e-mail or home as its own."""

from __future__ import annotations

import json

import pytest

HOME = ("--street", "Møllefaret 11", "--postcode", "3410", "--city", "Sylling")
PHONE, EMAIL = "90100219", "terje@post.example"


@pytest.fixture
def office(cli, tmp_path):
    """Association 1 has what is its leader Terje's, 2 has its own; Terje is not protected yet."""
    cli.ok("org", "add", "Sollia blandakor", *HOME, "--phone", PHONE, "--email", EMAIL)
    cli.ok("org", "add", "Egge barnekor", "--street", "Bruveien 2", *HOME[2:])
    cli.ok("contact", "add", "1", "Terje Ruud", "--role", "leader", "--phone", PHONE)
    cli.ok("person", "edit", "1", "--email", EMAIL, *HOME)
    cli.folder = tmp_path / "brev"
    return cli


def protect(office):
    return office("person", "edit", "1", "--protected", "--yes")


def render(office, *words: object) -> dict[str, str]:
    done = office("letter", "render", "apen-dag", "-o", office.folder, *words, "--json")
    assert done.out, done.err
    return {row["name"]: row["why"] for row in json.loads(done.out)["skipped"]}


def test_who_protects_somebody_is_told_which_association_shows_what_is_theirs(office) -> None:
    done = protect(office)
    assert done.code == 0
    assert "Sollia blandakor shows as its own what is Terje Ruud’s" in done.err
    assert "phone, e-mail, street" in done.err
    assert 'org edit 1 --phone "" --email "" --street ""' in done.err
    found = office("doctor")
    assert found.code == 3 and "Sollia blandakor shows as its own" in found.out + found.err
    office.ok("org", "edit", "1", "--phone", "", "--email", "", "--street", "")
    office.ok("doctor")
    assert "as its own" not in office("person", "edit", "1", "--notes", "x").err


def test_no_letter_or_label_goes_to_that_home(office, tmp_path) -> None:
    protect(office)
    assert render(office) == {"Sollia blandakor": "of_protected"}
    done = office("letter", "labels", "-o", tmp_path / "a.pdf")
    assert done.code == 3 and "Sollia blandakor  its address or e-mail is a" in done.out
    assert "org edit 1 --street" in done.out and "its own: frivillig org edit 1 --own" in done.out
    assert "frivillig org edit 1 --own-address" in office("letter", "log", "1").out
    office.ok("org", "edit", "1", "--street", "Kirkeveien 1")
    assert render(office) == {}


def test_letters_go_to_a_home_that_was_said_to_be_its_own_address(office, tmp_path) -> None:
    protect(office)
    office.ok("org", "edit", "1", "--phone", "", "--email", "")
    office.ok("org", "edit", "1", "--own-address")
    assert render(office) == {}
    assert office("letter", "labels", "-o", tmp_path / "a.pdf").code == 0


def test_no_letter_goes_to_that_email(office) -> None:
    office.ok("org", "edit", "1", "--street", "Kirkeveien 1")
    office.ok("org", "edit", "2", "--email", "kor@egge.example")
    office.ok("config", "set", "letterhead.email", "post@kommune.example")
    assert render(office, "--format", "eml") == {}
    assert render(office) == {}
    protect(office)
    assert "Sollia blandakor  its address or e-mail" in office("letter", "sent", "1").out
    skipped = json.loads(office("letter", "send", "2", "--dry-run", "--json").out)["skipped"]
    assert ("Sollia blandakor", "of_protected") in [(row["name"], row["why"]) for row in skipped]
    office.folder = office.folder.with_name("to")
    made = render(office, "--again", "--format", "eml")
    assert made == {"Sollia blandakor": "of_protected"}
    assert render(office, "--again") == {}


def test_a_batch_to_that_home_is_not_labelled_or_recorded(office, tmp_path) -> None:
    render(office)
    protect(office)
    labels = office("letter", "labels", "--batch", "1", "-o", tmp_path / "a.pdf")
    assert "Sollia blandakor  its address or e-mail" in labels.out
    assert "Sollia blandakor  its address or e-mail" in office("letter", "sent", "1").out
    assert "Møllefaret" not in office.ok("letter", "log", "1", "--csv")


def test_no_association_gets_the_home_of_its_protected_leader(office) -> None:
    office.ok("org", "edit", "1", "--street", "Kirkeveien 1")
    protect(office)
    assert "home of Terje Ruud" in office.refused("org", "edit", "1", "--street", "Møllefaret 11")
    home = ("org", "edit", "2", "--street", "Møllefaret 11")
    assert "add --own-address" in office.refused(*home)
    office.ok(*home, "--own-address")

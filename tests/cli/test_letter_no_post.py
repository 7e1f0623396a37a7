"""Letters that no postman can deliver are told of: when they are written, and when recorded."""

from __future__ import annotations

import pytest


@pytest.fixture
def office(cli, tmp_path):
    """Seven associations with an e-mail address; only the first has a postal address too."""
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", "--email", "a@x.example", *where)
    for n in range(6):
        cli.ok("org", "add", f"Tranby lag {n}", "--email", f"b{n}@x.example", "--street", "Vei 1")
    cli.folder = tmp_path / "brev"
    return cli


def test_who_has_no_postal_address_is_named_when_letters_are_written(office) -> None:
    where = ("-o", office.folder)
    for more in ((), ("--dry-run",)):
        told = office("letter", "render", "apen-dag", "id:1..3", *where, *more).err
        assert "2 letters have no postal address" in told
        assert "Tranby lag 0, Tranby lag 1." in told and "Sylling songlag" not in told
        assert ("letter send 1" in told) is (not more)
    told = office("letter", "render", "apen-dag", *where, "--overwrite").err
    assert "6 letters" in told and "Tranby lag 4 and 1 more." in told
    told = office("letter", "render", "apen-dag", "id:1", *where, "--overwrite").err
    assert "postal address" not in told


def test_drafts_of_e_mails_need_no_postal_address(office) -> None:
    office.ok("config", "set", "letterhead.email", "post@kommune.example")
    made = office("letter", "render", "apen-dag", "-o", office.folder, "--format", "eml")
    assert "postal address" not in made.err
    assert "postal address" not in office("letter", "sent", "1").err


def test_who_has_no_postal_address_is_named_when_they_are_recorded_as_posted(office) -> None:
    office.ok("letter", "render", "apen-dag", "id:1..2", "-o", office.folder)
    told = office("letter", "sent", "1").err
    assert "1 letter has no postal address, only an e-mail address: Tranby lag 0." in told
    assert "letter send 1" in told and "undo" in told
    office.ok("undo")
    office.ok("org", "edit", "2", "--postcode", "3430", "--city", "Tranby")
    office.ok("letter", "render", "apen-dag", "id:1..2", "-o", office.folder, "--overwrite")
    assert "postal address" not in office("letter", "sent", "2").err


def test_the_contact_persons_address_is_what_counts(office) -> None:
    office.ok("contact", "add", "1", "Kari Nes", "--role", "leader", "--email", "kari@x.example")
    told = office("letter", "render", "apen-dag", "id:1", "-o", office.folder, "--to", "contact")
    assert "1 letter has no postal address" in told.err

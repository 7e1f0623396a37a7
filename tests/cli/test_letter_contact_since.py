"""A batch to contact persons, who have become protected, opted out or left since it was written."""

from __future__ import annotations

import pytest

HOME = ("--postcode", "3410", "--city", "Sylling")
STREET = "Elveveien 31"


@pytest.fixture
def office(cli, tmp_path):
    """Batch 1, on paper, to the contact persons of three associations, each at home."""
    for n, name in enumerate(("Egge barnekor", "Lier hagelag", "Sylling songlag"), 1):
        cli.ok("org", "add", name, "--street", f"Bruveien {n}", *HOME)
    for n, name in enumerate(("Per Myhre", "Ola Vik", "Kari Bakken"), 1):
        cli.ok("contact", "add", str(n), name, "--role", "leader")
        cli.ok("person", "edit", name, "--street", f"Elveveien 3{n}", *HOME)
    cli.folder = tmp_path
    made = ("letter", "render", "apen-dag", "--to", "contact", "-o", tmp_path / "brev")
    assert cli.json(*made)["batch"] == 1
    return cli


def protect(office) -> None:
    office.ok("person", "edit", "Per Myhre", "--protected", "--yes")


def out(office, *words: object) -> str:
    """What a command says of the batch, done but for those whom it lists as left out."""
    done = office(*words)
    assert done.code == 3, done.out + done.err
    return done.out


def test_no_label_of_a_batch_has_the_home_of_a_contact_who_is_protected_since(office) -> None:
    protect(office)
    labels = ("letter", "labels", "--batch", "1", "-o", office.folder / "a.pdf")
    assert "Egge barnekor  protected" in out(office, *labels)


def test_a_batch_leaves_out_a_contact_who_is_protected_since(office) -> None:
    protect(office)
    said = out(office, "letter", "sent", "1")
    assert "recorded as sent: 2 letters." in said and "Egge barnekor  protected" in said


def test_what_went_to_a_contact_who_is_protected_since_tells_no_address(office) -> None:
    office.ok("letter", "sent", "1")
    protect(office)
    listed = office.ok("letter", "log", "1", "--csv")
    assert STREET not in listed and "Elveveien 32" in listed
    shown = office.json("letter", "show", "1", "Egge")
    assert STREET not in str(shown) and shown["text"] is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("person", "edit", "Per Myhre", "--no-mailings"), "wants no mailings"),
        (("contact", "end", "1", "Per Myhre"), "no contact person"),
        (("contact", "add", "1", "Nina Ny", "--role", "contact"), "another is the contact person"),
    ],
    ids=["opted out", "left", "another"],
)
def test_a_batch_and_its_labels_leave_out_a_contact_who_is_none_now(office, change, why) -> None:
    office.ok(*change)
    labels = ("letter", "labels", "--batch", "1", "-o", office.folder / "a.pdf")
    assert f"Egge barnekor  {why}" in out(office, *labels)
    assert f"Egge barnekor  {why}" in out(office, "letter", "sent", "1")
    assert office.json("letter", "sent", "1", "--also-left-out")["status"] == "sent"

"""`letter sent` and `letter labels` tell of letters that say otherwise than the register does."""

from __future__ import annotations

import json

import pytest

from tests.cli.letter_outbox import begin, names

HOME = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
AWAY = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
HOST, GUEST = "Egge barnekor", "Zoar lag"
MOVED = "{n} another name or address than is registered now: {names}."


@pytest.fixture
def home(cli, tmp_path):
    """Two associations that share a home, and one that lives elsewhere."""
    office = begin(cli, tmp_path)
    office.ok("org", "edit", 1, *HOME)
    office.ok("org", "edit", 2, *AWAY)
    office.ok("org", "add", GUEST, *HOME)
    return office


def write(office, whom: str = "id:1,2,5", *words: object):
    office("letter", "render", "mal", whom, "-o", office.folder, *words)
    return office


def test_who_has_moved_since_is_recorded_and_named(home) -> None:
    write(home).ok("org", "edit", 2, *HOME)
    home.ok("org", "edit", 5, "--name", "Zoar nye lag")
    done = home("letter", "sent", 1)
    assert done.code == 0 and "3 letters" in done.out
    assert MOVED.format(n="2 letters have", names=f"Lier hagelag, {GUEST}") in done.err
    assert "to the address on the letter" in done.err
    home.ok("undo", "--yes")
    said = home("letter", "sent", 1, "--json")
    assert names(json.loads(said.out)["changed_since"]) == ["Lier hagelag", GUEST]
    home.ok("undo", "--yes")
    in_bokmal = home("letter", "sent", 1, lang="nb").err
    assert "2 brev har et annet navn eller en annen adresse enn den som er registrert" in in_bokmal


def test_nothing_is_told_where_all_is_as_it_was(home) -> None:
    done = write(home)("letter", "sent", 1)
    assert done.code == 0 and "registered now" not in done.err and "role" not in done.err


def test_no_address_is_told_of_who_is_protected_since(home) -> None:
    (home.own / "fri.nb.md").write_text(
        "---\ntitle: Hei\nlanguage: nb\nrecipients: volunteer\n---\nHei.\n", "utf-8"
    )
    for name in ("Kari Moen", "Ola Vik"):
        home.ok("volunteer", "add", name, *HOME)
    home("letter", "render", "fri", "-o", home.folder)
    home.ok("person", "edit", "Kari Moen", "--protected")
    done = home("letter", "sent", 1, "--also-left-out")
    assert "2 letters" in done.out and "registered now" not in done.err


def test_labels_of_a_batch_name_who_has_moved_since(home, tmp_path) -> None:
    write(home).ok("org", "edit", 2, *HOME)
    done = home("letter", "labels", "--batch", 1, "-o", tmp_path / "ark.pdf")
    assert MOVED.format(n="1 letter has", names="Lier hagelag") in done.err
    assert "The labels have the same ones as the letters." in done.err
    said = home("letter", "labels", "--batch", 1, "-o", tmp_path / "b.pdf", "--json")
    assert names(json.loads(said.out)["changed_since"]) == ["Lier hagelag"]
    home("letter", "sent", 1)
    done = home("letter", "labels", "--batch", 1, "-o", tmp_path / "c.pdf")
    assert "registered now" not in done.err  # they went there


@pytest.fixture
def apart(home):
    """A batch with one letter to two; both have moved since, each to a place of their own."""
    write(home, "id:1,5", "--one-per-address")
    home.ok("org", "edit", 1, *AWAY)
    home.ok("org", "edit", 5, "--street", "Skogen 3")
    return home


def test_two_who_shared_a_letter_and_have_parted_are_told_of_each(apart) -> None:
    done = apart("letter", "sent", 1)
    assert done.code == 3 and f"{GUEST}  shares a letter that does not reach them" in done.out
    assert MOVED.format(n="1 letter has", names=HOST) in done.err
    assert f"posted before they moved ({GUEST}): frivillig undo, then" in done.err
    assert "letter sent 1 --also-left-out" in done.err
    apart.ok("letter", "render", "mal", "id:5", "-o", apart.folder / "ny")


def test_who_had_moved_after_it_was_posted_is_recorded_as_having_got_it(apart) -> None:
    apart("letter", "sent", 1)
    apart.ok("undo", "--yes")
    done = apart("letter", "sent", 1, "--also-left-out")
    assert done.code == 0 and "1 shares a letter to another address than theirs" in done.err
    said = apart.refused("letter", "render", "mal", "id:5", "-o", apart.folder / "ny")
    assert "has got this letter" in said


RENDER = ("letter", "render", "rolle-i-beredskap", "--format", "pdf")


@pytest.fixture
def group(home):
    """A letter on their role to each of two; one has left the group since."""
    home.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    for name in ("Kari Moen", "Ola Vik"):
        home.ok("volunteer", "add", name, "--email", f"{name[:3].lower()}@x.example", *HOME)
        home.ok("beredskap", "member", "add", "Omsorg", name)
    home(*RENDER, "-o", home.folder)
    home.ok("beredskap", "member", "remove", "Omsorg", "Ola Vik")
    return home


def test_who_has_left_the_group_since_is_recorded_as_sent_to_and_named(group) -> None:
    done = group("letter", "sent", 1)
    assert done.code == 0 and "2 letters" in done.out
    assert "1 letter tells a role that somebody does not have any more: Ola Vik." in done.err
    group.ok("undo", "--yes")
    said = json.loads(group("letter", "sent", 1, "--json").out)
    assert [(row["name"], row["what"]) for row in said["changed_since"]] == [("Ola Vik", "role")]

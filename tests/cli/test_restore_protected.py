"""What a restore carries over tells nothing of somebody who has been protected meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.letter_outbox import send

HOME = ("--street", "Gamleveien 7", "--postcode", "3400", "--city", "Lier")
KARI = ("volunteer", "add", "Kari Solli", "--email", "kari@hjemme.example", *HOME)
TRACES = ("Gamleveien", "kari@hjemme.example", "Kari@hjemme.example")


@pytest.fixture
def town(office, tmp_path: Path):
    """An office that writes to volunteers, too; `backup()` makes a backup and gives its file."""
    body = (
        "---\ntitle: Takk\nlanguage: nb\nrecipients: volunteer\n---\nTakk, {{ volunteer.name }}.\n"
    )
    (office.own / "takk.nb.md").write_text(body, "utf-8")
    office.ok("volunteer", "add", "Ola Vik", "--email", "ola@vik.example", *HOME[:1], "Bruveien 2")

    def backup() -> Path:
        office.ok("backup", "create", "-o", tmp_path / "stick")
        return max((tmp_path / "stick").glob("*.db"))

    office.backup = backup
    return office


def write(town, *words: object) -> None:
    town.ok("letter", "render", "takk", *words, "-o", town.folder / "takk", "--format", "txt")


def shown(town, name: str, batch: int = 1) -> dict:
    rows = town.json("letter", "show", batch)["letters"]
    return next(row for row in rows if row["name"] == name)


def said(town) -> str:
    """All that the log says of the batch, and of one letter."""
    parts = [town("letter", "log", "1"), town("letter", "show", "1", "--json")]
    parts += [town("letter", "show", "1", name) for name in ("Kari Solli", "Ola Vik")]
    return "".join(one.out + one.err for one in parts)


def stored(town) -> str:
    """All that the tables of the letters hold, but for the packed copies."""
    found = []
    with closing(sqlite3.connect(town.path)) as there:
        for table in ("letter", "letter_mail", "letter_batch"):
            found += there.execute(f"SELECT * FROM {table}").fetchall()
    return repr(found)


def test_who_was_protected_since_stays_so_and_the_letter_is_shown_without_an_address(town) -> None:
    town.ok(*KARI)
    write(town)
    backup = town.backup()
    town.ok("letter", "sent", "1")
    town.ok("person", "edit", "Kari Solli", "--protected")
    before = said(town)
    done = town("restore", backup, "--yes")
    assert "1 person who has been protected since stays protected: 2." in done.err
    assert said(town) == before and not any(trace in before for trace in TRACES)
    assert shown(town, "Kari Solli")["kept"]
    assert town("doctor").code == 0
    assert town.json("volunteer", "list", "Kari")[0]["street"] is None


def test_the_json_names_who_stays_protected_and_bokmal_says_it(town) -> None:
    town.ok(*KARI)
    backup = town.backup()
    town.ok("person", "edit", "Kari Solli", "--protected")
    assert town.json("restore", backup, "--yes")["protected_since"] == [2]
    town.ok("person", "edit", "Kari Solli", "--no-protected", "--yes")
    assert town.json("restore", backup, "--yes")["protected_since"] == []
    town.ok("person", "edit", "Kari Solli", "--protected")
    said = town("restore", backup, "--yes", lang="nb").err
    assert "1 person som er blitt skjermet siden, er fortsatt skjermet: 2." in said


def test_who_was_made_one_with_a_protected_person_is_protected_too(town) -> None:
    town.ok(*KARI)
    town.ok("volunteer", "add", "Kari A. Solli", "--phone", "90111222")
    backup = town.backup()
    town.ok("person", "edit", "Kari A. Solli", "--protected")
    town.ok("person", "merge", "3", "2", "--yes")
    assert town.json("restore", backup, "--yes")["protected_since"] == [2, 3]


@pytest.mark.parametrize("merged", [True, False])
def test_of_a_protected_person_whom_the_backup_does_not_know_only_the_name_comes_along(
    town, merged: bool
) -> None:
    backup = town.backup()
    town.ok(*KARI)
    write(town, *(["--merge"] if merged else []))
    town.ok("letter", "sent", "1")
    town.ok("person", "edit", "Kari Solli", "--protected")
    told = town.json("restore", backup, "--yes")["sent_since"][0]
    assert (told["letters"], told["unknown"]) == (2, ["Kari Solli"])
    # the letters of a merged batch lie in one file, and it tells of both
    assert told["without_copy"] == (2 if merged else 1)
    row = shown(town, "Kari Solli")
    assert (row["state"], row["address"], row["kept"]) == ("sent", None, None)
    assert shown(town, "Ola Vik")["address"] and (shown(town, "Ola Vik")["kept"] is None) == merged
    assert not any(trace in said(town) + stored(town) for trace in TRACES)
    with closing(sqlite3.connect(town.path)) as there:
        assert there.execute("SELECT count(*) FROM letter_file").fetchone() == (0 if merged else 1,)
    assert town("doctor").code == 0


def test_each_letter_that_has_no_copy_any_more_is_counted(town) -> None:
    backup = town.backup()
    for name in ("Kari Solli", "Per Solli"):
        town.ok("volunteer", "add", name, "--email", f"{name[:3]}@hjemme.example", *HOME, "--yes")
    write(town, "--merge")
    town.ok("letter", "sent", "1")
    for name in ("Kari Solli", "Per Solli"):
        town.ok("person", "edit", name, "--protected")
    assert town.json("restore", backup, "--yes")["sent_since"][0]["without_copy"] == 3


def test_mail_in_doubt_to_one_who_is_not_known_any_more_is_never_sent_again(town, serve) -> None:
    handler = serve({"kari@hjemme.example": "drop"})
    backup = town.backup()
    town.ok(*KARI)
    write(town)
    send(town, code=3)
    town.ok("person", "edit", "Kari Solli", "--protected")
    town.ok("restore", backup, "--yes")
    assert shown(town, "Kari Solli")["state"] == "sending"
    assert not any(trace in said(town) + stored(town) for trace in TRACES)
    handler.rules = {}
    number = len(handler.got)
    done = send(town, "--in-doubt", "again", code=3)
    assert [(one["name"], one["why"]) for one in done["skipped"]] == [("Kari Solli", "protected")]
    assert shown(town, "Kari Solli")["state"] == "sending" and len(handler.got) == number
    town.ok("letter", "send", "1", "--in-doubt", "sent", "--yes")
    row = shown(town, "Kari Solli")
    assert (row["state"], row["sent_to"], row["kept"]) == ("sent", None, None)
    assert town("doctor").code == 0


def test_an_associations_letter_to_a_contact_person_who_is_protected_and_unknown(town) -> None:
    body = "---\ntitle: Hei\nlanguage: nb\nrecipients: org\n---\nHei, {{ org.name }}.\n"
    (town.own / "hei.nb.md").write_text(body, "utf-8")
    backup = town.backup()
    town.ok(*KARI)
    town.ok("contact", "add", "Tranby vel", "Kari Solli", "--person", "2", "--role", "contact")
    words = ("render", "hei", "--to", "contact", "-o", town.folder / "x", "--format", "txt")
    town("letter", *words, "Tranby")
    town.ok("letter", "sent", "1")
    town.ok("person", "edit", "Kari Solli", "--protected")
    told = town.json("restore", backup, "--yes")["sent_since"][0]
    assert told["unknown"] == [] and told["without_copy"] == 1
    row = shown(town, "Tranby vel")
    assert row["org_id"] and (row["address"], row["kept"]) == (None, None)
    assert not any(trace in stored(town) for trace in (*TRACES, "Kari"))

"""A batch in one zip: whole or not there, the same bytes, and all that a folder can do."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.mailserver import Handler, MailServer


@pytest.fixture
def office(cli, tmp_path):
    for name, mail in (("Egge: barnekor / jenter?", "egge"), ("CON", "con"), ("Æresløpet", "ere")):
        cli.ok("org", "add", name, "--email", f"{mail}@lag.example")
    cli.ok("config", "set", "letterhead.email", "post@lier.example")
    cli.zip = tmp_path / "ut" / "brev.zip"
    (tmp_path / "templates").mkdir()
    cli.template = tmp_path / "templates" / "mal.nb.md"
    cli.template.write_text("---\ntitle: Hei\nlanguage: nb\n---\nHei, {{ org.name }}.\n", "utf-8")
    return cli


def render(office, *words: object) -> dict:
    return office.json("letter", "render", "mal", "-o", office.zip, *words)


def test_one_zip_holds_them_all_by_names_that_windows_takes(office) -> None:
    done = render(office, "--format", "pdf")
    assert done["folder"] == str(office.zip)
    assert [path.name for path in office.zip.parent.iterdir()] == ["brev.zip"]
    assert office.zip.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(office.zip) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert [f"{office.zip}/{name}" for name in names] == [
            row["file"].replace("\\", "/") for row in done["rendered"]
        ]
        for name in names:
            assert not set(name) & set('<>:"/\\|?*') and not name.upper().startswith("CON.")
            assert packed.read(name).startswith(b"%PDF-")
    assert any(name.startswith("Æresløpet") for name in names)
    assert all(info.date_time == (2026, 11, 23, 0, 0, 0) for info in packed.infolist())


def test_the_same_letters_are_the_same_zip(office, tmp_path) -> None:
    render(office)
    first = office.zip.read_bytes()
    office.zip = tmp_path / "to.ZIP"
    render(office)
    assert office.zip.read_bytes() == first


def test_merged_letters_and_drafts_can_be_in_it_too(office) -> None:
    render(office, "--merge")
    with zipfile.ZipFile(office.zip) as packed:
        assert packed.namelist() == ["mal.pdf"]
    render(office, "--format", "eml")
    with zipfile.ZipFile(office.zip) as packed:
        assert all(b"X-Unsent: 1" in packed.read(name) for name in packed.namelist())


def test_what_was_posted_from_it_is_kept_and_the_zip_is_written_over_no_more(
    office, tmp_path
) -> None:
    render(office)
    with zipfile.ZipFile(office.zip) as packed:
        data = {name: packed.read(name) for name in packed.namelist()}
    office.ok("letter", "sent", "1")
    office.ok("letter", "show", "1", "-o", tmp_path / "igjen")
    assert {path.name: path.read_bytes() for path in (tmp_path / "igjen").iterdir()} == data
    office.template.write_text(office.template.read_text("utf-8") + "Mer.\n", "utf-8")
    said = office.refused("letter", "render", "mal", "--again", "-o", office.zip)
    assert "brev.zip was sent in batch 1" in said


def test_a_letter_that_is_gone_from_it_or_another_one_now_is_said(office) -> None:
    render(office)
    with zipfile.ZipFile(office.zip) as packed:
        first, *rest = [(info, packed.read(info)) for info in packed.infolist()]
    with zipfile.ZipFile(office.zip, "w") as packed:
        packed.writestr(first[0], first[1] + b"\n")
    assert "changed" in office.refused("letter", "sent", "1")
    said = office.refused("letter", "sent", "1", "--as-they-are")
    assert rest[0][0].filename in said and "--no-copy" in said
    office.zip.write_bytes(b"PK\3\4 no zip any more")
    assert "cannot be read" in office.refused("letter", "sent", "1")
    office.ok("letter", "sent", "1", "--no-copy")


def test_a_batch_in_a_zip_is_sent_each_to_its_own_but_for_what_was_changed(office) -> None:
    render(office)
    with zipfile.ZipFile(office.zip) as packed:
        held = [(info, packed.read(info)) for info in packed.infolist()]
    with zipfile.ZipFile(office.zip, "w") as packed:
        for n, (info, data) in enumerate(held):
            packed.writestr(info, data + b"\n" * (n == 0))
    handler = Handler({})
    server = MailServer(handler)
    try:
        for key, value in {"host": "127.0.0.1", "port": server.port, "security": "none",
                           "per_minute": 10000}.items():  # fmt: skip
            office.ok("config", "set", f"mail.{key}", value)
        done = json.loads(office("letter", "send", "1", "--yes", "--json").out)
    finally:
        server.stop()
    assert len(done["sent"]) == 2 and [row["why"] for row in done["skipped"]] == ["changed"]
    (pdf,) = handler.got[0].message.iter_attachments()
    assert pdf.get_payload(decode=True) in [data for _info, data in held]


def test_merged_in_a_zip_cannot_be_sent_each_to_its_own(office) -> None:
    render(office, "--merge")
    assert "one file" in office.refused("letter", "send", "1", "--dry-run")


def test_a_zip_that_cannot_be_written_leaves_nothing(office, tmp_path) -> None:
    office.zip.mkdir(parents=True)
    said = office.refused("letter", "render", "mal", "-o", office.zip)
    assert "brev.zip" in said and list(office.zip.iterdir()) == []
    assert [path.name for path in office.zip.parent.iterdir()] == ["brev.zip"]
    assert office.json("letter", "log") == []
    office.zip = Path(tmp_path / "templates" / "mal.nb.md" / "x.zip")
    office.refused("letter", "render", "mal", "-o", office.zip)

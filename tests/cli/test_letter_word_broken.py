"""Templates in Word that are broken: told by name, while the others are looked at."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def own(cli, tmp_path: Path) -> Path:
    """The coordinator's own templates: a pair in Word, and one association to write to."""
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("letter", "new", "mitt", "--word")
    return tmp_path / "templates"


def rewrite(path: Path, change: Callable[[str], str], **more: bytes) -> None:
    """The document with another text part, and more parts."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = change(files["word/document.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (files | more).items():
            archive.writestr(name, data)


def test_one_damaged_document_is_told_and_the_others_are_tried(cli, own: Path) -> None:
    for language in ("nb", "nn"):
        rewrite(own / f"mitt.{language}.docx", lambda xml: xml.replace("[Skriv", "<w:tab/>[Skriv"))
    listed = cli("letter", "templates", "--json")
    assert listed.code == 3 and "mitt.nb.docx: The document is damaged" in listed.err
    assert "apen-dag" in [row["name"] for row in json.loads(listed.out)]
    done = json.loads(cli("letter", "check", "--json").out)
    broken = {one["file"]: one for one in done["findings"] if one["code"] == "broken"}
    assert set(broken) == {"mitt.nb.docx", "mitt.nn.docx"} and done["templates"] > 5
    assert "Word" in broken["mitt.nb.docx"]["way_out"]


def test_one_that_unpacks_to_too_much_is_made_smaller_in_word(cli, own: Path) -> None:
    rewrite(own / "mitt.nb.docx", str, **{"word/media/x.png": bytes(9_000_000)})
    said = cli("letter", "check", "mitt").out
    assert "zip bomb" in said and "Word" in said and "workbook" not in said


def test_where_a_slip_stands_is_a_sentence_of_its_own(cli, own: Path) -> None:
    slip = "{{ org.namme }} [Skriv"
    rewrite(own / "mitt.nb.docx", lambda xml: xml.replace("[Skriv", slip, 1))
    said = cli.refused("letter", "preview", "mitt", "1")
    assert "It stands in “{{ org.namme }} [Skriv" in said
    assert "”. Did you mean org.name" in said

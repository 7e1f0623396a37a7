"""A picture that is pasted into a template in Word is in each letter, and can be printed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from tests.documents.pictures import JPEG, png

PASTED = png(40, 20)


@pytest.fixture
def made(cli, tmp_path) -> list[Path]:
    """Two letters of a template with a picture in its text, in a branch, a table and a header."""
    for name in ("Egge barnekor", "Sylling songlag"):
        cli.ok("org", "add", name, "--email", "post@lag.example", "--yes")
    cli.ok("letter", "new", "mitt", "--word")
    for language in ("nb", "nn"):
        path = tmp_path / "templates" / f"mitt.{language}.docx"
        document = docx.Document(str(path))
        document.add_picture(io.BytesIO(PASTED), Mm(40))
        document.add_paragraph("{% if org.name == 'Egge barnekor' %}")
        document.add_picture(io.BytesIO(JPEG), Mm(30))
        document.add_paragraph("{% endif %}")
        cell = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        cell.add_run("Til {{ org.name }} ").add_picture(io.BytesIO(PASTED), Mm(10))
        first = document.sections[0].first_page_header
        first.is_linked_to_previous = False
        first.paragraphs[0].add_run().add_picture(io.BytesIO(png(9, 9)), Mm(9))
        document.save(str(path))
    done = cli.json("letter", "render", "mitt", "-o", tmp_path / "brev")
    return [Path(row["file"]) for row in done["rendered"]]


def test_pasted_pictures_are_in_each_letter_byte_for_byte(made: list[Path]) -> None:
    for path, shapes in zip(made, (3, 2), strict=True):
        with zipfile.ZipFile(path) as packed:
            media = {packed.read(name) for name in packed.namelist() if "/media/" in name}
        assert {PASTED, JPEG, png(9, 9)} <= media
        document = docx.Document(str(path))
        blips = re.findall(r'r:embed="(\w+)"', document.element.xml)
        assert len(blips) == shapes
        for name in blips:
            assert document.part.related_parts[name].blob in (PASTED, JPEG)
        header = document.sections[0].first_page_header
        (name,) = re.findall(r'r:embed="(\w+)"', header._element.xml)
        assert header.part.related_parts[name].blob == png(9, 9)


def test_libreoffice_prints_them(made: list[Path], tmp_path: Path) -> None:
    if not (shutil.which("soffice") and shutil.which("pdfimages")):
        pytest.skip("LibreOffice or poppler-utils is not installed")
    profile = (tmp_path / "profile").as_uri()
    words = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    subprocess.run([*words, "--outdir", tmp_path, *made], check=True, capture_output=True)
    for path, wanted in zip(made, (["16x8", "40x20", "9x9"], ["40x20", "9x9"]), strict=True):
        pdf = str(tmp_path / f"{path.stem}.pdf")
        shown = subprocess.run(["pdfimages", "-list", pdf], check=True, capture_output=True)
        rows = [row.split() for row in shown.stdout.decode().splitlines()[2:]]
        assert sorted({f"{row[3]}x{row[4]}" for row in rows if row[2] == "image"}) == wanted

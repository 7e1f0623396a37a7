"""A municipality, a template and letters to try the documents with; all names are invented."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from frivillig_cli.documents.letter import Letter, Letterhead, Reference
from frivillig_cli.documents.picture import picture_of
from frivillig_cli.documents.template import Rendered, load_template, render_template
from tests.documents.word_made import W

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 70">'
    b'<path d="M2 2h56v38c0 16-14 24-28 28C16 64 2 56 2 40z"/></svg>'
)
HEAD = "title: Brev\nlanguage: nb\n"


@pytest.fixture
def fields() -> dict[str, Any]:
    return {
        "org": {
            "name": "Elvedal songlag",
            "contact_name": "Aud Kittilsen",
            "email": None,
            "tags": ["kor", "kultur"],
        },
        "municipality": {
            "name": "Elvedal kommune",
            "phone": "+4732220100",
            "email": "post@elvedal.kommune.example",
        },
        "survey": {"title": "Endringer våren 2027", "due": date(2027, 3, 15)},
    }


@pytest.fixture
def write_template(tmp_path: Path) -> Callable[..., Path]:
    def write(body: str, head: str = HEAD, name: str = "brev.nb.md") -> Path:
        path = tmp_path / name
        path.write_text(f"---\n{head}---\n{body}", "utf-8")
        return path

    return write


@pytest.fixture
def rendered(
    write_template: Callable[..., Path], fields: dict[str, Any]
) -> Callable[..., Rendered]:
    def render(body: str, head: str = HEAD, **more: Any) -> Rendered:
        return render_template(load_template(write_template(body, head)), {**fields, **more})

    return render


@pytest.fixture
def letterhead() -> Letterhead:
    return Letterhead(
        name="Elvedal kommune",
        unit="Frivilligsentralen",
        logo=picture_of(SVG, "Kommunevåpenet til Elvedal"),
        postal_address=("Postboks 12", "3401 Elvedal"),
        visiting_address=("Storgata 1", "3401 Elvedal"),
        phone="32 22 01 00",
        email="post@elvedal.kommune.example",
        website="elvedal.kommune.example",
        orgnr="310000003",
    )


@pytest.fixture
def letter(rendered: Callable[..., Rendered], letterhead: Letterhead) -> Callable[..., Letter]:
    def make(body: str = "Hei, {{ org.name }}", head: str = HEAD, **more: Any) -> Letter:
        given = {
            "document": rendered(body, head).document,
            "letterhead": letterhead,
            "recipient": ("Elvedal songlag", "v/ Aud Kittilsen", "Bruveien 2", "3400 Elvedal"),
            "reference": Reference(date=date(2027, 2, 15), ours="2027/118-1", caseworker="Kari N."),
            "signed_by": "Kari Nordli",
            "signed_title": "koordinator",
        }
        return Letter(**{**given, **more})

    return make


@pytest.fixture
def poppler(tmp_path: Path) -> Callable[..., str]:
    """What a tool of poppler-utils prints of a PDF."""

    def run(tool: str, data: bytes, *words: str) -> str:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} (poppler-utils) is not installed")
        path = tmp_path / "read.pdf"
        path.write_bytes(data)
        last = ["-"] if tool == "pdftotext" else []
        done = subprocess.run(
            [tool, *words, str(path), *last],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
        return done.stdout

    return run


@pytest.fixture
def verapdf(tmp_path: Path) -> Callable[..., str]:
    """veraPDF's findings on PDFs; it stands outside the project, and is named by a variable."""
    tool = os.environ.get("FRIVILLIG_VERAPDF")
    if not tool:
        pytest.skip("FRIVILLIG_VERAPDF names no veraPDF driver")

    def check(*files: bytes) -> str:
        paths = []
        for n, data in enumerate(files):
            paths.append(tmp_path / f"{n}.pdf")
            paths[-1].write_bytes(data)
        done = subprocess.run(
            [tool, "ua1,2a", *map(str, paths)], capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return check


@pytest.fixture
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


@pytest.fixture
def as_pdf(soffice: str, tmp_path: Path) -> Callable[[bytes], bytes]:
    """What LibreOffice makes of a Word document."""

    def convert(data: bytes) -> bytes:
        (tmp_path / "read.docx").write_bytes(data)
        profile = (tmp_path / "profile").as_uri()
        subprocess.run(
            [soffice, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
             "--outdir", str(tmp_path), str(tmp_path / "read.docx")],
            check=True, capture_output=True,
        )  # fmt: skip
        return (tmp_path / "read.pdf").read_bytes()

    return convert


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., Path]:
    """A document whose paragraphs are given as XML of their runs, or as plain text."""

    def write(*paragraphs: str, name: str = "mal.nb.docx") -> Path:
        made = docx.Document()
        body = made.element.body
        for n, text in enumerate(paragraphs):
            one = made.add_paragraph("" if text.startswith("<") else text)
            if text.startswith("<"):
                xml = f'<w:p xmlns:w="{W}">{text}</w:p>'
                body.replace(one._p, docx.oxml.parse_xml(xml))
            if n == 0 and not text.startswith("<"):
                one.style = made.styles["Heading 1"]
        path = tmp_path / name
        made.save(str(path))
        return path

    return write

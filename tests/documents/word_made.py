"""Word documents that are templates, and their letters as python-docx reads them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx

from frivillig_cli.documents.template import Template, load_word, render_template
from frivillig_cli.formats.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def load(path: Path) -> Template:
    read = read_word(path)
    return load_word(path, read.parts, read.texts, "0" * 64)


def changed(path: Path, **parts: Any) -> Path:
    """The document with parts replaced (by a function of the old text) or added."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, new in parts.items():
        files[name] = new(files[name].decode()).encode() if callable(new) else new
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def made(path: Path, **fields: Any) -> Any:
    """The letter as python-docx reads it."""
    rendered = render_template(load(path), fields)
    assert rendered.word is not None
    data = rendered.word.packed("Tittel", "Elvedal", "nb", None, draft=False)
    return docx.Document(io.BytesIO(data))


def texts(path: Path, **fields: Any) -> list[str]:
    return [p.text for p in made(path, **fields).paragraphs]


ORG = {"name": "Elvedal songlag", "tags": ["kor", "kultur"], "email": None}

"""The files that `beredskap activate` makes, whatever goes wrong with one of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from frivillig_cli.cli.app import run
from tests.cli.a_small_group import do, group

__all__ = ["do", "group"]


def test_a_dry_run_leaves_register_and_folder_as_they_were(do, group, tmp_path):
    before = (tmp_path / "register.db").read_bytes()
    seen = do("beredskap", "activate", "Flom", "--dry-run", "-o", "ut")
    assert seen["files"] == []
    assert (tmp_path / "register.db").read_bytes() == before
    assert not (tmp_path / "ut").exists()
    real = do("beredskap", "activate", "Flom", "-o", "ut")
    assert (seen["number"], seen["excluded"]) == (real["number"], real["excluded"])
    assert [one["row_code"] for one in seen["calls"]] == [one["row_code"] for one in real["calls"]]


def _text_of(path):
    if path.suffix == ".pdf":
        if not shutil.which("pdftotext"):
            pytest.skip("poppler-utils is not installed")
        return subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
        ).stdout
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(path).active
        rows = sheet.iter_rows(values_only=True)
        return "\n".join(" ".join(str(cell or "") for cell in row) for row in rows)
    return path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
@pytest.mark.parametrize("ending", [".pdf", ".html", ".xlsx", ".vcf"])
def test_every_file_of_an_exercise_says_so_and_never_shows_the_protected(
    do, group, language, ending
):
    started = do(
        "--lang", language, "beredskap", "activate", "Øving", "--exercise", "-o", "ut",
    )  # fmt: skip
    (path,) = (Path(file) for file in started["files"] if file.endswith(ending))
    text = _text_of(path).replace("\n ", "")
    assert "ØVELSE" in path.name
    assert "ØVELSE" in text
    assert ("ØVING" in path.name) == (language == "nn")
    digits = re.sub(r"[\s\u00a0]", "", text)
    assert "90111221" in digits
    assert "90111222" not in digits
    assert "Skjultveien" not in text
    if ending != ".vcf":
        assert "Ola Skjult" in text and "Taus Uten" in text


def test_every_page_of_an_exercise_is_framed(do, group):
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    started = do("beredskap", "activate", "Øving", "--exercise", "-o", "ut")
    pages = _text_of(Path(started["files"][0])).split("\f")[:-1]
    assert len(pages) >= 3
    assert all("ØVELSE" in page for page in pages)


def test_when_no_pdf_can_be_made_the_others_are_and_text_too(do, group, monkeypatch):
    from frivillig_cli.documents import sheets_pdf

    def broken(*_arguments):
        raise ValueError("no typesetter")

    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    started = do("beredskap", "activate", "Flom", "-o", "ut", code=3)
    assert sorted(Path(file).suffix for file in started["files"]) == [
        ".html", ".txt", ".vcf", ".xlsx",
    ]  # fmt: skip
    assert do("beredskap", "status")["files"] == started["files"]
    assert do("beredskap", "next")["name"] == "Kari Bakken"


@pytest.mark.parametrize("command", ["activate", "print"])
def test_a_typesetter_that_ends_its_process_takes_nothing_with_it(
    do, group, monkeypatch, tmp_path, capsys, command
):
    from frivillig_cli.documents import apart

    if command == "print":
        do("beredskap", "activate", "Flom", "-o", "ut")
    module = tmp_path / "broken" / "typst" / "__init__.py"
    module.parent.mkdir(parents=True)
    module.write_text("import os; os.abort()")
    monkeypatch.setattr(apart, "find_spec", lambda _name: SimpleNamespace(origin=str(module)))
    title = ["Flom"] if command == "activate" else []
    made = do("beredskap", command, *title, "-o", "ny", code=3)
    assert sorted(Path(file).suffix for file in made["files"]) == [".html", ".txt", ".vcf", ".xlsx"]
    assert all(Path(file).stat().st_size for file in made["files"])
    assert run(["beredskap", command, *(["Brann"] if title else [])]) == 3
    said = capsys.readouterr().err
    assert "The typesetter was stopped" in said and "frivillig beredskap print" in said
    assert do("beredskap", "next", "--activation", 1)["name"] == "Kari Bakken"


_ASSERTION = "assertion `left == right` failed"
_TYPST = f"""
class TypstError(Exception):
    pass
class PanicException(BaseException):
    pass
class Fonts:
    def __init__(self, **_settings): pass
class Compiler(Fonts):
    def compile_with_warnings(self, *_source, **_settings):
        raise {{}}({_ASSERTION!r})
"""


@pytest.mark.parametrize(
    ("fault", "why"),
    [("PanicException", "where memory is short"), ("TypstError", "a fault in the program")],
)
@pytest.mark.parametrize("command", ["activate", "print", "pack"])
def test_what_the_typesetter_says_itself_is_shown_with_debug_only(
    do, group, monkeypatch, tmp_path, capsys, fault, why, command
):
    from frivillig_cli.documents import apart

    if command == "print":
        do("beredskap", "activate", "Brann")
    module = tmp_path / "broken" / "typst" / "__init__.py"
    module.parent.mkdir(parents=True)
    module.write_text(_TYPST.format(fault))
    monkeypatch.setattr(apart, "find_spec", lambda _name: SimpleNamespace(origin=str(module)))
    words = ["beredskap", command, *{"activate": ["Flom"], "pack": ["ut"]}.get(command, [])]
    assert run(words) == 3
    said = capsys.readouterr().err
    assert why in said and "Text stands in its place" in said
    assert "assertion" not in said and "Traceback" not in said
    if command != "activate":
        assert run(["--debug", *words]) == 3
        assert _ASSERTION in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_does_not_stop_the_call_out(do, group, tmp_path):
    (tmp_path / "ut").write_text("a file")
    assert do("beredskap", "activate", "Flom", "-o", "ut", code=3)["files"] == []
    assert do("beredskap", "next")["name"] == "Kari Bakken"

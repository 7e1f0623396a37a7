"""What people save in the folder of answers beside the workbooks: each with its own way out."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.survey_round import answer

MAIL = "From: lag@lag.example\nSubject: Svar\nMIME-Version: 1.0\n\nSe vedlegg\n"


@pytest.mark.parametrize(
    ("name", "content", "told", "way_out"),
    [
        ("Svar.eml", MAIL.encode(), "is an e-mail", "attached"),
        ("Svar.eml", b"From: a@b.example\nTo: c\nSubject: Svar\n\nHei", "is an e-mail", "attached"),
        ("Inn", b"From - Thu Nov 27\nX-Status: 1\nReceived: x\n\nHei", "is an e-mail", "attached"),
        (
            "Svar.msg",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            "is an e-mail",
            "attached",
        ),
        ("Svar.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 90, "is a shortcut", "leads to"),
        ("Svar.url", b"[InternetShortcut]\nURL=https://lag.example/\n", "is a shortcut", "leads"),
        ("svar.csv", b"Navn;Leder\nFra: Lier;Per\n", "is a text file (CSV)", "Save as"),
    ],
)
def test_each_kind_has_its_own_words(lag, tmp_path, name, content, told, way_out) -> None:
    (tmp_path / name).write_bytes(content)
    said = lag.refused("survey", "import", "1", tmp_path / name)
    assert f"{name} {told}" in said and way_out in said


def test_a_zip_of_answers_is_to_be_unpacked(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", members=50)
    with zipfile.ZipFile(tmp_path / "alle.zip", "w") as packed:
        packed.write(back, "svar/a.xlsx")
    said = lag.refused("survey", "import", "1", tmp_path / "alle.zip")
    assert "alle.zip is a zip file with other files in it" in said and "Unpack it" in said


def test_a_list_that_begins_like_a_letter_is_still_a_list(cli, tmp_path) -> None:
    listed = tmp_path / "liste.csv"
    listed.write_text("Fra: Lier kommune\nDate: 2026\n\nNavn;E-post\nLier vel;a@b.example\n")
    assert cli.json("org", "import", listed, "--yes")["created"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_says_where_it_leads(lag, forms, tmp_path) -> None:
    (tmp_path / "notat.txt").write_text("ring Kari\n")
    Path(tmp_path / "lenke.xlsx").symlink_to(tmp_path / "notat.txt")
    said = lag.refused("survey", "import", "1", tmp_path / "lenke.xlsx")
    assert f"a link to {(tmp_path / 'notat.txt').resolve()}" in said
    Path(tmp_path / "svar.xlsx").symlink_to(answer(forms[1], tmp_path / "a.xlsx", members=50))
    assert lag("survey", "import", "1", tmp_path / "svar.xlsx", "--yes").code == 0

"""Workbooks made by hand, part by part, so that each can be wrong in one way."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

TRANSITIONAL = "http://schemas.openxmlformats.org/"
MAIN = f"{TRANSITIONAL}spreadsheetml/2006/main"
REL = f"{TRANSITIONAL}officeDocument/2006/relationships"
PACKAGE = f"{TRANSITIONAL}package/2006"


def relations(*links: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


GOOD_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Navn</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Telefon</t></is></c></row>'
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>32220100</v></c></row>'
)


def parts(rows: str = GOOD_ROWS, **changes: str | bytes | None) -> dict[str, str | bytes]:
    """A small good workbook; `changes` replaces parts by short name, None leaves one out."""
    names = {
        "types": "[Content_Types].xml",
        "rels": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    good: dict[str, str | bytes | None] = {
        "types": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
        '<sheet name="Lag" sheetId="1" r:id="r1"/></sheets></workbook>',
        "links": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "styles", "styles.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
        ),
        "styles": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" '
        'formatCode="0000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="164"/></cellXfs></styleSheet>',
        "strings": f'<sst xmlns="{MAIN}"><si><t>Lier hagelag</t></si></sst>',
        "sheet": sheet_xml(rows),
    }
    good.update(changes)
    return {names.get(name, name): content for name, content in good.items() if content is not None}


def write_zip(path: Path, content: dict[str, str | bytes], level: int = 1) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return path


@pytest.fixture(scope="session")
def kit():
    """The builders above, for tests that make their own files."""
    return SimpleNamespace(
        parts=parts, write_zip=write_zip, sheet_xml=sheet_xml, relations=relations, MAIN=MAIN
    )


@pytest.fixture(scope="session")
def convert(tmp_path_factory):
    """`convert(path, "ods") -> path`: LibreOffice, with a profile of its own."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def run(path: Path, kind: str, folder: str = "converted") -> Path:
        target = path.parent / folder
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(target), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target / f"{path.stem}.{kind.partition(':')[0]}"

    return run

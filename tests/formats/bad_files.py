"""Every bad file of the list, made in a folder: name -> what the refusal must say."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

BIG = 1024**3
# file name -> a word of the sentence; None: it is read, and right
EXPECTED: dict[str, str | None] = {
    "one-text.xlsx": "too big",
    "tiny-cells.xlsx": "too big",
    "strings.xlsx": "too big",
    "styles.xlsx": "too big",
    "overlap.xlsx": "overlap",
    "lying-size.xlsx": "damaged",
    "xfd.xlsx": None,
    "row-4294967295.xlsx": "out of place",
    "full-merge.xlsx": None,
    "lying-dimension-small.xlsx": None,
    "lying-dimension-full.xlsx": None,
    "million-styled-rows.xlsx": None,
    "five-thousand-sheets.xlsx": "parts",
    "hundred-sheets.xlsx": "64 sheets",
    "names.xlsx": "too big",
    "validations.xlsx": None,
    "billion-laughs.xlsx": "document type",
    "quadratic.xlsx": "document type",
    "xxe.xlsx": "document type",
    "strings-laughs.xlsx": "document type",
    "deep.xlsx": "nested too deep",
    "utf16.xlsx": None,
    "bad-utf8.xlsx": "not whole",
    "no-sheet.xlsx": "missing",
    "no-styles.xlsx": "missing",
    "no-types.xlsx": "missing",
    "strict.xlsx": None,
    "backslash.xlsx": None,
    "twice.xlsx": "twice",
    "twice-case.xlsx": "twice",
    "encrypted-zip.xlsx": "password",
    "encrypted.xlsx": "password",
    "legacy.xlsx": "older Excel",
    "csv.xlsx": "CSV",
    "html.xlsx": "HTML",
    "docx.xlsx": "Word",
    "odt.xlsx": "text document",
    "pdf.xlsx": "PDF",
    "xml.xlsx": "XML",
    "macro.xlsm": None,
    "external.xlsx": None,
    "formulas.xlsx": None,
    "errors.xlsx": None,
    "empty.xlsx": "0 bytes",
    "no-sheets.xlsx": "no worksheets",
    "no-rows.xlsx": "no cell holds anything",
    "truncated.xlsx": "damaged",
    "random.xlsx": "not a workbook",
    "same-row-twice.xlsx": "out of place",
    "many-rows.xlsx": "too many rows",
    "wide-row.xlsx": "512 columns",
    "huge-directory.xlsx": "parts",
    "deep.ods": "nested too deep",
    "laughs.ods": "document type",
    "repeated-rows.ods": "too many rows",
    "repeated-columns.ods": "512 columns",
    "encrypted.ods": "password",
}


def make_all(folder: Path, kit: SimpleNamespace) -> None:
    """Make every file of EXPECTED in `folder`."""
    parts, write, sheet = kit.parts, kit.write_zip, kit.sheet_xml
    good = parts()

    def save(name: str, content: dict[str, str | bytes] | None = None, **changes: object) -> Path:
        return write(folder / name, content or parts(**changes))

    _bombs(folder, kit)
    _containers(folder, kit)
    text = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'
    save("xfd.xlsx", sheet=sheet(f'<row r="1048576">{text.format("XFD1048576")}</row>'))
    save("row-4294967295.xlsx", sheet=sheet('<row r="4294967295"><c><v>1</v></c></row>'))
    rows = good["xl/worksheets/sheet1.xml"].split("<sheetData>")[1].split("</sheetData>")[0]
    grid = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><hyperlinks>'
    grid += '<hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    save("full-merge.xlsx", sheet=sheet(rows, after=grid))
    save("lying-dimension-small.xlsx", sheet=sheet(rows, '<dimension ref="A1"/>'))
    save("lying-dimension-full.xlsx", sheet=sheet(rows, '<dimension ref="A1:XFD1048576"/>'))
    blank = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 1_000_003))
    save("million-styled-rows.xlsx", sheet=sheet(rows + blank))
    ranges = "".join(
        f'<dataValidation type="list" sqref="A{n}"><formula1>1</formula1></dataValidation>'
        for n in range(1, 100_001)
    )
    save(
        "validations.xlsx", sheet=sheet(rows, after=f"<dataValidations>{ranges}</dataValidations>")
    )
    save("deep.xlsx", sheet=sheet(rows, after="<x>" * 50_000 + "</x>" * 50_000))
    save("same-row-twice.xlsx", sheet=sheet(rows + '<row r="2"><c r="A2"><v>1</v></c></row>'))
    many = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(200_001))
    save("many-rows.xlsx", sheet=sheet(many))
    save("wide-row.xlsx", sheet=sheet("<row>" + "<c><v>1</v></c>" * 513 + "</row>"))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 100 + '">]>'
    save("billion-laughs.xlsx", sheet=laughs + sheet("<row><c><v>&b;</v></c></row>"))
    long = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'
    save("quadratic.xlsx", sheet=long + sheet("<row><c><v>" + "&a;" * 5_000 + "</v></c></row>"))
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    save("xxe.xlsx", sheet=outside + sheet("<row><c><v>&a;</v></c></row>"))
    save("strings-laughs.xlsx", strings=laughs + f'<sst xmlns="{kit.MAIN}"/>')
    wide = '<?xml version="1.0" encoding="UTF-16"?>' + good["xl/worksheets/sheet1.xml"]
    save("utf16.xlsx", sheet=wide.encode("utf-16"))
    save("bad-utf8.xlsx", sheet=sheet(rows).replace("Navn", "N\xe6vn").encode("latin-1"))
    save("no-sheet.xlsx", sheet=None)
    save("no-styles.xlsx", styles=None)
    save("no-types.xlsx", types=None)
    save("no-sheets.xlsx", workbook=f'<workbook xmlns="{kit.MAIN}"><sheets/></workbook>')
    save("no-rows.xlsx", sheet=sheet('<row r="1"><c r="A1" s="1"/></row>'))
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in good.items()
    }
    save("strict.xlsx", strict)
    back = {name.replace("/", "\\"): content for name, content in good.items()}
    save("backslash.xlsx", {k: v.replace("ts/sheet1", r"ts\sheet1") for k, v in back.items()})
    save("macro.xlsm", good | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open()"})
    save("external.xlsx", good | {"xl/externalLinks/externalLink1.xml": "<x/>"})
    formulas = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c>'
        '<c r="C1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
        '<c r="D1"><f t="shared" si="0"/><v>4</v></c>'
        '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="F1"><f t="array" ref="F1:F9">SUM(A1:B1)</f><v>3</v></c></row>'
    )
    save("formulas.xlsx", sheet=sheet(formulas))
    save(
        "errors.xlsx",
        sheet=sheet('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>NaN</v></c></row>'),
    )


def _bombs(folder: Path, kit: SimpleNamespace) -> None:
    parts = kit.parts

    def bomb(name: str, part: str, block: bytes, total: int) -> None:
        content = parts()
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for other, data in content.items():
                if other != part:
                    package.writestr(other, data)
            info = zipfile.ZipInfo(part)
            info.compress_type = zipfile.ZIP_DEFLATED
            with package.open(info, "w") as stream:
                for _ in range(total // len(block)):
                    stream.write(block)

    bomb("one-text.xlsx", "xl/worksheets/sheet1.xml", b"x" * (1 << 22), BIG)
    # Half of it cannot be packed, so that only the sum gives it away.
    noise = random.Random(1).randbytes(1 << 14)
    bomb("tiny-cells.xlsx", "xl/worksheets/sheet1.xml", b"<c/>" * (1 << 18) + noise, BIG)
    bomb("strings.xlsx", "xl/sharedStrings.xml", b"<si><t>x</t></si>" * (1 << 16) + noise, BIG)
    bomb("styles.xlsx", "xl/styles.xml", b'<xf numFmtId="0"/>' * (1 << 14) + noise, 200 << 20)
    names = "".join(f'<definedName name="n{n}">Lag!$A${n}</definedName>' for n in range(1, 200_001))
    content = parts()
    book = content["xl/workbook.xml"].replace(
        "</workbook>", f"<definedNames>{names}</definedNames></workbook>"
    )
    kit.write_zip(folder / "names.xlsx", content | {"xl/workbook.xml": book})


def _containers(folder: Path, kit: SimpleNamespace) -> None:
    good = kit.parts()
    whole = kit.write_zip(folder / "truncated.xlsx", good).read_bytes()
    (folder / "truncated.xlsx").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "random.xlsx").write_bytes(random.Random(2).randbytes(5_000))
    (folder / "csv.xlsx").write_text("Navn;Telefon\nLier hagelag;32220100\n", encoding="utf-8")
    (folder / "html.xlsx").write_text("<html><table><tr><td>1</td></tr></table></html>")
    (folder / "xml.xlsx").write_text('<?xml version="1.0"?><Workbook/>')
    (folder / "pdf.xlsx").write_bytes(b"%PDF-1.7\n")
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    (folder / "legacy.xlsx").write_bytes(compound + "Workbook".encode("utf-16-le"))
    (folder / "encrypted.xlsx").write_bytes(compound + "EncryptedPackage".encode("utf-16-le"))
    kit.write_zip(
        folder / "docx.xlsx", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
    )
    mime = "application/vnd.oasis.opendocument."
    kit.write_zip(folder / "odt.xlsx", {"mimetype": mime + "text", "content.xml": "<x/>"})
    for name in ("five-thousand-sheets.xlsx", "hundred-sheets.xlsx"):
        count = 5_000 if "five" in name else 100
        links = kit.relations(*[(f"r{n}", "worksheet", f"s{n}.xml") for n in range(count)])
        sheets = "".join(
            f'<sheet name="S{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(count)
        )
        book = good["xl/workbook.xml"].partition("<sheet ")[0] + sheets + "</sheets></workbook>"
        many = {f"xl/s{n}.xml": good["xl/worksheets/sheet1.xml"] for n in range(count)}
        kit.write_zip(folder / name, kit.parts(links=links, workbook=book, sheet=None) | many)
    for name, again in (("twice.xlsx", "xl/workbook.xml"), ("twice-case.xlsx", "XL/Workbook.xml")):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for part, data in good.items():
                package.writestr(part, data)
            package.writestr(again.replace("workbook.xml", "workbook.xmX"), "<x/>")
        fixed = stream.getvalue().replace(b"workbook.xmX", b"workbook.xml")
        (folder / name).write_bytes(fixed)
    _tampered(folder, whole)
    _ods(folder, kit, mime)


def _tampered(folder: Path, whole: bytes) -> None:
    """Directory entries that lie: entries are at PK 01 02, the offset 42 bytes on."""
    entries = [at for at in range(len(whole)) if whole[at : at + 4] == b"PK\x01\x02"]
    overlap = bytearray(whole)
    overlap[entries[1] + 42 : entries[1] + 46] = whole[entries[0] + 42 : entries[0] + 46]
    (folder / "overlap.xlsx").write_bytes(overlap)
    lying = bytearray(whole)
    for at in entries:
        size = struct.unpack("<I", whole[at + 24 : at + 28])[0]
        lying[at + 24 : at + 28] = struct.pack("<I", size // 2)
    (folder / "lying-size.xlsx").write_bytes(lying)
    locked = bytearray(whole)
    for at in entries:
        locked[at + 8] |= 1
    (folder / "encrypted-zip.xlsx").write_bytes(locked)
    huge = bytearray(whole)
    end = whole.rfind(b"PK\x05\x06")
    huge[end + 8 : end + 12] = struct.pack("<HH", 60_000, 60_000)
    (folder / "huge-directory.xlsx").write_bytes(huge)


def ods_xml(rows: str, before: str = "") -> str:
    """A content.xml with one sheet."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    return (
        f'{before}<o:document-content xmlns:o="{oasis}:office:1.0" xmlns:t="{oasis}:table:1.0" '
        f'xmlns:x="{oasis}:text:1.0"><o:body><o:spreadsheet><t:table t:name="Lag">{rows}'
        "</t:table></o:spreadsheet></o:body></o:document-content>"
    )


def _ods(folder: Path, kit: SimpleNamespace, mime: str) -> None:
    def save(name: str, content: str, **more: str) -> None:
        first = {"mimetype": mime + "spreadsheet", "content.xml": content}
        kit.write_zip(folder / name, first | more)

    cell = '<t:table-cell o:value-type="string"{0}><x:p>x</x:p></t:table-cell>'
    save("deep.ods", ods_xml("<x:span>" * 5_000 + "</x:span>" * 5_000))
    save("laughs.ods", ods_xml("", '<!DOCTYPE x [<!ENTITY a "ha">]>'))
    row = '<t:table-row t:number-rows-repeated="1048576">' + cell.format("") + "</t:table-row>"
    save("repeated-rows.ods", ods_xml(row))
    wide = cell.format(' t:number-columns-repeated="16384"')
    save("repeated-columns.ods", ods_xml(f"<t:table-row>{wide}</t:table-row>"))
    kit.write_zip(
        folder / "encrypted.ods",
        {
            "mimetype": mime + "spreadsheet",
            "content.xml": b"\x9e\x10",
            "META-INF/manifest.xml": "<x><manifest:encryption-data/></x>",
        },
    )

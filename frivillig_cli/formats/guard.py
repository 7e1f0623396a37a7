"""What a file is, judged by its content and not by its name; and the refusal of what it is not.

Every kind that people send by mistake has its own sentence, with the way out.
"""

from __future__ import annotations

import stat
from enum import StrEnum
from pathlib import Path

from frivillig_cli.core.errors import FileFormatError, NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.archive import MB, Archive, damaged

MAX_FILE = 64 * MB
_MAIL_HEADS = ("mime-version", "message-id", "received", "return-path")
_USUAL_HEADS = {"from", "subject"}
_SHORTCUTS = (b"L\0\0\0\x01\x14\x02\0", b"[InternetShortcut]", b"[Desktop Entry]")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """The kinds that are told apart. The first four can be read."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JSON = "json"
    XLS = "xls"
    XLSB = "xlsb"
    ENCRYPTED = "encrypted"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    GZIP = "gzip"
    ZIP = "zip"
    MAIL = "mail"
    SHORTCUT = "shortcut"
    UNKNOWN = "unknown"


def check_file(path: Path, limit: int = MAX_FILE) -> None:
    """Refuse what is not an ordinary file of 1 byte to `limit` bytes that may be read."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FileFormatError(
                _("{path} is a folder, not a file.", path=path), _("Name a file in it.")
            )
        if not stat.S_ISREG(found.st_mode):
            raise FileFormatError(
                _("{path} is not an ordinary file.", path=path),
                _("Copy its content to a file first."),
            )
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(
            _("There is no file at {path}.", path=path), _("Check the name and the folder.")
        ) from error
    except (OSError, ValueError) as error:
        raise FileFormatError(
            _("{path} cannot be read.", path=path),
            _("Check that you may open it, and that no other program holds it."),
        ) from error
    if found.st_size == 0:
        raise FileFormatError(
            _("{name} is empty (0 bytes).", name=path.name), _("Ask for the file again.")
        )
    if found.st_size > limit:
        raise FileFormatError(
            _("{name} is over {limit} MB.", name=path.name, limit=limit // MB),
            _("Save only the rows that matter in a new file."),
        )


def file_kind(path: Path) -> FileKind:
    """What `path` holds, by its first bytes and, for a zip, its parts.

    Raises what `check_file` raises, and FileFormatError for a damaged zip.
    """
    check_file(path)
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with Archive(path) as archive:
            return _zip_kind(archive)
    if head.startswith(_CFB):
        return _compound_kind(path)
    if head.startswith(b"%PDF"):
        return FileKind.PDF
    if head.startswith(b"\x1f\x8b"):
        return FileKind.GZIP
    if head.startswith(_SHORTCUTS):
        return FileKind.SHORTCUT
    return _text_kind(head)


def refuse_kind(path: Path, kind: FileKind, *, lists: bool = False) -> FileFormatError:
    """The refusal for a file of that kind where a workbook was expected, or any list (`lists`)."""
    name = path.name
    again = _("Open it in Excel or LibreOffice, choose Save as, and pick .xlsx.")
    if kind is FileKind.ENCRYPTED:
        return FileFormatError(
            _("{name} is protected with a password.", name=name),
            _("Open it, remove the password and save it again."),
        )
    if kind is FileKind.GZIP:
        return FileFormatError(
            _("{name} is packed with gzip.", name=name),
            _("Unpack it first, with 7-Zip or gunzip, and give the file that is in it."),
        )
    if kind is FileKind.MAIL:
        return FileFormatError(
            _("{name} is an e-mail.", name=name),
            _("Open it, save what is attached to it, and give that file."),
        )
    if kind is FileKind.SHORTCUT:
        return FileFormatError(
            _("{name} is a shortcut, not the file itself.", name=name),
            _("Give the file that it leads to, or a copy of it."),
        )
    if kind is FileKind.ZIP and _holds_files(path):
        return FileFormatError(
            _("{name} is a zip file with other files in it.", name=name),
            _("Unpack it first, and give the files that are in it."),
        )
    sentences = {
        FileKind.XLS: _("{name} is an older Excel file (.xls).", name=name),
        FileKind.XLSB: _("{name} is a binary Excel file (.xlsb).", name=name),
        FileKind.HTML: _("{name} is a web page (HTML), not a workbook.", name=name),
        FileKind.XML: _("{name} is an XML file, not a workbook.", name=name),
        FileKind.CSV: _("{name} is a text file (CSV), not a workbook.", name=name),
        FileKind.JSON: _("{name} is a JSON file, not a workbook.", name=name),
    }
    if kind in sentences:
        return FileFormatError(sentences[kind], again)
    others = {
        FileKind.DOCX: _("{name} is a Word document, not a workbook.", name=name),
        FileKind.ODT: _("{name} is a text document, not a workbook.", name=name),
        FileKind.PDF: _("{name} is a PDF, not a workbook.", name=name),
        FileKind.ZIP: _("{name} is a zip file without a workbook's parts.", name=name),
    }
    return FileFormatError(
        others.get(kind, _("{name} is not a workbook.", name=name)),
        _("Ask for the list as .xlsx, .ods or .csv.")
        if lists
        else _("Ask for the workbook itself, as .xlsx or .ods."),
    )


def _zip_kind(archive: Archive) -> FileKind:
    names = set(archive.names())
    if "mimetype" in names:
        mime = archive.read("mimetype", 1024).strip()
        if mime.startswith(b"application/vnd.oasis.opendocument"):
            if b"manifest:encryption-data" in _manifest(archive):
                return FileKind.ENCRYPTED
            return FileKind.ODS if mime.endswith((b".spreadsheet", b"-template")) else FileKind.ODT
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    if any(name.startswith("xl/") for name in names):
        if "[content_types].xml" not in names:
            part = "[Content_Types].xml"
            raise damaged(archive.name, _("the part {part} is missing", part=part))
        return FileKind.XLSX
    return FileKind.ZIP


def _holds_files(path: Path) -> bool:
    with Archive(path) as archive:
        return any(name.endswith((".xlsx", ".ods", ".csv", ".xls")) for name in archive.names())


def _manifest(archive: Archive) -> bytes:
    part = "META-INF/manifest.xml"
    return archive.read(part) if part in archive else b""


def _compound_kind(path: Path) -> FileKind:
    content = path.read_bytes()
    for name in ("EncryptedPackage", "EncryptionInfo"):
        if name.encode("utf-16-le") in content:
            return FileKind.ENCRYPTED
    if "__properties_version1.0".encode("utf-16-le") in content:
        return FileKind.MAIL  # Outlook's .msg
    if "WordDocument".encode("utf-16-le") in content:
        return FileKind.DOCX
    return FileKind.XLS


def _text_kind(head: bytes) -> FileKind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        words = head.decode("utf-16", "replace")
    else:
        if _looks_utf16(head):
            words = head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace")
        elif b"\0" in head:
            return FileKind.UNKNOWN
        else:
            words = head.decode("latin-1").removeprefix("ï»¿")
    start = words.lstrip().lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<div")):
        return FileKind.HTML
    if start.startswith(("<?xml", "<!doctype", "<!--")):
        return FileKind.HTML if "<html" in start else FileKind.XML
    if start.startswith(("{", "[")):
        return FileKind.JSON
    # copied from a terminal a list holds colours (ESC); a reader of text cleans them away
    odd = sum(1 for letter in words if ord(letter) < 32 and letter not in "\t\r\n\f\x1b")
    if odd > len(words) // 200 or start.startswith("{\\rtf") or not start:
        return FileKind.UNKNOWN
    return FileKind.MAIL if _is_mail(start) else FileKind.CSV


def _is_mail(start: str) -> bool:
    """Whether a text begins as an e-mail does: with a head that only e-mails have, or the usual."""
    seen = set()
    for n, line in enumerate(start.splitlines()[:100]):
        name, colon, _said = line.partition(":")
        if line[:1] in (" ", "\t") or (n == 0 and line.startswith("from ")):  # of a mailbox's file
            continue
        if not colon or " " in name:
            return False
        seen.add(name)
        if name in _MAIL_HEADS or seen >= _USUAL_HEADS:
            return True
    return False


def _looks_utf16(head: bytes) -> bool:
    sample = head[:400]
    if len(sample) < 4:
        return False
    half = len(sample) // 2
    return max(sample[0::2].count(0), sample[1::2].count(0)) > 0.6 * half and sample.count(0) < (
        1.3 * half
    )

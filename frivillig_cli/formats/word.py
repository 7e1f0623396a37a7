"""A Word document from a stranger: its parts, after every check; nothing in it is run or fetched.

What reaches outside of a document (linked pictures and files, fields that read files, macros),
and what nobody wants to send on (comments, tracked changes, links to one's own disk) is refused by
name. The template that Word notes it was made from is left out.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import printable
from frivillig_cli.formats.archive import MB, Archive, damaged, too_big
from frivillig_cli.formats.guard import file_kind
from frivillig_cli.formats.xml_parts import XmlTarget, elements, parse

MAX_ALL = 48 * MB
MAX_TEXT = 1 * MB
_TYPES, _ROOT = "[content_types].xml", "_rels/.rels"
_DOCUMENT = "wordprocessingml.document.main+xml"
_DOTX = "wordprocessingml.template.main+xml"  # a .dotx that was given another ending
_WITH_TEXT = re.compile(
    r"wordprocessingml\.((?:document|template)\.main|header|footer|footnotes|endnotes)\+xml"
)
_TEMPLATE_OF = "attachedTemplate"
# Kinds of relations by which a part takes in what is no text, picture or style.
_FOREIGN = frozenset({
    "oleObject", "package", "control", "aFChunk", "subDocument", "frame", "mailMergeSource",
    "mailMergeHeaderSource", "vbaProject", "attachedToolbars", "keyMapCustomizations",
    "activeXControlBinary", "ctrlProp", "wordVbaData",
})  # fmt: skip
_READING_FIELDS = re.compile(
    r"\b(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD|AUTOTEXT\w*|"
    r"MACROBUTTON|EMBED|GOTOBUTTON|MERGEFIELD|HTMLACTIVEX|ASK|FILLIN)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\{[{%]")
_DRAWN = re.compile(r"drawingml\.(?:chart|diagram)\w*\+xml|chartex\+xml", re.IGNORECASE)
_BOUND = re.compile(rb"<w\d*:dataBinding\b[^>]*/>")
_LINK = re.compile(r"(?:https?|mailto|tel|sms):|#", re.IGNORECASE)
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"})
_COMMENTS = frozenset({"commentRangeStart", "commentReference"})


@dataclass(frozen=True)
class WordParts:
    """The parts of a document by name, in their order in the file; `texts` hold its words."""

    name: str
    parts: dict[str, bytes]
    texts: tuple[str, ...]


def read_word(path: Path) -> WordParts:
    """The document at `path`. FileFormatError for what is none, is damaged, or reaches outside."""
    try:
        kind = file_kind(path)
        if kind == "encrypted":
            raise FileFormatError(
                _("{name} is protected with a password.", name=path.name),
                _("Open it, remove the password and save it again."),
            )
        if kind != "docx":
            raise FileFormatError(
                _("{name} is not a Word document.", name=path.name),
                _("Open it in Word or LibreOffice, choose Save as, and pick .docx."),
            )
        with Archive(path) as archive:
            return _read(archive)
    except FileFormatError as error:
        raise FileFormatError(error.message, _way_out(error.hint)) from error


def _way_out(hint: str) -> str:
    """The hint for a document, where it was one for a workbook."""
    if ".xlsx" in hint:
        return _("Save it again in Word as .docx.")
    if hint == too_big("", "").hint:
        return _("Make it smaller in Word, such as with fewer pictures, and save it as .docx.")
    return hint


def _read(archive: Archive) -> WordParts:
    if sum(archive.size(name) for name in archive.names()) > MAX_ALL:
        raise too_big(archive.name, _("it unpacks to over {limit} MB", limit=MAX_ALL // MB))
    kinds = _kinds(archive)
    parts: dict[str, bytes] = {}
    texts = []
    for name in archive.names():
        if name.endswith("/"):
            continue
        kind = kinds.get(name, "")
        if "macro" in kind.lower() or "vba" in name or "/activex/" in name:
            raise _refused(archive, _("macros"))
        spelled = archive.spelled(name)
        if _WITH_TEXT.search(kind):
            if archive.size(name) > MAX_TEXT:
                raise too_big(archive.name, _("the part {part} is over {limit} MB",
                                              part=name, limit=MAX_TEXT // MB))  # fmt: skip
            _check_text(archive, name)
            texts.append(spelled)
        elif name.endswith((".xml", ".rels")):
            drawn = _Drawn()
            parse(drawn, archive.chunks(name), name=archive.name, part=name)
            if (what := _DRAWN.search(kind)) and _FIELD.search("".join(drawn.said)):
                place = _("a chart") if "chart" in what[0].lower() else _("a SmartArt graphic")
                raise _not_filled_in(archive, place)
        parts[spelled] = archive.read(name, MAX_ALL)
        if spelled in texts:
            # Word would put what it is bound to in the place of what was filled in
            parts[spelled] = _BOUND.sub(b"", parts[spelled])
        if name == _TYPES:
            parts[spelled] = parts[spelled].replace(_DOTX.encode(), _DOCUMENT.encode())
        if name.endswith(".rels"):
            parts[spelled] = _check_relations(archive, name, parts[spelled])
    for name in [name for name in parts if name.lower() == "word/settings.xml"]:
        parts[name] = re.sub(rb"<w:attachedTemplate\b[^>]*/>", b"", parts[name])
    first = next((name for name in texts if _is_main(kinds.get(name.lower(), ""))), None)
    if first is None:
        raise damaged(archive.name, _("the part {part} is missing", part="word/document.xml"))
    ordered = [first, *sorted(name for name in texts if name != first)]
    return WordParts(archive.name, parts, tuple(ordered))


def _is_main(kind: str) -> bool:
    return _DOCUMENT in kind or _DOTX in kind


def _kinds(archive: Archive) -> dict[str, str]:
    """The kind of each part, by its name in small letters."""
    if _TYPES not in archive:
        raise damaged(archive.name, _("the part {part} is missing", part="[Content_Types].xml"))
    found = elements(archive, _TYPES, {"Default", "Override"})
    endings = {
        one.attributes.get("Extension", "").lower(): one.attributes.get("ContentType", "")
        for one in found
        if one.name == "Default"
    }
    named = {
        one.attributes.get("PartName", "").lstrip("/").lower(): one.attributes.get(
            "ContentType", ""
        )
        for one in found
        if one.name == "Override"
    }
    return {
        name: named.get(name) or endings.get(posixpath.splitext(name)[1].lstrip("."), "")
        for name in archive.names()
    }


def _check_relations(archive: Archive, name: str, data: bytes) -> bytes:
    """Refuse what is taken in from outside; returns the part without the noted template."""
    for relation in elements(archive, name, {"Relationship"}):
        kind = relation.attributes.get("Type", "").rpartition("/")[2]
        outside = relation.attributes.get("TargetMode", "").lower() == "external"
        if kind == _TEMPLATE_OF:
            continue
        if kind in _FOREIGN:
            raise _refused(archive, _("other documents, programs or data ({kind})", kind=kind))
        if kind == "hyperlink":
            target = relation.attributes.get("Target", "")
            if re.search(r"[{%](?:7B)?[{%]", target):
                raise _not_filled_in(archive, _("the address of a link"))
            if outside and not _LINK.match(target):
                raise _refused(archive, _("a link to {target}", target=printable(target)[:60]))
        elif outside:
            raise _refused(archive, _("something that is fetched from elsewhere ({kind})",
                                      kind=kind))  # fmt: skip
    return re.sub(rb"<Relationship\b(?=[^>]*/attachedTemplate\")[^>]*/>", b"", data)


def _check_text(archive: Archive, name: str) -> None:
    words = _Words(archive)
    parse(words, archive.chunks(name, MAX_TEXT), name=archive.name, part=name)
    words.done()


class _Words(XmlTarget):
    """Looks for what a letter must not hold, while a part is read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._depth = 0
        self._code: list[str] | None = None
        self._codes: list[str] = []
        self._math: list[str] | None = None  # the text of an equation
        self._drawing = False
        self._drawn: list[str] = []  # the texts of drawings that are no text boxes

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 100:
            raise damaged(self._archive.name, _("it is nested too deep"))
        local = name.rpartition("}")[2]
        if local in _CHANGES:
            raise _refused(self._archive, _("tracked changes"))
        if local in _COMMENTS:
            raise _refused(self._archive, _("comments"))
        if local in ("object", "control", "altChunk", "subDoc", "movie"):
            raise _refused(self._archive, _("other documents, programs or data ({kind})",
                                            kind=local))  # fmt: skip
        if any(map(_FIELD.search, attributes.values())) and (place := _said(local, attributes)):
            raise _not_filled_in(self._archive, place)
        if local == "instrText":
            self._code = []
        elif local == "fldSimple":
            self._codes += [f" {value} " for key, value in attributes.items() if "instr" in key]
        elif local == "oMath":
            self._math = []
        elif local == "t" and "drawingml" in name:
            self._drawing = True
        elif local == "fldChar" and "begin" in attributes.values():
            self._codes.append(" ")

    def text(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
        if self._math is not None:
            self._math.append(data)
        if self._drawing:
            self._drawn.append(data)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._drawing = self._drawing and not name.endswith("}t")
        if name.endswith("}instrText") and self._code is not None:
            self._codes.append("".join(self._code))
            self._code = None
        if name.endswith("}oMath") and self._math is not None:
            if _FIELD.search("".join(self._math)):
                raise _not_filled_in(self._archive, _("an equation"))
            self._math = None

    def done(self) -> None:
        """Refuse fields that read files; a field's code may be cut into several runs."""
        if _FIELD.search("".join(self._codes)):
            raise _not_filled_in(self._archive, _("the code of a link or of a field of Word’s own"))
        if _FIELD.search("".join(self._drawn)):
            raise _not_filled_in(self._archive, _("a drawing"))
        if found := _READING_FIELDS.search(re.sub(r'"[^"]*"', '""', "".join(self._codes))):
            raise _refused(self._archive, _("the field {field}", field=found[0].upper()))


class _Drawn(XmlTarget):
    """All the text of a chart or a graphic."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def text(self, data: str) -> None:
        self.said.append(data)


def _said(local: str, attributes: dict[str, str]) -> str:
    """What an element says to the reader in its attributes, where one of them holds a field."""
    if local in ("docPr", "cNvPr"):
        return _("the description of a picture")
    if local in ("tblCaption", "tblDescription"):
        return _("the description of a table")
    if local == "textpath":
        return _("WordArt")
    names = {name.rpartition("}")[2] for name, said in attributes.items() if _FIELD.search(said)}
    if local == "hyperlink":
        return _("the screen tip of a link") if "tooltip" in names else ""
    # the older kind of drawing, whose elements have names of many sorts
    return _("the description of a picture") if names & {"alt", "title"} else ""


def _not_filled_in(archive: Archive, place: str) -> FileFormatError:
    return FileFormatError(
        _("{name} has a field in {place}, where it is not filled in.",
          name=archive.name, place=place),
        _("Write it in the text itself: {example}", example="{{ org.email }}"),
    )  # fmt: skip


def _refused(archive: Archive, what: str) -> FileFormatError:
    return FileFormatError(
        _("{name} holds {what}, which a letter must not.", name=archive.name, what=what),
        _("Take it out in Word (accept changes, delete comments, break links), and save as .docx."),
    )

"""A Word document as a package: its parts, what they refer to, and the same bytes each time.

Written directly as WordprocessingML (ECMA-376, parts 1 and 2), as html.py writes HTML: texts are
escaped on their way in, and there is no other way in.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from frivillig_cli.core.i18n import _

_FIXED = Path(__file__).resolve().parent / "layouts" / "word"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"png": "image/png", "jpg": "image/jpeg"}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Properties:
    """What the file says of itself. `day` stands for the time it was made."""

    title: str
    author: str
    language: str
    day: date | None = None
    category: str = ""
    description: str = ""


@dataclass
class Package:
    """The parts that the text refers to: links, pictures, headers and footers, numbered lists.

    What is put in twice is there once.
    """

    _relations: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    _parts: dict[str, bytes] = field(default_factory=dict)
    _names: dict[tuple[str, bytes], str] = field(default_factory=dict)
    _numbers: list[str] = field(default_factory=list)
    _drawings: int = 0

    def link(self, target: str) -> str:
        """The id of a relation to an address outside."""
        return self._related("hyperlink", target, outside=True)

    def picture(self, data: bytes, kind: str) -> str:
        """The id of a relation to a picture."""
        return self._related("image", self._part("media/image", data, kind))

    def drawing(self) -> int:
        """A number for a picture where it stands: no two have the same."""
        self._drawings += 1
        return self._drawings

    def around(self, kind: str, xml: str) -> str:
        """The id of a relation to a `header` or `footer` that holds `xml`."""
        tag = "hdr" if kind == "header" else "ftr"
        whole = f"{_HEAD}<w:{tag} {NAMESPACES}>{xml}</w:{tag}>"
        return self._related(kind, self._part(kind, whole.encode("utf-8"), "xml"))

    def numbered(self, level: int, start: int) -> int:
        """The number of a new numbered list, which begins at `start`."""
        self._numbers.append(
            f'<w:num w:numId="{len(self._numbers) + 2}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            "</w:num>"
        )
        return len(self._numbers) + 1

    def _related(self, kind: str, target: str, *, outside: bool = False) -> str:
        key = (kind, target, outside)
        return self._relations.setdefault(key, f"rId{len(self._relations) + 10}")

    def _part(self, stem: str, data: bytes, ending: str) -> str:
        key = (f"{stem}.{ending}", data)
        if key not in self._names:
            n = sum(name.startswith(stem) for name in self._parts) + 1
            self._names[key] = f"{stem}{n}.{ending}"
            self._parts[self._names[key]] = data
        return self._names[key]

    def packed(self, body: str, properties: Properties) -> bytes:
        """The whole file. `body` is what stands within w:body."""
        language = LANGUAGES.get(properties.language, "nb-NO")
        document = f"{_HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        files = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations_xml(_ROOT),
            "docProps/core.xml": core(properties),
            "docProps/app.xml": APP,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations_xml(self._listed()),
            "word/styles.xml": _styles(language),
            "word/settings.xml": _fixed("settings").replace("{language}", language),
            "word/fontTable.xml": _fixed("fontTable"),
            "word/numbering.xml": _numbering(self._numbers),
        }
        data = {name: xml.encode("utf-8") for name, xml in files.items()}
        return zipped(data | {f"word/{name}": part for name, part in self._parts.items()})

    def _listed(self) -> list[str]:
        rows = [
            _relation(f"rId{n}", kind, target)
            for n, (kind, target) in enumerate(
                [("styles", "styles.xml"), ("settings", "settings.xml"),
                 ("fontTable", "fontTable.xml"), ("numbering", "numbering.xml")], 1,
            )
        ]  # fmt: skip
        for (kind, target, outside), name in self._relations.items():
            rows.append(_relation(name, kind, target, outside=outside))
        return rows

    def _types(self) -> str:
        rows = [
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
            '<Default Extension="xml" ContentType="application/xml"/>',
            *(f'<Default Extension="{k}" ContentType="{mime}"/>' for k, mime in _KINDS.items()),
            _override("docProps/core.xml", "application/vnd.openxmlformats-package"
                      ".core-properties+xml"),
            _override("docProps/app.xml", "application/vnd.openxmlformats-officedocument"
                      ".extended-properties+xml"),
            _override("word/document.xml", f"{_WORD}.document.main+xml"),
            *(_override(f"word/{name}.xml", f"{_WORD}.{name}+xml")
              for name in ("styles", "settings", "fontTable", "numbering")),
            *(_override(f"word/{name}", f"{_WORD}.{name.rstrip('.xml0123456789')}+xml")
              for name in self._parts if name.endswith(".xml")),
        ]  # fmt: skip
        inside = "".join(rows)
        return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{inside}</Types>'


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as a zip: without a clock, and without a word of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, data)
    return out.getvalue()


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{kind}"/>'


def _relation(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    at = quoteattr(target)
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target={at}{mode}/>'


def _relations_xml(rows: list[str]) -> str:
    inside = "".join(rows)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


_ROOT = [
    _relation("rId1", "officeDocument", "word/document.xml"),
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/>',
    _relation("rId3", "extended-properties", "docProps/app.xml"),
]
APP = (
    f"{_HEAD}<Properties "
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


def core(properties: Properties) -> str:
    """The part that tells the file's title, language and day."""
    language = LANGUAGES.get(properties.language, "nb-NO")
    made = f"{properties.day or _EPOCH}T00:00:00Z"
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{made}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    more = "".join(
        f"<{name}>{escape(said)}</{name}>"
        for name, said in (
            ("cp:category", properties.category), ("dc:description", properties.description),
        )
        if said
    )  # fmt: skip
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title>"
        f"<dc:creator>{escape(properties.author)}</dc:creator>"
        f"<dc:language>{language}</dc:language>{when}{more}</cp:coreProperties>"
    )


@cache
def _fixed(name: str) -> str:
    return (_FIXED / f"{name}.xml").read_text("utf-8")


def _styles(language: str) -> str:
    """The styles; those that Word has no name for are named in the language spoken now."""
    named = {
        "rule": _("Line across"),
        "table": _("Letter table"),
        "table_text": _("Text in a table"),
        "after_table": _("Below a table"),
        "sender_name": _("Sender"),
        "sender_unit": _("Sender’s unit"),
        "reference": _("Reference"),
        "reference_label": _("Label of a reference"),
        "approval": _("Electronic approval"),
        "below_label": _("Heading below the letter"),
        "below": _("Attachments and copies"),
    }
    text = _fixed("styles").replace("{language}", language)
    for name, said in named.items():
        text = text.replace(f'"{{{name}}}"', quoteattr(said))
    return text


def _numbering(numbers: list[str]) -> str:
    """Two kinds of lists in nine levels, and the numbered ones that there are."""
    bullets = "".join(_level(n, "bullet", "•–"[n % 2]) for n in range(9))
    counted = "".join(_level(n, "decimal", f"%{n + 1}.") for n in range(9))
    multi = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return (
        f"{_HEAD}<w:numbering {NAMESPACES}>"
        f'<w:abstractNum w:abstractNumId="0">{multi}{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{multi}{counted}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{"".join(numbers)}</w:numbering>'
    )


def _level(n: int, kind: str, text: str) -> str:
    left = indent(n + 1)
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{indent(1)}"/></w:pPr></w:lvl>'
    )


def indent(level: int) -> int:
    """How far the text of a list stands in, in twentieths of a point."""
    return 340 * level

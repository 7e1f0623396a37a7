"""Word documents as letter templates: filled in by the same sandbox, within the same budget.

A value comes in behind a mark, as in Markdown, and goes into the finished XML as escaped text:
it can become neither markup nor a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.documents.budget import current
from frivillig_cli.documents.docx_package import APP, Properties, core, zipped
from frivillig_cli.documents.docx_text import clean
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.render import filled, reading
from frivillig_cli.documents.sandbox import environment
from frivillig_cli.documents.tree import Block, Inline
from frivillig_cli.documents.values import pictures_as
from frivillig_cli.documents.word_pictures import drawn, with_pictures
from frivillig_cli.documents.word_source import BRACE, NEWLINE, Source, placed, read_source

if TYPE_CHECKING:
    import jinja2

MOST_XML = 8_000_000
_PROPERTIES, _APP = "docprops/core.xml", "docprops/app.xml"
_ONLY_MARKDOWN = frozenset({"markdown"})
_NO_ROWS = re.compile(r"<w:tbl>(?:(?!</?w:tbl>|<w:tr[ >]).)*</w:tbl>", re.DOTALL)
# What Word takes for damaged without a paragraph at its end.
_END = re.compile(r"(?<!</w:p>)(?<!</w:sdt>)(?=</w:(?:tc|hdr|ftr|txbxContent|footnote|endnote)>)")
_PARAGRAPH = re.compile(r"</w:p>|<w:p(?: [^>]*)?/>")
_TEXTS = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_RUNS = re.compile(r"<w:(?:t(?: [^>]*)?>([^<]*)</w:t|tab|br)\b[^>]*>")


@dataclass(frozen=True)
class WordTemplate:
    """The parts of a Word document, and the sources of those that hold text."""

    parts: Mapping[str, bytes]
    sources: Mapping[str, Source]

    @property
    def text(self) -> str:
        """All paragraphs, a line each, with their tags."""
        return "\n".join(line for one in self.sources.values() for line in one.paragraphs)

    @property
    def heading(self) -> str:
        """The first heading, which is the letter's title; "" without one."""
        return next((one.heading for one in self.sources.values() if one.heading), "")


@dataclass(frozen=True)
class RenderedWord:
    """A letter's parts before it is packed: the same in every part but those that hold text."""

    template: WordTemplate
    texts: Mapping[str, str]
    pictures: tuple[Picture, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """What the letter says, a paragraph each, without its headers and footers: to look at."""
        body = next(iter(self.texts.values()))
        return tuple(
            Block("paragraph", children=(Inline("text", line),)) for line in _paragraphs(body)
        )

    def words(self) -> str:
        """All that it says, headers and footers too, a paragraph a line."""
        return "\n".join(line for xml in self.texts.values() for line in _paragraphs(xml))

    def packed(
        self, title: str, author: str, language: str, day: date | None, draft: bool
    ) -> bytes:
        """The .docx; the same letter gives the same bytes. A `draft` says so on top."""
        properties = Properties(clean(title), clean(author), language, day)
        texts = dict(self.texts)
        if draft:
            main = next(iter(texts))
            with in_language(language):
                texts[main] = _marked(texts[main], _("Preview"))
        parts = self.template.parts
        files, added = {}, with_pictures(parts, texts, self.pictures)
        for name, data in {**parts, **added}.items():
            if name in texts:
                data = texts[name].encode("utf-8")
            elif name.lower() == _PROPERTIES:
                data = core(properties).encode("utf-8")
            elif name.lower() == _APP:
                data = APP.encode("utf-8")
            files[name] = data
        return zipped(files)


def _paragraphs(xml: str) -> Iterator[str]:
    for paragraph in _TEXTS.finditer(xml):
        said = "".join(_run(run) for run in _RUNS.finditer(paragraph[0]))
        if said.strip():
            yield " ".join(said.split())


def read_word_template(parts: Mapping[str, bytes], texts: tuple[str, ...]) -> WordTemplate:
    """A template from the parts of a judged document. TemplateError with the paragraph."""
    line = 1
    sources: dict[str, Source] = {}
    for name in texts:
        sources[name] = read_source(parts[name], line)
        line += len(sources[name].paragraphs)
    return WordTemplate(dict(parts), sources)


def properties_of(word: WordTemplate) -> dict[str, str]:
    """Title, category and description, as they are written in Word's File > Info."""
    data = next((d for name, d in word.parts.items() if name.lower() == _PROPERTIES), b"")
    found: dict[str, str] = {}
    path: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, _attributes: dict[str, str]) -> None:
        path.append(name.rpartition("}")[2])

    def text(said: str) -> None:
        if len(path) == 2:
            found[path[-1]] = found.get(path[-1], "") + said

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _name: path.pop() and None
    if data:
        parser.Parse(data, True)
    return {name: " ".join(found.get(name, "").split())
            for name in ("title", "category", "description")}  # fmt: skip


def render_word(word: WordTemplate, language: str, fields: Mapping[str, Any]) -> RenderedWord:
    """Fill the document in with `fields`. TemplateError, naming the paragraph by its words."""
    texts, before = {}, 0
    try:
        with reading(language, fields) as known:
            pictures = current().pictures = []
            for name, source in word.sources.items():
                texts[name] = _rendered(source.jinja, before, known)
                before += len(source.paragraphs)
    except TemplateError as error:
        raise placed(error, word.text.split("\n")) from error
    return RenderedWord(word, texts, tuple(dict.fromkeys(pictures)))


def _rendered(source: str, before: int, known: Any) -> str:
    run = current()
    out = filled(_compiled(source, before), known, MOST_XML)
    text = run.marks.resolve(_kept(out), lambda value: escape(clean(value)))
    text = text.replace("\0", "{").replace("\1", "&#10;")
    return _whole(drawn(text, run.pictures))


def _kept(xml: str) -> str:
    """Without the line ends that count paragraphs; what stands for others out of the way."""
    xml = xml.replace("\n", "").replace(BRACE, "\0").replace(NEWLINE, "\1")
    return pictures_as("\2{}\3", xml)


def _whole(xml: str) -> str:
    """What is left when loops came to nothing is a document still; else it is refused."""
    if "</w:tblGrid></w:tbl>" in xml:
        xml = _NO_ROWS.sub("", xml)
    xml = _END.sub("<w:p></w:p>", xml)
    try:
        expat.ParserCreate().Parse(xml.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise TemplateError(
            _("An if or a for begins in one place and ends in another, with text beside it."),
            _("Write its begin and its end each in a paragraph, or a table row, of its own."),
        ) from error
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml


@lru_cache(maxsize=64)
def _compiled(source: str, before: int) -> jinja2.Template:
    import jinja2
    from jinja2 import nodes

    env = environment()
    # so that the line of the part's first paragraph is the number of it in the document
    text = "\n" * before + source.replace("\n", "", 1)
    tree = env.parse(text)
    for block in tree.find_all((nodes.AssignBlock, nodes.Macro, nodes.CallBlock)):
        if any(_PARAGRAPH.search(data.data) for data in block.find_all(nodes.TemplateData)):
            raise TemplateError(
                _("In a Word document, set, macro and call hold no whole paragraphs."),
                _("Write the text where it is to stand, with if and for around it."),
                line=block.lineno,
            )
    for node in tree.find_all(nodes.Filter):
        if node.name in _ONLY_MARKDOWN:
            raise TemplateError(
                _("The filter {name} is for templates in Markdown.", name=node.name),
                _("Print the field as it is."),
                line=node.lineno,
            )
    try:
        return env.from_string(text)
    except jinja2.TemplateSyntaxError:
        raise
    except (jinja2.TemplateError, SyntaxError) as error:
        raise jinja2.TemplateSyntaxError(str(error), 1) from error


def _run(found: re.Match[str]) -> str:
    from html import unescape

    return unescape(found[1]) if found[1] is not None else " "


def _marked(xml: str, word: str) -> str:
    mark = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>'
        f"<w:t>{escape(word.upper())}</w:t></w:r></w:p>"
    )
    return re.sub(r"(<w:body(?: [^>]*)?>)", lambda body: body[0] + mark, xml, count=1)

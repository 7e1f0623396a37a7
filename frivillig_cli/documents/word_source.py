"""The text of a Word document as a Jinja source: tags made whole, everything else left alone.

Word cuts a typed `{{ org.name }}` into several runs; here it is put together again where it
begins. A paragraph that holds nothing but tags (`{% for … %}`), and a row of a table that does,
leaves nothing behind, as a line of its own does in Markdown. Only typed text is a template: a
brace in an attribute is a brace (in a field's code or a picture's description it is refused).

Each paragraph begins a line of the source, so that a line is the number of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.dom import Node, minidom
from xml.sax.saxutils import escape, quoteattr

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import BENT
from frivillig_cli.documents.errors import TemplateError

BRACE, NEWLINE = "\ue003", "\ue004"  # stand for { and a line's end that are no template's
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CONTROL = re.compile(
    r"(?:\s*(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\}))+\s*", re.DOTALL
)  # no text between them: what begins and ends with a tag is not tags alone
_WORD = re.compile(r"\{%[-+]?\s*(\w+)")
_BLOCKS = frozenset({"if", "for", "macro", "call", "filter", "with", "autoescape", "block"})
_OPEN = re.compile(r"\{\{|\{%|\{#")
# As others' templates say that a tag takes its paragraph, row, cell or run with it: known here
# without being said.
_LIKE_DOCXTPL = re.compile(r"^(\{[{%#]-?)(?:p|tr|tc|r) (?=\s*\S)")
# As Word corrects the first word of a sentence.
_WITH_A_CAPITAL = re.compile(r"^\{%[-+]?\s*(?:If|For|Elif|Else|Endif|Endfor|Set)\b")
# Word's own quotation marks, as it types them in Norwegian and in English.
_STRAIGHT = str.maketrans({**BENT, "\u00a0": " "})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_HEADINGS = frozenset({"heading1", "title", "overskrift1", "tittel"})


@dataclass(frozen=True)
class Source:
    """A part as Jinja reads it, and each of its paragraphs as a person does, tags and all."""

    jinja: str
    paragraphs: tuple[str, ...]
    heading: str


def read_source(xml: bytes, first_line: int) -> Source:
    """The source of a part that was judged before. `first_line` is that of its first paragraph.

    TemplateError with the paragraph's number for a tag that does not end.
    """
    # no document type can be in it: formats/word.py has refused those
    root = minidom.parseString(xml).documentElement
    assert root is not None
    if root.getAttribute("xmlns:w") not in _NAMESPACES:
        raise TemplateError(
            _("The document is written in a way that Word does not write."),
            _("Open it in Word or LibreOffice, choose Save as, and pick .docx."),
        )
    _forget_places(root)
    reader = _Reader(first_line)
    try:
        reader.prepare(root)
        jinja = "".join(reader.write(root))
        reader.done()
    except TemplateError as error:
        raise placed(error, reader.paragraphs, first_line) from error
    return Source(jinja, tuple(reader.paragraphs), reader.heading)


def _forget_places(root: Any) -> None:
    """Take away the bookmarks that Word sets by itself where one writes, copies and pastes.

    A paragraph of tags would hold more than tags because of them.
    """
    own = [
        mark for mark in root.getElementsByTagName("w:bookmarkStart")
        if mark.getAttribute("w:name").startswith(("_GoBack", "_Hlk"))
    ]  # fmt: skip
    numbers = {mark.getAttribute("w:id") for mark in own}
    ends = root.getElementsByTagName("w:bookmarkEnd") if own else ()
    for mark in [*own, *(end for end in ends if end.getAttribute("w:id") in numbers)]:
        mark.parentNode.removeChild(mark)


def placed(error: TemplateError, paragraphs: Sequence[str], first_line: int = 1) -> TemplateError:
    """The same error, with the words of the paragraph where it is: nobody counts paragraphs."""
    at = error.line - first_line
    if not 0 <= at < len(paragraphs):
        return error
    said = " ".join(paragraphs[at].split())
    shown = said if len(said) <= 60 else said[:59].rstrip() + "…"
    return TemplateError(
        error.said, " ".join([_("It stands in “{text}”.", text=shown), error.hint]).strip(),
        file=error.file, line=error.line, missing=error.missing,
    )  # fmt: skip


class _Reader:
    def __init__(self, first_line: int) -> None:
        self.paragraphs: list[str] = []
        self.heading = ""
        self._first, self._line = first_line, first_line - 1
        self._open: list[tuple[str, int, int]] = []  # what has begun, within what, in which line
        self._texts: dict[int, list[tuple[bool, str]]] = {}
        self._alone: dict[int, str] = {}
        self._laden: set[int] = set()  # paragraphs whose text is tags, and that hold more than text

    def prepare(self, node: Any) -> None:
        """Find the tags of each paragraph, outer ones first, as they are written."""
        if node.nodeName == "w:p":
            self._paragraph(node)
        for child in node.childNodes:
            if child.nodeType == Node.ELEMENT_NODE:
                self.prepare(child)
        if node.nodeName == "w:tr":
            self._row(node)

    def _paragraph(self, node: Any) -> None:
        places = list(_own_texts(node))
        whole = "".join(text for _node, text in places)
        self.paragraphs.append(_TAG.sub(lambda tag: _mended(tag[0]), whole))
        if _OPEN.search(_TAG.sub("", whole)):
            raise TemplateError(
                _("A field begins with {begin} and does not end.", begin="{{"),
                _("Write it in one paragraph: {example}", example="{{ org.name }}"),
                line=self._first + len(self.paragraphs) - 1,
            )
        if not self.heading and whole.strip() and _style(node).casefold() in _HEADINGS:
            self.heading = " ".join(self.paragraphs[-1].split())
        tags = [(tag.start(), tag.end(), _mended(tag[0])) for tag in _TAG.finditer(whole)]
        if _CONTROL.fullmatch(whole):
            if not _holds_more(node):
                self._alone[id(node)] = "".join(tag for _start, _end, tag in tags)
                return
            self._laden.add(id(node))
        at = 0
        for place, text in places:
            self._texts[id(place)] = _pieces(text, at, tags)
            at += len(text)

    def _row(self, node: Any) -> None:
        """A row whose paragraphs are tags alone, or empty, is those tags."""
        inside = list(node.getElementsByTagName("w:p"))
        tags = [self._alone[id(p)] for p in inside if id(p) in self._alone]
        if tags and all(id(p) in self._alone or not _said(p) for p in inside):
            self._alone[id(node)] = "".join(tags)

    def write(self, node: Any) -> Iterator[str]:
        """The node as a piece of the source."""
        if node.nodeType == Node.TEXT_NODE:
            yield _literal(escape(node.data))
            return
        if node.nodeType != Node.ELEMENT_NODE:
            return
        lines = node.nodeName == "w:p"
        if id(node) in self._alone:
            # its own paragraphs are still counted
            count = 1 if lines else len(node.getElementsByTagName("w:p"))
            self._line += count
            self._follow(self._alone[id(node)], node.parentNode)
            yield "\n" * count + self._alone[id(node)]
            return
        if lines:
            self._line += 1
            yield "\n"
        name = node.nodeName
        attributes = dict((node.attributes or {}).items())
        pieces = self._texts.get(id(node))
        if pieces is not None:
            attributes["xml:space"] = "preserve"
        said = "".join(
            f" {key}={_literal(quoteattr(value, {chr(10): '&#10;'}))}"
            for key, value in attributes.items()
        )
        yield f"<{name}{said}>"
        if pieces is not None:
            for is_tag, text in pieces:
                if is_tag:
                    self._follow(text, node.parentNode.parentNode)
                yield text if is_tag else _literal(escape(text))
        else:
            for child in node.childNodes:
                yield from self.write(child)
        yield f"</{name}>"

    def _follow(self, tags: str, place: Any) -> None:
        """What begins in one paragraph, cell or table must end there, or a branch that is not
        taken would take half of it along. TemplateError where it does not.
        """
        for tag in _TAG.findall(tags):
            found = _WORD.match(tag)
            if found is None:
                continue
            word = found[1]
            begins = word in _BLOCKS or (word == "set" and "=" not in tag)
            if begins:
                self._open.append((word, id(place), self._line))
                continue
            if word not in ("else", "elif") and not word.startswith("end"):
                continue
            if self._open and word.startswith("end") and word != f"end{self._open[-1][0]}":
                raise self._not_ended()
            if self._open and self._open[-1][1] != id(place):
                raise self._crossed(place)
            if word.startswith("end") and self._open:
                self._open.pop()

    def _crossed(self, place: Any) -> TemplateError:
        if laden := {id(place), self._open[-1][1]} & self._laden:
            return TemplateError(
                _(
                    "An if or a for shares its paragraph with a picture, "
                    "a text box or a page break."
                ),
                _("Move that to a paragraph of its own."),
                line=self._line if id(place) in laden else self._open[-1][2],
            )
        return TemplateError(
            _("An if or a for begins in one place and ends in another, with text beside it."),
            _("Write its begin and its end each in a paragraph, or a table row, of its own."),
            line=self._line,
        )

    def _not_ended(self) -> TemplateError:
        word, _place, line = self._open[-1]
        end = f"{{% end{word} %}}"
        return TemplateError(
            _("{begin} has no {end} after it.", begin=f"{{% {word} … %}}", end=end),
            _("Write {end} where it is to end, in a paragraph, or a table row, of its own.",
              end=end),
            line=line,
        )  # fmt: skip

    def done(self) -> None:
        """Nothing is left open in a part. TemplateError."""
        if self._open:
            raise self._not_ended()


def _own_texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The w:t of a paragraph, without those of a text box that hangs in it."""
    for child in paragraph.childNodes:
        if child.nodeType != Node.ELEMENT_NODE or child.nodeName == "w:p":
            continue
        if child.nodeName == "w:t":
            yield child, "".join(_characters(child))
        else:
            yield from _own_texts(child)


def _characters(text: Any) -> Iterator[str]:
    """What a w:t holds. TemplateError for an element in it, which no program writes there."""
    for piece in text.childNodes:
        if piece.nodeType == Node.ELEMENT_NODE:
            raise TemplateError(
                _("The document is damaged: something other than text stands inside a text."),
                _("Open it in Word, and save it again as .docx."),
            )
        if piece.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            yield piece.data


def _said(paragraph: Any) -> str:
    return "".join(text for _node, text in _own_texts(paragraph)).strip()


def _style(paragraph: Any) -> str:
    found = paragraph.getElementsByTagName("w:pStyle")
    return str(found[0].getAttribute("w:val")) if found else ""


def _holds_more(paragraph: Any) -> bool:
    """Whether a paragraph has what must stay when its text goes."""
    names = ("w:drawing", "w:pict", "w:sectPr", "w:br", "w:fldChar", "w:p", "w:bookmarkStart")
    return any(paragraph.getElementsByTagName(name) for name in names)


def _pieces(text: str, at: int, tags: Sequence[tuple[int, int, str]]) -> list[tuple[bool, str]]:
    """The text of one run cut at its tags: a tag whole where it begins, and nowhere else."""
    out: list[tuple[bool, str]] = []
    end = at + len(text)
    here = at
    for start, stop, tag in tags:
        if stop <= here or start >= end:
            continue
        if start > here:
            out.append((False, text[here - at : start - at]))
        if start >= at:
            out.append((True, tag))
        here = min(stop, end)
    if here < end:
        out.append((False, text[here - at :]))
    return out


def _mended(tag: str) -> str:
    """A tag as Jinja reads it: straight quotation marks, on one line."""
    straight = " ".join(tag.translate(_STRAIGHT).splitlines())
    plain = _LIKE_DOCXTPL.sub(r"\1 ", straight)
    return _WITH_A_CAPITAL.sub(lambda found: found[0].lower(), plain)


def _literal(xml: str) -> str:
    """A piece of XML in which Jinja finds nothing, and which is on one line."""
    if _PRIVATE.search(xml):  # a symbol of a symbol font
        xml = _PRIVATE.sub(lambda found: f"&#{ord(found[0])};", xml)
    return xml.replace("{", BRACE).replace("\r", "").replace("\n", NEWLINE)

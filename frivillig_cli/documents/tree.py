"""The neutral tree between the templates and the writers, and Markdown's way into it.

Every writer walks the same tree; texts in it are plain, so nothing in them needs trust.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.lines import around_pictures, beside_words, days
from frivillig_cli.documents.numbered import as_counted, let_days_be, runs
from frivillig_cli.documents.picture import Picture, read_picture
from frivillig_cli.documents.values import Marks, marked_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_DEEPEST = 6  # lists and quotes, inside each other
_ICON = (0.8, 1.25)  # how wide to its height: photographs, maps and signatures are wider
SAFE_LINK = later(r"(?:https?://|mailto:|tel:|sms:)[^\s<>\"]+", re.IGNORECASE)


_NOT_IN_LINKS = later(r"[\s<>\"]")
_SPACES = later("[\x0b\x0c\x85\u2028\u2029]")
_WIDTHLESS = later("[\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff]")
_UNSEEN = frozenset(  # the characters of both
    "\x0b\x0c\x85\u2028\u2029"
    "\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufe0e\ufe0f\ufeff"
)


def _coded(found: re.Match[str]) -> str:
    from urllib.parse import quote

    return quote(found[0])


class Inline(NamedTuple):
    """A piece of running text. `text` is only set for `text` and `code`, `target` for `link`.

    An `icon` is an image that is as high as the line it stands in.
    """

    kind: Literal["text", "code", "emphasis", "strong", "link", "image", "break"]
    text: str = ""
    target: str = ""
    picture: Picture | None = None
    children: "tuple[Inline, ...]" = ()
    icon: bool = False


class Cell(NamedTuple):
    """One cell of a table."""

    children: tuple[Inline, ...]
    align: Literal["left", "center", "right"] = "left"


class Block(NamedTuple):
    """A block of a document.

    `heading` has level and children, `paragraph` children, `list` items (`ordered`, from
    `start`), `table` header and rows, `quote` blocks; `rule` has nothing.
    """

    kind: Literal["heading", "paragraph", "list", "table", "quote", "rule"]
    level: int = 0
    children: tuple[Inline, ...] = ()
    ordered: bool = False
    start: int = 1
    items: "tuple[tuple[Block, ...], ...]" = ()
    header: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    blocks: "tuple[Block, ...]" = ()


class Document(NamedTuple):
    """A titled text in one language (nb, nn or en). The title is its heading of level 1."""

    title: str
    language: str
    blocks: tuple[Block, ...] = ()


def plain(children: tuple[Inline, ...]) -> str:
    """The text of some inlines, without their markup."""
    return "".join(_plain_parts(children))


def _plain_parts(children: tuple[Inline, ...]) -> Iterator[str]:
    for child in children:
        if child.kind == "break":
            yield " "
        elif child.kind == "image" and child.picture:
            yield child.picture.alt
        yield child.text
        yield from _plain_parts(child.children)


def printed(children: tuple[Inline, ...]) -> str:
    """The text of some inlines as it is printed, with what is said after links."""
    return "".join(_printed_parts(children))


def _printed_parts(children: tuple[Inline, ...]) -> Iterator[str]:
    for child in children:
        if child.children:
            yield printed(child.children)
            shown = shown_target(child) if child.kind == "link" else ""
            yield f" ({shown})" if shown else ""
        else:
            yield plain((child,))


def parse_markdown(
    source: str,
    marks: Marks,
    folder: Path | None = None,
    wrong: list[TemplateError] | None = None,
) -> tuple[Block, ...]:
    """The blocks of a rendered Markdown text, its values put back.

    `folder` is the only place that images are read from; None refuses them. Raises
    TemplateError for a heading that is not one level below the last, with its line, and for
    images that are not there, not in the folder, or not pictures; given `wrong`, those are put
    there, and left out.
    """
    return tuple(_Builder(marks, folder, wrong).blocks(_nodes(as_printed(source))))


def as_printed(source: str) -> str:
    """A text without what was pasted into it unseen and no letter can print.

    The line breaks of other programs are spaces; marks that turn the reading, join or are of no
    width are left out. Each line stays where it is.
    """
    if _UNSEEN.isdisjoint(source):
        return source
    return _SPACES.sub(" ", _WIDTHLESS.sub("", source))


@lru_cache(maxsize=16)  # letters of one template differ in the values behind the marks alone
def _nodes(source: str) -> "list[SyntaxTreeNode]":
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(markdown_parser().parse(source)).children


def jumping_lists(tokens: "Iterable[Token]") -> Iterator[tuple[int, list[int]]]:
    """The ordered lists whose numbers do not count on: the line, from 0, and the numbers.

    `tokens` are what `markdown_parser` has made of a text.
    """
    lists: list[tuple[int, list[int]]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(((token.map or [0])[0], []))
        elif token.type == "list_item_open" and token.info:
            lists[-1][1].append(int(token.info))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            line, numbers = lists.pop()
            if numbers and not as_counted(numbers):
                yield line, numbers


@cache
def markdown_parser() -> "MarkdownIt":
    """CommonMark with tables, without HTML, indented code and underlined headings.

    An indented line is a slip of the hand in a letter, not a program; `---` under a line too.
    A line of `~~~` alone divides, as one of `---` does. `15. mars` is a day, not an item.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.enable("table")
    parser.disable(["code", "html_block", "html_inline", "lheading"])
    in_these = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "tildes", _tildes, in_these)
    let_days_be(parser)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # judged in _link
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # marks stay whole
    return parser


def _tildes(state: "StateBlock", line: int, _end: int, silent: bool) -> bool:
    """Read a line of three tildes or more, and nothing else, as a dividing line."""
    start = state.bMarks[line] + state.tShift[line]
    said = state.src[start : state.eMarks[line]].strip()
    if len(said) < 3 or said.strip("~"):
        return False
    if not silent:
        state.line = line + 1
        token = state.push("hr", "hr", 0)
        token.map, token.markup = [line, state.line], said
    return True


class _Builder:
    """Makes our tree of markdown-it's."""

    def __init__(
        self, marks: Marks, folder: Path | None, wrong: list[TemplateError] | None
    ) -> None:
        self._marks, self._folder, self._level = marks, folder, 1
        self._wrong = wrong
        self._depth = 0

    def blocks(self, nodes: "list[SyntaxTreeNode]") -> Iterator[Block]:
        for node in nodes:
            if node.type == "ordered_list":
                yield from self._ordered_lists(node)
                continue
            build = getattr(self, f"_{node.type}", None)
            block = build(node) if build else None
            if block:
                yield block

    def _heading(self, node: "SyntaxTreeNode") -> Block | None:
        level = int(node.tag[1])
        text = node.children[0].content if node.children else ""
        self._check_level(level, marked_line(text))
        self._level = level
        children = self._inlines(node)
        # One that its values left empty is no heading: a reader would find nothing there.
        return Block("heading", level=level, children=children) if plain(children).strip() else None

    def _check_level(self, level: int, line: int) -> None:
        if level == 1:
            raise TemplateError(
                _("The heading is at level 1 (#), which is the title's."),
                _("Begin the text's own headings with ##."),
                line=line,
            )
        if level > self._level + 1:
            raise TemplateError(
                _("The heading skips a level: {marks}.", marks="#" * level),
                _("Begin it with {marks}.", marks="#" * (self._level + 1)),
                line=line,
            )

    def _paragraph(self, node: "SyntaxTreeNode") -> Block:
        return Block("paragraph", children=self._inlines(node))

    def _fence(self, node: "SyntaxTreeNode") -> Block | None:
        """Text between two lines of ```: a paragraph that keeps its lines, in another font."""
        lines = node.content.removesuffix("\n").split("\n") if node.content else []
        first, end = node.map or (0, 0)
        if end - first != len(lines) + 2:
            raise TemplateError(
                _("What begins with {marks} never ends.", marks=node.markup),
                _("Write {marks} on a line of its own below it, or take it away.",
                  marks=node.markup),
            )  # fmt: skip
        parts: list[Inline] = []
        for line in lines:
            parts += [Inline("break")] if parts else []
            parts.append(Inline("code", self._marks.resolve(line).expandtabs(4)))
        return Block("paragraph", children=tuple(parts)) if parts else None

    def _inside(self, node: "SyntaxTreeNode") -> tuple[Block, ...]:
        """What a list's item or a quote holds. Deeper than we go, markdown-it drops the text."""
        if self._depth == _DEEPEST:
            raise TemplateError(
                _("Lists and quotes lie more than {n} deep inside each other.", n=_DEEPEST),
                _("Move what lies deepest further out."),
            )
        self._depth += 1
        found = tuple(self.blocks(node.children))
        self._depth -= 1
        return found

    def _bullet_list(self, node: "SyntaxTreeNode") -> Block:
        return Block("list", items=tuple(map(self._inside, node.children)))

    def _ordered_lists(self, node: "SyntaxTreeNode") -> Iterator[Block]:
        """The list; parted where its numbers do not count on, so that each is as it is written."""
        numbers = [int(item.info) for item in node.children]
        items = self._bullet_list(node).items
        for first, end in runs(numbers):
            yield Block("list", ordered=True, start=numbers[first], items=items[first:end])

    def _blockquote(self, node: "SyntaxTreeNode") -> Block:
        return Block("quote", blocks=self._inside(node))

    def _hr(self, _node: "SyntaxTreeNode") -> Block:
        return Block("rule")

    def _table(self, node: "SyntaxTreeNode") -> Block:
        rows = [
            tuple(map(self._cell, row.children)) for part in node.children for row in part.children
        ]
        return Block("table", header=rows[0], rows=tuple(rows[1:]))

    def _cell(self, node: "SyntaxTreeNode") -> Cell:
        style = str(node.attrs.get("style", ""))
        align: Any = style.partition(":")[2] or "left"
        return Cell(self._inlines(node), align if align in ("center", "right") else "left")

    def _inlines(self, node: "SyntaxTreeNode") -> tuple[Inline, ...]:
        inline = node.children[0] if node.children else None
        return tuple(self._children(inline.children)) if inline else ()

    def _children(self, nodes: "list[SyntaxTreeNode]", *, beside: bool = False) -> Iterator[Inline]:
        """Running text; it stands `beside` other words, or is all of its line."""
        lines = days(nodes) | around_pictures(nodes)
        running = beside_words(nodes) if len(nodes) > 1 else set()
        for node in nodes:
            if node.type == "text":
                content = node.content.replace("\t", " ")
                if node is nodes[-1]:  # a sign that ends a line, where no line follows
                    content = content.removesuffix("\\")
                text = self._marks.resolve(content)
                if text:
                    yield Inline("text", text)
            elif node.type == "code_inline":
                yield Inline("code", self._marks.resolve(node.content.replace("\t", " ")))
            elif node.type == "softbreak":
                yield Inline("break") if id(node) in lines else Inline("text", " ")
            elif node.type == "hardbreak":
                yield Inline("break")
            elif node.type == "em":
                yield Inline("emphasis", children=self._within(node, running, beside))
            elif node.type == "strong":
                yield Inline("strong", children=self._within(node, running, beside))
            elif node.type == "link":
                yield from self._link(node, self._within(node, running, beside))
            elif node.type == "image":
                yield self._image(node, beside=beside or id(node) in running)

    def _within(
        self, node: "SyntaxTreeNode", running: set[int], beside: bool
    ) -> tuple[Inline, ...]:
        return tuple(self._children(node.children, beside=beside or id(node) in running))

    def _link(self, node: "SyntaxTreeNode", children: tuple[Inline, ...]) -> Iterator[Inline]:
        """A link when its target is one that may stand in a letter; else only its text."""
        target = self._address(str(node.attrs.get("href", "")))
        if SAFE_LINK.fullmatch(target):
            yield Inline("link", target=target, children=children)
        else:
            yield from children

    def _address(self, href: str) -> str:
        """Where a link leads: what is filled in after its ? is one value, whatever it holds."""
        from urllib.parse import quote

        path, mark, query = href.partition("?")
        begin = self._marks.resolve(path, lambda value: _NOT_IN_LINKS.sub(_coded, value))
        return begin + mark + self._marks.resolve(query, lambda value: quote(value, safe=""))

    def _image(self, node: "SyntaxTreeNode", *, beside: bool) -> Inline:
        from frivillig_cli.documents.raster import raster

        name = self._marks.resolve(str(node.attrs.get("src", "")))
        alt = self._marks.resolve(node.content)
        try:
            picture = read_picture(name, alt, self._folder)
            flat, high = _ICON
            icon = flat <= raster(picture).across <= high
            return Inline("image", picture=picture, icon=icon and beside)
        except TemplateError as error:
            placed = error.at("", marked_line(node.content))
            if self._wrong is None:
                raise placed from error
            self._wrong.append(placed)
            return Inline("text")


def shown_target(link: Inline) -> str:
    """What to print after a link so that it can be typed: "" when its own text says it."""
    bare = link.target
    for prefix in ("https://", "http://", "mailto:", "tel:", "sms:"):
        bare = bare.removeprefix(prefix)
    bare = bare.rstrip("/")
    text = plain(link.children).removeprefix("https://").removeprefix("http://").rstrip("/")
    same = text.replace(" ", "") == bare.removeprefix("+47")
    return "" if text == bare or same else bare

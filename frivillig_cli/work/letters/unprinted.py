"""What a coordinator has written in a template and nobody will read, or everybody by mistake.

Footnotes, links that lead to no web address, comments in HTML, and what is markup in other programs
only: found in the text itself, before anything is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import JINJA, later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.numbered import begins_with_a_day
from frivillig_cli.documents.template import Template
from frivillig_cli.documents.tree import SAFE_LINK, jumping_lists, markdown_parser
from frivillig_cli.work.letters.unwritten import (
    BLANK,
    BRACE,
    NAKED,
    as_it_stands,
    blank,
    brace,
    in_word,
    naked,
)

# Rare Chinese signs: letters, to every pattern, that no template holds.
_FIRST, _SIGNS = 0x20000, 42_711
_FILLED = later(f"f[{chr(_FIRST)}-{chr(_FIRST + _SIGNS - 1)}]")
_FOOTNOTE = later(r"\[\^[^\]\s]{1,40}\]")
_STRUCK = later(r"~~(?=\S)[^~\n]{1,200}~~")
_BOX = later(r"\[[ xX]\](?= )")
_NOWHERE = later(r"\[[^\[\]\n]{1,100}\]\[[^\[\]\n]{0,40}\]")
_SPACED = later(r"!?\[[^\[\]\n]{0,100}\]\([^()<>\n]* [^()<>\n]*\)")
_UNDERLINE = later(r"={3,}")
_DOTS = "•▪◦●·"
_BULLET = later(rf"^[{_DOTS}]\s*\S")
_MARKED = (  # how lines begin that are meant as a list, and are none
    later(r"([–—])\s+\S|([-–—])[^\W\d_]|(\*)[^\W\d_][^*]*$"),
    later(r"(\d{1,2}[.)])\s*[^\W\d_]"),
    later(r"([^\W\d_][.)])\s*\S"),
)
_HEADING = later(r"^#{1,6}[^\s#]")
_CELL = later(r"(?<!\\)\|")
_BOLD = later(r"\*\*(?=[^\s*])[^*\n]{1,200}(?<=\S)\*\*")
_AS_MARKDOWN = later(r"\|\s*markdown\b")
_GOES_ON = (",", ";", "\\", " ")  # how a line ends that the next one may belong to
_HTML = later(r"<!--|</?[^\W\d_][\w-]*(?:\s[^<>]*)?/?>")
_TAGS = (
    "a abbr b big blockquote body br center code div em font h1 h2 h3 h4 h5 h6 head hr html i img "
    "li ol p pre s small span strike strong style sub sup table td th title tr tt u ul"
).split()


def unprinted(template: Template) -> list[TemplateError]:
    """Each of them with its line. TemplateErrors to show, not to raise."""
    if template.word is not None:
        return list(in_word(template))
    tags: list[str] = []

    def masked(tag: re.Match[str]) -> str:
        """A field as a word of its own, and other tags as nothing; the lines stay."""
        tags.append(" ".join(tag[0].split()))
        word = f"f{chr(_FIRST + (len(tags) - 1) % _SIGNS)}" if tag[0].startswith("{{") else ""
        return word + "\n" * tag[0].count("\n")

    def tag(found: re.Match[str]) -> str:
        number = ord(found[0][1]) - _FIRST
        return tags[number] if number < len(tags) else found[0]

    def written(text: str) -> str:
        return _FILLED.sub(tag, text)

    source = JINJA.sub(masked, template.body)
    lines = source.split("\n")
    known: dict[str, object] = {}
    tokens = markdown_parser().parse(source, known)
    found = sorted(
        [*_inline(tokens, lines), *_underlined(tokens, lines), *_definitions(known),
         *_lists(tokens), *_rows(tokens, lines), *_in_one(tokens, lines), *_starred(template),
         *_no_tables(tokens, lines, template.body.split("\n")), *_run_together(template.body)]
    )  # fmt: skip
    # where it is first
    once = {written(text): (line, written(hint)) for line, text, hint in reversed(found)}
    return [
        TemplateError(text, hint, file=template.path.name, line=template.body_line + line)
        for text, (line, hint) in sorted(once.items(), key=lambda item: item[1][0])
    ]


def _inline(tokens: Iterable[Any], lines: list[str]) -> Iterator[tuple[int, str, str]]:
    for block in tokens:
        if block.type != "inline" or not block.map:
            continue
        first, end = block.map
        if block.content.startswith("[") and (box := _BOX.match(block.content)):
            yield (_line(lines, first, end, box[0]) or first + 1), *_box(box[0])
        for token in block.children or ():
            if token.type == "link_open":
                target = str(token.attrs.get("href", ""))
                if not _FILLED.search(target) and not SAFE_LINK.fullmatch(target):
                    line = _line(lines, first, end, target)
                    if line:  # else it is one of those that are defined elsewhere
                        yield line, *_no_address(target)
            if token.type == "text":
                for mark, pattern, told in _MARKS:
                    for found in pattern.finditer(token.content) if mark in token.content else ():
                        yield (_line(lines, first, end, found[0]) or first + 1), *told(found[0])
                line = _line(lines, first, end, "**") if "**" in token.content else 0
                if line and "\\*" not in lines[line - 1]:
                    yield line, *_stars(lines[line - 1].strip())


def _underlined(tokens: Iterable[Any], lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Headings with a line of = or - below, which other programs read, and which are none here."""
    below = -1  # the number of the line after a paragraph that stands in nothing else
    for token in tokens:
        if token.type == "paragraph_open" and token.level == 0:
            first, below = token.map
            under = [n for n in range(first + 1, below) if _UNDERLINE.fullmatch(lines[n].strip())]
        elif token.type == "hr" and token.map[0] == below and lines[below].strip().strip("-") == "":
            under = [below]
        else:
            continue
        for n in under:
            example = f"## {lines[n - 1].strip()[:40]}"
            yield (
                n + 1,
                _("“{text}” below a line makes no heading here.", text=lines[n].strip()[:20]),
                _("If a line is meant, leave an empty one above it. A heading is written so: "
                  "{example}", example=example)
                if n == below
                else _("A heading is written so: {example}", example=example),
            )  # fmt: skip


def _lists(tokens: Iterable[Any]) -> Iterator[tuple[int, str, str]]:
    """Ordered lists whose numbers jump: they are printed as written, which may not be meant."""
    for line, numbers in jumping_lists(tokens):
        shown = ", ".join(map(str, numbers[:10])) + ", …" * (len(numbers) > 10)
        yield (
            line + 1,
            _("The numbers of the list do not count on: {numbers}. They are printed so.",
              numbers=shown),
            _("Number the lines 1, 2, 3; or begin them with a word if they are no list."),
        )  # fmt: skip


def _in_one(tokens: Iterable[Any], lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Lines in a row that begin as those of a list do elsewhere, and are one paragraph here."""
    for token in tokens:
        if token.type != "inline" or not token.map:
            continue
        first, end = token.map
        begins = [_mark(lines[n].strip()) for n in range(first, end)]
        for n, (one, next_) in enumerate(pairwise(begins), first):
            if one and next_ and one[0] == next_[0] and not lines[n].endswith(("  ", "\\")):
                yield n + 1, *_bullet(one[1])
                break


def _no_tables(
    tokens: Iterable[Any], lines: list[str], body: list[str]
) -> Iterator[tuple[int, str, str]]:
    """Paragraphs that look like a table.

    A row behind a tag of the `body`, as it was written, is one of the table above that.
    """
    for before, token in pairwise(tokens):
        if before.type != "paragraph_open" or not token.map:
            continue
        first, end = token.map
        row, other = lines[first].strip(), lines[min(first + 1, end - 1)].strip()
        in_loop = first > 0 and not lines[first - 1].strip() and body[first - 1].strip()
        if end - first > 1 and row[0] == row[-1] == other[0] == other[-1] == "|" and not in_loop:
            yield (
                first + 1,
                _("“{text}” makes no table here: it is printed as it stands.", text=row[:60]),
                _("Below the first row stands a line with as many columns: {example}",
                  example="| --- | --- |"),
            )  # fmt: skip


def _mark(line: str) -> tuple[int, str] | None:
    """Which kind of mark a line begins with, and that mark; a day of a month is none."""
    for kind, pattern in enumerate(_MARKED):
        if (found := pattern.match(line)) and not begins_with_a_day(line):
            return kind, next(filter(None, found.groups()))
    return None


def _rows(tokens: Iterable[Any], lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Rows of tables with more cells than there are columns: the last of them are lost."""
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "tr_open" and token.map:
            at = token.map[0]
            cells = [cell.strip() for cell in _CELL.split(lines[at].strip().strip("|"))]
            if columns > 1 and len(cells) == 1 and "|" not in lines[at] and cells[0]:
                yield (
                    at + 1,
                    _("The line below the table is taken for a row of it: “{text}”",
                      text=cells[0][:60]),
                    _("Leave an empty line above it."),
                )  # fmt: skip
            columns = columns or len(cells)
            if lost := " | ".join(filter(None, cells[columns:])):
                yield (
                    at + 1,
                    _("The row has more cells than the table has columns: “{text}” is lost.",
                      text=lost[:60]),
                    _("Give the table one column more, or put it into another cell."),
                )  # fmt: skip


def _starred(template: Template) -> Iterator[tuple[int, str, str]]:
    """Texts under vars: with marks of bold: a value is printed as it is. Lines from the body's."""
    if _AS_MARKDOWN.search(template.body):
        return  # they may be what it is for
    head = template.head.split("\n")
    own = next((n for n, line in enumerate(head) if line.startswith("vars:")), len(head))
    for number, line in enumerate(head[own:], own + 1):
        if found := _BOLD.search(line):
            yield (
                number - template.body_line,
                as_it_stands(found[0]),
                _("A text under vars: is read as Markdown so: {example}",
                  example="{{ vars.… | markdown }}"),
            )  # fmt: skip


def _run_together(body: str) -> Iterator[tuple[int, str, str]]:
    """Loops that print a line of text each time, which Markdown joins to one paragraph."""
    lines = body.split("\n")
    for at, line in enumerate(lines[1:-1], 1):
        alone = _tag(lines[at + 1]) == "endfor" and _tag(lines[at - 1]).startswith("for ")
        if alone and _is_plain(line) and "loop." not in line and not line.endswith(_GOES_ON):
            yield (
                at + 1,
                _("The lines of the loop run together to one paragraph: “{text}”",
                  text=line[:60]),
                _("Begin it with a hyphen and a space to make a list, or leave an empty line below "
                  "it."),
            )  # fmt: skip


def _tag(line: str) -> str:
    """What stands in the tag that is all of a line, "" where none is."""
    line = line.strip()
    return line[2:-2].strip() if line.startswith("{%") and line.endswith("%}") else ""


def _is_plain(line: str) -> bool:
    """Whether a line begins nothing of its own in Markdown: a list, a table, a heading, code."""
    if not line or line[0] in " \t|>#" or line.startswith("{%"):
        return False
    mark, _space, _text = line.replace("\t", " ").partition(" ")
    return mark not in ("-", "*", "+") and not (mark[:-1].isdecimal() and mark[-1] in ".)")


def _line(lines: list[str], first: int, end: int, text: str) -> int:
    """The number of the line that holds `text`, from 1; 0 for none."""
    return next((n + 1 for n in range(first, end) if text in lines[n]), 0)


def _definitions(known: dict[str, object]) -> Iterator[tuple[int, str, str]]:
    """Lines such as `[^1]: a note` and `[list]: list.pdf`: Markdown takes them for addresses."""
    references = known.get("references", {})
    assert isinstance(references, dict)
    for label, reference in references.items():
        if label.startswith("^"):
            yield reference["map"][0] + 1, *_footnote(f"[{label}]")
        elif not (SAFE_LINK.fullmatch(reference["href"]) or _FILLED.search(reference["href"])):
            yield reference["map"][0] + 1, *_no_address(reference["href"])


def _footnote(mark: str) -> tuple[str, str]:
    return (
        _("There are no footnotes here: {mark} is lost, or stands as it is written.", mark=mark),
        _("Write it in brackets where it belongs, or at the end as a text of its own."),
    )


def _no_address(target: str) -> tuple[str, str]:
    said = _("The link to “{target}” is not made: only its text is printed.", target=target[:60])
    if " " in target and SAFE_LINK.match(target):
        return said, _without_spaces(target)
    return said, _("Link to what begins with https:// or mailto:, and list files as attachments.")


def _without_spaces(address: str) -> str:
    return _("An address has no spaces. Write %20 for each: {example}",
             example=address.replace(" ", "%20")[:60])  # fmt: skip


def _html(tag: str) -> tuple[str, str]:
    if tag == "<!--":
        return (
            _("The comment in <!-- --> is printed to everybody."),
            _("Write it so: {example}", example="{# … #}"),
        )
    if _FILLED.fullmatch(tag[1:-1]):
        return as_it_stands(tag), _("Leave out < and > around the field.")
    is_tag = "=" in tag or tag.strip("</>").split()[0].lower() in _TAGS
    if not (is_tag or _FILLED.search(tag)):
        return blank(tag)  # such as <name>
    return as_it_stands(tag), _("Write it in Markdown, such as **bold**.")


def _struck(text: str) -> tuple[str, str]:
    return as_it_stands(text), _("Take it out, or say in words what no longer holds.")


def _box(text: str) -> tuple[str, str]:
    return as_it_stands(text), _("A box to tick is written so: {example}", example="☐")


def _nowhere(text: str) -> tuple[str, str]:
    return (
        _("The link “{text}” leads nowhere: it is printed as it stands.", text=text[:60]),
        _("Write it so: {example}", example="[…](https://…)"),
    )


def _spaced(text: str) -> tuple[str, str]:
    if text.startswith("!"):
        return (
            as_it_stands(text),
            _("Put a name with spaces between < and >: {example}", example="![…](<kart 1.png>)"),
        )
    address = text.rpartition("](")[2][:-1].strip()
    if SAFE_LINK.match(address):
        return _nowhere(text)[0], _without_spaces(address)
    return _nowhere(text)


def _bullet(text: str) -> tuple[str, str]:
    return (
        _(
            "“{mark}” makes no list here: its lines run together.",
            mark=text[0] if text[0] in _DOTS else text,
        ),
        _("Begin each line with a hyphen and a space: {example}", example="- …"),
    )


def _stars(line: str) -> tuple[str, str]:
    return (
        _("The stars in “{text}” are printed: they make nothing bold there.", text=line[:60]),
        _("Between ** and the words is no space, and outside of them one, or a sign: {example}",
          example="**Frist** 1. mars"),
    )  # fmt: skip


def _heading(text: str) -> tuple[str, str]:
    return as_it_stands(text), _("A heading has a space after the mark: {example}", example="# …")


# What a text cannot have without a mark is not looked for with a pattern.
_MARKS = (
    *((mark, _BULLET, _bullet) for mark in _DOTS),
    ("#", _HEADING, _heading),
    ("{", BRACE, brace),
    ("}", BRACE, brace),
    ("[", BLANK, blank),
    ("XX", BLANK, blank),
    *((mark, pattern, naked) for mark, pattern in NAKED.items()),
    ("<", _HTML, _html),
    ("[^", _FOOTNOTE, _footnote),
    ("~~", _STRUCK, _struck),
    ("][", _NOWHERE, _nowhere),
    ("](", _SPACED, _spaced),
)

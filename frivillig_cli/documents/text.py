"""Letters as plain text, wrapped as e-mail is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents import certificate, labels
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.together import NO_BREAK, held
from frivillig_cli.documents.tree import Block, Inline, shown_target

WIDTH = 72


def letter_text(letter: Letter, width: int = WIDTH) -> str:
    """The whole letter, sender and references too, wrapped at `width`; ends with a newline."""
    if letter.word is not None:
        return blocks(letter.document.blocks, width) + "\n"
    with in_language(letter.language):
        parts = [part for part in _parts(letter, width) if part]
    return "\n\n".join(parts) + "\n"


def document_text(letter: Letter, width: int = WIDTH) -> str:
    """The text and what stands below it: the body of an e-mail, whose head says the rest."""
    with in_language(letter.language):
        parts = [blocks(letter.document.blocks, width), *_from_closing(letter, width)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _parts(letter: Letter, width: int) -> Iterator[str]:
    head = letter.letterhead
    yield labels.watermark(letter).upper()
    yield "\n".join(part for part in (head.name, head.unit) if part)
    if letter.layout == "certificate":
        yield from _certificate(letter, width)
        return
    yield "\n".join(letter.recipient)
    rows = labels.reference_rows(letter)
    widest = max((len(label) for label, _value in rows), default=0)
    yield "\n".join(f"{label + ':':<{widest + 2}}{value}" for label, value in rows)
    yield _title(letter, width)
    yield blocks(letter.document.blocks, width)
    yield from _from_closing(letter, width)


def _from_closing(letter: Letter, width: int) -> Iterator[str]:
    yield _closing(letter)
    yield wrapped(labels.approval(letter), width)
    yield from _below(letter, width)
    columns = labels.address_columns(letter.letterhead)
    yield "\n".join(f"{label}: {', '.join(rows)}" for label, rows in columns)


def _title(letter: Letter, width: int) -> str:
    title = wrapped(letter.document.title, width)
    return f"{title}\n{'=' * min(width, max(map(len, title.splitlines()), default=0))}"


def _certificate(letter: Letter, width: int) -> Iterator[str]:
    """Its text, and the lines that it is signed on."""
    yield _title(letter, width)
    yield blocks(letter.document.blocks, width)
    yield from _below(letter, width)
    for above, below in certificate.lines_to_sign(letter):
        yield "\n".join([above, "_" * min(width, 40), *below]).lstrip("\n")
    yield certificate.small_print(letter)


def _below(letter: Letter, width: int) -> Iterator[str]:
    for label, items in labels.lists_below(letter):
        yield "\n".join([f"{label}:", *(wrapped(item, width, "- ") for item in items)])


def _closing(letter: Letter) -> str:
    if not letter.signed_by:
        return ""
    lines = [labels.greeting(), "", letter.signed_by, letter.signed_title]
    return "\n".join(lines).rstrip()


def wrapped(text: str, width: int, first: str = "") -> str:
    """`text` at `width`, its lines after `first` indented as far; long words stay whole."""
    if text and len(first) + len(text) <= width and " ".join(text.split()) == text:
        return first + text
    lines = textwrap.fill(
        held(text),
        max(20, width),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace(NO_BREAK, " ")


def blocks(items: Iterable[Block], width: int) -> str:
    """The blocks of a document as text, an empty line between them."""
    return "\n\n".join(_block(block, width) for block in items)


def _block(block: Block, width: int) -> str:
    match block.kind:
        case "heading":
            text = wrapped(inlines(block.children), width)
            return f"{text}\n{'-' * max(map(len, text.splitlines()), default=0)}"
        case "paragraph":
            return "\n".join(wrapped(line, width) for line in inlines(block.children).split("\n"))
        case "list":
            return "\n".join(_items(block, width))
        case "table":
            return _table(block, width)
        case "quote":
            return textwrap.indent(blocks(block.blocks, width - 2), "> ", lambda _line: True)
        case _:
            return "-" * min(width, 20)


def _items(block: Block, width: int) -> Iterator[str]:
    for n, item in enumerate(block.items, block.start):
        mark = f"{n}. " if block.ordered else "- "
        body = blocks(item, width - len(mark))
        yield mark + textwrap.indent(body, " " * len(mark))[len(mark) :]


def _table(block: Block, width: int) -> str:
    """Columns side by side where they fit, else each row as a small list of label: value."""
    header = [inlines(cell.children) for cell in block.header]
    rows = [[inlines(cell.children) for cell in row] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > width:
        return "\n\n".join(
            "\n".join(
                wrapped(f"{label}: {value}" if label else value, width, "- " if not n else "  ")
                for n, (label, value) in enumerate(zip(header, row, strict=True))
                if value
            )
            for row in rows
        )
    sides = [cell.align == "right" for cell in block.header]
    lines = [header, ["-" * wide for wide in widths], *rows]
    return "\n".join(
        "  ".join(
            text.rjust(wide) if right else text.ljust(wide)
            for text, wide, right in zip(line, widths, sides, strict=True)
        ).rstrip()
        for line in lines
    )


def inlines(items: Iterable[Inline]) -> str:
    """Running text without markup; a link's address after it, where its text does not say it."""
    return "".join(map(_inline, items))


def _inline(item: Inline) -> str:
    if item.kind == "break":
        return "\n"
    if item.kind == "image":
        return f"[{item.picture.alt}]" if item.picture else ""
    if item.kind == "link":
        text, target = inlines(item.children), shown_target(item)
        full = item.target if item.target.lower().startswith("http") else target
        return f"{text} ({full})" if target and text else text or full
    return item.text + inlines(item.children)

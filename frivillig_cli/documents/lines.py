"""What stands in one line of a Markdown text: days, and pictures with words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frivillig_cli.documents.numbered import begins_with_a_day

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


def beside_words(nodes: list[SyntaxTreeNode]) -> set[int]:
    """What stands in a line of the template that has words in it."""
    found: set[int] = set()
    line: list[int] = []
    words = False
    for node in nodes:
        if node.type in ("softbreak", "hardbreak"):
            line, words = [], False
            continue
        line.append(id(node))
        words = words or _has_words(node)
        if words:
            found.update(line)
            line.clear()
    return found


def around_pictures(nodes: list[SyntaxTreeNode]) -> set[int]:
    """The ends of lines above and below a line of pictures alone: what follows is a caption."""
    found: set[int] = set()
    if not any(node.type == "image" for node in nodes):
        return found
    before: SyntaxTreeNode | None = None
    line: list[SyntaxTreeNode] = []
    for node in [*nodes, None]:
        if node is not None and node.type not in ("softbreak", "hardbreak"):
            line.append(node)
            continue
        if any(one.type == "image" for one in line) and not any(map(_has_words, line)):
            found |= {id(end) for end in (before, node) if end is not None}
        before, line = node, []
    return found


def _has_words(node: SyntaxTreeNode) -> bool:
    if node.type in ("text", "code_inline"):
        return bool(node.content.strip())
    return node.type != "image" and any(map(_has_words, node.children))


def days(nodes: list[SyntaxTreeNode]) -> set[int]:
    """The ends of lines after which a day begins the next, where days are listed line by line."""
    if not any(node.type == "softbreak" for node in nodes):
        return set()
    begins = [node.type == "text" and begins_with_a_day(node.content) for node in nodes]
    found = {
        id(end) for end, day in zip(nodes, begins[1:], strict=False)
        if day and end.type == "softbreak"
    }  # fmt: skip
    return found if begins[0] or len(found) > 1 else set()

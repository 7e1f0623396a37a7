"""What a certificate is besides its text: a sheet to hang up, signed by hand.

A template says `layout: certificate`. The text is the template's own; a paragraph that is
nothing but one bold text is whose certificate it is, and stands large. The title is split where
a dash stands in it. There is no address and no greeting: it is signed above a line.
"""

from __future__ import annotations

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.i18n import _
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.tree import Block, plain

# The longest name, in characters, and the size (pt) in which it stays on one line, or on two.
_SIZES = ((30, 36), (45, 29), (70, 22), (110, 19))
_SMALLEST = 17


def is_name(block: Block) -> bool:
    """Whether a block is whose certificate it is."""
    return (
        block.kind == "paragraph"
        and len(block.children) == 1
        and block.children[0].kind == "strong"
    )


def name_size(block: Block) -> int:
    """How large a name is set, in points: the longer, the smaller."""
    length = len(plain(block.children))
    return next((size for longest, size in _SIZES if length <= longest), _SMALLEST)


def title_parts(title: str) -> tuple[str, str]:
    """What it is, and of what: the title before and after its dash."""
    kind, _dash, rest = title.partition(" – ")
    return kind, rest


def lines_to_sign(letter: Letter) -> list[tuple[str, tuple[str, ...]]]:
    """The two lines at the foot: what stands above each, and what below."""
    day = show_date(letter.reference.date) if letter.reference.date else ""
    where = ", ".join(part for part in (letter.letterhead.city, day) if part)
    who = tuple(part for part in (letter.signed_by, letter.signed_title) if part)
    label = _("Place and date") if letter.letterhead.city else _("Date")
    return [(where, (label,)), ("", who or (_("Signature"),))]


def small_print(letter: Letter) -> str:
    """The case that it belongs to, or ""."""
    return f"{_('Our reference')} {letter.reference.ours}" if letter.reference.ours else ""

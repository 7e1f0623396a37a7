"""Text from outside, made safe to repeat in a message."""

from __future__ import annotations

from frivillig_cli.core.names import printable

MOST = 60
MOST_KEPT = 32_767  # what a cell of a workbook holds


def echo(text: object) -> str:
    """`text` on one line, at most 60 characters, with birth numbers masked."""
    return _at_most(text, MOST)


def kept(text: object) -> str:
    """The same with all that was written, for what must not be lost."""
    return _at_most(text, MOST_KEPT)


def _at_most(text: object, most: int) -> str:
    from frivillig_cli.core.birthnumber import mask_birth_numbers

    shown = mask_birth_numbers(printable(str(text)))
    return shown if len(shown) <= most else shown[: most - 1] + "…"

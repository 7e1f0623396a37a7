"""Text from outside, made safe to repeat in a message."""

from __future__ import annotations

from frivillig_cli.core.names import printable

MOST = 60


def echo(text: object) -> str:
    """`text` on one line, at most 60 characters, with birth numbers masked."""
    from frivillig_cli.core.birthnumber import mask_birth_numbers

    shown = mask_birth_numbers(printable(str(text)))
    return shown if len(shown) <= MOST else shown[: MOST - 1] + "…"

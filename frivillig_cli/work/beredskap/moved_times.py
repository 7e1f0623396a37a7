"""Times from a phone whose clock was wrong: the log tells of them, and the report says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from frivillig_cli.core.i18n import LANGUAGES, in_language, ngettext
from frivillig_cli.records.activation.model import LogEntry


def log_text(by: str, wrong: str, n: int) -> str:
    """What the log says of `n` times that were moved."""
    return ngettext(
        "The phone of {by}: its clock is {wrong}. {n} time was moved to one that can be, and is"
        " not certain.",
        "The phone of {by}: its clock is {wrong}. {n} times were moved to ones that can be, and"
        " are not certain.",
        n, by=by, wrong=wrong,
    )  # fmt: skip


def told(log: Iterable[LogEntry]) -> tuple[str, ...]:
    """What the log says of times that were moved, in whatever language it was written."""
    ways = set()
    for spoken in LANGUAGES:
        with in_language(spoken):
            begins, rest = log_text("\0", "\1", 1).split("\0")
        ways.add((begins, rest.split("\1")[0]))
    return tuple(
        entry.text
        for entry in log
        if entry.type == "correction" and not entry.supersedes
        and any(entry.text.startswith(first) and then in entry.text for first, then in ways)
    )  # fmt: skip

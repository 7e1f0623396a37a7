"""When a need was covered: not before so many were needed, nor by a yes that came to reserve. Pure.

The log tells both, each line in the language of whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frivillig_cli.core.i18n import LANGUAGES, _, in_language, ngettext
from frivillig_cli.records.activation.calling import ANSWER_WORDS
from frivillig_cli.records.activation.model import LogEntry, Row

Said = Mapping[str, Any]


def needed_since(log: Sequence[LogEntry], skill: str | None, needed: int) -> int | None:
    """The place of the log's line since which no fewer were needed; None: from the beginning."""
    said = _statements(skill)
    since, fewer = None, False
    for place, entry in enumerate(log):
        if entry.type != "decision" or not entry.text:
            continue
        for part in entry.text.split("; "):
            stated = next((found for one in said if (found := one.match(part))), None)
            if stated is None:
                continue
            before = int(stated[2]) if stated[2] else 0
            if int(stated[1]) >= needed and (fewer or before < needed):
                since = place
            fewer = int(stated[1]) < needed
    return since


def _statements(skill: str | None) -> list[re.Pattern[str]]:
    """How it is said in each language that so many are needed of it, not so many."""
    found = []
    for spoken in LANGUAGES:
        with in_language(spoken):
            name = skill or _("anyone")
            for n in (1, 2):
                text = ngettext(
                    "{skill}: {n} is needed, not {before}", "{skill}: {n} are needed, not {before}",
                    n, skill="\0", before="\1",
                )  # fmt: skip
                start, more = re.escape(text).replace(str(n), r"(\d+)").split(",", 1)
                more = more.replace(re.escape("\1"), r"(\d+)")
                pattern = f"{start}(?:,{more})?(?![\\d])".replace(re.escape("\0"), re.escape(name))
                found.append(re.compile(pattern, re.IGNORECASE))
    return found


def seated(said: Iterable[Said], rows: Mapping[int, Row], log: Iterable[LogEntry]) -> list[Said]:
    """Of these answers, each a yes, those with which somebody came to count, in order.

    Whoever was in reserve and was asked again counts from what they said then.
    """
    held = _in_reserve(log)
    kept: dict[int, list[Said]] = {}
    waiting: set[int] = set()
    for one in said:
        row = rows[one["callout_id"]]
        if row.id in waiting:
            kept[row.id] = []
            waiting.remove(row.id)
        kept.setdefault(row.id, []).append(one)
        if (row.name, one["happened"], one["registered"]) in held:
            waiting.add(row.id)
    return [one for own in kept.values() for one in own]


def _in_reserve(log: Iterable[LogEntry]) -> set[tuple[str, str, str]]:
    """Who came to reserve with an answer, when it happened and when it was registered."""
    words = set()
    for spoken in LANGUAGES:
        with in_language(spoken):
            words.add(_(ANSWER_WORDS["reserve"]))
    return {
        (entry.sender, entry.happened, entry.registered)
        for entry in log
        if entry.type == "answer" and entry.sender and entry.text
        and any(entry.text.startswith(f"{entry.sender}: {word}") for word in words)
    }  # fmt: skip

"""What a check has found: a code for scripts, a sentence, and the way out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be; `code` stays the same in every language."""

    code: str
    sentence: str
    way_out: str


Findings = tuple[Finding, ...]

"""The key that a workbook's row carries: `f1-<survey>-<org>-<base>-<check>`.

It is the only thing that survives Excel, LibreOffice, ods, a copied sheet and CSV alike, so
it stands in every row. Letters come first and the hashes are base32: a spreadsheet takes
none of it for a number. `survey` is a code made of the survey's uid, so that a register knows
its own surveys from another register's with the same number; `base` names the values that the
workbook was sent with; `check` catches a key that was retyped, cut or filled down as a series.
"""

from __future__ import annotations

import json
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from frivillig_cli.records.survey.model import Value

FORM = "f1"
_SHAPE = re.compile(r"f1-([a-z2-7]{8})-([0-9]{1,18})-([a-z2-7]{10})-([a-z2-7]{4})")


@dataclass(frozen=True)
class Key:
    """The three parts of a key that name something."""

    survey: str
    org: int
    base: str

    @cached_property
    def _text(self) -> str:
        body = f"{FORM}-{self.survey}-{self.org}-{self.base}"
        return f"{body}-{_short(body, 4)}"

    def __str__(self) -> str:
        return self._text


def _short(text: str, length: int) -> str:
    return b32encode(sha256(text.encode()).digest()).decode().lower()[:length]


def survey_code(uid: str) -> str:
    """The eight letters that stand for the survey in its keys."""
    return _short(f"survey {uid}", 8)


def base_key(org_uid: str, base: Mapping[str, Value]) -> str:
    """The ten letters that stand for one organisation's sent values."""
    return _short(f"{org_uid} {json.dumps(base, sort_keys=True, ensure_ascii=True)}", 10)


def parse_key(text: str) -> Key | None:
    """The key in a cell, or None when it is not one or its check does not hold."""
    shape = _SHAPE.fullmatch(text.replace("\u00a0", " ").strip().lower())
    if not shape:
        return None
    key = Key(shape[1], int(shape[2]), shape[3])
    return key if str(key) == shape[0] else None


def looks_like_key(text: str) -> bool:
    """Whether a cell was meant to be a key, whole or damaged."""
    return text.strip().lower().startswith(f"{FORM}-")

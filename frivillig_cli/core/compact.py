"""JSON as it is kept: without spaces, letters as they are."""

from __future__ import annotations

import json


def compact_json(value: object) -> str:
    """`value` as JSON text in the least room that text takes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

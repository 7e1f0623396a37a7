"""The SQL of what was taken from the state's registers."""

from __future__ import annotations

import json
from typing import Any

from frivillig_cli.store.register import Register


def taken(register: Register, org_id: int) -> dict[str, Any]:
    """field → the value last taken from the state's registers; empty where nothing was."""
    found = register.value("SELECT taken FROM org_source WHERE org_id = ?", (org_id,))
    return dict(json.loads(found)) if found else {}


def put(register: Register, org_id: int, values: dict[str, Any], at: str) -> None:
    """Keep `values` as all that is taken; without any the row is deleted."""
    if not values:
        register.execute("DELETE FROM org_source WHERE org_id = ?", (org_id,))
        return
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    register.execute(
        "INSERT INTO org_source (org_id, taken, at) VALUES (?, ?, ?) ON CONFLICT (org_id)"
        " DO UPDATE SET taken = excluded.taken, at = excluded.at WHERE taken <> excluded.taken",
        (org_id, text, at),
    )

"""--sort: a field of a list as ORDER BY."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.store.query_sql import Field


def order_by(sort: str | None, fields: Mapping[str, Field], default: str) -> str:
    """What stands after ORDER BY for `--sort FIELD` (`-FIELD` turns it round); empty cells last.

    Only fields that are expressions can be sorted by; RefusedError names them.
    """
    if not sort:
        return default
    name, down = sort.removeprefix("-"), sort.startswith("-")
    sortable = [key for key, field in fields.items() if "?" not in field.sql]
    if name == "name":
        return ", ".join(f"{part} DESC" if down else part for part in default.split(", "))
    if name not in sortable:
        raise RefusedError(
            _("A list cannot be sorted by {field}.", field=name),
            _("Choose one of: {known}.", known=", ".join(sortable)),
        )
    sql = fields[name].sql
    return f"{sql} IS NULL, {sql} {'DESC' if down else 'ASC'}, {default}"

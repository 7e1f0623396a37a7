"""--sort: a field of a list as ORDER BY."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import echo
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
    sortable = [key for key, field in fields.items() if field.order or "?" not in field.sql]
    if name == "name":
        return ", ".join(f"{part} DESC" if down else part for part in default.split(", "))
    if name not in sortable:
        raise RefusedError(
            _("A list cannot be sorted by {field}.", field=echo(name)),
            _("Choose one of: {known}.", known=", ".join(sortable)),
        )
    sql = (
        fields[name].sql
        if fields[name].kind in ("date", "moment", "number")
        else fields[name].order or _norwegian(name, fields)
    )
    return f"{sql} IS NULL, {sql} {'DESC' if down else 'ASC'}, {default}"


def _norwegian(name: str, fields: Mapping[str, Field]) -> str:
    """A text so that its bytes order æ, ø, å last, aa as å: the three signs after z in ASCII."""
    source = fields[name].order or fields[name].sql
    sql = f"lower({name if '(' in source else source})"
    for letters, sign in (("æÆäÄ", "{"), ("øØöÖ", "|"), ("åÅ", "}")):
        for letter in letters:
            sql = f"replace({sql}, '{letter}', '{sign}')"
    return f"replace({sql}, 'aa', '}}')"

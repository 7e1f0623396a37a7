"""What the coordinator has chosen for this machine, in a small TOML file.

What belongs to the municipality (its name, its letterhead) lies in the register instead
and follows it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.settings import mail

_CORRECT = N_("Correct the file, or move it away and set the values anew: frivillig config set")

KEYS: Mapping[str, str] = {
    "db": N_("the register's file"),
    "language": N_("nb, nn (documents in nynorsk, the commands in bokmål) or en"),
    "user": N_("your name in the history"),
    "backup.folder": N_("where backups are put"),
    "templates.folder": N_("where your own letter templates lie"),
    **mail.KEYS,
}


def config_file() -> Path:
    """The coordinator's settings for this machine (TOML). FRIVILLIG_CONFIG names another."""
    named = os.environ.get("FRIVILLIG_CONFIG")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("frivillig", appauthor=False) / "config.toml"


def read() -> dict[str, Any]:
    """The whole file as nested tables; empty where there is none. Refuses a broken one."""
    path = config_file()
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        from frivillig_cli.core.os_errors import why

        raise RefusedError(
            _(
                "The settings in {path} cannot be read: {why}.",
                path=path,
                why=why(error),
            ),
            _("Correct the file's permissions, or point FRIVILLIG_CONFIG at another file."),
        ) from error
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefusedError(
            _(
                "The settings in {path} cannot be understood, {where}.",
                path=path,
                where=_where(error),
            ),
            _(_CORRECT),
        ) from error


def _where(error: Exception) -> str:
    """Where a broken file is broken; the parser's own words are English."""
    import re

    line = re.search(r"at line (\d+)", str(error))
    return _("from line {line} on", line=line[1]) if line else _("near its end")


def get(key: str) -> str | None:
    """One setting by its dotted key, or None."""
    found: Any = read()
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return None if found is None else str(found)


def check(key: str, value: str) -> str:
    """`value` as it may be stored under `key`: a known language, a whole path. "" is allowed.

    Raises RefusedError.
    """
    from frivillig_cli.core.birthnumber import refuse_birth_numbers
    from frivillig_cli.core.i18n import LANGUAGES

    if key == "language" and value and value not in LANGUAGES:
        raise RefusedError(
            _("The language {value} is not known.", value=value),
            _("Choose one of: {known}.", known=", ".join(LANGUAGES)),
        )
    refuse_birth_numbers(value, key)
    if value and key in mail.KEYS:
        value = mail.check(key, value)
    if value and (key in ("db", "mail.ca") or key.endswith(".folder")):
        return str(Path(value).expanduser().absolute())
    return value


def put(key: str, value: str | None) -> None:
    """Set one key of KEYS (None takes it away), keeping comments and order in the file."""
    import secrets

    import tomlkit

    from frivillig_cli.core.durable import discard, replace, sync_file

    read()  # a broken file is refused, never overwritten
    path = config_file()
    document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    *tables, last = key.split(".")
    place: Any = document
    for table in tables:
        place = place.setdefault(table, tomlkit.table())
        if not hasattr(place, "setdefault"):
            raise RefusedError(
                _("The settings in {path} have a value where {key} belongs.", path=path, key=key),
                _(_CORRECT),
            )
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        temporary.write_text(tomlkit.dumps(document), "utf-8")
        sync_file(temporary)
        replace(temporary, path)
    finally:
        discard(temporary)

"""Where things lie on this machine: a flag, the environment, config, then the platform."""

from __future__ import annotations

import os
from pathlib import Path

APP = "frivillig"


def register_file(flag: Path | None = None) -> Path:
    """The register: --db, else FRIVILLIG_DB, else `db` in config, else the user's data folder."""
    named = flag or os.environ.get("FRIVILLIG_DB")
    if not named:
        from frivillig_cli.settings import config

        named = config.get("db")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / "register.db"


def backup_folder(register: Path) -> Path:
    """Where backups go: `backup.folder` in config, else `backups` beside the register."""
    from frivillig_cli.settings import config

    named = config.get("backup.folder")
    return Path(named).expanduser() if named else register.parent / "backups"


def template_folder(register: Path) -> Path:
    """The coordinator's own letter templates: `templates.folder`, else beside the register."""
    from frivillig_cli.settings import config

    named = config.get("templates.folder")
    return Path(named).expanduser() if named else register.parent / "templates"

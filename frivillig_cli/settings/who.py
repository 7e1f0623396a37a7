"""Whose name stands in the history."""

from __future__ import annotations

import os


def user_name() -> str:
    """FRIVILLIG_USER, else `user` in config, else the operating system's user."""
    named = os.environ.get("FRIVILLIG_USER")
    if not named:
        from frivillig_cli.settings import config

        named = config.get("user")
    if not named:
        import getpass

        try:
            named = getpass.getuser()
        except (OSError, KeyError, ImportError):
            named = "?"
    return named

"""Whose name stands in the history."""

from __future__ import annotations

import os


def user_name() -> str:
    """FRIVILLIG_USER, else `user` in config, else the operating system's user.

    Raises InvalidValueError where that is a birth number: the history keeps it for good.
    """
    from frivillig_cli.core.birthnumber import mask_birth_numbers, refuse_birth_numbers

    source, named = "FRIVILLIG_USER", os.environ.get("FRIVILLIG_USER")
    if not named:
        from frivillig_cli.settings import config

        source, named = "user", config.get("user")
    if named:
        refuse_birth_numbers(named, source)
        return named
    import getpass

    try:
        return mask_birth_numbers(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "?"

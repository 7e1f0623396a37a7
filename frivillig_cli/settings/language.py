"""Which language to speak: --lang, FRIVILLIG_LANG, config, the operating system, English."""

from __future__ import annotations

import os
import sys

from frivillig_cli.core.errors import FrivilligError, UsageError
from frivillig_cli.core.i18n import LANGUAGES, _, set_language

# The interface is not whole in nynorsk, and a mix of both reads badly; documents are written in
# the recipient's language all the same. `--lang nn` and the setting are taken at their word.
_NAMES = {"nb": "nb", "no": "nb", "nn": "nb", "norwegian": "nb"}


def _from_system() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return _NAMES.get(value.replace("-", "_").split("_")[0].split(".")[0].lower(), "en")
    if sys.platform == "win32":
        import ctypes
        import locale

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return _NAMES.get(locale.windows_locale.get(code, "en").split("_")[0], "en")
    return "en"


def choose(flag: str | None) -> str:
    """The language of this run. Raises UsageError, in the usual language, for an unknown one."""
    for value in (flag, os.environ.get("FRIVILLIG_LANG")):
        if value:
            if value not in LANGUAGES:
                set_language(_usual())
                raise UsageError(
                    _("The language {value} is not known.", value=value),
                    _("Choose one of: {known}.", known=", ".join(LANGUAGES)),
                )
            return value
    return _usual()


def _usual() -> str:
    from frivillig_cli.settings import config

    named = os.environ.get("FRIVILLIG_LANG")
    if named in LANGUAGES:
        return str(named)
    try:
        chosen = config.get("language")
    except FrivilligError:
        chosen = None  # the command that needs config says what is wrong with it
    return chosen if chosen in LANGUAGES else _from_system()

"""A call-out is spoken of in the same words everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import frivillig_cli

NB = Path(frivillig_cli.__file__).parent / "locale" / "nb"


def test_bokmal_says_listen_and_oppringing_and_gives_up_in_clear_words():
    said = "".join(
        line
        for name in ("beredskap.po", "cli.po")
        for line in (NB / name).read_text("utf-8").splitlines(keepends=True)
        if not line.startswith("msgid")
    )
    assert re.findall(r"\w*(?:lista|fila|oppringning\w*)\b", said) == []
    catalogue = (NB / "beredskap.po").read_text("utf-8")
    assert 'msgid "given up"\nmsgstr "gitt opp"' in catalogue

"""How findings are shown: by doctor and by backup verify."""

from collections.abc import Sequence
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import ngettext


def show_findings(findings: Sequence[Any], sound: str) -> None:
    """Print what is wrong and the way out of each (exit 3), or that all is `sound`."""
    run = session.current()
    run.out.json(
        {
            "sound": not findings,
            "findings": [
                {"code": found.code, "what": found.sentence, "way_out": found.way_out}
                for found in findings
            ],
        }
    )
    if not findings:
        run.out.lines(sound)
        return
    run.incomplete()
    for found in findings:
        run.out.lines(found.sentence, f"  {found.way_out}")
    run.out.hint(ngettext("{n} finding.", "{n} findings.", len(findings)))

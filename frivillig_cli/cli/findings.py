"""How findings are shown: by doctor and by backup verify."""

from collections.abc import Sequence
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import _, ngettext


def show_findings(
    findings: Sequence[Any], sound: str, facts: Sequence[tuple[str, str, str | None]] = ()
) -> None:
    """Print what is wrong and the way out of each (exit 3), or that all is `sound`.

    `facts` are days that stand over them: (key, label, ISO date or None).
    """
    from frivillig_cli.cli.views import day

    run = session.current()
    run.out.json(
        {
            "sound": not findings,
            "findings": [
                {"code": found.code, "what": found.sentence, "way_out": found.way_out}
                for found in findings
            ],
            **{key: value for key, _label, value in facts},
        }
    )
    if facts and run.out.mode == "text":
        run.out.record({}, [(label, day(value) or _("never")) for _key, label, value in facts])
        run.out.lines("")
    if not findings:
        run.out.lines(sound)
        return
    run.incomplete()
    for found in findings:
        run.out.lines(found.sentence, f"  {found.way_out}")
    run.out.hint(ngettext("{n} finding.", "{n} findings.", len(findings)))

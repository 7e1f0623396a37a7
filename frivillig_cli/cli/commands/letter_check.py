"""`frivillig letter check`: what would stop a letter, found before it is written."""

from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.cli.commands.letter_options import OptionalTemplate, own_folder
from frivillig_cli.core.i18n import _, ngettext

_NAMED = 5


def check(template: OptionalTemplate = None) -> None:
    """Try the templates against every recipient in both languages; list what is missing."""
    from frivillig_cli.work.letters.check import check as check_templates

    run = session.current()
    names = [template] if template else []
    done = check_templates(run.register, own_folder(), names, today=run.today)
    run.out.json(
        {
            "sound": not done.findings,
            "templates": done.templates,
            "letters": done.letters,
            "findings": [finding.to_json() for finding in done.findings],
        }
    )
    for finding in done.findings:
        said = f"{finding.place}  {finding.sentence}{_who(finding)}".lstrip()
        run.out.lines(said, f"  {finding.way_out}")
    if any(_unnamed(finding) for finding in done.findings):
        command = " ".join(["frivillig letter check", *names, "--json"])
        run.out.hint(_("See them all: {command}", command=command))
    tried = ngettext(
        "{n} template, {letters} letters tried.",
        "{n} templates, {letters} letters tried.",
        done.templates,
        letters=done.letters,
    )
    if not done.findings:
        run.out.lines(_("Nothing is missing: {tried}", tried=tried))
        return
    run.incomplete()
    run.out.hint(ngettext("{n} finding.", "{n} findings.", len(done.findings)) + " " + tried)


def _who(finding: Any) -> str:
    """Some of those who lack a value, where not all do."""
    if not finding.field or len(finding.recipients) == finding.tried:
        return ""
    more = "…" if _unnamed(finding) else ""
    return "  " + ", ".join([*finding.recipients[:_NAMED], *filter(None, [more])])


def _unnamed(finding: Any) -> bool:
    """Whether more lack the value than are named on the screen."""
    return bool(finding.field) and _NAMED < len(finding.recipients) < finding.tried

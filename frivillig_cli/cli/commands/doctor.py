"""`frivillig doctor`: checks that the register is sound."""

from frivillig_cli.cli import session
from frivillig_cli.cli.findings import show_findings
from frivillig_cli.cli.options import Show, noun
from frivillig_cli.core.i18n import N_, _

app = noun(N_("Check that the register is sound."))


@app.command(cls=Show)
def doctor() -> None:
    """Check that the register is sound.

    Reads every page, follows every reference, replays the history against the tables, and looks
    at where the file lies. Changes nothing.
    """
    from frivillig_cli.settings.paths import backup_folder
    from frivillig_cli.store import as_its_own
    from frivillig_cli.store.doctor import diagnose
    from frivillig_cli.work.beredskap.checks import check_logs
    from frivillig_cli.work.doctor.derived import check_keys, check_search
    from frivillig_cli.work.doctor.letters import check_copies

    run = session.current()
    findings = diagnose(
        run.register,
        [check_keys, check_search, check_logs, check_copies, as_its_own.check],
        backups=backup_folder(run.path),
    )
    show_findings(findings, _("The register is sound: {path}", path=run.path))

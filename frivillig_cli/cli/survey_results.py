"""The results of a survey, written and told of."""

from pathlib import Path

from frivillig_cli.cli import session
from frivillig_cli.cli.survey_view import group_counts, survey_json
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.formats.target import refuse_target
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Survey
from frivillig_cli.work.survey import result_book
from frivillig_cli.work.survey.confidential import confidential
from frivillig_cli.work.survey.rejected import ENDING
from frivillig_cli.work.survey.tally import gather


def write(survey: Survey, path: Path, *, people: bool, overwrite: bool) -> None:
    """Write the workbook, and say what it holds."""
    run = session.current()
    refuse_target(path, (ENDING,), overwrite=overwrite)
    counts = queries.counts(run.register, survey.id)
    groups = group_counts(queries.counts_by_category(run.register, survey.id))
    given = gather(run.register, survey)
    results = result_book.Results(survey, counts, groups, given, run.today, people)
    result_book.write_results(path, results)
    secret = result_book.holds_people(results)
    run.out.result(
        {**survey_json(survey, counts), "file": str(path), "holds_people": secret},
        ngettext(
            "{n} association’s answers in {file}", "{n} associations’ answers in {file}",
            len(given), file=path,
        ),
    )  # fmt: skip
    if secret:
        run.out.hint(_("It holds what people have written. {mark}.", mark=confidential(run.today)))

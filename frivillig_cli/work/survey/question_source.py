"""Questions from a file that the person named."""

from __future__ import annotations

from pathlib import Path

from frivillig_cli.core.errors import FileFormatError, NotFoundError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.records.survey.model import Question
from frivillig_cli.records.survey.question_file import read_questions


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a TOML file. Raises NotFoundError, FileFormatError naming the mistake."""
    try:
        with path.open("rb") as file:
            source = file.read(1_000_001)
    except FileNotFoundError as error:
        raise NotFoundError(
            _("There is no file at {path}.", path=path), _("Name a TOML file with questions.")
        ) from error
    except OSError as error:
        raise FileFormatError(
            _("{file} could not be read: {why}.", file=path, why=why(error)),
            _("Name a TOML file with questions."),
        ) from error
    return read_questions(source, path.name)

"""What can go wrong with a template or a document."""

from __future__ import annotations

from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _


class TemplateError(RefusedError):
    """A template that cannot be read or filled in: `file`, `line` (1 is the first; 0 unknown).

    `missing` is the dotted name of the field that had no value, when that is what is wrong.
    """

    def __init__(
        self, message: str, hint: str = "", *, file: str = "", line: int = 0, missing: str = ""
    ) -> None:
        self.said = message
        self.file, self.line, self.missing = file, line, missing
        super().__init__(_placed(message, file, line), hint)

    def at(self, file: str, line: int = 0) -> TemplateError:
        """The same error with its place, where it was not known before."""
        return TemplateError(
            self.said,
            self.hint,
            file=self.file or file,
            line=self.line or line,
            missing=self.missing,
        )


class UnknownFieldError(Exception):
    """A template asked for `name` in `owner`, which has no such field."""

    def __init__(self, name: str, owner: Any) -> None:
        super().__init__(name)
        self.name, self.owner = name, owner


def too_deep(line: int = 0) -> TemplateError:
    """The refusal for a template that calls itself, or is nested deeper than it can be read."""
    return TemplateError(
        _("The template never ends: it calls itself, or is nested too deep."),
        _("Look for a macro that calls itself."),
        line=line,
    )


def _placed(message: str, file: str, line: int) -> str:
    if file and line and not file.endswith(".docx"):  # whose paragraphs nobody counts
        return _("{file}, line {line}: {problem}", file=file, line=line, problem=message)
    return _("{file}: {problem}", file=file, problem=message) if file else message


class DocumentError(RefusedError):
    """A document that cannot be typeset."""

"""Filling in one text by Jinja, within a budget, with errors that say where and what."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.documents.budget import Budget, begin, current
from frivillig_cli.documents.errors import TemplateError, UnknownFieldError, too_deep
from frivillig_cli.documents.sandbox import empty_class, environment
from frivillig_cli.documents.tree import Block, parse_markdown
from frivillig_cli.documents.values import cleaned, keep_line_ends, mark_lines, one_line, set_apart

if TYPE_CHECKING:
    import jinja2


MOST_LINES = 5_000  # of a letter's text: well over a hundred pages
MOST_CELLS = 20_000  # four to a line: a table takes far more memory than other text
_MOST_IN_RANGE = 100_000  # jinja2.sandbox.MAX_RANGE


class Missing(NamedTuple):
    """One thing that a template lacks: the field's dotted name ("" for another error), where."""

    field: str
    line: int
    message: str
    hint: str = ""


class Tried:
    """What trying a template with one recipient after the other has found.

    `seen` are the texts that were parsed, but for the values behind their marks; `pictures` what
    is wrong with those of the last one: each is told, and the others are looked at too. `values`
    are those of the last one.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.pictures: list[TemplateError] = []
        self.values: tuple[str, ...] = ()

    def told(self) -> list[Missing]:
        """What is wrong with the pictures, once each; then it is forgotten."""
        found = [Missing("", one.line, one.said, one.hint) for one in self.pictures]
        self.pictures.clear()
        return list(dict.fromkeys(found))


def render_body(
    source: str,
    language: str,
    fields: Mapping[str, Any],
    folder: Path | None,
    tried: Tried | None = None,
) -> tuple[Block, ...]:
    """The blocks of a template's body; dates and amounts in it are written in `language`.

    With `tried` nothing is written: what was parsed before is not parsed again, and has no blocks.
    """
    text, run = _render(source, language, fields)
    if text.count("\n") > MOST_LINES:
        raise TemplateError(
            _("The letter would have more than {n} lines.", n=MOST_LINES),
            _("Put a list of that length into a file of its own, and name it as an attachment."),
        )
    if _cells(text) > MOST_CELLS:
        raise TemplateError(
            _("The tables of the letter would have more than {n} cells.", n=MOST_CELLS),
            _("Put a list of that length into a file of its own, and name it as an attachment."),
        )
    if tried is not None:
        tried.values = run.marks.values
    if tried is None:
        blocks = parse_markdown(text, run.marks, folder)
    elif text in tried.seen:
        return ()
    else:
        if "![" not in text:  # which picture it is may be a value
            tried.seen.add(text)
        blocks = parse_markdown(text, run.marks, folder, tried.pictures)
    if tried is not None and not blocks:
        raise TemplateError(
            _("The letter has no text."), _("Write below the front matter what it is to say.")
        )
    return blocks


def _cells(text: str) -> int:
    """How many cells the tables of a text have, those that a short row is filled up with too."""
    total = columns = 0
    for line in text.split("\n") if "|" in text else ():
        if "|" in line and "-" in line and not line.strip(" \t>|:-"):
            columns = line.strip(" \t>|").count("|") + 1
        columns = columns if line.strip() else 0
        total += columns
    return total


def render_text(text: str, language: str, fields: Mapping[str, Any]) -> str:
    """One line of text with its fields filled in; no markup is read. Its errors have no line."""
    try:
        rendered, run = _render(text, language, fields)
    except TemplateError as error:
        raise TemplateError(error.said, error.hint, missing=error.missing) from error
    return one_line(run.marks.resolve(rendered))


def _render(source: str, language: str, fields: Mapping[str, Any]) -> tuple[str, Budget]:
    with reading(language, fields) as known:
        run = current()
        parts = []
        for part in _compiled(source).generate(known):
            run.output(len(part))
            parts.append(part)
        return set_apart("".join(parts)), run


def filled(template: "jinja2.Template", known: Mapping[str, Any], most: int) -> str:
    """A template that is markup filled in, inside `reading`; its own text counts to `most`."""
    parts, total = [], 0
    for part in template.generate(known):
        total += len(part)
        if total > most:
            raise current().too_long()
        parts.append(part)
    return "".join(parts)


@contextmanager
def reading(language: str, fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A new budget, and `fields` as a template may read them; what goes wrong is put in words."""
    import jinja2

    known = know(fields, language)
    begin(language)
    try:
        yield known
    except TemplateError as error:
        raise error.at("", _line_of(error)) from error
    except jinja2.TemplateSyntaxError as error:
        from frivillig_cli.documents.jinja_errors import unread

        raise unread(error) from error
    except UnknownFieldError as error:
        raise _unknown(error, known) from error
    except (RecursionError, MemoryError) as error:
        raise too_deep(_line_of(error)) from None
    except OverflowError as error:
        raise TemplateError(
            _("A range or a number in the template is larger than it may be."),
            _("A range has at most {n} numbers.", n=_MOST_IN_RANGE),
            line=_line_of(error),
        ) from error
    except Exception as error:  # a slip in one template is told, and the others are read
        from frivillig_cli.documents.filters import no_filter

        wrong = no_filter(error) or TemplateError(
            _("The template divides by zero.")
            if isinstance(error, ZeroDivisionError)
            else _("The template puts together values that do not go together."),
            _("See what kind of value the field is: frivillig letter fields"),
        )
        raise wrong.at("", _line_of(error)) from error


class Known(dict[str, Any]):
    """Fields as a template reads them: cleaned, and what is empty knows its name."""


def know(fields: Mapping[str, Any], language: str) -> Known:
    """`fields` as a template in `language` reads them; those that are so already, as they are."""
    if isinstance(fields, Known):
        return fields
    with in_language(language):
        return Known(_with_empties(cleaned(fields)))


@lru_cache(maxsize=64)
def _compiled(source: str) -> "jinja2.Template":
    import jinja2

    try:
        return environment().from_string(mark_lines(keep_line_ends(source)))
    except jinja2.TemplateSyntaxError:
        raise
    except (jinja2.TemplateError, SyntaxError) as error:
        raise jinja2.TemplateSyntaxError(str(error), _line_of(error) or 1) from error


def _with_empties(fields: Any, name: str = "") -> Any:
    """`fields` with each None replaced by an empty value that knows its own dotted name."""
    if fields is None:
        return empty_class()(name=name)
    if isinstance(fields, dict):
        return {
            key: _with_empties(value, f"{name}.{key}" if name else key)
            for key, value in fields.items()
        }
    if isinstance(fields, list):
        return [_with_empties(value, f"{name}[{n}]") for n, value in enumerate(fields, 1)]
    return fields


def _unknown(error: UnknownFieldError, fields: Mapping[str, Any]) -> TemplateError:
    """The error for a name that stands for nothing, with its nearest neighbours."""
    from frivillig_cli.documents.near_fields import near_fields

    owner = _path_to(fields, error.owner)
    dotted = f"{owner}.{error.name}" if owner else error.name
    names = list(_dotted(fields))
    close = near_fields(dotted, names) if dotted not in names else []
    return TemplateError(
        _("There is no field “{field}”.", field=one_line(dotted)[:80]),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("See which there are: frivillig letter fields"),
        line=_line_of(error),
    )


def _line_of(error: BaseException) -> int:
    """The template's line in an error's traceback, which Jinja rewrites for us; 0 unknown."""
    trace, line = error.__traceback__, 0
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _path_to(fields: Any, owner: Any, name: str = "") -> str:
    """The dotted name of the mapping `owner` within `fields`, or ""."""
    if not isinstance(fields, dict) or not isinstance(owner, dict):
        return ""
    if fields is owner:
        return name
    below = (
        _path_to(value, owner, f"{name}.{key}" if name else key) for key, value in fields.items()
    )
    return next((path for path in below if path), "")


def _dotted(fields: Mapping[str, Any], name: str = "") -> Iterator[str]:
    for key, value in fields.items():
        dotted = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            yield from _dotted(value, dotted)
        else:
            yield dotted

"""Values as a template prints them: texts, numbers, dates in the letter's language."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from frivillig_cli.core.i18n import _, in_language, language
from frivillig_cli.documents.budget import current
from frivillig_cli.documents.errors import TemplateError


def text_of(value: Any) -> str:
    """A value as text: what a template may print or join. Refuses the missing, and lists."""
    import jinja2

    if isinstance(value, jinja2.Undefined):
        str(value)  # tells which one is missing
    if isinstance(value, (list, tuple, dict)) or hasattr(value, "__next__"):
        raise TemplateError(
            _("A list cannot be printed as it is."),
            _("Write a loop, or join it: {example}", example='{{ list | join(", ") }}'),
        )
    if isinstance(value, (str, int, float)) or hasattr(value, "isoformat"):
        return _shown(value)
    if type(value).__name__ == "Decimal":
        return str(value)
    raise TemplateError(
        _("The template prints something that is no text, number or date."),
        _("Print a field: frivillig letter fields shows those that there are."),
    )


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value) if type(value) is str else str(value)
    if isinstance(value, bool):
        with in_language(current().language):
            return _("yes") if value else _("no")
    if hasattr(value, "isoformat"):
        return date_filter(value)
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def plain(value: Any) -> Any:
    """`value`, or its text when it is a piece of template: marks resolved, markup no more."""
    import markupsafe

    if isinstance(value, markupsafe.Markup):
        return current().marks.resolve(str.__str__(value))
    return value


def date_filter(value: Any, style: str = "long") -> str:
    """`12. mai 2026` of a date or ISO text; with `"short"` `12.05.2026`, `"time"` `kl. 18.00`."""
    moment = _moment(value)
    if style not in ("long", "short", "time"):
        raise TemplateError(
            _("A date is not written as “{style}”.", style=str(plain(style))[:40]),
            _("Choose long, short or time: {example}", example='{{ today | date("short") }}'),
        )
    if style == "time":
        if not isinstance(moment, datetime):
            raise TemplateError(
                _("The date has no time of day."), _("Give it as 2027-04-24T18:00.")
            )
        with letters_language():
            return f"{moment:%H:%M}" if language() == "en" else f"kl. {moment:%H.%M}"
    if style == "short":
        return f"{moment:%d.%m.%Y}"
    from frivillig_cli.core.dates import show_date

    with letters_language():
        return show_date(date_of(moment))


def date_of(value: Any) -> date:
    """The day of a date or an ISO text. TemplateError for another text."""
    moment = _moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def letters_language() -> AbstractContextManager[None]:
    """The language of the letter that is being filled in, not the one that is spoken."""
    return in_language(current().language)


def _moment(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        text = str(value)
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise TemplateError(
            _("“{value}” is no date.", value=str(value)[:60]), _("Write dates as 2027-03-15.")
        ) from error

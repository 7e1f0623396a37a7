"""When each field of an association was last confirmed, and in which survey."""

from typing import Any, NamedTuple

from frivillig_cli.cli import session
from frivillig_cli.cli.views import day
from frivillig_cli.core.i18n import _, language

_SURVEY = "survey:"


class Confirmation(NamedTuple):
    """A field, the day (ISO 8601) on which it was last confirmed, and the source, such as a survey.

    `label` is the field, and `where` the source, as a person reads them.
    """

    field: str
    confirmed: str
    source: str
    label: str
    where: str

    def to_json(self) -> dict[str, Any]:
        """As scripts see it."""
        return {"field": self.field, "confirmed": self.confirmed, "source": self.source}


def of(org: int) -> list[Confirmation]:
    """What an association has confirmed, in the order in which the survey asks."""
    from frivillig_cli.records.survey import queries
    from frivillig_cli.records.survey.questions import default_questions

    register = session.current().register
    found = queries.confirmations(register, org)
    titles = {f"{_SURVEY}{one.id}": one.title for one in queries.every(register)}
    labels = {question.id: question.in_language(language()) for question in default_questions()}
    order = {name: n for n, name in enumerate(labels)}
    return [
        Confirmation(field, at, source, labels.get(field, field), _where(source, titles))
        for field, (at, source) in sorted(
            found.items(), key=lambda one: (order.get(one[0], len(order)), one[0])
        )
    ]


def _where(source: str, titles: dict[str, str]) -> str:
    title = titles.get(source)
    if title is None:
        return source
    return _("survey {id}, «{title}»", id=source.removeprefix(_SURVEY), title=title)


def fields(found: list[Confirmation]) -> list[tuple[str, str | None]]:
    """The same as lines of a record."""
    if not found:
        return [(_("field by field"), _("Nothing is confirmed field by field."))]
    width = max(len(one.label) for one in found)
    dates = max(len(day(one.confirmed) or "") for one in found)
    lines = [
        f"{one.label:<{width}}  {day(one.confirmed) or '':<{dates}}  {one.where}" for one in found
    ]
    return [(_("field by field"), "\n".join(lines))]

"""The dates of an office. No SQL, no clock."""

from __future__ import annotations

from datetime import date, timedelta

from frivillig_cli.core.dates import show_date
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.contact.model import Contact


def check_start(from_date: date | None, today: date) -> None:
    """Refuse an office that begins after today: until then somebody else holds it."""
    if from_date is not None and from_date > today:
        raise RefusedError(
            _("{date} is in the future.", date=show_date(from_date)),
            _("Enter the office when it has begun: until then the register would show it as held."),
        )


def check_end(office: Contact, to_date: date, today: date) -> None:
    """Refuse an end before the start, or after today. Raises RefusedError."""
    if to_date > today:
        raise RefusedError(
            _("{date} is in the future.", date=show_date(to_date)),
            _("End the office when it has ended."),
        )
    if office.from_date and to_date.isoformat() < office.from_date:
        raise RefusedError(
            _(
                "{name} took office on {start}, which is after {end}.",
                name=office.name,
                start=show_date(office.from_date),
                end=show_date(to_date),
            ),
            _("Give a later date."),
        )


def end_before(office: Contact, successor_from: date) -> date:
    """The last day of an office that is replaced: the day before the successor's first.

    Where both began on one day, that day. Raises RefusedError when the successor would have
    begun before the one who is replaced.
    """
    if office.from_date and office.from_date > successor_from.isoformat():
        raise RefusedError(
            _(
                "{name} took office on {start}, which is after {end}.",
                name=office.name,
                start=show_date(office.from_date),
                end=show_date(successor_from),
            ),
            _("Give the successor a later --from, or end the old office first: contact end."),
        )
    if office.from_date == successor_from.isoformat():
        return successor_from
    return successor_from - timedelta(days=1)

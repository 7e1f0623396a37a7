"""The basis of the journal: the letters that have gone out, with what must be known of each.

Arkivforskrifta (FOR-2025-12-17-2647) § 15 asks for six: an identifier that is unique, what the
document belongs with, its title, who it is to, its date and when it was sent, and when it was
registered.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from frivillig_cli.core.query import Query
from frivillig_cli.store.order import order_by
from frivillig_cli.store.query_sql import Field, folded_sql, where
from frivillig_cli.store.register import Register

FIELDS = {
    "batch": Field("l.batch_id", "number"),
    "case": Field("l.case_number", "exact"),
    "document": Field("l.document", "number"),
    "template": Field("b.template", "exact"),
    "title": Field(folded_sql("l.title"), "text"),
    "recipient": Field(folded_sql("l.recipient"), "text"),
    "how": Field("l.sent_how", "exact", choices=("post", "email")),
    "sent": Field("l.sent", "moment"),
    "registered": Field("l.registered", "moment"),
    "exempt": Field("l.exempt", "text"),
}
_SEARCH = " OR ".join(
    f"{folded_sql(column)} LIKE ? ESCAPE '\\'"
    for column in ("l.recipient", "l.title", "b.template")
)
_FROM = "FROM letter l JOIN letter_batch b ON b.id = l.batch_id WHERE l.sent IS NOT NULL AND "


class Entry(NamedTuple):
    """One letter in the journal; times are UTC, ISO 8601. `exempt` is the legal ground, if any."""

    number: str
    document_number: str | None
    case_number: str | None
    title: str
    direction: str
    recipient: str
    document_date: str
    sent: str
    registered: str
    exempt: str | None
    how: str
    template: str
    sha256: str | None

    def to_json(self) -> dict[str, Any]:
        """As scripts, and the archive, see it."""
        return self._asdict()


def entries(
    register: Register, query: Query, *, sort: str | None = None, limit: int | None = None
) -> list[Entry]:
    """The letters that have gone out and that `query` picks, in the order of registration."""
    condition, params = where(query, FIELDS, _SEARCH)
    order = order_by(sort, FIELDS, "l.registered, l.id")
    rows = register.rows(
        "SELECT 'B' || b.id || '-' || l.id, l.case_number || '-' || l.document, l.case_number,"
        " coalesce(l.title, b.title), 'U', l.recipient, b.created, l.sent, l.registered, l.exempt,"
        f" l.sent_how, b.template, coalesce(l.kept, l.sha256) {_FROM}{condition}"
        f" ORDER BY {order} LIMIT ?",
        [*params, -1 if limit is None else limit],
    )
    return [Entry(*row) for row in rows]


def count(register: Register, query: Query) -> int:
    """How many letters that have gone out `query` picks."""
    condition, params = where(query, FIELDS, _SEARCH)
    return int(register.value(f"SELECT count(*) {_FROM}{condition}", params))


def not_entered(register: Register) -> dict[int, int]:
    """How many letters have gone out in a run that was stopped, and are in no log yet, by batch."""
    rows = register.rows(
        "SELECT l.batch_id, count(*) FROM letter_mail m JOIN letter l ON l.id = m.letter_id"
        " WHERE m.state = 'sent' AND l.sent IS NULL GROUP BY l.batch_id"
    )
    return {row[0]: row[1] for row in rows}

"""Rows that are hardly entries: titles below each other, several people in one, who has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from frivillig_cli.core.echo import echo
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.instead import says_ended
from frivillig_cli.core.names import fold
from frivillig_cli.formats.tables import Table
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Anomaly

_SHOWN = 10
_ACTIVE = frozenset(("aktiv", "aktivt", "active", "er aktiv"))
_NO = frozenset(("n", "nei", "no", "0", "false", "usann"))
_MOST_IN_A_FORM = 3  # values: the titles stand below each other, what they hold beside them
_JOINED = (" og ", " and ", " & ", "/", "&", ";")
_SEVERAL = ("familien ", "ekteparet ")
# What a column that is not read may say of whom it is better to leave out.
_GONE = frozenset(
    fold(word)
    for word in (
        "sluttet", "slutta", "avsluttet", "avslutta", "utmeldt", "utmeld", "inaktiv", "ikke aktiv",
        "ikkje aktiv", "passiv", "nedlagt", "lagt ned", "oppløst", "oppløyst",
        "slettet", "sletta", "død", "avdød", "privatperson", "enkeltperson", "reservert",
        "vil ikke kontaktes", "ønsker ikke kontakt", "ikke kontakt", "skal ikke kontaktes",
        "vil ikkje kontaktast", "ønskjer ikkje kontakt", "closed", "inactive", "deceased", "left",
        "do not contact", "private person",
    )
)  # fmt: skip


def why_no_entry(kind: Kind, record: Record, is_title: Callable[[str], bool]) -> str | None:
    """Why a row is refused, if it is no entry: a title for a name, a couple, what has ended."""
    name = record.text("name")
    if len(record.values) <= _MOST_IN_A_FORM and name[:1].isalpha() and is_title(name):
        return _("a title, not a name: is the file a form, with its titles below each other?")
    if kind.offices and says_ended(name):
        return _("the name says that it has ended: if it has, frivillig org archive")
    if not kind.offices and _is_several(name):
        return _("more than one person: give each a row of their own")
    return None


def _is_several(name: str) -> bool:
    folded = f"{fold(name)} "
    return folded.startswith(_SEVERAL) or any(mark in name.casefold() for mark in _JOINED)


def hidden(table: Table) -> list[Anomaly]:
    """The rows that the workbook does not show, such as those that a filter has left out."""
    rows = table.hidden_rows
    if not rows:
        return []
    text = ngettext(
        "{n} row is hidden in the workbook, and is read all the same: {rows}. Show it, and take it"
        " out if it is not to come in.",
        "{n} rows are hidden in the workbook, and are read all the same: {rows}. Show them, and"
        " take them out if they are not to come in.",
        len(rows), rows=_numbers(rows),
    )  # fmt: skip
    return [Anomaly("hidden_rows", text, None, len(rows), len(table.rows))]


def _numbers(rows: Sequence[int]) -> str:
    return ", ".join([*map(str, rows[:_SHOWN]), *(["…"] if len(rows) > _SHOWN else [])])


def _is_inactive(title: str, text: str) -> bool:
    """Whether a cell says no where the column asks whether they are active."""
    return fold(title).strip("?") in _ACTIVE and fold(text) in _NO


@dataclass
class Gone:
    """What the columns that are not read say of rows that are better left out."""

    table: Table
    read: Mapping[str, str]
    found: dict[tuple[str, str], tuple[str, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._titles = [title for title in self.table.headers if title not in self.read]

    def look(self, number: int, values: Mapping[str, str | None]) -> None:
        """One row, by the number that the file has for it."""
        for title in self._titles:
            text = values.get(title)
            if text and len(text) < 40 and (fold(text) in _GONE or _is_inactive(title, text)):
                self.found.setdefault((title, fold(text)), (text, []))[1].append(number)

    def anomalies(self) -> list[Anomaly]:
        """Each word that was found, with its column and its rows."""
        return [
            Anomaly(
                "not_read",
                ngettext(
                    "The column “{title}” is not read, and says “{word}” in {n} row: {rows}."
                    " Take it out of the file first, if it is not to come in.",
                    "The column “{title}” is not read, and says “{word}” in {n} rows: {rows}."
                    " Take them out of the file first, if they are not to come in.",
                    len(rows), title=echo(title), word=echo(word),
                    rows=_numbers(rows),
                ),
                None, len(rows), len(self.table.rows),
            )
            for (title, _folded), (word, rows) in self.found.items()
        ]  # fmt: skip

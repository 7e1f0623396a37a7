"""Address labels: for whom a query picks, or for the letters of a batch; with who gets none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import N_, _, in_documents_language, language, ngettext, typed
from frivillig_cli.documents.label_sheets import SHEETS, Labels, LabelSheet, labels_pdf, too_large
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.formats.files import write_atomic
from frivillig_cli.records import municipality
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.double_queries import had
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.model import SKIP_REASONS, LetterRow
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import otherwise, recipients, standing
from frivillig_cli.work.letters.batch import listed_by
from frivillig_cli.work.letters.households import Households
from frivillig_cli.work.letters.picked import Wanted
from frivillig_cli.work.letters.recipients import Recipient

KINDS = ("org", "volunteer", "member")
# Why somebody has no label, beside the reasons that a letter has.
NO_POST, TOO_LONG, NO_LETTER = "no_postal_address", "too_long", "no_letter"
BY_EMAIL, NAMES_PROTECTED = "by_email", "names_protected"
_IN_OUTBOX = {"queued": "waits_for_email", "sending": "email_in_doubt"}  # by the letter's state
_ON_EMAIL = {BY_EMAIL, *_IN_OUTBOX.values()}
_FILLED_IN = {NO_POST, TOO_LONG, "no_address", "no_contact"}  # there is something to be done about
_WORDS = {
    NO_POST: N_("no postal address"),
    TOO_LONG: N_("the address is too long for the label"),
    NO_LETTER: N_("gets no letter in this batch"),
    BY_EMAIL: N_("has got the letter by e-mail"),
    NAMES_PROTECTED: N_("somebody whom the letter names is protected now: write it again"),
    _IN_OUTBOX["queued"]: N_("the letter waits to be sent by e-mail"),
    _IN_OUTBOX["sending"]: N_("may have got the letter by e-mail"),
}


@dataclass(frozen=True)
class LabelRow:
    """One who is to have a label: as a batch has them, and why there is none."""

    row: LetterRow | LoggedLetter
    why: str | None = None

    @property
    def lines(self) -> list[str]:
        """The address."""
        return (self.row.address or "").split("\n")

    @property
    def reason(self) -> str:
        """Why there is none, in words."""
        return _(_WORDS[self.why]) if self.why in _WORDS else recipients.reason(self.row)


@dataclass(frozen=True)
class LabelPlan:
    """Everybody in order, the sheet, and how many labels of the first one are used."""

    sheet: LabelSheet
    skip: int
    rows: Sequence[LabelRow]

    @property
    def printed(self) -> list[LabelRow]:
        """Those who get one."""
        return [row for row in self.rows if row.why is None]

    @property
    def left_out(self) -> list[LabelRow]:
        """Those who get none."""
        return [row for row in self.rows if row.why is not None]

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return -(-(self.skip + len(self.printed)) // self.sheet.count)


def sheet_named(name: str, skip: int) -> LabelSheet:
    """The sheet of that number, which has room after `skip` labels. Raises UsageError."""
    sheet = SHEETS.get(name.upper())
    if sheet is None:
        raise UsageError(
            _("There is no sheet “{name}”.", name=name[:20]),
            _("Choose one of: {known}.", known=", ".join(SHEETS)),
        )
    if skip >= sheet.count:
        raise UsageError(
            ngettext("A sheet of {name} has {n} label.", "A sheet of {name} has {n} labels.",
                     sheet.count, name=sheet.name),
            _("Leave out {option}, and put in a whole sheet.", option=f"--skip {skip}"),
        )  # fmt: skip
    return sheet


def checked_kind(kind: str) -> str:
    """`kind`, if labels are made for it. Raises UsageError."""
    if kind not in KINDS:
        raise UsageError(
            _("{field} cannot be “{value}”.", field="--for", value=echo(kind)),
            _("Choose one of: {known}.", known=", ".join(KINDS)),
        )
    return kind


def for_wanted(register: Register, kind: str, wanted: Wanted, today: date) -> list[LabelRow]:
    """The rows of a kind of recipients, by name, as letters would be addressed."""
    found = list(recipients.find(register, kind, wanted, {}, today=today))
    if not found:
        raise RefusedError(
            _("Nobody is picked by this query."),
            _("Try it first with: {command}",
              command=typed(f"frivillig {listed_by(kind)} list QUERY")),
        )  # fmt: skip
    return list(_label_rows(found, wanted.one_per_address))


def _label_rows(found: Iterable[Recipient], one_per_address: bool) -> Iterator[LabelRow]:
    households = Households(by_email=False)
    for one in found:
        recipient = households.left_out(one) if one_per_address else one
        why = recipient.skipped or (None if recipient.by_post else NO_POST)
        if why is None:
            households.meet(recipient)
        yield LabelRow(recipient.row(), why)


def for_batch(register: Register, number: int) -> list[LabelRow]:
    """The rows of a batch, with the addresses that its letters have.

    Left out are those who may not be written to any more, those who get it by e-mail, and those
    who got it in another batch, or get it as somebody else of this one. Of a batch that was posted
    it is no matter what they got before or after.
    """
    batch = queries.batch(register, number)
    rows = queries.letters(register, number)
    gone = {row.id for row in rows if row.state == "sent"}
    not_now = {number: why for number, why in had(register, batch).items() if number not in gone}
    not_now |= standing.left_out_now(register, batch)

    def why(row: LoggedLetter) -> str | None:
        if row.skipped:
            return NO_LETTER
        if row.id in not_now:
            named = not_now[row.id] == "protected" and row.org_id and batch.addressed == "org"
            return NAMES_PROTECTED if named else not_now[row.id]
        if row.sent_how == "email":
            return BY_EMAIL
        if row.state in _IN_OUTBOX:
            return _IN_OUTBOX[row.state]
        return None if row.for_post else NO_POST

    return [LabelRow(_told(row, why(row)), why(row)) for row in rows]


def moved(register: Register, number: int, plan: LabelPlan) -> list[LoggedLetter]:
    """Those who get a label for a letter of a batch, and are called or live otherwise by now."""
    ids = {one.row.id for one in plan.printed if isinstance(one.row, LoggedLetter)}
    rows = [row for row in queries.letters(register, number) if row.id in ids]
    found = otherwise.changed_since(register, queries.batch(register, number), rows)
    return [row for row, what in found if what == otherwise.ADDRESS and row.state != "sent"]


def _told(row: LoggedLetter, why: str | None) -> LoggedLetter:
    return row._replace(skipped=why) if why in SKIP_REASONS else row


def planned(rows: Iterable[LabelRow], sheet: LabelSheet, skip: int) -> LabelPlan:
    """Who gets a label on this sheet: those whose address no readable size makes fit get none."""
    rows = list(rows)
    given = [n for n, row in enumerate(rows) if row.why is None]
    labels = Labels(sheet, [rows[n].lines for n in given], "x")
    for n in too_large(labels, language()) if given else ():
        rows[given[n]] = replace(rows[given[n]], why=TOO_LONG)
    plan = LabelPlan(sheet, skip, rows)
    if not plan.printed:
        widest = max(len(row.row.recipient) for row in rows)
        raise RefusedError(
            ngettext(
                "No label is printed: the only one who is picked is left out.",
                "No label is printed: all {n} who are picked are left out.",
                len(rows),
            ),
            _way_out(rows),
            [f"{row.row.recipient:<{widest}}  {row.reason}" for row in rows[:20]]
            + ["…"] * (len(rows) > 20),
        )
    return plan


def _way_out(rows: Sequence[LabelRow]) -> str:
    codes, first = {row.why for row in rows}, rows[0].row
    if codes & _FILLED_IN or not isinstance(first, LoggedLetter):
        return _("Fill in what is missing, or pick others.")
    log = _("See where each of them is: {command}",
            command=f"frivillig letter log {first.batch_id}")  # fmt: skip
    if codes == {BY_EMAIL}:
        return _("They went by e-mail, and need no label.") + " " + log
    return _("What goes by e-mail needs no label.") + " " + log if codes & _ON_EMAIL else log


@in_documents_language()
def write(register: Register, plan: LabelPlan, path: Path, *, today: date) -> str:
    """Write the PDF, only this user's to read; returns a sentence on odd characters, or ""."""
    replaced = Replaced()
    labels = Labels(
        plan.sheet,
        [row.lines for row in plan.printed],
        title=_("Address labels"),
        author=municipality.get(register).get("municipality.name", ""),
        skip=plan.skip,
        day=today,
    )
    write_atomic(path, labels_pdf(labels, language(), replaced), private=True)
    return replaced.sentence()

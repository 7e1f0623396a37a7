"""The call list itself: some 22 people on an upright sheet, two lines each.

Boxes carry their letter, and groups are letters with a key at the foot of each page.
"""

from __future__ import annotations

from string import ascii_uppercase

from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import fold
from frivillig_cli.documents.sheets import (
    Column,
    Entry,
    Items,
    Phone,
    Section,
    SheetBlock,
    Table,
    Text,
    Value,
)
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.next_queries import NEVER_CALLED
from frivillig_cli.records.activation.selection import REASON_WORDS
from frivillig_cli.records.response.model import ROLE_WORDS
from frivillig_cli.work.beredskap.calls import answer_line
from frivillig_cli.work.beredskap.view import View

_BOX_MM = 7.2
_SHARERS_NAMED = 2
_LONGEST_KEY = 330  # characters: three lines at the foot of each page


def call_list_section(view: View, shown: list[Row], there: int | None = None) -> Section:
    """Those to call, in order; `shown` are the ones that are printed, of `there` (None: all)."""
    columns = call_columns(len(view.rows))
    letters = _letters(shown)
    rows = tuple(_row(view, row, letters) for row in shown)
    key = " · ".join(f"{letter}\N{NO-BREAK SPACE}{name}" for name, letter in letters.items())
    blocks: list[SheetBlock] = []
    total = len(view.eligible) if there is None else there
    if len(shown) < total:
        text = _("The first {n} of {total} are printed. All of them: {command}", n=len(shown),
                 total=total, command="frivillig beredskap print --all")  # fmt: skip
        blocks.append(Text(text, "note"))
    if len(key) > _LONGEST_KEY:
        # It would take the room of the rows on every page: it stands once, before them.
        blocks.append(Items(tuple(f"{letter} {name}" for name, letter in letters.items())))
        key = ""
    blocks.append(Table(columns, rows, legend=legend(), key=key, taps=True))
    if len(shown) < total:  # who has called them all must see that there are more
        more = ngettext(
            "{n} more stands on the list, and is not printed here: on the phone page and in the"
            " workbook, or print all: {command}",
            "{n} more stand on the list, and are not printed here: on the phone page and in the"
            " workbook, or print all: {command}",
            total - len(shown), command="frivillig beredskap print --all",
        )  # fmt: skip
        blocks.append(Text(more))
    return Section(_("Call list"), tuple(blocks))


def call_columns(rows: int) -> tuple[Column, ...]:
    """The columns of a list to call by, wide enough for so many rows."""
    boxes = (_("Y"), _("F"), _("L"), _("N"), _("NA"), _("WN"))
    return (
        Column(_("Row"), 14 if rows < 1000 else 17, kind="code"),
        Column(_("Name, group and skills")),
        Column(_("Number"), 31, kind="phone"),
        *(Column(box, _BOX_MM, kind="box") for box in boxes),
        Column(_("Time"), 12.5, kind="write"),
        Column(_("There"), 18, kind="write"),
        Column(_("By"), 11.5, kind="write"),
    )


def legend() -> str:
    """What the boxes of those columns mean."""
    return _(
        "Y yes · F from (time) · L last resort · N no · NA no answer · WN wrong number."
        " Voicemail is no answer."
    )


def _letters(shown: list[Row]) -> dict[str, str]:
    """A short form of each group's name: A, B, … Z, AA, in the order in which they are called."""
    seats = {(seat.order, fold(seat.name), seat.name) for row in shown for seat in row.groups}
    names = list(dict.fromkeys(name for _order, _folded, name in sorted(seats)))
    return {name: _letter(n) for n, name in enumerate(names)}


def _letter(n: int) -> str:
    before = _letter(n // len(ascii_uppercase) - 1) if n >= len(ascii_uppercase) else ""
    return before + ascii_uppercase[n % len(ascii_uppercase)]


def _row(view: View, row: Row, letters: dict[str, str]) -> tuple[Value, ...]:
    role = next((s.role for s in row.groups if s.role != "member"), None)
    wanted = {need.skill for need in view.needs}
    about = [
        " ".join(sorted({letters[seat.name] for seat in row.groups}, key=lambda a: (len(a), a))),
        # what is needed now comes first
        ", ".join(sorted(row.skills, key=lambda skill: skill not in wanted)),
    ]
    if why := view.kept_off.get(row.id):
        word = _(REASON_WORDS[why])
        about.insert(0, _("{why}: do not call", why=word) if why in NEVER_CALLED else word)
    if answer := answer_line(view, row.id):  # printed again while the call-out is under way
        about.append(answer)
    if shared := view.sharers.get(row.id):
        more = len(shared) - _SHARERS_NAMED
        names = ", ".join(map(view.told_apart, shared[:_SHARERS_NAMED]))
        names += f" +{more}" if more > 0 else ""
        about.append(_("same number as {names}", names=names))
    entry = Entry(row.name, _(ROLE_WORDS[role]) if role else "", " · ".join(filter(None, about)))
    numbers = tuple(Phone(number) for number in row.usable[:2])
    return (row.row_code, entry, _("protected") if row.protected else numbers)

"""A row of a table to a record: cells gathered by field, taken apart, checked."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from frivillig_cli.core.birthnumber import (
    find_birth_number,
    is_birth_number,
    may_hold_birth_number,
)
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.postcode import Parts, take_apart
from frivillig_cli.core.vacant import NOTHING
from frivillig_cli.formats.tables import CellProblem, TableRow
from frivillig_cli.work.imports.columns import Columns
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.mend import SECTIONS
from frivillig_cli.work.imports.record import Record, Value
from frivillig_cli.work.imports.result import Rejection
from frivillig_cli.work.imports.titles import NAME_PARTS, OFFICES
from frivillig_cli.work.imports.together import NO_NAME

# Fields in which a formula's last result is shown and not believed.
NO_FORMULA = frozenset({"id", "orgnr", "bank_account"})
_OWN_TEN_DIGITS = ("phone", "website")  # what has such numbers without their being anybody's
_FIVE_DIGITS = re.compile("[0-9]{5}")
_DECIMAL = re.compile(r"(?<=[0-9])\.0$")
_WHOLE_CODES = {"postcode": 4, "municipality": 4, "bank_account": 11, "orgnr": 0, "id": 0}
_CODES = frozenset((*_WHOLE_CODES, "language"))
_OF_ONE = frozenset({"id", "name", "orgnr", "email", "phone"})  # nearly never twice in a list
_FIGURES = frozenset({"members"})  # what may stand beside a sum
_SHORTEST = len("3400 L")  # of what can be taken apart
_NAME_PARTS = frozenset(f"{office}{part}" for office in OFFICES for part in NAME_PARTS)
_LANGUAGES = {
    "bokmal": "nb",
    "bm": "nb",
    "nynorsk": "nn",
    "engelsk": "en",
    "english": "en",
    "nb-no": "nb",
    "nn-no": "nn",
}


class Guessed(NamedTuple):
    """A cell that was taken for something near, and what it was taken for."""

    field: str
    text: str
    value: str


def read_row(
    row: TableRow, columns: Columns, kind: Kind, guessed: list[Guessed] | None = None
) -> Record | list[Rejection]:
    """The record of a row, or why it is none: what is wrong with what tells whose row it is.

    Another cell that is wrong is left out of a row that is taken in. Birth numbers are masked.
    `guessed` gets the cells that were taken for something near: `ca 40` for 40.
    """
    birth = _birth_number(row, columns)
    if birth:
        return [birth]
    gathered = _gather(row, columns, kind)
    texts, wrong, left_out = gathered.texts, gathered.wrong, gathered.left_out
    values: dict[str, Value] = {}
    if "protected" in texts and (closed := _protected(row, texts, kind)):
        if not kind.offices:
            return closed
        left_out += closed
    offices = {}
    if not kind.offices.isdisjoint(texts):
        offices = {field: texts.pop(field) for field in list(texts) if field in kind.offices}
        if not _NAME_PARTS.isdisjoint(offices):
            _join_names(offices)
    for field, text in texts.items():
        try:
            check = _check_anew if field in _OF_ONE else _check
            value = check(kind.check, field, text)
        except InvalidValueError as error:
            if field == "orgnr" and fold(text) in NOTHING:
                continue
            refused = Rejection(row.number, field, echo(text), error.message)
            if field in kind.strict:
                wrong.append(refused)
            else:
                found = _meant(kind, refused, text)
                left_out += found.left_out
                if found.value not in ("", ()):
                    values[field] = found.value
                    if guessed is not None:
                        guessed.append(Guessed(field, echo(text), str(found.value)))
        else:
            if value not in ("", ()):
                values[field] = value
    if len(left_out) > 1 and not wrong and _slipped(values, left_out):
        return left_out
    for field, text in gathered.more:
        left_out += _second(kind, values, Rejection(row.number, field, echo(text), ""), text)
    if wrong:
        told = wrong + [refused for refused in left_out if not refused.uncertain]
        order = [*columns.fields.values(), *(refused.field for refused in told)]
        return sorted(told, key=lambda refused: order.index(refused.field))
    return Record(row.number, values, offices=offices, left_out=tuple(left_out))


def _join_names(offices: dict[str, str]) -> None:
    """Make one name of a first and a last name in columns of their own, where it is not whole."""
    for office in OFFICES:
        names = [offices.pop(f"{office}{part}", "") for part in NAME_PARTS]
        if any(names) and office not in offices:
            offices[office] = " ".join(filter(None, names))


def _slipped(values: Mapping[str, Value], left_out: list[Rejection]) -> bool:
    """Whether more of a row cannot be read than can: its columns have slipped."""
    return sum(not refused.uncertain for refused in left_out) > max(1, len(values))


@dataclass(slots=True)
class _Gathered:
    """The cells of a row by field; `more` are further columns of a field that holds one value."""

    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    wrong: list[Rejection] = dataclasses.field(default_factory=list)
    left_out: list[Rejection] = dataclasses.field(default_factory=list)
    more: list[tuple[str, str]] = dataclasses.field(default_factory=list)


@dataclass(slots=True)
class _Found:
    value: Value = ""
    left_out: list[Rejection] = dataclasses.field(default_factory=list)


def _meant(kind: Kind, refused: Rejection, text: str) -> _Found:
    """What a cell that could not be read may be taken for, else the refusal of it."""
    from frivillig_cli.work.imports.mend import meant, year_only

    if year_only(refused.field, text):
        why = _("only a year: write the whole date, or leave the column out with --map")
        if refused.field == "founded":
            why = _("about when only: write the year alone if it is right")
        return _Found(left_out=[replace(refused, why=why, uncertain=True)])
    near = meant(refused.field, text)
    if near is None:
        return _Found(left_out=[refused])
    try:
        value = kind.check(refused.field, near.text) if near.text else ""
    except InvalidValueError:
        return _Found(left_out=[refused])
    rest = [replace(refused, value=echo(near.more), why=_one_only(), uncertain=True)]
    return _Found(value, rest if near.more else [])


def _one_only() -> str:
    return _("there is room for one, and the first is taken")


def _second(kind: Kind, values: dict[str, Value], refused: Rejection, text: str) -> list[Rejection]:
    """A further column of a field: taken where nothing stands, left out where another does."""
    field = refused.field
    try:
        found = _Found(kind.check(field, text))
    except InvalidValueError as error:
        found = _meant(kind, replace(refused, why=error.message), text)
    if field not in values and found.value not in ("", ()):
        values[field] = found.value
    elif found.value not in ("", (), values.get(field)):
        found.left_out.insert(0, replace(refused, why=_one_only(), uncertain=True))
    return found.left_out


_NOT_PROTECTED = frozenset(
    ("nei", "no", "n", "0", "false", "usann", "-", "ingen", "ikke", "ugradert")
)


def _protected(row: TableRow, texts: dict[str, str], kind: Kind) -> list[Rejection]:
    """Why a person whom the list says is protected is not taken in; which level is not kept."""
    if fold(texts.pop("protected")) in _NOT_PROTECTED:
        return []
    for name in [name for name in texts if name in kind.offices]:
        del texts[name]
    why = _("protected, says the list: such a person is entered by hand only, and then protected")
    return [Rejection(row.number, "protected", "", why)]


_PLACES = frozenset(("street", "city"))


def _check_anew(check: Callable[[str, str], Value], field: str, text: str) -> Value:
    if field == "id":
        return text if text.isdecimal() else ""
    if field == "name" and (NO_NAME.fullmatch(text) or not any(map(str.isalnum, text))):
        raise InvalidValueError(
            _("“{value}” is no name: is it the right column?", value=echo(text)),
            _("Say which column is which: --map TITLE=name"),
        )
    if field in _PLACES and NO_NAME.fullmatch(text):
        raise InvalidValueError(
            _("“{value}” is no address: is it the right column?", value=echo(text)),
            _("Say which column is which: --map TITLE=street"),
        )
    return check(field, text)


# places, postcodes, kinds of activity: the same in many rows
_check = lru_cache(maxsize=4096)(_check_anew)


def is_result(problem: CellProblem, field: str, text: str) -> bool:
    """Whether a cell that cannot be taken at its word has the result of a formula, to be taken."""
    return (
        problem.worked_out and bool(text) and not text.startswith("#") and field not in NO_FORMULA
    )


def _gather(row: TableRow, columns: Columns, kind: Kind) -> _Gathered:
    found = _Gathered()
    texts = found.texts
    problems = {problem.header: problem for problem in row.problems} if row.problems else None
    for title, field in columns.fields.items():
        text = row.values.get(title) or ""
        problem = problems.get(title) if problems else None
        if problem and not is_result(problem, field, text):
            refused = Rejection(row.number, field, echo(text), problem.message)
            (found.wrong if field in kind.strict else found.left_out).append(refused)
        elif text:
            if field in _CODES:
                text = _whole_code(field, text, title in row.numbers)
            elif field in _FIGURES and title in row.numbers:
                text = text.replace(".", ",")  # a fraction, as Norwegian programs show it
            if field not in texts:
                texts[field] = text
            elif field in kind.lists:
                texts[field] = f"{texts[field]}; {text}"
            else:
                found.more.append((field, text))
    _take_apart(texts)
    return found


def _whole_code(field: str, text: str, number: bool) -> str:
    """What a spreadsheet has taken from a code: 301 is 0301, 974760673.0 is 974760673."""
    if field in _WHOLE_CODES:
        text = _DECIMAL.sub("", text) if text.endswith(".0") else text
        length = _WHOLE_CODES[field]
        if len(text) == length - 1 and (number or length == 4) and re.fullmatch("[0-9]+", text):
            return f"0{text}"
    if field == "language":
        return _LANGUAGES.get(fold(text), text)
    return text


def _take_apart(texts: dict[str, str]) -> None:
    """`3400 Lier` is a postcode and a place; `Veien 1, 3400 Lier` is a street as well."""
    if "first_name" in texts or "last_name" in texts:
        names = [texts.pop(field, "") for field in ("first_name", "last_name")]
        if not texts.get("name"):
            texts["name"] = " ".join(filter(None, names))
    for field in ("postplace", "postcode", "city", "street"):
        text = texts.get(field, "")
        if len(text) < _SHORTEST or text.isalpha():
            continue
        if field == "street" and texts.get("postcode", "") not in text:
            continue
        found = take_apart(text)
        if not found or (field in ("city", "postplace") and not found.city):
            continue
        if field in ("city", "street") and _another_place(texts, found, field):
            continue
        del texts[field]
        for part, value in found._asdict().items():
            if value := texts.get(part) or value:
                texts[part] = value
    rest = texts.pop("postplace", "")
    if rest:
        part = "postcode" if rest.isdecimal() else "city"
        texts[part] = texts.get(part) or rest


def _another_place(texts: Mapping[str, str], found: Parts, field: str) -> bool:
    """Whether another column has another place: then nothing is taken apart, and nothing lost."""
    city = texts.get("city", "") if field == "street" and found.city else ""
    other_city = city and fold(city) != fold(found.city)
    return bool(other_city) or texts.get("postcode", found.postcode) != found.postcode


def _birth_number(row: TableRow, columns: Columns) -> Rejection | None:
    """A birth number anywhere in the row, also in columns that are not read, also in two cells."""
    last = ""
    for title, text in row.values.items():
        if not text:
            continue
        masked = None
        if len(text) > 9 and may_hold_birth_number(text):
            ten_digits = columns.fields.get(title) in _OWN_TEN_DIGITS
            masked = find_birth_number(text, lost_nought=not ten_digits)
        elif len(text) == 5:
            masked = _split_in_two(last, text)
        if masked:
            return Rejection(
                row.number,
                columns.fields.get(title) or echo(title),
                masked,
                _("A birth number ({masked}): the register never keeps them.", masked=masked),
            )
        last = text
    return None


def _split_in_two(first: str, second: str) -> str | None:
    """A date in one cell and the five digits of the person in the next."""
    if not _FIVE_DIGITS.fullmatch(second):
        return None
    digits = re.sub(r"[.\s]", "", first).zfill(6)
    if re.fullmatch("[0-9]{6}", digits):
        return f"{digits}*****" if is_birth_number(digits + second) else None
    return None


_SUM = re.compile(
    r"(?:sum|sum totalt|totalt?|totalsum|i alt|til ?sammen|antall(?: lag| foreninger)?)"
    r"\s*[:=]?\s*(?:[0-9]+(?: (?:klubber|lag|foreninger|idrettslag|organisasjoner))?)?"
    r"|(?:sum|delsum|deltotal|subtotal|totalsum|totalt)[ :].*"
)


def is_heading(record: Record, row: TableRow) -> bool:
    """Whether a row is none of the list's entries: `IDRETT` over the clubs, a sum beneath them.

    A heading stands alone, also among the cells that are not read.
    """
    name = record.text("name")
    others = record.values.keys() - {"name"}
    if not name or record.offices or not others <= _FIGURES:
        return False
    folded = fold(name)
    if name.endswith(":") or name.startswith("*") or folded in SECTIONS:
        return sum(map(bool, row.values.values())) == 1
    if not any(map(str.isalpha, name)):  # `Sum` in another column, and how many there are
        return any(cell and _SUM.fullmatch(fold(cell)) for cell in row.values.values())
    return bool(_SUM.fullmatch(folded))


def nothing_read(row: TableRow, titles: Iterable[str]) -> bool:
    """Whether all cells that are read are blank."""
    return not any(row.values.get(title) for title in titles)


def several(values: Mapping[str, Value], field: str) -> tuple[str, ...]:
    """The values of a field that holds several; none when the row has none."""
    value = values.get(field, ())
    return value if isinstance(value, tuple) else (str(value),)


def as_texts(values: Mapping[str, Value]) -> dict[str, str]:
    """Single values for an action that takes them as typed; lists and the id are left out."""
    return {
        field: str(value)
        for field, value in values.items()
        if field != "id" and not isinstance(value, tuple)
    }

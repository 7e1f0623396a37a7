"""A row of a table to a record: cells gathered by field, taken apart, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from frivillig_cli.core.birthnumber import find_birth_number, is_birth_number
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.formats.tables import TableRow
from frivillig_cli.work.imports.columns import Columns
from frivillig_cli.work.imports.record import Kind, Record, Value
from frivillig_cli.work.imports.result import Rejection

# Fields in which a formula's last result is shown and not believed.
_NO_FORMULA = frozenset({"id", "orgnr", "bank_account"})
_OWN_TEN_DIGITS = ("phone", "website")  # what has such numbers without their being anybody's
_FIVE_DIGITS = re.compile("[0-9]{5}")
_DECIMAL = re.compile(r"(?<=[0-9])\.0$")
_WHOLE_CODES = {"postcode": 4, "municipality": 4, "bank_account": 11, "orgnr": 0, "id": 0}
_ADDRESS = re.compile(
    r"(?:(?P<street>.+?)[,\s]+)?(?:NO-|N-)?(?P<postcode>[0-9]{4})\s+(?P<city>[^\d]+)"
)
_OF_ONE = frozenset({"id", "name", "orgnr", "email", "phone"})  # nearly never twice in a list
_SHORTEST = len("3400 L")  # of what can be taken apart
_LANGUAGES = {
    "bokmal": "nb",
    "nynorsk": "nn",
    "engelsk": "en",
    "english": "en",
    "nb-no": "nb",
    "nn-no": "nn",
}


def read_row(row: TableRow, columns: Columns, kind: Kind) -> Record | list[Rejection]:
    """The record of a row, or why it is none: every cell that is wrong, birth numbers masked."""
    birth = _birth_number(row, columns)
    if birth:
        return [birth]
    texts, wrong = _gather(row, columns, kind)
    values: dict[str, Value] = {}
    left_out: tuple[Rejection, ...] = ()
    offices = {field: texts.pop(field) for field in list(texts) if field in kind.offices}
    for field, text in texts.items():
        try:
            check = _check_anew if field in _OF_ONE else _check
            value = check(kind.check, field, text)
        except InvalidValueError as error:
            refused = Rejection(row.number, field, echo(text), error.message)
            if field in kind.lenient:
                left_out = (*left_out, refused)
            else:
                wrong.append(refused)
        else:
            if value not in ("", ()):
                values[field] = value
    return wrong or Record(row.number, values, offices=offices, left_out=left_out)


def _check_anew(check: Callable[[str, str], Value], field: str, text: str) -> Value:
    if field == "id":
        return text if text.isdecimal() else ""
    return check(field, text)


# places, postcodes, kinds of activity: the same in many rows
_check = lru_cache(maxsize=4096)(_check_anew)


def _gather(row: TableRow, columns: Columns, kind: Kind) -> tuple[dict[str, str], list[Rejection]]:
    wrong = []
    texts: dict[str, str] = {}
    problems = {problem.header: problem for problem in row.problems}
    for title, field in columns.fields.items():
        text = row.values.get(title) or ""
        problem = problems.get(title) if problems else None
        if problem and (not text or text.startswith("#") or field in _NO_FORMULA):
            wrong.append(Rejection(row.number, field, echo(text), problem.message))
        elif text:
            if field in _WHOLE_CODES or field == "language":
                text = _whole_code(field, text, title in row.numbers)
            if field in texts and field in kind.lists:
                text = f"{texts[field]}; {text}"
            elif field in texts:
                continue
            texts[field] = text
    _take_apart(texts)
    return texts, wrong


def _whole_code(field: str, text: str, number: bool) -> str:
    """What a spreadsheet has taken from a code: 301 is 0301, 974760673.0 is 974760673."""
    if field in _WHOLE_CODES:
        text = _DECIMAL.sub("", text) if text.endswith(".0") else text
        length = _WHOLE_CODES[field]
        if len(text) == length - 1 and (number or length == 4) and re.fullmatch("[0-9]+", text):
            return f"0{text}"
    if field == "language":
        from frivillig_cli.core.names import fold

        return _LANGUAGES.get(fold(text), text)
    return text


def _take_apart(texts: dict[str, str]) -> None:
    """`3400 Lier` is a postcode and a place; `Veien 1, 3400 Lier` is a street as well."""
    names = [texts.pop(field, "") for field in ("first_name", "last_name")]
    if any(names) and not texts.get("name"):
        texts["name"] = " ".join(filter(None, names))
    for field in ("postplace", "postcode", "city", "street"):
        text = texts.get(field, "")
        if len(text) < _SHORTEST or text.isalpha() or (field == "street" and "postcode" in texts):
            continue
        found = _ADDRESS.fullmatch(text)
        if not found:
            continue
        if field == "city" and texts.get("postcode", found["postcode"]) != found["postcode"]:
            continue
        del texts[field]
        for part, value in found.groupdict().items():
            if value := texts.get(part) or (value or "").strip(" ,"):
                texts[part] = value
    rest = texts.pop("postplace", "")
    if rest:
        part = "postcode" if rest.isdecimal() else "city"
        texts[part] = texts.get(part) or rest


def _birth_number(row: TableRow, columns: Columns) -> Rejection | None:
    """A birth number anywhere in the row, also in columns that are not read, also in two cells."""
    last = ""
    for title, text in row.values.items():
        if not text:
            continue
        field = columns.fields.get(title, "")
        masked = None
        if len(text) > 9:
            masked = find_birth_number(text, lost_nought=field not in _OWN_TEN_DIGITS)
        if len(text) == 5:
            masked = _split_in_two(last, text)
        if masked:
            return Rejection(
                row.number,
                field or echo(title),
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

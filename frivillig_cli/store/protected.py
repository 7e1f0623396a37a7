"""What protects people: numbers and addresses refused in texts, and left out of what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.core.phone import pattern_of
from frivillig_cli.store.register import Register

Record = TypeVar("Record")


def refuse(register: Register, *texts: str | None) -> None:
    """Raise RefusedError where a text holds the number or the address of a protected person."""
    said = " | ".join(filter(None, texts))
    plain = re.sub(r"\D", "", said)
    if not plain:
        return
    for number, person_id, name in _people(register):
        if number.removeprefix("+47").lstrip("+") in plain and pattern_of(number).search(said):
            raise RefusedError(
                _("The text holds the number of {name}, who is protected.", name=name),
                _("Leave it out, and write where it is: person {id}. Their number stands in the"
                  " register only.", id=person_id),
            )  # fmt: skip
    for street in _streets(register):
        if street.folded().search(fold(said)):
            raise RefusedError(
                _("The text holds the address of {name}, who is protected.", name=street.name),
                _("Leave it out, and write where it is: person {id}. Their address stands in the"
                  " register only.", id=street.person_id),
            )  # fmt: skip


@dataclass(frozen=True)
class _Street:
    """Street and house number of somebody protected; `elsewhere` are the postcodes and towns of
    associations and places with the same street and number in another town.
    """

    street: str
    person_id: int
    name: str
    elsewhere: tuple[str, ...]

    def folded(self) -> re.Pattern[str]:
        """The address in a folded text, however its parts are set off: `Øvre vei 12 B`, `12B`."""
        own, out = _joined(street_key(self.street)), self._not_there(_joined)
        return re.compile(rf"(?<!\w){own}(?!\w){out}")

    def as_written(self) -> re.Pattern[str]:
        """The same in a text as somebody wrote it, with the postcode and place that may follow."""
        own, out = _spelt(street_key(self.street)), self._not_there(_spelt)
        place = r"(?:[\s,]+[0-9]{4}\s+(?-i:[A-ZÆØÅ])[^\W\d_]*)?"
        return re.compile(rf"(?<!\w){own}(?!\w){out}{place}", re.IGNORECASE)

    def _not_there(self, joined: Callable[[tuple[str, ...]], str]) -> str:
        if not self.elsewhere:
            return ""
        places = "|".join(joined(street_key(place)) for place in self.elsewhere)
        return rf"(?![\W_]*(?:{places})(?!\w))"


def _joined(parts: Iterable[str]) -> str:
    return r"[\W_]*".join(parts)


def _streets(register: Register) -> list[_Street]:
    """The address of each protected person.

    Not one that an association or a place has too, in the same town: that one is no secret. A name
    without a number (`Bakken`) is too often something else.
    """
    rows = register.rows(
        "SELECT street, id, name, postcode, city FROM person"
        " WHERE protected = 1 AND street GLOB '*[0-9]*' ORDER BY id"
    )
    if not rows:
        return []
    public: dict[tuple[str, ...], list[tuple[str | None, str | None]]] = {}
    for street, *place in register.rows(
        "SELECT street, postcode, city FROM org WHERE street IS NOT NULL"
        " UNION SELECT street, postcode, city FROM resource WHERE street IS NOT NULL"
    ):
        public.setdefault(street_key(street), []).append((place[0] or None, place[1] or None))
    found = []
    for street, person_id, name, *own in rows:
        others = public.get(street_key(street), [])
        if not any(_same_place((own[0] or None, own[1] or None), other) for other in others):
            near = {fold(word) for word in own if word}
            places = sorted({fold(word) for other in others for word in other if word} - near)
            found.append(_Street(street, person_id, name, tuple(filter(street_key, places))))
    return found


def _same_place(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether two postcodes and towns are the same: the postcode tells, else the town; of one that
    is not known nobody can say so, unless neither is.
    """
    for own, its in zip(one, other, strict=True):
        if own and its:
            return fold(own) == fold(its)
    return not any((*one, *other))


def same_street(
    one: tuple[str | None, str | None, str | None], other: tuple[str | None, str | None, str | None]
) -> bool:
    """Whether an address (street, postcode, town) is another, however it is written: with words
    behind it, too, or behind a name (`c/o Kari Moe, Bruveien 2`)."""
    if not (one[0] and other[0]) or not _holds(one[0], street_key(other[0])):
        return False
    return _same_place((one[1] or None, one[2] or None), (other[1] or None, other[2] or None))


def _holds(street: str, key: tuple[str, ...]) -> bool:
    own = street_key(street)
    if own == key or not any(map(str.isdigit, key)):
        return own == key
    found = (n for n in range(len(own)) if own[n : n + len(key)] == key)
    at = next(found, None)
    return at == 0 or (at is not None and _BEHIND.search(street) is not None)


def street_key(street: str) -> tuple[str, ...]:
    """The words and numbers of a street: the same, however it is written."""
    return tuple(re.findall(r"[0-9]+|[^\W\d_]+", fold(street)))


# What stands between a name and the street of whoever has it.
_BEHIND = re.compile(r"\b(?:c/o|v/|hos\b|ved\b|att\b)|[,;(]", re.IGNORECASE)
# How a letter is written that `fold` makes one of these of.
_SPELT = {"a": "[aåáàâã]+", "e": "(?:a?e|[æäéèêë])", "o": "(?:oe+|[oøöóòôõ])"}


def _spelt(key: Iterable[str]) -> str:
    """The parts of an address as somebody may have written what `fold` makes of them."""
    return _joined("".join(_SPELT.get(c, re.escape(c)) for c in part) for part in key)


def ways(register: Register) -> list[tuple[str, str]]:
    """(name, phone as E.164 or e-mail) of each way to reach somebody who is protected."""
    rows = register.rows(
        "SELECT p.name, f.number FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE p.protected = 1"
        " UNION SELECT name, email FROM person WHERE protected = 1 AND email IS NOT NULL"
    )
    return [(row[0], row[1]) for row in rows]


def folded(register: Register) -> Callable[[str], str]:
    """What takes the phones, e-mails and addresses of the protected out of a folded text."""
    patterns = [
        re.compile(re.escape(fold(way))) if "@" in way else pattern_of(way)
        for _name, way in ways(register)
    ]
    patterns += [street.folded() for street in _streets(register)]

    def without(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(" ", text)
        return text

    return without


def streets(register: Register) -> list[tuple[str, re.Pattern[str]]]:
    """(name, pattern of the address in a folded text) of each protected person's."""
    return [(street.name, street.folded()) for street in _streets(register)]


def is_name(register: Register, folded: str) -> bool:
    """Whether somebody who is protected has this name, folded."""
    sql = "SELECT 1 FROM person WHERE protected = 1 AND name_search = ?"
    return register.row(sql, (folded,)) is not None


def by_way(register: Register) -> dict[str, str]:
    """Whose each phone (E.164) or e-mail, in small letters, of a protected person is."""
    return {way.casefold(): name for name, way in ways(register)}


# The fields of an association that a phone may stand within.
IN_TEXT = ("name", "website")
_FIGURES = re.compile(r"(?:[^0-9]*+[0-9]){8}")  # in all, wherever they stand


def number_in(text: object, ways: Container[str]) -> str | None:
    """The Norwegian phone among `ways` (E.164) whose eight figures stand in a text as a number of
    their own, or None."""
    if not text or not _FIGURES.match(said := str(text)):
        return None
    plain = re.sub(r"[^0-9]", "", said)
    found = (f"+47{plain[at : at + 8]}" for at in range(len(plain) - 7))
    return next((one for one in found if one in ways and pattern_of(one).search(said)), None)


def among(theirs: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """field -> whose it is, of the phone and the e-mail among an association's values, and of a
    phone in its name or web address, that are a protected person's; `theirs` as `by_way` gives
    them."""
    given = [(field, str(values.get(field) or "").casefold()) for field in ("phone", "email")]
    given += [(field, number_in(values.get(field), theirs) or "") for field in IN_TEXT]
    return {field: theirs[way] for field, way in given if way in theirs}


def refuse_way(register: Register, **fields: object) -> None:
    """Raise RefusedError where a phone (E.164) or e-mail that others read is a protected person's.

    `fields`: those of an association, whose way it is to be; its name and web address, too, where
    a phone may stand in them.
    """
    if not any(_FIGURES.match(str(v or "")) if f in IN_TEXT else v for f, v in fields.items()):
        return
    for field, name in among(by_way(register), fields).items():
        raise RefusedError(
            of_protected(name, field),
            _("An association's stands in lists that others read: write it without the number.")
            if field in IN_TEXT
            else _("An association's stands in lists that others read: leave it out."),
        )


def of_protected(name: str, field: str) -> str:
    """The sentence that a phone or an e-mail is a protected person's."""
    if field == "email":
        return _("It is the e-mail of {name}, who is protected.", name=name)
    return _("It is the phone of {name}, who is protected.", name=name)


class Hidden:
    """What is left out of texts: numbers, and the addresses of those who are protected now.

    A number that somebody else has too stays in that one's lines. `names` are the numbers, with
    whose they are.
    """

    def __init__(self, register: Register, names: Mapping[str, set[str]]) -> None:
        self._names = names
        self._shared = _shared_by_others(register, list(names))
        self._streets = [(street.folded(), street.as_written()) for street in _streets(register)]
        self._digits = {number: number.removeprefix("+47")[-4:] for number in names}

    def without(self, text: str | None, about: str | None = None) -> str | None:
        """`text` without them; `about` is who was rung."""
        if not text or not (self._names or self._streets):
            return text
        plain = re.sub(r"\D", "", text)
        for number, names in self._names.items():
            if self._digits[number] not in plain:
                continue
            if about not in names and about in self._shared.get(number, ()):
                continue
            text = pattern_of(number).sub(_left_out, text)
        for wanted, written in self._streets:
            text = _without_street(text, wanted, written)
        return text


def _without_street(text: str, wanted: re.Pattern[str], written: re.Pattern[str]) -> str:
    if not wanted.search(fold(text)):
        return text
    kept = written.sub(_("[protected address]"), text)
    return _("[protected address]") if wanted.search(fold(kept)) else kept


def shown(register: Register, values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """`values`, the texts of these names as anybody may see them.

    Each number and address has a digit: where no text has one, the register is not asked.
    """
    told = {name: values[name] for name in names if re.search(r"\d", values[name] or "")}
    if not told:
        return dict(values)
    without = hidden(register).without
    return {**values, **{name: without(text) for name, text in told.items()}}


def of(register: Register, found: Iterable[Record], *fields: str) -> list[Record]:
    """Records (dataclasses), their texts `fields` as anybody may see them."""
    records: list[Any] = list(found)
    texts = [
        {name: told for name in fields if re.search(r"\d", told := getattr(one, name) or "")}
        for one in records
    ]
    if not any(texts):
        return records
    without = hidden(register).without
    seen = [{name: without(text) for name, text in told.items()} for told in texts]
    changed = zip(records, texts, seen, strict=True)
    return [one if told == left else replace(one, **left) for one, told, left in changed]


def everywhere(register: Register, value: Any) -> Any:
    """A text, or columns and lists of them, as anybody may see it."""
    without = hidden(register).without

    def seen(one: Any) -> Any:
        if isinstance(one, str):
            return without(one)
        if isinstance(one, dict):
            return {key: seen(part) for key, part in one.items()}
        return [seen(part) for part in one] if isinstance(one, list) else one

    return seen(value)


def hidden(register: Register) -> Hidden:
    """The numbers and addresses of those who are protected now."""
    names: dict[str, set[str]] = {}
    for number, _id, name in _people(register):
        names.setdefault(number, set()).add(name)
    return Hidden(register, names)


def owners(register: Register) -> dict[str, set[int]]:
    """The numbers of those who are protected now, and which others have each, by their ids.

    They keep it where it stands as theirs.
    """
    found: dict[str, set[int]] = {}
    for number, other in register.rows(
        "SELECT f.number, o.id FROM person p JOIN person_phone f ON f.person_id = p.id"
        " LEFT JOIN person_phone s ON s.number = f.number AND s.person_id <> p.id"
        " LEFT JOIN person o ON o.id = s.person_id AND o.protected = 0 WHERE p.protected = 1"
    ):
        found.setdefault(number, set()).update([] if other is None else [other])
    return found


def _people(register: Register) -> list[tuple[str, int, str]]:
    """(phone number, person's number, name) of each number of a protected person."""
    rows = register.rows(
        "SELECT f.number, p.id, p.name FROM person p JOIN person_phone f ON f.person_id = p.id"
        " WHERE p.protected = 1 ORDER BY p.id"
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _shared_by_others(register: Register, numbers: list[str]) -> dict[str, set[str]]:
    """Those of `numbers` that others have too who are not protected, with their names: those they
    have now, and those they had on a list.
    """
    if not numbers:
        return {}
    rows = register.rows(
        "SELECT f.number, p.name, c.name FROM person_phone f JOIN person p ON p.id = f.person_id"
        " LEFT JOIN callout c ON c.person_id = p.id"
        f" WHERE p.protected = 0 AND f.number IN ({','.join('?' * len(numbers))})",
        numbers,
    )
    found: dict[str, set[str]] = {}
    for number, *names in rows:
        found.setdefault(number, set()).update(filter(None, names))
    return found


def _left_out(found: re.Match[str]) -> str:
    return "" if found[0].startswith(" (") else _("[protected number]")

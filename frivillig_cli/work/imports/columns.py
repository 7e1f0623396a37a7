"""The columns of one file: guessed, and corrected with `--map "Tlf=phone"`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import nearest
from frivillig_cli.work.imports import headers
from frivillig_cli.work.imports.headers import IGNORE, key

_IDENTITIES = {"name", "first_name", "last_name", "orgnr", "id", "email"}


@dataclass(frozen=True)
class Columns:
    """Which column (by its title, no two alike) is which field; which were chosen to be `left`."""

    titles: tuple[str, ...]
    fields: Mapping[str, str]
    left: tuple[str, ...] = ()

    @property
    def unused(self) -> list[str]:
        """The titles of columns that are not read, and nobody has chosen to leave out."""
        return [t for t in self.titles if t not in self.fields and t not in self.left]

    def of(self, field: str) -> list[str]:
        """The titles of the columns that are `field`."""
        return [title for title, its_field in self.fields.items() if its_field == field]


def parse_map(
    texts: Sequence[str], known: Mapping[str, str], labels: Mapping[str, str] | None = None
) -> dict[str, str]:
    """`Tlf=phone` (several, or with commas between) to title → field. Raises UsageError.

    A field may be called what it is called on the screen (`labels`), or by one of the titles
    that it is known by.
    """
    called = {word: field for field, words in known.items() for word in map(key, words.split())}
    called |= {key(label): field for field, label in (labels or {}).items()}
    pairs = {}
    for text in [part for given in texts for part in given.split(",")]:
        title, equals, field = (part.strip() for part in text.rpartition("="))
        if not equals or not title:
            raise UsageError(
                _("“{text}” does not say which column is which field.", text=echo(text)),
                _('Write the title and the field: --map "Tlf=phone"'),
            )
        if field != IGNORE and field not in known:
            if key(field) not in called:
                raise _no_field(field, [(labels or {}).get(one, one) for one in known])
            field = called[key(field)]
        pairs[title] = field
    _refuse_two_of_one(pairs, known, labels or {})
    return pairs


def _refuse_two_of_one(
    pairs: Mapping[str, str], known: Mapping[str, str], labels: Mapping[str, str]
) -> None:
    """Raise UsageError where two columns are said to be one field: only one can be read."""
    for field in dict.fromkeys(pairs.values()):
        titles = [title for title, its_field in pairs.items() if its_field == field]
        if len(titles) < 2 or field in (IGNORE, *headers.SEVERAL):
            continue
        hint = _("Name one of them.")
        parts = headers.parts_of(field, known)
        if parts and len(titles) == len(parts):
            titles.sort(key=headers.is_last_name)
            first, last = (
                f'--map "{one}={labels.get(part, part)}"'
                for one, part in zip(titles, parts, strict=True)
            )
            hint = _("If they are the first name and the last name: {first} {last}",
                     first=first, last=last)  # fmt: skip
        raise UsageError(
            _("Two columns cannot both be {field}: {columns}.",
              field=labels.get(field, field), columns=_shown(titles)),
            hint,
        )  # fmt: skip


def _no_field(field: str, known: list[str]) -> UsageError:
    near = nearest(field, known, 1)
    return UsageError(
        _("There is no field “{field}”.", field=echo(field)),
        (_("Did you mean {names}?", names=near[0]) + " " if near else "")
        + _("Fields: {fields}. A hyphen leaves the column out.", fields=", ".join(known)),
    )


def find_columns(
    titles: Sequence[str],
    sample: Sequence[Mapping[str, str | None]],
    known: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Columns:
    """The columns of a file: guessed, then corrected by `chosen` (title → field).

    Raises UsageError for a title that the file lacks, RefusedError when no column tells who or
    what a row is about.
    """
    fields = headers.guess(titles, sample, known)
    asked = as_titled(chosen, titles)
    for title, field in asked.items():
        alone = field not in headers.SEVERAL
        fields = {t: f for t, f in fields.items() if t != title and not (alone and f == field)}
        if field != IGNORE:
            fields[title] = field
    in_order = {title: fields[title] for title in titles if title in fields}
    if not in_order and len(titles) == 1:
        raise RefusedError(
            _("No column holds names."),
            _('Write a title, such as Navn, above the first name. If “{title}” is a title: '
              '--map "{title}=name"', title=echo(titles[0])),
        )  # fmt: skip
    if not _IDENTITIES.intersection(in_order.values()):
        raise RefusedError(
            _("No column holds names."),
            _(
                'Say which one does: --map "TITLE=name". The columns: {columns}.',
                columns=_shown(titles),
            ),
        )
    left = tuple(title for title in titles if asked.get(title) == IGNORE)
    return Columns(tuple(titles), in_order, left)


def as_titled(chosen: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    """`chosen` by the titles as they stand in the file. Raises UsageError for one it lacks."""
    return {_title(wanted, titles): field for wanted, field in chosen.items()}


def titled(wanted: str, titles: Sequence[str]) -> str | None:
    """The title that is meant: that very one, or one that is the same but for case and marks."""
    if wanted in titles:
        return wanted
    alike = key(wanted)
    return next((title for title in titles if alike and key(title) == alike), None)


def _title(wanted: str, titles: Sequence[str]) -> str:
    title = titled(wanted, titles)
    if title is not None:
        return title
    raise UsageError(
        _("The file has no column “{title}”.", title=echo(wanted)),
        _("Its columns are: {columns}.", columns=_shown(titles)),
    )


def _shown(titles: Sequence[str]) -> str:
    return ", ".join(echo(title) for title in titles[:20])

"""Words as typed to words that the index knows, and how well a thing fits them. No SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frivillig_cli.core.names import fold
from frivillig_cli.work.search.model import Fit

MOST_WORDS = 20
LONGEST_WORD = 200
_TOLD_APART = 10  # of a word's trigrams in a search: more find nothing that these do not


def words(typed: Sequence[str]) -> list[str]:
    """The folded words to search for, each once.

    Groups of digits that follow each other are one number: a phone or organisation number is
    written in pairs and threes, and stored without the spaces.
    """
    found: list[str] = []
    digits_before = False
    for word in fold(" ".join(typed)).split():
        plain = word.strip("\"'«»“”(),;")
        digits = plain.removeprefix("+").isdigit()
        if digits and digits_before:
            found[-1] += plain
        elif plain:
            found.append(plain)
        digits_before = digits
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in found))[:MOST_WORDS]


def texts(wanted: Sequence[str], *, beginning: bool = False) -> list[str]:
    """What is to stand in a thing's text for each word that the trigram index can find.

    A word of two letters is found at the beginning of a word only; one letter, not at all.
    `beginning` asks for the beginning of a word for all of them.
    """
    spaced = [f" {word}" if beginning or len(word) == 2 else word for word in wanted]
    return [text for text in spaced if len(text) >= 3]


def match_expression(found: Sequence[str]) -> str:
    """An FTS5 expression for what may hold all of the texts, "" for none.

    The index knows in which things three letters stand and not where: whether a text of more
    stands there is for whoever reads them to see.
    """
    return " AND ".join(_parts(part for text in found for part in _trigrams(text)[:_TOLD_APART]))


def too_short(wanted: Sequence[str]) -> list[str]:
    """The words that the index cannot find: each is looked for in what the others found."""
    return [word for word in wanted if len(word) < 2]


def fit(title: str, wanted: Sequence[str]) -> Fit:
    """How well a folded name fits the words; `body` where it does not hold all of them."""
    whole = " ".join(wanted)
    if title == whole:
        return "exact"
    if title.startswith(whole):
        return "prefix"
    spaced = f" {title}"
    if all(f" {word}" in spaced for word in wanted):
        return "word"
    if all(word in title for word in wanted):
        return "contains"
    return "body"


def likeness(wanted: Sequence[str]) -> list[str]:
    """The three letters in a row that a name may share with the words."""
    return _trigrams(" " + " ".join(wanted)[:60])


def near_expression(shared: Sequence[str]) -> str:
    """An FTS5 expression for anything that has any three letters of `likeness`."""
    return " OR ".join(_parts(shared))


def _trigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2)))


def _parts(trigrams: Iterable[str]) -> list[str]:
    return ['"{}"'.format(part.replace('"', '""')) for part in dict.fromkeys(trigrams)]

"""Words as typed to words that the index knows, and how well a thing fits them. No SQL."""

from __future__ import annotations

from collections.abc import Sequence

from frivillig_cli.core.names import fold
from frivillig_cli.work.search.model import Fit

MOST_WORDS = 20
LONGEST_WORD = 200


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


def match_expression(wanted: Sequence[str], column: str = "") -> str:
    """An FTS5 expression for all words that the trigram index can find, "" where it can find none.

    A word of two letters is found at the beginning of a word only; one letter, not at all.
    `column` ("title") also asks for the beginning of a word, and for that column alone.
    """
    parts = []
    for word in wanted:
        text = f" {word}" if column or len(word) == 2 else word
        if len(text) >= 3:
            quoted = text.replace('"', '""')
            parts.append(f'{column} : "{quoted}"' if column else f'"{quoted}"')
    return " AND ".join(parts)


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


def trigrams(wanted: Sequence[str]) -> str:
    """An FTS5 expression for anything that shares three letters with the words."""
    text = " " + " ".join(wanted)[:60]
    parts = dict.fromkeys(text[n : n + 3] for n in range(len(text) - 2))
    return " OR ".join('"{}"'.format(part.replace('"', '""')) for part in parts)

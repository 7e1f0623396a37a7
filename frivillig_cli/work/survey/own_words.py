"""The program's own words in a workbook: all that stands there before anybody answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from frivillig_cli.core.dates import month_name, show_date
from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.records.survey.model import Survey, Texts
from frivillig_cli.records.survey.questions import SECTIONS
from frivillig_cli.work.survey.reading import RawCell
from frivillig_cli.work.survey.wording import Sender, steps, table_steps

_LONG = 30  # in fewer letters, one word more or less says the opposite
_ALIKE = 80  # of 100: our own words as another version of the program put them
_NUMBERED = re.compile(r"^[0-9]+\. ")
_ADDRESS = re.compile(r"[^ ]+@[^ ]+")  # whoever asks may have another by now
_BETWEEN = " · "


@dataclass(frozen=True)
class Ours:
    """Our words in the workbooks of one survey, folded.

    `names`: of the organisation that one is made for, as it was and as it is; `everybody`: of all
    that were asked. `heads`: who asks and by when, in the line below the name; `dated`: whether
    there is a date in it.
    """

    words: Set[str] = frozenset()
    heads: Set[str] = frozenset()
    dated: bool = False
    everybody: Set[str] = frozenset()
    names: Set[str] = frozenset()

    def to(self, *names: str) -> Ours:
        """The words in what one organisation is sent."""
        return replace(self, names=frozenset(map(_folded, names)))

    def another(self, cells: Iterable[RawCell]) -> str:
        """The name of another organisation that stands beside the answers in place of its own."""
        texts = {_folded(cell.text): cell.text for cell in cells if not cell.note}
        if texts.keys() & self.names:
            return ""
        return next((text for folded, text in texts.items() if folded in self.everybody), "")

    def has(self, cell: RawCell, above: RawCell | None, *, listed: bool) -> bool:
        """Whether a cell holds words of ours; `above` is the one above it, `listed` whether the
        drop-downs may stand on its sheet."""
        text = _folded(cell.text)
        if not text or text in self.words or text in self.names or text in _own():
            return True
        if (listed and text in _listed()) or not self.heads.isdisjoint(text.split(_BETWEEN)):
            return True
        # who asks may be called something else by now
        below_name = above is not None and _folded(above.text) in self.names
        return (below_name and not self.dated) or _is_near(text)


def words_of(survey: Survey, sender: Sender, everybody: Iterable[str]) -> Ours:
    """All words of a survey, in every language: its questions, its title, who asks and by when.

    `everybody`: the names of the organisations that it was sent to.
    """
    texts: list[Texts] = []
    for question in survey.questions:
        texts += [question.text, question.help, *(choice.text for choice in question.options)]
    words = {survey.title, *(text for each in texts for text in each.values())}
    heads = {sender.name}
    for language in LANGUAGES if survey.due else ():
        with in_language(language):
            heads.add(_("Answer by {date}", date=show_date(date.fromisoformat(survey.due or ""))))
    found = (frozenset(map(_folded, each)) for each in (words, heads - {""}))
    return Ours(*found, bool(survey.due), frozenset(map(_folded, everybody)))


@cache
def _own() -> frozenset[str]:
    """What stands in every form, in every language."""
    found: set[str] = set()
    for language in LANGUAGES:
        with in_language(language):
            found |= {
                _("Association"),
                _("Nothing has changed"),
                _("Choose Yes here if all of it is right, and you are done."),
                _("Your answer"),
                *map(_, SECTIONS.values()),
                *steps(language, Sender()),
                *steps(language, Sender(email="post@lag.example")),
                *table_steps(language),
            }
    return frozenset(map(_folded, found))


@cache
def _listed() -> frozenset[str]:
    """What stands on the sheet of drop-downs, which some programs show."""
    found: set[str] = set()
    for language in LANGUAGES:
        with in_language(language):
            found |= {_("Yes"), _("No"), *map(month_name, range(1, 13))}
    return frozenset(map(_folded, found))


def _is_near(text: str) -> bool:
    """Whether a text is nearly one of ours, and not one of ours with something put to it."""
    from rapidfuzz import fuzz

    long = [own for own in _own() if len(own) >= _LONG]
    if len(text) < _LONG or any(own in text for own in long):
        return False
    return any(fuzz.ratio(text, own) >= _ALIKE for own in long)


@lru_cache(maxsize=1024)  # the same words stand in form after form
def _folded(text: str) -> str:
    words = _NUMBERED.sub("", " ".join(text.split()), count=1)
    return _ADDRESS.sub("@.", words).casefold()

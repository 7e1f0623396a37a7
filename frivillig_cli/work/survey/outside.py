"""What stands in a form beside its answer cells: our own words, or what somebody wrote there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache

from frivillig_cli.core.dates import month_name
from frivillig_cli.core.echo import MOST_KEPT, echo, kept
from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.core.sentence import masked
from frivillig_cli.records.survey.model import Question, Texts
from frivillig_cli.records.survey.questions import SECTIONS
from frivillig_cli.work.survey.reading import RawCell, RawForm
from frivillig_cli.work.survey.verdict import Fault

OUTSIDE = "outside"
_SHOWN = 6
_SHORT = 8
_ALIKE = 80  # of 100: our own words as another version of the program put them


def outside(form: RawForm, asked: Set[str]) -> Iterator[tuple[RawCell, Fault]]:
    """What is written where no answer is read: told of once for each sheet that it stands on.

    `asked` are the words of the survey's questions: see `words_of`.
    """
    theirs: dict[tuple[str, bool], list[RawCell]] = {}
    for cell in form.outside:
        own = asked if cell.sheet == form.sheet else asked | _listed()
        if cell.note or not _is_ours(cell.text, own):
            theirs.setdefault((cell.sheet, cell.note), []).append(cell)
    for (sheet, notes), cells in theirs.items():
        first = cells[0]
        said = ", ".join(f"{cell.ref} «{echo(cell.text)}»" for cell in cells[:_SHOWN])
        if len(cells) > _SHOWN:
            said += ", …"
        words = _("What stands in {cells} is the answer to no question: look at it.", cells=said)
        if notes:
            words = _("A comment stands at {cells}: look at it.", cells=said)
        if sheet != form.sheet:
            words = _(
                "The sheet «{sheet}» is not part of the form, and holds {cells}: look at it.",
                sheet=echo(sheet),
                cells=said,
            )
        value = " / ".join(kept(cell.text) for cell in cells)[:MOST_KEPT]
        yield first, Fault(OUTSIDE, masked(words), value)


def words_of(questions: Sequence[Question]) -> frozenset[str]:
    """All words of a survey's questions, in every language: kept with it as they were sent."""
    texts: list[Texts] = []
    for question in questions:
        texts += [question.text, question.help, *(choice.text for choice in question.options)]
    return frozenset(_folded(text) for each in texts for text in each.values())


@cache
def _own() -> frozenset[str]:
    """The program's own words in a form, in every language."""
    found: set[str] = set()
    for language in LANGUAGES:
        with in_language(language):
            found |= {
                _("Nothing has changed"),
                _("Choose Yes here if all of it is right, and you are done."),
                _("Your answer"),
                *map(_, SECTIONS.values()),
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


def _is_ours(text: str, asked: Set[str]) -> bool:
    folded = _folded(text)
    if not folded or folded in asked or folded in _own():
        return True
    from rapidfuzz import fuzz

    return len(folded) >= _SHORT and any(fuzz.ratio(folded, own) >= _ALIKE for own in _own())


@lru_cache(maxsize=1024)  # the same words stand in form after form
def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()

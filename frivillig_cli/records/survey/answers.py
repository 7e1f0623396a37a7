"""From the text of a cell to a value of the register, and back to the text of a cell.

Everything is checked again here: a value that was pasted has passed no drop-down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.echo import echo, kept
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.instead import (
    agrees,
    is_kept_on,
    is_no_value,
    says_removed,
    says_right,
    says_unchanged,
)
from frivillig_cli.core.names import fold, printable
from frivillig_cli.core.vacant import NOTHING, tells_of_nobody
from frivillig_cli.records.survey.compare import ERASE, Erased
from frivillig_cli.records.survey.kinds import NO, PARSE, YES
from frivillig_cli.records.survey.model import Kind, Question, Value
from frivillig_cli.records.survey.near import near

# The marked word is part of the form, so it is read whatever language is spoken now.
ERASE_WORDS = {"nb": "SLETT", "nn": "SLETT", "en": "DELETE"}
_DASHES = ("-", "–", "—", "--")
# Kinds in which “none” is no value, but a way to say that there is nothing.
_NEVER_NOTHING = (Kind.EMAIL, Kind.PHONE, Kind.WEBSITE, Kind.ACCOUNT, Kind.ORGNR, Kind.POSTCODE)
_WORDS = ("name", "street", "city", "activities", "premises")
# Kinds of which any words are a value.
_FREE = (Kind.TEXT, Kind.ORG_NAME, Kind.PERSON)


def erase_word(form_language: str) -> str:
    """The word that takes a value away: SLETT in Norwegian, DELETE in English."""
    return ERASE_WORDS[form_language]


def is_erase_word(text: str) -> bool:
    """Whether a cell holds the marked word, in any of the languages."""
    word = fold(text).strip("()[]<>«»\"' .!")
    return word in map(fold, ERASE_WORDS.values())


def parse(question: Question, text: str, base: Value = None) -> Value | Erased:
    """A cell's text as a value: None for a blank, ERASE for the marked word.

    `base` is what was sent: a lone dash where nothing stood is a blank. Raises
    InvalidValueError; its `value` has birth numbers masked.
    """
    said = printable(text)
    if not said:
        return None
    if is_erase_word(said):
        return _erase(question, said)
    if question.bound and is_as_it_was(question, said) and not (base is None and is_kept_on(said)):
        return base
    if _says_neither(question, said):
        if question.kind is Kind.ORG_NAME:
            return _erase(question, said)
        if base is None:
            return None
        raise InvalidValueError(
            _(
                "“{value}” does not say whether to keep or to remove. To remove what stands there, "
                "write {word}.",
                value=echo(said),
                word=erase_word(language()),
            ),
            field=question.id,
            value=kept(said),
        )
    if question.bound and question.kind in _FREE and is_no_value(said):
        raise InvalidValueError(
            _("“{value}” does not say what is to stand here.", value=echo(said)),
            _("Ask them what is right."),
            field=question.id,
            value=kept(said),
        )
    if question.bound and question.id == "city" and re.match(r"\d{4}\b", said):
        raise InvalidValueError(
            _("“{value}” has the postcode in it.", value=echo(said)),
            _("Write the town alone, and the postcode in its own cell."),
            field=question.id,
            value=kept(said),
        )
    if question.kind is not Kind.ACCOUNT:
        lost_nought = question.kind not in (Kind.PHONE, Kind.WEBSITE)
        refuse_birth_numbers(said, question.id, _("the cell"), lost_nought=lost_nought)
    try:
        value = PARSE[question.kind](question, text)
        return _whole_name(question, value, base) if question.kind is Kind.PERSON else value
    except InvalidValueError:
        meant = near(question, text)
        if meant is None:
            raise
        try:
            return PARSE[question.kind](question, meant)
        except InvalidValueError:
            pass  # the cell itself is what is told of
        raise


def _whole_name(question: Question, name: Value, base: Value) -> Value:
    """A person's name, which is no word alone, but where that is what was sent."""
    if " " in str(name) or fold(str(name)) == fold(str(base or "")):
        return name
    raise InvalidValueError(
        _(
            "“{value}” is one word, and no first name and last name. If somebody is called that "
            "and nothing else: frivillig contact add",
            value=echo(name),
        ),
        _("Write one first name and last name, and nothing else."),
        field=question.id,
        value=kept(name),
    )


def is_as_it_was(question: Question, text: str) -> bool:
    """Whether a cell says in words that the value is as it was. `OK`, where yes or no is asked
    for, may be a yes."""
    if question.kind is Kind.YES_NO and says_right(text):
        return False
    return says_unchanged(text) or (question.kind is Kind.PERSON and is_kept_on(text))


def _says_neither(question: Question, said: str) -> bool:
    """Whether a cell says that there is nothing, in other words than the one that removes it."""
    if said in _DASHES:
        return True
    bare = fold(said).strip("()[]<>«»\"' .!")
    if says_removed(said):
        return question.bound
    if question.kind is Kind.PERSON:
        return tells_of_nobody(said)
    return (question.kind in _NEVER_NOTHING or question.id in _WORDS) and bare in NOTHING


def _erase(question: Question, said: str) -> Erased:
    if question.kind is Kind.ORG_NAME:
        raise InvalidValueError(
            _("An association cannot be without a name."),
            _("Archive it if it no longer exists: frivillig org archive."),
            field=question.id,
            value=kept(said),
        )
    return ERASE


def is_tick(text: str) -> bool:
    """Whether a tick cell is ticked. Raises InvalidValueError for what is neither yes nor no."""
    said = printable(text).casefold()
    if said in YES or agrees(said):
        return True
    if not said or said in NO or said in _DASHES:
        return False
    raise InvalidValueError(
        _("“{value}” is neither a tick nor a blank.", value=echo(text)),
        _("Write x, or leave the cell blank."),
        value=kept(text),
    )


def is_no(text: str) -> bool:
    """Whether a tick cell says no in so many words."""
    return printable(text).casefold() in ("nei", "no", "n")


def parse_options(question: Question, ticks: Mapping[str, str]) -> Value:
    """The ids that were ticked, of `ticks` (option id -> text); None when no cell says anything."""
    if not any(printable(text) for text in ticks.values()):
        return None
    return tuple(choice.id for choice in question.options if is_tick(ticks.get(choice.id, "")))

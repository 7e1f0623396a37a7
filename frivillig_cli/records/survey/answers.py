"""From the text of a cell to a value of the register, and back to the text of a cell.

Everything is checked again here: a value that was pasted has passed no drop-down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from frivillig_cli.core.birthnumber import refuse_birth_numbers
from frivillig_cli.core.checks import MAX_TEXT
from frivillig_cli.core.echo import MOST_KEPT, echo, kept
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _, language
from frivillig_cli.core.names import clean, clean_name, fold, printable
from frivillig_cli.core.vacant import NOTHING, tells_of_another, tells_of_nobody, without_office
from frivillig_cli.records.survey.compare import ERASE, Erased
from frivillig_cli.records.survey.model import Kind, Question, Value
from frivillig_cli.records.survey.near import near

# The marked word is part of the form, so it is read whatever language is spoken now.
ERASE_WORDS = {"nb": "SLETT", "nn": "SLETT", "en": "DELETE"}
MOST_PEOPLE = 10_000_000
_DASHES = ("-", "–", "—", "--")
# What people write for the word that takes a value away.
_MEANT_ERASED = ("slette", "slettes", "sletta", "fjern", "fjernes", "fjernast", "remove", "deleted")
_YES = ("ja", "yes", "x", "1", "true", "sant", "✓", "✔", "☑", "☒", "jepp", "j", "y")
_AGREED = frozenset(
    "ja yes jepp ok stemmer stemmar riktig korrekt rett correct uendret uendra unchanged".split()
)
_AROUND = frozenset("alt er det dette her som før is all it".split())
_NO_CHANGE = frozenset("ingen endring endringer endringar".split())
_NO = ("nei", "no", "0", "false", "usant", "☐", "n")


def erase_word(form_language: str) -> str:
    """The word that takes a value away: SLETT in Norwegian, DELETE in English."""
    return ERASE_WORDS[form_language]


def is_erase_word(text: str) -> bool:
    """Whether a cell holds the marked word, in any of the languages."""
    word = fold(text).strip("()[]<>«»\"' .")
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
        return _erase(question)
    if _says_neither(question, said):
        if base is None:
            return None
        raise InvalidValueError(
            _("“{value}” does not say whether to keep or to remove.", value=echo(said)),
            _("Write {word} to remove what stands there.", word=erase_word(language())),
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
        return _PARSE[question.kind](question, text)
    except InvalidValueError:
        meant = near(question, text)
        if meant is None:
            raise
        try:
            return _PARSE[question.kind](question, meant)
        except InvalidValueError:
            pass  # the cell itself is what is told of
        raise


def _says_neither(question: Question, said: str) -> bool:
    """Whether a cell says that there is nothing, in other words than the one that removes it."""
    if said in _DASHES:
        return True
    bare = fold(said).strip("()[]<>«»\"' .!")
    if bare in map(fold, _MEANT_ERASED):
        return question.bound
    if question.kind is Kind.PERSON:
        return tells_of_nobody(said)
    return (question.kind in _NEVER_NOTHING or question.id in _ADDRESS) and bare in NOTHING


def _erase(question: Question) -> Erased:
    if question.kind is Kind.ORG_NAME:
        raise InvalidValueError(
            _("An association cannot be without a name."),
            _("Archive it if it no longer exists: frivillig org archive."),
            field=question.id,
            value=erase_word(language()),
        )
    return ERASE


def is_tick(text: str) -> bool:
    """Whether a tick cell is ticked. Raises InvalidValueError for what is neither yes nor no."""
    said = printable(text).casefold()
    if said in _YES or _agrees(said):
        return True
    if not said or said in _NO or said in _DASHES:
        return False
    raise InvalidValueError(
        _("“{value}” is neither a tick nor a blank.", value=echo(text)),
        _("Write x, or leave the cell blank."),
        value=kept(text),
    )


def _agrees(said: str) -> bool:
    """Whether a cell says yes in more words: `Ja, alt stemmer`, `OK!`."""
    words = set(re.findall(r"\w+", said))
    agreed = bool(words & _AGREED) and words <= _AGREED | _AROUND
    return agreed or (len(words) > 1 and "ingen" in words and words <= _NO_CHANGE)


def is_no(text: str) -> bool:
    """Whether a tick cell says no in so many words."""
    return printable(text).casefold() in ("nei", "no", "n")


def parse_options(question: Question, ticks: Mapping[str, str]) -> Value:
    """The ids that were ticked, of `ticks` (option id -> text); None when no cell says anything."""
    if not any(printable(text) for text in ticks.values()):
        return None
    return tuple(choice.id for choice in question.options if is_tick(ticks.get(choice.id, "")))


def _text(question: Question, text: str) -> Value:
    cleaned = clean(text)
    most = MAX_TEXT if question.bound else MOST_KEPT
    if len(cleaned) > most:
        raise InvalidValueError(
            _(
                "The text has {n} characters, and the register takes {most}. All of it stands in "
                "the workbook of rejected answers: write it shorter there.",
                n=len(cleaned),
                most=most,
            ),
            field=question.id,
            value=kept(text),
        )
    return cleaned


def _name(question: Question, text: str) -> Value:
    return clean_name(text)


def _two_people(text: str) -> bool:
    """Whether a cell names more than one: two lines, or joined by and, a stroke or a comma."""
    lines = [line for line in text.splitlines() if len(line.split()) > 1]
    joined = re.split(r"\s(?:og|and|samt)\s|\s?[&+/;]\s?", printable(text), flags=re.IGNORECASE)
    listed = [part for part in printable(text).split(",") if len(part.split()) > 1]
    return any(len([one for one in parts if one.strip()]) > 1 for parts in (lines, joined, listed))


def _person(question: Question, text: str) -> Value:
    if _two_people(text):
        raise InvalidValueError(
            _("“{value}” looks like more than one person.", value=echo(printable(text))),
            _("Write one of them, and add the other: frivillig contact add"),
            field=question.id,
            value=kept(text),
        )
    name = without_office(clean_name(text))
    if (
        "@" in name
        or not any(char.isalpha() for char in name)
        or any(c.isdigit() for c in name)
        or tells_of_another(name)
    ):
        raise InvalidValueError(
            _("“{value}” is not a person's name.", value=echo(text)),
            _("Write one first name and last name, and nothing else."),
            field=question.id,
            value=kept(text),
        )
    return name


def _number(question: Question, text: str) -> Value:
    digits = "".join(printable(text).split())
    if not (digits.isascii() and digits.isdigit()) or int(digits[:12]) > MOST_PEOPLE:
        raise InvalidValueError(
            _("“{value}” is not a whole number.", value=echo(text)),
            _("Write it with digits only, such as 42."),
            field=question.id,
            value=kept(text),
        )
    return int(digits)


def _yes_no(question: Question, text: str) -> Value:
    said = printable(text).casefold()
    if said in _YES:
        return 1
    if said in _NO:
        return 0
    raise InvalidValueError(
        _("“{value}” is neither yes nor no.", value=echo(text)),
        _("Write yes or no."),
        field=question.id,
        value=kept(text),
    )


def _one_of(question: Question, text: str) -> Value:
    said = fold(text)
    for choice in question.options:
        if said in {fold(choice.id), *(fold(word) for word in choice.text.values())}:
            return choice.id
    raise InvalidValueError(
        _("“{value}” is not one of the choices.", value=echo(text)),
        _("Choose from the list in the cell."),
        field=question.id,
        value=kept(text),
    )


def _many_of(question: Question, text: str) -> Value:
    return tuple(str(_one_of(question, part)) for part in text.split(",") if part.strip())


def _date(question: Question, text: str) -> Value:
    from frivillig_cli.core.dates import parse_date

    if re.fullmatch(r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}", printable(text)):
        raise InvalidValueError(
            _("“{value}” has a year of two digits: write all four.", value=echo(text)),
            field=question.id,
            value=kept(text),
        )
    return parse_date(text).isoformat()


def _month(question: Question, text: str) -> Value:
    from frivillig_cli.core.dates import parse_date

    said = printable(text).strip(". ")
    try:
        # "3", "mars", "March" and "mar" alike: a date is read in every language at once
        return parse_date(f"1.{said}.2000" if said.isdigit() else f"1. {said} 2000").month
    except InvalidValueError as error:
        raise InvalidValueError(
            _("“{value}” is not a month.", value=echo(text)),
            _("Choose from the list in the cell."),
            field=question.id,
            value=kept(text),
        ) from error


def _phone(question: Question, text: str) -> Value:
    from frivillig_cli.core.phone import parse_phone

    return parse_phone(text)


def _email(question: Question, text: str) -> Value:
    from frivillig_cli.core.email import parse_email

    return parse_email(text)


def _website(question: Question, text: str) -> Value:
    from frivillig_cli.core.website import parse_website

    return parse_website(text)


def _orgnr(question: Question, text: str) -> Value:
    from frivillig_cli.core.orgnr import parse_orgnr

    return parse_orgnr(text)


def _postcode(question: Question, text: str) -> Value:
    from frivillig_cli.core.postcode import parse_postcode

    return parse_postcode(text)


def _account(question: Question, text: str) -> Value:
    from frivillig_cli.core.account import parse_account

    # Which of the two it is, the person decides who confirms the account: see work/survey.
    return parse_account(text, confirmed=True)


# Kinds in which “none” is no value, but a way to say that there is nothing.
_NEVER_NOTHING = (Kind.EMAIL, Kind.PHONE, Kind.WEBSITE, Kind.ACCOUNT, Kind.ORGNR, Kind.POSTCODE)
_ADDRESS = ("street", "city")
_PARSE: Mapping[Kind, Callable[[Question, str], Value]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _one_of,
    Kind.MANY_OF: _many_of,
    Kind.DATE: _date,
    Kind.ORG_NAME: _name,
    Kind.PERSON: _person,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.WEBSITE: _website,
    Kind.ORGNR: _orgnr,
    Kind.POSTCODE: _postcode,
    Kind.ACCOUNT: _account,
    Kind.MONTH: _month,
}

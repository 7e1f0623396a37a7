"""How each kind of question is read: from a cell's text to a value of the register."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from frivillig_cli.core.checks import MAX_TEXT
from frivillig_cli.core.echo import MOST_KEPT, echo, kept
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.instead import says_ended
from frivillig_cli.core.names import clean, clean_name, first_name_first, fold, printable
from frivillig_cli.core.remark import apart, begins_small, may_be_a_name
from frivillig_cli.core.vacant import tells_of_another, without_office
from frivillig_cli.records.survey.model import Kind, Question, Value

MOST_PEOPLE = 10_000_000
YES = ("ja", "yes", "x", "1", "true", "sant", "✓", "✔", "☑", "☒", "jepp", "j", "y")
NO = ("nei", "no", "0", "false", "usant", "☐", "n")


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
    name = clean_name(text)
    if says_ended(name):
        raise InvalidValueError(
            _(
                "“{value}” says that the association has ended. If it has: {command}",
                value=echo(name),
                command=typed("frivillig org archive REF"),
            ),
            _("Ask them, if you are not sure."),
            field=question.id,
            value=kept(text),
        )
    return name


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
    below = without_office(", ".join(text.strip().splitlines()))  # the office in a line of its own
    name = clean_name(below) if "," not in below else without_office(clean_name(text))
    if "," in name:
        raise InvalidValueError(
            _(
                "“{value}” may be a last name first, or more than one name. If it is one person, "
                "write “{name}”.",
                value=echo(name),
                name=echo(first_name_first(name)),
            ),
            _("Write one first name and last name, and nothing else."),
            field=question.id,
            value=kept(text),
        )
    alone, remark = apart(name)
    if (meant := may_be_a_name(name) or begins_small(name)) and not tells_of_another(name):
        raise InvalidValueError(
            _(
                "“{value}” may be a name that lacks a capital, or a remark. If it is a name, write "
                "“{name}”.",
                value=echo(printable(text)),
                name=echo(meant),
            ),
            _("Write one first name and last name, and nothing else."),
            field=question.id,
            value=kept(text),
        )
    if remark and " " in alone:
        raise InvalidValueError(
            _(
                "“{value}” has a remark beside the name: “{remark}”. If it is {name}, write the "
                "name alone.",
                value=echo(printable(text)),
                remark=echo(remark),
                name=echo(alone),
            ),
            _("Write one first name and last name, and nothing else."),
            field=question.id,
            value=kept(text),
        )
    if (
        remark
        or "@" in name
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
            _("“{value}” is not a whole number from 0 to 10 million.", value=echo(text)),
            _("Write it with digits only, such as 42."),
            field=question.id,
            value=kept(text),
        )
    return int(digits)


def _yes_no(question: Question, text: str) -> Value:
    said = printable(text).casefold()
    if said in YES:
        return 1
    if said in NO:
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


PARSE: Mapping[Kind, Callable[[Question, str], Value]] = {
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

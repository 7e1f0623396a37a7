"""From a value of the register to the text of a cell, and whether a cell still says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from frivillig_cli.core.i18n import LANGUAGES, _, in_language
from frivillig_cli.core.names import printable
from frivillig_cli.records.survey.model import Kind, Question, Value
from frivillig_cli.records.survey.model import in_language as spoken


def show(question: Question, value: Value, form_language: str) -> str:
    """A value as it is written into the answer cell; '' when it is not known."""
    if value is None:
        return ""
    shower = _SHOW.get(question.kind)
    if shower:
        with in_language(form_language):
            return shower(value)
    if question.kind is Kind.ONE_OF:
        chosen = {choice.id: spoken(choice.text, form_language) for choice in question.options}
        return chosen.get(str(value), str(value))
    if isinstance(value, tuple):
        return ", ".join(
            spoken(choice.text, form_language) for choice in question.options if choice.id in value
        )
    return str(value)


def untouched(question: Question, text: str, base: Value) -> bool:
    """Whether a cell still says what it was sent with, in whichever language that was."""
    said = printable(text)
    if base is None:
        return not said
    if said == printable(str(base)):
        return True
    if question.kind is Kind.EMAIL and said.casefold() == str(base).casefold():
        return True
    if _typed_in_one_case(question, said) and said.casefold() == printable(str(base)).casefold():
        return True
    if question.kind is Kind.PERSON and _lacks_capitals(said, printable(str(base))):
        return True
    if question.kind is Kind.PERSON and said.count(",") == 1:  # Hansen, Per
        last, first = said.split(",")
        said = f"{first.strip()} {last.strip()}"
        if said.casefold() == printable(str(base)).casefold():
            return True
    return any(said == printable(show(question, base, spoken_in)) for spoken_in in LANGUAGES)


def _lacks_capitals(said: str, name: str) -> bool:
    """Whether it is the same name but for capitals that it lacks: so is no spelling put right."""
    if said.casefold() != name.casefold() or len(said) != len(name):
        return False
    return all(one == other or one == other.lower() for one, other in zip(said, name, strict=True))


def _typed_in_one_case(question: Question, said: str) -> bool:
    """Whether a name is written in capitals, or without any: so is no spelling put right. An
    association of one word may be an abbreviation."""
    if not (said.isupper() or said.islower()):
        return False
    if question.kind is Kind.ORG_NAME:
        return " " in said
    return question.kind is Kind.PERSON or question.id in ("street", "city")


def _show_phone(value: Value) -> str:
    from frivillig_cli.core.phone import show_phone

    return show_phone(str(value))


def _show_orgnr(value: Value) -> str:
    from frivillig_cli.core.orgnr import show_orgnr

    return show_orgnr(str(value))


def _show_account(value: Value) -> str:
    from frivillig_cli.core.account import show_account

    return show_account(str(value))


def _show_month(value: Value) -> str:
    from frivillig_cli.core.dates import month_name

    return month_name(int(str(value)))


def _show_date(value: Value) -> str:
    from frivillig_cli.core.dates import show_date_short

    return show_date_short(date.fromisoformat(str(value)))


def _show_yes_no(value: Value) -> str:
    return _("Yes") if value else _("No")


_SHOW: Mapping[Kind, Callable[[Value], str]] = {
    Kind.PHONE: _show_phone,
    Kind.ORGNR: _show_orgnr,
    Kind.ACCOUNT: _show_account,
    Kind.MONTH: _show_month,
    Kind.DATE: _show_date,
    Kind.YES_NO: _show_yes_no,
}

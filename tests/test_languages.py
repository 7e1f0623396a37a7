"""The catalogues: bokmål is complete, and the places in the sentences are the same everywhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import frivillig_cli
from frivillig_cli.core.i18n import set_language, typed
from frivillig_cli.locale import build

PACKAGE = Path(frivillig_cli.__file__).resolve().parent
PLACES = re.compile(r"\{(\w+)[^}]*\}")


@cache
def extracted() -> dict[str | tuple[str, ...], str]:
    found = {}
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    for name, line, message, _comments, _context in extract_from_dir(
        str(PACKAGE), [("**.py", "python")], keywords=keywords
    ):
        if message:
            found[message] = f"{name}:{line}"
    return found


@cache
def catalogue(language: str) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    messages = {}
    for source in (PACKAGE / "locale" / language).glob("*.po"):
        with source.open("rb") as file:
            for message in read_po(file, locale=language):
                key = tuple(message.id) if isinstance(message.id, list | tuple) else message.id
                messages[key] = message.string
    return messages


def test_every_sentence_in_the_code_is_in_bokmal() -> None:
    known = catalogue("nb")
    assert {
        where: message for message, where in extracted().items() if not known.get(message)
    } == {}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_places_are_the_same_in_the_translation(language: str) -> None:
    wrong = []
    for key, value in catalogue(language).items():
        forms = value if isinstance(value, tuple | list) else (value,)
        wanted = set(PLACES.findall("".join(key) if isinstance(key, tuple) else key))
        for form in forms:
            if form and set(PLACES.findall(form)) - wanted:
                wrong.append((key, form))
            if form and not isinstance(key, tuple) and wanted - set(PLACES.findall(form)):
                wrong.append((key, form))
    assert wrong == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_translation_is_left_over(language: str) -> None:
    used = set(extracted())
    for message in list(used):
        if isinstance(message, tuple):
            used |= set(message)
    from tests.test_command_tree import COMMANDS, sentences

    for command in COMMANDS.values():
        used |= set(sentences(command))
    assert sorted(str(key) for key in catalogue(language) if key and key not in used) == []


def test_the_catalogues_compile_and_agree() -> None:
    assert [path.name for path in build.compile_all()] == ["messages.mo", "messages.mo"]


def test_a_command_that_is_suggested_names_what_is_to_be_filled_in_as_the_help_does() -> None:
    suggested = re.compile(r'f?"frivillig [^"\n]*(?<= )[A-Z]{3,}(?![A-Za-z_])[^"\n]*"')
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for match in suggested.finditer(text):
            if not text[: match.start()].rstrip().endswith(("typed(", "_(", '"')):
                found.append(f"{path.relative_to(PACKAGE)}: {match[0]}")
    assert not found
    set_language("nb")
    try:
        assert typed("frivillig beredskap pack DIR") == "frivillig beredskap pack MAPPE"
    finally:
        set_language("en")


def test_what_is_to_be_filled_in_has_one_name_in_bokmal() -> None:
    """No sentence says OUTCOME where the help of the same command says UTFALL."""
    known = {key: value for key, value in catalogue("nb").items() if key}
    places = {
        key for key, value in known.items()
        if isinstance(key, str) and re.fullmatch("[A-Z]{3,}", key) and value != key
    }  # fmt: skip
    assert "OUTCOME" in places
    assert {
        value for value in known.values()
        if isinstance(value, str) and places & set(re.findall(r"\b[A-Z]{3,}\b", value))
    } == set()  # fmt: skip

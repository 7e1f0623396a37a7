"""The whole command tree, walked: every module imports, every sentence is translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from frivillig_cli.cli import app as tree
from frivillig_cli.core import i18n


def walk(command: Any = None, path: str = "frivillig") -> Iterator[tuple[str, Any]]:
    command = command or typer.main.get_command(tree.app)
    yield path, command
    if hasattr(command, "summaries"):
        for name in command.list_commands(None):
            yield from walk(command.get_command(None, name), f"{path} {name}")


COMMANDS = dict(walk())
LEAVES = {path: c for path, c in COMMANDS.items() if not hasattr(c, "summaries")}


def sentences(command: Any) -> Iterator[str]:
    yield from (" ".join(p.split()) for p in (command.help or "").split("\n\n"))
    if hasattr(command, "summaries"):
        for _name, line, panel in command.summaries():
            yield from (line, panel)
    for param in command.get_params(typer.Context(command)):
        yield param.help or ""
        if param.metavar and re.search("[A-Z]", param.metavar):
            yield param.metavar


@pytest.mark.parametrize("path", COMMANDS)
def test_every_sentence_of_help_is_in_bokmal(path: str) -> None:
    catalogue = i18n._catalogue("nb")
    untranslated = [
        text
        for text in sentences(COMMANDS[path])
        if text and catalogue.gettext(text) == text and text not in SAME
    ]
    assert untranslated == []


# Words that are the same in both languages, or names of what is typed.
SAME = {
    "N",
    "REF",
    "ORGNR",
    "QUERY",
    "JSON",
    "CSV",
    "TAG",
    "TITTEL",
    "SKILL=N",
    "ID",
    "PERSON",
    "sent|again|REF=sent|REF=again",
}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    for param in command.get_params(typer.Context(command)):
        assert param.help, f"{path} {param.name}"


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_answers_in_json(path: str) -> None:
    assert any("--json" in param.opts for param in LEAVES[path].params)


@pytest.mark.parametrize("entry", tree.TABLE, ids=lambda entry: entry.name)
def test_the_line_in_the_table_is_the_line_of_the_command(entry: Any) -> None:
    assert (
        COMMANDS[f"frivillig {entry.name}"].help.split("\n\n")[0].replace("\n", " ") == entry.help
    )

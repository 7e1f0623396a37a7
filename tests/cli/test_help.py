"""Help: in the user's language, the same on a screen and in a pipe, and never too wide."""

from __future__ import annotations

import pytest

from tests.test_command_tree import COMMANDS, LEAVES

ENGLISH = ("Usage", "Options:", "Arguments:", "Commands:", "OPTIONS", "COMMAND", "FILE", "DATE",
           "NAME", "NUMBER", "TEXT", "VALUE", "Show this")  # fmt: skip


@pytest.mark.parametrize("path", COMMANDS)
def test_every_page_of_help_is_whole_in_both_languages(bare_cli, path: str) -> None:
    words = path.split()[1:]
    english, norwegian = bare_cli(*words, "--help"), bare_cli(*words, "--help", lang="nb")
    assert (english.code, english.err) == (norwegian.code, norwegian.err) == (0, "")
    assert norwegian.out.startswith(f"Bruk: {path} ")
    assert [word for word in ENGLISH if word in norwegian.out] == []
    assert max(map(len, norwegian.out.splitlines())) <= 80
    assert max(map(len, english.out.splitlines())) <= 80


@pytest.mark.parametrize("path", LEAVES)
def test_no_option_is_given_twice(path: str) -> None:
    names = [name for param in LEAVES[path].params for name in (*param.opts, *param.secondary_opts)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("words", [[], ["org"], ["config"]])
def test_a_noun_alone_shows_its_commands_and_is_wrong_usage(bare_cli, words) -> None:
    done = bare_cli(*words, lang="nb")
    assert (done.code, done.out) == (2, "")
    assert done.err == bare_cli(*words, "--help", lang="nb").out


def test_the_version_is_told_wherever_it_is_asked_for(bare_cli) -> None:
    assert bare_cli("--version").out.startswith("frivillig ")
    assert bare_cli("--version", lang="nb").code == 0

"""Tab, in the shells themselves: what they get from the program, and what they make of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ["Lier kor", 'Lier "gamle" lag', "Lier & O'Hara <AS>: $(touch PWNED) `id` *", "Lierbygda"]


def shell(name: str):
    return pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed")


@pytest.fixture
def run(cli, tmp_path: Path, monkeypatch):
    """Runs a script in a shell that has `frivillig` on its PATH, and a register with NAMES."""
    for name in NAMES:
        cli.ok("org", "add", name)
    program = tmp_path / "bin" / "frivillig"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m frivillig_cli "$@"\n')
    program.chmod(0o755)
    root = Path(__file__).resolve().parents[2]
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def do(*words: str) -> str:
        done = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8")
        assert not Path("PWNED").exists()
        assert not done.stderr
        return done.stdout

    return do


def in_bash(line: str, *words: str) -> str:
    listed = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
    return f"""
    eval "$(_FRIVILLIG_COMPLETE=source_bash frivillig)"
    COMP_WORDS=({listed}) COMP_CWORD={len(words) - 1}
    _frivillig_completion frivillig
    {line}
    """


@shell("bash")
@pytest.mark.parametrize("begun", ["Li", "lier", "'Li", '"Li'])
def test_bash_makes_each_name_one_argument(run, begun: str) -> None:
    quote = begun[0] if begun[0] in "'\"" else ""
    shown = "eval \"printf '%s\\n' $quote$found$quote\""
    script = in_bash(
        f'for found in "${{COMPREPLY[@]}}"; do {shown}; done', "frivillig", "org", "show", begun
    )
    marks = {"'": '"\'"', '"': "'\"'", "": "''"}
    found = run("bash", "--norc", "-c", f"quote={marks[quote]}\n{script}")
    assert sorted(found.splitlines()) == sorted(NAMES)


@shell("bash")
def test_bash_completes_commands_options_and_shells_languages(run) -> None:
    lines = 'printf "%s\\n" "${COMPREPLY[@]}"'
    assert run("bash", "-c", in_bash(lines, "frivillig", "hi")) == "history\n"
    found = run("bash", "-c", in_bash(lines, "frivillig", "org", "list", "--"))
    assert {"--json", "--csv", "--limit", "--sort"} <= set(found.split())
    assert "--db" not in found.split()


@shell("zsh")
def test_zsh_gets_each_name_whole_and_evaluates_none(run) -> None:
    script = """
    _describe() { print -rl -- "${(@P)2}" }
    eval $(_TYPER_COMPLETE_ARGS="frivillig org show li" _FRIVILLIG_COMPLETE=complete_zsh frivillig)
    """
    found = run("zsh", "-f", "-c", script).splitlines()
    assert sorted(found) == sorted(name.replace(":", "\\:") for name in NAMES)


@shell("zsh")
def test_zsh_falls_back_to_files(run) -> None:
    script = """
    _files() { print FILES }
    eval $(_TYPER_COMPLETE_ARGS="frivillig org show xyz" _FRIVILLIG_COMPLETE=complete_zsh frivillig)
    """
    assert run("zsh", "-f", "-c", script) == "FILES\n"


@shell("fish")
def test_fish_offers_each_name_and_help_in_the_users_language(run) -> None:
    load = "_FRIVILLIG_COMPLETE=source_fish frivillig | source\n"
    found = run("fish", "--no-config", "-c", f'{load} complete -C "frivillig org show li"')
    assert sorted(found.splitlines()) == sorted(NAMES)
    found = run("fish", "--no-config", "-c", f'{load} complete -C "frivillig --lang nb hi"')
    assert found == "history\tHva som ble endret, når, og av hvilken kommando.\n"


def asked(run, shell_name: str, line: str, last: str = "") -> list[str]:
    os.environ.update(
        _FRIVILLIG_COMPLETE=f"complete_{shell_name}", _TYPER_COMPLETE_ARGS=line,
        _TYPER_COMPLETE_WORD_TO_COMPLETE=last, _TYPER_COMPLETE_FISH_ACTION="get-args",
    )  # fmt: skip
    try:
        return run(sys.executable, "-m", "frivillig_cli").strip().splitlines()
    finally:
        for name in [name for name in os.environ if name.startswith(("_TYPER", "_FRIV"))]:
            del os.environ[name]


@pytest.mark.parametrize("begun", ["li", "'li"])
def test_powershell_gets_each_name_in_single_quotes(run, begun: str) -> None:
    found = asked(run, "powershell", f"frivillig org show {begun}", begun)
    assert {line.partition(":::")[0] for line in found} == {
        "'Lier kor'", "'Lier \"gamle\" lag'",
        "'Lier & O''Hara <AS>: $(touch PWNED) `id` *'", "Lierbygda",
    }  # fmt: skip


def test_the_register_that_is_named_is_the_one_that_is_asked(run, cli, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert cli("--db", other, "init").code == 0
    assert cli("--db", other, "org", "add", "Tranby kor").code == 0
    assert asked(run, "fish", f"frivillig --db {other} org show t") == ["Tranby kor"]
    assert asked(run, "fish", "frivillig org show lierb") == ["Lierbygda"]


def test_the_help_of_options_is_in_the_language_of_the_line(run) -> None:
    found = asked(run, "fish", "frivillig --lang nb org list --js")
    assert found == ["--json\tSvar med ett JSON-dokument."]


@pytest.mark.parametrize("name", ["zsh", "fish", "powershell"])
def test_no_shell_waits_for_what_only_draws(run, name: str) -> None:
    code = (
        "import sys; from frivillig_cli.cli.app import run; run([]); print('rich' in sys.modules)"
    )
    os.environ |= {"_FRIVILLIG_COMPLETE": f"complete_{name}", "_TYPER_COMPLETE_ARGS": "frivillig "}
    os.environ["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    try:
        lines = run(sys.executable, "-c", code).splitlines()
    finally:
        for key in [key for key in os.environ if key.startswith(("_TYPER", "_FRIV"))]:
            del os.environ[key]
    assert lines[-1] == "False" and "history" in "".join(lines)


def test_a_register_that_cannot_be_read_offers_nothing_and_says_nothing(run, cli) -> None:
    cli.path.write_bytes(b"not a database at all" * 100)
    assert asked(run, "fish", "frivillig org show li") == []


@shell("bash")
def test_completion_is_installed_for_the_shell_that_asks(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    said = run("bash", "--norc", "-c", "frivillig --lang nb --install-completion; true")
    assert said.startswith("Fullføring for bash er installert i ")
    assert "complete" in (tmp_path / "home/.bash_completions/frivillig.sh").read_text()
    assert "frivillig.sh" in (tmp_path / "home/.bashrc").read_text()

"""What Tab offers, as the shells ask for it; bash itself says what its answer becomes."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.cli.hostile import HOSTILE_NAMES


@pytest.fixture
def offered(cli, monkeypatch):
    def ask(words: str, shell: str = "bash") -> list[str]:
        typed = f"frivillig {words}"
        monkeypatch.setenv("_FRIVILLIG_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("COMP_WORDS", typed)
        monkeypatch.setenv("COMP_CWORD", str(len(typed.split(" ")) - 1))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", typed)
        monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", typed.split(" ")[-1])
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        done = cli()
        assert done.code == 0 and not done.err
        monkeypatch.delenv("_FRIVILLIG_COMPLETE")
        return [line for line in done.out.splitlines() if line]

    return ask


@pytest.fixture
def town(cli):
    cli.ok("org", "add", "Lier kor")
    cli.ok("org", "add", "Gamle Lier")
    cli.ok("contact", "add", "1", "Åse Nordmann", "--role", "leader")
    cli.ok("volunteer", "add", "Per Aas")
    return cli


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("org show lier", {"Lier kor", "Gamle Lier"}), ("org show KOR", {"Lier kor"}),
        ("org show ", {"Lier kor", "Gamle Lier"}), ("person show aas", {"Åse Nordmann", "Per Aas"}),
        ("person edit nord", {"Åse Nordmann"}), ("volunteer show a", {"Per Aas"}),
        ("contact add 1 per", {"Per Aas"}), ("contact add 1 Per --role tr", {"treasurer"}),
        ("volunteer show x", set()), ("contact end 1 ", {"Åse Nordmann"}),
        ("contact end 1 nord", {"Åse Nordmann"}), ("contact end 1 per", set()),
        ("contact end 2 ", set()), ("contact end kor aas", {"Åse Nordmann"}),
        ("survey import 1 --accept ", {"all", "none", "ask"}),
        ("survey import 1 --accept a", {"all", "ask"}),
    ],
)  # fmt: skip
def test_names_are_offered_whatever_case_and_word_they_begin_with(
    town, offered, words: str, names: set[str]
) -> None:
    assert set(offered(words, "fish")) == names
    assert {line.replace("\\", "") for line in offered(words)} == names


def test_two_of_one_name_are_offered_by_number(town, offered) -> None:
    town.ok("volunteer", "add", "Per Aas", "--new-person")
    assert offered("person show per") == ["2", "3"]


def test_the_register_that_is_named_is_asked(town, offered, tmp_path) -> None:
    assert offered(f"--db {tmp_path}/none.db org show lier") == []
    assert offered(f"org show --db {tmp_path}/none.db lier") == []
    assert offered(f"--db {tmp_path}/none.db org show --db {town.path} kor", "fish") == ["Lier kor"]


def test_a_file_that_is_no_register_offers_nothing(cli, offered) -> None:
    cli.path.write_bytes(b"no database" * 100)
    assert offered("org show lier") == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "-x", "1905", "Lier kor (de små)", "a\\b c*?"])
def test_bash_reads_what_was_offered_as_one_argument_and_runs_nothing(
    cli, offered, tmp_path, name: str
) -> None:
    cli.ok("org", "add", "--", name)
    (line,) = offered("org show ")
    script = f'set -- {line}\nprintf "%s\\n%s" "$#" "$1"'
    said = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    count, argument = said.stdout.split("\n", 1)
    assert (count, said.stderr) == ("1", "")
    assert cli.json("org", "show", argument)["id"] == 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_zsh_evaluates_names_and_nothing_else(cli, offered, tmp_path) -> None:
    """zsh's answer is evaluated; in it stand only quoted texts, which bash reads the same way."""
    for name in HOSTILE_NAMES:
        cli.ok("org", "add", name)
    script = f"_describe() {{ :; }}\n{offered('org show ', 'zsh')[0]}"
    said = subprocess.run(
        ["bash", "-c", script + '\nprintf "%s\\n" "${found[@]}"'],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stderr == ""
    names = {re.sub(r"\\(.)", r"\1", line) for line in said.stdout.splitlines()}
    assert names == {org["name"] for org in cli.json("org", "list")}


def test_activations_and_outcomes_of_a_call_are_offered(town, offered, tmp_path) -> None:
    town.ok("beredskap", "group", "add", "Vakt", "--org", "1")
    town.ok("beredskap", "member", "add", "1", "Per Aas")
    town("beredskap", "activate", "Flom", "--exercise", "-o", str(tmp_path / "ut"))
    (number,) = offered("beredskap status --activation 20", "fish")
    assert "-Ø-" in number
    assert offered("beredskap status --activation flo", "fish") == [number]
    assert offered("beredskap call 2 no", "fish") == ["no", "no-answer"]
    assert {"yes", "later", "busy"} <= set(offered("beredskap call 2 ", "fish"))

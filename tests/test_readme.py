"""README tells the truth: its commands exist, its tour runs, its two lines are what CI calls."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_command_tree import LEAVES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def block(name: str, language: str) -> str:
    """The fenced block that follows `<!-- name -->`."""
    found = re.search(rf"<!-- {name} -->\n```{language}\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no block {name}"
    return found[1]


def commands_table() -> str:
    """What README says of every command, from the command tree itself."""
    lines = ["| command | what it does |", "| --- | --- |"]
    for path, command in LEAVES.items():
        first = " ".join((command.help or "").split("\n\n")[0].split())
        arguments = [
            f"{p.metavar}{' …' if p.nargs != 1 else ''}" if p.required else f"[{p.metavar}]"
            for p in command.params
            if p.param_type_name == "argument"
        ]
        lines.append(f"| `{' '.join([path, *arguments])}` | {first} |".replace("|metavar", ""))
    return "\n".join(lines) + "\n"


def test_every_command_stands_in_readme() -> None:
    found = re.search(r"<!-- commands -->\n(.*?)<!-- /commands -->", README, re.DOTALL)
    assert found and found[1].strip() == commands_table().strip(), (
        "write it anew: python -m tests.test_readme"
    )


def test_ci_calls_the_test_command_of_readme() -> None:
    assert "pytest" in block("tests", "sh")
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- tests -->" in script and "pytest" not in script.replace("<!-- tests -->", "")


def test_every_dependency_is_named_with_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=; \[]", line)[0] for line in project["dependencies"]]
    assert [name for name in names if f"| `{name}`" not in README] == []


def tour() -> list[tuple[str, str]]:
    """(command, what it prints) for each line of the tour."""
    steps = re.split(r"^\$ ", block("tour", "console"), flags=re.MULTILINE)[1:]
    return [(step.split("\n", 1)[0], step.split("\n", 1)[1]) for step in steps]


def run_tour(folder: Path) -> list[tuple[str, str]]:
    """The tour typed into a shell with the installed command; what each line prints."""
    environment = os.environ | {
        "FRIVILLIG_LANG": "en",
        "FRIVILLIG_USER": "kari",
        "FRIVILLIG_CLOCK": "2026-11-02T09:00:00+01:00",
        "FRIVILLIG_CONFIG": str(folder / "config.toml"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
    said = []
    for command, _expected in tour():
        if command.startswith("export "):
            key, _, value = command.removeprefix("export ").partition("=")
            environment[key] = value
            said.append((command, ""))
            continue
        done = subprocess.run(
            shlex.split(command), cwd=folder, env=environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode in (0, 3), f"{command}\n{done.stdout}"
        said.append((command, done.stdout))
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="the tour is typed into a POSIX shell")
def test_the_tour_of_readme_says_what_readme_says(tmp_path: Path) -> None:
    for (command, printed), (_same, expected) in zip(run_tour(tmp_path), tour(), strict=True):
        assert printed.strip() == expected.strip(), command


if __name__ == "__main__":  # write the generated parts anew
    import tempfile

    text = re.sub(
        r"(<!-- commands -->\n).*?(<!-- /commands -->)",
        lambda m: m[1] + commands_table() + m[2], README, flags=re.DOTALL,
    )  # fmt: skip
    if "--tour" in sys.argv:
        with tempfile.TemporaryDirectory() as place:
            lines = "".join(f"$ {command}\n{printed}" for command, printed in run_tour(Path(place)))
        text = re.sub(
            r"(<!-- tour -->\n```console\n).*?(```)", lambda m: m[1] + lines + m[2], text,
            flags=re.DOTALL,
        )  # fmt: skip
    (ROOT / "README.md").write_text(text, "utf-8")

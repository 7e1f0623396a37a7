"""Completion in bash, zsh, fish and PowerShell: Typer's scripts, with our quoting and words.

A shell's script runs the program with `_FRIVILLIG_COMPLETE=complete_bash` (and so on) and the
line so far in other variables. Names of associations come from outside, so each shell gets
them as its own quoting wants: Typer's would leave spaces bare, and let zsh evaluate them.
"""

import os
import re
import sys
from typing import Any

import typer._completion_classes as typers
from typer._click.shell_completion import CompletionItem, add_completion_class

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _

_ANY_CASE = "m:{[:lower:]}={[:upper:]}"  # zsh: `lier` fits `Lier kor`
SHELLS = ("bash", "zsh", "fish", "powershell")


def typed() -> list[str]:
    """The words of the line that is being completed, the program's name first."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    return typers.click_split_arg_string(line)


class Bash(typers.BashComplete):
    """What is printed stands on the line as it is, within the quotes that are open there."""

    def format_completion(self, item: CompletionItem) -> str:
        words = os.environ["COMP_WORDS"].split("\n")
        place = int(os.environ["COMP_CWORD"])
        begun = words[place][:1] if place < len(words) else ""
        if begun == "'":
            return item.value.replace("'", "'\\''")
        if begun == '"':
            return re.sub(r'["$`\\]', r"\\\g<0>", item.value)
        return re.sub(r"[^\w@%+,./:=-]", r"\\\g<0>", item.value)


class Zsh(typers.ZshComplete):
    """What is printed is evaluated, so every text stands in single quotes."""

    def complete(self) -> str:
        args, incomplete = self.get_completion_args()
        found = self.get_completions(args, incomplete)
        if not found:
            return "_files"
        shown = " ".join(self.format_completion(item) for item in found)
        return f"typeset -a found; found=({shown}); _describe '' found -M '{_ANY_CASE}'"

    def format_completion(self, item: CompletionItem) -> str:
        value = re.sub(r"[\\:]", r"\\\g<0>", item.value)
        text = f"{value}:{_(item.help)}" if item.help else value
        return "'" + text.replace("'", "'\\''") + "'"


class Fish(typers.FishComplete):
    """A value and its help on a line, with a tab between; fish quotes by itself."""

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{_(item.help)}" if item.help else item.value


class PowerShell(typers.PowerShellComplete):
    """What is printed stands on the line as it is; single quotes hold all but themselves."""

    def get_completion_args(self) -> tuple[list[str], str]:
        args, incomplete = super().get_completion_args()
        return args, incomplete.lstrip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        value = item.value
        if re.search(r"[^\w./=-]", value):
            doubled = re.sub("['‘’‚‛]", r"\g<0>\g<0>", value)  # it takes all of these for quotes
            value = f"'{doubled}'"
        return f"{value}:::{_(item.help) if item.help else ' '}"


_CLASSES = {"bash": Bash, "zsh": Zsh, "fish": Fish, "powershell": PowerShell, "pwsh": PowerShell}


def answer(command: Any, instruction: str) -> int:
    """Print what `instruction` asks for (`complete_bash`, `source_zsh` …); returns 0 or 1."""
    from typer.completion import shell_complete

    for name, kind in _CLASSES.items():
        add_completion_class(kind, name)
    if sys.platform == "win32" and instruction.endswith(("powershell", "pwsh")):
        import ctypes

        # PowerShell reads what a program prints in the console's code page.
        page = ctypes.windll.kernel32.GetConsoleOutputCP()
        sys.stdout.reconfigure(encoding=f"cp{page or 65001}", errors="replace")  # type: ignore[union-attr]
    return shell_complete(command, {}, "frivillig", "_FRIVILLIG_COMPLETE", instruction)


def _shell() -> str:
    from shellingham import ShellDetectionFailure, detect_shell

    try:
        name = str(detect_shell()[0])
    except ShellDetectionFailure:
        name = ""
    if name not in _CLASSES:
        raise RefusedError(
            _(
                "There is completion for {known}, and this shell is none of them.",
                known=", ".join(SHELLS),
            ),
            _("Run the command again in one of them."),
        )
    return name


def install() -> None:
    """Write the completion script of the shell that runs us where that shell finds it."""
    from typer._completion_shared import install as put

    shell, path = put(shell=_shell(), prog_name="frivillig")
    print(_("Completion for {shell} is installed in {path}.", shell=shell, path=path))
    print(_("Open a new terminal to use it."))


def show() -> None:
    """Print the completion script of the shell that runs us."""
    from typer._completion_shared import get_completion_script

    print(
        get_completion_script(
            prog_name="frivillig", complete_var="_FRIVILLIG_COMPLETE", shell=_shell()
        )
    )

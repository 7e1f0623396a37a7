"""Questions to the person: only in a terminal, and never where --yes has answered."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from frivillig_cli.cli import session
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, typed


def in_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _read(question: str) -> str | None:
    """What is typed after the question; None at the end of it (Ctrl-D)."""
    from frivillig_cli.cli.lines import printable

    sys.stdout.flush()
    print(printable(question), end=" ", file=sys.stderr, flush=True)
    typed = sys.stdin.readline()
    return typed.strip() if typed else None


def _prompt(question: str) -> str:
    answer = _read(question)
    if answer is None:
        raise KeyboardInterrupt
    return answer


def line(question: str) -> str:
    """One line that is typed; "" for an empty one, and at the end of what is typed."""
    return _read(question) or ""


def edit(question: str, text: str) -> str:
    """One line that begins as `text`, to be changed; "" where it is emptied, or at its end.

    Where the terminal cannot let it be changed it is shown, and typed again.
    """
    from frivillig_cli.cli.lines import printable

    try:
        import readline
    except ImportError:  # Windows
        readline = None
    if readline is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(printable(text), file=sys.stderr)
        return line(question)
    readline.set_startup_hook(lambda: readline.insert_text(printable(text)))
    try:
        return input(f"{printable(question)} ").strip()
    except EOFError:
        return ""
    finally:
        readline.set_startup_hook()


def confirm(question: str) -> None:
    """Go on if the answer is yes. Raises RefusedError when it is no, or nobody can be asked."""
    if session.current().yes:
        return
    if not in_terminal():
        raise RefusedError(
            _("This asks before it changes anything, and there is no terminal to ask in."),
            _("Answer with --yes, or look first with --dry-run where the command has it."),
        )
    yes = _("y")
    while True:
        answer = _prompt(f"{question} [{yes}/N]").casefold()
        if answer in (yes, _("yes"), "y", "yes"):
            return
        if answer in ("", "n", _("no"), "no"):
            raise RefusedError(_("Nothing was changed."))


def refuse_if_other(shown: Mapping[str, Any], done: Mapping[str, Any]) -> None:
    """Refuse to save what is not what a person was shown, and has said yes to.

    Both are a command's result in JSON. To be called inside the transaction of `done`, which is
    taken back by it: another terminal has changed the register while the question stood.
    """
    if {**shown, "applied": True} != {**done, "applied": True}:
        raise RefusedError(
            _("The register was changed while you were asked; nothing was saved."),
            _("Give the command again, and look at it anew."),
        )


def text(question: str, option: str, check: Callable[[str], object] | None = None) -> str:
    """Ask for a value that the command needs. Without a terminal: UsageError naming `option`.

    What `check` refuses is told, and asked for again: the rest that was typed is not lost.
    """
    if not in_terminal():
        raise UsageError(
            _("{option} is missing.", option=typed(option)),
            _("Give it on the command line: there is no terminal to ask in."),
        )
    while True:
        answer = _prompt(question)
        if not answer:
            continue
        try:
            if check:
                check(answer)
        except RefusedError as error:
            from frivillig_cli.cli.errors import report

            report(error)
        else:
            return answer


def secret(question: str, option: str) -> str:
    """Ask for what is not to be seen. Without a terminal: UsageError naming `option`."""
    if not in_terminal():
        raise UsageError(
            _("{option} is missing.", option=typed(option)),
            _("Set it in the environment: there is no terminal to ask in."),
        )
    import getpass

    return getpass.getpass(f"{question} ", stream=sys.stderr)


def choose(question: str, choices: dict[str, str], default: str | None = None) -> str:
    """Ask for one of `choices` (key to what it means); returns the key.

    `default` is what an empty answer means; without it the question is put again.
    """
    import shutil

    each = [f"[{key}] {meaning}" for key, meaning in choices.items()]
    shown = "  ".join(each)
    if len(shown) + 2 > shutil.get_terminal_size().columns:
        shown = "\n  ".join(each)
    while True:
        answer = _prompt(f"{question}\n  {shown}\n>").casefold()
        if not answer and default:
            return default
        if answer in choices:
            return answer
        if answer:
            keys = ", ".join(choices)
            session.current().out.hint(_("Answer with one of these: {keys}", keys=keys))

"""The call mode on the terminal: drawn anew at each key, and when others have done something."""

import sys
from time import monotonic
from typing import Any

from frivillig_cli.cli import keys, session
from frivillig_cli.cli.call_mode import Mode
from frivillig_cli.cli.call_screen import lines
from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _

LOOK_AGAIN = 5.0  # seconds between looks at what other terminals have done
_TICK = 0.5


def run(activation_id: int, caller: str) -> None:
    """Call through the list until it is paused. Raises UsageError where there is no terminal."""
    from frivillig_cli.store import interrupt

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            _("Without a person it is a screen with one key a call, and needs a terminal."),
            _("Write it as: frivillig beredskap call PERSON yes|later|no|…"),
        )
    mode = Mode(activation_id, caller)
    try:
        _screen(mode)
    except KeyboardInterrupt:
        interrupt.forget()
        mode.let_go()
        raise
    mode.let_go()
    _say_goodbye(mode)


def _screen(mode: Mode) -> None:
    from rich.console import Console, Group
    from rich.live import Live
    from rich.text import Text

    styles = {"number": "bold", "strong": "bold", "warning": "bold red", "dim": "dim", "": ""}
    console = Console(highlight=False, markup=False)
    mode.look()

    def draw() -> Any:
        width, height = console.size
        found = lines(mode.shown(), width, height)
        return Group(*(Text(one.text, styles[one.style], no_wrap=True) for one in found))

    with (
        keys.reading() as read,
        Live(
            draw(),
            console=console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as live,
    ):
        going = True
        while going:
            live.update(draw(), refresh=True)
            key = read(_TICK)
            if key:
                going = mode.press(key)
            elif monotonic() - mode.looked > LOOK_AGAIN:
                mode.look()


def _say_goodbye(mode: Mode) -> None:
    from frivillig_cli.cli.call_lines import covered_line
    from frivillig_cli.cli.callout import hint
    from frivillig_cli.work.beredskap import need_lines, view, view_json

    run = session.current()
    seen = view.load(run.register, mode.activation_id, run.now)
    run.out.result(view_json.to_json(seen, []), need_lines.needs_line(seen))
    if seen.activation.state == "active":
        hint(
            mode.activation_id,
            covered_line(seen)
            if seen.covered
            else _("Go on with: {command}", command="frivillig beredskap call"),
        )

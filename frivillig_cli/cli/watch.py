"""Something that is shown again and again until somebody ends it with Ctrl-C or q."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from frivillig_cli.cli import session
from frivillig_cli.store import interrupt

SECONDS = 5


def screen(render: Callable[[], Sequence[str]], seconds: float = SECONDS) -> None:
    """Draw what `render` gives over the whole terminal, again every `seconds`. Reads only.

    The register is opened anew each time: a restored one is seen, and nobody is kept waiting.
    """
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    from frivillig_cli.cli import keys

    console = Console(highlight=False, markup=False)

    def draw() -> Text:
        whole = Text("\n".join(render()))
        session.current().close()
        return whole

    try:
        with (
            keys.reading() as read,
            Live(
                draw(), console=console, screen=True, auto_refresh=False,
                redirect_stdout=False, redirect_stderr=False,
            ) as live,
        ):  # fmt: skip
            while read(seconds) != "q":
                live.update(draw(), refresh=True)
    except KeyboardInterrupt:
        interrupt.forget()


def again(do: Callable[[], None], seconds: float = SECONDS) -> None:
    """Do something again every `seconds` until Ctrl-C, which is how one ends it."""
    from time import sleep

    with suppress(KeyboardInterrupt):
        while True:
            do()
            session.current().close()
            sys.stderr.flush()
            sleep(seconds)
    interrupt.forget()

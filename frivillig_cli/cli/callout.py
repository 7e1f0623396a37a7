"""What is said of a call-out names it where it must, and what its log cannot keep is refused."""

import re
from collections.abc import Callable

from frivillig_cli.cli import session

_COMMAND = re.compile(
    "(frivillig beredskap"
    " (?:next|call|status|log|arrive|leave|exclude|include|need|note|expense|handover|retitle"
    "|print|end|cancel|reopen))"
    r"\b(?![^.…]*--activation)"
)


def hint(wanted: int, *lines: str) -> None:
    """Hints about an activation, which name it where they must."""
    session.current().out.hint(*(pointed(line, wanted) for line in lines))


def pointed(text: str, wanted: int) -> str:
    """`text` with --activation NUMBER in each command that would not find `wanted` without."""
    from frivillig_cli.records.activation import queries
    from frivillig_cli.work.beredskap import view

    register = session.current().register
    if not _COMMAND.search(text) or not view.must_be_named(register, wanted):
        return text
    number = queries.get(register, wanted).number
    return _COMMAND.sub(rf"\1 --activation {number}", text)


def fits(label: str) -> Callable[[str], object]:
    """What refuses a text that the call-out cannot keep; `label` is what it is called."""
    from frivillig_cli.records.activation.actions import needed_text

    return lambda text: needed_text(session.current().register, text, label)

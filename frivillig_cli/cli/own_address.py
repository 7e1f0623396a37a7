"""An address that is an association's own although somebody protected lives there."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import typer

from frivillig_cli.cli import session
from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.postcode import ADDRESS
from frivillig_cli.store.register import Register

OwnAddress = Annotated[
    bool,
    typer.Option(
        "--own-address",
        help="It is the association's own address although somebody protected lives there.",
    ),
]


class Own(NamedTuple):
    """What is said of an address, on the screen and beside it."""

    line: str | None = None
    warning: str | None = None

    def lines(self, changed: list[str], *, any_change: bool) -> list[str]:
        """The lines of what was `changed`, or of what was noted where nothing else was."""
        return [self.line] if self.line and not any_change else changed

    def warn(self) -> None:
        """Say what follows of it."""
        if self.warning:
            session.current().out.warn(self.warning)


def settle(
    register: Register,
    address: Mapping[str, Any],
    *,
    had: Mapping[str, Any] | None = None,
    stated: bool = False,
    org: int | None = None,
) -> Own:
    """Refuse a new `address` that others read where somebody protected lives, but one that is
    `stated` to be its own; of an association, `org`, that is noted.

    `had` are the values before. Raises RefusedError, and UsageError where there is no address.
    """
    from frivillig_cli.core.errors import UsageError
    from frivillig_cli.store.homes import OPTION, refuse_home, shown_from_now, state

    if stated and not address["street"]:
        raise UsageError(
            _("{option} goes with an address.", option=OPTION),
            _(
                "Give it with {options}.",
                options=typed("--street STREET --postcode CODE --city PLACE"),
            ),
        )
    before = had or {}
    changed = any(address[one] != before.get(one) for one in ADDRESS)
    if not (changed or stated):
        return Own()
    name = refuse_home(register, address, had=had, stated=stated)
    noted = org is not None and state(register, org, own=name is not None)
    if name and changed:
        return Own(warning=shown_from_now(name))
    if name and noted:
        return Own(_("Noted: the address is its own, although {name}, who is protected, lives"
                     " there.", name=name))  # fmt: skip
    if stated and not name:
        return Own(warning=_("Nobody protected is known to live there: {option} changes nothing.",
                             option=OPTION))  # fmt: skip
    return Own()

"""`frivillig config`: settings for this machine, and for the municipality."""

from pathlib import Path
from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import Change, Show, noun
from frivillig_cli.cli.output import DASH
from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.names import nearest
from frivillig_cli.records import municipality
from frivillig_cli.settings import config

app = noun(N_("Settings for this machine and for the municipality."))

KeyArgument = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="The setting, e.g. backup.folder; see frivillig config list.",
        autocompletion=lambda incomplete: [
            key for key in (*config.KEYS, *municipality.KEYS) if key.startswith(incomplete)
        ],
    ),
]


def _check_key(key: str) -> None:
    known = [*config.KEYS, *municipality.KEYS]
    if key not in known:
        close = nearest(key, known)
        raise RefusedError(
            _("There is no setting {key}.", key=key),
            _("Did you mean {names}?", names=" / ".join(close))
            if close
            else _("See them all: {command}", command="frivillig config list"),
        )


def _logo(value: str) -> str:
    """The whole path of a picture that is there; "" takes it away."""
    if not value.strip():
        return ""
    file = Path(value).expanduser().absolute()
    if not file.is_file() or file.suffix.lower() not in (".png", ".svg"):
        raise RefusedError(
            _("There is no logo at {path}.", path=file), _("Name a PNG or SVG file that is there.")
        )
    from frivillig_cli.work.letters.sender import read_logo

    read_logo(str(file), file.name)
    return str(file)


def _of_the_municipality() -> dict[str, str]:
    try:
        return municipality.get(session.current().register)
    except FrivilligError:
        return {}  # the machine's settings can be seen without a register


@app.command("list", cls=Show)
def list_() -> None:
    """Show all settings, what they mean, and their values."""
    run = session.current()
    theirs = _of_the_municipality()
    values = {key: config.get(key) for key in config.KEYS}
    values |= {key: theirs.get(key) for key in municipality.KEYS}
    meanings: dict[str, Any] = {**config.KEYS, **municipality.KEYS}
    run.out.json(values)
    run.out.table(
        [Column(_("Setting")), Column(_("Value")), Column(_("Meaning"))],
        [[key, value, _(meanings[key])] for key, value in values.items()],
    )


@app.command("get", cls=Show)
def get(key: KeyArgument) -> None:
    """Show one setting."""
    _check_key(key)
    run = session.current()
    value = config.get(key) if key in config.KEYS else municipality.get(run.register).get(key)
    run.out.result({key: value}, value or DASH)


@app.command("set", cls=Change)
def set_(
    key: KeyArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help='The value; "" takes it away.')],
) -> None:
    """Set one setting."""
    _check_key(key)
    run = session.current()
    if key in config.KEYS:
        kept = config.check(key, value)
        config.put(key, kept or None)
    else:
        if key == "letterhead.logo":
            value = _logo(value)
        with run.change() as register:
            municipality.put(register, {key: value})
        kept = municipality.get(run.register).get(key, "")
    run.out.result({key: kept or None}, _("Saved: {key} = {value}", key=key, value=kept or DASH))

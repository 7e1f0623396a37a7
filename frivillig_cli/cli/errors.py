"""The error boundary: an exception becomes a sentence on stderr and an exit code."""

import errno
import re
import sys
from typing import Any

from frivillig_cli.cli.lines import printable
from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.errors import ChoiceError, FrivilligError, UsageError
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.core.os_errors import why
from frivillig_cli.store import interrupt


def _say(*lines: str) -> None:
    # whatever was typed or read may be repeated here; a birth number never is
    shown = [printable(mask_birth_numbers(line)) for line in lines if line]
    try:
        print(*shown, sep="\n", file=sys.stderr)
    except OSError:
        return


def report(error: BaseException, *, debug: bool = False, saved: bool = False) -> int:
    """Print what went wrong, and what to do; returns the exit code.

    `saved`: the run had changed the register when it went wrong.
    """
    if interrupt.asked():  # whatever it looks like from where it was met
        error = KeyboardInterrupt()
    if debug and not isinstance(error, KeyboardInterrupt):
        trace(error)
    if isinstance(error, FrivilligError):
        _say(error.message, *(f"  {row}" for row in error.rows), error.hint)
        return 2 if isinstance(error, UsageError | ChoiceError) else 1
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "Abort":
        _say(
            _("Interrupted. What was changed before that is saved: frivillig history")
            if saved
            else _("Interrupted. What was being changed is not saved.")
        )
        return 130
    if isinstance(error, OSError):
        return _system(error, saved=saved)
    if hasattr(error, "format_message"):
        return _usage(error)
    if isinstance(error, MemoryError):
        _say(_("There is not enough memory for this."), _("Take it in smaller parts."))
        return 1
    what = type(error).__name__
    if saved:
        _say(
            _("The change is saved, but then something went wrong ({what}).", what=what),
            _("Do not do it again. See what was changed with: frivillig history"),
        )
        return 3
    _say(
        _("Something went wrong that should not ({what}). Nothing was saved.", what=what),
        _("Run it again with --debug and report what it prints."),
    )
    return 1


def trace(*errors: BaseException) -> None:
    """Print all that is known of errors: what --debug shows."""
    import traceback

    for error in errors:
        traceback.print_exception(error)


def _system(error: OSError, *, saved: bool) -> int:
    if _reader_is_gone(error):
        return 0
    if saved:
        _say(
            _("The change is saved, but its result could not be written: {why}.", why=why(error)),
            _("Do not do it again. See what was changed with: frivillig history"),
        )
        return 3
    _say(
        _("{file}: {why}.", file=error.filename, why=why(error))
        if error.filename
        else _("What was read or written did not go well: {why}.", why=why(error)),
        _("Check that the place exists, has room, and that you may write there."),
    )
    return 1


def _reader_is_gone(error: OSError) -> bool:
    """Whether this is `| head`: what reads our stdout has seen enough. Windows says EINVAL."""
    on_windows = sys.platform == "win32" and error.errno == errno.EINVAL and not error.filename
    return on_windows or isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE


def _usage(error: Any) -> int:
    """Typer's own refusals, in our words."""
    kind = type(error).__name__
    ctx = error.ctx
    if kind == "NoArgsIsHelpError" or error.message == "Missing command.":
        print(ctx.get_help(), file=sys.stderr)
        return 2
    _say(_LONG_NUMBER.sub("*****", sentence(error)))
    if ctx is not None:
        _say(ctx.get_usage(), _("Try {command} for help.", command=f"{ctx.command_path} --help"))
    return int(error.exit_code)


def sentence(error: Any) -> str:
    """What Typer refuses, as a sentence in the user's language."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        text = _("There is no option {name}.", name=error.option_name)
        near = ", ".join(error.possibilities or ())
        takes_query = any(p.metavar == "QUERY" for p in error.ctx.command.params)
        if near:
            way_out = _("Did you mean {names}?", names=near)
        elif re.fullmatch("-[0-9]", error.option_name):
            takes_amount = any(p.metavar == "AMOUNT" for p in error.ctx.command.params)
            way_out = _("A minus before a number is taken for one.")
            if takes_amount:
                way_out += " " + _("Take a line out with: frivillig beredskap expense 0 WHY"
                                   " --corrects NUMBER")  # fmt: skip
        elif takes_query and not error.option_name.startswith("--"):
            way_out = _("To leave something out, write ^ before it: ^word")
        else:
            way_out = ""
        return f"{text} {way_out}".strip()
    if kind == "MissingParameter":
        return _("{name} is missing.", name=_hint(error))
    if kind == "BadParameter":
        return _bad_value(error)
    message = str(error.message)
    for pattern, sentence in _CLICK.items():
        found = re.fullmatch(pattern, message)
        if found:
            return _(sentence, **found.groupdict())
    return message


def _hint(error: Any) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if error.param.param_type_name == "option":
        return "/".join(error.param.opts)
    return _(error.param.metavar or error.param.name.upper())


def _bad_value(error: Any) -> str:
    choices = getattr(getattr(error.param, "type", None), "choices", None)
    name = _hint(error)
    if choices:
        known = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
        return _("{name} must be one of: {known}.", name=name, known=known)
    kind = getattr(getattr(error.param, "type", None), "name", "")
    if "not in the range" in error.message and error.param.type.max is None:
        return _("{name} must be {low} or more.", name=name, low=error.param.type.min)
    if "not in the range" in error.message:
        return _("{name} must be a number from {low} to {high}.", name=name, **_range(error))
    if kind.startswith("int"):
        return _("{name} must be a whole number.", name=name)
    if kind.startswith("float"):
        return _("{name} must be a number.", name=name)
    return _("{name} has a value that cannot be used.", name=name)


def _range(error: Any) -> dict[str, object]:
    least = error.param.type.min
    return {"low": "…" if least is None else least, "high": error.param.type.max}


# What stands where it does not belong may be anybody's number, mistyped or not.
_LONG_NUMBER = re.compile(r"(?<=[0-9]{6})[0-9]{4,5}(?![0-9])")
_CLICK = {
    r"Option '(?P<name>.+)' requires .+": N_("{name} needs a value."),
    r"Option '(?P<name>.+)' does not take a value\.": N_("{name} takes no value."),
    r"Got unexpected extra argument.* \((?P<rest>.+)\)": N_("This is too much: {rest}"),
}

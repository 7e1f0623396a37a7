"""The filters and tests that a template may use: a short list, each counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from frivillig_cli.core.errors import FrivilligError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import nearest
from frivillig_cli.documents.budget import check_depth, current
from frivillig_cli.documents.errors import TemplateError, UnknownFieldError
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.printed import date_filter, letters_language, plain, text_of
from frivillig_cli.documents.values import one_line

_FROM_JINJA = frozenset(
    {
        "abs",
        "capitalize",
        "count",
        "dictsort",
        "first",
        "float",
        "groupby",
        "int",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "round",
        "select",
        "selectattr",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
        "items",
    }
)
_TESTS = frozenset(
    {
        "defined",
        "undefined",
        "none",
        "number",
        "string",
        "mapping",
        "sequence",
        "odd",
        "even",
        "divisibleby",
        "in",
        "eq",
        "equalto",
        "ne",
        "lt",
        "lessthan",
        "le",
        "gt",
        "greaterthan",
        "ge",
        "true",
        "false",
        "boolean",
        "integer",
        "float",
    }
)


def phone_filter(value: Any) -> str:
    """`90 11 12 22` of `+4790111222`, `90111222` or `901 11 222`; other texts as they are."""
    from frivillig_cli.core.errors import InvalidValueError
    from frivillig_cli.core.phone import parse_phone, show_phone

    text = str(value)
    if text.startswith("+") and text[1:].isdigit():
        return show_phone(text)
    try:
        return show_phone(parse_phone(text)) if text[:1].isdigit() else text
    except InvalidValueError:
        return text


def orgnr_filter(value: Any) -> str:
    """`970 168 001` of nine digits; other texts as they are."""
    from frivillig_cli.core.orgnr import show_orgnr

    text = str(value).replace(" ", "")
    return show_orgnr(text) if len(text) == 9 and text.isdigit() else str(value)


def account_filter(value: Any) -> str:
    """`8601.11.17947` of eleven digits; other texts as they are."""
    text = str(value)
    return f"{text[:4]}.{text[4:6]}.{text[6:]}" if len(text) == 11 and text.isdigit() else text


def amount_filter(value: Any) -> str:
    """`1 250 kroner` of 1250; `1 250,50 kroner` where there are øre."""
    if isinstance(value, str):  # as Norwegians write them
        value = re.sub(r"(?<=[0-9])[ \u00a0](?=[0-9]{3})", "", value).replace(",", ".")
    try:
        number = round(float(value), 2)
        whole, part = divmod(round(abs(number) * 100), 100)
    except (TypeError, ValueError, OverflowError) as error:
        raise TemplateError(
            _("“{value}” is no amount.", value=str(value)[:60]), _("Write a number, such as 1250.")
        ) from error
    shown = f"{whole:,}".replace(",", " ") + (f",{part:02}" if part else "")
    with letters_language():
        return _("{amount} kroner", amount=("−" if number < 0 else "") + shown)


def allowed_filters(env: Any) -> dict[str, Callable[..., Any]]:
    """The whitelist for `env`: Jinja's that end by themselves, and ours."""
    import markupsafe
    from jinja2.filters import FILTERS

    from frivillig_cli.documents.values import lines

    def counted(items: Any) -> Any:
        return current().counted(items)

    def built(value: Any) -> Any:
        return check_depth(current(), value)

    def markdown(value: Any) -> markupsafe.Markup:
        """The value as Markdown: the deliberate way in."""
        text = lines(text_of(plain(value)))
        current().text(len(text))
        return markupsafe.Markup(text)

    def joined(value: Sequence[Any], sep: str = "", attribute: Any = None) -> str:
        if attribute is not None:
            value = [env.getattr(item, attribute) for item in value]
        with _told("join"):
            texts = [text_of(plain(item)) for item in current().counted(_fit("join", value))]
        separator = text_of(plain(sep))
        current().text(sum(map(len, texts)) + len(separator) * len(texts))
        return separator.join(texts)

    def replaced(value: Any, old: str, new: str) -> str:
        text, old, new = text_of(value), text_of(old), text_of(new)
        current().text(len(text) + text.count(old) * len(new))
        return text.replace(old, new)

    def default(value: Any, instead: Any = "") -> Any:
        import jinja2

        if isinstance(value, jinja2.Undefined) and value._undefined_name is None:
            return instead  # the first of none; a slip of the pen is still told
        empty = value is None or value == "" or isinstance(value, jinja2.Undefined)
        return instead if empty else value

    ours = {
        "date": date_filter,
        "phone": phone_filter,
        "orgnr": orgnr_filter,
        "account": account_filter,
        "amount": amount_filter,
        "replace": replaced,
        "default": default,
    }
    taken = {name: FILTERS[name] for name in _FROM_JINJA} | ours
    bounded = {name: _bounded(name, function) for name, function in taken.items()}
    return bounded | {
        "_counted": counted,
        "_built": built,
        "markdown": markdown,
        "join": joined,
    }


# What takes one text, number or date: a list or a record there would be printed as Python has it.
_OF_TEXT = frozenset({"capitalize", "lower", "string", "title", "trim", "truncate", "upper"})
_OF_ONE = _OF_TEXT | {"account", "amount", "date", "float", "int", "orgnr", "phone", "replace"}

# What takes the items of a list: of a record it would take the names of its fields.
_OF_LISTS = frozenset(
    {"first", "groupby", "join", "last", "list", "map", "max", "min", "reject", "rejectattr",
     "reverse", "select", "selectattr", "sort", "sum", "unique"}
)  # fmt: skip


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` with what it is given and what it gives counted; its result is a value.

    What is missing is refused by name, but by `default`; what the filter cannot do is said.
    """
    first = 1 if hasattr(function, "jinja_pass_arg") else 0  # before it is Jinja's own argument

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        taken = [plain(arg) for arg in args]
        for arg in taken:
            if isinstance(arg, Picture) and name != "default":
                raise TemplateError(
                    _("A picture is printed as it is, without a filter."),
                    _("Print the field as it is."),
                )
            if isinstance(arg, str):
                current().text(len(arg))
            elif isinstance(arg, (list, tuple, dict, range)):
                current().step(len(arg))
        if name != "default" and len(taken) > first:
            taken[first] = _fit(name, taken[first])
        named = {key: plain(arg) for key, arg in kwargs.items()}
        with _told(name):
            result = function(*taken, **named)
        return (
            current().counted(_each(name, result)) if hasattr(result, "__next__") else plain(result)
        )

    return call


def _fit(name: str, value: Any) -> Any:
    """What a filter is given, if it is something for it; as text where it takes text."""
    import jinja2

    if isinstance(value, jinja2.Undefined):
        str(value)  # tells which one is missing
    if isinstance(value, dict) and name in _OF_LISTS:
        raise TemplateError(
            _("The filter “{name}” is for lists, and this has fields of its own.", name=name),
            _("Name the field: {example}", example="{{ org.name }}"),
        )
    if name in _OF_ONE:
        text = text_of(value)
        return text if name in _OF_TEXT else value
    return value


def _each(name: str, items: Iterator[Any]) -> Iterator[Any]:
    with _told(name):
        yield from items


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What goes wrong in a filter, told by its name and how it is written."""
    try:
        yield
    except (FrivilligError, UnknownFieldError, OverflowError, MemoryError, RecursionError):
        raise
    except Exception as error:
        from frivillig_cli.documents.filter_info import how

        unknown = no_filter(error)
        raise unknown or TemplateError(
            _("The filter “{name}” cannot do this.", name=name),
            _("It is written so: {example}", example=how(name)),
        ) from error


def allowed_tests(env: Any) -> dict[str, Callable[..., Any]]:
    """The tests (`is …`) that a template may use."""
    return {name: env.tests[name] for name in _TESTS}


def no_filter(error: BaseException) -> TemplateError | None:
    """The refusal for a filter or a test that there is not, where that is what is wrong."""
    said = re.match(r"No (filter|test) named '([^']*)'", str(error))
    if not said:
        return None
    name = one_line(said[2])[:60]
    if said[1] == "test":
        return TemplateError(
            _("There is no test “{name}” to write after is.", name=name),
            _("Write one of: {names}", names=", ".join(sorted(_TESTS))),
        )
    from frivillig_cli.documents.filter_info import FILTERS

    close = nearest(name, [one.name for one in FILTERS])
    return TemplateError(
        _("There is no filter “{name}”.", name=name),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("See which there are: frivillig letter fields"),
    )

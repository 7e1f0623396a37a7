"""The filters and tests that a template may use: a short list, each counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import wraps
from typing import Any

from frivillig_cli.core.errors import FrivilligError
from frivillig_cli.core.i18n import _, in_language, language
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.picture import Picture

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


def date_filter(value: Any, style: str = "long") -> str:
    """`12. mai 2026` of a date or ISO text; with `"short"` `12.05.2026`, `"time"` `kl. 18.00`."""
    moment = _moment(value)
    if style == "time":
        if not isinstance(moment, datetime):
            raise TemplateError(
                _("The date has no time of day."), _("Give it as 2027-04-24T18:00.")
            )
        with _letters_language():
            return f"{moment:%H:%M}" if language() == "en" else f"kl. {moment:%H.%M}"
    if style == "short":
        return f"{moment:%d.%m.%Y}"
    from frivillig_cli.core.dates import show_date

    with _letters_language():
        return show_date(date_of(moment))


def date_of(value: Any) -> date:
    """The day of a date or an ISO text. TemplateError for another text."""
    moment = _moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


def _letters_language() -> AbstractContextManager[None]:
    from frivillig_cli.documents.sandbox import environment

    return in_language(environment().run.language)  # type: ignore[attr-defined]


def _moment(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        text = str(value)
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise TemplateError(
            _("“{value}” is no date.", value=str(value)[:60]), _("Write dates as 2027-03-15.")
        ) from error


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
    try:
        number = round(float(value), 2)
        whole, part = divmod(round(abs(number) * 100), 100)
    except (TypeError, ValueError, OverflowError) as error:
        raise TemplateError(
            _("“{value}” is no amount.", value=str(value)[:60]), _("Write a number, such as 1250.")
        ) from error
    shown = f"{whole:,}".replace(",", " ") + (f",{part:02}" if part else "")
    with _letters_language():
        return _("{amount} kroner", amount=("−" if number < 0 else "") + shown)


def allowed_filters(env: Any) -> dict[str, Callable[..., Any]]:
    """The whitelist for `env`: Jinja's that end by themselves, and ours."""
    import markupsafe
    from jinja2.filters import FILTERS

    from frivillig_cli.documents.values import lines

    def counted(items: Any) -> Any:
        return env.run.counted(items)

    def built(value: Any) -> Any:
        from frivillig_cli.documents.budget import check_depth

        return check_depth(env.run, value)

    def markdown(value: Any) -> markupsafe.Markup:
        """The value as Markdown: the deliberate way in."""
        from frivillig_cli.documents.sandbox import plain, text_of

        text = lines(text_of(plain(value)))
        env.run.text(len(text))
        return markupsafe.Markup(text)

    def joined(value: Sequence[Any], sep: str = "", attribute: Any = None) -> str:
        from frivillig_cli.documents.sandbox import plain, text_of

        if attribute is not None:
            value = [env.getattr(item, attribute) for item in value]
        with _told("join"):
            texts = [text_of(plain(item)) for item in env.run.counted(_fit("join", value))]
        separator = text_of(plain(sep))
        env.run.text(sum(map(len, texts)) + len(separator) * len(texts))
        return separator.join(texts)

    def replaced(value: Any, old: str, new: str) -> str:
        from frivillig_cli.documents.sandbox import text_of

        text, old, new = text_of(value), text_of(old), text_of(new)
        env.run.text(len(text) + text.count(old) * len(new))
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
    bounded = {name: _bounded(env, name, function) for name, function in taken.items()}
    return bounded | {"_counted": counted, "_built": built, "markdown": markdown, "join": joined}


# What takes one text, number or date: a list or a record there would be printed as Python has it.
_OF_TEXT = frozenset({"capitalize", "lower", "string", "title", "trim", "truncate", "upper"})
_OF_ONE = _OF_TEXT | {"account", "amount", "date", "float", "int", "orgnr", "phone", "replace"}

# What takes the items of a list: of a record it would take the names of its fields.
_OF_LISTS = frozenset(
    {"first", "groupby", "join", "last", "list", "map", "max", "min", "reject", "rejectattr",
     "reverse", "select", "selectattr", "sort", "sum", "unique"}
)  # fmt: skip


def _bounded(env: Any, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` with what it is given and what it gives counted; its result is a value.

    What is missing is refused by name, but by `default`; what the filter cannot do is said.
    """
    first = 1 if hasattr(function, "jinja_pass_arg") else 0  # before it is Jinja's own argument

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        from frivillig_cli.documents.sandbox import plain

        taken = [plain(arg) for arg in args]
        for arg in taken:
            if isinstance(arg, Picture) and name != "default":
                raise TemplateError(
                    _("A picture is printed as it is, without a filter."),
                    _("Print the field as it is."),
                )
            if isinstance(arg, str):
                env.run.text(len(arg))
            elif isinstance(arg, (list, tuple, dict, range)):
                env.run.step(len(arg))
        if name != "default" and len(taken) > first:
            taken[first] = _fit(name, taken[first])
        named = {key: plain(arg) for key, arg in kwargs.items()}
        with _told(name):
            result = function(*taken, **named)
        return (
            env.run.counted(_each(name, result)) if hasattr(result, "__next__") else plain(result)
        )

    return call


def _fit(name: str, value: Any) -> Any:
    """What a filter is given, if it is something for it; as text where it takes text."""
    import jinja2

    from frivillig_cli.documents.sandbox import text_of

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
    from frivillig_cli.documents.sandbox import UnknownFieldError

    try:
        yield
    except (FrivilligError, UnknownFieldError, OverflowError, MemoryError, RecursionError):
        raise
    except Exception as error:
        from frivillig_cli.documents.filter_info import how
        from frivillig_cli.documents.jinja_errors import no_filter

        unknown = no_filter(error)
        raise unknown or TemplateError(
            _("The filter “{name}” cannot do this.", name=name),
            _("It is written so: {example}", example=how(name)),
        ) from error


def allowed_tests(env: Any) -> dict[str, Callable[..., Any]]:
    """The tests (`is …`) that a template may use."""
    return {name: env.tests[name] for name in _TESTS}

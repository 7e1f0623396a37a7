"""Jinja for templates that strangers may have written: no reach, and no end to wait for.

Jinja's immutable sandbox keeps a template away from Python. It does not keep it from looping
for ever, or from building a text that fills the memory; what it uses is counted instead (see
budget.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.budget import check_size, current
from frivillig_cli.documents.errors import TemplateError, UnknownFieldError
from frivillig_cli.documents.filters import allowed_filters, allowed_tests
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.printed import plain, text_of
from frivillig_cli.documents.values import one_line

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_TAGS = 5_000  # some 100 MB while they are read
_METHODS = {
    str: frozenset({"upper", "lower", "strip", "split", "startswith", "endswith", "title"}),
    dict: frozenset({"items", "keys", "values", "get"}),
}


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The one environment of all templates."""
    env: Any = _environment_class()(
        autoescape=True,
        optimized=False,
        undefined=_undefined_class(),
        finalize=None,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
        auto_reload=False,
    )
    env.globals = {"range": env.globals["range"], "namespace": env.globals["namespace"]}
    env.filters = allowed_filters(env) | {"_named": _named, "_searched": _searched}
    env.tests = allowed_tests(env)
    env.finalize = _finalizer()
    return env


def _finalizer() -> Any:
    import jinja2
    import markupsafe

    @jinja2.pass_context
    def finalize(_context: Any, value: Any) -> markupsafe.Markup:
        """Each value behind a mark; what the template itself wrote, as it is."""
        run = current()
        if isinstance(value, Picture):
            return markupsafe.Markup(run.picture(value))
        if not isinstance(value, markupsafe.Markup):
            text = one_line(run.marks.resolve(text_of(value)))
            run.output(len(text))
            value = markupsafe.Markup(run.marks.put(text)) if text else markupsafe.Markup("")
        run.output(len(value))
        return value

    return finalize


@cache
def _undefined_class() -> Any:
    import jinja2

    class Unknown(jinja2.StrictUndefined):
        """A name that stands for nothing, in a template with a slip of the pen in it."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._undefined_exception = self._error  # type: ignore[assignment]

        def _error(self, message: str | None) -> Exception:
            if self._undefined_name is None:  # such as the first of none
                return TemplateError(
                    _("The list is empty for this recipient, and has none to print."),
                    _("Say what to write instead: {example}",
                      example='{{ org.tags | first | default("…") }}'),
                )  # fmt: skip
            return UnknownFieldError(str(self._undefined_name or "?"), self._undefined_obj)

    return Unknown


@cache
def empty_class() -> Any:
    """The class of a field that is known, and has no value for this recipient.

    It is false in an `if`, has nothing in it, and takes a `default`; printed, reckoned with or
    asked whether it is more or less than another, it is refused by name.
    """
    import jinja2

    class Empty(jinja2.Undefined):
        @property  # not kept by itself: it would hold itself, and never be freed
        def _undefined_exception(self) -> Any:  # type: ignore[override]
            return self._in_a_sum

        @_undefined_exception.setter
        def _undefined_exception(self, _error: object) -> None:
            pass

        def _missing(self, way_out: str) -> TemplateError:
            name = str(self._undefined_name)
            said = _("{field} is not filled in for this recipient.", field=name)
            return TemplateError(said, way_out, missing=name)

        def _in_a_sum(self, _said: object = None) -> TemplateError:
            return self._missing(
                _("Fill it in, or say what to reckon with instead: {example}",
                  example=f"({self._undefined_name} | default(0))"),
            )  # fmt: skip

        def _compared(self, _other: object) -> bool:
            name = self._undefined_name
            raise self._missing(
                _("Fill it in, or ask first whether it is there: {example}",
                  example=f"{{% if {name} and {name} > … %}}"),
            )  # fmt: skip

        __lt__ = __le__ = __gt__ = __ge__ = _compared  # type: ignore[assignment]

        def __index__(self) -> int:
            raise self._in_a_sum()

        def __getitem__(self, _part: object) -> Empty:  # type: ignore[override]
            return self

        def __str__(self) -> str:
            raise self._missing(
                _(
                    "Fill it in, or say what to write instead, before any other filter: {example}",
                    example="{{ %s | default('…') }}" % self._undefined_name,  # noqa: UP031
                ),
            )

    return Empty


@cache
def _environment_class() -> type[ImmutableSandboxedEnvironment]:
    from jinja2 import nodes
    from jinja2.compiler import CodeGenerator
    from jinja2.runtime import LoopContext, Macro
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from jinja2.utils import Namespace

    class Generator(CodeGenerator):
        def visit_Concat(self, node: nodes.Concat, frame: Any) -> None:
            self.write("environment.joined((")
            for part in node.nodes:
                self.visit(part, frame)
                self.write(", ")
            self.write("))")

    class Sandbox(ImmutableSandboxedEnvironment):
        code_generator_class = Generator
        intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tags = source.count("{{") + source.count("{%")
            if tags > MOST_TAGS:
                raise TemplateError(
                    _("The template has {n} fields and tags, and {most} is the most.",
                      n=tags, most=MOST_TAGS),
                    _("Let a loop write what is alike, or part it into several templates."),
                )  # fmt: skip
            tree = super()._parse(source, name, filename)
            return _counting(tree).set_environment(self)

        def joined(self, parts: Iterable[Any]) -> str:
            texts = [text_of(plain(part)) for part in parts]
            current().text(sum(map(len, texts)))
            return "".join(texts)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            left, right = plain(left), plain(right)
            for value in (left, right):
                if isinstance(value, empty_class()):
                    raise value._in_a_sum()
            check_size(current(), operator, left, right)
            return super().call_binop(context, operator, left, right)

        def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
            current().step()
            if isinstance(__obj, empty_class()):  # such as `upper` of a text that is not filled in
                return empty_class()(name=str(__obj._undefined_name).rpartition(".")[0])
            if not __self.is_safe_callable(__obj):
                raise _forbidden(getattr(__obj, "__name__", "")) if callable(__obj) else _no_call()
            if isinstance(getattr(__obj, "__self__", None), str):
                for one in args:  # what is looked for in a text, or parts it
                    text_of(plain(one))
            return super().call(__context, __obj, *args, **kwargs)

        def getattr(self, obj: Any, attribute: str) -> Any:
            if isinstance(obj, empty_class()) and not attribute.startswith("_"):
                return _within(obj, attribute)
            return super().getattr(plain(obj), attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            if isinstance(obj, dict) and isinstance(argument, str) and argument not in obj:
                return self.undefined(obj=obj, name=argument)
            if isinstance(obj, empty_class()):
                return self.getattr(obj, argument) if isinstance(argument, str) else obj
            return super().getitem(plain(obj), argument)

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            if attr.startswith("_"):
                return False
            for kind, names in _METHODS.items():
                if isinstance(obj, kind):
                    return attr in names
            if isinstance(obj, (LoopContext, Namespace)) or hasattr(obj, "isoformat"):
                return super().is_safe_attribute(obj, attr, value) and not (
                    hasattr(obj, "isoformat") and callable(value)
                )
            return False

        def is_safe_callable(self, obj: Any) -> bool:
            owner = getattr(obj, "__self__", None)
            if isinstance(obj, Macro) or obj in (self.globals["range"], self.globals["namespace"]):
                return True
            if isinstance(owner, LoopContext):
                return obj.__name__ in ("cycle", "changed")
            return any(
                isinstance(owner, kind) and getattr(obj, "__name__", "") in names
                for kind, names in _METHODS.items()
            )

        def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
            raise _forbidden(attribute)

    return Sandbox


def _forbidden(name: object) -> TemplateError:
    return TemplateError(
        _("A template may not use “{name}”.", name=one_line(str(name))[:60]),
        _("Only fields, the listed filters, if and for may be used."),
    )


def _no_call() -> TemplateError:
    return TemplateError(
        _("A field is a value, and has no brackets behind it."),
        _("Write it without: {example}", example="{{ org.name }}"),
    )


def _within(empty: Any, attribute: str) -> Any:
    """What stands in a field without a value, or in one of a list that has none: no value either.

    Named as it is to be written where a `default` goes behind it.
    """
    above = str(empty._undefined_name)
    return empty_class()(
        name=f"({above}).{attribute}" if " | " in above else f"{above}.{attribute}"
    )


class _Searched(str):
    """A text that what is not filled in stands nowhere in, as it stands in no list."""

    def __contains__(self, part: Any) -> bool:
        return not isinstance(part, empty_class()) and super().__contains__(plain(part))


def _searched(value: Any) -> Any:
    """What something is looked for in."""
    value = plain(value)
    return _Searched(value) if isinstance(value, str) else value


def _named(value: Any, written: str) -> Any:
    """One of a list, as it is `written`; where the list has none, a field without a value."""
    import jinja2

    if isinstance(value, jinja2.Undefined) and isinstance(value._undefined_name, int | None):
        return empty_class()(name=written)
    return value


def _written(node: Any) -> str | None:
    """How a field, or one of a list that it is, is written: `org.tags[0]`; None for other nodes."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return str(node.name)
    inner = getattr(node, "node", None)
    above = _written(inner) if inner is not None else None
    if above is None:
        return None
    if isinstance(node, nodes.Getattr):
        return f"{above}.{node.attr}"
    if isinstance(node, nodes.Filter):
        if node.name.startswith("_"):
            return above
        return None if node.args or node.kwargs else f"{above} | {node.name}"
    place = node.arg if isinstance(node, nodes.Getitem) else None
    sign, number = ("-", place.node) if isinstance(place, nodes.Neg) else ("", place)
    if isinstance(number, nodes.Const) and isinstance(number.value, int):
        return f"{above}[{sign}{number.value}]"
    return None


def _counting(tree: Any) -> Any:
    """`tree` with the loops counted, and the lists it writes looked at as they are made.

    Refuses what a letter has no use for and a budget cannot see.
    """
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    def through(name: str, node: Any, *args: Any) -> nodes.Filter:
        found = nodes.Filter(node, name, [nodes.Const(one) for one in args], [], None, None)
        found.set_lineno(node.lineno)
        return found

    def named(node: Any) -> Any:
        written = _written(node)
        return through("_named", node, written) if written else node

    class Counting(NodeTransformer):
        def visit_Include(self, node: Any) -> None:
            raise TemplateError(
                _("A template cannot take in another template."),
                _("Write the text here instead."),
                line=node.lineno,
            )

        visit_Import = visit_FromImport = visit_Extends = visit_Include

        def visit_For(self, node: nodes.For) -> nodes.For:
            if node.recursive:
                raise TemplateError(
                    _("A loop cannot be recursive here."), _("Write two loops."), line=node.lineno
                )
            self.generic_visit(node)
            node.iter = through("_counted", node.iter)
            return node

        def visit_Getitem(self, node: nodes.Getitem) -> Any:
            self.generic_visit(node)
            return named(node) if node.ctx == "load" else node

        def visit_Operand(self, node: nodes.Operand) -> nodes.Operand:
            self.generic_visit(node)
            if node.op in ("in", "notin"):
                node.expr = through("_searched", node.expr)
            return node

        def visit_Filter(self, node: nodes.Filter) -> Any:
            self.generic_visit(node)
            return named(node) if node.name in ("first", "last") else node

        def visit_FilterBlock(self, node: Any) -> None:
            # what it gives is no longer told apart from what the template wrote
            raise TemplateError(
                _("A filter stands behind one field, not around a whole text."),
                _("Write it so: {example}", example="{{ org.name | upper }}"),
                line=node.lineno,
            )

        def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.AssignBlock:
            if node.filter is not None:
                self.visit_FilterBlock(node)
            self.generic_visit(node)
            return node

        def visit_List(self, node: Any) -> Any:
            self.generic_visit(node)
            return node if getattr(node, "ctx", "load") != "load" else through("_built", node)

        visit_Tuple = visit_Dict = visit_List

    return Counting().visit(tree)

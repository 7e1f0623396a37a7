"""Which fields a template uses, read from its text: those in branches that no letter takes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import TemplateError, too_deep
from frivillig_cli.documents.fields import fields_for
from frivillig_cli.documents.near_fields import near_fields
from frivillig_cli.documents.sandbox import environment
from frivillig_cli.documents.values import one_line

# Filters that give the items they are given; the first three are the sandbox's own.
_SAME_ITEMS = ("_counted", "_built", "_named", "sort", "reverse", "list", "unique")


@dataclass(frozen=True)
class Use:
    """A field as a template names it (`agreement.parties[].name`), and in which line."""

    name: str
    line: int


def uses(source: str) -> list[Use]:
    """The fields that `source` (Jinja) names, in order. TemplateError for what Jinja cannot read.

    Names that the template sets itself, and what it reaches through them, are left out.
    """
    import jinja2

    try:
        return list(dict.fromkeys(_Reader().read(environment().parse(source), {})))
    except RecursionError:
        raise too_deep() from None
    except jinja2.TemplateSyntaxError as error:
        from frivillig_cli.documents.jinja_errors import unread

        raise unread(error) from error


@dataclass
class _Reader:
    """Walks a template's tree; `scope` is what each name of the template's own stands for."""

    own: tuple[str, ...] = field(
        default=("loop", "range", "namespace", "caller", "varargs", "kwargs")
    )

    def read(self, node: Any, scope: Mapping[str, str | None]) -> Iterator[Use]:
        from jinja2 import nodes

        if isinstance(node, nodes.For):
            yield from self._loop(node, scope)
        elif isinstance(node, (nodes.Macro, nodes.CallBlock)):
            inside = {**scope, **{arg.name: None for arg in node.args}}
            given = [node.call] if isinstance(node, nodes.CallBlock) else []
            yield from self._all([*given, *node.defaults], scope)
            yield from self._all(node.body, inside)
        elif isinstance(node, nodes.With):
            yield from self._all(node.values, scope)
            named = zip(node.targets, node.values, strict=True)
            inside = {**scope, **{n: self._path(v, scope) for t, v in named for n in _names(t)}}
            yield from self._all(node.body, inside)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            yield from self._field(node, scope)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            # the last word of it is a method
            yield from self._all([node.node.node, *node.args, *node.kwargs], scope)
        else:
            yield from self._all(node.iter_child_nodes(), scope)

    def _all(self, found: Iterable[Any], scope: Mapping[str, str | None]) -> Iterator[Use]:
        """Nodes that follow each other: what one of them sets, those after it know."""
        from jinja2 import nodes

        scope = dict(scope)
        for node in found:
            yield from self.read(node, scope)
            if isinstance(node, nodes.Assign):
                path = self._path(node.node, scope)
                only = node.target.name if isinstance(node.target, nodes.Name) else ""
                scope |= {name: path if name == only else None for name in _names(node.target)}
            elif isinstance(node, (nodes.AssignBlock, nodes.Macro)):
                named = node.name if isinstance(node, nodes.Macro) else ""
                scope |= dict.fromkeys([named] if named else _names(node.target))

    def _loop(self, node: Any, scope: Mapping[str, str | None]) -> Iterator[Use]:
        from jinja2 import nodes

        yield from self.read(node.iter, scope)
        above = self._path(node.iter, scope)
        one = f"{above}[]" if above and isinstance(node.target, nodes.Name) else None
        inside = {**scope, **dict.fromkeys(_names(node.target), one)}
        if node.test is not None:
            yield from self.read(node.test, inside)
        yield from self._all(node.body, inside)
        yield from self._all(node.else_, scope)

    def _field(self, node: Any, scope: Mapping[str, str | None]) -> Iterator[Use]:
        from jinja2 import nodes

        if isinstance(node, nodes.Name) and node.ctx != "load":
            return
        path = self._path(node, scope)
        if path:
            yield Use(path, node.lineno)
        elif not isinstance(node, nodes.Name):
            yield from self._all(node.iter_child_nodes(), scope)

    def _path(self, node: Any, scope: Mapping[str, str | None]) -> str | None:
        """The dotted name of what `node` stands for, or None."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return scope.get(node.name, None if node.name in self.own else node.name)
        if isinstance(node, nodes.Filter) and node.name in _SAME_ITEMS:
            return self._path(node.node, scope) if node.node is not None else None
        if isinstance(node, nodes.Getattr):
            above = self._path(node.node, scope)
            return f"{above}.{node.attr}" if above else None
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            above = self._path(node.node, scope)
            last = "[]" if isinstance(node.arg.value, int) else f".{node.arg.value}"
            return f"{above}{last}" if above else None
        return None


def _names(target: Any) -> list[str]:
    """The names that a `for` or `set` gives values to."""
    from jinja2 import nodes

    return [node.name for node in ([target] if isinstance(target, nodes.Name) else [])] + [
        node.name for node in target.find_all(nodes.Name)
    ]


def unknown(found: Iterable[Use], recipients: str, own: Mapping[str, Any]) -> list[TemplateError]:
    """A refusal for each field that letters to `recipients` do not have; `own` are its `vars`."""
    known = {one.name for one in fields_for(recipients)} | set(_dotted("vars", own))
    whole = known | {
        ".".join(name.split(".")[:n]) for name in known for n in range(1, name.count(".") + 1)
    }
    whole |= {f"{name}[]" for name in known} | {"vars"}
    wrong: list[Use] = []
    for one in found:
        told = any(one.name.startswith((f"{w.name}.", f"{w.name}[")) for w in wrong)
        if not told and one.name not in whole and one.name.removesuffix("[]") not in whole:
            wrong.append(one)
    return [_refusal(one, sorted(known)) for one in wrong]


def _refusal(use: Use, known: list[str]) -> TemplateError:
    close = near_fields(use.name, known)
    return TemplateError(
        _("There is no field “{field}”.", field=one_line(use.name)[:80]),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("See which there are: frivillig letter fields"),
        line=use.line,
    )


def _dotted(name: str, value: Any) -> Iterator[str]:
    """The names within a template's own values; of a list those of all its items."""
    yield name
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _dotted(f"{name}.{key}", item)
    elif isinstance(value, list):
        for item in value:
            yield from _dotted(f"{name}[]", item)

"""The head of a template: YAML between two lines of `---`, read safely and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from frivillig_cli.core.i18n import LANGUAGES, N_, _
from frivillig_cli.core.names import nearest
from frivillig_cli.core.patterns import JINJA_OR_ESCAPED, later, straightened
from frivillig_cli.documents import plain_head
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.letter import LAYOUTS

MOST_BYTES = 200_000
RECIPIENTS = ("org", "volunteer", "agreement", "member")
AGREEMENTS = ("beredskap", "cooperation")  # kind: of those that a template may be for
_LISTS = ("attachments", "copies")
_FIELD_FIRST = later(
    r"^( *(?:- +|(?:- +)?[\w-]+: +))((?:\{[{%]|\*{1,3}[^\s*][^*]*\*|`[^`]+`).*?) *$"
)
_BRACE_OR_COMMENT = later(r"(\{[{%])|([%}]\})|( +#)")
_MOST_QUOTED = 100  # lines
_PRINTED_PLAIN = ("title", "about", *_LISTS)
_EMPHASIS = later(
    r"(\*\*)(?=[^\s*])(.{1,300}?)(?<=[^\s*])\1"
    r"|(?<![\w*_`])([*_`]|__)(?=[^\s*_`])(.{1,300}?)(?<=[^\s*_`])\3(?![\w*_`])"
)
KNOWN = (
    "title", "language", "recipients", "kind", "about", *_LISTS,
    "case_number", "your_reference", "your_date", "exempt", "by_hand", "layout", "vars",
)  # fmt: skip


def split(text: str) -> tuple[dict[str, Any], str, int]:
    """The front matter as a mapping, the body, and the number of lines before the body.

    Raises TemplateError with the line: no front matter, broken YAML, anchors, a name that is
    unknown or stands twice, a value of the wrong kind.
    """
    lines = text.split("\n")
    if not lines or lines[0].strip() != "---":
        raise TemplateError(
            _("The template has no front matter."),
            _("Begin the file with a line ---, then title: and language:, then a line ---."),
            line=1,
        )
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    if not end:
        raise TemplateError(
            _("The front matter does not end."), _("Close it with a line ---."), line=1
        )
    body = straightened("\n".join(lines[end + 1 :]))
    head = _read("\n".join(lines[1:end]))
    for name in _PRINTED_PLAIN:
        if name in head:
            head[name] = _unmarked(head[name])
    return head, body, end + 1


def _unmarked(value: Any) -> Any:
    """A text that is printed in one look, or each of a list, without marks of bold and italic."""
    if isinstance(value, list):
        return [_unmarked(item) for item in value]
    if not isinstance(value, str) or "\ue000" in value or {"*", "_", "`"}.isdisjoint(value):
        return value
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0].removeprefix("\\"))
        return "\ue000"

    text = JINJA_OR_ESCAPED.sub(keep, value)
    for _n in range(2):  # bold within italic
        text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    return re.sub("\ue000", lambda _mark: kept.pop(0), text)


def _read(text: str) -> dict[str, Any]:
    found = plain_head.read(text)
    if found:
        head, numbers = found
        check(head, {name: number + 2 for name, number in numbers.items()})
        return head
    return _read_yaml(text)


def _read_yaml(text: str) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        head, node = _loaded_with_fields(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise TemplateError(
            _("The front matter is not valid YAML: {why}.", why=_why(error)),
            _("Texts with a colon or a hash sign need quotes: {example}", example='title: "A: b"'),
            line=mark.line + 2 if mark else 0,
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise TemplateError(
            _("The front matter cannot be read."), _("Write it simpler: name: value.")
        ) from error
    if not isinstance(head, dict):
        raise TemplateError(
            _("The front matter holds no names with values."), _("Write: title: The title"), line=2
        )
    check(head, _lines(node))
    return {str(name): value for name, value in head.items()}


def _loaded(text: str) -> tuple[Any, Any]:
    loader = _loader()(text)  # of our own, made from the safe one
    node = loader.get_single_node()
    return loader.construct_document(node) if node else None, node


def _loaded_with_fields(text: str) -> tuple[Any, Any]:
    """What is loaded, where texts may begin with a field: YAML has braces of its own.

    Only a line that YAML stops at is put in quotes: in a text of many lines they would be printed.
    """
    import yaml

    for _n in range(_MOST_QUOTED):
        try:
            return _loaded(text)
        except yaml.YAMLError as error:
            quoted = _quoted_where_it_stops(text, error)
            if quoted == text:
                raise
            text = quoted
    return _loaded(text)


def _quoted_where_it_stops(text: str, error: Exception) -> str:
    """`text` with quotes in the line where what YAML cannot read begins, or ends."""
    for mark in (getattr(error, "context_mark", None), getattr(error, "problem_mark", None)):
        if mark:
            begin = text.rfind("\n", 0, mark.index) + 1
            line = text[begin:].split("\n", 1)[0]
            quoted = _FIELD_FIRST.sub(_quoted, line)
            if quoted != line:
                return text[:begin] + quoted + text[begin + len(line) :]
    return text


def _quoted(found: re.Match[str]) -> str:
    """A text that begins with a field, in quotes; a comment behind it stays a comment."""
    text, inside = found[2], False
    end = len(text)
    for sign in _BRACE_OR_COMMENT.finditer(text):
        if sign[1]:
            inside = True
        elif sign[2]:
            inside = False
        elif not inside:
            end = sign.start()
            break
    own = text[:end].replace("'", "''")
    return f"{found[1]}'{own}'{text[end:]}"


def _lines(node: Any) -> dict[str, int]:
    """The line of each name, as the file counts them. TemplateError for one that stands twice."""
    lines: dict[str, int] = {}
    for key, _value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in lines:
            raise TemplateError(
                _("“{name}” stands twice in the front matter.", name=name[:40]),
                _("It stands in line {line} too. Keep one of them.", line=lines[name]),
                line=line,
            )
        lines[name] = line
    return lines


def check(head: Mapping[Any, Any], lines: Mapping[str, int]) -> None:
    """Refuse what a letter cannot use, with the line of each name. Raises TemplateError."""
    for name, value in head.items():
        _check_name(str(name), lines.get(str(name), 1))
        _check_kind(str(name), value, lines.get(str(name), 1))
    if not str(head.get("title") or "").strip():
        raise TemplateError(
            _("The template has no title."),
            _("Write: title: The title"),
            line=lines.get("title", 1),
        )
    language, recipients = str(head.get("language") or ""), str(head.get("recipients") or "org")
    if language not in LANGUAGES:
        raise TemplateError(
            _("The template's language is “{value}”.", value=language[:20] or "–"),
            _("Write nb, nn or en: {example}", example="language: nb"),
            line=lines.get("language", 1),
        )
    if recipients not in RECIPIENTS:
        raise TemplateError(
            _("The template is for “{value}”, which is no kind of recipient.",
              value=recipients[:40]),
            _("Write one of: {names}", names=", ".join(RECIPIENTS)),
            line=lines.get("recipients", 1),
        )  # fmt: skip
    if (kind := head.get("kind")) is not None and (
        recipients != "agreement" or kind not in AGREEMENTS
    ):
        raise TemplateError(
            _("The template is for agreements of the kind “{value}”, and there is no such kind.",
              value=str(kind)[:40])
            if recipients == "agreement"
            else _("kind: says which agreements a template is for, and this one is for “{value}”.",
                   value=recipients),
            _("Write one of: {names}", names=", ".join(AGREEMENTS))
            if recipients == "agreement"
            else _("Leave out {option}.", option="kind:"),
            line=lines.get("kind", 1),
        )  # fmt: skip
    if str(head.get("layout") or "letter") not in LAYOUTS:
        raise TemplateError(
            _("There is no layout “{value}”.", value=str(head["layout"])[:40]),
            _("Write one of: {names}", names=", ".join(LAYOUTS)),
            line=lines.get("layout", 1),
        )


def _check_name(name: str, line: int) -> None:
    if name in KNOWN:
        return
    close = nearest(name, KNOWN)
    raise TemplateError(
        _("The front matter knows no “{name}”.", name=name[:40]),
        _("Did you mean {names}?", names=", ".join(close))
        if close
        else _("Known are {names}. What is your own goes under vars:.", names=", ".join(KNOWN)),
        line=line,
    )


def _check_kind(name: str, value: Any, line: int) -> None:
    if name == "vars":
        if value is not None and not isinstance(value, dict):
            raise TemplateError(
                _("What stands under vars: must be names with values."),
                _("Write below it, indented: {example}", example="place: Kulturhuset"),
                line=line,
            )
        return
    items = value if name in _LISTS and isinstance(value, list) else [value]
    if not all(item is None or isinstance(item, (str, int, float, date)) for item in items):
        raise TemplateError(
            _("“{name}” must be a text.", name=name)
            if name not in _LISTS
            else _("“{name}” must be a list of texts.", name=name),
            _("Texts with a colon or a hash sign need quotes: {example}",
              example='- "Skjema: våren"' if name in _LISTS else f'{name}: "A: b"'),
            line=line,
        )  # fmt: skip
    if name == "your_date" and isinstance(value, str) and "{" not in value:
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise _no_date(value, line) from error


def _no_date(value: str, line: int) -> TemplateError:
    return TemplateError(
        _("“{value}” is no date.", value=value[:40]), _("Write dates as 2027-03-15."), line=line
    )


# What YAML's reader says, and how that is said here; {what} is the first group.
_SAID = (
    (r"could not determine a constructor for the tag '(.+)'", N_("“{what}” is no kind of value")),
    (r"mapping values are not allowed()", N_("there is a colon too many")),
    (r"found character '(.+)' that cannot start", N_("“{what}” cannot begin a value")),
    (r"expected <block end>()", N_("the lines are not indented alike")),
    (r"could not find expected ':'()", N_("a colon is missing")),
    (r"found unexpected end of stream()", N_("a quotation mark does not end")),
)


def _why(error: Exception) -> str:
    """What is wrong, in the language spoken; in the reader's own words where they are not known."""
    said = str(getattr(error, "problem", None) or "?").strip()
    for pattern, sentence in _SAID:
        if found := re.match(pattern, said):
            return _(sentence, what=found[1][:60])
    return said


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            """Nothing is repeated by name: ten lines of that can stand for a billion."""
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark
                raise yaml.composer.ComposerError(None, None, _("* is not used here"), mark)
            return super().compose_node(parent, index)

        def construct_yaml_timestamp(self, node: Any) -> Any:
            try:
                return super().construct_yaml_timestamp(node)
            except ValueError as error:  # 2026-02-30
                raise _no_date(str(node.value), node.start_mark.line + 2) from error

    Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_timestamp)

    # People write `from: 11:00`, `price: 11.00` and `answer: no`, and mean what stands there:
    # YAML 1.1 reads 660, 11.0 and false. Only true, false, whole numbers and dates are read.
    kept = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag in kept]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile("(?:true|false)$"), list("tf")
    )
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:int", re.compile("-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
    )
    return Loader

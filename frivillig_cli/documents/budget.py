"""How much a template may use: steps of its loops, and characters that it builds.

Counted as it goes, without threads or signals, so that it holds on Windows too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from frivillig_cli.core.i18n import _
from frivillig_cli.core.patterns import later
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.values import Marks, picture_mark

_NUMBER = later(r"\s*-?[0-9][0-9 ]*(?:[.,][0-9]+)?\s*")
MOST_STEPS = 100_000
MOST_TEXT = 200_000
MOST_BUILT = 5_000_000
MOST_OUTPUT = 500_000
MOST_NUMBER = 10**30
MOST_PICTURES = 100


class Budget:
    """What one rendering has used, of steps and of characters."""

    def __init__(self, language: str = "nb") -> None:
        self.marks = Marks()
        self.language = language
        self.pictures: list[Picture] | None = None  # where a picture may be a field
        self._steps = self._built = self._output = 0

    def step(self, n: int = 1) -> None:
        """Count `n` steps of a loop, or items looked at."""
        self._steps += n
        if self._steps > MOST_STEPS:
            raise TemplateError(
                _("The template never ends: more than {n} steps.", n=MOST_STEPS),
                _("Look for a loop inside a loop, or a macro that calls itself."),
            )

    def text(self, length: int) -> None:
        """Count a text of `length` characters that is about to be, or has been, built."""
        self._built += length
        if length > MOST_TEXT or self._built > MOST_BUILT:
            raise self.too_long()

    def output(self, length: int) -> None:
        """Count `length` characters of the finished text."""
        self._output += length
        if self._output > MOST_OUTPUT:
            raise self.too_long()

    def picture(self, picture: Picture) -> str:
        """Keep a picture that is printed; its mark. TemplateError where no picture can be."""
        if self.pictures is None:
            raise TemplateError(
                _("A picture can be a field in the text of a template in Word alone."),
                _("Leave it out: the logo stands in the letterhead."),
            )
        self.pictures.append(picture)
        if len(self.pictures) > MOST_PICTURES:
            raise self.too_long()
        return picture_mark(len(self.pictures) - 1)

    def too_long(self) -> TemplateError:
        """The refusal for a text without end."""
        return TemplateError(
            _("The template builds a text that is far too long."),
            _(
                "A letter has at most {n} characters. Look for a text that is doubled.",
                n=MOST_OUTPUT,
            ),
        )

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """`items`, each counted as a step."""
        for item in items:
            self.step()
            yield item


_current = Budget()


def current() -> Budget:
    """What the rendering that goes on has used; there is one at a time."""
    return _current


def begin(language: str) -> None:
    """Begin a rendering in `language`, with a budget of its own."""
    global _current
    _current = Budget(language)


def check_depth(run: Budget, value: Any, left: int = 6) -> Any:
    """`value`, unless it is lists in lists in lists: comparing two of those may never end."""
    if isinstance(value, (list, tuple, dict)):
        if not left:
            raise TemplateError(
                _("The template puts lists into lists, too deep."), _("Use a plain list.")
            )
        run.step(len(value))
        for item in value.values() if isinstance(value, dict) else value:
            check_depth(run, item, left - 1)
    return value


def _refuse_text_for_a_number(left: Any, right: Any) -> None:
    """`12.50` times 2 is no `12.5012.50`: what has a fraction in the front matter is a text."""
    for value, other in ((left, right), (right, left)):
        if isinstance(value, str) and isinstance(other, (int, float)) and _NUMBER.fullmatch(value):
            raise TemplateError(
                _("“{value}” is a text here, and not reckoned with.", value=value),
                _("Make it a number first: {example}", example="{{ 2 * (vars.price | float) }}"),
            )


def check_size(run: Budget, operator: str, left: Any, right: Any) -> None:
    """Refuse a sum, product or power before it is worked out, when it would be huge."""
    for value in (left, right):
        if isinstance(value, int) and abs(value) > MOST_NUMBER:
            raise _too_big()
    if operator == "**" and not (
        isinstance(right, (int, float)) and abs(right) <= 8 and isinstance(left, (int, float))
    ):
        raise _too_big()
    if operator == "%" and isinstance(left, str):
        raise TemplateError(
            _("A template may not use “{name}”.", name="%"),
            _("Join texts with ~ instead: {example}", example="{{ a ~ b }}"),
        )
    if operator == "*":
        _refuse_text_for_a_number(left, right)
    sizes = [len(value) if hasattr(value, "__len__") else 0 for value in (left, right)]
    times = [value if isinstance(value, int) else 1 for value in (left, right)]
    if operator == "+":
        run.text(sum(sizes))
    elif operator == "*" and any(sizes):
        run.text(max(sizes) * max(*times, 0))


def _too_big() -> TemplateError:
    return TemplateError(
        _("The template works out a number that is far too big."),
        _("Write the number instead."),
    )

"""One list dealt to several callers, so that each begins with somebody who matters."""

from __future__ import annotations

from dataclasses import dataclass

from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation.model import Row
from frivillig_cli.work.beredskap.view import View

MOST_CALLERS = 20


@dataclass(frozen=True)
class Part:
    """One caller's share: `name` is `1 of 3`, or "" where the list is not dealt.

    `place` of `total` is the same as numbers.
    """

    name: str
    rows: list[Row]
    place: int = 1
    total: int = 1

    def of(self, needed: int) -> int:
        """How many of those who are needed this caller is to find: all callers' are the need."""
        return needed // self.total + (self.place <= needed % self.total)


def deal(view: View, callers: int | None) -> list[Part]:
    """The list in `callers` parts, dealt like cards in the order of call; None: one, of all.

    People who share a number go to one caller, so that nobody's phone rings twice at a time.
    Raises UsageError for a number of callers that makes no sense.
    """
    if callers is None:
        return [Part("", view.eligible)]
    if not 2 <= callers <= MOST_CALLERS:
        raise UsageError(
            _("A list can be dealt to {least} to {most} callers.", least=2, most=MOST_CALLERS),
            _("Give another number with --split, or leave it out."),
        )
    hands: list[list[Row]] = [[] for _caller in range(callers)]
    held: dict[str, int] = {}  # number -> hand
    for row in view.eligible:
        known = next((held[number] for number in row.usable if number in held), None)
        hand = min(range(callers), key=lambda n: len(hands[n])) if known is None else known
        hands[hand].append(row)
        held.update(dict.fromkeys(row.usable, hand))
    return [
        Part(_("{n} of {total}", n=n, total=callers), hand, n, callers)
        for n, hand in enumerate(hands, start=1)
    ]

"""One list dealt to several callers, so that each begins with somebody who matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from frivillig_cli.core.errors import UsageError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation.model import Row
from frivillig_cli.records.activation.needs import fits
from frivillig_cli.work.beredskap.left import can_be_called
from frivillig_cli.work.beredskap.view import View

MOST_CALLERS = 20


@dataclass(frozen=True)
class Part:
    """One caller's share: `name` is `1 of 3`, or "" where the list is not dealt.

    `total` is how many there are; `shares` how many of each need, by its id, this caller is to
    find: all callers' are what is open.
    """

    name: str
    rows: list[Row]
    total: int = 1
    shares: Mapping[int, int] = field(default_factory=dict)


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
        Part(_("{n} of {total}", n=n, total=callers), hand, callers, own)
        for n, (hand, own) in enumerate(zip(hands, _shares(view, hands), strict=True), start=1)
    ]


def _shares(view: View, hands: Sequence[Sequence[Row]]) -> list[Counter[int]]:
    """How many of each open need each hand is to find, by who is in it: as evenly as they can.

    Nobody is counted for two needs. What nobody is left for is shared out just as evenly.
    """
    shares: list[Counter[int]] = [Counter() for _hand in hands]
    able = [
        {
            row.id: {need.id for need in view.needs if fits(row.skills, need.skill)}
            for row in hand
            if can_be_called(row, view.now) and row.id not in view.not_called
        }
        for hand in hands
    ]

    def who(need: int, hand: int) -> list[int]:
        """Those of a hand who can fill a need, who can do the least besides last."""
        found = [row for row, needs in able[hand].items() if need in needs]
        return sorted(found, key=lambda row: -len(able[hand][row]))

    numbers = range(len(hands))
    for need in sorted(view.needs, key=lambda need: sum(len(who(need.id, n)) for n in numbers)):
        free = [who(need.id, n) for n in numbers]
        for _one in range(need.open):
            n = min(numbers, key=lambda n: (
                not free[n], shares[n][need.id], shares[n].total(), n
            ))  # fmt: skip
            shares[n][need.id] += 1
            if free[n]:
                del able[n][free[n].pop()]
    return shares

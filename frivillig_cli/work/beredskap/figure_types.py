"""The figures of a call-out, as data: `figures` counts them, `figure_lines` puts them in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from frivillig_cli.core.i18n import N_
from frivillig_cli.work.beredskap.elapsed import SetBack

TIME_CLASSES: Mapping[str, str] = {
    "working_hours": N_("working hours (Monday to Friday, 8 to 16)"),
    "evening": N_("evening (16 to 23)"),
    "night": N_("night (23 to 7)"),
    "morning": N_("early morning (7 to 8)"),
    "weekend": N_("weekend (Saturday and Sunday, 7 to 23)"),
}


@dataclass(frozen=True)
class Reach:
    """How many were reached `minutes` after the decision, and of how many.

    `at_most`: the clock was set back, and it may have been later that some of them were.
    """

    minutes: int
    reached: int
    of_eligible: float | None
    of_attempted: float | None
    at_most: bool = False


@dataclass(frozen=True)
class Covered:
    """A need: how it stands, or stood when the last episode ended; and whether it ever was covered.

    `confirmed` stood for it then, and `met` counts those who had left before too. `most` of
    `most_of` is the most that was met in an episode. `seconds` is how long after its first attempt
    it was covered in `episode`, the first in which it was; None: it was not.
    """

    skill: str | None
    needed: int
    confirmed: int
    met: int
    most: int
    most_of: int
    episode: int | None = None
    seconds: int | None = None
    at_least: bool = False


@dataclass(frozen=True)
class Stood:
    """How a need stood at the end of an episode; `met` counts those who had left before too."""

    skill: str | None
    needed: int
    confirmed: int
    met: int


@dataclass(frozen=True)
class OfEpisode:
    """What one of several episodes came to; `ended` None: it is not over.

    `carried` were called in before it, and are among neither those called in it nor their answers.
    """

    episode: int
    ended: str | None
    attempted: int
    reached: int
    yes: int
    on_site: int
    came: int
    by_leaders: int
    carried: int = 0
    needs: tuple[Stood, ...] = ()
    called_off: bool = False


@dataclass(frozen=True)
class Figures:
    """The figures of one activation; durations in whole seconds, shares in per cent.

    Of those who were on the list, and could be called; `came` are those who turned up without
    having been called, on the list or not, and `by_leaders` those whom a group's leader reported
    (`by_leaders_unnamed` of them have no name): they are in no other figure but `on_site`.
    `at_least` names the durations that may have been longer, since the clock was `set_back`.
    """

    kind: str
    time_class: str
    roster: int
    eligible: int
    excluded: int
    attempted: int
    reached: int
    yes: int
    reserve: int
    late: int
    on_site: int
    came: int
    by_leaders: int
    by_leaders_unnamed: int
    no_show: int
    attempts: int
    attempts_per_reached: float | None
    yes_rate: float | None
    reach: tuple[Reach, ...]
    needs: tuple[Covered, ...]
    to_first_attempt: int | None
    to_first_yes: int | None
    to_last_on_site: int | None
    wrong_numbers: int
    one_number: int
    not_verified: int
    episodes: tuple[OfEpisode, ...] = ()
    same_person: tuple[tuple[str, tuple[str, str]], ...] = ()  # (name, both row codes)
    set_back: tuple[SetBack, ...] = ()
    at_least: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  # what the log says of times that a phone's wrong clock gave
    in_time: int = 0  # said yes in time, and counted in no need: it was taken in when it was over

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return asdict(self)

"""What a phone gives back, read: lines of text, whichever way they came.

The first line names the activation by its id (from the second episode on with the episode, after
a dot) and number, the second who called; then a line each
tap; the last how many there are, so that half a text is known for what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from frivillig_cli.core.birthnumber import mask_birth_numbers
from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.core.names import clean_name

FIRST_WORD = "frivillig-answers"
_VERSION = "1"
MOST_BYTES = 8_000_000
_ID = re.compile("[a-z0-9]{6,40}")


@dataclass(frozen=True)
class Tap:
    """One thing that happened to one row, told afterwards.

    `word` is a word of SAID, `on-site`, `released` or `home`; `id` the same however often it is
    told; times in UTC; `of` is, of the word `undo`, the tap that was taken back on the phone.
    """

    id: str
    row_code: str
    word: str
    happened: datetime
    by: str
    eta: datetime | None = None
    number: str | None = None
    of: str | None = None


@dataclass(frozen=True)
class GivenBack:
    """What a file or a pasted text holds; `bad` are the lines that could not be read, with why.

    `episode` is that of the page. When a tap happened decides which one it counts for.
    """

    activation: str
    number: str
    taps: list[Tap]
    bad: list[tuple[str, str]]
    episode: int = 1


def read_given_back(text: str) -> GivenBack:
    """The taps in a text, whatever stands around it. Raises RefusedError where there are none."""
    lines = [line.strip().strip(">\ufeff").strip() for line in text.splitlines()]
    begins = next((n for n, line in enumerate(lines) if line.startswith(FIRST_WORD)), None)
    head = lines[begins].split() if begins is not None else []
    if begins is None or len(head) != 4:
        raise RefusedError(
            _("No answers are found here."),
            _("Give the file or the text that the phone gave back, whole."),
        )
    if head[1] != _VERSION:
        raise RefusedError(
            _("The answers were written by a newer version of the call list."),
            _("Install the newest version of the program, and take them in again."),
        )
    by, taps, bad, told = "?", [], [], None
    for line in lines[begins + 1 :]:
        word, _space, rest = line.partition(" ")
        if word == "by":
            by = clean_name(mask_birth_numbers(rest))[:80] or "?"
        elif word == "end" and rest.isdecimal():
            told = int(rest)
            break
        elif line:
            try:
                taps.append(_tap(line, by))
            except ValueError:
                bad.append((echo(mask_birth_numbers(line)), _("it cannot be read")))
    if told != (came := len(taps) + len(bad)):
        bad.append(("…", _incomplete(told, len(taps) if told is None else came)))
    activation, _dot, episode = head[2].partition(".")
    return GivenBack(activation, head[3], taps, bad, int(episode[:6]) if episode.isdecimal() else 1)


def _incomplete(told: int | None, came: int) -> str:
    """Why some of it is missing: `told` is how many there were, where the text says so."""
    if told is not None:
        why = ngettext(
            "it tells of {n} answer, and holds {came}", "it tells of {n} answers, and holds {came}",
            told, came=came,
        )  # fmt: skip
    elif came:
        why = ngettext(
            "the text is cut off after the first answer",
            "the text is cut off after the first {n} answers",
            came,
        )
    else:
        why = _("the text is cut off before the first answer")
    return _("{why}: ask for it again, or for the file", why=why)


def _tap(line: str, by: str) -> Tap:
    """One line. Raises ValueError."""
    tap_id, row, word, at, *rest = line.split()
    more = dict(part.split("=", 1) for part in rest)
    if not _ID.fullmatch(tap_id) or more.keys() - {"eta", "number", "of"}:
        raise ValueError(line)
    eta = more.get("eta")
    return Tap(
        tap_id, row, word, _moment(at), by, _moment(eta) if eta else None, more.get("number"),
        more.get("of"),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error

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
_BEGINS = re.compile(r"[a-z0-9]{6,40} \d+-\d( |$)")  # an answer: its id and its row code
_ANSWER = re.compile(r"(?<!\S)[a-z0-9]{6,40} \d+-\d [a-z-]+ \d{4}-\d\d-\d\dT")  # and what, and when
_HEAD_WITHIN = re.compile(rf"({FIRST_WORD} \d+ \S+ \S+)(?= by )")  # lines that were run together
_END_WITHIN = re.compile(r" (end \d+)(?= |$)", re.ASCII | re.MULTILINE)
_MORE = re.compile("(eta|number|of)=")
_END = re.compile(r"end \d+", re.ASCII)
_WORDS = {FIRST_WORD: 4, "by": 2, "end": 2}  # how many words a line has that begins like this
_AROUND = " \t>|\ufeff\u200e"
_CHAT = re.compile(
    r"(\[[^\]]{4,30}\]|[\d./-]{6,10},? \d\d[:.]\d\d([:.]\d\d)?( [ap]m)? -) [^:]{1,60}: "
)


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


def read_given_back(text: str) -> list[GivenBack]:
    """What each phone gave back in a text, whatever stands around it.

    Raises RefusedError where there is none.
    """
    found: list[list[str]] = []
    reading, lost = False, 0
    for line in _unwrapped(text):
        if line.startswith(FIRST_WORD):
            reading = len(line.split()) == _WORDS[FIRST_WORD]
            found += [[]] if reading else []
        if reading:
            found[-1].append(line)
            reading = not _END.fullmatch(line)
        else:
            lost += bool(_ANSWER.match(line))
    if not found and (lost or FIRST_WORD in text):
        raise RefusedError(
            _("There are answers here, but they cannot be read: lines are lost, or run together."),
            _("Give the file or the text that the phone gave back, whole."),
        )
    if not found:
        raise RefusedError(
            _("No answers are found here."),
            _("Give the file or the text that the phone gave back, whole."),
        )
    read = [_one(lines) for lines in found]
    if lost:
        why = ngettext(
            "{n} answer stands without the first line of its text: ask for it again, or for the"
            " file",
            "{n} answers stand without the first line of their text: ask for it again, or for the"
            " file",
            lost,
        )
        read[-1].bad.append(("…", why))
    return read


def _unwrapped(text: str) -> list[str]:
    """The lines as the phone wrote them, without what a mail program or a chat makes of them:
    quoted, with who wrote it before each, a long line broken at a space, and many run together.
    """
    made: list[str] = []
    for raw in text.splitlines():
        line = _CHAT.sub("", raw.strip(_AROUND)).strip(_AROUND)
        for part in _apart(" ".join(word for word in line.split() if word.strip(">|"))):
            if made and _goes_on(made[-1], part):
                made[-1] += f" {part}"
            else:
                made.append(part)
    return made


def _apart(line: str) -> list[str]:
    """Lines that were run together into one."""
    line = _HEAD_WITHIN.sub(r"\n\1\n", line)
    if len(told := _ANSWER.split(line)) > 1 or "\n" in line:
        starts = _ANSWER.findall(line)
        line = told[0] + "".join(f"\n{a}{b}" for a, b in zip(starts, told[1:], strict=True))
        line = _END_WITHIN.sub(r"\n\1\n", line)
    return [part.strip() for part in line.split("\n") if part.strip()]


def _goes_on(before: str, line: str) -> bool:
    """Whether `line` is the rest of the one before."""
    first = line.split(" ", 1)[0]
    if first in _WORDS or _BEGINS.match(line):
        return False
    words = before.split()
    if words[0] == "by" and not re.search(r"\d", line) and not _ID.fullmatch(line):
        return True  # the rest of a name
    told = words[0] in _WORDS or _BEGINS.match(before) or _ID.fullmatch(before)
    return bool(told) and (len(words) < _WORDS.get(words[0], 4) or bool(_MORE.match(line)))


def _one(lines: list[str]) -> GivenBack:
    """What one phone gave back. Raises RefusedError."""
    _first, version, uid, number = lines[0].split()
    if version != _VERSION:
        raise RefusedError(
            _("The answers were written by a newer version of the call list."),
            _("Install the newest version of the program, and take them in again."),
        )
    by, taps, bad = "?", [], []
    told = int(lines.pop().split()[1]) if _END.fullmatch(lines[-1]) else None
    for n, line in enumerate(lines[1:], 2):
        word, _space, rest = line.partition(" ")
        if word == "by":
            by = clean_name(mask_birth_numbers(rest))[:80] or "?"
            continue
        try:
            taps.append(_tap(line, by))
        except ValueError:
            bad.append((echo(mask_birth_numbers(line)), _("it cannot be read")))
            continue
        if told is None and n == len(lines):  # its time of coming may be what is missing
            taps.pop()
            bad.append((echo(line), _("the text is cut off, and this may be half an answer")))
    if told != (came := len(taps) + len(bad)):
        bad.append(("…", _incomplete(told, len(taps) if told is None else came)))
    activation, _dot, episode = uid.partition(".")
    return GivenBack(activation, number, taps, bad, int(episode[:6]) if episode.isdecimal() else 1)


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
    if (word == "later" and not eta) or (word == "undo" and "of" not in more):
        raise ValueError(line)  # the page asks when: the rest of the line is lost
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

"""Answers that come in afterwards, from phones and papers: in any order, and twice without harm.

They are stored by when they happened. One that was overtaken before it got here (a no at 03:10,
when a yes at 03:20 stands already) is kept with its time, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.records.activation import (
    actions,
    during_queries,
    queries,
    taken,
    taken_queries,
)
from frivillig_cli.records.activation.began import began
from frivillig_cli.records.activation.calling import (
    ANSWER_WORDS,
    CONTACT_WORDS,
    OUTCOME_WORDS,
    SAID,
    as_typed,
)
from frivillig_cli.records.activation.model import Activation, Row
from frivillig_cli.records.activation.row_actions import DEPLOYMENT_WORDS
from frivillig_cli.store.register import Register
from frivillig_cli.work.beredskap import (
    calls,
    changes,
    moved_times,
    phone_clock,
    steps,
    take_in_mended,
    take_in_passed,
    take_in_past,
    take_in_there,
    take_in_undone,
    twins,
)
from frivillig_cli.work.beredskap.calls import Heard, answer_line
from frivillig_cli.work.beredskap.taps import Tap
from frivillig_cli.work.beredskap.view import find_row, load

_DEPLOYMENTS = {"on-site": "on_site", "released": "released", "home": "home_safe"}


@dataclass
class Taken:
    """What was taken in: (row code, name, what stands now) of each new one; how many were known.

    `undone` were taken back on the phone before anybody saw them; `overtaken` of the new ones
    change nothing; `aside` are taken in and change nothing either, as (what, why); `refused` are
    not taken in. `untold` said that they come, and have not been told that it is over, as (the
    row's `ref`, name); `untold_before` the same of those who said so in an episode that is over,
    and its number. `twins` tells who may be counted twice, `crossed` what
    others had recorded and this replaces. Of `clock` the phone's clock was
    wrong, by `how_wrong`; `unsure` are those of them that another answer stood before, as (name,
    that answer, the new one). `passed` tells of those who were to come at a time that had passed
    when they answered.
    """

    new: list[tuple[str, str, str]] = field(default_factory=list)
    known: int = 0
    undone: int = 0
    overtaken: int = 0
    clock: int = 0
    how_wrong: str = ""
    unsure: list[tuple[str, str, str]] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    crossed: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    untold: list[tuple[str, str]] = field(default_factory=list)
    untold_before: list[tuple[str, str, int]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "taken": [
                {"row_code": code, "name": name, "stands": text} for code, name, text in self.new
            ],
            "known": self.known,
            "undone": self.undone,
            "overtaken": self.overtaken,
            "clock": self.clock,
            "clock_wrong_by": self.how_wrong or None,
            "unsure": [
                {"name": name, "stood": before, "stands": now} for name, before, now in self.unsure
            ],
            "set_aside": [{"what": what, "why": why} for what, why in self.aside],
            "refused": [{"what": what, "why": why} for what, why in self.refused],
            "may_be_twice": self.twins,
            "crossed": self.crossed,
            "time_passed": self.passed,
            "not_told": [
                *({"person": ref, "name": name} for ref, name in self.untold),
                *(
                    {"person": ref, "name": name, "episode": n}
                    for ref, name, n in self.untold_before
                ),
            ],
        }


def take_in(
    register: Register, activation_id: int, taps: Iterable[Tap], source: str, *, now: datetime
) -> Taken:
    """Store what is new of `taps`, in the order it happened. Inside the caller's transaction.

    `source` is `phone`, whose clock may be wrong (the times are then moved to some that can be,
    which is said and logged), or `paper`, where such a time is refused. One that cannot be stored
    keeps no other back.
    """
    activation = queries.get(register, activation_id)
    known = taken_queries.taken(register, activation_id)
    result = Taken()
    taps, clock = list(taps), None
    if source == "phone":
        clock = _mended(register, activation, taps, now)
        taps = clock.taps
    told = {tap.id for tap in taps}
    found, gone = take_in_undone.ordered(taps, known)
    result.undone = take_in_undone.keep(register, activation, gone, known, source, now=now)
    for tap in found:
        tap, passed = take_in_passed.to_come(tap)
        mended = source == "paper" and take_in_mended.correction(register, activation, tap, known)
        if tap.id in known and not mended:
            result.known += 1
            continue
        tap = mended or tap
        try:
            latest = clock.moved.get(tap.id) if clock else None
            before = len(result.new)
            _store(register, activation, tap, _Source(source, latest, told), result, now)
            if passed and len(result.new) > before:
                name = result.new[-1][1]
                said = take_in_passed.log(register, activation, name, tap, passed, now=now)
                result.passed.append(said)
            result.clock += latest is not None
            known.add(tap.id)
        except RefusedError as error:
            result.refused.append((f"{tap.row_code} {_said(tap.word)}", error.message))
    if clock and result.clock:
        result.how_wrong = clock.how_wrong()
        _log_clock(register, activation, result, taps[0].by, now)
    result.untold = _untold(register, activation, taps, now)
    result.untold_before = take_in_past.untold(register, activation, taps, now)
    return result


def _untold(
    register: Register, activation: Activation, taps: Iterable[Tap], now: datetime
) -> list[tuple[str, str]]:
    """Those of `taps` who said that they come, and have not been told that it is over."""
    said = {tap.row_code for tap in taps if tap.word in ("yes", "later")}
    if activation.state == "active" or not said:
        return []
    return [
        (row.ref, row.name)
        for row in load(register, activation.id, now).out
        if row.row_code in said and row.deployment in (None, "on_way")
    ]


@dataclass(frozen=True)
class _Source:
    """Where a tap comes from: `latest` is the latest it can have been where the clock was wrong,
    `told` the ids of all that the same phone gave back.
    """

    name: str
    latest: datetime | None
    told: set[str]


def _mended(
    register: Register, activation: Activation, taps: Sequence[Tap], now: datetime
) -> phone_clock.Mended:
    start = began(register, activation, now)
    stored = taken_queries.happened(register, activation.id)
    return phone_clock.mend(taps, start, max(now, start), stored)


def _log_clock(
    register: Register, activation: Activation, result: Taken, by: str, now: datetime
) -> None:
    text = moved_times.log_text(by, result.how_wrong, result.clock)
    actions.write_log(register, activation, actions.NewEntry("correction", text, by), now=now)


def _said(word: str) -> str:
    """A tap's word as people read it, where it is one of the words that there are."""
    said = SAID.get(word)
    if word in _DEPLOYMENTS:
        return _(DEPLOYMENT_WORDS[_DEPLOYMENTS[word]])
    if said is None:
        return word[:20]
    return _(ANSWER_WORDS[said.answer] if said.answer else OUTCOME_WORDS[said.outcome])


def _store(
    register: Register, activation: Activation, tap: Tap, source: _Source, result: Taken,
    now: datetime,
) -> None:  # fmt: skip
    view = load(register, activation.id, now)
    row = find_row(view, tap.row_code)
    if row.row_code != tap.row_code:
        raise RefusedError(_("It is not a row code of this list."))
    attempt_id, overtaken = None, False
    if tap.word == "undo":
        taken.keep(register, activation.id, tap.id, source.name, now=now)
        _take_back(register, activation, row, tap, result, now)
        return
    if source.name == "paper" and tap.of:
        why = take_in_mended.store(register, activation, row, tap, now=now)
        if why:
            result.aside.append((f"{row.row_code} {row.name}", why))
        else:
            stands = _stands(register, activation, row.id, now)
            result.new.append((row.row_code, row.name, stands))
        return
    past = take_in_past.of(register, activation, source.latest or tap.happened)
    if past and (tap.word in SAID or not row.called_in):
        _store_past(register, activation, row, tap, past, source, result, now)
        return
    if tap.word in _DEPLOYMENTS:
        _move(register, activation, row, tap, now, before=past is not None)
    elif tap.word in SAID:
        before = answer_line(view, row.id)
        heard, overtaken, other = _heard(register, activation, row, tap, source)
        if not overtaken and (why := take_in_there.aside(register, view, row, tap, now=now)):
            taken.keep(register, activation.id, tap.id, source.name, now=now)
            result.aside.append((f"{row.row_code} {row.name}", why))
            return
        try:
            done = calls.record_call(register, activation.id, row.row_code, heard, now=now)
        except calls.NumberError:  # it was said another way already
            taken.keep(register, activation.id, tap.id, source.name, now=now)
            result.known += 1
            return
        attempt_id = done.decided.attempt_id
        result.twins += twins.both_count(done.row, done.twins)
        result.crossed += done.crossed
        after = answer_line(done.view, row.id)
        if source.latest and other and not overtaken and before and after != before:
            result.unsure.append((row.name, before, after))
    else:
        raise RefusedError(_("“{word}” is not an outcome.", word=tap.word[:20]))
    taken.keep(
        register, activation.id, tap.id, source.name, now=now, attempt_id=attempt_id,
        overtaken=overtaken,
    )  # fmt: skip
    result.overtaken += overtaken
    result.new.append((row.row_code, row.name, _stands(register, activation, row.id, now)))


def _store_past(
    register: Register, activation: Activation, row: Row, tap: Tap, past: take_in_past.Past,
    source: _Source, result: Taken, now: datetime,
) -> None:  # fmt: skip
    """What happened in an episode that is over counts for that one, and is told so."""
    attempt_id, overtaken = None, False
    if tap.word in SAID:
        try:
            attempt_id, overtaken = take_in_past.store(
                register, activation, row, tap, past, source.latest, now=now
            )
        except calls.NumberError:  # it was said another way already
            taken.keep(register, activation.id, tap.id, source.name, now=now)
            result.known += 1
            return
        word = _said(tap.word)
    elif tap.word in _DEPLOYMENTS:
        word = _said(tap.word)
        take_in_past.note(register, activation, row, tap, past, word, now=now)
    else:
        raise RefusedError(_("“{word}” is not an outcome.", word=tap.word[:20]))
    taken.keep(
        register, activation.id, tap.id, source.name, now=now, attempt_id=attempt_id,
        overtaken=overtaken,
    )  # fmt: skip
    result.overtaken += overtaken
    told = _("{answer} (episode {n})", answer=word, n=past.episode)
    if row.called_in and not load(register, activation.id, now).by_id[row.id].called_in:
        told += " · " + _("they were counted as coming in episode {n}, and are not now",
                          n=activation.episode)  # fmt: skip
    result.new.append((row.row_code, row.name, told))


def _move(
    register: Register, activation: Activation, row: Row, tap: Tap, now: datetime, *, before: bool
) -> None:
    """Somebody came or left; also when it is over, if they came before that."""
    told = {"by": tap.by, "at": tap.happened, "now": now}
    if tap.word == "on-site":
        in_time = _in_time(activation, tap)
        steps.arrive(register, activation.id, row.row_code, in_time=in_time, before=before, **told)
    else:
        steps.leave(register, activation.id, row.row_code, _DEPLOYMENTS[tap.word], **told)


def _in_time(activation: Activation, tap: Tap) -> bool:
    ended = activation.stood_down
    return ended is None or tap.happened < datetime.fromisoformat(ended)


def _heard(
    register: Register, activation: Activation, row: Row, tap: Tap, source: _Source
) -> tuple[Heard, bool, bool]:
    """The outcome as `call` takes it; whether a later answer stands here already; whether what
    stands came another way than from the same phone.

    Where the phone's clock is wrong, one that may have come last is not taken for an older one.
    """
    stands = queries.last_answered(register, row.id, activation.episode)
    answers = SAID[tap.word].answer
    later = [stands[1]] if stands else []
    if row.deployment not in (None, "on_way"):  # they have come or gone since
        later += filter(None, [during_queries.last_moved(register, row.id)])
    last = source.latest or tap.happened
    overtaken = bool(answers and any(datetime.fromisoformat(at) > last for at in later))
    own = taken_queries.tap_of(register, activation.id, stands[0]) if stands else None
    heard = Heard(
        tap.word, tap.by, tap.happened, tap.eta, tap.number, overtaken=overtaken,
        in_time=_in_time(activation, tap), listed=True,
    )  # fmt: skip
    return heard, overtaken, bool(answers and stands) and own not in source.told


def _take_back(
    register: Register, activation: Activation, row: Row, tap: Tap, result: Taken, now: datetime
) -> None:
    """Take back what a tap became; where it is too late for that, set it aside once and for all."""
    before = taken_queries.episode_of(register, activation.id, str(tap.of))
    if before is not None and before < activation.episode:
        told = take_in_past.take_back(register, activation, row, tap, before, now=now)
        if told:
            result.new.append((row.row_code, row.name, told))
        else:
            why = _("an answer of episode {n} was taken back on the phone when that was over. What"
                    " was met then stands.", n=before)  # fmt: skip
            result.aside.append((f"{row.row_code} {row.name}", why))
        return
    if not _is_last(register, activation, row, tap):
        why = _("an answer was taken back on the phone when another stood already.")
    elif row.deployment not in (None, "on_way"):
        why = _("an answer was taken back on the phone; they are {where} by now.",
                where=_(DEPLOYMENT_WORDS[row.deployment]))  # fmt: skip
    else:
        changes.take_back(register, activation.id, row.row_code, by=tap.by, now=now)
        result.new.append((row.row_code, row.name, _stands(register, activation, row.id, now)))
        return
    _withdraw(register, activation, row.name, tap, now)
    record = _("Record what holds: {command}",
               command=f"frivillig beredskap call {row.ref} {as_typed('yes', 'no')}|…")  # fmt: skip
    result.aside.append((f"{row.row_code} {row.name}", f"{why} {record}"))


def _is_last(register: Register, activation: Activation, row: Row, tap: Tap) -> bool:
    """Whether the tap that is taken back is the last thing that is recorded of its row."""
    attempt = taken_queries.attempt_of(register, activation.id, str(tap.of))
    standing = queries.standing_attempts(register, row.id, activation.episode)
    return bool(standing) and standing[-1]["id"] == attempt


def _withdraw(
    register: Register, activation: Activation, name: str, tap: Tap, now: datetime
) -> None:
    text = _("{name}: an answer was taken back on the phone", name=name)
    entry = actions.NewEntry("correction", text, tap.by, tap.happened)
    actions.write_log(register, activation, entry, now=now)


def _stands(register: Register, activation: Activation, row_id: int, now: datetime) -> str:
    view = load(register, activation.id, now)
    row = view.by_id[row_id]
    if row.deployment and row.deployment != "on_way":
        return _(DEPLOYMENT_WORDS[row.deployment])
    return answer_line(view, row_id) or _(CONTACT_WORDS[row.contact])

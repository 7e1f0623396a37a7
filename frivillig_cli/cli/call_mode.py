"""The call mode: one keyboard, one key for each outcome, and everything on the disk at once.

Each outcome is committed before the screen says so. A slip is taken back by a correction; nothing
is rewritten. Whom one was about to ring when it is paused is free for others at once, and after
ten minutes where the program was killed.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from frivillig_cli.cli import keys, session
from frivillig_cli.cli.call_screen import Shown, blocked_lines, draws_blocks
from frivillig_cli.core.errors import FrivilligError
from frivillig_cli.core.i18n import N_, _

UNDO, SKIP, PAUSE, ROUND, ANYBODY = "undo", "skip", "pause", "round", "anybody"
TWICE = 0.4  # seconds in which nobody can have rung: the finger struck twice
OUTCOMES = {
    "yes": N_("[y] yes"),
    "later": N_("[f] from (time)"),
    "last-resort": N_("[l] last resort"),
    "no": N_("[n] no"),
    "unclear": N_("[u] unclear"),
    "no-answer": N_("[a] no answer"),
    "busy": N_("[b] busy"),
    "voicemail": N_("[v] voicemail"),
    "wrong-number": N_("[w] wrong number"),
}
WAYS = {UNDO: N_("[z] undo the last"), SKIP: N_("[s] skip"), PAUSE: N_("[q] pause")}
WHEN_IDLE = {
    ROUND: N_("[r] another round"),
    ANYBODY: N_("[m] those without the skill too"),
    UNDO: WAYS[UNDO],
    PAUSE: WAYS[PAUSE],
}


def letter(sentence: str) -> str:
    """The key that a sentence such as `[y] yes` names, in the language of the run."""
    found = re.match(r"\[(.)\]", _(sentence))
    if found is None:
        raise ValueError(f"no key in {_(sentence)!r}")
    return found[1].casefold()


@dataclass
class Question:
    """A time that is being typed: for which outcome, what stands there, whether it may be empty."""

    word: str
    text: str
    needed: bool
    typed: str = ""


@dataclass
class Mode:
    """The call mode of one activation, as one keyboard sees it."""

    activation_id: int
    caller: str
    found: Any = None
    blocked: FrivilligError | None = None
    view: Any = None
    notes: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # row codes, in the order they were recorded
    last: str = ""
    warning: str = ""
    question: Question | None = None
    looked: float = 0.0
    struck: tuple[str, float] = ("", 0.0)  # the key that recorded the last outcome, and when
    skipped: set[int] = field(default_factory=set)  # the rows that come last for this keyboard

    # what is known

    def look(self) -> None:
        """See what others have done; where nobody could be called, try again."""
        from frivillig_cli.work.beredskap import view

        run = session.current()
        self.view = view.load(run.register, self.activation_id, run.now)
        self.looked = monotonic()
        if self.found is None:
            self.claim()

    def claim(self, **how: bool) -> None:
        """Reserve the next one to ring, or keep the reason why there is none."""
        from frivillig_cli.work.beredskap import claims

        run = session.current()
        try:
            with run.change() as register:
                self.found = claims.claim_next(
                    register, self.activation_id, caller=self.caller, now=run.now,
                    skipped=self.skipped, **how
                )  # fmt: skip
            if self.found.row.id in self.skipped:  # nobody else is left: all anew
                self.skipped.clear()
            self._found()
        except FrivilligError as error:
            self.found, self.blocked = None, error

    def _found(self) -> None:
        from frivillig_cli.work.beredskap import changes

        self.blocked = None
        self.notes = changes.notes(session.current().register, self.activation_id, self.found.row)

    # what a key does

    def press(self, key: str) -> bool:
        """Do what a key says; False when it is paused."""
        self.warning = ""
        if self.question:
            self._type(key)
            return True
        known = {**OUTCOMES, **WAYS} if self.found else WHEN_IDLE
        word = next((one for one, text in known.items() if letter(text) == key.casefold()), None)
        if word == PAUSE:
            return False
        if word in OUTCOMES and self.struck[0] == key and monotonic() - self.struck[1] < TWICE:
            self.warning = _("The key was struck twice: nothing is recorded of {name}.",
                             name=self.found.row.name)  # fmt: skip
        elif word in OUTCOMES:
            recorded = len(self.done)
            self._outcome(str(word))
            if len(self.done) > recorded:
                self.struck = key, monotonic()
        elif word == UNDO:
            self._undo()
        elif word == SKIP:
            self.let_go()
            self.skipped.add(self.found.row.id)
            self.claim()
        elif word in (ROUND, ANYBODY):
            self.claim(new_round=word == ROUND, any_skill=word == ANYBODY)
        return True

    def _outcome(self, word: str) -> None:
        test = self.view.activation.kind == "contact_test"
        if word == "yes" and not test:
            ask = _("When are they there? 30m or 03:55; Enter: not said, Esc: back")
            self.question = Question(word, ask, needed=False)
        elif word == "later":
            ask = _("From when can they come? 2h or 06:00; Esc: back")
            self.question = Question(word, ask, needed=True)
        else:
            self._record(word, None)

    def _type(self, key: str) -> None:
        question = self.question
        assert question is not None
        if key == keys.ESCAPE:
            self.question = None
        elif key == keys.BACKSPACE:
            question.typed = question.typed[:-1]
        elif key != keys.ENTER:
            question.typed += key if key.isprintable() else ""
        elif question.typed.strip() or not question.needed:
            self._answer(question)

    def _answer(self, question: Question) -> None:
        from frivillig_cli.records.activation.times import parse_coming

        text = question.typed.strip()
        try:
            eta = parse_coming(text, session.current().now) if text else None
        except FrivilligError as error:
            self.warning, question.typed = _told(error), ""
            return
        self.question = None
        self._record(question.word, eta)

    def _record(self, word: str, eta: datetime | None) -> None:
        from frivillig_cli.cli.call_lines import repeated_line
        from frivillig_cli.records.activation.calling import OUTCOME_WORDS, SAID
        from frivillig_cli.work.beredskap import calls, twins

        run, row = session.current(), self.found.row
        heard = calls.Heard(word, self.caller, eta=eta, once=True)
        try:
            with run.change() as register:
                result = calls.record_call(
                    register, self.activation_id, row.row_code, heard, now=run.now
                )
        except FrivilligError as error:  # nothing is stored, and the screen says so
            self.warning = _told(error)
            return
        self.view, self.looked = result.view, monotonic()
        if result.repeated:
            self.last = repeated_line(row, result)
            self.claim()
            return
        self.done.append(row.row_code)
        said = SAID[word]
        what = (
            calls.answer_line(self.view, row.id) if said.answer else _(OUTCOME_WORDS[said.outcome])
        )
        self.last = _("Last: {name}: {what}", name=row.name, what=what)
        if result.decided.answer == "reserve" and said.answer == "yes":
            self.last += " · " + _("not needed now: say thanks, they may be asked again")
        self.last = " · ".join([self.last, *twins.both_count(row, result.twins)])
        self.warning = " ".join(result.crossed)
        self.claim()

    def _undo(self) -> None:
        from frivillig_cli.work.beredskap import changes, claims, crossed

        if not self.done:
            self.warning = _("Nothing has been recorded from here yet.")
            return
        run, code = session.current(), self.done[-1]
        try:
            with run.change() as register:
                back = changes.take_back(
                    register, self.activation_id, code, by=self.caller, now=run.now
                )
                if self.found:
                    claims.release(register, self.found, self.caller)
                self.found = claims.claim_again(
                    register, self.activation_id, code, caller=self.caller, now=run.now
                )
        except FrivilligError as error:
            self.warning = _told(error)
            return
        self.done.pop()
        self.struck = "", 0.0
        self.view, self.looked = back.view, monotonic()
        self.last = _("Taken back: {name}: {what}", name=back.row.name, what=back.what)
        self._found()
        self.warning = " ".join(crossed.stands(run.register, back.row, self.caller))

    def let_go(self) -> None:
        """Whom one was about to ring is free for others."""
        from frivillig_cli.work.beredskap import claims

        if self.found:
            with session.current().change() as register:
                claims.release(register, self.found, self.caller)

    # what is shown

    def shown(self) -> Shown:
        """What the screen shows now."""
        from frivillig_cli.cli.call_lines import tally_line
        from frivillig_cli.cli.lines import printable
        from frivillig_cli.core.dates import show_time
        from frivillig_cli.records.activation.model import KIND_WORDS
        from frivillig_cli.work.beredskap import enough, script

        run, seen = session.current(), self.view
        activation = seen.activation
        question = f"{self.question.text}: {self.question.typed}_" if self.question else ""
        kind, called = _(KIND_WORDS[activation.kind]), tally_line(seen)
        over = activation.state != "active"  # by another, perhaps, while one is ringing
        told = script.over(self.found.row.name) if over and self.found else self._by_others()
        if not over:
            called = " · ".join(part for part in (called, enough.outlook(seen)) if part)
            called = called[:1].upper() + called[1:]
        return Shown(
            title=printable(f"{activation.number}  {activation.title} · {kind}"),
            right=f"{show_time(run.now)} · {printable(self.caller)}",
            mark=script.mark(activation.kind),
            labels=(_("STOP") if over else _("CALL"), _("SAY")),
            blocked=[printable(part) for part in blocked_lines(self.blocked)],
            keys=[_(text) for text in self._keys().values()],
            bars=[(printable(n.skill or _("anyone")), n.confirmed, n.needed) for n in seen.needs],
            tally=_("called {tally}", tally=called) if seen.tally["called"] else called,
            last=printable(self.last),
            prompt=printable(question),
            warning=printable(" ".join(filter(None, [told, self.warning]))),
            plain=not draws_blocks(),
            **(self._person(over) if self.found else {}),
        )  # fmt: skip

    def _by_others(self) -> str:
        """What others have decided meanwhile about whom one is ringing, or about the need."""
        row = self.view.by_id.get(self.found.row.id) if self.found else None
        if row is None:
            return ""
        if row.selection == "excluded":
            return _("{name} is left out by now. Go on: {key}", name=row.name, key=_(WAYS[SKIP]))
        if self.view.covered:
            return _("The need is covered by now. If {name} is on the line, press the key of their"
                     " answer; else go on: {key}", name=row.name, key=_(WAYS[SKIP]))  # fmt: skip
        return ""

    def _person(self, over: bool) -> dict[str, Any]:
        from frivillig_cli.cli.call_lines import about_lines
        from frivillig_cli.cli.lines import printable
        from frivillig_cli.cli.views import phone
        from frivillig_cli.work.beredskap import script

        found = self.found
        n, total = found.place
        numbers = [phone(number) or "" for number in found.phones]
        about = [" · ".join(about_lines(found)), *self.notes]
        if len(numbers) > 1:
            about.insert(0, _("else {numbers}", numbers=", ".join(numbers[1:])))
        if found.row.answer == "reserve":
            about.insert(0, _("said yes before, and is in reserve: ask again"))
        command = f"frivillig person show {found.row.ref}"
        return {
            "name": printable(found.row.name),
            "place": _("{n} of {total}", n=n, total=total),
            "number": numbers[0] if numbers else "",
            "instead": _("The number is protected. See it with: {command}", command=command)
            if found.row.protected
            else "–",
            "about": [printable(line) for line in about if line],
            "say": printable(script.say_over() if over else found.say),
        }

    def _keys(self) -> dict[str, str]:
        if self.question:
            return {}
        if self.found:
            return {**OUTCOMES, **WAYS}
        rows = self.view.eligible
        given_up = any(row.contact == "given_up" for row in rows) and not self.view.covered
        skilled = any(need.skill and need.open for need in self.view.needs)
        offered = {ROUND: given_up, ANYBODY: skilled, UNDO: bool(self.done), PAUSE: True}
        return {word: text for word, text in WHEN_IDLE.items() if offered[word]}


def _told(error: FrivilligError) -> str:
    return " ".join(part for part in (error.message, error.hint) if part)

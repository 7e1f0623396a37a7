"""A protected person's phone and e-mail in a survey: what was sent before, and what comes back.

They stand in the bases and answers that the register keeps, and leave it in no list, file or
question: not as what was sent, not as what somebody wrote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from frivillig_cli.core.i18n import _, typed
from frivillig_cli.core.names import fold
from frivillig_cli.core.phone import pattern_of
from frivillig_cli.records.contact import queries as contacts
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.survey import queries
from frivillig_cli.records.survey.model import Kind, Outcome, Problem, Question, Value
from frivillig_cli.records.survey.questions import office_of
from frivillig_cli.store import protected
from frivillig_cli.store.history import former
from frivillig_cli.store.homes import of_home, of_home_unless_own
from frivillig_cli.store.register import Register

PROTECTED = "protected"
_TELLING = (Kind.TEXT, Kind.PHONE, Kind.EMAIL)
_MAY_TELL = re.compile(r"[0-9@]")  # a phone, an e-mail, a house number
# field of an association that others read -> how a value of it stands in a command
_OWN = {"name": "NAME", "website": "ADDRESS", "phone": "NUMBER", "email": "ADDRESS"}
# Problems that tell what was sent, too: that may be an earlier holder's.
_OF_EARLIER = ("conflict", "other_holder")


@dataclass
class Guard:
    """The protected people of one organisation: who holds which office, or has held it."""

    names: dict[str, str] = field(default_factory=dict)  # folded -> as it is written
    now: dict[str, str] = field(default_factory=dict)  # office -> who
    ever: dict[str, str] = field(default_factory=dict)
    # office -> the folded names of the others who hold it, or have held it
    others: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, contact: Contact, former: Iterable[str] = ()) -> None:
        """One office that somebody holds, or has held; `former` are their names before."""
        called = {fold(name) for name in (contact.name, *former)}
        if not contact.protected:
            self.others[contact.role] |= called
            return
        self.names |= dict.fromkeys(called, contact.name)
        self.ever.setdefault(contact.role, contact.name)
        if contact.to_date is None:
            self.now.setdefault(contact.role, contact.name)

    def meant(self, office: str, name: Value, *, written: bool) -> str | None:
        """The protected person whom a form means by `name`, `written` by them or as it was sent.

        A name that was sent and is nobody's by now may be theirs before it was changed.
        """
        known = self.names.get(fold(str(name or "")))
        if known or written:
            return known
        of_another = fold(str(name or "")) in self.others.get(office, ())
        return self.now.get(office) or (None if of_another else self.ever.get(office))

    def sent(self, name: str) -> bool:
        """Whether what was sent for a field may be a protected person's phone or e-mail."""
        office = office_of(name)
        return office not in (None, name) and office in self.ever

    def tells_of(self, register: Register, problem: Problem) -> str | None:
        """The protected person whose phone or e-mail a problem may hold.

        One who has held the office, unless the form plainly means another who has.
        """
        name = problem.field or ""
        office = office_of(name)
        if office is None or office == name or office not in self.ever:
            return None
        if office in self.now or problem.id is None:
            return self.now.get(office, self.ever[office])
        sent, said = _named(register, problem.id, office)
        meant = (sent, said) if problem.code in _OF_EARLIER else (said,)
        theirs = next((self.names[name] for name in meant if name in self.names), None)
        if theirs or self.others.get(office, set()).issuperset(meant):
            return theirs
        return self.ever[office]

    def answer_is_of_another(self, register: Register, problem: Problem) -> bool:
        """Whether the phone or e-mail that was answered is plainly another one's than that of the
        protected person whose office it was: the form gives it with another name, and no word of
        the two names is the same."""
        office = office_of(problem.field or "")
        if office is None or problem.id is None or problem.code in ("other_holder", PROTECTED):
            return False
        sent, said = _named(register, problem.id, office)
        said = said or _name_held(register, problem.id, office)
        if not said or said in self.names or {*said.split()} & {*sent.split()}:
            return False
        return not protected.is_name(register, said)


def _name_held(register: Register, problem_id: int, office: str) -> str:
    """The name, folded, that a kept form gives an office and that waits itself."""
    form = queries.form_of(register, problem_id)
    kept = queries.problems_of_answer(register, form[1].id) if form else []
    return fold(next((one.value for one in kept if one.field == office and one.value), ""))


def _named(register: Register, problem_id: int, office: str) -> tuple[str, str]:
    """The names, folded, that an office had as a kept form was sent, and that the form gives it.

    Empty where there is none.
    """
    form = queries.form_of(register, problem_id)
    if form is None:
        return "", ""
    base, answer = form
    sent = fold(str(base.get(office) or ""))
    said = answer.answers.get(office)
    if said is None:
        return sent, sent
    return sent, "" if said.outcome is Outcome.REJECTED else fold(str(said.answer or ""))


def guards(register: Register) -> Mapping[int, Guard]:
    """organisation -> its protected people; of any that has none, an empty guard."""
    found: dict[int, Guard] = defaultdict(Guard)
    beside = contacts.beside_protected(register)
    names = former(register, "person", {contact.person_id for contact in beside}, "name")
    for contact in beside:
        found[contact.org_id].add(contact, names.get(contact.person_id, ()))
    return found


class Ways:
    """The phones, e-mails and addresses of those who are protected, wherever they are written."""

    def __init__(self, register: Register) -> None:
        ways = protected.ways(register)
        self._patterns = [(name, written(way)) for name, way in ways]
        self._streets = protected.streets(register)

    def whose(self, text: str) -> str | None:
        """The name of one whose phone, e-mail or address stands in a text."""
        if not _MAY_TELL.search(text):
            return None
        found = next((name for name, way in self._patterns if way.search(text)), None)
        if found or not self._streets:
            return found
        folded = fold(text)
        return next((name for name, street in self._streets if street.search(folded)), None)

    def shield(self, problem: Problem) -> Problem:
        """A problem as it may be told; of a file that is nobody's, with the file's name."""
        who = self.whose(f"{problem.value or ''} | {problem.message}")
        if who is None:
            return problem
        words = is_theirs(who, problem.field, problem.org_id)
        if problem.org_id is None and problem.cell is None:
            words = f"{problem.file}: {words}"
        return replace(problem, code=PROTECTED, message=words, value=None)

    def held_in(self, question: Question, value: object) -> bool:
        """Whether what is written freely to a question tells how one of them is reached; or what
        stands as the association's own phone or e-mail. Of somebody in an office it is theirs."""
        free = isinstance(value, str) and is_free(question)
        return free and self.whose(str(value)) is not None

    def open(self, questions: Iterable[Question], values: Mapping[str, Value]) -> dict[str, Value]:
        """The values by field as they may leave the register: blank where they tell that."""
        asked = {question.id: question for question in questions}
        return {
            name: None if self.held_in(asked[name], value) else value
            for name, value in values.items()
        }


def is_free(question: Question) -> bool:
    """Whether a phone or an e-mail in its answer is nobody's in an office."""
    return question.kind is Kind.TEXT or (
        question.kind in _TELLING and office_of(question.id) is None
    )


def written(way: str) -> re.Pattern[str]:
    """A phone (E.164) or an e-mail in a text, however it is written."""
    if "@" in way:
        return re.compile(rf"(?<![\w.+-]){re.escape(way)}(?![\w-]|\.\w)", re.IGNORECASE)
    return pattern_of(way)


def shield_problems(register: Register, problems: Iterable[Problem]) -> list[Problem]:
    """Problems as they may be told, also those that were kept before somebody was protected.

    Left out are the phone and e-mail of an office that one of them has held, and theirs
    wherever somebody wrote them.
    """
    known, ways = guards(register), Ways(register)
    found = []
    for problem in problems:
        guard = known[problem.org_id or 0]
        who = guard.tells_of(register, problem)
        if who is not None and guard.answer_is_of_another(register, problem):
            problem = _without_sent(problem, who)
        elif who is not None:
            problem = replace(problem, code=PROTECTED, message=is_protected(who), value=None)
        found.append(ways.shield(problem))
    return found


def _without_sent(problem: Problem, who: str) -> Problem:
    """A problem without what was sent, or stands here, of one who is protected."""
    if problem.code != "conflict":
        return problem
    words = _("Changed on both sides: answered {answer}. What was sent is that of {name}, who is "
              "protected.", answer=problem.value or "–", name=who)  # fmt: skip
    return replace(problem, message=words)


def is_protected(name: str) -> str:
    """Why nothing of them is taken from a form."""
    return _("{name} is protected: enter it yourself.", name=name)


def is_theirs(name: str, field: str | None, org: int | None) -> str:
    """Why an answer that holds their phone or e-mail is not taken. In what an association has of
    its own it may not be entered at all: it is told what may."""
    if org is None or field not in _OWN:
        return is_protected(name)
    command = f"frivillig org edit {org} --{field} {_OWN[field]}"
    if field in protected.IN_TEXT:
        return _("The phone of {name}, who is protected, stands in it. Enter it without the "
                 "number: {command}", name=name, command=typed(command))  # fmt: skip
    why = protected.of_protected(name, field)
    return _("{why} Ask what others may use: {command}", why=why, command=typed(command))


def is_home(name: str, org: int, field: str) -> str:
    """Why a part of an address is not taken from a form: somebody protected lives there. With the
    street goes the way in which the association gets it all the same."""
    return of_home_unless_own(name, org) if field == "street" else of_home(name)

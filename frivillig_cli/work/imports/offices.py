"""A list of associations with their leaders: who holds which office, where that is certain.

Whoever may be somebody else, or more than one, is left out and listed: an office is entered by
hand then. A phone or e-mail goes with the name beside it, and with nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.echo import echo
from frivillig_cli.core.email import parse_email
from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import first_name_first, fold, nearly_one
from frivillig_cli.core.phone import parse_phones
from frivillig_cli.core.remark import apart, is_small_inside, may_be_a_name
from frivillig_cli.core.vacant import NOTHING, tells_of_another, tells_of_nobody, without_office
from frivillig_cli.records.contact import actions as contacts
from frivillig_cli.records.contact import queries as offices
from frivillig_cli.records.contact.model import Contact
from frivillig_cli.records.person import actions as people
from frivillig_cli.records.person import queries as persons
from frivillig_cli.records.person import rules
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import by_hand
from frivillig_cli.work.imports.decisions import NEW, InOffice
from frivillig_cli.work.imports.known import Known
from frivillig_cli.work.imports.record import Record
from frivillig_cli.work.imports.result import Difference, Rejection
from frivillig_cli.work.imports.seat import Holder, Named, Seat
from frivillig_cli.work.imports.titles import OFFICES
from frivillig_cli.work.imports.together import NO_NAME, parted

_MORE = ("/", ",", ";", "&", "\n", " og ", " and ")


@dataclass
class Offices:
    """What became of a row's offices: how many were entered, what differs, what is left out."""

    entered: int = 0
    differences: list[Difference] = field(default_factory=list)
    left_out: list[Rejection] = field(default_factory=list)


@dataclass
class OfficeTaker:
    """Enters the offices of rows. `replaces(difference)` says whether the file's holder goes in.

    With `create` False nobody is made who is not in the register. `hidden` are the numbers and
    addresses of protected people: nobody else gets them. `asks` gives who it is where that is in
    doubt, NEW, or None.
    """

    register: Register
    replaces: Callable[[Difference], bool]
    create: bool
    now: datetime
    hidden: frozenset[str] = frozenset()
    asks: Callable[[InOffice], int | None] | None = None
    _left: list[Contact] = field(default_factory=list)

    def take(self, record: Record, org: Known) -> Offices:
        """Enter what one row says of the offices of `org`."""
        done = Offices()
        here: dict[str, list[Named]] = {}
        self._left.clear()
        for role in OFFICES:
            holder = self._holder(record, org, role, done)
            if holder:
                self._take(Seat(record, org, role), holder, here, done)
        return done

    def _holder(self, record: Record, org: Known, role: str, done: Offices) -> Holder | None:
        said = {d: record.offices.get(f"{role}{d}", "") for d in ("", "_phone", "_email")}
        said |= {d: "" for d, text in said.items() if d and fold(text) in NOTHING}
        given = parted(said)

        def leave_out(detail: str, why: str) -> None:
            text = echo(given[detail] if detail else said[""])  # all that is to be entered by hand
            done.left_out.append(Rejection(record.row, f"{role}{detail}", text, why))

        name = without_office(" ".join(given[""].split()))
        letters = sum(char.isalpha() for char in name)
        if letters < 2 or tells_of_nobody(name):
            for detail in ("_phone", "_email"):
                if given[detail]:
                    leave_out(detail, _("There is no name to go with it."))
            return None
        if NO_NAME.fullmatch(name):
            leave_out("", _("that is no name of a person: enter it with frivillig contact add"))
            return None
        marks = [mark for mark in _MORE if mark in given[""]]
        remark = apart(name)[1]
        if (marks or remark) and (same := self._as_held(org, role, name)):
            name, marks, remark = same, [], ""
        if remark and (is_small_inside(name) or self._is_somebodys(name)):
            remark = ""
        if any(char.isdigit() for char in name):
            why = _("figures stand beside the name: enter it with frivillig contact add")
            leave_out("", why)
            return None
        two = [len(part.split()) > 1 for part in name.split(",")]  # Berit Øye, Kari Lin: two people
        if marks == [","] and len(two) == 2 and not all(two):
            why = _(
                "a last name first, or more than one name: write “{name}” in the list, or enter it"
                " with frivillig contact add",
                name=echo(first_name_first(name)),
            )
            leave_out("", why)
            return None
        if marks:
            leave_out("", _("more than one name: enter it with frivillig contact add"))
            return None
        if remark and (meant := may_be_a_name(name)):
            why = _(
                "a name without the capital of the last name, or a remark: write “{name}” in the"
                " list, or enter it with frivillig contact add",
                name=echo(meant),
            )
            leave_out("", why)
            return None
        if remark:
            leave_out("", _("a remark stands beside the name: enter it with frivillig contact add"))
            return None
        if tells_of_another(name):
            leave_out("", _("that is no name of a person: enter it with frivillig contact add"))
            return None
        if len(name.split()) == 1 and self._holds_another(org, role, name):
            leave_out("", _("only one name: enter the whole with frivillig contact add"))
            return None
        try:
            name = str(rules.check({"name": name})["name"])
        except InvalidValueError as error:
            leave_out("", error.message)
            return None
        phones: list[str] = []
        email = None
        try:
            phones = parse_phones(given["_phone"])
        except InvalidValueError as error:
            leave_out("_phone", error.message)
        try:
            email = parse_email(given["_email"]) if given["_email"] else None
        except InvalidValueError as error:
            leave_out("_email", error.message)
        return Holder(name, phones, email)

    def _holds_another(self, org: Known, role: str, name: str) -> bool:
        """Whether the office is held now, and by nobody of that name."""
        held = offices.current(self.register, org.id, role)
        return bool(held) and all(fold(one.name) != fold(name) for one in held)

    def _as_held(self, org: Known, role: str, name: str) -> str | None:
        """The name of the holder now, if it is that one with the last name first, or in small."""
        same = fold(first_name_first(name))
        held = offices.current(self.register, org.id, role)
        return next((one.name for one in held if fold(one.name) == same), None)

    def _is_somebodys(self, name: str) -> bool:
        """Whether somebody in the register has that very name, but for its capitals."""
        return bool(persons.match(self.register, name).candidates)

    def _take(
        self, seat: Seat, holder: Holder, here: dict[str, list[Named]], done: Offices
    ) -> None:
        """One office; `here` are those whom the row has named already, by their folded names."""
        named = here.setdefault(fold(holder.name), [])
        now_held = offices.current(self.register, seat.org.id, seat.role)
        same = [one.person_id for one in now_held if fold(one.name) == fold(holder.name)]
        if same:
            person = self._certain(holder, same) or same[0]
            done.differences += self._details(seat, holder, person, named, done)
            return
        old = ", ".join(one.name for one in now_held)
        said = seat.says("", old, holder.name)
        if now_held:
            said = replace(said, outcome="kept")
            if not self.replaces(said):
                done.differences.append(said)
                return
            said = replace(said, outcome="changed")
        found, new, why = None, False, ""
        if self._is_hidden(holder):
            why = _hidden()
        elif named:
            found = self._of_the_row(holder, named)
            why = "" if found else _two_of_a_name()
        else:
            found, new, why = self._person(seat, holder)
        if found is None:
            self._leave_out(seat, holder, why, done, details=bool(named))
            return
        today = norwegian_day(self.now)
        replaces = bool(now_held)
        self._left += now_held
        contacts.add(self.register, seat.org.id, found, seat.role, today=today, replace=replaces)
        done.entered += 1
        done.differences.append(said)
        if new:
            named.append(Named(found))
            named[-1].hears(holder)
            details = (("_phone", "; ".join(holder.phones)), ("_email", holder.email))
            done.differences += [seat.says(detail, "", text) for detail, text in details if text]
        else:
            done.differences += self._details(seat, holder, found, named, done)

    def _leave_out(
        self, seat: Seat, holder: Holder, why: str, done: Offices, *, details: bool
    ) -> None:
        """An office that nobody gets; with `details`, the phone and e-mail that go with it too."""
        said = {"": echo(holder.name)}
        if details and not self.hidden.intersection(
            [*holder.phones, (holder.email or "").casefold()]
        ):
            said |= {"_phone": "; ".join(holder.phones), "_email": holder.email or ""}
        done.left_out += [
            Rejection(seat.record.row, f"{seat.role}{detail}", text, why)
            for detail, text in said.items()
            if text
        ]

    def _certain(self, holder: Holder, ids: Collection[int]) -> int | None:
        """The one of several who have the name whose phone or e-mail it is, if one of `ids`."""
        if len(ids) == 1:
            return None
        found = persons.match(self.register, holder.name, holder.phones, holder.email)
        return found.person_id if found.person_id in ids else None

    def _of_the_row(self, holder: Holder, named: list[Named]) -> int | None:
        """Who has the name, the phone and the e-mail of a holder, where the row has named one or
        more of that name; None where that is uncertain."""
        if holder.phones or holder.email:
            found = persons.match(self.register, holder.name, holder.phones, holder.email)
            if found.person_id is not None:
                return found.person_id
        return named[0].id if len(named) == 1 and named[0].may_be(holder) else None

    def _person(self, seat: Seat, holder: Holder) -> tuple[int | None, bool, str]:
        """Who it is, and whether made since nobody has the name; None and why where in doubt."""
        found = persons.match(self.register, holder.name, holder.phones, holder.email)
        if found.outcome == "same":
            return found.person_id, False, ""
        if found.outcome == "uncertain":
            if one := self._of_the_board(seat.org, holder):
                return one, False, ""
            names = sorted((each.id, each.name) for each in found.candidates)
            why = by_hand.same_name(self._command(seat, holder), [number for number, _n in names])
            answer = self._asked(seat, holder, names)
        elif not self.create:
            return None, False, _("not in the register, and nothing new is made")
        elif near := self._nearly_named(seat, holder):
            why = by_hand.near_name(self._command(seat, holder), near, holder.name)
            answer = self._asked(seat, holder, [(near.person_id, near.name)])
        else:
            why, answer = "", NEW
        if answer is None or (answer == NEW and not self.create):
            return None, False, why
        if answer != NEW:
            return answer, False, ""
        values = {"name": holder.name, "email": holder.email}
        return people.add(self.register, values, phones=holder.phones, now=self.now), True, ""

    def _asked(self, seat: Seat, holder: Holder, candidates: list[tuple[int, str]]) -> int | None:
        if self.asks is None:
            return None
        row = seat.record.row
        return self.asks(InOffice(row, seat.org.name, seat.role, holder.name, tuple(candidates)))

    def _nearly_named(self, seat: Seat, holder: Holder) -> Contact | None:
        """The one of the board whose name is spelt nearly so."""
        board = () if seat.org.fresh else offices.current(self.register, seat.org.id)
        return next((one for one in board if nearly_one(one.name, holder.name)), None)

    def _command(self, seat: Seat, holder: Holder) -> str:
        held = offices.current(self.register, seat.org.id, seat.role)
        ways = (holder.phones, holder.email)
        return by_hand.command(seat.org, seat.role, holder.name, ways, replace=bool(held))

    def _of_the_board(self, org: Known, holder: Holder) -> int | None:
        """The one of that name who holds another office there, or did until this row, if nothing
        says otherwise."""
        held = [*offices.current(self.register, org.id), *self._left]
        ids = {one.person_id for one in held if fold(one.name) == fold(holder.name)}
        if len(ids) != 1:
            return None
        person = persons.get(self.register, *ids)
        other_phone = holder.phones and person.all_numbers
        other_email = holder.email and person.values["email"]
        return None if other_phone or other_email else person.id

    def _is_hidden(self, holder: Holder) -> bool:
        """Whether a protected person can be reached there, who is nobody of that name."""
        hidden = self.hidden.intersection([*holder.phones, (holder.email or "").casefold()])
        return (
            bool(hidden)
            and not persons.match(self.register, holder.name, holder.phones, holder.email).person_id
        )

    def _details(
        self, seat: Seat, holder: Holder, person_id: int, named: list[Named], done: Offices
    ) -> list[Difference]:
        """Fill the phone and the e-mail of a holder who was there before. What a namesake has is
        not taken, nor what the row says otherwise of the same one in two offices."""
        person = persons.get(self.register, person_id)
        of = next((one for one in named if one.id == person_id), None)
        if of is None:
            email = person.values["email"]
            emails = {email.casefold()} if email else set()
            named.append(of := Named(person_id, {*person.all_numbers}, emails))
        number = next(iter(holder.phones), None)
        told = []
        for detail, old, new in (
            ("phone", "; ".join(person.all_numbers), number),
            ("email", person.values["email"] or "", holder.email),
        ):
            if not new or new in old.split("; ") or new.casefold() == old.casefold():
                continue
            if person.protected or new.casefold() in self.hidden:
                why = _("a protected person is changed by hand only")
                why = why if person.protected else _hidden()
                done.left_out.append(Rejection(seat.record.row, f"{seat.role}_{detail}", "", why))
                continue
            why = _two_of_a_name() if self._is_namesakes(holder.name, new, person.id) else ""
            if not why and old and detail in of.said:
                why = _("the same person in two offices, with another phone or e-mail there")
            if why:
                field = f"{seat.role}_{detail}"
                done.left_out.append(Rejection(seat.record.row, field, new, why))
                continue
            said = seat.says(f"_{detail}", old, new)
            if old:
                said = replace(said, outcome="kept")
                said = replace(said, outcome="changed") if self.replaces(said) else said
            if said.outcome != "kept" and detail == "phone":
                people.put_phone_first(self.register, person.id, new, now=self.now)
            elif said.outcome != "kept":
                people.edit(self.register, person.id, {"email": new}, now=self.now)
            told.append(said)
        of.hears(holder)
        return told

    def _is_namesakes(self, name: str, contact: str, person_id: int) -> bool:
        """Whether another of that name has a phone or an e-mail."""
        return any(
            one.id != person_id
            and (contact in one.phones or contact.casefold() == (one.email or "").casefold())
            for one in persons.match(self.register, name).candidates
        )


def _hidden() -> str:
    return _("a protected person has that phone or e-mail: enter it with frivillig contact add")


def _two_of_a_name() -> str:
    return _("perhaps another of the same name: enter it with frivillig contact add")

"""Which record of the register a row is about: for certain, none, or a question.

By id, organisation number, e-mail (with a name that fits), then name and place. What is
uncertain is never merged silently and never becomes a twin: nor is a row whose signs point to
two different ones, or that has another number or account than the one whom it names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from frivillig_cli.core.i18n import _
from frivillig_cli.core.likeness import ALIKE, likeness, named
from frivillig_cli.core.names import fold, sorted_words
from frivillig_cli.work.imports.filed import MANY, Filed, note
from frivillig_cli.work.imports.known import (
    TELLS_APART,
    Known,
    new_contact,
    other_account,
    placeless,
    same_contact,
    same_place,
    similar_people,
    tells_who,
)
from frivillig_cli.work.imports.merged import Merged
from frivillig_cli.work.imports.record import Record


@dataclass(frozen=True, slots=True)
class Match:
    """`id` is the record, None for a new one; `candidates` when it is uncertain, with why.

    `only`: the one candidate is the only one of that name, and the row has no place that could
    be another's. Where nobody can be asked it is that one, unless the list has two of the name.
    """

    id: int | None = None
    candidates: tuple[Known, ...] = ()
    why: str = ""
    only: bool = False


_NONE = Match()


@dataclass
class Index:
    """The register's records by what identifies them. `people`: a name alone is no identity."""

    people: bool
    slips: bool = False  # whether names with a slip of the finger are looked for
    by_id: dict[int, Known] = field(default_factory=dict)
    by_orgnr: dict[str, int] = field(default_factory=dict)
    _email: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _phone: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _name: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _slip: Filed = field(default_factory=lambda: Filed(lambda name: named(name).slips))
    merged: Merged = field(default_factory=Merged)
    # addresses that this very file has given to one that was here before
    _given: set[str] = field(default_factory=set)
    # e-mail -> what this file calls those who have it
    _called: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stem = Filed(self._stems)

    def hear(self, records: Iterable[Record]) -> None:
        """Note what a file calls those whose e-mails are known, before any of its rows is looked
        for."""
        for record in records if self._email else ():
            email = record.text("email").casefold()
            if email in self._email:
                self._called.setdefault(email, set()).add(fold(record.text("name")))

    def learn(self, known: Known) -> None:
        """Add a record, or what it has got since."""
        alone = (known.id,)
        self.by_id[known.id] = known
        if known.orgnr:
            self.by_orgnr[known.orgnr] = known.id
        for email in known.emails:
            note(self._email, email.casefold(), alone)
        for phone in known.phones:
            note(self._phone, phone, alone)
        note(self._name, fold(known.name), alone)
        self._stem.add(known.name, alone)
        # within one file its sender has told them apart: only those that were here before
        if self.slips and not known.fresh:
            self._slip.add(known.name, alone)

    def by_former(self, known: Known, record: Record) -> bool:
        """Whether a row has the number or the name of another that was merged into this one."""
        orgnr, name, number = record.text("orgnr"), record.text("name"), record.text("id")
        if orgnr:
            return orgnr != known.orgnr and self.merged.by_orgnr.get(orgnr) == known.id
        if number.isdecimal() and int(number) in self.merged.by_id:
            return self.merged.by_id[int(number)] == known.id
        return fold(name) != fold(known.name) and self.merged.holds(known.id, name)

    def learn_row(self, record_id: int, record: Record) -> None:
        """Add what a row has given a record, new or old."""
        email, city = record.text("email"), fold(record.text("city")) or None
        orgnr, postcode = record.text("orgnr") or None, record.text("postcode") or None
        known = self.by_id.get(record_id)
        if known is None:
            name, emails = record.text("name"), (email,) if email else ()
            phones = record.phones
            self.learn(Known(record_id, name, orgnr, emails, phones, postcode, city, fresh=True))
            return
        if email and not self._has_email(known, email.casefold()):
            self._given.add(email.casefold())
        emails = tuple(dict.fromkeys((*known.emails, email)))
        former = self.by_former(known, record)
        self.learn(
            known._replace(
                orgnr=known.orgnr or (None if former else orgnr),
                emails=tuple(email for email in emails if email),
                phones=tuple(dict.fromkeys((*known.phones, *record.phones))),
                postcode=known.postcode or postcode,
                city=known.city or city,
            )
        )

    def find(self, record: Record) -> Match:
        """The record that a row is about."""
        if self._is_new(record):
            return _NONE
        return (
            self._by_identity(record)
            or self._by_former_name(record)
            or self._by_email(record)
            or self._by_phone(record)
            or self._by_name(record)
            or _NONE
        )

    def _is_new(self, record: Record) -> bool:
        """Whether nobody has anything of what is looked for below: nearly all of a new list."""
        name, orgnr = record.text("name"), record.text("orgnr")
        if self.people or self._slip or not name or "id" in record.values:
            return False
        if orgnr in self.by_orgnr or orgnr in self.merged.by_orgnr:
            return False
        folded = fold(name)
        if folded in self._name or folded in self.merged.by_name:
            return False
        email = record.text("email")
        if email and email.casefold() in self._email:
            return False
        stem, joined = self._stems(name)
        return not (self._stem.get(stem) or self._stem.get(joined))

    def takes_number(self, known: Known, record: Record) -> bool:
        """Whether a row with the number of `known` in its column `id` is about that one."""
        another = self.by_orgnr.get(record.text("orgnr"), known.id) != known.id
        return not (another or self._contradicts(known, record)) and self._fits(known, record)

    def _by_identity(self, record: Record) -> Match | None:
        number = record.text("id")
        here = int(number) if number.isdecimal() else 0
        here = self.merged.by_id.get(here, here)
        if here in self.by_id:
            known = self.by_id[here]
            if self.takes_number(known, record):
                return Match(known.id)
            if self.by_orgnr.get(record.text("orgnr"), known.id) != known.id:
                others = (known, self.by_id[self.by_orgnr[record.text("orgnr")]])
                return Match(candidates=others, why=_("the organisation number is another's"))
            why = _("the number is theirs, but the name is another")
            return Match(candidates=(known,), why=why)
        orgnr = record.text("orgnr")
        found = self.by_orgnr.get(orgnr) or self.merged.by_orgnr.get(orgnr)
        if found not in self.by_id:
            return self._another_number(record) if orgnr else None
        known = self.by_id[found]
        if record.values.get("name") == known.name:
            return Match(found)  # nearly every row of a list that has been here
        return self._not_by_name(known, record) or Match(found)

    def _not_by_name(self, known: Known, record: Record) -> Match | None:
        """A question where the number is one's, and the name or the e-mail another's."""
        name = record.text("name")
        namesakes = self._name.get(fold(name), ())
        if known.id in namesakes:
            return None
        others = [self.by_id[one] for one in namesakes if not self.by_id[one].fresh]
        why = _("the organisation number is one's, the name another's")
        if not others and not (name and self._fits(known, record)):
            others = self._owners(known, record)
            why = _("the organisation number is one's, the e-mail another's")
        return Match(candidates=(known, *others), why=why) if others else None

    def _by_former_name(self, record: Record) -> Match | None:
        """What one of that name was merged into, where none is called so now."""
        name = fold(record.text("name"))
        into = self.by_id.get(self.merged.by_name.get(name, 0))
        if into is None or name in self._name:
            return None
        if self._contradicts(into, record):
            why = _("the same name, another organisation number")
            return Match(candidates=(into,), why=why)
        return Match(into.id)

    def _another_number(self, record: Record) -> Match | None:
        """A question where the name and more are one's who has another organisation number."""
        email = record.text("email").casefold()
        named_so = self._name.get(fold(record.text("name")), ())
        reached = self._email.get(email, ()) if email else ()
        if not named_so and not reached:
            return None  # nearly every row of a long list
        found = []
        for one in sorted({*named_so, *(reached if len(reached) <= MANY else ())}):
            known = self.by_id[one]
            if known.fresh or not self._contradicts(known, record):
                continue
            here = one in named_so and same_place(known, record)
            if here or (one in reached and record.text("name") and self._fits(known, record)):
                found.append(known)
        why = _("the same name, another organisation number")
        return Match(candidates=tuple(found), why=why) if found else None

    def _owners(self, known: Known, record: Record) -> list[Known]:
        """Whose alone the row's e-mail was before this file, where that is not `known`."""
        email = record.text("email").casefold()
        ids = self._email.get(email, ()) if email and email not in self._given else ()
        if len(ids) != 1 or known.id in ids:
            return []  # what several have tells nobody from another
        return [self.by_id[one] for one in ids if not self.by_id[one].fresh]

    def _by_email(self, record: Record) -> Match | None:
        email = record.text("email").casefold()
        ids = self._email.get(email, ()) if email else ()
        shared = self._open(ids, record) if len(ids) <= MANY else []
        fitting = [known for known in shared if self._fits(known, record)]
        if len(fitting) == 1:
            return Match(fitting[0].id)
        if fitting:
            return Match(candidates=tuple(fitting), why=_("the same name and e-mail"))
        if not record.text("name") and shared:
            return Match(candidates=tuple(shared), why=_("the same e-mail"))
        # within one file its sender has told them apart: two teams, one secretary
        before = [known for known in shared if not known.fresh]
        if before and not self._name.get(fold(record.text("name"))):
            return Match(candidates=tuple(before), why=_("the same e-mail, another name"))
        return None

    def _by_phone(self, record: Record) -> Match | None:
        if not self.people:
            return None
        lists = [self._phone.get(phone, ()) for phone in record.phones]
        shared = {one for ids in lists if len(ids) <= MANY for one in ids}
        fitting = [k for k in self._open(shared, record) if self._fits(k, record)]
        if len(fitting) > 1:
            return Match(candidates=tuple(fitting), why=_("the same name and phone"))
        return Match(fitting[0].id) if fitting else None

    def _by_name(self, record: Record) -> Match | None:
        name = record.text("name")
        if not name:
            return None
        same = self._open(self._name.get(fold(name), ()), record)
        return self._of_that_name(same, record) if same else self._nearly(name, record)

    def _of_that_name(self, same: list[Known], record: Record) -> Match:
        here = [known for known in same if same_place(known, record)]
        if len(here) == 1 and not (self.people and self._other_contact(here[0], record)):
            return self._not_by_contact(here[0], record) or Match(here[0].id)
        unknown = [known for known in same if same_place(known, record) is None]
        if not here and len(same) == len(unknown) == 1:
            doubt = self._doubt(same[0], record)
            if doubt:
                return Match(candidates=(same[0],), why=doubt, only=self._only(same[0], record))
            return self._not_by_contact(same[0], record) or Match(same[0].id)
        return Match(candidates=tuple(same), why=_("the same name"))

    def _only(self, known: Known, record: Record) -> bool:
        """Whether a row can hardly be about another: it brings a new phone, or the like."""
        if self.people or known.fresh or any(map(record.text, TELLS_APART)):
            return False
        return not self._not_by_contact(known, record)

    def _not_by_contact(self, known: Known, record: Record) -> Match | None:
        """A question where the name is one's, and the e-mail another's, or the account."""
        owners = self._owners(known, record)
        if owners:
            why = _("the name is one's, the e-mail another's")
            return Match(candidates=(known, *owners), why=why)
        if new_contact(known, record) and self._is_another_row_s(known, record):
            return Match(candidates=(known,), why=_("its e-mail stands in another row"))
        # a false account comes with the number that would be called about it
        if other_account(known, record) and new_contact(known, record):
            why = _("the same name, another account number")
            return Match(candidates=(known,), why=why)
        return None

    def _is_another_row_s(self, known: Known, record: Record) -> bool:
        """Whether a row of another name has an e-mail that was one's alone before this file."""
        name = fold(record.text("name"))
        return not known.fresh and any(
            self._called.get(email, set()) - {name, ""} and len(self._email.get(email, ())) == 1
            for email in (one.casefold() for one in known.emails if one not in self._given)
        )

    def _nearly(self, name: str, record: Record) -> Match | None:
        like = {one for key in self._stems(name) for one in self._stem.get(key)}
        if self._slip:
            like |= {one for key in named(name).slips for one in self._slip.get(key)}
        near = [known for known in self._open(like, record) if self._fits(known, record)]
        # `Lier IL`, with the phone of Lier idrettslag; an e-mail has been looked for before
        reached = [one for one in near if not one.fresh and self._is_reached(one, record)]
        if len(reached) == 1 and not self.people:
            return self._not_by_contact(reached[0], record) or Match(reached[0].id)
        return Match(candidates=tuple(near), why=_("nearly the same name")) if near else None

    def _is_reached(self, known: Known, record: Record) -> bool:
        """Whether a row has an e-mail or phone that few share with it, and no other place."""
        if same_place(known, record) is False:
            return False
        email = record.text("email").casefold()
        ways = [self._email[email]] if self._has_email(known, email) else []
        ways += [self._phone[phone] for phone in record.phones if phone in known.phones]
        return any(len(ids) <= MANY for ids in ways)

    def _doubt(self, known: Known, record: Record) -> str:
        """Why the only one of that name may still be another, where places say nothing."""
        if not self.people and same_contact(known, record):
            return ""
        if other_account(known, record) and tells_who(record, but="bank_account"):
            return _("the same name, another account number")
        if self._other_contact(known, record):
            return _("the same name, another e-mail or phone")
        if self.people:
            return _("the same name, and nothing else that agrees")
        if placeless(known, record) or not tells_who(record):
            return ""
        return _("the same name, and only one of them has a place")

    def _open(self, ids: Collection[int], record: Record) -> list[Known]:
        if not ids:
            return []  # of nearly every row of a long list
        found = (self.by_id[one] for one in sorted(ids))
        return [known for known in found if not self._contradicts(known, record)]

    def _stems(self, name: str) -> tuple[str, ...]:
        """What names that are written differently have in common."""
        if self.people:
            return (sorted_words(name),)
        parts = named(name)
        return (parts.stem, parts.joined)

    def _contradicts(self, known: Known, record: Record) -> bool:
        """Two different organisation numbers are two organisations, whatever else is alike."""
        orgnr = record.text("orgnr")
        other = bool(orgnr and known.orgnr and orgnr != known.orgnr)
        return other and not self.by_former(known, record)

    @staticmethod
    def _has_email(known: Known, email: str) -> bool:
        return email in map(str.casefold, known.emails)

    @staticmethod
    def _other_contact(known: Known, record: Record) -> bool:
        email = record.text("email").casefold()
        emails = {one.casefold() for one in known.emails}
        other_phone = known.phones and record.phones and not {*known.phones} & {*record.phones}
        return bool(email and emails and email not in emails) or bool(other_phone)

    def _fits(self, known: Known, record: Record) -> bool:
        name = record.text("name")
        if self.merged.holds(known.id, name):
            return True
        if not name or self.people:
            return not name or similar_people(known.name, name)
        places = {known.city or "", fold(record.text("city"))} - {""}
        return likeness(named(known.name), named(name), places) >= ALIKE

"""What was sent to everybody, for the answer that stands in another association's row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from frivillig_cli.core.names import fold
from frivillig_cli.records.survey.model import Kind, Question, Recipient
from frivillig_cli.work.survey.guard import Ways

_FEWEST = 3  # so many together are no chance
_FEWEST_TELLING = 2  # a new address is three cells, and may be a neighbour's
_TELLING = frozenset(
    {Kind.ORG_NAME, Kind.PERSON, Kind.PHONE, Kind.EMAIL, Kind.WEBSITE, Kind.ORGNR, Kind.ACCOUNT}
)
_STREET = "street"


class Sent:
    """What was sent to each association, searched by its values."""

    def __init__(
        self,
        questions: Iterable[Question],
        recipients: Iterable[Recipient],
        names: Mapping[int, str],
        ways: Ways,
    ) -> None:
        asked = tuple(questions)
        self._own = [one.id for one in asked if one.kind in _TELLING]
        self._telling = [one.id for one in asked if one.kind in _TELLING or one.id == _STREET]
        self._recipients = tuple(recipients)
        self._names = names
        self._ways = ways

    @cached_property
    def _holders(self) -> Mapping[tuple[str, object], set[int]]:
        """(field, value) -> the recipients that were sent it; only of values that few have."""
        found: dict[tuple[str, object], set[int]] = defaultdict(set)
        for number, recipient in enumerate(self._recipients):
            for name in self._telling:
                if recipient.base.get(name) is not None:
                    found[name, recipient.base[name]].add(number)
        return found

    @cached_property
    def _owners(self) -> Mapping[tuple[str, str], set[int]]:
        """(field, folded value) -> the organisations that were sent it, where one has it as its
        own: no street, no month."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for recipient in self._recipients:
            for name in self._own:
                if recipient.base.get(name) is not None:
                    found[name, fold(str(recipient.base[name]))].add(recipient.org_id)
        return found

    def owner(self, org_id: int, field: str, value: object) -> str:
        """The one other association that a value was sent to; empty where none was, or several."""
        owners = self._owners.get((field, fold(str(value))), set()) - {org_id}
        return self._names.get(min(owners), "") if len(owners) == 1 else ""

    def to_another(self, org_id: int, said: Mapping[str, object]) -> tuple[str, frozenset[str]]:
        """The one other association that so many of these answers were sent to, and which of them.

        ("", none) where there is no such.
        """
        if len(said) < _FEWEST:
            return "", frozenset()
        hits = Counter(
            number
            for name in self._telling
            if name in said
            for number in self._holders.get((name, said[name]), ())
            if self._recipients[number].org_id != org_id
        )
        best: tuple[str, frozenset[str]] = ("", frozenset())
        for number, telling in hits.items():
            other = self._recipients[number]
            same = frozenset(name for name, value in said.items() if other.base.get(name) == value)
            if telling >= _FEWEST_TELLING and len(same) >= max(_FEWEST, len(best[1]) + 1):
                best = (self._names.get(other.org_id, ""), same)
        return best

    def tells(self, text: str) -> bool:
        """Whether a text tells how a protected person is reached."""
        return self._ways.whose(text) is not None

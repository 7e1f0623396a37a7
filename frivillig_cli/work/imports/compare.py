"""What a row says otherwise than the register. A blank says nothing."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.dates import may_be_same, says_more
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.record import Record, Value


def differing(
    kind: Kind, record: Record, current: Mapping[str, Value | None]
) -> dict[str, tuple[Value | None, Value]]:
    """Field → (in the register, in the file) where the file has something else."""
    found: dict[str, tuple[Value | None, Value]] = {}
    for name, new in record.values.items():
        if name == "id":
            continue
        old = current.get(name)
        if name in kind.lists:
            have = old if isinstance(old, tuple) else ()
            given = new if isinstance(new, tuple) else (str(new),)
            more = tuple(one for one in given if one not in have)
            if more:
                found[name] = (have or None, more)
        elif old != new and not _same(name, old, new, record):
            found[name] = (None if old == "" else old, new)
    if "volunteer" in current and current["volunteer"] is None:
        found["volunteer"] = (None, "1")
    return found


def _same(name: str, old: Value | None, new: Value, record: Record) -> bool:
    if old and old in record.equals.get(name, ()):
        return True
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    if name == "email":
        return old.casefold() == new.casefold()
    if name == "website":
        return _bare(old) == _bare(new)
    if name in ("name", "street", "city"):
        # other letters are no other name: LIER SANGLAG, or Lier sanglag made from it
        raw = record.shown.get(name, new)
        return raw.isupper() and old.casefold() == raw.casefold()
    return name == "founded" and may_be_same(old, new) and not says_more(new, old)


def fills(kind: Kind, name: str, old: Value | None, new: Value) -> bool:
    """Whether a value takes nothing away: nothing stands there, or a year of which it is a day."""
    if name == "founded" and isinstance(old, str) and isinstance(new, str):
        return says_more(new, old)
    return old is None or name in kind.additive


def _bare(address: str) -> str:
    bare = address.casefold().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").rstrip("/")


def shown_value(value: Value | None) -> str | None:
    """A value as text; None when there is none."""
    if isinstance(value, tuple):
        return "; ".join(value)
    return None if value is None else str(value)

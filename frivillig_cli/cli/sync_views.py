"""What `org sync` shows: numbers first, then organisation by organisation, old → new."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from frivillig_cli.cli.import_views import SHOWN, missing, shown_value
from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import N_, _, ngettext

Row = tuple[str, str, str]
_WHATS = {
    "bankrupt": N_("is bankrupt"),
    "liquidating": N_("is being wound up"),
}


def report(heard: Any, result: Any, new: bool) -> list[str]:
    """The lines of a comparison. `heard` and `result` are those of `work.sync`."""
    parts = [
        [_about(heard)],
        list(_counts(result)),
        list(missing(result.missing)),
        _section(_("Changed at Brønnøysund:"), _fields(result.changed)),
        _section(_("Kept, since it was set here:"), _kept(result.kept)),
        _section(_("Dissolved or being wound up:"), _dissolved(result.dissolved)),
        _section(_("Removed from the open register; no copy may be kept:"), _purged(result.purged)),
        _purge_hint(result.purged),
        _section(_("Not in your register:"), _proposed(result.proposed, new)),
        _proposal_hint(result.proposed, new),
        _section(_("Offices, for you to compare; nothing is taken in:"), _offices(result.roles)),
        list(_dead(result.roles)),
        _section(_("Named in the feed without saying what changed:"), _look_up(result.look_up)),
        _section(_("Numbers that Brønnøysund does not know:"), _numbered(result.unknown)),
        _section(
            _("Taken without the person whom the address names (c/o, v/, att.):"),
            ((shown_value("orgnr", orgnr), name, "") for orgnr, name in result.care_of),
        ),
        _section(_("Left out, since Brønnøysund's value is none here:"), _left(result.left_out)),
    ]
    return [line for part in parts if part for line in [*part, ""]]


def saved(result: Any) -> str:
    """One line: what was saved."""
    archived = sum(1 for found in result.dissolved if found.outcome == "archived")
    purged = sum(1 for found in result.purged if found.outcome != "kept")
    counts = [
        ngettext("{n} added", "{n} added", _taken(result)),
        ngettext("{n} changed", "{n} changed", len(result.changed)),
        ngettext("{n} archived", "{n} archived", archived),
        ngettext("{n} purged", "{n} purged", purged),
    ]
    return _("Saved. {counts}.", counts=", ".join(counts))


def _taken(result: Any) -> int:
    return sum(1 for found in result.proposed if found.id is not None)


def _about(heard: Any) -> str:
    words = [ngettext("{n} unit", "{n} units", heard.units_read)]
    if heard.elsewhere:
        words.append(_("{n} of them in other municipalities", n=heard.elsewhere))
    if heard.roles:
        words.append(
            ngettext("the offices of {n} unit", "the offices of {n} units", len(heard.roles))
        )
    if heard.entries_read:
        words.append(ngettext("{n} update", "{n} updates", heard.entries_read))
    return f"{heard.source}: {', '.join(words)}"


def _counts(result: Any) -> Iterator[str]:
    rows = [
        (_("proposed"), len(result.proposed)),
        (_("changed"), len(result.changed)),
        (_("kept"), len(result.kept)),
        (_("dissolved"), len(result.dissolved)),
        (_("purged"), len(result.purged)),
        (_("unchanged"), result.unchanged),
    ]
    width = max(len(label) for label, _n in rows)
    digits = max(len(str(n)) for _label, n in rows)
    for label, n in rows:
        yield f"  {label:<{width}}  {n:>{digits}}"


def _section(title: str, rows: Iterable[Row]) -> list[str]:
    kept = list(rows)
    if not kept:
        return []
    widths = [max(len(row[n]) for row in kept[:SHOWN]) for n in (0, 1)]
    lines = [f"  {a:<{widths[0]}}   {b:<{widths[1]}}   {c}".rstrip() for a, b, c in kept[:SHOWN]]
    if len(kept) > SHOWN:
        lines.append("  " + _("and {n} more; all of them: --json", n=len(kept) - SHOWN))
    return [title, *lines]


def _label(name: str) -> str:
    from frivillig_cli.records.org.rules import LABELS

    return _(LABELS.get(name, name))


def _shown(name: str, value: Any) -> str:
    return shown_value(name, None if value is None else str(value))


def _fields(found: list[Any]) -> Iterator[Row]:
    for one in found:
        for f in one.fields:
            yield one.name, _label(f.field), f"{_shown(f.field, f.old)} → {_shown(f.field, f.new)}"


def _kept(found: list[Any]) -> Iterator[Row]:
    for one in found:
        for f in one.fields:
            said = _(
                "{old} here; Brønnøysund: {new}",
                old=_shown(f.field, f.old),
                new=_shown(f.field, f.new),
            )
            yield one.name, _label(f.field), said


def _dissolved(found: list[Any]) -> Iterator[Row]:
    from frivillig_cli.core.dates import show_date_short

    for one in found:
        if one.what == "deleted":
            day = show_date_short(date.fromisoformat(one.day))
            what = _("dissolved {date}", date=day)
            then = (
                _("is archived")
                if one.outcome == "archived"
                else _("stays: you have taken it out of the archive")
            )
        else:
            what, then = _(_WHATS[one.what]), _("stays as it is")
        yield one.name, what, then


def _purged(found: list[Any]) -> Iterator[Row]:
    for one in found:
        if one.outcome == "deleted":
            yield one.name, _("is deleted"), _("nothing of your own hangs on it")
            continue
        because = _("your own: {what}", what=", ".join(_because(one.because)))
        if one.outcome == "kept":
            yield one.name, _("stays as it is"), because
            continue
        yield one.name, _("is emptied and archived"), because
        for f in one.fields:
            yield "", _label(f.field), f"{_shown(f.field, f.old)} → {DASH}"


def _purge_hint(found: list[Any]) -> list[str]:
    taken_away = any(one.outcome != "kept" for one in found)
    said = _(
        "The history and your backups still hold what is purged, so that it can be brought back."
    )
    return [said] if taken_away else []


def _because(because: dict[str, int]) -> Iterator[str]:
    from frivillig_cli.cli.trace import TABLES

    for what, n in because.items():
        yield f"{_(TABLES[what])} {n}" if what in TABLES else _label(what)


def _proposed(found: list[Any], new: bool) -> Iterator[Row]:
    for one in found:
        if one.similar:
            number, name = one.similar[0]
            said = _("may be {id} {name}: frivillig org edit {id} --orgnr {orgnr}",
                     id=number, name=name, orgnr=one.orgnr)  # fmt: skip
        else:
            said = " ".join(filter(None, [one.city, _("is added") if new else ""]))
        yield one.name, shown_value("orgnr", one.orgnr), said


def _proposal_hint(found: list[Any], new: bool) -> list[str]:
    open_ = [one for one in found if not one.similar]
    return [] if new or not open_ else [_("Take them in with --new.")]


def _offices(found: list[Any]) -> Iterator[Row]:
    from frivillig_cli.core.roles import ROLE_WORDS

    for one in found:
        said = _(
            "{ours} here; Brønnøysund: {theirs}",
            ours=", ".join(one.ours) or DASH,
            theirs=", ".join(one.theirs) or DASH,
        )
        yield one.name, _(ROLE_WORDS[one.role]), said


def _dead(found: list[Any]) -> Iterator[str]:
    for one in found:
        for name in one.dead:
            yield _(
                "! {person} ({org}) is dead, says Brønnøysund: do not write.",
                person=name,
                org=one.name,
            )


def _look_up(found: list[Any]) -> Iterator[Row]:
    for row in _numbered(found):
        yield row[0], row[1], _("ask with: frivillig org sync")


def _numbered(found: list[Any]) -> Iterator[Row]:
    for _id, name, orgnr in found:
        yield name, shown_value("orgnr", orgnr), ""


def _left(found: list[Any]) -> Iterator[Row]:
    for (orgnr, value, why), entries in groupby(found, lambda one: (one[0], *one[1][1:])):
        labels = ", ".join(_label(entry.field) for _orgnr, entry in entries)
        yield shown_value("orgnr", orgnr), labels, f"{value}   {why}"

"""What an import shows: what the file is, numbers first, then the rows that need a person."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from frivillig_cli.cli.output import DASH
from frivillig_cli.core.i18n import _, ngettext

SHOWN = 20
_SWITCHES = ("volunteer", "listed", "driving_licence")


def report(
    plan: Any, result: Any, kind: Any, municipality: str | None, *, overwrite: bool = False
) -> list[str]:
    """The lines of a preview. `plan`, `result` and `kind` are those of `work.imports`.

    `overwrite`: that mode was chosen, and what stays all the same does so for another reason.
    """
    parts = [
        _about(plan, kind, municipality),
        list(_counts(result, kind, overwrite=overwrite)),
        list(missing(result.missing)),
        list(_created(result)),
        list(_differences(result, kind)),
        list(_refused(result, kind)),
        [f"! {anomaly.text}" for anomaly in result.anomalies],
    ]
    return [line for part in parts if part for line in [*part, ""]]


def imported_before(plan: Any, result: Any) -> list[str]:
    """The lines for a file that was taken in before."""
    from frivillig_cli.cli.views import day

    when = day(result.imported_before)
    return [
        _("{file} was taken in on {day}; nothing is changed.", file=plan.name, day=when),
        _("Once more, as if it were new: --again"),
    ]


def missing(units: int) -> Iterator[str]:
    """A line that says how many units of a search were not saved; none when all were."""
    if units:
        yield ngettext(
            "! {n} more unit was found by the search, on a page that is not here: save it too.",
            "! {n} more units were found by the search, on pages that are not here: save them too.",
            units,
        )


def saved(result: Any) -> str:
    """One line: what was saved."""
    new = ngettext("{n} added", "{n} added", result.created)
    changed = ngettext("{n} changed", "{n} changed", result.changed)
    return _("Saved. {counts}.", counts=", ".join([new, changed]))


def _about(plan: Any, kind: Any, municipality: str | None) -> list[str]:
    if plan.columns is None:
        units = ngettext("{n} unit", "{n} units", plan.units)
        pages = ngettext("{n} page", "{n} pages", plan.pages)
        here = plan.rows - sum(1 for skip in plan.skipped if skip.why.startswith(_elsewhere()))
        words = [pages] if plan.pages else []
        words.append(units)
        source = "Enhetsregisteret"
        if plan.voluntary == plan.units:
            source = "Frivillighetsregisteret"  # it has no addresses
        elif municipality:
            words.append(_("{n} in municipality {number}", n=here, number=municipality))
        lines = [f"{plan.name}: {source}, {', '.join(words)}"]
    else:
        rows = ngettext("{n} row", "{n} rows", plan.rows)
        lines = [f"{plan.name}: {rows}"]
        pairs = [f"{title} = {kind.label(field)}" for title, field in plan.columns.fields.items()]
        lines.append(_("Read: {columns}", columns=", ".join(pairs)))
        if plan.columns.unused:
            unused = ", ".join(plan.columns.unused)
            lines.append(_("Not read: {columns}   change with --map", columns=unused))
        if plan.columns.left:
            lines.append(
                _("Left out, as you chose: {columns}", columns=", ".join(plan.columns.left))
            )
    return lines + plan.notes


def _elsewhere() -> str:
    return _("in another municipality: {where}", where="")


def _counts(result: Any, kind: Any, *, overwrite: bool) -> Iterator[str]:
    changed = {d.row for d in result.differences if d.outcome == "changed"}
    filled = {d.row for d in result.differences if d.outcome == "filled"} - changed
    kept = {d.row for d in result.differences} - changed - filled
    stays = _("(stays; --overwrite takes the file's, --ask asks about each)")
    if overwrite:
        stays = _("(stays)")
    whys = Counter(skip.why.split(":")[0] for skip in result.skipped)
    rows = [
        (_("added"), result.created, ""),
        (_("filled in"), result.changed - len(changed), _fields(result, kind, filled, stays)),
        (_("changed"), len(changed), _fields(result, kind, changed, stays)),
        (_("kept"), result.kept, _fields(result, kind, kept, stays)),
        (_("unchanged"), result.unchanged, ""),
        (_("passed over"), len(result.skipped), _most(whys)),
        (_("rejected"), result.rejected_rows, ""),
    ]  # fmt: skip
    width = max(len(label) for label, _n, _detail in rows)
    digits = max(len(str(n)) for _label, n, _detail in rows)
    for label, n, detail in rows:
        yield f"  {label:<{width}}  {n:>{digits}}   {detail}".rstrip()
    if result.offices:
        yield "  " + ngettext("{n} office is entered", "{n} offices are entered", result.offices)
    if result.filtered:
        yield "  " + _("{n} units lie in other municipalities", n=result.filtered)


def _most(whys: Counter[str]) -> str:
    """The three most common reasons, with how many rows each is of."""
    shown = [f"{why} ({n})" for why, n in whys.most_common(3)]
    return ", ".join([*shown, "…"] if len(whys) > len(shown) else shown)


def _fields(result: Any, kind: Any, rows: set[int], stays: str) -> str:
    """What becomes of the fields of some rows: changed, filled and kept, each said as such."""
    guarded = _("(stays: ring them first, then add --overwrite --confirm-account)")
    after = [
        ("changed", False, ""), ("filled", False, _("(was blank)")), ("kept", False, stays),
        ("changed", True, ""), ("filled", True, _("(was blank)")), ("kept", True, guarded),
    ]  # fmt: skip
    parts = []
    for outcome, of_guarded, words in after:
        mine = (
            d for d in result.differences
            if d.outcome == outcome and d.row in rows and (d.field in kind.guarded) is of_guarded
        )  # fmt: skip
        found = Counter(d.field for d in mine)
        if found:
            most = [f"{kind.label(field)} {n}" for field, n in found.most_common(3)]
            shown = ", ".join(most if len(found) <= 3 else [*most, "…"])
            parts.append(f"{shown} {words}".rstrip())
    return "; ".join(parts)


def _created(result: Any) -> Iterator[str]:
    """The names of those that are made, as many as a person reads."""
    names = result.created_names
    if names:
        yield _("New:")
        yield from (f"  {name}" for name in names[:SHOWN])
        yield from _more(len(names))


def _differences(result: Any, kind: Any) -> Iterator[str]:
    # what is kept or replaced needs a person more than what was blank
    ordered = sorted(result.differences, key=lambda d: (d.outcome == "filled", d.row))
    lines = [_difference(difference, kind) for difference in ordered[:SHOWN]]
    yield from _aligned(lines)
    yield from _more(len(ordered))


def _difference(d: Any, kind: Any) -> tuple[str, str, str]:
    if d.outcome == "kept":
        said = _(
            "in the file: {new}, kept: {old}",
            new=shown_value(d.field, d.new),
            old=shown_value(d.field, d.old),
        )
    else:
        said = f"{shown_value(d.field, d.old)} → {shown_value(d.field, d.new)}"
    return d.name, kind.label(d.field), said


def shown_value(field: str, value: str | None) -> str:
    """A value as a person reads it, a dash when there is none."""
    if not value:
        return DASH
    if field in _SWITCHES:
        return _("yes") if value == "1" else _("no")
    if field == "phone" or field.endswith("_phone"):
        from frivillig_cli.core.phone import show_phone

        return ", ".join(show_phone(number) for number in value.split("; "))
    if field == "orgnr":
        from frivillig_cli.core.orgnr import show_orgnr

        return show_orgnr(value)
    if field == "bank_account" and len(value) == 11:
        from frivillig_cli.core.account import show_account

        return show_account(value)
    return value


def _refused(result: Any, kind: Any) -> Iterator[str]:
    yield from _cells(result.rejected, kind)
    if result.left_out:
        yield _("Left out of rows that are otherwise taken in: {n}", n=len(result.left_out))
        yield from _cells(result.left_out, kind)


def _cells(found: list[Any], kind: Any) -> Iterator[str]:
    alike = [list(cells) for _key, cells in groupby(found, lambda r: (r.row, r.value, r.why))]
    yield from _aligned(
        (
            _("row {row}", row=cells[0].row),
            ", ".join(kind.label(r.field) for r in cells),
            f"{_cell(cells[0])}   {cells[0].why}",
        )
        for cells in alike[:SHOWN]
    )
    yield from _more(len(alike))


def _cell(refused: Any) -> str:
    """What stood in a cell; a number as it is stored is shown as one that is dialled."""
    stored = re.fullmatch(r"\+[0-9]{6,15}", refused.value)
    return shown_value("phone", refused.value) if stored else refused.value or DASH


def _aligned(lines: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    kept = list(lines)
    widths = [max((len(line[n]) for line in kept), default=0) for n in (0, 1)]
    for first, second, third in kept:
        yield f"  {first:<{widths[0]}}   {second:<{widths[1]}}   {third}"


def _more(total: int) -> Iterator[str]:
    if total > SHOWN:
        yield "  " + _("and {n} more; all of them: --json", n=total - SHOWN)

"""What makes one wonder about a file as a whole, judged on what it would change in any mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from frivillig_cli.core.account import show_account
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.store.register import Register
from frivillig_cli.work.imports import queries
from frivillig_cli.work.imports.kind import Kind
from frivillig_cli.work.imports.match import Index
from frivillig_cli.work.imports.record import Plan
from frivillig_cli.work.imports.result import Anomaly, ImportResult, Rejection

# From here on a column has probably slipped (30 in 100). One row alone tells nothing.
SHARE = 30
# Of many rows that are there already, this share of them tells the same (80 in 100).
MANY, MOST = 10, 80
# An e-mail that more have (the municipality's own) tells nobody from another.
WIDELY = 20
SHOWN = 5
NAMED = 20


def find_anomalies(
    kind: Kind,
    result: ImportResult,
    met: int,
    differing: Counter[str],
    unread: Sequence[Rejection] = (),
    *,
    columns: bool = True,
) -> list[Anomaly]:
    """The anomalies of a result. `met` rows are in the register; `differing` counts their fields.

    `unread` are the cells that could not be read, of rows that are taken in without them. Without
    `columns`, in an answer of the state's register, none can have slipped.

    A field that was blank and gets filled is no sign of anything.
    """
    found = []
    for field, n in differing.most_common():
        of = met + result.created
        if met >= MANY and n * 100 >= met * MOST:
            of = met
        if n > 1 and n * 100 >= of * SHARE:
            said: dict[str, object] = {"n": n, "of": of, "field": kind.label(field)}
            text = _("{n} of {of} units have another {field} than the register.", **said)
            if columns:
                text = _(
                    "{n} of {of} rows have another {field} than the register: a shifted column?",
                    **said,
                )
            found.append(Anomaly("same_field", text, field, n, of))
    cells = {(r.row, r.field) for r in (*result.rejected, *unread) if not r.uncertain}
    refused = Counter(field for _row, field in cells)
    found += [
        Anomaly(
            "rejected_field",
            _(
                "In {n} of {of} rows the {field} cannot be read: is it the right column?",
                n=n,
                of=result.rows,
                field=kind.label(field),
            ),
            field,
            n,
            result.rows,
        )
        for field, n in refused.most_common()
        if n > 1 and n * 100 >= result.rows * SHARE
    ]
    if result.by_name:
        text = ngettext(
            "{n} row has only a name that is here already: taken for that person, not for another.",
            "{n} rows have only names that are here already: taken for those people, not for "
            "others.",
            result.by_name,
        )
        found.append(Anomaly("by_name", text, "name", result.by_name, result.rows))
    if result.rows and not (result.changes_anything or differing):
        text = ngettext(
            "The row would change nothing.",
            "None of the {n} rows would change anything.",
            result.rows,
        )
        found.append(Anomaly("nothing", text, None, 0, result.rows))
    return found


def nothing_but_names(result: ImportResult, names: Sequence[str]) -> list[Anomaly]:
    """The new ones that have only a name, each with its row, where most rows have more."""
    if not names:
        return []
    text = ngettext(
        "Nothing but a name stands in {n} row: {names}. If it is a heading, take it out first.",
        "Nothing but a name stands in {n} rows: {names}. If one is a heading, take it out first.",
        len(names),
        names=", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]),
    )
    return [Anomaly("only_name", text, "name", len(names), result.rows)]


def unknown_numbers(plan: Plan, index: Index) -> list[Anomaly]:
    """The rows with a number in the column `id` that nobody has had: they are known otherwise."""
    if plan.columns is None or "id" not in plan.columns.fields.values():
        return []
    rows = []
    for record in plan.records:
        number = record.text("id")
        if not number.isdecimal() or int(number) in index.merged.by_id:
            continue
        known = index.by_id.get(int(number))
        if known is None or known.fresh:
            rows.append(record.row)
    if not rows:
        return []
    text = ngettext(
        "In {n} row the column “id” has a number that nobody has here: {rows}. The row was read"
        " without it.",
        "In {n} rows the column “id” has a number that nobody has here: {rows}. The rows were read"
        " without it.",
        len(rows),
        rows=_listed(rows),
    )
    return [Anomaly("unknown_id", text, "id", len(rows), len(plan.records))]


def kept_of_merged(plan: Plan, result: ImportResult, index: Index) -> list[Anomaly]:
    """The rows about what was merged into another, of which something was kept in any mode."""
    if not index.merged.by_id:
        return []
    records = {record.row: record for record in plan.records}
    found = {
        one.row: one.name
        for one in result.differences
        if one.outcome == "kept" and index.by_former(index.by_id[one.id], records[one.row])
    }
    if not found:
        return []
    text = ngettext(
        "{n} row is about one that was merged into another, {names}: what stands there is kept,"
        " also with --overwrite. Row {rows}.",
        "{n} rows are about some that were merged into others, {names}: what stands there is kept,"
        " also with --overwrite. Rows {rows}.",
        len(found),
        names=_listed([*dict.fromkeys(found.values())]),
        rows=_listed([*found]),
    )
    return [Anomaly("merged", text, None, len(found), result.rows)]


def _listed(items: Sequence[object]) -> str:
    return ", ".join([*map(str, items[:NAMED]), *(["…"] if len(items) > NAMED else [])])


def shared_accounts(register: Register, plan: Plan, result: ImportResult) -> list[Anomaly]:
    """Each account of the file that several associations have, once it is taken in.

    Whoever writes a false account on a list writes one that is somebody's.
    """
    given: dict[str, int] = Counter(
        account for account in (record.text("bank_account") for record in plan.records) if account
    )
    found = []
    for account, owners in (queries.shared_accounts(register) if given else {}).items():
        if account not in given:
            continue
        text = _(
            "One account number, {account}, stands at several: {names}. Ask them whose it is.",
            account=show_account(account),
            names=", ".join(owners),
        )
        field = "bank_account"
        found.append(Anomaly("shared_account", text, field, given[account], result.rows))
    return found


def shared_emails(register: Register, result: ImportResult) -> list[Anomaly]:
    """The e-mails that rows give to one association while another had them before this file."""
    given = {
        (one.id, one.new.casefold())
        for one in result.differences
        if one.field == "email" and one.outcome != "kept"
    }
    if not given:
        return []
    owners = queries.owners_of_emails(register)
    shared = {}
    for email in sorted({email for _id, email in given}):
        had = [name for one, name in owners.get(email, ()) if (one, email) not in given]
        if had and len(owners[email]) <= WIDELY:
            shared[email] = [name for _one, name in owners[email]]
    if not shared:
        return []
    shown = "; ".join(f"{email} ({', '.join(names)})" for email, names in [*shared.items()][:SHOWN])
    text = ngettext(
        "{n} e-mail stands at another association too: {shown}. One secretary, or the wrong row?",
        "{n} e-mails stand at another association too: {shown}. One secretary, or the wrong row?",
        len(shared),
        shown=f"{shown} …" if len(shared) > SHOWN else shown,
    )
    rows = sum(email in shared for _id, email in given)
    return [Anomaly("shared_email", text, "email", rows, result.rows)]

"""How a letter that went out is shown, a batch of them, and the basis of the journal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from frivillig_cli.cli import letters, session
from frivillig_cli.cli.views import day, short_day
from frivillig_cli.core.clock import norwegian_day, oslo
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.model import SKIP_REASONS, STATES, WAYS


def show_letter(letter: LoggedLetter, output: Path | None) -> None:
    """One letter: what the log has of it, and its text; with `output` its bytes as a file."""
    from frivillig_cli.formats.files import write_atomic
    from frivillig_cli.work.letters import shown

    run = session.current()
    one = shown.shown(run.register, letter)
    data: dict[str, Any] = {
        **letter.to_json(), "batch": letter.batch_id, "size": len(one.data),
        "letters_in_file": one.together,
    }  # fmt: skip
    if output is not None:
        write_atomic(output, one.as_file(output.suffix), private=True)
        run.out.result({**data, "written": str(output)}, _("Written: {file}", file=output))
        return
    text = "" if letter.hidden else one.text()
    data["text"] = text or None
    run.out.record(data, _fields(letter, one), title=f"{letter.number}  {letter.title or ''}")
    if text:
        run.out.lines("", *text.splitlines())
    else:
        command = f"frivillig letter show {letter.batch_id} {letter.number} -o {one.name}"
        if one.together > 1:
            command = typed(f"frivillig letter show {letter.batch_id} -o DIR")
        run.out.hint(_("Write the file again: {command}", command=command))


def _fields(letter: LoggedLetter, one: Any) -> list[tuple[str, str | None]]:
    batch = queries.batch(session.current().register, letter.batch_id)
    how = _(WAYS[letter.sent_how]) if letter.sent_how else _(STATES[letter.state])
    return [
        (_("to"), letter.recipient),
        (_("address"), (letter.address or "").replace("\n", ", ") or None),
        (_("sent"), f"{moment(letter.sent)} {how}"),
        (_("e-mail"), letter.sent_to),
        (_("document"), letter.document_number),
        (_("registered"), moment(letter.registered)),
        (_("template"), f"{batch.template} ({letter.language})"),
        (_("version"), batch.versions.get(letter.language)),
        (_("file"), _file(one)),
        ("sha256", letter.kept),
    ]


def _file(one: Any) -> str:
    size = f"{one.name}, {len(one.data)} B"
    if one.together == 1:
        return size
    return size + ngettext(", with {n} letter", ", with {n} letters", one.together)


def show_batch(number: int) -> None:
    """A batch: what it was, and everybody in it."""
    run = session.current()
    if run.out.mode == "json":
        batch = queries.batch(run.register, number)
        rows = queries.letters(run.register, number, sort="name")
        run.out.json({**batch.to_json(), "letters": [row.to_json() for row in rows]})
        return
    batch = queries.batch(run.register, number)
    run.out.lines(f"{batch.id}  {batch.template}: {batch.title}")
    letters.list_one(number)


def not_recorded(batch: int, left_out: Sequence[tuple[LoggedLetter, str]]) -> None:
    """Those whose letters are not recorded as sent, and why."""
    run = session.current()
    run.incomplete()
    most = run.page() or len(left_out)
    widest = max(len(row.recipient) for row, _why in left_out[:most])
    run.out.lines("", _("Not recorded as sent: {n}", n=len(left_out)))
    run.out.lines(*(f"  {row.recipient:<{widest}}  {_(SKIP_REASONS[why])}"
                    for row, why in left_out[:most]))  # fmt: skip
    if len(left_out) > most:
        run.out.lines("  …")
    shared = [row for row, why in left_out if why == "not_reached"]
    if len(shared) < len(left_out):
        command = f"frivillig letter sent {batch} --also-left-out"
        run.out.hint(
            _("Take those letters out. If they were posted too: {command}", command=command)
        )
    hint_not_reached(batch, shared)


def posted_otherwise(frozen: Any) -> None:
    """Say which letters that are recorded as posted say otherwise than the register does now."""
    from frivillig_cli.work.letters.otherwise import ADDRESS, ROLE

    run, batch = session.current(), frozen.batch.id
    if missed := frozen.missed:
        command = f"frivillig letter sent {batch} --also-left-out"
        run.out.hint(
            _("If the letter was posted before they moved ({names}): {undo}, then {command}",
              names=_names(missed), undo="frivillig undo", command=command)
        )  # fmt: skip
    if moved := [row for row, what in frozen.changed if what == ADDRESS]:
        run.out.warn(
            addressed_otherwise(moved),
            _("They are recorded as posted to the address on the letter. If they have not got it, "
              "take this back, and write it anew: {command}",
              command=write_again(batch, moved)),
        )  # fmt: skip
    if left := [row for row, what in frozen.changed if what == ROLE]:
        run.out.warn(
            ngettext("{n} letter tells a role that somebody does not have any more: {names}.",
                     "{n} letters tell a role that somebody does not have any more: {names}.",
                     len(left), names=_names(left)),
            _("They are recorded as sent. Nobody is recorded as told of that role."),
        )  # fmt: skip
    if frozen.elsewhere:
        run.out.warn(
            ngettext("{n} shares a letter to another address than theirs is now: {names}.",
                     "{n} share a letter to another address than theirs is now: {names}.",
                     len(frozen.elsewhere), names=_names(frozen.elsewhere)),
            _("They are recorded as having got it, by --also-left-out."),
        )  # fmt: skip


def addressed_otherwise(rows: Sequence[Any]) -> str:
    """That letters have a name or an address which is another in the register by now."""
    return ngettext(
        "{n} letter has another name or address than is registered now: {names}.",
        "{n} letters have another name or address than is registered now: {names}.",
        len(rows), names=_names(rows),
    )  # fmt: skip


def _names(rows: Sequence[Any]) -> str:
    return letters.some_names([row.recipient for row in rows])


def hint_not_reached(batch: int, rows: Sequence[Any]) -> None:
    """The way out for those who share a letter that does not reach them, where there are any."""
    if rows:
        said = _("Write to them by themselves: {command}", command=write_again(batch, rows))
        session.current().out.hint(said)


def write_again(batch: int, rows: Sequence[Any]) -> str:
    """The command that writes the letter of a batch to these once more."""
    written = queries.batch(session.current().register, batch)
    ids = [row.agreement_id or row.person_id or row.org_id for row in rows]
    whom = f"id:{ids[0]}" if len(ids) == 1 and written.recipients != "member" else "…"
    more = f" --survey {written.survey_id}" if written.survey_id else ""
    more += " --to contact" if written.addressed == "contact" else ""
    return typed(f"frivillig letter render {written.template} {whom}{more} -o DIR")


def save_batch(number: int, folder: Path, *, overwrite: bool) -> None:
    """All that went out of a batch, as files in a folder."""
    from frivillig_cli.work.letters import shown

    run = session.current()
    saved = shown.save_all(run.register, number, folder, overwrite=overwrite)
    files = list(saved.files)
    run.out.json(
        {
            "batch": number,
            "files": [str(path) for path in files],
            "letters": [
                {
                    **row.key, "number": row.number, "file": str(path),
                    "sent": row.id not in saved.left_out,
                    "why": saved.left_out.get(row.id) or None,
                }
                for path, rows in saved.files.items() for row in rows
            ],
            "without_copy": saved.without_copy,
        }
    )  # fmt: skip
    run.out.lines(
        ngettext("{n} file in {folder}.", "{n} files in {folder}.", len(files), folder=folder)
    )
    for path, rows in saved.files.items():
        if len(rows) > 1:
            _in_file(path.name, rows, saved.left_out)
    if n := len(saved.left_out):
        run.out.warn(
            ngettext("{n} letter in there was left out of what was sent.",
                     "{n} letters in there were left out of what was sent.", n),
            _("The file is as it was kept: take such letters out before you hand it on."),
        )  # fmt: skip
    if saved.without_copy:
        run.incomplete()
        run.out.warn(_("{n} of them have no copy.", n=saved.without_copy))


def _in_file(name: str, rows: Sequence[LoggedLetter], left_out: Mapping[int, str]) -> None:
    """Who is in a file with several letters; first those who were left out of what was sent."""
    run = session.current()
    rows = sorted(rows, key=lambda row: row.id not in left_out)
    most = run.page() or len(rows)
    widest = max(len(row.recipient) for row in rows[:most])
    run.out.lines("", _("In {file}: {n} letters", file=name, n=len(rows)))
    for row in rows[:most]:
        why = left_out.get(row.id)
        words = (
            ""
            if why is None
            else ": ".join(
                [_("left out of what was sent"), *([_(SKIP_REASONS[why])] if why else [])]
            )
        )
        run.out.lines(f"  {row.recipient:<{widest}}  {words}".rstrip())
    if len(rows) > most:
        command = f"frivillig letter log {rows[0].batch_id}"
        run.out.lines("  …", _("See them all: {command}", command=command))


def journal_cells(entry: Any) -> tuple[str | None, ...]:
    """What a table shows of one entry."""
    number = entry.document_number or entry.number
    return number, entry.title, entry.recipient, short_day(entry.sent), short_day(entry.registered)


def tell_not_entered(batches: Mapping[int, int]) -> None:
    """Say that letters that have gone out stand in no journal yet, by batch, and why."""
    for batch, n in batches.items():
        session.current().out.warn(
            ngettext("{n} letter of batch {id} has gone out in a run that was stopped or is still "
                     "sending, and is missing here.",
                     "{n} letters of batch {id} have gone out in a run that was stopped or is "
                     "still sending, and are missing here.", n, id=batch),
            _("The next run enters them: {send}. Without sending the rest: {withdraw}",
              send=f"frivillig letter send {batch}",
              withdraw=f"frivillig letter send {batch} --withdraw"),
        )  # fmt: skip


def save_journal(entries: list[Any], output: Path) -> None:
    """The basis of the journal as CSV: for people and their archive, with headings in words."""
    from frivillig_cli.formats.csv_write import write_csv

    run = session.current()
    headings = [
        _("Document number"), _("Case"), _("Unique id"), _("Title"), _("Type"), _("Recipient"),
        _("Document date"), _("Sent on"), _("Registered at"), _("Exempt from public access"),
        _("How"), "SHA-256",
    ]  # fmt: skip
    rows = [
        [
            e.document_number, e.case_number, e.number, e.title, e.direction, e.recipient,
            norwegian_day(e.document_date).isoformat(), norwegian_day(e.sent).isoformat(),
            local_time(e.registered), e.exempt, _(WAYS[e.how]), e.sha256,
        ]
        for e in entries
    ]  # fmt: skip
    write_csv(output, headings, rows, private=True)
    run.out.result(
        {"file": str(output), "entries": len(rows)},
        ngettext("{n} entry in {file}.", "{n} entries in {file}.", len(rows), file=output),
    )


def local_time(text: str) -> str:
    """A time by Norwegian clocks (ISO 8601), to the minute."""
    return oslo(datetime.fromisoformat(text)).isoformat(timespec="minutes")


def moment(text: str | None) -> str | None:
    """A day as people say it; of a time the hour too, by Norwegian clocks."""
    if not text or len(text) == 10:
        return day(text)
    here = oslo(datetime.fromisoformat(text))
    return f"{day(here.date().isoformat())} {here:%H:%M}"

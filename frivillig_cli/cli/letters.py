"""How a batch of letters is shown: what was written, who was left out, the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frivillig_cli.cli import session
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.views import LANGUAGE_WORDS, day, short_day
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import (
    SKIP_REASONS,
    STATES,
    STATUS_WORDS,
    WAYS,
    in_outbox,
)

if TYPE_CHECKING:
    from frivillig_cli.records.letter.logged import Batch, LoggedLetter

MOST_UNWRITTEN = 3  # of a starter's texts that are told
MOST_NAMED = 5  # of those who cannot be reached by post


def plan(request: Any) -> Any:
    """Who gets what, each letter filled in."""
    from frivillig_cli.work.letters import batch

    run = session.current()
    with run.out.progress(_("Filling in letters")) as advance:
        return batch.plan(run.register, request, advance)


def write(plan: Any, folder: Path, *, overwrite: bool) -> None:
    """Write a batch, record it, and show it; said, when it is stopped, how it goes on."""
    from frivillig_cli.work.letters import files

    run = session.current()
    try:
        with (
            run.out.progress(_("Writing letters"), files.steps(plan, folder)) as advance,
            files.write(run.register, plan, folder, advance, overwrite=overwrite) as written,
            run.change() as register,
        ):
            number = files.record(register, plan, written, now=run.now)
    except KeyboardInterrupt:
        if run.register.saved:  # it came while the batch was being recorded, and it is
            run.out.hint(_("The letters are in {folder}, and recorded: {command}",
                           folder=folder, command="frivillig letter log"))  # fmt: skip
        elif n := files.stopped(plan, folder):
            run.out.hint(
                ngettext("{n} file is finished. The same command goes on from there.",
                         "{n} files are finished. The same command goes on from there.", n),
                _("They wait, hidden, in {folder}; other letters there let go of them.",
                  folder=files.place(folder)),
            )  # fmt: skip
        raise
    show(plan, written, folder, number)
    hints(plan, written, number)


def show(plan: Any, result: Any, folder: Path, number: int | None) -> None:
    """A batch: how many letters, and everybody who was left out. `number` None: a dry run."""
    run = session.current()
    written = [row for row in result.rows if not row.skipped]
    order = list(SKIP_REASONS)
    left_out = sorted(
        (row for row in result.rows if row.skipped), key=lambda row: order.index(row.skipped)
    )
    run.out.json(
        {
            "batch": number,
            "template": plan.request.template,
            "format": plan.request.format,
            "folder": str(folder),
            "rendered": [
                {**row.key, "file": str(folder / row.file), "language": row.language}
                for row in written
            ],
            "skipped": [row.left_out() for row in left_out],
        }
    )
    run.out.lines(_headline(written, folder, number))
    if left_out:
        run.incomplete()
        _list_left_out(left_out, number)


def _headline(written: list[Any], folder: Path, number: int | None) -> str:
    counts = dict.fromkeys(LANGUAGE_WORDS, 0)
    for row in written:
        counts[row.language] += 1
    languages = ", ".join(
        f"{n} {_(LANGUAGE_WORDS[language])}" for language, n in counts.items() if n
    )
    if number is None:
        text = ngettext(
            "{n} letter would be written to {folder} ({languages}). Nothing is written.",
            "{n} letters would be written to {folder} ({languages}). Nothing is written.",
            len(written), folder=folder, languages=languages,
        )  # fmt: skip
        return text
    return ngettext(
        "Batch {batch}: {n} letter in {folder} ({languages}).",
        "Batch {batch}: {n} letters in {folder} ({languages}).",
        len(written), batch=number, folder=folder, languages=languages,
    )  # fmt: skip


def _list_left_out(rows: list[Any], number: int | None) -> None:
    from frivillig_cli.work.letters.recipients import reason

    run = session.current()
    most = run.page() or len(rows)
    widest = max(len(row.recipient) for row in rows[:most])
    run.out.lines("", _("Left out: {n}", n=len(rows)))
    run.out.lines(*(f"  {row.recipient:<{widest}}  {reason(row)}" for row in rows[:most]))
    if len(rows) > most:
        command = "--json" if number is None else f"frivillig letter log {number}"
        run.out.lines("  …", _("See them all: {command}", command=command))


def hints(plan: Any, result: Any, number: int | None) -> None:
    """What to look at before the batch is posted, and how to record that it was.

    `number` None: a dry run, which is told what there is to mend before the letters are written.
    """
    run = session.current()
    name = plan.request.template
    check = f"frivillig letter check {name}"
    if plan.request.addressed == "contact" and any(
        row.skipped in ("no_address", "no_contact") for row in result.rows
    ):
        run.out.hint(_("Without --to contact it goes to the association."))
    for language, n in sorted(plan.lacking().items()):
        run.out.hint(
            ngettext("{n} recipient reads {language}, which {template} is not written in.",
                     "{n} recipients read {language}, which {template} is not written in.",
                     n, language=_(LANGUAGE_WORDS[language]), template=name)
        )  # fmt: skip
    if result.reused:
        run.out.hint(
            ngettext("{n} file was finished already, in a run that was stopped.",
                     "{n} files were finished already, in a run that was stopped.", result.reused)
        )  # fmt: skip
    if result.replaced:
        run.out.hint(result.replaced)
    if result.replaces:
        run.out.hint(
            ngettext(
                "These take the place of letters in batch {batches}, which was not sent.",
                "These take the place of letters in batches {batches}, which were not sent.",
                len(result.replaces),
                batches=", ".join(map(str, result.replaces)),
            )
        )
    if result.others:
        run.out.hint(
            ngettext("The folder also holds {n} letter of an earlier batch: {file}.",
                     "The folder also holds {n} letters of earlier batches, such as {file}.",
                     len(result.others), file=result.others[0]),
        )  # fmt: skip
    for batch, n in queries.waiting(run.register, name, plan.request.survey_id).items():
        run.out.hint(*in_outbox(batch, n))
    if unprinted := plan.unprinted(plan.written):
        run.out.hint(*(error.message for error in unprinted[:MOST_UNWRITTEN]))
        run.out.hint(
            _("Mend it in the template first. See all: {command}", command=check)
            if number is None
            else _("Mend it in the template, and write the letters again. See all: {command}",
                   command=check)
        )  # fmt: skip
    if unwritten := plan.unwritten(plan.written):
        run.out.hint(*(error.message for error in unwritten[:MOST_UNWRITTEN]))
        run.out.hint(
            _("Write your own text first. See all: {command}", command=check)
            if number is None
            else _("Write your own text, and write the letters again. See all: {command}",
                   command=check)
        )  # fmt: skip
    elif plan.example:
        run.out.hint(
            _("The dates, places and links in {template} are examples.", template=name),
            _("See which: {command}", command=check),
        )
    for one in plan.lacking_sender:
        run.out.hint(one.sentence, one.way_out)
    _without_postal_address(plan, number)
    if number is not None:
        run.out.hint(*_what_next(plan, number))


def _without_postal_address(plan: Any, number: int | None) -> None:
    """Say whose letters no postman can deliver. `number` None: a dry run."""
    unaddressed = [one.name for one in plan.written if not one.by_post]
    if plan.request.format == "eml" or not unaddressed:
        return
    run = session.current()
    run.out.hint(_no_postal_address(unaddressed))
    if any(template.word is not None for template in plan.templates.values()):
        run.out.hint(_("Give them one, and write to them again: these letters go out by post."))
    elif number is not None and not plan.request.merge:
        run.out.hint(
            _("Send it by e-mail to those who have one, and post the rest: {command}",
              command=f"frivillig letter send {number}")
        )  # fmt: skip


def some_names(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    shown, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return f"{shown} {_('and {n} more', n=more)}" if more > 0 else shown


def _no_postal_address(names: Sequence[str]) -> str:
    return ngettext(
        "{n} letter has no postal address, only an e-mail address: {names}.",
        "{n} letters have no postal address, only e-mail addresses: {names}.",
        len(names), names=some_names(names),
    )  # fmt: skip


def posted_without_address(frozen: Any) -> None:
    """Say of which letters that are recorded as posted the sheet had no postal address.

    Nothing is known here of the address of somebody who is hidden, and no e-mail goes there.
    """
    if frozen.batch.format == "eml":
        return
    unaddressed = [row.recipient for row in frozen.letters if not (row.for_post or row.hidden)]
    if unaddressed:
        session.current().out.warn(
            _no_postal_address(unaddressed),
            _("If they have not got it, take this back, and send it by e-mail: {command}",
              command=f"frivillig letter send {frozen.batch.id}"),
        )  # fmt: skip


def _what_next(plan: Any, number: int) -> list[str]:
    sent = f"frivillig letter sent {number}"
    if plan.request.format != "eml":
        return [_("When it is posted: {command}", command=sent)]
    brings = any(letter.attachments for letter in plan.letters.values())
    attach = [_("Add to them what the letter names as attachments: only the letter is attached.")]
    return (attach if brings else []) + [
        _("Open the drafts in your mail program and send them; then: {command}", command=sent),
        _("Or send them all from here: {command}", command=f"frivillig letter send {number}"),
    ]


def list_batches(query: Any) -> None:
    """The batches that `query` picks, the newest first."""
    run = session.current()
    limit = run.page()
    found = queries.batches(run.register, query, sort=run.sort, limit=limit)
    run.out.listing(
        found,
        lambda row: row.to_json(),
        [
            Column(_("No."), right=True), Column(_("Template")), Column(_("Written")),
            Column(_("Letters"), right=True), Column(_("Left out"), right=True),
            Column(_("Sent")),
        ],
        lambda row: (
            str(row.id), row.template, day(row.created), str(row.written), str(row.skipped),
            _sent(row),
        ),
        total=queries.count(run.register, query) if limit and len(found) == limit else None,
    )  # fmt: skip


def _sent(batch: Batch) -> str | None:
    if batch.status == "partly":
        count = _("{n} of {total}", n=batch.out, total=batch.written)
        doubt = _("in doubt: {n}", n=batch.in_doubt)
        return f"{count} ({doubt})" if batch.in_doubt else count
    return day(batch.sent) or _(STATUS_WORDS["draft"])


def list_one(number: int) -> None:
    """Everybody in a batch: who got a letter and how, and who did not and why."""
    run = session.current()
    batch = queries.batch(run.register, number)
    limit = run.page()
    found = queries.letters(run.register, number, sort=run.sort or "name", limit=limit)
    columns = [Column(_("To")), Column(_("Language")), Column(_("File")), Column(_("Left out"))]
    cells = _draft_cells
    if any(row.state != "draft" for row in found):
        columns = [Column(_("To")), Column(_("Document")), Column(_("Sent")), Column(_("How"))]
        cells = _sent_cells
    run.out.listing(
        found,
        lambda row: row.to_json(),
        columns,
        cells,
        total=batch.written + batch.skipped if limit and len(found) == limit else None,
    )
    if run.out.mode == "text":
        run.out.hint(*_where_it_is(batch))


def _draft_cells(row: LoggedLetter) -> tuple[str | None, ...]:
    return row.recipient, row.language, row.file, _left_out(row)


def _left_out(row: LoggedLetter) -> str | None:
    """Why somebody gets no letter: from the start, or since they, or one named in it, have become
    protected; None where nothing is in the way."""
    from frivillig_cli.work.letters.recipients import reason

    if row.skipped:
        return reason(row)
    if row.state != "draft" or not row.hidden:
        return None
    return _("names somebody who is protected now") if row.org_id else _("protected")


def _sent_cells(row: LoggedLetter) -> tuple[str | None, ...]:
    how = _left_out(row) or _(STATES[row.state])
    if row.state == "sent" and row.sent_how:
        how = row.sent_to or _(WAYS[row.sent_how])
    if row.state == "refused" and row.answer:
        how = f"{how}: {row.answer}"
    return row.recipient, row.document_number, short_day(row.sent), how


def _where_it_is(batch: Batch) -> list[str]:
    from frivillig_cli.records.letter import outbox_queries

    waits = len(outbox_queries.mails(session.current().register, batch.id, "queued"))
    waiting = in_outbox(batch.id, waits) if waits else []
    if batch.status == "draft":
        return [_("In {folder}, not sent yet.", folder=batch.folder), *waiting]
    again = _("See one again: {command}", command=typed(f"frivillig letter show {batch.id} REF"))
    if batch.in_doubt:
        send = f"frivillig letter send {batch.id} --in-doubt sent"
        return [
            _("In {folder}.", folder=batch.folder)
            + " "
            + _("{n} of {total} are sent.", n=batch.out, total=batch.written)
            + " "
            + _("In doubt, sent or not: {n}", n=batch.in_doubt),
            _("Ask them, then say: {command} (or again)", command=send),
            *waiting,
        ]
    if batch.status == "partly" or not batch.sent:
        count = _("{n} of {total} are sent.", n=batch.out, total=batch.written)
        return [_("In {folder}.", folder=batch.folder) + f" {count}", *waiting, again]
    return [_("In {folder}, sent {date}.", folder=batch.folder, date=day(batch.sent)), again]

"""The letters of a batch as messages: each is made again, and is the one that was looked at.

What is sent must be what lies in the folder. So each letter is made anew from its template, and
sent only where that gives the very bytes that were written, by their hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from frivillig_cli.core.clock import norwegian_day
from frivillig_cli.core.errors import FrivilligError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.query import Query
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.mail import Envelope, is_address, letter_message, plain_address
from frivillig_cli.documents.typeset import Replaced
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.double_queries import had
from frivillig_cli.records.letter.logged import Batch, LoggedLetter
from frivillig_cli.records.letter.model import has_opted_out
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import batch as batches
from frivillig_cli.work.letters import sharing, standing
from frivillig_cli.work.letters.batch import Plan, letter_for
from frivillig_cli.work.letters.drafts import sender_name, to_name
from frivillig_cli.work.letters.lying import Lying, is_zip, lying
from frivillig_cli.work.letters.made import Made, make
from frivillig_cli.work.letters.member_fields import groups_of
from frivillig_cli.work.letters.recipients import Recipient


class LeftOut(NamedTuple):
    """A letter that is not sent, and why (a code of SKIP_REASONS)."""

    letter: LoggedLetter
    why: str


@dataclass(frozen=True)
class Ready:
    """A letter that can be sent, and to which address."""

    letter: LoggedLetter
    recipient: Recipient

    @property
    def address(self) -> str:
        """The e-mail address."""
        return str(self.recipient.email)


@dataclass(frozen=True)
class Outgoing:
    """A batch on its way: who can be sent to, and who cannot.

    `moved` are those of both whose message lies in the outbox, to an address that is another now.
    `shared`: by letter, those to the same e-mail that do not go out because of it.
    `packed`: the SHA-256 of the files in a zip, as they lie there now. `lies`: some of its files
    are where they were written, as they were, so that one that is not has been taken away.
    """

    batch: Batch
    plan: Plan
    ready: Sequence[Ready]
    left_out: Sequence[LeftOut]
    packed: Mapping[str, str | None] = field(default_factory=dict)
    shared: Mapping[int, Sequence[int]] = field(default_factory=dict)
    moved: Collection[int] = ()
    lies: bool = False


def outgoing(
    register: Register,
    batch_id: int,
    own: Path,
    *,
    retry: bool = False,
    as_test: bool = False,
    in_doubt: bool = False,
) -> Outgoing:
    """Who of a batch can be sent to by e-mail now, of those who have got nothing yet.

    `retry`: also those whose address the server has refused; else only where it is another now.
    `as_test`: also those that lie in the outbox. `in_doubt`: of some it is not known yet whether
    they were sent. Raises RefusedError: a batch in one file, a template that has been changed,
    Word documents.
    """
    batch = queries.batch(register, batch_id)
    rows = queries.letters(register, batch_id)
    files = [row.file for row in rows if row.file]
    if len(set(files)) < len(files):
        raise RefusedError(
            _("The letters of batch {id} are in one file, and cannot be sent each to its own.",
              id=batch_id),
            _("Write them anew, one file each: {command}",
              command=f"frivillig letter render {batch.template} …"),
        )  # fmt: skip
    plan = batches.assembled(register, _request(batch, rows, own)) if batch.written else None
    people = {recipient.id: recipient for recipient in plan.recipients} if plan else {}
    moved = {
        row.id
        for row in rows
        if row.state == "queued" and _is_moved(row, people.get(_id(row, batch.recipients)))
    }
    states = ("draft", "refused", "queued") if as_test else ("draft", "refused")
    waiting = [row for row in rows if not row.skipped and (row.state in states or row.id in moved)]
    queued = {row.id: row.sent_to for row in rows if row.state == "queued" and row.id not in moved}
    if plan is None or not waiting:  # the rest lies in the outbox, or has gone out
        missed = sharing.missed(register, batch, rows, queued)
        return Outgoing(batch, plan, [], not_reached(missed))  # type: ignore[arg-type]
    _refuse_another_template(batch, plan, in_doubt)
    _refuse_word(batch, plan)
    ready: list[Ready] = []
    left_out: list[LeftOut] = []
    open_now = {row.id for row in waiting}
    not_now = outbox_queries.left_out_now(register, batch_id)
    answered = {letter for letter, why in not_now.items() if why == "answered"}
    already = had(register, batch)
    no_role = standing.without_role(register, waiting)
    settled = outbox_queries.sharing(register, batch_id)
    taken = {row.sent_to.casefold(): row.id for row in rows
             if row.sent_to and row.id not in open_now}  # fmt: skip
    shared: dict[int, list[int]] = {host: [] for host in queued}
    for row in waiting:
        recipient = people.get(_id(row, batch.recipients))
        why = "same_address" if row.id in settled else _why_not(row, recipient, retry)
        if not why and (why := no_role.get(row.id)) == "changed":
            row = row._replace(answer=_("the role is changed"))
        why = why or ("answered" if row.id in answered else already.get(row.id))
        if why or recipient is None:
            left_out.append(LeftOut(row, str(why)))
            continue
        host = taken.setdefault(str(recipient.email).casefold(), row.id)
        if batch.one_per_address and host != row.id:
            left_out.append(LeftOut(row, "same_address"))
            shared.setdefault(host, []).append(row.id)
        else:
            ready.append(Ready(row, recipient))
    goes_to = {**queued, **{one.letter.id: one.address for one in ready}}
    left_out += not_reached(sharing.missed(register, batch, rows, goes_to))
    left_out += not_reached(sharing.sharing(rows, open_now - goes_to.keys()))
    packed = _packed(batch, files)
    going = Outgoing(batch, plan, ready, left_out, packed, shared, moved)
    return replace(going, lies=_lies(going, rows))


def not_reached(rows: Iterable[LoggedLetter]) -> list[LeftOut]:
    """Those who share a letter, and get none: it goes to an e-mail that is not theirs, or to
    nobody."""
    return [LeftOut(row, "not_reached") for row in rows]


def _is_moved(row: LoggedLetter, recipient: Recipient | None) -> bool:
    """Whether the message lies in the outbox to an address that is not the recipient's any more.

    Who may not be written to at all is looked up before each message is handed over.
    """
    return bool(recipient and row.sent_to and row.sent_to != recipient.email)


def _packed(batch: Batch, files: Sequence[str]) -> dict[str, str | None]:
    if not is_zip(batch.folder):
        return {}
    with lying(batch.folder) as there:
        return {file: _digest(there, file) for file in files}


def _lies(going: Outgoing, rows: Iterable[LoggedLetter]) -> bool:
    return any(_digest_now(going, row) == row.sha256 for row in rows if row.file)


def are_gone(going: Outgoing) -> bool:
    """Whether the letters that can be sent are not where they were written any more."""
    return not going.lies and any(_digest_now(going, one.letter) is None for one in going.ready)


def _digest(there: Lying, file: str) -> str | None:
    """The SHA-256 of a file; None where it is gone."""
    try:
        return hashlib.sha256(there.read(file)).hexdigest()
    except OSError:
        return None


def _request(batch: Batch, rows: Iterable[LoggedLetter], own: Path) -> batches.Request:
    groups = groups_of(seat for row in rows for seat in json.loads(row.told_seats or "[]"))
    written = norwegian_day(batch.created)
    return batches.Request(
        batch.template, Query(), own, written, batch.format, survey_id=batch.survey_id,
        case_number=batch.case_number, again=bool(batch.again), addressed=batch.addressed,
        also_opted_out=bool(batch.also_opted_out), also_ended=True, groups=tuple(groups),
    )  # fmt: skip


def _refuse_another_template(batch: Batch, plan: Plan, in_doubt: bool) -> None:
    # who may have got a letter is left out of those that are written anew
    now = {language: template.sha256 for language, template in plan.templates.items()}
    if now == dict(batch.versions):
        return
    settle = f"frivillig letter send {batch.id} --withdraw --in-doubt sent"
    raise RefusedError(
        _("The template {name} was changed after batch {id} was written.",
          name=batch.template, id=batch.id),
        " ".join([
            *([_("First say of those that are in doubt, of whom nothing is entered yet: {command} "
                 "(or again).", command=settle)] * in_doubt),
            _("Write the letters anew, and look at them: {command}",
              command=f"frivillig letter render {batch.template} …"),
        ]),
    )  # fmt: skip


def _refuse_word(batch: Batch, plan: Plan) -> None:
    if any(template.word is not None for template in plan.templates.values()):
        raise RefusedError(
            _("The letters of batch {id} are Word documents of your own, and go out by post.",
              id=batch.id),
            _("When they are posted: {command}", command=f"frivillig letter sent {batch.id}"),
        )  # fmt: skip


def _id(row: LoggedLetter, kind: str) -> int:
    ids = {"org": row.org_id, "volunteer": row.person_id, "agreement": row.agreement_id}
    ids["member"] = row.person_id
    return ids[kind] or 0


def _why_not(row: LoggedLetter, recipient: Recipient | None, retry: bool) -> str | None:
    if recipient is None:
        return "left_group" if row.told_seats is not None and row.person_id else "archived"
    if recipient.skipped and recipient.skipped != "no_address":
        return recipient.skipped
    if has_opted_out(recipient.no_mailings, row.opted_out):
        return "opted_out"
    if not (recipient.email and is_address(recipient.email)):
        return "of_protected" if recipient.secret_email else "no_email"
    if row.state == "refused" and not retry and row.sent_to == recipient.email:
        return "refused"
    return None


def is_as_written(going: Outgoing, ready: Ready) -> tuple[Letter, Made] | None:
    """The letter and what its file holds, where that is what was written; else None."""
    plan = going.plan._replace(
        request=going.plan.request._replace(exempt=ready.letter.exempt), letters={}
    )
    if plan.request.format == "eml":  # it may go out from another address than the draft was from
        plan = plan._replace(sender=plan.sender._replace(address=_from(going, ready.letter)))
    try:
        letter = letter_for(plan, ready.recipient)
        file = make(plan, [ready.recipient], [letter], Replaced())
    except FrivilligError:
        return None
    digest = hashlib.sha256(file.data).hexdigest()
    if digest != ready.letter.sha256 or _lies_otherwise(going, ready.letter):
        return None
    return letter, file


def _from(going: Outgoing, letter: LoggedLetter) -> str:
    """Whom the draft of a letter is from, as its file says; "" where it is gone."""
    from email import message_from_bytes
    from email.utils import parseaddr

    try:
        with lying(going.batch.folder) as there:
            said = message_from_bytes(there.read(str(letter.file)))["From"]
    except OSError:
        return ""
    return parseaddr(str(said or ""))[1]


def changed(going: Outgoing, ready: Ready) -> LeftOut:
    """One whose letter is another now, with what of it is, where that is known."""
    return LeftOut(ready.letter._replace(answer=_what_is_changed(going, ready)), "changed")


def _what_is_changed(going: Outgoing, ready: Ready) -> str | None:
    letter, now = ready.letter, ready.recipient
    if _lies_otherwise(going, letter):
        gone = _digest_now(going, letter) is None
        return _("the file is gone") if gone else _("the file has been changed by hand")
    if going.plan.language(now) != letter.language:
        return _("the language is changed")
    reached = now.email if going.batch.format == "eml" else "\n".join(now.address)
    if (reached or "") != (letter.address or ""):
        return _("the name or the address is changed")
    try:
        title = letter_for(going.plan, now).document.title
    except FrivilligError as error:
        return error.message
    return _("the title is changed") if title != letter.title else _("the text is changed")


def named_attachments(going: Outgoing) -> tuple[str, ...]:
    """What the letters say that they bring: one in each language, or all where it is filled in."""
    seen: set[str] = set()
    found: dict[str, None] = {}
    for recipient in (one.recipient for one in going.ready):
        language = going.plan.language(recipient)
        if language in seen:
            continue
        if "{" not in str(going.plan.templates[language].meta.get("attachments")):
            seen.add(language)
        try:
            found |= dict.fromkeys(letter_for(going.plan, recipient).attachments)
        except FrivilligError:
            continue  # told when it is made
    return tuple(found)


def _lies_otherwise(going: Outgoing, letter: LoggedLetter) -> bool:
    """Whether the file has been changed by hand, or taken away; all that are gone are no matter."""
    now = _digest_now(going, letter)
    return going.lies if now is None else now != letter.sha256


def _digest_now(going: Outgoing, letter: LoggedLetter) -> str | None:
    if is_zip(going.batch.folder):
        return going.packed.get(str(letter.file))
    with lying(going.batch.folder) as there:
        return _digest(there, str(letter.file))


class Message(NamedTuple):
    """A message to one: its number and bytes; `None` bytes where the letter is another now."""

    ready: Ready
    message_id: str
    data: bytes | None


def messages(
    going: Outgoing, sender: str, *, now: datetime, test_to: str | None = None
) -> Iterator[Message]:
    """The messages one by one; with `test_to` all to that address, marked in the subject."""
    from frivillig_cli.documents.pdf import letter_pdf

    for ready in going.ready:
        number = _message_id(going.batch, ready.letter, sender, test=bool(test_to))
        made = is_as_written(going, ready)
        if made is None:
            yield Message(ready, number, None)
            continue
        letter, file = made
        pdf = letter_pdf(letter, Replaced()) if file.pdf is None else file.pdf
        envelope = Envelope(
            sender_name=sender_name(going.plan),
            sender=sender,
            to_name=to_name(letter, ready.recipient),
            to=test_to or ready.address,
            message_id=number,
            date=now,
            marked=_("[TEST, to {address}]", address=ready.address) if test_to else "",
        )
        yield Message(ready, number, letter_message(letter, pdf, envelope))


def _message_id(batch: Batch, letter: LoggedLetter, sender: str, *, test: bool) -> str:
    """The number of a letter's message, the same each time: a duplicate can be recognised."""
    mark = hashlib.sha256(f"{batch.created} {batch.folder} {letter.sha256}".encode()).hexdigest()
    domain = plain_address(sender).rpartition("@")[2]
    return f"<frivillig.{letter.number}.{mark[:16]}{'.test' if test else ''}@{domain}>"

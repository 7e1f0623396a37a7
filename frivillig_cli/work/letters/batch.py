"""One batch: a template and its recipients to files, and the record of it.

Files are written first, whole each; the record follows in one transaction. A batch that is
interrupted leaves drafts in the folder and nothing in the register.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.core.names import file_name
from frivillig_cli.core.query import Query
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.letter import Letter, Reference
from frivillig_cli.documents.template import (
    SHIPPED,
    Template,
    find_template,
    load_template,
    render_template,
)
from frivillig_cli.formats.files import safe_join, write_atomic
from frivillig_cli.records import municipality
from frivillig_cli.records.letter import actions, queries
from frivillig_cli.records.letter.model import LetterRow
from frivillig_cli.records.survey import queries as surveys
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import recipients, writers
from frivillig_cli.work.letters.recipients import COLUMNS, Recipient
from frivillig_cli.work.letters.sender import Sender, sender

# In which language a letter goes out when the recipient's own is not written.
_NEXT_BEST = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}


@dataclass(frozen=True)
class Request:
    """What the coordinator asked for. `own` is the folder of the coordinator's templates."""

    template: str
    query: Query
    own: Path
    today: date
    format: str = "pdf"
    merge: bool = False
    survey_id: int | None = None
    case_number: str | None = None
    again: bool = False


@dataclass(frozen=True)
class Plan:
    """Who gets what, before anything is written. `templates` are by language."""

    request: Request
    sender: Sender
    templates: dict[str, Template]
    recipients: Sequence[Recipient]
    shared: dict[str, Any] = field(repr=False)

    @property
    def kind(self) -> str:
        """org, volunteer or agreement."""
        return next(iter(self.templates.values())).recipients


def narrowed(request: Request, query: Query) -> Request:
    """The same request for those whom `query` picks."""
    return replace(request, query=query)


def folders(own: Path) -> tuple[Path, ...]:
    """Where templates lie: the coordinator's folder before the shipped one."""
    return own, SHIPPED


def templates(name: str, own: Path) -> dict[str, Template]:
    """The languages in which a template is written. TemplateError where there is none."""
    found = {}
    first: TemplateError | None = None
    for language in ("nb", "nn", "en"):
        try:
            found[language] = load_template(find_template(name, language, folders(own)))
        except TemplateError as error:
            if error.line or error.file:
                raise
            first = first or error
    if not found and first:
        raise first
    return found


def plan(register: Register, request: Request) -> Plan:
    """Find the templates, the sender and everybody who may get the letter."""
    found = templates(request.template, request.own)
    settings = municipality.get(register)
    letter_sender = sender(settings)
    kind = next(iter(found.values())).recipients
    got = set() if request.again else queries.has_got(register, request.template, COLUMNS[kind])
    shared = {
        "municipality": letter_sender.fields,
        "sender": {
            "caseworker": letter_sender.caseworker or None,
            "title": letter_sender.title or None,
        },
        "today": request.today,
        "case_number": request.case_number,
        "survey": _survey(register, request.survey_id),
    }
    everybody = list(recipients.find(register, kind, request.query, got, today=request.today))
    return Plan(request, letter_sender, found, everybody, shared)


def _survey(register: Register, survey_id: int | None) -> dict[str, Any]:
    if survey_id is None:
        return {"title": None, "due": None, "id": None}
    survey = surveys.get(register, survey_id)
    due = survey.due
    if isinstance(due, str):
        due = date.fromisoformat(due)
    return {"title": survey.title, "due": due, "id": survey.id}


def letter_for(this: Plan, recipient: Recipient, *, draft: bool = False) -> Letter:
    """The letter to one recipient. TemplateError, naming a field that has no value."""
    wanted = _NEXT_BEST.get(recipient.language, _NEXT_BEST["nb"])
    template = this.templates[next(lang for lang in wanted if lang in this.templates)]
    with in_language(template.language):
        rendered = render_template(template, {**this.shared, **recipient.fields})
    case = this.request.case_number or str(rendered.meta.get("case_number") or "")
    return Letter(
        document=rendered.document,
        letterhead=this.sender.head,
        recipient=recipient.address,
        reference=Reference(date=this.request.today, ours=case, caseworker=this.sender.caseworker),
        signed_by=this.sender.caseworker,
        signed_title=this.sender.title,
        attachments=rendered.attachments,
        copies=rendered.copies,
        draft=draft,
    )


def write(this: Plan, folder: Path, advance: Callable[[int], None]) -> list[LetterRow]:
    """Write the files of a batch into `folder`; returns one row for each recipient.

    Who lacks a value that the template needs is left out with its name. Raises the template's
    error where nobody could be written, and RefusedError where nobody was picked.
    """
    if not this.recipients:
        raise RefusedError(
            _("Nobody is picked by this query."),
            _("Try it first with: frivillig org list QUERY"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    made = _letters(this)
    rows = writers.merged(made, folder, this, advance) if this.request.merge else [
        _single(recipient, letter, folder, this, advance) for recipient, letter in made
    ]  # fmt: skip
    return rows


def _letters(this: Plan) -> Iterator[tuple[Recipient, Letter | None]]:
    """Each recipient with the letter, or with None and the reason in `skipped`."""
    written, first = 0, None
    for recipient in this.recipients:
        if recipient.skipped:
            yield recipient, None
            continue
        try:
            letter = letter_for(this, recipient)
        except TemplateError as error:
            if not error.missing:
                raise
            first = first or error
            yield replace(recipient, skipped=f"missing {error.missing}"), None
            continue
        written += 1
        yield recipient, letter
    if first and not written:
        raise first


def _single(
    recipient: Recipient,
    letter: Letter | None,
    folder: Path,
    this: Plan,
    advance: Callable[[int], None],
) -> LetterRow:
    advance(1)
    if letter is None:
        return recipient.row()
    name = f"{file_name(recipient.name)}-{recipient.id}.{this.request.format}"
    data = writers.written(letter, this.request.format)
    path = write_atomic(safe_join(folder, name), data)
    return recipient.row(file=path.name, sha256=hashlib.sha256(data).hexdigest())


def record(
    register: Register, this: Plan, rows: Sequence[LetterRow], folder: Path, *, now: datetime
) -> int:
    """Record the batch, inside a transaction; returns its number."""
    template = next(iter(this.templates.values()))
    digest = hashlib.sha256("".join(t.sha256 for t in this.templates.values()).encode())
    new = actions.NewBatch(
        template=this.request.template,
        template_sha256=digest.hexdigest(),
        title=template.about,
        format=this.request.format,
        recipients=this.kind,
        folder=str(folder.absolute()),
        case_number=this.request.case_number,
        survey_id=this.request.survey_id,
    )
    return actions.add_batch(register, new, rows, now=now)

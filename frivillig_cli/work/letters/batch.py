"""Who gets what: a template, its recipients, and each letter filled in.

Every letter is filled in before the first file is written: a slip of the pen that only the
fiftieth letter meets is found while nothing has been made.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from frivillig_cli.core.birthnumber import find_birth_number
from frivillig_cli.core.errors import RefusedError, UsageError
from frivillig_cli.core.i18n import _, ngettext, typed
from frivillig_cli.core.query import Query
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.letter import Letter, Reference
from frivillig_cli.documents.template import Template, render_template
from frivillig_cli.documents.text import letter_text
from frivillig_cli.documents.volumes import weight
from frivillig_cli.records import municipality
from frivillig_cli.records.letter import queries
from frivillig_cli.records.letter.model import ASKING, HAD_BEFORE, REMINDER
from frivillig_cli.store.register import Register
from frivillig_cli.work.letters import library, recipients
from frivillig_cli.work.letters.examples import leftovers
from frivillig_cli.work.letters.fields import survey_fields
from frivillig_cli.work.letters.households import Households, where_letters_went
from frivillig_cli.work.letters.picked import Wanted
from frivillig_cli.work.letters.recipients import Recipient
from frivillig_cli.work.letters.sender import (
    SETTINGS,
    Lacking,
    Sender,
    sender,
    sender_address,
    sender_lacking,
)
from frivillig_cli.work.letters.writers import format_for

if TYPE_CHECKING:
    from frivillig_cli.records.survey.model import Survey

# In which language a letter goes out when it is not written in the recipient's own.
_NEXT_BEST = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en"), "en": ("en", "nb", "nn")}

# So many filled-in letters are kept until they are written; a larger batch fills them in again.
MOST_KEPT = 1000
_UNBROKEN = 1_000_000  # characters a line: a number is found whole


class Request(NamedTuple):
    """What the coordinator asked for. `own` is the folder of the coordinator's templates.

    `format` is "" for what suits the template.
    """

    template: str
    query: Query
    own: Path
    today: date
    format: str = ""
    merge: bool = False
    survey_id: int | None = None
    case_number: str | None = None
    again: bool = False
    refs: tuple[str, ...] | None = None
    addressed: str = "org"
    one_per_address: bool = False
    also_opted_out: bool = False
    exempt: str | None = None
    groups: tuple[int, ...] = ()
    also_ended: bool = False

    @property
    def wanted(self) -> Wanted:
        """Whom it is for, and how they are reached."""
        return Wanted(
            self.query, self.refs, self.addressed, self.one_per_address, self.also_opted_out,
            by_email=self.format == "eml", groups=self.groups, also_ended=self.also_ended,
        )  # fmt: skip


class Plan(NamedTuple):
    """Who gets what, before anything is written.

    `templates` are by language, `letters` (those that are filled in already) by recipient, and so
    are the `weights` of those that are set in one file.
    """

    request: Request
    sender: Sender
    templates: Mapping[str, Template]
    recipients: Sequence[Recipient]
    shared: Mapping[str, Any]
    letters: dict[int, Letter]
    weights: dict[int, int]

    @property
    def kind(self) -> str:
        """One of RECIPIENTS."""
        return next(iter(self.templates.values())).recipients

    @property
    def to_sign(self) -> bool:
        """Whether the letters are documents that are signed on paper."""
        return next(iter(self.templates.values())).meta.get("by_hand") is True

    @property
    def example(self) -> bool:
        """Whether the letters tell invented dates and links, or a starter's [texts]."""
        return any(leftovers(template) for template in self.used(self.written))

    def unwritten(self, readers: Iterable[Recipient]) -> list[TemplateError]:
        """Each text of a starter that is still to be written in their letters, with its place."""
        from frivillig_cli.work.letters.examples import starter_texts

        return [one for template in self.used(readers) for one in starter_texts(template)]

    def invented(self, readers: Iterable[Recipient]) -> list[TemplateError]:
        """Each example in their letters: days, places and links that nobody has put there."""
        from frivillig_cli.work.letters.examples import invented

        return [one for template in self.used(readers) for one in invented(template)]

    def unprinted(self, readers: Iterable[Recipient]) -> list[TemplateError]:
        """What their letters lose, or print by mistake, with its place."""
        from frivillig_cli.work.letters.unprinted import unprinted

        return [one for template in self.used(readers) for one in unprinted(template)]

    @property
    def lacking_sender(self) -> list[Lacking]:
        """What the letters do not tell of the sender. A template in Word tells what it will."""
        return sender_lacking(self.sender, self.templates.values())

    def used(self, readers: Iterable[Recipient]) -> list[Template]:
        """The templates in the languages that their letters are in."""
        languages = {self.language(one) for one in readers}
        return [template for name, template in self.templates.items() if name in languages]

    @property
    def written(self) -> list[Recipient]:
        """Those who get a letter."""
        return [recipient for recipient in self.recipients if not recipient.skipped]

    def language(self, recipient: Recipient) -> str:
        """The language of a recipient's letter: its own, or the next best there is."""
        wanted = _NEXT_BEST.get(recipient.language, _NEXT_BEST["nb"])
        return next(language for language in wanted if language in self.templates)

    def lacking(self) -> Counter[str]:
        """The languages that recipients read and the template lacks, with how many they are."""
        return Counter(r.language for r in self.written if r.language not in self.templates)


def plan(
    register: Register, request: Request, advance: Callable[[int], None] = lambda _n: None
) -> Plan:
    """Find the template, the sender and everybody who may get the letter, and fill each in.

    Who lacks a value that the template needs is left out with its name. Raises TemplateError
    (a broken template; a value that all lack), and RefusedError where nobody is picked or left.
    """
    if request.merge and request.format == "eml":
        raise UsageError(
            _("Each e-mail is a file of its own."), _("Leave out {option}.", option="--merge")
        )
    if request.survey_id is not None and request.template in ASKING:
        from frivillig_cli.records.survey import actions
        from frivillig_cli.records.survey import queries as surveys

        actions.refuse_closed(surveys.get(register, request.survey_id))
    this = assembled(register, request)
    if request.format == "eml":
        sender_address(this.sender)
    if not this.recipients:
        raise RefusedError(
            _("Nobody is picked by this query."),
            _("Try it first with: {command}",
              command=typed(f"frivillig {listed_by(this.kind)} list QUERY")),
        )  # fmt: skip
    checked, households = [], _households(register, this)
    for recipient in this.recipients:
        if request.one_per_address:
            recipient = households.left_out(recipient)
        recipient = _filled(this, recipient)
        households.meet(recipient)
        checked.append(recipient)
        advance(1)
    if all(recipient.skipped for recipient in checked):
        raise _nobody(this, checked)
    return this._replace(recipients=checked)


def _households(register: Register, this: Plan) -> Households:
    request = this.request
    went = (
        where_letters_went(register, request.template, this.kind, request.survey_id)
        if request.one_per_address
        else {}
    )
    return Households(by_email=request.format == "eml", went=went)


def listed_by(kind: str) -> str:
    """The noun whose list shows those that letters of a kind are for."""
    return "person" if kind == "member" else kind


def assembled(register: Register, request: Request) -> Plan:
    """The plan before any letter is filled in."""
    found = library.templates(request.template, request.own)
    first = next(iter(found.values()))
    if request.one_per_address and first.meta.get("layout") == "certificate":
        raise UsageError(
            _("The template is a certificate: each has one of their own."),
            _("Leave out {option}.", option="--one-per-address"),
        )
    suited = format_for(first, request.format, merge=request.merge)
    request, kind = request._replace(format=suited), first.recipients
    letter_sender = sender(municipality.get(register))
    survey = None
    if request.survey_id is not None:
        from frivillig_cli.records.survey import queries as surveys

        survey = surveys.get(register, request.survey_id)
    got = queries.has_got(register, request.template, kind, request.survey_id)
    wanted = request.wanted._replace(
        agreements=first.meta.get("kind") or "", to_sign=first.meta.get("by_hand") is True
    )
    told = queries.seats_told(register, request.template) if kind == "member" else {}
    everybody = recipients.find(
        register, kind, wanted, {} if request.again else got, told=told, today=request.today
    )
    shared = {
        **letter_sender.fields,
        "survey": survey_fields(survey),
        "case_number": request.case_number,
        "exempt": request.exempt,
        "today": request.today,
    }
    if survey is not None and request.template == REMINDER:
        asked = surveys.sent_to(register, survey.id)
        everybody = (_to_remind(one, survey, asked) for one in everybody)
    return Plan(request, letter_sender, found, list(everybody), shared, {}, {})


def _to_remind(one: Recipient, survey: "Survey", asked: Mapping[int, bool]) -> Recipient:
    """One to remind of a survey; left out where there is nothing to remind them of.

    `asked`: the associations that it was sent to, and whether each has answered.
    """
    if one.skipped:
        return one
    if survey.status == "closed":
        return one._replace(skipped="survey_closed")
    if one.id not in asked:
        return one._replace(skipped="not_asked")
    return one._replace(skipped="answered") if asked[one.id] else one


def _filled(this: Plan, recipient: Recipient) -> Recipient:
    """The recipient, left out if a value of its own is missing."""
    if recipient.skipped:
        return recipient
    try:
        letter = letter_for(this, recipient)
    except TemplateError as error:
        if error.missing.lstrip("(").partition(".")[0] not in recipient.fields:
            raise
        counted = error.line and not error.file.endswith(".docx")
        place = f"{error.file}:{error.line}" if counted else error.file
        return recipient._replace(
            skipped="missing_field", missing_field=error.missing, missing_in=place
        )
    if len(this.letters) < MOST_KEPT:
        this.letters[recipient.id] = letter
    if this.request.merge and this.request.format == "pdf":
        this.weights[recipient.id] = weight(letter)
    return recipient


def _nobody(this: Plan, everybody: Sequence[Recipient]) -> RefusedError:
    widest = max(len(recipient.name) for recipient in everybody)
    rows = [f"{one.name:<{widest}}  {recipients.reason(one)}" for one in everybody[:20]]
    if len(everybody) > 20:
        rows.append("…")
    codes = {one.skipped for one in everybody}
    return RefusedError(
        ngettext(
            "No letter is written: the only one who is picked is left out.",
            "No letter is written: all {n} who are picked are left out.",
            len(everybody),
        ),
        _way_out(codes, this, everybody[0].id),
        rows,
    )


def _way_out(codes: set[str | None], this: Plan, one: int) -> str:
    if codes & HAD_BEFORE:
        return _("Write to them once more with --again.")
    if codes == {"ended"} and this.kind == "agreement" and not this.to_sign:
        command = f"frivillig letter render {this.request.template} id:{one}"
        return _("Pick those it is about by their number: {command}", command=typed(command))
    if this.request.addressed == "contact" and codes <= {"no_address", "no_contact"}:
        return _("Without --to contact it goes to the association.")
    if codes == {"ended"}:
        return _("An agreement that is ended is made anew: {command}",
                 command=typed("frivillig agreement add ORG TITLE"))  # fmt: skip
    if codes <= {"expired", "ended"}:
        return _("Renew it first: {command}", command=typed("frivillig agreement renew REF"))
    if codes == {"other_kind"}:
        return _("See what each template is for: {command}", command="frivillig letter templates")
    if codes <= {"unknown", "ambiguous"}:
        return _("Write their ids or whole names, one a line.")
    return _("Fill in what is missing, or pick others.")


def letter_for(this: Plan, recipient: Recipient, *, draft: bool = False) -> Letter:
    """The letter to one recipient. TemplateError, naming a field that has no value."""
    if recipient.id in this.letters and not draft:
        return this.letters[recipient.id]
    template = this.templates[this.language(recipient)]
    try:
        rendered = render_template(template, {**this.shared, **recipient.all_fields})
    except TemplateError as error:
        raise _with_a_way_out(error, this.request) from error
    if template.word is None and not rendered.document.blocks:
        raise TemplateError(
            _("The letter to {name} has no text.", name=recipient.name),
            _("Write below the front matter what it is to say."),
            file=template.path.name,
        )
    reference = Reference(
        date=this.request.today,
        ours=this.request.case_number or rendered.said("case_number"),
        yours=rendered.said("your_reference"),
        your_date=rendered.your_date,
        caseworker=this.sender.caseworker,
        exempt=this.request.exempt or rendered.said("exempt"),
    )
    letter = Letter(
        document=rendered.document,
        letterhead=this.sender.head,
        recipient=recipient.address,
        reference=reference,
        signed_by="" if rendered.by_hand else this.sender.caseworker,
        signed_title="" if rendered.by_hand else this.sender.title,
        approved=not rendered.by_hand and rendered.layout == "letter",
        attachments=rendered.attachments,
        copies=rendered.copies,
        draft=draft,
        to_one=this.kind in ("volunteer", "member"),
        layout=rendered.layout,
        word=rendered.word,
        whose=recipient.name,
    )
    _refuse_birth_number(letter, recipient, template)
    return letter


def _refuse_birth_number(letter: Letter, recipient: Recipient, template: Template) -> None:
    """Whatever it was put together from: no letter tells one (personopplysningsloven § 12)."""
    said = letter.word.words() if letter.word else letter_text(letter, width=_UNBROKEN)
    masked = find_birth_number(said)
    if masked:
        raise TemplateError(
            _("The letter to {name} would hold a birth number ({masked}).",
              name=recipient.name, masked=masked),
            _("Remove it from the template, or from what is registered."),
            file=template.path.name,
        )  # fmt: skip


def _with_a_way_out(error: TemplateError, request: Request) -> TemplateError:
    """The same error; of a value that the whole batch shares, with what to type."""
    name = error.missing
    if name.startswith("survey.") and request.survey_id is None:
        said = _("The letter is about a survey ({field}), and none is named.", field=name)
        asked = next((t.value for t in request.query.terms if t.field == "unanswered"), "REF")
        hint = _("Say which: {option}", option=f"--survey {asked}")
    elif name == "case_number":
        said = _("The letter needs a case number.")
        hint = _("Give it: {option}", option="--case-number 2027/123")
    elif name in SETTINGS:
        said = _("{field} has no value.", field=name)
        hint = _("Give it one: {command}", command=f"frivillig config set {SETTINGS[name]} …")
    else:
        return error
    return TemplateError(said, hint, file=error.file, line=error.line, missing=name)

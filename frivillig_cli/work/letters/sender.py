"""The sender: the municipality's letterhead, from its settings."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from frivillig_cli.core.errors import FrivilligError, InvalidValueError, RefusedError
from frivillig_cli.core.i18n import _
from frivillig_cli.core.os_errors import why
from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.documents.letter import Letterhead
from frivillig_cli.documents.picture import MOST_BYTES, Picture, picture_of
from frivillig_cli.documents.template import Template
from frivillig_cli.settings import config, mail

# Which setting gives a field its value: what to type when a template lacks it.
SETTINGS = {
    "municipality.number": "municipality.number",
    "municipality.unit": "letterhead.unit",
    "municipality.phone": "letterhead.phone",
    "municipality.email": "letterhead.email",
    "municipality.website": "letterhead.website",
    "municipality.orgnr": "letterhead.orgnr",
    "municipality.street": "letterhead.street",
    "municipality.postcode": "letterhead.postcode",
    "municipality.city": "letterhead.city",
    "municipality.visit": "letterhead.visit",
    "municipality.logo": "letterhead.logo",
    "sender.caseworker": "letterhead.caseworker",
    "sender.title": "letterhead.title",
}


class Lacking(NamedTuple):
    """A setting that no letter should do without: its name, what the letters lack, the way out."""

    setting: str
    sentence: str
    way_out: str


class Sender(NamedTuple):
    """The letterhead, who signs, and the same as fields of a template.

    `address` is whom e-mails are from, where that is not what the settings say.
    """

    head: Letterhead
    caseworker: str
    title: str
    fields: Mapping[str, Any]
    address: str = ""

    def lacking(self, *, signed: bool) -> list[Lacking]:
        """What letters lack without which nobody knows whom to answer; `signed` by the sender."""
        found, head = [], self.head
        if signed and not self.caseworker:
            setting = "letterhead.caseworker"
            found.append(
                Lacking(
                    setting,
                    _("The letters end without a greeting and a name."),
                    _("Say who writes: {command}", command=f"frivillig config set {setting} …"),
                )
            )
        if not (head.email or head.phone or head.postal_address or head.visiting_address):
            setting = "letterhead.email"
            found.append(
                Lacking(
                    setting,
                    _("The letters do not say how you are reached: "
                      "neither by e-mail, by phone nor at an address."),
                    _("Say how: {command}", command=f"frivillig config set {setting} …"),
                )
            )  # fmt: skip
        return found


def sender(settings: Mapping[str, str]) -> Sender:
    """The sender from the municipality's settings. Raises DocumentError."""

    def get(key: str) -> str:
        return settings.get(f"letterhead.{key}", "")

    name = settings.get("municipality.name", "")
    if not name:
        raise DocumentError(
            _("The municipality has no name yet, and a letter needs a sender."),
            _('Give it one: frivillig config set municipality.name "Lier kommune"'),
        )
    place = " ".join(part for part in (get("postcode"), get("city")) if part)
    phone = _phone(get("phone"))
    head = Letterhead(
        name=name,
        unit=get("unit"),
        city=get("city"),
        logo=read_logo(get("logo"), name),
        postal_address=tuple(line for line in (get("street"), place) if line),
        visiting_address=(get("visit"),) if get("visit") else (),
        phone=phone,
        email=get("email"),
        website=get("website"),
        orgnr=get("orgnr").replace(" ", ""),
    )
    known = {**settings, "letterhead.phone": phone}
    fields: dict[str, Any] = {"municipality": {"name": name}, "sender": {}}
    for field, setting in SETTINGS.items():
        group, _dot, short = field.partition(".")
        fields[group][short] = known.get(setting) or None
    fields["municipality"]["logo"] = head.logo
    return Sender(head, get("caseworker"), get("title"), fields)


def sender_lacking(sender: Sender, templates: Iterable[Template]) -> list[Lacking]:
    """What the letters of some templates do not tell of the sender.

    Who signs by hand needs no greeting; a template in Word tells what it will.
    """
    ours = [one for one in templates if one.word is None]
    if not ours:
        return []
    return sender.lacking(signed=any(one.meta.get("by_hand") is not True for one in ours))


def _phone(text: str) -> str:
    """As Norwegians read it; what is no number (`32 22 01 00, valg 2`) stays as it is."""
    from frivillig_cli.core.phone import parse_phone, show_phone

    try:
        return show_phone(parse_phone(text)) if text else ""
    except InvalidValueError:
        return text


def read_logo(file: str, name: str) -> Picture | None:
    """The logo of that file, called `name`; None for "". DocumentError, TemplateError."""
    if not file:
        return None
    path = Path(file).expanduser()
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError(
            _("The logo {file} cannot be read: {why}.", file=file, why=why(error)),
            _("Set it again, or take it away: {command}",
              command='frivillig config set letterhead.logo ""'),
        ) from error  # fmt: skip
    from frivillig_cli.documents.raster import sound

    sound(picture_of(data, path.name))  # a fault is said of the file
    return picture_of(data, name)


def sender_address(sender: Sender) -> str:
    """The address that letters are sent from: mail.from, or the letterhead's; else RefusedError."""
    found = sender.address or config.get("mail.from") or sender.head.email
    if not found:
        raise RefusedError(
            _("An e-mail needs an address to be sent from."),
            _("Give it one: {command}", command="frivillig config set letterhead.email …"),
        )
    try:
        return mail.check("mail.from", found)
    except FrivilligError as error:  # the file of settings may have been written by hand
        raise RefusedError(error.message, error.hint) from error

"""The sender: the municipality's letterhead, from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from frivillig_cli.core.i18n import _
from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.documents.letter import Letterhead
from frivillig_cli.documents.picture import Picture, picture_of


@dataclass(frozen=True)
class Sender:
    """The letterhead, and who signs."""

    head: Letterhead
    caseworker: str
    title: str
    fields: Mapping[str, str | None]


def sender(settings: Mapping[str, str]) -> Sender:
    """The sender from the municipality's settings (`letterhead.…`). Raises DocumentError."""

    def get(key: str) -> str:
        return settings.get(f"letterhead.{key}", "")

    name = settings.get("municipality.name", "")
    if not name:
        raise DocumentError(
            _("The municipality has no name yet, and a letter needs a sender."),
            _('Give it one: frivillig config set municipality.name "Lier kommune"'),
        )
    place = " ".join(part for part in (get("postcode"), get("city")) if part)
    head = Letterhead(
        name=name,
        unit=get("unit"),
        logo=_logo(get("logo"), name),
        postal_address=tuple(line for line in (get("street"), place) if line),
        visiting_address=(get("visit"),) if get("visit") else (),
        phone=get("phone"),
        email=get("email"),
        website=get("website"),
        orgnr=get("orgnr"),
    )
    fields = {
        "name": name,
        "number": settings.get("municipality.number"),
        "unit": get("unit") or None,
        "phone": get("phone") or None,
        "email": get("email") or None,
        "website": get("website") or None,
    }
    return Sender(head, get("caseworker"), get("title"), fields)


def _logo(file: str, name: str) -> Picture | None:
    if not file:
        return None
    try:
        data = Path(file).expanduser().read_bytes()
    except OSError as error:
        raise DocumentError(
            _("The logo {file} cannot be read: {why}.", file=file, why=error.strerror or error),
            _("Set it again, or take it away: {command}",
              command='frivillig config set letterhead.logo ""'),
        ) from error  # fmt: skip
    return picture_of(data, name)

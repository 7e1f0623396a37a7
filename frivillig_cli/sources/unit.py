"""A unit of Enhetsregisteret, by an allow-list: what is not named here is never read.

The keys are those of the open API (data.brreg.no/enhetsregisteret/api, answers of 2026). A key
that is absent says nothing: it is neither false nor 0. Birth dates, roles and accounts are left out
(personopplysningsloven § 12, GDPR art. 5). So are the people behind "c/o" in an address: they are
kept apart while an answer is read, to be told of, and stored nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

_LANGUAGES = {"bokmål": "nb", "nynorsk": "nn"}
# From "c/o", "v/" or "att" to the comma or the end of the line is a person's name.
_PERSON = re.compile(r"(?:^|[\s,])(?:c\s*/\s*o|c\.o\.|v\s*/|att(?:n|\.|:)*\s)[^,\n]*(?:,|$)", re.I)


@dataclass(frozen=True)
class Unit:
    """One unit as the state's registers have it. Texts are as given; None is not known.

    `names_only` of Frivillighetsregisteret is the other way round: it has no name at all, so a
    unit without `name` can only tell more of an organisation that is there already. `care_of` is
    who is named in its address, with "c/o" or "v/" before the name.
    `removed` is a unit that may no longer be kept (HTTP 410): a copy of it must be erased.
    """

    orgnr: str
    name: str | None = None
    form: str | None = None
    email: str | None = None
    phone: str | None = None
    mobile: str | None = None
    website: str | None = None
    street: str | None = None
    care_of: str = field(default="", repr=False)
    postcode: str | None = None
    city: str | None = None
    municipality: str | None = None
    language: str | None = None
    founded: str | None = None
    activities: str | None = None
    voluntary: bool | None = None
    icnpo: tuple[str, ...] = ()
    deleted: str | None = None
    removed: bool = False
    bankrupt: bool = False
    liquidating: bool = False
    # an entry of Frivillighetsregisteret, which has no names and no addresses
    voluntary_entry: bool = False


def parse_unit(raw: Mapping[str, Any], municipality: str | None = None) -> Unit:
    """A unit from its JSON object (`enhet`, a dissolved one, or the body of an HTTP 410).

    The address is the postal one, else the business address, never a mixture. `municipality`
    is preferred when either address lies in it.
    """
    deleted = iso_date(raw.get("slettedato")) or iso_date(raw.get("slettetDato"))
    name = _text(raw.get("navn"))
    voluntary_entry = "icnpoKategorier" in raw or "frivilligOrganisasjonsstatus" in raw
    address = _address(raw)
    lines = _lines(address.get("adresse"))
    street = street_of(lines)
    numbers = municipalities(raw)
    return Unit(
        orgnr=orgnr_of(raw),
        name=name,
        form=_text(_object(raw, "organisasjonsform").get("kode")),
        email=_text(raw.get("epostadresse")),
        phone=_text(raw.get("telefon")),
        mobile=_text(raw.get("mobil")),
        website=_text(raw.get("hjemmeside")),
        street=street,
        care_of="" if street == ", ".join(lines) else _care_of(lines),
        postcode=_text(address.get("postnummer")),
        city=nice_place(_text(address.get("poststed"))),
        municipality=municipality if municipality in numbers else next(iter(numbers), None),
        language=_LANGUAGES.get((_text(raw.get("maalform")) or "").lower()),
        founded=iso_date(raw.get("stiftelsesdato")),
        activities=_text(" ".join(_lines(raw.get("aktivitet")))),
        voluntary=True if voluntary_entry else _bool(raw.get("registrertIFrivillighetsregisteret")),
        icnpo=_icnpo(raw.get("icnpoKategorier")),
        deleted=deleted,
        removed=raw.get("respons_klasse") == "FjernetEnhet"
        or bool(deleted and not (name or voluntary_entry or "respons_klasse" in raw)),
        bankrupt=_bool(raw.get("konkurs")) or bool(iso_date(raw.get("konkursdato"))),
        liquidating=_bool(raw.get("underAvvikling"))
        or _bool(raw.get("underTvangsavviklingEllerTvangsopplosning"))
        or False,
        voluntary_entry=voluntary_entry,
    )


def orgnr_of(raw: Mapping[str, Any]) -> str:
    """The organisation number as text, not checked; empty when there is none."""
    number = raw.get("organisasjonsnummer")
    if isinstance(number, str):
        return number.strip()
    return str(number) if isinstance(number, int) else ""


def municipalities(raw: Mapping[str, Any]) -> dict[str, str]:
    """Number → name of the municipalities of a unit's addresses: 3 of 22 have only a postal one."""
    found = {}
    for key in ("forretningsadresse", "postadresse"):
        address = raw.get(key)
        if address and isinstance(address, dict):
            number = (_text(address.get("kommunenummer")) or "").zfill(4)
            if len(number) == 4 and number.isascii() and number.isdigit():
                found[number] = _text(address.get("kommune")) or ""
    return found


def street_of(lines: Iterable[str]) -> str | None:
    """The street or box of address lines, with what names a person ("c/o", "v/", "att") gone."""
    kept = []
    for line in lines:
        for part in line.splitlines():
            rest = _PERSON.sub(" ", part).strip(" ,")
            if rest:
                kept.append(" ".join(rest.split()))
    return ", ".join(kept) or None


def _care_of(lines: Iterable[str]) -> str:
    """What `street_of` takes out of address lines; empty where they name nobody."""
    found = (match.group() for line in lines for match in _PERSON.finditer(line))
    return ", ".join(part.strip(" ,") for part in found)


def _address(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    for key in ("postadresse", "forretningsadresse"):
        address = _object(raw, key)
        if _text(address.get("postnummer")) or _lines(address.get("adresse")):
            return address
    return {}


def _object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _lines(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_text, values) if text]


def _bool(value: object) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False, "j": True, "n": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def iso_date(value: object) -> str | None:
    """`yyyy-MM-dd`, also from a text that has the time behind it; anything else is not known."""
    text = (_text(value) or "")[:10]
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


def _icnpo(value: object) -> tuple[str, ...]:
    from frivillig_cli.core.icnpo import find_code

    entries = [e for e in value if isinstance(e, Mapping)] if isinstance(value, list) else []
    ranked = sorted(entries, key=lambda e: str(e.get("rekkefoelge") or "9"))
    codes = [find_code(str(entry.get("icnpoNummer") or "")) for entry in ranked]
    return tuple(code for code in codes if code)


def nice_place(place: str | None) -> str | None:
    """`Mo i Rana` from `MO I RANA`; a name that is not wholly upper case stays as it is."""
    if not place or not place.isupper():
        return place
    words = re.split(r"([\s\-]+)", place.lower())
    small = ("i", "på", "og", "ved")
    return "".join(w if n and w in small else w[:1].upper() + w[1:] for n, w in enumerate(words))

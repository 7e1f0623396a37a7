"""Whom a call-out is for: those of the groups who fit what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from frivillig_cli.core.i18n import _
from frivillig_cli.core.names import fold
from frivillig_cli.records.response.model import RosterPerson

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}


@dataclass(frozen=True)
class Wanted:
    """What somebody must fit to be on the list: one of each that is given; nothing given is all.

    An area is a postcode, the beginning of one, or a place.
    """

    skills: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    driving_licence: bool = False

    def __bool__(self) -> bool:
        return bool(self.skills or self.areas or self.languages or self.driving_licence)

    def fits(self, person: RosterPerson) -> bool:
        """Whether this person belongs on the list.

        Where a protected person lives is never let on, so an area leaves none of them out.
        """
        own = {fold(skill) for skill in person.skills}
        if self.skills and own.isdisjoint(fold(skill) for skill in self.skills):
            return False
        if self.areas and not (person.protected or any(_in(person, a) for a in self.areas)):
            return False
        if self.languages and not _speaks(person) & {_language(one) for one in self.languages}:
            return False
        return bool(person.driving_licence) or not self.driving_licence

    def unknown(self, person: RosterPerson) -> str | None:
        """What the register does not know of one who is left off for that alone: `languages`,
        `driving_licence` or `areas`, the first of them; None where it is not that.
        """
        if self.fits(person):
            return None
        codes = [area.strip().isdecimal() for area in self.areas]
        asked = {
            "languages": bool(self.languages) and not person.languages_known,
            "driving_licence": self.driving_licence and person.driving_licence is None,
            "areas": (any(codes) and not person.postcode) or (not all(codes) and not person.city),
        }
        left = [name for name, blank in asked.items() if blank]
        rest = replace(
            self,
            languages=() if asked["languages"] else self.languages,
            driving_licence=self.driving_licence and not asked["driving_licence"],
            areas=() if asked["areas"] else self.areas,
        )
        return left[0] if left and rest.fits(person) else None

    def told(self) -> str:
        """What was asked for, in one line for the log and the refusal."""
        parts = [
            (_("skill"), ", ".join(self.skills)),
            (_("area"), ", ".join(self.areas)),
            (_("language"), ", ".join(self.languages)),
            (_("driving licence"), _("yes") if self.driving_licence else ""),
        ]
        return "; ".join(f"{label} {value}" for label, value in parts if value)


def _in(person: RosterPerson, area: str) -> bool:
    text = area.strip()
    if text.isdecimal():
        return (person.postcode or "").startswith(text)
    return fold(text) == fold(person.city or "")


def _speaks(person: RosterPerson) -> set[str]:
    return {_language(one) for one in person.languages}


def _language(name: str) -> str:
    return fold(_LANGUAGES.get(name.strip().casefold(), name))

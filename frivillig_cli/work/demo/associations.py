"""The 170 associations: kinds of association, and in how many places each is found.

The spread over the ICNPO categories is that of an ordinary municipality: about half is culture
and sport, then local associations, recreation, children and youth, and social work.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of association: how it is named in a place, its category, tags and umbrella."""

    name: str
    category: str
    tags: tuple[str, ...] = ()
    umbrella: str = ""
    places: int = 7


SPORT = "Elvdal idrettsråd"
CULTURE = "Elvdal kulturråd"

KINDS = (
    Kind(SPORT, "1200", ("råd", "idrett"), places=1),
    Kind(CULTURE, "1100", ("råd", "kultur"), places=1),
    Kind("Elvdal frivilligsentral", "8200", ("sentral",), places=1),
    Kind("{place} idrettslag", "1200", ("idrett",), SPORT),
    Kind("{place} skiklubb", "1200", ("idrett", "ski"), SPORT, 5),
    Kind("{place} turnforening", "1200", ("idrett", "barn"), SPORT, 4),
    Kind("{place} fotballklubb", "1200", ("idrett", "fotball"), SPORT, 6),
    Kind("{place} håndballklubb", "1200", ("idrett",), SPORT, 4),
    Kind("{place} rideklubb", "1200", ("idrett", "hest"), SPORT, 3),
    Kind("{place} skytterlag", "1200", ("idrett",), SPORT, 5),
    Kind("{place} svømmeklubb", "1200", ("idrett", "barn"), SPORT, 2),
    Kind("{place} orienteringslag", "1200", ("idrett",), SPORT, 2),
    Kind("{place} skolekorps", "1100", ("kultur", "korps", "barn"), CULTURE),
    Kind("{place} barnekor", "1100", ("kultur", "kor", "barn"), CULTURE, 4),
    Kind("{place} mannskor", "1100", ("kultur", "kor"), CULTURE, 3),
    Kind("{place} blandakor", "1100", ("kultur", "kor"), CULTURE, 4),
    Kind("{place} historielag", "1100", ("kultur",), CULTURE, 5),
    Kind("{place} teaterlag", "1100", ("kultur",), CULTURE, 4),
    Kind("{place} spelemannslag", "1100", ("kultur", "folkemusikk"), CULTURE, 4),
    Kind("{place} husflidslag", "1100", ("kultur",), CULTURE, 3),
    Kind("{place} kunstforening", "1100", ("kultur",), CULTURE, 2),
    Kind("{place} hagelag", "1300", ("fritid",), places=5),
    Kind("{place} jeger- og fiskerforening", "1300", ("fritid", "natur"), places=5),
    Kind("{place} pensjonistforening", "1300", ("eldre",)),
    Kind("{place} bridgeklubb", "1300", ("fritid",), places=3),
    Kind("{place} bygdekvinnelag", "1300", ("fritid",), places=5),
    Kind("{place} motorklubb", "1300", ("fritid",), places=3),
    Kind("{place} hundeklubb", "1300", ("fritid", "dyr"), places=3),
    Kind("{place} sanitetsforening", "4100", ("omsorg", "beredskap"), places=4),
    Kind("{place} omsorgsvenner", "4100", ("omsorg",), places=3),
    Kind("{place} hjelpekorps", "4200", ("beredskap",), places=2),
    Kind("{place} leksehjelp", "2400", ("barn",), places=2),
    Kind("{place} trygdelag", "3400", ("omsorg",), places=2),
    Kind("{place} naturvernlag", "5100", ("natur",), places=2),
    Kind("{place} dyrevernforening", "5200", ("dyr",), places=1),
    Kind("{place} vel", "6200", ("nærmiljø",)),
    Kind("{place} grendelag", "6200", ("nærmiljø",), places=6),
    Kind("{place} grendehus", "6200", ("nærmiljø", "lokale"), places=4),
    Kind("{place} forbrukerlag", "7100", (), places=2),
    Kind("{place} menighetsforening", "10100", ("tro",), places=4),
    Kind("{place} næringsforening", "11100", (), places=2),
    Kind("{place} 4H", "13100", ("barn", "ungdom"), places=5),
    Kind("{place} speidergruppe", "13100", ("barn", "ungdom"), places=5),
    Kind("{place} ungdomslag", "13100", ("ungdom",), places=5),
    Kind("{place} flerkulturelle forening", "14100", ("inkludering",), places=3),
    Kind("{place} språkkafé", "14100", ("inkludering", "språk"), places=3),
)

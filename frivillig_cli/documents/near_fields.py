"""Which field is meant by a name that there is none of: as it is said in Norwegian, or a slip."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from frivillig_cli.core.names import nearest

_CALLED = {
    "org": "lag laget forening foreningen foreining foreininga",
    "municipality": "kommune kommunen",
    "agreement": "avtale avtalen avtala",
    "volunteer": "frivillig",
    "member": "medlem",
    "recipient": "mottaker mottakar mottakeren",
    "sender": "avsender avsendar",
    "survey": "undersøkelse undersøking kartlegging",
    "name": "navn namn",
    "email": "epost e_post mail e_mail epostadresse",
    "phone": "telefon telefonnummer tlf mobil",
    "street": "adresse gate gateadresse gatenavn",
    "postcode": "postnummer postnr",
    "city": "poststed by stad",
    "website": "nettside hjemmeside heimeside nettsted nettstad",
    "orgnr": "organisasjonsnummer",
    "bank_account": "kontonummer konto kontonr",
    "members": "medlemmer medlemer medlemmar antall_medlemmer",
    "tags": "merkelapper merkelappar",
    "contact_name": "kontakt kontaktperson",
    "leader_name": "leder leiar leder_navn",
    "leader": "leder leiar",
    "treasurer_name": "kasserer kasserar",
    "title": "tittel",
    "due": "frist svarfrist",
    "from": "fra frå",
    "to": "til",
    "unit": "enhet eining",
    "case_number": "saksnummer saksnr",
    "caseworker": "saksbehandler saksbehandlar",
    "address_lines": "adresse adresselinjer",
    "today": "dato i_dag dagens_dato",
}
_DEEPEST = 3  # no field is within more than two others


def near_fields(name: str, known: Collection[str]) -> list[str]:
    """The at most three of `known` (dotted names) that `name` may be meant for, likeliest first."""
    parts = [
        [own for own, words in _CALLED.items() if part in words.split()] or [part]
        for part in name.casefold().split(".", _DEEPEST)
    ]
    meant = [".".join(said) for said in product(*parts)]
    exact = [one for one in meant if one in known]
    return exact or nearest(meant[0], known) or nearest(name, known)

"""Invented answers of Enhetsregisteret."""

import gzip
import json

import pytest


def unit(n=1, **over):
    """A unit with the keys of the live API; the numbers are of the made-up kind (2…)."""
    return {
        "organisasjonsnummer": f"2{n:08d}",
        "navn": f"LAG {n}",
        "organisasjonsform": {"kode": "FLI", "beskrivelse": "Forening/lag/innretning"},
        "epostadresse": f"post{n}@lag.example",
        "telefon": "32 22 01 00",
        "forretningsadresse": {
            "adresse": ["c/o Ola Nordmann", "Bruveien 2", None, ""],
            "postnummer": "3400",
            "poststed": "LIER",
            "kommune": "LIER",
            "kommunenummer": "3312",
        },
        "maalform": "Bokmål",
        **over,
    }


def page(*units, number=0):
    total = {"size": 20, "totalElements": 99, "totalPages": 3, "number": number}
    return {"_embedded": {"enheter": list(units)}, "_links": {"self": {"href": "x"}}, "page": total}


@pytest.fixture
def save(tmp_path):
    def save(content, name="enheter.json"):
        path = tmp_path / name
        if not isinstance(content, str | bytes):
            content = json.dumps(content, ensure_ascii=False)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return save

"""Units as the state's registers give them, for the tests of `org sync`."""

FIRST, SECOND, THIRD = "200000021", "200000048", "200000056"


def unit(orgnr, name, **over):
    return {
        "organisasjonsnummer": orgnr,
        "navn": name,
        "organisasjonsform": {"kode": "FLI"},
        "epostadresse": "post@lag.example",
        "registrertIFrivillighetsregisteret": True,
        "forretningsadresse": {
            "adresse": ["Bruveien 2"], "postnummer": "3400", "poststed": "LIER",
            "kommunenummer": "3312", "kommune": "LIER",
        },
        **over,
    }  # fmt: skip

"""Words in a free text that are likely about somebody's health, or about who was evacuated.

Neither is ever registered here. A list of words knows no meaning: it is for a gentle word to the
one who wrote, never for a refusal. Norwegian (bokmål and nynorsk) and English. Pure.
"""

from __future__ import annotations

import re

from frivillig_cli.core.names import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word.replace("_", " ")) for word in text.split())


# A word that begins so, whatever comes after (diagnosen, demenssykdom).
_BEGINS = _words(
    """
adhd alkoholiker alkoholmisbruk allergi alzheimer astma autis beinbrudd benbrudd bipolar
blodtrykk blodtype cellegift demens dement depresjon deprimert diabet diagnos dialyse epilep
feber fibromyalgi funksjonshem funksjonsneds gravid helseopplysning hjerneskade
hjerteinfarkt hjertesvikt hjertesyk hjerteproblem hodeskade horselshem infeksjon insulin
kjemoterapi kreft kronisk_syk leddgikt legeerklæring legemid lungebetennelse lungesyk
lårhalsbrudd medisin migrene muskelsyk nyresvikt nyresyk parkinson psykisk psykiatr psykose
psykotisk rullestolbruk rusavheng rusmisbruk ryggskade schizofren selvmord selvskad
sjukdom sjukemeld sjukmeld smittet smitta svaksynt svanger sykdom sykemeld sykmeld synshem
utviklingshem uføretrygd uførepensjon
cancer chemotherap dementia diabetic disabilit illness disease medicat medicin mentally
pregnan psychiatr psychosis psychotic schizophren suicid wheelchair_user
"""
)
# The word itself only: what begins so is often another (sykkel, sykehjem, angstfri).
_WHOLE = _words(
    """
syk syke sjuk sjuke sjukt pasient pasienten pasienter pasientene angst angsten kols ufør uføre
hjerneslag hjerneslaget
sick ill patient patients asthma depressed
"""
)
# Somewhere in the word: prostatakreft, hjertemedisin, kneoperert.
_WITHIN = _words("kreft medisin sykdom sjukdom operert")
_EVACUEES = _words("evakuert evakuerte evakuertes evacuee evacuees evacuated")
# A place, an association or somebody's work is no one's health: legesenter, kreftforening.
_PLACE = _words(
    "forening foreningen foreininga foreninga forbund forbundet lag laget laga senter senteret"
    " sentrene sentre avdeling avdelingen avdelinga hjem hjemmet heim heimen hus huset kor koret"
    " vakt vakta vakten linje linjen linja apotek apoteket skap skapet utstyr utstyret klinikk"
    " klinikken team teamet koordinator kontakt sykepleier pleier ambulanse ambulansen helsevern"
    " helsevernet fond fondet skole skolen kurs kurset telefon telefonen tjeneste tjenesten"
    " tjenesta fakultet fakultetet institutt vesen station center centre hospital ward clinic"
    " association"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]*)*")


def health_words(text: str) -> list[str]:
    """The words of a text that are likely about somebody's health, as written, once each."""
    words = _WORD.findall(text)
    folded = [fold(word) for word in words]
    found = [
        word for n, word in enumerate(words)
        if _is_health(folded[n], folded[n + 1] if n + 1 < len(words) else "")
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def _is_health(word: str, following: str) -> bool:
    if following in _PLACE:
        return False
    if word in _WHOLE:
        return True
    return not word.endswith(_PLACE) and (
        f"{word} {following}".startswith(_BEGINS) or any(part in word for part in _WITHIN)
    )


def evacuee_words(text: str) -> list[str]:
    """The words of a text that name people who were evacuated; the work of evacuating does not."""
    found = [word for word in _WORD.findall(text) if fold(word) in _EVACUEES]
    return list(dict.fromkeys(found))

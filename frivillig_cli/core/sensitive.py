"""Words in a free text that are likely about somebody's health, or about who was evacuated.

Neither is ever registered here. A list of words knows no meaning: it is for a question to the one
who wrote, who may be right. Norwegian (bokmål and nynorsk) and English. Pure.
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
blodtrykk blodtype brukket_ankel brukket_arm brukket_bein brukket_ben brukket_fot brukket_hofte
brukket_hånd brukket_håndledd brukket_kragebein brukket_ribbein brukket_rygg cellegift covid
demens dement depresjon deprimert diabet diagnos dialyse epilep fibromyalgi funksjonshem
funksjonsneds gravid helseopplysning hjerneskade hjerteinfarkt hjerteproblem hjertesvikt
hjertesyk hodeskade horselshem infeksjon influensa
insulin kjemoterapi koronasmit koronasyk kreft kronisk_syk leddgikt legeerklæring legemid
lungebetennelse lungesyk lårhalsbrudd medisin migrene muskelsyk nyresvikt nyresyk pacemaker
panikkanfall panikkang parkinson psykiatr psykisk psykose psykotisk pusteproblem pustevansk
rullestolbruk rusavheng rusmisbruk ryggskade schizofren selvmord selvskad sjukdom sjukemeld
sjukmeld smitta smittet svaksynt svanger sykdom sykemeld sykmeld synshem uførepensjon uføretrygd
utviklingshem
broken_ankle broken_arm broken_foot broken_hip broken_leg broken_wrist cancer chemotherap
dementia diabetic disabilit disease illness influenza medicat medicin mentally
pregnan psychiatr psychosis psychotic schizophren suicid wheelchair_user
"""
)
# The word itself only: what begins so is often another (sykkel, sykehjem, angstfri).
_WHOLE = _words(
    """
syk syke sjuk sjuke sjukt pasient pasienten pasienter pasientene angst angsten kols ufør uføre
hjerneslag hjerneslaget korona feber feberen rullestol
rullestolen
injured sick ill patient patients asthma depressed
"""
)
# Somewhere in the word: prostatakreft, hjertemedisin, kneoperert.
_WITHIN = _words("kreft medisin sykdom sjukdom operert")
# What only several words together say: somebody is hurt, in pain or in hospital. A roof is damaged.
_PHRASES = re.compile(
    r"\b(?:(?:han|hun|ho|jeg|eg|de|dei|som) (?:er|ble|blei|vart|var) skad(?:et|a|d|de)"
    r"|skad(?:et|a|d|de) seg|skad(?:et|a|d) i (?:ryggen|foten|armen|hodet|beinet|kneet|hånda)"
    r"|(?:vondt|smerter) i (?:\w+)|(?:innlagt|ligger|innlagd|ligg) på (?:sykehus|sjukehus)\w*"
    r"|in hospital)\b",
    re.IGNORECASE,
)
# A house or an area is emptied of people: that names nobody.
_EMPTIED = re.compile(
    r"\b(?:(?!barnet\b|paret\b|ekteparet\b)\w+et|gata|gaten|veien|vegen|skolen|blokka|blokken"
    r"|bygningen|kjelleren|campingplassen) (?:er|ble|blir|blei|var|vart) evakuert\b",
    re.IGNORECASE,
)
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
    return list(dict.fromkeys([*found, *_PHRASES.findall(text)]))


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
    named = _EMPTIED.sub("", text)
    found = [word for word in _WORD.findall(named) if fold(word) in _EVACUEES]
    return list(dict.fromkeys(found))

"""Names that the register has in capitals, as people write them: `LIER SANGLAG`, Lier sanglag."""

from __future__ import annotations

import re

# Words that stay in capitals. A word with a digit, or without a vowel, does so too.
_ACRONYMS = """
    AA ADHD AIL AL AOF AS ASA BA BBK BIL BK BUL CK CP DNT FAU FFO FIL FK FL FLI GF GK HBK HIL HK
    IF IFK IK IL IOGT JFF KFUK KFUM KIF KIL KRIK LHL LIL LMS LO MIL MS NAF NAV NBF NFU NIF NJFF
    NKF NKS NMK NSF OK RYK SA SAFO SF SFO SIF SIL SK SOS STI SU TIL UL UNICEF USA VIF YMCA
"""
# Words that are small but at the beginning.
_SMALL = "og i for av på til de den det med ved fra mot om en et ei som"
# Common nouns, also as the end of a word.
_ENDS = """
    lag laget forening foreningen foreninger forbund forbundet klubb klubben korps korpset kor koret
    venner vennene stiftelse stiftelsen gruppe gruppa gruppen krets kretsen menighet menigheten
    orkester orkesteret storband samvirke utvalg utvalget senter senteret sentral sentralen teater
    teatret teateret museum museet skole skolen barnehage barnehagen festival festivalen fondet
    legat legatet speidere speiderne union unionen nettverk nettverket selskap selskapet sport
    organisasjon organisasjonen ungdom kvinner avdeling idrett kultur historie musikk sanitet
    friidrett fotball håndball bygdetun grendehus samfunnshus bedehus forsamlingshus
"""
# Short words are nouns only by themselves: Århus and Sandhavn are places.
_NOUNS = """
    vel velet råd rådet hus huset dager dagene fond tropp troppen barn eldre menn avd båthavn havn
    hytte hytta natur miljø dans trial ski skøyter turn hall tun scene bygg
"""
_KEPT = frozenset(_ACRONYMS.split())
_LOWERED = frozenset((_SMALL + _NOUNS).split())
_NOUN_ENDS = tuple(_ENDS.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouyæøåäöéèü]", re.I)


def nice_name(name: str, places: tuple[str, ...] = ()) -> str:
    """`name` with capitals as Norwegians write them, if it is wholly in capitals; else as it is.

    Acronyms (IL, FAU, NKS, 4H) stay, common nouns (sanglag, velforening) are small, the first
    word and every other word has a capital: what is no known noun may be a place or a person.
    `places` are names that are proper nouns for certain, such as the unit's own town.
    """
    if not name.isupper():
        return name
    certain = {place.casefold() for place in places if place}
    first = True

    def cased(match: re.Match[str]) -> str:
        nonlocal first
        word, was_first, first = match[0], first, False
        if word in _KEPT or any(c.isdigit() for c in word):
            return word
        if len(word) > 1 and not _VOWEL.search(word) and word != "ST":
            return word
        lower = word.lower()
        common = lower in _LOWERED or lower.endswith(_NOUN_ENDS)
        if common and not was_first and lower.casefold() not in certain:
            return lower
        return lower[:1].upper() + lower[1:]

    return _WORD.sub(cased, name)

"""What people write in place of a value: that it is as before, or what is no value at all.

One list for each language. A cell is one of them only as a whole: `OK`, not `OK Sportsklubb`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from frivillig_cli.core.names import fold

# That the value is as it was.
_UNCHANGED = {
    "nb": "uendret;uendrede;uforandret;ingen endring;ingen endringer;ingen forandring;ikke endret;"
    "som før;som i fjor;som sist;som tidligere;samme som før;samme som i fjor;samme som sist",
    "nn": "uendra;uforandra;inga endring;ingen endringar;ikkje endra;som i fjor;som tidlegare;"
    "same som før;same som i fjor;same som sist",
    "en": "unchanged;no change;no changes;not changed;as before;same as before;as last year;"
    "same as last year",
}
# That one who holds an office keeps it.
_KEPT_ON = {
    "nb": "gjenvalgt;gjenvalg;fortsetter;sitter fortsatt",
    "nn": "attvald;attval;gjenvald;held fram;sit framleis",
    "en": "re-elected;reelected;continues",
}
# That what stands there is right, in one word.
_RIGHT = {
    "nb": "ok okay stemmer riktig korrekt rett",
    "nn": "stemmar",
    "en": "correct right",
}
_YES = {"nb": "ja jepp", "nn": "ja", "en": "yes"}
# Words that may stand with these: Ja, alt stemmer. Uendret som før.
_AROUND = {
    "nb": "alt er det dette her som før fortsatt fremdeles",
    "nn": "framleis",
    "en": "all it is this still",
}
# What is no value of any kind: a ditto, a placeholder, where else to look.
_NO_VALUE = {
    "nb": "ja;jepp;nei;nja;samme;det samme;samme her;do;ditto;idem;x;xx;xxx;xxxx;nn;n n;vedlegg;"
    "se vedlegg;se vedlagt;se over;se under;se ovenfor;se nedenfor;se neste side;se ark 2;flyttet;"
    "under valg;står tom;står tomt;tom;interimsstyre;på valg;kommer;kommer senere;"
    "endret;endring;ny;nytt",
    "nn": "same;det same;sjå vedlegg;sjå over;sjå under;sjå ovanfor;flytta;står tom;"
    "kjem;kjem seinare;endra",
    "en": "yes;no;same;the same;see attachment;see attached;see above;see below;moved;changed;tbd",
}

# That what stands there is to go, in other words than the one that a form reads; and what may stand
# with these: Skal slettes, takk. Fjern telefonnummeret.
_GOES = {
    "nb": "slett slette slettes slettet sletta fjern fjerne fjernes fjernet fjerna strykes strøket"
    " utgår bort",
    "nn": "slettast fjernast strykast strokne",
    "en": "delete deleted remove removed",
}
_WITH_IT = {
    "nb": "skal kan bør må vil bes ønskes vennligst gjerne takk er ikke dette denne det den alt"
    " tas ta her herfra adresse adressen telefon telefonen telefonnummer telefonnummeret nummer"
    " nummeret tlf nr e epost eposten post posten mail mailen hjemmeside hjemmesiden nettside"
    " nettsiden navn navnet konto kontoen kontonummer kontonummeret lokale lokalet",
    "nn": "vert takast ikkje denne adressa heimeside heimesida nettsida namn namnet",
    "en": "please to be should can not this it all the address phone number email mail website"
    " name",
}

# That an association is no more, with its name or without.
_ENDED = {
    "nb": "nedlagt;lagt ned;legges ned;la ned;oppløst;avviklet;opphørt;slettet;slått sammen med;"
    "finnes ikke lenger;finnes ikke mer;eksisterer ikke;eksisterer ikke lenger",
    "nn": "nedlagd;lagd ned;vert lagt ned;oppløyst;avvikla;opphøyrt;sletta;slege saman med;"
    "finst ikkje lenger;finst ikkje meir;eksisterer ikkje",
    "en": "dissolved;closed down;shut down;disbanded;no longer exists;merged with",
}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


@cache
def _phrases(*lists: str) -> frozenset[str]:
    return frozenset(_plain(one) for words in lists for one in words.split(";"))


@cache
def _words(*lists: str) -> frozenset[str]:
    return frozenset(_plain(one) for words in lists for one in words.split())


def says_unchanged(text: str) -> bool:
    """Whether a cell says that nothing is changed: `uendret`, `Ja, alt stemmer`, `OK!`."""
    return _plain(text) in _phrases(*_UNCHANGED.values()) or _holds(text, _right() | _single())


def says_right(text: str) -> bool:
    """Whether it says so by saying that what stands there is right; a bare yes does not."""
    return _holds(text, _right())


def agrees(text: str) -> bool:
    """Whether a cell that asks if all is right says yes, in so many words."""
    return says_unchanged(text) or _holds(text, _words(*_YES.values()))


def _right() -> frozenset[str]:
    return _words(*_RIGHT.values())


def _single() -> frozenset[str]:
    return frozenset(one for one in _phrases(*_UNCHANGED.values()) if " " not in one)


def _holds(text: str, wanted: frozenset[str]) -> bool:
    """Whether a text has one of the words, and no others than those that may stand with them."""
    words = set(_plain(text).split())
    known = _words(*_AROUND.values(), *_YES.values()) | _right() | _single()
    return bool(words & wanted) and words <= known


def is_kept_on(text: str) -> bool:
    """Whether a cell for the holder of an office says that it is the same one: `gjenvalgt`."""
    return _plain(text) in _phrases(*_KEPT_ON.values())


def is_no_value(text: str) -> bool:
    """Whether a cell holds no letter and no figure, or words that are no name and no address."""
    plain = _plain(text)
    return not plain or plain in _phrases(*_NO_VALUE.values()) or is_kept_on(text)


def says_removed(text: str) -> bool:
    """Whether a cell says that something is to be removed, in whatever words: `FJERNES?`,
    `skal slettes`, or one with a letter too few or too many: `SLET`."""
    words = {_single_letters(word) for word in _plain(text).split()}
    return bool(words & _goes()) and words <= _goes_with()


@cache
def _goes() -> frozenset[str]:
    return frozenset(map(_single_letters, _words(*_GOES.values())))


@cache
def _goes_with() -> frozenset[str]:
    return _goes() | frozenset(map(_single_letters, _words(*_WITH_IT.values())))


def _single_letters(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)


def says_ended(name: str) -> bool:
    """Whether what stands for an association's name says that it is no more: `X (nedlagt)`."""
    return bool(_ended().search(fold(name))) and _says(name, _phrases(*_ENDED.values()))


@cache
def _ended() -> re.Pattern[str]:
    """The first words of what says so: nearly no name of a long list has any."""
    first = {one.split()[0] for one in _phrases(*_ENDED.values())}
    return re.compile(rf"\b(?:{'|'.join(sorted(first))})\b")


def _says(text: str, phrases: Collection[str]) -> bool:
    plain = f" {_plain(text)} "
    return any(f" {one} " in plain for one in phrases)

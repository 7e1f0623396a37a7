"""Names of associations: what people write differently, and what makes two of one.

Chapters of one federation differ in the place only, and beside many an association stand its
parents', friends' and property associations: these are others, whatever else is alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache

from frivillig_cli.core.names import fold

# From here on two names may be of one association; below they are names of two.
ALIKE = 0.6
_BEGINS = 0.8  # one name is the other, but for its kind or where they are
_SHORTEST = 8  # letters; below that one letter is too much of a name
_SHORT = {
    "il": "idrettslag", "if": "idrettsforening", "ifk": "idrettslag", "sk": "skiklubb",
    "fk": "fotballklubb", "hk": "handballklubb", "ul": "ungdomslag", "bul": "bondeungdomslag",
    "vel": "vel", "velforening": "vel", "vellag": "vel", "jfk": "jeger fiskerforening",
    "nks": "norske kvinners sanitetsforening", "sanitetslag": "sanitetsforening",
    "sanitetskvinner": "sanitetsforening", "rk": "rode kors", "avd": "avdeling",
    "st": "sankt", "kfum": "kfum", "hsk": "helsesportslag", "pk": "pistolklubb",
}  # fmt: skip
_SILENT = frozenset("og i for av pa ved til den det de a as sa ba stiftelsen".split())
# Words that are often left out: alone they tell nobody from anybody.
_LOOSE = frozenset(
    "forening lag klubb lokallag avdeling gruppe norsk norske norges kvinners kommune".split()
)
# Another association beside the one whose name it carries.
_BESIDE = (
    "foreldreforening", "foreldrelag", "foreldre", "venneforening", "venner", "stotteforening",
    "stotte", "eiendom", "hus", "sameie", "supporterklubb", "fau", "borettslag",
)  # fmt: skip
_PART = frozenset(
    "junior senior veteran ungdom unge ung barne aspirant dame herre fotball handball ski turn"
    " friidrett innebandy basket svomming allidrett veteraner pensjonist".split()
)
_WORDS = re.compile(r"[^\W_]+")
# I.L. and I/L are IL.
_LETTERS = re.compile(r"\b[a-z](?:[./] ?[a-z]\b)+\.?")
_DEFINITE = re.compile(
    r"(?<=[a-z]{3})(lag|forening|klubb|korps|kor|gruppe|krets|rad|hus)(et|en|a|ene)$"
)
_DEFINITE_ENDINGS = ("et", "en", "a", "ene")
# What a name is often written without: `bordtennisklubb`, and where they are: `på Torget`.
_KIND = re.compile(r"(?<=[a-z]{5})(?:klubb|lag|forening|gruppe)$")
_WHERE = re.compile(r"(?<=[a-z]{5}) (?:pa|i|ved) .*")


class Name:
    """A name, and what is compared of it.

    `folded`: without case, accents and the ways to write æøå. `words`: those that mean something,
    in their order, abbreviations and endings evened out. `stem`: the words in an order of their
    own, what two ways to write one name have in common. `joined`: the words in one, as if no
    space were right ("skole korps" is "skolekorps"). `core`: the stem without the kind that ends
    a word ("bordtennisklubb") and without where they are ("på Torget").
    """

    def __init__(self, text: str) -> None:
        """What nearly every comparison asks for is worked out at once, the rest when asked."""
        self.text = text
        self.folded = fold(text)
        words = self.folded.split()
        if not "".join(words).isalnum():
            words = _WORDS.findall(_LETTERS.sub(_as_one, self.folded))
        if not _SHORT.keys().isdisjoint(words):
            words = " ".join([_SHORT.get(word, word) for word in words]).split()
        words = [_bare(word) if word.endswith(_DEFINITE_ENDINGS) else word for word in words]
        if not _SILENT.isdisjoint(words):
            words = [word for word in words if word not in _SILENT] or words
        self.words = tuple(words)
        self.stem = " ".join(sorted(set(self.words)))
        self.joined = "".join(self.words)

    @cached_property
    def core(self) -> str:
        """The stem without the kind that ends a word and without where they are."""
        head = _WHERE.sub("", self.folded)
        words = self.words if head == self.folded else Name(head).words
        return " ".join(sorted({_KIND.sub("", word) for word in words}))

    @cached_property
    def slips(self) -> frozenset[str]:
        """The joined name, and it without each of its letters: a slip leaves one in common."""
        parts = range(len(self.joined)) if len(self.joined) >= _SHORTEST else ()
        without = {self.joined[:n] + self.joined[n + 1 :] for n in parts}
        return frozenset(without | {self.joined})

    @cached_property
    def beside(self) -> frozenset[str]:
        """What makes it another association than the one whose name it carries."""
        marks = {mark for word in self.words for mark in _BESIDE if _marked(word, mark)}
        return frozenset(marks | (_PART & set(self.words)))


@lru_cache(maxsize=1024)  # a long list compares each name several times
def named(text: str) -> Name:
    """The name, its parts worked out once."""
    return Name(text)


class Shelf:
    """Names by number, filed so that the like ones are found without comparing all.

    Made of number → (name, folded place or '').
    """

    def __init__(self, known: Mapping[int, tuple[str, str]]) -> None:
        names = {number: Name(text) for number, (text, _place) in known.items()}
        self._names = names
        self._places = {number: place for number, (_text, place) in known.items()}
        self._slips: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        for number, name in names.items():
            for key in {name.folded, name.stem, name.core, *name.slips}:
                self._slips[key].append(number)
            for word in set(name.words):
                self._words[word].append(number)

    def like(self, name: Name, place: str) -> list[int]:
        """The numbers of those that may be of the same association, the likest first.

        They have one slip of the finger, or one holds all the words of the other.
        """
        found = {
            n for key in (name.folded, name.stem, name.core, *name.slips) for n in self._filed(key)
        }
        words = set(name.words)
        common = Counter(n for word in words for n in self._words.get(word, ()))
        found.update(
            n for n, both in common.items()
            if both in (len(words), len(set(self._names[n].words)))
        )  # fmt: skip
        scores = {
            n: likeness(name, self._names[n], {place, self._places[n]} - {""})
            for n in sorted(found)
        }  # fmt: skip
        alike = [n for n, score in scores.items() if score >= ALIKE]
        return sorted(alike, key=lambda n: -scores[n])

    def _filed(self, key: str) -> list[int]:
        return self._slips.get(key, []) if key else []


def _as_one(letters: re.Match[str]) -> str:
    return re.sub("[./ ]", "", letters[0])


def _bare(word: str) -> str:
    ending = _DEFINITE.search(word)
    return _SHORT.get(word[: -len(ending[2])], word[: -len(ending[2])]) if ending else word


def _marked(word: str, mark: str) -> bool:
    return word == mark or (len(mark) > 8 and word.endswith(mark))


def likeness(one: Name, other: Name, places: Collection[str]) -> float:
    """How alike two names are, 0 to 1; 0 where they are names of two associations.

    1: the same but for case, accents and spelling; 0.95: for abbreviations, endings and order.
    Below that one name has a slip of the finger, or a word more. `places` are the folded places
    of the two: there, a place's name more or less says little. Where each has a word of its
    own that the other lacks (two places, two sports, two years) they are two.
    """
    if one.folded == other.folded:
        return 1.0
    if one.beside != other.beside:
        return 0.0
    if one.words and (one.stem == other.stem or one.joined == other.joined):
        return 0.95
    if one.core and one.core == other.core and one.core in (one.stem, other.stem):
        return _BEGINS
    mine, theirs = set(one.words) - set(other.words), set(other.words) - set(one.words)
    common = len(set(one.words) & set(other.words))
    slips = _slips(mine, theirs)
    if mine and theirs:
        # one letter more or less in one word written together
        return _one_slip(one.joined, other.joined)
    extra = mine or theirs
    if not common and not slips:
        return 0.0
    alike = 0.95 if not slips else 0.85
    for word in extra:
        alike *= 0.95 if word in _LOOSE else 0.85 if word in places else 0.55
    return alike


def _slips(mine: set[str], theirs: set[str]) -> int:
    """Take words that are one but for a slip of the finger out of both; returns how many."""
    if not mine or not theirs:
        return 0
    from rapidfuzz import fuzz

    found = 0
    for word in sorted(mine):
        if len(word) < 5 or not word.isalpha():
            continue  # numbers and short words differ on purpose
        close = [w for w in theirs if w.isalpha() and fuzz.ratio(word, w) >= 85]
        if close:
            theirs.discard(max(close, key=lambda w: (fuzz.ratio(word, w), w)))
            mine.discard(word)
            found += 1
    return found


def _one_slip(one: str, other: str) -> float:
    from rapidfuzz.distance import DamerauLevenshtein

    if (
        re.sub("[^0-9]", "", one) != re.sub("[^0-9]", "", other)
        or min(map(len, (one, other))) < _SHORTEST
    ):
        return 0.0
    return 0.85 if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1 else 0.0

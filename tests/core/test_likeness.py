"""Names filed by what the like ones have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.likeness import ALIKE, Name, Shelf, likeness

WORDS = st.sampled_from(["Fossen", "Lier", "IL", "idrettslag", "RK", "kor", "skole", "skolekor"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(st.lists(NAMES, max_size=8), NAMES)
def test_the_shelf_finds_what_comparing_with_all_finds(known: list[str], name: str) -> None:
    shelf = Shelf({n: (text, "lier") for n, text in enumerate(known)})
    scores = [likeness(Name(name), Name(text), {"lier"}) for text in known]
    alike = [n for n, score in enumerate(scores) if score >= ALIKE]
    assert shelf.like(Name(name), "") == sorted(alike, key=lambda n: -scores[n])


def test_names_in_other_letters_are_not_all_one() -> None:
    assert likeness(Name("Клуб друзей"), Name("Союз женщин"), ()) < ALIKE
    assert likeness(Name("!!!"), Name("???"), ()) == 0

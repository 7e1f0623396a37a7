"""One word for one thing in bokmål, as the table of words has it."""

from __future__ import annotations

import re

import pytest

from tests.test_languages import catalogue

# What another word is for, and where it may stand all the same (the English message).
OTHERS = {
    r"aktivering\w*": "utkalling",
    r"påminnelse\w*": "purring (påminnelse is for letters)",
    r"lukket|lukk et": "avsluttet (a survey)",
    r"avlys\w*": "avbrutt",
    r"nedtrappingen": "dimitteringen",
    r"deres egne|deres eget mål": "dine egne, kommunens eget",
    r"foreningens? (?:er|står)": "laget",
    r"lista|alt (?:har|står|sto|merket)|har alt|står alt": "listen, allerede",
    r"ditt navn|(?:er|det er) ingens": "navnet ditt, ikke tatt inn",
    r"rør|nøstet|la være \{": "no words taken over from English",
}
MAY_STAND = {
    "dropped", "Dropped: {title}.",  # an exercise that is planned is avlyst, a call-out avbrutt
    "Close it there and try again.", "Close it with a line ---.",
}  # fmt: skip


@pytest.mark.parametrize("pattern", OTHERS)
def test_bokmal_has_one_word_for_one_thing(pattern: str) -> None:
    found = []
    for message, said in catalogue("nb").items():
        texts = said if isinstance(said, tuple | list) else (said,)
        for text in texts:
            if message and message not in MAY_STAND and re.search(rf"(?i)\b(?:{pattern})\b", text):
                found.append(text)
    assert not found, f"say: {OTHERS[pattern]}"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_quotation_marks_are_norwegian_and_nobody_is_de(language: str) -> None:
    texts = [
        text
        for said in catalogue(language).values()
        for text in (said if isinstance(said, tuple | list) else (said,))
    ]
    assert [text for text in texts if re.search("[“”„]", text or "")] == []

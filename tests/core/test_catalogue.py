"""The catalogue answers as the standard library's gettext does."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from frivillig_cli.core.catalogue import Catalogue
from frivillig_cli.core.i18n import LOCALE_DIR, in_language, ngettext


def compiled(messages: dict) -> bytes:
    catalogue = Catalog(locale="nb")
    for message, translation in messages.items():
        catalogue.add(message, translation)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_message_is_found_as_gettext_finds_it(language: str) -> None:
    file = LOCALE_DIR / language / "LC_MESSAGES" / "messages.mo"
    ours = Catalogue(file.read_bytes())
    with file.open("rb") as opened:
        theirs = gettext.GNUTranslations(opened)
    assert len(theirs._catalog) > 100
    for key in theirs._catalog:
        if isinstance(key, tuple):
            for n in (0, 1, 2):
                assert ours.ngettext(key[0], "x", n) == theirs.ngettext(key[0], "x", n)
        elif key:
            assert ours.gettext(key) == theirs.gettext(key)


def test_what_is_not_there_is_given_back() -> None:
    ours = Catalogue(compiled({"b": "B", "d": "D"}))
    assert [ours.gettext(text) for text in "abcde"] == ["a", "B", "c", "D", "e"]
    assert Catalogue(b"").gettext("a") == "a"
    assert [Catalogue(b"").ngettext("a", "as", n) for n in (0, 1, 2)] == ["as", "a", "as"]


def test_what_one_language_lacks_comes_from_the_next() -> None:
    ours = Catalogue(compiled({"a": "å", "b": ""}), Catalogue(compiled({"b": "bé", "c": "ç"})))
    assert [ours.gettext(text) for text in "abcd"] == ["å", "bé", "ç", "d"]


def test_a_plural_stands_beside_a_message_that_begins_alike() -> None:
    ours = Catalogue(compiled({("a", "as"): ("én", "flere"), "a b": "ab", "a\x01": "rart"}))
    assert [ours.ngettext("a", "as", n) for n in (1, 3)] == ["én", "flere"]
    assert (ours.gettext("a b"), ours.gettext("a\x01")) == ("ab", "rart")


def test_a_language_without_plurals_of_its_own_uses_the_source() -> None:
    with in_language("en"):
        assert ngettext("{n} row", "{n} rows", 1) == "1 row"

"""What is kept of a sentence says the same in every language, and holds no birth number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.i18n import _, in_language, ngettext
from frivillig_cli.core.sentence import keep, masked, say

BIRTH_NUMBER = "01017012343"


def test_a_kept_sentence_is_said_in_the_language_of_whoever_reads_it() -> None:
    kept = keep(_("The organisation number belongs to {name}.", name="Lia songlag"))
    assert say(kept) == "The organisation number belongs to Lia songlag."
    with in_language("nb"):
        assert say(kept) == "Organisasjonsnummeret hører til Lia songlag."


def test_a_sentence_within_a_sentence_and_a_plural_are_said_anew_too() -> None:
    inner = _("The organisation number belongs to {name}.", name=_("Yes"))
    kept, many = keep(inner), keep(ngettext("{n} field", "{n} fields", 2))
    with in_language("nb"):
        assert say(kept) == "Organisasjonsnummeret hører til Ja."
        assert say(many) == "2 felt"


def test_a_birth_number_is_masked_in_what_is_kept_and_in_what_is_shown() -> None:
    said = _("The organisation number belongs to {name}.", name=BIRTH_NUMBER)
    assert BIRTH_NUMBER not in keep(said) and BIRTH_NUMBER not in masked(said)
    with in_language("nb"):
        assert say(keep(masked(said))) == "Organisasjonsnummeret hører til 010170*****."


@given(st.text())
def test_any_plain_text_is_kept_as_it_is(text: str) -> None:
    assert say(keep(text)) == masked(text)


@given(st.text())
def test_what_was_never_kept_so_is_never_a_fault(stored: str) -> None:
    assert isinstance(say(stored), str)

"""Which language is spoken: the flag, FRIVILLIG_LANG, config, the operating system, English."""

from __future__ import annotations

import pytest

from frivillig_cli.core.errors import UsageError
from frivillig_cli.settings import config, language

VARIABLES = ("FRIVILLIG_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def system(bare_cli, monkeypatch: pytest.MonkeyPatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [
        ("nb_NO.UTF-8", "nb"), ("no_NO", "nb"), ("nn_NO.utf8", "nb"), ("nn-NO", "nb"),
        ("en_GB.UTF-8", "en"), ("de_DE", "en"), ("C", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_operating_system_is_asked_last(system, locale: str, spoken: str) -> None:
    system.setenv("LANG", locale)
    assert language.choose(None) == spoken
    config.put("language", "nn")
    assert language.choose(None) == "nn"
    system.setenv("FRIVILLIG_LANG", "en")
    assert language.choose(None) == "en"
    assert language.choose("nb") == "nb"


def test_a_language_in_the_config_that_is_not_spoken_is_passed_over(system) -> None:
    config.put("language", "xx")
    system.setenv("LC_ALL", "nb_NO")
    assert language.choose(None) == "nb"


@pytest.mark.parametrize("named", ["xx", "NB ", "english"])
def test_an_unknown_language_is_wrong_usage(system, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        language.choose(named)
    system.setenv("FRIVILLIG_LANG", named)
    with pytest.raises(UsageError, match=named):
        language.choose(None)


def test_it_is_said_that_nynorsk_is_for_documents_and_commands_answer_in_bokmal(cli) -> None:
    """CONTRACT takes `--lang nn`; what goes out is in nynorsk, and nobody is left to wonder."""
    said = " ".join(cli("--help", lang="nn").out.split())
    assert "Med nn er dokumentene på nynorsk og kommandoene på bokmål." in said
    assert (
        "nn (dokumenter på nynorsk, kommandoene på bokmål)" in cli("config", "list", lang="nn").out
    )


def test_dates_in_sentences_are_as_people_say_them(cli) -> None:
    said = cli("survey", "new", "Våren", "--due", "2020-01-01", lang="nb").err
    assert "Fristen 1. januar 2020 er allerede passert." in said
    cli.ok("org", "add", "Lia songlag")
    said = cli("contact", "add", "1", "Aud Moe", "--role", "leader", "--from", "2030-01-01",
               lang="nb").err  # fmt: skip
    assert "1. januar 2030" in said and "2030-01-01" not in said


def test_a_sentence_begins_with_a_capital_letter(cli) -> None:
    for words in (
        ("survey", "new", "Av 01017012343"),
        ("org", "add", "Lia", "--notes", "01017012343"),
    ):
        assert cli(*words, lang="nb").err[:1].isupper()


def test_numbers_of_rows_are_said_in_the_users_language(cli, tmp_path) -> None:
    for rows, words in (("Lia songlag\n", "1 rad"), ("Lia songlag\nLia kor\n", "2 rader")):
        path = tmp_path / "j1.csv"
        path.write_text(f"Navn;Epost\n{rows}", "utf-8")
        assert f"j1.csv: {words}\n" in cli("org", "import", path, "--dry-run", lang="nb").out


def test_bokmal_says_filen_and_allerede_everywhere() -> None:
    from babel.messages.pofile import read_po

    from frivillig_cli.core.i18n import LOCALE_DIR

    for path in (LOCALE_DIR / "nb").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                assert "fila" not in str(message.string).split(), (path.name, message.string)

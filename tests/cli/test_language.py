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
        ("nb_NO.UTF-8", "nb"), ("no_NO", "nb"), ("nn_NO.utf8", "nn"), ("nn-NO", "nn"),
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

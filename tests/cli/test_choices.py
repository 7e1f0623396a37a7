"""A value that is none of the few that a command takes: wrong usage, and those there are."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import begin


@pytest.mark.parametrize(
    "words",
    [
        "org add Kor --language foo", "org edit 1 --language foo", "volunteer add Ola --language x",
        "contact add 1 Ola --role foo", "agreement edit 1 --kind foo",
        "agreement edit 1 --event-payer foo", "agreement contribution 1 Lag Folk --kind foo",
        "beredskap member add 1 1 --role foo", "beredskap resource add Huset --org 1 --kind foo",
        "beredskap exercise compare --kind foo", "beredskap log Hei --type foo",
        "beredskap expense 5 Kaffe --payer foo", "beredskap call 1 yes --how foo",
        "letter render apen-dag -o ut --to foo", "letter render apen-dag -o ut --format foo",
        "letter labels -o ut.pdf --for foo", "letter participants -o ut.pdf --for foo",
    ],
)  # fmt: skip
def test_what_is_none_of_the_choices_is_wrong_usage(cli, tmp_path, monkeypatch, words) -> None:
    monkeypatch.chdir(tmp_path)
    begin(cli)
    cli.ok("agreement", "add", "1", "Avtale", "--kind", "cooperation", "--from", "2026-01-01",
           "--to", "2028-01-01")  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    cli.ok("beredskap", "member", "add", "Omsorg", "1")
    cli.ok("beredskap", "activate", "Flom", "--need", "1", "-o", tmp_path / "flom")
    before = len(cli.json("history"))
    said = cli.refused(*words.split(), code=2)
    assert "Choose one of: " in said and "foo" in said.replace(" x.", " foo.")
    assert len(cli.json("history")) == before

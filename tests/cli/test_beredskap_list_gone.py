"""The call list could not be written, or was cut short: the program says how to write it anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Cli

ANEW = "frivillig beredskap print -o DIR"


@pytest.fixture
def ready(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """A group of one; `stick` is a file where a folder should be."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("volunteer", "add", "Kari Lie", "--phone", "90100001")
    cli.ok("beredskap", "member", "add", "Omsorg", 1)
    (tmp_path / "stick").write_text("")
    return cli


def test_a_list_that_could_not_be_written_is_asked_for_until_it_is(ready: Cli) -> None:
    done = ready("beredskap", "activate", "Flom", "--need", "1", "-o", "stick/ut")
    assert "was not written" in done.err and ANEW in done.err
    status = ready("beredskap", "status")
    assert "No call list lies in " in status.err and ANEW in status.err
    ready.ok("beredskap", "print", "-o", "ny")
    status = ready("beredskap", "status")
    assert ANEW not in status.err and "ny/ pdf html xlsx vcf" in status.out


def test_one_that_was_cut_short_names_what_is_missing(ready: Cli) -> None:
    ready.ok("beredskap", "activate", "Flom", "--need", "1", "-o", "ut")
    assert ANEW not in ready("beredskap", "status").err
    for file in Path("ut").iterdir():
        if file.suffix in (".xlsx", ".vcf"):
            file.unlink()
    said = ready("beredskap", "status", lang="nb").err
    assert "Av filene til ringelisten mangler: xlsx, vcf." in said
    assert "frivillig beredskap print -o MAPPE" in said
    ready.ok("beredskap", "print")
    assert ANEW not in ready("beredskap", "status").err


def test_nobody_needs_a_list_when_it_is_over(ready: Cli) -> None:
    ready.ok("beredskap", "activate", "Flom", "--need", "1", "-o", "ut")
    shutil.rmtree("ut")
    assert ANEW in ready("beredskap", "status").err
    ready.ok("beredskap", "cancel", "--reason", "feil", "--yes")
    assert ANEW not in ready("beredskap", "status").err

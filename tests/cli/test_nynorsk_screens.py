"""Who chooses nynorsk gets documents in it, and screens that are bokmål and no mixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cli

NYNORSK = {"Namn", "Leiar", "leiar", "stadfesta", "foreininga", "frå", "nettstad", "øving", "kven"}


@pytest.fixture
def town(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetslag", "--website", "www.lag.example", "--tag", "beredskap")
    cli.ok("contact", "add", "1", "Astrid Bakken", "--role", "leader", "--from", "2026-03-01")
    cli.ok(
        "agreement", "add", "1", "Beredskap", "--kind", "beredskap", "--from", "2026-01-01",
        "--to", "2028-12-31", "--exercise-payer", "association", "--event-payer", "association",
    )  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    cli.ok("volunteer", "add", "Kari Lie", "--phone", "90100001")
    cli.ok("beredskap", "member", "add", "Omsorg", "Kari Lie")
    return cli


@pytest.mark.parametrize(
    "words",
    [
        ("org", "list"),
        ("org", "show", "1"),
        ("org", "show", "99"),
        ("contact", "list"),
        ("agreement", "show", "1"),
        ("beredskap", "group", "show", "1"),
        ("beredskap", "activate", "Flaum", "--exercise", "--need", "1", "--dry-run"),
        ("history",),
    ],
    ids=" ".join,
)
def test_screens_are_in_bokmal_whether_nb_or_nn_is_chosen(town: Cli, words) -> None:
    bokmal, nynorsk = town(*words, lang="nb"), town(*words, lang="nn")
    assert (nynorsk.out, nynorsk.err) == (bokmal.out, bokmal.err)
    assert not NYNORSK & set((nynorsk.out + nynorsk.err).split())


def test_a_call_out_speaks_bokmal_and_writes_its_list_in_nynorsk(town: Cli, tmp_path) -> None:
    done = town(
        "beredskap", "activate", "Flaum", "--exercise", "--need", "1", "-o", "ut", lang="nn"
    )
    assert "Betaler" in done.out and "foreningen" in done.out
    assert not NYNORSK & set(done.out.replace("Flaum", "").split())
    page = next(tmp_path.glob("ut/ØVELSE-ØVING-*.html")).read_text("utf-8")
    assert '<html lang="nn">' in page and "kven som helst" in page


def test_the_config_chooses_as_the_flag_does(town: Cli, tmp_path) -> None:
    town.ok("config", "set", "language", "nn")
    said = town("org", "list", lang="").out
    assert said.split()[:2] == ["Nr", "Navn"]
    town("letter", "participants", "-o", "liste.xlsx", lang="")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "liste.xlsx").active
    assert [cell.value for cell in sheet[1]][1] == "Namn"

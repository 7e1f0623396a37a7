"""In nynorsk the lists and sheets that leave the office have no bokmål in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Cli

BOKMAL = re.compile(
    r"\b(ikke|fra|hva|hvem|hvor|noen|noe|vi er|jeg|telefonsvarer|svarte|hjemme|vei|listen|mappen|"
    r"siden|kommer|hendte|ble|forening(?:en)?|lokaler|nøkkelansvarlige?|stedfortreder|gruppen|"
    r"kalles|skrives|dem|bare|også|uten|begynner|opptatt|dekket|utelatt|ansvarlig)\b",
    re.IGNORECASE,
)


def text_of(file: Path) -> str:
    if file.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        return subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout
    data = file.read_text("utf-8")
    data = re.sub(r"<(style|script)[^>]*>.*?</\1>", " ", data, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", data)


@pytest.fixture
def town(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetslag")
    cli.ok(
        "agreement", "add", "1", "Beredskap", "--kind", "beredskap", "--from", "2026-01-01",
        "--to", "2028-12-31", "--exercise-payer", "municipality", "--event-payer", "municipality",
    )  # fmt: skip
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    for number, name in enumerate(("Astrid Bakken", "Kari Lie", "Ola Vik", "Per Moen")):
        more = ("--phone", f"9010000{number}") if number < 3 else ()
        cli.ok("volunteer", "add", name, *more)
        cli.ok("beredskap", "member", "add", "Omsorg", name)
    cli.ok(
        "beredskap", "resource", "add", "Sanitetshuset", "--org", "1", "--key-holder", "1",
        "--capacity", "80", "--heating", "--kitchen",
    )  # fmt: skip
    return cli


def test_call_list_and_phone_page(town: Cli, tmp_path: Path) -> None:
    done = town(
        "beredskap", "activate", "Flaum", "--exercise", "--need", "2", "--place",
        "Sanitetshuset", "-o", "ut", lang="nn",
    )  # fmt: skip
    assert done.code == 0, done.err
    for person, word in ((1, "yes"), (2, "later"), (3, "voicemail")):
        more = ("--from", "2h") if word == "later" else ()
        town.ok("beredskap", "call", person, word, *more)
    assert town("beredskap", "print", "-o", "ut", lang="nn").code == 0
    for file in [*tmp_path.glob("ut/*.pdf"), *tmp_path.glob("ut/*.html")]:
        shown = text_of(file)
        assert "ØVELSE ØVING" in shown and "Ringeliste" in shown
        assert BOKMAL.findall(shown) == [], file.name
        whole = file.read_text("utf-8") if file.suffix == ".html" else ""
        assert not re.findall(r">(?:ikke svar|opptatt|telefonsvarer)<", whole)


def test_the_pack_for_the_drawer_and_the_plan(town: Cli, tmp_path: Path) -> None:
    assert town("beredskap", "pack", "skuff", lang="nn").code == 0
    assert town("beredskap", "plan", "-o", "plan.pdf", lang="nn").code == 0
    files = [*tmp_path.glob("skuff/*.html"), *tmp_path.glob("skuff/*.txt"), tmp_path / "plan.pdf"]
    assert len(files) > 4
    for file in files:
        assert BOKMAL.findall(text_of(file)) == [], file.name

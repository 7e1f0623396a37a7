"""What was written before somebody was protected is shown without their number and address."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from frivillig_cli.store import protected
from tests.conftest import Cli

NUMBERS = ("90111222", "90 11 12 22", "901 11 222")
ADDRESSES = ("Elvegata 2,", "elvegata 2 ", "Elvegata  2", "Elvegata 2'", 'Elvegata 2"', "3402")
WAY = "Mona, 90 11 12 22, Elvegata 2"
LISTS = (
    ["status"], ["list"], ["log"], ["report"], ["expense"], ["action", "list"], ["duty", "list"],
    ["group", "show", "1"], ["resource", "show", "1"], ["exercise", "list"], ["check"],
)  # fmt: skip


@pytest.fixture
def written(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Everywhere that a text can be written stands how to reach Mona, who is protected since."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    for name, number, street in (("Mona Tangen", "90111222", "Elvegata 2"),
                                 ("Per Tangen", "90111223", "Elvegata 22")):  # fmt: skip
        cli.ok("volunteer", "add", name, "--phone", number, "--street", street, "--postcode",
               "3402", "--city", "Lier")  # fmt: skip
    cli.ok("agreement", "add", "lier", "Avtale", "--kind", "beredskap", "--from", "2020-01-01",
           "--to", "2099-12-31", "--caller", WAY, "--association-contact", "90111222",
           "--insurance", WAY, "--notes", WAY)  # fmt: skip
    cli.ok("agreement", "contribution", "1", "Foreningen", "folk", "--terms", WAY)
    start = ["activate", f"Flom {WAY}", "-o", "ut", "--place", WAY, "--asked-by", WAY,
             "--decided-by", WAY, "--callback", "90 11 12 22"]  # fmt: skip
    for words in (
        ["group", "add", "Omsorg", "--org", "lier", "--notes", WAY],
        ["member", "add", "Omsorg", "1", "2"],
        ["duty", "add", "per", WAY],
        ["duty", "remove", "1"],
        ["resource", "add", "Låven", "--org", "lier", "--notes", WAY],
        ["exercise", "plan", "2099-01-01", WAY, "--responsible", WAY],
        start,
        ["note", "per", WAY, "--as", WAY],
        ["log", "Til Mona, ELVEGATA 2, 3402 Lier: pledd"],
        ["expense", "100", f"Til {WAY}", "--receipt", WAY],
        ["handover", WAY],
        ["arrive", f"Ola {WAY}", "--walk-in"],
        ["evaluate", "--well", WAY, "--improve", WAY],
        ["action", "add", "1", WAY, "--owner", WAY],
        ["revised", "--by", WAY],
    ):  # fmt: skip
        cli.ok("beredskap", *words)
    cli.ok("beredskap", "duty", "add", "per", WAY)
    cli.ok("person", "edit", "mona", "--protected")
    return cli


def reach(text: str) -> list[str]:
    """The lines of a text that tell how to reach Mona."""
    lines = text.replace("\u00a0", " ").splitlines()
    return [one for one in lines if any(way in one for way in (*NUMBERS, *ADDRESSES))]


def texts(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.*")):
        if file.suffix == ".xlsx":
            for sheet in load_workbook(file):
                yield "\n".join(str(cell.value) for row in sheet for cell in row)
        elif file.suffix != ".pdf":
            yield file.read_text("utf-8")
        elif shutil.which("pdftotext"):
            done = subprocess.run(
                ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
            )
            yield done.stdout


def test_no_list_tells_how_to_reach_one_who_is_protected_since(written: Cli) -> None:
    for words in LISTS:
        for json in ([], ["--json"]):
            done = written("beredskap", *words, *json)
            assert done.code in (0, 3) and reach(done.out + done.err) == [], words
    for words in (["agreement", "show", "1"], ["agreement", "list", "--json"]):
        assert reach(written.ok(*words)) == [], words
    told = written.ok("beredskap", "expense")
    assert "Til Mona, [protected number], [protected address]" in " ".join(told.split())
    assert "Til Mona, [protected address]: pledd" in written.ok("beredskap", "log")
    assert "90 11 12 22" in written.ok("person", "show", "mona")


def test_no_file_tells_how_to_reach_one_who_is_protected_since(written: Cli) -> None:
    folder = Path("nye")
    folder.mkdir()
    for ending in ("html", "json", "pdf", "xlsx"):
        written.ok("beredskap", "report", "-o", f"nye/r.{ending}")
    written.ok("beredskap", "costs", "-o", "nye/kost.xlsx")
    written.ok("beredskap", "status", "-o", "nye/side.html")
    written.ok("beredskap", "print", "-o", "nye/liste")
    written.ok("beredskap", "plan", "-o", "nye/plan.xlsx")
    written.ok("beredskap", "pack", "nye/pakke")
    assert [line for text in texts(folder) for line in reach(text)] == []


def test_another_house_in_the_street_is_shown(written: Cli) -> None:
    for text in ("Elvegata 22", "Elvegata 2B", "Nelvegata 2"):
        written.ok("beredskap", "log", f"Møt ved {text}")
        assert f"Møt ved {text}" in written.ok("beredskap", "log")


def test_what_is_stored_stays_as_it_was(written: Cli) -> None:
    written.ok("person", "edit", "mona", "--no-protected", "--yes")
    assert f"Til {WAY}" in written.json("beredskap", "expense")[0]["what"]
    assert written("doctor").code == 0


def test_who_is_protected_is_asked_once_for_all_the_call_outs(
    written: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Ras 1", "Brann 22"):
        written.ok("beredskap", "activate", title, "-o", title)
    asked, hidden = [], protected.hidden
    monkeypatch.setattr(protected, "hidden", lambda *a: asked.append(a) or hidden(*a))
    told = written.json("beredskap", "list")
    assert len(told) > 2 and len(asked) == 1
    assert "90" not in str([one["title"] for one in told])

"""The pack on a stick that has no room: all of it, or what lay there before."""

from __future__ import annotations

import errno
import json

import pytest

from frivillig_cli.documents import sheets_html, sheets_pdf, sheets_text
from frivillig_cli.documents.errors import DocumentError
from frivillig_cli.formats import files
from tests.conftest import Cli


@pytest.fixture
def town(cli: Cli, tmp_path, monkeypatch) -> Cli:
    """Two groups; nobody of the second can be called."""
    monkeypatch.chdir(tmp_path)
    cli.ok("org", "add", "Lier sanitetsforening")
    cli.ok("beredskap", "group", "add", "Omsorg", "--org", 1)
    cli.ok("beredskap", "group", "add", "Vakt", "--org", 1)
    cli.ok("volunteer", "add", "Kari Vik", "--phone", "90111222")
    cli.ok("volunteer", "add", "Ola Aas")
    cli.ok("beredskap", "member", "add", 1, 1)
    cli.ok("beredskap", "member", "add", 2, 2)
    return cli


def fills_up(monkeypatch, after: int) -> None:
    """A stick that takes so many files and no more."""
    taken: list[str] = []
    keep = files.replace

    def replace(temporary, target):
        if len(taken) >= after:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken.append(str(target))
        keep(temporary, target)

    monkeypatch.setattr(files, "replace", replace)


def codes(cli: Cli) -> set[str]:
    return {one["code"] for one in json.loads(cli("--json", "beredskap", "check").out)["findings"]}


@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_stick_without_room_takes_nothing_and_is_not_remembered(
    town, tmp_path, monkeypatch, after
) -> None:
    fills_up(monkeypatch, after)
    told = town.refused("beredskap", "pack", "stick")
    assert "no room left" in told and "Nothing was put there" in told
    assert "Text stands in its place" not in told and ".frivillig-" not in told
    assert not (tmp_path / "stick").exists() and "no_pack" in codes(town)


def test_a_pack_that_finds_no_room_leaves_the_one_before(town, tmp_path, monkeypatch) -> None:
    town.ok("beredskap", "pack", "stick")
    before = {path.name: path.read_bytes() for path in (tmp_path / "stick").iterdir()}
    fills_up(monkeypatch, 3)
    assert "remove them" not in town.refused("beredskap", "pack", "stick")
    assert {path.name: path.read_bytes() for path in (tmp_path / "stick").iterdir()} == before
    assert "no_pack" not in codes(town)


def test_a_file_that_could_not_be_made_anew_is_not_advised_to_be_removed(
    town, tmp_path, monkeypatch
) -> None:
    town.ok("beredskap", "pack", "stick")

    def broken(*_rest):
        raise DocumentError("The typesetter failed.")

    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    done = town("beredskap", "pack", "stick")
    assert "Text stands in its place" in done.err and "remove them" not in done.err
    assert "not replaced: " in done.err and "Call-list-Omsorg.pdf" in done.err
    assert (tmp_path / "stick" / "Call-list-Omsorg.pdf").is_file()


def test_a_pack_whose_list_can_be_made_in_no_format_is_none(town, tmp_path, monkeypatch) -> None:
    def broken(*_rest):
        raise DocumentError("The typesetter failed.")

    for module, name in (
        (sheets_pdf, "write_sheets_pdf"), (sheets_html, "sheets_html"),
        (sheets_text, "sheets_text"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, broken)
    assert "could not be made" in town.refused("beredskap", "pack", "stick")
    assert not (tmp_path / "stick").exists() and "no_pack" in codes(town)


def test_a_group_of_whom_nobody_can_be_called_gets_no_contacts_and_is_told_of(
    town, tmp_path, monkeypatch
) -> None:
    made = {one["file"]: one["rows"] for one in town.json("beredskap", "pack", "stick")["files"]}
    assert "stick/Call-list-Vakt.vcf" not in made and made["stick/Call-list-Omsorg.vcf"] == 1
    first = (tmp_path / "stick" / "0-Read-this-first.txt").read_text("utf-8")
    assert "Call-list-Vakt.pdf – 1 row – nobody there can be called now" in " ".join(first.split())
    assert "Call-list-Omsorg.pdf – 1 row – nobody" not in " ".join(first.split())

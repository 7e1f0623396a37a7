"""The lists that are made ahead: the plan, and the pack for the drawer."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from frivillig_cli.documents import sheets_pdf
from frivillig_cli.formats.tables import read_table
from tests.cli.drawer import HIDDEN, as_text, begin, broken, found


@pytest.fixture
def town(cli, tmp_path, monkeypatch):
    return begin(cli, tmp_path, monkeypatch)


@pytest.mark.parametrize("ending", ["pdf", "html", "xlsx", "txt"])
def test_the_plan_is_written_in_the_format_of_its_name(town, tmp_path, ending) -> None:
    made = town.json("beredskap", "plan", "-o", f"plan.{ending}", "--responsible", "Anne Berg")
    path = tmp_path / f"plan.{ending}"
    assert path.stat().st_size and (made["responsible"], made["people"]) == ("Anne Berg", 4)
    assert made["files"][0]["rows"] == 6  # four people, one agreement, one house
    text = as_text(path)
    for words in ("Kari Vik", "90 11 12 22", "Siv Lund", "protected", "Sanitetshuset"):
        assert words in text
    assert HIDDEN not in text and "90111299" not in text
    if ending != "xlsx":
        assert "Responsible: Anne Berg" in text and "Data as of 23 November 2026" in text


def test_a_plan_without_a_known_ending_or_folder_is_refused(town, tmp_path) -> None:
    town.refused("beredskap", "plan", "-o", "plan.doc")
    town.refused("beredskap", "plan", "-o", "nowhere/plan.pdf")
    assert "no_plan" in found(town)
    assert not list(tmp_path.glob("plan*"))


def test_a_plan_that_cannot_be_typeset_is_refused_and_nothing_is_recorded(
    town, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    said = town.refused("beredskap", "plan", "-o", "plan.pdf")
    assert ".html" in said and ".." not in said and "no_plan" in found(town)
    assert not list(tmp_path.glob("*plan*"))
    told = town("--debug", "beredskap", "plan", "-o", "plan.pdf").err
    assert "DocumentError" in told and said in told


# the pack


def test_the_pack_holds_every_list_and_says_how_old_it_is(town, tmp_path) -> None:
    town.ok("config", "set", "beredskap.responsible", "Anne Berg")
    made = town.json("beredskap", "pack", "drawer")
    folder = tmp_path / "drawer"
    names = {path.name for path in folder.iterdir()}
    assert names == {one["file"].rpartition("/")[2] for one in made["files"]}
    assert names == {
        "0-Read-this-first.pdf", "0-Read-this-first.txt", "Call-list-Omsorg.pdf",
        "Call-list-Omsorg.html", "Call-list-Omsorg.xlsx", "Call-list-Omsorg.vcf",
        "Resource-overview.pdf", "Resource-overview.html", "Plan-annex.pdf", "Plan-annex.html",
        "Plan-annex.xlsx", "Log-sheet.pdf",
    }  # fmt: skip
    rows = {one["file"].rpartition("/")[2]: one["rows"] for one in made["files"]}
    assert (rows["Call-list-Omsorg.xlsx"], rows["Call-list-Omsorg.vcf"]) == (4, 2)
    assert made["too_old_after"] == "2027-02-21" and made["failed"] == []
    for path in folder.glob("*.pdf"):
        pages = as_text(path).split("\f")[:-1]
        assert all("Data as of 23 November 2026" in page for page in pages), path
        assert all("Too old after 21 February 2027" in page for page in pages), path
    for path in folder.iterdir():
        assert HIDDEN not in as_text(path) and "+4790111299" not in as_text(path), path


def test_one_who_is_away_stands_apart_with_the_number_for_later(town, tmp_path) -> None:
    town.ok("beredskap", "duty", "add", 2, "Sykehuset")
    town.ok("beredskap", "pack", "drawer")
    rows = read_table(tmp_path / "drawer" / "Call-list-Omsorg.xlsx").rows
    text = {name: str(row) for row in rows for name in ("Per Moe", "Ola Aas") if name in str(row)}
    assert "away" in text["Per Moe"] and "has another duty in a crisis" in text["Ola Aas"]
    page = (tmp_path / "drawer" / "Call-list-Omsorg.html").read_text("utf-8")
    after = page[page.index("Left out</h2>") :]
    assert "90 11 12 26" in after and "01.12.2026" in after  # away until then
    assert "90 11 12 24" not in page  # bound elsewhere: not to be called


def test_a_pack_without_a_typesetter_has_text_in_its_place(town, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    done = town("beredskap", "pack", "drawer")
    assert done.code == 3 and "could not be made" in done.err
    names = {path.name for path in (tmp_path / "drawer").iterdir()}
    assert {"Call-list-Omsorg.txt", "Call-list-Omsorg.html", "Log-sheet.txt"} <= names
    assert not any(name.endswith(".pdf") for name in names)
    text = (tmp_path / "drawer" / "Call-list-Omsorg.txt").read_text("utf-8")
    assert "90 11 12 22" in text and HIDDEN not in text


def test_a_stick_that_cannot_be_written_to_is_refused_and_not_remembered(
    town, tmp_path, monkeypatch
) -> None:
    (tmp_path / "stick").mkdir()
    make = Path.mkdir

    def read_only(path, *rest, **more):
        if path.parent.name == "stick":
            raise OSError(errno.EROFS, "Read-only file system")
        make(path, *rest, **more)

    monkeypatch.setattr(Path, "mkdir", read_only)
    assert "may not write" in town.refused("beredskap", "pack", "stick")
    assert "no_pack" in found(town) and not list((tmp_path / "stick").iterdir())


def test_a_pack_is_whole_or_not_there(town, tmp_path, monkeypatch) -> None:
    town.ok("beredskap", "pack", "drawer")
    before = {path.name: path.read_bytes() for path in (tmp_path / "drawer").iterdir()}
    town.ok("person", "edit", 1, "--name", "Kari Nilsen")
    (tmp_path / "drawer" / "Plan-annex.pdf").unlink()
    (tmp_path / "drawer" / "Plan-annex.pdf").mkdir()  # it cannot be put in place
    del before["Plan-annex.pdf"]
    town.refused("beredskap", "pack", "drawer")
    after = {p.name: p.read_bytes() for p in (tmp_path / "drawer").iterdir() if p.is_file()}
    assert after == before


def test_files_of_an_earlier_pack_are_pointed_out(town, tmp_path) -> None:
    town.ok("beredskap", "pack", "drawer")
    town.ok("beredskap", "group", "edit", 1, "--name", "Vakt")
    left = town.json("beredskap", "pack", "drawer")["left_from_before"]
    assert sorted(path.rpartition("/")[2] for path in left) == [
        f"Call-list-Omsorg.{ending}" for ending in ("html", "pdf", "vcf", "xlsx")
    ]


def test_two_groups_of_one_name_get_files_of_their_own(town, tmp_path) -> None:
    town.ok("org", "add", "Lier Røde Kors")
    town.ok("beredskap", "group", "add", "Omsorg", "--org", 2)
    town.ok("beredskap", "pack", "drawer")
    assert len(list((tmp_path / "drawer").glob("Call-list-Omsorg*.pdf"))) == 2


def test_in_bokmal_the_files_have_bokmal_names(town, tmp_path) -> None:
    done = town("beredskap", "pack", "skuff", lang="nb")
    assert done.code == 0
    names = {path.name for path in (tmp_path / "skuff").iterdir()}
    assert {"0-Les-dette-først.pdf", "Ringeliste-Omsorg.pdf", "Loggark.pdf"} <= names


def test_a_pack_of_one_person_says_so(town) -> None:
    town.ok("beredskap", "member", "remove", 1, 2, 3, 4)
    assert " filer i skuff, med 1 person.\n" in town("beredskap", "pack", "skuff", lang="nb").out
    town.ok("beredskap", "member", "add", 1, 2)
    assert " files in skuff, of 2 people.\n" in town.ok("beredskap", "pack", "skuff")


def test_groups_whose_names_differ_in_case_only_have_a_file_each(town) -> None:
    done = town("beredskap", "group", "add", "OMSORG", "--org", 1)
    assert "is called the same" in done.err and "group edit 2 --name NAME" in done.err
    assert "is called the same" not in town("beredskap", "group", "add", "Ny", "--org", 1).err
    town.ok("beredskap", "pack", "skuff")
    names = [path.name.casefold() for path in Path("skuff").iterdir()]
    assert len(set(names)) == len(names)
    assert "call list omsorg 2.pdf" in {name.replace("-", " ") for name in names}


def test_another_who_pays_is_named_in_the_plan(town, tmp_path) -> None:
    town.ok("agreement", "edit", 1, "--event-payer", "other")
    town.ok("beredskap", "plan", "-o", "before.txt")
    town.ok("agreement", "party", 1, "--name", "Lier Røde Kors")
    town.ok("agreement", "contribution", 1, "Lier Røde Kors", "alt", "--kind", "payment")
    town.ok("beredskap", "plan", "-o", "after.txt")
    before, after = ((tmp_path / f"{name}.txt").read_text("utf-8") for name in ("before", "after"))
    assert "incident: another" in before and "incident: Lier Røde Kors" in after

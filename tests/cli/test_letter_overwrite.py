"""What lies where letters are to be written: drafts may be written again, nothing else is lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest


@pytest.fixture
def office(cli, tmp_path):
    for name in ("Egge barnekor", "Lier hagelag"):
        cli.ok("org", "add", name, "--email", f"{name.split()[0].lower()}@lag.example")
    (tmp_path / "templates").mkdir()
    cli.template = tmp_path / "templates" / "mal.nb.md"
    text(cli, "Hei")
    cli.folder = tmp_path / "brev"
    return cli


def text(office, body: str) -> None:
    office.template.write_text(f"---\ntitle: Et brev\nlanguage: nb\n---\n{body}\n", "utf-8")


def render(office, *words: object) -> list[Path]:
    made = office.json("letter", "render", "mal", "-o", office.folder, "--format", "txt", *words)
    return [Path(row["file"]) for row in made["rendered"]]


def refused(office, *words: object) -> str:
    return office.refused("letter", "render", "mal", "-o", office.folder, "--format", "txt", *words)


def test_a_draft_is_written_again_when_its_template_is_another(office) -> None:
    egge, _lier = render(office)
    text(office, "Hallo")
    assert render(office) and "Hallo" in egge.read_text("utf-8")


def test_a_draft_that_somebody_has_changed_is_written_over_only_when_asked(office) -> None:
    egge, _lier = render(office)
    egge.write_text("min egen versjon", "utf-8")
    said = refused(office)
    assert egge.name in said and "1 file" in said and "--overwrite" in said
    assert egge.read_text("utf-8") == "min egen versjon"
    assert len(office.json("letter", "log")) == 1
    render(office, "--overwrite")
    assert "Hei" in egge.read_text("utf-8")


def test_a_file_that_is_no_letter_is_not_written_over(office) -> None:
    office.folder.mkdir()
    (office.folder / "mal.txt").write_text("noe annet", "utf-8")
    assert "mal.txt" in refused(office, "--merge")
    assert (office.folder / "mal.txt").read_text("utf-8") == "noe annet"


def test_what_an_undone_batch_has_left_is_written_again(office) -> None:
    files = render(office)
    office.ok("undo")
    assert render(office) == files


@pytest.mark.parametrize("what", ["no zip", "another file in it", "a changed letter"])
def test_a_zip_that_holds_something_else_is_not_written_over(office, what: str) -> None:
    office.folder = office.folder.with_suffix(".zip")
    if what == "no zip":
        office.folder.write_bytes(b"budsjettet")
    else:
        render(office)
        with zipfile.ZipFile(office.folder) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
        held["mitt.txt" if what == "another file in it" else next(iter(held))] = b"mitt"
        with zipfile.ZipFile(office.folder, "w") as packed:
            for name, data in held.items():
                packed.writestr(name, data)
    before = office.folder.read_bytes()
    assert "would be lost" in refused(office)
    assert office.folder.read_bytes() == before
    render(office, "--overwrite")
    render(office)  # our own again


def test_a_journal_is_not_written_over(office, tmp_path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("noe annet", "utf-8")
    assert "--overwrite" in office.refused("letter", "journal", "-o", path)
    office.ok("letter", "journal", "-o", path, "--overwrite")


@pytest.mark.parametrize("how", ["zip", "merged"])
def test_the_drafts_to_others_in_one_file_are_not_lost(office, how: str) -> None:
    more = ("--merge",) if how == "merged" else ()
    if how == "zip":
        office.folder = office.folder.with_suffix(".zip")
    render(office, "Egge", *more)
    said = refused(office, "Lier", *more)
    assert "1 other letter would be lost: it is in batch 1" in said and "--overwrite" in said
    done = office(
        "letter", "render", "mal", "Lier", "-o", office.folder, "--format", "txt", *more,
        "--overwrite",
    )  # fmt: skip
    assert done.code == 0 and "in the place of" not in done.out
    assert "place of letters in batch 1, which was not sent" in done.err


def test_the_drafts_of_another_template_in_the_same_zip_are_not_lost(office) -> None:
    office.folder = office.folder.with_suffix(".zip")
    render(office)
    other = office.refused("letter", "render", "apen-dag", "-o", office.folder)
    assert "2 other letters would be lost: they are in batch 1" in other and "-o" in other
    text(office, "Hallo")
    render(office)


def test_it_is_told_which_drafts_others_take_the_place_of(office) -> None:
    render(office)
    assert "place of" not in office("letter", "render", "mal", "-o", office.folder,
                                    "--format", "txt").err  # the same  # fmt: skip
    text(office, "Hallo")
    done = office("letter", "render", "mal", "-o", office.folder, "--format", "txt")
    assert done.code == 0 and "place of letters in batch 2, which was not sent" in done.err

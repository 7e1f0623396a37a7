"""A batch of letters: its files, when it is sent, and the log."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in
from tests.cli.letter_office import begin, render, text_of


@pytest.fixture
def office(cli, tmp_path):
    return begin(cli, tmp_path / "brev")


# files


def test_the_digest_in_the_log_is_the_files_and_the_versions_the_templates(office) -> None:
    from frivillig_cli.documents.template import SHIPPED

    made = render(office, "apen-dag", "--format", "pdf")
    for row in office.json("letter", "log", str(made["batch"])):
        if row["file"]:
            data = (office.folder / row["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == row["sha256"]
            assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    versions = office.json("letter", "log")[0]["versions"]
    for language in ("nb", "nn"):
        data = (SHIPPED / f"apen-dag.{language}.md").read_bytes()
        assert versions[language] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "txt"])
@pytest.mark.parametrize("merge", [(), ("--merge",)])
def test_the_same_letters_are_the_same_bytes(office, form, merge) -> None:
    seen = []
    for _time in range(2):
        made = render(office, "apen-dag", "--format", form.upper(), *merge)
        seen.append({row["file"]: Path(row["file"]).read_bytes() for row in made["rendered"]})
    assert seen[0] == seen[1] and len(seen[0]) == (1 if merge else 2)


def test_merged_is_one_file_with_everybody(office) -> None:
    made = render(office, "apen-dag", "--merge")
    assert {row["file"] for row in made["rendered"]} == {str(office.folder / "apen-dag.txt")}
    first, second = (office.folder / "apen-dag.txt").read_text("utf-8").split("\f")
    assert "Egge barnekor" in first and "Sylling songlag" in second


def test_file_names_sort_by_name_are_told_apart_and_stay_in_the_folder(office) -> None:
    names = [*HOSTILE_NAMES, "CON", "Lier kor", "Lier kor", "Ærlig øl på Åsen"]
    for name in names:
        office.ok("org", "add", name, "--email", "a@b.example", "--yes")
    made = render(office, "apen-dag", "--format", "html")
    files = [Path(row["file"]) for row in made["rendered"]]
    assert len({file.name.casefold() for file in files}) == len(names) + 2
    assert {file.parent for file in files} == {office.folder}
    assert {file.name for file in files} == {file.name for file in office.folder.iterdir()}
    assert all(len(file.name.encode()) < 200 and file.name.isprintable() for file in files)
    assert "Ærlig-øl-på-Åsen" in " ".join(file.name for file in files)
    for row in made["rendered"]:
        html = Path(row["file"]).read_text("utf-8")
        assert "<AS>" not in html and "\x1b" not in html


def test_a_dry_run_tells_the_same_and_writes_nothing(office) -> None:
    told = render(office, "apen-dag", "--dry-run")
    assert not office.folder.exists() and told["batch"] is None
    assert office.json("letter", "log") == []
    done = render(office, "apen-dag")
    assert {**done, "batch": None} == told
    said = office("letter", "render", "apen-dag", "-o", office.folder, "--dry-run").out
    assert "Nothing is written" in said


def test_a_file_that_was_sent_is_not_written_over(office) -> None:
    made = render(office, "apen-dag")
    office.ok("letter", "sent", "1")
    before = text_of(made, "Egge barnekor")
    office.ok("org", "edit", "2", "--name", "Egge barnekor", "--street", "Ny vei 1")
    words = ("letter", "render", "apen-dag", "--again", "--format", "txt", "-o")
    assert "batch 1" in office.refused(*words, office.folder)
    assert text_of(made, "Egge barnekor") == before
    assert office(*words, office.folder / "2").code == 3


def test_drafts_of_an_earlier_batch_in_the_folder_are_pointed_out(office) -> None:
    render(office, "apen-dag")
    done = office(*("letter", "render", "apen-dag", "id:1", "--format", "txt"), "-o", office.folder)
    assert "Egge-barnekor-0002-apen-dag.txt" in done.err


def test_the_folder_may_be_a_file_which_is_refused(office) -> None:
    office.folder.write_text("mine")
    office.refused("letter", "render", "apen-dag", "-o", office.folder)
    assert office.folder.read_text() == "mine" and office.json("letter", "log") == []
    office.refused("letter", "render", "apen-dag", code=2)
    office.refused("letter", "render", "apen-dag", "-o", "x", "--format", "odt", code=2)


def test_a_birth_number_is_no_case_number(office) -> None:
    words = ("letter", "render", "apen-dag", "-o", office.folder, "--case-number", BIRTH_NUMBER)
    no_birth_number_in(office.refused(*words))
    made = render(office, "apen-dag", "--case-number", "2027/123")
    assert "2027/123" in text_of(made, "Egge barnekor")
    assert office.json("letter", "log")[0]["case_number"] == "2027/123"


# sent, log


def test_a_batch_is_sent_once_and_undo_takes_it_back(office) -> None:
    render(office, "apen-dag")
    done = office.json("letter", "sent", "1")
    assert (done["id"], done["status"], done["written"]) == (1, "sent", 2)
    office.refused("letter", "sent", "1", "--json")
    office.refused("letter", "sent", "7")
    office.refused("letter", "sent", str(10**30))
    office.ok("undo")
    assert office.json("letter", "log")[0]["status"] == "draft"


def test_a_batch_whose_files_are_another_batchs_now_was_not_posted(office) -> None:
    render(office, "apen-dag")
    office.ok("config", "set", "letterhead.caseworker", "Ola Vik")
    render(office, "apen-dag")
    assert "letter sent 2" in office.refused("letter", "sent", "1")
    office.ok("letter", "sent", "2")


def test_two_drafts_that_are_both_sent_are_pointed_out(office) -> None:
    render(office, "apen-dag")
    office.folder = office.folder / "2"
    render(office, "apen-dag")
    office.ok("letter", "sent", "1")
    said = office.refused("letter", "sent", "2")
    assert "Egge barnekor  has got this letter" in said
    done = office("letter", "sent", "2", "--also-left-out")
    assert "2 of them had got this letter before" in done.err


def test_the_log_lists_batches_and_one_of_them(office) -> None:
    render(office, "apen-dag")
    office.folder = office.folder / "2"
    render(office, "tilskuddsordninger")
    assert [row["id"] for row in office.json("letter", "log")] == [2, 1]
    assert [row["id"] for row in office.json("letter", "log", "--sort", "id")] == [1, 2]
    assert len(office.json("letter", "log", "--limit", "1")) == 1
    rows = office.json("letter", "log", "1")
    assert [row["name"] for row in rows] == ["Egge barnekor", "Sylling songlag", "Uten adresse"]
    assert rows[2]["file"] is None and rows[2]["why"] == "no_address"
    assert "no_address" in office.ok("letter", "log", "1", "--csv")
    office.refused("letter", "log", "9")


def test_without_a_sender_there_is_no_letter(office) -> None:
    office.ok("config", "set", "municipality.name", "")
    said = office.refused("letter", "render", "apen-dag", "-o", office.folder)
    assert "config set municipality.name" in said


def test_a_run_leaves_no_temporary_folder_behind(cli, tmp_path):
    import subprocess
    import sys

    cli.ok("org", "add", "Lier blandakor", "--email", "post@blandakor.example")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    subprocess.run(
        [sys.executable, "-m", "frivillig_cli", "letter", "preview", "apen-dag", "blandakor",
         "-o", str(tmp_path / "p.pdf")],
        env=os.environ | {"TMPDIR": str(temporary), "TEMP": str(temporary)}, check=True,
    )  # fmt: skip
    assert (tmp_path / "p.pdf").stat().st_size > 1000
    assert list(temporary.iterdir()) == []

"""`letter render --merge`: one file, or volumes, with everybody in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import bookmarks


def test_each_volume_has_a_bookmark_for_everybody_in_it_also_for_one(
    cli, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("frivillig_cli.documents.volumes.LETTERS_IN_VOLUME", 2)
    for name in ("Tranby ballklubb", "Egge barnekor", "Sylling songlag"):
        cli.ok("org", "add", name, "--email", "a@b.example", "--yes")
    made = cli.json("letter", "render", "apen-dag", "--merge", "-o", tmp_path / "brev")
    files = sorted({row["file"] for row in made["rendered"]})
    named = [
        name.partition(" – ")[0]
        for file in files
        for depth, name, _page in bookmarks(Path(file).read_bytes())
        if depth == 1
    ]
    assert len(files) == 2 and named == ["Egge barnekor", "Sylling songlag", "Tranby ballklubb"]


def test_long_letters_come_in_more_volumes_than_short_ones(cli, tmp_path, monkeypatch) -> None:
    for limit in ("_ROOM", "_LEAST"):
        monkeypatch.setattr(f"frivillig_cli.documents.volumes.{limit}", 8_000)
    for n in range(6):
        cli.ok("org", "add", f"Lag nummer {n}", "--email", "a@b.example", "--yes")
    (tmp_path / "templates").mkdir()
    volumes = {}
    for name, rows in (("kort", 1), ("langt", 40)):
        table = "| Hva | Når |\n| --- | --- |\n" + "| Dugnad | Mandag |\n" * rows
        head = "---\ntitle: Dugnader\nlanguage: nb\n---\n"
        (tmp_path / "templates" / f"{name}.nb.md").write_text(head + table, "utf-8")
        made = cli.json("letter", "render", name, "--merge", "-o", tmp_path / name)
        assert len(made["rendered"]) == 6
        volumes[name] = len({row["file"] for row in made["rendered"]})
    assert volumes == {"kort": 1, "langt": 3}


@pytest.fixture
def posted(cli, tmp_path):
    """Sends one merged batch in a format to two associations; its number."""
    for name in ("Egge barnekor", "Sylling songlag"):
        cli.ok("org", "add", name, "--street", "Bruveien 2", "--postcode", "3410", "--city", "X")

    def post(format: str) -> int:
        where = tmp_path / "brev"
        made = cli.json("letter", "render", "apen-dag", "--merge", "--format", format, "-o", where)
        cli.ok("letter", "sent", str(made["batch"]))
        return made["batch"]

    return post


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_one_letter_of_a_merged_file_is_not_handed_out_with_those_to_others(
    cli, tmp_path, posted, format
) -> None:
    batch = str(posted(format))
    one = tmp_path / f"one.{format}"
    refused = cli.refused("letter", "show", batch, "Sylling songlag", "-o", one)
    assert f"apen-dag.{format} holds 2 letters" in refused
    assert f"letter show {batch} -o DIR" in refused and not one.exists()
    done = cli("letter", "show", batch, "Sylling songlag")
    assert "with 2 letters" in done.out and f"letter show {batch} -o DIR" in done.err


def test_one_letter_of_a_merged_text_is_shown_alone(cli, tmp_path, posted) -> None:
    batch = str(posted("txt"))
    one = tmp_path / "one.txt"
    for name, other in (("Sylling songlag", "Egge barnekor"), ("Egge barnekor", "Sylling songlag")):
        shown = cli.ok("letter", "show", batch, name)
        assert f"Vil {name} vise fram" in " ".join(shown.split())
        assert other not in shown
        cli.ok("letter", "show", batch, name, "-o", one, "--overwrite")
        text = one.read_text("utf-8")
        assert name in text and other not in text and "\f" not in text


def test_the_letter_to_one_who_was_left_out_is_not_handed_out_with_anothers(cli, tmp_path) -> None:
    for name in ("Egge barnekor", "Sylling songlag"):
        cli.ok("org", "add", name, "--street", "Bruveien 2", "--postcode", "3410", "--city", "X")
    for ending in ("pdf", "txt"):
        cli.ok("letter", "render", "apen-dag", "--merge", "--format", ending, "--again",
               "-o", tmp_path / ending)  # fmt: skip
    cli.ok("org", "edit", "2", "--no-mailings")
    assert [cli("letter", "sent", batch).code for batch in "12"] == [3, 3]
    refused = cli.refused("letter", "show", "1", "Egge barnekor", "-o", tmp_path / "one.pdf")
    assert "holds 2 letters" in refused and not (tmp_path / "one.pdf").exists()
    assert "Sylling songlag" not in cli.ok("letter", "show", "2", "Egge barnekor")


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_a_merged_file_that_is_shown_again_says_who_is_in_it_and_who_was_left_out_since(
    cli, tmp_path, ending
) -> None:
    for name in ("Egge barnekor", "Sylling songlag", "Tranby ballklubb"):
        cli.ok("org", "add", name, "--street", "Bruveien 2", "--postcode", "3410", "--city", "X")
    cli.ok("letter", "render", "apen-dag", "--merge", "--format", ending, "-o", tmp_path / "brev")
    cli.ok("org", "edit", "Sylling songlag", "--no-mailings")
    assert cli("letter", "sent", "1").code == 3
    done = cli("letter", "show", "1", "-o", tmp_path / "again")
    again, was = ((tmp_path / where / f"apen-dag.{ending}") for where in ("again", "brev"))
    assert done.code == 0 and again.read_bytes() == was.read_bytes()
    listed = done.out.partition(f"In apen-dag.{ending}: 3 letters\n")[2].splitlines()
    assert listed == [
        "  Sylling songlag   left out of what was sent: wants no mailings",
        "  Egge barnekor",
        "  Tranby ballklubb",
    ]
    assert "1 letter in there was left out of what was sent." in done.err
    answer = cli.json("letter", "show", "1", "-o", tmp_path / "again")
    assert [(row["name"], row["sent"], row["why"]) for row in answer["letters"]] == [
        ("Egge barnekor", True, None),
        ("Sylling songlag", False, "opted_out"),
        ("Tranby ballklubb", True, None),
    ]


def test_letters_in_files_of_their_own_are_shown_again_without_a_list_of_names(
    cli, tmp_path
) -> None:
    for name in ("Egge barnekor", "Sylling songlag"):
        cli.ok("org", "add", name, "--street", "Bruveien 2", "--postcode", "3410", "--city", "X")
    cli.ok("letter", "render", "apen-dag", "-o", tmp_path / "brev")
    cli.ok("org", "edit", "Sylling songlag", "--no-mailings")
    cli("letter", "sent", "1")
    done = cli("letter", "show", "1", "-o", tmp_path / "again")
    assert done.out == f"1 file in {tmp_path / 'again'}.\n" and not done.err


@pytest.mark.parametrize("how", [[], ["--merge"]])
def test_it_is_said_how_many_signs_the_font_lacks_and_in_whose_letters(
    cli, tmp_path, how: list[str]
) -> None:
    signs = "".join(chr(0x4E00 + n) for n in range(13))
    for name in (f"Lag {signs}", "Sylling songlag", "Glade \U0001f600 barn"):
        cli.ok("org", "add", name, "--email", "a@b.example", "--yes")
    done = cli("letter", "render", "apen-dag", *how, "-o", tmp_path / "brev")
    said = " ".join(done.err.split())
    assert "(U+4E09) and 4 more; □ is printed" in said
    assert f"It concerns Glade \U0001f600 barn, Lag {signs}." in said

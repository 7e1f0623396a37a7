"""`letter render --merge`: one file, or volumes, with everybody in it."""

from __future__ import annotations

from pathlib import Path

from tests.outline import bookmarks


def test_each_volume_has_a_bookmark_for_everybody_in_it_also_for_one(
    cli, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("frivillig_cli.documents.pdf.LETTERS_IN_VOLUME", 2)
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

"""What is said of a batch afterwards: in the log, when it is undone, where it was to lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from frivillig_cli.store.register import Register

WHERE = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")


@pytest.fixture
def office(cli, tmp_path):
    """Seven associations and a template."""
    for n in range(1, 8):
        cli.ok("org", "add", f"Lag {n}", *WHERE, "--email", f"lag{n}@lag.example", "--yes")
    (tmp_path / "templates").mkdir()
    text = "---\ntitle: Et brev\nlanguage: nb\n---\nHei, {{ org.name }}.\n"
    (tmp_path / "templates" / "mal.nb.md").write_text(text, "utf-8")
    cli.folder = tmp_path / "brev"
    return cli


def render(office, *words: object, code: int = 0):
    done = office("letter", "render", "mal", "-o", office.folder, "--format", "txt", *words)
    assert done.code == code, done.err
    return done


def test_undo_says_where_the_letters_still_lie(office) -> None:
    render(office)
    done = office("undo")
    assert done.code == 0 and f"still lie in {office.folder}: delete them" in done.err
    assert len(list(office.folder.iterdir())) == 7
    render(office)
    office.ok("letter", "sent", "2")
    assert "still lie" not in office("undo").err


@pytest.mark.parametrize(
    "name, said",
    [("alle.pdf", "alle.pdf is one file"), ("brev.docx", "brev.docx is one file"),
     ("", "has no name"), (" ", "has no name")],
)  # fmt: skip
def test_a_batch_is_not_written_into_a_folder_that_looks_like_a_file(
    office, tmp_path, monkeypatch, name, said
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for more in ((), ("--merge",), ("--dry-run",)):
        refused = office.refused("letter", "render", "mal", "-o", name, *more, code=2)
        assert said in refused and "-o brev" in refused.replace("-o alle", "-o brev")
    assert sorted(tmp_path.rglob("*")) == before


def test_several_numbers_are_no_query(office) -> None:
    render(office)
    refused = office.refused("letter", "log", "1", "2", code=2)
    assert "one batch at a time" in refused and "letter log 1" in refused


def test_ctrl_c_after_the_letters_are_in_place_takes_them_back_or_says_where_they_are(
    office, monkeypatch
) -> None:
    monkeypatch.setattr("frivillig_cli.work.letters.files.RESUMED_FROM", 1)
    commit = Register._commit

    def before(self, *words, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(Register, "_commit", before)
    done = render(office, code=130)
    assert "7 files are finished" in done.err and "wait, hidden" in done.err
    assert "is not saved" in done.err
    assert [path for path in office.folder.iterdir() if not path.name.startswith(".")] == []

    def after(self, *words, **named):
        commit(self, *words, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(Register, "_commit", after)
    done = render(office, code=130)
    assert "finished" not in done.err and "hidden" not in done.err
    assert f"The letters are in {office.folder}, and recorded" in done.err
    assert "is saved" in done.err
    monkeypatch.undo()
    assert len(list(office.folder.glob("*.txt"))) == 7


def test_check_says_how_to_see_all_who_lack_a_value(office) -> None:
    office.ok("org", "edit", "7", "--website", "lag.no")
    path = Path(office.path).parent / "templates" / "mal.nb.md"
    path.write_text(path.read_text("utf-8") + "{{ org.website }}\n", "utf-8")
    done = office("letter", "check", "mal")
    assert "Lag 5, …" in done.out and "letter check mal --json" in done.err
    office.ok("org", "edit", "6", "--website", "lag.no")
    done = office("letter", "check", "mal")
    assert "Lag 5" in done.out and "--json" not in done.err

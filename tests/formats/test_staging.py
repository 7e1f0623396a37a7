"""Many files at once: all of them or none, and nothing of a killed process stays for long."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.formats.files import sync_staged, write_atomic, write_staged
from frivillig_cli.formats.staging import move_all, staging


def test_what_is_not_moved_is_gone_and_the_rest_is_in_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with staging(tmp_path) as staged:
        for name in "abc":
            (staged / name).write_text(name)
        move_all(staged, [tmp_path / "a", tmp_path / "b"])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "a", "b": "b"}


def test_when_one_cannot_be_placed_what_stood_there_stands_there_again(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()
    with pytest.raises(RefusedError, match="b could not be written"), staging(tmp_path) as staged:
        for name in "ab":
            (staged / name).write_text(name)
        move_all(staged, [tmp_path / "a", tmp_path / "b"])
    assert (tmp_path / "a").read_text() == "old" and (tmp_path / "b").is_dir()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_that_is_held_for_a_moment_is_moved_all_the_same(tmp_path, monkeypatch) -> None:
    real, held = Path.replace, set()

    def busy(self: Path, target: Path) -> Path:
        if (self, target) not in held:
            held.add((self, target))
            error = OSError("held")
            error.winerror = 32
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()
    with staging(tmp_path) as staged:
        (staged / "a").write_text("new")
        move_all(staged, [tmp_path / "a"])
    assert (tmp_path / "a").read_text() == "new" and len(held) == 2
    with pytest.raises(RefusedError), staging(tmp_path) as staged:
        for name in "ab":
            (staged / name).write_text("newer")
        move_all(staged, [tmp_path / "a", tmp_path / "b"])
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.skipif(os.name == "nt", reason="there a process is not asked for by its number")
def test_what_a_killed_process_left_is_swept_and_what_is_under_way_is_not(tmp_path: Path) -> None:
    program = (
        "import os, pathlib\n"
        "from frivillig_cli.formats.staging import staging\n"
        f"with staging(pathlib.Path({str(tmp_path)!r})) as staged:\n"
        "    (staged / 'letter.pdf').write_text('half')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    (left,) = tmp_path.iterdir()
    with staging(tmp_path) as mine:
        assert not left.exists()
        with staging(tmp_path):
            assert mine.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_made_for_it_goes_again_when_it_fails(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    for folder in (tmp_path / "new" / "newer", there):
        with pytest.raises(KeyboardInterrupt), staging(folder) as staged:
            (staged / "a").write_text("1")
            raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == [there]
    with staging(tmp_path / "new") as staged:
        (staged / "a").write_text("1")
        move_all(staged, [tmp_path / "new" / "a"])
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a"]


def test_a_refusal_names_the_place_that_the_user_named(tmp_path: Path, monkeypatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("frivillig_cli.formats.files.os.fsync", full)
    with pytest.raises(RefusedError) as refused, staging(tmp_path) as staged:
        write_atomic(staged / "a.pdf", b"1")
    assert str(tmp_path / "a.pdf") in refused.value.message
    assert ".frivillig" not in refused.value.message
    with pytest.raises(RefusedError) as again, staging(tmp_path) as staged:
        sync_staged([write_staged(staged / "a.pdf", b"1")])
    assert again.value.message == refused.value.message

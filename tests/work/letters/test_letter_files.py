"""A batch is whole or it is not there: full disks, Ctrl-C, kill -9, many letters."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.records.letter import kept_queries, queries
from frivillig_cli.work.letters import batch, files, freeze, library
from tests.work.letters.conftest import NOW, Office


def write(office: Office, folder: Path, advance=lambda n: None, *, overwrite=False, **more: object):
    plan = batch.plan(office.register, office.request(**more))
    writing = files.write(office.register, plan, folder, advance, overwrite=overwrite)
    with writing as written, office.change():
        return files.record(office.register, plan, written, now=NOW), written


def stopped_after(n: int, error: BaseException):
    """Progress that is stopped when `n` letters are written."""
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if done >= n:
            raise error

    return advance


def whole(folder: Path) -> list[Path]:
    """The files in a folder, each of them looked at."""
    found = sorted(folder.iterdir())
    for path in found:
        data = path.read_bytes()
        assert path.suffix == ".pdf" and data.startswith(b"%PDF-"), path
        assert data.rstrip().endswith(b"%%EOF"), path
    return found


def test_170_letters_move_the_progress_170_times_and_are_170_files(office, tmp_path) -> None:
    office.orgs(170)
    seen: list[int] = []
    number, written = write(office, tmp_path / "brev", seen.append)
    assert seen == [1] * 170 and number == 1
    rows = queries.letters(office.register, number)
    assert len(rows) == len(whole(tmp_path / "brev")) == 170
    for row in rows:
        data = (tmp_path / "brev" / str(row.file)).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.sha256
    assert [row.file for row in rows] == sorted(str(row.file) for row in rows)
    assert written.others == [] and written.replaced == ""


def test_all_are_written_then_all_are_on_the_disk_and_then_the_batch_is_recorded(
    office, tmp_path, monkeypatch
) -> None:
    office.orgs(5)
    done: list[object] = []
    real, add_batch = os.fsync, files.actions.add_batch

    def sync(descriptor: int) -> None:
        done.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    def record(*given: object, **more: object) -> int:
        done.append("recorded")
        return add_batch(*given, **more)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(files.actions, "add_batch", record)
    folder = tmp_path / "brev"
    write(office, folder, lambda n: done.append("written"))
    letters = [path.stat().st_ino for path in sorted(folder.iterdir())]
    assert done == ["written"] * 5 + letters + ["recorded", folder.stat().st_ino]
    done.clear()  # of a zip, the file that is sent is enough
    write(office, tmp_path / "brev.zip", again=True)
    packed, zipped = done.index("recorded"), (tmp_path / "brev.zip").stat().st_ino
    assert zipped in done[:packed] and done[packed + 1 :] == [tmp_path.stat().st_ino]
    assert packed == 2  # the file, and its name in the hidden folder


def test_interrupted_by_the_keyboard_leaves_no_file_and_no_batch(office, tmp_path) -> None:
    office.orgs(10)
    with pytest.raises(KeyboardInterrupt):
        write(office, tmp_path / "brev", stopped_after(4, KeyboardInterrupt()))
    assert not (tmp_path / "brev").exists()
    assert queries.batches(office.register) == []


def test_a_full_disk_is_said_and_leaves_no_file_and_no_batch(office, tmp_path, monkeypatch) -> None:
    office.orgs(5)
    real, calls = os.fsync, 0

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr("frivillig_cli.formats.files.os.fsync", full)
    with pytest.raises(RefusedError, match="room"):
        write(office, tmp_path / "brev")
    assert not (tmp_path / "brev").exists()
    assert queries.batches(office.register) == []


def test_a_folder_that_may_not_be_written_to_is_refused(office, tmp_path, monkeypatch) -> None:
    office.orgs(1)

    def denied(*_args: object, **_more: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("frivillig_cli.formats.files.os.open", denied)
    with pytest.raises(RefusedError, match="may not write"):
        write(office, tmp_path / "brev")
    assert queries.batches(office.register) == []


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
@pytest.mark.parametrize("stop, code", [("SIGKILL", -9), ("SIGINT", 130)])
def test_stopped_from_outside_leaves_no_letter_and_no_batch(
    office, tmp_path, stop: str, code: int
) -> None:
    office.orgs(400)
    office.register.close()
    folder = tmp_path / "brev"
    env = {
        **os.environ,
        "FRIVILLIG_DB": str(tmp_path / "register.db"),
        "FRIVILLIG_CONFIG": str(tmp_path / "config.toml"),
    }
    command = [sys.executable, "-m", "frivillig_cli", "letter", "render", "apen-dag", "-o", folder]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        while run.poll() is None and len(list(folder.glob(".frivillig-*/*.pdf"))) < 20:
            time.sleep(0.005)
        run.send_signal(getattr(signal, stop))
        out, err = run.communicate()
    assert run.returncode == code and out == b"" and b"Traceback" not in err
    assert folder.exists() == (stop == "SIGKILL")
    left = [path.name for path in folder.glob("*")]  # a hidden folder, and only after a kill
    assert len(left) == (stop == "SIGKILL") and all(n.startswith(".frivillig-") for n in left)
    done = subprocess.run(
        [sys.executable, "-m", "frivillig_cli", "letter", "log", "--json"],
        env=env, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == b"[]"
    again = subprocess.run(command, env=env, capture_output=True, check=False)
    assert again.returncode == 0 and len(whole(folder)) == 400


def test_what_lay_there_lies_there_again_when_the_batch_is_not_recorded(
    office, tmp_path, monkeypatch
) -> None:
    office.orgs(3)
    write(office, tmp_path / "brev")
    for path in whole(tmp_path / "brev"):
        path.write_bytes(b"%PDF- an older draft %%EOF")
    before = {path: path.read_bytes() for path in whole(tmp_path / "brev")}
    real, moved = Path.replace, []

    def stopped(path: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == 4:  # for each of three the old one aside, then the new one in its place
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write(office, tmp_path / "brev", overwrite=True, again=True)
    assert len(moved) > 4
    assert {path: path.read_bytes() for path in whole(tmp_path / "brev")} == before
    assert len(queries.batches(office.register)) == 1


@pytest.mark.skipif(os.name == "nt", reason="no such modes on Windows")
def test_letters_are_for_their_writer_alone(office, tmp_path) -> None:
    office.orgs(2)
    write(office, tmp_path / "brev")
    assert {path.stat().st_mode & 0o777 for path in whole(tmp_path / "brev")} == {0o600}


def test_merged_letters_come_in_volumes_and_each_knows_its_own(office, tmp_path) -> None:
    office.orgs(201)
    number, _written = write(office, tmp_path / "brev", merge=True)
    names = [path.name for path in whole(tmp_path / "brev")]
    assert names == ["apen-dag-001.pdf", "apen-dag-002.pdf"]
    rows = queries.letters(office.register, number)
    assert [row.file for row in rows] == [names[0]] * 200 + [names[1]]


def test_a_batch_larger_than_what_is_kept_is_the_same(office, tmp_path, monkeypatch) -> None:
    office.orgs(5)
    for kept in (0, 3):
        write(office, tmp_path / "brev", format="txt")
        whole_batch = {path.name: path.read_bytes() for path in (tmp_path / "brev").iterdir()}
        monkeypatch.setattr(batch, "MOST_KEPT", kept)
        assert len(batch.plan(office.register, office.request()).letters) == kept
        write(office, tmp_path / str(kept), format="txt")
        again = {path.name: path.read_bytes() for path in (tmp_path / str(kept)).iterdir()}
        assert again == whole_batch


def test_a_character_that_the_font_lacks_is_said(office, tmp_path) -> None:
    office.orgs(1, city="漢字", postcode="3400")
    _number, written = write(office, tmp_path / "brev")
    assert "U+" in written.replaced


def test_only_drafts_of_the_same_template_are_pointed_out(office, tmp_path) -> None:
    office.orgs(1)
    for name in ("dag", "min-dag"):
        office.template(name, "Hei.")
    folder = tmp_path / "brev"
    write(office, folder, template="min-dag", format="txt")
    (folder / "notes.txt").write_text("mine")
    assert write(office, folder, template="dag", format="txt")[1].others == []
    merged = write(office, folder, template="dag", format="txt", merge=True)[1]
    assert merged.others == ["Lag-nummer-00001-0001-dag.txt"]


def test_a_name_in_the_own_folder_hides_the_shipped_one(office) -> None:
    assert set(library.templates("apen-dag", office.own)) == {"nb", "nn"}
    office.template("apen-dag", "Vår.")
    assert set(library.templates("apen-dag", office.own)) == {"nb"}
    assert library.names(office.own).count("apen-dag") == 1


def test_a_letter_that_is_changed_while_it_is_recorded_as_sent_is_said(office, tmp_path) -> None:
    office.orgs(40)
    number, _written = write(office, tmp_path / "brev", format="txt")
    posting = freeze.Posting("2027-02-15")
    frozen = freeze.read_files(office.register, number, posting)
    (tmp_path / "brev" / frozen.files[frozen.kept[40]]).write_text("en annen")
    with pytest.raises(RefusedError, match="changed while"), office.change():
        freeze.record(office.register, frozen, posting, lambda _n: None, now=NOW)
    frozen = freeze.read_files(office.register, number, replace(posting, as_they_are=True))
    seen: list[int] = []
    with office.change():
        freeze.record(office.register, frozen, posting, seen.append, now=NOW)
    assert sum(seen) == 40
    rows = queries.letters(office.register, number)
    kept = [kept_queries.kept(office.register, str(row.kept)) for row in rows]
    assert kept == [(tmp_path / "brev" / str(row.file)).read_bytes() for row in rows]
    packs = office.register.value("SELECT count(*) FROM letter_pack")
    assert packs == 2  # so many are packed together, however many there are

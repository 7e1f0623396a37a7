"""A large batch that is stopped goes on where it was: no letter twice, and one batch."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from frivillig_cli.records import municipality
from frivillig_cli.store.opening import create_register
from tests.work.letters.conftest import Office

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
LETTERS, STOPPED_AT = 106, 103

# Stops itself where the named function is called for the nth time, before or after it is done.
STOPPED = """
import os, signal, sys
from frivillig_cli.{module} import {owner} as owner
was, calls = owner.{name}, 0
def stop(*words, **named):
    global calls
    calls += 1
    if calls == {n} and {before}:
        os.kill(os.getpid(), signal.{signal})
    done = was(*words, **named)
    if calls == {n}:
        os.kill(os.getpid(), signal.{signal})
    return done
owner.{name} = stop
from frivillig_cli.__main__ import main
main()
"""
MAL = "Hei, {{ org.name }}{% if org.city %} i {{ org.city }}{% endif %}."
MAKE = ("work.letters", "made", "make")


class Runs:
    """`render` in a process of its own, on an office of many associations."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.to = folder, folder / "brev"
        self.env = {
            **os.environ, "FRIVILLIG_DB": str(folder / "register.db"), "FRIVILLIG_LANG": "en",
            "FRIVILLIG_CONFIG": str(folder / "config.toml"),
            "FRIVILLIG_CLOCK": "2027-02-15T09:00:00+00:00",
        }  # fmt: skip

    def frivillig(self, *words: object, program: str | None = None):
        start = ["-m", "frivillig_cli"] if program is None else ["-c", program]
        return subprocess.run(
            [sys.executable, *start, *map(str, words)], env=self.env, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def render(self, *more: object, program: str | None = None):
        words = ("letter", "render", "mal", "-o", self.to, "--format", "txt", *more)
        return self.frivillig(*words, program=program)

    def stopped(self, place=MAKE, n=STOPPED_AT, how="SIGKILL", *, before=True):
        module, owner, name = place
        program = STOPPED.format(
            module=module, owner=owner, name=name, n=n, signal=how, before=before
        )
        done = self.render(program=program)
        assert done.returncode == (-9 if how == "SIGKILL" else 130), done
        assert "Traceback" not in done.stderr and done.stdout == ""
        return done

    def batches(self) -> list[dict]:
        return json.loads(self.frivillig("letter", "log", "--json").stdout)

    def hidden(self) -> dict[str, os.stat_result]:
        return {
            path.name: path.stat()
            for path in self.folder.rglob(".frivillig-*/*.txt")
        }  # fmt: skip


@pytest.fixture(scope="module")
def register_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    register = create_register(folder / "register.db")
    office = Office(register, folder)
    with office.change():
        municipality.put(register, {"municipality.name": "Elvedal kommune"})
    office.orgs(LETTERS)
    register.close()
    return folder / "register.db"


@pytest.fixture
def runs(register_file: Path, tmp_path: Path) -> Runs:
    shutil.copy(register_file, tmp_path / "register.db")
    (tmp_path / "templates").mkdir()
    for name, body in {"mal": MAL, "annen": "Hei."}.items():
        text = f"---\ntitle: Et brev\nlanguage: nb\n---\n{body}\n"
        (tmp_path / "templates" / f"{name}.nb.md").write_text(text, "utf-8")
    return Runs(tmp_path)


def same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_ino, one.st_mtime_ns) == (other.st_ino, other.st_mtime_ns)


@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_what_was_finished_is_not_written_again_and_there_is_one_batch(
    runs: Runs, how: str
) -> None:
    stopped = runs.stopped(how=how)
    finished = runs.hidden()
    assert len(finished) >= STOPPED_AT - 1 and runs.batches() == []
    assert [path for path in runs.to.iterdir() if not path.name.startswith(".")] == []
    if how == "SIGINT":
        assert f"{len(finished)} files are finished. The same command" in stopped.stderr
        assert f"hidden, in {runs.to}" in stopped.stderr
    done = runs.render()
    assert done.returncode == 0
    assert f"{len(finished)} files were finished already" in done.stderr
    files = {path.name: path for path in runs.to.iterdir()}
    assert len(files) == LETTERS and all(name.endswith(".txt") for name in files)
    kept = [name for name, stat in finished.items() if same(stat, files[name].stat())]
    assert len(kept) == len(finished)
    assert [one["written"] for one in runs.batches()] == [LETTERS]


def test_a_letter_that_would_be_another_one_now_is_written_anew(runs: Runs) -> None:
    runs.stopped()
    finished = runs.hidden()
    assert runs.frivillig("org", "edit", "3", "--city", "Egge").returncode == 0
    runs.render()
    (changed,) = runs.to.glob("*-0003-mal.txt")
    assert "Egge" in changed.read_text("utf-8") and not same(finished[changed.name], changed.stat())
    (other,) = runs.to.glob("*-0004-mal.txt")
    assert same(finished[other.name], other.stat())


def test_a_file_that_was_meddled_with_is_written_anew(runs: Runs) -> None:
    runs.stopped()
    (left,) = runs.to.glob(".frivillig-*")
    one, *_rest = sorted(left.glob("*.txt"))
    whole = one.read_bytes()
    one.write_bytes(whole[:10])
    with (left / ".ready").open("a") as listed:
        listed.write('["cut off')
    assert runs.render().returncode == 0
    assert (runs.to / one.name).read_bytes() == whole


@pytest.mark.parametrize("place, before", [
    (("work.letters", "files", "move_all"), True),
    (("work.letters", "files", "move_all"), False),
    (("formats.staging", "shutil", "rmtree"), True),
])  # fmt: skip
@pytest.mark.parametrize("zipped", [False, True])
def test_killed_while_it_is_recorded_there_is_one_batch_all_the_same(
    runs: Runs, place, before: bool, zipped: bool
) -> None:
    if zipped:
        runs.to = runs.folder / "ut" / "brev.zip"
    runs.stopped(place, 1, before=before)
    assert runs.render().returncode == 0
    assert [one["written"] for one in runs.batches()] == [LETTERS]
    if zipped:
        with zipfile.ZipFile(runs.to) as packed:
            assert len(packed.namelist()) == LETTERS
        assert [path.name for path in runs.to.parent.iterdir()] == ["brev.zip"]
    else:
        assert len(list(runs.to.iterdir())) == len(list(runs.to.glob("*.txt"))) == LETTERS


def test_other_letters_into_the_folder_let_go_of_what_was_stopped(runs: Runs) -> None:
    runs.stopped()
    done = runs.frivillig("letter", "render", "annen", "-o", runs.to, "--format", "txt")
    assert done.returncode == 0 and list(runs.to.glob(".frivillig-*")) == []
    assert len(runs.hidden()) == 0


def test_two_runs_at_once_do_not_take_up_each_others(runs: Runs) -> None:
    module, owner, name = MAKE
    waiting = STOPPED.format(
        module=module, owner=owner, name=name, n=STOPPED_AT, signal="SIGSTOP", before=True
    )
    words = ["letter", "render", "mal", "-o", str(runs.to), "--format", "txt"]
    first = subprocess.Popen([sys.executable, "-c", waiting, *words], env=runs.env)
    try:
        os.waitpid(first.pid, os.WUNTRACED)
        done = runs.render()
        assert done.returncode == 0 and "finished already" not in done.stderr
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert len(runs.batches()) == 1

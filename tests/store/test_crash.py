"""Processes that are really killed, at any moment; nothing confirmed is lost, nothing is torn."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frivillig_cli.store.doctor import diagnose
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Register

KILLS = int(os.environ.get("FRIVILLIG_TEST_KILLS", "30"))

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from frivillig_cli.store.opening import open_register
from frivillig_cli.store.register import Command
path, name, rounds, pairs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
register = open_register(path)
with register.transaction(Command("warm up", name, datetime.now(UTC)), dry_run=True):
    register.insert_many("setting", [{"key": "x", "value": "y"}])
print("ready", flush=True)
for n in range(rounds):
    with register.transaction(Command("setting edit", name, datetime.now(UTC))):
        register.insert_many(
            "setting",
            ({"key": f"{name} {n} {m} {half}", "value": "x" * 40} for m in range(pairs)
             for half in "ab"),
        )
    print(n, flush=True)
"""


def _start(path: Path, name: str, rounds: int, pairs: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(rounds), str(pairs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_kill_at_any_moment_loses_nothing_confirmed_and_tears_nothing(register: Register) -> None:
    register.close()
    chance = random.Random(7)
    confirmed = 0
    for kill in range(KILLS):
        writer = _start(register.path, f"w{kill}", 100_000, chance.choice((1, 20, 300)))
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.06))
        writer.kill()
        lines = writer.stdout.read().splitlines()  # what `readline` has read ahead, too
        writer.communicate()
        opened = open_register(register.path)
        rows = opened.rows("SELECT key FROM setting WHERE key LIKE ?", (f"w{kill} %",))
        whole: dict[str, int] = {}
        for (key,) in rows:
            whole[key.split()[1]] = whole.get(key.split()[1], 0) + 1
        assert len(set(whole.values())) <= 1, "a transaction was torn"
        assert set(lines) <= set(whole), "something confirmed was lost"
        assert len(whole) <= len(lines) + 1
        confirmed += len(lines)
        opened.close()
    opened = open_register(register.path)
    assert diagnose(opened) == ()
    opened.close()
    assert confirmed


def test_eight_processes_that_write_at_once_all_succeed(register: Register) -> None:
    register.close()
    writers = [_start(register.path, f"w{n}", 20, 1) for n in range(8)]
    for writer in writers:
        _out, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, "")
    opened = open_register(register.path)
    assert opened.value("SELECT count(*) FROM setting") == 8 * 20 * 2
    assert opened.value("SELECT count(*) FROM command") == 8 * 20
    assert diagnose(opened) == ()
    opened.close()


POINTS = {
    "after begin": ("register.Register._begin", "after", 0),
    "after the first row": ("register.Register.insert", "after", 0),
    "before the seal": ("seal.seal", "before", 0),
    "after the seal, before commit": ("seal.seal", "after", 0),
    "after commit": ("register.Register._commit", "after", 1),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_process_that_ends_at_a_point_leaves_all_or_nothing(
    register: Register, change, point: str
) -> None:
    name, when, saved = POINTS[point]
    change(a="1")
    register.close()
    script = f"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from frivillig_cli.store import opening, register, seal
real = {name}
def crash(*given, **named):
    if {when!r} == "after":
        real(*given, **named)
    os._exit(9)
{name} = crash
opened = opening.open_register(Path(sys.argv[1]))
with opened.transaction(register.Command("x", "y", datetime.now(UTC))):
    opened.insert("setting", key="b", value="2")
"""
    done = subprocess.run([sys.executable, "-c", script, str(register.path)], check=False)
    assert done.returncode == 9
    opened = open_register(register.path)
    assert opened.value("SELECT count(*) FROM setting") == 1 + saved
    assert opened.value("SELECT count(*) FROM command") == 1 + saved
    assert diagnose(opened) == ()
    opened.close()


@pytest.mark.parametrize("point", ["build", "sync_file", "link", "unlink"])
def test_a_process_that_ends_while_making_a_register_leaves_all_or_none(
    tmp_path: Path, point: str
) -> None:
    script = """
import os, sys
from pathlib import Path
from frivillig_cli.core import durable
from frivillig_cli.store import migrations, opening
def after(real):
    def crash(*given, **named):
        real(*given, **named)
        os._exit(9)
    return crash
point = sys.argv[2]
home = {"build": migrations, "sync_file": durable, "link": os}.get(point)
if home:
    setattr(home, point, after(getattr(home, point)))
else:
    durable.discard = lambda *paths: os._exit(9)
opening.create_register(Path(sys.argv[1]))
"""
    path = tmp_path / "r.db"
    done = subprocess.run([sys.executable, "-c", script, str(path), point], check=False)
    assert done.returncode == 9
    if path.exists():
        opened = open_register(path)
        assert diagnose(opened) == ()
        opened.close()
    else:
        assert point in ("build", "sync_file")


def test_eight_that_make_the_same_register_make_one(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from frivillig_cli.core.errors import RegisterError\n"
        "from frivillig_cli.store.opening import create_register\n"
        "try: create_register(Path(sys.argv[1]))\n"
        "except RegisterError: sys.exit(1)"
    )
    path = tmp_path / "r.db"
    makers = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(8)]
    assert sorted(maker.wait(60) for maker in makers) == [0] + [1] * 7
    assert [p.name for p in tmp_path.iterdir()] == ["r.db"]
    opened = open_register(path)
    assert diagnose(opened) == ()
    opened.close()

"""kill -9 at random moments of an import: all of it is there, or nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from frivillig_cli.store.backup import verify_backup

ROWS = 1500
TIMES = 20

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")


def run(words, environment):
    done = subprocess.run(
        [sys.executable, "-m", "frivillig_cli", *words],
        env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_import_that_is_killed_is_there_wholly_or_not_at_all(tmp_path):
    environment = os.environ | {
        "FRIVILLIG_DB": str(tmp_path / "register.db"),
        "FRIVILLIG_CONFIG": str(tmp_path / "config.toml"),
        "FRIVILLIG_LANG": "en",
    }
    run(["init"], environment)
    rng = random.Random(5)
    there, took = 0, 4.0
    for number in range(TIMES):
        file = tmp_path / f"{number}.csv"
        names = [f"Lag {number * ROWS + row:06}" for row in range(ROWS)]
        file.write_text("\n".join(["Navn", *names]), encoding="utf-8")
        began = time.monotonic()
        words = [sys.executable, "-m", "frivillig_cli", "org", "import", str(file), "--yes"]
        process = subprocess.Popen(
            words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if number:
            time.sleep(rng.uniform(0.15, 1) * took)
            process.kill()
        process.wait()
        took = took if number else time.monotonic() - began
        now = len(json.loads(run(["org", "list", "--json"], environment)))
        assert now in (there, there + ROWS)
        there = now
    assert there >= ROWS
    run(["doctor"], environment)
    backups = [path for path in (tmp_path / "backups").iterdir() if path.suffix == ".db"]
    assert backups and all(not verify_backup(path) for path in backups)
    run(["org", "import", str(tmp_path / "0.csv"), "--yes", "--again"], environment)

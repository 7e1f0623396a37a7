"""Several processes on one call-out, and one that is killed."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys

import pytest

from tests.cli.a_small_group import do, group

__all__ = ["do", "group"]


WORKER = """
import sys
from frivillig_cli.cli.app import run
import io, json, contextlib
while True:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run(["beredskap", "next", "--json"])
    if code:
        break
    person = json.loads(out.getvalue())["person_id"]
    with contextlib.redirect_stdout(io.StringIO()):
        code = run(["beredskap", "call", str(person), "yes", "--json"])
    print(person, code, flush=True)
"""


def test_three_processes_never_overshoot_the_need(do, group, tmp_path):
    for n in range(20):
        do("volunteer", "add", f"Frivillig {n}", "--phone", f"9022{n:04d}")
    do("beredskap", "member", "add", 1, *range(5, 25))
    do("beredskap", "activate", "Flom", "--need", 7, "-o", "ut")
    running = [
        subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True)
        for _n in range(3)
    ]
    called = [line.split() for process in running for line in process.communicate()[0].splitlines()]
    seen = do("beredskap", "status")
    assert seen["needs"] == [{"skill": None, "needed": 7, "confirmed": 7}]
    assert all(code == "0" for _person, code in called)
    assert len({person for person, _code in called}) == len(called)
    answers = [one["answer"] for one in seen["calls"] if one["answer"]]
    assert sorted(answers) == ["reserve"] * (len(called) - 7) + ["yes"] * 7
    assert [one["seq"] for one in do("beredskap", "log")] == list(range(1, len(called) + 2))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_call_that_is_killed_is_stored_wholly_or_not_at_all(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    chosen = random.Random(1)
    for n in range(14):
        word = ("no", "yes", "no-answer", "voicemail")[n % 4]
        before = len(do("beredskap", "log"))
        running = subprocess.Popen(
            [sys.executable, "-m", "frivillig_cli", "beredskap", "call", "kari", word, "--again"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(chosen.uniform(0.05, 0.5))
        running.kill()
        confirmed = "Kari Bakken" in running.communicate()[0]
        stored = len(do("beredskap", "log")) - before
        assert stored in (0, 1)
        assert stored or not confirmed
    seen = do("beredskap", "status")
    assert seen["calls"][0]["attempts"] == len(do("beredskap", "log")) - 1
    assert do("doctor")["findings"] == []

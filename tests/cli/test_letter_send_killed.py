"""`letter send` that is killed, stopped, or run twice at once: nobody twice, nobody lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.letter_outbox import NAMES, address, names, render, send, states

# a crash


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_killed_in_the_middle_a_new_run_sends_the_rest_and_nobody_twice(
    office, serve, step: str
) -> None:
    handler = serve()
    render(office)
    process: list[subprocess.Popen] = []

    def kill(at: str, what: str) -> None:
        third = what in ("3", "sylling@lag.example")
        if at == step and third and process:
            process[0].send_signal(signal.SIGKILL)
            process[0].wait()

    handler.before = kill
    command = [sys.executable, "-m", "frivillig_cli", "letter", "send", "1", "--yes", "--json"]
    process.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    out, _err = process[0].communicate()
    assert process[0].returncode == -signal.SIGKILL and out == b""
    process.clear()
    assert office("doctor").code == 0
    # before anything is entered in the log, the outbox knows who has got it
    render(office, code=3) if step != "data" else None
    doubtful = step == "data"
    done = send(office, code=3 if doubtful else 0)
    assert names(done["in_doubt"]) == (["Sylling songlag"] if doubtful else [])
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)
    if doubtful:
        assert states(office)["Sylling songlag"] == "sending"
        (batch,) = office.json("letter", "log")
        assert (batch["status"], batch["out"], batch["in_doubt"]) == ("partly", 3, 1)
        assert "3 of 4 (in doubt: 1)" in office.ok("letter", "log")
        assert "may have got this letter" in office("letter", "render", "mal", "-o", "x").err
        send(office, "--in-doubt", "sent")
    assert set(states(office).values()) == {"sent"}
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)
    assert len(office.json("letter", "journal")) == 4


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
@pytest.mark.parametrize("step", ["mail", "data"])
def test_stopped_in_the_middle_it_says_how_far_it_came(office, serve, step: str) -> None:
    handler = serve()
    render(office)
    process: list[subprocess.Popen] = []

    def stop(at: str, what: str) -> None:
        if at == step and what in ("3", "sylling@lag.example") and process:
            process[0].send_signal(signal.SIGINT)
            process.pop().wait()

    handler.before = stop
    command = [sys.executable, "-m", "frivillig_cli", "letter", "send", "1", "--yes", "--json"]
    process.append(running := subprocess.Popen(command, stdout=-1, stderr=-1, encoding="utf-8"))
    out, err = running.communicate()
    assert running.returncode == 130 and "What was changed before that is saved" in err
    told = json.loads(out)
    assert names(told["sent"]) == ["Egge barnekor", "Lier hagelag"]
    assert len(told["waiting"]) + len(told["in_doubt"]) == 2
    assert list(states(office).values()).count("sent") == 2 == len(office.json("letter", "journal"))
    send(office, "--in-doubt", "sent" if step == "data" else "again")
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)


def test_another_window_that_sends_the_same_batch_is_let_through(
    office, serve, monkeypatch
) -> None:
    from frivillig_cli.work.letters import compose

    handler, find = serve(), compose.outgoing
    render(office)

    def meanwhile(*words, **more):
        going = find(*words, **more)
        command = [sys.executable, "-m", "frivillig_cli", "letter", "send", "1", "--yes"]
        subprocess.run(command, check=True, capture_output=True)
        return going

    monkeypatch.setattr(compose, "outgoing", meanwhile)
    assert send(office)["sent"] == []
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)
    assert set(states(office).values()) == {"sent"}


def test_a_window_that_comes_while_another_sends_says_so_and_nobody_gets_it_twice(
    office, serve
) -> None:
    handler, told = serve(), []
    render(office, "^tranby")  # the server answers one at a time

    def meanwhile(at: str, to: str) -> None:
        if (at, to) == ("data", address("Sylling")) and not told:
            told.append(another_window("letter", "send", "1", "--yes"))

    handler.before = meanwhile
    assert names(send(office)["sent"]) == list(NAMES[:3])
    assert "2 letters that another run has sent are entered in the log." in told[0]
    assert "Is another window sending this batch? Then wait until it is done." in told[0]
    assert handler.to() == dict.fromkeys(map(address, NAMES[:3]), 1)
    assert set(states(office).values()) == {"sent"}


def test_of_what_was_broken_off_no_other_window_is_spoken_of(office, serve) -> None:
    handler = serve({NAMES[0]: "450 later"})
    render(office, "egge")
    send(office, code=3)
    handler.rules = {address("Egge"): "drop"}
    for words in ((), (), ("--dry-run",)):
        done = office("letter", "send", "1", "--yes", *words)
        assert "In doubt, sent or not: 1" in done.out and "another window" not in done.err
        assert "450" not in done.out


def test_what_is_handed_over_is_not_sent_again_though_another_window_says_so_meanwhile(
    office, serve
) -> None:
    handler = serve()
    render(office, "egge")

    def meanwhile(at: str, _to: str) -> None:
        if at == "data":
            with closing(sqlite3.connect(office.path)) as there, there:
                there.execute("UPDATE letter_mail SET state = 'queued'")

    handler.before = meanwhile
    send(office)
    send(office)
    assert states(office) == {"Egge barnekor": "sent"} and len(handler.got) == 1


def another_window(*words: str) -> str:
    command = [sys.executable, "-m", "frivillig_cli", "--lang", "en", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stderr


def test_between_two_messages_it_waits_as_long_as_is_set(office, serve, monkeypatch) -> None:
    serve()
    office.ok("config", "set", "mail.per_minute", "120")
    waited: list[float] = []
    monkeypatch.setattr("frivillig_cli.cli.sending.time.sleep", waited.append)
    render(office)
    send(office)
    assert waited == [0.5, 0.5, 0.5]


def test_those_who_were_sent_their_role_have_been_told_it(office, serve) -> None:
    office.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    for name in ("Kari Bakken", "Ola Vik"):
        email = f"{name.split()[0].lower()}@x.example"
        office.ok("volunteer", "add", name, "--phone", "90111222", "--email", email)
        office.ok("beredskap", "member", "add", "1", name)
    office.ok("letter", "render", "rolle-i-beredskap", "-o", office.folder)
    serve({"ola@x.example": "550 no such user"})
    send(office, code=3)
    members = office.json("beredskap", "group", "show", "1")["members"]
    assert {one["name"]: one["told"] for one in members} == {
        "Kari Bakken": "2026-11-23", "Ola Vik": None,
    }  # fmt: skip

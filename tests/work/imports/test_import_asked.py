"""--ask in a terminal of its own: questions in the order of the rows, then one yes."""

import json
import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")


def test_the_questions_are_put_in_a_terminal_and_the_answers_kept(tmp_path):
    environment = os.environ | {
        "FRIVILLIG_DB": str(tmp_path / "register.db"),
        "FRIVILLIG_CONFIG": str(tmp_path / "config.toml"),
        "FRIVILLIG_LANG": "en",
    }
    program = [sys.executable, "-m", "frivillig_cli"]

    def run(*words):
        done = subprocess.run([*program, *words], env=environment, capture_output=True, check=True)
        return done.stdout.decode()

    run("init")
    run("org", "add", "Lier sanglag", "--phone", "90111222", "--email", "post@lag.example")
    file = tmp_path / "l.csv"
    file.write_text("Navn;Tlf;E-post\nLier sanglag;32220100;ny@lag.example\n", encoding="utf-8")
    child, screen = pty.fork()
    if child == 0:
        words = [*program, "org", "import", str(file), "--ask"]
        os.execvpe(words[0], words, environment | {"TERM": "xterm"})
    shown = ""
    # it is that one, the file's phone, the register's e-mail, and yes
    answers = (("> ", "1\n"), ("> ", "2\n"), ("> ", "1\n"), ("[y/N]", "y\n"))
    for waited, typed in answers:
        before = len(shown)
        while waited not in shown[before:]:
            shown += os.read(screen, 4096).decode()
        os.write(screen, typed.encode())
    try:
        while more := os.read(screen, 4096):
            shown += more.decode()
    except OSError:  # the program has left its terminal
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, shown
    [org] = json.loads(run("org", "list", "--json"))
    assert "another e-mail or phone" in shown
    assert {org["phone"], org["email"]} == {"+4732220100", "post@lag.example"}, shown

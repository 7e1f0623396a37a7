"""--ask in a terminal of its own: questions in the order of the rows, then one yes."""

import json
import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")


class Office:
    """The program with a register of its own, and a terminal to be asked in."""

    def __init__(self, folder):
        self.environment = os.environ | {
            "FRIVILLIG_DB": str(folder / "register.db"),
            "FRIVILLIG_CONFIG": str(folder / "config.toml"),
            "FRIVILLIG_LANG": "en",
        }
        self.program = [sys.executable, "-m", "frivillig_cli"]
        self.file = folder / "l.csv"
        self.run("init")

    def run(self, *words):
        program = [*self.program, *words]
        done = subprocess.run(program, env=self.environment, capture_output=True, check=True)
        return done.stdout.decode()

    def asked(self, text, *answers, code=0):
        """What the screen shows while a list is imported with `--ask`; it ends with `code`."""
        self.file.write_text(text, encoding="utf-8")
        child, screen = pty.fork()
        if child == 0:
            words = [*self.program, "org", "import", str(self.file), "--ask"]
            os.execvpe(words[0], words, self.environment | {"TERM": "xterm"})
        shown = ""
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
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == code, shown
        return shown


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_the_questions_are_put_in_a_terminal_and_the_answers_kept(office):
    office.run("org", "add", "Lier sanglag", "--phone", "90111222", "--email", "post@lag.example")
    # it is that one (after a slip), the file's phone, the register's e-mail, and yes
    shown = office.asked(
        "Navn;Tlf;E-post\nLier sanglag;32220100;ny@lag.example\n",
        *[("> ", "j\n"), ("> ", "1\n"), ("> ", "2\n"), ("> ", "1\n"), ("[y/N]", "y\n")],
    )
    [org] = json.loads(office.run("org", "list", "--json"))
    assert "another e-mail or phone" in shown and "one of these: 1, +, -" in shown
    assert {org["phone"], org["email"]} == {"+4732220100", "post@lag.example"}, shown


def test_whose_name_is_here_already_is_asked_about_as_well(office):
    for name in ("Lier sanglag", "Tranby kor", "Egge vel", "Gjellum lag"):
        office.run("org", "add", name)
    office.run("contact", "add", "1", "Kari Nes", "--role", "leader")
    shown = office.asked(
        "Navn;Kasserer;Kasserers tlf\nTranby kor;Kari Nes;90998877\nEgge vel;Kari Nes;90998866\n"
        "Gjellum lag;Kari Nes;\n",
        *[("> ", "1\n"), ("> ", "+\n"), ("> ", "-\n"), ("[y/N]", "y\n")],
        code=3,  # one is left out
    )
    assert "Row 2: Kari Nes, treasurer in Tranby kor. Who is it?" in shown, shown
    held = [json.loads(office.run("org", "show", n, "--json"))["contacts"] for n in "1234"]
    assert [[(one["person_id"], one["phone"]) for one in them] for them in held] == [
        [(1, "+4790998877")],
        [(1, "+4790998877")],
        [(2, "+4790998866")],
        [],
    ], shown

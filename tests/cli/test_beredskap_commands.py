from __future__ import annotations

import contextlib
import io
import json
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from frivillig_cli.cli import ask
from frivillig_cli.cli.app import run
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.register import Register

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


class Screen(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self):
        return True


@pytest.fixture
def do(tmp_path, monkeypatch, capsys):
    """Type one command; returns what it printed as JSON (or its lines), checks the exit code."""
    monkeypatch.setenv("FRIVILLIG_DB", str(tmp_path / "register.db"))
    monkeypatch.setenv("FRIVILLIG_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FRIVILLIG_LANG", "en")
    monkeypatch.setenv("FRIVILLIG_USER", "anne")
    monkeypatch.chdir(tmp_path)

    def do(*words, code=0, as_json=True):
        found = run([*map(str, words), *(["--json"] if as_json else [])])
        done = capsys.readouterr()
        assert found == code, done.err
        if code in (1, 2):
            assert done.out == ""
            assert "Traceback" not in done.err
            return done.err
        return json.loads(done.out) if as_json else done.out

    do("init", "--kommune", "3312", "--name", "Lier kommune")
    return do


@pytest.fixture
def group(do):
    """A group (1) with Kari (1, leader), Ola (2, protected), Per (3, the same number as Kari)."""
    do("org", "add", "Lier sanitetsforening")
    do(
        "agreement",
        "add",
        1,
        "Beredskapsavtale",
        "--kind",
        "beredskap",
        "--from",
        "2020-01-01",
        "--to",
        "2099-12-31",
        "--exercise-payer",
        "association",
        "--event-payer",
        "municipality",
    )
    do("beredskap", "group", "add", "Omsorg", "--org", 1)
    do("volunteer", "add", "Kari Bakken", "--phone", "90111221", "--skill", "omsorg")
    do("volunteer", "add", "Ola Skjult", "--phone", "90111222", "--street", "Skjultveien 9")
    do("volunteer", "add", "Per Aas", "--phone", "90111221", "--new-person")
    do("volunteer", "add", "Taus Uten")
    do("person", "edit", 2, "--protected")
    do("beredskap", "member", "add", 1, 1, "--role", "leader")
    do("beredskap", "member", "add", 1, 2, 3, 4)
    return 1  # fmt: skip


def test_a_whole_call_out_from_the_first_line_to_the_last(do, group):
    started = do("beredskap", "activate", "Flom", "--need", 1, "--asked-by", "politiet", "-o", "ut")
    assert started["number"].split("-")[1] == "R"
    assert (started["kind"], started["state"], started["payer"]) == (
        "real", "active", "municipality",
    )  # fmt: skip
    assert started["needs"] == [{"skill": None, "needed": 1, "confirmed": 0}]
    assert [one["reason"] for one in started["excluded"]] == ["no_number"]
    assert {Path(file).suffix for file in started["files"]} == {".pdf", ".html", ".xlsx", ".vcf"}
    first = do("beredskap", "next")
    assert first["name"] == "Kari Bakken"
    assert first["phones"] == ["+4790111221"]
    assert {"say", "lease_until", "person_id"} <= set(first)
    said = do("beredskap", "call", "kari", "yes", "--eta", "30m")
    assert (said["answer"], said["contact"], said["attempts"]) == ("yes", "reached", 1)
    assert said["eta"].endswith("+00:00")
    do("beredskap", "next", code=1)
    assert do("beredskap", "call", "per", "yes")["answer"] == "reserve"
    do("beredskap", "log", "Vannet står 2 m")
    log = do("beredskap", "log")
    assert [one["seq"] for one in log] == [1, 2, 3, 4]
    assert [one["type"] for one in log] == ["alert", "answer", "answer", "observation"]
    assert do("beredskap", "end")["state"] == "standing_down"
    do("beredskap", "end", code=1)
    assert do("beredskap", "arrive", "kari")["deployment"] == "on_site"
    assert do("beredskap", "leave", "kari", "--home")["deployment"] == "home_safe"
    assert do("beredskap", "end")["state"] == "closed"
    assert "closed" in do("beredskap", "end", code=1)
    assert do("beredskap", "status")["state"] == "closed"
    assert do("beredskap", "reopen", "--reason", "elva stiger")["episode"] == 2
    off = do("beredskap", "cancel", "--reason", "feil", "--yes")
    # the first episode took place, and only the second is called off
    assert (off["state"], off["called_off"], off["episode"]) == ("closed", True, 2)
    assert [one["state"] for one in do("beredskap", "list")] == ["closed"]


def test_a_call_out_that_was_set_off_by_mistake_is_cancelled(do, group):
    do("beredskap", "activate", "Flom", "--need", 1, "-o", "ut")
    assert do("beredskap", "cancel", "--reason", "feil", "--yes")["state"] == "cancelled"
    assert [one["state"] for one in do("beredskap", "list")] == ["cancelled"]


def test_shared_numbers_name_each_other_and_a_protected_one_has_none(do, group):
    calls = do("beredskap", "activate", "Flom", "--dry-run")["calls"]
    assert {one["name"]: (one["phones"], one["shared_with"]) for one in calls} == {
        "Kari Bakken": (["+4790111221"], ["Per Aas"]),
        "Ola Skjult": ([], []),
        "Per Aas": (["+4790111221"], ["Kari Bakken"]),
    }


def test_a_dry_run_leaves_register_and_folder_as_they_were(do, group, tmp_path):
    before = (tmp_path / "register.db").read_bytes()
    seen = do("beredskap", "activate", "Flom", "--dry-run", "-o", "ut")
    assert seen["files"] == []
    assert (tmp_path / "register.db").read_bytes() == before
    assert not (tmp_path / "ut").exists()
    real = do("beredskap", "activate", "Flom", "-o", "ut")
    assert (seen["number"], seen["excluded"]) == (real["number"], real["excluded"])
    assert [one["row_code"] for one in seen["calls"]] == [one["row_code"] for one in real["calls"]]


def _text_of(path):
    if path.suffix == ".pdf":
        if not shutil.which("pdftotext"):
            pytest.skip("poppler-utils is not installed")
        return subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
        ).stdout
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(path).active
        rows = sheet.iter_rows(values_only=True)
        return "\n".join(" ".join(str(cell or "") for cell in row) for row in rows)
    return path.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
@pytest.mark.parametrize("ending", [".pdf", ".html", ".xlsx", ".vcf"])
def test_every_file_of_an_exercise_says_so_and_never_shows_the_protected(
    do, group, language, ending
):
    started = do(
        "--lang", language, "beredskap", "activate", "Øving", "--exercise", "-o", "ut",
    )  # fmt: skip
    (path,) = (Path(file) for file in started["files"] if file.endswith(ending))
    text = _text_of(path).replace("\n ", "")
    assert "ØVELSE" in path.name
    assert "ØVELSE" in text
    assert ("ØVING" in path.name) == (language == "nn")
    digits = re.sub(r"[\s\u00a0]", "", text)
    assert "90111221" in digits
    assert "90111222" not in digits
    assert "Skjultveien" not in text
    if ending != ".vcf":
        assert "Ola Skjult" in text and "Taus Uten" in text


def test_every_page_of_an_exercise_is_framed(do, group):
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    started = do("beredskap", "activate", "Øving", "--exercise", "-o", "ut")
    pages = _text_of(Path(started["files"][0])).split("\f")[:-1]
    assert len(pages) >= 3
    assert all("ØVELSE" in page for page in pages)


def test_when_no_pdf_can_be_made_the_others_are_and_text_too(do, group, monkeypatch):
    from frivillig_cli.documents import sheets_pdf

    def broken(*_arguments):
        raise ValueError("no typesetter")

    monkeypatch.setattr(sheets_pdf, "write_sheets_pdf", broken)
    started = do("beredskap", "activate", "Flom", "-o", "ut", code=3)
    assert sorted(Path(file).suffix for file in started["files"]) == [
        ".html", ".txt", ".vcf", ".xlsx",
    ]  # fmt: skip
    assert do("beredskap", "status")["files"] == started["files"]
    assert do("beredskap", "next")["name"] == "Kari Bakken"


@pytest.mark.parametrize("command", ["activate", "print"])
def test_a_typesetter_that_ends_its_process_takes_nothing_with_it(
    do, group, monkeypatch, tmp_path, capsys, command
):
    from frivillig_cli.documents import apart

    if command == "print":
        do("beredskap", "activate", "Flom", "-o", "ut")
    module = tmp_path / "broken" / "typst" / "__init__.py"
    module.parent.mkdir(parents=True)
    module.write_text("import os; os.abort()")
    monkeypatch.setattr(apart, "find_spec", lambda _name: SimpleNamespace(origin=str(module)))
    title = ["Flom"] if command == "activate" else []
    made = do("beredskap", command, *title, "-o", "ny", code=3)
    assert sorted(Path(file).suffix for file in made["files"]) == [".html", ".txt", ".vcf", ".xlsx"]
    assert all(Path(file).stat().st_size for file in made["files"])
    assert run(["beredskap", command, *(["Brann"] if title else [])]) == 3
    said = capsys.readouterr().err
    assert "The typesetter was stopped" in said and "frivillig beredskap print" in said
    assert do("beredskap", "next", "--activation", 1)["name"] == "Kari Bakken"


def test_a_folder_that_cannot_be_made_does_not_stop_the_call_out(do, group, tmp_path):
    (tmp_path / "ut").write_text("a file")
    assert do("beredskap", "activate", "Flom", "-o", "ut", code=3)["files"] == []
    assert do("beredskap", "next")["name"] == "Kari Bakken"


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


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["activate", "Flom", "--exercise", "--contact-test"], 2),
        (["activate", "Flom", "--contact-test", "--need", "2"], 2),
        (["activate", "Flom", "--need", "mange"], 2),
        (["activate", "Flom", "--need", "-1"], 2),
        (["activate", "Flom", "--need", "omsorg=1", "--need", "Omsorg=2"], 2),
        (["activate", "Flom", "--group", "finnes ikke"], 1),
        (["activate", ""], 1),
        (["activate", "Flom 01010750160"], 1),
        (["activate", "Flom", "--need", "01010750160=2"], 1),
        (["activate", "Flom", "--as", "01010750160"], 1),
        (["activate", "Flom", "--callback", "ring meg"], 1),
        (["activate", "x" * 10_000], 1),
        (["activate", "Flom", "--continues", "2020-R-001"], 1),
        (["next"], 1),
        (["call", "kari", "yes"], 1),
        (["status"], 1),
        (["end"], 1),
        (["log", "hei"], 1),
        (["group", "add", "G", "--org", "finnes ikke"], 1),
        (["group", "add", "G", "--org", "1", "--order", "0"], 1),
        (["member", "add", "1", "1", "--role", "sjef"], 1),
        (["member", "add", "1", "1", "finnes ikke"], 1),
        (["resource", "add", "Hus", "--org", "1", "--notes", "alarmkode: 4711"], 1),
        (["resource", "add", "Hus", "--org", "1", "--kind", "slott"], 2),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_changed(do, group, tmp_path, words, code):
    before = (tmp_path / "register.db").read_bytes()
    error = do("beredskap", *words, code=code)
    assert error.strip()
    assert "50160" not in error
    assert (tmp_path / "register.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["call", "kari", "kanskje"], 2),
        (["call", "kari", "no", "--eta", "30m"], 2),
        (["call", "kari", "yes", "--eta", "snart"], 1),
        (["call", "finnes ikke", "yes"], 1),
        (["call", "taus", "yes"], 1),
        (["call", "kari", "yes", "--at", "2099-01-01T00:00"], 1),
        (["call", "kari", "yes", "--at", "1999-01-01T00:00"], 1),
        (["arrive", "kari", "--at", "1999-01-01T00:00"], 1),
        (["log", "x", "--at", "2099-01-01T00:00"], 1),
        (["call", "kari", "yes", "--at", "2026-10-25T02:30"], 1),
        (["call", "kari", "yes", "--for", "finnes"], 1),
        (["call", "kari", "later"], 2),
        (["call", "kari", "no-answer", "--how", "in-person"], 1),
        (["call", "kari", "yes", "--number", "abc"], 1),
        (["log", "Han heter 01010750160"], 1),
        (["log", ""], 1),
        (["log", "x", "--corrects", "99"], 1),
        (["log", "x", "--type", "tull"], 1),
        (["leave", "kari"], 1),
        (["end", "--force"], 0),
        (["cancel"], 2),
        (["cancel", "--reason", " ", "--yes"], 1),
        (["cancel", "--reason", "feil"], 1),
        (["reopen", "--reason", "x"], 1),
    ],
)
def test_a_refusal_during_a_call_out_changes_nothing(do, group, tmp_path, words, code):
    do("beredskap", "activate", "Flom", "-o", "ut")
    if words[:2] == ["end", "--force"]:
        do("beredskap", "call", "kari", "yes")
        code = 2
    before = (tmp_path / "register.db").read_bytes()
    do("beredskap", *words, code=code)
    assert (tmp_path / "register.db").read_bytes() == before


def test_cancelling_asks_and_yes_answers(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    assert "--yes" in do("beredskap", "cancel", "--reason", "feil knapp", code=1)
    assert do("beredskap", "status")["state"] == "active"
    assert do("beredskap", "cancel", "--reason", "feil", "--yes")["state"] == "cancelled"
    assert "cancelled" in do("beredskap", "cancel", "--reason", "feil", code=1)


def test_where_everybody_is_left_out_it_is_started_and_said(do, group):
    do("beredskap", "group", "add", "Tom", "--org", 1)
    do("beredskap", "activate", "Flom", "--group", "Tom", code=1)
    assert "omsorg" in do("beredskap", "activate", "Flom", "--skill", "nosuch", code=1)
    assert do("beredskap", "list") == []
    do("beredskap", "member", "add", "Tom", "Taus Uten")
    started = do("beredskap", "activate", "Flom", "--group", "Tom", "--need", 2, "-o", "ut", code=3)
    assert (started["calls"], len(started["files"])) == ([], 4)
    assert "Nobody is left" in do("beredskap", "next", code=1)
    assert do("beredskap", "end")["state"] == "closed"


def test_two_under_way_must_be_told_apart(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    second = do("beredskap", "activate", "Brann", "-o", "ut")
    assert second["number"] in do("beredskap", "next", code=1)
    assert do("beredskap", "next", "--activation", second["number"])["name"] == "Kari Bakken"


def test_hints_name_the_activation_where_more_than_one_is_under_way(do, group, capsys):
    first = do("beredskap", "activate", "Flom", "--need", 1, "-o", "ut")["number"]
    do("beredskap", "call", "kari", "no-answer")
    assert "--activation" not in do("beredskap", "call", "finnes ikke", "yes", code=1)
    do("beredskap", "activate", "Brann", "-o", "ut")
    named = f"include --activation {first} PERSON"
    wrong = ("beredskap", "call", "finnes ikke", "yes", "--activation", first)
    assert named in do(*wrong, code=1)
    run(["beredskap", "call", "kari", "yes", "--activation", first])
    assert f"frivillig beredskap end --activation {first}\n" in capsys.readouterr().err


def test_the_log_with_a_limit_shows_the_latest_in_order(do, group, capsys, monkeypatch):
    do("beredskap", "activate", "Flom", "-o", "ut")
    for n in range(2, 6):
        do("beredskap", "log", f"Linje {n}")
    seqs = [[one["seq"] for one in do("beredskap", "log", *more)] for more in (
        ("--limit", 2), ("--limit", 2, "--sort", "-seq"), ("--limit", 0),
    )]  # fmt: skip
    assert seqs == [[4, 5], [5, 4], [1, 2, 3, 4, 5]]
    assert run(["beredskap", "log", "--limit", "2"]) == 0
    assert "2 of 5" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "nb"])
def test_lists_fit_a_terminal_and_break_no_word_and_no_number(do, group, monkeypatch, language):
    names = ("Beredskapsavtale om omsorg", "Vestfold og Telemark sanitetsforening")
    do("org", "add", names[1])
    do("agreement", "add", 2, names[0], "--kind", "beredskap")
    do("beredskap", "group", "add", "Omsorgsberedskapsgruppe", "--org", 2, "--agreement", 2)
    do(
        "beredskap", "resource", "add", "Sanitetsforeningens hus", "--org", 2, "--key-holder", 1,
        "--street", "Gamle Drammensvei 120", "--postcode", "3400", "--city", "Lier",
        "--capacity", 120, "--kitchen", "--heating", "--generator", "--toilets",
    )  # fmt: skip
    monkeypatch.setenv("FRIVILLIG_LANG", language)
    monkeypatch.setenv("COLUMNS", "80")
    for what, whole in (("group", "Omsorgsberedskapsgruppe"), ("resource", "90 11 12 21")):
        screen = Screen()
        with contextlib.redirect_stdout(screen):
            assert run(["beredskap", what, "list"]) == 0
        shown = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())
        assert whole in shown, shown
        assert max(map(len, shown.splitlines())) <= 80
        typed = {*names[1].split(), "Sanitetsforeningens", "Drammensvei"}
        assert all(word in shown for word in typed if word[:5] in shown), shown


def test_a_trial_run_that_may_not_write_says_why_it_must(do, group, monkeypatch):
    def refuse(_register, **_how):
        raise RegisterError("It can be read but not changed.", "Use a copy.")

    monkeypatch.setattr(Register, "_begin", refuse)
    assert "Use a copy. --dry-run does" in do("beredskap", "activate", "x", "--dry-run", code=1)
    assert "--dry-run" not in do("beredskap", "activate", "x", code=1)


def test_a_clock_that_has_gone_back_is_said_in_norwegian_time(do, group, monkeypatch, capsys):
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T03:10:00+01:00")
    do("beredskap", "activate", "Flom", "-o", "ut")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T01:10:00+01:00")
    for told in (True, False):
        assert run(["beredskap", "log", "Vannet stiger"]) == 0
        assert ("23 November 2026 01:10, before" in capsys.readouterr().err) is told


def test_the_same_title_again_is_asked_about(do, group):
    first = do("beredskap", "activate", "Flom", "-o", "ut")["number"]
    assert first in do("beredskap", "activate", "flom", "-o", "ut", code=1)
    assert do("beredskap", "activate", "Flom", "--yes", "-o", "ut")["number"] != first
    do("beredskap", "activate", "Flom", "--exercise", "-o", "ut")
    do("beredskap", "activate", "Flom", "--continues", first, "-o", "ut")


def test_outcomes_may_be_typed_in_norwegian(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    assert do("beredskap", "call", "kari", "siste-utvei")["answer"] == "last_resort"
    assert do("beredskap", "call", "per", "ikke-svar")["contact"] == "not_reached"


def test_what_is_to_be_typed_next_is_said_in_the_language_of_the_run(
    do, group, capsys, monkeypatch
):
    from frivillig_cli.core.i18n import set_language

    do("beredskap", "activate", "Flom", "-o", "ut")
    monkeypatch.setenv("FRIVILLIG_LANG", "nb")
    assert run(["beredskap", "next"]) == 0
    words = capsys.readouterr().err.partition("beredskap call 1 ")[2].split()[0].split("|")
    set_language("en")
    monkeypatch.setenv("FRIVILLIG_LANG", "en")
    assert words[0] == "ja" and len(words) == 9
    for word in words:
        more = ["--from", "2h"] if word == "senere" else []
        do("beredskap", "call", 1, word, *more)


def test_caller_is_the_name_given_or_the_user(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    do("beredskap", "call", "kari", "no", "--as", "Berit")
    do("beredskap", "call", "per", "no")
    assert [one["by"] for one in do("beredskap", "log")] == ["anne", "Berit", "anne"]


def test_the_log_shows_the_year_when_it_is_another(do, group):
    do("beredskap", "activate", "Flom", "-o", "ut")
    do("beredskap", "log", "Forrige flom", "--at", "1999-01-02T03:04")
    assert "02.01.1999 03:04" in do("beredskap", "log", as_json=False)


def test_later_is_asked_from_when_in_a_terminal_and_says_it(do, group, monkeypatch):
    do("beredskap", "activate", "Flom", "-o", "ut")
    assert "--from" in do("beredskap", "call", "kari", "later", code=2)
    answers = iter(["snart", "3h"])
    monkeypatch.setattr(ask, "in_terminal", lambda: True)
    monkeypatch.setattr(ask, "_prompt", lambda _question: next(answers))
    said = do("beredskap", "call", "kari", "later", as_json=False)
    assert re.search(r"Kari Bakken: from \d\d:\d\d", said)
    shown = do("beredskap", "status", as_json=False)
    assert re.search(r"reached +from \d\d:\d\d +–", shown)
    assert "later 1" in shown


def test_a_birth_number_as_the_users_name_is_refused(do, group, tmp_path, monkeypatch):
    before = (tmp_path / "register.db").read_bytes()
    monkeypatch.setenv("FRIVILLIG_USER", "01010750160")
    assert "50160" not in do("beredskap", "activate", "Flom", code=1)
    assert (tmp_path / "register.db").read_bytes() == before


def test_text_from_outside_steers_neither_terminal_nor_page(do, group):
    name = "[bold]Rød\x1b[31m <script>alert(1)</script> =HYPERLINK()"
    do("volunteer", "add", name, "--phone", "90111299")
    do("beredskap", "member", "add", 1, 5)
    started = do("beredskap", "activate", "<b>Flom</b> [red]", "-o", "ut")
    page = next(Path(f) for f in started["files"] if f.endswith(".html")).read_text("utf-8")
    assert "<script>alert" not in page and "<b>Flom" not in page
    assert "\x1b" not in do("beredskap", "status", "--all", as_json=False)


def test_status_in_text_says_need_and_names_who_is_left_out(do, group):
    do("beredskap", "activate", "Flom", "--need", "omsorg=1", "-o", "ut", as_json=False)
    text = do("beredskap", "status", "--all", as_json=False)
    assert "omsorg 0/1" in text
    assert "no number: Taus Uten" in text
    assert "90 11" not in text.split("Ola Skjult")[1].splitlines()[0]

"""A call-out as it is typed, from the first line to the last."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from frivillig_cli.cli import ask
from frivillig_cli.cli.app import run
from tests.cli.a_small_group import do, group

__all__ = ["do", "group"]


class Screen(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self):
        return True


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


def test_a_clock_that_has_gone_back_is_said_in_norwegian_time(do, group, monkeypatch, capsys):
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T03:10:00+01:00")
    do("beredskap", "activate", "Flom", "-o", "ut")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T01:10:00+01:00")
    for told in (True, False):
        assert run(["beredskap", "log", "Vannet stiger"]) == 0
        assert ("23 November 2026 01:10, before" in capsys.readouterr().err) is told


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

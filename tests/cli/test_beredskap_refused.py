"""What the commands of a call-out refuse, and ask about first."""

from __future__ import annotations

import pytest

from frivillig_cli.cli.app import run
from frivillig_cli.core.errors import RegisterError
from frivillig_cli.store.register import Register
from tests.cli.a_small_group import do, group

__all__ = ["do", "group"]


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
        (["member", "add", "1", "1", "--role", "sjef"], 2),
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
        (["log", "x", "--type", "tull"], 2),
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


def test_a_trial_run_that_may_not_write_says_why_it_must(do, group, monkeypatch):
    def refuse(_register, **_how):
        raise RegisterError("It can be read but not changed.", "Use a copy.")

    monkeypatch.setattr(Register, "_begin", refuse)
    assert "Use a copy. --dry-run does" in do("beredskap", "activate", "x", "--dry-run", code=1)
    assert "--dry-run" not in do("beredskap", "activate", "x", code=1)


def test_the_same_title_again_is_asked_about(do, group):
    first = do("beredskap", "activate", "Flom", "-o", "ut")["number"]
    assert first in do("beredskap", "activate", "flom", "-o", "ut", code=1)
    assert do("beredskap", "activate", "Flom", "--yes", "-o", "ut")["number"] != first
    do("beredskap", "activate", "Flom", "--exercise", "-o", "ut")
    do("beredskap", "activate", "Flom", "--continues", first, "-o", "ut")


def test_a_birth_number_as_the_users_name_is_refused(do, group, tmp_path, monkeypatch):
    before = (tmp_path / "register.db").read_bytes()
    monkeypatch.setenv("FRIVILLIG_USER", "01010750160")
    assert "50160" not in do("beredskap", "activate", "Flom", code=1)
    assert (tmp_path / "register.db").read_bytes() == before

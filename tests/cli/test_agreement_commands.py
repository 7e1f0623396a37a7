from __future__ import annotations

import json

import pytest

from frivillig_cli.cli.app import run


@pytest.fixture
def do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FRIVILLIG_DB", str(tmp_path / "register.db"))
    monkeypatch.setenv("FRIVILLIG_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("FRIVILLIG_LANG", "en")
    monkeypatch.setenv("FRIVILLIG_CLOCK", "2026-11-23T10:00:00+01:00")

    def do(*words, code=0):
        found = run([*map(str, words), "--json"])
        done = capsys.readouterr()
        assert found == code, done.err
        return done.err if code in (1, 2) else json.loads(done.out)

    do("init")
    do("org", "add", "Lier sanitetsforening")
    do("org", "add", "Lier Røde Kors")
    return do


def add(do, *more, title="Beredskapsavtale", kind="beredskap", to="2027-12-31"):
    return do(
        "agreement", "add", 1, title, "--kind", kind, "--from", "2026-01-01", "--to", to, *more
    )


def test_an_agreement_says_who_pays_for_what(do):
    made = add(do, "--exercise-payer", "association", "--event-payer", "rescue-service")
    assert (made["exercise_payer"], made["event_payer"]) == ("association", "rescue_service")
    assert (made["from"], made["to"], made["status"]) == ("2026-01-01", "2027-12-31", "in_force")
    assert do("agreement", "show", "beredskapsavtale") == made


@pytest.mark.parametrize(("to", "status"), [("2026-11-22", "expired"), ("2026-11-23", "in_force")])
def test_the_last_day_counts(do, to, status):
    assert add(do, to=to)["status"] == status


def test_another_who_pays_is_the_party_that_has_promised_payment(do):
    assert add(do, "--exercise-payer", "other")["other_payer"] is None
    do("agreement", "party", 1, "--org", 2)
    do("agreement", "contribution", 1, "lier røde kors", "varm suppe", "--kind", "food")
    assert do("agreement", "show", 1)["other_payer"] is None
    do("agreement", "contribution", 1, "Kommunen", "alt annet", "--kind", "payment")
    do("agreement", "contribution", 1, "lier røde kors", "utgiftene", "--kind", "payment")
    assert do("agreement", "show", 1)["other_payer"] == "Lier Røde Kors"
    do("agreement", "party", 1, "--name", "Fylket")
    do("agreement", "contribution", 1, "Fylket", "utgiftene", "--kind", "payment")
    assert do("agreement", "show", 1)["other_payer"] is None  # nothing says which of the two


def test_who_another_is_that_pays_is_shown_or_how_to_say_it(office):
    office("init")
    office("org", "add", "Lier sanitetsforening")
    words = ("agreement", "add", "1", "Avtale", "--kind", "cooperation", "--event-payer", "other")
    assert "Say who the other is that pays" in office(*words).err
    assert "agreement party 1 --name NAME" in office("agreement", "show", "1").err
    office("agreement", "party", "1", "--name", "Lier Røde Kors")
    office("agreement", "contribution", "1", "Lier Røde Kors", "alt", "--kind", "payment")
    shown = office("agreement", "show", "1")
    assert "another (Lier Røde Kors)" in shown.out and "Say who" not in shown.err


def test_parties_and_what_they_contribute(do):
    add(do, kind="cooperation")
    do("agreement", "party", 1, "--org", 2, "--role", "deltaker")
    made = do("agreement", "party", 1, "--name", "Lier kommune")
    assert [one["name"] for one in made["parties"]] == ["Lier Røde Kors", "Lier kommune"]
    made = do("agreement", "contribution", 1, "Lier kommune", "lokale", "--terms", "uten leie")
    assert made["contributions"][0]["what"] == "lokale"
    assert do("agreement", "contribution", 1, "--remove", 1)["contributions"] == []
    do("agreement", "party", 1, "--remove", 99, code=1)
    do("agreement", "party", 1, code=2)


def test_renewal_lets_it_run_longer_and_notes_the_review(do):
    add(do, to="2026-11-01")
    renewed = do("agreement", "renew", 1, "--to", "2028-12-31")
    assert (renewed["to"], renewed["reviewed"]) == ("2028-12-31", "2026-11-23")
    assert renewed["status"] == "in_force"
    earlier = do("agreement", "renew", 1, "--to", "2028-01-01", code=1)
    assert "runs to 31 December 2028 already" in earlier


def test_one_that_was_ended_is_not_in_force_and_is_not_ended_or_renewed_again(do):
    add(do)
    assert do("agreement", "end", 1, "--reason", "lagt ned")["status"] == "ended"
    do("agreement", "end", 1, code=1)
    do("agreement", "renew", 1, "--to", "2030-01-01", code=1)


@pytest.mark.parametrize(
    "more",
    [
        ("--to", "2025-01-01"),
        ("--to", "2027-02-30"),
        ("--notes", "fnr 01010750160"),
        ("--title", ""),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_changed(do, more, tmp_path):
    add(do)
    before = (tmp_path / "register.db").read_bytes()
    assert "50160" not in do("agreement", "edit", 1, *more, code=1)
    assert (tmp_path / "register.db").read_bytes() == before


@pytest.mark.parametrize("more", [("--kind", "tull"), ("--event-payer", "meg")])
def test_what_is_none_of_the_choices_is_wrong_usage(do, more, tmp_path):
    add(do)
    before = (tmp_path / "register.db").read_bytes()
    assert "Choose one of: " in do("agreement", "edit", 1, *more, code=2)
    assert (tmp_path / "register.db").read_bytes() == before


def test_without_a_terminal_a_missing_kind_is_named(do):
    assert "--kind" in do("agreement", "add", 1, "Avtale", code=2)


def test_the_list_is_picked_by_query(do):
    add(do, title="Avtale A")
    add(do, title="Avtale B", kind="cooperation", to="2030-01-01")

    def titles(*query):
        return [one["title"] for one in do("agreement", "list", *query)]

    assert titles() == ["Avtale A", "Avtale B"]
    assert titles("kind:cooperation") == ["Avtale B"]
    assert titles("to:..2028-01-01") == ["Avtale A"]
    assert titles("org:sanitet") == ["Avtale A", "Avtale B"]
    assert titles('"avtale b"') == ["Avtale B"]
    assert titles("--sort", "-to") == ["Avtale B", "Avtale A"]


@pytest.mark.parametrize("what", ["signed", "reviewed", "exercised"])
def test_nothing_is_said_to_have_been_done_on_a_day_to_come(cli, what):
    cli.ok("org", "add", "Lier hagelag")
    new = ("agreement", "add", "1", "Avtale", "--kind", "beredskap")
    assert "is in the future" in cli.refused(*new, f"--{what}", "2031-01-01")
    cli.ok(*new, f"--{what}", "2026-01-01")
    assert "is in the future" in cli.refused("agreement", "edit", "1", f"--{what}", "2031-01-01")

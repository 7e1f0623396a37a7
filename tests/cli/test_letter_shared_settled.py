"""Whom a shared letter has reached: settled when it goes out, and never another afterwards."""

from __future__ import annotations

import json

import pytest

from frivillig_cli.work.letters import post
from tests.cli.letter_outbox import address, names, send

HOME = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")
AWAY = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
HOST, GUEST, ID = "Egge barnekor", "Zoar lag", 5
INBOX, OWN = address(HOST), "zoar@lag.example"


@pytest.fixture
def home(office):
    """Two associations that share a home, and a batch on paper with one letter to both."""
    office.ok("org", "edit", 1, *HOME)
    office.ok("org", "add", GUEST, *HOME)
    return written(office)


@pytest.fixture
def inbox(office):
    """Two associations that share an inbox, and have no other address; a batch to both."""
    office.ok("org", "add", GUEST, "--email", INBOX)
    return written(office)


def written(office):
    done = office("letter", "render", "mal", "--one-per-address", "-o", office.folder, "--json")
    assert why(json.loads(done.out)["skipped"]) == {GUEST: "same_address"}
    return office


def why(rows: list[dict]) -> dict[str, str]:
    return {row["name"]: row["why"] for row in rows}


def one_more(office) -> str | None:
    """Why the guest gets no letter of their own now; None where they get one."""
    folder = office.folder / "ny"
    done = office("letter", "render", "mal", f"id:{ID}", "-o", folder, "--dry-run")
    return done.err.partition(GUEST)[2].partition("\n")[0].strip() if done.code else None


def logged(office, batch: int = 1) -> str:
    return why(office.json("letter", "log", batch))[GUEST]


GOT, DOUBT = "has got this letter", "may have got this letter"


# by post


def test_who_has_moved_before_it_was_posted_has_not_got_it_and_is_told(home) -> None:
    home.ok("org", "edit", ID, *AWAY)
    done = home("letter", "sent", 1)
    assert done.code == 3 and f"{GUEST}  shares a letter that does not reach them" in done.out
    assert logged(home) == "not_reached" and one_more(home) is None
    home.ok("org", "edit", ID, *HOME)  # and never will have
    assert one_more(home) is None


def test_who_moves_after_it_was_posted_has_got_it_for_good(home) -> None:
    assert home("letter", "sent", 1, "--json").code == 0
    home.ok("org", "edit", ID, *AWAY)
    assert one_more(home) == GOT and logged(home) == "same_address"


def test_so_it_is_with_who_shares_by_email_what_is_posted(inbox) -> None:
    """They have no postal address: the paper is handed on to them."""
    inbox.ok("org", "edit", ID, "--email", OWN)
    done = json.loads(inbox("letter", "sent", 1, "--json").out)
    assert why(done["left_out"]) == {GUEST: "not_reached"} and one_more(inbox) is None


@pytest.mark.parametrize("form", ["pdf", "eml"])
@pytest.mark.parametrize("moved", [True, False])
def test_who_shares_what_is_posted_to_one_who_is_protected_by_now_is_judged_by_where_it_went(
    office, tmp_path, moved: bool, form: str
) -> None:
    where = HOME if form == "pdf" else ("--email", "moe@x.example")
    office.ok("config", "set", "letterhead.email", "post@kommune.example")
    for name in ("Egge Moe", "Lier Moe"):
        office.ok("contact", "add", name[:4], name, "--role", "leader")
        office.ok("person", "edit", name, *where)
    words = ("--to", "contact", "--one-per-address", "--format", form, "-o", tmp_path / "to")
    assert office("letter", "render", "mal", *words).code == 3
    if moved:
        office.ok("person", "edit", "Lier Moe", *AWAY, "--email", "lier@x.example")
    office.ok("person", "edit", "Egge Moe", "--protected", "--yes")
    done = office.json("letter", "sent", 1, "--also-left-out")
    assert names(done["elsewhere"]) == (["Lier hagelag"] if moved else [])


def test_that_it_was_posted_is_undone_with_whom_it_has_not_reached(home) -> None:
    home.ok("org", "edit", ID, *AWAY)
    home("letter", "sent", 1)
    home.ok("undo")
    assert logged(home) == "same_address"
    home.ok("org", "edit", ID, *HOME)
    home.ok("letter", "sent", 1)
    assert one_more(home) == GOT


def test_who_has_a_letter_of_their_own_in_another_batch_gets_none_of_it(
    home, serve, tmp_path
) -> None:
    home.ok("org", "edit", ID, "--email", OWN)
    for folder in ("to", "tre"):
        home.ok("letter", "render", "mal", f"id:{ID}", "-o", tmp_path / folder)
    handler = serve({OWN: "450 later"})
    send(home, batch=3, code=3)
    home.ok("letter", "sent", 1)
    assert GOT in home.refused("letter", "sent", 2)
    assert why(send(home, batch=2, code=3)["skipped"]) == {GUEST: "already_sent"}
    handler.rules = {}
    assert why(send(home, batch=3, code=3)["skipped"]) == {GUEST: "already_sent"}
    assert handler.to()[OWN] == 0


def test_volunteers_of_one_household_have_got_it_where_they_lived_then(office, tmp_path) -> None:
    text = (office.own / "mal.nb.md").read_text("utf-8").replace("org.name", "volunteer.name")
    text = text.replace("language: nb", "language: nb\nrecipients: volunteer")
    (office.own / "fri.nb.md").write_text(text, "utf-8")
    for name in ("Anne Moe", "Bo Moe", "Cato Moe"):
        office.ok("volunteer", "add", name, *HOME)
    office("letter", "render", "fri", "--one-per-address", "-o", tmp_path / "fri")
    office.ok("person", "edit", "Bo", *AWAY)
    done = json.loads(office("letter", "sent", 1, "--json").out)
    assert why(done["left_out"]) == {"Bo Moe": "not_reached"}
    office.ok("person", "edit", "Cato", *AWAY)
    office.ok("letter", "render", "fri", "bo", "-o", tmp_path / "ny")
    assert GOT in office.refused("letter", "render", "fri", "cato", "-o", tmp_path / "ny2")


# by e-mail


def test_who_moves_after_it_was_sent_has_got_it_for_good(inbox, serve) -> None:
    serve()
    send(inbox)
    inbox.ok("org", "edit", ID, "--email", OWN)
    assert one_more(inbox) == GOT and logged(inbox) == "same_address"


def test_who_moves_while_it_waits_has_not_got_it_and_is_told(inbox, serve) -> None:
    handler = serve({HOST: "450 later"})
    send(inbox, code=3)
    inbox.ok("org", "edit", ID, "--email", OWN)
    plan = json.loads(inbox("letter", "send", 1, "--dry-run", "--json").out)
    assert why(plan["skipped"]) == {GUEST: "not_reached"}
    handler.rules = {}
    done = send(inbox, code=3)
    assert names(done["sent"]) == [HOST] and why(done["skipped"]) == {GUEST: "not_reached"}
    inbox.ok("org", "edit", ID, "--email", INBOX)
    assert one_more(inbox) is None and logged(inbox) == "not_reached"


def test_who_moves_while_it_is_sent_has_not_got_it_and_is_told(inbox, serve, monkeypatch) -> None:
    serve()
    before = post.queue

    def moved(*words, **more):
        found = before(*words, **more)
        with words[0]() as register:
            register.update("org", ID, email=OWN)
        return found

    monkeypatch.setattr(post, "queue", moved)
    assert why(send(inbox, code=3)["skipped"]) == {GUEST: "not_reached"}
    assert one_more(inbox) is None


def test_who_shares_what_may_not_be_sent_any_more_is_told(inbox, serve) -> None:
    handler = serve({HOST: "450 later"})
    send(inbox, code=3)
    inbox.ok("org", "edit", 1, "--no-mailings")
    handler.rules = {}
    both = {HOST: "opted_out", GUEST: "not_reached"}
    plan = json.loads(inbox("letter", "send", 1, "--dry-run", "--json").out)
    assert why(plan["skipped"]) == both
    assert why(send(inbox, code=3)["skipped"]) == both
    assert one_more(inbox) is None


@pytest.mark.parametrize("decision", ["sent", "again"])
def test_who_shares_what_is_in_doubt_is_in_doubt_wherever_they_are_now(
    inbox, serve, decision: str
) -> None:
    handler = serve({HOST: "drop"})
    send(inbox, code=3)
    inbox.ok("org", "edit", ID, "--email", OWN)
    assert one_more(inbox) == DOUBT
    handler.rules = {}
    done = send(inbox, "--in-doubt", decision, code=0 if decision == "sent" else 3)
    if decision == "sent":
        assert one_more(inbox) == GOT
    else:  # that one goes to the other's inbox, which is theirs no more
        assert why(done["skipped"]) == {GUEST: "not_reached"} and one_more(inbox) is None


def test_who_has_not_got_what_a_killed_run_sent_is_told_by_the_next(
    inbox, serve, monkeypatch
) -> None:
    handler = serve({HOST: "450 later"})
    send(inbox, code=3)
    inbox.ok("org", "edit", ID, "--email", OWN)
    handler.rules = {}
    with monkeypatch.context() as patch:
        patch.setattr(post, "settle", lambda *_words, **_more: post.Settled())
        send(inbox, code=3)
    inbox.ok("org", "edit", ID, "--email", INBOX)
    assert one_more(inbox) is None
    assert why(send(inbox, code=3)["skipped"]) == {GUEST: "not_reached"}
    assert one_more(inbox) is None and logged(inbox) == "not_reached"


def test_it_is_told_too_where_the_server_fails_after_it_was_entered(inbox, serve) -> None:
    handler = serve({HOST: "drop", "Tranby vel": "450 later"})
    inbox.ok("org", "edit", ID, "--email", OWN)
    send(inbox, code=3)
    handler.rules = {}
    inbox.ok("config", "set", "mail.host", "nosuch.invalid")
    said = inbox.refused("letter", "send", 1, "--in-doubt", "sent", "--yes")
    assert f"1 shares a letter that does not reach them: {GUEST}." in said


def test_an_inbox_of_the_leaders_own_is_none_of_the_associations(office, serve) -> None:
    office.ok("org", "edit", 1, *HOME)
    office.ok("org", "add", GUEST, *HOME)
    office.ok("contact", "add", ID, "Aud Lie", "--role", "leader", "--email", INBOX)
    serve()
    written(office)
    assert why(send(office, code=3)["skipped"]) == {GUEST: "not_reached"}
    assert one_more(office) is None

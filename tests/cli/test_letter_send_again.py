"""`letter send` a second time: what waits or is in doubt, and the address that it goes to now."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.cli.letter_outbox import names, send, states

NAMES = ("Egge barnekor", "Lier hagelag", "Sylling songlag")
LIER = "lier@lag.example"


@pytest.fixture
def office(cli, tmp_path):
    """Three associations with e-mail, a batch of letters to them, and a mail server."""
    for name in NAMES:
        cli.ok("org", "add", name, "--email", f"{name.split()[0].lower()}@lag.example")
    cli.ok("config", "set", "letterhead.unit", "Frivilligsentralen")
    own = tmp_path / "templates"
    own.mkdir()
    body = "---\ntitle: Åpen dag\nlanguage: nb\n---\nHei, {{ org.name }}.\n"
    (own / "mal.nb.md").write_text(body, "utf-8")
    cli.folder = tmp_path / "brev"
    cli.ok("letter", "render", "mal", "-o", cli.folder)
    return cli


@pytest.fixture
def handler(serve):
    return serve()


# what is in doubt


@pytest.mark.parametrize("decision", ["again", "sent"])
def test_a_doubt_stays_until_the_sending_is_answered_with_yes(
    office, handler, decision: str
) -> None:
    handler.rules = {LIER: "drop", "sylling@lag.example": "450 later"}
    send(office, code=3)
    office.refused("letter", "send", 1, "--in-doubt", decision)
    assert states(office)["Lier hagelag"] == "sending"
    handler.rules = {}
    assert names(send(office, code=3)["in_doubt"]) == ["Lier hagelag"]
    assert handler.to()[LIER] == 1


def test_that_it_was_sent_is_recorded_though_no_server_is_there(office, handler) -> None:
    handler.rules = {LIER: "drop", "sylling@lag.example": "450 later"}
    send(office, code=3)
    office.ok("config", "set", "mail.host", "nosuch.invalid")
    office.refused("letter", "send", 1, "--in-doubt", "sent", "--yes")
    assert states(office)["Lier hagelag"] == "sent"
    assert states(office)["Sylling songlag"] == "queued"


def test_a_dry_run_shows_those_in_doubt_and_what_would_become_of_them(office, handler) -> None:
    handler.rules = {LIER: "drop"}
    send(office, code=3)
    told = office("letter", "send", 1, "--dry-run")
    assert told.code == 3 and "0 letters would be sent" in told.out
    assert "In doubt, sent or not: 1\n  Lier hagelag  lier@lag.example" in told.out
    assert "letter send 1 --in-doubt sent (or again)" in told.err
    told = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert names(told["in_doubt"]) == ["Lier hagelag"]
    again = office.json("letter", "send", 1, "--dry-run", "--in-doubt", "again")
    assert names(again["would_send"]) == ["Lier hagelag"] and again["in_doubt"] == []
    sent = office.json("letter", "send", 1, "--dry-run", "--in-doubt", "sent")
    assert names(sent["would_record"]) == ["Lier hagelag"] and sent["would_send"] == []
    said = office.ok("letter", "send", 1, "--dry-run", "--in-doubt", "sent")
    assert "Would be recorded as sent: 1\n  Lier hagelag" in said
    assert states(office)["Lier hagelag"] == "sending"  # nothing is decided yet


def test_one_in_doubt_that_is_sent_again_asks_first(office, handler) -> None:
    handler.rules = {LIER: "drop"}
    send(office, code=3)
    handler.rules = {}
    said = office.refused("letter", "send", 1, "--in-doubt", "again")
    assert "--yes" in said and handler.to()[LIER] == 1
    assert names(send(office, "--in-doubt", "again")["sent"]) == ["Lier hagelag"]


# what has another address since


@pytest.mark.parametrize("trouble", ["421 busy", "drop"])
def test_what_waits_or_is_in_doubt_goes_to_the_address_of_today(
    office, handler, trouble: str
) -> None:
    handler.rules = {LIER: trouble}
    send(office, code=3)
    had = handler.to()[LIER]
    office.ok("org", "edit", 2, "--email", "riktig@lag.example")
    handler.rules = {}
    more = ["--in-doubt", "again"] if trouble == "drop" else []
    done = send(office, *more)
    assert [row["email"] for row in done["sent"] if row["name"] == "Lier hagelag"] == [
        "riktig@lag.example"
    ]
    assert handler.to()[LIER] == had and handler.to()["riktig@lag.example"] == 1
    to = next(one.message["To"] for one in handler.got if one.to == "riktig@lag.example")
    assert to.addresses[0].addr_spec == "riktig@lag.example"
    log = {row["name"]: row["sent_to"] for row in office.json("letter", "log", 1)}
    assert log["Lier hagelag"] == "riktig@lag.example"
    assert sum(handler.to().values()) == 3 + had


@pytest.mark.parametrize("trouble", ["421 busy", "drop"])
def test_what_waits_or_is_in_doubt_is_left_out_when_the_address_is_taken_away(
    office, handler, trouble: str
) -> None:
    handler.rules = {LIER: trouble}
    send(office, code=3)
    had = handler.to()[LIER]
    office.ok("org", "edit", 2, "--email", "", "--street", "Bruveien 2", "--postcode", "3410",
              "--city", "Sylling")  # fmt: skip
    handler.rules = {}
    more = ["--in-doubt", "again"] if trouble == "drop" else []
    skipped = send(office, *more, code=3)["skipped"]
    assert {"name": "Lier hagelag", "why": "no_email"} in [
        {"name": row["name"], "why": row["why"]} for row in skipped
    ]
    assert handler.to()[LIER] == had and states(office)["Lier hagelag"] == "draft"
    office.ok("letter", "sent", 1)  # by post, as it is said


def test_a_dry_run_names_the_address_of_today_for_what_waits(office, handler) -> None:
    handler.rules = {LIER: "450 later"}
    send(office, code=3)
    office.ok("org", "edit", 2, "--email", "riktig@lag.example")
    done = office.json("letter", "send", 1, "--dry-run")
    assert [row["email"] for row in done["would_send"]] == ["riktig@lag.example"]
    assert states(office)["Lier hagelag"] == "queued"


def test_what_another_window_has_settled_meanwhile_is_in_doubt_no_more(office, handler) -> None:
    handler.rules = {LIER: "drop", "egge@lag.example": "450 later"}
    send(office, code=3)

    def settle(_step: str, _address: str) -> None:
        with closing(sqlite3.connect(office.path)) as other, other:
            other.execute("UPDATE letter_mail SET state = 'sent' WHERE state = 'sending'"
                          " AND address = ?", (LIER,))  # fmt: skip

    handler.rules, handler.before = {}, settle
    done = send(office)
    assert done["in_doubt"] == [] and names(done["sent"]) == ["Egge barnekor"]


# what was sent by e-mail to some, and is recorded as posted


def test_who_was_refused_is_not_taken_as_posted_unless_it_is_said(office, handler) -> None:
    handler.rules = {LIER: "550 5.1.1 no such user"}
    send(office, code=3)
    refused = office.refused("letter", "sent", 1)
    assert "Lier hagelag" in refused and "--also-left-out" in refused
    assert office.json("letter", "send", 1, "--withdraw")["withdrawn"] == 0
    assert states(office)["Lier hagelag"] == "refused"
    office.ok("org", "edit", 2, "--email", "riktig@lag.example")
    assert names(send(office)["sent"]) == ["Lier hagelag"]


def test_who_was_refused_and_has_got_it_by_post_has_no_email_in_the_log(office, handler) -> None:
    handler.rules = {LIER: "550 5.1.1 no such user"}
    send(office, code=3)
    office.ok("letter", "sent", 1, "--also-left-out")
    row = office.json("letter", "show", 1, "lier")
    assert (row["sent_how"], row["sent_to"]) == ("post", None)
    said = office.ok("letter", "log", 1)
    assert "by post" in said and LIER not in said


@pytest.mark.parametrize("kept", [LIER, "sylling@lag.example"])
def test_two_of_a_batch_that_have_become_one_get_it_once(office, handler, tmp_path, kept) -> None:
    office.ok("letter", "render", "mal", "-o", tmp_path / "to", "--again")
    handler.rules = {LIER: "450 later", "egge@lag.example": "450 later"}
    send(office, code=3, batch=2)
    one, other = (2, 3) if kept == LIER else (3, 2)
    office.ok("org", "merge", one, other, "--yes")
    handler.rules = {}
    done = send(office, code=3, batch=2)
    assert names(done["sent"]) == ["Egge barnekor"]
    assert [row["why"] for row in done["skipped"]] == ["already_sent"]
    assert handler.to()[LIER] == 0
    office.refused("letter", "sent", 2)


def test_who_has_got_it_in_another_batch_is_named_and_not_recorded_again(office) -> None:
    first = office.path.parent / "to"
    office.ok("letter", "render", "mal", "lier", "-o", first)
    office.ok("letter", "sent", 2)
    done = office("letter", "sent", 1)
    assert done.code == 3 and "recorded as sent: 2 letters." in done.out
    assert "Lier hagelag  has got this letter" in done.out
    assert states(office)["Lier hagelag"] == "draft"
    assert "1 of them" in office("letter", "sent", 1, "--also-left-out").err


def test_labels_are_for_those_who_did_not_get_it_by_email(office, handler, tmp_path) -> None:
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    for name in NAMES:
        office.ok("org", "edit", name, *where)
    office.ok("org", "edit", "Lier hagelag", "--email", "")
    office.ok("letter", "render", "mal", "-o", office.folder, "--overwrite")
    done = office("letter", "send", 2, "--yes")
    assert done.code == 3 and "2 letters are sent" in done.out
    done = office("letter", "labels", "--batch", 2, "-o", tmp_path / "x.pdf", "--json")
    made = json.loads(done.out)
    assert done.code == 3 and names(made["printed"]) == ["Lier hagelag"]
    assert {row["why"] for row in made["skipped"]} == {"by_email"}
    said = office("letter", "labels", "--batch", 2, "-o", tmp_path / "y.pdf").out
    assert "Egge barnekor    has got the letter by e-mail" in said


def test_no_label_is_for_a_letter_that_lies_in_the_outbox(office, handler, tmp_path) -> None:
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    for name in NAMES:
        office.ok("org", "edit", name, *where)
    office.ok("letter", "render", "mal", "-o", office.folder, "--overwrite")
    handler.rules = {LIER: "450 later", "egge@lag.example": "drop", "sylling@lag.example": "550 no"}
    send(office, batch=2, code=3)
    done = office("letter", "labels", "--batch", 2, "-o", tmp_path / "x.pdf", "--json")
    made = json.loads(done.out)
    assert names(made["printed"]) == ["Sylling songlag"]
    assert {row["name"]: row["why"] for row in made["skipped"]} == {
        "Lier hagelag": "waits_for_email", "Egge barnekor": "email_in_doubt",
    }  # fmt: skip
    said = office("letter", "labels", "--batch", 2, "-o", tmp_path / "y.pdf").out
    assert "Lier hagelag   the letter waits to be sent by e-mail" in said
    assert "Egge barnekor  may have got the letter by e-mail" in said


@pytest.mark.parametrize("rule", ["250 OK", "450 later"])
def test_where_all_goes_by_email_no_label_is_said_to_miss_anything(
    office, handler, tmp_path, rule: str
) -> None:
    handler.rules = {LIER: rule}
    send(office, code=0 if rule == "250 OK" else 3)
    done = office("letter", "labels", "--batch", 1, "-o", tmp_path / "x.pdf", lang="nb")
    went = "De gikk på e-post og trenger" if rule == "250 OK" else "Det som går på e-post, trenger"
    assert done.code == 1 and f"{went} ingen etikett." in done.err and "mangler" not in done.err
    assert "frivillig letter log 1" in done.err


def test_drafts_go_out_from_another_address_than_they_were_written_with(
    office, serve, tmp_path
) -> None:
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("letter", "render", "mal", "-o", tmp_path / "utkast", "--format", "eml")
    handler = serve()  # which sets mail.from
    done = send(office, batch=2)
    assert names(done["sent"]) == list(NAMES) and len(handler.to()) == 3


def test_a_draft_whose_text_is_another_now_says_so(office, serve, tmp_path) -> None:
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("letter", "render", "mal", "-o", tmp_path / "utkast", "--format", "eml")
    office.ok("org", "edit", "Lier hagelag", "--name", "Lier hageselskap")
    serve()
    (left,) = send(office, batch=2, code=3)["skipped"]
    assert (left["name"], left["why"]) == ("Lier hagelag", "changed")
    assert left["answer"] == "the text is changed"


def test_who_has_got_it_at_a_shared_address_is_not_recorded_as_posted_to(
    office, handler, tmp_path
) -> None:
    office.ok("org", "add", "Lier jenter", "--email", LIER, "--street", "Veien 1",
              "--postcode", "3400", "--city", "Lier")  # fmt: skip
    office.ok("org", "edit", "Lier hagelag", "--street", "Veien 2", "--postcode", "3400",
              "--city", "Lier")  # fmt: skip
    office.ok("org", "add", "Uten epost", "--street", "Veien 3", "--postcode", "3400",
              "--city", "Lier")  # fmt: skip
    folder = tmp_path / "delt"
    office.ok("letter", "render", "mal", "lier", "-o", folder, "--one-per-address", "--again")
    done = send(office, batch=2, code=3)
    assert names(done["sent"]) == ["Lier hagelag"]
    assert ("Lier jenter", "same_address") in [(one["name"], one["why"]) for one in done["skipped"]]
    office("letter", "sent", 2, "--yes")
    now = {row["name"]: row["state"] for row in office.json("letter", "log", "2")}
    assert now["Lier jenter"] == "draft" and now["Lier hagelag"] == "sent"
    assert "Lier jenter" not in str(office.json("letter", "journal"))


def test_who_shares_an_address_and_not_the_inbox_is_named_and_has_not_got_it(
    office, handler, tmp_path
) -> None:
    home = ("--street", "Husveien 1", "--postcode", "3400", "--city", "Lier")
    office.ok("org", "edit", "Lier hagelag", *home)
    office.ok("org", "add", "Lier jenter", "--email", "jenter@lag.example", *home, "--yes")
    again = ("--one-per-address", "--again")
    office("letter", "render", "mal", "lier", "-o", tmp_path / "delt", *again)
    done = send(office, batch=2, code=3)
    assert names(done["sent"]) == ["Lier hagelag"]
    shares = {"Lier jenter": "not_reached"}
    assert {one["name"]: one["why"] for one in done["skipped"]} == shares
    office.ok("letter", "render", "mal", "jenter", "-o", tmp_path / "egen")
    office("letter", "render", "mal", "lier", "-o", tmp_path / "igjen", *again)
    office.ok("org", "edit", "Lier hagelag", "--no-mailings")
    for words in (("send", 4, "--dry-run", "--json"), ("sent", 4, "--json")):
        said = office("letter", *words)
        assert "Lier jenter" in said.out + said.err, words


def test_a_doubt_stays_where_they_may_not_be_written_to_any_more(office, handler) -> None:
    handler.rules = {LIER: "drop"}
    send(office, code=3)
    office.ok("org", "edit", "Lier hagelag", "--no-mailings")
    done = send(office, "--in-doubt", "again", code=3)
    assert names(done["in_doubt"]) == ["Lier hagelag"] and done["sent"] == []
    assert {one["name"]: one["why"] for one in done["skipped"]} == {"Lier hagelag": "opted_out"}
    assert states(office)["Lier hagelag"] == "sending"
    office.ok("letter", "send", 1, "--in-doubt", "sent", "--yes")
    assert states(office)["Lier hagelag"] == "sent"


def test_an_address_that_is_changed_while_the_others_are_sent_is_not_written_to(
    office, handler
) -> None:
    def move(_step: str, address: str) -> None:
        if address == "egge@lag.example":
            with closing(sqlite3.connect(office.path)) as other, other:
                other.execute("UPDATE org SET email = 'ny@lag.example' WHERE email = ?", (LIER,))

    handler.before = move
    done = send(office, code=3)
    assert names(done["sent"]) == ["Egge barnekor", "Sylling songlag"]
    assert {one["name"]: one["why"] for one in done["skipped"]} == {"Lier hagelag": "moved"}
    handler.before = lambda _step, _address: None
    assert names(send(office)["sent"]) == ["Lier hagelag"]
    assert handler.to() == dict.fromkeys(
        ("egge@lag.example", "sylling@lag.example", "ny@lag.example"), 1
    )


@pytest.mark.parametrize("answer", ["550 5.1.1 <{}> no such user", "drop"])
def test_no_address_of_one_who_is_protected_by_now_is_shown(office, handler, answer: str) -> None:
    secret = "siri@lie.example"
    office.ok("org", "edit", "Lier hagelag", "--email", secret)
    office.ok("letter", "render", "mal", "lier", "-o", office.path.parent / "to", "--again")
    handler.rules = {secret: answer.format(secret)}
    send(office, batch=2, code=3)
    number = office.json("volunteer", "add", "Siri Lie", "--email", secret)["id"]
    office.ok("person", "edit", number, "--protected", "--yes")
    for words in (
        ("log", 2), ("log", 2, "--json"), ("log", 2, "--csv"), ("send", 2, "--dry-run"),
        ("send", 2, "--dry-run", "--json"), ("send", 2, "--yes"), ("send", 2, "--yes", "--json"),
        ("send", 2, "--in-doubt", "again", "--yes"), ("journal",), ("journal", "--json"),
    ):  # fmt: skip
        done = office("letter", *words)
        assert secret not in done.out + done.err, words


def test_so_it_is_with_people(office, handler, tmp_path) -> None:
    (tmp_path / "templates" / "til.nb.md").write_text(
        "---\ntitle: Takk\nlanguage: nb\nrecipients: volunteer\n---\nHei.\n", "utf-8"
    )
    for name in ("Anne", "Berit"):
        office.ok("volunteer", "add", f"{name} Moe", "--email", f"{name}@moe.example".lower())
    office.ok("letter", "render", "til", "-o", tmp_path / "til")

    def move(_step: str, address: str) -> None:
        if address == "anne@moe.example":
            with closing(sqlite3.connect(office.path)) as other, other:
                other.execute("UPDATE person SET email = 'ny@moe.example' WHERE email LIKE 'ber%'")

    handler.before = move
    done = send(office, batch=2, code=3)
    assert names(done["sent"]) == ["Anne Moe"]
    assert {one["name"]: one["why"] for one in done["skipped"]} == {"Berit Moe": "moved"}
    said = office("letter", "send", 2, "--dry-run")
    assert "ny@moe.example" in said.out

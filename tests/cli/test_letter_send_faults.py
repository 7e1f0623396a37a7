"""`letter send` says what is wrong with the server, the address or the letter, and the way out."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from frivillig_cli.sources.smtp import about_address
from tests.cli.letter_outbox import NAMES, names, render, send, states


def test_a_server_of_a_misspelt_name_is_told_once_with_the_setting(office) -> None:
    for key, value in {"host": "nosuch.invalid", "from": "post@kommune.example"}.items():
        office.ok("config", "set", f"mail.{key}", value)
    render(office)
    for way in (("--test-to", "meg@kommune.example"), ()):
        said = office.refused("letter", "send", "1", "--yes", *way)
        assert "no mail server called “nosuch.invalid”" in said and "mail.host" in said
        assert "Unknown error" not in said and said.count("nosuch.invalid") == 1
    assert set(states(office).values()) == {"draft"}  # what is refused has changed nothing


def test_a_server_without_tls_is_not_told_as_a_bad_certificate(office, serve) -> None:
    handler = serve(security="none")
    office.ok("config", "set", "mail.security", "tls")
    render(office)
    said = office.refused("letter", "send", "1", "--yes")
    assert "127.0.0.1 does not speak TLS on port" in said and "mail.security" in said
    assert "certificate" not in said and handler.got == []


@pytest.mark.parametrize("greeting", [b"554 no service for you\r\n", b"421 too busy\r\n"])
def test_a_server_that_greets_with_a_no_leaves_the_outbox_as_it_was(office, greeting) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            caller, _address = server.accept()
            caller.sendall(greeting)
            caller.close()

        threading.Thread(target=greet, daemon=True).start()
        settings = {"host": "127.0.0.1", "port": server.getsockname()[1], "security": "none",
                    "from": "post@kommune.example"}  # fmt: skip
        for key, value in settings.items():
            office.ok("config", "set", f"mail.{key}", value)
        render(office)
        said = office.refused("letter", "send", "1", "--yes")
    assert "takes no letters now" in said and greeting.decode().split()[1] in said
    assert set(states(office).values()) == {"draft"}


@pytest.mark.parametrize("rule", ["data 554 5.7.1 spam limit", "550 5.7.1 relaying denied"])
def test_a_letter_that_is_refused_is_not_told_as_a_wrong_address(office, serve, rule) -> None:
    handler = serve(dict.fromkeys(NAMES[1:], rule))
    render(office)
    for _run in range(2):
        done = office("letter", "send", "1", "--yes")
        assert done.code == 3 and "5.7.1" in done.out
        assert "not the address" in done.err and "letter send 1 --retry" in done.err
        assert "Correct the address" not in done.err
    handler.rules.clear()
    assert names(send(office, "--retry")["sent"]) == list(NAMES[1:])


def test_an_address_that_is_refused_has_a_way_out_each_time(office, serve) -> None:
    serve({NAMES[0]: "550 5.1.1 no such user"})
    render(office)
    for _run in range(2):
        done = office("letter", "send", "1", "--yes")
        assert "5.1.1 no such user" in done.out
        assert "Correct the address, and send again: frivillig letter send 1" in done.err
        assert "If the address is right: frivillig letter send 1 --retry" in done.err
        assert "not the address" not in done.err


@pytest.mark.parametrize(
    ("answer", "about"),
    [
        ("550 5.1.1 no such user", True), ("550 No such user here", True),
        ("552 5.2.2 mailbox full", True), ("the server takes no address with such letters", True),
        ("554 5.7.1 spam limit", False), ("554 no", False), ("550 5.7.1 relaying denied", False),
        ("550 5.4.1 Recipient address rejected: Access denied", True),
        ("550 5.1.8 sender", False),
        ("550 SPF check failed", False), ("552 5.3.4 message too big", False),
        ("530 5.7.0 authentication required", False),
    ],
)  # fmt: skip
def test_what_a_refusal_is_about(answer: str, about: bool) -> None:
    assert about_address(answer) is about


def test_a_dry_run_leaves_out_who_is_protected_or_archived_since_it_was_queued(
    office, serve
) -> None:
    for name in ("Aase Moen", "Bo Vik", "Cato Lund"):
        office.ok("volunteer", "add", name, "--email", f"{name.split()[0].lower()}@x.example")
    text = (office.own / "mal.nb.md").read_text("utf-8").replace("org.name", "volunteer.name")
    text = text.replace("language: nb", "language: nb\nrecipients: volunteer")
    (office.own / "fri.nb.md").write_text(text, "utf-8")
    office.ok("letter", "render", "fri", "-o", office.folder)
    serve({f"{name}@x.example": "450 later" for name in ("aase", "bo", "cato")})
    send(office, code=3)
    office.ok("person", "edit", "Aase Moen", "--protected")
    office.ok("volunteer", "archive", "Bo Vik", "--yes")
    done = office("letter", "send", 1, "--dry-run")
    assert done.code == 3 and "1 letter would be sent" in done.out, done.out
    assert "aase@" not in done.out and "bo@" not in done.out and "cato@x.example" in done.out
    assert "Aase Moen  protected" in done.out and "archived" in done.out
    told = json.loads(office("letter", "send", 1, "--dry-run", "--json").out)
    assert names(told["would_send"]) == ["Cato Lund"] and "aase@" not in json.dumps(told)
    assert {row["why"] for row in told["skipped"]} == {"protected", "archived"}


def test_a_test_takes_the_letters_that_wait_after_a_first_try_that_failed(office, serve) -> None:
    serve(dict.fromkeys(NAMES, "450 later"))
    render(office)
    send(office, code=3)
    assert set(states(office).values()) == {"queued"}
    handler = serve()
    said = office.ok("letter", "send", 1, "--test-to", "meg@kommune.example", "--yes")
    assert "4 letters are sent to meg@kommune.example" in said
    assert handler.to() == {"meg@kommune.example": 4}
    assert names(send(office)["sent"]) == list(NAMES)
    done = office("letter", "send", 1, "--test-to", "meg@kommune.example", "--yes")
    assert done.code == 1 and "nothing to try" in done.err and len(handler.got) == 8


def test_a_server_that_breaks_off_each_time_is_given_up_before_all_are_in_doubt(
    office, serve
) -> None:
    handler = serve(dict.fromkeys(NAMES, "drop"))
    render(office)
    done = office("letter", "send", 1, "--yes")
    assert done.code == 3 and "In doubt, sent or not: 3" in done.out
    assert "at the end of 3 letters in a row, so no more are sent" in done.err
    assert "send the rest: frivillig letter send 1" in done.err
    assert "Wait to be sent: 1" in done.out and handler.to().total() == 3
    assert list(states(office).values()) == ["sending"] * 3 + ["queued"]
    in_bokmal = office("letter", "send", 1, "--in-doubt", "again", "--yes", lang="nb")
    assert "brutt forbindelsen på slutten av 3 brev på rad, så det sendes ikke flere" in (
        in_bokmal.err
    )
    handler.rules = {}
    assert names(send(office, "--in-doubt", "sent")["sent"]) == [NAMES[-1]]


@pytest.mark.parametrize("well", ["250 OK", "550 no such user"])
def test_a_server_that_breaks_off_now_and_then_is_not_given_up(office, serve, well: str) -> None:
    handler = serve({**dict.fromkeys(NAMES, "drop"), NAMES[2]: well})
    render(office)
    done = office("letter", "send", 1, "--yes")
    assert done.code == 3 and "in a row" not in done.err and "waits" not in done.out
    assert set(states(office).values()) == {"sending", "sent" if well[0] == "2" else "refused"}
    assert handler.to()[f"{NAMES[3].split()[0].lower()}@lag.example"] == 1


def test_a_server_that_breaks_off_at_the_last_ones_has_no_rest_to_wait(office, serve) -> None:
    serve(dict.fromkeys(NAMES[1:], "drop"))
    render(office)
    done = office("letter", "send", 1, "--yes")
    assert "In doubt, sent or not: 3" in done.out and "in a row" not in done.err


def test_a_test_stops_where_the_server_fails_time_after_time(office, serve) -> None:
    me = "meg@kommune.example"
    handler = serve({me: "drop"})
    render(office)
    done = office("letter", "send", 1, "--test-to", me, "--yes", "--json")
    told = json.loads(done.out)
    assert done.code == 3 and handler.to()[me] == 3
    assert len(told["failed"]) == 3 and told["not_tried"] == [NAMES[3]] and told["sent"] == 0
    said = office("letter", "send", 1, "--test-to", me, "--yes")
    assert "failed 3 times in a row. Not tried: 1" in said.err


@pytest.mark.parametrize("rule", ["data 554 5.7.1 spam limit", "550 5.7.1 relaying denied"])
def test_a_server_that_refuses_each_letter_is_given_up_before_it_blocks_the_sender(
    office, serve, rule
) -> None:
    handler = serve(dict.fromkeys(NAMES, rule))
    render(office)
    done = office("letter", "send", 1, "--yes")
    assert done.code == 3 and "Refused by the mail server: 3" in done.out
    assert "has refused 3 letters in a row, and not for their addresses, so no more" in done.err
    assert "send those and the rest: frivillig letter send 1 --retry" in done.err
    assert "Wait to be sent: 1" in done.out and done.err.count("letter send 1") == 1
    assert list(states(office).values()) == ["refused"] * 3 + ["queued"]
    handler.rules = {}
    assert sorted(names(send(office, "--retry")["sent"])) == sorted(NAMES)


def test_addresses_that_are_refused_one_after_the_other_do_not_stop_the_rest(office, serve) -> None:
    serve(dict.fromkeys(NAMES, "550 5.1.1 no such user"))
    render(office)
    done = office("letter", "send", 1, "--yes")
    assert "Refused by the mail server: 4" in done.out and "in a row" not in done.err
    assert "Correct the address" in done.err

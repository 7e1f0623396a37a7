"""`letter send` against a real mail server: nobody twice, nobody lost, whatever happens."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

import frivillig_cli
from tests.cli.letter_outbox import NAMES, address, names, render, send, states

PACKAGE = Path(frivillig_cli.__file__).parent

# off until it is set up


def test_it_is_off_until_it_is_set_up_and_says_what_to_set(office) -> None:
    render(office)
    said = office.refused("letter", "send", "1", "--yes")
    assert "mail.host" in said and "mail.from" in said
    office.ok("config", "set", "mail.host", "127.0.0.1")
    said = office.refused("letter", "send", "1", "--yes")
    assert "mail.host" not in said and "mail.from" in said
    assert len(json.loads(office("letter", "send", "1", "--dry-run", "--json").out)["would_send"])


@pytest.mark.parametrize("key, value", [
    ("port", "70000"), ("port", "x"), ("security", "ssl"), ("per_minute", "0"), ("from", "ola"),
])  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(office, key: str, value: str) -> None:
    office.refused("config", "set", f"mail.{key}", value)


def test_a_setting_written_by_hand_is_checked_before_anything_is_sent(office, serve) -> None:
    serve()
    render(office)
    config = Path(os.environ["FRIVILLIG_CONFIG"])
    config.write_text(config.read_text().replace('security = "none"', 'security = "nei"'))
    assert "starttls" in office.refused("letter", "send", "1", "--yes")


def test_there_is_no_setting_for_a_password(office) -> None:
    office.refused("config", "set", "mail.password", "x")


# what is sent


def test_each_gets_the_text_the_html_and_the_pdf_of_their_letter(office, serve) -> None:
    handler = serve()
    files = render(office)
    done = send(office)
    assert names(done["sent"]) == list(NAMES) and done["status"] == "sent"
    assert handler.to() == dict.fromkeys(map(address, NAMES), 1)
    message = handler.got[0].message
    assert message["Subject"] == "Åpen dag" and message["From"].addresses[0].addr_spec == (
        "post@kommune.example"
    )
    assert message["To"].addresses[0].display_name == "Egge barnekor"
    assert message["Date"].datetime.year == 2026
    text = message.get_body(("plain",)).get_content()
    assert "Hei, Egge barnekor." in text and "\n.punktum" in text
    assert "Hei, Egge barnekor." in message.get_body(("html",)).get_content()
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Åpen-dag.pdf"
    assert pdf.get_payload(decode=True) == files["Egge barnekor"].read_bytes()
    assert len({one.message["Message-ID"] for one in handler.got}) == 4


def test_what_was_sent_is_kept_byte_for_byte(office, serve, tmp_path) -> None:
    handler = serve()
    files = render(office, "--case-number", "2026/7")
    pdf = files["Lier hagelag"].read_bytes()
    send(office)
    row = office.json("letter", "show", "1", "lier")
    assert (row["sent_how"], row["sent_to"]) == ("email", "lier@lag.example")
    assert row["document_number"] == "2026/7-2" and "Hei, Lier hagelag." in row["text"]
    got = next(one for one in handler.got if one.to == "lier@lag.example")
    for ending, data in (("eml", got.data), ("pdf", pdf)):
        to = tmp_path / f"x.{ending}"
        office.ok("letter", "show", "1", "lier", "-o", to)
        assert to.read_bytes() == data
    assert "by e-mail" in office.ok("letter", "show", "1", "lier")
    assert len(office.json("letter", "journal", "how:email")) == 4
    assert office("doctor").code == 0


def test_what_is_sent_is_sent_and_cannot_be_undone(office, serve) -> None:
    serve()
    render(office)
    send(office)
    assert "what is sent is sent" in office.refused("undo")
    assert [row["command"] for row in office.json("history", "--limit", "2")] == [
        "letter send", "letter render",
    ]  # fmt: skip


def test_nothing_is_sent_without_a_yes(office, serve) -> None:
    handler = serve()
    render(office)
    office.refused("letter", "send", "1")
    assert handler.got == [] and set(states(office).values()) == {"draft"}


def test_a_dry_run_sends_nothing_and_says_who(office, serve) -> None:
    handler = serve()
    office.ok("org", "edit", "2", "--email", "", "--postcode", "3410", "--city", "Lier")
    render(office)
    done = office("letter", "send", "1", "--dry-run", "--json")
    assert done.code == 3 and handler.got == []
    assert names(json.loads(done.out)["skipped"]) == ["Lier hagelag"]
    assert set(states(office).values()) == {"draft"}


def test_a_trial_goes_to_oneself_marked_and_is_not_recorded(office, serve) -> None:
    handler = serve()
    render(office)
    done = send(office, "--test-to", "meg@kommune.example")
    assert done["sent"] == 4 and handler.to() == {"meg@kommune.example": 4}
    subject = handler.got[0].message["Subject"]
    assert "TEST" in subject and "egge@lag.example" in subject
    assert set(states(office).values()) == {"draft"}
    assert office.json("history", "--limit", "1")[0]["command"] == "letter render"
    numbers = {one.message["Message-ID"] for one in handler.got}
    send(office)
    assert not numbers & {one.message["Message-ID"] for one in handler.got[4:]}


def test_who_has_no_email_is_listed_and_can_be_posted_afterwards(office, serve) -> None:
    handler = serve()
    office.ok("org", "edit", "2", "--email", "", "--postcode", "3410", "--city", "Lier")
    render(office)
    done = send(office, code=3)
    assert [(row["name"], row["why"]) for row in done["skipped"]] == [("Lier hagelag", "no_email")]
    assert len(handler.got) == 3 and done["status"] == "partly"
    assert "3 of 4" in office.ok("letter", "log")
    office.ok("letter", "sent", "1")
    log = {row["name"]: row["sent_how"] for row in office.json("letter", "log", "1")}
    assert log["Lier hagelag"] == "post" and log["Egge barnekor"] == "email"
    assert send(office)["sent"] == []


def test_the_address_of_today_is_used_and_who_must_not_be_written_to_is_not(office, serve) -> None:
    handler = serve()
    render(office)
    office.ok("org", "edit", "1", "--email", "ny@lag.example")
    office.ok("org", "archive", "2")
    office.ok("org", "edit", "3", "--no-mailings")
    done = send(office, code=3)
    assert set(handler.to()) == {"ny@lag.example", "tranby@lag.example"}
    assert {row["name"]: row["why"] for row in done["skipped"]} == {
        "Lier hagelag": "archived", "Sylling songlag": "opted_out",
    }  # fmt: skip


def test_a_letter_that_would_be_another_one_now_is_not_sent(office, serve) -> None:
    handler = serve()
    files = render(office)
    office.ok("org", "edit", "1", "--name", "Egge jentekor")
    written = files["Tranby vel"].read_bytes()
    files["Tranby vel"].write_bytes(b"rettet for hand")
    done = send(office, code=3)
    assert {row["why"] for row in done["skipped"]} == {"changed"} and len(handler.got) == 2
    assert {row["answer"] for row in done["skipped"]} == {
        "the name or the address is changed", "the file has been changed by hand",
    }  # fmt: skip
    files["Tranby vel"].write_bytes(written)
    told = office("letter", "send", "1", "--dry-run")
    assert "another one now: the name or the address is changed" in " ".join(told.out.split())
    assert "frivillig letter render mal id:1 -o" in " ".join(told.err.split())
    (office.own / "mal.nb.md").write_text("---\ntitle: Nytt\nlanguage: nb\n---\nHei.\n", "utf-8")
    assert "was changed" in office.refused("letter", "send", "1", "--yes")
    assert len(handler.got) == 2


@pytest.mark.parametrize("zipped", [False, True])
def test_a_letter_that_somebody_has_taken_out_of_the_folder_is_not_sent(
    office, serve, zipped: bool
) -> None:
    handler = serve()
    if zipped:
        office.folder = office.folder.with_suffix(".zip")
    files = render(office)
    if zipped:
        with zipfile.ZipFile(office.folder) as was:
            kept = {n: was.read(n) for n in was.namelist() if "Tranby" not in n}
        with zipfile.ZipFile(office.folder, "w") as now:
            for name, data in kept.items():
                now.writestr(name, data)
    else:
        files["Tranby vel"].unlink()
    done = send(office, code=3)
    assert names(done["sent"]) == list(NAMES[:3]) and len(handler.got) == 3
    assert [(row["name"], row["answer"]) for row in done["skipped"]] == [
        ("Tranby vel", "the file is gone")
    ]


def test_letters_that_are_all_moved_elsewhere_are_sent_all_the_same(office, serve) -> None:
    serve()
    render(office)
    office.folder.rename(office.folder.with_name("flyttet"))
    for words in (["--dry-run"], ["--test-to", "x@y.example", "--yes"]):
        said = office("letter", "send", "1", *words)
        assert ("not in" in said.err and "made anew" in said.err) == (words == ["--dry-run"])
    assert names(send(office)["sent"]) == list(NAMES)


@pytest.mark.parametrize("zipped", [False, True])
def test_another_file_of_the_same_name_is_none_of_the_letters_that_were_moved(
    office, serve, zipped: bool
) -> None:
    serve()
    if zipped:
        office.folder = office.folder.with_suffix(".zip")
    files = render(office)
    office.folder.rename(office.folder.with_name("flyttet"))
    if zipped:
        with zipfile.ZipFile(office.folder, "w") as other:
            other.writestr(files["Tranby vel"].name, b"another")
    else:
        office.folder.mkdir()
        files["Tranby vel"].write_bytes(b"another")
    said = office("letter", "send", "1", "--dry-run")
    assert "made anew" in said.err and "3 letters would be sent" in said.out
    done = send(office, code=3)
    assert names(done["sent"]) == list(NAMES[:3])
    assert [(row["name"], row["answer"]) for row in done["skipped"]] == [
        ("Tranby vel", "the file has been changed by hand")
    ]


def test_letters_that_are_all_changed_by_hand_are_not_told_to_be_gone(office, serve) -> None:
    serve()
    for file in render(office).values():
        file.write_bytes(b"another")
    said = office("letter", "send", "1", "--dry-run")
    assert "made anew" not in said.err and "0 letters would be sent" in said.out


def test_letters_in_one_file_cannot_be_sent_each_to_its_own(office, serve) -> None:
    serve()
    render(office, "--merge")
    assert "in one file" in office.refused("letter", "send", "1", "--yes")


def test_who_got_it_from_another_batch_gets_it_no_more(office, serve) -> None:
    handler = serve()
    render(office)
    render(office, "egge")
    send(office, batch=2)
    done = send(office, code=3)
    assert {row["name"]: row["why"] for row in done["skipped"]} == {"Egge barnekor": "already_sent"}
    assert set(handler.to().values()) == {1}
    office.folder = office.folder / "igjen"
    render(office, "egge", "--again")
    send(office, batch=3)
    assert handler.to()["egge@lag.example"] == 2


# what goes wrong


def test_a_server_that_says_later_is_asked_again_later(office, serve) -> None:
    handler = serve({"Lier hagelag": "451 4.7.1 greylisted", "Tranby vel": "data 452 full"})
    render(office)
    done = send(office, code=3)
    assert names(done["waiting"]) == ["Lier hagelag", "Tranby vel"]
    assert "greylisted" in done["waiting"][0]["answer"]
    assert states(office)["Lier hagelag"] == "queued"
    handler.rules.clear()
    done = send(office)
    assert names(done["sent"]) == ["Lier hagelag", "Tranby vel"] and done["status"] == "sent"
    assert set(handler.to().values()) == {1}


def test_an_address_that_is_refused_is_listed_and_tried_once_it_is_another(office, serve) -> None:
    handler = serve({"Lier hagelag": "550 5.1.1 no such user", "Tranby vel": "data 554 no"})
    render(office)
    done = send(office, code=3)
    assert names(done["refused"]) == ["Lier hagelag", "Tranby vel"]
    done = send(office, code=3)
    assert done["sent"] == [] and {row["why"] for row in done["skipped"]} == {"refused"}
    assert "no such user" in done["skipped"][0]["answer"]
    office.ok("org", "edit", "2", "--email", "riktig@lag.example")
    assert names(send(office, code=3)["sent"]) == ["Lier hagelag"]
    handler.rules.clear()
    assert names(send(office, "--retry")["sent"]) == ["Tranby vel"]
    assert sum(handler.to().values()) == 4


def test_a_server_that_drops_in_the_middle_leaves_one_in_doubt(office, serve) -> None:
    handler = serve({"Lier hagelag": "drop"})
    render(office)
    done = send(office, code=3)
    assert names(done["in_doubt"]) == ["Lier hagelag"] and len(done["sent"]) == 3
    assert names(send(office, code=3)["in_doubt"]) == ["Lier hagelag"]
    assert handler.to()["lier@lag.example"] == 1
    office.refused("letter", "sent", "1")
    assert names(send(office, "--in-doubt", "sent")["sent"]) == []
    assert states(office)["Lier hagelag"] == "sent"
    assert handler.to()["lier@lag.example"] == 1


def test_the_log_of_a_batch_that_is_all_in_doubt_says_so(office, serve) -> None:
    serve({"Lier hagelag": "drop"})
    render(office, "Lier")
    send(office, code=3)
    done = office("letter", "log", "1")
    assert "0 of 1 are sent. In doubt, sent or not: 1" in done.err and "None" not in done.err
    assert "--in-doubt sent (or again)" in done.err
    assert "None" not in office.ok("letter", "log")


def test_one_in_doubt_is_sent_again_only_when_told(office, serve) -> None:
    handler = serve({"Lier hagelag": "drop"})
    render(office)
    send(office, code=3)
    handler.rules.clear()
    assert names(send(office, "--in-doubt", "again")["sent"]) == ["Lier hagelag"]
    first, second = (g for g in handler.got if g.to == "lier@lag.example")
    assert first.message["Message-ID"] == second.message["Message-ID"]


def test_a_server_that_is_not_there_leaves_the_outbox_as_it_was(office, serve) -> None:
    serve()
    port = office.json("config", "get", "mail.port")["mail.port"]
    office.ok("config", "set", "mail.port", "1")
    render(office)
    said = office.refused("letter", "send", "1", "--yes")
    assert "127.0.0.1 cannot be reached on port 1: nobody answers there." in said
    assert states(office) == dict.fromkeys(NAMES, "draft")
    office.ok("config", "set", "mail.port", port)
    assert names(send(office)["sent"]) == list(NAMES)
    again = office("letter", "send", "1", "--yes")
    assert again.code == 0 and "No letter of it waits" in again.err
    assert "letter log 1" in again.err


def test_what_lies_in_the_outbox_is_told_with_both_ways_out(office, serve) -> None:
    handler = serve(dict.fromkeys(NAMES[1:], "450 later"))
    render(office)
    send(office, code=3)
    office.folder = office.folder / "igjen"
    for words in (("log", 1), ("sent", 1), ("render", "mal", "-o", office.folder)):
        said = office("letter", *words).err
        assert "3 letters of batch 1 lie in the outbox" in said, words
        assert "Send them: frivillig letter send 1. Or" in said and "send 1 --withdraw" in said
    handler.rules.clear()
    assert names(send(office)["sent"]) == list(NAMES[1:])
    assert "lie in the outbox" not in office("letter", "log", 1).err


def test_what_is_told_of_the_outbox_is_worded_in_one_place() -> None:
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    for said in ("of batch {id} lies in the outbox", "Or take them out of it: {withdraw}"):
        assert sum(source.count(said) for source in sources) == 1


def test_the_outbox_can_be_emptied_and_the_letters_posted(office, serve) -> None:
    serve(dict.fromkeys(NAMES, "450 later"))
    render(office)
    send(office, code=3)
    assert "outbox" in office.refused("letter", "sent", "1")
    assert office.json("letter", "send", "1", "--withdraw")["withdrawn"] == 4
    office.ok("letter", "sent", "1")


def test_options_that_do_not_go_together_are_refused(office) -> None:
    office.refused("letter", "send", "1", "--dry-run", "--withdraw", code=2)
    said = office.refused("letter", "send", "1", "--in-doubt", "kanskje", code=2)
    assert "--in-doubt is sent or again." in said and "--in-doubt REF=sent" in said
    office.refused("letter", "send", "9", "--dry-run")

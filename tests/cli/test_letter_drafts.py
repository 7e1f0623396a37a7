"""`letter render --format eml`: drafts that a mail program opens; reminders as drafts too."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import mailparser
import pytest

from tests.mailserver import Handler, MailServer

TEXT = "---\ntitle: Åpen dag hos {{ org.name }}\nlanguage: nb\n---\nHei, {{ org.name }}.\n"


@pytest.fixture
def office(cli, tmp_path):
    cli.ok("org", "add", "Egge barnekor", "--email", "egge@lag.example")
    cli.ok("org", "add", "Ærlige Lier, Lier & Co", "--email", "lier@lag.example",
           "--street", "Storveien 1", "--postcode", "3400", "--city", "Lier")  # fmt: skip
    cli.ok("org", "add", "Tranby vel", "--street", "Veien 1", "--postcode", "3400",
           "--city", "Lier")  # fmt: skip
    cli.ok("config", "set", "letterhead.email", "post@lier.example")
    cli.ok("config", "set", "letterhead.unit", "Frivilligsentralen")
    cli.folder = tmp_path / "brev"
    (tmp_path / "templates").mkdir()
    cli.template = tmp_path / "templates" / "mal.nb.md"
    cli.template.write_text(TEXT, "utf-8")
    return cli


def render(office, *words: object, code: int = 3) -> dict:
    done = office("letter", "render", "mal", *words, "-o", office.folder, "--format", "eml",
                  "--json")  # fmt: skip
    assert done.code == code, done.err
    return json.loads(done.out)


def message(path: object) -> EmailMessage:
    found = message_from_bytes(Path(str(path)).read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_each_gets_a_draft_and_who_has_no_email_is_left_out_with_the_reason(office) -> None:
    done = render(office)
    assert done["format"] == "eml"
    assert {row["name"]: row["why"] for row in done["skipped"]} == {"Tranby vel": "no_email"}
    drafts = {row["name"]: message(row["file"]) for row in done["rendered"]}
    assert all(row["file"].endswith(".eml") for row in done["rendered"]) and len(drafts) == 2
    one = drafts["Ærlige Lier, Lier & Co"]
    assert one["To"].addresses[0].display_name == "Ærlige Lier, Lier & Co"
    assert one["To"].addresses[0].addr_spec == "lier@lag.example"
    assert one["From"].addresses[0].addr_spec == "post@lier.example"
    assert one["Subject"] == "Åpen dag hos Ærlige Lier, Lier & Co" and one["X-Unsent"] == "1"
    assert one["Date"] is None  # until it is sent
    (pdf,) = one.iter_attachments()
    assert pdf.get_payload(decode=True).startswith(b"%PDF-")
    assert len({one["Message-ID"] for one in drafts.values()}) == 2
    mail = mailparser.parse_from_file(done["rendered"][0]["file"])
    assert mail.to == [("Egge barnekor", "egge@lag.example")] and not mail.has_defects
    log = office.json("letter", "log", "1")
    assert {row["name"]: row["address"] for row in log}["Egge barnekor"] == "egge@lag.example"
    said = office("letter", "render", "mal", "-o", office.folder, "--format", "eml")
    assert "no e-mail address" in said.out and "letter sent 2" in said.err + said.out


def test_the_same_drafts_are_the_same_bytes(office, tmp_path) -> None:
    first = [Path(row["file"]).read_bytes() for row in render(office)["rendered"]]
    office.folder = tmp_path / "igjen"
    assert first == [Path(row["file"]).read_bytes() for row in render(office)["rendered"]]


def test_the_settings_of_the_mail_server_say_who_it_is_from_before_the_letterhead(office) -> None:
    office.ok("config", "set", "mail.from", "frivillig@lier.example")
    draft = message(render(office)["rendered"][0]["file"])
    assert draft["From"].addresses[0].addr_spec == "frivillig@lier.example"


def test_without_an_address_to_send_from_no_draft_is_made(office) -> None:
    office.ok("config", "set", "letterhead.email", "")
    said = office.refused("letter", "render", "mal", "-o", office.folder, "--format", "eml")
    assert "letterhead.email" in said and not office.folder.exists()


def test_drafts_are_not_merged(office) -> None:
    said = office.refused("letter", "render", "mal", "-o", office.folder, "--format", "eml",
                          "--merge", code=2)  # fmt: skip
    assert "--merge" in said


def test_a_preview_as_a_draft(office, tmp_path) -> None:
    path = tmp_path / "se.eml"
    office.ok("letter", "preview", "mal", "Egge barnekor", "-o", path)
    assert message(path)["To"].addresses[0].addr_spec == "egge@lag.example"
    again = ("letter", "preview", "mal", "Tranby vel", "-o", path)
    assert "--overwrite" in office.refused(*again)
    done = office(*again, "--overwrite")
    assert done.code == 0 and "no e-mail address" in done.err
    assert "To" not in message(path) and message(path)["Subject"]


def test_drafts_that_were_sent_are_recorded_as_sent_by_email_and_shown_again(
    office, tmp_path
) -> None:
    made = {row["name"]: Path(row["file"]).read_bytes() for row in render(office)["rendered"]}
    office.ok("letter", "sent", "1")
    rows = {row["name"]: row for row in office.json("letter", "log", "1")}
    one = rows["Egge barnekor"]
    assert (one["sent_how"], one["sent_to"]) == ("email", "egge@lag.example")
    office.ok("letter", "show", "1", "Egge", "-o", tmp_path / "ut.eml")
    assert (tmp_path / "ut.eml").read_bytes() == made["Egge barnekor"]
    assert "Hei, Egge barnekor." in office.ok("letter", "show", "1", "Egge")
    office.refused("letter", "render", "mal", "-o", office.folder, "--format", "eml")


def test_drafts_that_another_batch_wrote_over_were_not_sent(office) -> None:
    render(office)
    office.template.write_text(TEXT.replace("Hei", "Hallo"), "utf-8")
    render(office)
    assert "written over" in office.refused("letter", "sent", "1")


def test_a_batch_of_drafts_can_be_sent_from_here(office) -> None:
    files = render(office)["rendered"]
    handler = Handler({})
    server = MailServer(handler)
    try:
        for key, value in {"host": "127.0.0.1", "port": server.port, "security": "none",
                           "per_minute": 10000}.items():  # fmt: skip
            office.ok("config", "set", f"mail.{key}", value)
        done = json.loads(office("letter", "send", "1", "--yes", "--json").out)
    finally:
        server.stop()
    assert [row["name"] for row in done["sent"]] == ["Egge barnekor", "Ærlige Lier, Lier & Co"]
    got = {one.to: one.message for one in handler.got}
    sent, draft = got["egge@lag.example"], message(files[0]["file"])
    assert "X-Unsent" not in sent and sent["Subject"] == draft["Subject"]
    (pdf,), (drafted) = sent.iter_attachments(), next(draft.iter_attachments())
    assert pdf.get_payload(decode=True) == drafted.get_payload(decode=True)


# reminders


@pytest.fixture
def survey(office, tmp_path):
    office.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    office.ok("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org")
    return office


def test_a_reminder_goes_as_a_draft_and_never_twice(survey) -> None:
    words = ("survey", "remind", "1", "-o", survey.folder, "--format", "eml", "--json")
    done = survey(*words)
    assert done.code == 3
    data = json.loads(done.out)
    assert [row["why"] for row in data["skipped"]] == ["no_email"] and data["format"] == "eml"
    drafts = [message(row["file"]) for row in data["rendered"]]
    assert {one["To"].addresses[0].addr_spec for one in drafts} == {
        "egge@lag.example", "lier@lag.example",
    }  # fmt: skip
    again = json.loads(survey(*words).out)
    assert again["rendered"] == []
    assert [row["why"] for row in again["skipped"]].count("recently_reminded") == 2
    assert len(survey.json("letter", "log")) == 1


def test_who_wants_no_mailings_is_reminded_only_when_asked_for(survey) -> None:
    survey.ok("org", "edit", "1", "--no-mailings")
    words = ("survey", "remind", "1", "-o", survey.folder, "--format", "eml", "--json")
    data = json.loads(survey(*words).out)
    assert {row["name"]: row["why"] for row in data["skipped"]}["Egge barnekor"] == "opted_out"
    data = json.loads(survey(*words, "--also-opted-out").out)
    assert [row["name"] for row in data["rendered"]] == ["Egge barnekor"]


def test_attachments_that_a_letter_names_are_told_of_before_it_is_sent(cli, tmp_path) -> None:
    cli.ok("org", "add", "Egge barnekor", "--email", "egge@lag.example")
    cli.ok("config", "set", "letterhead.email", "post@elvdal.example")
    (tmp_path / "templates").mkdir()
    head = "---\ntitle: Åpen dag\nlanguage: nb\nattachments: [Program, Kart]\n---\n"
    (tmp_path / "templates" / "mal.nb.md").write_text(f"{head}Hei.\n", "utf-8")
    made = cli("letter", "render", "mal", "-o", tmp_path / "brev", "--format", "eml")
    assert made.code == 0 and "only the letter is attached" in made.err
    tried = cli("letter", "send", "1", "--dry-run")
    assert "names attachments: Program, Kart." in tried.err
    assert "Only the letter itself is attached." in tried.err

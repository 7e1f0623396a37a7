"""A letter that was posted to somebody who is protected by now."""

from __future__ import annotations

import re

from tests.cli.letter_outbox import begin

HOME = ("--street", "Elva 1", "--postcode", "3410", "--city", "Sylling")


def test_it_is_not_said_to_be_without_an_address_nor_to_be_sent_by_email(cli, tmp_path) -> None:
    office = begin(cli, tmp_path)
    (office.own / "fri.nb.md").write_text(
        "---\ntitle: Hei\nlanguage: nb\nrecipients: volunteer\n---\nHei.\n", "utf-8"
    )
    office.ok("volunteer", "add", "Aud Hagen", "--email", "aud@x.example", *HOME)
    office.ok("volunteer", "add", "Bo Vik", "--email", "bo@x.example")
    office("letter", "render", "fri", "-o", office.folder)
    office.ok("person", "edit", "Aud Hagen", "--protected")
    done = office("letter", "sent", 1, "--also-left-out")
    assert done.code == 0 and "2 letters" in done.out and "Aud" not in done.err
    assert "1 letter has no postal address, only an e-mail address: Bo Vik." in done.err


def test_a_namesake_of_somebody_protected_is_written_to_as_anybody(cli, tmp_path) -> None:
    """The name on the envelope is then another's: of an association's leader, or a volunteer."""
    office = begin(cli, tmp_path)
    for name in ("fri", "lag"):
        kind = {"fri": "volunteer", "lag": "org"}[name]
        (office.own / f"{name}.nb.md").write_text(
            f"---\ntitle: Hei\nlanguage: nb\nrecipients: {kind}\n---\nHei.\n", "utf-8"
        )
    office.ok("org", "add", "Åros lag", *HOME)
    office.ok("org", "add", "Zoar lag", *HOME)
    office.ok("contact", "add", "Åros lag", "Kari Hansen", "--role", "leader")
    office.ok("contact", "add", "Zoar lag", "Kari Hansen", "--role", "leader", "--new-person")
    office.ok("volunteer", "add", "Kari Hansen", "--new-person", *HOME)
    office.ok("person", "edit", 2, "--protected")
    office("letter", "render", "lag", "name:lag", "-o", office.folder / "lag")
    office("letter", "render", "fri", "-o", office.folder / "fri")
    sent = office("letter", "sent", 1, "--yes")
    assert sent.code == 0 and "protected" not in sent.out, sent.out
    assert office("letter", "sent", 2, "--yes").code == 0
    to = {row["name"]: row["address"] for row in office.json("letter", "log", 1)}
    assert "Kari Hansen" in str(to["Åros lag"]) and "Kari Hansen" not in str(to["Zoar lag"])


def test_who_was_written_to_before_being_protected_is_not_shown_for_a_namesake_there(
    cli, tmp_path
) -> None:
    office = begin(cli, tmp_path)
    (office.own / "lag.nb.md").write_text("---\ntitle: Hei\nlanguage: nb\n---\nHei.\n", "utf-8")
    office.ok("org", "add", "Zoar lag", *HOME)
    office.ok("contact", "add", "Zoar lag", "Kari Hansen", "--role", "leader")
    office.ok("contact", "add", "Zoar lag", "Kari Hansen", "--role", "treasurer", "--new-person")
    office("letter", "render", "lag", "name:Zoar", "-o", office.folder / "lag")
    office.ok("person", "edit", 1, "--protected")
    assert office.json("letter", "log", 1)[0]["address"] is None


def test_the_log_says_whose_draft_is_held_back_for_somebody_protected(cli, tmp_path) -> None:
    office = begin(cli, tmp_path)
    for name, kind in {"fri": "volunteer", "lag": "org"}.items():
        (office.own / f"{name}.nb.md").write_text(
            f"---\ntitle: Hei\nlanguage: nb\nrecipients: {kind}\n---\nHei.\n", "utf-8"
        )
    office.ok("org", "add", "Zoar lag", *HOME[:1], "Vei 1", *HOME[2:])
    office.ok("contact", "add", "Zoar lag", "Aud Hagen", "--role", "leader")
    office.ok("volunteer", "add", "Aud Hagen", "--person", 1, "--email", "aud@x.example")
    office.ok("volunteer", "add", "Bo Vik", "--email", "bo@x.example")
    office("letter", "render", "fri", "-o", office.folder / "fri")
    office("letter", "render", "lag", "-o", office.folder / "lag")
    office.ok("person", "edit", "Aud Hagen", "--protected")
    held = r"Aud Hagen .*\bprotected"
    assert re.search(held, office.ok("letter", "log", 1))
    assert office.ok("letter", "log", 1).count("protected") == 1
    assert re.search(r"Zoar lag .*names somebody who is protected", office.ok("letter", "log", 2))
    office("letter", "sent", 1, "--yes")
    assert re.search(held, office.ok("letter", "log", 1))  # where the others are sent

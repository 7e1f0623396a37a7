"""A letter that was posted to somebody who is protected by now."""

from __future__ import annotations

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

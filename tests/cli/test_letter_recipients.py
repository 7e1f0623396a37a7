"""To whom: references in a file, opting out, the contact person's address, one a household."""

from __future__ import annotations

import json

import pytest

from tests.cli.hostile import BIRTH_NUMBER, no_birth_number_in


@pytest.fixture
def office(cli, tmp_path):
    """Associations 1 to 4; 1 and 2 share an e-mail address, 1 and 3 a postal one."""
    house = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", "--email", "felles@x.example", *house)
    cli.ok("org", "add", "Egge barnekor", "--email", "FELLES@x.example")
    cli.ok("org", "add", "Aas vel", *house)
    cli.ok("org", "add", "Lier hagelag", "--email", "hage@x.example")
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, to in (("mal", "org"), ("til-frivillig", "volunteer")):
        head = f"---\ntitle: Et brev\nlanguage: nb\nrecipients: {to}\n---\nHei.\n"
        (folder / f"{name}.nb.md").write_text(head, "utf-8")
    cli.folder = tmp_path / "brev"
    return cli


def render(office, *words: object, template: str = "mal", code: int = 3) -> dict:
    done = office("letter", "render", template, *words, "-o", office.folder,
                  "--format", "txt", "--json")  # fmt: skip
    assert done.code == code, done.err
    return json.loads(done.out)


def got(made: dict) -> list[str]:
    return [row["name"] for row in made["rendered"]]


def why(made: dict) -> dict[str, str]:
    return {row["name"]: row["why"] for row in made["skipped"]}


def test_a_file_of_references_is_written_to_in_its_order_each_once(office, tmp_path) -> None:
    refs = tmp_path / "refs.txt"
    refs.write_text("\ufeff# styret\n4\negge\n\n4\n", "utf-8")
    assert got(render(office, "--refs", refs, code=0)) == ["Lier hagelag", "Egge barnekor"]


def test_an_unknown_and_an_ambiguous_reference_are_listed_with_why(office, tmp_path) -> None:
    refs = tmp_path / "refs.txt"
    refs.write_text(f"Finnes ikke\nl\n4\n{BIRTH_NUMBER}\n", "utf-8")
    done = office("letter", "render", "mal", "--refs", refs, "-o", office.folder, "--json")
    made = json.loads(done.out)
    assert done.code == 3 and got(made) == ["Lier hagelag"]
    assert why(made) == {"Finnes ikke": "unknown", "l": "ambiguous", "010170*****": "unknown"}
    no_birth_number_in(done.out + done.err + office("letter", "log", "1", "--json").out)


def test_references_of_people_who_are_no_volunteers_are_left_out(office, tmp_path) -> None:
    office.ok("volunteer", "add", "Kari Nordli", "--email", "kari@x.example")
    refs = tmp_path / "refs.txt"
    refs.write_text("kari\nSylling songlag\n", "utf-8")
    made = render(office, "--refs", refs, template="til-frivillig")
    assert got(made) == ["Kari Nordli"] and why(made) == {"Sylling songlag": "unknown"}


def test_a_query_and_references_do_not_go_together(office, tmp_path) -> None:
    refs = tmp_path / "refs.txt"
    refs.write_text("4\n", "utf-8")
    words = ("letter", "render", "mal", "hage", "--refs", refs, "-o", office.folder)
    office.refused(*words, code=2)
    for content in (b"", b"# bare dette\n", b"\0\1"):
        refs.write_bytes(content)
        office.refused("letter", "render", "mal", "--refs", refs, "-o", office.folder)
    office.refused("letter", "render", "mal", "--refs", tmp_path / "no", "-o", office.folder)
    office.refused("letter", "render", "mal", "--to", "styret", "-o", office.folder, code=2)


def test_who_wants_no_mailings_is_left_out_unless_it_must_reach_all(office) -> None:
    shown = office.json("org", "edit", "4", "--no-mailings")
    assert shown["mailings"] is False and shown["no_mailings"] == "2026-11-23"
    assert "no mailings since" in office.ok("org", "show", "4")
    assert [org["id"] for org in office.json("org", "list", "mailings:no")] == [4]
    assert [org["id"] for org in office.json("org", "list", "mailings:yes")] == [2, 1, 3]
    assert why(render(office)) == {"Lier hagelag": "opted_out"}
    assert "Lier hagelag" in got(render(office, "--also-opted-out", code=0))
    assert office.json("org", "edit", "4", "--mailings")["mailings"] is True
    assert "Lier hagelag" in got(render(office, code=0))


def test_a_volunteer_can_opt_out_too(office) -> None:
    for name in ("Kari Nordli", "Ola Vik"):
        office.ok("volunteer", "add", name, "--email", f"{name[:3]}@x.example")
    assert office.json("volunteer", "edit", "kari", "--no-mailings")["mailings"] is False
    assert office.json("person", "edit", "kari", "--no-mailings")["no_mailings"] == "2026-11-23"
    assert "no mailings since" in office.ok("person", "show", "kari")
    assert [one["name"] for one in office.json("volunteer", "list", "mailings:no")] == [
        "Kari Nordli"
    ]
    assert why(render(office, template="til-frivillig")) == {"Kari Nordli": "opted_out"}


def test_who_has_opted_out_stays_so_when_two_are_merged(office) -> None:
    office.ok("org", "edit", "4", "--no-mailings")
    office.ok("org", "merge", "2", "4", "--yes")
    assert office.json("org", "show", "2")["mailings"] is False


def test_those_who_share_an_address_get_one_letter_and_are_listed_with_whom(office) -> None:
    made = render(office, "--one-per-address")
    assert got(made) == ["Egge barnekor", "Lier hagelag", "Aas vel"]
    shared = {row["name"]: row["with"] for row in made["skipped"]}
    assert {row["why"] for row in made["skipped"]} == {"same_address"}
    # by name: Egge, Lier, Sylling, Aas; Sylling has Egge's e-mail
    assert shared == {"Sylling songlag": "Egge barnekor"}
    said = office("letter", "render", "mal", "--one-per-address", "-o", office.folder).out
    assert "same address as Egge barnekor" in said
    assert len(got(render(office, code=0))) == 4


def test_on_paper_two_addresses_get_a_letter_each_though_they_share_an_email(cli, tmp_path) -> None:
    (tmp_path / "templates").mkdir()
    text = "---\ntitle: Et brev\nlanguage: nb\n---\nHei.\n"
    (tmp_path / "templates" / "mal.nb.md").write_text(text, "utf-8")
    cli.ok("config", "set", "letterhead.email", "post@elvdal.example")
    for name, street in (("Aas vel", "Bruveien 2"), ("Bø vel", "Bruveien 4"), ("Dal vel", "")):
        where = ("--street", street, "--postcode", "3410", "--city", "X") if street else ()
        cli.ok("org", "add", name, "--email", "felles@lag.example", *where, "--yes")
    for kind, to in (("pdf", {"Aas vel", "Bø vel"}), ("eml", {"Bø vel"})):
        words = ("mal", "--one-per-address", "--format", kind, "-o", tmp_path / kind)
        made = json.loads(cli("letter", "render", *words, "--json").out)
        assert set(got(made)) == to  # Dal has no postal address of its own, and Bø is first


def test_who_shared_a_letter_that_was_sent_has_got_it(office) -> None:
    render(office, "--one-per-address")
    office.ok("letter", "sent", "1")
    done = office("letter", "render", "mal", "-o", office.folder)
    assert done.code == 1 and done.err.count("has got this letter") == 4
    office.folder = office.folder / "igjen"
    assert len(got(render(office, "--again", code=0))) == 4


def test_the_same_address_as_one_who_has_got_it_gets_no_second_letter(office) -> None:
    render(office, "egge", code=0)
    office.ok("letter", "sent", "1")
    office.folder = office.folder / "igjen"
    made = render(office, "--one-per-address")
    assert why(made) == {"Egge barnekor": "already_sent", "Sylling songlag": "same_address"}


def test_one_whom_no_letter_can_be_written_to_keeps_nobody_at_the_address_from_it(
    office, tmp_path
) -> None:
    head = "---\ntitle: Et brev\nlanguage: nb\nrecipients: org\n---\nRing {{ org.phone }}.\n"
    (tmp_path / "templates" / "ring.nb.md").write_text(head, "utf-8")
    office.ok("org", "edit", "1", "--phone", "32220100")
    made = render(office, "--one-per-address", template="ring")
    assert got(made) == ["Sylling songlag"]  # shares with Egge by e-mail, with Aas by post
    lacking = dict.fromkeys(["Egge barnekor", "Lier hagelag"], "missing_field")
    assert why(made) == {**lacking, "Aas vel": "same_address"}


def test_a_label_goes_to_the_one_in_the_household_that_has_a_postal_address(
    office, tmp_path
) -> None:
    words = ("--one-per-address", "-o", tmp_path / "l.pdf", "--json")
    made = json.loads(office("letter", "labels", *words).out)
    # Egge comes first, and has e-mail only
    assert [row["name"] for row in made["printed"]] == ["Sylling songlag"]
    assert why(made)["Aas vel"] == "same_address"


def test_volunteers_of_one_household_get_one_letter(office) -> None:
    for name in ("Kari Nordli", "Ola Nordli"):
        office.ok("volunteer", "add", name, "--street", "Bakken 1", "--postcode", "3410",
                  "--city", "Sylling")  # fmt: skip
    made = render(office, "--one-per-address", template="til-frivillig")
    assert got(made) == ["Kari Nordli"] and why(made) == {"Ola Nordli": "same_address"}


def test_a_letter_to_the_contact_person_goes_to_their_own_address(office) -> None:
    where = ("--email", "aud@x.example")
    office.ok("contact", "add", "1", "Aud Kittilsen", "--role", "leader", *where)
    office.ok("person", "edit", "Aud", "--street", "Hjemme 1", "--postcode", "3400",
              "--city", "Lier")  # fmt: skip
    office.ok("contact", "add", "2", "Odd Fagerli", "--role", "leader", *where)
    office.ok("person", "edit", "Odd", "--protected")
    made = render(office, "--to", "contact")
    assert got(made) == ["Sylling songlag"]
    rows = {row["name"]: row for row in office.json("letter", "log", "1")}
    assert rows["Sylling songlag"]["address"] == (
        "Aud Kittilsen\nSylling songlag\nHjemme 1\n3400 Lier"
    )
    assert rows["Egge barnekor"]["address"] is None
    assert why(made) == {
        "Egge barnekor": "protected", "Aas vel": "no_contact", "Lier hagelag": "no_contact",
    }  # fmt: skip
    office.ok("contact", "add", "4", "Bo Vik", "--role", "leader")
    told = office("letter", "render", "mal", "--to", "contact", "--again",
                  "-o", office.folder)  # fmt: skip
    assert "the contact person Bo Vik has neither" in told.out + told.err
    assert "Without --to contact" in told.err
    office.ok("person", "edit", "Aud", "--no-mailings")
    done = office("letter", "render", "mal", "1", "--to", "contact", "-o", office.folder)
    assert done.code == 1


def test_options_that_do_not_suit_the_template_are_refused(office, tmp_path) -> None:
    head = "---\ntitle: Et brev\nlanguage: nb\nrecipients: agreement\n---\nHei.\n"
    (tmp_path / "templates" / "avtale.nb.md").write_text(head, "utf-8")
    office.ok("volunteer", "add", "Kari Nordli", "--email", "kari@x.example")
    office.ok("agreement", "add", "1", "Omsorg", "--kind", "cooperation")
    to = ("-o", office.folder)
    office.refused("letter", "render", "til-frivillig", "--to", "contact", *to, code=2)
    office.refused("letter", "render", "avtale", "--one-per-address", *to, code=2)


@pytest.mark.parametrize(("language", "many"), [("nb", "Deres"), ("nn", "Dykkar")])
def test_one_person_is_spoken_to_as_one_and_an_association_as_many(
    office, tmp_path, language: str, many: str
) -> None:
    for name, to in (
        ("svar", "org"), ("svar-frivillig", "volunteer"), ("svar-medlem", "member"),
    ):  # fmt: skip
        head = f"title: Svar\nlanguage: {language}\nrecipients: {to}\n"
        head += "your_reference: E-7\nyour_date: 2026-11-02\n"
        path = tmp_path / "templates" / f"{name}.{language}.md"
        path.write_text(f"---\n{head}---\nHei.\n", "utf-8")
    office.ok("volunteer", "add", "Ola Nordmann", "--email", "ola@x.example")
    to_many = office.json("letter", "preview", "svar", "1")["text"]
    assert f"{many} dato:" in to_many and f"{many} referanse:" in to_many
    office.ok("beredskap", "group", "add", "Omsorg", "--org", "1")
    office.ok("beredskap", "member", "add", "Omsorg", "Ola Nordmann")
    for template in ("svar-frivillig", "svar-medlem"):
        to_one = office.json("letter", "preview", template, "Ola")["text"]
        assert "Din dato:" in to_one and "Din referanse:" in to_one and many not in to_one

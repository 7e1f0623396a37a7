"""`frivillig letter`: to whom letters go, in which language, and how one is previewed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.cli.letter_office import begin, render, text_of, why, write


@pytest.fixture
def office(cli, tmp_path):
    return begin(cli, tmp_path / "brev")


@pytest.fixture
def own(tmp_path):
    return partial(write, tmp_path / "templates")


# to whom


def test_rendered_and_left_out_together_are_everybody(office) -> None:
    office.ok("org", "add", "Lagt ned", "--email", "a@b.example")
    office.ok("org", "archive", "Lagt ned")
    made = render(office, "apen-dag")
    assert {"template", "format", "rendered", "skipped", "batch"} <= set(made)
    assert [row["org_id"] for row in made["rendered"]] == [2, 1]
    assert why(made) == {"Uten adresse": "no_address", "Lagt ned": "archived"}
    assert all(Path(row["file"]).is_file() for row in made["rendered"])


def test_who_is_left_out_is_said_with_the_reason_and_the_exit_code_is_3(office) -> None:
    done = office("letter", "render", "apen-dag", "-o", office.folder, "--format", "txt")
    assert done.code == 3
    assert "Batch 1: 2 letters" in done.out and "1 bokmål, 1 nynorsk" in done.out
    assert "Uten adresse  neither postal address nor e-mail" in done.out
    assert "frivillig letter sent 1" in done.err
    assert "are examples" in done.err  # the shipped letter tells of a day that nobody has set


def test_all_written_is_exit_0(office) -> None:
    made = render(office, "apen-dag", "id:1..2", code=0)
    assert made["skipped"] == []


def test_a_query_that_picks_nobody_is_refused(office) -> None:
    said = office.refused("letter", "render", "apen-dag", "nobody", "-o", office.folder)
    assert "frivillig org list" in said and not office.folder.exists()
    office.refused("letter", "render", "apen-dag", "no_such_field:1", "-o", office.folder)


def test_all_left_out_is_refused_and_each_is_named_with_the_reason(office) -> None:
    said = office.refused("letter", "render", "apen-dag", "id:3", "-o", office.folder, "--json")
    assert "Uten adresse" in said and "postal address" in said
    assert office.json("letter", "log") == []


def test_nobody_gets_it_twice_unless_asked(office) -> None:
    first = render(office, "apen-dag", "id:1", code=0)
    assert why(render(office, "apen-dag")) == {"Uten adresse": "no_address"}  # a draft is no letter
    office.ok("letter", "sent", str(first["batch"]))
    made = render(office, "apen-dag")
    assert why(made)["Sylling songlag"] == "already_sent"
    assert [row["name"] for row in made["rendered"]] == ["Egge barnekor"]
    office.folder = office.folder / "igjen"
    assert len(render(office, "apen-dag", "--again")["rendered"]) == 2
    assert len(render(office, "tilskuddsordninger")["rendered"]) == 2


def test_a_reminder_of_one_survey_is_no_reminder_of_another(office) -> None:
    for title in ("Våren", "Høsten"):
        office.ok("survey", "new", title, "--due", "2027-03-15")
        office.ok("survey", "export", title, "-o", office.folder / title, "--per-org", "--yes")
    made = render(office, "sporreskjema-purring", "id:1", "--survey", "1", code=0)
    office.ok("letter", "sent", str(made["batch"]))
    office.refused(
        *("letter", "render", "sporreskjema-purring", "id:1", "--survey", "1"),
        *("-o", office.folder),
    )
    office.folder = office.folder / "høst"
    render(office, "sporreskjema-purring", "id:1", "--survey", "2", code=0)


def test_a_reminder_goes_to_those_who_have_not_answered(office, tmp_path) -> None:
    office.ok("survey", "new", "Endringer våren 2027", "--due", "2027-03-15")
    office.ok("survey", "export", "1", "-o", tmp_path / "skjema", "--per-org", "--yes", "id:1")
    words = ("sporreskjema-purring", "unanswered:1")
    said = office.refused("letter", "render", *words, "-o", office.folder)
    assert "--survey 1" in said and "survey.title" in said
    made = render(office, *words, "--survey", "våren", code=0)
    assert [row["org_id"] for row in made["rendered"]] == [1]
    letter = text_of(made, "Sylling songlag")
    assert "«Endringer våren 2027»" in letter and "15. mars 2027" in letter


def test_a_volunteer_who_is_protected_gets_no_letter_and_is_kept_off_every_file(office, own):
    own("takk", "Takk, {{ volunteer.name }}.", recipients="volunteer")
    home = ("--street", "Hemmelig vei 1", "--postcode", "3400", "--city", "Lier")
    office.ok("volunteer", "add", "Astrid Bakken", *home)
    office.ok("volunteer", "add", "Kari Skjermet", "--email", "kari@x.example", *home)
    office.ok("person", "edit", "Kari Skjermet", "--protected")
    made = render(office, "takk")
    assert [row["person_id"] for row in made["rendered"]] == [1]
    assert why(made) == {"Kari Skjermet": "protected"}
    logged = office.json("letter", "log", "1")
    assert {row["name"]: row["address"] for row in logged} == {
        "Astrid Bakken": "Astrid Bakken\nHemmelig vei 1\n3400 Lier",
        "Kari Skjermet": None,
    }
    assert "Hemmelig" not in office.ok("letter", "preview", "takk", "Kari Skjermet")
    office.ok("person", "edit", "Astrid Bakken", "--protected")
    assert "Hemmelig" not in office.ok("letter", "log", "1", "--json")


def test_a_protected_leader_is_named_neither_on_the_envelope_nor_in_the_letter(office) -> None:
    more = ("--role", "leader", "--phone", "90111222", "--email", "aud@x.example")
    office.ok("contact", "add", "1", "Aud Kittilsen", *more)
    seen = office.ok("letter", "preview", "apen-dag", "1")
    assert "Sylling songlag\nAud Kittilsen\nBruveien 2\n3410 Sylling" in seen
    office.ok("person", "edit", "Aud Kittilsen", "--protected")
    seen = office.ok("letter", "preview", "apen-dag", "1")
    assert "Sylling songlag\nBruveien 2\n3410 Sylling" in seen and "Aud" not in seen
    assert "90 11 12 22" not in seen and "aud@x" not in seen


def test_a_letter_to_the_parties_of_an_agreement(office, own) -> None:
    own("avtale", "{{ agreement.title }} fra {{ agreement.from }}.", recipients="agreement")
    office.ok(
        *("agreement", "add", "1", "Omsorg", "--kind", "cooperation"),
        *("--from", "2027-01-01", "--to", "2029-12-31"),
    )
    made = render(office, "avtale", code=0)
    row = made["rendered"][0]
    assert (row["org_id"], row["agreement_id"]) == (1, 1)
    assert "Omsorg fra 1. januar 2027." in Path(row["file"]).read_text("utf-8")


# in which language


def test_the_letter_speaks_the_recipients_language_and_the_program_the_users(office) -> None:
    for spoken in ("nb", "en"):
        done = office("letter", "preview", "apen-dag", "1", lang=spoken)
        assert done.out.startswith("FØREHANDSVISNING\n") and "Med venleg helsing" in done.out
        assert "23. november 2026" in done.out
    done = office("letter", "preview", "apen-dag", "2", lang="nn")
    assert "Med vennlig hilsen" in done.out
    office.ok("org", "edit", "1", "--language", "en")
    assert "Med vennlig hilsen" in office.ok("letter", "preview", "apen-dag", "1")


@pytest.mark.parametrize("spoken, sentence", [("en", "There is no field"), ("nb", "Det finnes")])
def test_what_is_wrong_is_said_in_the_users_language(office, own, spoken, sentence) -> None:
    own("mal", "{{ org.nmae }}", language="nn")
    done = office("letter", "render", "mal", "-o", office.folder, lang=spoken)
    assert done.code == 1 and sentence in done.err and "mal.nn.md" in done.err
    assert "org.name" in done.err


def test_a_language_that_the_template_lacks_is_said(office, own) -> None:
    own("mal")
    done = office("letter", "render", "mal", "-o", office.folder, "--format", "txt")
    assert "1 recipient reads nynorsk" in done.err
    assert "(2 bokmål)" in done.out


# preview


def test_a_preview_is_marked_in_every_format_and_nothing_is_recorded(office, tmp_path) -> None:
    for ending, mark in (
        ("txt", b"FOREH"),
        ("html", b'class="draft"'),
        ("pdf", b"%PDF-"),
        ("docx", b"PK"),
    ):
        file = tmp_path / f"p.{ending}"
        shown = office.json("letter", "preview", "apen-dag", "2", "-o", file)
        assert shown["file"] == str(file) and shown["org_id"] == 2
        assert mark in file.read_bytes().replace(b"FORH\xc3\x85", b"FOREH")
    assert office.json("letter", "log") == []
    office.refused("letter", "preview", "apen-dag", "2", "-o", tmp_path / "p.odt", code=2)
    office.refused("letter", "preview", "apen-dag", "2", "-o", tmp_path / "no" / "p.pdf")


def test_a_preview_says_if_the_letter_would_not_be_sent(office) -> None:
    assert "would get no letter" in office("letter", "preview", "apen-dag", "3").err
    office.ok("org", "archive", "2")
    assert office.json("letter", "preview", "apen-dag", "Egge")["why"] == "archived"
    office.refused("letter", "preview", "apen-dag", "nobody")

"""`letter templates` and `fields`, and the templates that a coordinator writes."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from tests.cli.hostile import BIRTH_NUMBER, no_birth_number_in
from tests.cli.letter_office import begin, render, text_of, write
from tests.cli.test_output import on_screen


@pytest.fixture
def office(cli, tmp_path):
    return begin(cli, tmp_path / "brev")


@pytest.fixture
def own(tmp_path):
    return partial(write, tmp_path / "templates")


# what there is to write with


def test_templates_are_listed_with_the_keys_that_scripts_rely_on(office, own) -> None:
    own("mal", recipients="volunteer", about='"Til de frivillige"')
    listed = {row["name"]: row for row in office.json("letter", "templates")}
    assert {"apen-dag", "tilskuddsordninger", "sporreskjema-purring"} <= set(listed)
    assert listed["apen-dag"]["languages"] == ["nb", "nn"]
    assert listed["apen-dag"]["recipients"] == "org" and not listed["apen-dag"]["own"]
    mine = {"name": "mal", "title": "Til de frivillige", "languages": ["nb"]}
    assert listed["mal"] == {**mine, "recipients": "volunteer", "own": True}
    assert "," in office.ok("letter", "templates", "--csv")
    assert len(office.json("letter", "templates", "--limit", "2")) == 2
    office.refused("letter", "templates", "--sort", "colour")


def test_tab_offers_the_templates(office, own, monkeypatch) -> None:
    own("apent-mote")
    monkeypatch.setenv("COMP_WORDS", "frivillig letter preview ap")
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_FRIVILLIG_COMPLETE", "complete_bash")
    assert office().out.split() == ["apen-dag", "apent-mote"]


def test_a_broken_template_is_named_and_the_others_are_listed(office, own) -> None:
    own("mal", title='"unclosed')
    done = office("letter", "templates", "--json")
    assert done.code == 3 and "mal.nb.md, line" in done.err
    assert "apen-dag" in [row["name"] for row in json.loads(done.out)]


def test_fields_are_listed_with_an_explanation_and_an_example(office) -> None:
    fields = {row["name"]: row for row in office.json("letter", "fields")}
    assert fields["org.phone"]["written"] == "{{ org.phone | phone }}"
    assert all(row["explanation"] and row["example"] for row in fields.values())
    assert "org.name" in office.ok("letter", "fields")


def test_the_fields_are_a_list_that_is_read_whole(office, monkeypatch) -> None:
    total = len(office.json("letter", "fields"))
    assert office("letter", "fields", "--limit", "3").err == f"3 of {total}. All: --limit 0\n"
    listed = len(office.json("letter", "templates"))
    assert f"1 of {listed}. All: --limit 0\n" in office("letter", "templates", "--limit", "1").err
    screen = on_screen(monkeypatch, COLUMNS="200")
    done = office("letter", "fields")
    assert total > 50 and screen.getvalue().count("\n") > total and not done.err


def test_a_birth_number_in_a_template_is_refused_with_its_line(office, own) -> None:
    own("mal", f"Hei.\nfnr {BIRTH_NUMBER}")
    said = office.refused("letter", "render", "mal", "-o", office.folder)
    assert "mal.nb.md, line 6" in said and not office.folder.exists()
    no_birth_number_in(said)
    office.refused("letter", "preview", "mal", "1")


def test_a_birth_number_that_only_the_letter_holds_is_refused(office, own) -> None:
    own("mal", "Hei. {{ '010170' ~ '12343' }}")
    for words in (("render", "mal", "-o", office.folder), ("preview", "mal", "1")):
        said = office.refused("letter", *words)
        assert "Sylling songlag" in said or "Egge barnekor" in said
        assert "mal.nb.md" in said and "010170*****" in said
        no_birth_number_in(said)
    assert not office.folder.exists()


def test_a_birth_number_as_the_name_of_a_template_is_never_told(office, own) -> None:
    own(BIRTH_NUMBER)
    done = office("letter", "templates")
    assert done.code == 3 and "010170*****.nb.md" in done.err
    no_birth_number_in(done.out + done.err)
    for name in (BIRTH_NUMBER, f"{BIRTH_NUMBER[:-1]}4", f"x{BIRTH_NUMBER}"):
        no_birth_number_in(office.refused("letter", "preview", name, "1"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_template_that_is_a_link_is_refused_by_name(office, own, tmp_path) -> None:
    real = own("ekte")
    real.rename(tmp_path / "ekte.nb.md")
    for name in ("lenke", "apen-dag"):
        (tmp_path / "templates" / f"{name}.nb.md").symlink_to(tmp_path / "ekte.nb.md")
        assert f"{name}.nb.md: The template is a link" in (
            office.refused("letter", "preview", name, "1")
        )
    listed = office("letter", "templates", "--json")
    assert listed.code == 3 and "lenke.nb.md: The template is a link" in listed.err
    assert "lenke" not in [row["name"] for row in json.loads(listed.out)]


def test_a_range_without_end_is_said_in_our_own_words(office, own) -> None:
    own("mal", "{% for n in range(10000000) %}x{% endfor %}")
    said = office.refused("letter", "preview", "mal", "1")
    assert "100000 numbers" in said and "MAX_RANGE" not in said and "line 5" in said


def test_tab_offers_those_whom_the_template_is_written_to(office, own) -> None:
    import typer

    from frivillig_cli.cli.commands.letter_options import complete_recipient

    own("takk", recipients="volunteer")
    office.ok("volunteer", "add", "Astrid Bakken", "--phone", "90111222")

    class Typed:
        def __init__(self, template: str) -> None:
            self.params = {"template": template}

        def find_root(self) -> typer.Context:
            return typer.Context(typer.main.get_command(typer.Typer(callback=lambda: None)))

    assert complete_recipient(Typed("apen-dag"), "eg") == ["Egge barnekor"]
    assert complete_recipient(Typed("takk"), "") == ["Astrid Bakken"]
    assert complete_recipient(Typed("ukjent"), "") == []


def test_an_unknown_template_is_refused_with_the_nearest_and_nothing_is_made(office) -> None:
    said = office.refused("letter", "render", "apendag", "-o", office.folder, "--json")
    assert "apen-dag" in said and not office.folder.exists()
    office.refused("letter", "preview", "../../etc/passwd", "1")


# templates of the coordinator's own


def test_an_own_template_hides_the_shipped_one_in_every_language(office, own) -> None:
    own("apen-dag", "Vår egen dag, {{ org.name }}.")
    for ref in ("1", "2"):
        assert "Vår egen dag" in office.ok("letter", "preview", "apen-dag", ref)


def test_byte_order_mark_and_windows_line_ends_change_nothing(office, own) -> None:
    path = own("mal", "## Overskrift\n\nHei, {{ org.name }}.\n\n- en\n- to")
    plain = office.ok("letter", "preview", "mal", "1")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert office.ok("letter", "preview", "mal", "1") == plain


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize(
    "body, said",
    [
        ("{{ org.name.__class__.__mro__ }}", "__class__"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}", "ends"),
        ("{{ 'a' * 10**10 }}", "far too"),
        ("{% include '/etc/passwd' %}", "another template"),
        ("## To\n\n#### Fire", "mal.nb.md, line 7"),
        ("{{ org.nmae }}", "org.name"),
        ("{% if org.name %}", "mal.nb.md, line"),
        ("![x](../../secret.png)", "no picture"),
    ],
)
def test_a_template_that_must_not_be_is_refused_by_file_and_nothing_is_written(
    office, own, body, said
) -> None:
    own("mal", body)
    refused = office.refused("letter", "render", "mal", "-o", office.folder, "--json")
    assert said in refused and "mal.nb.md" in refused
    assert not office.folder.exists() and office.json("letter", "log") == []


def test_files_of_one_template_must_agree(office, own) -> None:
    own("mal")
    path = own("mal", language="nn")
    path.write_text(path.read_text("utf-8").replace("language: nn", "language: nb"), "utf-8")
    assert "mal.nn.md" in office.refused("letter", "preview", "mal", "1")
    own("mal", language="nn", recipients="volunteer")
    assert "recipients" in office.refused("letter", "preview", "mal", "1")


def test_who_lacks_a_value_is_left_out_with_the_field_and_its_place(office, own) -> None:
    own("mal", "Hei.\n\nSvar til {{ org.email }}.")
    made = render(office, "mal")
    assert [row["name"] for row in made["rendered"]] == ["Egge barnekor"]
    left_out = {row["name"]: row for row in made["skipped"]}["Sylling songlag"]
    assert (left_out["why"], left_out["field"]) == ("missing_field", "org.email")
    assert "org.email is missing (mal.nb.md:7)" in office.ok("letter", "log", "1")
    said = office.refused("letter", "render", "mal", "id:1", "-o", office.folder)
    assert "org.email" in said and "mal.nb.md:7" in said


def test_a_slip_that_only_the_last_letter_meets_is_found_before_the_first_is_written(office, own):
    own("mal", "{% if org.name == 'Sylling songlag' %}{{ org.nmae }}{% endif %}")
    office.refused("letter", "render", "mal", "-o", office.folder)
    assert not office.folder.exists()


@pytest.mark.parametrize(
    "field, way_out",
    [
        ("case_number", "--case-number"),
        ("municipality.phone", "config set letterhead.phone"),
        ("survey.title", "--survey REF"),
    ],
)
def test_a_value_that_all_letters_share_is_asked_for_once(office, own, field, way_out) -> None:
    own("mal", "{{ %s }}" % field)  # noqa: UP031
    said = office.refused("letter", "render", "mal", "-o", office.folder)
    assert field.replace("_", " ") in said.replace("_", " ") and way_out in said
    assert "mal.nb.md, line 5" in said


def test_the_example_templates_render(office) -> None:
    examples = Path(__file__).resolve().parents[2] / "examples" / "templates"
    office.ok("config", "set", "templates.folder", examples)
    made = render(office, "dialogmote")
    assert "12. mai 2027 kl. 18.00" in text_of(made, "Sylling songlag")
    assert "Referatet sender vi til kor@egge.example" in text_of(made, "Egge barnekor")
    assert [row["language"] for row in made["rendered"]] == ["nb", "nn"]

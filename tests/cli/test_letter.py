"""`frivillig letter`: templates, preview, render, sent, log, as they are typed."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.cli.hostile import BIRTH_NUMBER, HOSTILE_NAMES, no_birth_number_in

BODY = "Hei, {{ org.name }}."


@pytest.fixture
def office(cli, tmp_path):
    """A municipality with a letterhead and three associations: nb, nn and one with no address."""
    for key, value in {"unit": "Frivilligsentralen", "caseworker": "Kari Nordli"}.items():
        cli.ok("config", "set", f"letterhead.{key}", value)
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", *where, "--language", "nn")
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("org", "add", "Uten adresse")
    cli.folder = tmp_path / "brev"
    return cli


@pytest.fixture
def own(tmp_path):
    """Writes a template of the coordinator's own: `own("mal", body, language="nn", title=…)`."""

    def write(name: str, body: str = BODY, language: str = "nb", **head: str) -> Path:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        head = {"title": "Et brev", "language": language, **head}
        lines = [f"{key}: {value}" for key, value in head.items()]
        path = folder / f"{name}.{language}.md"
        path.write_text("\n".join(["---", *lines, "---", body, ""]), "utf-8")
        return path

    return write


def render(office, *words: object, code: int = 3) -> dict:
    """`letter render … --json` as text files, unless another format is given."""
    more = () if "--format" in words else ("--format", "txt")
    done = office("letter", "render", *words, "-o", office.folder, *more, "--json")
    assert done.code == code, done.err
    return json.loads(done.out)


def why(made: dict) -> dict[str, str]:
    return {row["name"]: row["why"] for row in made["skipped"]}


def text_of(made: dict, name: str) -> str:
    row = next(row for row in made["rendered"] if row["name"] == name)
    return Path(row["file"]).read_text("utf-8")


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


def test_a_protected_leader_is_greeted_but_not_named_on_the_envelope(office) -> None:
    more = ("--role", "leader", "--phone", "90111222", "--email", "aud@x.example")
    office.ok("contact", "add", "1", "Aud Kittilsen", *more)
    seen = office.ok("letter", "preview", "apen-dag", "1")
    assert "Sylling songlag\nAud Kittilsen\nBruveien 2\n3410 Sylling" in seen
    office.ok("person", "edit", "Aud Kittilsen", "--protected")
    seen = office.ok("letter", "preview", "apen-dag", "1")
    assert "Sylling songlag\nBruveien 2\n3410 Sylling" in seen and "Hei, Aud Kittilsen" in seen
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
    assert "Saklisten sender vi til kor@egge.example" in text_of(made, "Egge barnekor")
    assert [row["language"] for row in made["rendered"]] == ["nb", "nn"]


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


# files


def test_the_digest_in_the_log_is_the_files_and_the_versions_the_templates(office) -> None:
    from frivillig_cli.documents.template import SHIPPED

    made = render(office, "apen-dag", "--format", "pdf")
    for row in office.json("letter", "log", str(made["batch"])):
        if row["file"]:
            data = (office.folder / row["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == row["sha256"]
            assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    versions = office.json("letter", "log")[0]["versions"]
    for language in ("nb", "nn"):
        data = (SHIPPED / f"apen-dag.{language}.md").read_bytes()
        assert versions[language] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "txt"])
@pytest.mark.parametrize("merge", [(), ("--merge",)])
def test_the_same_letters_are_the_same_bytes(office, form, merge) -> None:
    seen = []
    for _time in range(2):
        made = render(office, "apen-dag", "--format", form.upper(), *merge)
        seen.append({row["file"]: Path(row["file"]).read_bytes() for row in made["rendered"]})
    assert seen[0] == seen[1] and len(seen[0]) == (1 if merge else 2)


def test_merged_is_one_file_with_everybody(office) -> None:
    made = render(office, "apen-dag", "--merge")
    assert {row["file"] for row in made["rendered"]} == {str(office.folder / "apen-dag.txt")}
    first, second = (office.folder / "apen-dag.txt").read_text("utf-8").split("\f")
    assert "Egge barnekor" in first and "Sylling songlag" in second


def test_file_names_sort_by_name_are_told_apart_and_stay_in_the_folder(office) -> None:
    names = [*HOSTILE_NAMES, "CON", "Lier kor", "Lier kor", "Ærlig øl på Åsen"]
    for name in names:
        office.ok("org", "add", name, "--email", "a@b.example", "--yes")
    made = render(office, "apen-dag", "--format", "html")
    files = [Path(row["file"]) for row in made["rendered"]]
    assert len({file.name.casefold() for file in files}) == len(names) + 2
    assert {file.parent for file in files} == {office.folder}
    assert {file.name for file in files} == {file.name for file in office.folder.iterdir()}
    assert all(len(file.name.encode()) < 200 and file.name.isprintable() for file in files)
    assert "Ærlig-øl-på-Åsen" in " ".join(file.name for file in files)
    for row in made["rendered"]:
        html = Path(row["file"]).read_text("utf-8")
        assert "<AS>" not in html and "\x1b" not in html


def test_a_dry_run_tells_the_same_and_writes_nothing(office) -> None:
    told = render(office, "apen-dag", "--dry-run")
    assert not office.folder.exists() and told["batch"] is None
    assert office.json("letter", "log") == []
    done = render(office, "apen-dag")
    assert {**done, "batch": None} == told
    said = office("letter", "render", "apen-dag", "-o", office.folder, "--dry-run").out
    assert "Nothing is written" in said


def test_a_file_that_was_sent_is_not_written_over(office) -> None:
    made = render(office, "apen-dag")
    office.ok("letter", "sent", "1")
    before = text_of(made, "Egge barnekor")
    office.ok("org", "edit", "2", "--name", "Egge barnekor", "--street", "Ny vei 1")
    words = ("letter", "render", "apen-dag", "--again", "--format", "txt", "-o")
    assert "batch 1" in office.refused(*words, office.folder)
    assert text_of(made, "Egge barnekor") == before
    assert office(*words, office.folder / "2").code == 3


def test_drafts_of_an_earlier_batch_in_the_folder_are_pointed_out(office) -> None:
    render(office, "apen-dag")
    done = office(*("letter", "render", "apen-dag", "id:1", "--format", "txt"), "-o", office.folder)
    assert "Egge-barnekor-0002-apen-dag.txt" in done.err


def test_the_folder_may_be_a_file_which_is_refused(office) -> None:
    office.folder.write_text("mine")
    office.refused("letter", "render", "apen-dag", "-o", office.folder)
    assert office.folder.read_text() == "mine" and office.json("letter", "log") == []
    office.refused("letter", "render", "apen-dag", code=2)
    office.refused("letter", "render", "apen-dag", "-o", "x", "--format", "odt", code=2)


def test_a_birth_number_is_no_case_number(office) -> None:
    words = ("letter", "render", "apen-dag", "-o", office.folder, "--case-number", BIRTH_NUMBER)
    no_birth_number_in(office.refused(*words))
    made = render(office, "apen-dag", "--case-number", "2027/123")
    assert "2027/123" in text_of(made, "Egge barnekor")
    assert office.json("letter", "log")[0]["case_number"] == "2027/123"


# sent, log


def test_a_batch_is_sent_once_and_undo_takes_it_back(office) -> None:
    render(office, "apen-dag")
    done = office.json("letter", "sent", "1")
    assert (done["id"], done["status"], done["written"]) == (1, "sent", 2)
    office.refused("letter", "sent", "1", "--json")
    office.refused("letter", "sent", "7")
    office.refused("letter", "sent", str(10**30))
    office.ok("undo")
    assert office.json("letter", "log")[0]["status"] == "draft"


def test_a_batch_whose_files_are_another_batchs_now_was_not_posted(office) -> None:
    render(office, "apen-dag")
    office.ok("config", "set", "letterhead.caseworker", "Ola Vik")
    render(office, "apen-dag")
    assert "letter sent 2" in office.refused("letter", "sent", "1")
    office.ok("letter", "sent", "2")


def test_two_drafts_that_are_both_sent_are_pointed_out(office) -> None:
    render(office, "apen-dag")
    office.folder = office.folder / "2"
    render(office, "apen-dag")
    office.ok("letter", "sent", "1")
    said = office.refused("letter", "sent", "2")
    assert "Egge barnekor  has got this letter" in said
    done = office("letter", "sent", "2", "--also-left-out")
    assert "2 of them had got this letter before" in done.err


def test_the_log_lists_batches_and_one_of_them(office) -> None:
    render(office, "apen-dag")
    office.folder = office.folder / "2"
    render(office, "tilskuddsordninger")
    assert [row["id"] for row in office.json("letter", "log")] == [2, 1]
    assert [row["id"] for row in office.json("letter", "log", "--sort", "id")] == [1, 2]
    assert len(office.json("letter", "log", "--limit", "1")) == 1
    rows = office.json("letter", "log", "1")
    assert [row["name"] for row in rows] == ["Egge barnekor", "Sylling songlag", "Uten adresse"]
    assert rows[2]["file"] is None and rows[2]["why"] == "no_address"
    assert "no_address" in office.ok("letter", "log", "1", "--csv")
    office.refused("letter", "log", "9")


def test_without_a_sender_there_is_no_letter(office) -> None:
    office.ok("config", "set", "municipality.name", "")
    said = office.refused("letter", "render", "apen-dag", "-o", office.folder)
    assert "config set municipality.name" in said


def test_a_run_leaves_no_temporary_folder_behind(cli, tmp_path):
    import subprocess
    import sys

    cli.ok("org", "add", "Lier blandakor", "--email", "post@blandakor.example")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    subprocess.run(
        [sys.executable, "-m", "frivillig_cli", "letter", "preview", "apen-dag", "blandakor",
         "-o", str(tmp_path / "p.pdf")],
        env=os.environ | {"TMPDIR": str(temporary), "TEMP": str(temporary)}, check=True,
    )  # fmt: skip
    assert (tmp_path / "p.pdf").stat().st_size > 1000
    assert list(temporary.iterdir()) == []

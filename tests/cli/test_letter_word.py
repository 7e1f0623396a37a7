"""`frivillig letter` with a template in Word, as it is typed."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.cli.hostile import BIRTH_NUMBER, no_birth_number_in


@pytest.fixture
def office(cli, tmp_path):
    """A letterhead, two associations, and a pair of templates in Word."""
    for key, value in {"unit": "Frivilligsentralen", "caseworker": "Kari Nordli"}.items():
        cli.ok("config", "set", f"letterhead.{key}", value)
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling & <b>song</b>", *where, "--language", "nn")
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("letter", "new", "mitt", "--word", "--title", "Nytt fra {{ municipality.unit }}")
    cli.own, cli.folder = tmp_path / "templates", tmp_path / "brev"
    return cli


def edit(office, language: str, old: str, new: str) -> None:
    """Changes the text of a paragraph, as in Word."""
    path = office.own / f"mitt.{language}.docx"
    document = docx.Document(str(path))
    [found] = [p for p in document.paragraphs if old in p.text]
    found.text = found.text.replace(old, new)
    document.save(str(path))


def render(office, *words: object) -> dict[str, Any]:
    return office.json("letter", "render", "mitt", *words, "-o", office.folder)


def references(read: Any) -> dict[str, str]:
    """What stands beside the address, by its label."""
    [table] = read.tables[0].rows[-1].cells[-1].tables
    return {row.cells[0].text: row.cells[1].text for row in table.rows}


def test_a_new_pair_is_listed_checked_and_rendered_as_word(office) -> None:
    [listed] = [one for one in office.json("letter", "templates") if one["name"] == "mitt"]
    assert (listed["languages"], listed["recipients"], listed["own"]) == (["nb", "nn"], "org", True)
    fields = office.json("letter", "fields", "mitt")
    assert "{{ org.name }}" in [one["written"] for one in fields]
    made = render(office, "--case-number", "2027/12")
    assert made["format"] == "docx" and len(made["rendered"]) == 2
    read = {row["name"]: docx.Document(row["file"]) for row in made["rendered"]}
    nynorsk = read["Sylling & <b>song</b>"]
    cells = [cell.text for row in nynorsk.tables[0].rows for cell in row.cells]
    assert "Sylling & <b>song</b>\nBruveien 2\n3410 Sylling" in cells
    beside = references(nynorsk)
    assert (beside["Vår referanse"], beside["Vår saksbehandlar"]) == ("2027/12", "Kari Nordli")
    assert nynorsk.core_properties.title == "Nytt fra Frivilligsentralen"
    assert "Med venleg helsing" in [p.text for p in nynorsk.paragraphs]
    [entry] = [row for row in office.json("letter", "log", "1") if row["language"] == "nn"]
    data = (office.folder / entry["file"]).read_bytes()
    assert entry["title"] == "Nytt fra Frivilligsentralen"
    assert entry["sha256"] == hashlib.sha256(data).hexdigest()


def test_letters_in_word_are_not_told_to_be_sent_by_email(office) -> None:
    said = office("letter", "render", "mitt", "-o", office.folder).err
    assert "no postal address" in said and "go out by post" in said and "letter send" not in said


def test_check_finds_what_is_left_missing_and_unknown_in_word(office) -> None:
    found = json.loads(office("letter", "check", "mitt", "--json").out)["findings"]
    assert {one["code"] for one in found} == {"example"}
    edit(office, "nb", "[Et punkt]", "{{ org.phone }} {{ org.nam }}")
    codes = {
        (one["code"], one["field"])
        for one in json.loads(office("letter", "check", "mitt", "--json").out)["findings"]
    }
    assert ("unknown_field", None) in codes and ("different_fields", "org.nam") in codes
    edit(office, "nb", " {{ org.nam }}", "")
    done = office("letter", "check", "mitt")
    assert "org.phone is missing for 2 of 2" in done.out and "mitt.nb.docx:" not in done.out


def test_who_lacks_a_value_is_left_out_by_name(office) -> None:
    for language, point in (("nb", "[Et punkt]"), ("nn", "[Eit punkt]")):
        edit(office, language, point, "{{ org.street }}")
    done = office("letter", "render", "mitt", "-o", office.folder)
    assert done.code == 3
    assert re.search(r"Egge barnekor +org.street is missing \(mitt.nb.docx\)", done.out)


def test_other_formats_and_one_file_are_refused_with_the_way_out(office, tmp_path) -> None:
    for name in ("pdf", "html", "txt", "eml"):
        words = ("letter", "render", "mitt", "-o", office.folder, "--format", name)
        said = office.refused(*words, code=2)
        assert "mitt.nb.docx is a Word document" in said and f"--format {name}" in said
    assert "--merge" in office.refused(*words[:5], "--merge", code=2)
    office.refused("letter", "preview", "mitt", "1", "-o", tmp_path / "p.pdf", code=2)
    assert not office.folder.exists() and office.json("letter", "log") == []


def test_a_preview_shows_its_words_and_is_marked(office, tmp_path) -> None:
    shown = office.json("letter", "preview", "mitt", "2")["text"]
    assert "Hva vil vi at Egge barnekor" in shown and "{" not in shown
    file = tmp_path / "p.docx"
    office.ok("letter", "preview", "mitt", "2", "-o", file)
    assert docx.Document(str(file)).paragraphs[0].text == "FORHÅNDSVISNING"
    assert office.json("letter", "log") == []


def test_the_same_letters_are_the_same_bytes_and_are_kept(office, tmp_path) -> None:
    files = [Path(row["file"]) for row in render(office)["rendered"]]
    first = [file.read_bytes() for file in files]
    assert [Path(row["file"]).read_bytes() for row in render(office)["rendered"]] == first
    office.ok("letter", "sent", "2")
    office.ok("letter", "show", "2", "Egge", "-o", tmp_path / "igjen.docx")
    assert (tmp_path / "igjen.docx").read_bytes() in first


def test_they_are_not_sent_by_e_mail(office) -> None:
    for key, value in (("host", "127.0.0.1"), ("from", "post@kommune.example")):
        office.ok("config", "set", f"mail.{key}", value)
    render(office)
    said = office.refused("letter", "send", "1", "--dry-run")
    assert "Word documents of your own" in said and "letter sent 1" in said


def test_a_pair_is_written_in_the_same_way(office) -> None:
    (office.own / "mitt.nn.docx").unlink()
    (office.own / "mitt.nn.md").write_text("---\ntitle: x\nlanguage: nn\n---\nHei\n", "utf-8")
    said = office.refused("letter", "render", "mitt", "-o", office.folder)
    assert "mitt.nb.docx" in said
    assert "mitt" in office("letter", "templates", "--json").err


def test_a_birth_number_in_it_is_refused(office) -> None:
    edit(office, "nb", "[Et punkt]", f"fnr {BIRTH_NUMBER}")
    said = office.refused("letter", "render", "mitt", "-o", office.folder)
    assert "birth number" in said
    no_birth_number_in(said)
    edit(office, "nb", f"fnr {BIRTH_NUMBER}", "{{ '010170' ~ '12343' }}")
    no_birth_number_in(office.refused("letter", "render", "mitt", "-o", office.folder))


def test_a_damaged_document_and_a_link_are_named_and_the_others_are_listed(office) -> None:
    path = office.own / "mitt.nb.docx"
    whole = path.read_bytes()
    path.write_bytes(whole[:-400])
    done = office("letter", "templates", "--json")
    assert done.code == 3 and "mitt.nb.docx" in done.err
    assert "apen-dag" in [row["name"] for row in json.loads(done.out)]
    path.unlink()
    path.symlink_to(office.own / "mitt.nn.docx")
    assert "is a link" in office.refused("letter", "preview", "mitt", "1")


def test_a_copy_of_a_word_template_is_word(office) -> None:
    office.ok("letter", "new", "kopi", "--from", "mitt")
    copy = (office.own / "kopi.nn.docx").read_bytes()
    assert copy == (office.own / "mitt.nn.docx").read_bytes()
    office.refused("letter", "new", "to", "--from", "mitt", "--title", "x", code=2)
    office.refused("letter", "new", "to", "--from", "mitt", "--word", code=2)
    office.refused("letter", "new", "mitt", "--word")


def test_exempt_stands_in_the_letter(office) -> None:
    made = render(office, "--exempt", "offl. § 13")
    read = docx.Document(io.BytesIO(Path(made["rendered"][0]["file"]).read_bytes()))
    assert references(read)["Unntatt offentlighet"] == "offl. § 13"


def test_the_logo_is_a_field_and_one_that_is_not_set_is_told(office, tmp_path) -> None:
    fields = {row["name"]: row for row in office.json("letter", "fields")}
    assert "Word alone" in fields["municipality.logo"]["explanation"]
    edit(office, "nb", "[Et punkt]", "{{ municipality.logo }}")
    done = office("letter", "render", "mitt", "-o", office.folder)
    assert done.code == 1 and "municipality.logo has no value" in done.err
    assert "config set letterhead.logo" in done.err
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    office.ok("config", "set", "letterhead.logo", logo)
    made = {row["name"]: docx.Document(row["file"]) for row in render(office)["rendered"]}
    assert len(made["Egge barnekor"].inline_shapes) == 2  # in the letterhead too
    logo.write_text("no picture")
    done = office("letter", "render", "mitt", "-o", office.folder, "--again")
    assert done.code == 1 and "neither PNG, JPEG nor SVG" in done.err
    logo.write_text("<svg>half of it")
    done = office("letter", "check", "mitt")
    assert done.code == 1 and "“logo.svg” is damaged" in done.err


def test_what_is_set_after_a_template_was_made_stands_in_the_next_letter(office, tmp_path) -> None:
    def letter() -> tuple[Any, str]:
        rows = office.json("letter", "render", "mitt", "-o", office.folder, "--again")["rendered"]
        read = docx.Document(next(row["file"] for row in rows if "Egge" in row["name"]))
        tables = [*read.tables, *read.sections[0].first_page_footer.tables]
        cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
        return read, "\n".join([*cells, *(p.text for p in read.paragraphs)])

    office.ok("config", "set", "letterhead.caseworker", "")
    read, said = letter()
    assert len(read.inline_shapes) == 0 and len(read.sections[0].first_page_footer.tables) == 1
    for word in ("adresse", "Telefon", "E-post", "Nettsted", "Org.nr.", "hilsen", "behandler"):
        assert word not in said
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    for key, value in {
        "logo": logo, "street": "Postboks 12", "postcode": "3401", "city": "Lier",
        "email": "post@lier.example", "orgnr": "857566122", "caseworker": "Ola Dahl",
        "title": "rådgiver", "unit": "Kulturkontoret",
    }.items():  # fmt: skip
        office.ok("config", "set", f"letterhead.{key}", value)
    read, said = letter()
    assert len(read.inline_shapes) == 1 and "Besøksadresse" not in said and "{" not in said
    for text in (
        "Postadresse\nPostboks 12\n3401 Lier", "E-post\npost@lier.example",
        "Org.nr.\n857 566 122", "Kulturkontoret", "hilsen\nOla Dahl\nrådgiver",
    ):  # fmt: skip
        assert text in said
    office.ok("config", "set", "letterhead.visit", "Torget 1")
    office.ok("config", "set", "letterhead.phone", "32220100")
    read, said = letter()
    assert "Besøksadresse\nTorget 1" in said and "Telefon og e-post\n32 22 01 00" in said
    assert len(read.sections[0].first_page_footer.tables) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hei {org.name}", "“{org.name}” is no markup"),
        ("Hei { org.name }}", "“{ org.name }” is no markup"),
        ("Hei org.name }}", "“}}” is no markup"),
        ("Hei org.contact_name,", "“org.contact_name” is the name of a field"),
        ("Frist: [DATO]", "“[DATO]” looks like what is still to be written"),
        ("Dette er **viktig**", "“**viktig**” is no markup"),
        ("Se [siden](https://elvdal.no)", "“[siden](https://elvdal.no)” is no markup"),
    ],
)
def test_check_finds_what_word_prints_as_it_stands(office, text, said) -> None:
    edit(office, "nb", "[Et punkt]", text)
    done = office("letter", "check", "mitt")
    assert said in done.out and "mitt.nb.docx " in done.out

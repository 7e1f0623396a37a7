"""Slips in templates and on the command line, as coordinators make them, are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frivillig_cli.core.i18n import _, in_language
from tests.documents.pictures import png


@pytest.fixture
def office(cli, tmp_path: Path):
    """One association, whose name has spaces, and templates of our own."""
    cli.ok("org", "add", "Egge & Sylling barnekor", "--email", "egge@lag.example")
    (tmp_path / "templates").mkdir()
    settings = {
        "mail.host": "127.0.0.1", "mail.from": "post@kommune.example",
        "letterhead.caseworker": "Kari Nordli", "letterhead.email": "post@kommune.example",
    }  # fmt: skip
    for key, value in settings.items():
        cli.ok("config", "set", key, value)
    return cli


def write(office, body: str, **heads: str) -> None:
    for language in ("nb", "nn"):
        head = f"title: Et brev\nlanguage: {language}\n" + heads.get(language, "")
        path = office.path.parent / "templates" / f"mal.{language}.md"
        path.write_text(f"---\n{head}---\n{body}\n", "utf-8")


def findings(office) -> list[dict]:
    return json.loads(office("letter", "check", "mal", "--json").out)["findings"]


def preview(office, tmp_path: Path) -> str:
    file = tmp_path / "brev.html"
    office.ok("letter", "preview", "mal", "1", "-o", file)
    return file.read_text("utf-8")


def test_a_link_with_a_name_in_it_is_made(office, tmp_path) -> None:
    write(office, "Svar [her](https://www.elvdal.example/skjema?lag={{ org.name }}&aar=2027)")
    want = "https://www.elvdal.example/skjema?lag=Egge%20%26%20Sylling%20barnekor&amp;aar=2027"
    assert f'href="{want}"' in preview(office, tmp_path)


def test_a_link_with_a_name_before_its_question_mark_is_made(office, tmp_path) -> None:
    write(office, "Se [her](https://www.elvdal.example/lag/{{ org.name }}) og [oss](mailto:{{ "
                  "org.email }}?subject={{ org.name }}).")  # fmt: skip
    made = preview(office, tmp_path)
    assert 'href="https://www.elvdal.example/lag/Egge%20&amp;%20Sylling%20barnekor"' in made
    assert 'href="mailto:egge@lag.example?subject=Egge%20%26%20Sylling%20barnekor"' in made


def test_render_names_what_is_printed_by_mistake_and_send_stops(office, tmp_path) -> None:
    write(office, "Hei. <!-- husk Kari -->\n\nFotnote.[^1] Se [lista](liste.pdf).")
    done = office("letter", "render", "mal", "-o", tmp_path / "brev", "--format", "eml")
    assert "mal.nb.md, line 5: The comment in <!-- --> is printed to everybody." in done.err
    assert "[^1] is lost" in done.err and "“liste.pdf” is not made" in done.err
    assert "letter check mal" in done.err
    said = office.refused("letter", "send", "1", "--yes")
    assert "print something by mistake" in said and "send 1 --anyway" in said
    looked = office("letter", "send", "1", "--dry-run")
    assert looked.code == 3 and "print something by mistake" in looked.err
    assert office.json("letter", "log")[0]["status"] == "draft"


@pytest.mark.parametrize(("slip", "told"), [
    ("Møt ~~tirsdag~~ onsdag.", "“~~tirsdag~~” is no markup here"),
    ("- [ ] Vi kommer\n- Vi kommer ikke", "“[ ]” is no markup here"),
    ("- [x] Vi kommer", "“[x]” is no markup here"),
    ("Se [lista][lenke] og ~ 30 andre.", "“[lista][lenke]” leads nowhere"),
    ("Se [lista][].", "“[lista][]” leads nowhere"),
    ("![et bilde](æ ø.png)", "“![et bilde](æ ø.png)” is no markup here"),
    ("Se [kartet](kart over byen.pdf).", "“[kartet](kart over byen.pdf)” leads nowhere"),
])  # fmt: skip
def test_what_is_markup_elsewhere_only_is_named(office, slip: str, told: str) -> None:
    write(office, f"Hei\n\n{slip}")
    found = [one for one in findings(office) if one["file"] == "mal.nb.md"]
    assert len(found) == 1 and told in found[0]["what"] and found[0]["line"] == 7


@pytest.mark.parametrize("under", ["-------", "---", "========"])
def test_a_heading_that_is_underlined_is_named_with_how_one_is_written(office, under) -> None:
    write(office, f"Hei\n\nPraktisk\n{under}\n\nVi møtes.")
    found = [one for one in findings(office) if one["file"] == "mal.nb.md"]
    assert [one["line"] for one in found] == [8] and under in found[0]["what"]
    said = office("letter", "check", "mal").out
    assert "## Praktisk" in said
    assert ("leave an empty one above it" in " ".join(said.split())) == under.startswith("-")


@pytest.mark.parametrize(
    "above", ["- Kaffe\n- Kake", "1. Kaffe", "| a | b |\n|---|---|\n| 1 | 2 |", "## Praktisk",
              "> Kake", "{{ org.name }}\n", "", "- Kaffe\n\n  Kake"],
)  # fmt: skip
def test_a_line_below_what_is_no_paragraph_is_no_heading(office, above) -> None:
    write(office, f"{above}\n---\nVi møtes.".lstrip())
    assert findings(office) == []


@pytest.mark.parametrize(("written", "told"), [
    ("<navn>", "looks like what is still to be written"),
    ("<sett inn dato>", "looks like what is still to be written"),
    ("<Økonomi>", "looks like what is still to be written"),
    ("<b>", "is no markup here"), ("</Font>", "is no markup here"), ("<br/>", "is no markup here"),
    ('<x-a b="1">', "is no markup here"),
])  # fmt: skip
def test_what_stands_in_angles_is_markup_or_is_still_to_be_written(office, written, told) -> None:
    write(office, f"Hei {written} og 3 < 4 > 2.")
    found = [one["what"] for one in findings(office) if one["file"] == "mal.nb.md"]
    assert found == [f"“{written}” {told}: it is printed as it stands."
                     if "markup" in told else f"“{written}” {told}."]  # fmt: skip


def test_a_link_in_angles_with_spaces_is_told_how_they_are_written(office) -> None:
    write(office, "Se [a](<https://lier.no/a b>) og [b](<kart b.pdf>).")
    hints = [one["way_out"] for one in findings(office) if one["file"] == "mal.nb.md"]
    assert "Link to what begins with" in hints[0] and "https://lier.no/a%20b" in hints[1]


def test_each_link_of_a_line_is_named_with_what_mends_it(office) -> None:
    write(office, "Se [a](https://lier.no/a b.html), [b](kart b.pdf) og ![c](kart 1.png).")
    said = {one["what"]: one["way_out"] for one in findings(office) if one["file"] == "mal.nb.md"}
    hints = list(said.values())
    assert len(hints) == 3 and "https://lier.no/a%20b.html" in hints[2]
    assert "https://…" in hints[1] and "<kart 1.png>" in hints[0]


def test_what_is_markup_here_is_not_named(office) -> None:
    write(office, "[a][her], `~~x~~`, ~~~~, [ ], {{ org.name }}.\n\n"
                  "Over\n\n---\n\n```\nPraktisk\n=====\n```\n\n| a |\n|---|\n| b |\n\n"
                  "[b](https://www.kommune.example 'en tittel') 3 (4)[5] (a b)\n\n"
                  "[her]: https://www.kommune.example\n")  # fmt: skip
    assert {one["code"] for one in findings(office)} <= {"example"}


def test_a_pair_says_the_same_in_its_front_matter(office) -> None:
    nb = "attachments: [Program, Kart]\n"
    write(office, "Hei", nb=nb, nn="case_number: 2027/1\nattachments: [Program]\n")
    found = {one["file"]: one["what"] for one in findings(office)}
    assert found == {
        "mal.nb.md": "Its front matter says more under attachments than that of mal.nn.md.",
        "mal.nn.md": "Its front matter says more under case_number than that of mal.nb.md.",
    }
    write(office, "Hei", nb=nb, nn="attachments: [Program, Kart]\n")
    assert findings(office) == []


def test_the_first_of_an_empty_list_is_told_as_that(office) -> None:
    write(office, '{{ org.tags | map("upper") | first }}')
    assert {one["what"] for one in findings(office)} == {
        "The list is empty for this recipient, and has none to print."
    }
    write(office, '{{ org.tags | map("upper") | first | default("Hei") }}')
    assert [one["what"] for one in findings(office)] == []


@pytest.mark.parametrize("one", ["tags[0]", "tags[-1]", "tags | first", "tags | sort | last"])
def test_who_has_none_in_a_list_is_left_out_and_named(office, tmp_path, one) -> None:
    office.ok("org", "edit", 1, "--tag", "kor")
    office.ok("org", "add", "Uten merke", "--email", "u@x.example")
    write(office, f"Hei {{{{ org.{one} }}}}")
    assert {f"org.{one} is missing" in found["what"] for found in findings(office)} == {True}
    office("letter", "render", "mal", "-o", tmp_path / "brev")
    log = office.json("letter", "log", 1)
    assert [row["name"] for row in log if row["file"]] == [office.json("org", "show", 1)["name"]]
    write(office, f"Hei {{{{ org.{one} | default('…') }}}}")
    assert findings(office) == []


@pytest.mark.parametrize("one", ["agreement.premises[0].name", "(agreement.premises | first).name",
                                 "agreement.premises[-1]['name']"])  # fmt: skip
def test_an_agreement_without_what_is_listed_is_refused_by_name(office, tmp_path, one) -> None:
    home = ("--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    office.ok("org", "edit", 1, *home)
    office.ok("agreement", "add", 1, "Lokale", "--kind", "cooperation", "--from", "2026-01-01")
    heads = dict.fromkeys(("nb", "nn"), "recipients: agreement\n")
    named = one.replace("['name']", ".name")
    write(office, f"Hei {{{{ {one} }}}}", **heads)
    assert {f"{named} is missing" in found["what"] for found in findings(office)} == {True}
    said = office.refused("letter", "render", "mal", "-o", tmp_path / "brev")
    assert "left out" in said and f"Lokale  {named} is missing" in said
    write(office, f"Hei {{{{ {one} | default('ingen') }}}}", **heads)
    assert findings(office) == []
    write(office, f"{{% if {one} %}}nei{{% else %}}Hei{{% endif %}}", **heads)
    assert findings(office) == []


def test_who_lacks_what_is_reckoned_with_is_named_and_the_others_get_their_letter(
    office, tmp_path
) -> None:
    office.ok("org", "add", "Lier hagelag", "--email", "h@lag.example", "--members", 40)
    write(office, "{% if org.members > 20 %}Dere er {{ org.members + 1 }}.{% endif %} "
                  "Se {{ org.website[:8] | default('–') }}.")  # fmt: skip
    for found in findings(office):
        assert found["what"] == "org.members is missing for 1 of 2."
        assert found["recipients"] == ["Egge & Sylling barnekor"]
        assert "{% if org.members and org.members > … %}" in found["way_out"]
    done = office("letter", "render", "mal", "-o", tmp_path / "brev", "--format", "txt")
    assert done.code == 3 and "org.members is missing" in done.out
    [letter] = (tmp_path / "brev").glob("*.txt")
    assert "Dere er 41. Se –." in letter.read_text("utf-8")


def test_names_that_a_template_gives_itself_are_known(office) -> None:
    write(
        office,
        "{% with a = org.name, b = org.tags %}{{ a }}{{ b | join }}{% endwith %}"
        "{% macro f(x, y=org.name) %}{{ x }}{{ y }}{{ caller(1) }}{% endmacro %}"
        "{% call(n) f('a') %}{{ n }}{% endcall %}",
    )
    assert findings(office) == []
    write(office, "{% with a = org.nmae %}{{ a }}{% endwith %}")
    assert "org.nmae" in findings(office)[0]["what"]


@pytest.mark.parametrize("slip", ["first", "list | join", "join(', ')", "last", "sort | join"])
def test_a_record_is_no_list(office, slip) -> None:
    write(office, f"Hei {{{{ org | {slip} }}}}")
    assert "is for lists" in findings(office)[0]["what"]


def test_a_batch_is_shown_into_a_folder_and_no_file(office, tmp_path) -> None:
    write(office, "Hei")
    office.ok("letter", "render", "mal", "-o", tmp_path / "brev")
    office.ok("letter", "sent", "1")
    for name in ("sh.zip", "sh.pdf"):
        said = office.refused("letter", "show", "1", "-o", tmp_path / name, code=2)
        assert f"{name} is one file" in said and "-o sh" in said
        assert not (tmp_path / name).exists()
    office.ok("letter", "show", "1", "-o", tmp_path / "sh")
    assert len(list((tmp_path / "sh").iterdir())) == 1


def test_a_preview_is_marked_in_nynorsk(office) -> None:
    with in_language("nn"):
        assert _("Preview") == "Førehandsvisning"


def test_attachments_that_differ_are_all_named_before_the_letters_go(office, tmp_path) -> None:
    office.ok("org", "add", "Åsen korps", "--email", "korps@lag.example")
    same = "attachments: ['Kart for {{ org.name }}']\n"
    write(office, "Hei", nb=same, nn=same)
    office.ok("letter", "render", "mal", "-o", tmp_path / "brev")
    told = office("letter", "send", "1", "--dry-run").err
    assert "Kart for Egge & Sylling barnekor" in told and "Kart for Åsen korps" in told


@pytest.mark.parametrize(("body", "told"), [
    ("{% if org.name %} uten slutt", "«if» er ikke avsluttet med endif"),
    ("Hei {{ org.name", "et felt eller en kode mangler slutt"),
    ("{# husk", "en kommentar mangler slutt"),
    ("{% endfor %}", "«endfor» hører ikke hjemme der"),
    ("{{ org.name ! }}", "«!» hører ikke hjemme der"),
    ("{{ org name }}", "«name» hører ikke hjemme der"),
    ("{{ org.name | }}", "noe mangler før slutten"),
])  # fmt: skip
def test_what_jinja_cannot_read_is_said_in_norwegian(office, body: str, told: str) -> None:
    write(office, body)
    assert told in office("letter", "check", "mal", lang="nb").out


@pytest.mark.parametrize(("head", "told"), [
    ("kind: !!python/name:os.system x\n", "er ikke en verdi"),
    ("about: Brev: til alle\n", "det er et kolon for mye"),
    ('about: "Brev\n', "et anførselstegn mangler slutt"),
    ("about: @alle\n", "en verdi kan ikke begynne med «@»"),
])  # fmt: skip
def test_what_is_no_yaml_is_said_in_norwegian(office, head: str, told: str) -> None:
    write(office, "Hei", nb=head)
    assert told in office("letter", "check", "mal", lang="nb").out


def test_a_picture_that_is_a_link_is_told_as_that(office, tmp_path: Path) -> None:
    (tmp_path / "kart.png").write_bytes(png(4, 4))
    (office.path.parent / "templates" / "kart.png").symlink_to(tmp_path / "kart.png")
    write(office, "![Kart](kart.png)")
    found = findings(office)
    assert "“kart.png” is a link to a file elsewhere" in found[0]["what"]


def test_a_name_in_refs_that_fits_several_is_listed_with_their_ids(office, tmp_path) -> None:
    office.ok("org", "add", "Egge vel", "--yes")
    write(office, "Hei")
    (tmp_path / "refs.txt").write_text("Egge\n", "utf-8")
    said = office.refused("letter", "render", "mal", "--refs", tmp_path / "refs.txt",
                          "-o", tmp_path / "brev")  # fmt: skip
    assert "fits more than one: 1, 2" in said and "Write their ids or whole names" in said


def test_a_copy_is_for_the_same_as_what_it_is_copied_from(office) -> None:
    words = ("letter", "new", "takk-to", "--from", "takk-frivillig", "--for")
    said = office.refused(*words, "org", code=2)
    assert "“takk-frivillig” is for volunteer" in said and "Leave out --for." in said
    assert "recipients: volunteer" in Path(
        office.json(*words, "volunteer")["files"][0]).read_text("utf-8")  # fmt: skip


@pytest.mark.parametrize("kind", ["org", "volunteer"])
def test_a_list_of_participants_names_the_archived_ones_as_left_out(office, tmp_path, kind) -> None:
    add = (kind, "add", "Tor Solli", "--email", "tor@lag.example")
    office.ok(*add)
    office.ok("volunteer", "add", "Aud Moe", "--email", "aud@lag.example")
    office.ok(kind, "archive", "Tor Solli")
    words = ("letter", "participants", "--for", kind, "-o", tmp_path / "del.xlsx")
    done = office(*words)
    assert done.code == 3 and "Left out: 1\n  Tor Solli  archived" in done.out


def test_a_sign_in_the_template_that_the_font_lacks_is_named_with_its_line(office) -> None:
    write(office, "Hei\n\nVelkommen\t\U0001f389 til {{ org.name }}, ☐ ja → nei")
    [found] = [one for one in findings(office) if one["file"] == "mal.nb.md"]
    assert found["line"] == 7 and "(U+1F389); □ is printed" in found["what"]
    assert found["way_out"] == "Write it in words."


@pytest.mark.parametrize(
    ("file", "call_it"),
    [
        ("Bål kveld.nb.docx", "Call it Bål-kveld.nb.docx."),
        ("sommer.nb.DOCX", "Call it sommer.nb.docx."),
        ("mal2 nb.docx", "Call it mal2.nb.docx."),
        ("host_nn.md", "Call it host.nn.md."),
        ("x.no.md", "Call it x.nb.md."),
        ("y.nb.odt", "Save it as a Word document, and call it y.nb.docx."),
    ],
)
def test_a_file_that_is_taken_for_no_template_is_named(office, file: str, call_it: str) -> None:
    folder = office.path.parent / "templates"
    (folder / file).write_bytes(b"x")
    for other in ("README.md", "~$vinter.nb.docx", ".~lock.vinter.nb.docx#", "kart.png"):
        (folder / other).write_bytes(b"x")
    listed = office("letter", "templates")
    assert listed.code == 3 and call_it in listed.err
    assert listed.err.count("is not the name of a template") == 1
    checked = json.loads(office("letter", "check", "--json").out)["findings"]
    assert [one["way_out"] for one in checked if "is not the name" in one["what"]] == [call_it]


def test_nobody_is_told_to_write_over_a_template(office) -> None:
    write(office, "Hei")
    folder = office.path.parent / "templates"
    for file in ("mal.no.md", "Mal_NN.docx", "mal.docx"):
        (folder / file).write_bytes(b"x")
        for words in (("templates",), ("check",), ("check", "mal")):
            done = office("letter", *words)
            said = " ".join((done.out + done.err).split())
            taken = "mal.nn.md" if "NN" in file else "mal.nb.md"
            assert done.code == 3 and f"{file} is not the name of a template" in said
            assert f"{taken} is there already. Give this one another name" in said
            assert "Call it mal.n" not in said
        (folder / file).unlink()


def test_a_note_in_the_folder_is_no_fault_and_what_may_be_a_template_is_a_hint(office) -> None:
    write(office, "Hei")
    folder = office.path.parent / "templates"
    for file in ("LESMEG.md", "LESMEG.docx", "Les meg.docx", "notater.md", "Referat fra mai.md"):
        (folder / file).write_text("# Notater\n\nHusk", "utf-8")
    listed = office("letter", "templates")
    assert listed.code == 0 and "is not the name" not in listed.err
    (folder / "vinter.docx").write_bytes(b"x")
    (folder / "sommer.md").write_text("---\ntitle: Sommer\nlanguage: nb\n---\nHei", "utf-8")
    listed = office("letter", "templates")
    assert listed.code == 0
    for call_it in ("vinter.nb.docx", "sommer.nb.md"):
        assert f"If it is to be one: Call it {call_it}." in listed.err
    assert findings(office) == [] and office("letter", "check").code == 0
    assert "Call it vinter.nb.docx." in office.refused("letter", "check", "vinter")
    assert "Call it notater.nb.md." in office.refused("letter", "render", "notater", "-o", "x")

"""`frivillig letter new`, `check` and `fields`: templates are made, tried and explained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.hostile import BIRTH_NUMBER, no_birth_number_in


@pytest.fixture
def office(cli):
    """A municipality with two associations, a volunteer and an agreement."""
    where = ("--street", "Bruveien 2", "--postcode", "3410", "--city", "Sylling")
    cli.ok("org", "add", "Sylling songlag", *where, "--language", "nn")
    cli.ok("org", "add", "Egge barnekor", "--email", "kor@egge.example")
    cli.ok("volunteer", "add", "Astrid Bakken", "--email", "astrid@x.example")
    cli.ok("agreement", "add", "1", "Omsorg", "--kind", "beredskap", "--from", "2027-01-01")
    for key, value in {"caseworker": "Kari Nordli", "email": "post@kommune.example"}.items():
        cli.ok("config", "set", f"letterhead.{key}", value)
    return cli


@pytest.fixture
def own(office) -> Path:
    return office.path.parent / "templates"


def findings(office, *words: str) -> list[dict]:
    done = office("letter", "check", *words, "--json")
    answer = json.loads(done.out)
    assert done.code == (0 if answer["sound"] else 3)
    assert answer["sound"] == (not answer["findings"])
    return answer["findings"]


# new


@pytest.mark.parametrize("kind, ref", [("org", "1"), ("volunteer", "1"), ("agreement", "1")])
def test_a_new_pair_works_at_once_in_both_languages(office, own, kind, ref) -> None:
    made = office.json("letter", "new", "hilsen", "--for", kind, "--title", 'Hei: "alle" #1')
    assert [Path(path).name for path in made["files"]] == ["hilsen.nb.md", "hilsen.nn.md"]
    assert 'Hei: "alle" #1' in office.ok("letter", "preview", "hilsen", ref)
    codes = {one["code"] for one in findings(office, "hilsen")}
    assert codes == {"example"}  # its [texts] are still to be written
    (row,) = [row for row in office.json("letter", "templates") if row["name"] == "hilsen"]
    assert row["languages"] == ["nb", "nn"] and row["recipients"] == kind


@pytest.mark.parametrize("more", [(), ("--word",)])
def test_a_letter_that_is_still_called_as_its_file_is_told(office, own, more) -> None:
    office.ok("letter", "new", "ordtakk", *more)
    office.ok("letter", "new", "takk", "--title", "Takk for i år", *more)
    said = "The title of the letter is the name of its file: “ordtakk”."
    files = {one["file"] for one in findings(office, "ordtakk") if one["what"] == said}
    ending = "docx" if more else "md"
    assert files == {f"ordtakk.nb.{ending}", f"ordtakk.nn.{ending}"}
    assert not any("name of its file" in one["what"] for one in findings(office, "takk"))


def test_new_says_where_and_what_to_type_next(office, own) -> None:
    done = office("letter", "new", "hilsen")
    assert str(own / "hilsen.nb.md") in done.out
    assert "letter fields hilsen" in done.err and "letter check hilsen" in done.err


def test_new_follows_the_setting_of_the_folder(office, tmp_path) -> None:
    office.ok("config", "set", "templates.folder", tmp_path / "maler" / "våre")
    office.ok("letter", "new", "hilsen")
    assert (tmp_path / "maler" / "våre" / "hilsen.nn.md").is_file()


def test_new_never_writes_over_a_file(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    (own / "hilsen.nn.md").write_text("mitt eget")
    (own / "hilsen.nb.md").unlink()
    assert "is kept" in office.refused("letter", "new", "hilsen")
    assert (own / "hilsen.nn.md").read_text() == "mitt eget"
    assert not (own / "hilsen.nb.md").exists()
    assert "is kept" in office.refused("letter", "new", "Hilsen")


def test_a_shipped_template_is_copied_to_be_changed(office, own) -> None:
    assert "--from apen-dag" in office.refused("letter", "new", "apen-dag")
    office.ok("letter", "new", "apen-dag", "--from", "apen-dag", "--title", "Kom til oss")
    assert "Kom til oss" in office.ok("letter", "preview", "apen-dag", "1")
    assert findings(office, "apen-dag")[0]["code"] == "example"  # its dates are the shipped ones
    path = own / "apen-dag.nb.md"
    path.write_text(path.read_text("utf-8").replace("2027-04-24", "2027-04-25"), "utf-8")
    assert {one["file"] for one in findings(office, "apen-dag")} == {"apen-dag.nn.md"}


@pytest.mark.parametrize("name", ["a/b", "..", "con", "a b", "", "x" * 61, "a.nb", BIRTH_NUMBER])
def test_a_name_that_is_no_file_name_is_refused(office, own, name) -> None:
    no_birth_number_in(office.refused("letter", "new", name))
    assert not own.exists()
    office.refused("letter", "new", "hilsen", "--for", "alle", code=2)
    office.refused("letter", "new", "hilsen", "--from", "ukjent")


# check


def test_check_is_sound_where_nothing_is_missing(office) -> None:
    for name in ("apen-dag", "sporreskjema-folgebrev", "takk-frivillig"):
        assert [one for one in findings(office, name) if one["code"] != "example"] == []
    done = office("letter", "check", "takk-frivillig")
    assert done.code == 0 and "1 template, 2 letters tried" in done.out


def test_each_missing_value_is_named_with_its_line_and_whose_it_is(office) -> None:
    found = [one for one in findings(office) if one["field"] == "agreement.caller"]
    assert {one["file"] for one in found} == {
        f"{name}.{language}.md"
        for name in ("beredskapsavtale", "planvedlegg")
        for language in ("nb", "nn")
    }
    one = found[0]
    assert one["line"] and one["recipients"] == ["Sylling songlag: Omsorg"] and one["tried"] == 1
    said = office("letter", "check", "kursbevis").out
    assert "kursbevis.nb.md:21  volunteer.intro_course_completed is missing for 1 of 1" in said


def test_a_setting_that_is_missing_is_told_with_what_to_type(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nb.md"
    path.write_text(path.read_text("utf-8") + "\n{{ municipality.phone | phone }}\n", "utf-8")
    ways = {one["field"]: one["way_out"] for one in findings(office, "hilsen")}
    assert "config set letterhead.phone" in ways["municipality.phone"]


def test_check_sees_a_field_that_no_letter_has_reached(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nn.md"
    body = "{% if org.members == -1 %}{{ org.nmae }}{% endif %}"
    path.write_text(path.read_text("utf-8") + body, "utf-8")
    unknown = [one for one in findings(office, "hilsen") if one["code"] == "unknown_field"]
    assert "org.name" in unknown[0]["way_out"] and unknown[0]["file"] == "hilsen.nn.md"
    assert unknown[0]["line"] == len(path.read_text("utf-8").splitlines())


def test_check_compares_the_languages(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nb.md"
    path.write_text(
        path.read_text("utf-8") + "\n{% if org.city %}{{ org.city }}{% endif %}\n", "utf-8"
    )
    (one,) = [one for one in findings(office, "hilsen") if one["code"] == "different_fields"]
    assert one["field"] == "org.city" and "hilsen.nn.md" in one["what"]
    (own / "hilsen.nn.md").unlink()
    (one,) = [one for one in findings(office, "hilsen") if one["code"] == "missing_sibling"]
    assert "hilsen.nn.md" in one["way_out"]


def test_check_compares_the_days_and_cases_of_the_languages(office, own) -> None:
    head = "---\ntitle: Møte\nlanguage: {}\ncase_number: 2027/{}\nvars:\n  d: 2027-05-{}\n---\n"
    body = "Hei {{ org.name }}, {{ d | date }}.\n"
    own.mkdir(exist_ok=True)
    (own / "mote.nb.md").write_text(head.format("nb", 1, 12) + body, "utf-8")
    (own / "mote.nn.md").write_text(head.format("nn", 1, 13) + body, "utf-8")
    (one,) = [one for one in findings(office, "mote") if one["code"] == "different_values"]
    assert one["field"] == "vars.d" and one["file"] == "mote.nn.md"
    assert "2027-05-13 here, and 2027-05-12 in mote.nb.md" in one["what"]
    (own / "mote.nn.md").write_text(head.format("nn", 2, 12) + body, "utf-8")
    (one,) = [one for one in findings(office, "mote") if one["code"] == "different_values"]
    assert one["field"] == "case_number"


def test_check_tells_of_skipped_headings_and_unreadable_templates(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nb.md"
    path.write_text(path.read_text("utf-8") + "\n#### For dypt\n", "utf-8")
    (own / "odelagt.nb.md").write_text("---\ntitle: x\nlanguage: de\n---\n", "utf-8")
    broken = {one["file"]: one for one in findings(office) if one["code"] == "broken"}
    assert set(broken) == {"hilsen.nb.md", "odelagt.nb.md"}
    assert "####" in broken["hilsen.nb.md"]["what"] and broken["odelagt.nb.md"]["line"] == 3
    assert broken["hilsen.nb.md"]["line"] == len(path.read_text("utf-8").splitlines())
    office.refused("letter", "check", "ukjent")


def test_check_reads_both_files_of_a_pair_when_one_is_broken(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    head = "---\ntitle: x\nlanguage: {}\nrecipients: org\n{}---\n{}\n"
    nb, nn = own / "hilsen.nb.md", own / "hilsen.nn.md"
    nb.write_text(head.format("nb", "your_date: 2026-02-30\n", "Hei"), "utf-8")
    nn.write_text("Hei\n", "utf-8")
    by_file = {one["file"]: one for one in findings(office, "hilsen")}
    assert set(by_file) == {nb.name, nn.name}
    assert "“2026-02-30” is no date" in by_file[nb.name]["what"] and by_file[nb.name]["line"] == 5
    nn.write_text(head.format("nn", "", "{{ org.nmae }}"), "utf-8")
    assert {one["file"]: one["code"] for one in findings(office, "hilsen")} == {
        nb.name: "broken",
        nn.name: "unknown_field",
    }


def test_check_tells_of_a_field_in_the_title_once(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    for language in ("nb", "nn"):
        path = own / f"hilsen.{language}.md"
        head = "---\ntitle: Til {{ org.nmae }}\nlanguage: %s\nrecipients: org\n---\nHei\n"
        path.write_text(head % language, "utf-8")
    found = findings(office, "hilsen")
    assert [(one["file"], one["code"]) for one in found] == [
        ("hilsen.nb.md", "unknown_field"),
        ("hilsen.nn.md", "unknown_field"),
    ]


def test_check_tells_of_each_bad_picture_with_its_line(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    (own / "rar.png").write_bytes(b"GIF89a")
    more = "\n![Et kart](borte.png)\n\n- ![](kart.png) og ![Logo](rar.png)\n\n{{ org.phone }}\n"
    at = {}
    for language in ("nb", "nn"):
        path = own / f"hilsen.{language}.md"
        at[path.name] = len(path.read_text("utf-8").splitlines())
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    found = [one for one in findings(office, "hilsen") if one["code"] == "broken"]
    assert [(one["file"], one["line"] - at[one["file"]]) for one in found] == [
        (f"hilsen.{language}.md", line) for language in ("nb", "nn") for line in (2, 4, 4)
    ]
    for one, said in zip(found, ["borte.png", "kart.png", "PNG"] * 2, strict=True):
        assert said in one["what"]
    assert [one for one in findings(office, "hilsen") if one["field"] == "org.phone"]
    path.write_text(path.read_text("utf-8").replace("{{ org.phone }}", ""), "utf-8")
    line = at["hilsen.nn.md"] + 2
    assert f"hilsen.nn.md, line {line}" in office.refused("letter", "preview", "hilsen", "1")


def test_check_reads_each_file_for_its_fields_once(office, own, monkeypatch) -> None:
    from frivillig_cli.work.letters import check

    office.ok("letter", "new", "hilsen")
    read = []
    uses = check.uses
    monkeypatch.setattr(check, "uses", lambda source: read.append(source) or uses(source))
    findings(office, "hilsen")
    assert len(read) == len(set(read)) == 2


def test_check_does_not_try_what_fails_with_everybody(office, own) -> None:
    for n in range(6):
        office.ok("org", "add", f"Lag {n}", "--email", f"lag{n}@x.example")
    office.ok("letter", "new", "hilsen")
    for language in ("nb", "nn"):
        path = own / f"hilsen.{language}.md"
        forever = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
        path.write_text(path.read_text("utf-8") + forever, "utf-8")
    broken = [one for one in findings(office, "hilsen") if one["code"] == "broken"]
    assert [(one["tried"], len(one["recipients"])) for one in broken] == [(3, 3)] * 2


def test_what_the_font_lacks_of_names_and_addresses_is_named_with_whose_letter(office, own) -> None:
    office.ok("org", "add", "Lag 李", "--email", "lag@x.example")
    office.ok("org", "edit", "2", "--street", "Gate 愛", "--postcode", "3400", "--city", "Lier")
    office.ok("letter", "new", "hilsen")
    for language in ("nb", "nn"):
        head = f"---\ntitle: Hei\nlanguage: {language}\n---\n"
        (own / f"hilsen.{language}.md").write_text(f"{head}Hei!\n", "utf-8")
    (one,) = findings(office, "hilsen")
    assert one["code"] == "unprinted" and one["template"] is None and one["line"] is None
    assert "李 (U+674E)" in one["what"] and "愛 (U+611B)" in one["what"]
    assert one["recipients"] == ["Egge barnekor", "Lag 李"]
    said = office("letter", "check", "hilsen").out
    assert said.startswith("The font lacks") and "concerns Egge barnekor, Lag 李." in said
    assert "--format docx" in said
    everybody = [one for one in findings(office) if not one["template"]]
    assert [one["code"] for one in everybody] == ["unprinted"]  # once, of all templates


def test_what_the_font_lacks_of_a_value_in_the_text_is_found_too(office, own) -> None:
    office.ok("org", "edit", "1", "--website", "sylling.example", "--tag", "愛")
    office.ok("letter", "new", "hilsen")
    for language in ("nb", "nn"):
        head = f"---\ntitle: Hei\nlanguage: {language}\n---\n"
        (own / f"hilsen.{language}.md").write_text(f"{head}{{{{ org.tags | join }}}}.\n", "utf-8")
    (one,) = findings(office, "hilsen")
    assert one["recipients"] == ["Sylling songlag"] and "愛" in one["what"]


def test_what_the_font_lacks_is_said_of_those_whose_letter_says_it(office, own) -> None:
    office.ok("org", "edit", "2", "--tag", "愛", "--city", "2026-01-01")
    office.ok("org", "edit", "1", "--city", "Lier")
    for language in ("nb", "nn"):
        head = f"---\ntitle: Hei\nlanguage: {language}\n---\n"
        body = "{{ org.tags | join }} {{ org.city | date }}\n"
        own.mkdir(exist_ok=True)
        (own / f"hilsen.{language}.md").write_text(head + body, "utf-8")
    (one,) = [one for one in findings(office, "hilsen") if one["code"] == "unprinted"]
    assert one["recipients"] == ["Egge barnekor"]


# fields


def test_fields_can_be_asked_for_by_template_or_by_kind(office) -> None:
    names = {row["name"] for row in office.json("letter", "fields", "--for", "agreement")}
    assert {"agreement.contributions[].terms", "agreement.event_payer", "org.name"} <= names
    rows = {row["name"]: row for row in office.json("letter", "fields", "kursbevis")}
    assert "volunteer.name" in rows and "vars.topics" in rows and "org.name" not in rows
    written = {row["name"]: row["written"] for row in office.json("letter", "fields")}
    assert written["agreement.parties[].name"] == "{{ party.name }}"
    assert written["agreement.parties"].startswith("{% for party in agreement.parties %}")
    office.refused("letter", "fields", "--for", "alle", code=2)


def test_a_slip_in_a_filter_is_a_finding_and_the_others_are_tried(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nb.md"
    path.write_text(path.read_text("utf-8") + "\n{{ org.name | truncate(-5) }}\n", "utf-8")
    line = path.read_text("utf-8").split("\n").index("{{ org.name | truncate(-5) }}") + 1
    found = findings(office)
    (broken,) = [one for one in found if one["code"] == "broken"]
    assert (broken["file"], broken["line"]) == ("hilsen.nb.md", line)
    assert {one["template"] for one in found} > {"hilsen"}


def test_fields_lists_the_filters_after_the_fields(office) -> None:
    rows = office.json("letter", "fields", "apen-dag")
    assert [row["kind"] for row in rows] == sorted(row["kind"] for row in rows)
    (upper,) = [row for row in rows if row["name"] == "upper"]
    assert upper["written"] == "{{ recipient.name | upper }}"
    assert upper["example"] == "ELVEDAL SONGLAG"


def test_a_template_that_is_nested_too_deep_is_a_finding(office, own) -> None:
    office.ok("letter", "new", "hilsen")
    path = own / "hilsen.nb.md"
    deep = "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"
    path.write_text(path.read_text("utf-8") + deep, "utf-8")
    said = [one["what"] for one in findings(office, "hilsen") if one["code"] == "broken"]
    assert said and all("nested too deep" in one for one in said)


def test_a_file_of_the_template_asked_for_is_named_when_its_name_is_wrong(office, own) -> None:
    office.ok("letter", "new", "mitt")
    for name in ("mitt.docx", "Mitt.nn.MD", "annet.docx", "Vårt brev.docx"):
        (own / name).write_bytes(b"")
    done = office("letter", "check", "mitt")
    assert "mitt.docx is not the name of a template" in done.out
    assert "mitt.nb.md is there already" in done.out
    assert "Mitt.nn.MD is not the name of a template" in done.out and "annet" not in done.out
    said = office.refused("letter", "check", "annet")
    assert "annet.docx is not the name of a template" in said and "annet.nb.docx" in said
    assert "annet.nb.docx" in office.refused("letter", "render", "annet", "-o", own.parent / "brev")
    assert "Vårt-brev.nb.docx" in office.refused("letter", "preview", "Vårt brev", "1")


@pytest.mark.parametrize(
    "body, way_out",
    [
        ("{% if org.city = 'Lier' %}a{% endif %}", "{% if org.city == 'Lier' %}"),
        ("{% if org.city %}a{% elseif org.email %}b{% endif %}", "{% elif org.email %}"),
        ("{{ org.name", "for and if end with endfor and endif"),
    ],
)
def test_what_to_write_instead_is_said_of_a_slip_in_a_condition(office, own, body, way_out) -> None:
    own.mkdir(exist_ok=True)
    (own / "mal.nb.md").write_text(f"---\ntitle: Brev\nlanguage: nb\n---\n{body}\n", "utf-8")
    assert way_out in office.refused("letter", "preview", "mal", "1")

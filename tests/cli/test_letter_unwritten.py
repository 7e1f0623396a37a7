"""What is still to be written in a template, or will not be printed as it was meant, is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frivillig_cli.documents.fields import FIELDS
from frivillig_cli.work.letters.unwritten import NAKED


@pytest.fixture
def office(cli, tmp_path):
    """One association, with an e-mail address, and templates of our own."""
    cli.ok("org", "add", "Egge barnekor", "--email", "egge@lag.example")
    (tmp_path / "templates").mkdir()
    return cli


def write(office, body: str, name: str = "mal") -> None:
    for language in ("nb", "nn"):
        head = f"---\ntitle: Et brev\nlanguage: {language}\n---\n"
        path = office.path.parent / "templates" / f"{name}.{language}.md"
        path.write_text(f"{head}{body}\n", "utf-8")


def found(office, code: str) -> list[tuple[int, str]]:
    answer = json.loads(office("letter", "check", "mal", "--json").out)
    return [
        (one["line"], one["what"])
        for one in answer["findings"]
        if one["code"] == code and one["file"] == "mal.nb.md"
    ]


@pytest.mark.parametrize(
    "body, line, said",
    [
        ("Hei.[^1]\n\nTekst\n\n[^1]: Fra 2027.", 5, "[^1] is lost"),
        ("Hei.[^1]\n\nTekst\n\n[^1]: 2027", 9, "[^1] is lost"),
        ("Hei.\n\nSe\n[lista](liste.pdf) nå.", 8, "“liste.pdf” is not made"),
        ("Hei.\n\n[js](javascript:alert(1))", 7, "“javascript:alert(1)” is not made"),
        ("Hei. Se [lista].\n\n[lista]: liste.pdf", 7, "“liste.pdf” is not made"),
        ("Hei.\n\n•\tFørste\n•\tAndre", 7, "“•” makes no list here"),
        ("Hei.\n\n#Program\n\nKl. 10", 7, "“#P” is no markup"),
        (
            "| A | B |\n|---|---|\n| 1 | 2 |\n| Drift | 5 000 | 15. april |",
            8,
            "“15. april” is lost",
        ),
        ("**Frist:**{{ today | date }}", 5, "The stars in “**Frist:**{{ today | date }}”"),
        ("Hei.\n\nDette er ** viktig** nå.", 7, "The stars in “Dette er ** viktig** nå.”"),
        ("Ta med:\n–  kaffe\n– kake", 6, "“–” makes no list here"),
        ("-Kaffe\n-Kake", 5, "“-” makes no list here"),
        ("1.Kaffe\n2.Kake", 5, "“1.” makes no list here"),
        ("Hei.\n\na) Kaffe\nb) Kake", 7, "“a)” makes no list here"),
        ("*Kaffe\n*Kake", 5, "“*” makes no list here"),
        ("| A | B |\n|---|---|\n| 1 | 2 |\nVelkommen!", 8, "a row of it: “Velkommen!”"),
        ("Hei.\n\n|a|b|\n|1|2|", 7, "“|a|b|” makes no table"),
        ("Hei.\n\n| a | b |\n| -- |\n| 1 | 2 |", 7, "“| a | b |” makes no table"),
        ("Hei { org.name }}.", 5, "“{ org.name }” is no markup"),
        ("Hei org.contact_name!", 5, "“org.contact_name” is the name of a field"),
        ("Hei, {navn}.", 5, "“{navn}” is no markup"),
        ("Frist: [DATO].", 5, "“[DATO]” looks like what is still to be written"),
        ("Frist: XX.XX.2027.", 5, "“XX.XX” looks like"),
        ("Hei.\n\n<{{ org.email }}>", 7, "“<{{ org.email }}>” is no markup"),
        ("{{ org.name }} <{{ org.name }} b>", 5, "“<{{ org.name }} b>” is no markup"),
        ("Hei {{ org.name }}\n===", 6, "“===” below a line"),
        ("Se [{{ org.name }}][vår liste]", 5, "“[{{ org.name }}][vår liste]” leads nowhere"),
        ("Hei.\n\n<!-- husk Kari -->", 7, "printed to everybody"),
        ("Hei.\n{% if org.name %}\nLinje<br>skift\n{% endif %}", 7, "“<br>” is no markup"),
    ],
)
def test_what_is_lost_or_printed_by_mistake_is_a_finding(office, body, line, said) -> None:
    write(office, body)
    ((where, what),) = found(office, "unprinted")
    assert where == line and said in what


def test_what_is_printed_as_it_was_meant_is_no_finding(office) -> None:
    write(
        office,
        "Hei. {# husk Kari #} Se [oss](https://elvdal.no) og [lag]({{ org.website }}), `<br>`,\n"
        "[her][x] eller <post@elvdal.no>. 3 < 4 > 2.\n\n[x]: https://elvdal.no\n\n"
        "| A | B |\n|---|---|\n| 1 \\| 2 | {{ org.phone | phone }} |\n| 3 |\n\n"
        "Org.nr. 1, org.no, post@org.name.no, www.org.name og $10 {% if true %}{} %{% endif %}\n\n"
        "15. mars\n16. april\n\n*Først* dette\n*så* det\n\n– En  \n– To\n\na) alt\n\nb) annet\n\n"
        "Slutt\\\\\n\n\\*\\* og **«{{ org.name }}»**, **nå**.\n\n| A |\n|---|\nEn\n",
    )
    assert found(office, "unprinted") == []


def test_brackets_of_ones_own_are_not_the_starters(office) -> None:
    write(
        office,
        "Hei [navn]. [Skriv det viktigste først: Hva]\n\n- [Et punkt] [Et punkt]\n- [Et punktum]",
    )
    assert [line for line, _what in found(office, "example")] == [5, 7, 7]


@pytest.mark.parametrize("body", ["", "{% if not org.name %}Hei{% endif %}", "{# husk #}"])
def test_a_letter_without_text_is_found_and_not_written(office, tmp_path, body) -> None:
    write(office, body)
    assert [what for _line, what in found(office, "broken")] == ["The letter has no text."]
    refused = office.refused("letter", "render", "mal", "-o", tmp_path / "brev")
    assert "mal.nb.md: The letter to Egge barnekor has no text." in refused


def test_the_starters_texts_are_told_by_render_and_stop_send(office, tmp_path) -> None:
    office.ok("letter", "new", "hilsen")
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("config", "set", "mail.host", "127.0.0.1")
    done = office("letter", "render", "hilsen", "-o", tmp_path / "brev", "--format", "eml")
    assert done.code == 0 and "letter check hilsen" in done.err
    assert "hilsen.nb.md, line 11: “[Skriv det viktigste først:" in done.err
    assert "dates, places and links" not in done.err
    refused = office.refused("letter", "send", "1", "--yes")
    assert "texts that are to be written" in refused and "hilsen.nb.md, line 11" in refused
    assert "letter send 1 --anyway" in refused
    went_on = office("letter", "send", "1", "--yes", "--anyway").err
    assert "to be written" not in went_on


@pytest.mark.parametrize("copied", [False, True])
def test_letters_with_invented_days_and_places_are_not_sent(office, tmp_path, copied) -> None:
    if copied:
        office.ok("letter", "new", "apen-dag", "--from", "apen-dag")
    office.ok("config", "set", "letterhead.email", "post@elvdal.no")
    office.ok("config", "set", "mail.host", "127.0.0.1")
    office.ok("config", "set", "mail.port", "1")
    assert "are examples" in office("letter", "render", "apen-dag", "-o", tmp_path / "brev").err
    assert "only examples" in office("letter", "send", "1", "--dry-run").err
    refused = office.refused("letter", "send", "1", "--yes")
    assert "only examples" in refused and "places and links in apen-dag are examples" in refused
    assert "letter send 1 --anyway" in refused
    assert "cannot be reached" in office.refused("letter", "send", "1", "--yes", "--anyway")


def test_an_invented_address_in_a_template_of_ones_own_is_not_sent(office, tmp_path) -> None:
    write(office, "Hei. Les mer på https://tilskudd.example/drift i dag.")
    office.ok("config", "set", "letterhead.email", "post@elvdal.no")
    office.ok("config", "set", "mail.host", "127.0.0.1")
    office.ok("letter", "render", "mal", "-o", tmp_path / "brev")
    assert "tilskudd.example" in office.refused("letter", "send", "1", "--yes")


def test_a_dry_run_tells_what_would_stop_the_sending(office, tmp_path) -> None:
    office.ok("letter", "new", "hilsen")
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("letter", "render", "hilsen", "-o", tmp_path / "brev", "--format", "eml")
    done = office("letter", "send", "1", "--dry-run")
    assert done.code == 3 and "1 letter is ready, but would not be sent yet." in done.out
    assert "mail.host" in done.err and "letter send 1 --anyway" in done.err
    office.ok("config", "set", "mail.host", "127.0.0.1")
    answer = json.loads(office("letter", "send", "1", "--dry-run", "--json").out)
    assert answer["stopped_by"] == ["The letters still hold texts that are to be written."]
    done = office("letter", "send", "1", "--dry-run", "--anyway")
    assert done.code == 0 and "1 letter would be sent. Nothing is sent." in done.out


def test_a_starter_in_a_language_that_nobody_reads_stops_nothing(office, tmp_path) -> None:
    office.ok("letter", "new", "hilsen")
    own = office.path.parent / "templates" / "hilsen.nb.md"
    own.write_text("---\ntitle: Hilsen\nlanguage: nb\n---\nHei.\n", "utf-8")
    office.ok("config", "set", "letterhead.email", "post@elvdal.example")
    office.ok("config", "set", "mail.host", "127.0.0.1")
    done = office("letter", "render", "hilsen", "-o", tmp_path / "brev", "--format", "eml")
    assert done.code == 0 and "starter" not in done.err and "are examples" not in done.err
    assert "to be written" not in office("letter", "send", "1", "--yes").err


@pytest.mark.parametrize("title", ["A {% x", "Møte {{ a", "B {# c"])
def test_a_title_that_would_spoil_the_pair_is_refused(office, title) -> None:
    assert "does not end" in office.refused("letter", "new", "b", "--title", title, code=2)
    assert list((Path(office.path).parent / "templates").iterdir()) == []
    office.ok("letter", "new", "b", "--title", "Til {{ org.name }} {1}")
    assert "Til Egge barnekor {1}" in office.ok("letter", "preview", "b", "1")


def test_what_is_pasted_unseen_is_no_box_and_no_fault(office, tmp_path) -> None:
    write(office, "Tlf:\t\u200e90\u200d 11\n\n\t- Et\u2028punkt.\n\n- To\n\t- Under\t☎\ufe0f")
    assert [what for line, what in found(office, "unprinted") if "☎" not in what] == []
    for form in ("txt", "html"):
        office.ok("letter", "preview", "mal", "1", "-o", tmp_path / f"b.{form}")
        text = (tmp_path / f"b.{form}").read_text("utf-8")
        text = text.replace("\xa0", " ")
        assert "Tlf: 90 11" in text and "Et punkt." in text and "Under ☎" in text
        assert not set("\t\u2028\u200e\u200d\ufe0f") & set(text)
    assert text.count("<ul>") >= 2 and "- Under" not in text  # an indent is one still
    done = office("letter", "preview", "mal", "1", "-o", tmp_path / "b.pdf")
    assert "U+0009" not in done.err and "U+200" not in done.err


def test_a_comment_and_what_a_template_is_about_are_in_no_letter(office) -> None:
    head = "---\n# Merk: 😀\ntitle: Et brev\nabout: Til vår 😀\nlanguage: nb\n---\n"
    path = office.path.parent / "templates" / "mal.nb.md"
    path.write_text(f"{head}Hei 😀\n", "utf-8")
    assert [line for line, _said in found(office, "unprinted")] == [7]


def test_marks_of_bold_in_a_text_of_the_head_are_told_where_they_would_be_printed(office) -> None:
    write(office, "Hei. {{ vars.note }}")
    folder = office.path.parent / "templates"
    for language in ("nb", "nn"):
        path = folder / f"mal.{language}.md"
        head = f"title: '**Et** brev'\nlanguage: {language}\nvars:\n  note: Det er **viktig**."
        path.write_text(f"---\n{head}\n---\n{{{{ vars.note }}}}\n", "utf-8")
    assert found(office, "unprinted") == [
        (5, "“**viktig**” is no markup here: it is printed as it stands.")
    ]
    for path in folder.iterdir():
        path.write_text(path.read_text("utf-8").replace("note }}", "note | markdown }}"), "utf-8")
    assert found(office, "unprinted") == []


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("{{ t }} er med.", True),
        ("Lag nr. {{ t }}", True),
        ("{{ t }}", True),
        ("- {{ t }}", False),
        ("1. {{ t }}", False),
        ("| {{ t }} |", False),
        ("## {{ t }}", False),
        ("{{ t }}\n", False),
        ("{{ t }},", False),
        ("{{ t }}\\", False),
        ("{{ t }}{% if not loop.last %} og{% endif %}", False),
    ],
)
def test_a_loop_of_lines_that_run_together_is_told(office, inside: str, told: bool) -> None:
    office.ok("org", "edit", "1", "--tag", "kor", "--tag", "barn")
    head = "| A |\n|---|\n" if inside.startswith("|") else ""
    write(office, f"Hei.\n\n{head}{{% for t in org.tags %}}\n{inside}\n{{% endfor %}}\n\nSlutt.")
    found_ = [what for _line, what in found(office, "unprinted")]
    assert ["run together" in what for what in found_] == ([True] if told else [])


def test_a_dry_run_tells_what_there_is_to_mend_before_the_letters_are_written(office, tmp_path):
    office.ok("org", "add", "Lier hagelag", "--email", "h@lag.example", "--language", "nn")
    write(office, "Hei.[^1]\n\n[SKRIV HER]")
    (office.path.parent / "templates" / "mal.nn.md").unlink()
    words = ("letter", "render", "mal", "-o", tmp_path / "brev")
    tried, written = (office(*words, *more).err for more in (("--dry-run",), ()))
    for told in (tried, written):
        assert "1 recipient reads nynorsk, which mal is not written in." in told
        assert "[^1]" in told and "[SKRIV HER]" in told and "letter check mal" in told
        assert "2 letters have no postal address" in told
    assert "first. See all" in tried and "again" not in tried and "letter sent" not in tried
    assert "write the letters again" in written and "letter sent 1" in written


def test_a_rare_sign_of_the_template_is_told_as_it_stands(office) -> None:
    write(office, "Hei {{ org.name }}.\n\n<bf\U00020004>")
    assert any("bf\U00020004" in said for _line, said in found(office, "unprinted"))


def test_the_name_of_a_field_is_known_whatever_it_is_of(office) -> None:
    whose = {field.name.partition(".")[0] for field in FIELDS if "." in field.name}
    assert {f"{one}." for one in whose} == NAKED.keys()
    write(office, "Hei org.name og sender.caseworker.")
    assert len([said for _line, said in found(office, "unprinted") if "of a field" in said]) == 2

"""Word documents as templates: tags made whole, values that stay text, refusals by name."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.dom.minidom import parseString

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frivillig_cli.documents.docx_text import clean
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.letter import Letterhead
from frivillig_cli.documents.template import (
    RECIPIENTS,
    STARTERS,
    render_template,
)
from frivillig_cli.documents.values import one_line
from frivillig_cli.documents.word_starter import starter_docx
from frivillig_cli.documents.word_template import read_word_template, render_word

from .hostile import HOSTILE
from .word_made import ORG, W, load, made, texts


def test_a_field_is_found_however_word_has_cut_it(word: Callable[..., Path]) -> None:
    cut = (
        "<w:r><w:t>Hei, {</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr>"
        "<w:t>{ org</w:t></w:r><w:r><w:t>.name }</w:t></w:r><w:r><w:t>}!</w:t></w:r>"
    )
    path = word("Brev", cut, "«{{ org.tags | join(« og ») }}» {{ org.email | default(“–”) }}")
    assert texts(path, org=ORG) == [
        "Brev", "Hei, Elvedal songlag!", "«kor og kultur» –",
    ]  # fmt: skip


def test_a_paragraph_of_tags_leaves_nothing_behind(word: Callable[..., Path]) -> None:
    path = word(
        "Brev", "{% for tag in org.tags %}", "- {{ tag }}", "{% endfor %}",
        "{%p if org.email %}", "E-post {{ org.email }}", "{%p endif %}",
        "x{% if true %}y{% endif %}", "{% If org.email %}", "z", "{%- Else %}", "å", "{% Endif %}",
    )  # fmt: skip
    assert texts(path, org=ORG) == ["Brev", "- kor", "- kultur", "xy", "å"]


@pytest.mark.parametrize(
    "text",
    ["{% if org.email %}x{% else %}Hei{% endif %}", "{% if org.name %}Hei{% endif %}",
     "{# a #}Hei{# b #}", "{% if org.name %}{{ 'Hei' }}{% endif %}"],
)  # fmt: skip
def test_a_paragraph_that_begins_and_ends_with_tags_keeps_its_text(
    word: Callable[..., Path], text: str
) -> None:
    assert texts(word("Brev", text), org=ORG) == ["Brev", "Hei"]


def test_the_bookmarks_that_word_sets_by_itself_are_no_text(word: Callable[..., Path]) -> None:
    mark = '<w:bookmarkStart w:id="{}" w:name="{}"/>'
    path = word(
        "Brev",
        mark.format(7, "_GoBack") + '<w:bookmarkEnd w:id="7"/>'
        "<w:r><w:t>{% for tag in org.tags %}</w:t></w:r>" + mark.format(8, "_Hlk12345"),
        "- {{ tag }}", '<w:bookmarkEnd w:id="8"/><w:r><w:t>{% endfor %}</w:t></w:r>',
        mark.format(9, "svar") + '<w:r><w:t>Svar</w:t></w:r><w:bookmarkEnd w:id="9"/>',
    )  # fmt: skip
    read = made(path, org=ORG)
    assert [p.text for p in read.paragraphs] == ["Brev", "- kor", "- kultur", "Svar"]
    xml = read.element.xml
    assert "_GoBack" not in xml and "_Hlk" not in xml and 'w:name="svar"' in xml
    assert xml.count("bookmarkEnd") == 1


def test_what_loops_leave_empty_has_a_paragraph_that_word_asks_for(
    word: Callable[..., Path],
) -> None:
    path = word("Brev", "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
                "<w:txbxContent><w:p><w:r><w:t>{% if org.email %}{% endif %}</w:t></w:r></w:p>"
                "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")  # fmt: skip
    document = docx.Document(str(path))
    for part in (document.sections[0].header, document.sections[0].footer):
        part.paragraphs[0].text = "{% if org.email %}"
        part.add_paragraph("{{ org.email }}")
        part.add_paragraph("{% endif %}")
    document.save(str(path))
    read = made(path, org=ORG)
    for part in (read.sections[0].header, read.sections[0].footer):
        assert [p.text for p in part.paragraphs] == [""]
    assert "<w:txbxContent>\n" in read.element.xml


def test_a_row_of_tags_repeats_rows_and_an_empty_table_goes(tmp_path: Path) -> None:
    document = docx.Document()
    for tag in ("for tag in org.tags", "if org.email"):
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).text = f"{{% {tag} %}}"
        table.cell(1, 0).text, table.cell(1, 1).text = "{{ org.name }}", "fast"
        table.cell(2, 1).text = f"{{%tr end{tag.split()[0]} %}}"
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "{% if org.email %}"
    table.cell(0, 0).add_paragraph("{{ org.email }}")
    table.cell(0, 0).add_paragraph("{% endif %}")
    path = tmp_path / "mal.nb.docx"
    document.save(str(path))
    found = made(path, org=ORG).tables
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in found]
    assert rows == [[["Elvedal songlag", "fast"]] * 2, [[""]]]


def test_headers_and_footers_are_filled_in_too(word: Callable[..., Path]) -> None:
    path = word("Brev", "Hei")
    document = docx.Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ org.name }}"
    document.sections[0].footer.paragraphs[0].text = "{{ org.nam }}"
    document.save(str(path))
    with pytest.raises(TemplateError) as error:
        made(path, org=ORG)
    assert "org.name" in error.value.hint and "{{ org.nam }}" in error.value.hint
    document.sections[0].footer.paragraphs[0].text = "s"
    document.save(str(path))
    assert made(path, org=ORG).sections[0].header.paragraphs[0].text == "Elvedal songlag"


@given(st.lists(st.integers(0, 60), max_size=12), st.booleans())
@settings(max_examples=100, deadline=None)
def test_wherever_word_cuts_the_text_it_says_the_same(cuts: list[int], email: bool) -> None:
    text = "a{{ org.name }}b {% if org.email %}c{% else %}{# x #}d{% endif %} {e"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    runs = "".join(
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text[a:b]}</w:t></w:r><w:proofErr/>"
        for a, b in pairwise(places)
    )
    xml = f'<w:document xmlns:w="{W}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    word = read_word_template({"d": xml.encode()}, ("d",))
    fields = {"org": {"name": "<{{7*7}}>", "email": "x" if email else None}}
    assert render_word(word, "nb", fields).words() == f"a<{{{{7*7}}}}>b {'cd'[not email]} {{e"


def test_a_document_of_another_kind_of_program_is_refused() -> None:
    xml = f'<n:document xmlns:n="{W}"><n:body><n:p/></n:body></n:document>'
    with pytest.raises(TemplateError, match="Word does not write"):
        read_word_template({"d": xml.encode()}, ("d",))


def test_only_typed_text_is_a_template(word: Callable[..., Path]) -> None:
    path = word("Brev", '<w:bookmarkStart w:id="1" w:name="{% for %}"/>', "\uf0b7 {å}")
    rendered = render_template(load(path), {"org": ORG})
    assert rendered.word is not None
    [xml] = [x for name, x in rendered.word.texts.items() if name == "word/document.xml"]
    assert "{% for %}" in xml
    assert texts(path, org=ORG)[2] == "\uf0b7 {å}"


def test_hostile_values_are_text_in_word(word: Callable[..., Path]) -> None:
    path = word("Brev", "{{ org.name }}", "{{ org.name ~ 'x' }} {{ org.name | upper }}",
                "{% set a %}{{ org.name }}{% endset %}{{ a }}")  # fmt: skip
    template = load(path)

    def xml(value: str) -> str:
        rendered = render_template(template, {"org": {"name": value}})
        assert rendered.word is not None
        return rendered.word.texts["word/document.xml"]

    def shape(text: str) -> list[str]:
        return re.findall(r"<([\w:]+)", text)

    expected = shape(xml("Songlag"))
    for value in HOSTILE:
        if one_line(value):
            found = xml(value)
            assert shape(found) == expected, value[:60]
            parseString(found.encode("utf-8"))
    some = [value for value in HOSTILE[:80] if 0 < len(one_line(value)) < 100]
    for value in some:
        assert texts(path, org={"name": value})[1] == clean(one_line(value)), value


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("{{ org.name", "}}"), "{{"),
        (("a {% if true %}", "b", "{% endif %}"), "in one place"),
        (("{% if true %}", "a"), "{% endif %}"),
        (("{% if true %}", "a{% endif %}"), "in one place"),
        (("{% if true %}", "a", "b {% else %}", "{% endif %}"), "in one place"),
        (("{% if true %}", "a", "<w:r><w:t>{% endif %}</w:t><w:br w:type='page'/></w:r>"),
         "a page break"),
        (("<w:r><w:br w:type='page'/><w:t>{% if true %}</w:t></w:r>", "a", "{% endif %}"),
         "a page break"),
        (("{% endif %}",), "Jinja"),
        (("{{ org.name | markdown }}",), "markdown"),
        (("{{ org.name }}" * 5001,), "5000 is the most"),
        (("{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",),
         "never ends"),
        (("{{ ''.__class__ }}",), "__class__"),
        (("{% include 'x' %}",), "another template"),
        (("{% for x in %}{% endfor %}",), "Jinja"),
        (("{% for a in range(90000) %}", "avsnitt " * 30, "{% endfor %}"), "too long"),
        (("{% set x %}", "Hei {{ org.name }}", "{% endset %}", "{{ x }}"), "whole paragraphs"),
        (("{% macro f(x) %}", "Hei {{ x }}", "{% endmacro %}", "{{ f(1) }}"), "whole paragraphs"),
        (("{% macro f() %}", "{{ caller() }}", "{% endmacro %}", "{% call f() %}", "a",
          "{% endcall %}"), "whole paragraphs"),
        (("{% filter upper %}", "Hei", "{% endfilter %}"), "behind one field"),
    ],
)  # fmt: skip
def test_what_a_template_must_not_is_refused_in_words(
    word: Callable[..., Path], paragraphs: tuple[str, ...], said: str
) -> None:
    with pytest.raises(TemplateError) as error:
        texts(word("Brev", *paragraphs), org=ORG)
    assert said in error.value.message and error.value.hint


@pytest.mark.parametrize(
    ("paragraphs", "missing", "where"),
    [
        (("a", "{% for tag in org.tags %}", "- {{ tag }}", "b"), "{% endfor %}", "for tag in"),
        (("a", "b {% if org.email %} c", "d"), "{% endif %}", "b {% if org.email %} c"),
        (("{% if org.email %}", "{% for tag in org.tags %}", "a", "{% endif %}"), "{% endfor %}",
         "for tag in"),
        (("a {% if org.email %}b{% for tag in org.tags %}c{% endif %}",), "{% endfor %}", "a {%"),
    ],
)  # fmt: skip
def test_what_has_no_end_is_named_with_where_it_begins(
    word: Callable[..., Path], paragraphs: tuple[str, ...], missing: str, where: str
) -> None:
    with pytest.raises(TemplateError) as error:
        load(word("Brev", *paragraphs))
    assert f"has no {missing} after it" in error.value.message
    assert missing in error.value.hint and f"“{where}" in error.value.hint.replace("{% for", "for")


def test_title_recipients_and_purpose_are_words_own(word: Callable[..., Path]) -> None:
    path = word("Til {{ org.name }}", "Hei")
    document = docx.Document(str(path))
    document.core_properties.category = "volunteer"
    document.core_properties.comments = "Til de frivillige"
    document.core_properties.title = "Annet"
    document.save(str(path))
    template = load(path)
    assert (template.title, template.recipients) == ("Til {{ org.name }}", "volunteer")
    assert template.about == "Til de frivillige" and template.language == "nb"
    document.core_properties.category = "lag"
    document.save(str(path))
    with pytest.raises(TemplateError, match="lag"):
        load(path)


@pytest.mark.parametrize("kind", RECIPIENTS)
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_starter_is_a_template_that_can_be_filled_in(
    tmp_path: Path, letterhead: Letterhead, kind: str, language: str
) -> None:
    from frivillig_cli.documents.fields import examples

    text = (STARTERS / f"{kind}.{language}.md").read_text("utf-8")
    path = tmp_path / f"ny.{language}.docx"
    path.write_bytes(starter_docx(text, "Et nytt brev"))
    template = load(path)
    assert (template.recipients, template.title) == (kind, "Et nytt brev")
    rendered = render_template(template, examples(kind))
    assert rendered.document.title == "Et nytt brev"
    assert rendered.word is not None
    data = rendered.word.packed("Et nytt brev", "Elvedal", language, None, draft=True)
    read = docx.Document(io.BytesIO(data))
    cells = [cell.text for row in read.tables[0].rows for cell in dict.fromkeys(row.cells)]
    assert "Elvedal songlag\nBruveien 2\n3400 Elvedal" in cells
    [beside] = read.tables[0].rows[-1].cells[-1].tables
    cells += [cell.text for row in beside.rows for cell in row.cells]
    assert "2027/1234" in cells and "15. februar 2027" in cells
    said = "\n".join(p.text for p in read.paragraphs)
    assert "{" not in said + "".join(cells) and "Kari Nordli" in said
    assert read.paragraphs[0].text in ("FORHÅNDSVISNING", "FØREHANDSVISNING")
    foot = read.sections[0].first_page_footer.tables[0]
    assert "310 000 019" in foot.rows[0].cells[-1].text
    again = rendered.word.packed("Et nytt brev", "Elvedal", language, None, draft=True)
    assert again == data

"""A new template in Word: our own letter, with fields where a letter has its values.

The letterhead is fields too, and what a municipality has not set leaves nothing behind: what is
changed in the settings stands in the next letter.
"""

from __future__ import annotations

import re

from frivillig_cli.core.i18n import _
from frivillig_cli.documents import front_matter, labels
from frivillig_cli.documents.docx import Around, addresses, cell, letters_docx, top
from frivillig_cli.documents.docx_text import TEXT_WIDTH, Look, Writer, paragraph
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.tree import Document, parse_markdown
from frivillig_cli.documents.values import Marks

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_AFTER_A_TABLE = re.compile(r"(\{% endfor %\}\n)(\{% endif %\})")
_ADDRESS = ("{% for line in recipient.address_lines %}", "{{ line }}", "{% endfor %}")
_LOGO = 3969  # twentieths of a point: 70 mm, the widest that a logo is drawn
_REFERENCES = 3628  # 64 mm
_END = "{% endif %}"


def starter_docx(markdown: str, title: str) -> bytes:
    """A Word template that says what a starter in `markdown` does."""
    meta, body, _line = front_matter.split(markdown)
    marks = Marks()
    said = _TAG.sub(lambda tag: marks.put(tag[0]), _AFTER_A_TABLE.sub(r"\1\n\2", body))
    language, kind = str(meta["language"]), str(meta["recipients"])
    letter = Letter(Document(title, language, parse_markdown(said, marks)), Letterhead(""))
    case = "case_number"
    if kind == "agreement":
        case = "case_number or agreement.case_number"

    def around(writer: Writer, letter: Letter) -> Around:
        sender = cell(_sender(writer), TEXT_WIDTH - _LOGO) + cell(_logo(writer), _LOGO, 2)
        grid = [TEXT_WIDTH - _LOGO, _LOGO - _REFERENCES, _REFERENCES]
        return Around(
            top=top(writer, grid, sender, _ADDRESS, _references(case)),
            ending=_ending(writer, letter),
            foot=_foot(writer),
            date="{{ today | date }}",
        )

    return letters_docx([letter], around, category=kind)


def _sender(writer: Writer) -> str:
    unit = _where("municipality.unit", "{{ municipality.unit }}")
    return paragraph(writer.run("{{ municipality.name }}"), "SenderName") + paragraph(
        writer.run(unit), "SenderUnit"
    )


def _logo(writer: Writer) -> str:
    logo = writer.run(_where("municipality.logo", "{{ municipality.logo }}"))
    return paragraph(logo, "SenderUnit", '<w:jc w:val="right"/>')


def _references(case: str) -> list[tuple[str, str]]:
    rows = [(_("Our date"), "{{ today | date }}")]
    for asked, label, value in (
        (case, _("Our reference"), case),
        ("sender.caseworker", _("Our caseworker"), "sender.caseworker"),
        ("exempt", _("Exempt from public access"), "exempt"),
    ):
        rows += [("", f"{{% if {asked} %}}"), (label, f"{{{{ {value} }}}}"), ("", _END)]
    return rows


def _ending(writer: Writer, letter: Letter) -> str:
    """The greeting, where there is somebody who signs, and the line on electronic approval."""

    def said(text: str, style: str, look: Look | None = None) -> str:
        return paragraph(writer.run(text, look), style, keep=True)

    return "".join((
        said("{% if sender.caseworker %}", "Signature"),
        said(labels.greeting(), "Closing"),
        said("{{ sender.caseworker }}", "Signature", Look("Strong")),
        said("{% if sender.title %}", "Signature"),
        said("{{ sender.title }}", "Signature"),
        said(_END, "Signature"),
        said(_END, "Signature"),
        paragraph(writer.run(labels.approval(letter)), "Approval"),
    ))  # fmt: skip


def _foot(writer: Writer) -> str:
    """The addresses in the columns of our letters: four, or three where nobody is received."""
    street, place = "municipality.street", "municipality.postcode or municipality.city"
    postal = (
        _where(f"{street} or {place}", _("Postal address")),
        [
            *_line(street, "{{ municipality.street }}"),
            *_line(place, "{{ municipality.postcode | default('') }} "
                          "{{ municipality.city | default('') }}"),
        ],
    )  # fmt: skip
    visit = (_("Visiting address"), ["{{ municipality.visit }}"])
    reached = _both(
        ("municipality.phone", " | phone", _("Telephone")),
        ("municipality.email", "", _("E-mail")),
        _("Telephone and e-mail"),
    )
    known = _both(
        ("municipality.website", "", _("Website")),
        ("municipality.orgnr", " | orgnr", _("Org. no.")),
        _("Website and org. no."),
    )
    return "".join((
        paragraph(writer.run("{% if municipality.visit %}"), "Footer"),
        addresses(writer, [postal, visit, reached, known], (36, 36, 48, 40)),
        paragraph(writer.run("{% else %}"), "Footer"),
        addresses(writer, [postal, reached, known], (50, 60, 50)),
        paragraph(writer.run(_END), "Footer"),
    ))  # fmt: skip


def _both(
    one: tuple[str, str, str], other: tuple[str, str, str], together: str
) -> tuple[str, list[str]]:
    """A column of two fields, each with its filter and label; `together` is the label of both."""
    (first, shown, label), (second, shown_too, label_too) = one, other
    said = (
        f"{{% if {first} and {second} %}}{together}"
        f"{{% elif {first} %}}{label}{{% elif {second} %}}{label_too}{_END}"
    )
    return said, [
        *_line(first, f"{{{{ {first}{shown} }}}}"),
        *_line(second, f"{{{{ {second}{shown_too} }}}}"),
    ]


def _line(asked: str, said: str) -> tuple[str, str, str]:
    """Paragraphs of which none is left where there is no such value."""
    return f"{{% if {asked} %}}", said, _END


def _where(asked: str, said: str) -> str:
    return f"{{% if {asked} %}}{said}{_END}"

"""A new template in Word: our own letter, with fields where a letter has its values."""

from __future__ import annotations

import re
from typing import Any

from frivillig_cli.core.i18n import _, in_language
from frivillig_cli.core.orgnr import show_orgnr
from frivillig_cli.documents import front_matter, labels
from frivillig_cli.documents.docx import Around, letters_docx
from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.tree import Document, parse_markdown
from frivillig_cli.documents.values import Marks

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_AFTER_A_TABLE = re.compile(r"(\{% endfor %\}\n)(\{% endif %\})")
_NUMBER = "000000000"  # is shown in groups, which a field must not be
_ADDRESS = ("{% for line in recipient.address_lines %}", "{{ line }}", "{% endfor %}")


def starter_docx(markdown: str, title: str, head: Letterhead, signed: tuple[str, str]) -> bytes:
    """A Word template that says what a starter in `markdown` does, with this letterhead.

    What the letterhead lacks has no field; `signed` is who signs, and the title, or "".
    """
    meta, body, _line = front_matter.split(markdown)
    marks = Marks()
    said = _TAG.sub(lambda tag: marks.put(tag[0]), _AFTER_A_TABLE.sub(r"\1\n\2", body))
    language = str(meta["language"])
    letter = Letter(
        document=Document(title, language, parse_markdown(said, marks)),
        letterhead=head._replace(
            name="{{ municipality.name }}",
            unit="{{ municipality.unit }}" if head.unit else "",
        ),
        recipient=_ADDRESS,
        signed_by="{{ sender.caseworker }}" if signed[0] else "",
        signed_title="{{ sender.title }}" if signed[1] else "",
    )
    case = "case_number"
    if meta["recipients"] == "agreement":
        case = "case_number or agreement.case_number"
    columns = _columns(head, language)
    around = Around(_references(case, signed[0], language), columns, "{{ today | date }}")
    return letters_docx([letter], lambda _letter: around, category=str(meta["recipients"]))


def _references(case: str, signed: str, language: str) -> list[tuple[str, str]]:
    with in_language(language):
        rows = [(_("Our date"), "{{ today | date }}")]
        rows += [("", f"{{% if {case} %}}"), (_("Our reference"), f"{{{{ {case} }}}}")]
        rows.append(("", "{% endif %}"))
        if signed:
            rows.append((_("Our caseworker"), "{{ sender.caseworker }}"))
        rows += [("", "{% if exempt %}"), (_("Exempt from public access"), "{{ exempt }}")]
        return [*rows, ("", "{% endif %}")]


def _columns(head: Letterhead, language: str) -> list[tuple[str, list[str]]]:
    """The foot's columns, with the fields in place of what they say now."""
    fields: dict[str, Any] = {
        "phone": "{{ municipality.phone | phone }}",
        "email": "{{ municipality.email }}",
        "website": "{{ municipality.website }}",
        "orgnr": _NUMBER,
    }
    said = {name: text for name, text in fields.items() if getattr(head, name)}
    if head.postal_address:
        # the street may be missing, or the place
        place = "{{ municipality.postcode | default('') }} {{ municipality.city | default('') }}"
        said["postal_address"] = ("{{ municipality.street | default('') }}", place)
    if head.visiting_address:
        said["visiting_address"] = ("{{ municipality.visit }}",)
    with in_language(language):
        columns = labels.address_columns(head._replace(**said))
    number = "{{ municipality.orgnr | orgnr }}"
    return [(label, [row.replace(show_orgnr(_NUMBER), number) for row in rows])
            for label, rows in columns]  # fmt: skip

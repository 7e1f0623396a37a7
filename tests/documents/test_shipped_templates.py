"""The templates that come with the program: in pairs, with fields that are listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.errors import TemplateError
from frivillig_cli.documents.fields import FIELDS, ONE_OF, examples, fields_for
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.template import (
    SHIPPED,
    find_template,
    find_templates,
    load_template,
    missing_fields,
    render_template,
)

from .test_templates import text_of


def test_your_own_template_hides_the_shipped_one(
    tmp_path: Path, write_template: Callable[..., Path]
) -> None:
    mine = write_template("x", name="apen-dag.nb.md")
    assert find_template("apen-dag", "nb", [tmp_path, SHIPPED]) == mine
    assert find_template("apen-dag", "nn", [tmp_path, SHIPPED]).parent == SHIPPED
    with pytest.raises(TemplateError) as error:
        find_template("apendag", "nb", [tmp_path, SHIPPED])
    assert "apen-dag" in error.value.hint


def nothing_known(recipients: str) -> dict[str, Any]:
    """Every field that letters to `recipients` know, without a value."""
    out: dict[str, Any] = {}
    for field in fields_for(recipients):
        if "[]" in field.name:
            continue
        *parents, last = field.name.split(".")
        place = out
        for name in parents:
            place = place.setdefault(name, {})
        place[last] = [] if field.name in ONE_OF else None
    return out


SHIPPED_FILES = find_templates([SHIPPED])


def test_templates_come_in_pairs_with_the_same_fields() -> None:
    import re

    names = {path.name.split(".")[0] for path in SHIPPED_FILES}
    assert names == {
        "apen-dag", "beredskapsavtale", "dialogmote", "informasjonsdag", "kursbevis", "planvedlegg",
        "rolle-i-beredskap", "samarbeidsavtale", "sporreskjema-folgebrev", "sporreskjema-purring",
        "takk-frivillig", "tilskuddsordninger",
    }  # fmt: skip
    for name in names:
        pair = [load_template(find_template(name, lang, [SHIPPED])) for lang in ("nb", "nn")]
        used = [sorted(set(re.findall(r"[a-z]+\.[a-z_.]+", t.body))) for t in pair]
        assert [u for u in used[0] if u in used[1]], name
        tags = [re.findall(r"\{[{%].*?[%}]\}", t.body) for t in pair]
        assert tags[0] == tags[1], name


NEEDED = {
    "org": {"org.name", "municipality.name", "survey.title"},
    "volunteer": {"volunteer.name", "municipality.name", "volunteer.intro_course_completed"},
    "agreement": {
        "org.name", "municipality.name", "agreement.title", "agreement.from", "agreement.caller",
        "agreement.exercise_payer", "agreement.event_payer", "today",
    },
    "member": {"member.name", "member.seats", "municipality.name"},
}  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.name)
def test_shipped_templates_need_only_fields_that_are_listed(path: Path) -> None:
    template = load_template(path)
    filled = render_template(template, examples(template.recipients))
    assert "Elvedal" in filled.document.title + text_of(filled)
    needed = {one.field for one in missing_fields(template, nothing_known(template.recipients))}
    assert needed <= NEEDED[template.recipients]


def test_the_listed_fields_can_be_written_as_they_are_shown() -> None:
    for field in FIELDS:
        written = field.written
        if "[]" in field.name:
            above, _, _ = field.name.partition("[]")
            loop = next(one.written for one in FIELDS if one.name == above)
            written = loop.replace("…", written)
        assert render_text(written, "nb", examples(field.recipients[0])), field.name
        with in_language("nb"):
            assert field.explained != field.explanation

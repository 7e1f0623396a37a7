"""The shipped agreements with what coordinators write in their fields."""

from __future__ import annotations

from typing import Any

import pytest

from frivillig_cli.documents.fields import examples
from frivillig_cli.documents.render import render_text
from frivillig_cli.documents.template import SHIPPED, find_template, load_template, render_template
from frivillig_cli.documents.text import blocks

WRITTEN = {
    "caller": "Kriseledelsen.", "municipality_contact": "32220100.",
    "response_time": "Innen to timer.", "contributions": [],
}  # fmt: skip


def text_of(name: str, language: str) -> str:
    fields: dict[str, Any] = examples("agreement")
    fields["agreement"] = {**fields["agreement"], **WRITTEN}
    template = load_template(find_template(name, language, [SHIPPED]))
    return blocks(render_template(template, fields).document.blocks, 72)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", ["beredskapsavtale", "planvedlegg"])
def test_a_sentence_has_one_full_stop_and_a_number_is_in_groups(name: str, language: str) -> None:
    text = text_of(name, language)
    assert ".." not in text and "Kriseledelsen. " not in text
    assert "32 22 01 00.\n" in text and "Innen to timer.\n" in text


def test_an_agreement_without_contributions_says_that_they_are_to_be_agreed_on() -> None:
    assert "Partene blir enige om hva" in text_of("beredskapsavtale", "nb")
    assert "Partane blir samde om kva" in text_of("beredskapsavtale", "nn")


@pytest.mark.parametrize(
    ("written", "shown"),
    [("32220100", "32 22 01 00"), ("901 11 222", "90 11 12 22"), ("116117", "116 117"),
     ("Vakta, 32220100", "Vakta, 32220100"), ("12", "12"), ("+4732220100", "32 22 01 00")],
)  # fmt: skip
def test_a_number_without_its_country_code_is_shown_in_groups_too(written, shown) -> None:
    assert render_text(f'{{{{ "{written}" | phone }}}}', "nb", {}) == shown

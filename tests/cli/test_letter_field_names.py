"""The names of fields as coordinators write them by heart, and what they are told instead."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def office(cli, tmp_path):
    """One association, and templates of our own."""
    cli.ok("org", "add", "Egge barnekor", "--email", "egge@lag.example")
    (tmp_path / "templates").mkdir()
    return cli


def told(office, body: str) -> set[tuple[str, str]]:
    """What is found wrong in a template, and the way out."""
    for language in ("nb", "nn"):
        path = office.path.parent / "templates" / f"mal.{language}.md"
        path.write_text(f"---\ntitle: Et brev\nlanguage: {language}\n---\n{body}\n", "utf-8")
    found = json.loads(office("letter", "check", "mal", "--json").out)["findings"]
    return {(one["what"], one["way_out"]) for one in found}


@pytest.mark.parametrize(
    "written, meant",
    [
        ("municipality.epost", "municipality.email"),
        ("kommune.telefon", "municipality.phone"),
        ("org.e_post", "org.email"),
        ("Lag.Navn", "org.name"),
        ("org.adresse", "org.street"),
        ("mottaker.adresse", "recipient.address_lines"),
        ("epost", "org.email, municipality.email"),
        ("dato", "today"),
    ],
)
def test_a_field_that_is_named_in_norwegian_is_told_by_its_own_name(office, written, meant) -> None:
    want = (f"There is no field “{written}”.", f"Did you mean {meant}?")
    assert want in told(office, f"Hei {{{{ {written} }}}}")
    assert want in told(office, f"Hei {{% if org.name == 'x' %}}{{{{ {written} }}}}{{% endif %}}")


def test_a_name_of_many_parts_is_soon_told(office) -> None:
    found = told(office, "Hei {{ " + "adresse." * 30 + "adresse }}")
    assert any("There is no field “adresse" in said for said, _way_out in found)

"""A letter that nobody has signed, and that nobody can answer, is told of before it goes out."""

from __future__ import annotations

import json

import pytest

WHO, HOW = "letterhead.caseworker", "letterhead.email"


@pytest.fixture
def office(cli, tmp_path):
    """A municipality of which nothing but its name is set."""
    cli.ok("org", "add", "Sylling songlag", "--email", "a@x.example")
    cli.ok("agreement", "add", "1", "Besøk", "--kind", "cooperation", "--from", "2026-01-01")
    cli.folder = tmp_path / "brev"
    return cli


def told(office, template: str) -> set[str]:
    """The settings that a batch, and the check of its template, name as missing."""
    rendered = office("letter", "render", template, "-o", office.folder, "--overwrite").err
    found = json.loads(office("letter", "check", template, "--json").out)["findings"]
    checked = {one["field"] for one in found if one["code"] == "letterhead"}
    assert checked == {one for one in (WHO, HOW) if f"config set {one} …" in rendered}
    return checked


def test_a_letter_without_name_and_address_is_told_of(office) -> None:
    assert told(office, "apen-dag") == {WHO, HOW}
    said = office("letter", "check", "apen-dag")
    assert said.code == 3 and "letterhead.caseworker  The letters end without" in said.out
    office.ok("config", "set", WHO, "Kari Nordli")
    assert told(office, "apen-dag") == {HOW}
    office.ok("config", "set", "letterhead.phone", "32 22 01 00")
    assert told(office, "apen-dag") == set()


def test_what_is_signed_by_hand_needs_no_name(office) -> None:
    assert told(office, "samarbeidsavtale") == {HOW}


def test_the_check_of_all_templates_tells_it_once(office) -> None:
    found = json.loads(office("letter", "check", "--json").out)["findings"]
    heads = [one for one in found if one["code"] == "letterhead"]
    assert [one["field"] for one in heads] == [WHO, HOW]
    assert [one["template"] for one in heads] == [None, None]

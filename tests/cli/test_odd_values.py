"""Values, queries and surroundings that used to be taken for something else."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

# a PNG
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="


@pytest.mark.parametrize(("typed", "stored"), [("1200", "1200"), ("Sport", "1200"), ("1", "1")])
def test_a_category_is_a_known_one_by_code_or_name(cli, typed: str, stored: str) -> None:
    assert cli.json("org", "add", "Lier kor", "--category", typed)["category"] == stored


def test_a_category_that_is_none_is_refused(cli) -> None:
    assert "category" in cli.refused("org", "add", "Lier kor", "--category", "abc")
    assert "category" in cli.refused("org", "add", "Lier kor", "--category", "9999")
    assert cli.json("org", "list") == []


@pytest.mark.parametrize(
    "key",
    [
        "letterhead.phone", "letterhead.email", "letterhead.website", "letterhead.orgnr",
        "letterhead.postcode", "letterhead.logo", "beredskap.callback", "municipality.number",
    ],
)  # fmt: skip
def test_a_setting_of_a_known_kind_is_checked(cli, key: str) -> None:
    cli.refused("config", "set", key, "abc")
    cli.ok("config", "set", key, "")


def test_a_letterhead_keeps_what_is_right_as_it_was_typed(cli, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b64decode(DOT))
    right = {"phone": "32 22 01 00", "orgnr": "974 760 673", "logo": str(logo)}
    for key, value in right.items():
        assert cli.json("config", "set", f"letterhead.{key}", value).popitem()[1] == value


def test_a_logo_that_cannot_be_drawn_is_not_kept(cli, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    for data in (b"", b"no picture", b64decode(DOT)[:50]):
        logo.write_bytes(data)
        assert "PNG" in cli.refused("config", "set", "letterhead.logo", logo)
    assert cli.json("config", "get", "letterhead.logo") == {"letterhead.logo": None}


@pytest.mark.parametrize("query", ['"', '""', "^^kor", "--", '^""', "^-kor"])
def test_a_query_that_says_nothing_does_not_pick_everything(cli, query: str) -> None:
    cli.ok("org", "add", "Lier kor")
    assert "search for" in cli.refused("org", "list", "--", query)


def test_a_tag_is_found_as_it_was_typed(cli) -> None:
    cli.ok("org", "add", "Lier kor", "--tag", "to ord")
    for query in ('tag:"to ord"', "tag:to-ord"):
        assert len(cli.json("org", "list", query)) == 1


@pytest.mark.parametrize("query", ["status:nosuch", "language:xx", "^status:nosuch"])
def test_a_value_that_no_row_can_have_is_refused_with_the_ones_there_are(cli, query: str) -> None:
    known = "archived" if "status" in query else "nn"
    assert known in cli.refused("org", "list", query)
    cli.ok("org", "list", "status:Active", "language:")


def test_a_list_is_sorted_by_category_as_numbers(cli) -> None:
    for number, code in enumerate(("10100", "1200", "2100")):
        cli.ok("org", "add", f"Lag {number}", "--category", code)
    cli.ok("org", "add", "Lag uten")
    found = [org["category"] for org in cli.json("org", "list", "--sort", "category")]
    assert found == ["1200", "2100", "10100", None]


@pytest.mark.parametrize("clock", ["garbage", "9999-12-31T23:59:59-12:00", "9999-12-31T10:00:00Z"])
def test_a_clock_that_tells_no_time_is_one_sentence(cli, monkeypatch, clock: str) -> None:
    monkeypatch.setenv("FRIVILLIG_CLOCK", clock)
    assert "FRIVILLIG_CLOCK" in cli.refused("org", "add", "Lier kor", code=2)


def test_init_on_an_empty_file_says_how_to_go_on(bare_cli) -> None:
    bare_cli.path.touch()
    said = bare_cli.refused("init")
    assert "empty" in said and "Remove it" in said


def test_an_empty_name_for_the_register_is_not_taken_for_another(cli) -> None:
    for words in (["--db", "", "org", "list"], ["org", "list", "--db", ""]):
        assert "--db" in cli.refused(*words, code=2)


def test_offices_are_named_in_words_that_are_taken(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    said = cli("contact", "add", "1", "Kari Li", "--role", "tull", lang="nb").err
    words = said.split(": ")[1].strip().rstrip(".").split(", ")
    assert "nestleder" in words and "board_member" not in words
    for number, word in enumerate(words):
        assert cli("contact", "add", "1", f"Person {number}", "--role", word).code == 0, word


def test_redo_names_the_command_that_is_done_again(cli) -> None:
    cli.ok("org", "add", "Lier kor")
    cli.ok("undo")
    assert "org add" in cli.ok("redo")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "--days must be 0 or more."), ("nb", "--days må være 0 eller mer.")],
)
def test_a_number_without_a_top_is_said_to_have_none(cli, lang: str, words: str) -> None:
    said = cli("survey", "remind", "1", "-o", "x", "--days", "-5", lang=lang)
    assert said.code == 2 and words in said.err and "…" not in said.err

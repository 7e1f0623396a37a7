"""A protected person's phone and e-mail that an association has, or gives, as its own."""

from __future__ import annotations

import pytest

from tests.cli.survey_round import answer, send, take_in, words_in

WAYS = ("90 11 15 55", "90111555", "siri@lie.example")
THEIRS = {"phone": "90 11 15 55", "email": "siri@lie.example"}
NEW = {"phone": "32 22 01 88", "email": "ny@hagelag.example"}


@pytest.fixture
def lag(lag):
    lag.ok("volunteer", "add", "Siri Lie", "--phone", WAYS[0], "--email", WAYS[2])
    return lag


def seen(lag, back: str, tmp_path) -> str:
    """All that an import of a file says, and what is kept of it."""
    flags = (("--dry-run",), ("--dry-run", "--json"), ("--yes",), ("--dry-run",))
    said = [lag("survey", "import", "1", back, *each) for each in flags]
    text = "".join(done.out + done.err for done in said)
    text += lag.ok("survey", "problems", "1", "--json")
    lag.ok("survey", "problems", "1", "-o", tmp_path / "r.xlsx")
    return text + words_in(tmp_path / "r.xlsx") if (tmp_path / "r.xlsx").exists() else text


def test_it_is_no_answer_where_the_field_was_changed_here_too(lag, forms, tmp_path) -> None:
    back = answer(forms[1], tmp_path / "a.xlsx", **THEIRS)
    lag.ok("org", "edit", "1", "--phone", "32 22 01 77", "--email", "x@hagelag.example")
    lag.ok("person", "edit", "2", "--protected", "--yes")
    text = seen(lag, back, tmp_path)
    assert not [way for way in WAYS if way in text], text
    assert text.count("It is the phone of Siri Lie, who is protected. Ask what others may use") > 2
    assert lag.json("org", "show", "1")["phone"] == "+4732220177"


@pytest.mark.parametrize("late", [False, True])
def test_what_stood_as_the_associations_own_is_masked(lag, tmp_path, says, late) -> None:
    lag.ok("org", "edit", "1", "--phone", WAYS[0], "--email", WAYS[2])
    if not late:
        lag.ok("person", "edit", "2", "--protected", "--yes")
    forms = send(lag, tmp_path)
    assert [way for way in WAYS[::2] if way in words_in(forms[1])] == (list(WAYS[::2]) * late)
    lag.ok("person", "edit", "2", "--protected", "--yes")
    back = answer(forms[1], tmp_path / "a.xlsx", **NEW)
    text = seen(lag, back, tmp_path)
    assert not [way for way in WAYS if way in text] and "[protected]" in text
    if not late:  # sent blank: the one that stands here is not given up unseen
        asked = says("1", "1")
        lag.ok("survey", "import", "1", back, "--accept", "ask")
        assert "as it is now: [protected]" in asked[0]
    assert lag.json("org", "show", "1")["phone"] == "+4732220188"


def test_a_phone_that_somebody_in_an_office_has_too_stays_theirs(lag, tmp_path) -> None:
    lag.ok("contact", "add", "1", "Odd Lie", "--role", "treasurer", "--phone", WAYS[0])
    lag.ok("person", "edit", "2", "--protected", "--yes")
    assert WAYS[0] in words_in(send(lag, tmp_path)[1])


@pytest.mark.parametrize(
    ("field", "said", "way", "words"),
    [
        ("name", "Hagelaget 90111555", "Hagelaget", "Enter it without the number"),
        ("website", "hagelag.example/90111555", "hagelag.example", "Enter it without the number"),
        ("phone", WAYS[0], NEW["phone"], "It is the phone of Siri Lie, who is protected. Ask what"),
        ("email", WAYS[2], NEW["email"], "It is the e-mail of Siri Lie, who is protected. Ask"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_what_is_advised_for_an_associations_own_is_what_the_register_takes(
    lag, forms, tmp_path, field, said, way, words, late
) -> None:
    here = {"name": "Grønn hage", "website": "lag.example", "phone": "32 22 01 77",
            "email": "ny@lag.example"}  # fmt: skip
    back = answer(forms[1], tmp_path / "a.xlsx", **{field: said})
    lag.ok("org", "edit", "1", f"--{field}", here[field])  # changed on both sides
    if not late:
        lag.ok("person", "edit", "2", "--protected", "--yes")
    take_in(lag, back)
    lag.ok("person", "edit", "2", "--protected", "--yes")
    told = {one["field"]: one["message"] for one in lag.json("survey", "problems", "1")}
    assert words in told[field] and f"frivillig org edit 1 --{field} " in told[field]
    lag.refused("org", "edit", "1", f"--{field}", said)
    lag.ok("org", "edit", "1", f"--{field}", way)
    assert field not in {one["field"] for one in lag.json("survey", "problems", "1")}

from __future__ import annotations

from pathlib import Path

import pytest

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.records.survey import questions
from frivillig_cli.records.survey.question_file import read_questions

EXAMPLE = Path(__file__).parents[3] / "examples" / "questions.toml"
GOOD = '[[question]]\nid = "one"\nkind = "text"\ntext = "Hva?"\n'


def test_the_example_is_read_whole_and_further_questions_stand_before_the_closing():
    asked = read_questions(EXAMPLE.read_bytes(), "questions.toml")
    added = [question for question in asked if question.section == "further"]
    assert [question.id for question in added] == [
        "open_day",
        "visitors",
        "newcomers",
        "help_wanted",
        "next_event",
        "wish",
    ]
    assert added[0].in_language("nn") == "Vil de ha ein stand på foreiningsdagen?"
    assert len(asked) == len(added) + len(questions.default_questions())
    assert asked[-1].section == "closing"


def test_default_questions_can_be_chosen():
    asked = read_questions(b'default = ["email", "name"]', "q.toml")
    assert [question.id for question in asked] == ["name", "email"]


def test_questions_are_kept_and_read_back_the_same():
    asked = read_questions(EXAMPLE.read_bytes(), "questions.toml")
    assert questions.from_json(questions.to_json(asked)) == asked


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("default = [", "TOML"),
        ("default = 3", "default"),
        ('default = ["emial"]', "emial"),
        ("default = false", "no question"),
        ("question = 3", "[[question]]"),
        ("surprise = 3", "surprise"),
        ('[[question]]\nkind = "text"\ntext = "Hva?"', "question 1"),
        ('[[question]]\nid = "One more"\nkind = "text"\ntext = "Hva?"', "id"),
        ('[[question]]\nid = "one"\nkind = "phone"\ntext = "Hva?"', "phone"),
        ('[[question]]\nid = "one"\nkind = "text"', "text"),
        ('[[question]]\nid = "one"\nkind = "text"\ntext = ""', "text"),
        ('[[question]]\nid = "one"\nkind = "text"\ntext.se = "Mii?"', "se"),
        ('[[question]]\nid = "one"\nkind = "text"\ntext = "Hva?"\nhelpp = "x"', "helpp"),
        ('[[question]]\nid = "one"\nkind = "one_of"\ntext = "Hva?"', "two options"),
        (GOOD + '[[question.options]]\nid = "a"\ntext = "A"', "one_of"),
        (GOOD + GOOD, "twice"),
        (GOOD.replace('"one"', '"email"'), "email"),
        (GOOD.replace('"one"', '"key"'), "own words"),
        (GOOD.replace('"one"', '"tick"'), "own words"),
        ('[[question]]\nid = "one"\nkind = "one_of"\ntext = "Hva?"\noptions = ["a", "b"]', "id"),
    ],
)
def test_a_mistake_is_named_with_the_file(source, said):
    with pytest.raises(FileFormatError) as refused:
        read_questions(source.encode(), "mine.toml")
    assert refused.value.message.startswith("mine.toml")
    assert said in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("source", [b"\xff\xfe\x00", b"a" * 2_000_000, b"x = " + b"[" * 5000])
def test_what_is_no_text_is_refused(source):
    with pytest.raises(FileFormatError):
        read_questions(source, "mine.toml")


def test_every_word_of_the_workbook_is_kept_for_itself():
    from frivillig_cli.records.survey.question_file import RESERVED
    from frivillig_cli.work.survey import marks

    words = {word for word in vars(marks).values() if str(word).startswith(marks.PREFIX)}
    assert {word.removeprefix(marks.PREFIX) for word in words} - {""} == set(RESERVED)


def test_an_own_question_is_no_office_because_of_how_it_begins():
    assert questions.office_of("contact_ways") is None
    assert questions.office_of("leader_phone") == questions.office_of("leader") == "leader"

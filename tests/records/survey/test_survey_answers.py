from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.records.survey import answers, display, questions
from frivillig_cli.records.survey.compare import ERASE
from frivillig_cli.records.survey.model import Choice, Kind, Question

ASKED = {question.id: question for question in questions.default_questions()}
CHOICES = tuple(Choice(name, {"nb": text}) for name, text in (("a", "Ja, alltid"), ("b", "Nei")))
ONE = Question("one", Kind.ONE_OF, "further", {"nb": "Velg"}, options=CHOICES)
MANY = Question("many", Kind.MANY_OF, "further", {"nb": "Velg"}, options=CHOICES)

NUMBERS = st.from_regex(r"[0-9+=\-. ]{1,16}", fullmatch=True)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("phone", "90 11 12 22", "+4790111222"),
        ("phone", "", None),
        ("email", "post@LAG.example", "post@lag.example"),
        ("orgnr", "970 168 001", "970168001"),
        ("postcode", "0301", "0301"),
        ("members", "1 250", 1250),
        ("annual_meeting_month", "mars", 3),
        ("annual_meeting_month", "March", 3),
        ("annual_meeting_month", "3", 3),
        ("annual_meeting", "15.03.2027", "2027-03-15"),
        ("annual_meeting", "2027-03-15", "2027-03-15"),
        ("listed", "Ja", 1),
        ("listed", "nei", 0),
        ("leader", "  Aud   Kittilsen ", "Aud Kittilsen"),
        ("bank_account", "8601.11.17947", "86011117947"),
        ("phone", "SLETT", ERASE),
        ("phone", "(slett)", ERASE),
        ("phone", "delete", ERASE),
        ("phone", "–", None),
        ("leader", "ingen", None),
    ],
)
def test_cells_become_values(field, text, value):
    assert answers.parse(ASKED[field], text) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("phone", "ring meg"),
        ("phone", "901 23 456 / 32 22 01 00"),
        ("email", "post lag.example"),
        ("orgnr", "970168002"),
        ("postcode", "30100"),
        ("members", "omlag halvparten"),
        ("members", "-3"),
        ("members", "²"),
        ("annual_meeting", "31.02.2027"),
        ("annual_meeting_month", "m"),
        ("annual_meeting_month", "13"),
        ("listed", "kanskje"),
        ("leader", "90111222"),
        ("leader", "post@lag.example"),
        ("bank_account", "8601.11.17948"),
        ("name", "SLETT"),
        ("activities", "x" * 2001),
        ("activities", "født 010170 12343"),
        ("leader", "Ola Vik 01017012343"),
        ("members", "1017012343"),
    ],
)
def test_what_breaks_a_rule_is_refused(field, text):
    with pytest.raises(InvalidValueError) as refused:
        answers.parse(ASKED[field], text)
    assert "12343" not in f"{refused.value.message}{refused.value.value}"


@pytest.mark.parametrize("text", ["-5", "10000001", "1000000000", "1,5", "mange"])
def test_a_number_that_is_none_is_told_its_bounds(text):
    with pytest.raises(InvalidValueError, match="from 0 to 10 million"):
        answers.parse(ASKED["members"], text)


def test_a_dash_where_something_stood_is_a_question_and_not_a_blank():
    with pytest.raises(InvalidValueError):
        answers.parse(ASKED["phone"], "-", "+4790111222")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "+4732220100"),
        ("orgnr", "970168001"),
        ("bank_account", "86011117947"),
        ("annual_meeting_month", 12),
        ("annual_meeting", "2027-03-05"),
        ("listed", 1),
        ("members", 40),
        ("street", "Bruveien 2"),
    ],
)
def test_what_is_shown_is_read_back_and_is_untouched(field, value, language):
    shown = display.show(ASKED[field], value, language)
    assert answers.parse(ASKED[field], shown) == value
    assert display.untouched(ASKED[field], shown, value)


def test_a_value_that_breaks_todays_rules_is_untouched_when_it_comes_back():
    assert display.untouched(ASKED["phone"], "+47 123", "+47 123")


def test_choices_are_read_by_their_words():
    assert answers.parse(ONE, "ja,  alltid") == "a"
    assert answers.parse_options(MANY, {"a": "x", "b": ""}) == ("a",)
    assert answers.parse_options(MANY, {"a": "", "b": " "}) is None
    with pytest.raises(InvalidValueError):
        answers.parse(ONE, "vet ikke")
    with pytest.raises(InvalidValueError):
        answers.parse_options(MANY, {"a": "tja"})


@given(st.sampled_from([*ASKED.values(), ONE]), st.one_of(st.text(max_size=60), NUMBERS))
def test_any_text_is_a_value_a_blank_or_a_sentence(question, text):
    try:
        value = answers.parse(question, text)
    except InvalidValueError as refused:
        assert refused.message and refused.hint
        assert len(refused.message) < 300
    else:
        if value is not None and value is not ERASE:
            shown = display.show(question, value, "nb")
            assert answers.parse(question, shown) == value

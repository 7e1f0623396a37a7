from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.records.survey.key import Key, base_key, looks_like_key, parse_key, survey_code

ids = st.integers(min_value=1, max_value=10**9)
values = st.one_of(st.none(), st.integers(0, 10**6), st.text(max_size=20))
bases = st.dictionaries(st.sampled_from(["name", "phone", "members"]), values, max_size=3)


def made(org: int = 12) -> Key:
    return Key(survey_code("aaaa"), org, base_key("org-uid", {"name": "Lia kor"}))


@given(ids, st.uuids(), bases)
def test_a_key_is_read_back_as_it_was_made(org, uid, base):
    key = Key(survey_code(uid.hex), org, base_key(uid.hex, base))
    assert parse_key(str(key)) == key
    assert parse_key(f" {str(key).upper()}\u00a0") == key


@given(ids, st.data())
def test_one_changed_letter_is_seen(org, data):
    text = str(made(org))
    place = data.draw(st.integers(3, len(text) - 1).filter(lambda n: text[n] != "-"))
    letter = data.draw(st.sampled_from("abcdefgh234567").filter(lambda c: c != text[place]))
    assert parse_key(text[:place] + letter + text[place + 1 :]) is None


def test_a_key_filled_down_as_a_series_is_no_key():
    text = str(made(12))
    assert parse_key(text.replace("-12-", "-13-")) is None
    assert looks_like_key(text.replace("-12-", "-13-"))


def test_a_key_is_never_taken_for_a_number():
    for org in range(2000):
        assert str(made(org)).startswith("f1-")


def test_other_values_give_another_base():
    assert base_key("uid", {"phone": "+4790111222"}) != base_key("uid", {"phone": "+4790111223"})
    assert base_key("uid", {"a": 1, "b": 2}) == base_key("uid", {"b": 2, "a": 1})
    assert base_key("uid", {"members": 1}) != base_key("uid", {"members": "1"})


def test_the_same_survey_number_in_two_registers_gives_two_codes():
    assert survey_code("one") != survey_code("other")

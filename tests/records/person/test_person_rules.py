"""When two people are one, and what a person's row may hold."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import InvalidValueError
from frivillig_cli.core.names import fold
from frivillig_cli.records.person import rules
from frivillig_cli.records.person.model import Known

NAMES = st.sampled_from(["Kari Nordmann", "KARI NORDMANN", "Kari  Nordman", "Åse Ås", "Aase Aas"])
NUMBERS = st.sampled_from(["+4790111222", "+4732220100", "+4690000000"])
HIDDEN = {"Cc", "Cf", "Cs"}
EMAILS = st.none() | st.sampled_from(["kari@post.example", "KARI@post.example", "ase@x.example"])


@st.composite
def known(draw: st.DrawFn) -> list[Known]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        name = draw(NAMES)
        phones = draw(st.frozensets(NUMBERS, max_size=2))
        made.append(Known(number + 1, name, fold(name), phones, draw(EMAILS)))
    return made


@given(NAMES, st.lists(NUMBERS, max_size=2), EMAILS, known())
def test_same_means_the_same_name_and_something_in_common(name, phones, email, people) -> None:
    found = rules.decide(name, phones, email, people)
    if found.outcome == "same":
        (one,) = [person for person in people if person.id == found.person_id]
        assert fold(one.name) == fold(name)
        mail = email and one.email and email.casefold() == one.email.casefold()
        assert one.phones & set(phones) or mail
    else:
        assert found.person_id is None


@given(NAMES, st.lists(NUMBERS, max_size=2), EMAILS, known())
def test_new_means_that_nobody_has_the_name(name, phones, email, people) -> None:
    found = rules.decide(name, phones, email, people)
    namesakes = [person for person in people if fold(person.name) == fold(name)]
    assert (found.outcome == "new") == (not namesakes)
    assert list(found.candidates) == namesakes


@given(NAMES, known())
def test_a_name_alone_is_never_certain(name, people) -> None:
    assert rules.decide(name, [], None, people).outcome != "same"


@given(NAMES, st.lists(NUMBERS, max_size=2), EMAILS, known())
def test_the_order_of_people_does_not_matter(name, phones, email, people) -> None:
    forward = rules.decide(name, phones, email, people)
    backward = rules.decide(name, phones, email, people[::-1])
    assert (forward.outcome, forward.person_id) == (backward.outcome, backward.person_id)


def test_a_number_of_one_and_the_address_of_another_namesake_is_uncertain() -> None:
    people = [
        Known(1, "Kari", "kari", frozenset({"+4790111222"}), None),
        Known(2, "Kari", "kari", frozenset(), "kari@post.example"),
    ]
    assert rules.decide("Kari", ["+4790111222"], "kari@post.example", people).outcome == "uncertain"


def test_a_changed_address_does_not_make_one_person_two() -> None:
    people = [Known(1, "Kari", "kari", frozenset({"+4790111222"}), "old@post.example")]
    found = rules.decide("kari", ["+4790111222"], "new@post.example", people)
    assert (found.outcome, found.person_id) == ("same", 1)


@given(st.text(max_size=300))
def test_a_name_is_stored_clean_or_refused(text: str) -> None:
    try:
        stored = rules.check({"name": text})["name"]
    except InvalidValueError:
        return
    assert stored and not HIDDEN & set(map(category, stored)) and len(stored) <= 200
    assert rules.check({"name": stored})["name"] == stored


@given(st.text(max_size=60))
def test_a_skill_can_be_asked_for_as_it_is_stored(text: str) -> None:
    try:
        skill = rules.skill(text)
    except InvalidValueError:
        return
    assert rules.skill(skill) == skill
    assert not HIDDEN & set(map(category, skill)) and not set(skill) & set(":^,;=")


def test_of_a_protected_person_only_the_skills_can_be_searched() -> None:
    values = {"name": "Kari", "email": "k@x.example", "street": "Storgata 1", "protected": 1}
    assert rules.keys(values, ["+4790111222"], ["omsorg"])["search"] == "omsorg"
    open_keys = rules.keys({**values, "protected": 0}, ["+4790111222"], ["omsorg"])["search"]
    assert "+4790111222" in open_keys and "storgata" in open_keys


def test_phones_are_split_and_kept_in_order_once_each() -> None:
    typed = ["901 23 456 / 32 22 01 00", "+47 90123456"]
    assert rules.check_phones(typed) == ["+4790123456", "+4732220100"]
    with pytest.raises(InvalidValueError):
        rules.check_phones([f"9011{number:04}" for number in range(11)])

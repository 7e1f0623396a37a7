from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.query import MOST_TERMS, Query, Term, check_fields, parse_query


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ([], []),
        ([""], []),
        (["idrett"], [Term("idrett")]),
        (["tag:idrett ^tag:arkiv"], [Term("idrett", "tag"), Term("arkiv", "tag", negated=True)]),
        (["tag:idrett", "-kor"], [Term("idrett", "tag"), Term("kor", negated=True)]),
        (['name:"Lier kor"', "nn"], [Term("Lier kor", "name"), Term("nn")]),
        (['^"Lier kor"'], [Term("Lier kor", negated=True)]),
        (['"tag:x"'], [Term("tag:x")]),
        (["email:"], [Term("", "email", "empty")]),
        (["^email:"], [Term("", "email", "empty", negated=True)]),
        (['email:""'], [Term("", "email", "empty")]),
        (["n:1..5"], [Term("1..5", "n", "range", "1", "5")]),
        (["d:..2026-01-01"], [Term("..2026-01-01", "d", "range", None, "2026-01-01")]),
        (["d:2026.."], [Term("2026..", "d", "range", "2026", None)]),
        (['name:"1..5"'], [Term("1..5", "name")]),
        (["d:.."], [Term("..", "d")]),
        (["1..5"], [Term("1..5")]),
        (["https://lag.example"], [Term("https://lag.example")]),
        (["kl 12:30"], [Term("kl"), Term("12:30")]),
        (["bank-account:8601"], [Term("8601", "bank_account")]),
        (["Name:Ås"], [Term("Ås", "name")]),
        (["website:https://a.example"], [Term("https://a.example", "website")]),
        (["-", "^"], [Term("-"), Term("^")]),
        (['name:"Lier'], [Term("Lier", "name")]),
        (["a\0b\n\x1b[31mc"], [Term("ab"), Term("c")]),
    ],
)
def test_words_are_read_as_terms(words: list[str], terms: list[Term]) -> None:
    assert list(parse_query(words).terms) == terms


def test_several_arguments_are_one_query() -> None:
    assert parse_query(["tag:a", "^tag:b", "kor"]) == parse_query(["tag:a ^tag:b kor"])


def test_an_empty_query_is_false() -> None:
    assert not parse_query([" "])
    assert parse_query(["x"])


@pytest.mark.parametrize("words", [["x"] * (MOST_TERMS + 1), ["x" * 10_000]])
def test_a_query_too_long_for_the_database_is_refused(words: list[str]) -> None:
    with pytest.raises(RefusedError):
        parse_query(words)


def test_an_unknown_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(RefusedError) as refused:
        check_fields(parse_query(["emial:x"]), ["name", "email"])
    assert "Did you mean email?" in refused.value.message
    assert "email, name" in refused.value.hint
    check_fields(parse_query(["email:x kor"]), ["name", "email"])


@given(st.lists(st.text(max_size=30) | st.text('^-":. ab1é', max_size=20), max_size=6))
def test_reading_never_fails_on_any_words(words: list[str]) -> None:
    try:
        query = parse_query(words)
    except RefusedError as refused:  # a term that says nothing
        assert "search for" in refused.message
        return
    assert isinstance(query, Query)
    for term in query.terms:
        assert (term.op == "empty") == (term.value == "")
        assert (term.op == "range") == bool(term.low or term.high)
        term.value.encode("utf-8")

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.names import fold
from frivillig_cli.core.query import MOST_TERMS, parse_query
from frivillig_cli.store.query_sql import Field, folded_sql, where

FIELDS = {
    "id": Field("o.id", "number"),
    "name": Field("o.name_search", "text"),
    "city": Field(folded_sql("o.city"), "text", empty="o.city IS NULL"),
    "place": Field(folded_sql("o.city"), "folded"),
    "phone": Field("o.phone", "digits"),
    "postcode": Field("o.postcode", "exact"),
    "confirmed": Field("o.confirmed", "date"),
    "members": Field("o.members", "number"),
    "tag": Field("EXISTS (SELECT 1 FROM tag t WHERE t.org_id = o.id AND t.tag = ?)", "exists"),
    "boss": Field(
        r"EXISTS (SELECT 1 FROM boss b WHERE b.org_id = o.id AND b.search LIKE ? ESCAPE '\')",
        "text",
        empty="NOT EXISTS (SELECT 1 FROM boss b WHERE b.org_id = o.id)",
    ),
}
SEARCH = r"o.name_search LIKE ? ESCAPE '\' OR o.phone LIKE ? ESCAPE '\'"

ROWS = [
    # id, name, city, phone, postcode, confirmed, members
    (1, "Åsen skolekorps", "Åmot", "+4790111222", "3400", "2026-03-01", 10),
    (2, "Lier 100% kor", "Tranby", None, "3412", "2026-03-31T22:59:00Z", 25),
    (3, "Ærfugl_laget", None, "+4732220100", None, None, None),
    (4, "Lier hagelag", "Noe by", "", "0301", "2025-12-31", 0),
]


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE org (id INTEGER PRIMARY KEY, name_search TEXT, city TEXT, phone TEXT,"
        " postcode TEXT, confirmed TEXT, members INTEGER) STRICT;"
        "CREATE TABLE tag (org_id INTEGER, tag TEXT) STRICT;"
        "CREATE TABLE boss (org_id INTEGER, search TEXT) STRICT;"
        "INSERT INTO tag VALUES (1, 'musikk'), (2, 'musikk'), (2, 'arkiv');"
        "INSERT INTO boss VALUES (1, 'per gunnar as');"
    )
    rows = [(row[0], fold(row[1]), *row[2:]) for row in ROWS]
    connection.executemany("INSERT INTO org VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    yield connection
    connection.close()


def picked(database: sqlite3.Connection, *words: str) -> list[int]:
    condition, parameters = where(parse_query(words), FIELDS, SEARCH)
    sql = f"SELECT id FROM org o WHERE {condition} ORDER BY id"
    return [row[0] for row in database.execute(sql, parameters)]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("kor", [1, 2]),
        ("ÅSEN", [1]),
        ("aasen", [1]),
        ("aerfugl", [3]),
        ("901112", [1]),
        ("^kor", [3, 4]),
        ("-kor ^hagelag", [3]),
        ("name:100%", [2]),
        ("name:_", [3]),
        ("name:%", [2]),
        (r"name:\\", []),
        ("city:aamot", [1]),
        ("city:ÅMOT", [1]),
        ("city:ås", []),
        ("^city:åmot", [2, 3, 4]),
        ("city:", [3]),
        ("^city:", [1, 2, 4]),
        ("place:åmot", [1]),
        ("place:åmo", []),
        ('phone:"90 11 12 22"', [1]),
        ("phone:", [2, 4]),
        ("postcode:3400", [1]),
        ("postcode:3400..3499", [1, 2]),
        ("postcode:..3399", [4]),
        ("confirmed:2026", [1, 2]),
        ("confirmed:2026-03", [1, 2]),
        ("confirmed:2026-03-31", [2]),
        ("confirmed:31.03.2026", [2]),
        ("confirmed:..2025-12-31", [4]),
        ("confirmed:..2026-03-31", [1, 2, 4]),
        ("confirmed:2026..", [1, 2]),
        ("confirmed:2025..2025", [4]),
        ("confirmed:", [3]),
        ("^confirmed:2026", [3, 4]),
        ("members:10..25", [1, 2]),
        ("members:..10", [1, 4]),
        ("members:0", [4]),
        ("members:9,5..", [1, 2]),
        ("members:", [3]),
        ("tag:musikk ^tag:arkiv", [1]),
        ("^tag:musikk", [3, 4]),
        ("boss:Ås", [1]),
        ("boss:", [2, 3, 4]),
        ("name:a..b", []),
    ],
)
def test_a_query_picks_what_it_says(
    database: sqlite3.Connection, words: str, ids: list[int]
) -> None:
    assert picked(database, words) == ids


@pytest.mark.parametrize(
    "words",
    [
        *("confirmed:i.går", "confirmed:2026-13", "confirmed:..", "members:mange", "members:nan"),
        *("members:1e400", "members:9223372036854775808", "members:1..x", "tag:", "nothere:x"),
        "members:" + "9" * 250,
    ],
)
def test_what_a_field_cannot_be_asked_is_refused(database: sqlite3.Connection, words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        picked(database, words)
    assert refused.value.message and refused.value.hint


def test_the_longest_query_is_one_that_the_database_takes(database: sqlite3.Connection) -> None:
    assert picked(database, *["^city:" + "åb" * 120] * MOST_TERMS) == [1, 2, 3, 4]
    assert picked(database, *["%" * 250] * MOST_TERMS) == []


@pytest.mark.parametrize(
    "text", ["Åmot", "Aamot", "ÆRE", "Ägir", "Bodø", "BODOE", "Kafé Öst", "Ås"]
)
def test_folding_in_sql_is_folding(database: sqlite3.Connection, text: str) -> None:
    sql = f"SELECT {folded_sql('x')} FROM (SELECT ? AS x)"
    assert database.execute(sql, (text,)).fetchone()[0] == fold(text)


WORDS = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "^", "-"]),
        st.sampled_from(["", *(f"{name}:" for name in FIELDS)]),
        st.text("ab1.-' %_\\?;*[]\"åÆ", max_size=12) | st.text(max_size=8),
    ),
    max_size=6,
)


@given(WORDS)
def test_values_are_parameters_and_never_sql(
    database: sqlite3.Connection, words: list[str]
) -> None:
    try:
        condition, parameters = where(parse_query(words), FIELDS, SEARCH)
    except RefusedError:
        return
    assert condition.count("?") == len(parameters)
    database.execute(f"SELECT id FROM org o WHERE {condition}", parameters).fetchall()


@pytest.mark.parametrize(
    ("text", "found"),
    [("id:2,4", [2, 4]), ("id:4,,2,", [2, 4]), ("id:3", [3]), ("^id:1,2", [3, 4]), ("id:9,1", [1])],
)
def test_several_are_picked_by_their_numbers(database, text, found) -> None:
    assert picked(database, text) == found


@pytest.mark.parametrize("text", ["id:2,x", "id:,"])
def test_what_is_no_number_among_them_is_refused(database, text) -> None:
    with pytest.raises(RefusedError):
        picked(database, text)

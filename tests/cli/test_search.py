"""`frivillig search`: everything, forgiving, best first, and never through a whole table."""

from __future__ import annotations

import pytest

from frivillig_cli.store.opening import open_register
from frivillig_cli.work.search import queries
from tests.cli.hostile import BIRTH_NUMBER, no_birth_number_in


@pytest.fixture
def town(cli):
    for name in ("Lier kor", "Lierbyen skolekorps", "Gamle Lier venner", "Sangkoret Lierdal"):
        cli.ok("org", "add", name)
    cli.ok("org", "add", "Ærfugl & Sønner <AS>", "--orgnr", "974 760 673", "--city", "Lierbyen")
    cli.ok("org", "add", "Åsen IL", "--phone", "32 22 01 00")
    cli.ok("volunteer", "add", "Kari Nordmann", "--phone", "90111222", "--skill", "gitar")
    cli.ok("contact", "add", "1", "--person", "1", "--role", "leader")
    return cli


def names(cli, *words: str) -> list[str]:
    return [hit["name"] for hit in cli.json("search", *words)]


def test_a_hit_has_the_keys_that_scripts_rely_on(town) -> None:
    (hit,) = town.json("search", "nordmann")
    assert hit["kind"] == "person" and hit["id"] == 1 and hit["rank"] == 1
    assert "Lier kor" in hit["detail"] and "90 11 12 22" in hit["detail"]


def test_the_exact_name_comes_first_then_beginning_word_part_and_the_rest(town) -> None:
    town.ok("org", "add", "Lier")
    assert names(town, "lier") == [
        "Lier", "Lier kor", "Lierbyen skolekorps", "Gamle Lier venner", "Sangkoret Lierdal",
        "Ærfugl & Sønner <AS>",
    ]  # fmt: skip
    fits = [hit["fit"] for hit in town.json("search", "lier")]
    assert fits == ["exact", "prefix", "prefix", "word", "word", "body"]


def test_a_part_of_a_word_is_found(town) -> None:
    assert names(town, "korps") == ["Lierbyen skolekorps"]
    assert names(town, "koret") == ["Sangkoret Lierdal"]


@pytest.mark.parametrize(
    "typed",
    [
        "lierkor",
        "lierdalier",
        "korkoret",
        "sangkoret lierdalen",
        "sangkoretlierdal",
        "venner gam lie k",
    ],
)
def test_letters_that_stand_in_other_places_are_no_word(town, typed: str) -> None:
    town.ok("org", "add", "Sangkor koret etl tli lierd erda dali alie iel")
    town.ok("org", "add", "Lier erk rkor korko orkoret")
    assert names(town, typed) == []


def test_a_long_word_is_told_from_one_that_ends_otherwise(town) -> None:
    town.ok("org", "add", "Norskeuniversitetsbibliotekarer")
    assert names(town, "norskeuniversitetsbiblioteker") == []
    assert names(town, "universitetsbibliotekarer") == ["Norskeuniversitetsbibliotekarer"]


@pytest.mark.parametrize("typed", ["ærfugl", "AERFUGL", "Erfugl", "ærfugl sønner", "sonner"])
def test_letters_accents_and_case_are_forgiven(town, typed: str) -> None:
    assert names(town, typed) == ["Ærfugl & Sønner <AS>"]


@pytest.mark.parametrize("typed", ["åsen", "aasen", "ASEN"])
def test_aa_is_a_with_ring(town, typed: str) -> None:
    assert names(town, typed) == ["Åsen IL"]


@pytest.mark.parametrize("words", [("lier kor",), ("kor", "lier"), ("lier", "kor")])
def test_all_words_must_fit_in_any_order(town, words) -> None:
    assert set(names(town, *words)) == {"Lier kor", "Lierbyen skolekorps", "Sangkoret Lierdal"}
    assert names(town, "lier", "gitar") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("il", ["Åsen IL"]), ("k", ["Kari Nordmann"]), ("å", ["Åsen IL"]), ("lier k", ["Lier kor"]),
     ("åsen il", ["Åsen IL"])],
)  # fmt: skip
def test_words_of_one_and_two_letters_work(town, typed: str, found: list[str]) -> None:
    assert names(town, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("974 760 673", "Ærfugl & Sønner <AS>"), ("974760673", "Ærfugl & Sønner <AS>"),
        ("32 22 01 00", "Åsen IL"), ("+47 90 11 12 22", "Kari Nordmann"),
        ("gitar", "Kari Nordmann"),
    ],
)  # fmt: skip
def test_numbers_may_be_spaced_as_they_are_read(town, typed: str, found: str) -> None:
    assert names(town, *typed.split()) == [found]


@pytest.mark.parametrize("typed", ["skolekrops", "Lierbyn skolekorps", "kari nordman x"])
def test_nothing_found_says_what_is_near(town, typed: str) -> None:
    done = town("search", typed)
    assert (done.code, done.out) == (0, "")
    assert "Did you mean" in done.err


def test_nothing_at_all_is_an_empty_list(town) -> None:
    assert town.json("search", "xqzw") == []
    assert town.ok("search", "xqzw", "--csv") == ""
    assert town.ok("search", "") == ""
    assert town.refused("search", code=2)


@pytest.mark.parametrize(
    "typed", ['"', '" OR *', "NEAR(", "title:lier", "*", "%", "_", "\\", "'", "-lier", "x" * 10_000,
              "a " * 500, "\x00", "^lier", "()", "{title}", "lier AND kor"],
)  # fmt: skip
def test_signs_are_text_and_never_a_search_language(town, typed: str) -> None:
    done = town("search", "--json", "--", typed)
    assert done.code == 0, done.err
    assert not done.err


def test_a_birth_number_is_not_repeated(town) -> None:
    for words in ((BIRTH_NUMBER,), (BIRTH_NUMBER, "--json"), (f"kari {BIRTH_NUMBER}",)):
        done = town("search", *words)
        no_birth_number_in(done.out + done.err)


def test_a_changed_name_is_found_and_the_old_one_is_not(town) -> None:
    town.ok("org", "edit", "1", "--name", "Drammen kor")
    town.ok("person", "edit", "1", "--phone", "90999888")
    assert "Drammen kor" in names(town, "drammen")
    assert names(town, "90111222") == [] and names(town, "90999888") == ["Kari Nordmann"]


def test_what_is_archived_comes_after_what_fits_as_well(town) -> None:
    town.ok("org", "archive", "1")
    hits = town.json("search", "lier", "kor")
    assert next(hit for hit in hits if hit["name"] == "Lier kor")["archived"] is True
    assert names(town, "lier")[0] == "Lierbyen skolekorps"


def test_a_list_is_cut_and_says_how_many_there_are(town) -> None:
    done = town("search", "lier", "--limit", "2")
    assert len(done.out.splitlines()) == 3
    assert "2 of 5" in done.err


def test_no_table_is_read_whole(town) -> None:
    """Every statement of a search is run through EXPLAIN QUERY PLAN."""
    register = open_register(town.path)
    seen: list[str] = []
    rows = register.rows

    def explained(sql: str, params=()):
        plan = rows(f"EXPLAIN QUERY PLAN {sql}", params)
        seen.extend(row["detail"] for row in plan)
        return rows(sql, params)

    register.rows = explained  # type: ignore[method-assign]
    for typed in (["lier"], ["lier", "kor"], ["il"], ["lier", "k"], ["skolekrops"], ["90111222"]):
        queries.search(register, typed, limit=20)
    register.close()
    small = ("agreement", "survey", "activation")
    whole = [step for step in seen if step.startswith("SCAN ") and "VIRTUAL" not in step]
    assert [step for step in whole if not step.removeprefix("SCAN ").startswith(small)] == []
    assert any("search VIRTUAL TABLE INDEX" in step for step in seen)


def test_no_association_is_found_by_the_way_to_somebody_protected(cli) -> None:
    notes = "Hos Nils, 91000016 eller leder16@post.example"
    cli.ok("org", "add", "Lier kor", "--notes", notes)
    reach = ("--phone", "91000016", "--email", "leder16@post.example")
    cli.ok("contact", "add", "1", "Nils Strand", "--role", "leader", *reach)
    found = [hit["kind"] for hit in cli.json("search", "leder16")]
    cli.ok("person", "edit", "1", "--protected")
    assert "org" in found and "org" not in [hit["kind"] for hit in cli.json("search", "leder16")]
    assert [hit["kind"] for hit in cli.json("search", "Nils")] == ["person", "org"]
    assert "Nothing fits" in cli("search", "leder16").err


WAYS = ["leder16", "LEDER16@post", "91 00 00", "91000016", "Solbakken 7"]


@pytest.mark.parametrize("word", WAYS)
def test_nor_by_a_list(cli, word) -> None:
    notes = "Korets hus. Nils, 91 00 00 16, +4791000016, leder16@post.example, Solbakken 7"
    cli.ok("org", "add", "Lier kor", "--notes", notes, "--city", "Lier")
    cli.ok("org", "add", "Smia vel", "--notes", "Epost 16@post.example, Solbakken 70")
    reach = ("--phone", "91000016", "--email", "leder16@post.example")
    cli.ok("contact", "add", "1", "Nils Strand", "--role", "leader", *reach)
    cli.ok("person", "edit", "1", "--street", "Solbakken 7", "--city", "Lier")

    def names(*query: str) -> list[str]:
        return [org["name"] for org in cli.json("org", "list", *query)]

    assert names(f'"{word}"')[0] == "Lier kor"
    cli.ok("person", "edit", "1", "--protected")
    assert "Lier kor" not in names(f'"{word}"')
    assert not [h for h in cli.json("search", word) if (h["kind"], h["id"]) == ("org", 1)]
    # by all else it is found as before, also where such a word is left out
    assert names("nils") == names("hus", "lier") == names("kor", f'^"{word}"') == ["Lier kor"]
    assert names("16@post", "solbakken") == ["Smia vel"]

"""Which associations may be one: names that fit, and the traps where they only seem to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.likeness import Name, likeness
from frivillig_cli.records.org import actions
from frivillig_cli.store.opening import create_register
from frivillig_cli.store.register import Command, Register
from frivillig_cli.work.duplicates.candidates import MANY, candidates, usual
from frivillig_cli.work.duplicates.find import find
from frivillig_cli.work.duplicates.rules import Org, judge, page

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def alike(one: str, other: str, *places: str) -> float:
    return likeness(Name(one), Name(other), places)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fossen vel", "FOSSEN VEL"),
        ("Åsen idrettslag", "Aasen Idrettslag"),
        ("Ærfugl kor", "Aerfugl kor"),
        ("Fossen IL", "Fossen idrettslag"),
        ("Fossen I.L.", "Fossen idrettslag"),
        ("Fossen I. L.", "Fossen IL"),
        ("I/L Fossen", "Fossen IL"),
        ("Fossen U.L", "Fossen ungdomslag"),
        ("St. Hallvard menighet", "Sankt Hallvard menighet"),
        ("Fossen vel", "Fossen velforening"),
        ("Fossen vel", "Velforeningen Fossen"),
        ("Fossen skolekorps", "Fossen skole korps"),
        ("Idrettslaget Fossen", "Fossen Idrettslag"),
        ("Lier NKS", "Norske Kvinners Sanitetsforening Lier"),
        ("Lier Sanitetsforening", "Norske Kvinners Sanitetsforening Lier"),
        ("Fosen historielag", "Fossen historielag"),
        ("Skogstad mannskor", "Skogsatd mannskor"),
        ("Fossen lokallag av 4H", "4H Fossen"),
        ("Røde Kors Lier", "Lier Røde Kors, avdeling"),
        ("Elvdal Bordtennis", "Elvdal bordtennisklubb"),
        ("Strikkekafeen", "Strikkekafeen på Torget"),
    ],
)
def test_names_that_are_written_differently_are_alike(one: str, other: str) -> None:
    assert alike(one, other) >= 0.75
    assert alike(one, other) == alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lier sanitetsforening", "Tranby sanitetsforening"),
        ("Lier Røde Kors", "Drammen Røde Kors"),
        ("Lier skolekorps", "Lier idrettslag"),
        ("Fossen skolekorps", "Fossen skolekorps foreldreforening"),
        ("Fossen skolekorps", "Foreldreforeningen i Fossen skolekorps"),
        ("Fossen skolekorps", "Fossen skolekorpsforeldreforening"),
        ("Lier museum", "Lier museums venneforening"),
        ("Fossen sykehjem", "Støtteforeningen for Fossen sykehjem"),
        ("Fossen IL", "Fossen IL Eiendom AS"),
        ("Fossen ungdomslag", "Fossen ungdomslag hus AS"),
        ("Fossen borettslag", "Sameiet Fossen borettslag"),
        ("1. Lier speidergruppe", "2. Lier speidergruppe"),
        ("Fossen IL", "Fossen IL Fotball"),
        ("Fossen skolekorps", "Fossen skolekorps aspirant"),
        ("Fossen fotball", "Fossen fotballklubb"),
        ("Fossen hagelag", "Fossen hageforening"),
        ("Strikkekafeen i Lier", "Strikkekafeen på Torget"),
        ("Fossen IL", "Fossen IL Bordtennis"),
        ("Å vel", "Ø vel"),
        ("", "Fossen vel"),
        ("og i", "av for"),
    ],
)
def test_names_of_two_associations_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) < 0.6
    assert alike(one, other) == alike(other, one)


def test_names_of_which_one_is_the_beginning_of_the_other_are_a_pair(register: Register) -> None:
    names = ("Elvdal Bordtennis", "Elvdal bordtennisklubb", "Strikkekafeen",
             "Strikkekafeen på Torget")  # fmt: skip
    add(register, *({"name": name} for name in names))
    pairs = {(pair.keep.name.text, pair.drop.name.text) for pair in find(register)}
    assert pairs == {names[:2], names[2:]}


def test_a_places_name_more_says_little_where_it_is_the_place() -> None:
    assert alike("Frisk trim", "Frisk trim Lier", "lier") > alike("Frisk trim", "Frisk trim Lier")


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_of_itself_whole(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) <= 1
    assert alike(one, one) == 1


def test_more_in_common_scores_more() -> None:
    def score(**more: str) -> int:
        one, other = (Org(n, Name("Fossen vel"), **more) for n in (1, 2))
        pair = judge(one, other)
        assert pair is not None
        return pair.score

    assert score() < score(phone="+4790111111") < score(phone="+4790111111", email="a@b.example")


def test_two_with_numbers_of_their_own_are_two() -> None:
    common = {"email": "a@b.example", "phone": "+4790111111", "account": "12345678903"}
    one = Org(1, Name("Fossen vel"), "974760673", **common)
    pair = judge(one, Org(2, Name("Fossen vel"), "971274255", **common))
    assert pair is not None and pair.score < 50 and "two_numbers" in pair.reasons


def test_one_number_that_both_have_or_have_had_is_a_full_sign(register: Register) -> None:
    same = judge(Org(1, Name("Fossen vel"), "974760673"), Org(2, Name("Lier kor"), "974760673"))
    assert same is not None and same.score == 99
    ids = add(register, {"name": "Fossen vel", "orgnr": "971274255"},
              {"name": "Noe annet", "orgnr": "974760673"})  # fmt: skip
    with register.transaction(Command("org merge", "tester", NOW)):
        for n, into in enumerate(ids):
            register.insert("merged", org_id=into, former_id=98 + n, former_uid=f"x{n}",
                            former_orgnr="910000012", at=NOW.isoformat())  # fmt: skip
    (pair,) = find(register)
    assert pair.score == 99 and pair.reasons == ("orgnr",)


def test_one_secretary_of_two_associations_makes_no_duplicate_of_them() -> None:
    one = Org(1, Name("Fossen vel"), phone="+4790111111")
    pair = judge(one, Org(2, Name("Lier mannskor"), phone="+4790111111"))
    assert pair is None or pair.score < 50


def test_a_renamed_association_is_found_by_what_it_kept() -> None:
    common = {"email": "post@fossen.example", "account": "12345678903"}
    pair = judge(Org(1, Name("Fossen vel"), **common), Org(2, Name("Lierdalen natur"), **common))
    assert pair is not None and pair.score >= 50 and pair.reasons == ("account", "email")


def test_a_parents_association_that_shares_the_contact_stays_another() -> None:
    common = {"email": "post@fossen.example", "phone": "+4790111111"}
    one = Org(1, Name("Fossen skolekorps"), **common)
    pair = judge(one, Org(2, Name("Fossen skolekorps foreldreforening"), **common))
    assert pair is not None and pair.score < 50


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("https://www.Fossen.example/om", "fossen.example"),
        ("http://fossen.example", "fossen.example"),
        ("https://www.facebook.com/fossenvel?x=1", "facebook.com/fossenvel"),
        ("https://facebook.com/", ""),
        (None, ""),
    ],
)
def test_a_host_that_lends_pages_tells_nobody_by_itself(address: str | None, whose: str) -> None:
    assert page(address) == whose


def test_what_many_share_says_nothing() -> None:
    orgs = [Org(n, Name(f"Navn{n} forening{n}"), email="post@kommune.example") for n in range(30)]
    assert usual(orgs) == {"post@kommune.example"}
    assert len(orgs) > MANY and candidates(orgs) == set()


WORDS = st.sampled_from(["Fossen", "Lier", "Åsen", "vel", "IL", "kor", "4H", "Tranby", "skole"])
ORGS = st.builds(
    lambda words, email, phone: (" ".join(words), email, phone),
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from([None, "a@b.example", "c@d.example"]),
    st.sampled_from([None, "+4790111111", "+4790222222"]),
)


@given(st.lists(ORGS, max_size=12))
def test_no_pair_that_would_be_listed_is_passed_over(found: list[tuple]) -> None:
    """Against comparing all with all."""
    orgs = [Org(n, Name(one[0]), email=one[1], phone=one[2]) for n, one in enumerate(found)]
    looked_at = candidates(orgs)
    for n, one in enumerate(orgs):
        for m in range(n + 1, len(orgs)):
            pair = judge(one, orgs[m])
            assert pair is None or pair.score < 50 or (n, m) in looked_at


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = create_register(tmp_path / "duplicates.db")
    yield made
    made.close()


def add(register: Register, *orgs: dict[str, str]) -> list[int]:
    with register.transaction(Command("org add", "tester", NOW)):
        return [actions.add(register, one, now=NOW) for one in orgs]


def test_an_archived_one_is_found_beside_an_active_one_and_goes(register: Register) -> None:
    ids = add(register, {"name": "Fossen vel", "status": "archived"}, {"name": "Fossen vel"})
    (pair,) = find(register)
    assert (pair.keep.id, pair.drop.id) == (ids[1], ids[0])
    with register.transaction(Command("org archive", "tester", NOW)):
        actions.set_status(register, ids[1], "archived", now=NOW)
    assert find(register) == []


def test_one_that_came_back_with_a_merged_ones_number_is_found(register: Register) -> None:
    kept, back = add(register, {"name": "Fossen vel"}, {"name": "Noe annet", "orgnr": "974760673"})
    with register.transaction(Command("org merge", "tester", NOW)):
        register.insert("merged", org_id=kept, former_id=99, former_uid="x",
                        former_orgnr="974760673", at=NOW.isoformat())  # fmt: skip
    (pair,) = find(register)
    assert {pair.keep.id, pair.drop.id} == {kept, back} and "orgnr" in pair.reasons


def test_the_likeliest_come_first(register: Register) -> None:
    add(
        register,
        {"name": "Fossen vel"},
        {"name": "Fossen velforening"},
        {"name": "Åsen kor", "phone": "90111111"},
        {"name": "Aasen kor", "phone": "90111111"},
    )
    scores = [pair.score for pair in find(register)]
    assert len(scores) == 2 and scores == sorted(scores, reverse=True)

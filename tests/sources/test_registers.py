"""The two registers over the network, as a server on this machine answers for them."""

import gzip
import json

import pytest

from frivillig_cli.core.errors import RefusedError
from frivillig_cli.sources import registers as module
from frivillig_cli.sources.registers import Registers
from frivillig_cli.sources.web import NoAnswerError, Patience, Web

from .conftest import unit
from .fake_registers import GONE, UNITS, FakeRegisters, roles, update

FORMS = ("FLI", "STI")


@pytest.fixture
def fake(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = FakeRegisters()
    yield server
    server.close()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def ask(fake, waits):
    opened = Registers(fake.url, Patience(2, 2, 5, tries=3, pause=1, sleep=waits.append))
    yield opened
    opened.close()


def html(_path):
    return 200, {"Content-Type": "text/html"}, b"<html><body>Logg inn</body></html>"


# paging, in the two ways


def test_a_search_is_paged_to_its_end(fake, ask, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 4)
    fake.add(*[unit(n) for n in range(10)])
    found = [u.orgnr for u in ask.units_in("3312", FORMS)]
    assert sorted(set(found)) == sorted(fake.units)
    assert all("page=" in path and "size=4" in path for path in fake.asked)


@pytest.mark.parametrize("removed", [0, 3, 4, 7])
def test_a_unit_that_goes_while_the_pages_are_read_hides_no_other(fake, ask, monkeypatch, removed):
    monkeypatch.setattr(module, "PAGE", 4)
    fake.add(*[unit(n) for n in range(9)])
    gone = unit(removed)["organisasjonsnummer"]

    def answer(path):
        if "page=1" in path:
            fake.units.pop(gone, None)

    fake.instead = answer
    found = {u.orgnr for u in ask.units_in("3312", FORMS)}
    assert set(fake.units) <= found and len(fake.units) == 8


def test_a_search_that_never_stands_still_is_not_read_for_ever(fake, ask, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 4)
    fake.add(*[unit(n) for n in range(9)])

    def answer(path):
        if "page=1" in path:
            fake.add(unit(len(fake.asked) + 100))

    fake.instead = answer
    before = set(fake.units)
    assert before <= {u.orgnr for u in ask.units_in("3312", FORMS)}
    assert len(fake.asked) < 40


def test_no_hits_have_no_embedded(ask):
    assert list(ask.units_in("3312", FORMS)) == []


def test_either_address_and_voluntary_units_of_other_forms_are_found(fake, ask):
    here, there = {"kommunenummer": "3312"}, {"kommunenummer": "3301"}
    fake.add(
        unit(1),
        unit(2, forretningsadresse=None, postadresse=here),
        unit(3, organisasjonsform={"kode": "AS"}),
        unit(4, organisasjonsform={"kode": "BRL"}, registrertIFrivillighetsregisteret=True),
        unit(5, forretningsadresse=there),
    )
    assert {u.orgnr[-1] for u in ask.units_in("3312", FORMS)} == {"1", "2", "4"}


def test_a_search_deeper_than_10_000_is_refused_with_a_way_out(fake, ask):
    body = {"page": {"totalElements": 10_001, "totalPages": 11}, "_embedded": {"enheter": []}}
    fake.instead = lambda _path: (200, {}, json.dumps(body).encode())
    with pytest.raises(NoAnswerError, match="10000") as refused:
        list(ask.units_in("3312", FORMS))
    assert "--from" in refused.value.hint
    assert len(fake.asked) == 1


def test_a_search_without_an_end_is_stopped(fake, ask):
    body = {"page": {"totalElements": 9, "totalPages": 10**30}, "_embedded": {"enheter": [unit(1)]}}
    fake.instead = lambda _path: (200, {}, json.dumps(body).encode())
    with pytest.raises(NoAnswerError, match="without an end"):
        list(ask.units_in("3312", FORMS))
    assert len(fake.asked) <= 10


def test_the_voluntary_register_is_walked_by_search_after(fake, ask):
    fake.voluntary = [
        {"organisasjonsnummer": f"2{n:08d}", "icnpoKategorier": [{"icnpoNummer": "1200"}]}
        for n in range(250)
    ]
    found = list(ask.voluntary({"200000249", "200000003", "299999999"}))
    assert [(u.orgnr, u.icnpo) for u in found] == [
        ("200000003", ("1200",)),
        ("200000249", ("1200",)),
    ]
    assert len(fake.asked) == 4
    assert not any("page=" in path for path in fake.asked)


def test_the_walk_ends_when_all_are_found_and_never_begins_for_nobody(fake, ask):
    fake.voluntary = [{"organisasjonsnummer": f"2{n:08d}"} for n in range(250)]
    assert len(list(ask.voluntary({"200000003"}))) == 1
    assert list(ask.voluntary(set())) == []
    assert len(fake.asked) == 1


def test_a_walk_in_circles_is_stopped(fake, ask):
    body = {"_links": {"next": {"href": "x?searchAfter=A"}}}
    fake.instead = lambda _path: (200, {}, json.dumps(body).encode())
    with pytest.raises(NoAnswerError, match="without an end"):
        list(ask.voluntary({"200000003"}))
    assert len(fake.asked) == 2


def test_a_next_link_that_leads_elsewhere_is_not_followed(fake, ask):
    links = {"next": {"href": "http://elsewhere.example/api?searchAfter=B"}}
    pages = [{"_links": links}, {}]
    fake.instead = lambda _path: (200, {}, json.dumps(pages.pop(0)).encode())
    assert list(ask.voluntary({"200000003"})) == []
    assert [path.endswith("searchAfter=B") for path in fake.asked] == [False, True]


def test_the_feed_is_walked_by_number_and_the_number_is_inclusive(fake, ask, monkeypatch):
    monkeypatch.setattr(module, "SEARCH_DEPTH", 2)
    fake.feed = [update(n, "200000001", "Endring") for n in (5, 7, 9, 20, 21)]
    assert [u.number for u in ask.updates(7)] == [7, 9, 20, 21]
    assert [u.number for u in ask.updates(22)] == []


def test_a_feed_that_goes_backwards_is_stopped(fake, ask):
    old = {"_embedded": {"oppdaterteEnheter": [update(1, "200000001", "Ny")]}}
    fake.instead = lambda _path: (200, {}, json.dumps(old).encode())
    with pytest.raises(NoAnswerError, match="without an end"):
        list(ask.updates(5))


def test_where_the_feed_stands_on_a_day_is_asked_for_with_milliseconds(fake, ask):
    fake.feed = [
        update(5, "200000001", "Ny", "2026-11-01"), update(8, "200000001", "Ny", "2026-11-23")
    ]  # fmt: skip
    assert ask.first_update("2026-11-20") == 8
    assert ask.first_update("2026-12-20") is None
    assert "dato=2026-11-20T00%3A00%3A00.000Z" in fake.asked[0]


# one unit, roles


def test_those_that_a_search_does_not_give_are_asked_for_one_by_one(fake, ask):
    fake.add(unit(1), unit(2, slettedato="2026-02-01"))
    fake.units["200000003"] = GONE
    found = {u.orgnr: u for u in ask.units([*fake.units, "200000004"], "3312")}
    assert sorted(found) == ["200000001", "200000002", "200000003"]
    assert found["200000002"].deleted == "2026-02-01"
    assert found["200000003"].removed
    assert not found["200000001"].removed and not found["200000002"].removed


def test_only_http_410_says_that_a_unit_is_removed(fake, ask):
    fake.instead = lambda path: (
        (200, {}, b'{"organisasjonsnummer": "200000001", "slettedato": "2026-01-01"}')
        if path.startswith(UNITS + "/")
        else None
    )
    [found] = ask.units(["200000001"], None)
    assert (found.removed, found.deleted) == (False, "2026-01-01")


def test_an_answer_about_another_unit_is_refused(fake, ask):
    fake.instead = lambda path: (
        (200, {}, json.dumps(unit(9)).encode()) if path.startswith(UNITS + "/") else None
    )
    with pytest.raises(NoAnswerError, match="another unit"):
        list(ask.units(["200000001"], None))


def test_roles_are_a_code_and_a_name_and_404_is_none(fake, ask):
    fake.roles["200000001"] = roles(
        ("LEDE", "OLA VIK"),
        ("REVI", "Kari Li"),
        ("MEDL", "Astrid Bakken"),
        ("MEDL", "Astrid Bakken"),
    )
    found = ask.roles("200000001")
    assert [(role.code, role.name) for role in found] == [
        ("LEDE", "Ola Vik"), ("MEDL", "Astrid Bakken")
    ]  # fmt: skip
    assert "1970" not in repr(found)
    assert ask.roles("200000002") == ()


# what goes wrong


def test_a_web_page_in_the_place_of_an_answer_is_refused(fake, ask):
    fake.instead = html
    with pytest.raises(NoAnswerError, match="web page"):
        list(ask.units_in("3312", FORMS))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"5",
        b"null",
        b'{"a":' * 100_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"[" * 10_000 + b"]" * 10_000,
        b'{"organisasjonsnummer":' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
        b'{"_embedded"',
    ],
)
def test_what_is_no_answer_is_refused(fake, ask, body):
    fake.instead = lambda _path: (200, {}, body)
    with pytest.raises(NoAnswerError) as refused:
        list(ask.units_in("3312", FORMS))
    assert refused.value.hint


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"_embedded": [], "page": "x", "_links": 3},
        {"_embedded": {"enheter": {"a": 1}, "frivilligeOrganisasjoner": 5}, "page": {}},
        {"_embedded": {"enheter": [None, 1, "x", []]}, "page": {"totalElements": "9"}},
        {"_embedded": {"enheter": [{"organisasjonsnummer": 1e400}]}, "page": {"totalPages": None}},
        {"_links": {"next": {"href": ["x"]}}},
        {"_links": {"next": {"href": "http://[::1?searchAfter=1"}}},
        {
            "_embedded": {
                "oppdaterteEnheter": [{"oppdateringsid": "5"}, {"oppdateringsid": 10**400}]
            }
        },
    ],
)
def test_wrong_types_are_read_as_nothing(fake, ask, body):
    fake.instead = lambda _path: (200, {}, json.dumps(body).encode())
    assert [u.name for u in ask.units_in("3312", FORMS) if u.name] == []
    assert list(ask.voluntary({"200000001"})) == []
    assert list(ask.updates(1)) == []
    assert ask.roles("200000001") == ()


@pytest.mark.parametrize(
    "raw",
    [
        {"rollegrupper": 5},
        {"rollegrupper": [5, {"roller": [None, {"type": "LEDE", "person": []}]}]},
        {"rollegrupper": [{"roller": [{"type": {"kode": ["LEDE"]}, "person": {"navn": 4}}]}]},
        roles(("LEDE", "01017012343 01017012343")),
        roles(("LEDE", "x" * 500)),
    ],
)
def test_odd_roles_are_none(raw):
    from frivillig_cli.sources.roles import parse_roles

    assert parse_roles(raw) == ()


def test_a_redirect_elsewhere_is_refused_and_nobody_is_asked_there(fake, ask):
    other = FakeRegisters()
    try:
        fake.instead = lambda path: (302, {"Location": other.url + path}, b"")
        with pytest.raises(NoAnswerError, match="elsewhere"):
            list(ask.units_in("3312", FORMS))
        assert other.asked == []
    finally:
        other.close()


def test_a_redirect_on_the_same_server_is_followed_but_not_for_ever(fake, ask):
    fake.add(unit(1))
    fake.instead = lambda path: (
        None
        if path.endswith("#") or "again=1" in path
        else (307, {"Location": f"{path}&again=1"}, b"")
    )
    assert {u.orgnr for u in ask.units_in("3312", FORMS)} == {"200000001"}
    fake.instead = lambda path: (307, {"Location": path}, b"")
    with pytest.raises(NoAnswerError, match="address to address"):
        list(ask.units_in("3312", FORMS))


@pytest.mark.parametrize(
    "location", ["", "http://[::1", "ftp://x.example/", "//elsewhere.example/"]
)
def test_an_odd_redirect_is_refused(fake, ask, location):
    fake.instead = lambda _path: (301, {"Location": location}, b"")
    with pytest.raises(NoAnswerError):
        ask.roles("200000001")


def test_a_busy_server_is_asked_again_with_patience(fake, ask, waits):
    answers = [(503, {}, b""), (429, {"Retry-After": "7"}, b""), None]
    fake.instead = lambda _path: answers.pop(0) if answers else None
    assert list(ask.updates(1)) == []
    assert waits == [1, 7]


def test_a_server_that_stays_busy_is_given_up(fake, ask, waits):
    fake.instead = lambda _path: (503, {"Retry-After": "99999"}, b"")
    with pytest.raises(NoAnswerError, match="503"):
        list(ask.updates(1))
    assert waits == [60, 60]


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_a_refusal_is_told_and_not_asked_again(fake, ask, status):
    fake.instead = lambda _path: (status, {}, b'{"feilmelding": "nei"}')
    with pytest.raises(NoAnswerError, match=str(status)):
        list(ask.updates(1))
    assert len(fake.asked) == 1


def test_nobody_there_is_one_sentence_and_a_way_out(waits):
    ask = Registers("http://127.0.0.1:9", Patience(1, 1, 1, tries=2, sleep=waits.append))
    with pytest.raises(RefusedError, match="cannot be reached") as refused:
        ask.roles("200000001")
    ask.close()
    assert "--from" in refused.value.hint
    assert len(waits) == 1


def test_a_server_that_falls_silent_is_given_up(fake, waits):
    import threading

    until = threading.Event()
    fake.instead = lambda _path: until.wait(20) and None
    web = Web(fake.url, Patience(1, 0.2, 1, tries=2, sleep=waits.append))
    with pytest.raises(NoAnswerError, match="too long"):
        web.get("/x")
    until.set()
    web.close()
    assert len(waits) == 1


def test_an_answer_that_never_ends_is_given_up(fake, monkeypatch):
    from frivillig_cli.sources import web as web_module

    monkeypatch.setattr(web_module, "MAX_BYTES", 1000)
    packed = gzip.compress(b" " * 5_000_000)
    fake.instead = lambda _path: (200, {"Content-Encoding": "gzip"}, packed)
    web = Web(fake.url)
    with pytest.raises(NoAnswerError, match="larger"):
        web.get("/x")
    web.close()


def test_an_answer_that_drips_is_given_up(fake):
    fake.instead = lambda _path: (200, {}, b"{}")
    web = Web(fake.url, Patience(whole=-1))
    with pytest.raises(NoAnswerError, match="too long"):
        web.get("/x")
    web.close()


@pytest.mark.parametrize("address", ["data.brreg.no", "ftp://x.example", "http://[::1", "http://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(NoAnswerError, match="no address"):
        Registers(address)

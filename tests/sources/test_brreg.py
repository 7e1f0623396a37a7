"""Saved answers of Brønnøysundregistrene, read unit by unit."""

import contextlib
import csv
import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.core.errors import FileFormatError
from frivillig_cli.sources.brreg import Answer, recognise
from frivillig_cli.sources.casing import nice_name
from frivillig_cli.sources.stream import read_values
from frivillig_cli.sources.unit import parse_unit, street_of

from .conftest import page, unit

SHARED = Path(os.environ.get("FRIVILLIG_SHARED", Path(__file__).parents[3] / "shared"))


def numbers(path, municipality=None):
    return [unit.orgnr for _row, unit in Answer(path, municipality)]


EXPECTED = ["200000001", "200000002", "200000003"]
THREE = [unit(1), unit(2), unit(3)]
PAGES = [page(unit(1), unit(2)), page(unit(3), number=1)]


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize(
    "content",
    [
        json.dumps(page(*THREE)),
        "".join(json.dumps(p) for p in PAGES),
        "\n".join(json.dumps(p, indent=2) for p in PAGES),
        json.dumps(PAGES),
        json.dumps(THREE),
        json.dumps(THREE, indent=2),
        json.dumps([THREE[:2], THREE[2:]]),
        "\n".join(json.dumps(u) for u in THREE),
    ],
    ids=[
        "page",
        "pages",
        "indented",
        "array of pages",
        "array",
        "indented array",
        "slurped",
        "lines",
    ],
)
def test_units_are_found_however_the_answer_was_saved(save, content, ending):
    path = save(content, f"svar.json{ending}")
    assert recognise(path) == "json"
    assert numbers(path) == EXPECTED


def test_a_single_unit_is_an_answer(save):
    assert numbers(save(unit(7))) == ["200000007"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_shells_save_in_are_read(save, encoding):
    path = save(json.dumps(unit(1, navn="Ærlig øving å"), ensure_ascii=False).encode(encoding))
    assert [u.name for _row, u in Answer(path)] == ["Ærlig øving å"]


def test_pages_and_units_are_counted(save):
    answer = Answer(save(json.dumps(PAGES)))
    assert [row for row, _unit in answer] == [1, 2, 3]
    assert (answer.pages, answer.units) == (2, 3)


def test_units_elsewhere_are_told_apart_by_either_address(save):
    other = {"kommunenummer": "3301", "kommune": "DRAMMEN", "postnummer": "3015"}
    units = [
        unit(1),
        unit(2, forretningsadresse=other),
        unit(3, forretningsadresse=None, postadresse={"kommunenummer": "3312"}),
        unit(4, forretningsadresse=None),
    ]
    answer = Answer(save(units), "3312")
    assert [u.orgnr[-1] for _row, u in answer] == ["1", "3", "4"]
    assert answer.elsewhere.rows == [(2, "3301 DRAMMEN")]


def test_a_file_of_the_whole_register_only_counts_what_is_elsewhere(save):
    there = {"kommunenummer": "3301"}
    answer = Answer(
        save([unit(1), *[{"organisasjonsnummer": "2", "postadresse": there}] * 10_001]), "3312"
    )
    assert len(list(answer)) == 1
    assert (answer.elsewhere.rows, answer.elsewhere.filtered) == ([], 10_001)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_bulk_csv_is_read_as_the_json_is(save, delimiter):
    header = [
        "organisasjonsnummer",
        "navn",
        "organisasjonsform.kode",
        "telefon",
        "postadresse.adresse",
        "postadresse.kommunenummer",
        "postadresse.poststed",
        "postadresse.postnummer",
        "registrertIFrivillighetsregisteret",
        "konkurs",
        "stiftelsesdato",
        "maalform",
        "aktivitet",
    ]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, delimiter=delimiter)
    writer.writerow(header)
    writer.writerow(
        [
            "200000001",
            "SØR, LAG",
            "FLI",
            "32220100",
            "c/o Ola Li,Bruveien 2",
            "3312",
            "LIER",
            "3400",
            "true",
            "false",
            "1950-05-17",
            "Nynorsk",
            "Kor",
        ]
    )
    path = save(out.getvalue(), "enheter.csv.gz")
    assert recognise(path) == "csv"
    [(row, got)] = Answer(path, "3312")
    assert row == 2
    assert (got.name, got.form, got.street, got.city) == ("SØR, LAG", "FLI", "Bruveien 2", "Lier")
    assert (got.voluntary, got.bankrupt, got.founded) == (True, False, "1950-05-17")
    assert (got.language, got.municipality) == ("nn", "3312")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            {
                "_embedded": {
                    "oppdaterteEnheter": [{"organisasjonsnummer": "2", "endringstype": "Ny"}]
                }
            },
            "updates",
        ),
        (
            {"_links": {"self": {"href": "https://x/oppdateringer/enheter?dato=1"}}, "page": {}},
            "updates",
        ),
        ({"rollegrupper": [], "_links": {}}, "roles"),
        ({"status": 400, "feilmelding": "Bad"}, "400"),
    ],
)
def test_other_answers_of_the_register_are_refused_by_name(save, content, says):
    with pytest.raises(FileFormatError) as refused:
        recognise(save(content))
    assert says in refused.value.message


def test_other_files_are_not_taken_for_answers(save):
    assert recognise(save([{"name": "Lier hagelag"}])) is None
    assert recognise(save("Navn;Telefon\nA;1\n", "liste.csv")) is None
    assert recognise(save(b"PK\x03\x04rest", "bok.xlsx")) is None
    assert recognise(save([])) is None


def test_an_empty_search_is_an_answer_without_units(save):
    empty = {"_links": {"self": {"href": "x"}}, "page": {"totalElements": 0}}
    answer = Answer(save(empty))
    assert recognise(answer.path) == "json"
    assert (list(answer), answer.pages) == ([], 1)


def test_voluntary_register_pages_give_icnpo_and_no_account(save):
    entry = {
        "organisasjonsnummer": "200000001",
        "kontonummer": "12345678901",
        "icnpoKategorier": [
            {"icnpoNummer": "1200", "rekkefoelge": 2},
            {"icnpoNummer": "01100", "rekkefoelge": 1},
        ],
    }
    body = {"_embedded": {"frivilligeOrganisasjoner": [entry]}, "_links": {}}
    [(_row, got)] = Answer(save(body))
    assert (got.icnpo, got.voluntary, got.name) == (("1100", "1200"), True, None)
    assert "12345678901" not in repr(got)


WHOLE = json.dumps([unit(n) for n in range(40)])


@pytest.mark.parametrize("cut", [len(WHOLE) - 1, len(WHOLE) // 2, 400])
def test_a_cut_off_answer_is_refused(save, cut):
    path = save(WHOLE[:cut])
    assert recognise(path) == "json"
    with pytest.raises(FileFormatError, match="cut off"):
        numbers(path)


@pytest.mark.parametrize(
    "content",
    [
        "[1,2]",
        '[{"organisasjonsnummer":"2"},,]',
        '[{"organisasjonsnummer":"2"} {"organisasjonsnummer":"3"}]',
        '{"organisasjonsnummer":"2"} tail',
        "[" * 200_000,
        '{"organisasjonsnummer":"2","a":' + "[" * 200_000,
        '{"organisasjonsnummer":' + "9" * 5000 + "}",
        '{"_embedded":{"enheter":[null]}}',
        "<html>not found</html>",
        b'{"organisasjonsnummer":"\xff"}',
        b"\x00\x01\x02",
        "",
    ],
)
def test_what_is_no_answer_is_refused_with_a_way_out(save, content):
    with pytest.raises(FileFormatError) as refused:
        numbers(save(content))
    assert refused.value.hint


def test_a_cut_off_gzip_and_a_bomb_are_refused(tmp_path):
    whole = gzip.compress(os.urandom(100_000).hex().encode())
    with pytest.raises(FileFormatError, match="cut off"):
        recognise(_raw(tmp_path, whole[:20]))
    with pytest.raises(FileFormatError, match="cut off"):
        numbers(_raw(tmp_path, whole[:-50_000]))
    bomb = tmp_path / "bomb.json.gz"
    with gzip.open(bomb, "wb", 9) as file:
        for _n in range(80):
            file.write(b" " * (1 << 20))
    with pytest.raises(FileFormatError, match="far more"):
        numbers(bomb)


def _raw(folder, data):
    path = folder / "cut.json.gz"
    path.write_bytes(data)
    return path


def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "alle.json.gz"
    one = json.dumps(unit(1, postadresse={"kommunenummer": "0301"}, forretningsadresse=None))
    with gzip.open(path, "wt", 1) as file:
        file.write("[" + ",".join([one] * 60_000) + "]")
    tracemalloc.start()
    assert list(Answer(path, "3312")) == []
    assert tracemalloc.get_traced_memory()[1] < 30 << 20
    tracemalloc.stop()


def test_values_across_the_border_of_a_chunk_are_whole(save):
    values = [{"text": "æ" * n} for n in (10, 3 << 20, 5, (1 << 20) - 40, 2 << 20)]
    assert list(read_values(save(values))) == values


# one unit


def test_only_the_allow_list_is_read():
    raw = unit(1, fodselsdato="1970-01-01", person={"navn": "Kari Li"}, kontonummer="12345678901")
    assert "1970" not in repr(parse_unit(raw))
    assert "Kari" not in repr(parse_unit(raw))
    assert "Nordmann" not in repr(parse_unit(raw))


def test_an_empty_text_is_not_known():
    got = parse_unit(unit(1, telefon="", hjemmeside=" ", stiftelsesdato="", konkursdato=""))
    assert (got.phone, got.website, got.founded, got.bankrupt) == (None, None, None, False)


def test_dissolved_and_removed_units_are_told_apart():
    dissolved = parse_unit(unit(1, slettedato="2026-01-31", respons_klasse="SlettetEnhet"))
    assert (dissolved.deleted, dissolved.removed) == ("2026-01-31", False)
    gone = parse_unit({"organisasjonsnummer": "200000001", "slettedato": "2026-01-31"})
    assert gone.removed
    nameless = {"organisasjonsnummer": "200000001", "slettedato": "2026-01-31"}
    nameless["respons_klasse"] = "SlettetEnhet"
    assert not parse_unit(nameless).removed


def test_a_unit_of_wrong_types_is_read_without_a_crash():
    odd = {
        "organisasjonsnummer": 200000001,
        "navn": 5,
        "organisasjonsform": "FLI",
        "postadresse": ["x"],
        "forretningsadresse": {"adresse": "Veien 1", "kommunenummer": 3312},
        "aktivitet": {"a": 1},
        "icnpoKategorier": "x",
        "konkurs": "nei",
        "maalform": 3,
        "stiftelsesdato": "2026-02-31",
    }
    got = parse_unit(odd)
    assert (got.orgnr, got.name, got.street, got.founded) == ("200000001", None, "Veien 1", None)


@pytest.mark.parametrize(
    ("lines", "street"),
    [
        (["c/o Ola Nordmann", "Storgata 1"], "Storgata 1"),
        (["C/O OLA NORDMANN, Storgata 1"], "Storgata 1"),
        (["Storgata 1 c/o Kari Li"], "Storgata 1"),
        (["v/ Kari Li", "Veien 2"], "Veien 2"),
        (["Att: Kari Li", "Postboks 3"], "Postboks 3"),
        (["Attveien 3", "2. etasje"], "Attveien 3, 2. etasje"),
        (["c/o Ola"], None),
        ([], None),
    ],
)
def test_the_person_behind_an_address_is_left_out(lines, street):
    assert street_of(lines) == street


@pytest.mark.parametrize(
    ("name", "nice"),
    [
        ("LIER SANGLAG", "Lier sanglag"),
        ("LIER IL", "Lier IL"),
        ("TRANBY OG LIERSKOGEN VELFORENING", "Tranby og Lierskogen velforening"),
        ("LIER 4H", "Lier 4H"),
        ("ST. HALLVARD MENIGHET", "St. Hallvard menighet"),
        ("ÅRHUS VENNER", "Århus venner"),
        ("Lier Sanglag", "Lier Sanglag"),
        ("LIER Sanglag", "LIER Sanglag"),
        ("", ""),
    ],
)
def test_only_names_wholly_in_capitals_get_other_letters(name, nice):
    assert nice_name(name) == nice


def test_the_units_own_town_keeps_its_capital():
    assert nice_name("VENNER AV GRENDEHUS", ("Grendehus",)) == "Venner av Grendehus"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample answers are not here")
def test_the_live_unit_is_read():
    [(_row, got)] = Answer(SHARED / "data/brreg/tidybrreg/entity_923609016.json")
    assert (got.form, got.phone, got.street) == ("ASA", "51 99 00 00", "Postboks 8500")
    assert (got.language, got.founded, got.city) == ("nb", "1972-09-18", "Stavanger")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("where", [(), ("_embedded",), ("_embedded", "enheter"), ("page",)])
@given(value=JSON)
def test_a_page_with_anything_in_it_is_read_or_refused_by_name(tmp_path_factory, where, value):
    around = {"": page(*THREE)}
    keys = ("", *where)
    at = around
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    path = tmp_path_factory.mktemp("side") / "svar.json"
    path.write_text(json.dumps(around[""]), "utf-8")
    with contextlib.suppress(FileFormatError):
        list(Answer(path))

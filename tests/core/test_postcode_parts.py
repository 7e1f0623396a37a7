"""An address in one text, taken apart: never a PO box torn from its number."""

import pytest

from frivillig_cli.core.postcode import take_apart
from frivillig_cli.core.vacant import tells_of_nobody


@pytest.mark.parametrize(
    "text",
    ["Postboks 1234 Vika", "Boks 1234 Vika", "PB 1234 Vika", "P.b. 1234 Vika",
     "Heia 3, Postboks 1234 Vika", "Postboks nr. 1234 Vika"],
)  # fmt: skip
def test_the_number_of_a_box_is_no_postcode(text):
    assert take_apart(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Fjellvegen 1284 B",
        "Fjellvegen 1284 b, oppgang C",
        "Fjellvegen 12 1284 B",
        "Rute 1284 Nordre",
    ],
)
def test_the_number_of_a_house_with_a_letter_is_no_postcode(text):
    assert take_apart(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Fjellvegen 1284 B, 2840 Reinsvoll", ("Fjellvegen 1284 B", "2840", "Reinsvoll")),
        ("Fjellvegen 1284 B 2840 Reinsvoll", ("Fjellvegen 1284 B", "2840", "Reinsvoll")),
        ("Heia 3, 8392 Å", ("Heia 3", "8392", "Å")),
        ("Heia 3, NO-8392 Å", ("Heia 3", "8392", "Å")),
        ("8392 Å", ("", "8392", "Å")),
        ("Heia 3, 8392", ("Heia 3", "8392", "")),
        ("Postboks 12, 3401 Lier", ("Postboks 12", "3401", "Lier")),
        ("Postboks 1234 Vika, 0112 Oslo", ("Postboks 1234 Vika", "0112", "Oslo")),
        ("PB 1234 0112 Oslo", ("PB 1234", "0112", "Oslo")),
        ("Boksveien 3, 3400 Lier", ("Boksveien 3", "3400", "Lier")),
    ],
)
def test_a_box_with_a_postcode_after_it_is_taken_apart(text, parts):
    assert take_apart(text) == parts


def test_tom_is_a_first_name():
    assert not tells_of_nobody("Tom")
    assert tells_of_nobody("Tom stilling")

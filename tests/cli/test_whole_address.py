"""An address in one text, `Heia 3, 3400 Lier`, is a street, a postcode and a place."""

from __future__ import annotations

import pytest

WHOLE = [
    ("Heia 3, 3400 Lier", ("Heia 3", "3400", "Lier")),
    ("Øvre vei 12 B 3425 REISTAD", ("Øvre vei 12 B", "3425", "REISTAD")),
    ("Postboks 12, NO-3402 Lier", ("Postboks 12", "3402", "Lier")),
    ("Heia 3, 3400", ("Heia 3", "3400", None)),
    ("Heia 3", ("Heia 3", None, None)),
    ("Gate 1905", ("Gate 1905", None, None)),
]


def parts(cli, kind: str, ref: str) -> tuple:
    shown = cli.json(kind, "show", ref)
    return tuple(shown[field] for field in ("street", "postcode", "city"))


@pytest.mark.parametrize(("typed", "wanted"), WHOLE)
def test_typed_it_is_taken_apart_where_the_rest_was_not_given(cli, typed, wanted) -> None:
    cli.ok("org", "add", "Lier kor", "--street", typed)
    assert parts(cli, "org", "1") == wanted
    cli.ok("volunteer", "add", "Kari Nes")
    said = cli.ok("person", "edit", "1", "--street", typed)
    assert parts(cli, "person", "1") == wanted
    assert ("3400" in said) == (wanted[1] == "3400")  # what else became different is told
    cli.ok("org", "edit", "1", "--street", "Heia 3, 3400 Lier", "--city", "Tranby")
    assert parts(cli, "org", "1")[::2] == ("Heia 3, 3400 Lier", "Tranby")


@pytest.mark.parametrize(("typed", "wanted"), WHOLE)
@pytest.mark.parametrize("again", [False, True])
def test_in_a_list_too_and_where_the_columns_say_the_same(cli, tmp_path, typed, wanted, again):
    file = tmp_path / "l.csv"
    rest = f"{wanted[1] or ''};{(wanted[2] or '').title()}" if again else ";"
    file.write_text(f"Navn;Adresse;Postnr;Poststed\nLier kor;{typed};{rest}\n", "utf-8")
    cli.ok("org", "import", file, "--yes")
    street, postcode, city = parts(cli, "org", "1")
    assert (street, postcode, (city or "").lower()) == (*wanted[:2], (wanted[2] or "").lower())


@pytest.mark.parametrize("rest", ["3425;Lier", "3400;Tranby"])
def test_a_street_with_another_place_than_its_columns_stays_whole(cli, tmp_path, rest) -> None:
    file = tmp_path / "l.csv"
    file.write_text(f"Navn;Adresse;Postnr;Poststed\nA kor;Heia 3, 3400 Lier;{rest}\n", "utf-8")
    cli.ok("org", "import", file, "--yes")
    assert parts(cli, "org", "1") == ("Heia 3, 3400 Lier", *rest.split(";"))

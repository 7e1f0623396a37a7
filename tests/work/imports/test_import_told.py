"""What the preview of an import says: of rows that are of one, of values, of a file of units."""

import os

import pytest

from frivillig_cli.core.i18n import set_language

HEAD = ["Navn", "Orgnr", "Telefon", "Kontonr", "Postnr"]


def test_two_rows_with_one_number_are_told_of_once_and_why(cli, write):
    rows = [
        ["Lag A", "974760673", "95011222", "86011117947", "3400"],
        ["Lag B", "974760673", "95011223", "86015500001", "3401"],
        ["Lag C", "974760673", "95011224", "86015500001", "3402"],
        ["Lag D", "", "95011225", "", "3403"],
    ]
    done = cli("org", "import", write([HEAD, *rows]), "--yes")
    assert done.code == 3 and "can be read" not in done.out and "cannot be read" not in done.out
    lines = [line for line in done.out.splitlines() if "says otherwise" in line]
    assert len(lines) == 2
    assert "row 2, Lag A, has that number too, and says otherwise: name, phone" in lines[0]


def test_two_rows_with_one_name_are_told_of_once(cli, write):
    rows = [["Lag A", "", "95011222", "", "3400"], ["Lag A", "", "95011223", "", "3400"]]
    done = cli("org", "import", write([HEAD, *rows]), "--yes")
    assert "row 2 is about Lag A too, and says otherwise: phone" in done.out


def test_how_many_were_passed_over_stands_apart_from_the_row(cli, write):
    rows = [["Lag A", "", "95011222", "", "3400"]] * 2
    said = cli.ok("org", "import", write([HEAD, *rows]), "--yes")
    assert "says the same as row 2 (1)" in said


def unit(number, **more):
    place = {"kommunenummer": "3312", "kommune": "LIER", "postnummer": "3400", "poststed": "LIER"}
    return {"organisasjonsnummer": number, "navn": f"LAG {number}",
            "organisasjonsform": {"kode": "FLI"}, "forretningsadresse": place, **more}  # fmt: skip


NUMBERS = ["974760673", "971040238", "970168001"]


def test_units_of_the_state_have_no_column_that_slips(cli, write):
    for number in NUMBERS[:2]:
        cli.ok("org", "add", f"Lag {number}", "--orgnr", number, "--email", "vi@lag.example")
    units = [unit(number, epostadresse=f"p{number}@lag.example") for number in NUMBERS[:2]]
    said = cli.ok("org", "import", write(units, "e.json"), "--yes")
    assert "2 of 2 units have another e-mail than the register." in said
    assert "column" not in said


def test_more_reasons_than_are_shown_are_hinted_at(cli, write):
    away = {"kommunenummer": "3301", "kommune": "DRAMMEN"}
    units = [
        unit(NUMBERS[0], slettedato="2026-05-01"),
        unit(NUMBERS[1], forretningsadresse=away),
        unit(NUMBERS[2], organisasjonsform={"kode": "AS"}),
        {"organisasjonsnummer": "974760681", "respons_klasse": "FjernetEnhet"},
        unit("974760703"),
    ]
    said = cli.ok("org", "import", write(units, "e.json"), "--dry-run")
    (line,) = [line for line in said.splitlines() if "passed over" in line]
    assert line.endswith("(1), …") and line.count("(1)") == 3


def test_who_becomes_a_volunteer_is_said_in_words(cli, write):
    cli.ok("org", "add", "Lier kor")
    cli.ok("contact", "add", "1", "Per Moe", "--role", "leader", "--phone", "95011222")
    path = write([["Navn", "Telefon"], ["Per Moe", "95011222"]])
    assert "Per Moe   volunteer   – → yes" in cli.ok("volunteer", "import", path, "--dry-run")
    set_language("nb")
    assert "– → ja" in cli("volunteer", "import", path, "--dry-run", lang="nb").out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names here")
@pytest.mark.parametrize("command", ["org import", "volunteer import", "org sync --from"])
def test_what_is_no_ordinary_file_is_called_so(cli, tmp_path, command):
    os.mkfifo(tmp_path / "pipe.csv")
    said = cli.refused(*command.split(), tmp_path / "pipe.csv")
    assert "is not an ordinary file" in said


@pytest.mark.parametrize(
    ("listed", "taken", "ending"),
    [
        *[(listed, "org", "csv") for listed in ("contact", "person", "volunteer")],
        *[(listed, "org", "json") for listed in ("contact", "person", "volunteer")],
        ("org", "volunteer", "csv"),
    ],
)
def test_the_programs_own_list_of_others_is_not_taken_for_one_of_these(
    cli, tmp_path, listed, taken, ending
):
    cli.ok("org", "add", "Lier kor")
    for name, more in (("Kari Nes", "90111222"), ("Ola Vik", "90111223")):
        cli.ok("volunteer", "add", name, "--phone", more)
        cli.ok("contact", "add", "1", name, "--role", "secretary", "--phone", more)
    path = tmp_path / f"liste.{ending}"
    path.write_text(cli.ok(listed, "list", f"--{ending}"), "utf-8")
    said = cli.refused(taken, "import", path, "--yes", code=2 if listed == "org" else 1)
    assert "not of associations" in said or "associations, not volunteers" in said
    for own in ("org", "volunteer"):
        assert len(cli.json(own, "list")) == (1 if own == "org" else 2)

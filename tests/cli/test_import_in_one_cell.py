"""Lists as they come: names with phones in one cell, sums by place, nobody's name, short titles."""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import Workbook


@pytest.fixture
def lag(cli, tmp_path):
    cli.ok("org", "add", "Lier sanglag", "--postcode", "3400", "--city", "Lier")
    cli.ok("contact", "add", "1", "Åse Ask", "--role", "leader", "--phone", "90 11 22 33")
    cli.folder = tmp_path
    return cli


def take_in(lag, rows: list[list[str]], *words: str, what: str = "org"):
    path = lag.folder / "liste.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return lag(what, "import", path, "--yes", *words)


def leader(lag, number: int = 1) -> tuple[str, str | None, str | None]:
    held = lag.json("org", "show", number)["contacts"]
    return next((one["name"], one["phone"], one["email"]) for one in held
                if one["role"] == "leader" and one["to"] is None)  # fmt: skip


@pytest.mark.parametrize("title", ["Leder (navn og tlf)", "Leder – navn og tlf.", "Leder"])
@pytest.mark.parametrize(
    ("cell", "phone", "email"),
    [
        ("Knut Torsk 90998877", "+4790998877", None),
        ("Knut Torsk, 909 98 877, knut@torsk.example", "+4790998877", "knut@torsk.example"),
        ("Knut Torsk (tlf. 90 99 88 77)", "+4790998877", None),
        ("mob. 909 98 877 Knut Torsk", "+4790998877", None),
        ("Knut Torsk <knut@torsk.example>", None, "knut@torsk.example"),
    ],
)
def test_a_name_with_a_phone_in_one_cell_is_taken_apart(lag, title, cell, phone, email) -> None:
    done = take_in(lag, [["Navn", title], ["Lier sanglag", cell]], "--overwrite")
    assert done.code == 0, done.out
    assert leader(lag) == ("Knut Torsk", phone, email)


@pytest.mark.parametrize(
    "cell",
    [
        "Knut Torsk 90998877 / Ola Nes 41222333",
        "Knut Torsk 90998877 Ola Nes 41222333",
        "90998877 Se nettside 5",
    ],
)
def test_two_names_in_one_cell_are_left_to_the_coordinator(lag, cell) -> None:
    done = take_in(lag, [["Navn", "Leder (navn og tlf)"], ["Lier sanglag", cell]], "--overwrite")
    assert done.code == 3 and leader(lag)[0] == "Åse Ask"


@pytest.mark.parametrize(
    "cell",
    [
        "Knut Torsk, orgnr 974 760 673",
        "Knut Torsk konto 1503 20 40581",
        "Knut Torsk 12345",
        "Knut Torsk 24.12.1985, knut@torsk.example",
        "Knut Torsk 24 12 19 85",
        "Knut Torsk (valgt 22.03.2024)",
        "Knut Torsk Storgata 12 90222444",
    ],
)
def test_figures_that_are_no_phone_are_left_to_the_coordinator(lag, cell) -> None:
    done = take_in(lag, [["Navn", "Leder (navn og tlf)"], ["Lier sanglag", cell]], "--overwrite")
    assert "figures stand beside the name" in " ".join(done.out.split())
    assert leader(lag) == ("Åse Ask", "+4790112233", None)


@pytest.mark.parametrize(
    "cell",
    [
        "Knut Torsk, styreleder, 90 99 88 77",
        "Knut Torsk (Lier) 909 98 877",
        "Knut Torsk\nOla Nes\n90 99 88 77",
        "Knut Torsk (knut@torsk.example) privat",
    ],
)
def test_what_is_left_out_of_a_cell_is_shown_whole(lag, cell) -> None:
    rows = [["Navn", "Leder"], ["Lier sanglag", cell]]
    told = json.loads(take_in(lag, rows, "--overwrite", "--json").out)["left_out"]
    assert [one["value"] for one in told] == [cell.replace("\n", " ")]
    assert leader(lag) == ("Åse Ask", "+4790112233", None)


def test_a_phone_that_stands_in_both_cells_is_one(lag) -> None:
    rows = [["Navn", "Leder", "Leders tlf"], ["Lier sanglag", "Ola Ås (90998877)", "90998877"]]
    assert take_in(lag, rows, "--overwrite").code == 0
    assert leader(lag) == ("Ola Ås", "+4790998877", None)


def test_two_phones_beside_one_name_are_both_taken(lag) -> None:
    cell = "Knut Torsk tlf 32 84 11 11 / mob 909 98 877"
    take_in(lag, [["Navn", "Leder (navn og tlf)"], ["Lier sanglag", cell]], "--overwrite")
    assert leader(lag)[0] == "Knut Torsk"
    assert lag.json("person", "show", 2)["phones"] == ["+4732841111", "+4790998877"]


@pytest.mark.parametrize(
    "cell", ["NN", "N.N.", "N. N.", "n.n.", "post@x.example", "https://x.example", "90 99 88 77"]
)
def test_nobody_s_name_ends_no_leader(lag, cell) -> None:
    take_in(lag, [["Navn", "Leder"], ["Lier sanglag", cell]], "--overwrite")
    assert leader(lag)[0] == "Åse Ask" and len(lag.json("person", "list")) == 1
    done = take_in(lag, [["Navn", "Telefon"], [cell, "90 99 88 76"]], what="volunteer")
    assert done.code == 3 and len(lag.json("person", "list")) == 1


def test_sums_by_place_are_no_associations(lag) -> None:
    rows = [
        ["Navn", "Medlemmer"], ["Sumba danselag", "12"], ["Sum Sollia", "12"], ["Delsum: kor", ""],
        ["Totalt hele kommunen", "12"], ["Antall lag: 12", ""],
    ]  # fmt: skip
    said = take_in(lag, rows).out
    assert [org["name"] for org in lag.json("org", "list")] == ["Lier sanglag", "Sumba danselag"]
    assert "Sum Sollia (row 3), Delsum: kor (row 4)" in " ".join(said.split())


def test_what_is_called_sum_and_has_an_address_is_an_association(lag) -> None:
    take_in(lag, [["Navn", "E-post"], ["Sum Sollia", "sum@sollia.example"]])
    assert "Sum Sollia" in [org["name"] for org in lag.json("org", "list")]


def test_short_titles_are_read_by_what_the_cells_hold(lag) -> None:
    rows = [["Navn", "Pnr", "Psted"], ["Åsgrend kor", "3410", "Sylling"], ["B kor", "3403", "Lier"]]
    take_in(lag, rows)
    found = {org["name"]: (org["postcode"], org["city"]) for org in lag.json("org", "list")}
    assert found["Åsgrend kor"] == ("3410", "Sylling") and found["B kor"] == ("3403", "Lier")
    rows = [["Navn", "Pnr"], ["C kor", "12"], ["D kor", "3403"]]
    take_in(lag, rows)
    found = {org["name"]: org["postcode"] for org in lag.json("org", "list")}
    assert found["D kor"] is None


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("mode", ["--overwrite", "--fill"])
def test_two_rows_that_point_at_one_association_are_both_asked_about(lag, mode, turned) -> None:
    lag.ok("org", "add", "Nordbygda Modellflyklubb", "--email", "fly@nb.example",
           "--postcode", "3403", "--city", "Lier")  # fmt: skip
    rows = [
        ["Nordbygda Drone- og modellflyklubb", "fly@nb.example", "3403"],
        ["Nordbygda Modellflyklubb", "ny@nb.example", "3403"],
    ]
    done = take_in(lag, [["Navn", "E-post", "Postnr"], *rows[:: -1 if turned else 1]], mode)
    assert done.code == 3 and "its e-mail stands in another row" in done.out
    here = {org["name"]: org["email"] for org in lag.json("org", "list")}
    assert here["Nordbygda Modellflyklubb"] == "fly@nb.example" and len(here) == 2


def test_a_team_with_the_e_mail_of_its_club_leaves_the_club_known(lag) -> None:
    lag.ok("org", "add", "Tranby IL", "--email", "post@til.example", "--city", "Lier")
    rows = [
        ["Tranby IL", "", "Lier", "Storgata 1"],
        ["Tranby IL håndball", "post@til.example", "Lier", ""],
    ]
    take_in(lag, [["Navn", "E-post", "Sted", "Adresse"], *rows])
    assert lag.json("org", "show", 2)["street"] == "Storgata 1"


def test_a_couple_of_one_long_surname_are_two(lag) -> None:
    lag.ok("contact", "add", "1", "Ola Kristiansen Haugen", "--role", "secretary")
    done = take_in(lag, [["Navn", "Kasserer"], ["Lier sanglag", "Eva Kristiansen Haugen"]])
    assert done.code == 0, done.out
    assert "Eva Kristiansen Haugen" in {one["name"] for one in lag.json("person", "list")}


@pytest.mark.parametrize("name", ["Åse Ask", "Åse Ask Lie"])
def test_whoever_may_be_another_is_left_with_what_to_type(lag, name) -> None:
    lag.ok("org", "add", "Tranby kor")
    org = "2" if name == "Åse Ask" else "1"
    row = ["Tranby kor" if org == "2" else "Lier sanglag", name, "90 99 88 77", "x@ask.example"]
    titles = ["Navn", "Kasserer", "Kasserers tlf", "Kasserers e-post"]
    said = " ".join(take_in(lag, [titles, row]).out.split())
    assert (
        f'contact add {org} "{name}" --role treasurer --phone "+4790998877"'
        " --email x@ask.example --person 1;"
    ) in said
    lag.ok(*["contact", "add", org, name, "--role", "treasurer"],
           *["--phone", "+4790998877", "--email", "x@ask.example", "--new-person"])  # fmt: skip
    assert len(lag.json("person", "list")) == 2


def test_a_first_name_alone_ends_nobodys_office(lag) -> None:
    done = take_in(lag, [["Navn", "Leder"], ["Lier sanglag", "Mari"]], "--overwrite")
    assert done.code == 3 and "only one name" in done.out
    assert leader(lag)[0] == "Åse Ask"


def test_a_hyphen_is_no_e_mail_and_a_month_is_read_as_it_is_written(lag) -> None:
    titles = ["Navn", "Leder", "Leders e-post", "Årsmøtemåned", "Målform"]
    rows = [["Lier sanglag", "Åse Ask", "-", "mars", "bm"], ["Tranby", "", "", "12.4.2026", "nn"]]
    done = take_in(lag, [titles, *rows], "--overwrite")
    assert done.code == 0, done.out
    found = [lag.json("org", "show", number) for number in (1, 2)]
    assert [(org["annual_meeting_month"], org["language"]) for org in found] == [
        (3, "nb"),
        (4, "nn"),
    ]


def test_leader_and_treasurer_who_change_places_both_do(lag) -> None:
    lag.ok("contact", "add", "1", "Bo Bø", "--role", "treasurer")
    rows = [["Navn", "Leder", "Kasserer"], ["Lier sanglag", "Bo Bø", "Åse Ask"]]
    assert take_in(lag, rows, "--overwrite").code == 0
    held = lag.json("org", "show", "1")["contacts"]
    assert {one["role"]: one["name"] for one in held if one["to"] is None} == {
        "leader": "Bo Bø",
        "treasurer": "Åse Ask",
    }


def test_what_is_passed_over_is_told_without_anybodys_number(lag) -> None:
    rows = [["Navn", "Medlemmer"], ["Sumba lag", "12"], ["Sum kor 902 22 333", ""],
            ["* tall pr. 31.12.2025", ""]]  # fmt: skip
    said = " ".join(take_in(lag, rows).out.split())
    assert "Sum kor … (row 3), * tall pr. 31.12.2025 (row 4)" in said
    assert [org["name"] for org in lag.json("org", "list")] == ["Lier sanglag", "Sumba lag"]


def test_two_columns_of_one_field_are_named_as_on_the_screen(lag) -> None:
    rows = [["Navn", "Leder fornavn", "Leder etternavn"], ["Lier sanglag", "Kari", "Nes"]]
    words = ["--map", "Leder fornavn=leder", "--map", "Leder etternavn=leder"]
    said = " ".join(take_in(lag, rows, *words).err.split())
    assert """--map "Leder fornavn=the leader's first name\"""" in said
    done = take_in(lag, rows, "--map", "Leder fornavn=the leader's first name",
                   *["--map", "Leder etternavn=the leader's last name", "--overwrite"])  # fmt: skip
    assert done.code == 0 and leader(lag)[0] == "Kari Nes"


@pytest.mark.parametrize("over", ["Kontakt", "Leder"])
@pytest.mark.parametrize("merged", [True, False])
def test_titles_in_two_rows_are_read_together(lag, over, merged) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Lag", "Sted", over, None, None])
    sheet.append([None, None, "Navn", "Tlf", "E-post"])
    if merged:
        sheet.merge_cells("C1:E1")
        sheet.merge_cells("A1:A2")
    sheet.append(["Egge vel", "Lier", "Ida Moe", "90998877", "ida@moe.example"])
    book.save(lag.folder / "to.xlsx")
    lag.ok("org", "import", lag.folder / "to.xlsx", "--yes")
    (held,) = lag.json("org", "show", 2)["contacts"]
    assert (held["name"], held["phone"], held["email"]) == (
        *("Ida Moe", "+4790998877", "ida@moe.example"),
    )
    assert lag.json("org", "show", 2)["phone"] is None


@pytest.mark.parametrize(
    ("cell", "why"),
    [("Øye, Kari Lin", "write “Kari Lin Øye”"), ("Berit Øye, Kari Lin", "more than one name")],
)
def test_two_whole_names_beside_a_comma_are_two_people(lag, cell, why) -> None:
    said = " ".join(take_in(lag, [["Navn", "Leder"], ["Tranby kor", cell]]).out.split())
    assert why in said and "Kari Lin Berit" not in said


def test_titles_of_the_upper_row_alone_are_read_where_the_lower_has_more(lag) -> None:
    rows = [
        ["Lag", "Kontakt", "", "", "Gammelt kontonr", "Nytt kontonr"],
        ["", "Navn", "Mob.", "E-post", "", ""],
        ["Egge vel", "Ida Moe", "90998877", "", "12345678903", "86011117947"],
    ]
    done = take_in(lag, rows)
    assert done.code == 0, done.out
    org = lag.json("org", "show", 2)
    assert (org["name"], org["bank_account"]) == ("Egge vel", "86011117947")
    assert org["contacts"][0]["phone"] == "+4790998877"

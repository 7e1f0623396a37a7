"""A list of associations with their leaders: the most common list there is."""

import pytest

from frivillig_cli.records.person import queries as people

HEAD = ["Lag", "E-post", "Leder", "Leders tlf.", "E-post leder", "Kontaktperson"]
CHOIR = ["Lier sanglag", "post@lag.example", "Kari Solli", "90 11 12 22", "kari@lag.example", ""]


@pytest.fixture
def held(register):
    """(association, office, name, phone, e-mail) of every office that is held."""

    def held():
        rows = register.rows(
            "SELECT o.name AS org, c.role, c.person_id FROM contact c JOIN org o ON o.id = c.org_id"
            " WHERE c.to_date IS NULL ORDER BY c.id"
        )
        found = []
        for row in rows:
            person = people.get(register, row["person_id"])
            numbers = ", ".join(person.all_numbers) or None
            found.append((row["org"], row["role"], person.name, numbers, person.values["email"]))
        return found

    return held


def test_a_leader_comes_with_phone_and_email(write, take_in, held):
    result = take_in(write([HEAD, CHOIR]))
    assert (result.created, result.offices, result.left_out) == (1, 1, [])
    assert held() == [
        ("Lier sanglag", "leader", "Kari Solli", "+4790111222", "kari@lag.example"),
    ]


@pytest.mark.parametrize("leader", ["Kari Solli (død)", "Kari Solli ?", "Kari Solli har flyttet"])
def test_a_remark_beside_a_name_is_no_part_of_it(write, take_in, held, leader):
    result = take_in(write([HEAD, [*CHOIR[:2], leader, *CHOIR[3:]]]))
    assert held() == []
    (left_out,) = result.left_out
    assert left_out.value == leader and "remark" in left_out.why


@pytest.mark.parametrize("leader", ["Kari nordby", "Kari  nordby"])
def test_a_last_name_without_its_capital_is_not_called_a_remark(write, take_in, held, leader):
    result = take_in(write([HEAD, [*CHOIR[:2], leader, *CHOIR[3:]]]))
    assert held() == []
    (left_out,) = result.left_out
    assert "write “Kari Nordby” in the list" in left_out.why


@pytest.mark.parametrize(
    ("leader", "name"),
    [
        ("per  lillevik", "per lillevik"),
        ("Gerd  solveig  ENGEN", "Gerd solveig ENGEN"),
        ("Per-Olav  von der lippe", "Per-Olav von der lippe"),
    ],
)
def test_a_name_in_small_letters_and_with_two_spaces_is_a_name(write, take_in, held, leader, name):
    result = take_in(write([HEAD, [*CHOIR[:2], leader, *CHOIR[3:]]]))
    assert result.left_out == []
    assert held()[0][2] == name


def test_a_name_that_is_somebodys_here_needs_no_capital(write, take_in, held):
    take_in(write([HEAD, CHOIR]))
    result = take_in(write([HEAD, ["Lier vel", "", "Kari  solli", *CHOIR[3:]]], "to.csv"))
    assert (result.left_out, [row[2] for row in held()]) == ([], ["Kari Solli", "Kari Solli"])


@pytest.mark.parametrize("leader", ["Solli, Kari", "Kari  solli", "kari Solli", "KARI SOLLI"])
def test_the_holder_is_known_without_capitals_and_with_the_last_name_first(
    write, take_in, held, leader
):
    take_in(write([HEAD, [*CHOIR[:3], "", "", ""]]))
    result = take_in(write([HEAD, [*CHOIR[:2], leader, *CHOIR[3:]]]))
    assert result.left_out == []
    assert held() == [
        ("Lier sanglag", "leader", "Kari Solli", "+4790111222", "kari@lag.example"),
    ]


def test_how_a_last_name_first_is_to_be_written_is_said(write, take_in, held):
    result = take_in(write([HEAD, [*CHOIR[:2], "Ås, Åse", *CHOIR[3:]]]))
    assert held() == []
    assert "write “Åse Ås” in the list" in result.left_out[0].why


def test_one_person_who_leads_two_is_one_person(write, take_in, register):
    other = ["Lier hagelag", "", *CHOIR[2:5], "Kari Solli"]
    take_in(write([HEAD, CHOIR, other]))
    assert register.value("SELECT count(*) FROM person") == 1


def test_a_namesake_is_left_out_and_told_of(write, take_in, held):
    other = ["Lier hagelag", "", "Kari Solli", "91 22 33 44", "", ""]
    result = take_in(write([HEAD, CHOIR, other]))
    assert [(r.row, r.field, r.value) for r in result.left_out] == [(3, "leader", "Kari Solli")]
    assert (result.created, len(held())) == (2, 1)


@pytest.mark.parametrize(
    ("name", "phone", "left"),
    [
        ("Kari Solli og Per Vik", "", ["leader"]),
        ("Kari Solli 90111222 / Per 41222333", "", ["leader"]),
        ("", "90111222", ["leader_phone"]),
        ("Kari Solli", "tull", ["leader_phone"]),
        ("vakant", "", []),
        ("Ubesatt", "", []),
        ("Samme som leder", "90111222", ["leader"]),
        ("Leder", "", ["leader"]),
        ("Leder slutter", "", ["leader"]),
        ("-", "", []),
        ("mangler", "", []),
        ("Ikke valgt ennå", "", []),
        ("Tom stilling", "", []),
        ("Fratrådt", "", ["leader"]),
        ("har ikkje", "", []),
        ("Kari left", "", ["leader"]),
        ("Se over", "", ["leader"]),
    ],
)
def test_what_is_no_single_name_is_left_out_and_the_row_is_taken(write, take_in, name, phone, left):
    result = take_in(write([HEAD, ["Lier sanglag", "", name, phone, "", ""]]))
    assert (result.created, [entry.field for entry in result.left_out]) == (1, left)


@pytest.mark.parametrize(
    "name", ["Over Sether", "Over Se", "Kari Left", "Left", "Same Olsen", "Vert Hansen", "Ny Lie"]
)
def test_a_name_that_is_a_word_too_is_a_name(write, take_in, held, name):
    take_in(write([HEAD, ["Lier sanglag", "", name, "", "", ""]]))
    assert [entry[2] for entry in held()] == [name]


def test_another_leader_is_kept_unless_told_to_overwrite(write, take_in, held):
    take_in(write([HEAD, CHOIR]))
    new = write([HEAD, ["Lier sanglag", "post@lag.example", "Per Vik", "", "", ""]], "ny.csv")
    result = take_in(new)
    assert (result.kept, held()[0][2]) == (1, "Kari Solli")
    [kept] = result.differences
    assert (kept.field, kept.old, kept.new, kept.outcome) == (
        *("leader", "Kari Solli", "Per Vik"),
        "kept",
    )
    result = take_in(new, mode="overwrite")
    assert (result.changed, [row[2] for row in held()]) == (1, ["Per Vik"])


def test_the_holders_blanks_are_filled_and_nothing_is_erased(write, take_in, held):
    take_in(write([HEAD, ["Lier sanglag", "post@lag.example", "Kari Solli", "", "", ""]]))
    result = take_in(write([HEAD, CHOIR], "to.csv"))
    assert (result.changed, held()[0][3:]) == (1, ("+4790111222", "kari@lag.example"))
    result = take_in(
        write([HEAD, ["Lier sanglag", "post@lag.example", "kari solli", "", "", ""]], "tre.csv")
    )
    assert (result.unchanged, held()[0][3:]) == (1, ("+4790111222", "kari@lag.example"))


def test_a_protected_holder_is_left_alone(write, take_in, held, register):
    from frivillig_cli.records.person import actions

    from .conftest import NOW, command

    take_in(write([HEAD, ["Lier sanglag", "post@lag.example", "Kari Solli", "", "", ""]]))
    with register.transaction(command("person edit")):
        actions.set_protected(register, 1, True, now=NOW)
    result = take_in(write([HEAD, CHOIR], "to.csv"))
    assert (result.unchanged, result.differences) == (1, [])


def test_never_create_makes_no_person(write, take_in, register, add_org):
    add_org(name="Lier sanglag", email="post@lag.example")
    result = take_in(write([HEAD, CHOIR]), never_create=True)
    assert [entry.field for entry in result.left_out] == ["leader"]
    assert register.value("SELECT count(*) FROM person") == 0


def test_a_birth_number_beside_a_leader_refuses_the_row(write, take_in):
    result = take_in(write([HEAD, ["Lier sanglag", "", "Kari Solli 01017012343", "", "", ""]]))
    assert (result.created, result.rejected_rows) == (0, 1)
    assert "01017012343" not in str(result.to_json())


TWO = ["Navn", "Leder", "Leder tlf", "Kasserer", "Kasserer tlf"]


@pytest.mark.parametrize("phones", [("90111222", ""), ("", ""), ("", "95112233")])
def test_one_name_in_two_offices_of_a_row_is_one_person_in_both(
    cli, write, phones: tuple[str, str]
) -> None:
    row = ["Lier kor", "Kari Nes", phones[0], "kari nes", phones[1]]
    cli.ok("org", "import", write([TWO, row]), "--yes")
    held = {one["role"]: one for one in cli.json("contact", "list")}
    assert held["leader"]["person_id"] == held["treasurer"]["person_id"] == 1
    assert cli.json("person", "show", "1")["phones"] == [f"+47{n}" for n in phones if n]
    again = cli.json("org", "import", write([TWO, row]), "--yes", "--again")
    assert (again["unchanged"], again["left_out"]) == (1, [])


def test_two_phones_of_one_person_are_both_told_of(cli, write) -> None:
    row = ["Lier kor", "Kari Nes", "90111222", "Kari Nes", "95112233"]
    done = cli("org", "import", write([TWO, row]), "--yes")
    assert done.code == 3
    assert "row 2   the treasurer's phone   95 11 22 33" in done.out
    assert cli.json("person", "show", "1")["phones"] == ["+4790111222"]


def test_who_holds_an_office_there_takes_another_one_too(cli, write) -> None:
    for name in ("Lier kor", "Egge vel"):
        cli.ok("org", "add", name)
    cli.ok("contact", "add", "1", "Kari Nes", "--role", "leader", "--phone", "90111222")
    rows = [["Lier kor", "", "", "Kari Nes", ""], ["Egge vel", "", "", "Kari Nes", ""]]
    done = cli("org", "import", write([TWO, *rows]), "--yes")
    assert (
        done.code == 3 and "row 3   treasurer   Kari Nes   somebody here has that name" in done.out
    )
    held = [(one["org"], one["role"], one["person_id"]) for one in cli.json("contact", "list")]
    assert held == [("Lier kor", "leader", 1), ("Lier kor", "treasurer", 1)]


def test_one_person_with_two_phones_in_two_rows_loses_none_without_a_word(cli, write) -> None:
    head = ["Navn", "Leder", "Leder tlf", "Leder e-post"]
    mail = "per@lag.example"
    rows = [["A kor", "Per Moe", "95660002", mail], ["B vel", "Per Moe", "91000011", mail]]
    done = cli("org", "import", write([head, *rows]), "--yes")
    assert done.code == 3 and "row 3   the leader's phone" in done.out
    assert "which stays" in done.out and len(cli.json("person", "list")) == 1
    cli.ok("org", "add", "C lag")
    more = write([head, ["C lag", "Per Moe", "91000011", mail]], "ny.csv")
    said = cli.ok("org", "import", more, "--yes", "--overwrite")
    assert "95 66 00 02 → 91 00 00 11" in said
    assert cli.json("person", "show", "1")["phones"] == ["+4791000011", "+4795660002"]


def test_the_phone_of_a_new_holder_is_in_the_preview(cli, write) -> None:
    cli.ok("org", "add", "Lier kor")
    said = cli.ok(
        "org", "import", write([TWO, ["Lier kor", "Nina Ny", "95660001", "", ""]]), "--yes"
    )
    assert "the leader's phone   – → 95 66 00 01" in said


@pytest.mark.parametrize(
    "titles",
    [
        ("Leder fornavn", "Leder etternavn", "Leder mobil", "Kasserer fornavn",
         "Kasserer etternavn"),
        ("Fornavn leder", "Etternavn leder", "Tlf leder", "Fornavn kasserer", "Etternavn kasserer"),
        ("Leders fornavn", "Leders etternavn", "Leders tlf.", "Kasserers fornavn",
         "Kasserers etternavn"),
        ("Leder fornavn", "Leder etternavn", "Mobil", "Kasserer fornavn", "Kasserer etternavn"),
    ],
)  # fmt: skip
def test_a_first_and_a_last_name_in_two_columns_are_one_name(write, take_in, held, titles):
    rows = [
        ["Lag", *titles],
        ["Lier sanglag", "Kari", "Solli", "90 11 12 22", "Jon Per", "Lie"],
        ["Lier hagelag", "Aud", "Moe", "", "", ""],
    ]
    result = take_in(write(rows))
    assert (result.offices, result.left_out) == (3, [])
    assert [one[:4] for one in held()] == [
        ("Lier sanglag", "leader", "Kari Solli", "+4790111222"),
        ("Lier sanglag", "treasurer", "Jon Per Lie", None),
        ("Lier hagelag", "leader", "Aud Moe", None),
    ]


def test_the_same_under_a_title_over_them(write, take_in, held):
    rows = [
        ["", "Leder", "", "Kontaktperson", ""],
        ["Lag", "Fornavn", "Etternavn", "Fornavn", "Etternavn"],
        ["Lier sanglag", "Kari", "Solli", "Jon", "Lie"],
        ["Lier hagelag", "Aud", "Moe", "Ida", "Dal"],
    ]
    take_in(write(rows))
    assert [one[2] for one in held()] == ["Kari Solli", "Jon Lie", "Aud Moe", "Ida Dal"]


def test_a_whole_name_goes_before_its_parts_and_a_column_may_be_chosen(write, take_in, held, cli):
    rows = [["Lag", "Leder", "Leder fornavn", "Økonomi F", "Økonomi E"],
            ["Lier sanglag", "Kari Solli", "Kari", "Jon", "Lie"]]  # fmt: skip
    path = write(rows)
    cli.ok("org", "import", path, "--map", "Økonomi F=treasurer_first", "--map",
           "Økonomi E=kasserer etternavn", "--yes")  # fmt: skip
    assert [one[2] for one in held()] == ["Kari Solli", "Jon Lie"]

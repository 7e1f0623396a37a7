"""Whose row it is, where the name alone does not say; and what a report says of doubt."""

import pytest

from frivillig_cli.work.imports.decisions import NEW, Decisions

ORGNR = "974760673"
TITLES = ["Navn", "Org.nr.", "E-post", "Poststed", "Postnr", "Adresse", "Tlf"]
OTHERS = ["Sangkoret", ORGNR, "post@drammensang.example", "Drammen", "3001", "Bragernes 1", ""]
EMAIL, PHONE, ACCOUNT = "styret@sangkoret.example", "32 22 01 00", "8601.11.17947"
CONTACT = {"email": EMAIL, "phone": PHONE}
PLACE = {"postcode": "3001", "city": "Drammen"}
OTHER_MAIL, OTHER_PHONE = {"email": "post@drammensang.example"}, {"phone": "90 11 12 22"}
SAME, ASKED, NEW_ONE = "the same", "asked", "a new one"

# in the register, in the row, what becomes of it
CASES = [
    # no place on either side: the same, unless something speaks against it
    ({}, {}, SAME),
    ({}, CONTACT, SAME),
    (CONTACT, {}, SAME),
    (CONTACT, CONTACT, SAME),
    ({"email": EMAIL}, {"phone": PHONE}, SAME),
    ({"phone": PHONE}, {"phone": PHONE, **OTHER_MAIL}, SAME),
    # what a list brings is new phones and addresses: nobody else has that name
    (CONTACT, OTHER_MAIL, SAME),
    (CONTACT, OTHER_PHONE, SAME),
    (CONTACT, OTHER_MAIL | OTHER_PHONE, SAME),
    (CONTACT, OTHER_PHONE | {"orgnr": ORGNR}, ASKED),
    (CONTACT, OTHER_PHONE | {"bank_account": ACCOUNT}, ASKED),
    # a place on one side: only what else they share says that they are one
    ({}, PLACE, ASKED),
    (CONTACT, PLACE, ASKED),
    (CONTACT, PLACE | {"orgnr": ORGNR}, ASKED),
    (CONTACT, PLACE | OTHER_MAIL | {"orgnr": ORGNR}, ASKED),
    (CONTACT, PLACE | {"email": EMAIL}, SAME),
    (CONTACT, PLACE | {"phone": PHONE}, SAME),
    (PLACE, CONTACT, SAME),
    (PLACE, {"bank_account": ACCOUNT}, ASKED),
    (PLACE | CONTACT, OTHER_MAIL | OTHER_PHONE, SAME),
    (PLACE | CONTACT, {"phone": PHONE}, SAME),
    # a row that says nothing of who it is can mean no other
    (PLACE | CONTACT, {}, SAME),
    # the same place, or another
    (PLACE, PLACE | CONTACT, SAME),
    (PLACE | CONTACT, PLACE | OTHER_MAIL, SAME),
    (PLACE, {"postcode": "3400", "city": "Lier"}, ASKED),
    # two numbers are two, never filled in; where all else is one's, it is asked
    (PLACE | CONTACT | {"orgnr": "200000021"}, PLACE | CONTACT | {"orgnr": ORGNR}, ASKED),
    (PLACE | {"orgnr": "200000021"}, {"city": "Lier", "orgnr": ORGNR}, NEW_ONE),
]
COLUMNS = {
    "Org.nr.": "orgnr",
    "E-post": "email",
    "Poststed": "city",
    "Postnr": "postcode",
    "Tlf": "phone",
    "Konto": "bank_account",
    "Medlemmer": "members",
}


@pytest.mark.parametrize("mode", ["fill", "overwrite"])
@pytest.mark.parametrize(("here", "row", "becomes"), CASES)
def test_a_name_alone_is_the_same_only_where_nothing_speaks_against_it(
    write, take_in, add_org, orgs, here, row, becomes, mode
):
    add_org(name="Sangkoret", **here)
    before = orgs()
    cells = [{**row, "members": "20"}.get(field, "") for field in COLUMNS.values()]
    path = write([["Navn", *COLUMNS], ["Sangkoret", *cells]])
    result = take_in(path, mode=mode)
    found = (result.created, result.changed, result.rejected_rows)
    assert found == {SAME: (0, 1, 0), ASKED: (0, 0, 1), NEW_ONE: (1, 0, 0)}[becomes]
    if becomes == ASKED:
        assert orgs() == before
        assert take_in(path, mode=mode).changes_anything is False


def test_another_choirs_number_and_address_are_not_put_on_ours(write, take_in, add_org, orgs):
    first = add_org(name="Sangkoret", **CONTACT)
    path = write([TITLES, OTHERS])
    result = take_in(path)
    assert (result.changed, result.rejected_rows) == (0, 1)
    assert f"{first} Sangkoret (the same name, another e-mail or phone)" in result.rejected[0].why
    assert orgs()["Sangkoret"]["orgnr"] is None
    asked = []

    def which(_record, candidates, why):
        asked.append((candidates[0].id, why))
        return NEW

    done = take_in(path, mode="ask", decisions=Decisions(which=which))
    assert done.created == 1 and [one[0] for one in asked] == [first]


@pytest.mark.parametrize("again", ["liste.csv", "annen.csv"])
def test_a_list_with_a_doubt_in_it_changes_nothing_the_second_time(write, take_in, register, again):
    rows = [
        TITLES,
        OTHERS,
        ["Sangkoret", "", EMAIL, "", "", "", PHONE],
        ["Lier kor", "", "", "Lier", "3400", "", ""],
    ]
    first = take_in(write(rows))
    assert (first.created, first.rejected_rows) == (2, 1)
    before = [dict(row) for row in register.rows("SELECT * FROM org")]
    second = take_in(write(rows, again))
    assert (second.created, second.changed) == (0, 0)
    assert [dict(row) for row in register.rows("SELECT * FROM org")] == before


def test_a_doubt_is_no_sign_of_a_wrong_column(write, take_in, add_org):
    for n in range(3):
        add_org(name=f"Lag nummer {n}", **CONTACT)
    rows = [["Navn", "Poststed"], *[[f"Lag nummer {n}", "Lier"] for n in range(3)]]
    result = take_in(write(rows))
    assert result.rejected_rows == 3
    assert "rejected_field" not in {anomaly.kind for anomaly in result.anomalies}


# one account, several owners


def test_an_account_that_several_have_is_pointed_at(write, take_in, add_org):
    first = add_org(name="Lier sanglag", bank_account=ACCOUNT)
    for name in ("Egge vel", "Tranby vel"):  # two that share one, and the file is not of them
        add_org(name=name, bank_account="1234.56.78903")
    rows = [["Navn", "Kontonr"], ["Smia kor", "86011117947"]]
    [anomaly] = take_in(write(rows)).anomalies
    assert (anomaly.kind, anomaly.field, anomaly.rows) == ("shared_account", "bank_account", 1)
    assert f"{ACCOUNT}, stands at several: {first} Lier sanglag, {first + 3} Smia kor" in (
        anomaly.text
    )


def test_two_rows_of_one_file_with_one_account_are_pointed_at(write, take_in):
    rows = [["Navn", "Kontonr"], ["Lier kor", ACCOUNT], ["Smia kor", ACCOUNT]]
    assert [one.kind for one in take_in(write(rows)).anomalies] == ["shared_account"]
    alone = [["Navn", "Kontonr"], ["Egge kor", "1234.56.78903"], ["Egge vel", ""]]
    assert take_in(write(alone, "annen.csv")).anomalies == []


# what the report says


def counts(text):
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line.startswith("  ")]
    return {line[0]: line[1:] for line in lines if len(line) > 1}


def test_the_report_says_of_each_row_what_becomes_of_its_fields(cli, write):
    cli.ok("org", "add", "Lier kor", "--email", "a@kor.example", "--city", "Lier")
    cli.ok("org", "add", "Egge kor", "--email", "b@kor.example", "--city", "Lier")
    rows = [
        ["Navn", "E-post", "Tlf", "Sted"],
        ["Lier kor", "ny@kor.example", "32220100", "Lier"],
        ["Egge kor", "nyb@kor.example", "", "Lier"],
    ]
    said = cli.ok("org", "import", write(rows[:2]), "--dry-run")
    assert "phone 1 (was blank); e-mail 1 (stays" in said
    assert counts(said)["kept"] == ["0"]
    said = cli.ok("org", "import", write(rows), "--dry-run")
    stays = "(stays; --overwrite takes the file's, --ask asks about each)"
    assert counts(said)["kept"] == ["1", f"e-mail 1 {stays}"]
    said = cli.ok("org", "import", write(rows), "--dry-run", "--overwrite")
    assert counts(said)["changed"] == ["2", "e-mail 2; phone 1 (was blank)"]


def test_numbers_are_shown_as_people_read_them(cli, write):
    cli.ok("org", "add", "Lier kor", "--account", ACCOUNT, "--city", "Lier")
    cli.ok("org", "add", "Egge kor", "--city", "Lier")
    rows = [
        ["Navn", "Sted", "Konto", "Orgnr", "Tlf"],
        ["Lier kor", "Lier", "12345678903", "", ""],
        ["Egge kor", "Lier", "12345678903", ORGNR, "32220100"],
    ]
    said = cli("org", "import", write(rows), "--dry-run").out
    for shown in ("1234.56.78903, kept: 8601.11.17947", "– → 974 760 673", "– → 32 22 01 00"):
        assert shown in said
    assert "12345678903" not in said and ACCOUNT.replace(".", "") not in said


# columns and cells


def test_a_column_is_remembered_by_the_title_that_stands_in_the_file(cli, write):
    head = ["Navn", "Kanal"]
    first = write([head, ["Lier kor", "lier@kor.example"]], "en.csv")
    cli.ok("org", "import", first, "--yes", "--map", "kanal=email")
    said = cli.ok("org", "import", write([head, ["Egge kor", "egge@kor.example"]]), "--yes")
    assert "Kanal = e-mail" in said and "Not read" not in said
    emails = {org["name"]: org["email"] for org in cli.json("org", "list")}
    assert emails == {"Lier kor": "lier@kor.example", "Egge kor": "egge@kor.example"}


@pytest.mark.parametrize(
    ("postcode", "city", "stored"),
    [
        ("", "3400 Lier", ("3400", "Lier")),
        ("3400", "3400 Lier", ("3400", "Lier")),
        ("3400 Lier", "3400 Lier", ("3400", "Lier")),
        ("", "NO-3400 Lier", ("3400", "Lier")),
        ("3425", "3400 Lier", ("3425", "3400 Lier")),
        ("", "Lier", (None, "Lier")),
    ],
)
def test_a_postcode_in_front_of_the_place_is_taken_apart(
    write, take_in, orgs, postcode, city, stored
):
    take_in(write([["Navn", "Postnr", "Poststed"], ["Lier kor", postcode, city]]))
    org = orgs()["Lier kor"]
    assert (org["postcode"], org["city"]) == stored


def test_skills_are_parted_by_a_slash_too(write, take_in, register):
    rows = [["Navn", "Kompetanse"], ["Kari Solli", "kjøring/omsorg; mat, Kafé"]]
    take_in(write(rows), "volunteer")
    skills = [row[0] for row in register.rows("SELECT skill FROM person_skill ORDER BY skill")]
    assert skills == ["kafé", "kjøring", "mat", "omsorg"]


def test_a_person_has_a_letter_in_the_name_and_an_association_need_not(write, take_in, orgs):
    rows = [["Navn"], ["123"], ["–"], ["Å"], ["Kari Solli 2"], ["王"], ["4"]]
    people = take_in(write(rows), "volunteer")
    assert (people.created, [(one.row, one.field) for one in people.rejected]) == (
        3, [(2, "name"), (3, "name"), (7, "name")],
    )  # fmt: skip
    assert "no letter" in people.rejected[0].why
    assert take_in(write([["Navn"], ["1881"], ["4H"]], "lag.csv")).created == 2
    assert set(orgs()) == {"1881", "4H"}

"""What is the register's is updated; what was set here is kept."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from frivillig_cli.records.org.from_unit import LeftOut, UnitValues
from frivillig_cli.work.sync.compare import FIELDS, Standing, judge

from .conftest import FIRST, SECOND, THIRD, address, command, unit

SANG = "Lier sanglag"


def fields(found):
    return {f.field: (f.old, f.new) for one in found for f in one.fields}


def test_what_came_from_the_register_follows_it(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    said = unit(FIRST, "LIER BLANDAKOR", epostadresse="ny@lag.example")
    result = compare(said)
    assert fields(result.changed) == {
        "name": (SANG, "Lier blandakor"),
        "email": ("post@lag.example", "ny@lag.example"),
    }
    assert org("Lier blandakor")["email"] == "ny@lag.example"
    assert (result.kept, result.applied) == ([], True)


def test_a_second_run_changes_nothing(take_over, compare):
    take_over(unit(FIRST, "LIER SANGLAG"))
    said = unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example")
    compare(said)
    again = compare(said)
    assert (again.changed, again.kept, again.unchanged, again.applied) == ([], [], 1, False)


def test_what_was_edited_here_is_kept_and_listed(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, email="egen@lag.example")
    result = compare(
        unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example", telefon="32 22 02 02")
    )
    assert fields(result.kept) == {"email": ("egen@lag.example", "ny@lag.example")}
    assert fields(result.changed) == {"phone": ("+4732220100", "+4732220202")}
    assert org(SANG)["email"] == "egen@lag.example"


def test_the_year_that_was_set_here_agrees_with_the_registers_day(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, founded="1923")
    result = compare(unit(FIRST, "LIER SANGLAG", stiftelsesdato="1923-05-17"))
    assert (result.kept, result.changed) == ([], []) and org(SANG)["founded"] == "1923"
    result = compare(unit(FIRST, "LIER SANGLAG", stiftelsesdato="1924-05-17"))
    assert fields(result.kept) == {"founded": ("1923", "1924-05-17")}


def test_what_was_emptied_here_stays_empty(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, phone="")
    result = compare(unit(FIRST, "LIER SANGLAG"))
    assert fields(result.kept) == {"phone": (None, "+4732220100")}
    assert org(SANG)["phone"] is None


def test_what_the_association_has_confirmed_is_kept(take_over, compare, register, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    with register.transaction(command("survey import")):
        register.insert(
            "confirmation", org_id=org(SANG)["id"], fields='["email"]', confirmed="2027-02-01",
            source="survey 1",
        )  # fmt: skip
    result = compare(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"))
    assert fields(result.kept) == {"email": ("post@lag.example", "ny@lag.example")}


def test_what_was_typed_here_is_kept_although_the_register_once_said_the_same(add, compare):
    add(name=SANG, orgnr=FIRST, email="post@lag.example")
    compare(unit(FIRST, "LIER SANGLAG"))
    result = compare(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"))
    assert fields(result.kept) == {"email": ("post@lag.example", "ny@lag.example")}


def test_blanks_are_filled_and_are_then_the_registers(add, compare, org):
    add(name=SANG, orgnr=FIRST)
    result = compare(unit(FIRST, "LIER SANGLAG"))
    assert fields(result.changed)["street"] == (None, "Bruveien 2")
    compare(unit(FIRST, "LIER SANGLAG", forretningsadresse=address("Ny vei 1", "3400", "LIER")))
    assert org(SANG)["street"] == "Ny vei 1"


def test_a_blank_in_the_register_says_nothing(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    said = {"organisasjonsnummer": FIRST, "navn": "LIER SANGLAG", "organisasjonsform": {}}
    assert compare(said).unchanged == 1
    assert org(SANG)["email"] == "post@lag.example"


def test_an_address_is_moved_whole(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    compare(unit(FIRST, "LIER SANGLAG", forretningsadresse=address("", "3425", "REISTAD", "3301")))
    row = org(SANG)
    assert (row["street"], row["postcode"], row["city"]) == (None, "3425", "Reistad")
    assert row["municipality"] == "3301"


def test_half_an_address_is_never_taken(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, street="Egen vei 7")
    result = compare(
        unit(FIRST, "LIER SANGLAG", forretningsadresse=address("Ny vei 1", "3425", "REISTAD"))
    )
    assert set(fields(result.kept)) == {"street", "postcode", "city"}
    assert (org(SANG)["street"], org(SANG)["postcode"]) == ("Egen vei 7", "3400")


def test_other_letters_a_mobile_and_a_scheme_are_no_difference(add, compare):
    add(name="Lier SangLag", orgnr=FIRST, email="Post@lag.example", phone="90111222",
        website="lag.example", street="BRUVEIEN 2", city="Lier", postcode="3400", form="FLI",
        municipality="3312")  # fmt: skip
    said = unit(FIRST, "LIER SANGLAG", mobil="90 11 12 22", hjemmeside="https://www.lag.example/")
    assert compare(said).unchanged == 1


def test_a_value_that_is_none_here_is_left_out_and_the_rest_taken(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    result = compare(
        unit(FIRST, "LIER SANGLAG", hjemmeside="finnes ikke", epostadresse="ny@lag.example")
    )
    assert [(orgnr, entry.field) for orgnr, entry in result.left_out] == [(FIRST, "website")]
    assert org(SANG)["email"] == "ny@lag.example"


def test_a_birth_number_in_the_register_is_neither_stored_nor_told(compare, register):
    result = compare(unit(FIRST, "LIER 01017012343"), unit(SECOND, "LIER TURLAG",
        epostadresse="01017012343@lag.example"), new=True)  # fmt: skip
    assert "01017012343" not in str(result.to_json())
    assert len(result.left_out) == 2
    assert register.value("SELECT count(*) FROM event WHERE after LIKE '%01017012343%'") == 0


def test_what_org_import_takes_from_the_register_is_noted_as_its(register, tmp_path, compare, org):
    import json

    from frivillig_cli.work.imports import job
    from frivillig_cli.work.imports.result import Mode, Options

    path, options = tmp_path / "enheter.json", Options(mode=Mode.FILL)
    path.write_text(json.dumps([unit(FIRST, "LIER SANGLAG")]), "utf-8")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    plan = job.prepare(register, path, job.kind_of("org", now), options)
    with register.transaction(command("org import")):
        job.take_in(register, plan, job.kind_of("org", now), options, now=now)
    result = compare(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"))
    assert fields(result.changed) == {"email": ("post@lag.example", "ny@lag.example")}


def test_what_another_list_has_overwritten_is_kept(register, tmp_path, take_over, compare):
    from frivillig_cli.work.imports import job
    from frivillig_cli.work.imports.result import Mode, Options

    take_over(unit(FIRST, "LIER SANGLAG"))
    path, options = tmp_path / "liste.csv", Options(mode=Mode.OVERWRITE)
    path.write_text(f"Navn;Orgnr;E-post\nLier sanglag;{FIRST};liste@lag.example\n", "utf-8")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    plan = job.prepare(register, path, job.kind_of("org", now), options)
    with register.transaction(command("org import")):
        job.take_in(register, plan, job.kind_of("org", now), options, now=now)
    result = compare(unit(FIRST, "LIER SANGLAG"))
    assert fields(result.kept) == {"email": ("liste@lag.example", "post@lag.example")}


def test_what_is_in_no_state_register_is_untouched(add, compare, org):
    add(name="Lier hagelag", email="hage@lag.example")
    add(name=SANG, orgnr=THIRD)
    before = org("Lier hagelag")
    compare(unit(FIRST, "LIER TURLAG"), new=True)
    assert org("Lier hagelag") == before


TEXT = st.none() | st.sampled_from(["a", "b", "c"])


@given(
    present=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)),
    taken=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)),
    said=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)),
    confirmed=st.frozensets(st.sampled_from(FIELDS)),
)
def test_no_value_set_here_is_ever_replaced_and_a_second_look_finds_nothing(
    present, taken, said, confirmed
):
    noted = {field: value for field, value in taken.items() if value}
    standing = Standing(1, "x", FIRST, "active", present, noted, confirmed)
    word = UnitValues({f: v for f, v in said.items() if v}, (), "x")
    verdicts = judge(standing, word)
    for verdict in verdicts:
        mine = present[verdict.field] is not None and (
            present[verdict.field] != taken[verdict.field] or verdict.field in confirmed
        )
        assert not (verdict.taken and mine)
        assert verdict.new is not None or verdict.taken
    after = {v.field: v.new for v in verdicts if v.taken}
    noted = {f: v for f, v in {**noted, **after}.items() if v is not None}
    later = Standing(1, "x", FIRST, "active", {**present, **after}, noted, confirmed)
    assert [v for v in judge(later, word) if v.taken] == []


def test_a_part_of_an_address_that_is_none_here_does_not_empty_it():
    values = {"street": "Bruveien 2", "postcode": "3400", "city": "Lier"}
    standing = Standing(1, "x", FIRST, "active", values, dict(values))
    word = UnitValues({"city": "Lier"}, (LeftOut("postcode", "34OO", "no"),), "x")
    assert [(v.field, v.new) for v in judge(standing, word)] == [("street", None)]

"""New associations, dissolved ones, removed ones, and the offices."""

import pytest

from frivillig_cli.store import settings
from frivillig_cli.work.sync.gather import Heard
from frivillig_cli.work.sync.take_in import feed_position, sync
from tests.sources.fake_registers import roles, update

from .conftest import FIRST, FOURTH, NOW, SECOND, THIRD, address, command, unit

SANG = "Lier sanglag"
ELSEWHERE = address("Gata 1", "3015", "DRAMMEN", "3301")


def gone(orgnr):
    return {"organisasjonsnummer": orgnr, "slettedato": "2027-01-31",
            "respons_klasse": "FjernetEnhet"}  # fmt: skip


# proposals


def test_associations_of_the_municipality_are_proposed_and_not_taken_in(compare, org):
    result = compare(
        unit(FIRST, "LIER SANGLAG"),
        unit(SECOND, "DRAMMEN SANGLAG", forretningsadresse=ELSEWHERE),
        unit(THIRD, "LIER BAKERI", organisasjonsform={"kode": "AS"}),
        unit(FOURTH, "LIER TURLAG", slettedato="2027-01-01"),
    )
    assert [one.name for one in result.proposed] == [SANG]
    assert (result.applied, org(SANG)) == (False, None)


@pytest.mark.parametrize("end", [{"konkurs": True}, {"underAvvikling": True}])
def test_what_is_being_wound_up_is_not_proposed(compare, end):
    assert compare(unit(FIRST, "LIER SANGLAG", **end)).proposed == []


def test_new_takes_the_proposals_in(compare, org):
    result = compare(unit(FIRST, "LIER SANGLAG"), new=True)
    assert result.applied
    assert org(SANG)["phone"] == "+4732220100"
    assert compare(unit(FIRST, "LIER SANGLAG"), new=True).unchanged == 1


def test_one_that_may_be_here_without_a_number_gets_no_twin(add, compare, register):
    mine = add(name="Sanglag Lier")
    result = compare(unit(FIRST, "LIER SANGLAG"), new=True)
    assert result.proposed[0].similar == ((mine, "Sanglag Lier"),)
    assert register.value("SELECT count(*) FROM org") == 1


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ("Elvdal IL", "Elvdal idrettslag"),
        ("Elvedal RK", "Elvedal Røde Kors"),
        ("Lier sanglag", "LIER SANGLAGET"),
        ("Fosen historielag", "FOSSEN HISTORIELAG"),
        ("Tranby sanitetsforening", "Norske Kvinners Sanitetsforening Tranby"),
    ],
)
def test_one_that_is_here_under_a_name_written_otherwise_gets_no_twin(
    add, compare, register, here, said
):
    mine = add(name=here)
    result = compare(unit(FIRST, said), new=True)
    assert result.proposed[0].similar == ((mine, here),)
    assert register.value("SELECT count(*) FROM org") == 1


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ("1. Lier speidergruppe", "2. LIER SPEIDERGRUPPE"),
        ("Fossen skolekorps", "FOSSEN SKOLEKORPS FORELDREFORENING"),
    ],
)
def test_another_beside_it_is_no_twin_and_is_taken_in(add, compare, register, here, said):
    add(name=here)
    assert compare(unit(FIRST, said), new=True).proposed[0].similar == ()
    assert register.value("SELECT count(*) FROM org") == 2


@pytest.fixture
def merged(add, register):
    """Two made one: the number SECOND is gone, and its unit is about `Lier blandakor`."""
    from frivillig_cli.work.merging.kinds import ORG
    from frivillig_cli.work.merging.merge import choices, merge

    keep, drop = add(name="Lier blandakor", orgnr=FIRST), add(name=SANG, orgnr=SECOND)
    with register.transaction(command("org merge")):
        merge(register, ORG, (keep, drop), choices(ORG, [], ["orgnr"]), now=NOW)
    return keep


def test_a_merged_ones_number_is_listed_and_makes_nothing_new(merged, compare, register, org):
    before = org("Lier blandakor")
    result = compare(unit(SECOND, "LIER SANGLAG"), new=True)
    assert (result.proposed, result.changed, result.applied) == ([], [], False)
    [kept] = result.kept
    told = {one.field: (one.old, one.new) for one in kept.fields}
    assert (kept.id, told["orgnr"]) == (merged, (FIRST, SECOND))
    assert told["name"] == ("Lier blandakor", "Lier sanglag")
    assert org("Lier blandakor") == before
    assert register.value("SELECT count(*) FROM org") == 1


def test_the_end_of_a_merged_ones_unit_does_not_end_the_one_that_stayed(merged, compare, org):
    compare({"organisasjonsnummer": SECOND, "navn": "X", "slettedato": "2027-01-31"})
    compare(gone(SECOND))
    assert org("Lier blandakor")["status"] == "active"


def test_an_archived_one_is_neither_proposed_nor_changed(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, status="archived")
    result = compare(unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"), new=True)
    assert (result.proposed, result.changed, result.applied) == ([], [], False)


def test_one_that_has_moved_away_is_heard_of(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    compare(unit(FIRST, "LIER SANGLAG", forretningsadresse=ELSEWHERE))
    assert org(SANG)["municipality"] == "3301"


# dissolved


def test_a_dissolved_one_is_archived_and_keeps_its_data(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    dissolved = {"organisasjonsnummer": FIRST, "navn": "LIER SANGLAG", "slettedato": "2027-01-31"}
    [found] = compare(dissolved).dissolved
    assert (found.what, found.day, found.outcome) == ("deleted", "2027-01-31", "archived")
    assert (org(SANG)["status"], org(SANG)["email"]) == ("archived", "post@lag.example")
    assert compare(dissolved).applied is False


def test_one_that_was_taken_out_of_the_archive_again_stays(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    dissolved = unit(FIRST, "LIER SANGLAG", slettedato="2027-01-31")
    compare(dissolved)
    edit(SANG, status="active")
    assert [found.outcome for found in compare(dissolved).dissolved] == ["kept"]
    assert org(SANG)["status"] == "active"


@pytest.mark.parametrize(
    ("said", "what"),
    [({"konkursdato": "2027-01-01"}, "bankrupt"), ({"underAvvikling": True}, "liquidating")],
)
def test_a_winding_up_is_a_warning(take_over, compare, org, said, what):
    take_over(unit(FIRST, "LIER SANGLAG"))
    [found] = compare(unit(FIRST, "LIER SANGLAG", **said)).dissolved
    assert (found.what, found.outcome, org(SANG)["status"]) == (what, "warning", "active")


def test_leaving_the_voluntary_register_is_no_end(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    entry = {"organisasjonsnummer": FIRST, "slettetDato": "2027-01-01",
             "icnpoKategorier": [{"icnpoNummer": "1100"}]}  # fmt: skip
    result = compare({"_embedded": {"frivilligeOrganisasjoner": [entry]}, "_links": {}})
    assert (result.dissolved, org(SANG)["category"]) == ([], "1100")


# removed


def test_a_removed_one_with_nothing_of_ones_own_is_deleted_and_undo_brings_it_back(
    take_over, compare, register, org
):
    from frivillig_cli.store import undo

    take_over(unit(FIRST, "LIER SANGLAG"))
    before = org(SANG)
    [found] = compare(gone(FIRST)).purged
    assert (found.outcome, found.because, org(SANG)) == ("deleted", {}, None)
    assert register.value("SELECT count(*) FROM org_source") == 0
    with register.transaction(command("undo")):
        undo.undo(register)
    assert org(SANG) == before


def test_a_removed_one_with_something_of_ones_own_is_emptied_and_archived(
    take_over, compare, edit, register, org
):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, email="egen@lag.example", notes="Ringte i mars.")
    with register.transaction(command()):
        register.insert("org_tag", org_id=org(SANG)["id"], tag="kor")
    [found] = compare(gone(FIRST)).purged
    assert found.outcome == "emptied"
    assert found.because == {"org_tag": 1, "email": 1, "notes": 1}
    row = org(SANG)
    assert (row["email"], row["notes"], row["status"]) == (
        "egen@lag.example", "Ringte i mars.", "archived"
    )  # fmt: skip
    assert {row[f] for f in ("orgnr", "form", "phone", "street", "postcode", "city")} == {None}
    assert "Bruveien" not in row["search"]
    again = compare(gone(FIRST))
    assert (again.purged, again.applied) == ([], False)


def test_a_removed_one_that_was_archived_is_purged_too(take_over, compare, edit, org):
    take_over(unit(FIRST, "LIER SANGLAG"))
    edit(SANG, status="archived")
    assert [found.outcome for found in compare(gone(FIRST)).purged] == ["deleted"]


def test_a_removed_one_that_was_typed_here_is_told_of_and_kept(add, compare, org):
    add(name=SANG, orgnr=FIRST, email="egen@lag.example")
    before = org(SANG)
    result = compare(gone(FIRST))
    assert [found.outcome for found in result.purged] == ["kept"]
    assert (result.applied, org(SANG)) == (False, before)


def test_a_saved_error_answer_410_is_a_removal_and_404_is_refused(take_over, compare):
    from frivillig_cli.core.errors import FileFormatError

    take_over(unit(FIRST, "LIER SANGLAG"))
    error = {"status": 404, "error": "x", "path": f"/enhetsregisteret/api/enheter/{FIRST}"}
    with pytest.raises(FileFormatError, match="404"):
        compare(error)
    assert len(compare({**error, "status": 410}).purged) == 1


def test_whatever_else_is_said_a_removed_unit_is_removed(take_over, compare):
    take_over(unit(FIRST, "LIER SANGLAG"))
    assert len(compare(gone(FIRST), unit(FIRST, "LIER SANGLAG")).purged) == 1


# the feed


def feed(*entries):
    return {"_embedded": {"oppdaterteEnheter": list(entries)}, "_links": {}, "page": {}}


def test_a_saved_feed_purges_archives_and_names(take_over, compare, org):
    take_over(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG"), unit(THIRD, "LIER HAGELAG"))
    result = compare(
        feed(
            update(1, SECOND, "Endring"), update(2, SECOND, "Sletting", "2027-01-31"),
            update(3, FIRST, "Fjernet"), update(4, THIRD, "Endring"), update(5, FOURTH, "Ny"),
        )
    )  # fmt: skip
    assert [found.name for found in result.purged] == [SANG]
    assert [(f.name, f.day) for f in result.dissolved] == [("Lier turlag", "2027-01-31")]
    assert [name for _id, name, _orgnr in result.look_up] == ["Lier hagelag"]
    assert org("Lier turlag")["status"] == "archived"


def test_where_the_feed_goes_on_is_kept_also_when_nothing_changes(register):
    heard = Heard("x", feed=76)
    with register.transaction(command()):
        assert not sync(register, heard, "3312", now=NOW).applied
    assert feed_position(register) == 76
    heard.feed = 77
    from frivillig_cli.sources.unit import parse_unit

    heard.hear(parse_unit(unit(FIRST, "LIER SANGLAG"), "3312"))
    with register.transaction(command()):
        sync(register, heard, "3312", take_new=True, now=NOW)
    assert feed_position(register) == 77
    with register.transaction(command()):
        settings.write(register, "brreg.update", "x")
    assert feed_position(register) is None


# offices


@pytest.fixture
def contact(register, org):
    from frivillig_cli.records.person import actions as person

    def contact(name, role):
        with register.transaction(command("contact add")):
            someone = person.add(register, {"name": name}, phones=(), now=NOW)
            register.insert("contact", org_id=org(SANG)["id"], person_id=someone, role=role)

    return contact


def test_offices_are_compared_and_never_stored(take_over, compare, contact, register):
    take_over(unit(FIRST, "LIER SANGLAG"))
    contact("Ola Vik", "leader")
    contact("Astrid Bakken", "treasurer")
    said = roles(
        ("LEDE", "Kari Solli"), ("MEDL", "Astrid Bakken"), ("VARA", "Per Aas"), number=FIRST
    )
    result = compare(said)
    assert [(o.role, o.theirs, o.ours) for o in result.roles] == [
        ("leader", ("Kari Solli",), ("Ola Vik",)),
        ("deputy_member", ("Per Aas",), ()),
    ]
    assert (result.applied, "1970" in str(result.to_json())) == (False, False)
    assert register.value("SELECT count(*) FROM person") == 2


def test_the_same_offices_are_no_difference(take_over, compare, contact):
    take_over(unit(FIRST, "LIER SANGLAG"))
    contact("OLA vik", "leader")
    assert compare(roles(("LEDE", "Ola Vik"), number=FIRST)).roles == []


def test_the_dead_are_warned_of_and_it_is_not_stored(take_over, compare, contact, register):
    take_over(unit(FIRST, "LIER SANGLAG"))
    contact("Ola Vik", "leader")
    result = compare(roles(("LEDE", "Ola Vik"), number=FIRST, erDoed=True))
    assert [office.dead for office in result.roles] == [("Ola Vik",)]
    assert result.applied is False


def test_roles_that_do_not_say_whose_they_are_are_refused(compare):
    from frivillig_cli.core.errors import FileFormatError

    with pytest.raises(FileFormatError, match="whose"):
        compare({"rollegrupper": []})

"""`org sync` as it is typed, on saved answers of the registers."""

import json

import pytest

from tests.cli.state_registers import FIRST, SECOND, THIRD, unit
from tests.sources.fake_registers import GONE, roles

pytestmark = pytest.mark.usefixtures("nowhere")


def page(number, *units, total):
    about = {"size": 2, "totalElements": total, "totalPages": 2, "number": number}
    found = {"_embedded": {"enheter": units}} if units else {}
    return {**found, "_links": {"self": {"href": "x"}}, "page": about}


def test_pages_of_a_search_that_were_not_saved_are_missed(cli, save):
    units = [unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG")]
    first = save(page(0, *units, total=3), page(1, total=3))
    last = save(page(1, unit(THIRD, "LIER HAGELAG"), total=3), name="to.json")
    for command in (["org", "sync", "--from", first], ["org", "import", first, "--dry-run"]):
        done = cli(*command)
        assert done.code == 3
        assert "! 1 more unit was found by the search, on a page that is not here" in done.out
    said = cli.ok("org", "sync", "--from", first, "--from", last)
    assert "more unit" not in said


def test_proposals_are_shown_and_nothing_is_changed(cli, save):
    path = save(unit(FIRST, "LIER SANGLAG"))
    said = cli.ok("org", "sync", "--from", path)
    assert "Lier sanglag" in said and "--new" in said and "Nothing to change." in said
    assert cli.json("org", "list") == []


def test_json_holds_the_keys_that_scripts_rely_on(cli, save):
    cli.ok("org", "sync", "--from", save(unit(FIRST, "LIER SANGLAG")), "--new", "--yes")
    data = cli.json(
        "org", "sync", "--yes", "--from",
        save(
            unit(FIRST, "LIER SANGLAG", epostadresse="ny@lag.example"), unit(SECOND, "LIER TURLAG")
        ),
    )  # fmt: skip
    [proposed], [changed] = data["proposed"], data["changed"]
    assert (proposed["orgnr"], proposed["id"], proposed["similar"]) == (SECOND, None, [])
    assert changed["changes"] == [
        {"field": "email", "old": "post@lag.example", "new": "ny@lag.example"}
    ]
    assert {k: data[k] for k in ("kept", "dissolved", "purged", "unchanged", "applied")} == {
        "kept": [], "dissolved": [], "purged": [], "unchanged": 0, "applied": True
    }  # fmt: skip
    assert cli.json("org", "show", FIRST)["email"] == "ny@lag.example"


def test_without_a_terminal_it_shows_and_refuses_unless_told_yes(cli, save):
    path = save(unit(FIRST, "LIER SANGLAG"))
    said = cli.refused("org", "sync", "--new", "--from", path)
    assert "Lier sanglag" in said and "--yes" in said
    assert cli.json("org", "list") == []


def test_a_dry_run_shows_what_would_be_and_writes_nothing(cli, save):
    path = save(unit(FIRST, "LIER SANGLAG"))
    data = cli.json("org", "sync", "--new", "--dry-run", "--from", path)
    assert (len(data["proposed"]), data["applied"]) == (1, False)
    assert cli.json("org", "list") == []


def test_it_is_one_entry_in_the_history_and_is_undone_as_one(cli, save):
    units = [unit(FIRST, "LIER SANGLAG"), unit(SECOND, "LIER TURLAG")]
    cli.ok("org", "sync", "--new", "--yes", "--from", save(*units))
    before = cli.json("org", "list")
    said = [
        {"organisasjonsnummer": FIRST, **GONE}, unit(SECOND, "LIER TURLAG", hjemmeside="x.example")
    ]  # fmt: skip
    cli.ok("org", "sync", "--yes", "--from", save(*said))
    assert [org["name"] for org in cli.json("org", "list")] == ["Lier turlag"]
    assert [entry["command"] for entry in cli.json("history")].count("org sync") == 2
    cli.ok("undo", "--yes")
    assert cli.json("org", "list") == before


def test_a_second_run_changes_nothing(cli, save):
    path = save(unit(FIRST, "LIER SANGLAG"))
    cli.ok("org", "sync", "--new", "--yes", "--from", path)
    entries = len(cli.json("history"))
    data = cli.json("org", "sync", "--new", "--yes", "--from", path)
    assert (data["unchanged"], data["applied"]) == (1, False)
    assert len(cli.json("history")) == entries


def test_a_purge_says_what_goes_and_what_stays_and_why(cli, save):
    cli.ok("org", "sync", "--new", "--yes", "--from", save(unit(FIRST, "LIER SANGLAG")))
    cli.ok("contact", "add", FIRST, "Ola Vik", "--role", "leader")
    said = cli.ok(
        "org", "sync", "--from", save({"organisasjonsnummer": FIRST, **GONE}), "--dry-run"
    )
    assert "is emptied and archived" in said and "offices 1" in said
    assert "post@lag.example → –" in said


@pytest.mark.parametrize("leader", [False, True], ids=["deleted", "emptied"])
def test_a_purge_forgets_that_a_home_was_said_to_be_its_own_address(cli, save, leader) -> None:
    home = {"adresse": ["Elvegata 7"], "postnummer": "3400", "kommunenummer": "3312"}
    given = unit(FIRST, "LIER SANGLAG", forretningsadresse=home)
    cli.ok("volunteer", "add", "Nguyet Holm", "--street", "Elvegata 7", "--postcode", "3400")
    cli.ok("org", "sync", "--new", "--yes", "--from", save(given))
    cli.ok("person", "edit", "1", "--protected")
    cli.ok("org", "edit", FIRST, "--own-address")
    if leader:
        cli.ok("contact", "add", FIRST, "--person", "1", "--role", "leader")
    cli.ok("org", "sync", "--yes", "--from", save({"organisasjonsnummer": FIRST, **GONE}))
    changes = cli.json("history", "--limit", "1")[0]["changes"]
    assert [one["op"] for one in changes if one["table"] == "setting"] == ["delete"]


def test_several_files_are_read_together(cli, save):
    cli.ok("org", "sync", "--new", "--yes", "--from", save(unit(FIRST, "LIER SANGLAG")))
    saved_roles = save(roles(("LEDE", "Ola Vik"), number=FIRST, erDoed=True), name="roller.json")
    page = save(unit(SECOND, "LIER TURLAG"), name="side.json")
    done = cli("org", "sync", "--from", page, "--from", saved_roles)
    assert "Lier turlag" in done.out
    assert "Ola Vik (Lier sanglag) is dead" in done.out
    assert "1970" not in done.out + done.err


def test_what_a_value_lacks_is_told_with_exit_3(cli, save):
    done = cli(
        "org", "sync", "--new", "--yes", "--from",
        save(unit(FIRST, "LIER SANGLAG", hjemmeside="finnes ikke")),
    )  # fmt: skip
    assert done.code == 3 and "web address" in done.out
    assert cli.json("org", "list")[0]["website"] is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Navn;Tlf\nLier sanglag;32220100\n", "org import"),
        ("", "empty"),
        ("<html></html>", ""),
        ('{"a":' * 10_000, ""),
        ('[{"organisasjonsnummer":"200000021"', "cut off"),
        ('{"status": 500, "feilmelding": "x"}', "500"),
    ],
)
def test_what_is_no_answer_is_refused(cli, tmp_path, content, says):
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    assert says in cli.refused("org", "sync", "--from", path)


def test_units_elsewhere_are_counted_and_not_proposed(cli, save):
    there = {"kommunenummer": "3301", "postnummer": "3015"}
    path = save(unit(FIRST, "LIER SANGLAG"), unit(SECOND, "X", forretningsadresse=there))
    said = cli.ok("org", "sync", "--from", path)
    assert "2 units, 1 of them in other municipalities" in said
    assert len(cli.json("org", "sync", "--from", path)["proposed"]) == 1


def test_what_is_a_protected_persons_is_left_out_and_the_rest_is_taken(cli, save):
    cli.ok("org", "add", "Lier vel", "--orgnr", FIRST)
    cli.ok("contact", "add", "1", "Siri Lie", "--role", "leader", "--phone", "90 11 15 55",
           "--email", "siri@lie.example")  # fmt: skip
    cli.ok("person", "edit", "1", "--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    cli.ok("person", "edit", "1", "--protected", "--yes")
    hers = {"telefon": "90 11 15 55", "epostadresse": "siri@lie.example"}
    path = save(
        unit(FIRST, "LIER VEL", hjemmeside="vel.example", **hers),
        unit(SECOND, "EGGE BARNEKOR", **hers),
        unit(THIRD, "SYLLING VEL", telefon="32 22 01 88"),
    )
    done = cli("org", "sync", "--from", path, "--new", "--yes")
    assert done.code == 3, done.err
    told = done.out + done.err
    assert "It is the phone of Siri Lie, who is protected." in told
    assert "It is the home of Siri Lie, who is protected." in told and "90 11 15 55" not in told
    first, second, third = (cli.json("org", "show", one) for one in (FIRST, SECOND, THIRD))
    assert first["website"] == "https://vel.example"
    for one in (first, second):
        assert (one["phone"], one["email"]) == (None, None)
    assert (first["street"], second["street"], third["street"]) == (None, None, None)
    assert (first["municipality"], second["municipality"]) == (None, None)
    assert third["phone"] == "+4732220188"


def test_who_is_named_in_an_address_is_left_out_and_told_of(cli, save):
    cli.ok("org", "add", "Lier vel", "--orgnr", FIRST)
    cli.ok("contact", "add", "1", "Siri Lie", "--role", "leader")
    cli.ok("person", "edit", "1", "--street", "Bruveien 2", "--postcode", "3400", "--city", "Lier")
    cli.ok("person", "edit", "1", "--protected", "--yes")
    place = unit(FIRST, "")["forretningsadresse"]

    def at(*lines):
        return {**place, "adresse": list(lines)}

    path = save(
        unit(FIRST, "LIER VEL", forretningsadresse=at("c/o Ola Vik", "Heia 1")),
        unit(SECOND, "EGGE KOR", forretningsadresse=at("v/Siri S. Lie", "Bruveien 2")),
        unit(THIRD, "SYLLING VEL", forretningsadresse=at("c/o Ola Vik", "Heia 3")),
    )
    assert cli.json("org", "sync", "--from", path, "--dry-run")["care_of"] == [
        {"orgnr": FIRST, "name": "Lier vel"}
    ]
    done = cli("org", "sync", "--from", path, "--new", "--yes")
    assert done.code == 3 and "Ola Vik" not in done.out + done.err
    told = done.out + done.err
    about = told.partition("without the person whom the address names (c/o, v/, att.):")[2]
    assert "Lier vel" in about and "Egge kor" in about and "Sylling vel" in about
    assert "It is the home of Siri Lie, who is protected." in told
    streets = [cli.json("org", "show", one)["street"] for one in (FIRST, SECOND, THIRD)]
    assert streets == ["Heia 1", None, "Heia 3"]
    again = cli("org", "sync", "--from", path, "--dry-run", "--json")
    assert json.loads(again.out)["care_of"] == []


def test_an_odd_value_of_one_that_is_only_proposed_is_no_loss(cli, save):
    path = save(unit(FIRST, "LIER SANGLAG", hjemmeside="finnes ikke"))
    assert cli.json("org", "sync", "--from", path)["left_out"] == []


def test_a_purge_says_that_the_history_still_holds_it(cli, save):
    cli.ok("org", "sync", "--new", "--yes", "--from", save(unit(FIRST, "LIER SANGLAG")))
    said = cli.ok("org", "sync", "--yes", "--from", save({"organisasjonsnummer": FIRST, **GONE}))
    assert "history and your backups" in said


def test_org_import_sends_what_holds_no_units_here(cli, save):
    path = save(roles(("LEDE", "Ola Vik"), number=FIRST))
    assert f"org sync --from {path.name}" in cli.refused("org", "import", path)


def test_a_file_that_is_not_there_is_refused(cli, tmp_path):
    cli.refused("org", "sync", "--from", tmp_path / "no.json")


def test_what_only_the_network_gives_is_not_asked_of_files(cli, save):
    cli.refused("org", "sync", "--roles", "--from", save(unit(FIRST, "X")), code=2)


def test_terminal_escapes_and_markup_from_the_register_are_text(cli, save):
    out = cli.ok("org", "sync", "--from", save(unit(FIRST, "\x1b[2J[red]LIER[/red]\nSANG")))
    assert "\x1b" not in out and "[red]" in out.lower()
